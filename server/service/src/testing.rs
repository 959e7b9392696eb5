//! A clock and ids that tests drive by hand, a person and a draft to try things on.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use dossier::{
    role::{Role, Scope},
    state::State,
};
use ulid::Ulid;

use crate::{Actor, Clock, DossierHead, Ids, Millis};

/// Somebody of the structure "S", by this name and id.
pub fn member(name: &str) -> Actor {
    Actor {
        account_id: name.into(),
        name: name.into(),
        title: String::new(),
        role: Role::SiaeMember,
        scope: Scope::Structures(vec!["S".into()]),
        admin_of: vec![],
    }
}

/// The draft "D" of the structure "S", as Anne opened it.
pub fn draft() -> DossierHead {
    DossierHead {
        id: "D".into(),
        structure_id: "S".into(),
        structure_name: "S".into(),
        form: "essai".into(),
        revision: 1,
        kind: "ACI".into(),
        request_kind: "first".into(),
        perimeter: "DC".into(),
        year: 2027,
        department: "58".into(),
        state: State::Draft,
        created_at: Millis(0),
        updated_at: Millis(0),
        updated_by: "Anne".into(),
        updated_by_name: "Anne".into(),
        deposits: 0,
        journal_seq: 0,
        journal_hash: String::new(),
        overlay: String::new(),
    }
}

/// A clock that stands still until it is told to go on.
#[derive(Debug, Default)]
pub struct MockClock(AtomicI64);

impl MockClock {
    /// A clock at this moment.
    pub fn at(now: Millis) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Goes on by this much.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// Ids in order, and secrets everybody can guess.
#[derive(Debug, Default)]
pub struct SequentialIds(AtomicU64);

impl Ids for SequentialIds {
    fn ulid(&self, at: Millis) -> String {
        let millis = u64::try_from(at.0).unwrap_or_default();
        Ulid::from_parts(millis, self.0.fetch_add(1, Ordering::SeqCst).into()).to_string()
    }

    fn secret(&self) -> [u8; 32] {
        let mut secret = [7; 32];
        secret[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes());
        secret
    }
}
