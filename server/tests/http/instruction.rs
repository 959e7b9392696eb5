//! The State's side over HTTP: by role, and with input that makes no sense.

use axum::http::StatusCode;
use dossier::state::{Action, State};
use service::{deposits::Filing, sessions};

use crate::support::{OURS, Site, THEIRS, body};

/// A dossier that was deposited, whatever it says.
pub async fn deposited(site: &Site, cookie: &str) -> String {
    deposited_with(site, cookie, "{}").await
}

/// The same, saying this.
pub async fn deposited_with(site: &Site, cookie: &str, answers: &str) -> String {
    let id = site.open(cookie, OURS, "ACI", "annual").await;
    let mut head = site.services.store.head(&id.as_str().into()).await.unwrap().unwrap();
    head.state = State::Submitted;
    let token = cookie.trim_start_matches("trame=");
    let actor = sessions::actor(&site.services, token).await.unwrap().unwrap();
    let bytes = format!(r#"{{"answers":{answers},"form":"conventionnement","revision":1}}"#);
    let bytes = bytes.into_bytes();
    let filing = Filing { head, actor, at: site.services.now(), bytes };
    site.services.store.deposit(&filing).await.unwrap().unwrap();
    id
}

fn note(audience: &str, text: &str) -> String {
    body(&[("reponse", ""), ("nature", "question"), ("pour", audience), ("texte", text)])
}

#[tokio::test]
async fn what_is_not_for_a_role_does_not_exist_for_it() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let far = site.agent("paul", &["29"]).await;
    let id = deposited(&site, &ines).await;
    let read = format!("/dossiers/{id}/instruction");
    let (notes, acts) = (format!("/dossiers/{id}/notes"), format!("/dossiers/{id}/actes"));

    assert_eq!(site.get(&read, &agnes).await.status, StatusCode::OK);
    assert_eq!(site.get(&read, &far).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&read, &ines).await.status, StatusCode::SEE_OTHER, "to her own pages");
    assert_eq!(site.get(&read, "").await.status, StatusCode::SEE_OTHER, "to signing in");

    let written = site.post(&notes, &agnes, &note("structure", "Pourquoi ?")).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
    let key = written.location.split("#note-").nth(1).unwrap().to_owned();
    let reply = format!("{notes}/{key}/reponses");
    let settle = format!("{notes}/{key}/reglee");
    let complete = body(&[("acte", "declare_complete"), ("depot", "1")]);
    for (who, cookie) in [("ines", &ines), ("zoe", &zoe), ("far", &far)] {
        for (path, posted) in [
            (&notes, note("service", "x")),
            (&reply, body(&[("texte", "x")])),
            (&settle, body(&[("reglee", "oui")])),
        ] {
            let status = site.post(path, cookie, &posted).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{who} {path}");
        }
        let done = site.post(&acts, cookie, &complete).await.status;
        assert!(done == StatusCode::NOT_FOUND || done == StatusCode::SEE_OTHER, "{who} {done}");
    }
    let head = site.services.store.head(&id.as_str().into()).await.unwrap().unwrap();
    assert_eq!(head.state, State::Submitted, "nobody else acted");
    assert_eq!(
        site.get(&format!("/dossiers/{id}/questions"), &zoe).await.status,
        StatusCode::NOT_FOUND
    );
    let asked = site.get(&format!("/dossiers/{id}/questions"), &ines).await.text;
    assert!(!asked.contains("Pourquoi ?"), "nothing is read before it is sent");
}

#[tokio::test]
async fn input_that_makes_no_sense_changes_nothing_and_loses_nothing() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited(&site, &ines).await;
    let (notes, acts) = (format!("/dossiers/{id}/notes"), format!("/dossiers/{id}/actes"));
    for posted in [note("everybody", "x"), body(&[("reponse", "budget")]), "%%%".to_owned()] {
        let status = site.post(&notes, &agnes, &posted).await.status;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{posted}");
    }
    let nowhere = note("service", "x").replace("reponse=", "reponse=nothing%23x");
    assert_eq!(site.post(&notes, &agnes, &nowhere).await.status, StatusCode::BAD_REQUEST);
    let empty = site.post(&notes, &agnes, &note("service", " ")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty.text.contains("Écrivez votre annotation") && empty.text.contains("id=\"annoter\"")
    );

    let hostile = "</textarea><script>alert(1)</script>";
    let sent = body(&[
        ("acte", "ask_for_documents"),
        ("depot", "1"),
        ("message", hostile),
        ("jour", "hier"),
    ]);
    let refused = site.post(&acts, &agnes, &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Choisissez un jour"), "{}", refused.text);
    assert!(refused.text.contains("alert(1)") && !refused.text.contains("<script>alert"));
    for acte in ["deposit", "accept", "approve_report", "nothing"] {
        let status =
            site.post(&acts, &agnes, &body(&[("acte", acte), ("depot", "1")])).await.status;
        assert!(status.is_client_error(), "{acte} {status}");
    }
    let written = site.post(&notes, &agnes, &note("service", hostile)).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER);
    let page = site.get(&format!("/dossiers/{id}/instruction"), &agnes).await.text;
    assert!(page.contains("alert(1)") && !page.contains("<script>alert"));
    let acts = site.services.store.acts_of(&id.as_str().into()).await.unwrap();
    assert_eq!(acts, [], "nothing was done");
}

#[tokio::test]
async fn an_answer_that_is_closed_is_opened_knowingly_and_never_lost() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let reason = "identification.presentation";
    let id = deposited_with(&site, &ines, r#"{"identification.presentation":"Parce que."}"#).await;
    let (step, reopen) =
        (format!("/dossiers/{id}/etapes/identification"), format!("/dossiers/{id}/reouverture"));
    let wanted = body(&[("reponse", reason)]);
    let early = site.post(&reopen, &ines, &wanted).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "it is with the State");
    let question = body(&[
        ("reponse", "budget"),
        ("nature", "question"),
        ("pour", "structure"),
        ("texte", "?"),
    ]);
    site.post(&format!("/dossiers/{id}/notes"), &agnes, &question).await;
    let day = site.services.clock.today().unwrap().to_string();
    let sent = body(&[("acte", "ask_for_documents"), ("depot", "1"), ("jour", &day)]);
    let sent = site.post(&format!("/dossiers/{id}/actes"), &agnes, &sent).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);

    let page = site.get(&step, &ines).await.text;
    assert!(page.contains("Modifier aussi") && !page.contains(&format!("name=\"{reason}\"")));
    let typed = body(&[(reason, "Autre <b>chose</b>."), ("_enregistrer", "rester")]);
    let refused = site.post(&step, &ines, &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Autre &lt;b&gt;chose"), "the text is shown, not lost");
    for (cookie, status) in [(&zoe, StatusCode::NOT_FOUND), (&agnes, StatusCode::NOT_FOUND)] {
        assert_eq!(site.post(&reopen, cookie, &wanted).await.status, status);
        let path = format!("{reopen}?reponse={reason}");
        assert_eq!(site.get(&path, cookie).await.status, status);
    }
    let odd = site.post(&reopen, &ines, &body(&[("reponse", "nothing")])).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);

    let asks = site.get(&format!("{reopen}?reponse={reason}"), &ines).await;
    assert!(asks.text.contains("Rouvrir") && asks.status == StatusCode::OK);
    let opened = site.post(&reopen, &ines, &wanted).await;
    assert_eq!(opened.location, format!("{step}#{reason}"));
    assert_eq!(site.post(&step, &ines, &typed).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(&step, &ines).await.text.contains(&format!("name=\"{reason}\"")));
}

#[tokio::test]
async fn a_double_click_acts_once() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let id = deposited(&site, &ines).await;
    let acts = format!("/dossiers/{id}/actes");
    let complete = body(&[("acte", "declare_complete"), ("depot", "1")]);
    assert_eq!(site.post(&acts, &agnes, &complete).await.status, StatusCode::SEE_OTHER);
    let again = site.post(&acts, &agnes, &complete).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("plus possible"));
    let done = site.services.store.acts_of(&id.as_str().into()).await.unwrap();
    assert_eq!(done.iter().map(|act| act.action).collect::<Vec<_>>(), [Action::DeclareComplete]);
}
