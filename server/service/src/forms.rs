//! Which form a dossier follows: the national one, and what its département lays over it.

use dossier::{
    form::revisions::{FormKey, in_force, retired},
    id::{AccountId, SketchId},
    simulation::Accepted,
};
use form::overlay::{Fault, Overlay};

use crate::{Millis, Services, StoreError};

pub use dossier::form::{Form, form_of};

/// The conventionnement.
pub const CONVENTIONNEMENT: &str = dossier::form::NAME;
/// The bilan annuel.
pub const BILAN: &str = dossier::form::bilan::NAME;

/// The national form that new dossiers follow today.
pub fn national(services: &Services, name: &str) -> Option<Form> {
    form_of(name, in_force(name, services.clock.today()?))
}

/// The form of a key.
///
/// # Errors
/// When the store cannot answer, or knows no such form.
pub async fn of(services: &Services, key: &FormKey) -> Result<Form, StoreError> {
    services.store.form(key).await?.ok_or(StoreError::Corrupt)
}

/// The form that new dossiers of a département follow; `None` for a form that nobody knows.
///
/// # Errors
/// When the store cannot answer.
pub async fn current(
    services: &Services,
    name: &str,
    department: &str,
) -> Result<Option<Form>, StoreError> {
    if let Some(tried) = services.variant.as_ref().filter(|tried| tried.form == name) {
        return of(services, tried).await.map(Some);
    }
    let Some(national) = national(services, name) else { return Ok(None) };
    let mut key = FormKey::of(national.revision);
    let supplement = services.store.supplement(&key, department, services.now()).await?;
    let Some((name, number)) = supplement else { return Ok(Some(national)) };
    key.overlay = format!("{name}-{number}");
    of(services, &key).await.map(Some)
}

/// An overlay under the number it was published with. It never changes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The overlay.
    pub overlay: Overlay,
    /// First, second … edition under its name, from 1.
    pub number: u32,
    /// When it was published.
    pub at: Millis,
}

impl Edition {
    /// Which form exactly it makes.
    pub fn key(&self) -> FormKey {
        let Overlay { form, revision, name, .. } = &self.overlay;
        let overlay = format!("{name}-{}", self.number);
        FormKey { form: form.clone(), revision: *revision, overlay }
    }

    /// The form it makes; `None` when it does not fit its national form.
    pub fn form(&self) -> Option<Form> {
        let national = form_of(&self.overlay.form, self.overlay.revision)?;
        let retired = retired(&self.overlay.form);
        Form::read(self.overlay.over(national.revision, &retired, self.number).ok()?)
    }
}

/// Why an overlay is not published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// No such form or revision.
    #[error("no such form")]
    UnknownForm,
    /// What is wrong in it.
    #[error("{} faults", .0.len())]
    Faults(Vec<Fault>),
    /// Somebody published under the same name meanwhile.
    #[error("published meanwhile")]
    Meanwhile,
    /// The store cannot answer.
    #[error(transparent)]
    Store(StoreError),
}

/// Everything that is wrong in an overlay.
///
/// # Errors
/// What is wrong in it.
pub fn examine(overlay: &Overlay) -> Result<(), PublishError> {
    let national = form_of(&overlay.form, overlay.revision).ok_or(PublishError::UnknownForm)?;
    let laid = overlay.over(national.revision, &retired(&overlay.form), 1);
    laid.map(|_| ()).map_err(PublishError::Faults)
}

/// Publishes an overlay without asking what it loses: where there is nothing yet, as in a new base. See
/// [`crate::studio::simulating`] for all others.
///
/// # Errors
/// When something is wrong in it, or the store cannot answer.
pub async fn publish(services: &Services, overlay: Overlay) -> Result<FormKey, PublishError> {
    publish_as(services, overlay, &[], None).await
}

/// Publishes an overlay: new dossiers follow it, open ones are offered it. With it are kept the losses
/// that were accepted, and the version of the sketch that it is, with who publishes it.
pub(crate) async fn publish_as(
    services: &Services,
    overlay: Overlay,
    accepted: &[Accepted],
    of: Option<(&SketchId, u32, &AccountId)>,
) -> Result<FormKey, PublishError> {
    examine(&overlay)?;
    let editions = services.store.editions().await.map_err(PublishError::Store)?;
    let same =
        |one: &&Edition| (&one.overlay.form, &one.overlay.name) == (&overlay.form, &overlay.name);
    let number = editions.iter().filter(same).map(|one| one.number).max().unwrap_or(0) + 1;
    let edition = Edition { overlay, number, at: services.now() };
    services.store.publish_edition(&edition, accepted, of).await.map_err(|error| match error {
        StoreError::Conflict => PublishError::Meanwhile,
        other => PublishError::Store(other),
    })?;
    Ok(edition.key())
}
