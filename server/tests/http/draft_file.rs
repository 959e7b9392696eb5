//! The draft as a file, opened again without script; and gestures under the right name.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use dossier::{
    draft_file::{DraftFile, LONGEST},
    operation::Verdict,
};
use form::At;

use crate::support::{Answer, OURS, Site};

const PHONE: &str = "identification.phone";
const SITE: &str = "identification.website";

async fn saved(site: &Site, id: &str, cookie: &str) -> DraftFile {
    let answer = site.get(&format!("/dossiers/{id}/brouillon.json"), cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let name = answer.headers.get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
    assert_eq!(name, "attachment; filename=\"brouillon-les-ateliers-2027.json\"");
    serde_json::from_str(&answer.text).unwrap()
}

async fn opened(site: &Site, id: &str, cookie: &str, file: &str) -> Answer {
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"fichier\"; filename=\"a.json\"\r\ncontent-type: application/json\r\n\r\n{file}\r\n--x--\r\n"
    );
    let request = Request::post(format!("/dossiers/{id}/brouillon"))
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body));
    site.send(request.unwrap()).await
}

#[tokio::test]
async fn a_copy_adds_what_is_missing_and_shows_what_differs() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    site.write(&id, &ines, PHONE, "03 86 00 00 01", 0).await;
    let mut file = saved(&site, &id, &ines).await;
    assert_eq!(file.answers.raw(PHONE, ""), "03 86 00 00 01");
    file.unsent = vec![
        site.operation(PHONE, "03 86 00 00 02", 1),
        site.operation(SITE, "https://copie.example", 0),
    ];
    let json = serde_json::to_string(&file).unwrap();
    site.write(&id, &karim, PHONE, "03 86 00 00 03", 1).await;

    let page = opened(&site, &id, &ines, &json).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for said in ["1\u{a0}réponse ajoutée", "À choisir", "par karim", "_garder"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let after = saved(&site, &id, &ines).await.answers;
    assert_eq!(after.raw(SITE, ""), "https://copie.example");
    assert_eq!(after.raw(PHONE, ""), "03 86 00 00 03", "nothing is replaced unseen");

    // The button of the page.
    let value = |name: &str| {
        let rest = page.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().replace(' ', "+")
    };
    let body = format!("_vu={}&{PHONE}={}&_garder={PHONE}", value("_vu"), value(PHONE));
    let chosen = site.post(&format!("/dossiers/{id}/etapes/identification"), &ines, &body).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
    let after = saved(&site, &id, &ines).await.answers;
    assert_eq!(after.raw(PHONE, ""), "03 86 00 00 02");

    let again = opened(&site, &id, &ines, &json).await;
    assert!(again.text.contains("rien de nouveau"), "{}", again.text);
}

#[tokio::test]
async fn what_is_no_copy_of_this_dossier_is_told() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let other = site.open(&ines, OURS, "EI", "annual").await;
    let file = saved(&site, &id, &ines).await;
    let json = |file: &DraftFile| serde_json::to_string(file).unwrap();
    let bilan = DraftFile { form: "bilan".into(), ..file.clone() };
    for (to, sent, said) in [
        (&other, json(&file), "autre dossier"),
        (&id, json(&bilan), "autre formulaire"),
        (&id, json(&file)[..40].to_owned(), "abîmé"),
        (&id, "[]".to_owned(), "abîmé"),
        (&id, String::new(), "abîmé"),
        (&id, "x".repeat(LONGEST + 1), "trop lourd"),
        (&id, "x".repeat(2 * LONGEST), "trop lourd"),
    ] {
        let page = opened(&site, to, &ines, &sent).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}

#[tokio::test]
async fn nothing_is_written_under_another_name() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    let who = site.get("/api/moi", &ines).await;
    let who: app::exchange::Person = serde_json::from_str(&who.text).unwrap();
    assert_eq!(who.name, "ines");
    let nobody = site.get("/api/moi", "").await;
    assert_eq!((nobody.status, nobody.text.as_str()), (StatusCode::UNAUTHORIZED, "\"signed_out\""));

    let send = async |cookie: &str| {
        let body = serde_json::to_string(&[site.operation(PHONE, "03 86 00 00 01", 0)]).unwrap();
        let request =
            Request::post(format!("/api/dossiers/{id}/operations?compte={}", who.account))
                .header(header::COOKIE, cookie)
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body));
        site.send(request.unwrap()).await
    };
    let refused = send(&karim).await;
    let word = (refused.status, refused.text.as_str());
    assert_eq!(word, (StatusCode::FORBIDDEN, "\"other_person\""));
    assert_eq!(saved(&site, &id, &ines).await.answers.at(&At::once(PHONE)), None);
    let kept: app::exchange::Kept = serde_json::from_str(&send(&ines).await.text).unwrap();
    assert_eq!(kept.outcomes[0].verdict, Verdict::Saved { version: 1 });
}
