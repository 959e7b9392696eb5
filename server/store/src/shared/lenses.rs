//! What was made of signals, and lenses that agents compose.

use async_trait::async_trait;
use dossier::id::{AccountId, DossierId, LensId, is_ulid};
use service::{
    Millis,
    instruction::SignalChoice,
    journal::Step,
    lenses::{Composition, Readers},
    ports::{Lenses, Signals, Stored},
};

use super::{Backend, dossiers::end_step};
use crate::{
    error::{json, stored},
    rows::lenses::{ChoiceRow, LensRow},
};

impl Backend {
    async fn signal_chosen(&self, choice: &SignalChoice, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "INSERT INTO signal_choice (dossier_id, seq, signal, print, said, is_aside, reason)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(step.head.id.as_str())
        .bind(i64::from(step.event.seq))
        .bind(&choice.signal)
        .bind(&choice.print)
        .bind(&choice.said)
        .bind(choice.aside)
        .bind(&choice.reason)
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn choices_of(&self, id: &DossierId) -> sqlx::Result<Vec<SignalChoice>> {
        let rows: Vec<ChoiceRow> = sqlx::query_as(
            "SELECT s.*, e.at, a.name AS by_name
             FROM signal_choice s
             JOIN event e ON e.dossier_id = s.dossier_id AND e.seq = s.seq
             JOIN account a ON a.id = e.actor
             WHERE s.dossier_id = $1 ORDER BY s.seq",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        Ok(rows.into_iter().map(ChoiceRow::read).collect())
    }

    async fn lens_added(&self, lens: &Composition) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO lens (id, form, question, shows, department, made_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(lens.id.as_str())
        .bind(&lens.form)
        .bind(&lens.composed.question)
        .bind(json(&lens.composed.shows)?)
        .bind(&lens.department)
        .bind(lens.by.as_str())
        .bind(lens.at.0)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn lens_put(&self, lens: &Composition) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE lens SET question = $3, shows = $4, department = $5
             WHERE id = $1 AND made_by = $2",
        )
        .bind(lens.id.as_str())
        .bind(lens.by.as_str())
        .bind(&lens.composed.question)
        .bind(json(&lens.composed.shows)?)
        .bind(&lens.department)
        .execute(&self.write)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn lens_removed(
        &self,
        (id, author): (&LensId, &AccountId),
        at: Option<Millis>,
    ) -> sqlx::Result<bool> {
        let done = sqlx::query("UPDATE lens SET removed_at = $3 WHERE id = $1 AND made_by = $2")
            .bind(id.as_str())
            .bind(author.as_str())
            .bind(at.map(|at| at.0))
            .execute(&self.write)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn lenses_for(&self, form: &str, readers: &Readers) -> sqlx::Result<Vec<Composition>> {
        let rows: Vec<LensRow> = sqlx::query_as(concat!(
            "SELECT l.*, a.name AS by_name
             FROM lens l JOIN account a ON a.id = l.made_by
             WHERE l.form = $1
                 AND (l.made_by = $2
                      OR (l.removed_at IS NULL
                          AND l.department IN (SELECT w.value FROM ",
            each_text!("$3"),
            ")))
             ORDER BY l.made_at, l.id"
        ))
        .bind(form)
        .bind(readers.account().as_str())
        .bind(json(readers.departments())?)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(LensRow::read).collect()
    }
}

#[async_trait]
impl Signals for Backend {
    async fn choose_signal(&self, choice: &SignalChoice, step: &Step) -> Stored<bool> {
        self.signal_chosen(choice, step).await.map_err(stored)
    }

    async fn signal_choices(&self, id: &DossierId) -> Stored<Vec<SignalChoice>> {
        if !is_ulid(id.as_str()) {
            return Ok(Vec::new());
        }
        self.choices_of(id).await.map_err(stored)
    }
}

#[async_trait]
impl Lenses for Backend {
    async fn add_lens(&self, lens: &Composition) -> Stored<()> {
        self.lens_added(lens).await.map_err(stored)
    }

    async fn put_lens(&self, lens: &Composition) -> Stored<bool> {
        self.lens_put(lens).await.map_err(stored)
    }

    async fn remove_lens(
        &self,
        id: &LensId,
        author: &AccountId,
        at: Option<Millis>,
    ) -> Stored<bool> {
        if !is_ulid(id.as_str()) {
            return Ok(false);
        }
        self.lens_removed((id, author), at).await.map_err(stored)
    }

    async fn lenses(&self, form: &str, readers: &Readers) -> Stored<Vec<Composition>> {
        self.lenses_for(form, readers).await.map_err(stored)
    }
}
