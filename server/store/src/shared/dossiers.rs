//! Dossiers, their answers, deposits and journal.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dossier::{
    event::Event,
    id::{DossierId, is_ulid},
    role::Scope,
};
use form::At;
use service::{
    Deposit, DossierHead,
    deposits::Filing,
    drafts::{Draft, Opening},
    following::Follow,
    journal::Step,
    mail::Notice,
    ports::{Dossiers, Stored},
    saving::{Decision, Save, Written},
};
use sqlx::{Pool, Transaction};

use super::{
    BEGIN, Backend, Connection, Db, counters, findings, lock, notices, worklist,
    writing::{self, AnswerLine},
};
use crate::{
    error::{json, stored},
    rows::{self, DepositRow, DraftRow, EventRow, HeadRow, count},
};

/// A query of heads, with more columns if need be, and what follows.
macro_rules! heads {
    ([$($columns:tt)*] $($rest:tt)*) => {
        concat!(
            "SELECT d.*, s.name AS structure_name, a.name AS updated_by_name",
            $($columns)*,
            " FROM dossier d
             JOIN structure s ON s.id = d.structure_id
             JOIN account a ON a.id = d.updated_by ",
            $($rest)*
        )
    };
    ($($rest:tt)*) => {
        heads!([""] $($rest)*)
    };
}

/// A query of deposits, with what follows.
macro_rules! deposits {
    ($rest:literal) => {
        concat!(
            "SELECT p.*, a.name AS by_name FROM deposit p JOIN account a ON a.id = p.by ",
            $rest
        )
    };
}

/// Heads of these dossiers, given as a JSON list of ids.
pub(super) async fn heads_of(tx: &mut Connection, ids: &str) -> sqlx::Result<Vec<DossierHead>> {
    let list: String = sqlx::query_scalar(concat!(
        "SELECT ",
        as_list!([
            "d.id, d.structure_id, s.name, d.form, d.revision, d.kind, d.request_kind, d.perimeter,
             d.year, d.department, d.state, d.created_at, d.updated_at, d.updated_by, a.name,
             d.deposits, d.journal_seq, d.journal_hash, d.overlay"
        ]),
        " FROM dossier d
         JOIN structure s ON s.id = d.structure_id
         JOIN account a ON a.id = d.updated_by
         WHERE d.id IN (SELECT w.value FROM ",
        each_text!("$1"),
        ")"
    ))
    .bind(ids)
    .fetch_one(tx)
    .await?;
    rows::heads(&list)
}

/// The heads of these dossiers, in their order.
pub(super) async fn heads(
    pool: &Pool<Db>,
    ids: &[DossierId],
) -> sqlx::Result<Vec<Option<DossierHead>>> {
    let mut connection = pool.acquire().await?;
    let found = heads_of(&mut connection, &json(ids)?).await?;
    let found: BTreeMap<&DossierId, &DossierHead> =
        found.iter().map(|head| (&head.id, head)).collect();
    Ok(ids.iter().map(|id| found.get(id).map(|head| (*head).clone())).collect())
}

impl Backend {
    async fn opened(&self, opening: &Opening) -> sqlx::Result<DossierId> {
        let head = &opening.head;
        let mut tx = self.write.begin_with(BEGIN).await?;
        if !writing::add_head(&mut tx, head).await? {
            let live: String = sqlx::query_scalar(
                "SELECT id FROM dossier
                 WHERE structure_id = $1 AND form = $2 AND kind = $3 AND perimeter = $4
                     AND year = $5 AND (request_kind = 'amendment') = $6 AND department = $7
                     AND state NOT IN
                         ('accepted', 'refused', 'withdrawn', 'abandoned', 'rejected_incomplete')",
            )
            .bind(head.structure_id.as_str())
            .bind(&head.form)
            .bind(&head.kind)
            .bind(&head.perimeter)
            .bind(i64::from(head.year))
            .bind(head.is_amendment())
            .bind(&head.department)
            .fetch_one(&mut *tx)
            .await?;
            return Ok(live.into());
        }
        let answers = opening.answers.iter();
        let answers: Vec<_> = answers.map(|(at, w)| AnswerLine::new(&head.id, at, w)).collect();
        writing::put_answers(&mut tx, &answers).await?;
        if !opening.beside.is_empty() {
            findings::add_candidates(&mut tx, &head.id, &opening.beside).await?;
        }
        writing::add_events(&mut tx, &[&opening.event]).await?;
        tx.commit().await?;
        Ok(head.id.clone())
    }

    /// Begins to write a step in the life of a dossier, with what belongs to it; nothing when the dossier
    /// changed since it was read.
    pub(super) async fn begin_step(
        &self,
        step: &Step,
    ) -> sqlx::Result<Option<Transaction<'static, Db>>> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        let same = is_as_seen(&mut tx, &step.head.id, step.seen).await?;
        Ok(same.then_some(tx))
    }

    async fn stepped(&self, step: &Step) -> sqlx::Result<bool> {
        let Some(tx) = self.begin_step(step).await? else { return Ok(false) };
        end_step(tx, step).await
    }

    async fn followed(&self, Follow { step, answers }: &Follow) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let id = &step.head.id;
        let answers: Vec<_> = answers.iter().map(|(at, w)| AnswerLine::new(id, at, w)).collect();
        writing::past_of(&mut tx, &answers).await?;
        writing::put_answers(&mut tx, &answers).await?;
        end_step(tx, step).await
    }

    async fn deposited(&self, filing: &Filing) -> sqlx::Result<Option<Deposit>> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        if !is_as_seen(&mut tx, &filing.head.id, filing.head.journal_seq).await? {
            return Ok(None);
        }
        let sequence = counters::next(&mut tx, &filing.series()).await?;
        let (deposit, step) = filing.seal(sequence);
        sqlx::query(
            "INSERT INTO deposit
                 (dossier_id, ordinal, number, form_revision, bytes, sha256, at, by, journal_hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(deposit.dossier.as_str())
        .bind(i64::from(deposit.ordinal))
        .bind(&deposit.number)
        .bind(i64::from(deposit.form_revision))
        .bind(&deposit.bytes)
        .bind(&deposit.sha256)
        .bind(deposit.at.0)
        .bind(deposit.by.as_str())
        .bind(&deposit.journal_hash)
        .execute(&mut *tx)
        .await?;
        record(&mut tx, &step).await?;
        tx.commit().await?;
        Ok(Some(deposit))
    }
}

/// Locks a dossier; says whether its journal is still as long as it was seen.
pub(super) async fn is_as_seen(
    tx: &mut Connection,
    id: &DossierId,
    seen: u32,
) -> sqlx::Result<bool> {
    lock(tx, &json(&[id])?).await?;
    let now: Option<i64> = sqlx::query_scalar("SELECT journal_seq FROM dossier WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(tx)
        .await?;
    Ok(now == Some(i64::from(seen)))
}

/// Writes a step that was begun, and ends it. Gives that it was written.
pub(super) async fn end_step(mut tx: Transaction<'_, Db>, step: &Step) -> sqlx::Result<bool> {
    record(&mut tx, step).await?;
    tx.commit().await?;
    Ok(true)
}

/// Writes a step in the life of a dossier, whose lock the transaction holds.
async fn record(tx: &mut Connection, step: &Step) -> sqlx::Result<()> {
    writing::put_heads(tx, &[&step.head]).await?;
    writing::add_events(tx, &[&step.event]).await?;
    if let Some(notice) = Notice::of(&step.event) {
        notices::add(tx, &[notice]).await?;
    }
    // Of what was never deposited, no list says anything.
    if step.head.deposits == 0 {
        return Ok(());
    }
    worklist::project(tx, &step.head.id).await
}

#[async_trait]
impl Dossiers for Backend {
    async fn open(&self, opening: &Opening) -> Stored<DossierId> {
        self.opened(opening).await.map_err(stored)
    }

    async fn head(&self, id: &DossierId) -> Stored<Option<DossierHead>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        self.heads.ask(id.clone()).await
    }

    async fn heads(&self, scope: &Scope) -> Stored<Vec<DossierHead>> {
        let rows: sqlx::Result<Vec<HeadRow>> = match scope {
            Scope::Structures(structures) => {
                sqlx::query_as(heads!(
                    "WHERE d.structure_id IN (SELECT w.value FROM ",
                    each_text!("$1"),
                    ") ORDER BY d.updated_at DESC, d.id DESC"
                ))
                .bind(json(structures).map_err(stored)?)
                .fetch_all(&self.read)
                .await
            }
            Scope::Departments(departments) => {
                sqlx::query_as(heads!(
                    "WHERE d.deposits > 0 AND d.department IN (SELECT w.value FROM ",
                    each_text!("$1"),
                    ") ORDER BY d.updated_at DESC, d.id DESC"
                ))
                .bind(json(departments).map_err(stored)?)
                .fetch_all(&self.read)
                .await
            }
            Scope::National => {
                sqlx::query_as(heads!("WHERE d.deposits > 0 ORDER BY d.updated_at DESC, d.id DESC"))
                    .fetch_all(&self.read)
                    .await
            }
            // A guest has no list: only the link leads to what was given. A member of the commission
            // reads packs.
            Scope::Steps { .. } | Scope::Packs(_) => return Ok(Vec::new()),
        };
        let rows = rows.map_err(stored)?;
        rows.into_iter().map(HeadRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn draft(&self, id: &DossierId) -> Stored<Option<Draft>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        let row: Option<DraftRow> = sqlx::query_as(heads!(
            [", (SELECT ",
            as_list!(["x.field_id, x.row_id, x.raw, x.version, ", as_json!("x.provenance")]),
            " FROM answer x WHERE x.dossier_id = d.id) AS answers"]
            "WHERE d.id = $1"
        ))
        .bind(id.as_str())
        .fetch_optional(&self.read)
        .await
        .map_err(stored)?;
        row.map(DraftRow::read).transpose().map_err(stored)
    }

    async fn history(&self, id: &DossierId, at: &At) -> Stored<Vec<Written>> {
        let list: String = sqlx::query_scalar(concat!(
            "SELECT ",
            as_list!(
                ["x.dossier_id, x.field_id, x.row_id, x.raw, x.version, ",
                 as_json!("x.provenance"), ", x.updated_at, x.updated_by, b.name"],
                in order of "x.version DESC"
            ),
            " FROM (
                 SELECT dossier_id, field_id, row_id, raw, version, provenance, updated_at,
                     updated_by
                 FROM answer
                 UNION ALL
                 SELECT dossier_id, field_id, row_id, raw, version, NULL, updated_at, updated_by
                 FROM answer_past
             ) x
             JOIN account b ON b.id = x.updated_by
             WHERE x.dossier_id = $1 AND x.field_id = $2 AND x.row_id = $3"
        ))
        .bind(id.as_str())
        .bind(&at.field)
        .bind(&at.row)
        .fetch_one(&self.read)
        .await
        .map_err(stored)?;
        let texts = rows::written(&list).map_err(stored)?;
        Ok(texts.into_iter().map(|(_, _, written)| written).collect())
    }

    async fn save(&self, save: Save) -> Stored<Option<Decision>> {
        if !is_ulid(save.dossier.as_str()) {
            return Ok(None);
        }
        self.saves.ask(save).await
    }

    async fn sibling(&self, of: &DossierHead) -> Stored<Option<DossierId>> {
        let id: Option<String> = sqlx::query_scalar(
            "SELECT id FROM dossier
             WHERE structure_id = $1 AND form = $2 AND kind = $3 AND perimeter = $4 AND year = $5
                 AND department <> $6 AND state NOT IN ('abandoned', 'withdrawn')
             ORDER BY updated_at DESC LIMIT 1",
        )
        .bind(of.structure_id.as_str())
        .bind(&of.form)
        .bind(&of.kind)
        .bind(&of.perimeter)
        .bind(i64::from(of.year))
        .bind(&of.department)
        .fetch_optional(&self.read)
        .await
        .map_err(stored)?;
        Ok(id.map(Into::into))
    }

    async fn follow(&self, follow: &Follow) -> Stored<bool> {
        self.followed(follow).await.map_err(stored)
    }

    async fn step(&self, step: &Step) -> Stored<bool> {
        self.stepped(step).await.map_err(stored)
    }

    async fn deposit(&self, filing: &Filing) -> Stored<Option<Deposit>> {
        self.deposited(filing).await.map_err(stored)
    }

    async fn deposit_of(&self, id: &DossierId, ordinal: u32) -> Stored<Option<Deposit>> {
        let row: Option<DepositRow> =
            sqlx::query_as(deposits!("WHERE p.dossier_id = $1 AND p.ordinal = $2"))
                .bind(id.as_str())
                .bind(i64::from(ordinal))
                .fetch_optional(&self.read)
                .await
                .map_err(stored)?;
        row.map(DepositRow::read).transpose().map_err(stored)
    }

    async fn last_deposit(&self, of: &DossierHead, year: i32) -> Stored<Option<(DossierId, u32)>> {
        let row: Option<(String, i64)> = sqlx::query_as(
            "SELECT id, deposits FROM dossier
             WHERE structure_id = $1 AND form = $2 AND kind = $3 AND perimeter = $4 AND year = $5
                 AND deposits > 0 AND department = $6
             ORDER BY updated_at DESC LIMIT 1",
        )
        .bind(of.structure_id.as_str())
        .bind(&of.form)
        .bind(&of.kind)
        .bind(&of.perimeter)
        .bind(i64::from(year))
        .bind(&of.department)
        .fetch_optional(&self.read)
        .await
        .map_err(stored)?;
        row.map(|(id, ordinal)| Ok((id.into(), count(ordinal)?))).transpose().map_err(stored)
    }

    async fn deposits_of(&self, id: &DossierId) -> Stored<Vec<Deposit>> {
        let rows: Vec<DepositRow> =
            sqlx::query_as(deposits!("WHERE p.dossier_id = $1 ORDER BY p.ordinal"))
                .bind(id.as_str())
                .fetch_all(&self.read)
                .await
                .map_err(stored)?;
        rows.into_iter().map(DepositRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn journal(&self, id: &DossierId) -> Stored<Vec<Event>> {
        let rows: Vec<EventRow> =
            sqlx::query_as("SELECT * FROM event WHERE dossier_id = $1 ORDER BY seq")
                .bind(id.as_str())
                .fetch_all(&self.read)
                .await
                .map_err(stored)?;
        rows.into_iter().map(EventRow::read).collect::<Result<_, _>>().map_err(stored)
    }
}
