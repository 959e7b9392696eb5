//! What is open in a dossier that was sent back.

use std::collections::BTreeSet;

use dossier::{
    id::DossierId,
    note::NoteKind,
    reopened::{Received, Reopened},
    state::Action,
};
use form::At;
use service::{Snapshot, journal::Step};

use super::{Backend, Connection, dossiers::end_step};
use crate::{error::corrupt, rows::count};

/// What is open in a dossier that was sent back.
pub(super) async fn reopened(tx: &mut Connection, id: &DossierId) -> sqlx::Result<Reopened> {
    let bytes: Vec<u8> = sqlx::query_scalar(
        "SELECT p.bytes FROM deposit p JOIN dossier d ON d.id = p.dossier_id AND d.deposits = p.ordinal
         WHERE d.id = $1",
    )
    .bind(id.as_str())
    .fetch_one(&mut *tx)
    .await?;
    let snapshot: Snapshot = serde_json::from_slice(&bytes).map_err(|_| corrupt("a deposit"))?;
    let deposited = snapshot.answers.keys().map(|at| At::parse(at)).collect();
    let acts: Vec<(i64, String)> =
        sqlx::query_as("SELECT seq, action FROM act WHERE dossier_id = $1 ORDER BY seq")
            .bind(id.as_str())
            .fetch_all(&mut *tx)
            .await?;
    let is_return = |action: &str| Action::from_code(action).is_some_and(Action::is_return);
    let last = acts.iter().rev().find(|(_, action)| is_return(action));
    let last = last.map(|(seq, _)| count(*seq)).transpose()?.unwrap_or_default();
    let notes: Vec<(String, String, String, i64, bool)> = sqlx::query_as(
        "SELECT field_id, row_id, kind, sent, settled_at IS NOT NULL FROM note
         WHERE dossier_id = $1 AND sent IS NOT NULL",
    )
    .bind(id.as_str())
    .fetch_all(&mut *tx)
    .await?;
    let received = notes.into_iter().map(|(field, row, kind, sent, settled)| {
        let kind = NoteKind::from_code(&kind).ok_or_else(|| corrupt("a kind of note"))?;
        Ok(Received { at: At::in_row(&field, &row), kind, sent: count(sent)?, settled })
    });
    let received: Vec<Received> = received.collect::<sqlx::Result<_>>()?;
    let mut open = Reopened::by(&received, last, deposited);
    open.places.extend(declared(tx, id).await?);
    Ok(open)
}

/// What the structure opened by itself since the last deposit.
async fn declared(tx: &mut Connection, id: &DossierId) -> sqlx::Result<BTreeSet<At>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT r.field_id, r.row_id FROM reopening r
         JOIN dossier d ON d.id = r.dossier_id AND d.deposits = r.deposit WHERE d.id = $1",
    )
    .bind(id.as_str())
    .fetch_all(tx)
    .await?;
    Ok(rows.iter().map(|(field, row)| At::in_row(field, row)).collect())
}

impl Backend {
    pub(super) async fn still_open(&self, id: &DossierId) -> sqlx::Result<Reopened> {
        reopened(&mut *self.read.acquire().await?, id).await
    }

    pub(super) async fn reopening(&self, at: &At, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "INSERT INTO reopening (dossier_id, deposit, field_id, row_id, seq)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        )
        .bind(step.head.id.as_str())
        .bind(i64::from(step.head.deposits))
        .bind(&at.field)
        .bind(&at.row)
        .bind(i64::from(step.event.seq))
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    pub(super) async fn opened_after(&self, id: &DossierId, deposit: u32) -> sqlx::Result<Vec<At>> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT field_id, row_id FROM reopening WHERE dossier_id = $1 AND deposit = $2
             ORDER BY seq",
        )
        .bind(id.as_str())
        .bind(i64::from(deposit))
        .fetch_all(&self.read)
        .await?;
        Ok(rows.iter().map(|(field, row)| At::in_row(field, row)).collect())
    }
}
