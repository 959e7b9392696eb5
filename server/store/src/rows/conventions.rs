//! Rows of conventions that are signed.

use dossier::convention::{DeedKind, Motive, Said};
use form::{Cents, Date};
use service::{
    Millis,
    conventions::{Deed, Held, Standing},
};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct DeedRow {
    number: i64,
    dossier_id: String,
    seq: i64,
    kind: String,
    day: String,
    until_day: String,
    motive: String,
    owed: Option<i64>,
    words: String,
    at: i64,
    actor: String,
    by_name: String,
}

impl DeedRow {
    pub(crate) fn read(self) -> sqlx::Result<Deed> {
        Ok(Deed {
            number: count(self.number)?,
            dossier: self.dossier_id.into(),
            seq: count(self.seq)?,
            kind: DeedKind::from_code(&self.kind).ok_or_else(|| corrupt("a deed"))?,
            said: Said {
                day: Date::parse_iso(&self.day),
                until: Date::parse_iso(&self.until_day),
                motive: Motive::from_code(&self.motive),
                owed: self.owed.map(Cents),
                words: self.words,
            },
            at: Millis(self.at),
            by: self.actor.into(),
            by_name: self.by_name,
        })
    }
}

/// Where a convention stands; nothing where nothing was done with it.
#[derive(FromRow)]
pub(crate) struct StandingRow {
    suspended: Option<String>,
    suspended_until: Option<String>,
    is_challenged: Option<bool>,
    answer_until: Option<String>,
    ended: Option<String>,
}

impl StandingRow {
    pub(crate) fn read(self) -> Standing {
        let day = |day: Option<String>| day.as_deref().and_then(Date::parse_iso);
        Standing {
            suspended: day(self.suspended),
            suspended_until: day(self.suspended_until),
            is_challenged: self.is_challenged.unwrap_or_default(),
            answer_until: day(self.answer_until),
            ended: day(self.ended),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct HeldRow {
    dossier_id: String,
    structure_name: String,
    department: String,
    kind: String,
    perimeter: String,
    convention: String,
    convention_end: Option<String>,
    end_day: String,
    is_signed: bool,
    provisional: Option<String>,
    #[sqlx(flatten)]
    standing: StandingRow,
}

impl HeldRow {
    pub(crate) fn read(self) -> sqlx::Result<Held> {
        let day = |day: Option<String>| day.as_deref().and_then(Date::parse_iso);
        Ok(Held {
            dossier: self.dossier_id.into(),
            structure_name: self.structure_name,
            department: self.department,
            kind: self.kind,
            perimeter: self.perimeter,
            number: self.convention,
            ends: day(self.convention_end),
            annex_ends: Date::parse_iso(&self.end_day).ok_or_else(|| corrupt("a day of terms"))?,
            is_signed: self.is_signed,
            provisional: day(self.provisional),
            standing: self.standing.read(),
        })
    }
}
