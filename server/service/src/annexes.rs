//! The register of annexes financières: those of a territory, signed several at once, and those that
//! bridge two years while a decision is awaited.

use dossier::{
    annex::{
        AnnexState, Numbers, Terms,
        provisional::{self, Of, Standing},
    },
    id::{DossierId, StructureId},
    right::{Right, ever},
};
use form::Date;

use crate::{
    Actor, Millis, Services, StoreError, conventions,
    instruction::{self, SignError},
    worklist::Within,
};

/// How many lines of the register a page has.
pub const PAGE: u32 = 50;
/// How many lines a file of it has, at most: more than the country has annexes in a year.
pub const WHOLE: u32 = 100_000;
/// How many annexes are signed at once, at most: a page.
pub const MOST_AT_ONCE: usize = 50;

/// A provisional annexe: what goes on from one year to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provisional {
    /// The dossier of the annexe that it goes on with.
    pub dossier: DossierId,
    /// "DC" or "MP".
    pub perimeter: String,
    /// Its numbers; the modification is always 0.
    pub numbers: Numbers,
    /// What it says.
    pub terms: Terms,
    /// When it was made.
    pub at: Millis,
    /// Whether an annexe of its year is signed.
    pub signed: bool,
}

impl Provisional {
    /// Where it stands.
    pub fn standing(&self, today: Date) -> Standing {
        Standing::of(&self.terms, self.signed, today)
    }
}

/// A valid annexe that ended before its convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The dossier that it was granted on.
    pub dossier: DossierId,
    /// Kind of structure.
    pub kind: String,
    /// Département.
    pub department: String,
    /// "DC" or "MP".
    pub perimeter: String,
    /// Its numbers.
    pub numbers: Numbers,
    /// What it says.
    pub terms: Terms,
    /// The last day of the convention: that of its termination, once it is decided.
    pub convention_end: Date,
}

/// Which annexes are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pile {
    /// Those that count: to sign, valid, provisional.
    #[default]
    InForce,
    /// Decided, not signed by both.
    ToSign,
    /// Signed.
    Valid,
    /// Bridging two years.
    Provisional,
    /// Of the others, those whose convention is suspended today.
    Suspended,
    /// Replaced, over, or of a convention that was terminated.
    Past,
}

impl Pile {
    /// Every pile.
    pub const ALL: [Self; 6] =
        [Self::InForce, Self::ToSign, Self::Provisional, Self::Valid, Self::Suspended, Self::Past];

    /// As addresses say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InForce => "",
            Self::ToSign => "a-signer",
            Self::Valid => "valides",
            Self::Provisional => "provisoires",
            Self::Suspended => "suspendues",
            Self::Past => "passees",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pile| pile.code() == code)
    }
}

/// What is asked of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Where.
    pub within: Within,
    /// Annexes whose period touches this year.
    pub year: i32,
    /// Which of them.
    pub pile: Pile,
    /// Today: what is over is over before it.
    pub today: Date,
    /// From this line.
    pub from: u32,
    /// How many lines, at most.
    pub most: u32,
}

/// A page of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// By name of structure, then by number.
    pub lines: Vec<Line>,
    /// How many there are in each pile of the year, in the order of [`Pile::ALL`].
    pub counts: [u32; 6],
}

impl Page {
    /// How many there are in a pile.
    pub fn count(&self, pile: Pile) -> u32 {
        Pile::ALL.into_iter().zip(self.counts).find(|(one, _)| *one == pile).map_or(0, |(_, n)| n)
    }
}

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The dossier that it was granted on, or that it goes on with.
    pub dossier: DossierId,
    /// The structure.
    pub structure: StructureId,
    /// Its name.
    pub structure_name: String,
    /// Its SIRET.
    pub siret: String,
    /// Département.
    pub department: String,
    /// Kind of structure.
    pub kind: String,
    /// Its numbers.
    pub numbers: Numbers,
    /// What it says.
    pub terms: Terms,
    /// Where it stands.
    pub stands: Stands,
    /// The last day of its convention, when it is one of ours.
    pub convention_end: Option<Date>,
    /// Where the convention stands.
    pub convention: conventions::Standing,
    /// The day that both had signed.
    pub signed: Option<Date>,
}

impl Line {
    /// The last day of the annexe: that of a terminated convention, when it comes before.
    pub fn end(&self) -> Date {
        self.convention.ended.map_or(self.terms.end, |ended| ended.min(self.terms.end))
    }
}

/// Where a line of the register stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// An annexe that was decided.
    Granted(AnnexState),
    /// One that bridges two years.
    Provisional(Standing),
    /// One of a convention that was terminated: over since its last day.
    Terminated,
}

impl Stands {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Granted(state) => state.label(),
            Self::Provisional(standing) => standing.label(),
            Self::Terminated => "Résiliée",
        }
    }
}

/// Whether a person reads the register: who reads deposits, outside of structures.
pub fn may_read(actor: &Actor) -> bool {
    !actor.role.is_siae() && ever(actor.role, Right::ReadDeposit)
}

/// A page of the register of a person's territory, of one département only when one is named.
///
/// # Errors
/// When the store cannot answer.
pub async fn register(
    services: &Services,
    actor: &Actor,
    (year, pile, department): (i32, Pile, Option<&str>),
    (from, most): (u32, u32),
) -> Result<Page, StoreError> {
    let today = services.clock.today().ok_or(StoreError::Unavailable)?;
    let within = Within::of(&actor.scope, department);
    services.store.annex_register(&Query { within, year, pile, today, from, most }).await
}

/// What became of an annexe that was to be signed with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its dossier.
    pub dossier: DossierId,
    /// What stood against it.
    pub refused: Option<SignError>,
}

/// Notes the day that both had signed, for several annexes. Each goes by itself: what stands against one
/// keeps no other.
///
/// # Errors
/// When the store cannot answer: those before are noted, and said so when asked again.
pub async fn sign_all(
    services: &Services,
    actor: &Actor,
    ids: &[DossierId],
    day: Date,
) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::new();
    for id in ids.iter().take(MOST_AT_ONCE) {
        let refused = match instruction::sign(services, actor, id, day).await {
            Ok(()) => None,
            Err(SignError::Store(error)) => return Err(error),
            Err(refused) => Some(refused),
        };
        outcomes.push(Outcome { dossier: id.clone(), refused });
    }
    Ok(outcomes)
}

/// Makes the provisional annexe of each convention that goes on without a decision for its year. Gives how
/// many were made: none the second time. Its structure is told of each.
///
/// # Errors
/// When the store cannot answer: what was made before is kept, and the rest is made the next time.
pub async fn open_provisional(services: &Services) -> Result<u32, StoreError> {
    let today = services.clock.today().ok_or(StoreError::Unavailable)?;
    let mut made = 0;
    for ended in services.store.ended_annexes(today).await? {
        let of =
            Of { kind: &ended.kind, perimeter: &ended.perimeter, department: &ended.department };
        let terms = provisional::terms(&ended.terms, of, ended.convention_end, today);
        let numbers = ended.numbers.next_year();
        let (Some(terms), Some(numbers)) = (terms, numbers) else { continue };
        let Ended { dossier, perimeter, .. } = ended;
        let at = services.now();
        let one = Provisional { dossier, perimeter, numbers, terms, at, signed: false };
        made += u32::from(services.store.add_provisional(&one).await?);
    }
    Ok(made)
}
