//! Forgetting what is due, batch by batch: each is one transaction with its note. What stops half-way goes
//! on where it was; two servers that forget together forget once.

use std::collections::BTreeMap;

use dossier::{
    event::EventKind,
    id::{AccountId, DossierId},
    retention::Kind,
    state::State,
};

use super::{BATCH, Forgotten, KeptDossier, Structures, start_of};
use crate::{
    Millis, Services, StoreError,
    journal::{self, Step},
};

/// Who the journal says forgot something: an account that nobody enters by.
pub const ACCOUNT: &str = "trame";

/// How many lines, dossiers or accounts went, by rule.
pub type Gone = BTreeMap<Kind, u64>;

/// Forgets what is due by these rules, and says so batch by batch.
///
/// # Errors
/// When the store cannot answer: what went by then is noted, the rest is still there.
pub async fn apply(
    services: &Services,
    kinds: &[Kind],
    mut tell: impl FnMut(Kind, u64) + Send,
) -> Result<Gone, StoreError> {
    let mut gone = Gone::new();
    let mut told = |kind: Kind, count: u64| {
        if count > 0 {
            *gone.entry(kind).or_default() += count;
            tell(kind, count);
        }
    };
    for kind in kinds.iter().copied() {
        match kind {
            Kind::SignIns | Kind::Mails | Kind::Invitations => {
                while let Some(note) = note(services, kind, "") {
                    let count = services.store.forget(kind, &note, BATCH).await?;
                    told(kind, count);
                    if count == 0 {
                        break;
                    }
                }
            }
            Kind::Readings | Kind::Drafts => {
                let mut after = DossierId::from("");
                loop {
                    let batch = services.store.kept_dossiers(&after, BATCH).await?;
                    let Some(last) = batch.last() else { break };
                    after = last.id.clone();
                    for dossier in &batch {
                        told(kind, of_dossier(services, kind, dossier).await?);
                    }
                }
            }
            Kind::Accounts => accounts(services, &mut told).await?,
            // Planned, and not done: see the table.
            Kind::Participants | Kind::Deposits => {}
        }
    }
    Ok(gone)
}

/// A note that all is forgotten of a kind and a subject that is old enough today.
fn note(services: &Services, kind: Kind, subject: &str) -> Option<Forgotten> {
    let limit = services.retention.term(kind).limit(services.clock.today()?)?;
    let up_to = Millis(start_of(limit).0.saturating_add(super::DAY)).min(services.now());
    let (id, at) = (services.ulid(), services.now());
    Some(Forgotten { id, kind, subject: subject.to_owned(), up_to, at })
}

async fn of_dossier(
    services: &Services,
    kind: Kind,
    dossier: &KeptDossier,
) -> Result<u64, StoreError> {
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let facts = dossier.facts().ok_or(StoreError::Corrupt)?;
    if facts.hold(today).is_some() {
        return Ok(0);
    }
    let Some(note) = note(services, kind, dossier.id.as_str()) else { return Ok(0) };
    if kind == Kind::Readings {
        return services.store.forget_readings(&dossier.id, dossier.journal_seq, &note).await;
    }
    let due = services.retention.due_of(Kind::Drafts, None, &facts);
    if !dossier.is_draft() || due.is_none_or(|due| due > today) {
        return Ok(0);
    }
    let head = services.store.head(&dossier.id).await?;
    let Some(mut head) = head.filter(|head| head.journal_seq == dossier.journal_seq) else {
        return Ok(0);
    };
    let rule = kind.code().to_owned();
    let seen = head.journal_seq;
    head.state = State::Abandoned;
    let event = journal::note(&mut head, &ACCOUNT.into(), note.at, EventKind::Forgotten { rule });
    let forgotten = services.store.forget_draft(&Step { seen, head, event }, &note).await?;
    Ok(u64::from(forgotten))
}

async fn accounts(
    services: &Services,
    told: &mut (impl FnMut(Kind, u64) + Send),
) -> Result<(), StoreError> {
    let (policy, store) = (&services.retention, &services.store);
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let mut structures = Structures::default();
    let mut after = DossierId::from("");
    loop {
        let batch = store.kept_dossiers(&after, BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id.clone();
        for dossier in &batch {
            structures.add(dossier, dossier.facts().ok_or(StoreError::Corrupt)?);
        }
    }
    let mut after = AccountId::from("");
    loop {
        let batch = store.kept_accounts(&after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = last.id.clone();
        for account in &batch {
            if structures.due(policy, account).is_none_or(|due| due > today) {
                continue;
            }
            let Some(note) = note(services, Kind::Accounts, account.id.as_str()) else { continue };
            let closed = store.close_account(&account.id, &note).await?;
            told(Kind::Accounts, u64::from(closed));
        }
    }
}
