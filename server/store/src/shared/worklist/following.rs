//! Who follows a dossier, and what each agent has seen of it.

use async_trait::async_trait;
use dossier::{
    event::Event,
    id::{AccountId, DossierId, is_ulid},
    role::Role,
};
use form::{At, Date};
use serde::Serialize;
use service::{
    Millis,
    journal::Step,
    ports::{Stored, Worklists},
    seen::Mark,
    worklist::{Change, Colleague, Counts, Handed, Line, Page, Query, Within},
};

use super::{
    super::{Backend, dossiers::end_step},
    rebuild,
};
use crate::error::{json, stored};

/// The roles that instruct, as a JSON list.
fn instructing() -> sqlx::Result<String> {
    let roles = Role::ALL.into_iter().filter(|role| role.instructs()).map(Role::code);
    json(&roles.collect::<Vec<_>>())
}

#[derive(Serialize)]
struct MarkLine<'a> {
    field: &'a str,
    row: &'a str,
    hash: &'a str,
}

fn account(id: String) -> Option<AccountId> {
    Some(id).filter(|id| !id.is_empty()).map(Into::into)
}

impl Backend {
    async fn who_instructs(&self, within: &Within) -> sqlx::Result<Vec<Colleague>> {
        let Some(departments) = within.departments() else { return Ok(Vec::new()) };
        let rows: Vec<(String, String)> = sqlx::query_as(concat!(
            "SELECT DISTINCT a.id, a.name FROM agent_territory t JOIN account a ON a.id = t.account_id
             WHERE t.department IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") AND a.role IN (SELECT w.value FROM ",
            each_text!("$2"),
            ") ORDER BY a.name, a.id"
        ))
        .bind(json(departments)?)
        .bind(instructing()?)
        .fetch_all(&self.read)
        .await?;
        Ok(rows.into_iter().map(|(id, name)| Colleague { id: id.into(), name }).collect())
    }

    async fn who_follows(&self, id: &DossierId) -> sqlx::Result<Option<Colleague>> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT a.id, a.name FROM assignment f JOIN account a ON a.id = f.account_id
             WHERE f.dossier_id = $1",
        )
        .bind(id.as_str())
        .fetch_optional(&self.read)
        .await?;
        Ok(row.map(|(id, name)| Colleague { id: id.into(), name }))
    }

    async fn assigned(&self, change: &Change, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        match &change.to {
            Some(to) => {
                sqlx::query(
                    "INSERT INTO assignment (dossier_id, account_id) VALUES ($1, $2)
                     ON CONFLICT (dossier_id) DO UPDATE SET account_id = excluded.account_id",
                )
                .bind(change.dossier.as_str())
                .bind(to.as_str())
                .execute(&mut *tx)
                .await?;
            }
            None => {
                sqlx::query("DELETE FROM assignment WHERE dossier_id = $1")
                    .bind(change.dossier.as_str())
                    .execute(&mut *tx)
                    .await?;
            }
        }
        let id = |account: &Option<AccountId>| {
            account.as_ref().map(ToString::to_string).unwrap_or_default()
        };
        let Event { seq, .. } = step.event;
        sqlx::query(
            "INSERT INTO assignment_change (batch_id, dossier_id, seq, from_id, to_id)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&change.batch)
        .bind(change.dossier.as_str())
        .bind(i64::from(seq))
        .bind(id(&change.from))
        .bind(id(&change.to))
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn one_gesture(&self, batch: &str) -> sqlx::Result<Option<Handed>> {
        let rows: Vec<(String, String, String, String, i64)> = sqlx::query_as(
            "SELECT c.dossier_id, c.from_id, c.to_id, e.actor, e.at
             FROM assignment_change c
             JOIN event e ON e.dossier_id = c.dossier_id AND e.seq = c.seq
             WHERE c.batch_id = $1 ORDER BY c.dossier_id",
        )
        .bind(batch)
        .fetch_all(&self.read)
        .await?;
        let Some((_, _, _, by, at)) = rows.first() else { return Ok(None) };
        let (by, at) = (by.as_str().into(), Millis(*at));
        let changes = rows.into_iter().map(|(dossier, from, to, _, _)| Change {
            batch: batch.to_owned(),
            dossier: dossier.into(),
            from: account(from),
            to: account(to),
        });
        Ok(Some(Handed { changes: changes.collect(), by, at }))
    }

    async fn marked(&self, id: &DossierId, by: &AccountId) -> sqlx::Result<Vec<Mark>> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT field_id, row_id, hash FROM seen WHERE dossier_id = $1 AND account_id = $2",
        )
        .bind(id.as_str())
        .bind(by.as_str())
        .fetch_all(&self.read)
        .await?;
        let mark = |(field, row, hash): (String, String, String)| Mark {
            at: At::in_row(&field, &row),
            hash,
        };
        Ok(rows.into_iter().map(mark).collect())
    }

    async fn mark(
        &self,
        id: &DossierId,
        by: &AccountId,
        marks: &[Mark],
        at: Millis,
    ) -> sqlx::Result<()> {
        let lines =
            marks.iter().map(|Mark { at, hash }| MarkLine { field: &at.field, row: &at.row, hash });
        sqlx::query(concat!(
            "INSERT INTO seen (dossier_id, account_id, field_id, row_id, hash, at)
             SELECT $1, $2, w.value->>'field', w.value->>'row', w.value->>'hash', $3 FROM ",
            each!("$4"),
            " WHERE true
             ON CONFLICT (dossier_id, account_id, field_id, row_id) DO UPDATE
             SET hash = excluded.hash, at = excluded.at"
        ))
        .bind(id.as_str())
        .bind(by.as_str())
        .bind(at.0)
        .bind(json(&lines.collect::<Vec<_>>())?)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn unmark(&self, id: &DossierId, by: &AccountId, places: &[At]) -> sqlx::Result<()> {
        let lines = places.iter().map(|at| MarkLine { field: &at.field, row: &at.row, hash: "" });
        sqlx::query(concat!(
            "DELETE FROM seen WHERE dossier_id = $1 AND account_id = $2 AND (field_id, row_id) IN
                 (SELECT w.value->>'field', w.value->>'row' FROM ",
            each!("$3"),
            ")"
        ))
        .bind(id.as_str())
        .bind(by.as_str())
        .bind(json(&lines.collect::<Vec<_>>())?)
        .execute(&self.write)
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Worklists for Backend {
    async fn work_page(&self, query: &Query) -> Stored<Page> {
        self.page(query).await.map_err(stored)
    }

    async fn work_lines(&self, within: &Within, ids: &[DossierId]) -> Stored<Vec<Line>> {
        self.lines(within, ids).await.map_err(stored)
    }

    async fn work_counts(&self, within: &Within, today: Date) -> Stored<Counts> {
        self.counts(within, today).await.map_err(stored)
    }

    async fn rebuild_work_list(&self) -> Stored<u32> {
        rebuild(&self.write).await.map_err(stored)
    }

    async fn instructors(&self, within: &Within) -> Stored<Vec<Colleague>> {
        self.who_instructs(within).await.map_err(stored)
    }

    async fn follower(&self, id: &DossierId) -> Stored<Option<Colleague>> {
        self.who_follows(id).await.map_err(stored)
    }

    async fn assign(&self, change: &Change, step: &Step) -> Stored<bool> {
        self.assigned(change, step).await.map_err(stored)
    }

    async fn handed(&self, batch: &str) -> Stored<Option<Handed>> {
        if !is_ulid(batch) {
            return Ok(None);
        }
        self.one_gesture(batch).await.map_err(stored)
    }

    async fn marks(&self, id: &DossierId, by: &AccountId) -> Stored<Vec<Mark>> {
        self.marked(id, by).await.map_err(stored)
    }

    async fn put_marks(
        &self,
        id: &DossierId,
        by: &AccountId,
        marks: &[Mark],
        at: Millis,
    ) -> Stored<()> {
        self.mark(id, by, marks, at).await.map_err(stored)
    }

    async fn remove_marks(&self, id: &DossierId, by: &AccountId, places: &[At]) -> Stored<()> {
        self.unmark(id, by, places).await.map_err(stored)
    }
}
