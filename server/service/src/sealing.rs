//! The signed head of the journals: once a day, where every journal stood as the day ended goes into one
//! hash, which goes on from that of the day before, and is signed. Whoever rewrites a journal with all its
//! hashes, or removes a dossier whole, would have to sign every day since again. See ADR 28.

mod digests;
mod key;

use form::Date;

use self::digests::Digests;
pub use self::key::Key;
use crate::{
    Millis, Services, StoreError,
    audit::{self, Verified},
    journal::sha256_hex,
};

/// How long after its end a day is sealed: longer than any transaction lasts, and than clocks of servers
/// differ. What was written before the end is there by then.
pub const MARGIN: i64 = 10 * 60_000;

/// The head of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The day, in Paris.
    pub day: Date,
    /// Its end: events before this moment, and since the seal before, are in it.
    pub until: Millis,
    /// Dossiers whose journal went on.
    pub dossiers: u64,
    /// Events.
    pub events: u64,
    /// SHA-256 of where these journals stood.
    pub digest: String,
    /// The seal before; empty for the first.
    pub previous: String,
    /// SHA-256 of all the above.
    pub seal: String,
    /// What was signed is what [`Seal::text`] says. Hexadecimal.
    pub signature: String,
    /// The key that it verifies with. Hexadecimal.
    pub public_key: String,
    /// When it was signed.
    pub at: Millis,
}

impl Seal {
    /// What is hashed and signed.
    pub fn text(&self) -> String {
        let Self { day, until, dossiers, events, digest, previous, .. } = self;
        format!("trame-journal 1\n{day}\n{}\n{dossiers}\n{events}\n{digest}\n{previous}\n", until.0)
    }
}

/// What came of signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// A day was sealed.
    Sealed(Seal),
    /// The last day that is over was sealed before, by this server or another one.
    Already(Date),
}

/// Seals the last day that is over, and with it every day since the seal before.
///
/// # Errors
/// When the store cannot answer.
pub async fn sign(services: &Services, key: &Key) -> Result<Signed, StoreError> {
    let now = services.now();
    let today = now.plus(-MARGIN).day_in_paris().ok_or(StoreError::Corrupt)?;
    let day = Date::from_days_since_epoch(today.days_since_epoch() - 1);
    let day = day.ok_or(StoreError::Corrupt)?;
    let last = services.store.last_seal().await?;
    if let Some(last) = last.as_ref().filter(|last| last.day >= day) {
        return Ok(Signed::Already(last.day));
    }
    let until = Millis::after_day_in_paris(day).ok_or(StoreError::Corrupt)?;
    let ends: Vec<Millis> = last.iter().map(|last| last.until).chain([until]).collect();
    let mut digests = Digests::new(ends);
    audit::walk(services, None, |row| digests.take(row)).await?;
    let told = digests.end().pop().ok_or(StoreError::Corrupt)?;
    let mut seal = Seal {
        day,
        until,
        dossiers: told.dossiers,
        events: told.events,
        digest: told.digest,
        previous: last.map(|last| last.seal).unwrap_or_default(),
        seal: String::new(),
        signature: String::new(),
        public_key: key.public(),
        at: now,
    };
    let text = seal.text();
    seal.seal = sha256_hex(text.as_bytes());
    seal.signature = key.sign(text.as_bytes());
    let added = services.store.add_seal(&seal).await?;
    Ok(if added { Signed::Sealed(seal) } else { Signed::Already(day) })
}

/// What is wrong with a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealWrong {
    /// The journals say something else of that day than what was sealed.
    Journals,
    /// It does not go on from the seal before: one was removed, moved or altered.
    Unchained,
    /// The signature is not of what it says.
    Signature,
    /// It is signed by another key than those that are trusted.
    UnknownKey,
}

/// The seals, looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// How many there are.
    pub seals: u64,
    /// The last one.
    pub last: Option<Seal>,
    /// The first day that does not agree, and why.
    pub wrong: Option<(Date, SealWrong)>,
}

/// Recomputes every journal, and every seal in the same walk. Without trusted keys (hexadecimal), a seal
/// is held against the key that it names itself.
///
/// # Errors
/// When the store cannot answer.
pub async fn verify(
    services: &Services,
    trusted: &[String],
) -> Result<(Verified, Sealed), StoreError> {
    // Read before the journals: a day that is sealed meanwhile is looked at next time.
    let seals = services.store.seals().await?;
    let mut digests = Digests::new(seals.iter().map(|seal| seal.until).collect());
    let verified = audit::walk(services, None, |row| digests.take(row)).await?;
    let told = digests.end();
    let mut previous = "";
    let mut wrong = None;
    for (seal, told) in seals.iter().zip(&told) {
        let text = seal.text();
        let is_known = trusted.is_empty() || trusted.contains(&seal.public_key);
        let found = if seal.previous != previous || seal.seal != sha256_hex(text.as_bytes()) {
            Some(SealWrong::Unchained)
        } else if !is_known {
            Some(SealWrong::UnknownKey)
        } else if !key::is_signed(text.as_bytes(), &seal.signature, &seal.public_key) {
            Some(SealWrong::Signature)
        } else {
            let same = (seal.dossiers, seal.events, &seal.digest)
                == (told.dossiers, told.events, &told.digest);
            (!same).then_some(SealWrong::Journals)
        };
        previous = &seal.seal;
        wrong = wrong.or(found.map(|found| (seal.day, found)));
    }
    let sealed = Sealed {
        seals: u64::try_from(seals.len()).unwrap_or(u64::MAX),
        wrong,
        last: seals.into_iter().next_back(),
    };
    Ok((verified, sealed))
}
