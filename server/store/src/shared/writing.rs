//! Statements that write lists, each in one go. All inside a transaction of the caller.

use dossier::{event::Event, id::DossierId, operation::Outcome};
use form::At;
use serde::Serialize;
use service::{DossierHead, Millis, saving::Written};

use super::Connection;
use crate::error::json;

/// An answer to write.
#[derive(Serialize)]
pub(super) struct AnswerLine<'a> {
    dossier: &'a DossierId,
    field: &'a str,
    row: &'a str,
    raw: &'a str,
    version: u32,
    provenance: &'a Option<form::Provenance>,
    at: Millis,
    by: &'a str,
}

impl<'a> AnswerLine<'a> {
    pub(super) fn new(dossier: &'a DossierId, at: &'a At, written: &'a Written) -> Self {
        Self {
            dossier,
            field: &at.field,
            row: &at.row,
            raw: &written.answer.raw,
            version: written.answer.version,
            provenance: &written.answer.provenance,
            at: written.at,
            by: written.by.as_str(),
        }
    }
}

/// Adds a dossier; `false` when a live one of the same request is there.
pub(super) async fn add_head(tx: &mut Connection, head: &DossierHead) -> sqlx::Result<bool> {
    let added = sqlx::query(concat!(
        "INSERT INTO dossier (id, structure_id, form, revision, kind, request_kind, perimeter,
             year, department, state, created_at, updated_at, updated_by, deposits, journal_seq,
             journal_hash, overlay)
         SELECT w.value->>'id', w.value->>'structure_id', w.value->>'form',
             CAST(w.value->>'revision' AS BIGINT), w.value->>'kind', w.value->>'request_kind',
             w.value->>'perimeter', CAST(w.value->>'year' AS BIGINT), w.value->>'department',
             w.value->>'state', CAST(w.value->>'created_at' AS BIGINT),
             CAST(w.value->>'updated_at' AS BIGINT), w.value->>'updated_by',
             CAST(w.value->>'deposits' AS BIGINT), CAST(w.value->>'journal_seq' AS BIGINT),
             w.value->>'journal_hash', w.value->>'overlay'
         FROM ",
        each!("$1"),
        " WHERE true ON CONFLICT DO NOTHING"
    ))
    .bind(json(&[head])?)
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Brings dossiers up to date whose answers changed and nothing else: no indexed column is named, so
/// that no index is written.
pub(super) async fn touch_heads(tx: &mut Connection, heads: &[&DossierHead]) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "UPDATE dossier AS d
         SET updated_at = CAST(w.value->>'updated_at' AS BIGINT),
             updated_by = w.value->>'updated_by',
             journal_seq = CAST(w.value->>'journal_seq' AS BIGINT),
             journal_hash = w.value->>'journal_hash'
         FROM ",
        each!("$1"),
        " WHERE d.id = w.value->>'id'"
    ))
    .bind(json(heads)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Brings dossiers up to date.
pub(super) async fn put_heads(tx: &mut Connection, heads: &[&DossierHead]) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "UPDATE dossier AS d
         SET state = w.value->>'state', updated_at = CAST(w.value->>'updated_at' AS BIGINT),
             updated_by = w.value->>'updated_by',
             deposits = CAST(w.value->>'deposits' AS BIGINT),
             revision = CAST(w.value->>'revision' AS BIGINT), overlay = w.value->>'overlay',
             journal_seq = CAST(w.value->>'journal_seq' AS BIGINT),
             journal_hash = w.value->>'journal_hash'
         FROM ",
        each!("$1"),
        " WHERE d.id = w.value->>'id'"
    ))
    .bind(json(heads)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes answers over what is there.
pub(super) async fn put_answers(
    tx: &mut Connection,
    answers: &[AnswerLine<'_>],
) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO answer
             (dossier_id, field_id, row_id, raw, version, provenance, updated_at, updated_by)
         SELECT w.value->>'dossier', w.value->>'field', w.value->>'row', w.value->>'raw',
             CAST(w.value->>'version' AS BIGINT), w.value->>'provenance',
             CAST(w.value->>'at' AS BIGINT), w.value->>'by'
         FROM ",
        each!("$1"),
        " WHERE true
         ON CONFLICT (dossier_id, field_id, row_id) DO UPDATE
         SET raw = excluded.raw, version = excluded.version, provenance = excluded.provenance,
             updated_at = excluded.updated_at, updated_by = excluded.updated_by"
    ))
    .bind(json(answers)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps answers that were written over.
pub(super) async fn add_past(tx: &mut Connection, answers: &[AnswerLine<'_>]) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO answer_past
             (dossier_id, field_id, row_id, raw, version, updated_at, updated_by)
         SELECT w.value->>'dossier', w.value->>'field', w.value->>'row', w.value->>'raw',
             CAST(w.value->>'version' AS BIGINT), CAST(w.value->>'at' AS BIGINT), w.value->>'by'
         FROM ",
        each!("$1")
    ))
    .bind(json(answers)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps what these answers are about to be written over.
pub(super) async fn past_of(tx: &mut Connection, answers: &[AnswerLine<'_>]) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO answer_past
             (dossier_id, field_id, row_id, raw, version, updated_at, updated_by)
         SELECT a.dossier_id, a.field_id, a.row_id, a.raw, a.version, a.updated_at, a.updated_by
         FROM ",
        each!("$1"),
        " JOIN answer a ON a.dossier_id = w.value->>'dossier'
             AND a.field_id = w.value->>'field' AND a.row_id = w.value->>'row'"
    ))
    .bind(json(answers)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// An outcome to remember.
#[derive(Serialize)]
pub(super) struct OutcomeLine<'a> {
    pub(super) dossier: &'a DossierId,
    pub(super) outcome: &'a Outcome,
    pub(super) at: Millis,
}

/// Remembers outcomes.
pub(super) async fn add_outcomes(
    tx: &mut Connection,
    outcomes: &[OutcomeLine<'_>],
) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO operation (dossier_id, op_id, outcome, at)
         SELECT w.value->>'dossier', w.value->'outcome'->>'id', w.value->>'outcome',
             CAST(w.value->>'at' AS BIGINT)
         FROM ",
        each!("$1")
    ))
    .bind(json(outcomes)?)
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes in journals.
pub(super) async fn add_events(tx: &mut Connection, events: &[&Event]) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO event (dossier_id, seq, at, actor, what, previous_hash, hash)
         SELECT w.value->>'dossier', CAST(w.value->>'seq' AS BIGINT),
             CAST(w.value->>'at' AS BIGINT), w.value->>'actor', w.value->>'what',
             w.value->>'previous_hash', w.value->>'hash'
         FROM ",
        each!("$1")
    ))
    .bind(json(events)?)
    .execute(tx)
    .await?;
    Ok(())
}
