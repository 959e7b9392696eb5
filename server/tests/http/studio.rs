//! The form studio over HTTP: roles, hostile words, bad input, a frame that saves nothing.

use axum::http::{StatusCode, header};
use dossier::role::Role;

use crate::support::{OURS, Site, body};

/// A sketch, begun through the use case: forms with a file are posted by the journeys.
async fn begun(site: &Site, department: &str, by: Role) -> String {
    let account = service::accounts::NewAccount {
        id: site.services.ulid().into(),
        email: format!("{}@exemple.fr", site.services.ulid()),
        name: "Quelqu'un".to_owned(),
        title: String::new(),
        role: by,
        is_persona: false,
        password: None,
        departments: vec![department.to_owned()],
    };
    let id = service::accounts::add_account(&site.services, account).await.unwrap();
    let actor = service::Actor {
        account_id: id,
        name: "Quelqu'un".to_owned(),
        title: String::new(),
        role: by,
        scope: by.scope(Vec::new(), vec![department.to_owned()]),
        admin_of: Vec::new(),
    };
    let start = service::studio::Start::National;
    let begun = service::studio::begin(&site.services, &actor, department, "Un essai", start);
    format!("/studio/{}", begun.await.unwrap())
}

const PAGES: [&str; 10] = [
    "",
    "/etapes/moyens",
    "/question?carte=moyens.time",
    "/mots?de=moyens",
    "/carte?etape=moyens",
    "/etape",
    "/differences",
    "/versions",
    "/apercu",
    "/simulation",
];

#[tokio::test]
async fn each_bench_has_its_pages_and_nobody_else_any() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let agnes = site.agent("agnes", &["58"]).await;
    let paul = site.of_role(Role::DdetsSignatory, &["58"]).await;
    let far = site.agent("far", &["29"]).await;
    let ines = site.person("ines", OURS, true).await;
    let variant = begun(&site, "", Role::Facilitator).await;
    let supplement = begun(&site, "58", Role::DdetsAgent).await;
    for (of, sees, not) in [
        (&variant, vec![&samir], vec![&agnes, &paul, &far, &ines]),
        (&supplement, vec![&agnes, &paul], vec![&samir, &far, &ines]),
    ] {
        for page in PAGES {
            let path = format!("{of}{page}");
            for cookie in &sees {
                let answer = site.get(&path, cookie).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
            }
            for cookie in &not {
                assert_eq!(site.get(&path, cookie).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert_eq!(site.get(&path, "").await.status, StatusCode::SEE_OTHER, "{path}");
        }
        for (post, what) in [
            ("/gestes", body(&[("geste", "ranger")])),
            ("/versions", body(&[("version", "1")])),
            ("/simulation", String::new()),
            ("/acceptation", body(&[("perte", "not_asked:x")])),
            ("/publication", String::new()),
        ] {
            for cookie in &not {
                let answer = site.post(&format!("{of}{post}"), cookie, &what).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{of}{post}");
            }
        }
    }
    let published = site.post(&format!("{supplement}/publication"), &agnes, "").await;
    assert_eq!(
        published.status,
        StatusCode::NOT_FOUND,
        "an agent prepares, the signatory publishes"
    );
    assert_eq!(site.get("/studio", &ines).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/studio/x", &samir).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_is_told_in_place_and_words_are_only_words() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let of = begun(&site, "", Role::Facilitator).await;
    let question = |label: &str, kind: &str| {
        body(&[
            ("carte", "moyens.time"),
            ("libelle", label),
            ("nature", kind),
            ("choix", "Un seul"),
        ])
    };
    let to = format!("{of}/question");
    for (label, kind, says) in [
        ("", "yes_no", "Écrivez la question."),
        ("Lequel ?", "one_of", "Écrivez deux choix au moins"),
        ("Lequel ?", "rien", "Choisissez la réponse attendue."),
        (&"x".repeat(201), "yes_no", "trop long"),
    ] {
        let answer = site.post(&to, &samir, &question(label, kind)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(answer.text.contains(says), "{says}");
    }
    let hostile = "<script>alert(1)</script>";
    let added = site.post(&to, &samir, &question(hostile, "yes_no")).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    for page in ["/etapes/moyens", "/differences", "/versions"] {
        let text = site.get(&format!("{of}{page}"), &samir).await.text;
        assert!(text.contains("&lt;script&gt;alert(1)") && !text.contains(hostile), "{page}");
    }
    for (gesture, on, status) in [
        ("masquer", "demande.kind", StatusCode::UNPROCESSABLE_ENTITY),
        ("monter", "rien.du.tout", StatusCode::NOT_FOUND),
        ("voler", "moyens.recruit_forecast", StatusCode::BAD_REQUEST),
        ("retirer", "moyens.recruit_forecast", StatusCode::BAD_REQUEST),
        ("masquer", "moyens.recruit_forecast", StatusCode::SEE_OTHER),
    ] {
        let posted = body(&[("geste", gesture), ("sur", on)]);
        let answer = site.post(&format!("{of}/gestes"), &samir, &posted).await;
        assert_eq!(answer.status, status, "{gesture} {on}");
    }
    let file = site.get(&format!("{of}/export.json"), &samir).await;
    assert!(serde_json::from_str::<form::overlay::Overlay>(&file.text).is_ok());
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("version-3.json"));
}

#[tokio::test]
async fn a_frame_stands_in_our_pages_and_saves_nothing() {
    let site = Site::new().await;
    let samir = site.facilitator("samir").await;
    let ines = site.person("ines", OURS, true).await;
    let of = begun(&site, "", Role::Facilitator).await;
    let outer = site.get(&format!("{of}/apercu?etape=moyens"), &samir).await;
    let policy = |headers: &axum::http::HeaderMap| {
        headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
    };
    assert!(policy(&outer.headers).contains("frame-src 'self'"));
    assert!(policy(&outer.headers).contains("frame-ancestors 'none'"));
    let step = format!("{of}/cadre/vide-annual-bureau/etapes/moyens");
    let frame = site.get(&step, &samir).await;
    assert_eq!(frame.status, StatusCode::OK, "{}", frame.text);
    assert_eq!(frame.headers[header::X_FRAME_OPTIONS], "SAMEORIGIN");
    assert!(policy(&frame.headers).contains("frame-ancestors 'self'"));
    assert!(frame.text.contains(&format!("/dossiers/..{of}/cadre/")), "links stay in the studio");
    let typed = body(&[("moyens.recruit_forecast", "12"), ("_enregistrer", "rester")]);
    let shown = site.post(&step, &samir, &typed).await;
    assert!(shown.text.contains("value=\"12\""), "shown again");
    assert!(!site.get(&step, &samir).await.text.contains("value=\"12\""), "and not kept");
    for page in ["instruction", "recapitulatif", "etapes/demande"] {
        let path = format!("{of}/cadre/remplie-renewal-bureau/{page}");
        assert_eq!(site.get(&path, &samir).await.status, StatusCode::OK, "{path}");
        assert_eq!(site.get(&path, &ines).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
