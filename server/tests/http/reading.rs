//! What an agent reads by, over HTTP and by role: signals set aside, questions that are composed, deposits
//! side by side.

use axum::http::StatusCode;
use dossier::role::Role;
use service::{
    DossierId,
    deposits::Filing,
    drafts::{self, NewDossier},
    journal,
};

use crate::{
    instruction::deposited_with,
    support::{OURS, Site, body},
};

/// More posts are asked for, and last year's were not all occupied.
const ASKED: &str = r#"{"demande.department":"58","demande.period_end":"31/12/2027","demande.period_start":"01/01/2027","demande.request_kind":"annual","demande.siae_kind":"ACI","moyens.etp_current":"12","moyens.etp_realized_prev":"9.92","moyens.etp_requested":"14.20"}"#;
/// Its figures.
const PRINT: &str = "1420 1200 992";

fn aside(reason: &str) -> String {
    body(&[("geste", "ecarter"), ("chiffres", PRINT), ("texte", reason)])
}

/// The same dossier, deposited again with other answers.
async fn deposit_again(site: &Site, id: &str, answers: &str) {
    let id = DossierId::from(id);
    let head = site.services.store.head(&id).await.unwrap().unwrap();
    let actor = site.services.store.deposit_of(&id, 1).await.unwrap().unwrap().by;
    let account = site.services.store.account(&actor).await.unwrap().unwrap();
    let cookie = service::sessions::sign_in_as_persona(&site.services, &account.id).await.unwrap();
    let actor = service::sessions::actor(&site.services, &cookie.token).await.unwrap().unwrap();
    let bytes = format!(r#"{{"answers":{answers},"form":"conventionnement","revision":1}}"#);
    let filing = Filing { head, actor, at: site.services.now(), bytes: bytes.into_bytes() };
    site.services.store.deposit(&filing).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_signal_is_set_aside_with_a_reason_for_its_figures() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited_with(&site, &ines, ASKED).await;
    let read = format!("/dossiers/{id}/instruction");
    let signal = format!("/dossiers/{id}/signaux/posts_not_worked");
    let page = site.get(&read, &agnes).await.text;
    assert!(page.contains("id=\"signal-posts_not_worked\"") && page.contains(PRINT), "{page}");

    for (posted, says) in [
        (aside("  "), "Écrivez pourquoi"),
        (aside(&"x".repeat(2_001)), "Écrivez pourquoi"),
        (body(&[("geste", "ecarter"), ("chiffres", "1 2"), ("texte", "Un motif.")]), "Un motif."),
    ] {
        let refused = site.post(&signal, &agnes, &posted).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(says), "{says}: {}", refused.text);
    }
    let odd = site.post(&signal, &agnes, &body(&[("geste", "autre")])).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);

    let reason = "Une <b>fermeture</b> de trois mois.";
    let done = site.post(&signal, &agnes, &aside(reason)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(done.location.ends_with("#signaux"));
    let page = site.get(&read, &paul).await.text;
    assert!(page.contains("1 signal écarté") && page.contains("Une &lt;b&gt;fermeture"));
    assert!(page.contains("par agnes"), "a colleague reads who");
    assert!(!page.contains("class=\"count\">1<"), "it is counted no more");
    site.post(&signal, &paul, &aside("Encore.")).await;
    let id = DossierId::from(id.as_str());
    let choices = site.services.store.signal_choices(&id).await.unwrap();
    assert_eq!(choices.len(), 1, "what is aside already is not set aside again");
    assert_eq!(choices[0].reason, reason);
    let actor = service::sessions::actor(&site.services, agnes.trim_start_matches("trame="));
    let actor = actor.await.unwrap().unwrap();
    let events = journal::read(&site.services, &actor, &id).await.unwrap();
    let told = serde_json::to_string(&events).unwrap();
    assert!(told.contains("signal_set_aside") && !told.contains("fermeture"), "{told}");

    // Other answers, same figures: it stays aside. Other figures: it is open again.
    deposit_again(&site, id.as_str(), &ASKED.replace("31/12/2027", "30/12/2027")).await;
    assert!(site.get(&read, &paul).await.text.contains("1 signal écarté"));
    deposit_again(&site, id.as_str(), &ASKED.replace("9.92", "9.91")).await;
    let page = site.get(&read, &paul).await.text;
    assert!(!page.contains("signal écarté") && page.contains("pour d'autres chiffres"), "{page}");
    let fresh = body(&[("geste", "ecarter"), ("chiffres", "1420 1200 991"), ("texte", "Oui.")]);
    assert_eq!(site.post(&signal, &paul, &fresh).await.status, StatusCode::SEE_OTHER);
    let back = site.post(&signal, &agnes, &body(&[("geste", "reprendre")])).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let page = site.get(&read, &agnes).await.text;
    assert!(!page.contains("signal écarté") && !page.contains("pour d'autres chiffres"));
}

#[tokio::test]
async fn reasons_are_the_services_own() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited_with(&site, &ines, ASKED).await;
    let read = format!("/dossiers/{id}/instruction");
    let signal = format!("/dossiers/{id}/signaux/posts_not_worked");
    site.post(&signal, &agnes, &aside("Un secret du service.")).await;
    for role in [Role::Dreets, Role::Dgefp, Role::DepartmentalCouncil, Role::FranceTravail] {
        let cookie = site.somebody(role).await;
        let taken = site.post(&signal, &cookie, &body(&[("geste", "reprendre")])).await;
        assert_eq!(taken.status, StatusCode::NOT_FOUND, "{role:?}");
        let page = site.get(&read, &cookie).await.text;
        assert!(page.contains("1 signal écarté"), "{role:?}");
        assert!(!page.contains("Un secret") && !page.contains("agnes"), "{role:?}");
        assert!(!page.contains("Reprendre ce signal") && !page.contains("/regards"), "{role:?}");
    }
    let taken = site.post(&signal, &ines, &body(&[("geste", "reprendre")])).await;
    assert_eq!(taken.status, StatusCode::NOT_FOUND, "the structure");
    let asked = site.get(&format!("/dossiers/{id}/depots/1"), &ines).await;
    assert!(asked.status == StatusCode::OK && !asked.text.contains("Un secret"));
    let chief = site.somebody(Role::DdetsSignatory).await;
    assert!(site.get(&read, &chief).await.text.contains("Un secret du service."));
}

fn question(question: &str, cards: &[&str], place: &str) -> String {
    let cards = cards.iter().map(|card| ("carte", *card));
    let pairs: Vec<_> =
        [("question", question), ("pour", place)].into_iter().chain(cards).collect();
    body(&pairs)
}

#[tokio::test]
async fn a_question_is_composed_for_oneself_or_for_ones_service() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58", "21"]).await;
    let far = site.agent("far", &["29"]).await;
    let id = deposited_with(&site, &ines, ASKED).await;
    let (all, read) = (format!("/dossiers/{id}/regards"), format!("/dossiers/{id}/instruction"));

    for (posted, says) in [
        (question("", &["budget"], ""), "Écrivez la question"),
        (question("Et alors ?", &[], ""), "Choisissez au moins"),
        (question(&"x".repeat(121), &["budget"], ""), "120 caractères au plus"),
    ] {
        let refused = site.post(&all, &agnes, &posted).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(says), "{says}");
    }
    let kept = site.post(&all, &agnes, &question("Et <i>alors</i> ?", &[], "")).await.text;
    assert!(kept.contains("Et &lt;i&gt;alors&lt;/i&gt; ?"), "nothing that is typed is lost");
    let foreign = site.post(&all, &agnes, &question("Alors ?", &["budget"], "29")).await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST, "not her service");

    let cards = ["moyens.request", "nievre.gone"];
    let made = site.post(&all, &agnes, &question("Combien de postes <i>?", &cards, "")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let key = made.location.split("regard=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let (one, through) = (format!("{all}/{key}"), format!("{read}?regard={key}"));
    let page = site.get(&through, &agnes).await.text;
    assert!(page.contains("Combien de postes &lt;i&gt;") && page.contains("Vous avez composé"));
    assert!(page.contains("id=\"rep-moyens.etp_requested\"") && !page.contains("id=\"rep-budget"));
    assert!(page.contains("Les ETP, année par année") && page.contains("signal-posts_not_worked"));
    assert!(!site.get(&read, &paul).await.text.contains("Combien de postes"), "it is her own");
    assert!(site.get(&through, &paul).await.text.contains("id=\"rep-budget"), "all of the dossier");
    assert_eq!(site.get(&one, &paul).await.status, StatusCode::NOT_FOUND);

    let shared = question("Combien de postes ?", &["moyens"], "58");
    assert_eq!(site.post(&one, &agnes, &shared).await.status, StatusCode::SEE_OTHER);
    let page = site.get(&through, &paul).await.text;
    assert!(page.contains("agnes a composé cette question") && page.contains("inspirer"));
    for cookie in [&paul, &far] {
        assert_eq!(site.post(&one, cookie, &shared).await.status, StatusCode::NOT_FOUND);
        let gone = site.post(&one, cookie, &body(&[("geste", "retirer")])).await.status;
        assert_eq!(gone, StatusCode::NOT_FOUND);
    }
    let zoe = site.person("zoe", crate::support::THEIRS, true).await;
    let theirs = deposited_far(&site, &zoe).await;
    let page = site.get(&format!("/dossiers/{theirs}/instruction"), &far).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("Combien de postes"), "another département sees none");
    assert!(site.get(&format!("/dossiers/{theirs}/regards"), &far).await.status == StatusCode::OK);
    let begun = site.get(&format!("{all}?depuis={key}"), &paul).await.text;
    assert!(
        begun.contains("value=\"Combien de postes") && begun.contains("value=\"moyens\" checked")
    );

    let gone = site.post(&one, &agnes, &body(&[("geste", "retirer")])).await;
    assert!(gone.location.ends_with(&format!("?retiree={key}")));
    assert!(site.get(&gone.location, &agnes).await.text.contains("La remettre"));
    assert!(!site.get(&read, &paul).await.text.contains("Combien de postes"));
    site.post(&one, &agnes, &body(&[("geste", "remettre")])).await;
    assert!(site.get(&read, &paul).await.text.contains("Combien de postes"));
    for role in [
        Role::SiaeMember,
        Role::Dreets,
        Role::Dgefp,
        Role::DepartmentalCouncil,
        Role::FranceTravail,
    ] {
        let cookie = site.somebody(role).await;
        assert_eq!(site.get(&all, &cookie).await.status, StatusCode::NOT_FOUND, "{role:?}");
        assert_eq!(
            site.post(&all, &cookie, &shared).await.status,
            StatusCode::NOT_FOUND,
            "{role:?}"
        );
    }
}

/// A dossier of the Finistère.
async fn deposited_far(site: &Site, cookie: &str) -> String {
    let token = cookie.trim_start_matches("trame=");
    let actor = service::sessions::actor(&site.services, token).await.unwrap().unwrap();
    let new = NewDossier {
        structure_id: crate::support::THEIRS.into(),
        form: "conventionnement".into(),
        kind: "AI".into(),
        request_kind: "annual".into(),
        year: 2027,
        perimeter: "DC".into(),
        department: Some("29".into()),
    };
    let id = drafts::open(&site.services, &actor, new, vec![]).await.unwrap();
    let mut head = site.services.store.head(&id).await.unwrap().unwrap();
    head.state = dossier::state::State::Submitted;
    let bytes = br#"{"answers":{},"form":"conventionnement","revision":1}"#.to_vec();
    let filing = Filing { head, actor, at: site.services.now(), bytes };
    site.services.store.deposit(&filing).await.unwrap().unwrap();
    id.to_string()
}

#[tokio::test]
async fn two_deposits_are_read_side_by_side() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let far = site.agent("far", &["29"]).await;
    let said =
        ASKED.replace('{', r#"{"identification.presentation":"Nous cultivons des légumes.","#);
    let id = deposited_with(&site, &ines, &said).await;
    let path = format!("/dossiers/{id}/comparer");
    let alone = site.get(&path, &agnes).await;
    assert!(alone.status == StatusCode::OK && alone.text.contains("qu'un seul dépôt"));
    let again = said.replace("des légumes", "des fleurs <b>").replace("14.20", "13");
    deposit_again(&site, &id, &again).await;
    let page = site.get(&path, &agnes).await.text;
    assert!(
        page.contains("<del>légumes.</del>") && page.contains("<ins>fleurs &lt;b&gt;.</ins>"),
        "{page}"
    );
    assert!(page.contains("14,20") && page.contains("13,00") && !page.contains("9,92"));
    let whole = site.get(&format!("{path}?gauche=2&droite=1&tout=oui"), &agnes).await.text;
    assert!(whole.contains("9,92") && whole.contains("<ins>légumes.</ins>"), "the other way round");
    for odd in ["gauche=9", "gauche=1&droite=1", "gauche=x&droite=%00", "gauche=an"] {
        let answer = site.get(&format!("{path}?{odd}"), &agnes).await;
        assert!(answer.status == StatusCode::OK, "{odd}: {}", answer.status);
    }
    assert_eq!(site.get(&path, &far).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&path, &ines).await.status, StatusCode::SEE_OTHER, "to her own pages");
}

#[tokio::test]
async fn a_report_is_read_by_its_own_questions() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = site.open(&ines, OURS, "ACI", "bilan").await;
    let mut head = site.services.store.head(&id.as_str().into()).await.unwrap().unwrap();
    head.state = dossier::state::State::Submitted;
    let token = ines.trim_start_matches("trame=");
    let actor = service::sessions::actor(&site.services, token).await.unwrap().unwrap();
    let bytes = br#"{"answers":{"bilan.year":"2027","demande.siae_kind":"ACI","resultats.fte_agreed":"12","resultats.fte_realised":"9"},"form":"bilan","revision":1}"#.to_vec();
    let filing = Filing { head, actor, at: site.services.now(), bytes };
    site.services.store.deposit(&filing).await.unwrap().unwrap();
    let read = format!("/dossiers/{id}/instruction");
    let page = site.get(&read, &agnes).await.text;
    assert!(
        page.contains("Les objectifs sont-ils atteints") && page.contains("regard=comptes"),
        "{page}"
    );
    assert!(!page.contains("Les postes demandés sont-ils réalistes"));
    assert!(page.contains("signal-posts_left_empty") && page.contains("ETP réalisés"));
    let page = site.get(&format!("{read}?regard=objectifs"), &agnes).await.text;
    assert!(page.contains("rep-resultats.fte_agreed") && !page.contains("rep-finances"));
    let page = site.get(&format!("{read}?regard=postes"), &agnes).await.text;
    assert!(page.contains("rep-finances"), "a question of requests shows all of a report");
}
