//! Rows of the register of annexes financières.

use dossier::annex::{AnnexState, provisional::Standing};
use form::Date;
use service::{
    Millis,
    annexes::{Ended, Line, Provisional, Stands},
};
use sqlx::FromRow;

use super::{
    annex::{NumbersRow, terms},
    conventions::StandingRow,
    envelopes::TermsRow,
};
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct LineRow {
    dossier_id: String,
    structure_id: String,
    structure_name: String,
    siret: String,
    department: String,
    kind: String,
    state: String,
    is_signed: bool,
    signed: String,
    convention_end: String,
    #[sqlx(flatten)]
    numbers: NumbersRow,
    #[sqlx(flatten)]
    terms: TermsRow,
    #[sqlx(flatten)]
    convention: StandingRow,
}

impl LineRow {
    pub(crate) fn read(self, today: Date) -> sqlx::Result<Line> {
        let terms = terms(self.terms)?;
        let convention = self.convention.read();
        let stands = match AnnexState::from_code(&self.state) {
            _ if convention.ended.is_some_and(|last| last < today) => Stands::Terminated,
            Some(state) => Stands::Granted(state),
            None => Stands::Provisional(Standing::of(&terms, self.is_signed, today)),
        };
        Ok(Line {
            dossier: self.dossier_id.into(),
            structure: self.structure_id.into(),
            structure_name: self.structure_name,
            siret: self.siret,
            department: self.department,
            kind: self.kind,
            numbers: self.numbers.read()?,
            terms,
            stands,
            convention_end: Date::parse_iso(&self.convention_end),
            convention,
            signed: Date::parse_iso(&self.signed),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct EndedRow {
    dossier_id: String,
    kind: String,
    department: String,
    perimeter: String,
    convention_end: String,
    #[sqlx(flatten)]
    numbers: NumbersRow,
    #[sqlx(flatten)]
    terms: TermsRow,
}

impl EndedRow {
    pub(crate) fn read(self) -> sqlx::Result<Ended> {
        let end = Date::parse_iso(&self.convention_end);
        Ok(Ended {
            dossier: self.dossier_id.into(),
            kind: self.kind,
            department: self.department,
            perimeter: self.perimeter,
            numbers: self.numbers.read()?,
            terms: terms(self.terms)?,
            convention_end: end.ok_or_else(|| corrupt("the end of a convention"))?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ProvisionalRow {
    dossier_id: String,
    perimeter: String,
    made_at: i64,
    is_signed: bool,
    #[sqlx(flatten)]
    numbers: NumbersRow,
    #[sqlx(flatten)]
    terms: TermsRow,
}

impl ProvisionalRow {
    pub(crate) fn read(self) -> sqlx::Result<Provisional> {
        Ok(Provisional {
            dossier: self.dossier_id.into(),
            perimeter: self.perimeter,
            numbers: self.numbers.read()?,
            terms: terms(self.terms)?,
            at: Millis(self.made_at),
            signed: self.is_signed,
        })
    }
}
