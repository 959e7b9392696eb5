//! The open lab over HTTP: roles, the door of a space, remarks, resets under someone's fingers.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::support::{Answer, OURS, Site, THEIRS, body};

const HOSTILE: &str = "</textarea><script>alert(1)</script>";

/// What a facilitator types.
fn wanted(title: &str) -> String {
    let form = dossier::form::revisions::FormKey::of(&dossier::form::CONVENTIONNEMENT).to_string();
    body(&[
        ("titre", title),
        ("lieu", "Nevers"),
        ("jour", "2026-11-26"),
        ("formulaire", &form),
        ("structure", "oui"),
        ("agent", "oui"),
        ("taches", "Confirmer\nCorriger"),
    ])
}

/// A session that was opened: its address among those of who leads, and where one comes in.
pub async fn opened(site: &Site, samir: &str, title: &str) -> (String, String) {
    let made = site.post("/ateliers/nouveau", samir, &wanted(title)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let lab = made.location;
    let done = site.post(&lab, samir, &body(&[("geste", "ouvrir")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = site.get(&lab, samir).await.text;
    let code = page.split("/a/").nth(1).unwrap()[..6].to_owned();
    (lab, format!("/a/{code}"))
}

fn joining(name: &str, seat: &str) -> String {
    body(&[("pseudonyme", name), ("cote", seat), ("consentement", "oui")])
}

/// Comes in; gives the cookie of the place.
pub async fn came(site: &Site, door: &str, name: &str, seat: &str) -> String {
    let came = site.post(door, "", &joining(name, seat)).await;
    assert_eq!(
        (came.status, came.location.as_str()),
        (StatusCode::SEE_OTHER, "/atelier"),
        "{}",
        came.text
    );
    let cookies = came.headers.get_all(header::SET_COOKIE).iter();
    let texts: Vec<&str> = cookies.filter_map(|cookie| cookie.to_str().ok()).collect();
    assert!(texts.iter().any(|cookie| cookie.starts_with("trame-partage=1")), "keeps nothing here");
    let place = texts.iter().find(|cookie| cookie.starts_with("espace=")).unwrap();
    assert!(place.contains("HttpOnly") && place.contains("SameSite=Lax"));
    place.split(';').next().unwrap().to_owned()
}

/// The dossier of a participant of a structure.
async fn dossier_of(site: &Site, cookie: &str) -> String {
    let home = site.get("/dossiers", cookie).await;
    assert_eq!(home.status, StatusCode::OK, "{}", home.text);
    let links = home.text.split("/dossiers/").skip(1);
    links
        .map(|link| link.chars().take(26).collect::<String>())
        .find(|id| dossier::id::is_ulid(id))
        .unwrap()
}

fn remark(path: &str, at: &str, text: &str) -> String {
    let key = ulid();
    body(&[("cle", &key), ("chemin", path), ("sur", at), ("nature", "unclear"), ("texte", text)])
}

fn ulid() -> String {
    use service::Ids;
    service::SystemIds.ulid(service::Millis(1_790_000_000_000))
}

#[tokio::test]
async fn sessions_are_for_who_leads_them() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let (lab, door) = opened(&site, &samir, "Un essai").await;
    let seated = came(&site, &door, "Héron", "structure").await;
    let synthesis = format!("{lab}/synthese");
    let pages = [
        "/ateliers".to_owned(),
        "/ateliers/nouveau".to_owned(),
        lab.clone(),
        format!("{lab}/projeter"),
        synthesis.clone(),
        format!("{synthesis}.md"),
        format!("{synthesis}.csv"),
    ];
    for path in &pages {
        assert_eq!(site.get(path, &samir).await.status, StatusCode::OK, "{path}");
        for (who, cookie) in [("ines", &ines), ("agnes", &agnes)] {
            assert_eq!(site.get(path, cookie).await.status, StatusCode::NOT_FOUND, "{who} {path}");
        }
        for cookie in ["", seated.as_str()] {
            assert_eq!(
                site.get(path, cookie).await.status,
                StatusCode::SEE_OTHER,
                "{path}: to signing in"
            );
        }
    }
    for cookie in [&ines, &agnes] {
        let done = site.post(&lab, cookie, &body(&[("geste", "terminer")])).await;
        assert_eq!(done.status, StatusCode::NOT_FOUND);
        let made = site.post("/ateliers/nouveau", cookie, &wanted("x")).await;
        assert_eq!(made.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.get("/dossiers", &samir).await.location, "/ateliers", "home of who leads");
}

#[tokio::test]
async fn a_participant_sees_a_space_and_nothing_else() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let real = site.open(&ines, OURS, "ACI", "annual").await;
    site.write(&real, &ines, "demande.request_reason", "vraiment secret", 0).await;
    let (_, one) = opened(&site, &samir, "Un").await;
    let (_, other) = opened(&site, &samir, "Deux").await;
    let heron = came(&site, &one, "Héron", "structure").await;
    let loutre = came(&site, &one, "Loutre", "structure").await;
    let milan = came(&site, &other, "Milan", "agent").await;
    let theirs = dossier_of(&site, &heron).await;

    // Whoever is signed in on the main site too reaches it no more from this browser.
    let both = format!("{ines}; {milan}");
    for id in [&real, &theirs] {
        let of = |rest: &str| format!("/dossiers/{id}{rest}");
        let paths = [
            of(""),
            of("/etapes/demande"),
            of("/brouillon.json"),
            of("/historique?reponse=demande.request_reason"),
            of("/formulaire"),
            of("/recapitulatif"),
            of("/depots/1"),
            of("/instruction"),
            of("/questions"),
            of("/partage"),
        ];
        for cookie in [&milan, &both, &loutre] {
            for path in &paths {
                let answer = site.get(path, cookie).await;
                let away = matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::SEE_OTHER);
                assert!(away, "{path} {} {cookie}", answer.status);
                assert!(!answer.text.contains("vraiment secret"));
            }
            for path in [
                of("/depots"),
                of("/retrait"),
                of("/actes"),
                of("/notes"),
                of("/partage"),
                of("/formulaire"),
                of("/etapes/demande"),
                of("/historique"),
            ] {
                let status = site
                    .post(
                        &path,
                        cookie,
                        "reponse=budget&nature=question&pour=service&texte=x&acte=accept&depot=1",
                    )
                    .await
                    .status;
                assert!(
                    status.is_client_error() || status == StatusCode::SEE_OTHER,
                    "{path} {status}"
                );
            }
            let operation = site.operation("demande.request_reason", "changé", 1);
            let sent =
                site.operations(id, cookie, serde_json::to_string(&[operation]).unwrap()).await;
            assert_eq!(sent.status, StatusCode::NOT_FOUND, "{cookie}");
        }
    }
    for path in ["/connexion", "/deconnexion", "/couverture", "/couverture.csv", "/invitation/x"] {
        let answer = site.get(path, &both).await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
    }
    let signed = site.post("/connexion/demonstration", &milan, "compte=x").await;
    assert_eq!(signed.location, "/atelier", "one signs in nowhere from a space");
    let kept = site.get(&format!("/dossiers/{real}/etapes/demande"), &ines).await.text;
    assert!(
        kept.contains("vraiment secret") && !kept.contains("lab-ribbon"),
        "the main site is as it was"
    );
    assert_eq!(site.get(&format!("/dossiers/{theirs}"), &zoe).await.status, StatusCode::NOT_FOUND);
    let received = site.get("/territoire", &milan).await;
    assert!(received.text.contains("données fictives") && !received.text.contains("Héron"));
}

#[tokio::test]
async fn a_remark_is_only_text_and_stays() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let (lab, door) = opened(&site, &samir, "Un essai").await;
    let heron = came(&site, &door, "<b>Héron</b>", "structure").await;
    let id = dossier_of(&site, &heron).await;
    let step = format!("/dossiers/{id}/etapes/moyens");
    let page = site.get(&step, &heron).await.text;
    assert!(
        page.contains("id=\"remarque\"") && page.contains("value=\"moyens.etp_requested\""),
        "the box is there"
    );
    let sent = site
        .post("/atelier/remarques", &heron, &remark(&step, "moyens.etp_requested", HOSTILE))
        .await;
    assert_eq!(sent.location, format!("{step}#remarques"), "{}", sent.text);
    let cell = remark(&step, "moyens.staff.etp#technical", "=cmd()");
    assert_eq!(site.post("/atelier/remarques", &heron, &cell).await.status, StatusCode::SEE_OTHER);
    let synthesis = format!("{lab}/synthese");
    for (path, cookie) in
        [(&step, &heron), (&lab, &samir), (&synthesis, &samir), (&"/atelier".to_owned(), &heron)]
    {
        let text = site.get(path, cookie).await.text;
        assert!(text.contains("alert(1)"), "{path}");
        assert!(!text.contains("<script>alert") && !text.contains("<b>Héron"), "{path}");
    }
    let table = site.get(&format!("{synthesis}.csv"), &samir).await.text;
    assert!(table.contains(";'=cmd();"), "never a formula: {table}");
    let text = site.get(&format!("{synthesis}.md"), &samir).await.text;
    assert!(text.contains("\\<script\\>") && text.contains("ETP d'insertion demandés"), "{text}");

    for (wrong, status) in [
        (remark(&step, "nothing.here", "x"), StatusCode::BAD_REQUEST),
        (remark(&step, "", " "), StatusCode::BAD_REQUEST),
        (remark(&step, "", "x").replace("unclear", "rude"), StatusCode::BAD_REQUEST),
        ("%%%".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = site.post("/atelier/remarques", &heron, &wrong).await;
        assert!(answer.status.is_client_error(), "{wrong}: {} wanted {status}", answer.status);
    }
    assert_eq!(site.post("/atelier/remarques", "", &cell).await.location, "/atelier");
    let elsewhere = remark("//mal.fr", "", "x");
    assert_eq!(
        site.post("/atelier/remarques", &heron, &elsewhere).await.location,
        "/atelier#remarques"
    );
}

#[tokio::test]
async fn a_reset_and_an_end_are_said_kindly_and_keep_remarks() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let (lab, door) = opened(&site, &samir, "Un essai").await;
    let heron = came(&site, &door, "Héron", "structure").await;
    let id = dossier_of(&site, &heron).await;
    let step = format!("/dossiers/{id}/etapes/demande");
    site.write(&id, &heron, "demande.request_reason", "un mot fictif", 0).await;
    site.post("/atelier/remarques", &heron, &remark(&step, "", "Je garde ceci")).await;

    site.post(&lab, &samir, &body(&[("geste", "remettre")])).await;
    let said = site.get(&step, &heron).await;
    assert_eq!(said.status, StatusCode::GONE);
    assert!(said.text.contains("remis à zéro") && said.text.contains("Vos remarques sont gardées"));
    let operation = site.operation("demande.request_reason", "trop tard", 1);
    let sent = site.operations(&id, &heron, serde_json::to_string(&[operation]).unwrap()).await;
    assert_eq!(sent.status, StatusCode::GONE, "said to the programme too");
    let place = site.get("/atelier", &heron).await.text;
    assert!(place.contains("Reprendre ma place") && place.contains("Je garde ceci"));
    let again = site.post("/atelier/reprendre", &heron, "").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    let fresh = dossier_of(&site, &heron).await;
    let page = site.get(&format!("/dossiers/{fresh}/etapes/demande"), &heron).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("un mot fictif"), "as at the beginning");

    site.post(&lab, &samir, &body(&[("geste", "terminer")])).await;
    let over = site.get("/dossiers", &heron).await;
    assert_eq!(over.status, StatusCode::GONE);
    assert!(over.text.contains("n'est pas ouvert") || over.text.contains("n&#39;est pas ouvert"));
    let late = site.post("/atelier/remarques", &heron, &remark("/dossiers", "", "x")).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert_eq!(site.post(&door, "", &joining("Milan", "agent")).await.status, StatusCode::GONE);
    assert_eq!(site.get("/atelier/questionnaire", &heron).await.status, StatusCode::OK);
    assert!(site.get(&format!("{lab}/synthese"), &samir).await.text.contains("Je garde ceci"));

    site.post(&lab, &samir, &body(&[("geste", "ouvrir")])).await;
    assert_eq!(site.get("/dossiers", &heron).await.status, StatusCode::OK, "opened again");
    let left = site.post("/atelier/depart", &heron, "").await;
    let cleared: Vec<_> = left.headers.get_all(header::SET_COOKIE).iter().collect();
    assert!(cleared.iter().any(|cookie| cookie.to_str().unwrap().starts_with("espace=; ")));
    assert_eq!(
        site.get("/dossiers", &heron).await.status,
        StatusCode::SEE_OTHER,
        "the place is gone"
    );
}

#[tokio::test]
async fn what_is_missing_is_said_and_what_was_typed_stays() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let refused = |answer: Answer, words: &str| {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
    };
    for (posted, words) in [
        (wanted(" "), "Donnez un titre"),
        (wanted("x").replace("2026-11-26", "hier"), "Choisissez le jour"),
        (wanted("x").replace("conventionnement-", "autre-"), "Choisissez le formulaire"),
        (wanted("x").replace("=oui", "=non"), "Choisissez un côté"),
        (wanted("x").replace("Confirmer", &"a".repeat(201)), "douze tâches"),
    ] {
        refused(site.post("/ateliers/nouveau", &samir, &posted).await, words);
    }
    let (lab, door) = opened(&site, &samir, "Un essai").await;
    came(&site, &door, "Héron", "structure").await;
    for (posted, words) in [
        (joining("héron", "agent"), "déjà pris"),
        (joining("Milan", "ministre"), "Choisissez un côté"),
        (body(&[("pseudonyme", "Milan"), ("cote", "agent")]), "cochez"),
    ] {
        refused(site.post(&door, "", &posted).await, words);
    }
    refused(site.post("/atelier", "", "code=zzz").await, "Aucun atelier");
    assert_eq!(site.get("/a/AAAAAA", "").await.status, StatusCode::NOT_FOUND);
    let typed = format!("code={}", door.trim_start_matches("/a/").to_lowercase());
    assert_eq!(site.post("/atelier", "", &typed).await.location, door);
    for gesture in ["exploser", "minuteur"] {
        let answer = site.post(&lab, &samir, &body(&[("geste", gesture), ("minutes", "-3")])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{gesture}");
    }
    let foreign = Request::post(&door)
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(joining("Milan", "agent")));
    assert_eq!(site.send(foreign.unwrap()).await.status, StatusCode::FORBIDDEN);
}
