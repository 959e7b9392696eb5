//! What is new in a dossier, told to the pages that have it open: a stream of events that says how long
//! the journal is and who else is there, never what happened. The page reads itself again for that.

use std::{convert::Infallible, time::Duration};

use app::pages::instruction::news::{Said, met};
use axum::{
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use dossier::id::DossierId;
use futures::stream;
use serde::Deserialize;
use service::{Actor, news, presence, presence::Here, sessions};
use tokio::time;

use super::{
    Web,
    access::{Signed, token},
    answer::Refusal,
    instruction::lens,
};
use crate::news::{Seat, Told};

/// Between two signs of life of a stream that has nothing to tell; it is then seen too whether the
/// session lasts and the dossier is still the reader's.
const SIGN: Duration = Duration::from_secs(15);
/// After how long a browser opens a stream again that broke, and by how much streams differ, so that a
/// server that starts again is not asked by all at once. In milliseconds.
const RETRY: u64 = 1_500;
const APART: u64 = 100;

/// Not gathered by a proxy before it is passed on.
const UNBUFFERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// What the page says of itself.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// How long the journal is that it shows.
    depuis: String,
    /// Through what it is read.
    regard: String,
}

/// Tells what is new for as long as the page is open.
pub async fn stream(
    State(web): State<Web>,
    signed: Result<Signed, Refusal>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match begin(web, signed, &headers, id.into(), &asked).await {
        Ok(stream) => {
            let telling = stream::unfold(stream, Telling::next);
            let mut response = Sse::new(telling).into_response();
            let no_store = HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, no_store);
            response.headers_mut().insert(UNBUFFERED.0, UNBUFFERED.1);
            response
        }
        Err(refusal) => refusal.as_json(),
    }
}

async fn begin(
    web: Web,
    signed: Result<Signed, Refusal>,
    headers: &HeaderMap,
    id: DossierId,
    asked: &Asked,
) -> Result<Telling, Refusal> {
    let Signed(actor) = signed?;
    let back = String::new();
    let token = token(headers, &web).ok_or(Refusal::SignedOut { back })?.to_owned();
    let head = news::open(&web.services, &actor, &id).await?;
    let (page, at) = (web.services.ulid(), web.services.now());
    let regard = lens(&asked.regard).to_owned();
    let here = Here::reading((id.clone(), page), &actor, &regard, at);
    let seat = web.news.join(&web.services, here, head.journal_seq);
    let seat = seat.map_err(|_| Refusal::TooMany { seconds: 60 })?;
    // What makes no sense knows nothing.
    let known = asked.depuis.parse().unwrap_or_default();
    let retry = Duration::from_millis(RETRY + APART * (web.news.open() as u64 % 20));
    Ok(Telling { web, token, id, regard, seat, known, said: None, retry, is_over: false })
}

/// A stream.
struct Telling {
    web: Web,
    token: String,
    id: DossierId,
    regard: String,
    seat: Seat,
    /// How long the journal is, as the page knows it.
    known: u32,
    /// What it was last told.
    said: Option<Said>,
    retry: Duration,
    is_over: bool,
}

type Item = Result<Event, Infallible>;

impl Telling {
    /// The next event, and the stream after it; `None` when it ends.
    async fn next(mut self) -> Option<(Item, Self)> {
        loop {
            if self.is_over || *self.seat.over.borrow() {
                return None;
            }
            let told = self.seat.told.borrow_and_update().clone();
            let Some(actor) = self.reader().await else { return Some(self.end()) };
            let said = self.says(told, &actor);
            if self.said.as_ref() != Some(&said) {
                return Some(self.tell(said));
            }
            tokio::select! {
                changed = self.seat.told.changed() => changed.ok()?,
                _ = self.seat.over.changed() => {}
                () = time::sleep(SIGN) => {
                    if self.reader().await.is_none() {
                        return Some(self.end());
                    }
                    return Some((Ok(Event::default().comment("")), self));
                }
            }
        }
    }

    /// Who reads, as long as their session lasts and they may: a store that does not answer says nothing
    /// about that.
    async fn reader(&self) -> Option<Actor> {
        let services = &self.web.services;
        loop {
            match sessions::still(services, &self.token).await {
                Ok(None) => return None,
                Ok(Some(actor)) => match news::open(services, &actor, &self.id).await {
                    Ok(_) => return Some(actor),
                    Err(service::drafts::ReadError::NotFound) => return None,
                    Err(service::drafts::ReadError::Store(_)) => {}
                },
                Err(_) => {}
            }
            if *self.seat.over.borrow() {
                return None;
            }
            time::sleep(Duration::from_secs(2)).await;
        }
    }

    fn says(&self, told: Told, actor: &Actor) -> Said {
        let others = presence::apart(told.present, actor);
        let (line, names) = met(&others, &self.regard);
        Said { rang: told.seq.max(self.known), presents: line, noms: names }
    }

    fn tell(mut self, said: Said) -> (Item, Self) {
        let data = serde_json::to_string(&said).unwrap_or_default();
        let event = Event::default().event("nouvelles").data(data).retry(self.retry);
        self.known = said.rang;
        self.said = Some(said);
        (Ok(event), self)
    }

    /// The page is told not to come back: the session ended, or the dossier is the reader's no more.
    fn end(mut self) -> (Item, Self) {
        self.is_over = true;
        (Ok(Event::default().event("fin").data("oui")), self)
    }
}

/// After something was posted to a dossier, whoever has it open is told at once.
pub async fn after_writing(State(web): State<Web>, request: Request, next: Next) -> Response {
    let posted = (request.method() == Method::POST).then(|| {
        let mut parts = request.uri().path().strip_prefix("/dossiers/")?.split('/');
        Some(DossierId::from(parts.next()?))
    });
    let response = next.run(request).await;
    if let Some(id) = posted.flatten() {
        web.news.written(&id);
    }
    response
}
