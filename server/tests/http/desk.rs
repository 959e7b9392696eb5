//! An agent's desk over HTTP: what is typed, views by name, leave; by role, and with input that makes no
//! sense.

use axum::http::StatusCode;
use dossier::role::Role;

use crate::{
    instruction::deposited,
    support::{OURS, Site, body},
};

fn typed(text: &str, account: &str) -> String {
    format!(
        r#"{{"compte":"{account}","place":"note.","champs":[["nature","question"],["texte","{text}"]],"plume":"a"}}"#
    )
}

#[tokio::test]
async fn what_is_typed_is_of_its_author_alone() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited(&site, &ines).await;
    let keep = format!("/api/dossiers/{id}/brouillons");
    let page = format!("/dossiers/{id}/instruction?annoter=");
    let kept = site.post_json(&keep, &agnes, &typed("Un mot pour moi", "")).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
    let copy = kept.text.split(r#""copie":""#).nth(1).unwrap()[..26].to_owned();
    let mine = site.get(&page, &agnes).await.text;
    assert!(mine.matches("Un mot pour moi").count() >= 2, "in the form and in the list");
    for (who, cookie) in [("paul", &paul), ("ines", &ines)] {
        assert!(!site.get(&page, cookie).await.text.contains("Un mot pour moi"), "{who}");
    }
    // Under another name nothing leaves.
    let other = site.post_json(&keep, &paul, &typed("Un mot pour moi", "AUTRE")).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let refused = site.post_json(&keep, &ines, &typed("x", "")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "a structure has its own way");
    for odd in ["", "[]", r#"{"place":"?","champs":[["texte","x"]],"plume":"a"}"#] {
        let answer = site.post_json(&keep, &agnes, odd).await.status;
        assert_eq!(answer, StatusCode::BAD_REQUEST, "{odd}");
    }
    let secret = typed("x", "").replace("texte", "mot_de_passe");
    assert_eq!(site.post_json(&keep, &agnes, &secret).await.status, StatusCode::BAD_REQUEST);

    // Put away by its author only, and taken back.
    let clear = format!("/dossiers/{id}/brouillons");
    let gone = body(&[("geste", "effacer"), ("copie", &copy)]);
    assert_eq!(site.post(&clear, &paul, &gone).await.status, StatusCode::NOT_FOUND);
    let done = site.post(&clear, &agnes, &gone).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let said = site.get(done.location.split('#').next().unwrap(), &agnes).await.text;
    assert!(said.contains("Brouillon effacé") && !said.contains("Un mot pour moi"));
    site.post(&clear, &agnes, &body(&[("geste", "remettre"), ("copie", &copy)])).await;

    // Posted without script, by the name that the form has.
    let note = [
        ("reponse", ""),
        ("nature", "question"),
        ("pour", "service"),
        ("texte", "Un mot pour tous"),
        ("brouillon", &copy),
    ];
    site.post(&format!("/dossiers/{id}/notes"), &agnes, &body(&note)).await;
    assert!(!site.get(&page, &agnes).await.text.contains("Un mot pour moi"));
}

#[tokio::test]
async fn an_act_that_is_refused_comes_back_filled() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited(&site, &ines).await;
    let posted = [
        ("acte", "ask_for_documents"),
        ("depot", "1"),
        ("message", "Il manque le bilan"),
        ("jour", "2020-01-01"),
    ];
    let refused = site.post(&format!("/dossiers/{id}/actes"), &agnes, &body(&posted)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("\nIl manque le bilan</textarea>"), "in its form");
}

#[tokio::test]
async fn views_and_leave_are_for_who_instructs() {
    let site = Site::new().await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Guest) {
        let cookie = site.somebody(role).await;
        let status = site.get("/territoire/absences", &cookie).await.status;
        let posted = [("geste", "garder"), ("nom", "À voir"), ("retour", "pile=tous")];
        let kept = site.post("/territoire/vues", &cookie, &body(&posted)).await.status;
        if role.instructs() {
            assert_eq!((status, kept), (StatusCode::OK, StatusCode::SEE_OTHER), "{role:?}");
        } else {
            let not = StatusCode::NOT_FOUND;
            assert_eq!((status, kept), (not, not), "{role:?}");
        }
    }
}

#[tokio::test]
async fn a_view_opens_first_and_a_name_that_is_refused_is_not_lost() {
    let site = Site::new().await;
    let agnes = site.agent("agnes", &["58"]).await;
    let post =
        async |fields: &[(&str, &str)]| site.post("/territoire/vues", &agnes, &body(fields)).await;
    let long = "a".repeat(41);
    let refused = post(&[("geste", "garder"), ("nom", &long), ("retour", "pile=tous")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&long), "what was typed is there");
    assert_eq!(site.get("/territoire", &agnes).await.status, StatusCode::OK);
    let retour = ("retour", "pile=tous&type=ACI&apres=x");
    let kept = post(&[("geste", "garder"), ("nom", "Mes ACI"), ("premiere", "oui"), retour]).await;
    let first = site.get("/territoire", &agnes).await;
    assert_eq!((first.status, &first.location), (StatusCode::SEE_OTHER, &kept.location));
    assert!(
        first.location.starts_with("/territoire?pile=tous&type=ACI&vue="),
        "{}",
        first.location
    );
    let page = site.get(&first.location, &agnes).await.text;
    assert!(page.contains("Mes ACI") && page.contains("Retirer cette vue"));
    for odd in ["", "autre"] {
        assert_eq!(post(&[("geste", odd)]).await.status, StatusCode::BAD_REQUEST, "{odd}");
    }
    let absent = post(&[("geste", "retirer"), ("vue", "01J00000000000000000000000")]).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_leave_that_is_refused_comes_back_filled() {
    let site = Site::new().await;
    let agnes = site.agent("agnes", &["58"]).await;
    site.agent("paul", &["58"]).await;
    let posted = [("geste", "dire"), ("du", "2020-01-01"), ("au", "2020-01-09"), ("par", "x")];
    let refused = site.post("/territoire/absences", &agnes, &body(&posted)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("2020-01-09") && refused.text.contains("role=\"alert\""));
    let odd = body(&[("geste", "dire"), ("du", "demain"), ("au", "")]);
    let refused = site.post("/territoire/absences", &agnes, &odd).await;
    assert!(refused.text.contains("deux dates"), "{}", refused.text);
    let absent = body(&[("geste", "finir"), ("absence", "x")]);
    let status = site.post("/territoire/absences", &agnes, &absent).await.status;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
