//! Rows of acts, notes and answers to them.

use dossier::{
    act::{Said, Sense},
    annex::Grant,
    id::NoteId,
    note::{Anchor, Audience, NoteKind, Quote},
    state::Action,
};
use form::{At, Date};
use service::{
    Millis,
    instruction::{Act, Chosen, Note, Reply},
};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct ActRow {
    dossier_id: String,
    seq: i64,
    action: String,
    message: String,
    due: String,
    opinion: String,
    proposal: String,
    granted: String,
    deposit: i64,
    at: i64,
    by: String,
    by_name: String,
}

impl ActRow {
    pub(crate) fn read(self) -> sqlx::Result<Act> {
        Ok(Act {
            dossier: self.dossier_id.into(),
            seq: count(self.seq)?,
            action: Action::from_code(&self.action).ok_or_else(|| corrupt("an action"))?,
            said: Said {
                message: self.message,
                due: Date::parse_iso(&self.due),
                opinion: Sense::from_code(&self.opinion),
                proposal: Sense::from_code(&self.proposal),
                grant: Grant::from_code(&self.granted),
            },
            deposit: count(self.deposit)?,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct NoteRow {
    id: String,
    dossier_id: String,
    field_id: String,
    row_id: String,
    deposit: i64,
    said: String,
    kind: String,
    audience: String,
    text: String,
    at: i64,
    by: String,
    by_name: String,
    sent: Option<i64>,
    settled_at: Option<i64>,
    settled_by_name: String,
    blocking: bool,
    suggested: String,
    quote_from: Option<i64>,
    quote_to: Option<i64>,
    watched: bool,
}

impl NoteRow {
    pub(crate) fn read(self) -> sqlx::Result<Note> {
        let at = At::in_row(&self.field_id, &self.row_id);
        let place = |byte: i64| usize::try_from(byte).map_err(|_| corrupt("a passage"));
        let quote = match self.quote_from.zip(self.quote_to) {
            Some((from, to)) => Some(Quote { from: place(from)?, to: place(to)? }),
            None => None,
        };
        Ok(Note {
            id: self.id.into(),
            dossier: self.dossier_id.into(),
            anchor: Anchor { at, deposit: count(self.deposit)?, said: self.said, quote },
            kind: NoteKind::from_code(&self.kind).ok_or_else(|| corrupt("a kind of note"))?,
            audience: Audience::from_code(&self.audience).ok_or_else(|| corrupt("an audience"))?,
            text: self.text,
            blocking: self.blocking,
            suggested: Some(self.suggested).filter(|value| !value.is_empty()),
            chosen: Vec::new(),
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
            sent: self.sent.map(count).transpose()?,
            settled: self.settled_at.map(|at| (Millis(at), self.settled_by_name)),
            watched: self.watched,
            replies: Vec::new(),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ReplyRow {
    id: String,
    note_id: String,
    text: String,
    at: i64,
    by: String,
    by_name: String,
    of_structure: bool,
}

impl ReplyRow {
    pub(crate) fn read(self) -> (NoteId, Reply) {
        let reply = Reply {
            id: self.id.into(),
            text: self.text,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
            of_structure: self.of_structure,
        };
        (self.note_id.into(), reply)
    }
}

#[derive(FromRow)]
pub(crate) struct ChosenRow {
    note_id: String,
    seq: i64,
    is_accepted: bool,
    reason: String,
    seen: i64,
    version: i64,
    at: i64,
    by: String,
    by_name: String,
}

impl ChosenRow {
    pub(crate) fn read(self) -> sqlx::Result<(NoteId, Chosen)> {
        let chosen = Chosen {
            seq: count(self.seq)?,
            accepted: self.is_accepted,
            reason: self.reason,
            seen: count(self.seen)?,
            version: count(self.version)?,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        };
        Ok((self.note_id.into(), chosen))
    }
}
