//! People, structures, and who belongs where.

use dossier::{
    id::{AccountId, DossierId, ShareId, StructureId},
    role::{Role, Scope},
};
use serde::{Deserialize, Serialize};

use crate::Millis;

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// E-mail address, lower case; unique.
    pub email: String,
    /// Name as others read it.
    pub name: String,
    /// What the person does ("Directrice"); may be empty.
    pub title: String,
    /// What the person is here for.
    pub role: Role,
    /// Whether anybody may enter as this person in a demonstration.
    pub is_persona: bool,
    /// Argon2id, PHC text; none when the person cannot sign in by password.
    pub password_hash: Option<String>,
}

/// A structure (SIAE).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// Its id.
    pub id: StructureId,
    /// Number at the ASP; may be empty.
    pub asp_id: String,
    /// SIRET, 14 digits.
    pub siret: String,
    /// Name.
    pub name: String,
    /// Its kinds: "EI", "ACI" …
    pub kinds: Vec<String>,
    /// Département of deposit, "58".
    pub department: String,
    /// INSEE code of the region.
    pub region: String,
    /// Commune, as people read it.
    pub commune: String,
}

/// That a person belongs to a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The person.
    pub account: AccountId,
    /// The structure.
    pub structure: StructureId,
    /// Whether the person deposits for it.
    pub is_admin: bool,
}

/// A person, with where they belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// The structures of somebody of a structure, by id.
    pub memberships: Vec<Membership>,
    /// The départements of an agent, in order.
    pub departments: Vec<String>,
    /// What was given to a guest.
    pub share: Option<GuestShare>,
}

/// What was given to a guest, as far as each request must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestShare {
    /// What was given.
    pub id: ShareId,
    /// The dossier.
    pub dossier: DossierId,
    /// The steps.
    pub sections: Vec<String>,
    /// When it ends.
    pub until: Millis,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}

impl GuestShare {
    /// Whether the guest may come in.
    pub fn is_open(&self, now: Millis) -> bool {
        !self.is_taken_back && now < self.until
    }
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSession {
    /// SHA-256 of the token, hexadecimal; the token itself is never kept.
    pub token_hash: String,
    /// Who.
    pub account: AccountId,
    /// When it began.
    pub created_at: Millis,
    /// When it was last used, to the minute.
    pub seen_at: Millis,
    /// When it ends whatever happens.
    pub expires_at: Millis,
}

/// Who asks: a signed-in person with role and scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account_id: AccountId,
    /// Name.
    pub name: String,
    /// What the person does; may be empty.
    pub title: String,
    /// What the person is here for.
    pub role: Role,
    /// How far the person sees.
    pub scope: Scope,
    /// Structures for which the person deposits.
    pub admin_of: Vec<StructureId>,
}

impl From<Person> for Actor {
    fn from(Person { account, memberships, departments, share }: Person) -> Self {
        let admin_of = memberships.iter().filter(|membership| membership.is_admin);
        let admin_of = admin_of.map(|membership| membership.structure.clone()).collect();
        let structures = memberships.into_iter().map(|membership| membership.structure).collect();
        let scope = match share {
            Some(GuestShare { dossier, sections, .. }) => Scope::Steps { dossier, sections },
            None => account.role.scope(structures, departments),
        };
        Self {
            account_id: account.id,
            name: account.name,
            title: account.title,
            role: account.role,
            scope,
            admin_of,
        }
    }
}

impl Actor {
    /// Under which name a device keeps what this person types. A guest who is given steps again, under
    /// the same name, finds there what waits.
    pub fn device_name(&self) -> &str {
        if self.role == Role::Guest { &self.name } else { self.account_id.as_str() }
    }

    /// Whether this is somebody of a structure.
    pub fn is_within(&self, structure: &StructureId) -> bool {
        self.role.is_siae()
            && matches!(&self.scope, Scope::Structures(within) if within.contains(structure))
    }

    /// The role towards one structure: a person may deposit for one and only write for another.
    pub fn role_in(&self, structure: &StructureId) -> Role {
        match self.role {
            Role::SiaeMember | Role::SiaeAdmin if self.admin_of.contains(structure) => {
                Role::SiaeAdmin
            }
            Role::SiaeAdmin => Role::SiaeMember,
            role => role,
        }
    }
}
