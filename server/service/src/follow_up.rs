//! The fiche de suivi of a request: written by who instructs, version after version, then shared with the
//! structure and the funders, who say what they think of it. What it settles is proposed to the decision.

use dossier::{
    annex::Grant,
    event::EventKind,
    follow_up::{LONGEST_COMMENT, ManagementDialogue, Missing, Sheet, cut, modulation::Proposal},
    id::{AccountId, DossierId},
    reading::{self, Signal},
    right::Right,
    role::Role,
};
use form::Answers;

use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::ReadError,
    forms::CONVENTIONNEMENT,
    instruction::{self, Reading, TRIES, noted},
    journal::sha256_hex,
};

/// A sheet as somebody left it. Versions are added, none is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The dossier.
    pub dossier: DossierId,
    /// First, second …, from 1.
    pub number: u32,
    /// Ordinal of the deposit that it is about.
    pub deposit: u32,
    /// What it says.
    pub sheet: Sheet,
    /// Whether the structure and the funders read it.
    pub is_shared: bool,
    /// When it was left.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
}

/// What the structure or a funder says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The dossier.
    pub dossier: DossierId,
    /// The version that was read.
    pub version: u32,
    /// What is said.
    pub text: String,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
    /// As whom.
    pub role: Role,
}

/// A sheet with its company.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// The dossier.
    pub head: DossierHead,
    /// Ordinal of its last deposit.
    pub deposit: u32,
    /// What that says.
    pub answers: Answers,
    /// How deep the dialogue goes.
    pub dialogue: ManagementDialogue,
    /// What does not fit together in the request; nothing for who does not instruct.
    pub signals: Vec<Signal>,
    /// The last version, for who instructs; the last that is shared, for everybody else.
    pub last: Option<Version>,
    /// The last version that is shared.
    pub shared: Option<Version>,
    /// What was said of it, oldest first.
    pub comments: Vec<Comment>,
    /// Whether this person writes it now.
    pub may_write: bool,
    /// Whether this person may say something of it now.
    pub may_comment: bool,
}

impl FollowUp {
    /// The sheet to write in: the last version, or else what the request begins one with.
    pub fn sheet(&self) -> Sheet {
        self.last.as_ref().map_or_else(
            || {
                let said = self.signals.iter().map(|one| format!("{} {}", one.title, one.text));
                Sheet::begin(&self.answers, said.collect::<Vec<_>>().join("\n"))
            },
            |last| last.sheet.clone(),
        )
    }

    /// What is proposed for the part modulée, weighed as a sheet says.
    pub fn proposal(&self, sheet: &Sheet) -> Proposal {
        sheet.weighing.proposal(&self.answers)
    }

    /// Number of the last version; 0 before the first.
    pub fn number(&self) -> u32 {
        self.last.as_ref().map_or(0, |last| last.number)
    }
}

/// The last version that an actor reads, and the last that is shared.
#[derive(Debug, Default)]
struct Sheets {
    last: Option<Version>,
    shared: Option<Version>,
}

impl Sheets {
    /// Who instructs reads what is not shared yet.
    async fn of(services: &Services, actor: &Actor, id: &DossierId) -> Result<Self, StoreError> {
        if actor.role.instructs() {
            let last = services.store.last_sheet(id, false).await?;
            let shared = match &last {
                Some(one) if !one.is_shared => services.store.last_sheet(id, true).await?,
                known => known.clone(),
            };
            return Ok(Self { last, shared });
        }
        let shared = services.store.last_sheet(id, true).await?;
        Ok(Self { last: shared.clone(), shared })
    }

    /// Number of the last version; 0 before the first.
    fn number(&self) -> u32 {
        self.last.as_ref().map_or(0, |last| last.number)
    }
}

/// A request with its sheets. None is there for who does not write it until one is shared.
async fn open(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<(Reading, Sheets), ReadError> {
    let reading = instruction::open(services, actor, id).await?;
    let head = &reading.head;
    if head.form != CONVENTIONNEMENT || !head.may(actor, Right::ReadDeposit) {
        return Err(ReadError::NotFound);
    }
    let sheets = Sheets::of(services, actor, id).await?;
    if sheets.last.is_none() && !head.may(actor, Right::WriteFollowUp) {
        return Err(ReadError::NotFound);
    }
    Ok((reading, sheets))
}

/// The fiche de suivi of a request.
///
/// # Errors
/// When there is no such deposited request for this actor; none is there for who does not write it until
/// one is shared.
pub async fn read(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<FollowUp, ReadError> {
    let (reading, Sheets { last, shared }) = open(services, actor, id).await?;
    let signals = if actor.role.instructs() {
        let before = instruction::years_before(services, &reading).await?;
        let before = instruction::last_year(&reading.head, &before);
        reading::signals(&reading.head.form, &reading.answers, before)
    } else {
        Vec::new()
    };
    let Reading { head, deposit, answers } = reading;
    Ok(FollowUp {
        may_write: head.may(actor, Right::WriteFollowUp),
        may_comment: shared.is_some() && head.may(actor, Right::CommentFollowUp),
        comments: services.store.comments_of(id).await?,
        dialogue: ManagementDialogue::of(&answers),
        deposit: deposit.ordinal,
        head,
        answers,
        signals,
        last,
        shared,
    })
}

/// What of a sheet matters to who acts on the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Whether this person may write it now.
    pub may_write: bool,
    /// Whether a version is there that this person reads.
    pub is_written: bool,
    /// When it was last shared.
    pub shared_at: Option<Millis>,
    /// What was agreed to grant, shared on the deposit that is read: it is proposed to the decision.
    pub agreed: Option<Grant>,
}

impl Summary {
    /// Whether there is something for this person to read, or to write.
    pub const fn is_there(&self) -> bool {
        self.may_write || self.is_written
    }
}

/// What there is of a sheet, for whoever sees the dossier.
///
/// # Errors
/// When the store cannot answer.
pub async fn summary(
    services: &Services,
    actor: &Actor,
    head: &DossierHead,
) -> Result<Summary, StoreError> {
    if head.form != CONVENTIONNEMENT || !head.may(actor, Right::ReadDeposit) {
        return Ok(Summary::default());
    }
    let Sheets { last, shared } = Sheets::of(services, actor, &head.id).await?;
    let agreed = shared.as_ref().filter(|shared| shared.deposit == head.deposits);
    Ok(Summary {
        may_write: head.may(actor, Right::WriteFollowUp),
        is_written: last.is_some(),
        shared_at: shared.as_ref().map(|shared| shared.at),
        agreed: agreed.and_then(|shared| shared.sheet.grant()),
    })
}

/// Why nothing is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FollowUpError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// Not for this role, or not in this state.
    #[error("not now, or not by this person")]
    NotNow,
    /// Somebody else left another version, or the structure deposited again.
    #[error("the sheet changed meanwhile")]
    Changed,
    /// It does not say what it must to be shared, or nothing is said.
    #[error("something is missing: {0:?}")]
    Missing(Vec<Missing>),
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for FollowUpError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// What is left of a sheet.
#[derive(Clone, Debug)]
pub struct Left {
    /// What it says.
    pub sheet: Sheet,
    /// The version that it was written over; 0 for none.
    pub over: u32,
    /// Ordinal of the deposit that was read.
    pub deposit: u32,
    /// Whether the structure and the funders read it from now on.
    pub share: bool,
}

/// Leaves a version of the sheet.
///
/// # Errors
/// See [`FollowUpError`]; nothing is kept then.
pub async fn leave(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    left: Left,
) -> Result<(), FollowUpError> {
    let sheet = left.sheet.tidy();
    for _ in 0..TRIES {
        let (Reading { mut head, deposit, .. }, sheets) = open(services, actor, id).await?;
        if !head.may(actor, Right::WriteFollowUp) {
            return Err(FollowUpError::NotNow);
        }
        if sheets.number() != left.over || deposit.ordinal != left.deposit {
            return Err(FollowUpError::Changed);
        }
        let same = sheets.last.filter(|last| last.sheet == sheet);
        if same.is_some_and(|last| last.is_shared || !left.share) {
            return Ok(());
        }
        if left.share {
            let today = services.clock.today().ok_or(StoreError::Unavailable)?;
            let missing = sheet.missing(today);
            if !missing.is_empty() {
                return Err(FollowUpError::Missing(missing));
            }
        }
        let at = services.now();
        let number = left.over + 1;
        let said = sha256_hex(&sheet.canonical_bytes());
        let event = EventKind::FollowUpShared { version: number, said };
        let step = left.share.then(|| noted(&mut head, actor, at, event));
        let version = Version {
            dossier: id.clone(),
            number,
            deposit: left.deposit,
            sheet: sheet.clone(),
            is_shared: left.share,
            at,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
        };
        match services.store.add_sheet(&version, step.as_ref()).await {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(StoreError::Conflict) => return Err(FollowUpError::Changed),
            Err(error) => return Err(error.into()),
        }
    }
    Err(FollowUpError::Changed)
}

/// Says something of the sheet that is shared.
///
/// # Errors
/// See [`FollowUpError`]; nothing is kept then.
pub async fn comment(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    (text, version): (&str, u32),
) -> Result<(), FollowUpError> {
    let text = cut(text, LONGEST_COMMENT);
    for _ in 0..TRIES {
        let (Reading { mut head, .. }, sheets) = open(services, actor, id).await?;
        let shared = sheets.shared.filter(|_| head.may(actor, Right::CommentFollowUp));
        let shared = shared.ok_or(FollowUpError::NotNow)?;
        if shared.number != version {
            return Err(FollowUpError::Changed);
        }
        if text.is_empty() {
            return Err(FollowUpError::Missing(vec![(
                "commentaire",
                "Écrivez votre commentaire.",
            )]));
        }
        let at = services.now();
        let said = sha256_hex(text.as_bytes());
        let step = noted(&mut head, actor, at, EventKind::FollowUpCommented { version, said });
        let comment = Comment {
            dossier: id.clone(),
            version,
            text: text.clone(),
            at,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
            role: actor.role_in(&head.structure_id),
        };
        if services.store.add_comment(&comment, &step).await? {
            return Ok(());
        }
    }
    Err(FollowUpError::Changed)
}
