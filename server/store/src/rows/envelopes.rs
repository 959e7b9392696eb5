//! Rows of envelopes, and of what is granted and asked within them.

use dossier::{
    act::Sense,
    allotting::{Request, Subject},
    annex::{Grant, Terms},
    envelope::Dotation,
    place::Place,
    state::State,
};
use form::{Cents, Date};
use service::{
    Millis,
    envelopes::{Change, Granted},
};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

pub(crate) fn place(code: &str) -> sqlx::Result<Place> {
    Place::from_code(code).ok_or_else(|| corrupt("a place"))
}

pub(crate) fn year(number: i64) -> sqlx::Result<i32> {
    number.try_into().map_err(|_| corrupt("a year"))
}

#[derive(FromRow)]
pub(crate) struct ChangeRow {
    year: i64,
    kind: String,
    seq: i64,
    place: String,
    etp: i64,
    cents: i64,
    reason: String,
    at: i64,
    by: String,
    by_name: String,
}

impl ChangeRow {
    pub(crate) fn read(self) -> sqlx::Result<Change> {
        Ok(Change {
            year: year(self.year)?,
            kind: self.kind,
            place: place(&self.place)?,
            seq: count(self.seq)?,
            to: Dotation::new(self.etp, self.cents),
            reason: self.reason,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

/// Terms as they are kept in several tables.
#[derive(FromRow)]
pub(crate) struct TermsRow {
    start_day: String,
    end_day: String,
    months: i64,
    asked: String,
    unit: Option<i64>,
    departmental: Option<i64>,
}

impl TermsRow {
    /// `None` when nothing is kept.
    pub(crate) fn read(self) -> sqlx::Result<Option<Terms>> {
        let Some(start) = Date::parse_iso(&self.start_day) else { return Ok(None) };
        Ok(Some(Terms {
            start,
            end: Date::parse_iso(&self.end_day).ok_or_else(|| corrupt("a day of terms"))?,
            grant: Grant::from_code(&self.asked).ok_or_else(|| corrupt("a grant"))?,
            months: count(self.months)?,
            unit: self.unit.map(Cents),
            departmental: self.departmental.map(Cents),
        }))
    }
}

#[derive(FromRow)]
pub(crate) struct RequestRow {
    dossier_id: String,
    structure_id: String,
    structure_name: String,
    siret: String,
    department: String,
    kind: String,
    nature: String,
    perimeter: String,
    year: i64,
    state: String,
    deposits: i64,
    deposited_at: i64,
    updated_at: i64,
    needs_opinion: bool,
    referred_at: Option<i64>,
    opinion_noted: bool,
    proposal: Option<String>,
    proposed: Option<String>,
    proposed_on: Option<i64>,
    blocking: i64,
    #[sqlx(flatten)]
    terms: TermsRow,
}

impl RequestRow {
    pub(crate) fn read(self) -> sqlx::Result<Request> {
        let deposit = count(self.deposits)?;
        let proposal = self.proposal.as_deref().and_then(Sense::from_code);
        let proposed = self.proposed.as_deref().and_then(Grant::from_code);
        Ok(Request {
            dossier: self.dossier_id.into(),
            structure: self.structure_id.into(),
            structure_name: self.structure_name,
            siret: self.siret,
            department: self.department,
            kind: self.kind,
            nature: self.nature,
            perimeter: self.perimeter,
            year: year(self.year)?,
            state: State::from_code(&self.state).ok_or_else(|| corrupt("a state"))?,
            deposit,
            deposited_at: self.deposited_at,
            changed_at: self.updated_at,
            terms: self.terms.read()?,
            needs_opinion: self.needs_opinion,
            referred_on: self.referred_at.and_then(|at| Millis(at).day_in_paris()),
            opinion_is_noted: self.opinion_noted,
            proposal: proposal.map(|sense| (sense, proposed)),
            was_proposed: self.proposed_on == Some(i64::from(deposit)),
            blocking: count(self.blocking)?,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct GrantedRow {
    structure_id: String,
    kind: String,
    perimeter: String,
    department: String,
    year: i64,
    prefix: String,
    renewal: i64,
    #[sqlx(flatten)]
    terms: TermsRow,
}

impl GrantedRow {
    pub(crate) fn read(self) -> sqlx::Result<Granted> {
        let convention = format!("{} {} {}", self.prefix, self.perimeter, self.renewal);
        Ok(Granted {
            subject: Subject {
                structure: self.structure_id.into(),
                kind: self.kind,
                perimeter: self.perimeter,
                department: self.department,
            },
            year: year(self.year)?,
            convention,
            terms: self.terms.read()?.ok_or_else(|| corrupt("an annexe"))?,
        })
    }
}
