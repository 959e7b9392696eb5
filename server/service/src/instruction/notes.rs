//! Notes on a deposit, and what is answered to them. Whoever may not read a note learns nothing of it.

use dossier::{
    event::EventKind,
    id::{AccountId, DossierId, NoteId},
    note::{
        Anchor, Audience, LONGEST, NoteKind, Offer, Passage, QuoteRefused, Standing,
        SuggestRefused, offer, suggested,
    },
    right::Right,
};
use form::{Answers, At, Revision};

use super::{TRIES, open};
use crate::{
    Actor, DossierHead, Millis, Services, StoreError,
    drafts::ReadError,
    forms,
    journal::{self, Step},
};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The dossier.
    pub dossier: DossierId,
    /// What it was written on.
    pub anchor: Anchor,
    /// What it wants.
    pub kind: NoteKind,
    /// For whom.
    pub audience: Audience,
    /// What it says; empty for a value that is suggested without a word.
    pub text: String,
    /// Whether it stands in the way of the decision until it is settled.
    pub blocking: bool,
    /// The value that it suggests, canonical.
    pub suggested: Option<String>,
    /// What the structure made of that, in order: the last one counts.
    pub chosen: Vec<Chosen>,
    /// When it was written.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
    /// The act by which the structure received it: its place in the journal.
    pub sent: Option<u32>,
    /// When it was settled, and the name of who did.
    pub settled: Option<(Millis, String)>,
    /// Whether it was settled as something to watch in what follows.
    pub watched: bool,
    /// What was answered, in order.
    pub replies: Vec<Reply>,
}

/// A note to write.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// What it wants.
    pub kind: NoteKind,
    /// For whom.
    pub audience: Audience,
    /// On what.
    pub at: At,
    /// What it says.
    pub text: &'a str,
    /// Whether it stands in the way of the decision.
    pub blocking: bool,
    /// The value that it suggests, as it was typed; empty unless it suggests one.
    pub suggested: &'a str,
    /// The passage that it is on, and which one when there are several; empty for the whole answer.
    pub passage: (&'a str, Option<usize>),
}

impl<'a> Draft<'a> {
    /// A note that only says something.
    pub const fn new((kind, audience): (NoteKind, Audience), at: At, text: &'a str) -> Self {
        Self { kind, audience, at, text, blocking: false, suggested: "", passage: ("", None) }
    }
}

/// What the structure made of a suggested value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its place in the journal.
    pub seq: u32,
    /// Whether it took it.
    pub accepted: bool,
    /// Why not; empty when it did.
    pub reason: String,
    /// Version of the answer that was replaced; 0 when there was none.
    pub seen: u32,
    /// Version that the value became; 0 when it was refused.
    pub version: u32,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
}

/// An answer to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its id.
    pub id: NoteId,
    /// What it says.
    pub text: String,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
    /// Whether it comes from the structure.
    pub of_structure: bool,
}

impl Note {
    /// Whether the next return takes it to the structure.
    pub fn goes_with_return(&self) -> bool {
        self.audience == Audience::Structure && self.sent.is_none() && self.settled.is_none()
    }

    /// Whether it stands in the way of the decision now.
    pub fn blocks(&self) -> bool {
        self.blocking && self.settled.is_none()
    }

    /// Whether this actor, who reads the deposit, reads it.
    pub(super) fn is_read_by(&self, actor: &Actor) -> bool {
        self.audience.reaches(actor.role, self.by == actor.account_id, self.sent.is_some())
    }

    /// Whether the structure said something about it in words.
    pub fn is_answered(&self) -> bool {
        self.replies.iter().any(|reply| reply.of_structure) || !self.chosen.is_empty()
    }
}

/// A note with how what it was written on stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The note.
    pub note: Note,
    /// How that stands in the answers it is shown beside.
    pub standing: Standing,
    /// How the passage that is quoted stands there.
    pub passage: Option<Passage>,
    /// How the value that is suggested stands there.
    pub offer: Option<Offer>,
}

impl Thread {
    pub(super) fn of(note: Note, (form, answers): (&Revision, &Answers)) -> Self {
        let anchor = &note.anchor;
        let offer = note
            .suggested
            .as_ref()
            .map(|value| offer(form, answers, &anchor.at, (&anchor.said, value)));
        Self {
            standing: anchor.standing(form, answers),
            passage: anchor.passage(form, answers),
            offer,
            note,
        }
    }

    /// Whether the structure has still to do something about it.
    pub fn waits(&self) -> bool {
        self.note.kind.asks()
            && self.note.settled.is_none()
            && !self.note.is_answered()
            && self.standing == Standing::Same
    }
}

/// Why a note is not written, answered or settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// No such dossier, or no such note, for this actor.
    #[error("no such note")]
    NotFound,
    /// Not for this role.
    #[error("not for this role")]
    NotForRole,
    /// Nothing is said, or too much.
    #[error("the text is empty or too long")]
    BadText,
    /// The deposit has nothing of that name.
    #[error("no such place in the deposit")]
    NoSuchPlace,
    /// Such a note stands in the way of nothing.
    #[error("the note cannot block")]
    NotBlocking,
    /// The value is not suggested.
    #[error("the value cannot be suggested: {0:?}")]
    BadSuggestion(SuggestRefused),
    /// The passage is not quoted.
    #[error("the passage cannot be quoted: {0:?}")]
    BadQuote(QuoteRefused),
    /// Others wrote again and again meanwhile.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for NoteError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

/// The notes of a dossier that an actor reads, in the order of the form, each with how what it was
/// written on stands in these answers.
///
/// # Errors
/// When the store cannot answer.
pub async fn read(
    services: &Services,
    actor: &Actor,
    head: &DossierHead,
    (form, answers): (&Revision, &Answers),
) -> Result<Vec<Thread>, StoreError> {
    if !head.is_seen_by(actor) {
        return Ok(Vec::new());
    }
    let notes = services.store.notes_of(&head.id).await?;
    let mut threads: Vec<Thread> = notes
        .into_iter()
        .filter(|note| note.is_read_by(actor))
        .map(|note| Thread::of(note, (form, answers)))
        .collect();
    let order = |at: &At| form.order(&at.field).unwrap_or(usize::MAX);
    threads.sort_by_key(|thread| {
        let at = &thread.note.anchor.at;
        (!at.field.is_empty(), order(at), at.clone(), thread.note.at)
    });
    Ok(threads)
}

pub(super) fn text_of(text: &str) -> Result<String, NoteError> {
    let text = text.trim().replace("\r\n", "\n");
    let fits = (1..=LONGEST).contains(&text.chars().count()) && !text.contains('\0');
    if fits { Ok(text) } else { Err(NoteError::BadText) }
}

/// Writes a note on the last deposit.
///
/// # Errors
/// See [`NoteError`]; nothing is kept then.
pub async fn write(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    draft: &Draft<'_>,
) -> Result<NoteId, NoteError> {
    let Draft { kind, audience, at, blocking, .. } = draft;
    let suggests = *kind == NoteKind::Suggestion;
    // A value says by itself what it wants.
    let text =
        if suggests && draft.text.trim().is_empty() { String::new() } else { text_of(draft.text)? };
    if *blocking && !kind.may_block(*audience) {
        return Err(NoteError::NotBlocking);
    }
    for _ in 0..TRIES {
        let reading = open(services, actor, id).await?;
        if !reading.head.may(actor, Right::Annotate) {
            return Err(NoteError::NotForRole);
        }
        let (mut head, ordinal) = (reading.head, reading.deposit.ordinal);
        let key = reading.deposit.snapshot().ok_or(StoreError::Corrupt)?.form_key();
        let form = forms::of(services, &key).await?.revision;
        let anchor = Anchor::on(form, &reading.answers, at.clone(), ordinal);
        let anchor = anchor.ok_or(NoteError::NoSuchPlace)?;
        let anchor = match draft.passage {
            (passage, _) if passage.trim().is_empty() => anchor,
            (passage, rank) => anchor.quoting(form, passage, rank).map_err(NoteError::BadQuote)?,
        };
        let value = suggests
            .then(|| suggested((form, &reading.answers), at, *audience, draft.suggested))
            .transpose()
            .map_err(NoteError::BadSuggestion)?;
        let (note, now) = (NoteId::from(services.ulid()), services.now());
        let note = Note {
            id: note,
            dossier: id.clone(),
            anchor,
            kind: *kind,
            audience: *audience,
            text: text.clone(),
            blocking: *blocking,
            suggested: value,
            chosen: Vec::new(),
            at: now,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
            sent: None,
            settled: None,
            watched: false,
            replies: Vec::new(),
        };
        let step = noted(&mut head, actor, now, EventKind::NoteWritten { note: note.id.clone() });
        if services.store.add_note(&note, &step).await? {
            return Ok(note.id);
        }
    }
    Err(NoteError::Changed)
}

/// A step that writes in the journal and leaves the dossier as it is.
pub(crate) fn noted(head: &mut DossierHead, actor: &Actor, at: Millis, what: EventKind) -> Step {
    let seen = head.journal_seq;
    let event = journal::note(head, &actor.account_id, at, what);
    Step { seen, head: head.clone(), event }
}

/// A note that this actor reads, with the dossier.
pub(super) async fn one(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    note: &NoteId,
) -> Result<(DossierHead, Note), NoteError> {
    let head = services.store.head(id).await?;
    let head = head.filter(|head| head.is_seen_by(actor)).ok_or(NoteError::NotFound)?;
    let notes = services.store.notes_of(id).await?;
    let found = notes.into_iter().find(|one| one.id == *note && one.is_read_by(actor));
    Ok((head, found.ok_or(NoteError::NotFound)?))
}

/// Answers to a note: who instructs, and the structure to what was sent to it.
///
/// # Errors
/// See [`NoteError`]; nothing is kept then.
pub async fn answer(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    note: &NoteId,
    text: &str,
) -> Result<(), NoteError> {
    let text = text_of(text)?;
    for _ in 0..TRIES {
        let (mut head, found) = one(services, actor, id, note).await?;
        let of_structure = actor.role.is_siae();
        if !head.may(actor, Right::AnswerNote) {
            return Err(NoteError::NotForRole);
        }
        let now = services.now();
        let reply = Reply {
            id: services.ulid().into(),
            text: text.clone(),
            at: now,
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
            of_structure,
        };
        let what = EventKind::NoteAnswered { note: found.id.clone() };
        let step = noted(&mut head, actor, now, what);
        if services.store.add_reply(&found.id, &reply, &step).await? {
            return Ok(());
        }
    }
    Err(NoteError::Changed)
}
