//! Signals that those who instruct set aside, with a reason. It holds for the figures that were read: others
//! make another signal, which is open again.

use dossier::{
    event::EventKind,
    id::DossierId,
    reading::{self, Signal},
    right::{Right, ever},
};
use form::Answers;

use super::{Reading, TRIES, notes, open, years_before};
use crate::{Actor, DossierHead, Millis, Services, StoreError, drafts::ReadError};

/// What was made of a signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignalChoice {
    /// Code of the signal.
    pub signal: String,
    /// Its figures then: see [`Signal::print`].
    pub print: String,
    /// What was read of it.
    pub said: String,
    /// Whether it was set aside, or taken up again.
    pub aside: bool,
    /// Why; empty when it was taken up again, and for those who are not of the service.
    pub reason: String,
    /// When.
    pub at: Millis,
    /// Name of who; empty for those who are not of the service.
    pub by_name: String,
}

/// How a signal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is to be looked at.
    Open,
    /// It was set aside.
    Aside(SignalChoice),
    /// It was set aside for other figures: it is to be looked at again.
    Fallen(SignalChoice),
}

/// A signal with how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The signal.
    pub signal: Signal,
    /// How it stands.
    pub standing: Standing,
}

impl Weighed {
    /// Whether it is set aside.
    pub const fn is_aside(&self) -> bool {
        matches!(self.standing, Standing::Aside(_))
    }
}

/// Why a signal stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignalError {
    /// No such dossier, or no such signal, for this actor.
    #[error("nothing of that name for this actor")]
    NotFound,
    /// Not for this role.
    #[error("not for this role")]
    NotForRole,
    /// No reason was given, or one that is too long.
    #[error("a reason is missing")]
    BadReason,
    /// The figures are not those that were read, or the signal is gone.
    #[error("the figures changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for SignalError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// What the same dossier said the year before, among those of [`years_before`].
pub fn last_year<'a>(head: &DossierHead, past: &'a [(i32, Answers)]) -> Option<&'a Answers> {
    past.iter().find(|(year, _)| *year == head.year - 1).map(|(_, answers)| answers)
}

/// The signals of a deposit, with what was made of them: for whoever reads it.
///
/// # Errors
/// When the store cannot answer.
pub async fn signals(
    services: &Services,
    actor: &Actor,
    reading: &Reading,
    past: &[(i32, Answers)],
) -> Result<Vec<Weighed>, StoreError> {
    let Reading { head, answers, .. } = reading;
    let found = reading::signals(&head.form, answers, last_year(head, past));
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let mut choices = services.store.signal_choices(&head.id).await?;
    if !head.may(actor, Right::SetSignalAside) {
        for choice in &mut choices {
            choice.reason.clear();
            choice.by_name.clear();
        }
    }
    let weighed = |signal: Signal| {
        let last = choices.iter().rev().find(|choice| choice.signal == signal.code);
        let standing = match last.filter(|choice| choice.aside) {
            None => Standing::Open,
            Some(choice) if choice.print == signal.print() => Standing::Aside(choice.clone()),
            Some(choice) => Standing::Fallen(choice.clone()),
        };
        Weighed { signal, standing }
    };
    Ok(found.into_iter().map(weighed).collect())
}

/// Sets a signal aside, with these figures, for this reason.
///
/// # Errors
/// See [`SignalError`]; nothing is kept then.
pub async fn set_aside(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    (code, print): (&str, &str),
    reason: &str,
) -> Result<(), SignalError> {
    choose(services, actor, id, (code, print), Some(reason)).await
}

/// Takes a signal up again.
///
/// # Errors
/// See [`SignalError`]; nothing is kept then.
pub async fn take_up(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    code: &str,
) -> Result<(), SignalError> {
    choose(services, actor, id, (code, ""), None).await
}

async fn choose(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    (code, print): (&str, &str),
    reason: Option<&str>,
) -> Result<(), SignalError> {
    // Said before anything of the dossier is.
    if !ever(actor.role, Right::SetSignalAside) {
        return Err(SignalError::NotForRole);
    }
    for _ in 0..TRIES {
        let reading = open(services, actor, id).await?;
        if !reading.head.may(actor, Right::SetSignalAside) {
            return Err(SignalError::NotForRole);
        }
        let reason = reason.map(notes::text_of).transpose().map_err(|_| SignalError::BadReason)?;
        let past = years_before(services, &reading).await?;
        let all = signals(services, actor, &reading, &past).await?;
        let found = all.into_iter().find(|weighed| weighed.signal.code == code);
        let weighed = found.ok_or(SignalError::Changed)?;
        let aside = reason.is_some();
        // Somebody did it already: their reason stays.
        if weighed.is_aside() == aside {
            return Ok(());
        }
        let (signal, now) = (weighed.signal, services.now());
        if aside && signal.print() != print {
            return Err(SignalError::Changed);
        }
        let what = EventKind::SignalSetAside { signal: code.to_owned(), aside };
        let mut head = reading.head;
        let step = notes::noted(&mut head, actor, now, what);
        let choice = SignalChoice {
            signal: code.to_owned(),
            print: signal.print(),
            said: format!("{} {}", signal.title, signal.text),
            aside,
            reason: reason.unwrap_or_default(),
            at: now,
            by_name: actor.name.clone(),
        };
        if services.store.choose_signal(&choice, &step).await? {
            return Ok(());
        }
    }
    Err(SignalError::Changed)
}
