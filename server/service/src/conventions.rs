//! Conventions once they are signed: reading where one stands, suspending it, and the termination that
//! leaves the structure a month to answer. The rules are in [`dossier::convention`].

use dossier::{
    convention::{self, DeedKind, Life, Refused, Said},
    event::EventKind,
    id::{AccountId, DossierId, StructureId},
    right::{ConventionRight, allows_convention},
    role::Scope,
};
use form::Date;

use crate::{
    Actor, DossierHead, Millis, Services, StoreError, Structure,
    annexes::Provisional,
    deposits,
    drafts::ReadError,
    instruction::Annex,
    journal::{self, Step, sha256_hex},
};

/// How often a deed is tried again when somebody wrote in the dossier that carries it meanwhile.
const TRIES: usize = 8;
/// How many days a convention that is over stays on the home of its structure.
const LINGERS: i64 = 365;

/// Which convention. The number alone does not say it: a structure writes the number of a convention
/// that is older than Trame by itself, and another may have written the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Whose.
    pub structure: StructureId,
    /// Département where its annexes were asked for.
    pub department: String,
    /// What its annexes begin with: "ACI058270001".
    pub prefix: String,
    /// "DC" or "MP": both may share a number.
    pub perimeter: String,
}

/// A convention, as its annexes say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convention {
    /// Which.
    pub key: Key,
    /// Kind of structure.
    pub kind: String,
    /// Its number: "058 010127 ACI 00001".
    pub number: String,
    /// Whether Trame gave that number.
    pub is_ours: bool,
    /// The last day it was concluded for; none for one that is older than Trame.
    pub ends: Option<Date>,
    /// Its annexes that are known, oldest first; at least one.
    pub annexes: Vec<Annex>,
    /// Those that bridged two years, oldest first.
    pub provisional: Vec<Provisional>,
}

impl Convention {
    /// Whether an annexe of it is signed: before, there is nothing to suspend nor to terminate.
    pub fn is_signed(&self) -> bool {
        self.annexes.iter().any(|annex| annex.signed.is_some())
    }

    /// The dossier that carries what is done: that of the last annexe.
    fn carrier(&self) -> Option<&DossierId> {
        self.annexes.last().map(|annex| &annex.dossier)
    }
}

/// Something that was done with a convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Its place among those of the convention, from 1.
    pub number: u32,
    /// The dossier whose journal tells it.
    pub dossier: DossierId,
    /// Where in that journal.
    pub seq: u32,
    /// What.
    pub kind: DeedKind,
    /// What was said.
    pub said: Said,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

impl Deed {
    /// As the rules read it.
    fn plain(&self) -> Option<convention::Deed> {
        let on = self.at.day_in_paris()?;
        Some(convention::Deed { kind: self.kind, said: self.said.clone(), on, by: self.by.clone() })
    }
}

/// Where a convention stands after these.
pub fn life(deeds: &[Deed]) -> Life {
    let plain: Vec<_> = deeds.iter().filter_map(Deed::plain).collect();
    Life::of(&plain)
}

/// A deed to keep.
#[derive(Clone, Debug)]
pub struct Acting {
    /// With which convention.
    pub key: Key,
    /// Its place: one after those that were read.
    pub number: u32,
    /// What.
    pub kind: DeedKind,
    /// What is said.
    pub said: Said,
    /// Where the convention stands after it.
    pub life: Life,
}

/// A convention of a structure, as its home shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The dossier of its last annexe.
    pub dossier: DossierId,
    /// Name of the structure.
    pub structure_name: String,
    /// Département.
    pub department: String,
    /// Kind of structure.
    pub kind: String,
    /// "DC" or "MP".
    pub perimeter: String,
    /// Its number.
    pub number: String,
    /// The last day it was concluded for, when that is known.
    pub ends: Option<Date>,
    /// The last day of its last annexe.
    pub annex_ends: Date,
    /// Whether that annexe is signed.
    pub is_signed: bool,
    /// The last day of the provisional annexe that runs.
    pub provisional: Option<Date>,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a convention stands, as lists show it: kept beside the deeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// From when it is suspended.
    pub suspended: Option<Date>,
    /// The last day of that, when it is known.
    pub suspended_until: Option<Date>,
    /// The letter that opens a termination is signed.
    pub is_challenged: bool,
    /// The last day to answer to it, once it was received.
    pub answer_until: Option<Date>,
    /// The last day of a terminated convention.
    pub ended: Option<Date>,
}

impl Standing {
    /// What lists keep of a life.
    pub fn of(life: &Life) -> Self {
        Self {
            suspended: life.suspension.as_ref().map(|one| one.from),
            suspended_until: life.suspension.as_ref().and_then(|one| one.until),
            is_challenged: life.procedure.is_some(),
            answer_until: life.procedure.as_ref().and_then(convention::Procedure::answer_until),
            ended: life.ended.map(|ended| ended.on),
        }
    }

    /// Since when the flag of the ASP is up, if it is today.
    pub fn suspended_since(&self, today: Date) -> Option<Date> {
        let over = self.ended.into_iter().chain(self.suspended_until).any(|last| last < today);
        self.suspended.filter(|from| !over && *from <= today)
    }
}

/// A convention with all that its page shows to a reader.
#[derive(Clone, Debug)]
pub struct Page {
    /// The dossier by which it was found.
    pub head: DossierHead,
    /// The structure.
    pub structure: Structure,
    /// The convention.
    pub convention: Convention,
    /// What was done with it that this person reads, oldest first; without its words where they are not
    /// for them.
    pub deeds: Vec<Deed>,
    /// How many deeds there are: an act on others than these is refused.
    pub seen: u32,
    /// Where it stands.
    pub life: Life,
    /// Name of who prepared what waits.
    pub prepared_by: String,
    /// Rights of this person on it.
    pub rights: Vec<ConventionRight>,
}

impl Page {
    /// Whether this person may do this, as far as the table of rights says.
    pub fn may(&self, right: ConventionRight) -> bool {
        self.rights.contains(&right)
    }
}

/// Why something is not done with a convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeedError {
    /// No such convention for this actor.
    #[error("no such convention")]
    NotFound,
    /// Not for this role.
    #[error("not for this role")]
    NotForRole,
    /// No annexe of it is signed.
    #[error("the convention is not signed")]
    NotSigned,
    /// Something stands against it.
    #[error("it is refused: {0:?}")]
    Refused(Refused),
    /// Somebody else did something with it meanwhile: read it again.
    #[error("the convention changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for DeedError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// The convention that the annexe of a dossier belongs to.
///
/// # Errors
/// When there is none for this actor.
pub async fn read(services: &Services, actor: &Actor, id: &DossierId) -> Result<Page, ReadError> {
    let head = deposits::head(services, actor, id).await?;
    let store = &services.store;
    let convention = store.convention_of(id).await?.ok_or(ReadError::NotFound)?;
    let structure = store.structure(&head.structure_id).await?.ok_or(StoreError::Corrupt)?;
    let mut deeds = store.deeds_of(&convention.key).await?;
    let role = actor.role_in(&head.structure_id);
    let rights = ConventionRight::ALL.into_iter().filter(|one| allows_convention(role, *one));
    let rights: Vec<_> = rights.collect();
    if !rights.contains(&ConventionRight::Read) {
        return Err(ReadError::NotFound);
    }
    let mut life = life(&deeds);
    let seen = u32::try_from(deeds.len()).map_err(|_| StoreError::Corrupt)?;
    let prepared = deeds.iter().rfind(|deed| deed.kind.signed_as().is_some());
    let mut prepared_by = prepared.map(|deed| deed.by_name.clone()).unwrap_or_default();
    if !rights.contains(&ConventionRight::Prepare) {
        deeds.retain(|deed| !deed.kind.is_inner());
        (life.prepared, prepared_by) = (None, String::new());
    }
    if !rights.contains(&ConventionRight::ReadWords) {
        silence(&mut deeds, &mut life);
    }
    Ok(Page { head, structure, convention, deeds, seen, life, prepared_by, rights })
}

/// Takes away why, and how much.
fn silence(deeds: &mut [Deed], life: &mut Life) {
    for deed in deeds {
        deed.said = Said { day: deed.said.day, until: deed.said.until, ..Said::default() };
    }
    if let Some(suspension) = &mut life.suspension {
        suspension.words.clear();
    }
    if let Some(procedure) = &mut life.procedure {
        procedure.words.clear();
    }
    if let Some(ended) = &mut life.ended {
        ended.owed = None;
    }
}

/// Does something with a convention, on the deeds that were read. An answer of the structure goes through
/// whatever was done meanwhile, as long as somebody waits for it.
///
/// # Errors
/// See [`DeedError`]; nothing is kept then.
pub async fn act(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    (kind, said): (DeedKind, Said),
    seen: u32,
) -> Result<(), DeedError> {
    for _ in 0..TRIES {
        let head = deposits::head(services, actor, id).await?;
        let store = &services.store;
        let convention = store.convention_of(id).await?.ok_or(DeedError::NotFound)?;
        if !allows_convention(actor.role_in(&head.structure_id), kind.right()) {
            return Err(DeedError::NotForRole);
        }
        if !convention.is_signed() {
            return Err(DeedError::NotSigned);
        }
        let deeds = store.deeds_of(&convention.key).await?;
        let count = u32::try_from(deeds.len()).map_err(|_| StoreError::Corrupt)?;
        if count != seen && kind != DeedKind::Answer {
            return Err(DeedError::Changed);
        }
        let (now, before) = (services.now(), life(&deeds));
        let today = now.day_in_paris().ok_or(StoreError::Unavailable)?;
        let said = convention::may(&before, kind, said.clone(), (&actor.account_id, today));
        let said = said.map_err(DeedError::Refused)?;
        let done =
            convention::Deed { kind, said: said.clone(), on: today, by: actor.account_id.clone() };
        let carrier = convention.carrier().ok_or(StoreError::Corrupt)?;
        let mut head = store.head(carrier).await?.ok_or(StoreError::Corrupt)?;
        let hash = sha256_hex(&said.canonical_bytes());
        let what = EventKind::ConventionActed { deed: kind, said: hash };
        let seen = head.journal_seq;
        let event = journal::note(&mut head, &actor.account_id, now, what);
        let step = Step { seen, head, event };
        let life = before.after(&done);
        let acting = Acting { key: convention.key, number: count + 1, kind, said, life };
        if store.keep_deed(&acting, &step).await? {
            return Ok(());
        }
    }
    Err(DeedError::Changed)
}

/// The conventions of a person's structures: those that run, and those that ended within a year.
///
/// # Errors
/// When the store cannot answer.
pub async fn held(services: &Services, actor: &Actor) -> Result<Vec<Held>, StoreError> {
    let Scope::Structures(structures) = &actor.scope else { return Ok(Vec::new()) };
    let today = services.clock.today().ok_or(StoreError::Unavailable)?;
    let mut held = services.store.conventions_held(structures).await?;
    let ago = |day: Date| today.days_since_epoch() - day.days_since_epoch();
    held.retain(|one| {
        let last = one.ends.unwrap_or(one.annex_ends).max(one.annex_ends);
        one.standing.is_challenged || ago(one.standing.ended.unwrap_or(last)) <= LINGERS
    });
    Ok(held)
}

/// Whether the convention of the annexe of this dossier was terminated, or will be on a known day.
///
/// # Errors
/// When the store cannot answer.
pub async fn is_terminated(services: &Services, id: &DossierId) -> Result<bool, StoreError> {
    let Some(convention) = services.store.convention_of(id).await? else { return Ok(false) };
    Ok(life(&services.store.deeds_of(&convention.key).await?).ended.is_some())
}
