//! What the use cases of mail ask of a store.

use async_trait::async_trait;
use dossier::{
    id::{AccountId, DossierId},
    notice::{Pace, Topic},
    role::Role,
};
use form::Date;

use super::Stored;
use crate::{
    Millis,
    mail::{Counts, Notice, Queued, Standing, Telling, sending::Settled},
};

/// What people are to be told, and the queue of messages. Notices of dossiers and demands are written by
/// the store itself, in the transaction of what they tell.
#[async_trait]
pub trait Mails: Send + Sync {
    /// Notices that nobody was told yet, oldest first, at most so many.
    async fn notices(&self, most: u32) -> Stored<Vec<Notice>>;
    /// Notices kept for the digest of a person, oldest first.
    async fn notices_kept_for(&self, account: &AccountId) -> Stored<Vec<Notice>>;
    /// Writes messages and forgets what they tell. `false`: another server did, and nothing is written.
    async fn tell(&self, telling: &Telling) -> Stored<bool>;
    /// Whether a message of this key was written.
    async fn has_mail(&self, key: &str) -> Stored<bool>;
    /// Returns whose last day is within a week.
    async fn returns_due(&self, today: Date) -> Stored<Vec<DossierId>>;
    /// Whose digest was last written before this moment, and when: people of these roles, and those for
    /// whom notices are kept.
    async fn digests_due(
        &self,
        roles: &[Role],
        before: Millis,
        most: u32,
    ) -> Stored<Vec<(AccountId, Option<Millis>)>>;
    /// The départements of an agent.
    async fn territory(&self, account: &AccountId) -> Stored<Vec<String>>;
    /// Gives messages that wait to a server for itself, until the second moment.
    async fn take_mails(
        &self,
        lease: &str,
        within: (Millis, Millis),
        most: u32,
    ) -> Stored<Vec<Queued>>;
    /// Writes what became of a message; what was sent says nothing any more. `false`: it is not of this
    /// lease.
    async fn settle_mail(&self, id: &str, lease: &str, settled: &Settled) -> Stored<bool>;
    /// What somebody chose.
    async fn mail_choices(&self, account: &AccountId) -> Stored<Vec<(Topic, Pace)>>;
    /// Keeps choices; what waits of a topic that is turned off is not sent.
    async fn put_mail_choices(&self, account: &AccountId, choices: &[(Topic, Pace)]) -> Stored<()>;
    /// The key that links are signed with: this one, if there is none yet.
    async fn mail_key(&self, fresh: &str) -> Stored<String>;
    /// Messages that stand so, latest first, at most so many.
    async fn mails(&self, standing: Standing, most: u32) -> Stored<Vec<Queued>>;
    /// A message.
    async fn mail(&self, id: &str) -> Stored<Option<Queued>>;
    /// Tries a message that was given up again, from the beginning; `false` when it was not.
    async fn retry_mail(&self, id: &str, now: Millis) -> Stored<bool>;
    /// How many stand where.
    async fn mail_counts(&self) -> Stored<Counts>;
    /// What is shown of a demonstration to this person, latest first, at most so many.
    async fn mails_shown(&self, account: &AccountId, most: u32) -> Stored<Vec<Queued>>;
    /// Forgets what ended before, and notices that are as old.
    async fn forget_mails(&self, before: Millis) -> Stored<u64>;
}
