//! Envelopes and simulations over HTTP: by role, with input that makes no sense, and what leaks of them.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use dossier::role::Role;

use crate::{
    bad_input::{addresses, call},
    instruction::deposited_with,
    labs::{came, opened},
    rights::routes,
    support::{Answer, OURS, Site, THEIRS, body},
};

const REGION: [&str; 8] = ["21", "25", "39", "58", "70", "71", "89", "90"];
const ASKS: &str = r#"{"demande.request_kind":"annual","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","demande.previous_convention_number":"058 010126 ACI 00009","moyens.etp_requested":"12","moyens.etp_current":"12"}"#;
const REGIONAL: &str = "/enveloppes/R27/ACI?annee=2027";
const OF_NIEVRE: &str = "/enveloppes/D58/ACI?annee=2027";
const NAME: &str = "Zéphyr secret";
const REASON: &str = "Motif confidentiel 4417";

fn sets(etp: &str, euros: &str, reason: &str, seen: &str) -> String {
    body(&[("etp", etp), ("euros", euros), ("raison", reason), ("vu", seen)])
}

async fn made(site: &Site, agent: &str) -> String {
    let new = body(&[("nom", NAME), ("annee", "2027"), ("lieu", "D58"), ("type", "ACI")]);
    let done = site.post("/simulations", agent, &new).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    done.location
}

fn chooses(dossier: &str, etp: &str, seen: &str) -> String {
    body(&[
        ("dossier", dossier),
        ("vu", seen),
        ("choix", "grant"),
        ("etp", etp),
        ("modulee", "6"),
        ("motif", REASON),
    ])
}

async fn choose_in_part(site: &Site, path: &str, cookie: &str, posted: &str) -> Answer {
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header("x-fragment", "oui")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(posted.to_owned()));
    site.send(request.unwrap()).await
}

async fn act(site: &Site, cookie: &str, id: &str, what: &[(&str, &str)]) {
    let posted = body(&[what, &[("depot", "1")]].concat());
    let done = site.post(&format!("/dossiers/{id}/actes"), cookie, &posted).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
}

#[tokio::test]
async fn envelopes_are_seen_and_set_by_role() {
    let site = Site::new().await;
    let dgefp = site.of_role(Role::Dgefp, &[]).await;
    let dreets = site.of_role(Role::Dreets, &REGION).await;
    for role in Role::ALL {
        let cookie = match role {
            Role::Guest | Role::Dgefp | Role::Dreets => continue,
            Role::SiaeMember | Role::SiaeAdmin => {
                site.person(role.code(), OURS, role == Role::SiaeAdmin).await
            }
            role => site.of_role(role, &["58"]).await,
        };
        let reads = role.instructs();
        let expected = if reads { StatusCode::OK } else { StatusCode::NOT_FOUND };
        for path in ["/enveloppes", OF_NIEVRE] {
            assert_eq!(site.get(path, &cookie).await.status, expected, "{role:?} {path}");
        }
        assert_eq!(site.get(REGIONAL, &cookie).await.status, StatusCode::NOT_FOUND, "{role:?}");
        for path in [REGIONAL, OF_NIEVRE] {
            let set = site.post(path, &cookie, &sets("1", "1", "x", "0")).await.status;
            assert_eq!(set, StatusCode::NOT_FOUND, "{role:?} {path}");
        }
        let home = if role.is_siae() { "/dossiers" } else { "/territoire" };
        let nav = site.get(home, &cookie).await.text.contains("href=\"/enveloppes\"");
        assert_eq!(nav, reads, "{role:?}: the link is for who may go there");
    }
    let early = site.post(OF_NIEVRE, &dreets, &sets("10", "100", "x", "0")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.text.contains("pas encore d'enveloppe")
            || early.text.contains("pas encore d&#x27;enveloppe")
    );
    let done = site.post(REGIONAL, &dgefp, &sets("100", "2 000 000", "Notification", "0")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(site.get(&done.location, &dgefp).await.text.contains("enregistrée"));
    assert_eq!(
        site.post(REGIONAL, &dreets, &sets("1", "1", "x", "1")).await.status,
        StatusCode::NOT_FOUND
    );
    let over = site.post(OF_NIEVRE, &dreets, &sets("100,01", "1", "Trop <b>", "0")).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(over.text.contains("0,01 ETP de plus que la région"), "{}", over.text);
    assert!(
        over.text.contains("value=\"100,01\"") && !over.text.contains("Trop <b>"),
        "kept, escaped"
    );
    let done = site.post(OF_NIEVRE, &dreets, &sets("40", "800 000,50", "Répartition", "0")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let stale = site.post(OF_NIEVRE, &dreets, &sets("41", "1", "x", "0")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("value=\"41\""), "what was typed is kept");
    for odd in [sets("dix", "1", "x", "2"), sets("-1", "1", "x", "2"), sets("1", "1", " ", "2")] {
        let status = site.post(OF_NIEVRE, &dreets, &odd).await.status;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
    }
    assert_eq!(site.post(OF_NIEVRE, &dreets, "vu=x").await.status, StatusCode::BAD_REQUEST);
    for nowhere in ["/enveloppes/D58/XX", "/enveloppes/X/ACI", "/enveloppes/D20/ACI"] {
        assert_eq!(site.get(nowhere, &dgefp).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    let agnes = site.agent("agnes", &["58"]).await;
    let page = site.get("/enveloppes?annee=2027", &agnes).await.text;
    assert!(page.contains("800\u{202f}000,50\u{a0}€"), "{page}");
    assert!(!page.contains("2\u{202f}000\u{202f}000"), "the region's is not the département's");
    let far = site.agent("far", &["29"]).await;
    assert!(!site.get("/enveloppes?annee=2027", &far).await.text.contains("800\u{202f}000"));
    for odd in ["?annee=x", "?annee=99999", "?annee=2027&type=%3Cscript%3E&region=R11"] {
        assert_eq!(site.get(&format!("/enveloppes{odd}"), &dgefp).await.status, StatusCode::OK);
    }
    let history = site.get(OF_NIEVRE, &agnes).await.text;
    assert!(
        history.contains("Répartition") && !history.contains("name=\"etp\""),
        "reads, sets not"
    );
}

#[tokio::test]
async fn a_simulation_is_made_chosen_undone_compared_and_exported() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.agent("paul", &["58"]).await;
    let id = deposited_with(&site, &ines, ASKS).await;
    for (odd, status) in [
        (
            body(&[("nom", " "), ("annee", "2027"), ("lieu", "D58"), ("type", "ACI")]),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            body(&[("nom", "x"), ("annee", "2027"), ("lieu", "D58")]),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            body(&[("nom", "x"), ("annee", "2027"), ("lieu", "D21"), ("type", "ACI")]),
            StatusCode::NOT_FOUND,
        ),
        (String::new(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(site.post("/simulations", &agnes, &odd).await.status, status, "{odd}");
    }
    let there = made(&site, &agnes).await;
    let choice = format!("{there}/choix");
    let done = site.post(&choice, &agnes, &chooses(&id, "10", "0")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(done.location.ends_with(&format!("#l-{id}")), "{}", done.location);
    let page = site.get(&there, &agnes).await.text;
    assert!(page.contains("Les Ateliers") && page.contains(REASON), "{page}");
    assert!(page.contains("10,00 × ") && page.contains("modulés (6,00"), "the calculation is told");

    let bad = site.post(&choice, &agnes, &chooses(&id, "<dix>", "1")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        bad.text.contains("&lt;dix&gt;") && bad.text.contains("Écrivez des ETP"),
        "kept as typed"
    );
    let late = site.post(&choice, &paul, &chooses(&id, "9", "0")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let part = choose_in_part(&site, &choice, &paul, &chooses(&id, "9", "1")).await;
    assert_eq!(part.status, StatusCode::OK, "{}", part.text);
    for needed in [
        "id=\"totaux\"",
        "id=\"annulation\"",
        "id=\"effets\"",
        &format!("id=\"calcul-{id}\""),
        "value=\"2\"",
    ] {
        assert!(part.text.contains(needed), "{needed}: {}", part.text);
    }
    assert!(!part.text.contains("<main"), "what changes, and not the page");
    let part = choose_in_part(&site, &choice, &agnes, &chooses(&id, "8", "1")).await;
    assert_eq!(part.status, StatusCode::CONFLICT);
    assert!(part.text.contains("collègue"), "{}", part.text);
    for odd in [
        body(&[("dossier", &id), ("vu", "2"), ("choix", "maybe")]),
        body(&[("dossier", "x"), ("vu", "2"), ("choix", "grant")]),
        body(&[("dossier", &id), ("vu", "deux"), ("choix", "grant")]),
        "%%%".to_owned(),
    ] {
        assert_eq!(site.post(&choice, &agnes, &odd).await.status, StatusCode::BAD_REQUEST, "{odd}");
    }

    let csv = site.get(&format!("{there}/csv"), &agnes).await;
    assert!(csv.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/csv"));
    assert!(csv.text.starts_with('\u{feff}'), "for spreadsheets");
    let line = csv.text.lines().find(|line| line.starts_with("Les Ateliers")).unwrap();
    assert!(line.contains(";12,00;") && line.contains(";9,00;6,00;"), "{line}");
    assert!(line.ends_with(REASON), "{line}");
    let columns: Vec<usize> = csv.text.lines().map(|line| line.split(';').count()).collect();
    assert!(columns.iter().all(|count| *count == columns[0]), "{}", csv.text);

    let copied = body(&[("geste", "copier"), ("nom", "Copie")]);
    let copy = site.post(&format!("{there}/gestes"), &agnes, &copied).await.location;
    let copy = copy.split('?').next().unwrap().to_owned();
    let other = copy.rsplit('/').next().unwrap();
    let compared = format!("{there}/comparaison?avec={other}");
    assert!(site.get(&compared, &agnes).await.text.contains("la même chose"));
    let undone = site.post(&format!("{there}/annuler"), &paul, "retour=choix%3Dvoir").await;
    assert!(undone.location.ends_with("?choix=voir&fait=annule"), "{}", undone.location);
    assert!(site.get(&compared, &agnes).await.text.contains("1\u{a0}demande diffère"));
    let named = body(&[("geste", "renommer"), ("nom", "")]);
    let refused = site.post(&format!("{there}/gestes"), &agnes, &named).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let odd = site.post(&format!("{there}/gestes"), &agnes, "geste=x").await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    for query in ["?tri=x&choix=y&type=z", "?cherche=%3Cscript%3E", "?cherche=rien&ligne=x"] {
        let page = site.get(&format!("{there}{query}"), &agnes).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(!page.text.contains("<script>"), "{query}");
    }
}

#[tokio::test]
async fn proposals_are_made_in_bulk_and_taken_back() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited_with(&site, &ines, ASKS).await;
    let there = made(&site, &agnes).await;
    let propose = format!("{there}/propositions");
    site.post(&format!("{there}/choix"), &agnes, &chooses(&id, "10", "0")).await;
    let before = site.get(&propose, &agnes).await.text;
    assert!(before.contains("vérifier") && before.contains("Les Ateliers"), "{before}");
    let none = site.post(&propose, &agnes, "prets=0").await;
    assert_eq!(none.status, StatusCode::CONFLICT);
    act(&site, &agnes, &id, &[("acte", "declare_complete")]).await;
    act(&site, &agnes, &id, &[("acte", "open_dialogue")]).await;
    let before = site.get(&propose, &agnes).await.text;
    assert!(before.contains("Proposer 1\u{a0}décision"), "{before}");
    assert_eq!(site.post(&propose, &agnes, "prets=x").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.post(&propose, &agnes, "prets=7").await.status, StatusCode::CONFLICT);
    let done = site.post(&propose, &agnes, "prets=1").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let result = site.get(&done.location, &agnes).await.text;
    assert!(
        result.contains("1\u{a0}décision proposée") && result.contains("Accord proposé"),
        "{result}"
    );
    let twice = site.post(&propose, &agnes, "prets=1").await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "twice is once");
    let locked = site.post(&format!("{there}/choix"), &agnes, &chooses(&id, "1", "1")).await;
    assert_eq!(locked.status, StatusCode::CONFLICT);
    let back = site.post(&format!("{}/reprise", done.location), &agnes, "").await;
    assert_eq!(back.location, done.location);
    assert!(site.get(&back.location, &agnes).await.text.contains("1\u{a0}reprise depuis"));
    let nowhere = site.get(&format!("{propose}/01J00000000000000000000001"), &agnes).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    // The structure reads that somebody proposed, nothing of what.
    let page = site.get(&format!("/dossiers/{id}/depots/1"), &ines).await.text;
    assert!(!page.contains(REASON), "{page}");
}

#[tokio::test]
async fn nothing_of_a_simulation_reaches_anybody_else() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let marc = site.person("marc", OURS, false).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let far = site.agent("far", &["29"]).await;
    let samir = site.facilitator("samir").await;
    let council = site.of_role(Role::DepartmentalCouncil, &["58"]).await;
    let commission = site.of_role(Role::CommissionMember, &["58"]).await;
    let dreets = site.of_role(Role::Dreets, &REGION).await;
    let dgefp = site.of_role(Role::Dgefp, &[]).await;
    let id = deposited_with(&site, &ines, ASKS).await;
    let there = made(&site, &agnes).await;
    let done = site.post(&format!("{there}/choix"), &agnes, &chooses(&id, "7,77", "0")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let key = there.rsplit('/').next().unwrap().to_owned();
    let (_, door) = opened(&site, &samir, "Un essai").await;
    let seated = came(&site, &door, "Héron", "agent").await;
    let leaks = |text: &str| {
        [NAME, REASON, "7,77", "7.77", key.as_str()].into_iter().find(|word| text.contains(word))
    };
    let secret = site.get(&there, &agnes).await.text;
    assert!(leaks(&secret).is_some(), "what is looked for is there");
    let strangers = [
        ("ines", &ines),
        ("marc", &marc),
        ("zoe", &zoe),
        ("far", &far),
        ("samir", &samir),
        ("council", &council),
        ("commission", &commission),
        ("dreets", &dreets),
        ("dgefp", &dgefp),
        ("in a space of the open lab", &seated),
    ];
    for (who, cookie) in strangers {
        for (path, methods) in routes() {
            let own = path.starts_with("/simulations/{id}");
            let paths = if own {
                let path = path.replace("{id}", &key);
                vec![path.replace("{run}", "x")]
            } else if path.contains('{') {
                continue;
            } else {
                vec![path.clone()]
            };
            for path in paths {
                for method in &methods {
                    if !own && *method == "POST" {
                        continue;
                    }
                    let posted =
                        chooses(&id, "1", "1") + "&prets=1&geste=ranger&nom=x&avec=" + &key;
                    let (status, _, text) = call(&site, method, &path, cookie, &posted).await;
                    // A page says its own address, which this person typed.
                    let text = if own { text.replace(&key, "") } else { text };
                    assert_eq!(leaks(&text), None, "{who} {method} {path}");
                    assert!(
                        !own || status == StatusCode::NOT_FOUND,
                        "{who} {method} {path} {status}"
                    );
                }
            }
        }
        for (method, path, _) in addresses(&id) {
            if method == "GET" {
                let (_, location, text) = call(&site, method, &path, cookie, "").await;
                assert_eq!(leaks(&text), None, "{who} {path}");
                assert_eq!(leaks(&location), None, "{who} {path}");
            }
        }
        let operations = site.operations(&id, cookie, "[]").await;
        assert_eq!(leaks(&operations.text), None, "{who}");
    }
    let now = site.get(&there, &agnes).await.text;
    assert!(now.contains("7,77") && now.contains(NAME), "and nobody changed it");
    let space = site.get("/enveloppes", &seated).await;
    assert_eq!(space.status, StatusCode::NOT_FOUND, "a space knows nothing of money");
}
