//! The list that agents work by over HTTP: by role, and with input that makes no sense.

use axum::http::StatusCode;
use service::sessions;

use crate::{
    instruction::{deposited, deposited_with},
    support::{OURS, Site, THEIRS, body},
};

const LIST: &str = "/territoire";
const FOLLOW: &str = "/territoire/suivi";
const UNDO: &str = "/territoire/suivi/annuler";

async fn account(site: &Site, cookie: &str) -> String {
    let token = cookie.trim_start_matches("trame=");
    sessions::actor(&site.services, token).await.unwrap().unwrap().account_id.to_string()
}

async fn follower(site: &Site, id: &str) -> Option<String> {
    site.services.store.follower(&id.into()).await.unwrap().map(|one| one.name)
}

/// What a page says a gesture was, from where it leads.
fn batch(location: &str) -> &str {
    location.split("fait=").nth(1).unwrap().split('&').next().unwrap()
}

#[tokio::test]
async fn a_dossier_is_taken_handed_over_and_given_back() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited(&site, &ines).await;
    let page = site.get(LIST, &agnes).await.text;
    assert!(page.contains("Les Ateliers") && page.contains("Je m'en occupe"), "{page}");

    let mark = format!("{id}:");
    let taken = site
        .post(FOLLOW, &agnes, &body(&[("prendre", &mark), ("retour", "cherche=ateliers")]))
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert!(taken.location.starts_with("/territoire?cherche=ateliers&fait="), "{}", taken.location);
    assert_eq!(follower(&site, &id).await.as_deref(), Some("agnes"));
    let said = site.get(&taken.location, &agnes).await.text;
    assert!(said.contains("à votre nom") && said.contains("Annuler"), "{said}");
    let other = site.get(&taken.location, &paul).await.text;
    assert!(!other.contains("à votre nom"), "what another person did");

    // Paul's page still says that nobody follows it.
    let late = site.post(FOLLOW, &paul, &body(&[("prendre", &mark)])).await;
    let said = site.get(&late.location, &paul).await.text;
    assert!(
        said.contains("agnes s'en occupe déjà") || said.contains("agnes s&#x27;en occupe déjà"),
        "{said}"
    );
    assert_eq!(follower(&site, &id).await.as_deref(), Some("agnes"));

    let mark = format!("{id}:{}", account(&site, &agnes).await);
    let to = account(&site, &paul).await;
    let chosen = [("dossier", mark.as_str()), ("geste", "confier"), ("a", to.as_str())];
    let preview = site.post(FOLLOW, &agnes, &body(&chosen)).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.text.contains("Confier 1\u{a0}dossier à paul"), "{}", preview.text);
    assert_eq!(follower(&site, &id).await.as_deref(), Some("agnes"), "nothing is done yet");
    let confirmed = [&chosen[..], &[("confirme", "oui")]].concat();
    let done = site.post(FOLLOW, &agnes, &body(&confirmed)).await;
    assert_eq!(follower(&site, &id).await.as_deref(), Some("paul"));
    let gesture = batch(&done.location);
    let foreign = site.post(UNDO, &paul, &body(&[("geste", gesture)])).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "only who did it");
    let undone =
        site.post(UNDO, &agnes, &body(&[("geste", gesture), ("retour", "pile=tous")])).await;
    assert!(undone.location.starts_with("/territoire?pile=tous&fait="), "{}", undone.location);
    assert_eq!(follower(&site, &id).await.as_deref(), Some("agnes"));
    let said = site.get(&undone.location, &agnes).await.text;
    assert!(said.contains("est annulé"), "{said}");

    let back = format!("dossier={id}");
    let released =
        body(&[("dossier", &mark), ("geste", "rendre"), ("confirme", "oui"), ("retour", &back)]);
    let done = site.post(FOLLOW, &agnes, &released).await;
    assert!(done.location.starts_with(&format!("/dossiers/{id}/instruction?fait=")));
    assert!(site.get(&done.location, &agnes).await.text.contains("Personne ne suit ce dossier."));
}

#[tokio::test]
async fn what_is_not_for_a_role_does_not_exist_for_it() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let far = site.agent("far", &["29"]).await;
    let milan = site.facilitator("milan").await;
    let id = deposited(&site, &ines).await;
    let mark = format!("{id}:");
    let take = body(&[("prendre", &mark)]);
    let seen = body(&[("depot", "1"), ("etape", "identification")]);
    let see = format!("/dossiers/{id}/vu");
    for (who, cookie) in [("ines", &ines), ("zoe", &zoe), ("far", &far), ("milan", &milan)] {
        let done = site.post(FOLLOW, cookie, &take).await.status;
        assert_eq!(done, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(site.post(&see, cookie, &seen).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    assert_eq!(site.post(FOLLOW, "", &take).await.status, StatusCode::SEE_OTHER, "to signing in");
    assert_eq!(follower(&site, &id).await, None);
    assert_eq!(site.get(LIST, &ines).await.status, StatusCode::SEE_OTHER, "to her own list");
    assert!(!site.get(LIST, &far).await.text.contains("Les Ateliers"));
    let elsewhere = site.get("/territoire?departement=29&pile=tous", &agnes).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
    assert!(!elsewhere.text.contains(&id), "a département that is not theirs shows nothing");
    let of_far = account(&site, &far).await;
    let chosen = [("dossier", mark.as_str()), ("geste", "confier"), ("a", of_far.as_str())];
    assert_eq!(site.post(FOLLOW, &agnes, &body(&chosen)).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_address_that_makes_no_sense_is_the_list() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited(&site, &ines).await;
    for odd in [
        "pile=%3Cscript%3E&tri=x&sens=x&apres=x",
        "apres=x.01J00000000000000000000001&tri=echeance",
        "fait=01J00000000000000000000001&restes=x,y",
        "etat=?&delai=?&suivi=moi'",
        "cherche=%3C%2Fscript%3E%27%20OR%201%3D1",
        "annule=tard",
    ] {
        let page = site.get(&format!("{LIST}?{odd}"), &agnes).await;
        assert_eq!(page.status, StatusCode::OK, "{odd}");
        assert!(!page.text.contains("<script>"), "{odd}");
    }
    let found = site.get(&format!("{LIST}?cherche=atel&tri=nom&suivi=personne"), &agnes).await.text;
    assert!(found.contains(&id));
    for (posted, status) in [
        (body(&[("prendre", "x")]), StatusCode::BAD_REQUEST),
        (body(&[("prendre", &id)]), StatusCode::BAD_REQUEST),
        (body(&[("dossier", &format!("{id}:")), ("geste", "x")]), StatusCode::BAD_REQUEST),
        (body(&[("geste", "prendre")]), StatusCode::SEE_OTHER),
        (body(&[("prendre", "01J00000000000000000000009:")]), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(site.post(FOLLOW, &agnes, &posted).await.status, status, "{posted}");
    }
    let nothing = site.post(FOLLOW, &agnes, &body(&[("geste", "prendre")])).await;
    assert!(site.get(&nothing.location, &agnes).await.text.contains("Cochez"));
    // Nowhere but here.
    let back = body(&[("prendre", &format!("{id}:")), ("retour", "dossier=//evil.example")]);
    let done = site.post(FOLLOW, &agnes, &back).await;
    assert!(done.location.starts_with("/territoire?fait="), "{}", done.location);
}

#[tokio::test]
async fn marks_are_kept_and_taken_away() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let says = r#"{"demande.request_kind":"first","demande.siae_kind":"ACI"}"#;
    let id = deposited_with(&site, &ines, says).await;
    let (page, see) = (format!("/dossiers/{id}/instruction"), format!("/dossiers/{id}/vu"));
    let marked =
        async || site.get(&page, &agnes).await.text.matches("aria-pressed=\"true\"").count();
    assert_eq!(marked().await, 0);
    let place = "identification.website";
    let done = site
        .post(&see, &agnes, &body(&[("depot", "1"), ("vu", place), ("regard", "non-vu")]))
        .await;
    assert_eq!(done.location, format!("{page}?regard=non-vu#rep-{place}"));
    assert_eq!(marked().await, 1);
    let unseen = site.get(&format!("{page}?regard=non-vu"), &agnes).await.text;
    assert!(!unseen.contains(&format!("id=\"rep-{place}\"")), "it left what is to be seen");
    site.post(&see, &agnes, &body(&[("depot", "1"), ("non-vu", place)])).await;
    assert_eq!(marked().await, 0);
    site.post(&see, &agnes, &body(&[("depot", "1"), ("etape", "identification")])).await;
    assert!(marked().await > 5);
    for (odd, status) in [
        (body(&[("depot", "1"), ("vu", "nothing")]), StatusCode::NOT_FOUND),
        (body(&[("depot", "7"), ("vu", place)]), StatusCode::NOT_FOUND),
        (body(&[("depot", "x"), ("vu", place)]), StatusCode::BAD_REQUEST),
        (body(&[("depot", "1")]), StatusCode::BAD_REQUEST),
        (body(&[("depot", "1"), ("vu", place), ("non-vu", place)]), StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(site.post(&see, &agnes, &odd).await.status, status, "{odd}");
    }
}
