//! Whether the journals are whole: every row recomputed, nothing trusted.

use dossier::{event::Event, id::DossierId};

use crate::{Services, StoreError, journal::sha256_hex};

/// Events that are read at once.
const BATCH: u32 = 5_000;

/// What is wrong in a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A row is missing before this one, or rows were moved.
    Missing,
    /// The row says something else than what was hashed.
    Altered,
    /// The row does not follow the one before.
    Unchained,
    /// The last rows are missing: the dossier knows of more.
    CutShort,
}

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The dossier.
    pub dossier: DossierId,
    /// The row.
    pub seq: u32,
    /// What.
    pub wrong: Wrong,
}

/// What was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Events.
    pub events: u64,
    /// Dossiers.
    pub dossiers: u64,
    /// What is wrong.
    pub breaches: Vec<Breach>,
}

/// Recomputes the journal of every dossier, or of one, a few thousand rows at a time.
///
/// # Errors
/// When the store cannot answer.
pub async fn verify(services: &Services, only: Option<&DossierId>) -> Result<Verified, StoreError> {
    walk(services, only, |_| {}).await
}

/// The same, and shows each row: journals one after the other, each in its order.
pub(crate) async fn walk(
    services: &Services,
    only: Option<&DossierId>,
    mut each: impl FnMut(&Row) + Send,
) -> Result<Verified, StoreError> {
    let mut verified = Verified::default();
    let mut chain = Chain::default();
    let mut after: (DossierId, u32) = only.map_or_else(|| ("".into(), 0), |id| (id.clone(), 0));
    loop {
        let events = services.store.events_after(&after, BATCH).await?;
        let Some(last) = events.last() else { break };
        after = (last.dossier.clone(), last.seq);
        let asked = |row: &&Row| only.is_none_or(|only| *only == row.dossier);
        for row in events.iter().take_while(asked) {
            verified.events += 1;
            verified.breaches.extend(chain.next(row));
            each(row);
        }
        if only.is_some_and(|only| *only != after.0) {
            break;
        }
    }
    // The head says how far the journal goes, so that what is cut from its end shows too.
    let mut after = DossierId::from("");
    loop {
        let ends = services.store.journal_ends(&after, BATCH).await?;
        let Some(last) = ends.last() else { break };
        after = last.id.clone();
        for end in ends.iter().filter(|end| only.is_none_or(|only| *only == end.id)) {
            verified.dossiers += 1;
            let whole = end.last.as_ref() == Some(&(end.seq, end.hash.clone()));
            if !whole {
                let (dossier, seq) = (end.id.clone(), end.seq);
                verified.breaches.push(Breach { dossier, seq, wrong: Wrong::CutShort });
            }
        }
    }
    Ok(verified)
}

/// One row of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The dossier.
    pub dossier: DossierId,
    /// Its place.
    pub seq: u32,
    /// What it says; none when that does not read.
    pub event: Option<Event>,
}

/// Where the journal of a dossier ends, as its head says and as its rows do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEnd {
    /// The dossier.
    pub id: DossierId,
    /// Length that the head says.
    pub seq: u32,
    /// Hash that the head says.
    pub hash: String,
    /// The last row; none when there is no row.
    pub last: Option<(u32, String)>,
}

/// The chain of the dossier that is being looked at.
#[derive(Default)]
struct Chain {
    dossier: Option<DossierId>,
    seq: u32,
    hash: String,
}

impl Chain {
    fn next(&mut self, row: &Row) -> Option<Breach> {
        if self.dossier.as_ref() != Some(&row.dossier) {
            *self = Self { dossier: Some(row.dossier.clone()), ..Self::default() };
        }
        let before = std::mem::replace(&mut self.seq, row.seq);
        let wrong = match &row.event {
            _ if row.seq != before + 1 => Some(Wrong::Missing),
            Some(event) if event.hash == sha256_hex(&event.canonical_bytes()) => {
                (event.previous_hash != self.hash).then_some(Wrong::Unchained)
            }
            _ => Some(Wrong::Altered),
        };
        self.hash = row.event.as_ref().map(|event| event.hash.clone()).unwrap_or_default();
        wrong.map(|wrong| Breach { dossier: row.dossier.clone(), seq: row.seq, wrong })
    }
}
