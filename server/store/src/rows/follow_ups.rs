//! Rows of fiches de suivi.

use dossier::role::Role;
use service::{
    Millis,
    follow_up::{Comment, Version},
};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct VersionRow {
    dossier_id: String,
    number: i64,
    deposit: i64,
    sheet: String,
    is_shared: bool,
    at: i64,
    by: String,
    by_name: String,
}

impl VersionRow {
    pub(crate) fn read(self) -> sqlx::Result<Version> {
        Ok(Version {
            dossier: self.dossier_id.into(),
            number: count(self.number)?,
            deposit: count(self.deposit)?,
            sheet: serde_json::from_str(&self.sheet).map_err(|_| corrupt("a fiche de suivi"))?,
            is_shared: self.is_shared,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct CommentRow {
    dossier_id: String,
    version: i64,
    text: String,
    role: String,
    at: i64,
    by: String,
    by_name: String,
}

impl CommentRow {
    pub(crate) fn read(self) -> sqlx::Result<Comment> {
        Ok(Comment {
            dossier: self.dossier_id.into(),
            version: count(self.version)?,
            text: self.text,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
            role: Role::from_code(&self.role).ok_or_else(|| corrupt("a role"))?,
        })
    }
}
