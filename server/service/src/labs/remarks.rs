//! What participants say: remarks, votes, tasks done, the closing questionnaire.

use dossier::{
    id::{RemarkId, is_ulid},
    lab::{LONGEST, RemarkKind, sus},
};

use super::{Lab, LabError, Lacks, MOST_REMARKS, Participant, Pin, Remark, Survey, text_of};
use crate::{Services, StoreError};

/// Most minutes that a dossier may save: two working weeks.
const MOST_MINUTES: u32 = 70 * 60;

/// A remark, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRemark {
    /// Made by the page; sent twice, it is kept once.
    pub id: String,
    /// What it says.
    pub kind: RemarkKind,
    /// In their words.
    pub text: String,
}

/// Pins a remark. What it says without words is said by its kind only where that is enough: "J'aime",
/// "Inutile".
///
/// # Errors
/// See [`LabError`]; nothing is kept then.
pub async fn pin(
    services: &Services,
    lab: &Lab,
    by: &Participant,
    pin: Pin,
    new: &NewRemark,
) -> Result<RemarkId, LabError> {
    let now = services.now();
    if !lab.is_open(now) {
        return Err(LabError::NotOpen);
    }
    let text = text_of(&new.text, LONGEST).ok_or(LabError::Incomplete(Lacks::Words))?;
    let enough = matches!(new.kind, RemarkKind::Like | RemarkKind::Useless);
    if text.is_empty() && !enough {
        return Err(LabError::Incomplete(Lacks::Words));
    }
    if !is_ulid(&new.id) {
        return Err(LabError::BadRequest);
    }
    let heard = services.store.remarks_of(&lab.id).await?;
    if heard.iter().filter(|remark| remark.by == by.id).count() >= MOST_REMARKS {
        return Err(LabError::Full);
    }
    let remark = Remark {
        id: new.id.as_str().into(),
        lab: lab.id.clone(),
        by: by.id.clone(),
        by_name: by.name.clone(),
        seat: by.seat,
        pin,
        kind: new.kind,
        text,
        at: now,
        votes: Vec::new(),
    };
    services.store.add_remark(&remark).await?;
    Ok(remark.id)
}

/// What a participant reads of the remarks: their own, and those of others once votes are open.
///
/// # Errors
/// When the store cannot answer.
pub async fn read(
    services: &Services,
    lab: &Lab,
    by: &Participant,
) -> Result<Vec<Remark>, StoreError> {
    let mut remarks = services.store.remarks_of(&lab.id).await?;
    remarks.retain(|remark| lab.votes || remark.by == by.id);
    Ok(remarks)
}

/// Agrees with somebody else's remark, or no longer does.
///
/// # Errors
/// See [`LabError`]; nothing is kept then.
pub async fn vote(
    services: &Services,
    lab: &Lab,
    by: &Participant,
    id: &RemarkId,
    agrees: bool,
) -> Result<(), LabError> {
    if !lab.is_open(services.now()) || !lab.votes {
        return Err(LabError::NotOpen);
    }
    let remarks = services.store.remarks_of(&lab.id).await?;
    let theirs = remarks.iter().any(|remark| remark.id == *id && remark.by != by.id);
    if !theirs {
        return Err(LabError::NotFound);
    }
    Ok(services.store.vote(id, &by.id, agrees).await?)
}

/// Says that a task is done, or is not after all.
///
/// # Errors
/// See [`LabError`]; nothing is kept then.
pub async fn done(
    services: &Services,
    lab: &Lab,
    by: &Participant,
    task: u32,
    done: bool,
) -> Result<(), LabError> {
    let now = services.now();
    if !lab.is_open(now) {
        return Err(LabError::NotOpen);
    }
    if usize::try_from(task).map_or(true, |task| task >= lab.tasks.len()) {
        return Err(LabError::NotFound);
    }
    Ok(services.store.set_done(&by.id, task, done.then_some(now)).await?)
}

/// The closing questionnaire, as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSurvey {
    /// The ten statements, 0 where nothing was ticked.
    pub sus: [u8; 10],
    /// Whether they would use the tool.
    pub would_use: Option<bool>,
    /// Whether it would save them time.
    pub saves_time: Option<bool>,
    /// How many minutes for one dossier, as typed.
    pub minutes: String,
    /// Anything else.
    pub words: String,
}

/// Answers the questionnaire; a second answer takes the place of the first.
///
/// # Errors
/// See [`LabError`]; nothing is kept then.
pub async fn answer(
    services: &Services,
    lab: &Lab,
    by: &Participant,
    new: &NewSurvey,
) -> Result<(), LabError> {
    let now = services.now();
    if !lab.hears(now) {
        return Err(LabError::NotOpen);
    }
    let lacks = || LabError::Incomplete(Lacks::Answers);
    let (Some(would_use), Some(saves_time), Some(_)) =
        (new.would_use, new.saves_time, sus(new.sus))
    else {
        return Err(lacks());
    };
    let typed: String = new.minutes.chars().filter(|c| !c.is_whitespace()).collect();
    let minutes = match typed.as_str() {
        "" => None,
        typed => Some(typed.parse().ok().filter(|m| *m <= MOST_MINUTES).ok_or_else(lacks)?),
    };
    let survey = Survey {
        by: by.id.clone(),
        sus: new.sus,
        would_use,
        saves_time,
        minutes: minutes.filter(|_| saves_time),
        words: text_of(&new.words, LONGEST).ok_or(LabError::Incomplete(Lacks::Words))?,
        at: now,
    };
    Ok(services.store.put_survey(&survey).await?)
}
