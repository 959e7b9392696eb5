//! Who read a dossier on the State's side: for the structure to know.

use dossier::{
    id::{AccountId, AttachmentId, DossierId},
    role::Role,
};

use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::{self, ReadError},
};

/// What was read on one day by one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The dossier.
    pub dossier: DossierId,
    /// The day in Paris, `2027-01-31`.
    pub day: String,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
    /// What the person does.
    pub title: String,
    /// What the person is here for.
    pub role: Role,
    /// The document, or none for the dossier itself.
    pub document: Option<AttachmentId>,
    /// Name of the document.
    pub document_name: String,
    /// First time that day.
    pub first: Millis,
    /// Last time that day.
    pub last: Millis,
    /// How many times that day.
    pub times: u32,
}

/// Notes that somebody of the State opens a dossier, or a document of it. What is not noted is not shown.
///
/// # Errors
/// When it cannot be noted.
pub async fn note(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    document: Option<&AttachmentId>,
) -> Result<(), StoreError> {
    if actor.role.is_siae() {
        return Ok(());
    }
    let day = services.clock.today().ok_or(StoreError::Corrupt)?.to_string();
    services.store.add_reading((id, &day), &actor.account_id, document, services.now()).await
}

/// Who read a dossier, latest day first: for whoever writes all of it.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn of(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<(DossierHead, Vec<Reading>), ReadError> {
    let head = drafts::head(services, actor, id).await?;
    let readings = services.store.readings_of(id).await?;
    Ok((head, readings))
}
