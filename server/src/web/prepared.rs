//! What every step of a draft shows of the whole dossier, prepared once per change: reading hundreds
//! of answers and checking them costs more than all the rest of a page. This is no state: each use
//! compares with the journal in the store, so that several servers may share one database.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex},
};

use app::{
    draft::{Checked, checked},
    shell::embeddable,
};
use dossier::{form::Form, id::DossierId};
use form::Answers;
use lru::LruCache;
use service::{Actor, DossierHead, drafts};

use super::{Web, answer::Refusal};

/// Most dossiers kept, of about 150 kB each.
const MOST: NonZeroUsize = NonZeroUsize::new(128).expect("not zero");

/// A draft, read and checked.
pub struct Prepared {
    /// Length of the journal when it was read.
    seq: u32,
    /// The answers.
    pub answers: Arc<Answers>,
    /// What the rules say of them.
    pub checked: Checked,
    /// The answers for the browser programme, ready to be embedded.
    pub embedded: String,
}

/// The drafts read last.
pub struct PreparedDrafts(Mutex<LruCache<DossierId, Arc<Prepared>>>);

impl Default for PreparedDrafts {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl PreparedDrafts {
    fn get(&self, head: &DossierHead) -> Option<Arc<Prepared>> {
        let mut kept = self.0.lock().ok()?;
        kept.get(&head.id).filter(|prepared| prepared.seq == head.journal_seq).cloned()
    }

    fn keep(&self, id: DossierId, prepared: Arc<Prepared>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.put(id, prepared);
        }
    }
}

/// The draft of this head, which the actor may read.
pub async fn draft(
    web: &Web,
    actor: &Actor,
    head: &DossierHead,
    form: &Form,
) -> Result<Arc<Prepared>, Refusal> {
    if let Some(prepared) = web.prepared.get(head) {
        return Ok(prepared);
    }
    let draft = drafts::read(&web.services, actor, &head.id).await?;
    let json = serde_json::to_string(&draft.answers.without_sources());
    let prepared = Arc::new(Prepared {
        seq: draft.head.journal_seq,
        checked: checked(form, &draft.answers),
        embedded: embeddable(&json.map_err(|_| Refusal::Unavailable)?),
        answers: Arc::new(draft.answers),
    });
    web.prepared.keep(draft.head.id, Arc::clone(&prepared));
    Ok(prepared)
}
