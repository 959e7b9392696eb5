//! Forms that change: the questions of a département, and following them.

use axum::http::StatusCode;
use dossier::operation::Verdict;
use form::overlay::Overlay;
use service::forms;

use crate::support::{OURS, Site, THEIRS};

/// Publishes a supplement of the Nièvre that asks this.
async fn publish(site: &Site, question: &str) -> String {
    let national = forms::national(&site.services, "conventionnement").unwrap().revision.number;
    let text = format!(
        r#"{{"form":"conventionnement","revision":{national},"name":"nievre","title":"Nièvre",
            "reach":{{"supplement":{{"department":"58"}}}},"edits":[{{"add_question":{{
            "group":"demande.kind","after":"demande.previous_convention_number","question":
            {{"id":"nievre.{question}","label":"Question {question}","kind":{{"text":{{"max":80}}}}}}
            }}}}]}}"#
    );
    let overlay: Overlay = serde_json::from_str(&text).unwrap();
    forms::publish(&site.services, overlay).await.unwrap().to_string()
}

#[tokio::test]
async fn a_departement_asks_its_own_question_and_may_ask_another_later() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let first = publish(&site, "trajets").await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let step = site.get(&format!("/dossiers/{id}/etapes/demande"), &ines).await;
    assert!(step.text.contains("Question trajets"));
    let address = format!("/formulaires/{first}.json");
    assert!(step.text.contains(&address), "the browser reads the same form");
    let json = site.get(&address, "").await;
    assert!(json.status == StatusCode::OK && json.text.contains("Question trajets"));
    let saved = site.write(&id, &ines, "nievre.trajets", "à vélo <b>", 0).await;
    assert_eq!(saved.verdict, Verdict::Saved { version: 1 });

    let second = publish(&site, "permis").await;
    let path = format!("/dossiers/{id}/formulaire");
    let recap = site.get(&format!("/dossiers/{id}/recapitulatif"), &ines).await;
    assert!(recap.text.contains(&path), "the recap says that the form changed");
    assert!(site.get("/dossiers", &ines).await.text.contains(&path));
    let shown = site.get(&path, &ines).await;
    assert!(shown.text.contains("Question permis") && shown.text.contains("à vélo &lt;b&gt;"));
    let followed = site.post(&path, &ines, &format!("formulaire={second}")).await;
    assert_eq!(
        (followed.status, followed.location.as_str()),
        (StatusCode::SEE_OTHER, path.as_str())
    );
    let shown = site.get(&path, &ines).await;
    assert!(
        shown.text.contains("à vélo &lt;b&gt;") && shown.text.contains(&first),
        "kept, and a way back"
    );
    let step = site.get(&format!("/dossiers/{id}/etapes/demande"), &ines).await;
    assert!(step.text.contains("Question permis") && !step.text.contains("Question trajets"));
    let late = site.write(&id, &ines, "nievre.trajets", "à pied", 1).await;
    assert!(matches!(late.verdict, Verdict::Refused(_)), "told, so that the device keeps the text");

    site.post(&path, &ines, &format!("formulaire={first}")).await;
    let step = site.get(&format!("/dossiers/{id}/etapes/demande"), &ines).await;
    assert!(step.text.contains("à vélo &lt;b&gt;"), "back where it was");
}

#[tokio::test]
async fn only_what_is_offered_to_those_who_write_is_followed() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let other = site.person("karim", THEIRS, true).await;
    let agent = site.agent("agnes", &["58"]).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let key = publish(&site, "trajets").await;
    let path = format!("/dossiers/{id}/formulaire");
    for who in [&other, &agent] {
        assert_eq!(site.get(&path, who).await.status, StatusCode::NOT_FOUND);
        let refused = site.post(&path, who, &format!("formulaire={key}")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.get(&path, "").await.status, StatusCode::SEE_OTHER);
    for wrong in ["conventionnement-9", "conventionnement-1", "x", "bilan-1"] {
        let refused = site.post(&path, &ines, &format!("formulaire={wrong}")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    for absent in ["conventionnement-9.json", "conventionnement-2-nievre-9.json", "x.json", "x"] {
        let answer = site.get(&format!("/formulaires/{absent}"), "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn a_structure_asks_in_two_departements() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let here = site.open(&ines, OURS, "ACI", "annual").await;
    site.write(&here, &ines, "identification.legal_name", "Les Ateliers de la Loire", 0).await;
    let body = |department| {
        format!(
            "structure={OURS}%2FACI&nature=annual&annee=2027&perimetre=DC&departement={department}"
        )
    };
    let opened = site.post("/dossiers/ouvrir", &ines, &body("21")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let there = opened.location.trim_start_matches("/dossiers/");
    assert_ne!(there, here);
    let step = site.get(&format!("/dossiers/{there}/etapes/identification"), &ines).await;
    assert!(step.text.contains("Les Ateliers de la Loire"), "typed once");
    assert_eq!(
        site.post("/dossiers/ouvrir", &ines, &body("58")).await.location,
        format!("/dossiers/{here}")
    );
    let wrong = site.post("/dossiers/ouvrir", &ines, &body("99")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Ce numéro de département"));
}
