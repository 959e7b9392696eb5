//! Rows of simulations.

use dossier::{
    act::Sense,
    allotting::{Choice, Verdict},
    annex::Grant,
    id::DossierId,
};
use service::{
    Millis,
    allotting::{Allotment, Gesture, Run, RunLine},
};
use sqlx::FromRow;

use super::{
    count,
    envelopes::{place, year},
    list,
};
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct AllotmentRow {
    id: String,
    name: String,
    year: i64,
    kinds: String,
    place: String,
    made_at: i64,
    made_by: String,
    made_by_name: String,
    aside_at: Option<i64>,
}

impl AllotmentRow {
    pub(crate) fn read(self) -> sqlx::Result<Allotment> {
        Ok(Allotment {
            id: self.id.into(),
            name: self.name,
            year: year(self.year)?,
            kinds: list(&self.kinds),
            place: place(&self.place)?,
            made_at: Millis(self.made_at),
            made_by: self.made_by.into(),
            made_by_name: self.made_by_name,
            aside_at: self.aside_at.map(Millis),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct GestureRow {
    allotment_id: String,
    number: i64,
    undoes: Option<i64>,
    at: i64,
    by: String,
    by_name: String,
}

impl GestureRow {
    /// Without its choices.
    pub(crate) fn read(self) -> sqlx::Result<Gesture> {
        Ok(Gesture {
            allotment: self.allotment_id.into(),
            number: count(self.number)?,
            undoes: self.undoes.map(count).transpose()?,
            choices: Vec::new(),
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ChoiceRow {
    pub(crate) number: i64,
    dossier_id: String,
    verdict: String,
    granted: String,
    opinion: String,
    reason: String,
    deposit: i64,
}

impl ChoiceRow {
    pub(crate) fn read(self) -> sqlx::Result<(DossierId, Choice)> {
        let choice = Choice {
            verdict: Verdict::from_code(&self.verdict).ok_or_else(|| corrupt("a choice"))?,
            grant: Grant::from_code(&self.granted),
            opinion: Sense::from_code(&self.opinion),
            reason: self.reason,
            deposit: count(self.deposit)?,
        };
        Ok((self.dossier_id.into(), choice))
    }
}

#[derive(FromRow)]
pub(crate) struct RunRow {
    id: String,
    allotment_id: String,
    over_reason: String,
    at: i64,
    by: String,
    by_name: String,
}

impl RunRow {
    /// Without its lines.
    pub(crate) fn read(self) -> Run {
        Run {
            id: self.id,
            allotment: self.allotment_id.into(),
            over: self.over_reason,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
            lines: Vec::new(),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct RunLineRow {
    pub(crate) run_id: String,
    dossier_id: String,
    name: String,
    proposed: String,
    told: String,
    taken_back: bool,
}

impl RunLineRow {
    pub(crate) fn read(self) -> RunLine {
        RunLine {
            dossier: self.dossier_id.into(),
            name: self.name,
            proposed: Sense::from_code(&self.proposed),
            told: self.told,
            is_taken_back: self.taken_back,
        }
    }
}
