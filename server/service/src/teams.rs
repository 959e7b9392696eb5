//! Who belongs to a structure or to a service of the State: inviting, joining, asking to join,
//! letting in, taking out.

mod joining;

use dossier::{
    id::{AccountId, InvitationId, StructureId},
    right::{self, Invites},
    role::{Role, Scope},
    share::name,
};

pub use joining::{Acceptance, JoinError, Newcomer, SHORTEST, accept, claim, join, look, rejoin};

use crate::{
    Account, Actor, Millis, Services, StoreError, Structure,
    journal::{hex, sha256_hex},
    mail::inviting::{self, NotAnAddress},
};

/// How long an invitation lasts.
pub const LASTS: i64 = 7 * 24 * 60 * 60_000;
/// Most invitations of one structure, or of one person for a service, that are open together.
pub const MOST_OPEN: usize = 30;

/// An invitation into a structure or a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// For whom, in the words of who invites.
    pub to: String,
    /// As what.
    pub role: Role,
    /// Into which structure; `None` for a service of the State.
    pub structure: Option<StructureId>,
    /// For which départements, in a service of the State.
    pub departments: Vec<String>,
    /// When.
    pub given_at: Millis,
    /// By whom.
    pub given_by: AccountId,
    /// Name of whom.
    pub given_by_name: String,
    /// When it ends.
    pub until: Millis,
    /// When somebody came by it.
    pub accepted_at: Option<Millis>,
    /// When it was taken back.
    pub revoked_at: Option<Millis>,
}

impl Invitation {
    /// Whether somebody may still come by it.
    pub fn is_open(&self, now: Millis) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none() && now < self.until
    }
}

/// Somebody of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mate {
    /// The account.
    pub account: Account,
    /// Whether they deposit and invite, in a structure.
    pub is_admin: bool,
}

/// Somebody who asks to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Into which structure.
    pub structure: StructureId,
    /// When they asked.
    pub asked_at: Millis,
    /// When they were answered.
    pub answered_at: Option<Millis>,
    /// What they were answered.
    pub is_accepted: bool,
}

/// The team of a structure.
#[derive(Clone, Debug)]
pub struct Team {
    /// The structure.
    pub structure: Structure,
    /// Whether the actor invites and takes out.
    pub leads: bool,
    /// Who belongs to it, by name.
    pub mates: Vec<Mate>,
    /// Open invitations, latest first.
    pub invitations: Vec<Invitation>,
    /// Who asks to be let in, first come first.
    pub requests: Vec<Request>,
}

/// The service of an agent.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its départements; empty for the country.
    pub departments: Vec<String>,
    /// Whom the actor may invite, and as what.
    pub invites: &'static [Role],
    /// Who is there for one of these départements.
    pub mates: Vec<Mate>,
    /// The actor's own open invitations, latest first.
    pub invitations: Vec<Invitation>,
}

/// Where somebody is invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A structure.
    Structure(StructureId),
    /// Départements.
    Departments(Vec<String>),
}

/// A new invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// What it gives.
    pub invitation: Invitation,
    /// The secret of its link; kept nowhere here but in the message that takes it there.
    pub token: String,
    /// Where it is sent, if it is.
    pub mailed_to: Option<String>,
}

/// Whom somebody invites.
#[derive(Clone, Copy, Debug)]
pub struct Whom<'a> {
    /// In the words of who invites.
    pub name: &'a str,
    /// Where the link is sent; empty for nowhere.
    pub email: &'a str,
}

impl<'a> From<&'a str> for Whom<'a> {
    fn from(name: &'a str) -> Self {
        Self { name, email: "" }
    }
}

/// Why a team stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TeamError {
    /// No such team, invitation or person for this actor, or not for this actor to change.
    #[error("no such team")]
    NotFound,
    /// No name for whom, or one that is too long.
    #[error("it is not said for whom")]
    BadName,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    BadEmail,
    /// The actor does not invite to this, or not there.
    #[error("not a place to invite to")]
    BadPlace,
    /// Too many are open.
    #[error("too many open invitations")]
    TooMany,
    /// Somebody must be left who invites and deposits.
    #[error("the last one who leads stays")]
    LastAdmin,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The teams of somebody of structures.
///
/// # Errors
/// When the store cannot answer.
pub async fn teams(services: &Services, actor: &Actor) -> Result<Vec<Team>, StoreError> {
    let Scope::Structures(ids) = &actor.scope else { return Ok(Vec::new()) };
    let (mut teams, now) = (Vec::new(), services.now());
    for structure in services.store.structures(ids).await? {
        let leads = right::invites(actor.role_in(&structure.id)) == Invites::Structure;
        let mut invitations = services.store.invitations_into(&structure.id).await?;
        invitations.retain(|one| one.is_open(now));
        let mut requests = services.store.access_requests(&structure.id).await?;
        requests.retain(|one| one.answered_at.is_none());
        let mates = services.store.mates(&structure.id).await?;
        teams.push(Team { structure, leads, mates, invitations, requests });
    }
    Ok(teams)
}

/// What became of the demands of somebody who asked to be let in, with the structures.
///
/// # Errors
/// When the store cannot answer.
pub async fn asked_by(
    services: &Services,
    actor: &Actor,
) -> Result<Vec<(Structure, Request)>, StoreError> {
    let mut asked = Vec::new();
    for request in services.store.access_requests_of(&actor.account_id).await? {
        let structure = services.store.structure(&request.structure).await?;
        asked.push((structure.ok_or(StoreError::Corrupt)?, request));
    }
    Ok(asked)
}

/// The service of an agent; `None` for who has none.
///
/// # Errors
/// When the store cannot answer.
pub async fn service(services: &Services, actor: &Actor) -> Result<Option<Service>, StoreError> {
    let invites = match right::invites(actor.role) {
        Invites::Service(roles) => roles,
        _ => &[],
    };
    let departments = match &actor.scope {
        Scope::Departments(departments) if !departments.is_empty() => departments.clone(),
        Scope::National => Vec::new(),
        _ => return Ok(None),
    };
    let now = services.now();
    let mut invitations = services.store.invitations_by(&actor.account_id).await?;
    invitations.retain(|one| one.is_open(now) && one.structure.is_none());
    let mates = services.store.colleagues(actor.role.is_dgefp(), &departments).await?;
    let mates = mates.into_iter().map(|account| Mate { account, is_admin: false }).collect();
    Ok(Some(Service { departments, invites, mates, invitations }))
}

/// Invites somebody.
///
/// # Errors
/// See [`TeamError`]; nothing is kept then.
pub async fn invite(
    services: &Services,
    actor: &Actor,
    whom: impl Into<Whom<'_>>,
    role: Role,
    place: Place,
) -> Result<Invited, TeamError> {
    let whom = whom.into();
    let open = match &place {
        Place::Structure(structure) => {
            if !actor.is_within(structure) {
                return Err(TeamError::NotFound);
            }
            if right::invites(actor.role_in(structure)) != Invites::Structure || !role.is_siae() {
                return Err(TeamError::BadPlace);
            }
            services.store.invitations_into(structure).await?
        }
        Place::Departments(departments) => {
            let Invites::Service(roles) = right::invites(actor.role) else {
                return Err(TeamError::NotFound);
            };
            let within = match &actor.scope {
                Scope::National => departments.iter().all(|one| dossier::role::is_department(one)),
                Scope::Departments(own) => departments.iter().all(|one| own.contains(one)),
                _ => false,
            };
            let placed = departments.is_empty() == role.is_dgefp();
            if !roles.contains(&role) || !within || !placed {
                return Err(TeamError::BadPlace);
            }
            services.store.invitations_by(&actor.account_id).await?
        }
    };
    let to = name(whom.name).filter(|to| !to.is_empty()).ok_or(TeamError::BadName)?;
    let address =
        inviting::address(services, whom.email).map_err(|NotAnAddress| TeamError::BadEmail)?;
    let now = services.now();
    if open.iter().filter(|one| one.is_open(now)).count() >= MOST_OPEN {
        return Err(TeamError::TooMany);
    }
    let (structure, departments) = match place {
        Place::Structure(structure) => (Some(structure), Vec::new()),
        Place::Departments(departments) => (None, departments),
    };
    let token = hex(&services.ids.secret());
    let invitation = Invitation {
        id: services.ulid().into(),
        to,
        role,
        structure,
        departments,
        given_at: now,
        given_by: actor.account_id.clone(),
        given_by_name: actor.name.clone(),
        until: now.plus(LASTS),
        accepted_at: None,
        revoked_at: None,
    };
    let mail = match address.clone() {
        Some(address) => {
            let into = match &invitation.structure {
                Some(structure) => services.store.structure(structure).await?,
                None => None,
            };
            Some(inviting::to_team(services, address, (&invitation, &token), into.as_ref()))
        }
        None => None,
    };
    let token_hash = sha256_hex(token.as_bytes());
    services.store.add_invitation(&invitation, &token_hash, mail.as_ref()).await?;
    Ok(Invited { invitation, token, mailed_to: address })
}

/// Takes an invitation back. One that is over already stays so.
///
/// # Errors
/// When it is not for this actor to take back.
pub async fn revoke(
    services: &Services,
    actor: &Actor,
    id: &InvitationId,
) -> Result<(), TeamError> {
    let found = services.store.invitation(id).await?.ok_or(TeamError::NotFound)?;
    let may = match &found.structure {
        Some(structure) => leads(actor, structure),
        None => found.given_by == actor.account_id,
    };
    if !may {
        return Err(TeamError::NotFound);
    }
    Ok(services.store.revoke_invitation(id, services.now()).await?)
}

/// Lets somebody in who asked, or does not. Any member answers; who is let in writes, and does not
/// deposit until somebody who leads says so by an invitation.
///
/// # Errors
/// When nobody asked, or it is not for this actor to answer.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    structure: &StructureId,
    who: &AccountId,
    accepts: bool,
) -> Result<(), TeamError> {
    if !actor.is_within(structure) {
        return Err(TeamError::NotFound);
    }
    let by = (&actor.account_id, services.now());
    let done = services.store.answer_access_request(structure, who, accepts, by).await?;
    if done { Ok(()) } else { Err(TeamError::NotFound) }
}

/// Takes somebody out of a structure: at once, on every device.
///
/// # Errors
/// When it is not for this actor, or nobody would be left who leads.
pub async fn take_out(
    services: &Services,
    actor: &Actor,
    structure: &StructureId,
    who: &AccountId,
) -> Result<(), TeamError> {
    if !leads(actor, structure) {
        return Err(TeamError::NotFound);
    }
    let mates = services.store.mates(structure).await?;
    let out = mates.iter().find(|mate| mate.account.id == *who).ok_or(TeamError::NotFound)?;
    // The store looks again: two who leave together are not both let go.
    if out.is_admin && mates.iter().filter(|mate| mate.is_admin).count() < 2 {
        return Err(TeamError::LastAdmin);
    }
    let done = services.store.remove_membership(structure, who).await?;
    if done { Ok(()) } else { Err(TeamError::LastAdmin) }
}

fn leads(actor: &Actor, structure: &StructureId) -> bool {
    actor.is_within(structure) && right::invites(actor.role_in(structure)) == Invites::Structure
}
