//! Rows of who read dossiers, and of where journals end.

use dossier::role::Role;
use service::{Millis, audit::JournalEnd, readings::Reading};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct ReadingRow {
    dossier_id: String,
    day: String,
    by: String,
    by_name: String,
    title: String,
    role: String,
    document_id: String,
    document_name: String,
    first_at: i64,
    last_at: i64,
    times: i64,
}

impl ReadingRow {
    pub(crate) fn read(self) -> sqlx::Result<Reading> {
        Ok(Reading {
            dossier: self.dossier_id.into(),
            day: self.day,
            by: self.by.into(),
            by_name: self.by_name,
            title: self.title,
            role: Role::from_code(&self.role).ok_or_else(|| corrupt("a role"))?,
            document: (!self.document_id.is_empty()).then(|| self.document_id.into()),
            document_name: self.document_name,
            first: Millis(self.first_at),
            last: Millis(self.last_at),
            times: count(self.times)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct EndRow {
    id: String,
    journal_seq: i64,
    journal_hash: String,
    last_seq: Option<i64>,
    last_hash: Option<String>,
}

impl EndRow {
    pub(crate) fn read(self) -> sqlx::Result<JournalEnd> {
        Ok(JournalEnd {
            id: self.id.into(),
            seq: count(self.journal_seq)?,
            hash: self.journal_hash,
            last: self.last_seq.map(count).transpose()?.zip(self.last_hash),
        })
    }
}
