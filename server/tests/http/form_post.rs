//! Without script: a step is a plain form, and nothing typed is lost.

use axum::http::StatusCode;
use dossier::operation::Verdict;

use crate::support::{OURS, Site, body};

/// The stamp that the page carries.
async fn stamp(site: &Site, path: &str, cookie: &str) -> String {
    let page = site.get(path, cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let tail = page.text.split("name=\"_vu\" value=\"").nth(1).unwrap();
    tail.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_posted_step_is_saved_and_leads_on() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let path = format!("/dossiers/{id}/etapes/identification");
    let seen = stamp(&site, &path, &ines).await;
    let posted = body(&[
        ("_vu", &seen),
        ("identification.legal_name", "Les Ateliers de Valbrune"),
        ("_enregistrer", "continuer"),
    ]);
    let answer = site.post(&path, &ines, &posted).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert!(answer.location.ends_with("/etapes/gouvernance"), "{}", answer.location);
    assert!(site.get(&path, &ines).await.text.contains("Les Ateliers de Valbrune"));
}

#[tokio::test]
async fn a_mistake_is_kept_and_shown() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let path = format!("/dossiers/{id}/etapes/identification");
    let posted = body(&[("identification.siret", "123"), ("_enregistrer", "continuer")]);
    let answer = site.post(&path, &ines, &posted).await;
    assert!(answer.location.ends_with("identification?montrer=problemes"), "{}", answer.location);
    let page = site.get(&answer.location, &ines).await.text;
    assert!(page.contains("quatorze chiffres") && page.contains("value=\"123\""));
}

#[tokio::test]
async fn what_was_not_touched_never_overwrites_a_colleague() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    site.write(&id, &ines, "identification.legal_name", "Avant", 0).await;
    let path = format!("/dossiers/{id}/etapes/identification");
    let seen = stamp(&site, &path, &ines).await;
    assert!(matches!(
        site.write(&id, &karim, "identification.legal_name", "De Karim", 1).await.verdict,
        Verdict::Saved { .. }
    ));
    let posted = body(&[
        ("_vu", &seen),
        ("identification.legal_name", "Avant"),
        ("identification.trade_name", "Valbrune"),
        ("_enregistrer", "rester"),
    ]);
    let answer = site.post(&path, &ines, &posted).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "untouched is no conflict: {}", answer.text);
    let page = site.get(&path, &ines).await.text;
    assert!(page.contains("De Karim") && page.contains("Valbrune"));
}

#[tokio::test]
async fn two_values_are_both_shown() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let path = format!("/dossiers/{id}/etapes/identification");
    let seen = stamp(&site, &path, &ines).await;
    site.write(&id, &karim, "identification.legal_name", "De Karim", 0).await;
    let posted = body(&[
        ("_vu", &seen),
        ("identification.legal_name", "D'Inès"),
        ("_enregistrer", "rester"),
    ]);
    let answer = site.post(&path, &ines, &posted).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer.text.contains("De Karim") && answer.text.contains("Deux valeurs au même moment")
    );
    // Posting the same page again chooses mine.
    let tail = answer.text.split("name=\"_vu\" value=\"").nth(1).unwrap();
    let seen = tail.split('"').next().unwrap().to_owned();
    let posted = body(&[
        ("_vu", &seen),
        ("identification.legal_name", "D'Inès"),
        ("_garder", "identification.legal_name"),
    ]);
    assert_eq!(site.post(&path, &ines, &posted).await.status, StatusCode::SEE_OTHER);
    let page = site.get(&path, &ines).await.text;
    assert!(
        page.contains("D&#39;Inès") || page.contains("D'Inès") || page.contains("D&#x27;Inès"),
        "mine stands"
    );
}

#[tokio::test]
async fn rows_are_added_moved_and_removed_by_buttons() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let path = format!("/dossiers/{id}/etapes/activites");
    let answer = site.post(&path, &ines, &body(&[("_ajouter", "activites.activities")])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    site.post(&path, &ines, &body(&[("_ajouter", "activites.activities")])).await;
    let marks = async || -> Vec<String> {
        let page = site.get(&path, &ines).await.text;
        let buttons = page.split("name=\"_retirer\" value=\"").skip(1);
        let marks = buttons.filter_map(|rest| rest.split('"').next().map(str::to_owned));
        marks.filter(|mark| mark.starts_with("activites.activities#")).collect()
    };
    let [first, second] = <[String; 2]>::try_from(marks().await).expect("two rows");
    let moved = site.post(&path, &ines, &body(&[("_monter", &second)])).await;
    assert!(moved.location.ends_with(&format!("#rang-{second}")), "back to the row");
    assert_eq!(marks().await, [second.clone(), first.clone()]);
    site.post(&path, &ines, &body(&[("_descendre", &second)])).await;
    assert_eq!(marks().await, [first.clone(), second.clone()]);
    site.post(&path, &ines, &body(&[("_descendre", &second)])).await;
    assert_eq!(marks().await, [first.clone(), second.clone()], "the last row is last");
    site.post(&path, &ines, &body(&[("_retirer", &first)])).await;
    assert_eq!(marks().await, [second]);
}

#[tokio::test]
async fn hostile_text_is_only_text() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    let hostile = "\"></textarea></script><script>alert(1)</script>";
    for field in
        ["identification.legal_name", "identification.presentation", "identification.email"]
    {
        site.write(&id, &ines, field, hostile, 0).await;
    }
    let page = site
        .get(&format!("/dossiers/{id}/etapes/identification?montrer=problemes"), &ines)
        .await
        .text;
    assert!(page.contains("alert(1)"), "the text is there");
    assert!(!page.contains("<script>alert"), "and is not a script");
}
