//! What will be forgotten and when, and forgetting it. The rules are those of [`dossier::retention`]; the
//! store keeps, here it is walked. See ADR 28.

pub mod forgetting;

use std::collections::BTreeMap;

use dossier::{
    id::{AccountId, DossierId, StructureId},
    retention::{Facts, Kind, Policy},
    right::sees_retention,
    state::State,
};
use form::Date;
use ulid::Ulid;

use crate::{Actor, DossierHead, Millis, Services, StoreError, forms::BILAN};

/// Dossiers and accounts that are read at once.
const BATCH: u32 = 500;

/// A dossier, as far as how long it is kept depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDossier {
    /// The dossier.
    pub id: DossierId,
    /// Its structure.
    pub structure: StructureId,
    /// Name of its form.
    pub form: String,
    /// Its year.
    pub year: i32,
    /// Where it stands.
    pub state: State,
    /// How many times it was deposited.
    pub deposits: u32,
    /// When it last changed.
    pub updated_at: Millis,
    /// Length of its journal.
    pub journal_seq: u32,
    /// Last day of the convention that its annexe belongs to, when that is known.
    pub convention_end: Option<Date>,
    /// Whether somebody wrote in it, and that is still there.
    pub has_words: bool,
}

impl KeptAccount {
    /// Since when nobody uses it: the last time, or when it was made, which its id says.
    fn unused_since(&self) -> Option<Date> {
        let made = || {
            let id = Ulid::from_string(self.id.as_str()).ok()?;
            i64::try_from(id.timestamp_ms()).ok().map(Millis)
        };
        day_of(self.seen_at.or_else(made)?)
    }
}

impl KeptDossier {
    /// What the rules want to know.
    pub fn facts(&self) -> Option<Facts> {
        Some(Facts {
            is_report: self.form == BILAN,
            year: self.year,
            state: self.state,
            changed: day_of(self.updated_at)?,
            convention_end: self.convention_end,
        })
    }

    /// Whether it is a draft that was never deposited and says something.
    fn is_draft(&self) -> bool {
        self.deposits == 0
            && self.has_words
            && matches!(self.state, State::Draft | State::Abandoned)
    }
}

/// An account, likewise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAccount {
    /// The account.
    pub id: AccountId,
    /// When its person was last here; `None` when nobody came yet.
    pub seen_at: Option<Millis>,
    /// The structures that they belong to.
    pub structures: Vec<StructureId>,
}

/// A note that something was forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Its id.
    pub id: String,
    /// By which rule.
    pub kind: Kind,
    /// A dossier or an account; empty for neither.
    pub subject: String,
    /// What was older than this moment.
    pub up_to: Millis,
    /// When.
    pub at: Millis,
}

/// What will be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day that it is seen from.
    pub today: Date,
    /// How many lines, dossiers or accounts are due already.
    pub due: BTreeMap<Kind, u64>,
    /// How many will be, month by month.
    pub coming: BTreeMap<(i32, u8), BTreeMap<Kind, u64>>,
    /// How many have no day yet: their dossier is being instructed.
    pub held: BTreeMap<Kind, u64>,
}

impl Plan {
    fn add(&mut self, kind: Kind, day: Option<Date>, count: u64) {
        let place = match day {
            None => &mut self.held,
            Some(day) if day <= self.today => &mut self.due,
            Some(day) => self.coming.entry((day.year(), day.month())).or_default(),
        };
        *place.entry(kind).or_default() += count;
    }
}

/// The day of a moment, by the clocks of Greenwich: what is kept for months is not counted in hours.
pub fn day_of(at: Millis) -> Option<Date> {
    Date::from_days_since_epoch(at.0.div_euclid(DAY))
}

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The moment a day begins, likewise.
fn start_of(day: Date) -> Millis {
    Millis(day.days_since_epoch() * DAY)
}

/// What will be forgotten and when, for the whole base; `None` for who may not see it.
///
/// # Errors
/// When the store cannot answer.
pub async fn seen(services: &Services, actor: &Actor) -> Result<Option<Plan>, StoreError> {
    if !sees_retention(actor.role) {
        return Ok(None);
    }
    plan(services).await.map(Some)
}

/// What will be forgotten and when. Nothing changes.
///
/// # Errors
/// When the store cannot answer.
pub async fn plan(services: &Services) -> Result<Plan, StoreError> {
    let (policy, store) = (&services.retention, &services.store);
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let mut plan =
        Plan { today, due: BTreeMap::new(), coming: BTreeMap::new(), held: BTreeMap::new() };
    for kind in [Kind::SignIns, Kind::Mails, Kind::Invitations, Kind::Participants] {
        for (day, count) in store.ages(kind).await? {
            plan.add(kind, policy.due(kind, day), count);
        }
    }
    let mut structures = Structures::default();
    let mut after = DossierId::from("");
    loop {
        let batch = store.kept_dossiers(&after, BATCH).await?;
        let Some(last) = batch.last().map(|one| one.id.clone()) else { break };
        let mut facts = BTreeMap::new();
        for dossier in &batch {
            let of = dossier.facts().ok_or(StoreError::Corrupt)?;
            structures.add(dossier, of);
            if dossier.is_draft() {
                plan.add(Kind::Drafts, policy.due_of(Kind::Drafts, None, &of), 1);
            }
            if dossier.deposits > 0 {
                plan.add(Kind::Deposits, policy.due_of(Kind::Deposits, None, &of), 1);
            }
            facts.insert(&dossier.id, of);
        }
        for (id, day, count) in store.kept_readings(&after, &last).await? {
            let day = facts.get(&id).and_then(|of| policy.due_of(Kind::Readings, Some(day), of));
            plan.add(Kind::Readings, day, count);
        }
        after = last;
    }
    let mut after = AccountId::from("");
    loop {
        let batch = store.kept_accounts(&after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id.clone();
        for account in &batch {
            plan.add(Kind::Accounts, structures.due(policy, account), 1);
        }
    }
    Ok(plan)
}

/// The dossiers of each structure.
#[derive(Default)]
struct Structures(BTreeMap<StructureId, Vec<Facts>>);

impl Structures {
    fn add(&mut self, dossier: &KeptDossier, facts: Facts) {
        self.0.entry(dossier.structure.clone()).or_default().push(facts);
    }

    /// The day from which an account is closed; `None` while nobody can say.
    fn due(&self, policy: &Policy, account: &KeptAccount) -> Option<Date> {
        let seen = account.unused_since()?;
        let dossiers = account.structures.iter().filter_map(|id| self.0.get(id)).flatten();
        policy.due_of_account(seen, dossiers)
    }
}

/// Until when what was deposited of a dossier is kept, as far as it can be said today.
///
/// # Errors
/// When the store cannot answer.
pub async fn until(services: &Services, head: &DossierHead) -> Result<Option<Date>, StoreError> {
    let annex = services.store.annex_of(&head.id).await?;
    let facts = Facts {
        is_report: head.form == BILAN,
        year: head.year,
        state: head.state,
        changed: day_of(head.updated_at).ok_or(StoreError::Corrupt)?,
        convention_end: annex.and_then(|annex| annex.convention_end),
    };
    Ok(services.retention.due_of(Kind::Deposits, None, &facts))
}
