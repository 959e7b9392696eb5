//! Documents: the page of a question that takes one, sending, choosing, taking away, reading.

use std::{fmt::Write, time::Duration};

use app::{
    pages::attachment::{Document, DocumentPage, Done, size},
    routes,
};
use axum::{
    Form,
    body::Body,
    extract::{
        Multipart, Path, Query, State,
        multipart::{Field, MultipartRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use bytes::Bytes;
use form::At;
use futures::{Stream, stream};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    attachments::{self, AttachError, Attached, media::Media, reading},
};
use tokio::time::timeout;

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Longest silence of a line before it counts as broken.
const SILENCE: Duration = Duration::from_secs(30);

/// Bytes read and thrown away after a refusal, in times the largest document: a browser reads the
/// answer only once it has sent everything.
const PATIENCE: u64 = 10;

/// Which question, and what just happened.
#[derive(Deserialize)]
pub struct Asked {
    reponse: String,
    #[serde(default)]
    fait: String,
}

/// Which question, and which version of its answer was seen.
#[derive(Deserialize)]
pub struct Seen {
    reponse: String,
    #[serde(default)]
    vu: u32,
}

/// Which document for which question.
#[derive(Deserialize)]
pub struct Wanted {
    reponse: String,
    #[serde(default)]
    vu: u32,
    document: String,
}

/// The page of a question.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(Asked { reponse, fait }): Query<Asked>,
) -> Result<Response, Refusal> {
    let done = Done::ALL.into_iter().find(|done| done.code() == fait);
    show(&web, actor, &id, At::parse(&reponse), (done, None)).await
}

async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    at: At,
    (done, refused): (Option<Done>, Option<(StatusCode, String)>),
) -> Result<Response, Refusal> {
    let desk = attachments::desk(&web.services, &actor, &id.into(), &at).await?;
    if !desk.head.state.is_editable() {
        return Err(Refusal::Closed { id: id.to_owned() });
    }
    if desk.closed {
        return Ok(Redirect::to(&routes::reopen_at(id, &at)).into_response());
    }
    let (status, refused) = match refused {
        Some((status, said)) => (status, Some(said)),
        None => (StatusCode::OK, None),
    };
    let title = attachments::piece_of(&desk.place);
    let document = Document { desk, at, done, refused, largest: web.services.largest };
    let html = dressed(web, Some(actor), &title, None, move || view! { <DocumentPage document /> });
    Ok((status, html).into_response())
}

/// Takes a document in as it comes.
pub async fn attach(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(Seen { reponse, vu }): Query<Seen>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    let (at, dossier) = (At::parse(&reponse), id.as_str().into());
    // Whoever may not write there sends nothing.
    attachments::desk(&web.services, &actor, &dossier, &at).await?;
    let Ok(mut form) = form else {
        return refuse(&web, actor, &id, at, AttachError::Empty).await;
    };
    let said = match file_of(&mut form).await {
        Ok(Some(file)) => {
            let given = file.file_name().unwrap_or_default().to_owned();
            let place = (&dossier, &at, vu);
            attachments::attach(&web.services, &actor, place, &given, pieces(file)).await
        }
        Ok(None) => Err(AttachError::Empty),
        Err(()) => Err(AttachError::CutShort),
    };
    match said {
        Ok(attached) => Ok(after(&id, &at, attached, Done::Joined).into_response()),
        Err(why) => {
            drain(&mut form, web.services.largest.saturating_mul(PATIENCE)).await;
            refuse(&web, actor, &id, at, why).await
        }
    }
}

async fn file_of(form: &mut Multipart) -> Result<Option<Field<'_>>, ()> {
    // Ours has one field.
    let field = timeout(SILENCE, form.next_field()).await.map_err(|_| ())?.map_err(|_| ())?;
    Ok(field.filter(|field| field.name() == Some("fichier")))
}

/// The bytes of a document; a line that says nothing for long is broken.
fn pieces(file: Field<'_>) -> impl Stream<Item = Result<Bytes, ()>> + Send {
    stream::try_unfold(file, |mut file| async move {
        match timeout(SILENCE, file.chunk()).await {
            Ok(Ok(piece)) => Ok(piece.map(|piece| (piece, file))),
            Ok(Err(_)) | Err(_) => Err(()),
        }
    })
}

/// Reads what is left of a post that was refused, up to a limit, and keeps nothing of it.
async fn drain(form: &mut Multipart, most: u64) {
    let mut read = 0;
    while let Ok(Ok(Some(mut field))) = timeout(SILENCE, form.next_field()).await {
        while let Ok(Ok(Some(piece))) = timeout(SILENCE, field.chunk()).await {
            read += piece.len() as u64;
            if read > most {
                return;
            }
        }
    }
}

/// Makes a document the answer that was there before, here or in an earlier dossier.
pub async fn choose(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Wanted { reponse, vu, document }): Form<Wanted>,
) -> Result<Response, Refusal> {
    let (at, dossier) = (At::parse(&reponse), id.as_str().into());
    let place = (&dossier, &at, vu);
    let wanted = document.as_str().into();
    match attachments::choose(&web.services, &actor, place, &wanted).await {
        Ok(attached) => Ok(after(&id, &at, attached, Done::Joined).into_response()),
        Err(why) => refuse(&web, actor, &id, at, why).await,
    }
}

/// Takes the document away; it stays in the list.
pub async fn remove(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(Seen { reponse, vu }): Form<Seen>,
) -> Result<Response, Refusal> {
    let (at, dossier) = (At::parse(&reponse), id.as_str().into());
    match attachments::remove(&web.services, &actor, (&dossier, &at, vu)).await {
        Ok(Attached::Again) => Ok(after(&id, &at, Attached::Joined, Done::Removed).into_response()),
        Ok(attached) => Ok(after(&id, &at, attached, Done::Removed).into_response()),
        Err(why) => refuse(&web, actor, &id, at, why).await,
    }
}

fn after(id: &str, at: &At, attached: Attached, done: Done) -> Redirect {
    let done = match attached {
        Attached::Joined => done,
        Attached::Again => Done::Again,
        Attached::Aside(_) => Done::Aside,
    };
    Redirect::to(&format!("{}&fait={}", routes::document(id, at), done.code()))
}

/// What happened and what to do, where the document was chosen.
async fn refuse(
    web: &Web,
    actor: Actor,
    id: &str,
    at: At,
    why: AttachError,
) -> Result<Response, Refusal> {
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    let (status, said) = match why {
        AttachError::NotFound => return Err(Refusal::NotFound),
        AttachError::NotEditable => return Err(Refusal::Closed { id: id.to_owned() }),
        AttachError::NotReopened => {
            return Ok(Redirect::to(&routes::reopen_at(id, &at)).into_response());
        }
        AttachError::Store(error) => return Err(error.into()),
        AttachError::Empty => {
            (bad, "Ce document est vide, ou aucun n'a été choisi. Choisissez un document qui contient quelque chose, puis envoyez-le.".to_owned())
        }
        AttachError::CutShort => {
            (bad, "Ce document est arrivé incomplet : l'envoi s'est interrompu, ou le fichier est abîmé. Ouvrez-le pour vérifier qu'il est entier, puis envoyez-le de nouveau.".to_owned())
        }
        AttachError::TooLarge(most) => (
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("Ce document dépasse {}. Réduisez-le (par exemple en numérisant moins finement), ou partagez-le en plusieurs.", size(most)),
        ),
        AttachError::WrongKind => {
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Le contenu de ce document n'est pas d'un type accepté, quel que soit son nom. Enregistrez-le en PDF, en image PNG ou JPEG, ou en document Word, Excel, PowerPoint ou OpenDocument sans macro.".to_owned())
        }
        AttachError::TooMany => {
            (bad, "Ce dossier a reçu trop de documents. Reprenez l'un de ceux qui ont déjà été envoyés.".to_owned())
        }
    };
    show(web, actor, id, at, (None, Some((status, said)))).await
}

/// What a browser may do with an image or a document to save: nothing.
const SEALED: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// The same for its own reader of PDF, which a sandbox would stop.
const READER: &str = "default-src 'none'; object-src 'self'; img-src 'self'; \
    style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// A document.
pub async fn read(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (file, pieces) = reading::open(&web.services, &actor, &id.as_str().into()).await?;
    let way = if file.media.opens_in_browser() { "inline" } else { "attachment" };
    let policy = if file.media == Media::Pdf { READER } else { SEALED };
    let named = HeaderValue::from_str(&format!("{way}; {}", filename(&file.name)));
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media.mime()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers.insert(
        header::CONTENT_DISPOSITION,
        named.unwrap_or(HeaderValue::from_static("attachment")),
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    // Asked again each time: who may read it changes.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// A name in a header: plain letters for old browsers, every letter for the others (RFC 6266).
fn filename(name: &str) -> String {
    let plain = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '.' | '-' | '_' | '(' | ')' => letter,
        _ => '_',
    };
    let old: String = name.chars().map(plain).collect();
    let mut all = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            all.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(all, "%{byte:02X}");
        }
    }
    format!("filename=\"{old}\"; filename*=UTF-8''{all}")
}

#[cfg(test)]
mod tests {
    use super::filename;

    #[test]
    fn a_name_never_leaves_its_header() {
        assert_eq!(
            filename("été \"1\";\r\nX: y.pdf"),
            "filename=\"_t_ _1____X_ y.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22%3B%0D%0AX%3A%20y.pdf"
        );
    }
}
