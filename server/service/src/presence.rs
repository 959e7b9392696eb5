//! Who else is in a dossier, at which step, and what they changed since: told by pages that say from
//! time to time that they are there. Nothing here is kept for long, and nothing of it is an answer.
//!
//! Those who fill a dossier see one another, and those who read its deposit on the State's side see one
//! another; neither side sees the other.

use std::collections::BTreeMap;

use dossier::id::{AccountId, DossierId, is_ulid};
use form::At;

use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::{self, ReadError},
    forms,
    saving::Written,
};

/// Who said nothing for this long is gone, in milliseconds.
pub const LASTS: i64 = 60_000;
/// Changes are looked for from this much before the last one known: clocks of servers differ, and a
/// version tells what is known already. In milliseconds.
const OVERLAP: i64 = 60_000;

/// Before what a reader of the deposit looks at, where others have their step: no step is called so.
const READING: &str = "instruction:";

/// One page that says it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The dossier.
    pub dossier: DossierId,
    /// ULID made by the page.
    pub page: String,
    /// Whose page.
    pub account: AccountId,
    /// The step it shows, or what is read there; empty when it goes away.
    pub section: String,
    /// When.
    pub at: Millis,
}

impl Here {
    /// A page that reads the deposit through this lens; empty for all of it.
    pub fn reading(
        (dossier, page): (DossierId, String),
        actor: &Actor,
        lens: &str,
        at: Millis,
    ) -> Self {
        let section = format!("{READING}{lens}");
        Self { dossier, page, account: actor.account_id.clone(), section, at }
    }

    /// The same page, going away.
    #[must_use]
    pub fn leaving(self, at: Millis) -> Self {
        Self { section: String::new(), at, ..self }
    }
}

/// Somebody in a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The dossier.
    pub dossier: DossierId,
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// The step they are at, or what they read.
    pub section: String,
}

impl Present {
    /// What somebody reads of the deposit, who reads it on the State's side: a lens, or nothing for all
    /// of it. `None` for somebody who fills the dossier.
    pub fn lens(&self) -> Option<&str> {
        self.section.strip_prefix(READING)
    }
}

/// What a page knows when it says it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    /// ULID of the page.
    pub page: String,
    /// The step it shows; empty when it goes away.
    pub section: String,
    /// Length of the journal, as it knows it.
    pub seq: u32,
    /// When the last change was that it knows.
    pub since: Millis,
}

/// What it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The others, each once.
    pub others: Vec<Present>,
    /// The dossier as it is now.
    pub head: DossierHead,
    /// Answers that changed since, and maybe some that did before.
    pub changed: Vec<(At, Written)>,
}

/// A page says that it is there, or that it goes away; and learns who else is, and what changed.
///
/// # Errors
/// When the step is in no part of a dossier that is the actor's.
pub async fn beat(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    beat: Beat,
) -> Result<Around, ReadError> {
    let (head, part) = drafts::part(services, actor, id).await?;
    let form = forms::of(services, &head.form_key()).await?.revision;
    let Beat { page, section, seq, since } = beat;
    let goes = section.is_empty();
    let known = goes || (part.holds(&section) && form.section(&section).is_some());
    if !known || !is_ulid(&page) {
        return Err(ReadError::NotFound);
    }
    let (dossier, account, at) = (id.clone(), actor.account_id.clone(), services.now());
    let here = Here { dossier, page, account, section, at };
    let mut others = apart(services.store.arrive(here).await?, actor);
    if goes {
        return Ok(Around { others: Vec::new(), head, changed: Vec::new() });
    }
    others.retain(|other| other.lens().is_none() && part.holds(&other.section));
    let mut changed = Vec::new();
    if head.journal_seq != seq {
        changed = services.store.changed_since(id, since.plus(-OVERLAP)).await?;
        changed.retain(|(at, _)| part.holds_question(form, &at.field));
    }
    Ok(Around { others, head, changed })
}

/// Who else is in these dossiers, which are the actor's.
///
/// # Errors
/// When the store cannot answer.
pub async fn present(
    services: &Services,
    actor: &Actor,
    heads: &[&DossierHead],
) -> Result<Vec<Present>, StoreError> {
    let ours = heads.iter().filter(|head| head.is_of(actor));
    let ids: Vec<DossierId> = ours.map(|head| head.id.clone()).collect();
    let mut all = services.store.present(&ids, services.now().plus(-LASTS)).await?;
    all.retain(|one| one.lens().is_none());
    Ok(apart(all, actor))
}

/// Who reads the deposits of these dossiers on the State's side, in the order they said so.
///
/// # Errors
/// When the store cannot answer.
pub async fn readers(services: &Services, ids: &[DossierId]) -> Result<Vec<Present>, StoreError> {
    let mut all = services.store.present(ids, services.now().plus(-LASTS)).await?;
    all.retain(|one| one.lens().is_some());
    Ok(all)
}

/// The others, each once in a dossier: where they said last that they are.
pub fn apart(all: Vec<Present>, actor: &Actor) -> Vec<Present> {
    let others = all.into_iter().filter(|one| one.account != actor.account_id);
    let one_each: BTreeMap<_, _> =
        others.map(|one| ((one.dossier.clone(), one.account.clone()), one)).collect();
    one_each.into_values().collect()
}
