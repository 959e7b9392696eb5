//! Whatever is sent, the answer is clear, nothing is lost and nothing of the inside is shown.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use dossier::operation::{Refusal, Verdict};

use crate::support::{OURS, Site};

const NO_SESSION: &str = "trame=0000";

/// Every address that reads or writes a dossier, with what is posted to it: what reads, so that only the
/// dossier is missing.
pub fn addresses(id: &str) -> Vec<(&'static str, String, &'static str)> {
    vec![
        ("GET", format!("/dossiers/{id}"), ""),
        ("GET", format!("/dossiers/{id}/etapes/demande"), ""),
        ("POST", format!("/dossiers/{id}/etapes/demande"), "_enregistrer=rester"),
        ("GET", format!("/dossiers/{id}/brouillon.json"), ""),
        ("POST", format!("/dossiers/{id}/brouillon"), ""),
        ("GET", format!("/dossiers/{id}/historique?reponse=demande.period_start"), ""),
        ("POST", format!("/dossiers/{id}/historique"), "reponse=demande.period_start&version=1"),
        ("GET", format!("/dossiers/{id}/recapitulatif"), ""),
        ("POST", format!("/dossiers/{id}/depots"), ""),
        ("GET", format!("/dossiers/{id}/depots/1"), ""),
        ("POST", format!("/dossiers/{id}/retrait"), ""),
        ("GET", format!("/dossiers/{id}/partage"), ""),
        ("POST", format!("/dossiers/{id}/partage"), "etape=budget&fin=2999-01-01"),
        ("POST", format!("/dossiers/{id}/partage/x/reprise"), ""),
        ("GET", format!("/dossiers/{id}/document?reponse=budget.documents"), ""),
        ("POST", format!("/dossiers/{id}/document?reponse=budget.documents&vu=0"), ""),
        ("POST", format!("/dossiers/{id}/document/choix"), "reponse=x&vu=0&document=x"),
        ("POST", format!("/dossiers/{id}/document/retrait"), "reponse=x&vu=0"),
        ("GET", format!("/dossiers/{id}/formulaire"), ""),
        ("POST", format!("/dossiers/{id}/formulaire"), "formulaire=conventionnement-1"),
        ("GET", format!("/dossiers/{id}/sources"), ""),
        ("POST", format!("/dossiers/{id}/sources"), "_source=actualiser"),
        ("GET", format!("/dossiers/{id}/sources/etape?etape=demande"), ""),
        ("GET", format!("/dossiers/{id}/instruction"), ""),
        ("POST", format!("/dossiers/{id}/vu"), "depot=1&regard=&vu=identification.phone"),
        ("POST", format!("/dossiers/{id}/signaux/deficit"), "geste=reprendre"),
        ("GET", format!("/dossiers/{id}/regards"), ""),
        ("POST", format!("/dossiers/{id}/regards"), "question=Pourquoi&carte=budget"),
        ("GET", format!("/dossiers/{id}/regards/x"), ""),
        ("POST", format!("/dossiers/{id}/regards/x"), "geste=retirer"),
        ("GET", format!("/dossiers/{id}/comparer"), ""),
        ("POST", format!("/dossiers/{id}/actes"), "acte=declare_complete&depot=1"),
        (
            "POST",
            format!("/dossiers/{id}/notes"),
            "reponse=&nature=question&pour=structure&texte=Pourquoi",
        ),
        ("POST", format!("/dossiers/{id}/notes/x/reponses"), "texte=Oui"),
        ("POST", format!("/dossiers/{id}/notes/x/reglee"), "reglee=oui"),
        ("POST", format!("/dossiers/{id}/notes/x/bloquante"), "bloquante=oui"),
        ("POST", format!("/dossiers/{id}/notes/x/proposition"), "choix=accepter&vu=1"),
        ("GET", format!("/dossiers/{id}/fiche-de-suivi"), ""),
        ("POST", format!("/dossiers/{id}/fiche-de-suivi"), "version=0&depot=1&suites=Rien"),
        (
            "POST",
            format!("/dossiers/{id}/fiche-de-suivi/commentaires"),
            "version=1&commentaire=Rien",
        ),
        ("POST", format!("/dossiers/{id}/brouillons"), "geste=effacer&copie=x"),
        (
            "POST",
            format!("/api/dossiers/{id}/brouillons"),
            r#"{"place":"note.","champs":[["texte","Pourquoi"]],"plume":"a"}"#,
        ),
        ("GET", format!("/dossiers/{id}/annexe"), ""),
        ("POST", format!("/dossiers/{id}/annexe"), "jour=2026-01-01"),
        ("GET", format!("/dossiers/{id}/convention"), ""),
        ("POST", format!("/dossiers/{id}/convention"), "acte=answer&vu=0&texte=Voici"),
        ("GET", format!("/dossiers/{id}/questions"), ""),
        ("GET", format!("/dossiers/{id}/lectures"), ""),
        ("GET", format!("/dossiers/{id}/reouverture?reponse=identification.phone"), ""),
        ("POST", format!("/dossiers/{id}/reouverture"), "reponse=identification.phone"),
        ("GET", format!("/api/dossiers/{id}/nouvelles?depuis=0"), ""),
        ("POST", format!("/api/dossiers/{id}/operations"), "[]"),
        (
            "POST",
            format!("/api/dossiers/{id}/presence"),
            r#"{"page":"01J00000000000000000000000","section":"demande","seq":0,"since":0}"#,
        ),
    ]
}

pub async fn call(
    site: &Site,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> (StatusCode, String, String) {
    let answer = if method == "GET" {
        site.get(path, cookie).await
    } else if path.starts_with("/api/") {
        site.post_json(path, cookie, body).await
    } else {
        site.post(path, cookie, body).await
    };
    (answer.status, answer.location, answer.text)
}

#[tokio::test]
async fn without_a_session_every_address_leads_to_signing_in() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    for (method, path, body) in addresses(&id) {
        let (status, location, text) = call(&site, method, &path, NO_SESSION, body).await;
        if path.starts_with("/api/") {
            let said = (status, text.as_str());
            assert_eq!(said, (StatusCode::UNAUTHORIZED, "\"signed_out\""), "{path}");
            continue;
        }
        assert_eq!(status, StatusCode::SEE_OTHER, "{method} {path}");
        assert!(location.starts_with("/connexion?retour="), "{method} {path}: {location}");
    }
    let answer = site.operations(&id, NO_SESSION, "[]").await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::UNAUTHORIZED, "\"signed_out\""));
}

#[tokio::test]
async fn one_bad_operation_never_stops_the_others() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let long = "9".repeat(2_000_000 / 4);
    let batch = vec![
        site.operation("demande.no_such_question", "x", 0),
        site.operation("demande.siae_kind", "EI", 0),
        site.operation("identification.siret#01J00000000000000000000009", "x", 0),
        site.operation("identification.siret", &long[..200_000], 0),
        site.operation("identification.phone", "not a phone", 0),
    ];
    let answer = site.operations(&id, &ines, serde_json::to_string(&batch).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let kept: app::exchange::Kept = serde_json::from_str(&answer.text).unwrap();
    let verdicts: Vec<_> = kept.outcomes.iter().map(|o| o.verdict.clone()).collect();
    assert_eq!(verdicts[0], Verdict::Refused(Refusal::UnknownField));
    assert_eq!(verdicts[1], Verdict::Refused(Refusal::FixedField));
    assert_eq!(verdicts[2], Verdict::Refused(Refusal::UnknownRow));
    assert_eq!(verdicts[3], Verdict::Refused(Refusal::TooLong));
    assert!(matches!(verdicts[4], Verdict::Saved { .. }), "a draft may hold anything typed");
}

#[tokio::test]
async fn what_does_not_read_is_refused_clearly() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    for body in ["", "{", "null", "[{}]", "[{\"id\":1}]"] {
        let answer = site.operations(&id, &ines, body).await;
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (StatusCode::BAD_REQUEST, "\"bad_request\""),
            "{body}"
        );
    }
    let flood = Body::from(vec![b'['; 3_000_000]);
    assert_eq!(site.operations(&id, &ines, flood).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for body in ["", "structure=x", "structure=a%2FACI&nature=annual&annee=abc&perimetre=DC"] {
        let answer = site.post("/dossiers/ouvrir", &ines, body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert!(!answer.text.contains("Error"), "{}", answer.text);
    }
    for path in [
        "/dossiers/x/etapes/demande",
        "/nulle-part",
        "/pkg/../../etc/passwd",
        "/pkg/.hidden",
        "/dossiers/x/depots/1",
    ] {
        assert_eq!(site.get(path, &ines).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn another_site_cannot_post_in_our_name() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    for (_, path, body) in addresses(&id).into_iter().filter(|(method, ..)| *method == "POST") {
        let request = Request::post(&path)
            .header(header::COOKIE, &ines)
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(site.send(request).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_closed_dossier_is_not_written() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let actor = service::sessions::actor(&site.services, ines.trim_start_matches("trame="))
        .await
        .unwrap()
        .unwrap();
    service::drafts::abandon(&site.services, &actor, &id.as_str().into()).await.unwrap();
    let operation =
        serde_json::to_string(&[site.operation("identification.phone", "1", 0)]).unwrap();
    let answer = site.operations(&id, &ines, operation).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::CONFLICT, "\"closed\""));
    let answer = site.post(&format!("/dossiers/{id}/etapes/demande"), &ines, "x=y").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}
