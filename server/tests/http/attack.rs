//! What somebody tries who means no good; `docs/security.md` says what came of each.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use futures::stream;
use server::limits::Class;

use crate::support::{Answer, OURS, Site, THEIRS};

/// Posts a bad password as coming from this address.
async fn bad_sign_in(site: &Site, email: &str, from: &str) -> Answer {
    let request = Request::post("/connexion")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-for", from)
        .body(Body::from(format!("courriel={email}&mot_de_passe=rien")));
    site.send(request.unwrap()).await
}

#[tokio::test]
async fn a_flood_of_bad_sign_ins_is_stopped_by_address_and_by_person() {
    let mut site = Site::new().await;
    let rates = [(Class::SignIn, "5+1"), (Class::Password, "3+1")];
    site.limited(&rates, "x-forwarded-for");
    let mut verified = 0;
    for n in 0..10_000 {
        let answer = bad_sign_in(&site, &format!("p{n}%40exemple.fr"), "192.0.2.1").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            let wait = answer.headers.get(header::RETRY_AFTER).unwrap().to_str().unwrap();
            assert!(wait.parse::<u32>().unwrap() <= 60, "{wait}");
        } else {
            verified += 1;
        }
    }
    assert!((5..=7).contains(&verified), "passwords verified: {verified}");
    // One person tried from everywhere; a browser that pretends to be elsewhere is not believed.
    let mut tried = 0;
    for n in 0..50 {
        let from = format!("203.0.113.9, 198.51.100.{n}");
        let answer = bad_sign_in(&site, "ines%40exemple.fr", &from).await;
        tried += usize::from(answer.status != StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(tried, 3);
    let pretending = bad_sign_in(&site, "autre%40exemple.fr", "8.8.8.8, 192.0.2.1").await;
    assert_eq!(pretending.status, StatusCode::TOO_MANY_REQUESTS, "the last hop is the proxy's");
    assert!(pretending.text.contains("Un peu de patience"));
    let elsewhere = bad_sign_in(&site, "autre%40exemple.fr", "192.0.2.77").await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody else pays");
}

#[tokio::test]
async fn who_asks_too_much_waits_and_what_is_typed_is_kept() {
    let mut site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    site.limited(&[(Class::Upload, "2+1"), (Class::Sources, "1+1")], "x-forwarded-for");
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let path = format!("/dossiers/{id}/document?reponse=budget.documents&vu=0");
    let send = async |cookie: &str| site.post(&path, cookie, "").await.status;
    for _ in 0..2 {
        assert_ne!(send(&ines).await, StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(send(&ines).await, StatusCode::TOO_MANY_REQUESTS);
    assert_ne!(send(&zoe).await, StatusCode::TOO_MANY_REQUESTS);
    for n in 0..100 {
        site.write(&id, &ines, "identification.phone", &format!("03860000{n:02}"), n).await;
    }
}

#[tokio::test]
async fn codes_of_the_lab_are_not_guessed() {
    let mut site = Site::new().await;
    site.limited(&[(Class::Join, "10+1")], "x-forwarded-for");
    let mut looked = 0;
    for n in 0..200 {
        let request = Request::get(format!("/a/A{n:05}")).header("x-forwarded-for", "192.0.2.1");
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        looked += usize::from(answer.status != StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(looked, 10);
}

#[tokio::test]
async fn forged_ids_are_absent() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    for id in [
        "..",
        "%2e%2e%2f",
        "%00",
        "'%20OR%201=1--",
        "01J0000000000000000000ZZZZ",
        "%F0%9F%92%A9",
        "01j0000000000000000000zzzz",
        "1;DROP%20TABLE%20dossier",
        "{{7*7}}",
        "%0d%0aX:%20y",
    ] {
        for path in [
            format!("/dossiers/{id}"),
            format!("/dossiers/{id}/etapes/demande"),
            format!("/dossiers/{id}/depots/1"),
            format!("/documents/{id}"),
        ] {
            let Ok(request) = Request::get(&path).header(header::COOKIE, &ines).body(Body::empty())
            else {
                continue;
            };
            let answer = site.send(request).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            let inside = ["SELECT", "sqlx", "panicked", "src/", "49"];
            assert!(inside.iter().all(|word| !answer.text.contains(word)), "{path}");
        }
    }
    // A session that was never given, and one that was tampered with.
    let longer = format!("{ines}0");
    let forged = ["trame=", "trame=0", "trame=' OR 1=1", longer.as_str()];
    for cookie in forged {
        assert_eq!(site.get("/dossiers", cookie).await.status, StatusCode::SEE_OTHER, "{cookie}");
    }
}

#[tokio::test]
async fn teams_and_sessions_of_others_are_absent() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let account =
        site.services.store.account_by_email("ines@exemple.fr").await.unwrap().unwrap().id;
    let made = site
        .post("/equipe/invitations", &ines, &format!("structure={OURS}&role=siae_member&pour=A"))
        .await;
    let revoke = made.text.split("/equipe/invitations/").nth(1).unwrap();
    let revoke = format!("/equipe/invitations/{}", revoke.split('"').next().unwrap());
    let ours = format!("structure={OURS}&compte={account}");
    for (path, body) in [
        ("/equipe/invitations", format!("structure={OURS}&role=siae_admin&pour=Moi")),
        ("/equipe/demandes", format!("{ours}&reponse=oui")),
        ("/equipe/retrait", ours.clone()),
        (revoke.as_str(), String::new()),
    ] {
        let answer = site.post(path, &zoe, &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let seen = site.get("/equipe", &zoe).await.text;
    assert!(!seen.contains("ines@exemple.fr") && !seen.contains("Les Ateliers"));
    let keys = site.get("/connexions", &ines).await.text;
    assert!(!keys.contains("name=\"cle\""), "one's own session has no button");
    let token = ines.trim_start_matches("trame=");
    let hash = service::journal::sha256_hex(token.as_bytes());
    site.post("/connexions", &zoe, &format!("cle={}", &hash[..32])).await;
    assert_eq!(site.get("/dossiers", &ines).await.status, StatusCode::OK, "nobody ends another's");
}

#[tokio::test]
async fn headers_are_not_written_by_what_is_sent() {
    let site = Site::new().await;
    site.person("ines", OURS, true).await;
    let persona = site.services.store.personas().await.unwrap().remove(0).id;
    for back in ["/x%0d%0aSet-Cookie:%20a=b", "/%0aX:%20y", "/x%00"] {
        let body = format!("compte={persona}&retour={back}");
        let answer = site.post("/connexion/demonstration", "", &body).await;
        assert!(answer.headers.get("x").is_none(), "{back}");
        let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
        assert!(cookies.into_iter().all(|one| one.as_bytes().starts_with(b"trame")), "{back}");
    }
    let page = site.get("/connexion?retour=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "").await;
    assert!(!page.text.contains("<script>alert"), "typed text is text");
}

/// In real time: it takes as long as a slow body may.
#[tokio::test]
async fn a_body_that_never_ends_is_cut_off() {
    let site = Site::new().await;
    let drops = stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        Some((Ok::<_, std::io::Error>(Bytes::from_static(b"a")), ()))
    });
    let request = Request::post("/connexion")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from_stream(drops));
    #[expect(clippy::disallowed_methods, reason = "what is under test is how long it takes")]
    let began = std::time::Instant::now();
    let answer = site.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(began.elapsed() <= Duration::from_secs(21), "{:?}", began.elapsed());
}
