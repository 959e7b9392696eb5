//! What is known of attached documents.

use async_trait::async_trait;
use dossier::id::{AttachmentId, DossierId, StructureId, is_ulid};
use service::{
    attachments::{Attachment, Earlier},
    ports::{Attachments, Stored},
};

use super::Backend;
use crate::{
    error::{json, stored},
    rows::attachments::{AttachmentRow, EarlierRow},
};

#[async_trait]
impl Attachments for Backend {
    async fn add_attachment(&self, one: &Attachment) -> Stored<()> {
        sqlx::query(
            "INSERT INTO attachment
                 (id, dossier_id, field_id, row_id, name, media, size, sha256, object, added_at, by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(one.id.as_str())
        .bind(one.dossier.as_str())
        .bind(&one.at.field)
        .bind(&one.at.row)
        .bind(&one.name)
        .bind(one.media.extension())
        .bind(i64::try_from(one.size).unwrap_or(i64::MAX))
        .bind(&one.sha256)
        .bind(&one.object)
        .bind(one.added_at.0)
        .bind(one.by.as_str())
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn attachment(&self, id: &AttachmentId) -> Stored<Option<Attachment>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        let row: Option<AttachmentRow> = sqlx::query_as(
            "SELECT t.*, a.name AS by_name FROM attachment t JOIN account a ON a.id = t.by
             WHERE t.id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.read)
        .await
        .map_err(stored)?;
        row.map(AttachmentRow::read).transpose().map_err(stored)
    }

    async fn attachments_of(&self, id: &DossierId) -> Stored<Vec<Attachment>> {
        let rows: Vec<AttachmentRow> = sqlx::query_as(
            "SELECT t.*, a.name AS by_name FROM attachment t JOIN account a ON a.id = t.by
             WHERE t.dossier_id = $1 ORDER BY t.added_at DESC, t.id DESC",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        rows.into_iter().map(AttachmentRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn vault(&self, structure: &StructureId, field: &str) -> Stored<Vec<Earlier>> {
        let rows: Vec<EarlierRow> = sqlx::query_as(
            "SELECT t.*, b.name AS by_name, d.year
             FROM dossier d
             JOIN attachment t ON t.dossier_id = d.id AND t.field_id = $2
             JOIN answer x ON x.dossier_id = d.id AND x.field_id = t.field_id
                 AND x.row_id = t.row_id AND x.raw = t.name
             JOIN account b ON b.id = t.by
             WHERE d.structure_id = $1 AND d.state <> 'abandoned'
             ORDER BY t.added_at DESC, t.id DESC",
        )
        .bind(structure.as_str())
        .bind(field)
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        rows.into_iter().map(EarlierRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn named_objects(&self, objects: &[String]) -> Stored<Vec<String>> {
        sqlx::query_scalar(concat!(
            "SELECT DISTINCT t.object FROM attachment t
             WHERE t.object IN (SELECT w.value FROM ",
            each_text!("$1"),
            ")"
        ))
        .bind(json(objects).map_err(stored)?)
        // What was written a moment ago counts: never a reader that lags behind.
        .fetch_all(&self.write)
        .await
        .map_err(stored)
    }
}
