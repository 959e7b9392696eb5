//! The scenario of a space of the open lab: each participant of a structure has a copy of the almost
//! ready dossier of Les Ateliers de Valbrune; agents share what the département received.

use dossier::{
    id::{AccountId, DossierId, StructureId},
    lab::Seat,
    role::Role,
};
use service::{
    Actor, Membership, Services, Structure,
    accounts::{self, NewAccount},
    deposits,
    drafts::{self, NewDossier},
    forms::{self, Edition},
};

use crate::{
    answers,
    profile::Profile,
    seed::{moment, ulid},
    story::{DemoError, Plan, Stage, add_person, admin, at, belong, ines, plans, prefill},
    structures,
};

/// Where the scenario is set.
const DEPARTMENT: &str = "58";
/// Dossiers that agents find there.
const RECEIVED: usize = 4;

/// Fills the store of a new space. `edition` is what its form lays over the national one.
///
/// # Errors
/// When the store cannot answer, or the form does not fit the scenario.
pub async fn prepare(services: &Services, edition: Option<&Edition>) -> Result<(), DemoError> {
    if let Some(edition) = edition {
        services.store.add_edition(edition).await?;
    }
    let profiles = structures::all();
    let all = plans(&profiles);
    let received: Vec<&Plan<'_>> =
        all.iter().filter(|plan| is_received(plan)).take(RECEIVED).collect();
    for plan in received {
        receive(services, plan).await?;
    }
    Ok(())
}

/// Whether agents find this request in a space.
fn is_received(plan: &Plan<'_>) -> bool {
    plan.stage == Stage::Deposited
        && plan.form == forms::CONVENTIONNEMENT
        && plan.department() == DEPARTMENT
        && plan.request.year == 2_027
        && plan.request.perimeter == "DC"
}

async fn receive(services: &Services, plan: &Plan<'_>) -> Result<(), DemoError> {
    let (profile, key) = (plan.profile, plan.key());
    accounts::add_structure(services, &profile.structure()).await?;
    let actor = admin(profile);
    let person = NewAccount {
        id: actor.account_id.clone(),
        email: format!("direction@{}", profile.domain()),
        name: actor.name.clone(),
        title: actor.title.clone(),
        role: Role::SiaeAdmin,
        is_persona: false,
        password: None,
        departments: Vec::new(),
    };
    let id = person.id.clone();
    if add_person(services, person).await? {
        belong(services, id, profile, true).await?;
    }
    let (then, later) = (at(services, plan.opened, &key), at(services, plan.moved, &key));
    let dossier = opened(&then, &actor, plan, profile.id.clone()).await?;
    let filed = deposits::deposit(&later, &actor, &dossier).await;
    filed.map_err(|error| DemoError::Deposit(profile.name.clone(), error))?;
    Ok(())
}

/// Opens the dossier of a plan, for a structure that may be a copy of its own.
async fn opened(
    services: &Services,
    actor: &Actor,
    plan: &Plan<'_>,
    structure: StructureId,
) -> Result<DossierId, DemoError> {
    let name = || plan.profile.name.clone();
    let form = forms::current(services, plan.form, plan.department()).await?;
    let form = form.ok_or(service::StoreError::Corrupt)?.revision;
    let laid = if plan.stage == Stage::Ines {
        ines::prefill(form, plan)
    } else {
        let filled = answers::filled(form, plan.profile, &plan.request);
        prefill::confirmed(form, &filled, plan)
    };
    let new = NewDossier {
        structure_id: structure,
        form: plan.form.to_owned(),
        kind: plan.request.kind.to_owned(),
        request_kind: plan.request.nature.to_owned(),
        year: plan.request.year,
        perimeter: plan.request.perimeter.to_owned(),
        department: Some(plan.department().to_owned()),
    };
    let done = drafts::open(services, actor, new, laid).await;
    done.map_err(|error| DemoError::Open(name(), error))
}

/// Gives a participant a place in a space: an account, and for a structure its own copy of the
/// dossier. Doing it again changes nothing.
///
/// # Errors
/// When the store cannot answer, or the form does not fit the scenario.
pub async fn seat(
    services: &Services,
    id: &AccountId,
    name: &str,
    seat: Seat,
) -> Result<(), DemoError> {
    let (role, title, departments) = match seat {
        Seat::Structure => (Role::SiaeAdmin, "Structure", Vec::new()),
        Seat::Agent => (Role::DdetsAgent, "DDETS de la Nièvre", vec![DEPARTMENT.to_owned()]),
    };
    let account = NewAccount {
        id: id.clone(),
        email: format!("{}@atelier.example", id.as_str().to_lowercase()),
        name: name.to_owned(),
        title: title.to_owned(),
        role,
        is_persona: false,
        password: None,
        departments,
    };
    add_person(services, account).await?;
    if seat == Seat::Agent {
        return Ok(());
    }
    let profiles = structures::all();
    let all = plans(&profiles);
    let plan = all.iter().find(|plan| plan.stage == Stage::Ines);
    let plan = plan.ok_or(service::StoreError::Corrupt)?;
    let structure = copy(plan.profile, id, name);
    accounts::add_structure(services, &structure).await?;
    let membership =
        Membership { account: id.clone(), structure: structure.id.clone(), is_admin: true };
    accounts::add_membership(services, &membership).await?;
    let actor = Actor {
        account_id: id.clone(),
        name: name.to_owned(),
        title: title.to_owned(),
        role,
        scope: role.scope(vec![structure.id.clone()], Vec::new()),
        admin_of: vec![structure.id.clone()],
    };
    opened(services, &actor, plan, structure.id).await?;
    Ok(())
}

/// The structure of one participant: agents tell them apart by the pseudonym.
fn copy(profile: &Profile, of: &AccountId, name: &str) -> Structure {
    Structure {
        id: ulid(moment(2_024, 9, 1, 9, 0), &format!("structure of {of}")).into(),
        name: format!("{} ({name})", profile.name),
        ..profile.structure()
    }
}
