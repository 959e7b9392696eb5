//! A signed convention over HTTP: by role, each refusal with its sentence, nothing typed lost.

use axum::http::StatusCode;
use dossier::role::Role;

use crate::{
    annexes::granted,
    support::{OURS, Site, THEIRS, body},
};

const REASON: &str =
    "Les contrôles de mars et de juin montrent que l'accompagnement n'est pas assuré.";

/// A convention whose annexe is signed: its address, who instructs, who signs.
async fn signed(site: &Site) -> (String, String, String) {
    let (id, agent, chief) = granted(site).await;
    let today = site.services.clock.today().unwrap().to_string();
    let done =
        site.post(&format!("/dossiers/{id}/annexe"), &agent, &body(&[("jour", &today)])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    (format!("/dossiers/{id}/convention"), agent, chief)
}

fn deed(acte: &str, seen: &str, more: &[(&str, &str)]) -> String {
    body(&[&[("acte", acte), ("vu", seen)], more].concat())
}

fn day(site: &Site, days: i64) -> String {
    let today = site.services.clock.today().unwrap().days_since_epoch();
    form::Date::from_days_since_epoch(today + days).unwrap().to_string()
}

/// What goes with a deed, as it is posted.
type Fields<'a> = &'a [(&'a str, &'a str)];

/// Does it, in order; each is accepted.
async fn all(site: &Site, page: &str, deeds: &[(&str, &str, Fields<'_>)]) {
    for (rank, (who, acte, more)) in deeds.iter().enumerate() {
        let done = site.post(page, who, &deed(acte, &rank.to_string(), more)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{acte}: {}", done.text);
        assert!(done.location.ends_with(&format!("?fait={acte}")), "{}", done.location);
    }
}

#[tokio::test]
async fn each_role_reads_and_does_its_part_and_nothing_else() {
    let site = Site::new().await;
    let (page, _, chief) = signed(&site).await;
    let today = day(&site, 0);
    let prepares = deed("prepare_suspension", "0", &[("jour", &today), ("texte", "court")]);
    for role in Role::ALL {
        let cookie = match role {
            Role::Guest => continue,
            Role::DdetsSignatory => chief.clone(),
            role => site.somebody(role).await,
        };
        let read = site.get(&page, &cookie).await;
        let reads = dossier::right::allows_convention(role, dossier::right::ConventionRight::Read);
        assert_eq!(read.status == StatusCode::OK, reads, "{role:?}");
        assert!(reads || read.status == StatusCode::NOT_FOUND, "{role:?}");
        assert_eq!(read.text.contains("Préparer une suspension"), role.instructs(), "{role:?}");
        let posted = site.post(&page, &cookie, &prepares).await.status;
        let expected =
            if role.instructs() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::NOT_FOUND };
        assert_eq!(posted, expected, "{role:?}");
    }
    let far = site.agent("far", &["29"]).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    for stranger in [&far, &zoe] {
        assert_eq!(site.get(&page, stranger).await.status, StatusCode::NOT_FOUND);
        assert_eq!(site.post(&page, stranger, &prepares).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_suspension_is_signed_by_another_shown_everywhere_and_lifted() {
    let site = Site::new().await;
    let (page, agent, chief) = signed(&site).await;
    let marie = site.person("marie", OURS, true).await;
    let today = day(&site, 0);
    for (more, says) in [
        (&[("jour", "2020-01-01"), ("texte", REASON)][..], "à partir d"),
        (&[("jour", "hier"), ("texte", REASON)], "à partir d"),
        (&[("jour", &today), ("fin", "2020-01-01"), ("texte", REASON)], "avant le premier"),
        (&[("jour", &today), ("texte", "trop court")], "un peu court"),
    ] {
        let refused = site.post(&page, &agent, &deed("prepare_suspension", "0", more)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(says), "{says}: {}", refused.text);
        let typed = more.last().unwrap().1.replace('\'', "&#x27;");
        assert!(
            refused.text.contains(more.last().unwrap().1) || refused.text.contains(&typed),
            "what was typed stays"
        );
    }
    let said = [("jour", today.as_str()), ("texte", REASON)];
    all(&site, &page, &[(&agent, "prepare_suspension", &said)]).await;
    assert!(!site.get(&page, &marie).await.text.contains("attend une signature"));
    let own = site.post(&page, &agent, &deed("suspend", "1", &[])).await.status;
    assert_eq!(own, StatusCode::NOT_FOUND, "an agent signs nothing");
    let stale = site.post(&page, &chief, &deed("suspend", "0", &[])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("Une autre personne a agi"), "{}", stale.text);
    let done = site.post(&page, &chief, &deed("suspend", "1", &[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let twice = site.post(&page, &chief, &deed("suspend", "2", &[])).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text.contains("ne se fait pas à cette étape"), "{}", twice.text);
    let read = site.get(&page, &marie).await.text;
    assert!(read.contains("La convention est suspendue depuis le"), "{read}");
    let home = site.get("/dossiers", &marie).await.text;
    assert!(home.contains("La convention est suspendue depuis le"), "{home}");
    let register = site.get("/annexes?annee=2027&etat=suspendues", &agent).await.text;
    assert!(register.contains("Suspendue depuis le"), "{register}");
    let file = site.get("/annexes.csv?annee=2027", &agent).await.text;
    assert!(file.lines().nth(1).unwrap().ends_with(&format!(";{today};;")), "{file}");
    let lifted =
        site.post(&page, &chief, &deed("lift", "2", &[("texte", "Les pièces sont là.")])).await;
    assert_eq!(lifted.status, StatusCode::SEE_OTHER, "{}", lifted.text);
    assert!(!site.get("/dossiers", &marie).await.text.contains("suspendue"));
}

#[tokio::test]
async fn a_termination_is_answered_and_not_decided_before_the_month() {
    let site = Site::new().await;
    let (page, agent, chief) = signed(&site).await;
    let marie = site.person("marie", OURS, true).await;
    let leo = site.person("leo", OURS, false).await;
    let letter = [("motif", "not_kept"), ("texte", REASON)];
    let none = site.post(&page, &agent, &deed("prepare_letter", "0", &letter[1..])).await;
    assert!(none.text.contains("Choisissez un motif"), "{}", none.text);
    let recent = day(&site, -10);
    all(
        &site,
        &page,
        &[
            (&agent, "prepare_letter", &letter),
            (&chief, "sign_letter", &[]),
            (&agent, "receive", &[("jour", &recent)]),
        ],
    )
    .await;
    let home = site.get("/dossiers", &marie).await.text;
    assert!(home.contains("vous pouvez répondre jusqu"), "{home}");
    assert!(!site.get(&page, &leo).await.text.contains("id=\"texte-answer\""), "who deposits");
    let posted = deed("answer", "0", &[("texte", "Oui.")]);
    assert_eq!(site.post(&page, &leo, &posted).await.status, StatusCode::NOT_FOUND);
    for (words, says) in
        [(" ".to_owned(), "Écrivez votre réponse"), ("é".repeat(10_001), "trop long")]
    {
        let refused = site.post(&page, &marie, &deed("answer", "3", &[("texte", &words)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(says), "{says}");
        assert!(refused.text.contains(words.trim()), "what was typed stays");
    }
    // Of a page that is behind, an answer is kept all the same.
    let done =
        site.post(&page, &marie, &deed("answer", "0", &[("texte", "Nous avons recruté.")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(site.get(&page, &agent).await.text.contains("Nous avons recruté."));
    let end = day(&site, 30);
    let ends = [("jour", end.as_str()), ("montant", "12 450,50"), ("texte", REASON)];
    let early = site.post(&page, &agent, &deed("prepare_termination", "4", &ends)).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("rien ne se décide avant"), "{}", early.text);
    assert!(early.text.contains("12 450,50"), "what was typed stays");

    let long_ago = day(&site, -40);
    let mended = site.post(&page, &agent, &deed("receive", "4", &[("jour", &long_ago)])).await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.text);
    let odd = [("jour", end.as_str()), ("montant", "beaucoup"), ("texte", REASON)];
    let refused = site.post(&page, &agent, &deed("prepare_termination", "5", &odd)).await;
    assert!(refused.text.contains("Écrivez un montant"), "{}", refused.text);
    // Who signs may prepare, and then does not sign.
    let done = site.post(&page, &chief, &deed("prepare_termination", "5", &ends)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let own = site.post(&page, &chief, &deed("terminate", "6", &[])).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text.contains("une autre personne"), "{}", own.text);
    let back = site.post(&page, &agent, &deed("take_back", "6", &[])).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text);
    let again = site.post(&page, &agent, &deed("prepare_termination", "7", &ends)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    let done = site.post(&page, &chief, &deed("terminate", "8", &[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let read = site.get(&page, &marie).await.text;
    assert!(read.contains("La convention est résiliée") && read.contains("450,50"), "{read}");
    // Too late: refused, and not lost.
    let late = site.post(&page, &marie, &deed("answer", "9", &[("texte", "Encore un mot.")])).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.text.contains("Encore un mot.") && late.text.contains("copiez-le"),
        "{}",
        late.text
    );
    let register = site.get("/annexes?annee=2027", &agent).await.text;
    assert!(register.contains("Convention résiliée au"), "{register}");
    let file = site.get("/annexes.csv?annee=2027", &agent).await.text;
    assert!(file.lines().nth(1).unwrap().ends_with(&format!(";;;{end}")), "{file}");
}
