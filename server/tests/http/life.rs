//! The life of a dossier over HTTP: opening, saving, depositing, withdrawing.

use axum::http::StatusCode;
use dossier::{form::form_of, operation::Verdict};

use crate::support::{OURS, Site};

#[tokio::test]
async fn opening_twice_joins() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let first = site.open(&ines, OURS, "ACI", "annual").await;
    assert_eq!(site.open(&karim, OURS, "ACI", "annual").await, first);
    assert_ne!(site.open(&ines, OURS, "EI", "annual").await, first);
}

#[tokio::test]
async fn a_step_read_before_shows_what_was_saved_since() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let step = format!("/dossiers/{id}/etapes/identification");
    let shows = async |text: &str| site.get(&step, &karim).await.text.contains(text);
    for (seen, text) in (0..).zip(["Les Ateliers du Pont", "Les Ateliers du Quai"]) {
        assert!(!shows(text).await);
        site.write(&id, &ines, "identification.legal_name", text, seen).await;
        assert!(shows(text).await && shows(text).await, "{text}");
    }
}

#[tokio::test]
async fn a_text_written_over_is_found_and_taken_again() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    for (seen, text) in (0..).zip(["Un <b>premier</b>", "Un deuxième"]) {
        site.write(&id, &ines, "identification.legal_name", text, seen).await;
    }
    let address = format!("/dossiers/{id}/historique");
    let page = site.get(&format!("{address}?reponse=identification.legal_name"), &ines).await;
    assert!(page.text.contains("Un &lt;b&gt;premier") && page.text.contains("Un deuxième"));
    let again = |version| format!("reponse=identification.legal_name&version={version}");
    let answer = site.post(&address, &ines, &again(1)).await;
    let back = format!("/dossiers/{id}/etapes/identification#champ-identification.legal_name");
    assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, back));
    let outcome = site.write(&id, &ines, "identification.legal_name", "Un <b>premier</b>", 3).await;
    assert_eq!(outcome.verdict, Verdict::Saved { version: 3 }, "it stands again");
    assert_eq!(site.post(&address, &ines, &again(9)).await.status, StatusCode::NOT_FOUND);
    for wrong in ["", "?reponse=", "?reponse=demande.nothing"] {
        let answer = site.get(&format!("{address}{wrong}"), &ines).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn two_people_in_two_passages_of_one_text_are_put_together() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let at = "identification.presentation";
    site.write(&id, &ines, at, "Un atelier. Deux chantiers. Dix salariés.", 0).await;
    site.write(&id, &karim, at, "Un atelier. Deux chantiers. Douze salariés.", 1).await;
    let outcome = site.write(&id, &ines, at, "Une scierie. Deux chantiers. Dix salariés.", 1).await;
    let both = "Une scierie. Deux chantiers. Douze salariés.";
    assert_eq!(outcome.verdict, Verdict::Merged { raw: both.into(), version: 4, own: 3 });
    let page = site.get(&format!("/dossiers/{id}/historique?reponse={at}"), &karim).await.text;
    assert!(page.contains(both) && page.contains("Une scierie. Deux chantiers. Dix salariés."));
    // Without script, over what the page showed.
    let step = format!("/dossiers/{id}/etapes/identification");
    let posted = "identification.presentation=Un+atelier.%0D%0ADeux+chantiers.+Dix+personnes.";
    let answer = site.post(&step, &karim, posted).await;
    assert_eq!(answer.status, StatusCode::OK, "the same passages as others: both values show");
}

#[tokio::test]
async fn an_operation_sent_twice_applies_once() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let batch =
        serde_json::to_string(&[site.operation("identification.legal_name", "Un", 0)]).unwrap();
    let first = site.operations(&id, &ines, batch.clone()).await;
    let again = site.operations(&id, &ines, batch).await;
    let outcomes = |text: &str| serde_json::from_str::<app::exchange::Kept>(text).unwrap().outcomes;
    assert_eq!(outcomes(&first.text), outcomes(&again.text));
}

#[tokio::test]
async fn two_people_on_one_answer_get_both_values() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    site.write(&id, &ines, "identification.legal_name", "D'Inès", 0).await;
    let outcome = site.write(&id, &karim, "identification.legal_name", "De Karim", 0).await;
    let Verdict::Conflict { raw, version: 1, by } = outcome.verdict else { panic!("{outcome:?}") };
    assert_eq!((raw.as_str(), by.as_str()), ("D'Inès", "ines"));
}

#[tokio::test]
async fn an_incomplete_dossier_is_not_deposited() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let answer = site.post(&format!("/dossiers/{id}/depots"), &ines, "").await;
    assert!(answer.location.ends_with("/recapitulatif"), "{}", answer.location);
    let recap = site.get(&answer.location, &ines).await.text;
    assert!(recap.contains("Il reste quelques réponses") && !recap.contains("Déposer le dossier"));
}

#[tokio::test]
async fn every_step_of_every_kind_is_a_page() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let mut pages = 0;
    for nature in ["first", "renewal", "annual", "amendment", "bilan"] {
        for kind in ["ACI", "EI"] {
            let id = site.open(&ines, OURS, kind, nature).await;
            let form =
                form_of(if nature == "bilan" { "bilan" } else { "conventionnement" }, 1).unwrap();
            for section in &form.revision.sections {
                let page = site
                    .get(&format!("/dossiers/{id}/etapes/{}?montrer=problemes", section.id), &ines)
                    .await;
                if page.status == StatusCode::OK {
                    assert!(page.text.contains("id=\"etape\"") && page.text.contains("</html>"));
                    pages += 1;
                } else {
                    assert_eq!(page.status, StatusCode::NOT_FOUND, "{} {nature}", section.id);
                }
            }
            assert_eq!(
                site.get(&format!("/dossiers/{id}/recapitulatif"), &ines).await.status,
                StatusCode::OK
            );
            // The live draft is joined otherwise: one at a time.
            let actor = service::sessions::actor(&site.services, ines.trim_start_matches("trame="))
                .await
                .unwrap()
                .unwrap();
            service::drafts::abandon(&site.services, &actor, &id.as_str().into()).await.unwrap();
        }
    }
    assert!(pages > 80, "{pages}");
}
