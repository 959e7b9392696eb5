//! Rows of attached documents.

use form::At;
use service::{
    Millis,
    attachments::{Attachment, Earlier, media::Media},
};
use sqlx::FromRow;

use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct AttachmentRow {
    id: String,
    dossier_id: String,
    field_id: String,
    row_id: String,
    name: String,
    media: String,
    size: i64,
    sha256: String,
    object: String,
    added_at: i64,
    by: String,
    by_name: String,
}

impl AttachmentRow {
    pub(crate) fn read(self) -> sqlx::Result<Attachment> {
        Ok(Attachment {
            id: self.id.into(),
            dossier: self.dossier_id.into(),
            at: At { field: self.field_id, row: self.row_id },
            name: self.name,
            media: Media::from_code(&self.media).ok_or_else(|| corrupt("a kind of file"))?,
            size: self.size.try_into().map_err(|_| corrupt("a size"))?,
            sha256: self.sha256,
            object: self.object,
            added_at: Millis(self.added_at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct EarlierRow {
    #[sqlx(flatten)]
    attachment: AttachmentRow,
    year: i64,
}

impl EarlierRow {
    pub(crate) fn read(self) -> sqlx::Result<Earlier> {
        let year = self.year.try_into().map_err(|_| corrupt("a year"))?;
        Ok(Earlier { attachment: self.attachment.read()?, year })
    }
}
