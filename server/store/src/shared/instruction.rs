//! What the State does with a dossier, and notes on its deposits.

use async_trait::async_trait;
use dossier::{
    annex::Grant,
    id::{DossierId, NoteId, is_ulid},
    reopened::Reopened,
};
use form::At;
use service::{
    DossierHead,
    instruction::{Act, Acting, Chosen, Mark, Note, Reply},
    journal::Step,
    ports::{Instructions, Stored},
};

use super::{Backend, annexes, dossiers::end_step};
use crate::{
    error::{json, stored},
    rows::instruction::{ActRow, ChosenRow, NoteRow, ReplyRow},
};

impl Backend {
    async fn acted(&self, acting: &Acting) -> sqlx::Result<bool> {
        let Acting { act, sends, sitting, grants, step } = acting;
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let said = &act.said;
        sqlx::query(
            "INSERT INTO act
                 (dossier_id, seq, action, message, due, opinion, proposal, deposit, granted)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(act.dossier.as_str())
        .bind(i64::from(act.seq))
        .bind(act.action.code())
        .bind(&said.message)
        .bind(said.due.map(|due| due.to_string()).unwrap_or_default())
        .bind(said.opinion.map_or("", dossier::act::Sense::code))
        .bind(said.proposal.map_or("", dossier::act::Sense::code))
        .bind(i64::from(act.deposit))
        .bind(said.grant.map(Grant::code).unwrap_or_default())
        .execute(&mut *tx)
        .await?;
        sqlx::query(concat!(
            "UPDATE note SET sent = $2 WHERE dossier_id = $3 AND id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ")"
        ))
        .bind(json(sends)?)
        .bind(i64::from(act.seq))
        .bind(act.dossier.as_str())
        .execute(&mut *tx)
        .await?;
        if let Some(sitting) = sitting {
            super::commissions::heard(&mut tx, sitting, act).await?;
        }
        if let Some(granting) = grants {
            annexes::grant(&mut tx, act, step, granting).await?;
        }
        end_step(tx, step).await
    }

    async fn noted(&self, note: &Note, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let quote = note.anchor.quote;
        let place = |byte: usize| i64::try_from(byte).unwrap_or(i64::MAX);
        sqlx::query(
            "INSERT INTO note
                 (id, dossier_id, field_id, row_id, deposit, said, kind, audience, text, at, by,
                  blocking, suggested, quote_from, quote_to)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(note.id.as_str())
        .bind(note.dossier.as_str())
        .bind(&note.anchor.at.field)
        .bind(&note.anchor.at.row)
        .bind(i64::from(note.anchor.deposit))
        .bind(&note.anchor.said)
        .bind(note.kind.code())
        .bind(note.audience.code())
        .bind(&note.text)
        .bind(note.at.0)
        .bind(note.by.as_str())
        .bind(note.blocking)
        .bind(note.suggested.as_deref().unwrap_or_default())
        .bind(quote.map(|quote| place(quote.from)))
        .bind(quote.map(|quote| place(quote.to)))
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn replied(&self, note: &NoteId, reply: &Reply, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "INSERT INTO note_reply (id, note_id, text, at, by, of_structure)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(reply.id.as_str())
        .bind(note.as_str())
        .bind(&reply.text)
        .bind(reply.at.0)
        .bind(reply.by.as_str())
        .bind(reply.of_structure)
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn note_marked(&self, note: &NoteId, mark: &Mark, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let dossier = step.head.id.as_str();
        if let Mark::Blocking(blocking) = mark {
            sqlx::query("UPDATE note SET blocking = $2 WHERE id = $1 AND dossier_id = $3")
                .bind(note.as_str())
                .bind(*blocking)
                .bind(dossier)
                .execute(&mut *tx)
                .await?;
            return end_step(tx, step).await;
        }
        let (at, by, watched) = match mark {
            Mark::Settled { at, by, watched } => (Some(at.0), Some(by.as_str()), *watched),
            Mark::Open | Mark::Blocking(_) => (None, None, false),
        };
        sqlx::query(
            "UPDATE note SET settled_at = $2, settled_by = $3, watched = $4
             WHERE id = $1 AND dossier_id = $5",
        )
        .bind(note.as_str())
        .bind(at)
        .bind(by)
        .bind(watched)
        .bind(dossier)
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn suggestion_chosen(
        &self,
        note: &NoteId,
        chosen: &Chosen,
        step: &Step,
    ) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "INSERT INTO suggestion_choice
                 (note_id, seq, is_accepted, reason, seen, version, at, by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(note.as_str())
        .bind(i64::from(chosen.seq))
        .bind(chosen.accepted)
        .bind(&chosen.reason)
        .bind(i64::from(chosen.seen))
        .bind(i64::from(chosen.version))
        .bind(chosen.at.0)
        .bind(chosen.by.as_str())
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn notes(&self, id: &DossierId) -> sqlx::Result<Vec<Note>> {
        let rows: Vec<NoteRow> = sqlx::query_as(
            "SELECT n.*, a.name AS by_name, COALESCE(s.name, '') AS settled_by_name
             FROM note n
             JOIN account a ON a.id = n.by
             LEFT JOIN account s ON s.id = n.settled_by
             WHERE n.dossier_id = $1 ORDER BY n.at, n.id",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let replies: Vec<ReplyRow> = sqlx::query_as(
            "SELECT r.*, a.name AS by_name
             FROM note_reply r
             JOIN note n ON n.id = r.note_id
             JOIN account a ON a.id = r.by
             WHERE n.dossier_id = $1 ORDER BY r.at, r.id",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let mut notes = rows.into_iter().map(NoteRow::read).collect::<sqlx::Result<Vec<_>>>()?;
        for row in replies {
            let (note, reply) = row.read();
            if let Some(note) = notes.iter_mut().find(|one| one.id == note) {
                note.replies.push(reply);
            }
        }
        // Few notes suggest a value.
        if notes.iter().any(|note| note.suggested.is_some()) {
            let chosen: Vec<ChosenRow> = sqlx::query_as(
                "SELECT c.*, a.name AS by_name
                 FROM suggestion_choice c
                 JOIN note n ON n.id = c.note_id
                 JOIN account a ON a.id = c.by
                 WHERE n.dossier_id = $1 ORDER BY c.seq",
            )
            .bind(id.as_str())
            .fetch_all(&self.read)
            .await?;
            for row in chosen {
                let (note, chosen) = row.read()?;
                if let Some(note) = notes.iter_mut().find(|one| one.id == note) {
                    note.chosen.push(chosen);
                }
            }
        }
        Ok(notes)
    }

    async fn acts(&self, id: &DossierId) -> sqlx::Result<Vec<Act>> {
        let rows: Vec<ActRow> = sqlx::query_as(
            "SELECT t.*, e.at, e.actor AS by, a.name AS by_name
             FROM act t
             JOIN event e ON e.dossier_id = t.dossier_id AND e.seq = t.seq
             JOIN account a ON a.id = e.actor
             WHERE t.dossier_id = $1 ORDER BY t.seq",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(ActRow::read).collect()
    }
}

#[async_trait]
impl Instructions for Backend {
    async fn act(&self, acting: &Acting) -> Stored<bool> {
        self.acted(acting).await.map_err(stored)
    }

    async fn acts_of(&self, id: &DossierId) -> Stored<Vec<Act>> {
        if !is_ulid(id.as_str()) {
            return Ok(Vec::new());
        }
        self.acts(id).await.map_err(stored)
    }

    async fn add_note(&self, note: &Note, step: &Step) -> Stored<bool> {
        self.noted(note, step).await.map_err(stored)
    }

    async fn add_reply(&self, note: &NoteId, reply: &Reply, step: &Step) -> Stored<bool> {
        self.replied(note, reply, step).await.map_err(stored)
    }

    async fn mark_note(&self, note: &NoteId, mark: &Mark, step: &Step) -> Stored<bool> {
        self.note_marked(note, mark, step).await.map_err(stored)
    }

    async fn choose_suggestion(&self, note: &NoteId, chosen: &Chosen, step: &Step) -> Stored<bool> {
        self.suggestion_chosen(note, chosen, step).await.map_err(stored)
    }

    async fn notes_of(&self, id: &DossierId) -> Stored<Vec<Note>> {
        if !is_ulid(id.as_str()) {
            return Ok(Vec::new());
        }
        self.notes(id).await.map_err(stored)
    }

    async fn noted_before(&self, of: &DossierHead) -> Stored<Vec<DossierId>> {
        let ids: sqlx::Result<Vec<String>> = sqlx::query_scalar(
            "SELECT d.id FROM dossier d
             WHERE d.structure_id = $1 AND d.form = $2 AND d.kind = $3 AND d.perimeter = $4
                 AND d.department = $5 AND d.year >= $6 AND d.id < $7 AND d.deposits > 0
                 AND EXISTS (SELECT 1 FROM note n WHERE n.dossier_id = d.id)
             ORDER BY d.id DESC",
        )
        .bind(of.structure_id.as_str())
        .bind(&of.form)
        .bind(&of.kind)
        .bind(&of.perimeter)
        .bind(&of.department)
        .bind(i64::from(of.year - 1))
        .bind(of.id.as_str())
        .fetch_all(&self.read)
        .await;
        Ok(ids.map_err(stored)?.into_iter().map(Into::into).collect())
    }

    async fn reopened(&self, id: &DossierId) -> Stored<Reopened> {
        self.still_open(id).await.map_err(stored)
    }

    async fn add_reopening(&self, at: &At, step: &Step) -> Stored<bool> {
        self.reopening(at, step).await.map_err(stored)
    }

    async fn reopenings(&self, id: &DossierId, deposit: u32) -> Stored<Vec<At>> {
        self.opened_after(id, deposit).await.map_err(stored)
    }
}
