//! Every address of the site, with every role: what one may not see does not exist.

use axum::http::StatusCode;
use dossier::role::Role;

use crate::bad_input::{addresses, call};
use crate::support::{OURS, Site, THEIRS};

/// Every `.route("…", …)` of the router, as its source says it: path and methods.
pub fn routes() -> Vec<(String, Vec<&'static str>)> {
    let sources = [
        include_str!("../../src/web.rs"),
        include_str!("../../src/web/allotting.rs"),
        include_str!("../../src/web/commission.rs"),
        include_str!("../../src/web/envelopes.rs"),
        include_str!("../../src/web/labs.rs"),
        include_str!("../../src/web/published.rs"),
        include_str!("../../src/web/studio.rs"),
    ];
    let mut routes = Vec::new();
    for source in sources {
        for call in source.split(".route(").skip(1) {
            let path = call.split('"').nth(1).unwrap().to_owned();
            let handlers = call.split(".route(").next().unwrap();
            let methods = [("get(", "GET"), ("post(", "POST")].into_iter();
            let found = methods.filter(|(word, _)| handlers.contains(word)).map(|(_, name)| name);
            routes.push((path, found.collect()));
        }
    }
    routes
}

#[test]
fn every_address_of_a_dossier_is_in_the_table() {
    let table = addresses("X");
    let is_listed = |method: &str, path: &str| {
        let pattern: Vec<&str> = path.split('/').collect();
        table.iter().any(|(listed, address, _)| {
            let address: Vec<&str> = address.split('?').next().unwrap().split('/').collect();
            let same = |(a, b): (&&str, &&str)| a.starts_with('{') || a == b;
            *listed == method
                && pattern.len() == address.len()
                && pattern.iter().zip(&address).all(same)
        })
    };
    let of_dossiers = routes().into_iter().filter(|(path, _)| path.contains("dossiers/{id}"));
    let mut seen = 0;
    for (path, methods) in of_dossiers {
        assert!(!methods.is_empty(), "{path}");
        for method in methods {
            seen += 1;
            assert!(is_listed(method, &path), "{method} {path} is not in `addresses`");
        }
    }
    assert!(seen > 35, "the router was read: {seen}");
}

#[tokio::test]
async fn for_every_role_a_foreign_dossier_is_absent_everywhere() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let ours = site.write(&id, &ines, "identification.phone", "0386000000", 0).await;
    assert!(matches!(ours.verdict, dossier::operation::Verdict::Saved { .. }));
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Guest) {
        let cookie = match role {
            Role::SiaeMember | Role::SiaeAdmin => {
                site.person(role.code(), THEIRS, role == Role::SiaeAdmin).await
            }
            // Nobody but the structure sees a draft, even in its own département.
            role => site.of_role(role, &["58"]).await,
        };
        for (method, path, body) in addresses(&id) {
            let nowhere = |text: &str| text.replace(&id, "01J0000000000000000000ZZZZ");
            let mut foreign = call(&site, method, &path, &cookie, body).await;
            let mut absent = call(&site, method, &nowhere(&path), &cookie, body).await;
            if foreign.0 == StatusCode::SEE_OTHER {
                // To the page of one's own side, whatever is there: nothing is.
                assert_eq!(nowhere(&foreign.1), absent.1, "{role:?} {method} {path}");
                foreign = call(&site, "GET", &foreign.1, &cookie, "").await;
                absent = call(&site, "GET", &absent.1, &cookie, "").await;
            }
            assert_eq!(foreign.0, StatusCode::NOT_FOUND, "{role:?} {method} {path}");
            assert_eq!(
                foreign, absent,
                "{role:?} {method} {path}: absent and foreign say the same"
            );
            assert!(!foreign.2.contains("0386000000") && !foreign.2.contains("Les Ateliers"));
        }
        // And every list: nothing of it is in any page that this role opens.
        for (path, methods) in routes() {
            if path.contains('{') || !methods.contains(&"GET") {
                continue;
            }
            let page = site.get(&path, &cookie).await;
            assert!(!page.text.contains(&id), "{role:?} {path}");
            assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{role:?} {path}");
        }
    }
    let page = site.get(&format!("/dossiers/{id}/etapes/identification"), &ines).await;
    assert!(page.text.contains("0386000000"), "nothing changed");
}

#[tokio::test]
async fn no_address_answers_a_stranger_with_more_than_signing_in() {
    let site = Site::new().await;
    let open = [
        "/",
        "/connexion",
        "/connexion/proconnect",
        "/connexion/retour",
        "/deconnexion",
        "/healthz",
        "/readyz",
        "/connexion/demonstration",
        "/atelier",
        "/sceau.json",
    ];
    for (path, methods) in routes() {
        let by_secret = path.starts_with("/invitation")
            || path.starts_with("/rejoindre")
            || path.starts_with("/a/")
            || path.starts_with("/atelier/")
            || matches!(path.as_str(), "/pkg/{file}" | "/{file}")
            || path.starts_with("/formulaires");
        if by_secret || open.contains(&path.as_str()) {
            continue;
        }
        let address = path.replace("{id}", "x").replace("{section}", "demande");
        let address =
            address.replace("{ordinal}", "1").replace("{note}", "x").replace("{share}", "x");
        let address = address.replace("{place}", "D58").replace("{kind}", "ACI");
        let address = address.replace("{run}", "x");
        for method in methods {
            let answer = match method {
                "GET" => site.get(&address, "").await,
                _ => site.post(&address, "", "").await,
            };
            let refused = answer.location.starts_with("/connexion")
                || matches!(
                    answer.status,
                    StatusCode::UNAUTHORIZED
                        | StatusCode::NOT_FOUND
                        | StatusCode::BAD_REQUEST
                        | StatusCode::UNSUPPORTED_MEDIA_TYPE
                );
            assert!(refused, "{method} {address}: {} {}", answer.status, answer.location);
        }
    }
}
