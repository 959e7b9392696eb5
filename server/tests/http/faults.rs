//! A store that cannot write for a while: what people see, and what they keep.

use std::time::Duration;

use app::exchange::Refused;
use axum::http::{StatusCode, header};
use dossier::operation::Verdict;
use sqlx::Connection;
use tokio::time::Instant;

use crate::support::{Answer, OURS, Site};

/// Longest wait for an answer, whatever happens to the store.
const SOON: Duration = Duration::from_secs(5);

async fn unavailable(what: &str, asked: impl Future<Output = Answer>) -> Answer {
    let began = Instant::now();
    let answer = asked.await;
    assert!(began.elapsed() < SOON, "{what}: {:?}", began.elapsed());
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{what}");
    assert_eq!(answer.headers[header::RETRY_AFTER], "5", "{what}");
    answer
}

#[tokio::test]
async fn a_store_that_cannot_write_says_so_is_read_and_comes_back() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let step = format!("/dossiers/{id}/etapes/identification");
    assert_eq!(site.get("/readyz", "").await.status, StatusCode::OK);

    let holder = site.hold().await;
    let operation = site.operation("identification.legal_name", "Les Ateliers", 0);
    let body = serde_json::to_string(&[&operation]).unwrap();
    let refused = unavailable("a save", site.operations(&id, &ines, body.clone())).await;
    assert_eq!(serde_json::from_str::<Refused>(&refused.text).unwrap(), Refused::Unavailable);

    let typed = "identification.legal_name=Les+%22Ateliers%22+%3Cdu%3E+Pont&_enregistrer=rester";
    let page = unavailable("a step", site.post(&step, &ines, typed)).await;
    let kept =
        "name=\"identification.legal_name\" value=\"Les &quot;Ateliers&quot; &lt;du&gt; Pont\"";
    assert!(page.text.contains(kept), "{}", page.text);
    assert!(page.text.contains(&format!("action=\"{step}\"")) && page.text.contains("Renvoyer"));
    assert!(page.text.contains("le service ne répond pas"));
    // A password is no text to keep in a page.
    let signing = "email=ines%40exemple.fr&password=secret";
    assert!(!site.post("/connexion", "", signing).await.text.contains("secret"));

    unavailable("readiness", site.get("/readyz", "")).await;
    assert_eq!(site.get("/healthz", "").await.status, StatusCode::OK);
    let read = site.get(&step, &ines).await;
    assert_eq!(read.status, StatusCode::OK, "what is there is read meanwhile");

    holder.close().await.unwrap();
    let freed = Instant::now();
    let saved = site.operations(&id, &ines, body).await;
    let kept: app::exchange::Kept = serde_json::from_str(&saved.text).unwrap();
    assert_eq!(kept.outcomes[0].verdict, Verdict::Saved { version: 1 });
    assert_eq!(site.get("/readyz", "").await.status, StatusCode::OK);
    assert!(freed.elapsed() < Duration::from_secs(1));
}
