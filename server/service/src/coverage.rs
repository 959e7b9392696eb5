//! What sources do for the dossiers: for each question of the national form, in how many dossiers a
//! source gave its answer, and what people made of it. Counts only: no answer, no structure.

use std::collections::BTreeMap;

use dossier::role::Scope;
use form::{Origin, Standing};

use crate::{Actor, Services, StoreError, drafts::ReadError};

/// In how many dossiers a question has an answer of this provenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The question.
    pub field: String,
    /// Who gave the answer, and what a person made of it; `None` for an answer that was typed.
    pub from: Option<(Origin, Standing)>,
    /// Dossiers.
    pub dossiers: u32,
}

/// What became of the answers to one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By the source that gave it: still to be confirmed, kept, corrected.
    pub given: BTreeMap<Origin, Given>,
    /// Dossiers in which it was typed, with nothing given.
    pub typed: u32,
}

/// What people made of what one source gave, in dossiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Nobody looked yet.
    pub waits: u32,
    /// Kept.
    pub kept: u32,
    /// Corrected, or emptied.
    pub corrected: u32,
}

impl Given {
    /// Dossiers in all.
    pub fn all(self) -> u32 {
        self.waits + self.kept + self.corrected
    }
}

/// The counts of the running base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Dossiers counted: requests that were not given up.
    pub dossiers: u32,
    /// By question.
    pub questions: BTreeMap<String, Tally>,
}

/// Counts, for who steers the whole country.
///
/// # Errors
/// For anybody else there is no such page.
pub async fn read(services: &Services, actor: &Actor) -> Result<Coverage, ReadError> {
    if actor.scope != Scope::National {
        return Err(ReadError::NotFound);
    }
    Ok(count(services).await?)
}

/// The counts themselves, for pages that show few of them.
pub(crate) async fn count(services: &Services) -> Result<Coverage, StoreError> {
    let (dossiers, counts) = services.store.provenances(crate::forms::CONVENTIONNEMENT).await?;
    let mut questions: BTreeMap<String, Tally> = BTreeMap::new();
    for Count { field, from, dossiers } in counts {
        let tally = questions.entry(field).or_default();
        let Some((origin, standing)) = from else {
            tally.typed += dossiers;
            continue;
        };
        let given = tally.given.entry(origin).or_default();
        match standing {
            Standing::ToConfirm => given.waits += dossiers,
            Standing::Confirmed => given.kept += dossiers,
            Standing::Overridden => given.corrected += dossiers,
        }
    }
    Ok(Coverage { dossiers, questions })
}
