//! Signing in, cookies, and the headers of every answer.

use axum::http::{StatusCode, header};
use service::{AccountId, Services};

use crate::support::{OURS, Site};

#[tokio::test]
async fn a_persona_enters_and_leaves() {
    let site = Site::new().await;
    site.person("ines", OURS, true).await;
    let page = site.get("/connexion", "").await;
    assert!(page.text.contains("name=\"compte\""), "{}", page.text);
    let id = page.text.split("name=\"compte\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let entered = site
        .post("/connexion/demonstration", "", &format!("compte={id}&retour=%2Fdossiers%2Fouvrir"))
        .await;
    assert_eq!(
        (entered.status, entered.location.as_str()),
        (StatusCode::SEE_OTHER, "/dossiers/ouvrir")
    );
    assert!(entered.cookie.contains("HttpOnly") && entered.cookie.contains("SameSite=Lax"));
    let cookie = entered.cookie.split(';').next().unwrap().to_owned();
    assert_eq!(site.get("/dossiers", &cookie).await.status, StatusCode::OK);
    site.post("/deconnexion", &cookie, "").await;
    assert_eq!(
        site.get("/dossiers", &cookie).await.status,
        StatusCode::SEE_OTHER,
        "the session is over on the server"
    );
}

#[tokio::test]
async fn going_back_never_leaves_the_site() {
    let site = Site::new().await;
    site.person("ines", OURS, true).await;
    let persona = site.services.store.personas().await.unwrap().remove(0);
    for back in ["https%3A%2F%2Fmal.fr", "%2F%2Fmal.fr", "%2F%5Cmal.fr"] {
        let body = format!("compte={}&retour={back}", persona.id);
        assert_eq!(
            site.post("/connexion/demonstration", "", &body).await.location,
            "/dossiers",
            "{back}"
        );
    }
}

#[tokio::test]
async fn outside_a_demonstration_personas_are_closed() {
    let site = Site::new().await;
    site.person("ines", OURS, true).await;
    let persona: AccountId = site.services.store.personas().await.unwrap().remove(0).id;
    let real = Services { demo: false, ..site.services.clone() };
    assert!(service::sessions::sign_in_as_persona(&real, &persona).await.is_err());
    assert!(service::sessions::personas(&real).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_password_says_neither_which() {
    let site = Site::new().await;
    let answer =
        site.post("/connexion", "", "courriel=qui%40exemple.fr&mot_de_passe=rien&retour=").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("ne vont pas ensemble"));
    assert!(answer.text.contains("qui@exemple.fr"), "the address is not typed again");
}

#[tokio::test]
async fn every_answer_is_closed_to_others() {
    let site = Site::new().await;
    for path in ["/connexion", "/healthz", "/readyz", "/nulle-part"] {
        let answer = site.get(path, "").await;
        let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}"
        );
        assert_eq!(answer.headers.get(header::CACHE_CONTROL).unwrap(), "no-store", "{path}");
    }
}
