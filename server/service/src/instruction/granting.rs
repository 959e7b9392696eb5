//! What an acceptance gives: the annexe financière, its numbers, and its signature by both.

use dossier::{
    annex::{AnnexState, Convention, Grant, Numbers, Terms},
    event::EventKind,
    id::DossierId,
    right::Right,
};
use form::{Answers, Date};

use super::{TRIES, notes::noted};
use crate::{
    Actor, DossierHead, Millis, Services, StoreError, Structure, StructureId, annexes::Provisional,
    deposits, drafts::ReadError, journal::Step,
};

/// An annexe financière.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// The dossier that it was granted on.
    pub dossier: DossierId,
    /// Ordinal of the deposit that it was granted on.
    pub deposit: u32,
    /// The structure.
    pub structure: StructureId,
    /// Its numbers.
    pub numbers: Numbers,
    /// Whether the convention is one of ours: else its numbers are derived from what the structure
    /// wrote, to be checked at the ASP.
    pub is_ours: bool,
    /// The last day of the convention, when it is new.
    pub convention_end: Option<Date>,
    /// Where it stands.
    pub state: AnnexState,
    /// What it says.
    pub terms: Terms,
    /// When it was decided.
    pub at: Millis,
    /// Name of who decided.
    pub by_name: String,
    /// The day that both had signed.
    pub signed: Option<Date>,
}

/// An annexe that is about to be numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granting {
    /// "DC" or "MP": both may share a number.
    pub perimeter: String,
    /// Its convention.
    pub convention: Convention,
    /// What it says.
    pub terms: Terms,
}

impl Granting {
    /// What is granted on a deposit; `None` when its answers say no period or no convention.
    pub(super) fn of(head: &DossierHead, answers: &Answers, grant: Grant) -> Option<Self> {
        let (convention, terms) = (Convention::of(answers)?, Terms::of(answers, grant)?);
        // A number that gives no annexe a number gives no annexe.
        Numbers::of(&convention, terms.start, 1, &[])?;
        Some(Self { perimeter: head.perimeter.clone(), convention, terms })
    }

    /// The last day of a convention that is new.
    pub fn convention_end(&self) -> Option<Date> {
        match &self.convention {
            Convention::New { end, .. } => Some(*end),
            Convention::InForce { .. } => None,
        }
    }
}

/// Why an annexe is not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// No such annexe for this actor.
    #[error("no such annexe")]
    NotFound,
    /// Not for this role.
    #[error("not for this role")]
    NotForRole,
    /// It is signed already.
    #[error("it is signed already")]
    Signed,
    /// The day is before the decision, or to come.
    #[error("the day does not fit")]
    BadDay,
    /// Others wrote again and again meanwhile.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for SignError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// An annexe with all that its paper says.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The dossier.
    pub head: DossierHead,
    /// The annexe.
    pub annex: Annex,
    /// The structure.
    pub structure: Structure,
    /// The deposit that it was granted on.
    pub answers: Answers,
    /// Every annexe of the convention, oldest first.
    pub annexes: Vec<Annex>,
    /// Those that were provisional, oldest first.
    pub provisional: Vec<Provisional>,
}

/// The paper of the annexe that was granted on a dossier.
///
/// # Errors
/// When there is none for this actor.
pub async fn paper(services: &Services, actor: &Actor, id: &DossierId) -> Result<Paper, ReadError> {
    let head = deposits::head(services, actor, id).await?;
    let store = &services.store;
    let annex = store.annex_of(id).await?.ok_or(ReadError::NotFound)?;
    let structure = store.structure(&annex.structure).await?.ok_or(StoreError::Corrupt)?;
    let deposit = store.deposit_of(id, annex.deposit).await?.ok_or(StoreError::Corrupt)?;
    let answers = deposit.answers().ok_or(StoreError::Corrupt)?;
    let annexes = store.annexes_of(&annex.structure, &annex.numbers.prefix).await?;
    let provisional = store.provisionals_of(&annex.structure, &annex.numbers.prefix).await?;
    Ok(Paper { head, annex, structure, answers, annexes, provisional })
}

/// Notes the day that both had signed: the annexe is valid from then on, and the one of the same year
/// that it changes is replaced.
///
/// # Errors
/// See [`SignError`]; nothing is kept then.
pub async fn sign(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    day: Date,
) -> Result<(), SignError> {
    for _ in 0..TRIES {
        let mut head = deposits::head(services, actor, id).await?;
        let annex = services.store.annex_of(id).await?.ok_or(SignError::NotFound)?;
        if !head.may(actor, Right::SignAnnex) {
            return Err(SignError::NotForRole);
        }
        if annex.state != AnnexState::ToSign {
            return Err(SignError::Signed);
        }
        let today = services.clock.today().ok_or(StoreError::Unavailable)?;
        let decided = annex.at.day_in_paris().unwrap_or(today);
        if !(decided..=today).contains(&day) {
            return Err(SignError::BadDay);
        }
        let what = EventKind::AnnexSigned { number: annex.numbers.compact() };
        let step: Step = noted(&mut head, actor, services.now(), what);
        if services.store.sign_annex(&annex, day, &step).await? {
            return Ok(());
        }
    }
    Err(SignError::Changed)
}
