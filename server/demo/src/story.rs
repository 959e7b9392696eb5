//! What happened: who is there, what they asked for in three years, and where each request stands.

mod commission;
mod conventions;
mod documents;
mod envelopes;
mod follow_up;
pub(crate) mod ines;
mod instruction;
mod life;
mod plans;
pub(crate) mod prefill;
mod supplements;

use std::sync::Arc;

use dossier::{
    id::{AccountId, DossierId},
    role::Role,
};
use service::{
    Actor, Membership, Millis, Services, StoreError,
    accounts::{self, AddError, NewAccount},
    allotting::{AllotError, ChooseError},
    attachments::AttachError,
    commission::{AgendaError, PlanError},
    conventions::DeedError,
    deposits::{self, DepositError},
    drafts::{self, NewDossier, OpenError, SaveError},
    envelopes::EnvelopeError,
    follow_up::FollowUpError,
    following::{self, FollowError},
    forms::{self, PublishError},
    instruction::{ActError, NoteError, SignError},
    journal::StepError,
};

pub use plans::{Plan, Stage, plans};

use crate::{
    answers,
    people::{self, PERSONAS},
    profile::Profile,
    seed::{Named, Then, ulid},
    structures,
};

/// What a load added, and what it found there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// People added.
    pub accounts: usize,
    /// Structures of the story: added, or brought up to date.
    pub structures: usize,
    /// Dossiers opened.
    pub dossiers: usize,
    /// Deposits made.
    pub deposits: usize,
    /// Dossiers that were there already, left as they are.
    pub kept: usize,
}

/// Why the story cannot be loaded. What was loaded before stays; loading again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A person cannot be added.
    #[error("{0} cannot be added: {1}")]
    Account(String, AddError),
    /// A dossier cannot be opened.
    #[error("a dossier of {0} cannot be opened: {1}")]
    Open(String, OpenError),
    /// A dossier cannot be written.
    #[error("a dossier of {0} cannot be written: {1}")]
    Save(String, SaveError),
    /// A document cannot be attached.
    #[error("a document of {0} cannot be attached: {1}")]
    Attach(String, AttachError),
    /// A dossier cannot be deposited.
    #[error("a dossier of {0} cannot be deposited: {1:?}")]
    Deposit(String, DepositError),
    /// A dossier cannot follow a form that changed.
    #[error("a dossier of {0} cannot follow the form: {1}")]
    Follow(String, FollowError),
    /// What is laid over a form cannot be published.
    #[error("a supplement cannot be published: {0}")]
    Publish(PublishError),
    /// A dossier cannot be taken back or given up.
    #[error("a dossier of {0} cannot go on: {1}")]
    Step(String, StepError),
    /// The State cannot go on with a dossier.
    #[error("nothing can be done with a dossier of {0}: {1}")]
    Act(String, ActError),
    /// An annexe cannot be signed.
    #[error("an annexe of {0} cannot be signed: {1}")]
    Sign(String, SignError),
    /// A fiche de suivi cannot be left.
    #[error("no fiche de suivi of {0} can be left: {1}")]
    FollowUp(String, FollowUpError),
    /// A note cannot be written.
    #[error("no note can be written on a dossier of {0}: {1}")]
    Note(String, NoteError),
    /// An envelope cannot be set.
    #[error("an envelope cannot be set: {0}")]
    Envelope(EnvelopeError),
    /// A simulation cannot be made.
    #[error("a simulation cannot be made: {0}")]
    Allot(AllotError),
    /// A choice cannot be made in a simulation.
    #[error("a choice cannot be made in a simulation: {0}")]
    Choose(ChooseError),
    /// A sitting of the commission cannot be planned, or go on.
    #[error("a sitting of the commission cannot go on: {0}")]
    Sitting(PlanError),
    /// An agenda cannot change.
    #[error("an agenda of the commission cannot change: {0}")]
    Agenda(AgendaError),
    /// Nothing can be done with a convention.
    #[error("nothing can be done with a convention of {0}: {1}")]
    Convention(String, DeedError),
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads the whole story.
///
/// # Errors
/// When the store cannot answer, or the forms changed so much that the story does not hold.
pub async fn load(services: &Services) -> Result<Report, DemoError> {
    let mut report = Report::default();
    let profiles = structures::all();
    for profile in &profiles {
        accounts::add_structure(services, &profile.structure()).await?;
        report.structures += 1;
    }
    supplements::publish(services).await?;
    add_people(services, &profiles, &mut report).await?;
    for plan in plans(&profiles) {
        play(services, &plan, &mut report).await?;
    }
    envelopes::load(services).await?;
    commission::load(services).await?;
    life::load(services, &profiles).await?;
    Ok(report)
}

async fn add_people(
    services: &Services,
    profiles: &[Profile],
    report: &mut Report,
) -> Result<(), DemoError> {
    for (rank, persona) in PERSONAS.iter().enumerate() {
        let account = NewAccount {
            id: people::persona_id(rank),
            email: persona.email.to_owned(),
            name: persona.name.to_owned(),
            title: persona.title.to_owned(),
            role: persona.role,
            is_persona: true,
            password: None,
            departments: persona.departments.iter().map(|d| (*d).to_owned()).collect(),
        };
        let id = account.id.clone();
        let added = add_person(services, account).await?;
        report.accounts += usize::from(added);
        let admin = persona.role == Role::SiaeAdmin;
        for profile in profiles.iter().filter(|p| persona.structures.contains(&p.name.as_str())) {
            if added {
                belong(services, id.clone(), profile, admin).await?;
            }
        }
    }
    for account in instruction::others() {
        report.accounts += usize::from(add_person(services, account).await?);
    }
    for profile in profiles.iter().filter(|p| people::persona_of(&p.name).is_none()) {
        let account = NewAccount {
            id: people::director_id(&profile.key),
            email: format!("direction@{}", profile.domain()),
            name: profile.director.clone(),
            title: "Direction".to_owned(),
            role: Role::SiaeAdmin,
            is_persona: false,
            password: None,
            departments: Vec::new(),
        };
        let id = account.id.clone();
        if add_person(services, account).await? {
            report.accounts += 1;
            belong(services, id, profile, true).await?;
        }
    }
    Ok(())
}

/// Adds a person unless it is there; says whether it was added.
pub(crate) async fn add_person(services: &Services, new: NewAccount) -> Result<bool, DemoError> {
    if services.store.account(&new.id).await?.is_some() {
        return Ok(false);
    }
    let name = new.name.clone();
    match accounts::add_account(services, new).await {
        Ok(_) => Ok(true),
        Err(error) => Err(DemoError::Account(name, error)),
    }
}

pub(crate) async fn belong(
    services: &Services,
    account: AccountId,
    profile: &Profile,
    is_admin: bool,
) -> Result<(), StoreError> {
    let structure = profile.id.clone();
    accounts::add_membership(services, &Membership { account, structure, is_admin }).await
}

/// Who runs a structure, as the use cases want it.
pub(crate) fn admin(profile: &Profile) -> Actor {
    let (account_id, title) = match people::persona_of(&profile.name) {
        Some((rank, persona)) => (people::persona_id(rank), persona.title),
        None => (people::director_id(&profile.key), "Direction"),
    };
    Actor {
        account_id,
        name: profile.director.clone(),
        title: title.to_owned(),
        role: Role::SiaeAdmin,
        scope: Role::SiaeAdmin.scope(vec![profile.id.clone()], Vec::new()),
        admin_of: vec![profile.id.clone()],
    }
}

/// The same services at a moment of the story; ids come from a text.
pub(crate) fn at(services: &Services, moment: Millis, about: &str) -> Services {
    Services {
        clock: Arc::new(Then(moment)),
        ids: Arc::new(Named(about.to_owned())),
        ..services.clone()
    }
}

/// Before it is deposited, a draft follows the national form in force.
async fn follow_what_changed(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    name: &str,
) -> Result<(), DemoError> {
    let refused = |error| DemoError::Follow(name.to_owned(), error);
    let crossroads = following::crossroads(services, actor, id).await;
    let crossroads = crossroads.map_err(|error| refused(error.into()))?;
    let revision = crossroads.draft.head.revision;
    if let Some(change) = crossroads.forth.filter(|change| change.key.revision != revision) {
        following::follow(services, actor, id, &change.key).await.map_err(refused)?;
    }
    Ok(())
}

async fn play(services: &Services, plan: &Plan<'_>, report: &mut Report) -> Result<(), DemoError> {
    let (profile, key) = (plan.profile, plan.key());
    let then = at(services, plan.opened, &key);
    let Some(form) = forms::current(&then, plan.form, plan.department()).await? else {
        return Ok(());
    };
    let form = form.revision;
    let wanted: DossierId = ulid(plan.opened, &key).into();
    if services.store.head(&wanted).await?.is_some() {
        report.kept += 1;
        return Ok(());
    }
    let actor = admin(profile);
    let new = NewDossier {
        structure_id: profile.id.clone(),
        form: plan.form.to_owned(),
        kind: plan.request.kind.to_owned(),
        request_kind: plan.request.nature.to_owned(),
        year: plan.request.year,
        perimeter: plan.request.perimeter.to_owned(),
        department: Some(plan.department().to_owned()),
    };
    let laid = match plan.stage {
        Stage::Empty | Stage::Abandoned => Vec::new(),
        Stage::Half => prefill::half(form, plan),
        Stage::Ines => ines::prefill(form, plan),
        Stage::Ready | Stage::Deposited | Stage::Withdrawn => {
            let filled = answers::filled(form, profile, &plan.request);
            prefill::confirmed(form, &filled, plan)
        }
    };
    let laid = conventions::known(services, plan, laid).await?;
    let name = || profile.name.clone();
    let id = drafts::open(&then, &actor, new, laid)
        .await
        .map_err(|error| DemoError::Open(name(), error))?;
    if id != wanted {
        // Somebody asks for the same already: theirs comes first.
        report.kept += 1;
        return Ok(());
    }
    report.dossiers += 1;
    let attached = documents::attach(services, plan, (&actor, &id), form).await;
    attached.map_err(|error| DemoError::Attach(name(), error))?;
    let later = at(services, plan.moved, &key);
    match plan.stage {
        Stage::Empty | Stage::Half | Stage::Ready => {}
        Stage::Ines => {
            ines::visit_of_the_accountant(services, &id)
                .await
                .map_err(|error| DemoError::Save(name(), error))?;
        }
        Stage::Abandoned => {
            let gone = drafts::abandon(&later, &actor, &id).await;
            gone.map_err(|error| DemoError::Step(name(), error))?;
        }
        Stage::Deposited | Stage::Withdrawn => {
            follow_what_changed(&later, &actor, &id, &name()).await?;
            let deposit = deposits::deposit(&later, &actor, &id).await;
            deposit.map_err(|error| DemoError::Deposit(name(), error))?;
            report.deposits += 1;
        }
    }
    if plan.stage == Stage::Deposited {
        instruction::instruct(services, plan, &id).await?;
    }
    if plan.stage == Stage::Withdrawn {
        let soon = at(services, plan.moved.plus(3 * 24 * 3_600_000), &key);
        let back = deposits::withdraw(&soon, &actor, &id).await;
        back.map_err(|error| DemoError::Step(name(), error))?;
    }
    Ok(())
}
