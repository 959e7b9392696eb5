//! What the use cases ask of a store. Absent is `Ok(None)`; every write is one transaction.

mod annexes;
mod commissions;
mod conventions;
mod desks;
mod envelopes;
mod files;
mod follow_ups;
mod labs;
mod lenses;
mod mails;
mod personal;
mod retention;
mod seals;
mod second_factors;
mod studio;
mod teams;
mod worklists;

use async_trait::async_trait;
use dossier::{
    event::Event,
    form::revisions::FormKey,
    id::{AccountId, AttachmentId, DossierId, NoteId, ShareId, SketchId, StructureId},
    reopened::Reopened,
    role::Scope,
    simulation::Accepted,
};
use form::At;

use crate::{
    Account, Deposit, DossierHead, Membership, Millis, Structure,
    account::{Person, WebSession},
    attachments::{Attachment, Earlier},
    audit::{JournalEnd, Row},
    coverage::Count,
    deposits::Filing,
    drafts::{Draft, Opening},
    findings::{Candidate, Failed, Finding, Kept},
    following::Follow,
    forms::{Edition, Form},
    instruction::{Act, Acting, Chosen, Mark, Note, Reply},
    journal::Step,
    presence::{Here, Present},
    readings::Reading,
    saving::{Decision, Save, Written},
    sessions::Seen,
    sharing::{Coming, Giving, Share},
};

pub use self::{
    annexes::Annexes,
    commissions::Commissions,
    conventions::Conventions,
    desks::Desks,
    envelopes::Envelopes,
    files::{Files, Incoming},
    follow_ups::FollowUps,
    labs::Labs,
    lenses::{Lenses, Signals},
    mails::Mails,
    personal::Personal,
    retention::Retentions,
    seals::Seals,
    second_factors::SecondFactors,
    studio::Studios,
    teams::{Identities, Teams},
    worklists::Worklists,
};

/// Why a store cannot answer. The store has logged the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing was written; trying again later may work.
    #[error("the store cannot be reached")]
    Unavailable,
    /// Such a thing is there already.
    #[error("such a thing is there already")]
    Conflict,
    /// What is stored does not make sense.
    #[error("what is stored does not make sense")]
    Corrupt,
}

/// Short for the result of a store.
pub type Stored<T> = Result<T, StoreError>;

/// People and structures.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Adds an account; `Conflict` when the address or id is taken.
    async fn add_account(&self, account: &Account) -> Stored<()>;
    /// Adds a structure, or brings it up to date.
    async fn put_structure(&self, structure: &Structure) -> Stored<()>;
    /// Adds a membership, or changes whether it is that of an admin.
    async fn put_membership(&self, membership: &Membership) -> Stored<()>;
    /// Sets the départements of an agent.
    async fn set_territory(&self, account: &AccountId, departments: &[String]) -> Stored<()>;
    /// An account by its id.
    async fn account(&self, id: &AccountId) -> Stored<Option<Account>>;
    /// An account by its address, lower case.
    async fn account_by_email(&self, email: &str) -> Stored<Option<Account>>;
    /// Accounts anybody may enter in a demonstration, in the order they were made.
    async fn personas(&self) -> Stored<Vec<Account>>;
    /// A structure by its id.
    async fn structure(&self, id: &StructureId) -> Stored<Option<Structure>>;
    /// These structures, by name.
    async fn structures(&self, ids: &[StructureId]) -> Stored<Vec<Structure>>;
}

/// Signed-in browsers.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Adds a session.
    async fn add_session(&self, session: &WebSession) -> Stored<()>;
    /// A session with its person, by the hash of its token.
    async fn session(&self, token_hash: &str) -> Stored<Option<(WebSession, Person)>>;
    /// Notes that a session was used; gives up soon when nothing can be written.
    async fn touch_session(&self, token_hash: &str, at: Millis) -> Stored<()>;
    /// Ends a session.
    async fn remove_session(&self, token_hash: &str) -> Stored<()>;
    /// Forgets the sessions that ended before this moment; says how many.
    async fn remove_expired_sessions(&self, before: Millis) -> Stored<u64>;
    /// Keeps what a person recognises a session by.
    async fn note_session(&self, token_hash: &str, seen: &Seen) -> Stored<()>;
    /// The sessions of a person, used last first.
    async fn sessions_of(&self, account: &AccountId) -> Stored<Vec<(WebSession, Seen)>>;
    /// The signed token of the provider that said who opened a session.
    async fn id_token(&self, token_hash: &str) -> Stored<Option<String>>;
}

/// What is laid over the national forms.
#[async_trait]
pub trait Forms: Send + Sync {
    /// The form of a key; `None` when there is no such.
    async fn form(&self, key: &FormKey) -> Stored<Option<Form>>;
    /// Publishes an overlay for ever; `Conflict` when its number is taken.
    async fn add_edition(&self, edition: &Edition) -> Stored<()>;
    /// Publishes an overlay for ever, with the losses that were accepted, and the version of the sketch
    /// that it is with who publishes it; `Conflict` when its number is taken.
    async fn publish_edition(
        &self,
        edition: &Edition,
        accepted: &[Accepted],
        of: Option<(&SketchId, u32, &AccountId)>,
    ) -> Stored<()>;
    /// The losses that were accepted when an edition was published.
    async fn edition_accepted(&self, key: &FormKey) -> Stored<Vec<Accepted>>;
    /// Every overlay published, in order.
    async fn editions(&self) -> Stored<Vec<Edition>>;
    /// Name and number of the latest supplement that a département had at a moment, over this
    /// national form.
    async fn supplement(
        &self,
        national: &FormKey,
        department: &str,
        at: Millis,
    ) -> Stored<Option<(String, u32)>>;
}

/// Dossiers, their answers, deposits and journal.
#[async_trait]
pub trait Dossiers: Send + Sync {
    /// Opens a dossier, or gives the live one of the same structure, form, kind, perimeter and year.
    /// An amendment joins an amendment only.
    async fn open(&self, opening: &Opening) -> Stored<DossierId>;
    /// A dossier without its answers.
    async fn head(&self, id: &DossierId) -> Stored<Option<DossierHead>>;
    /// The dossiers of a scope, latest change first: drafts too for structures, only what was
    /// deposited for others.
    async fn heads(&self, scope: &Scope) -> Stored<Vec<DossierHead>>;
    /// A dossier with its answers.
    async fn draft(&self, id: &DossierId) -> Stored<Option<Draft>>;
    /// Every text that an answer had, with who wrote it, latest first; empty when there is none.
    async fn history(&self, id: &DossierId, at: &At) -> Stored<Vec<Written>>;
    /// Loads what the save touches, decides with [`crate::saving::Desk::decide`], writes, and
    /// answers once it is durable. `None`: no such dossier.
    async fn save(&self, save: Save) -> Stored<Option<Decision>>;
    /// The live dossier or the last deposited one that asks the same of another département.
    async fn sibling(&self, of: &DossierHead) -> Stored<Option<DossierId>>;
    /// Makes a draft follow another form. `false`: the dossier changed since it was read.
    async fn follow(&self, follow: &Follow) -> Stored<bool>;
    /// Records a step in the life of a dossier. `false`: the dossier changed since it was read.
    async fn step(&self, step: &Step) -> Stored<bool>;
    /// Numbers and records a deposit. `None`: the dossier changed since it was read.
    async fn deposit(&self, filing: &Filing) -> Stored<Option<Deposit>>;
    /// One deposit of a dossier.
    async fn deposit_of(&self, id: &DossierId, ordinal: u32) -> Stored<Option<Deposit>>;
    /// Which deposit was the last for the same request as this dossier in that year: its dossier,
    /// and its ordinal.
    async fn last_deposit(&self, of: &DossierHead, year: i32) -> Stored<Option<(DossierId, u32)>>;
    /// Every deposit of a dossier, in order.
    async fn deposits_of(&self, id: &DossierId) -> Stored<Vec<Deposit>>;
    /// The journal of a dossier, in order.
    async fn journal(&self, id: &DossierId) -> Stored<Vec<Event>>;
}

/// Who read dossiers, and whether journals are whole.
#[async_trait]
pub trait Audits: Send + Sync {
    /// Notes that a person read a dossier on a day, or a document of it.
    async fn add_reading(
        &self,
        read: (&DossierId, &str),
        by: &AccountId,
        document: Option<&AttachmentId>,
        at: Millis,
    ) -> Stored<()>;
    /// Who read a dossier, latest day first.
    async fn readings_of(&self, dossier: &DossierId) -> Stored<Vec<Reading>>;
    /// Events of every dossier after one, by dossier and place, at most so many.
    async fn events_after(&self, after: &(DossierId, u32), most: u32) -> Stored<Vec<Row>>;
    /// Where the journals of the dossiers after one end, by id, at most so many.
    async fn journal_ends(&self, after: &DossierId, most: u32) -> Stored<Vec<JournalEnd>>;
}

/// Steps given to colleagues.
#[async_trait]
pub trait Shares: Send + Sync {
    /// Keeps a link with its event. `false`: the dossier changed since it was read.
    async fn give(&self, giving: &Giving) -> Stored<bool>;
    /// Takes steps back, with the event; what the guest was doing is forgotten. `false`: the dossier
    /// changed since it was read.
    async fn take_back(&self, share: &ShareId, step: &Step) -> Stored<bool>;
    /// Lets a guest in, with the event. `false`: the dossier changed since it was read.
    async fn come(&self, coming: &Coming) -> Stored<bool>;
    /// What was given of a dossier, latest first.
    async fn shares_of(&self, id: &DossierId) -> Stored<Vec<Share>>;
    /// What a link gives, by the hash of its secret.
    async fn share_by_token(&self, token_hash: &str) -> Stored<Option<Share>>;
    /// Notes that the guest was there.
    async fn touch_share(&self, share: &ShareId, at: Millis) -> Stored<()>;
}

/// What the State does with a dossier, and notes on its deposits.
#[async_trait]
pub trait Instructions: Send + Sync {
    /// Keeps an act, its event and the new state; its notes are sent with it, and what it grants is
    /// numbered. `false`: the dossier
    /// changed since it was read.
    async fn act(&self, acting: &Acting) -> Stored<bool>;
    /// What the State did with a dossier, in order.
    async fn acts_of(&self, id: &DossierId) -> Stored<Vec<Act>>;
    /// Keeps a note with its event. `false`: the dossier changed since it was read.
    async fn add_note(&self, note: &Note, step: &Step) -> Stored<bool>;
    /// Keeps an answer to a note with its event. `false`: the dossier changed since it was read.
    async fn add_reply(&self, note: &NoteId, reply: &Reply, step: &Step) -> Stored<bool>;
    /// Marks a note, with the event. `false`: the dossier changed since it was read.
    async fn mark_note(&self, note: &NoteId, mark: &Mark, step: &Step) -> Stored<bool>;
    /// Keeps what the structure made of a suggested value, with the event. `false`: the dossier changed
    /// since it was read.
    async fn choose_suggestion(&self, note: &NoteId, chosen: &Chosen, step: &Step) -> Stored<bool>;
    /// Every note of a dossier with its answers, in the order they were written.
    async fn notes_of(&self, id: &DossierId) -> Stored<Vec<Note>>;
    /// Dossiers with notes that this one follows: the same request since the year before, opened
    /// earlier, deposited; latest first.
    async fn noted_before(&self, of: &DossierHead) -> Stored<Vec<DossierId>>;
    /// What is open in a dossier that was sent back.
    async fn reopened(&self, id: &DossierId) -> Stored<Reopened>;
    /// Opens one more place in it, with the event. `false`: the dossier changed since it was read.
    async fn add_reopening(&self, at: &At, step: &Step) -> Stored<bool>;
    /// What the structure opened by itself after this deposit, in order.
    async fn reopenings(&self, id: &DossierId, deposit: u32) -> Stored<Vec<At>>;
}

/// Documents attached to dossiers: what is known of them. Rows are added, and stay for ever.
#[async_trait]
pub trait Attachments: Send + Sync {
    /// Keeps a row; `Conflict` when another document of the same place has its name.
    async fn add_attachment(&self, attachment: &Attachment) -> Stored<()>;
    /// A document by its id.
    async fn attachment(&self, id: &AttachmentId) -> Stored<Option<Attachment>>;
    /// Every document that was ever attached to a dossier, latest first.
    async fn attachments_of(&self, id: &DossierId) -> Stored<Vec<Attachment>>;
    /// What the dossiers of a structure answer to a question: the document that the present answer
    /// of each names, latest first. Dossiers that were given up do not count.
    async fn vault(&self, structure: &StructureId, field: &str) -> Stored<Vec<Earlier>>;
    /// Which of these objects a row names.
    async fn named_objects(&self, objects: &[String]) -> Stored<Vec<String>>;
}

/// Where answers come from.
#[async_trait]
pub trait Coverages: Send + Sync {
    /// How many dossiers follow a form and were not given up; in how many of them each question has an
    /// answer of each provenance.
    async fn provenances(&self, form: &str) -> Stored<(u32, Vec<Count>)>;
}

/// What sources said of structures, and what people made of it.
#[async_trait]
pub trait Findings: Send + Sync {
    /// What every source said of an establishment, by its SIRET.
    async fn findings(&self, subject: &str) -> Stored<Vec<Finding>>;
    /// Keeps what a source said, over what it said before; it did not fail since.
    async fn keep_finding(&self, finding: &Finding) -> Stored<()>;
    /// Keeps that a source did not answer; what it said before stays.
    async fn keep_failure(&self, failed: &Failed) -> Stored<()>;
    /// Values that sources gave when the dossier was opened and that are not its answers; and the
    /// values that people set aside since, in the order they did.
    async fn set_beside(&self, id: &DossierId) -> Stored<(Vec<Candidate>, Vec<Kept>)>;
    /// Keeps that a person set values of a source aside, with its event. `false`: the dossier changed
    /// since it was read.
    async fn keep_own(&self, kept: &[Kept], step: &Step) -> Stored<bool>;
}

/// Who is in a dossier.
#[async_trait]
pub trait Presences: Send + Sync {
    /// Notes that a page is there, or forgets one that goes away, in the order they said so; says who
    /// is in its dossier, whoever said so last coming last.
    async fn arrive(&self, here: Here) -> Stored<Vec<Present>>;
    /// Who said since then that they are in these dossiers, in the order they said so.
    async fn present(&self, ids: &[DossierId], since: Millis) -> Stored<Vec<Present>>;
    /// Forgets whoever said nothing since.
    async fn forget_absent(&self, before: Millis) -> Stored<()>;
    /// Answers written since then.
    async fn changed_since(&self, id: &DossierId, since: Millis) -> Stored<Vec<(At, Written)>>;
    /// What the journals of these dossiers have after the places that are known, by dossier, in order.
    async fn events_since(&self, known: &[(DossierId, u32)]) -> Stored<Vec<Event>>;
}

/// A store.
#[async_trait]
pub trait Store:
    Accounts
    + Sessions
    + Forms
    + Dossiers
    + Shares
    + Instructions
    + Signals
    + Lenses
    + Attachments
    + Audits
    + Coverages
    + Findings
    + Labs
    + Presences
    + Worklists
    + Identities
    + SecondFactors
    + Teams
    + Studios
    + Mails
    + Personal
    + Retentions
    + Seals
    + Envelopes
    + Annexes
    + Commissions
    + FollowUps
    + Conventions
    + Desks
{
    /// Whether it reads and writes.
    async fn ping(&self) -> Stored<()>;
    /// Finishes what is waiting, then closes. Later writes are `Unavailable`.
    async fn close(&self);
}
