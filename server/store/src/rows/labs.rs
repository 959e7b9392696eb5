//! Rows of the open lab.

use dossier::{
    form::revisions::FormKey,
    id::ParticipantId,
    lab::{RemarkKind, Seat, Standing},
};
use form::{At, Date};
use service::{
    Millis,
    labs::{Advice, Done, Lab, Participant, Pin, Remark, Stage, Survey},
};
use sqlx::FromRow;

use super::{count, list, parse};
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct LabRow {
    id: String,
    code: String,
    title: String,
    place: String,
    day: String,
    form: String,
    seats: String,
    tasks: String,
    stage: String,
    votes: bool,
    round: i64,
    timer: Option<i64>,
    made_at: i64,
    made_by: String,
    made_by_name: String,
    opened_at: Option<i64>,
}

impl LabRow {
    pub(crate) fn read(self) -> sqlx::Result<Lab> {
        let seats: Option<Vec<Seat>> =
            list(&self.seats).iter().map(|code| Seat::from_code(code)).collect();
        Ok(Lab {
            id: self.id.into(),
            code: self.code,
            title: self.title,
            place: self.place,
            day: Date::parse_iso(&self.day).ok_or_else(|| corrupt("a day"))?,
            form: FormKey::parse(&self.form).ok_or_else(|| corrupt("the key of a form"))?,
            seats: seats.ok_or_else(|| corrupt("a seat"))?,
            tasks: parse(&self.tasks)?,
            stage: Stage::from_code(&self.stage).ok_or_else(|| corrupt("a stage"))?,
            votes: self.votes,
            round: count(self.round)?,
            timer: self.timer.map(Millis),
            made_at: Millis(self.made_at),
            made_by: self.made_by.into(),
            made_by_name: self.made_by_name,
            opened_at: self.opened_at.map(Millis),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ParticipantRow {
    id: String,
    lab_id: String,
    name: String,
    seat: String,
    round: i64,
    joined_at: i64,
    seen_at: i64,
    page: String,
    is_gone: bool,
}

impl ParticipantRow {
    pub(crate) fn read(self) -> sqlx::Result<Participant> {
        Ok(Participant {
            id: self.id.into(),
            lab: self.lab_id.into(),
            name: self.name,
            seat: Seat::from_code(&self.seat).ok_or_else(|| corrupt("a seat"))?,
            round: count(self.round)?,
            joined_at: Millis(self.joined_at),
            seen_at: Millis(self.seen_at),
            page: self.page,
            is_gone: self.is_gone,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct RemarkRow {
    id: String,
    lab_id: String,
    participant_id: String,
    by_name: String,
    seat: String,
    page: String,
    field_id: String,
    row_id: String,
    said: String,
    called: String,
    kind: String,
    text: String,
    at: i64,
}

impl RemarkRow {
    pub(crate) fn read(self) -> sqlx::Result<Remark> {
        let at = At::in_row(&self.field_id, &self.row_id);
        Ok(Remark {
            id: self.id.into(),
            lab: self.lab_id.into(),
            by: self.participant_id.into(),
            by_name: self.by_name,
            seat: Seat::from_code(&self.seat).ok_or_else(|| corrupt("a seat"))?,
            pin: Pin { page: self.page, at, said: self.said, called: self.called },
            kind: RemarkKind::from_code(&self.kind).ok_or_else(|| corrupt("a kind of remark"))?,
            text: self.text,
            at: Millis(self.at),
            votes: Vec::new(),
        })
    }
}

pub(crate) fn done((by, task, at): (String, i64, i64)) -> sqlx::Result<Done> {
    Ok(Done { by: by.into(), task: count(task)?, at: Millis(at) })
}

#[derive(FromRow)]
pub(crate) struct SurveyRow {
    participant_id: String,
    sus: String,
    would_use: bool,
    saves_time: bool,
    minutes: Option<i64>,
    words: String,
    at: i64,
}

impl SurveyRow {
    pub(crate) fn read(self) -> sqlx::Result<Survey> {
        let digits: Vec<u8> = self.sus.bytes().map(|digit| digit.wrapping_sub(b'0')).collect();
        Ok(Survey {
            by: ParticipantId::from(self.participant_id),
            sus: digits.try_into().map_err(|_| corrupt("ten answers"))?,
            would_use: self.would_use,
            saves_time: self.saves_time,
            minutes: self.minutes.map(count).transpose()?,
            words: self.words,
            at: Millis(self.at),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct AdviceRow {
    place: String,
    standing: String,
    reason: String,
    revision: Option<i64>,
    at: i64,
    by_name: String,
}

impl AdviceRow {
    pub(crate) fn read(self) -> sqlx::Result<Advice> {
        Ok(Advice {
            place: self.place,
            standing: Standing::from_code(&self.standing).ok_or_else(|| corrupt("a standing"))?,
            reason: self.reason,
            revision: self.revision.map(count).transpose()?,
            at: Millis(self.at),
            by_name: self.by_name,
        })
    }
}
