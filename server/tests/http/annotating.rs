//! Notes that have consequences, over HTTP: by role, and with input that makes no sense.

use axum::http::StatusCode;
use dossier::state::State;

use crate::{
    instruction::deposited_with,
    support::{OURS, Site, THEIRS, body},
};

const ETP: &str = "moyens.etp_requested";
const TEXT: &str = "identification.presentation";
const SAYS: &str = r#"{"demande.request_kind":"first","demande.siae_kind":"ACI","moyens.etp_requested":"14.20","identification.presentation":"Douze personnes. <b>Douze</b> autres."}"#;

fn note<'a>(more: &[(&'a str, &'a str)]) -> String {
    let usual =
        [("reponse", ETP), ("nature", "question"), ("pour", "service"), ("texte", "Lesquels ?")];
    let kept = usual.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    body(&[kept.copied().collect(), more.to_vec()].concat())
}

async fn written(site: &Site, id: &str, cookie: &str, posted: &str) -> String {
    let done = site.post(&format!("/dossiers/{id}/notes"), cookie, posted).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    done.location.split("#note-").nth(1).unwrap().to_owned()
}

async fn act(site: &Site, id: &str, cookie: &str, acte: &str) -> crate::support::Answer {
    let day = site.services.clock.today().unwrap().to_string();
    let posted = [
        ("acte", acte),
        ("depot", "1"),
        ("jour", day.as_str()),
        ("message", "Utile au territoire."),
        ("avis", "favourable"),
        ("proposition", "favourable"),
        ("etp", "12"),
    ];
    site.post(&format!("/dossiers/{id}/actes"), cookie, &body(&posted)).await
}

#[tokio::test]
async fn a_blocking_note_stops_the_decision_and_says_which_it_is() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let dreets = site.of_role(dossier::role::Role::Dreets, &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let page = format!("/dossiers/{id}/instruction");
    for (posted, says) in [
        (note(&[("bloquante", "oui"), ("nature", "remark")]), "Une annotation bloquante demande"),
        (note(&[("bloquante", "oui"), ("pour", "own")]), "Une annotation bloquante demande"),
    ] {
        let refused = site.post(&format!("/dossiers/{id}/notes"), &agnes, &posted).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text.contains(says) && refused.text.contains("Lesquels ?"),
            "nothing is lost"
        );
    }
    let key = written(&site, &id, &agnes, &note(&[("bloquante", "oui")])).await;
    let list = site.get("/territoire?notes=bloquantes", &agnes).await.text;
    assert!(list.contains("Les Ateliers") && list.contains("dont 1"), "{list}");
    let theirs = site.get("/territoire", &dreets).await.text;
    assert!(theirs.contains("Les Ateliers") && !theirs.contains("bloqu"), "who only reads");
    let asked = site.get("/territoire?pile=tous&notes=bloquantes", &dreets).await.text;
    assert!(asked.contains("Les Ateliers") && !asked.contains("dont 1"), "learns nothing of it");
    for acte in ["declare_complete", "open_dialogue", "refer_to_commission"] {
        assert_eq!(act(&site, &id, &agnes, acte).await.status, StatusCode::SEE_OTHER, "{acte}");
    }
    let refused = act(&site, &id, &agnes, "prepare_decision").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Une annotation bloquante est ouverte"), "{}", refused.text);
    assert!(refused.text.contains("Utile au territoire."), "what was written is not lost");
    assert!(site.get(&page, &agnes).await.text.contains(&format!("#note-{key}")));
    let block = format!("/dossiers/{id}/notes/{key}/bloquante");
    for cookie in [&ines, &dreets] {
        let done = site.post(&block, cookie, &body(&[("bloquante", "non")])).await;
        assert_eq!(done.status, StatusCode::NOT_FOUND);
    }
    let settle = format!("/dossiers/{id}/notes/{key}/reglee");
    let done = site.post(&settle, &agnes, &body(&[("reglee", "surveiller")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(site.get(&page, &agnes).await.text.contains("à surveiller ensuite"));
    assert_eq!(act(&site, &id, &agnes, "prepare_decision").await.status, StatusCode::SEE_OTHER);
    let head = site.services.store.head(&id.as_str().into()).await.unwrap().unwrap();
    assert_eq!(head.state, State::DecisionPending);
}

#[tokio::test]
async fn a_suggested_value_is_typed_like_an_answer_and_taken_by_the_structure_alone() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let suggests = |value: &'static str| {
        note(&[("nature", "suggestion"), ("pour", "structure"), ("texte", ""), ("valeur", value)])
    };
    let compose = site.get(&format!("/dossiers/{id}/instruction?annoter={ETP}"), &agnes).await.text;
    assert!(compose.contains("name=\"valeur\"") && compose.contains("inputmode=\"decimal\""));
    let step = site.get(&format!("/dossiers/{id}/instruction?annoter=budget"), &agnes).await.text;
    assert!(step.contains("id=\"annoter\"") && !step.contains("value=\"suggestion\""));
    let notes = format!("/dossiers/{id}/notes");
    for (value, says) in [
        ("douze", "La question ne prend pas cette valeur"),
        ("14,2", "déjà ce que la structure a répondu"),
        ("", "Écrivez la valeur"),
    ] {
        let refused = site.post(&notes, &agnes, &suggests(value)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        let text = refused.text.replace("&#x27;", "'");
        assert!(text.contains(says), "{value}: {text}");
    }
    let inside = note(&[("nature", "suggestion"), ("valeur", "12")]);
    assert_eq!(site.post(&notes, &agnes, &inside).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let key = written(&site, &id, &agnes, &suggests("12,5")).await;
    let choose = format!("/dossiers/{id}/notes/{key}/proposition");
    let take =
        |seen: &'static str| body(&[("choix", "accepter"), ("vu", seen), ("sachant", "oui")]);
    let unsent = site.post(&choose, &ines, &take("0")).await;
    assert_eq!(unsent.status, StatusCode::NOT_FOUND, "nothing is read before it is sent");
    assert_eq!(act(&site, &id, &agnes, "ask_for_documents").await.status, StatusCode::SEE_OTHER);
    for cookie in [&zoe, &agnes] {
        assert_eq!(site.post(&choose, cookie, &take("0")).await.status, StatusCode::NOT_FOUND);
    }
    let asked = format!("/dossiers/{id}/questions");
    assert!(site.get(&asked, &ines).await.text.contains("Accepter la valeur proposée"));
    for (posted, status) in [
        (body(&[("choix", "x")]), StatusCode::BAD_REQUEST),
        (body(&[("choix", "accepter"), ("vu", "x")]), StatusCode::BAD_REQUEST),
        (body(&[("choix", "refuser"), ("raison", " ")]), StatusCode::UNPROCESSABLE_ENTITY),
        (take("7"), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(site.post(&choose, &ines, &posted).await.status, status, "{posted}");
    }
    // The draft of these tests was never typed: the answer has changed since the deposit.
    let blind = site.post(&choose, &ines, &body(&[("choix", "accepter"), ("vu", "0")])).await;
    assert_eq!(blind.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blind.text.contains("Votre réponse a changé depuis"));
    let done = site.post(&choose, &ines, &take("0")).await;
    assert_eq!(done.location, format!("{asked}#note-{key}"), "{}", done.text);
    let read = site.get(&asked, &ines).await.text;
    assert!(
        read.contains("Acceptée par ines") && read.contains("La réponse est la valeur proposée")
    );
    let history = site.get(&format!("/dossiers/{id}/historique?reponse={ETP}"), &ines).await.text;
    assert!(history.contains("12,50") && history.contains("proposée par agnes"), "{history}");
}

#[tokio::test]
async fn a_passage_is_quoted_where_it_is_and_shown_in_the_text() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited_with(&site, &ines, SAYS).await;
    let quotes = |passage: &'static str, rank: &'static str| {
        note(&[("reponse", TEXT), ("passage", passage), ("rang", rank)])
    };
    let notes = format!("/dossiers/{id}/notes");
    for (passage, says) in [("treize", "mot pour mot"), ("Douze", "se lit 2 fois")] {
        let refused = site.post(&notes, &agnes, &quotes(passage, "")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(says) && refused.text.contains(passage), "{passage}");
    }
    let open = format!("/dossiers/{id}/instruction?annoter={TEXT}&passage=%3Cscript%3E&rang=x");
    let open = site.get(&open, &agnes).await;
    assert!(open.status == StatusCode::OK && !open.text.contains("<script>"));
    written(&site, &id, &agnes, &quotes("<b>Douze</b>", "0")).await;
    let page = site.get(&format!("/dossiers/{id}/instruction"), &agnes).await.text;
    assert!(page.contains("<mark") && page.contains("&lt;b&gt;Douze&lt;/b&gt;</mark>"), "{page}");
    assert!(page.contains("Le passage n"), "how it stands is said");
}
