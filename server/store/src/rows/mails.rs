//! Rows of notices and messages.

use dossier::notice::{About, Topic};
use service::{
    Millis,
    mail::{Notice, Queued, Standing},
};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct NoticeRow {
    id: String,
    about: String,
    dossier_id: Option<String>,
    structure_id: Option<String>,
    seq: i64,
    actor: String,
    said: String,
    at: i64,
    kept_for: Option<String>,
}

impl NoticeRow {
    pub(crate) fn read(self) -> sqlx::Result<Notice> {
        Ok(Notice {
            id: self.id,
            about: About::from_code(&self.about).ok_or_else(|| corrupt("what a notice says"))?,
            dossier: self.dossier_id.map(Into::into),
            structure: self.structure_id.map(Into::into),
            seq: count(self.seq)?,
            actor: self.actor.into(),
            said: self.said,
            at: Millis(self.at),
            kept_for: self.kept_for.map(Into::into),
        })
    }
}

#[derive(FromRow)]
pub(crate) struct MailRow {
    id: String,
    account_id: Option<String>,
    address: String,
    topic: String,
    letter: String,
    at: i64,
    standing: String,
    tries: i64,
    since: i64,
    next_at: i64,
    ended_at: Option<i64>,
    error: String,
}

impl MailRow {
    pub(crate) fn read(self) -> sqlx::Result<Queued> {
        Ok(Queued {
            id: self.id,
            account: self.account_id.map(Into::into),
            to: self.address,
            topic: Topic::from_code(&self.topic),
            // Empty once it is sent; of another version, it cannot be read here.
            letter: serde_json::from_str(&self.letter).ok(),
            at: Millis(self.at),
            standing: Standing::from_code(&self.standing)
                .ok_or_else(|| corrupt("where a message stands"))?,
            tries: count(self.tries)?,
            since: Millis(self.since),
            next_at: Millis(self.next_at),
            ended_at: self.ended_at.map(Millis),
            error: self.error,
        })
    }
}
