//! Sessions of the open lab: prepared and led by a facilitator, lived by participants without account
//! in a space of their own (see ADR 16), and what they said of it. Here is only what outlives the
//! space: the session, who took part under which pseudonym, remarks, votes, questionnaires.

pub mod joining;
pub mod leading;
pub mod remarks;
pub mod synthesis;

use dossier::{
    form::revisions::FormKey,
    id::{AccountId, LabId, ParticipantId, RemarkId},
    lab::{RemarkKind, Seat, Standing},
    role::{Role, Scope},
};
use form::{At, Date};

use crate::{Actor, Millis, StoreError};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A session that is left open closes by itself after this long.
pub const LASTS: i64 = DAY;
/// The questionnaire may be answered this long after the session was opened.
pub const ANSWERS_FOR: i64 = 7 * DAY;
/// Most people in one session.
pub const MOST_PARTICIPANTS: usize = 60;
/// Most remarks of one participant in one session.
pub const MOST_REMARKS: usize = 300;
/// Most tasks of a session.
pub const MOST_TASKS: usize = 12;

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nobody may come in yet.
    Prepared,
    /// Participants come in and work.
    Open,
    /// Over.
    Closed,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Prepared, Self::Open, Self::Closed];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lab {
    /// Its id.
    pub id: LabId,
    /// What people type or scan to come in.
    pub code: String,
    /// What it is about.
    pub title: String,
    /// Where it is held.
    pub place: String,
    /// On which day.
    pub day: Date,
    /// The form that is tried.
    pub form: FormKey,
    /// On which sides one may sit.
    pub seats: Vec<Seat>,
    /// What participants are asked to do.
    pub tasks: Vec<String>,
    /// How far it is.
    pub stage: Stage,
    /// Whether participants read one another's remarks and vote.
    pub votes: bool,
    /// How often its space was reset.
    pub round: u32,
    /// When the time of the exercise is over.
    pub timer: Option<Millis>,
    /// When it was prepared.
    pub made_at: Millis,
    /// By whom.
    pub made_by: AccountId,
    /// Name of whom.
    pub made_by_name: String,
    /// When it was last opened.
    pub opened_at: Option<Millis>,
}

impl Lab {
    /// Whether participants may come in and work.
    pub fn is_open(&self, now: Millis) -> bool {
        self.stage == Stage::Open && self.opened_at.is_some_and(|at| now < at.plus(LASTS))
    }

    /// Whether the questionnaire may still be answered.
    pub fn hears(&self, now: Millis) -> bool {
        self.opened_at.is_some_and(|at| now < at.plus(ANSWERS_FOR))
    }

    /// How far it is, having closed by itself.
    pub fn stage_at(&self, now: Millis) -> Stage {
        if self.stage == Stage::Open && !self.is_open(now) { Stage::Closed } else { self.stage }
    }
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its id; in the space, the id of an account.
    pub id: ParticipantId,
    /// The session.
    pub lab: LabId,
    /// Pseudonym.
    pub name: String,
    /// Side.
    pub seat: Seat,
    /// The round of the space in which this person has a place.
    pub round: u32,
    /// When they came, having accepted what is said of their data.
    pub joined_at: Millis,
    /// When they were last seen.
    pub seen_at: Millis,
    /// The page they were last seen on: the id of a step, or the name of a page.
    pub page: String,
    /// Whether they left.
    pub is_gone: bool,
}

/// Where a remark is pinned, as it stood then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The page: the id of a step, or the name of a page.
    pub page: String,
    /// A question in its row, a row, a step; nothing for the page itself.
    pub at: At,
    /// What was said there, in canonical texts, in the fictitious dossier.
    pub said: String,
    /// What people call it.
    pub called: String,
}

impl Pin {
    /// What the synthesis groups it under: the question, the step, or the page.
    pub fn place(&self) -> String {
        if self.at.field.is_empty() { format!("page:{}", self.page) } else { self.at.field.clone() }
    }
}

/// What a participant said of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its id, made by the page that sent it: sent twice, it is kept once.
    pub id: RemarkId,
    /// The session.
    pub lab: LabId,
    /// Who.
    pub by: ParticipantId,
    /// Pseudonym of whom.
    pub by_name: String,
    /// Side of whom.
    pub seat: Seat,
    /// Where.
    pub pin: Pin,
    /// What it says of it.
    pub kind: RemarkKind,
    /// In their words; may be empty when the kind says it all.
    pub text: String,
    /// When.
    pub at: Millis,
    /// Who agrees.
    pub votes: Vec<ParticipantId>,
}

/// A task that a participant says is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Who.
    pub by: ParticipantId,
    /// Rank of the task, from 0.
    pub task: u32,
    /// When.
    pub at: Millis,
}

/// What a participant answered at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Who.
    pub by: ParticipantId,
    /// The ten statements, from 1 to 5.
    pub sus: [u8; 10],
    /// Whether they would use the tool.
    pub would_use: bool,
    /// Whether it would save them time.
    pub saves_time: bool,
    /// How much, in minutes for one dossier; when they say.
    pub minutes: Option<u32>,
    /// Anything else.
    pub words: String,
    /// When.
    pub at: Millis,
}

/// What becomes of what was said of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// See [`Pin::place`].
    pub place: String,
    /// What becomes of it.
    pub standing: Standing,
    /// Why, or what exactly.
    pub reason: String,
    /// The revision in which it is done.
    pub revision: Option<u32>,
    /// When it was decided.
    pub at: Millis,
    /// Name of who did.
    pub by_name: String,
}

/// Everything that was said in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Who took part, in the order they came.
    pub participants: Vec<Participant>,
    /// What they said, in order.
    pub remarks: Vec<Remark>,
    /// What they did.
    pub done: Vec<Done>,
    /// What they answered at the end.
    pub surveys: Vec<Survey>,
    /// What becomes of it.
    pub advices: Vec<Advice>,
}

/// Why something of a session is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabError {
    /// No such session, or nothing for this person: the same answer.
    #[error("no such session")]
    NotFound,
    /// It is not open.
    #[error("the session is not open")]
    NotOpen,
    /// What was sent makes no sense.
    #[error("this makes no sense")]
    BadRequest,
    /// Something is missing or too long.
    #[error("{0}")]
    Incomplete(Lacks),
    /// As many people as there may be.
    #[error("the session is full")]
    Full,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is missing or does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lacks {
    /// A title.
    #[error("no title")]
    Title,
    /// A place, or one that is too long.
    #[error("no place")]
    Place,
    /// A day.
    #[error("no day")]
    Day,
    /// A form that may be tried.
    #[error("no such form")]
    Form,
    /// A side.
    #[error("no seat")]
    Seat,
    /// Too many tasks, or one that is too long.
    #[error("too many tasks")]
    Tasks,
    /// A pseudonym.
    #[error("no name")]
    Name,
    /// Somebody has this pseudonym already.
    #[error("the name is taken")]
    NameTaken,
    /// Consent.
    #[error("no consent")]
    Consent,
    /// Words, where the kind does not say it all; or too many.
    #[error("no words")]
    Words,
    /// An answer to each statement, and to the two questions.
    #[error("an answer is missing")]
    Answers,
    /// A reason.
    #[error("no reason")]
    Reason,
    /// A revision.
    #[error("no revision")]
    Revision,
}

/// Who leads sessions. For anybody else there are none.
///
/// # Errors
/// For anybody else.
pub fn leads(actor: &Actor) -> Result<(), LabError> {
    if actor.role == Role::Facilitator { Ok(()) } else { Err(LabError::NotFound) }
}

/// Who reads what came out of sessions: who leads them, and who steers the whole country.
///
/// # Errors
/// For anybody else.
pub fn reads(actor: &Actor) -> Result<(), LabError> {
    if actor.role == Role::Facilitator || actor.scope == Scope::National {
        Ok(())
    } else {
        Err(LabError::NotFound)
    }
}

/// A text within bounds, trimmed, its line ends made plain. Nothing else is touched: words are kept as
/// they were said.
fn text_of(text: &str, most: usize) -> Option<String> {
    let text = text.trim().replace("\r\n", "\n");
    (text.chars().count() <= most && !text.contains('\0')).then_some(text)
}

/// A text within bounds that says something, on one line.
fn line_of(text: &str, most: usize) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text_of(&text, most).filter(|text| !text.is_empty())
}
