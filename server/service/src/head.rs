//! What a list shows of a dossier, and what a deposit is.

use std::collections::BTreeMap;

use dossier::{
    form::revisions::FormKey,
    id::{AccountId, DossierId, StructureId},
    right::{Right, allows},
    share::Part,
    state::State,
};
use form::{Answers, At};
use serde::{Deserialize, Serialize};

use crate::{Actor, Millis, attachments::Frozen};

/// A dossier without its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierHead {
    /// Its id.
    pub id: DossierId,
    /// The structure that asks.
    pub structure_id: StructureId,
    /// Its name.
    pub structure_name: String,
    /// Which form: "conventionnement", "bilan".
    pub form: String,
    /// Which revision of it.
    pub revision: u32,
    /// Kind of structure: "EI", "ACI" …
    pub kind: String,
    /// Nature of the request: "first", "renewal", "annual", "amendment".
    pub request_kind: String,
    /// "DC" or "MP".
    pub perimeter: String,
    /// Year that is asked for.
    pub year: i32,
    /// Département of deposit.
    pub department: String,
    /// Where it stands.
    pub state: State,
    /// When it was opened.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// Who changed it last.
    pub updated_by: AccountId,
    /// Name of who changed it last.
    pub updated_by_name: String,
    /// How many times it was deposited.
    pub deposits: u32,
    /// Events in its journal.
    pub journal_seq: u32,
    /// Hash of the last event.
    pub journal_hash: String,
    /// What is laid over the national form, with its number ("nievre-2"); empty for nothing.
    pub overlay: String,
}

impl DossierHead {
    /// Which form exactly it follows.
    pub fn form_key(&self) -> FormKey {
        let Self { form, revision, overlay, .. } = self;
        FormKey { form: form.clone(), revision: *revision, overlay: overlay.clone() }
    }

    /// Whether it changes a convention in force; it then stands beside the request it amends.
    pub fn is_amendment(&self) -> bool {
        self.request_kind == "amendment"
    }

    /// Whether this actor writes all its answers (when its state allows it) and reads its draft.
    pub fn is_of(&self, actor: &Actor) -> bool {
        self.part_of(actor) == Some(Part::Whole)
    }

    /// The part of it that this actor fills (when its state allows it) and reads.
    pub fn part_of(&self, actor: &Actor) -> Option<Part> {
        actor.scope.part_of(actor.role, &self.id, &self.structure_id)
    }

    /// Whether this actor has a right on it, among the dossiers that they see.
    pub fn may(&self, actor: &Actor, right: Right) -> bool {
        allows(actor.role_in(&self.structure_id), right, self.state)
    }

    /// Whether this actor may know that it exists: its structure always, others once deposited.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        let within = actor.scope.includes(&self.structure_id, &self.department);
        let reads = self.deposits > 0 && self.may(actor, Right::ReadDeposit);
        within && (actor.role.is_siae() || reads)
    }
}

/// A deposited dossier: frozen, never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// The dossier.
    pub dossier: DossierId,
    /// First, second … deposit of this dossier, from 1.
    pub ordinal: u32,
    /// Number of the receipt, "2027-058-000123".
    pub number: String,
    /// Revision of the form.
    pub form_revision: u32,
    /// The answers that count, canonical: see [`Snapshot`].
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
    /// Hash of the journal's event that records it.
    pub journal_hash: String,
}

/// What the bytes of a deposit say. Keys are sorted, so that the same answers give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Canonical text by place.
    pub answers: BTreeMap<String, String>,
    /// The documents that were attached, by place. Their hashes are part of the hash of the deposit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, Frozen>,
    /// Which form.
    pub form: String,
    /// What is laid over it, with its number; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub overlay: String,
    /// Which revision of it.
    pub revision: u32,
}

impl Snapshot {
    /// Which form exactly was deposited.
    pub fn form_key(&self) -> FormKey {
        let Self { form, revision, overlay, .. } = self;
        FormKey { form: form.clone(), revision: *revision, overlay: overlay.clone() }
    }

    /// The answers, canonical, without version or provenance.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for (at, canonical) in &self.answers {
            answers.set(At::parse(at), canonical.clone());
        }
        answers
    }
}

impl Deposit {
    /// What was deposited; `None` when the bytes are not those of a deposit.
    pub fn snapshot(&self) -> Option<Snapshot> {
        serde_json::from_slice(&self.bytes).ok()
    }

    /// The deposited answers, canonical, without version or provenance.
    pub fn answers(&self) -> Option<Answers> {
        self.snapshot().map(|snapshot| snapshot.answers())
    }

    /// What the depositor gets.
    pub fn receipt(&self) -> Receipt {
        Receipt {
            dossier: self.dossier.clone(),
            ordinal: self.ordinal,
            number: self.number.clone(),
            sha256: self.sha256.clone(),
            at: self.at,
            by_name: self.by_name.clone(),
        }
    }
}

/// Proof of a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The dossier.
    pub dossier: DossierId,
    /// First, second … deposit of this dossier, from 1.
    pub ordinal: u32,
    /// Number of the receipt, "2027-058-000123".
    pub number: String,
    /// SHA-256 of what was deposited, hexadecimal.
    pub sha256: String,
    /// When.
    pub at: Millis,
    /// Name of who deposited.
    pub by_name: String,
}
