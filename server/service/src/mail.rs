//! Mail: what people are told of, when, and what becomes of each message.
//!
//! A notice is written in the transaction of what it tells. Once a piece of work is quiet, [`telling`]
//! makes one message of its notices for each person, or leaves them for the digest of the [`morning`];
//! [`sending`] hands messages out, each to one server at a time. See ADR 22.

pub mod choosing;
mod facts;
pub mod inviting;
mod key;
pub mod morning;
pub mod sending;
pub mod telling;
mod turn;

use dossier::{
    id::{AccountId, DossierId, StructureId},
    notice::{About, Topic},
    role::Role,
    state::State,
};
use serde::{Deserialize, Serialize};

pub use self::turn::Turn;
use crate::{Account, DossierHead, Millis, Services};

/// What becomes of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outgoing {
    /// None is written.
    #[default]
    Off,
    /// They are written to be read here, and never leave.
    Shown,
    /// They wait until they are sent.
    Sent,
}

/// Proof that this is neither a demonstration nor a space of the open lab. Nothing that sends mail can be
/// made without it, and only [`Services::real`] gives it.
#[derive(Clone, Copy, Debug)]
pub struct Real(());

impl Services {
    /// The proof that mail may leave, where it may.
    pub fn real(&self) -> Option<Real> {
        (!self.demo && self.variant.is_none()).then_some(Real(()))
    }
}

/// Something that people are to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its id: the same act makes the same one.
    pub id: String,
    /// What happened.
    pub about: About,
    /// To which dossier.
    pub dossier: Option<DossierId>,
    /// To which structure, where no dossier is concerned.
    pub structure: Option<StructureId>,
    /// Place in the journal of the dossier.
    pub seq: u32,
    /// Who did it.
    pub actor: AccountId,
    /// A number or an account that belongs to it; see [`Notice::of`].
    pub said: String,
    /// When.
    pub at: Millis,
    /// For whose digest it is kept; `None` before it was told.
    pub kept_for: Option<AccountId>,
}

/// A dossier, as far as a message names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// The dossier.
    pub id: DossierId,
    /// Name of the structure.
    pub structure: String,
    /// Its département.
    pub department: String,
    /// "conventionnement", "bilan".
    pub form: String,
    /// Nature of the request.
    pub request_kind: String,
    /// Year.
    pub year: i32,
}

impl Called {
    /// What is said of a dossier.
    pub fn of(head: &DossierHead) -> Self {
        Self {
            id: head.id.clone(),
            structure: head.structure_name.clone(),
            department: head.department.clone(),
            form: head.form.clone(),
            request_kind: head.request_kind.clone(),
            year: head.year,
        }
    }
}

/// One thing that a message says. Never what somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The structure is to answer.
    Asked {
        /// Questions that wait.
        points: u32,
        /// Until when, in days since 1970.
        due: Option<i64>,
    },
    /// The same, and the last day is near.
    Reminded {
        /// Questions that wait.
        points: u32,
        /// Until when, in days since 1970.
        due: i64,
        /// Days that are left.
        left: i64,
    },
    /// A decision was taken.
    Decided {
        /// What the dossier became.
        state: State,
        /// Number of the annexe that it gave.
        annex: Option<String>,
    },
    /// A deposit, acknowledged to the structure.
    Acknowledged {
        /// Number of the receipt.
        number: String,
        /// First, second … deposit.
        ordinal: u32,
        /// When it was made.
        at: Millis,
    },
    /// A deposit, told to who follows the dossier.
    Received {
        /// First, second … deposit.
        ordinal: u32,
    },
    /// The dossier is complete.
    Complete,
    /// The dialogue de gestion is open.
    Dialogue,
    /// The fiche de suivi is there to be read.
    FollowUp,
    /// The commission is asked.
    Referred,
    /// The annexe is signed.
    Signed {
        /// Its number.
        number: String,
    },
    /// The life of a convention.
    Convention {
        /// What became of it.
        turn: Turn,
        /// Its number.
        number: String,
    },
    /// The structure answered in words.
    Answered {
        /// How often.
        count: u32,
    },
    /// The fiche de suivi was commented.
    Commented,
    /// The structure took its request back.
    Withdrawn,
    /// The dossier was handed over to the reader.
    Entrusted,
    /// Somebody asks to be let in.
    AccessAsked,
    /// The reader was let in, or was not.
    AccessAnswered {
        /// Whether they were.
        accepted: bool,
    },
}

/// What a message says of one piece of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The dossier, if it is one.
    pub dossier: Option<Called>,
    /// Name of the structure.
    pub structure: String,
    /// What, most urgent first; at least one.
    pub items: Vec<Item>,
}

/// A line of the work list, as a digest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The dossier.
    pub id: DossierId,
    /// Name of the structure.
    pub structure: String,
    /// What is due until when, in days since 1970.
    pub due: Option<i64>,
}

/// What is new in the territory of an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Territory {
    /// Deposited since the last digest, latest first: the first ones.
    pub fresh: Vec<Listed>,
    /// How many, [`crate::worklist::PAGE`] for that many or more.
    pub fresh_count: u32,
    /// Late since the last digest: the first ones.
    pub late: Vec<Listed>,
    /// How many are late altogether.
    pub late_count: u32,
}

/// What a message says; its words are made when it is read or sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// What happened to one piece of work.
    Work {
        /// Which, and what.
        piece: Piece,
    },
    /// What happened since the day before.
    Daily {
        /// By piece of work.
        pieces: Vec<Piece>,
        /// What is new in the territory of an agent.
        territory: Option<Territory>,
    },
    /// An invitation into a structure or a service.
    TeamInvitation {
        /// Name of who invites.
        by: String,
        /// Name of the structure; `None` for a service of the State.
        structure: Option<String>,
        /// Départements of the service.
        departments: Vec<String>,
        /// As what.
        role: Role,
        /// When it ends.
        until: Millis,
        /// The secret of its link.
        token: String,
    },
    /// Steps of a dossier, given.
    StepsInvitation {
        /// Name of who gives them.
        by: String,
        /// Of which dossier.
        dossier: Called,
        /// How many steps.
        steps: u32,
        /// When the link ends.
        until: Millis,
        /// The secret of the link.
        token: String,
    },
    /// A trial of the administrator.
    Trial,
}

/// A message to write in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: String,
    /// What it tells to whom: nobody is told twice under the same key.
    pub key: String,
    /// For whom; `None` for who has no account yet.
    pub account: Option<AccountId>,
    /// Address.
    pub to: String,
    /// What the reader may turn off to receive no other one; `None` when it cannot be.
    pub topic: Option<Topic>,
    /// What it says.
    pub letter: Letter,
    /// When it was written.
    pub at: Millis,
    /// Whether it is only shown.
    pub shown: bool,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It will be sent, or tried again.
    Waiting,
    /// The server of the reader, or ours, took it.
    Sent,
    /// It was given up.
    Failed,
    /// It is there to be read: a demonstration.
    Shown,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Failed, Self::Shown];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Shown => "shown",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A message of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its id.
    pub id: String,
    /// For whom.
    pub account: Option<AccountId>,
    /// Address.
    pub to: String,
    /// What the reader may turn off.
    pub topic: Option<Topic>,
    /// What it says; gone once it is sent.
    pub letter: Option<Letter>,
    /// When it was written.
    pub at: Millis,
    /// Where it stands.
    pub standing: Standing,
    /// How often it was tried.
    pub tries: u32,
    /// Since when it is tried.
    pub since: Millis,
    /// When it is tried next.
    pub next_at: Millis,
    /// When it was sent or given up.
    pub ended_at: Option<Millis>,
    /// What the other side said last; empty for nothing.
    pub error: String,
}

/// How many messages stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting.
    pub waiting: u32,
    /// Of these, tried already.
    pub again: u32,
    /// Given up.
    pub failed: u32,
}

/// What is written when people are told, in one transaction.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    /// Notices that are told by it: when one of them is gone, another server told it, and nothing is
    /// written.
    pub told: Vec<String>,
    /// Messages; one whose key is there is not written again.
    pub mails: Vec<Mail>,
    /// Notices kept for a digest.
    pub kept: Vec<Notice>,
    /// Whose digest this is, when the one before was, and when this one is.
    pub digest: Option<(AccountId, Option<Millis>, Millis)>,
}

/// Whether an account may get mail: guests have a link and no address, and the addresses of personas are
/// invented.
pub(crate) fn has_address(services: &Services, account: &Account) -> bool {
    let real = services.mail == Outgoing::Shown || !account.is_persona;
    real && account.role != Role::Guest && form::identifier::email(&account.email).is_some()
}
