//! A form changes while dossiers are being filled: what that would do is shown, and a person decides.
//! Nothing is dropped, and it can be undone until the deposit.

use dossier::{
    event::EventKind,
    form::revisions::{FormKey, moves},
    id::DossierId,
    state::State,
};
use form::{
    Answer, Answers, At,
    migrate::{Plan, aside, before, plan},
};

use crate::{
    Actor, DossierHead, Services, StoreError,
    drafts::{self, Draft, ReadError},
    forms::{self, Form},
    journal::{self, Step},
    saving::Written,
};

/// Another form that a draft may follow, and what that would do.
pub struct Way {
    /// Which.
    pub key: FormKey,
    /// The form.
    pub form: Form,
    /// What it would do to the answers.
    pub plan: Plan,
}

/// Where a draft stands between the forms.
pub struct Crossroads {
    /// The draft.
    pub draft: Draft,
    /// The form it follows.
    pub form: Form,
    /// A newer one.
    pub forth: Option<Way>,
    /// The one it followed before.
    pub back: Option<Way>,
    /// Answers that no question asks any more, with the words of their question where they are known.
    pub aside: Vec<Aside>,
}

/// An answer that no question asks any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it stands.
    pub at: At,
    /// What was asked; the id when nobody knows any more.
    pub question: String,
    /// The text.
    pub text: String,
}

/// Why a draft does not follow another form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FollowError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// This form is not offered to it.
    #[error("not offered")]
    NotOffered,
    /// The dossier changed meanwhile: read it again.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for FollowError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// A step that also writes answers: what a draft becomes under another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The step.
    pub step: Step,
    /// The answers to write.
    pub answers: Vec<(At, Written)>,
}

/// Whether a newer form is there for a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// It follows the newest, or was deposited and keeps its own.
    No,
    /// Its département asks other questions beside the national ones: it may follow, or not.
    Offered,
    /// The national form changed: it must follow before it is deposited.
    Required,
}

/// Whether a newer form is there for a draft. Once deposited, a dossier keeps its form.
///
/// # Errors
/// When the store cannot answer.
pub async fn behind(services: &Services, head: &DossierHead) -> Result<Behind, StoreError> {
    if !may_change(head) {
        return Ok(Behind::No);
    }
    let newest = forms::current(services, &head.form, &head.department).await?;
    Ok(match newest.map(|form| FormKey::of(form.revision)) {
        Some(key) if key.revision > head.revision => Behind::Required,
        Some(key) if key != head.form_key() => Behind::Offered,
        _ => Behind::No,
    })
}

fn may_change(head: &DossierHead) -> bool {
    head.state == State::Draft && head.deposits == 0
}

/// Where a draft stands between the forms.
///
/// # Errors
/// When there is no such draft for this actor.
pub async fn crossroads(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Crossroads, ReadError> {
    let draft = drafts::read(services, actor, id).await?;
    let here = draft.head.form_key();
    let form = forms::of(services, &here).await?;
    let mut crossroads = Crossroads { form, forth: None, back: None, aside: Vec::new(), draft };
    let Draft { head, answers } = &crossroads.draft;
    let earlier = earlier_forms(services, id).await?;
    if may_change(head) {
        let newest = forms::current(services, &head.form, &head.department).await?;
        let newest = newest.map(|form| (FormKey::of(form.revision), form));
        let before = earlier.last().filter(|(key, _)| *key != here).cloned();
        let newer = newest.filter(|(key, _)| *key != here);
        crossroads.forth = newer.map(|(key, to)| way(&form, key, to, answers));
        let back =
            before.filter(|(key, _)| crossroads.forth.as_ref().is_none_or(|f| f.key != *key));
        crossroads.back = back.map(|(key, to)| way(&form, key, to, answers));
    }
    let asked = |at: &At| {
        let known = earlier.iter().rev().find_map(|(_, form)| form.revision.place(&at.field));
        known.map_or_else(|| at.field.clone(), |place| place.field.label.to_string())
    };
    let kept = aside(form.revision, answers).into_iter();
    crossroads.aside = kept.map(|(at, text)| Aside { question: asked(&at), at, text }).collect();
    Ok(crossroads)
}

/// The forms that a draft followed, in order.
async fn earlier_forms(
    services: &Services,
    id: &DossierId,
) -> Result<Vec<(FormKey, Form)>, StoreError> {
    let mut earlier = Vec::new();
    for event in services.store.journal(id).await? {
        if let EventKind::FormChanged { from, .. } = event.what
            && let Some(key) = FormKey::parse(&from)
            && let Some(form) = services.store.form(&key).await?
        {
            earlier.push((key, form));
        }
    }
    Ok(earlier)
}

fn way(from: &Form, key: FormKey, to: Form, answers: &Answers) -> Way {
    let moves = moves(&key.form, from.revision.number, to.revision.number);
    let plan = plan(from.revision, to.revision, &moves, answers);
    Way { key, form: to, plan }
}

/// Makes a draft follow another form: one that [`crossroads`] offers.
///
/// # Errors
/// See [`FollowError`]; nothing is written then.
pub async fn follow(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    to: &FormKey,
) -> Result<(), FollowError> {
    let Crossroads { draft, form, forth, back, .. } = crossroads(services, actor, id).await?;
    let offered = [forth, back].into_iter().flatten().find(|way| way.key == *to);
    let Some(Way { key, form: next, plan }) = offered else {
        // Asked twice: it is done already.
        let done = draft.head.form_key() == *to;
        return if done { Ok(()) } else { Err(FollowError::NotOffered) };
    };
    let (now, Draft { mut head, answers }) = (services.now(), draft);
    let moves = moves(&key.form, form.revision.number, next.revision.number);
    let written = plan.writes.into_iter().map(|(at, raw)| {
        let stood = answers.at(&at);
        let origin = answers.of(before(&moves, &at.field), &at.row).or(stood);
        let provenance = origin.filter(|_| !raw.is_empty()).and_then(|a| a.provenance.clone());
        let version = stood.map_or(0, |answer| answer.version) + 1;
        let answer = Answer { raw, version, provenance };
        let by = actor.account_id.clone();
        (at, Written { answer, at: now, by, by_name: actor.name.clone() })
    });
    let written = written.collect();
    let (seen, from) = (head.journal_seq, head.form_key().to_string());
    head.revision = key.revision;
    head.overlay.clone_from(&key.overlay);
    let event = EventKind::FormChanged { from, to: key.to_string() };
    let event = journal::record(&mut head, actor, now, event);
    let follow = Follow { step: Step { seen, head, event }, answers: written };
    let kept = services.store.follow(&follow).await?;
    if kept { Ok(()) } else { Err(FollowError::Changed) }
}
