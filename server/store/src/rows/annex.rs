//! Rows of annexes financières.

use dossier::annex::{AnnexState, Grant, Numbers, Terms};
use form::{Cents, Date};
use service::{Millis, instruction::Annex};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct AnnexRow {
    dossier_id: String,
    deposit: i64,
    structure_id: String,
    convention: String,
    prefix: String,
    renewal: i64,
    modification: i64,
    is_ours: bool,
    convention_end: String,
    state: String,
    start_day: String,
    end_day: String,
    months: i64,
    granted: String,
    unit: Option<i64>,
    departmental: Option<i64>,
    signed: String,
    at: i64,
    by_name: String,
}

impl AnnexRow {
    pub(crate) fn read(self) -> sqlx::Result<Annex> {
        let day = |text: &str| Date::parse_iso(text).ok_or_else(|| corrupt("a day of an annexe"));
        let small = |n: i64| u8::try_from(n).map_err(|_| corrupt("the number of an annexe"));
        Ok(Annex {
            numbers: Numbers {
                convention: self.convention,
                prefix: self.prefix,
                renewal: small(self.renewal)?,
                modification: small(self.modification)?,
            },
            terms: Terms {
                start: day(&self.start_day)?,
                end: day(&self.end_day)?,
                grant: Grant::from_code(&self.granted).ok_or_else(|| corrupt("a grant"))?,
                months: count(self.months)?,
                unit: self.unit.map(Cents),
                departmental: self.departmental.map(Cents),
            },
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
