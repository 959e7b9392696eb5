//! What the use cases of accounts ask of a store: who people are elsewhere, and where they belong.

use async_trait::async_trait;
use dossier::id::{AccountId, InvitationId, StructureId};

use super::Stored;
use crate::{
    Account, Membership, Millis, Structure,
    federation::{Begun, Identity},
    mail::Mail,
    teams::{Acceptance, Invitation, Mate, Request},
};

/// People as a provider of identities knows them.
#[async_trait]
pub trait Identities: Send + Sync {
    /// Keeps that a person went to the provider.
    async fn add_begun_sign_in(&self, begun: &Begun) -> Stored<()>;
    /// Who went there with this state. Nobody is given twice.
    async fn take_begun_sign_in(&self, state_hash: &str) -> Stored<Option<Begun>>;
    /// Forgets whoever did not come back before it was too late.
    async fn forget_begun_sign_ins(&self, now: Millis) -> Stored<()>;
    /// Who that is here.
    async fn identity(&self, issuer: &str, subject: &str) -> Stored<Option<Identity>>;
    /// Keeps who that is, over what was known.
    async fn put_identity(&self, identity: &Identity) -> Stored<()>;
}

/// Who belongs where, and how they come in.
#[async_trait]
pub trait Teams: Send + Sync {
    /// The structures of a SIRET, by id.
    async fn structures_by_siret(&self, siret: &str) -> Stored<Vec<Structure>>;
    /// Who belongs to a structure, by name.
    async fn mates(&self, structure: &StructureId) -> Stored<Vec<Mate>>;
    /// Agents of the State for one of these départements, or of the DGEFP, by name.
    async fn colleagues(&self, national: bool, departments: &[String]) -> Stored<Vec<Account>>;
    /// Adds a membership where there is none yet, also under a race; `false` when somebody is there.
    async fn add_first_member(&self, membership: &Membership) -> Stored<bool>;
    /// Takes somebody out; `false` when nobody would be left who leads, also under a race.
    async fn remove_membership(&self, structure: &StructureId, who: &AccountId) -> Stored<bool>;
    /// Keeps an invitation with the hash of its secret, and the message that takes it to its address.
    async fn add_invitation(
        &self,
        invitation: &Invitation,
        token_hash: &str,
        mail: Option<&Mail>,
    ) -> Stored<()>;
    /// An invitation.
    async fn invitation(&self, id: &InvitationId) -> Stored<Option<Invitation>>;
    /// An invitation, by the hash of its secret.
    async fn invitation_by_token(&self, token_hash: &str) -> Stored<Option<Invitation>>;
    /// Every invitation into a structure, latest first.
    async fn invitations_into(&self, structure: &StructureId) -> Stored<Vec<Invitation>>;
    /// Every invitation that a person gave, latest first.
    async fn invitations_by(&self, account: &AccountId) -> Stored<Vec<Invitation>>;
    /// Takes an invitation back, unless somebody came by it.
    async fn revoke_invitation(&self, id: &InvitationId, at: Millis) -> Stored<()>;
    /// Lets somebody in by an invitation; `false` when it is over. `Conflict`: the address is taken.
    async fn accept_invitation(&self, acceptance: &Acceptance) -> Stored<bool>;
    /// Keeps that somebody asks to be let in, unless they are in or asked before.
    async fn add_access_request(&self, request: &Request) -> Stored<()>;
    /// Who asked to be let into a structure, first come first.
    async fn access_requests(&self, structure: &StructureId) -> Stored<Vec<Request>>;
    /// What a person asked.
    async fn access_requests_of(&self, account: &AccountId) -> Stored<Vec<Request>>;
    /// Answers, with the membership when it is yes; `false` when nothing waits for an answer.
    async fn answer_access_request(
        &self,
        structure: &StructureId,
        who: &AccountId,
        accepts: bool,
        by: (&AccountId, Millis),
    ) -> Stored<bool>;
}
