//! Rows of sittings of the commission.

use dossier::{
    act::Sense,
    commission::{Appointment, Deed, Hour, Purpose, Standing, waits},
    state::State,
};
use form::Date;
use service::{
    Millis,
    commission::{Done, Item, Opinion, Sitting, Waiting},
    worklist::Line,
};
use sqlx::FromRow;

use super::{count, envelopes::year};
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct SittingRow {
    id: String,
    department: String,
    day: String,
    hour: String,
    place: String,
    pack_day: String,
    version: i64,
    made_at: i64,
    made_by: String,
    opinions: i64,
    informations: i64,
}

impl SittingRow {
    /// Without what was done with it.
    pub(crate) fn read(self) -> sqlx::Result<Sitting> {
        let day = |text: &str| Date::parse_iso(text).ok_or_else(|| corrupt("the day of a sitting"));
        let hour = Hour::parse(&self.hour).ok_or_else(|| corrupt("the hour of a sitting"))?;
        Ok(Sitting {
            appointment: Appointment {
                day: day(&self.day)?,
                hour,
                place: self.place,
                pack_day: day(&self.pack_day)?,
            },
            id: self.id.into(),
            department: self.department,
            version: count(self.version)?,
            deeds: Vec::new(),
            made_at: Millis(self.made_at),
            made_by: self.made_by.into(),
            counts: (count(self.opinions)?, count(self.informations)?),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct DeedRow {
    pub(crate) sitting_id: String,
    deed: String,
    at: i64,
    by: String,
    by_name: String,
}

impl DeedRow {
    pub(crate) fn read(self) -> sqlx::Result<Done> {
        Ok(Done {
            deed: Deed::from_code(&self.deed).ok_or_else(|| corrupt("a deed"))?,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ItemRow {
    dossier_id: String,
    purpose: String,
    standing: String,
    deposit: i64,
    words: String,
    words_version: i64,
    words_at: Option<i64>,
    put_at: i64,
    structure_name: String,
    kind: String,
    nature: String,
    year: i64,
    state: String,
    etp: i64,
    etp_before: i64,
    deposits: i64,
    deposited_at: i64,
    referred_at: Option<i64>,
    opinion: Option<String>,
    message: Option<String>,
    opinion_at: Option<i64>,
    opinion_by: Option<String>,
}

impl ItemRow {
    pub(crate) fn read(self) -> sqlx::Result<Item> {
        let sense = self.opinion.as_deref().and_then(Sense::from_code);
        let opinion = sense.zip(self.opinion_at).map(|(sense, at)| Opinion {
            sense,
            words: self.message.unwrap_or_default(),
            at: Millis(at),
            by_name: self.opinion_by.unwrap_or_default(),
        });
        Ok(Item {
            dossier: self.dossier_id.into(),
            purpose: Purpose::from_code(&self.purpose).ok_or_else(|| corrupt("a purpose"))?,
            standing: Standing::from_code(&self.standing).ok_or_else(|| corrupt("a standing"))?,
            deposit: count(self.deposit)?,
            put_at: Millis(self.put_at),
            words: self.words,
            words_version: count(self.words_version)?,
            words_at: self.words_at.map(Millis),
            structure_name: self.structure_name,
            kind: self.kind,
            nature: self.nature,
            year: year(self.year)?,
            state: State::from_code(&self.state).ok_or_else(|| corrupt("a state"))?,
            etp: (Line::etp_of(self.etp), Line::etp_of(self.etp_before)),
            deposits: count(self.deposits)?,
            deposited_at: Millis(self.deposited_at),
            referred_at: self.referred_at.map(Millis),
            opinion,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct WaitingRow {
    dossier_id: String,
    department: String,
    structure_name: String,
    kind: String,
    nature: String,
    year: i64,
    state: String,
    etp: i64,
    etp_before: i64,
    deposits: i64,
    needs_opinion: bool,
    referred_at: Option<i64>,
    noted: bool,
    proposed: bool,
}

impl WaitingRow {
    /// `None` for what waits for nothing.
    pub(crate) fn read(self) -> sqlx::Result<Option<Waiting>> {
        let state = State::from_code(&self.state).ok_or_else(|| corrupt("a state"))?;
        // A proposal was taken back, and its opinion stays; a commission that is asked again answers.
        let is_known = self.noted || (self.proposed && state != State::Commission);
        let Some(wait) = waits(state, self.needs_opinion, is_known) else { return Ok(None) };
        Ok(Some(Waiting {
            dossier: self.dossier_id.into(),
            wait,
            department: self.department,
            structure_name: self.structure_name,
            kind: self.kind,
            nature: self.nature,
            year: year(self.year)?,
            state,
            etp: (Line::etp_of(self.etp), Line::etp_of(self.etp_before)),
            deposit: count(self.deposits)?,
            referred_at: self.referred_at.map(Millis),
        }))
    }
}
