//! What people receive by mail: choosing it, turning it off by a link, and reading what a demonstration
//! would have sent. What is sent and when: `server/tests/mail.rs` and the conformance suite of the store.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use dossier::{notice::Topic, role::Role};
use service::{
    mail::{Outgoing, choosing, telling},
    sessions,
};

use crate::support::{OURS, Site, THEIRS};

/// The ticket of whoever holds this cookie.
async fn ticket(site: &Site, cookie: &str, topic: Topic) -> String {
    let token = cookie.trim_start_matches("trame=");
    let actor = sessions::actor(&site.services, token).await.unwrap().unwrap();
    choosing::ticket(&site.services, &actor.account_id, topic).await.unwrap().unwrap()
}

/// What is chosen of a topic, as the page shows it.
async fn pace(site: &Site, cookie: &str, topic: &str) -> String {
    let page = site.get("/preferences", cookie).await.text;
    let chosen = page.split("<input").find(|input| {
        let input = input.split('>').next().unwrap();
        input.contains(&format!("name=\"{topic}\"")) && input.contains("checked")
    });
    let chosen = chosen.and_then(|input| input.split("value=\"").nth(1));
    chosen.and_then(|value| value.split('"').next()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn each_role_chooses_among_what_concerns_it() {
    let site = Site::new().await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Guest) {
        let cookie = site.somebody(role).await;
        let page = site.get("/preferences", &cookie).await;
        let concerned = Topic::ALL.into_iter().filter(|topic| topic.concerns(role));
        let concerned: Vec<_> = concerned.collect();
        let expected = if concerned.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(page.status, expected, "{role:?}");
        for topic in Topic::ALL {
            let offered = page.text.contains(&format!("name=\"{}\"", topic.code()));
            assert_eq!(
                offered,
                concerned.contains(&topic) && topic.may_be_off(),
                "{role:?} {topic:?}"
            );
        }
        let all: Vec<_> =
            Topic::ALL.iter().map(|topic| format!("{}=jamais", topic.code())).collect();
        let kept = site.post("/preferences", &cookie, &all.join("&")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER);
        for topic in concerned.into_iter().filter(|topic| topic.may_be_off()) {
            assert_eq!(pace(&site, &cookie, topic.code()).await, "jamais", "{role:?} {topic:?}");
        }
    }
    let out = site.get("/preferences", "").await;
    assert_eq!((out.status, out.location.starts_with("/connexion")), (StatusCode::SEE_OTHER, true));
}

#[tokio::test]
async fn what_is_not_offered_is_refused_and_changes_nothing() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    for body in ["demandes=parfois", "demandes", "autre=jamais", "demandes=jamais&x=y"] {
        let answer = site.post("/preferences", &ines, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(pace(&site, &ines, "demandes").await, "aussitot");
    let page = site.get("/preferences?fait=1", &ines).await.text;
    assert!(page.contains("ne se désactive pas") && page.contains("enregistrés"));
}

#[tokio::test]
async fn a_link_is_opened_without_effect_and_acts_by_a_post() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let path = format!("/desabonnement/{}", ticket(&site, &ines, Topic::Asked).await);
    // A program that looks at links before people do.
    for _ in 0..2 {
        let page = site.get(&path, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Ce que la DDETS vous demande"));
        assert!(!page.text.contains("ines@exemple.fr"), "a link may have been handed on");
    }
    assert_eq!(pace(&site, &ines, "demandes").await, "aussitot");
    // The button of a mail program, in both kinds of form (RFC 8058), without cookie or origin.
    let boundary = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    for (kind, body) in [
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=x", boundary),
    ] {
        site.post(&path, "", "reprendre=oui").await;
        assert_eq!(pace(&site, &ines, "demandes").await, "aussitot");
        let request = Request::post(&path).header(header::CONTENT_TYPE, kind);
        let answer = site.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind}");
        assert_eq!(pace(&site, &ines, "demandes").await, "jamais", "{kind}");
    }
    assert_eq!(pace(&site, &ines, "avancement").await, "aussitot", "that topic and no other");
}

#[tokio::test]
async fn a_ticket_that_was_not_made_here_is_none() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let good = ticket(&site, &ines, Topic::Asked).await;
    let (text, signature) = good.rsplit_once('.').unwrap();
    for wrong in [
        format!("{text}.{}", "0".repeat(signature.len())),
        format!("{}.{signature}", text.replace("demandes", "equipe")),
        format!("{}.{signature}", text.replace("demandes", "decisions")),
        text.to_owned(),
        "x".repeat(4_000),
        "%00.demandes.%00".to_owned(),
    ] {
        let path = format!("/desabonnement/{wrong}");
        assert_eq!(site.get(&path, "").await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(site.post(&path, "", "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(pace(&site, &ines, "demandes").await, "aussitot");
    let foreign =
        Request::post(format!("/desabonnement/{good}")).header("sec-fetch-site", "cross-site");
    let answer = site.send(foreign.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "another site posts for nobody");
}

#[tokio::test]
async fn a_demonstration_shows_each_person_their_own_and_a_real_site_nothing() {
    let mut site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let other = site.person("paul", THEIRS, true).await;
    assert_eq!(site.get("/courriels", &ines).await.status, StatusCode::NOT_FOUND);
    site.mailing(Outgoing::Shown);
    assert!(site.get("/courriels", &ines).await.text.contains("Rien pour l'instant"));
    let token = other.trim_start_matches("trame=");
    let paul = sessions::actor(&site.services, token).await.unwrap().unwrap();
    let request = service::teams::Request {
        account: paul.account_id,
        name: String::new(),
        email: String::new(),
        structure: OURS.into(),
        asked_at: site.services.now(),
        answered_at: None,
        is_accepted: false,
    };
    site.services.store.add_access_request(&request).await.unwrap();
    telling::tell(&site.services, 0).await.unwrap();
    let page = site.get("/courriels", &ines).await.text;
    assert!(page.contains("Une personne demande à rejoindre Les Ateliers"), "{page}");
    let id = page.split("/courriels/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let message = site.get(&format!("/courriels/{id}"), &ines).await;
    assert!(message.text.contains("Répondre à sa demande"));
    let policy = message.headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
    for stranger in [&other, ""] {
        let answer = site.get(&format!("/courriels/{id}"), stranger).await;
        assert_ne!(answer.status, StatusCode::OK);
    }
    assert!(site.get("/courriels", &other).await.text.contains("Rien pour l'instant"));
}

#[tokio::test]
async fn an_invitation_goes_to_its_address_where_mail_leaves() {
    let mut site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    assert!(!site.get("/equipe", &ines).await.text.contains("name=\"courriel\""));
    site.mailing(Outgoing::Sent);
    assert!(site.get("/equipe", &ines).await.text.contains("name=\"courriel\""));
    let body = |address: &str| {
        format!("pour=L%C3%A9o&role=siae_member&structure={OURS}&courriel={address}")
    };
    let bad = site.post("/equipe/invitations", &ines, &body("leo")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text.contains("pas complète"));
    let evil = site
        .post("/equipe/invitations", &ines, &body("leo%40exemple.fr%0D%0ABcc%3A+x%40y.fr"))
        .await;
    assert_eq!(evil.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", evil.text);
    let made = site.post("/equipe/invitations", &ines, &body("leo%40exemple.fr")).await;
    assert!(made.text.contains("Le lien part à leo@exemple.fr"), "{}", made.text);
    assert_eq!(site.services.store.mail_counts().await.unwrap().waiting, 1);
}
