//! Steps given to a colleague: every route by everybody, and nothing of other steps in any answer.

use axum::http::StatusCode;
use dossier::{
    form::form_of,
    operation::{Refusal, Verdict},
};

use crate::support::{OURS, Site, THEIRS};

const SECRET: &str = "Un secret des autres étapes";
const COMMENT: &str = "budget.variation_comment";

/// Gives the budget of a dossier; gives the path of the link.
async fn give(site: &Site, id: &str, cookie: &str, sections: &[&str]) -> String {
    let steps = sections.iter().fold(String::new(), |all, section| all + "etape=" + section + "&");
    let today = site.services.clock.today().unwrap();
    let body = format!("{steps}pour=Claire+Dumas&fin={today}");
    let page = site.post(&format!("/dossiers/{id}/partage"), cookie, &body).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let tail = page.text.split("/invitation/").nth(1).unwrap();
    format!("/invitation/{}", tail.split('"').next().unwrap())
}

/// Opens a link; gives the cookie.
async fn begin(site: &Site, link: &str, cookie: &str) -> String {
    let entered = site.post(link, cookie, "nom=Claire").await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
    entered.cookie.split(';').next().unwrap().to_owned()
}

struct Given {
    site: Site,
    id: String,
    ines: String,
    link: String,
    claire: String,
}

/// Inès gave the budget of her dossier, in which secrets stand elsewhere, and Claire came.
async fn given() -> Given {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    for field in ["identification.presentation", "identification.legal_name", "projet.a4_done"] {
        site.write(&id, &ines, field, SECRET, 0).await;
    }
    let link = give(&site, &id, &ines, &["budget"]).await;
    let claire = begin(&site, &link, "").await;
    Given { site, id, ines, link, claire }
}

#[tokio::test]
async fn every_route_by_everybody() {
    let Given { site, id, ines, link, claire } = given().await;
    let marc = site.person("marc", OURS, false).await;
    let foreign = site.person("zoe", THEIRS, true).await;
    let agent = site.agent("agent", &["58"]).await;
    let other = give(&site, &id, &ines, &["moyens"]).await;
    let paul = begin(&site, &other, "").await;
    give(&site, &id, &ines, &["publics"]).await;
    let of_share = site.get(&format!("/dossiers/{id}/partage"), &ines).await.text;
    let back = of_share.split("/partage/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let history = |field: &str| format!("/dossiers/{id}/historique?reponse={field}");
    let today = site.services.clock.today().unwrap();
    let terms = format!("etape=budget&fin={today}");
    let restore = format!("reponse={COMMENT}&version=9");
    let step = |section: &str| format!("/dossiers/{id}/etapes/{section}");

    // Who: a member who deposits, one who does not, the guest of the budget, another guest, somebody
    // of another structure, an agent. What each route answers to each.
    let people = [&ines, &marc, &claire, &paul, &foreign, &agent];
    let (ok, see, no) = (200, 303, 404);
    let routes: Vec<(&str, String, &str, [u16; 6])> = vec![
        ("GET", step("budget"), "", [ok, ok, ok, no, no, no]),
        ("GET", step("moyens"), "", [ok, ok, no, ok, no, no]),
        ("GET", step("identification"), "", [ok, ok, no, no, no, no]),
        ("GET", step("zzz"), "", [no; 6]),
        ("POST", step("budget"), "_enregistrer=rester", [see, see, see, no, no, no]),
        ("POST", step("moyens"), "_enregistrer=rester", [see, see, no, see, no, no]),
        ("POST", step("identification"), "_enregistrer=rester", [see, see, no, no, no, no]),
        ("GET", format!("/dossiers/{id}"), "", [see, see, ok, ok, no, no]),
        ("GET", "/dossiers".into(), "", [ok, ok, see, see, ok, see]),
        ("GET", "/dossiers/ouvrir".into(), "", [ok, ok, no, no, ok, no]),
        ("GET", "/territoire".into(), "", [see, see, no, no, see, ok]),
        ("GET", history(COMMENT), "", [ok, ok, ok, no, no, no]),
        ("GET", history("identification.presentation"), "", [ok, ok, no, no, no, no]),
        ("GET", history("budget.nothing"), "", [no; 6]),
        ("POST", format!("/dossiers/{id}/historique"), &restore, [no; 6]),
        ("GET", format!("/dossiers/{id}/recapitulatif"), "", [ok, ok, no, no, no, no]),
        ("GET", format!("/dossiers/{id}/partage"), "", [ok, ok, no, no, no, no]),
        ("POST", format!("/dossiers/{id}/partage"), &terms, [ok, ok, no, no, no, no]),
        ("POST", format!("/dossiers/{id}/partage/zzz/reprise"), "", [no; 6]),
        ("GET", format!("/dossiers/{id}/depots/1"), "", [no; 6]),
        ("POST", format!("/dossiers/{id}/retrait"), "", [409, 409, no, no, no, no]),
        ("POST", format!("/dossiers/{id}/depots"), "", [see, 403, no, no, no, no]),
        ("GET", link, "", [ok, ok, see, ok, ok, ok]),
        ("POST", format!("/dossiers/{id}/partage/{back}"), "", [see, see, no, no, no, no]),
    ];
    let absent = "01J0000000000000000000ZZZZ";
    for (method, path, body, expected) in routes {
        for (cookie, expected) in people.iter().zip(expected) {
            let call = async |path: &str| match method {
                "GET" => site.get(path, cookie).await,
                _ => site.post(path, cookie, body).await,
            };
            let answer = call(&path).await;
            assert_eq!(answer.status.as_u16(), expected, "{method} {path}: {}", answer.text);
            if expected == no && path.contains(&id) {
                let nothing = call(&path.replace(&id, absent)).await;
                assert_eq!(answer.text, nothing.text, "absent and refused say the same: {path}");
            }
        }
    }
    for (cookie, status) in people.iter().zip([ok, ok, ok, ok, no, no]) {
        let answer = site.operations(&id, cookie, "[]").await;
        assert_eq!(answer.status.as_u16(), status);
    }
}

#[tokio::test]
async fn no_answer_of_another_step_reaches_a_guest() {
    let Given { site, id, ines, claire, .. } = given().await;
    // What a conflict would tell, and what an operation known already would.
    let known = site.operation("identification.presentation", "Le secret d'une autre", 0);
    let batch = serde_json::to_string(&[&known]).unwrap();
    let kept = site.operations(&id, &ines, batch.clone()).await.text;
    assert!(kept.contains(SECRET), "{kept}");
    let mut texts = vec![site.operations(&id, &claire, batch).await.text];
    let moved = dossier::operation::Operation { at: form::At::once(COMMENT), ..known };
    texts.push(site.operations(&id, &claire, serde_json::to_string(&[moved]).unwrap()).await.text);

    for path in [
        format!("/dossiers/{id}"),
        format!("/dossiers/{id}/etapes/budget"),
        format!("/dossiers/{id}/etapes/budget?montrer=problemes"),
        format!("/dossiers/{id}/historique?reponse={COMMENT}"),
        format!("/dossiers/{id}/etapes/identification"),
        format!("/dossiers/{id}/recapitulatif"),
    ] {
        texts.push(site.get(&path, &claire).await.text);
    }
    for text in &texts {
        assert!(!text.contains("secret"), "{text}");
    }
    let page = site.get(&format!("/dossiers/{id}/etapes/budget"), &claire).await.text;
    let embedded =
        page.split("id=\"reponses\">").nth(1).unwrap().split("</script>").next().unwrap();
    let answers: std::collections::BTreeMap<String, serde_json::Value> =
        serde_json::from_str(embedded).unwrap();
    let told: Vec<&str> =
        answers.keys().map(String::as_str).filter(|f| !f.starts_with("budget.")).collect();
    let request =
        ["department", "perimeter", "period_end", "period_start", "request_kind", "siae_kind"];
    assert_eq!(told, request.map(|field| format!("demande.{field}")));
    let links: Vec<&str> = page
        .split("/etapes/")
        .skip(1)
        .map(|tail| tail.split(['"', '?', '#']).next().unwrap())
        .collect();
    assert!(links.iter().all(|section| *section == "budget"), "{links:?}");
    assert!(!page.contains("/recapitulatif") && !page.contains("/partage"));
}

#[tokio::test]
async fn a_guest_writes_the_given_step_and_no_other() {
    let Given { site, id, ines, claire, .. } = given().await;
    let saved = site.write(&id, &claire, COMMENT, "Un atelier de plus.", 0).await;
    assert_eq!(saved.verdict, Verdict::Saved { version: 1 });
    let form = form_of("conventionnement", 1).unwrap().revision;
    for place in form.places().filter(|place| place.section.id != "budget") {
        let verdict = site.write(&id, &claire, &place.field.id, "oui", 0).await.verdict;
        assert_eq!(verdict, Verdict::Refused(Refusal::UnknownField), "{}", place.field.id);
    }
    let row = format!("activites.activities#{}", site.services.ulid());
    let verdict = site.write(&id, &claire, &row, "oui", 0).await.verdict;
    assert_eq!(verdict, Verdict::Refused(Refusal::UnknownField));

    // Without script, fields of another step posted with this one are left alone.
    let path = format!("/dossiers/{id}/etapes/budget");
    let body = "identification.legal_name=Pris&_ajouter=activites.activities";
    site.post(&path, &claire, body).await;
    let posted = format!("{COMMENT}=Deux+ateliers.&_enregistrer=continuer&_vu={COMMENT}:1:0");
    let answer = site.post(&path, &claire, &posted).await;
    assert_eq!(
        (answer.status, answer.location),
        (StatusCode::SEE_OTHER, format!("/dossiers/{id}"))
    );
    let history =
        site.get(&format!("/dossiers/{id}/historique?reponse={COMMENT}"), &ines).await.text;
    assert!(history.contains("Claire (sur invitation)") && history.contains("Deux ateliers."));
    let mine = site.get(&format!("/dossiers/{id}/etapes/identification"), &ines).await.text;
    assert!(mine.contains(SECRET) && !mine.contains("Pris"));
    let activities = site.get(&format!("/dossiers/{id}/etapes/activites"), &ines).await.text;
    assert!(!activities.contains("_retirer"), "no row was added");
}

#[tokio::test]
async fn what_was_taken_back_says_so() {
    let Given { site, id, ines, link, claire } = given().await;
    let page = site.get(&format!("/dossiers/{id}/partage"), &ines).await.text;
    assert!(page.contains("Claire (sur invitation)") && page.contains("Vu le "));
    assert!(!page.contains(link.trim_start_matches("/invitation/")), "the link shows only once");
    let back = page.split("action=\"").find(|tail| tail.contains("/reprise")).unwrap();
    let answer = site.post(back.split('"').next().unwrap(), &ines, "").await;
    assert_eq!(answer.location, format!("/dossiers/{id}/partage#confie"));
    assert!(site.get(&answer.location, &ines).await.text.contains("Repris le "));

    let step = format!("/dossiers/{id}/etapes/budget");
    for path in [&link, &step, &format!("/dossiers/{id}"), "/dossiers/ouvrir"] {
        let answer = site.get(path, &claire).await;
        assert_eq!(answer.status, StatusCode::GONE, "{path}");
        assert!(answer.text.contains("ne donne plus accès"), "{path}");
    }
    assert_eq!(site.post(&link, "", "nom=Claire").await.status, StatusCode::GONE);
    let operation = serde_json::to_string(&[site.operation(COMMENT, "trop tard", 0)]).unwrap();
    let answer = site.operations(&id, &claire, operation).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::GONE, "\"ended\""));
    assert_eq!(site.get("/", &claire).await.location, "/connexion");
}

#[tokio::test]
async fn bad_terms_and_bad_links_are_clear() {
    let Given { site, id, ines, .. } = given().await;
    let path = format!("/dossiers/{id}/partage");
    let today = site.services.clock.today().unwrap();
    let long = format!("etape=budget&fin={today}&pour={}", "x".repeat(81));
    for (body, said) in [
        ("", "Choisissez un dernier jour"),
        (&format!("fin={today}"), "Choisissez au moins une étape"),
        (&format!("fin={today}&etape=zzz"), "Choisissez au moins une étape"),
        ("etape=budget&fin=2020-01-01", "Choisissez un dernier jour"),
        ("etape=budget&fin=2999-01-01", "Choisissez un dernier jour"),
        (&long, "dépasse 80 caractères"),
    ] {
        let answer = site.post(&path, &ines, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.text.contains(said), "{body}: {}", answer.text);
    }
    let link = give(&site, &id, &ines, &["budget", "moyens"]).await;
    assert_eq!(site.get(&link[..link.len() - 1], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post("/invitation/zzz", "", "nom=x").await.status, StatusCode::NOT_FOUND);
    let page = site.get(&link, "").await.text;
    for said in ["Confié par", "Commencer", "Les Ateliers (ACI)", "Moyens humains", "Budget"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let unnamed = site.post(&link, "", "nom=++").await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unnamed.text.contains("Écrivez votre nom"));
    assert!(site.get(&link, &ines).await.text.contains("Vous remplissez déjà ce dossier"));
    // A device that comes back by the link goes on as the same guest.
    let cookie = begin(&site, &link, "").await;
    let again = site.get(&link, &cookie).await;
    assert_eq!(again.location, format!("/dossiers/{id}"));
    assert!(site.get(&link, "").await.text.contains("sous le nom de Claire"));
}
