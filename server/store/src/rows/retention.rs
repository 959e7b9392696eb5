//! Rows of what is kept and how old it is.

use dossier::state::State;
use form::Date;
use service::{
    Millis,
    retention::{KeptAccount, KeptDossier},
};
use sqlx::FromRow;

use super::{count, parse};
use crate::error::corrupt;

/// A day counted since 1970.
pub(crate) fn day(days: i64) -> sqlx::Result<Date> {
    Date::from_days_since_epoch(days).ok_or_else(|| corrupt("a day"))
}

/// How many lines.
pub(crate) fn lines(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

#[derive(FromRow)]
pub(crate) struct KeptDossierRow {
    id: String,
    structure_id: String,
    form: String,
    year: i64,
    state: String,
    deposits: i64,
    updated_at: i64,
    journal_seq: i64,
    convention_end: String,
    has_words: bool,
}

impl KeptDossierRow {
    pub(crate) fn read(self) -> sqlx::Result<KeptDossier> {
        Ok(KeptDossier {
            id: self.id.into(),
            structure: self.structure_id.into(),
            form: self.form,
            year: self.year.try_into().map_err(|_| corrupt("a year"))?,
            state: State::from_code(&self.state).ok_or_else(|| corrupt("a state"))?,
            deposits: count(self.deposits)?,
            updated_at: Millis(self.updated_at),
            journal_seq: count(self.journal_seq)?,
            convention_end: Date::parse_iso(&self.convention_end),
            has_words: self.has_words,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct KeptAccountRow {
    id: String,
    signed_in_at: Option<i64>,
    structures: String,
}

impl KeptAccountRow {
    pub(crate) fn read(self) -> sqlx::Result<KeptAccount> {
        let structures: Vec<(String,)> = parse(&self.structures)?;
        Ok(KeptAccount {
            id: self.id.into(),
            seen_at: self.signed_in_at.map(Millis),
            structures: structures.into_iter().map(|(id,)| id.into()).collect(),
        })
    }
}
