//! Where journals stood at several moments, in one walk over them.

use std::collections::BTreeMap;

use dossier::id::DossierId;
use sha2::{Digest as _, Sha256};

use crate::{Millis, audit::Row, journal::hex};

/// Where the journals that went on between two moments stood at the second.
pub struct Told {
    /// How many went on.
    pub dossiers: u64,
    /// By how many events.
    pub events: u64,
    /// SHA-256 of their lines: dossier, length, hash.
    pub digest: String,
}

/// One hash for each stretch of time.
pub struct Digests {
    ends: Vec<Millis>,
    stretches: Vec<(Sha256, u64, u64)>,
    dossier: Option<DossierId>,
    /// Where the journal of the dossier that is being walked stood, by stretch.
    stood: BTreeMap<usize, (u32, String)>,
}

impl Digests {
    /// Stretches that end before these moments, in order.
    pub fn new(ends: Vec<Millis>) -> Self {
        let stretches = ends.iter().map(|_| (Sha256::new(), 0, 0)).collect();
        Self { ends, stretches, dossier: None, stood: BTreeMap::new() }
    }

    /// The next row: journals one after the other, each in its order.
    pub fn take(&mut self, row: &Row) {
        if self.dossier.as_ref() != Some(&row.dossier) {
            self.turn();
            self.dossier = Some(row.dossier.clone());
        }
        // What does not read is in no stretch: the digest tells.
        let Some(event) = &row.event else { return };
        let place = self.ends.partition_point(|end| end.0 <= event.at);
        if let Some((_, _, events)) = self.stretches.get_mut(place) {
            *events += 1;
            self.stood.insert(place, (event.seq, event.hash.clone()));
        }
    }

    /// The journal of a dossier is over.
    fn turn(&mut self) {
        let Some(dossier) = self.dossier.take() else { return };
        for (place, (seq, hash)) in std::mem::take(&mut self.stood) {
            if let Some((digest, dossiers, _)) = self.stretches.get_mut(place) {
                digest.update(format!("{dossier} {seq} {hash}\n"));
                *dossiers += 1;
            }
        }
    }

    /// What there was, stretch by stretch.
    pub fn end(mut self) -> Vec<Told> {
        self.turn();
        let told = |(digest, dossiers, events): (Sha256, u64, u64)| Told {
            dossiers,
            events,
            digest: hex(&digest.finalize()),
        };
        self.stretches.into_iter().map(told).collect()
    }
}
