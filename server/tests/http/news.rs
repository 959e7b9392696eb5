//! Pages that stay up to date: what their stream tells, to whom, and when it ends.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, BodyDataStream},
    http::{Request, Response, StatusCode, header},
};
use dossier::role::Role;
use futures::StreamExt;
use server::news::Most;
use tower::ServiceExt;

use crate::{
    instruction::deposited_with,
    support::{OURS, Site, body},
};

const SAYS: &str =
    r#"{"demande.request_kind":"first","demande.siae_kind":"ACI","moyens.etp_requested":"14.20"}"#;
/// Long enough for a machine that does something else.
const SOON: Duration = Duration::from_secs(10);

/// A page that is open.
struct Open(BodyDataStream);

impl Open {
    /// The next event; `None` when the stream ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            let part = tokio::time::timeout(SOON, self.0.next()).await.unwrap()?;
            let text = String::from_utf8(part.unwrap().to_vec()).unwrap();
            if text.starts_with("event:") || text.starts_with("retry:") || text.contains("\ndata:")
            {
                return Some(text);
            }
        }
    }

    /// Reads until an event says so.
    async fn until(&mut self, says: &str) -> String {
        loop {
            let event = self.next().await.unwrap();
            if event.contains(says) {
                return event;
            }
        }
    }
}

async fn ask(router: Router, id: &str, cookie: &str, more: &str) -> Response<Body> {
    let path = format!("/api/dossiers/{id}/nouvelles?{more}");
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    router.oneshot(request).await.unwrap()
}

async fn open(router: Router, id: &str, cookie: &str, more: &str) -> Open {
    let response = ask(router, id, cookie, more).await;
    assert_eq!(response.status(), StatusCode::OK);
    Open(response.into_body().into_data_stream())
}

async fn seq(site: &Site, id: &str) -> u32 {
    site.services.store.head(&id.into()).await.unwrap().unwrap().journal_seq
}

async fn annotate(site: &Site, id: &str, cookie: &str, audience: &str) {
    let posted =
        [("reponse", ""), ("nature", "remark"), ("pour", audience), ("texte", "À <b>voir</b>.")];
    let done = site.post(&format!("/dossiers/{id}/notes"), cookie, &body(&posted)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
}

#[tokio::test]
async fn two_agents_see_one_another_and_that_the_journal_is_longer() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let before = seq(&site, &id).await;
    let known = format!("depuis={before}");
    let response = ask(site.router(), &id, &agnes, &known).await;
    let about = |name| response.headers()[name].to_str().unwrap();
    assert!(about("content-type").starts_with("text/event-stream"));
    assert_eq!((about("cache-control"), about("x-accel-buffering")), ("no-store", "no"));
    let mut first = Open(response.into_body().into_data_stream());
    let hello = first.next().await.unwrap();
    assert!(hello.contains("\"presents\":\"\"") && hello.contains("retry:"), "{hello}");
    let mut second = open(site.router(), &id, &paul, &format!("{known}&regard=postes")).await;
    let met = first.until("paul est aussi dans ce dossier").await;
    assert!(met.contains("Les postes demandés"), "{met}");
    second.until("agnes est aussi dans ce dossier").await;
    annotate(&site, &id, &paul, "service").await;
    let after = seq(&site, &id).await;
    let event = first.until(&format!("\"rang\":{after}")).await;
    assert!(
        !event.contains("voir") && !event.contains("note"),
        "what happened is not said: {event}"
    );
    drop(second);
    let alone = first.until("\"presents\":\"\"").await;
    assert!(alone.contains("\"noms\":\"\""));
    assert_eq!(site.room().open(), 1);
    drop(first);
    assert_eq!(site.room().open(), 0, "what is closed takes no place");
    // Whoever was away is told at once that something happened meanwhile.
    let mut back = open(site.router(), &id, &agnes, &known).await;
    back.until(&format!("\"rang\":{after}")).await;
}

#[tokio::test]
async fn a_page_says_in_words_what_its_reader_may_know() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let dreets = site.of_role(Role::Dreets, &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let before = seq(&site, &id).await;
    let page = format!("/dossiers/{id}/instruction");
    let news = async |cookie: &str, since: u32| {
        let text = site.get(&format!("{page}?depuis={since}"), cookie).await.text;
        let part = text.split("id=\"nouvelles\"").nth(1).unwrap().split("<script").next().unwrap();
        part.to_owned()
    };
    annotate(&site, &id, &paul, "own").await;
    assert!(!news(&agnes, before).await.contains("paul"), "a personal note is told to nobody");
    annotate(&site, &id, &paul, "service").await;
    let told = news(&agnes, before).await;
    assert!(told.contains("paul vient d") && told.contains("href=\"#note-"), "{told}");
    assert!(!told.contains("<b>"), "{told}");
    assert!(!news(&dreets, before).await.contains("paul"), "who does not read it is not told");
    assert!(!news(&paul, before).await.contains("paul"), "nor who wrote it");
    assert!(!news(&agnes, seq(&site, &id).await).await.contains("paul"));
    let whole = site.get(&page, &agnes).await.text;
    assert!(whole.contains(&format!("data-rang=\"{}\"", seq(&site, &id).await)), "{whole}");
    assert!(whole.contains(&format!("/api/dossiers/{id}/nouvelles?regard=")));
    let odd = site.get(&format!("{page}?depuis=x"), &agnes).await;
    assert_eq!(odd.status, StatusCode::OK);
}

#[tokio::test]
async fn only_readers_of_the_deposit_open_a_stream_and_a_few_each() {
    let mut site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let far = site.agent("far", &["75"]).await;
    let dreets = site.of_role(Role::Dreets, &["58"]).await;
    let facilitator = site.facilitator("samir").await;
    let id = deposited_with(&site, &ines, SAYS).await;
    site.holding(Most { in_all: 3, of_one: 2 });
    for cookie in [&ines, &far, &facilitator] {
        let refused = ask(site.router(), &id, cookie, "").await;
        let absent = ask(site.router(), "01J0000000000000000000ZZZZ", cookie, "").await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND);
        assert_eq!(refused.status(), absent.status());
    }
    let unsigned = ask(site.router(), &id, "trame=0", "").await;
    assert_eq!(unsigned.status(), StatusCode::UNAUTHORIZED);
    let one = open(site.router(), &id, &agnes, "depuis=x&regard=%3Cb%3E").await;
    let _two = open(site.router(), &id, &agnes, "").await;
    let full = ask(site.router(), &id, &agnes, "").await.status();
    assert_eq!(full, StatusCode::TOO_MANY_REQUESTS, "no more of one person");
    let _three = open(site.router(), &id, &paul, "").await;
    let full = ask(site.router(), &id, &dreets, "").await.status();
    assert_eq!(full, StatusCode::TOO_MANY_REQUESTS, "no more in all");
    drop(one);
    open(site.router(), &id, &dreets, "").await;
}

#[tokio::test]
async fn a_stream_ends_with_the_session_and_with_the_server() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let mut theirs = open(site.router(), &id, &paul, "").await;
    let mut hers = open(site.router(), &id, &agnes, "").await;
    theirs.until("agnes").await;
    hers.until("paul").await;
    site.post("/deconnexion", &paul, "").await;
    annotate(&site, &id, &agnes, "service").await;
    let end = theirs.next().await.unwrap();
    assert!(end.contains("event: fin") && end.contains("data"), "nothing else is said: {end}");
    assert_eq!(theirs.next().await, None);
    drop(theirs);
    site.room().stop();
    while hers.next().await.is_some() {}
    let late = ask(site.router(), &id, &agnes, "").await.status();
    assert_eq!(late, StatusCode::TOO_MANY_REQUESTS, "a server that stops takes nobody in");
}

#[tokio::test]
async fn two_servers_on_one_store_tell_each_other() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let known = format!("depuis={}", seq(&site, &id).await);
    let mut here = open(site.router(), &id, &agnes, &known).await;
    let mut there = open(site.second().await, &id, &paul, &known).await;
    here.until("paul est aussi dans ce dossier").await;
    there.until("agnes est aussi dans ce dossier").await;
    annotate(&site, &id, &agnes, "service").await;
    there.until(&format!("\"rang\":{}", seq(&site, &id).await)).await;
}
