//! Documents attached to a dossier. The answer to a `file` question stays a text, the name of the
//! document; within one place, a name never means two documents. Bytes are kept before the row that
//! names them, and rows never change: what was acknowledged is never lost, what was deposited never
//! moves.

mod error;
mod intake;
pub mod media;
mod name;
pub mod reading;
pub mod sweep;

use bytes::Bytes;
use dossier::{
    id::{AttachmentId, DossierId},
    operation::{Gesture, Operation, Verdict},
    right::Right,
    share::Part,
};
use form::{At, Kind, Place};
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};

pub use self::error::AttachError;
use self::{intake::Intake, media::Media, media::Seen};
use crate::{
    AccountId, Actor, DossierHead, Millis, Services, StoreError,
    drafts::{self, Draft, ReadError},
    forms, instruction,
    ports::Incoming,
};

/// Most documents that one dossier ever gets: far above what any asks for.
pub const MOST: usize = 300;

/// What a document is, in the words of the form: the piece that its question depends on, or its own.
pub fn piece_of(place: &Place<'_>) -> String {
    let reads = place.field.visible.reads();
    let fields = || place.section.groups.iter().flat_map(form::Group::fields);
    let piece = reads.iter().rev().find_map(|id| fields().find(|field| field.id == **id));
    piece.map_or_else(|| place.field.label.to_string(), |piece| piece.label.to_string())
}

/// A document that was attached. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The dossier.
    pub dossier: DossierId,
    /// The question that it answers.
    pub at: At,
    /// Its name, the text of the answer.
    pub name: String,
    /// What it is, by its bytes.
    pub media: Media,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Key of the bytes: taken again from an earlier dossier, a document has the same.
    pub object: String,
    /// When.
    pub added_at: Millis,
    /// By whom.
    pub by: AccountId,
    /// Name of whom.
    pub by_name: String,
}

/// A document as a deposit keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Which.
    pub id: AttachmentId,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// A document of an earlier dossier of the structure, to be taken again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The document.
    pub attachment: Attachment,
    /// Year of its dossier.
    pub year: i32,
}

/// A question that takes a document, for somebody who may answer it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The dossier.
    pub head: DossierHead,
    /// The part of it that is theirs.
    pub part: Part,
    /// Whether the answer stays as it was deposited: see [`dossier::reopened`].
    pub closed: bool,
    /// The question.
    pub place: Place<'static>,
    /// The present answer.
    pub raw: String,
    /// Its version.
    pub version: u32,
    /// Every document that was attached there, latest first.
    pub attached: Vec<Attachment>,
    /// What the structure attached to the same question elsewhere, latest first.
    pub vault: Vec<Earlier>,
}

impl Desk {
    /// The document that the answer names.
    pub fn present(&self) -> Option<&Attachment> {
        self.attached.iter().find(|one| one.name == self.raw.trim())
    }
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// The answer names it.
    Joined,
    /// The answer named it already: it was sent twice.
    Again,
    /// It is kept, but this person had meanwhile given another answer.
    Aside(String),
}

/// The question, its answer, and what may be taken for it.
///
/// # Errors
/// When there is no such question for this actor.
pub async fn desk(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    at: &At,
) -> Result<Desk, ReadError> {
    let (draft, part) = drafts::read_part(services, actor, id).await?;
    let head = draft.head;
    let form = forms::of(services, &head.form_key()).await?;
    let place = form.revision.place(&at.field).ok_or(ReadError::NotFound)?;
    let takes = place.field.kind == Kind::File && place.table.is_none() == at.row.is_empty();
    if !takes || !part.holds_question(form.revision, &at.field) {
        return Err(ReadError::NotFound);
    }
    let open = instruction::reopened(services, &head).await?;
    let closed = open.is_some_and(|open| !open.holds(form.revision, at));
    let mut attached = services.store.attachments_of(id).await?;
    attached.retain(|one| one.at == *at);
    // Other dossiers are nothing that a guest may know of.
    let mut vault = match part {
        Part::Whole => services.store.vault(&head.structure_id, &at.field).await?,
        Part::Steps(_) => Vec::new(),
    };
    vault.retain(|earlier| earlier.attachment.dossier != *id);
    let answer = draft.answers.at(at);
    let raw = answer.map(|answer| answer.raw.clone()).unwrap_or_default();
    let version = answer.map_or(0, |answer| answer.version);
    Ok(Desk { head, part, closed, place, raw, version, attached, vault })
}

/// A desk whose answer may be written.
async fn open_desk(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    at: &At,
) -> Result<Desk, AttachError> {
    let desk = desk(services, actor, id, at).await?;
    match (desk.head.may(actor, Right::Fill), desk.closed) {
        (false, _) => Err(AttachError::NotEditable),
        (true, true) => Err(AttachError::NotReopened),
        (true, false) => Ok(desk),
    }
}

/// Takes a document in, piece by piece, and makes it the answer. `seen` is the version of the answer
/// that the person saw; a piece that fails is a line that broke.
///
/// # Errors
/// See [`AttachError`].
pub async fn attach<E: Send>(
    services: &Services,
    actor: &Actor,
    (id, at, seen): (&DossierId, &At, u32),
    given: &str,
    pieces: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<Attached, AttachError> {
    let desk = open_desk(services, actor, id, at).await?;
    if services.store.attachments_of(id).await?.len() >= MOST {
        return Err(AttachError::TooMany);
    }
    let object = services.ulid();
    let mut incoming = services.files.begin(&object).await?;
    let (media, size, sha256) = match take_in(services.largest, &mut *incoming, pieces).await {
        Ok(whole) => whole,
        Err(why) => {
            incoming.abandon().await;
            return Err(why);
        }
    };
    if let Some(known) = desk.attached.iter().find(|one| one.sha256 == sha256) {
        incoming.abandon().await;
        return answer(services, actor, (id, at, seen), &desk, &known.name).await;
    }
    incoming.finish().await?;
    let row = Attachment {
        id: services.ulid().into(),
        dossier: id.clone(),
        at: at.clone(),
        name: String::new(),
        media,
        size,
        sha256,
        object,
        added_at: services.now(),
        by: actor.account_id.clone(),
        by_name: actor.name.clone(),
    };
    let name = keep(services, row, given).await?;
    answer(services, actor, (id, at, seen), &desk, &name).await
}

/// Keeps the bytes as they come.
async fn take_in<E>(
    largest: u64,
    incoming: &mut dyn Incoming,
    pieces: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<(Media, u64, String), AttachError> {
    let mut intake = Intake::default();
    let mut pieces = std::pin::pin!(pieces);
    while let Some(piece) = pieces.next().await {
        let Ok(piece) = piece else { return Err(AttachError::CutShort) };
        intake.take(&piece);
        if intake.size() > largest {
            return Err(AttachError::TooLarge(largest));
        }
        incoming.write(piece).await?;
    }
    let size = intake.size();
    match intake.end() {
        _ if size == 0 => Err(AttachError::Empty),
        (Seen::Whole(media), sha256) => Ok((media, size, sha256)),
        (Seen::CutShort, _) => Err(AttachError::CutShort),
        (Seen::Other, _) => Err(AttachError::WrongKind),
    }
}

/// Keeps the row under a name that no other document of this place has.
async fn keep(services: &Services, row: Attachment, given: &str) -> Result<String, StoreError> {
    loop {
        let mut taken = services.store.attachments_of(&row.dossier).await?;
        taken.retain(|one| one.at == row.at);
        let is_taken = |name: &str| taken.iter().any(|one| one.name == name);
        let name = name::whole(given, row.media.extension(), is_taken);
        let named = Attachment { name, ..row.clone() };
        match services.store.add_attachment(&named).await {
            Ok(()) => return Ok(named.name),
            // Somebody took the name since it was read.
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
}

/// Makes a document the answer again: one that was there before, or one of an earlier dossier.
///
/// # Errors
/// See [`AttachError`].
pub async fn choose(
    services: &Services,
    actor: &Actor,
    (id, at, seen): (&DossierId, &At, u32),
    wanted: &AttachmentId,
) -> Result<Attached, AttachError> {
    let desk = open_desk(services, actor, id, at).await?;
    let here = desk.attached.iter().find(|one| one.id == *wanted);
    if let Some(one) = here {
        return answer(services, actor, (id, at, seen), &desk, &one.name).await;
    }
    let earlier = desk.vault.iter().find(|earlier| earlier.attachment.id == *wanted);
    let earlier = &earlier.ok_or(AttachError::NotFound)?.attachment;
    let same = desk.attached.iter().find(|one| one.sha256 == earlier.sha256);
    let name = if let Some(same) = same {
        same.name.clone()
    } else {
        let row = Attachment {
            id: services.ulid().into(),
            dossier: id.clone(),
            at: at.clone(),
            added_at: services.now(),
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
            ..earlier.clone()
        };
        keep(services, row, &earlier.name).await?
    };
    answer(services, actor, (id, at, seen), &desk, &name).await
}

/// Takes the document away from the answer; it is kept, and may be chosen again.
///
/// # Errors
/// See [`AttachError`].
pub async fn remove(
    services: &Services,
    actor: &Actor,
    (id, at, seen): (&DossierId, &At, u32),
) -> Result<Attached, AttachError> {
    let desk = open_desk(services, actor, id, at).await?;
    answer(services, actor, (id, at, seen), &desk, "").await
}

/// Writes the answer as any other.
async fn answer(
    services: &Services,
    actor: &Actor,
    (id, at, seen): (&DossierId, &At, u32),
    desk: &Desk,
    name: &str,
) -> Result<Attached, AttachError> {
    if desk.raw == name {
        return Ok(Attached::Again);
    }
    let gesture = Gesture::Write(name.to_owned());
    let operation = Operation { id: services.ulid(), at: at.clone(), gesture, seen };
    let outcomes = drafts::save(services, actor, id, vec![operation]).await?;
    match outcomes.into_iter().next().map(|outcome| outcome.verdict) {
        Some(Verdict::Saved { .. } | Verdict::Merged { .. }) => Ok(Attached::Joined),
        Some(Verdict::Conflict { by, .. }) => Ok(Attached::Aside(by)),
        Some(Verdict::Refused(_)) | None => Err(AttachError::NotFound),
    }
}

/// Questions of a draft that are put and whose answer names a document that was never sent. The reader
/// of the draft is known to read it whole.
///
/// # Errors
/// When the store cannot answer.
pub async fn unsent(services: &Services, draft: &Draft) -> Result<Vec<At>, StoreError> {
    let form = forms::of(services, &draft.head.form_key()).await?.revision;
    let attached = services.store.attachments_of(&draft.head.id).await?;
    let is_sent =
        |at: &At, raw: &str| attached.iter().any(|one| one.at == *at && one.name == raw.trim());
    let asked = draft.answers.relevant(form).into_iter().filter(|at| {
        let place = form.place(&at.field);
        let raw = draft.answers.raw(&at.field, &at.row);
        place.is_some_and(|place| place.field.kind == Kind::File)
            && !raw.trim().is_empty()
            && !is_sent(at, raw)
    });
    Ok(asked.collect())
}
