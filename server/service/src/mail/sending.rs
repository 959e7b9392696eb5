//! Handing messages out to be sent, each to one server at a time, and what became of them.

use super::{Letter, Mail, Outgoing, Queued};
use crate::{Millis, Services, StoreError};

/// How long a server has a message for itself. It must be longer than sending may take: whoever has it
/// for longer may have died.
pub const LEASE: i64 = 3 * 60_000;
/// How long a message is tried before it is given up.
pub const PATIENCE: i64 = 3 * 24 * 60 * 60_000;
/// The first delay between two tries, and the longest.
const DELAYS: (i64, i64) = (60_000, 4 * 60 * 60_000);
/// How long what was sent or given up is remembered: who, when, and under which key.
const REMEMBERED: i64 = 90 * 24 * 60 * 60_000;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it.
    Sent,
    /// Not now: it is tried again.
    Again(String),
    /// Never: it is given up.
    Refused(String),
}

/// A message that this server is sending.
#[derive(Clone, Debug)]
pub struct Leased {
    /// The message.
    pub mail: Queued,
    /// What it says.
    pub letter: Letter,
    lease: String,
}

/// What is written of a message that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is sent.
    Sent(Millis),
    /// It is given up, for this reason.
    Failed(Millis, String),
    /// It waits until then, for this reason.
    Waits(Millis, String),
}

/// Takes messages to send, those that wait longest first.
///
/// # Errors
/// When the store cannot answer.
pub async fn take(services: &Services, most: u32) -> Result<Vec<Leased>, StoreError> {
    if services.mail != Outgoing::Sent {
        return Ok(Vec::new());
    }
    let (now, lease) = (services.now(), services.ulid());
    let taken = services.store.take_mails(&lease, (now, now.plus(LEASE)), most).await?;
    let mut leased = Vec::new();
    for mut mail in taken {
        if let Some(letter) = mail.letter.take() {
            leased.push(Leased { mail, letter, lease: lease.clone() });
        } else {
            // Written by another version: nobody here can say it.
            let failed = Settled::Failed(now, "unreadable".to_owned());
            services.store.settle_mail(&mail.id, &lease, &failed).await?;
        }
    }
    Ok(leased)
}

/// Says what became of a message; `false` when another server has it since.
///
/// # Errors
/// When the store cannot answer: the message is sent again once its lease is over.
pub async fn settle(
    services: &Services,
    leased: &Leased,
    outcome: Outcome,
) -> Result<bool, StoreError> {
    let now = services.now();
    let Leased { mail, lease, .. } = leased;
    let settled = match outcome {
        Outcome::Sent => Settled::Sent(now),
        Outcome::Refused(why) => Settled::Failed(now, why),
        Outcome::Again(why) if now.0 - mail.since.0 >= PATIENCE => Settled::Failed(now, why),
        Outcome::Again(why) => {
            let [a, b, c, d, ..] = services.ids.secret();
            let random = u32::from_le_bytes([a, b, c, d]);
            Settled::Waits(now.plus(delay(mail.tries.saturating_sub(1), random)), why)
        }
    };
    services.store.settle_mail(&mail.id, lease, &settled).await
}

/// Milliseconds before the next try, after so many that failed before the last: twice as long each time, with a quarter more or less,
/// so that what failed together is not tried together.
pub fn delay(tries: u32, random: u32) -> i64 {
    let (first, longest) = DELAYS;
    let whole =
        first.saturating_mul(1_i64.checked_shl(tries.min(20)).unwrap_or(i64::MAX)).min(longest);
    let half = whole / 2;
    whole - whole / 4 + half * i64::from(random) / i64::from(u32::MAX)
}

/// Forgets messages that were sent or given up long ago, and notices that nobody will be told.
///
/// # Errors
/// When the store cannot answer.
pub async fn sweep(services: &Services) -> Result<u64, StoreError> {
    services.store.forget_mails(services.now().plus(-REMEMBERED)).await
}

/// A message to try the way with.
///
/// # Errors
/// When mail is off here, or the store cannot answer.
pub async fn trial(services: &Services, to: &str) -> Result<(), StoreError> {
    let (id, at) = (services.ulid(), services.now());
    let mail = Mail {
        key: format!("essai.{id}"),
        id,
        account: None,
        to: to.to_owned(),
        topic: None,
        letter: Letter::Trial,
        at,
        shown: services.mail == Outgoing::Shown,
    };
    let telling = super::Telling { mails: vec![mail], ..super::Telling::default() };
    services.store.tell(&telling).await.map(drop)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn delays_double_up_to_hours() {
        let middle = u32::MAX / 2;
        let minutes = |tries| (delay(tries, middle) + 30_000) / 60_000;
        assert_eq!([0, 1, 2, 3, 7, 8, 60].map(minutes), [1, 2, 4, 8, 128, 240, 240]);
    }

    proptest! {
        #[test]
        fn a_delay_is_within_a_quarter(tries in 0_u32..100, random: u32) {
            let (delay, longest) = (delay(tries, random), DELAYS.1);
            prop_assert!(delay >= DELAYS.0 * 3 / 4);
            prop_assert!(delay <= longest * 5 / 4);
        }
    }
}
