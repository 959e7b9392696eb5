//! The fiche de suivi over HTTP: by role, shared, commented, and never lost on the way.

use axum::http::StatusCode;
use dossier::role::Role;

use crate::{
    instruction::deposited_with,
    support::{OURS, Site, body},
};

const ASKS: &str = r#"{"demande.request_kind":"annual","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","demande.previous_convention_number":"058 010126 ACI 00009","moyens.etp_requested":"12","moyens.etp_current":"12","moyens.staff.etp#supervision_total":"3","moyens.staff.etp#insertion":"20","objectifs.rate_dynamic_realized_prev":"50","publics.n_beneficiaries":"40","publics.n_brsa_plain":"20"}"#;

/// A complete request, who deposited it and who instructs it.
async fn complete(site: &Site) -> (String, String, String) {
    let ines = site.person("ines", OURS, true).await;
    let id = deposited_with(site, &ines, ASKS).await;
    let agent = site.agent("agnes", &["58"]).await;
    let posted = body(&[("acte", "declare_complete"), ("depot", "1")]);
    let done = site.post(&format!("/dossiers/{id}/actes"), &agent, &posted).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    (id, ines, agent)
}

/// A sheet that says what it must, over this version.
fn sheet(over: &str, day: &str, more: &[(&str, &str)]) -> String {
    let all = [
        ("version", over),
        ("depot", "1"),
        ("jour", day),
        ("participants", "DDETS, direction de la structure"),
        ("axe-2", "Une accompagnatrice de plus en mars."),
        ("etp", "11,5"),
        ("durable", "20"),
        ("transition", "20"),
        ("positive", "10"),
        ("modulee", "5,5"),
    ];
    body(&[&all, more].concat())
}

const SHARE: [(&str, &str); 1] = [("communiquer", "oui")];

#[tokio::test]
async fn who_reads_writes_and_comments() {
    let site = Site::new().await;
    let (id, ines, agent) = complete(&site).await;
    let path = format!("/dossiers/{id}/fiche-de-suivi");
    let comments = format!("{path}/commentaires");
    let today = site.services.clock.today().unwrap().to_string();
    let done = site.post(&path, &agent, &sheet("0", &today, &[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(site.get(&path, &ines).await.status, StatusCode::NOT_FOUND, "not shared yet");
    let done = site.post(&path, &agent, &sheet("1", &today, &SHARE)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    for role in Role::ALL {
        let cookie = match role {
            Role::Guest => continue,
            Role::SiaeAdmin => ines.clone(),
            role => site.somebody(role).await,
        };
        let page = site.get(&path, &cookie).await;
        let reads = page.status == StatusCode::OK;
        let should = !matches!(role, Role::CommissionMember | Role::Asp | Role::Facilitator);
        assert_eq!(reads, should, "{role:?}");
        assert_eq!(page.text.contains("Une accompagnatrice de plus"), reads, "{role:?}");
        assert_eq!(page.text.contains("name=\"axe-2\""), role.instructs(), "{role:?}");
        let says = body(&[("version", "2"), ("commentaire", &format!("Vu par {}", role.code()))]);
        let said = site.post(&comments, &cookie, &says).await.status;
        let comments =
            matches!(role, Role::SiaeAdmin | Role::DepartmentalCouncil | Role::FranceTravail);
        let expected = match (comments, reads) {
            (true, _) => StatusCode::SEE_OTHER,
            (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, false) => StatusCode::NOT_FOUND,
        };
        assert_eq!(said, expected, "{role:?}");
        let wrote = site.post(&path, &cookie, &sheet("2", &today, &[])).await.status;
        if !role.instructs() {
            assert_ne!(wrote, StatusCode::SEE_OTHER, "{role:?}");
        }
    }
    let page = site.get(&path, &agent).await.text;
    for role in [Role::SiaeAdmin, Role::DepartmentalCouncil, Role::FranceTravail] {
        assert!(page.contains(&format!("Vu par {}", role.code())), "{role:?}");
    }
    let receipt = site.get(&format!("/dossiers/{id}/depots/1"), &ines).await.text;
    assert!(receipt.contains("Lire la fiche de suivi"), "{receipt}");
}

#[tokio::test]
async fn what_it_agrees_on_is_proposed_to_the_decision() {
    let site = Site::new().await;
    let (id, _, agent) = complete(&site).await;
    let path = format!("/dossiers/{id}/fiche-de-suivi");
    let page = site.get(&path, &agent).await.text;
    // 30 of 60 points of the people, 10 of 20 of the means, 30 of 40 of the results.
    assert!(page.contains("Le calcul donne 5,63"), "{page}");
    let today = site.services.clock.today().unwrap().to_string();
    let done = site.post(&path, &agent, &sheet("0", &today, &SHARE)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let act = body(&[("acte", "open_dialogue"), ("depot", "1")]);
    site.post(&format!("/dossiers/{id}/actes"), &agent, &act).await;
    let page = site.get(&format!("/dossiers/{id}/instruction"), &agent).await.text;
    assert!(page.contains("que retient la fiche de suivi"), "{page}");
    assert!(page.contains("value=\"11,50\"") && page.contains("value=\"5,50\""), "{page}");
}

#[tokio::test]
async fn what_is_refused_is_still_on_the_page() {
    let site = Site::new().await;
    let (id, ines, agent) = complete(&site).await;
    let path = format!("/dossiers/{id}/fiche-de-suivi");
    let today = site.services.clock.today().unwrap().to_string();
    // To be shared it says more; it is not kept as it is, and comes back as it was typed.
    let half =
        [("version", "0"), ("depot", "1"), ("suites", "Revoir en mars"), ("communiquer", "oui")];
    let refused = site.post(&path, &agent, &body(&half)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Revoir en mars", "Indiquez le jour du dialogue", "Dites qui a pris part"] {
        assert!(refused.text.contains(said), "{said}: {}", refused.text);
    }
    // Somebody else was first: both texts are there.
    site.post(&path, &agent, &sheet("0", &today, &[])).await;
    let mine = [("attention", "Le mien")];
    let changed = site.post(&path, &agent, &sheet("0", &today, &mine)).await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(changed.text.contains("Le mien") && changed.text.contains("La version de"));
    assert!(changed.text.contains("name=\"version\" value=\"1\""), "what follows was read");
    // Nobody writes it once the dossier went back: the text is there to be copied.
    let back =
        body(&[("acte", "send_back"), ("depot", "1"), ("jour", &today), ("message", "Revoir")]);
    let done = site.post(&format!("/dossiers/{id}/actes"), &agent, &back).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let late = site.post(&path, &agent, &sheet("1", &today, &mine)).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.text.contains("n'est pas enregistré") || late.text.contains("n’est pas enregistré")
    );
    assert!(late.text.contains("Le mien"), "{}", late.text);
    let stranger = site.post(&path, &ines, &sheet("1", &today, &mine)).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "nothing is shared with the structure");
}
