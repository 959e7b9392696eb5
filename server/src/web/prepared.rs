//! What every step of a draft shows of the whole dossier, prepared once per change: reading hundreds
//! of answers and checking them costs more than all the rest of a page; and what was deposited last
//! year, which never changes. This is no state: each use asks the store whether it still stands, so
//! that several servers may share one database.

use std::{
    hash::Hash,
    num::NonZeroUsize,
    sync::{Arc, Mutex},
};

use app::{
    draft::{Checked, checked},
    shell::embeddable,
};
use dossier::{form::Form, id::DossierId, share::Part};
use form::Answers;
use lru::LruCache;
use service::{
    Actor, DossierHead, deposits,
    drafts::{self, Draft},
    head::Snapshot,
};

use super::{Web, answer::Refusal};

/// Most of each kept, of about 150 kB and 50 kB.
const MOST: NonZeroUsize = NonZeroUsize::new(96).expect("not zero");

/// A draft, read and checked.
pub struct Prepared {
    /// Length of the journal when it was read.
    pub seq: u32,
    /// The answers.
    pub answers: Arc<Answers>,
    /// What the rules say of them.
    pub checked: Checked,
    /// The answers for the browser programme, ready to be embedded.
    pub embedded: String,
}

/// The drafts and the deposits read last.
pub struct Readings {
    drafts: Mutex<LruCache<DossierId, Arc<Prepared>>>,
    deposits: Mutex<LruCache<(DossierId, u32), Arc<Snapshot>>>,
}

impl Default for Readings {
    fn default() -> Self {
        Self { drafts: Mutex::new(LruCache::new(MOST)), deposits: Mutex::new(LruCache::new(MOST)) }
    }
}

fn kept<K: Hash + Eq, V>(cache: &Mutex<LruCache<K, Arc<V>>>, key: &K) -> Option<Arc<V>> {
    cache.lock().ok()?.get(key).cloned()
}

fn keep<K: Hash + Eq, V>(cache: &Mutex<LruCache<K, Arc<V>>>, key: K, value: &Arc<V>) {
    if let Ok(mut cache) = cache.lock() {
        cache.put(key, Arc::clone(value));
    }
}

/// The draft of this head, as far as the actor fills it. What a guest may know of it is read anew each
/// time: of other steps, nothing stands here that could be taken for theirs.
pub async fn draft(
    web: &Web,
    actor: &Actor,
    (head, part): (&DossierHead, &Part),
    form: &Form,
) -> Result<Arc<Prepared>, Refusal> {
    if *part != Part::Whole {
        let (draft, part) = drafts::read_part(&web.services, actor, &head.id).await?;
        return Ok(Arc::new(Prepared::of(draft, &part, form)?));
    }
    let prepared = kept(&web.readings.drafts, &head.id);
    if let Some(prepared) = prepared.filter(|prepared| prepared.seq == head.journal_seq) {
        return Ok(prepared);
    }
    let draft = drafts::read(&web.services, actor, &head.id).await?;
    let prepared = Arc::new(Prepared::of(draft, part, form)?);
    keep(&web.readings.drafts, head.id.clone(), &prepared);
    Ok(prepared)
}

impl Prepared {
    fn of(Draft { head, answers }: Draft, part: &Part, form: &Form) -> Result<Self, Refusal> {
        let json = serde_json::to_string(&answers.without_sources());
        Ok(Self {
            seq: head.journal_seq,
            checked: checked(form, &answers).within(form.revision, part),
            embedded: embeddable(&json.map_err(|_| Refusal::Unavailable)?),
            answers: Arc::new(answers),
        })
    }
}

/// What the same request said the year before; `None` when there was none.
pub async fn last_year(
    web: &Web,
    actor: &Actor,
    head: &DossierHead,
) -> Result<Option<Arc<Snapshot>>, Refusal> {
    let Some(which) = deposits::of_last_year(&web.services, actor, head).await? else {
        return Ok(None);
    };
    if let Some(snapshot) = kept(&web.readings.deposits, &which) {
        return Ok(Some(snapshot));
    }
    let deposit = deposits::last_year(&web.services, actor, head, &which).await?;
    let snapshot = deposit.snapshot().map(Arc::new);
    if let Some(snapshot) = &snapshot {
        keep(&web.readings.deposits, which, snapshot);
    }
    Ok(snapshot)
}
