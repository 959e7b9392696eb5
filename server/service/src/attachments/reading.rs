//! Reading a document: the structure its own, the State those of a deposit.

use bytes::Bytes;
use dossier::id::AttachmentId;
use futures::{StreamExt, stream, stream::BoxStream};
use sha2::{Digest, Sha256};

use super::Attachment;
use crate::{Actor, Services, StoreError, drafts::ReadError, forms, journal::hex, readings};

/// Bytes as they are read; they end in an error when they are not those that were kept.
pub type Pieces = BoxStream<'static, Result<Bytes, StoreError>>;

/// A document with its bytes.
///
/// # Errors
/// When there is no such document for this actor: the same whether it is absent or not theirs.
pub async fn open(
    services: &Services,
    actor: &Actor,
    id: &AttachmentId,
) -> Result<(Attachment, Pieces), ReadError> {
    let attachment = services.store.attachment(id).await?.ok_or(ReadError::NotFound)?;
    if !may_read(services, actor, &attachment).await? {
        return Err(ReadError::NotFound);
    }
    readings::note(services, actor, &attachment.dossier, Some(id)).await?;
    // The row is there and the bytes are not: that is on our side.
    let pieces = services.files.open(&attachment.object).await?.ok_or(StoreError::Corrupt)?;
    let pieces = checked(pieces, attachment.sha256.clone());
    Ok((attachment, pieces))
}

async fn may_read(
    services: &Services,
    actor: &Actor,
    attachment: &Attachment,
) -> Result<bool, StoreError> {
    let Some(head) = services.store.head(&attachment.dossier).await? else { return Ok(false) };
    let field = &attachment.at.field;
    if let Some(part) = head.part_of(actor) {
        let form = forms::of(services, &head.form_key()).await?;
        return Ok(part.holds_question(form.revision, field));
    }
    if actor.role.is_siae() || !head.is_seen_by(actor) {
        return Ok(false);
    }
    for deposit in services.store.deposits_of(&head.id).await? {
        let snapshot = deposit.snapshot().ok_or(StoreError::Corrupt)?;
        if snapshot.files.values().any(|file| file.id == attachment.id) {
            let form = forms::of(services, &snapshot.form_key()).await?;
            let place = form.revision.place(field);
            return Ok(place.is_some_and(|place| !place.field.sensitive));
        }
    }
    Ok(false)
}

/// Holds the last piece back until all of them are known to be what was kept: a file that was altered
/// arrives short, and the browser says so.
fn checked(pieces: Pieces, sha256: String) -> Pieces {
    let start = (pieces, Sha256::new(), None::<Bytes>, false);
    let checked = stream::try_unfold(start, move |(mut pieces, mut hash, mut held, ended)| {
        let sha256 = sha256.clone();
        async move {
            if ended {
                return Ok(None);
            }
            loop {
                match pieces.next().await.transpose()? {
                    Some(piece) => {
                        hash.update(&piece);
                        if let Some(before) = held.replace(piece) {
                            return Ok(Some((before, (pieces, hash, held, false))));
                        }
                    }
                    None if hex(&hash.clone().finalize()) != sha256 => {
                        return Err(StoreError::Corrupt);
                    }
                    None => return Ok(held.map(|last| (last, (pieces, hash, None, true)))),
                }
            }
        }
    });
    checked.boxed()
}
