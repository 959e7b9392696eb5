//! The register of annexes over HTTP: by role, several signed at once, and never beyond one's territory.

use axum::http::StatusCode;
use dossier::role::Role;

use crate::{
    instruction::deposited_with,
    support::{OURS, Site, body},
};

const ASKS: &str = r#"{"demande.request_kind":"annual","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","demande.previous_convention_number":"058 010126 ACI 00009","moyens.etp_requested":"12","moyens.etp_current":"12"}"#;
const REASON: &str = "Le projet répond aux besoins du territoire et son budget tient.";
const REGISTER: &str = "/annexes?annee=2027";
const SIGN: &str = "/annexes/signatures";

/// A request that was granted, and who instructs and who signs there.
pub async fn granted(site: &Site) -> (String, String, String) {
    let ines = site.person("ines", OURS, true).await;
    let id = deposited_with(site, &ines, ASKS).await;
    let agent = site.agent("agnes", &["58"]).await;
    let chief = site.of_role(Role::DdetsSignatory, &["58"]).await;
    let grant =
        [("proposition", "favourable"), ("etp", "12"), ("modulee", "6"), ("message", REASON)];
    for (who, acte, more) in [
        (&agent, "declare_complete", &[][..]),
        (&agent, "open_dialogue", &[]),
        (&agent, "prepare_decision", &grant),
        (&chief, "accept", &[("message", REASON)]),
    ] {
        let posted = body(&[&[("acte", acte), ("depot", "1")], more].concat());
        let done = site.post(&format!("/dossiers/{id}/actes"), who, &posted).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{acte}: {}", done.text);
    }
    (id, agent, chief)
}

#[tokio::test]
async fn the_register_is_read_and_signed_by_role() {
    let site = Site::new().await;
    let (id, _, chief) = granted(&site).await;
    let today = site.services.clock.today().unwrap().to_string();
    let sign = body(&[("annee", "2027"), ("jour", &today), ("dossier", &id)]);
    for role in Role::ALL {
        let cookie = match role {
            Role::Guest => continue,
            Role::DdetsSignatory => chief.clone(),
            role => site.somebody(role).await,
        };
        let page = site.get(REGISTER, &cookie).await;
        let file = site.get("/annexes.csv?annee=2027", &cookie).await;
        let reads = page.status == StatusCode::OK;
        assert_eq!(file.status, page.status, "{role:?}");
        assert!(reads || page.status == StatusCode::NOT_FOUND, "{role:?}");
        assert!(!role.is_siae() || !reads, "{role:?}");
        assert_eq!(page.text.contains("ACI 058 26 0009 A1 M0"), reads, "{role:?}");
        assert_eq!(page.text.contains("name=\"jour\""), role.instructs(), "{role:?}");
        if !role.instructs() {
            let refused = site.post(SIGN, &cookie, &sign).await.status;
            assert_eq!(refused, StatusCode::NOT_FOUND, "{role:?}");
        }
    }
    let far = site.agent("far", &["29"]).await;
    let page = site.get(REGISTER, &far).await;
    assert!(page.text.contains("Aucune annexe pour cette année"), "{}", page.text);
    let refused = site.post(SIGN, &far, &sign).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("n'est pas à signer ici"), "as of an annexe that is not there");
}

#[tokio::test]
async fn several_annexes_are_signed_at_once_and_what_is_refused_stays_ticked() {
    let site = Site::new().await;
    let (id, agent, _) = granted(&site).await;
    let today = site.services.clock.today().unwrap().to_string();
    let file = site.get("/annexes.csv?annee=2027&etat=a-signer", &agent).await.text;
    assert_eq!(file.lines().count(), 2, "{file}");
    assert!(file.contains(";ACI058260009A1M0;2027-01-01;2027-12-31;12;12,00;"), "{file}");
    for (jour, ids, says) in [
        ("", &[id.as_str()][..], "Choisissez le jour"),
        (&today, &[], "Cochez les annexes"),
        ("2020-01-01", &[&id], "avant la décision"),
    ] {
        let dossiers = ids.iter().map(|id| ("dossier", *id));
        let posted: Vec<_> =
            [("annee", "2027"), ("jour", jour)].into_iter().chain(dossiers).collect();
        let refused = site.post(SIGN, &agent, &body(&posted)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{jour}");
        assert!(refused.text.contains(says), "{says}: {}", refused.text);
        assert!(refused.text.contains(&format!("value=\"{jour}\"")), "what was typed stays");
        assert_eq!(refused.text.contains(" checked"), !ids.is_empty(), "{jour}");
    }
    let posted = body(&[("annee", "2027"), ("jour", &today), ("dossier", &id)]);
    for signed in ["1", "1"] {
        let done = site.post(SIGN, &agent, &posted).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "twice is once");
        assert!(done.location.ends_with(&format!("&signees={signed}")), "{}", done.location);
    }
    let page = site.get(&format!("{REGISTER}&etat=valides"), &agent).await.text;
    assert!(page.contains("ACI 058 26 0009 A1 M0") && !page.contains("name=\"jour\""));
}
