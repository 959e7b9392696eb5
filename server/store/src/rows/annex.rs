//! Rows of annexes financières.

use dossier::annex::{AnnexState, Numbers, Terms};
use form::Date;
use service::{Millis, instruction::Annex};
use sqlx::FromRow;

use super::{count, envelopes::TermsRow};
use crate::error::corrupt;

/// The numbers of an annexe; the modification is 0 where none is kept.
#[derive(FromRow)]
pub(super) struct NumbersRow {
    convention: String,
    prefix: String,
    renewal: i64,
    #[sqlx(default)]
    modification: i64,
}

impl NumbersRow {
    pub(super) fn read(self) -> sqlx::Result<Numbers> {
        let small = |n: i64| u8::try_from(n).map_err(|_| corrupt("the number of an annexe"));
        Ok(Numbers {
            convention: self.convention,
            prefix: self.prefix,
            renewal: small(self.renewal)?,
            modification: small(self.modification)?,
        })
    }
}

/// The terms of an annexe, which always has some.
pub(super) fn terms(row: TermsRow) -> sqlx::Result<Terms> {
    row.read()?.ok_or_else(|| corrupt("the terms of an annexe"))
}

#[derive(FromRow)]
pub(crate) struct AnnexRow {
    dossier_id: String,
    deposit: i64,
    structure_id: String,
    is_ours: bool,
    convention_end: String,
    state: String,
    signed: String,
    at: i64,
    by_name: String,
    #[sqlx(flatten)]
    numbers: NumbersRow,
    #[sqlx(flatten)]
    terms: TermsRow,
}

impl AnnexRow {
    pub(crate) fn read(self) -> sqlx::Result<Annex> {
        Ok(Annex {
            numbers: self.numbers.read()?,
            terms: terms(self.terms)?,
            dossier: self.dossier_id.into(),
            deposit: count(self.deposit)?,
            structure: self.structure_id.into(),
            is_ours: self.is_ours,
            convention_end: Date::parse_iso(&self.convention_end),
            state: AnnexState::from_code(&self.state).ok_or_else(|| corrupt("a state"))?,
            at: Millis(self.at),
            by_name: self.by_name,
            signed: Date::parse_iso(&self.signed),
        })
    }
}
