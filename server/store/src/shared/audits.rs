//! Who read dossiers; whether journals are whole.

use async_trait::async_trait;
use dossier::id::{AccountId, AttachmentId, DossierId};
use service::{
    Millis,
    audit::{JournalEnd, Row},
    ports::{Audits, Stored},
    readings::Reading,
};

use super::Backend;
use crate::{
    error::{all_read, stored},
    rows::{
        EventRow,
        audits::{EndRow, ReadingRow},
    },
};

#[async_trait]
impl Audits for Backend {
    async fn add_reading(
        &self,
        (dossier, day): (&DossierId, &str),
        by: &AccountId,
        document: Option<&AttachmentId>,
        at: Millis,
    ) -> Stored<()> {
        sqlx::query(
            "INSERT INTO reading (dossier_id, day, by, document_id, first_at, last_at, times)
             VALUES ($1, $2, $3, $4, $5, $5, 1)
             ON CONFLICT (dossier_id, day, by, document_id) DO UPDATE
             SET last_at = excluded.last_at, times = reading.times + 1",
        )
        .bind(dossier.as_str())
        .bind(day)
        .bind(by.as_str())
        .bind(document.map_or("", AttachmentId::as_str))
        .bind(at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn readings_of(&self, dossier: &DossierId) -> Stored<Vec<Reading>> {
        let rows = sqlx::query_as(
            "SELECT r.*, a.name AS by_name, a.title, a.role, COALESCE(f.name, '') AS document_name
             FROM reading r
             JOIN account a ON a.id = r.by
             LEFT JOIN attachment f ON f.id = r.document_id
             WHERE r.dossier_id = $1
             ORDER BY r.day DESC, r.first_at, r.document_id",
        )
        .bind(dossier.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, ReadingRow::read)
    }

    async fn events_after(&self, (dossier, seq): &(DossierId, u32), most: u32) -> Stored<Vec<Row>> {
        let rows = sqlx::query_as(
            "SELECT * FROM event WHERE (dossier_id, seq) > ($1, $2)
             ORDER BY dossier_id, seq LIMIT $3",
        )
        .bind(dossier.as_str())
        .bind(i64::from(*seq))
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        all_read(rows, EventRow::row)
    }

    async fn journal_ends(&self, after: &DossierId, most: u32) -> Stored<Vec<JournalEnd>> {
        let rows = sqlx::query_as(
            "SELECT d.id, d.journal_seq, d.journal_hash, e.seq AS last_seq, e.hash AS last_hash
             FROM dossier d
             LEFT JOIN event e ON e.dossier_id = d.id AND e.seq =
                 (SELECT MAX(m.seq) FROM event m WHERE m.dossier_id = d.id)
             WHERE d.id > $1 ORDER BY d.id LIMIT $2",
        )
        .bind(after.as_str())
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        all_read(rows, EndRow::read)
    }
}
