//! Documents over HTTP: sent, replaced, taken away, taken again, read by whom they concern.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use bytes::Bytes;
use dossier::state::State;
use futures::stream;
use service::{Services, attachments::Frozen, deposits::Filing, head::Snapshot, sessions};
use std::collections::BTreeMap;

use crate::support::{Answer, OURS, Site, THEIRS};

const PLACE: &str = "pieces.statutes_file";
const PDF: &str = "%PDF-1.4\nstatuts\n%%EOF\n";

fn part(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\ncontent-type: application/pdf\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat()
}

async fn post(site: &Site, id: &str, cookie: &str, seen: u32, body: Body) -> Answer {
    let request = Request::post(format!("/dossiers/{id}/document?reponse={PLACE}&vu={seen}"))
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(body);
    site.send(request.unwrap()).await
}

async fn send(site: &Site, id: &str, cookie: &str, seen: u32, name: &str, bytes: &[u8]) -> Answer {
    post(site, id, cookie, seen, part(name, bytes).into()).await
}

async fn page(site: &Site, id: &str, cookie: &str) -> String {
    let answer = site.get(&format!("/dossiers/{id}/document?reponse={PLACE}"), cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

/// Names of the documents of a page with their addresses, in order.
fn links(page: &str) -> Vec<(String, String)> {
    let after = page.split("href=\"/documents/").skip(1);
    let read = |text: &str| {
        let (id, rest) = text.split_once('"').unwrap();
        let name = rest.split_once('>').unwrap().1.split('<').next().unwrap();
        (name.to_owned(), format!("/documents/{id}"))
    };
    after.map(read).collect()
}

async fn raw(site: &Site, id: &str) -> String {
    let draft = site.services.store.draft(&id.into()).await.unwrap().unwrap();
    draft.answers.raw(PLACE, "").to_owned()
}

async fn gesture(site: &Site, id: &str, cookie: &str, way: &str, seen: u32, which: &str) -> Answer {
    let which = which.trim_start_matches("/documents/");
    let body = format!("reponse={PLACE}&vu={seen}&document={which}");
    site.post(&format!("/dossiers/{id}/document/{way}"), cookie, &body).await
}

/// Deposits what the draft says of its documents, whatever else is missing.
async fn deposit(site: &Site, id: &str, cookie: &str) {
    let services: &Services = &site.services;
    let mut head = services.store.head(&id.into()).await.unwrap().unwrap();
    head.state = State::Submitted;
    let actor = sessions::actor(services, cookie.trim_start_matches("trame="));
    let actor = actor.await.unwrap().unwrap();
    let name = raw(site, id).await;
    let all = services.store.attachments_of(&id.into()).await.unwrap();
    let one = all.into_iter().find(|one| one.name == name).unwrap();
    let frozen = Frozen { id: one.id, sha256: one.sha256, size: one.size };
    let snapshot = Snapshot {
        answers: BTreeMap::from([
            ("demande.siae_kind".to_owned(), "ACI".to_owned()),
            ("demande.request_kind".to_owned(), "first".to_owned()),
            ("pieces.statutes".to_owned(), "joined".to_owned()),
            (PLACE.to_owned(), name),
        ]),
        files: BTreeMap::from([(PLACE.to_owned(), frozen)]),
        form: "conventionnement".to_owned(),
        overlay: String::new(),
        revision: head.revision,
    };
    let bytes = serde_json::to_vec(&snapshot).unwrap();
    let filing = Filing { head, actor, at: services.now(), bytes };
    services.store.deposit(&filing).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_document_is_sent_replaced_taken_away_and_taken_again() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    assert!(page(&site, &id, &ines).await.contains("Aucun document n'est joint"));

    let sent = send(&site, &id, &ines, 0, "Statuts 2026.pdf", PDF.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(sent.location.ends_with("&fait=joint"), "{}", sent.location);
    assert_eq!(raw(&site, &id).await, "Statuts 2026.pdf");
    let read = site.get(&links(&page(&site, &id, &ines).await)[0].1, &ines).await;
    assert_eq!((read.status, read.text.as_str()), (StatusCode::OK, PDF));
    let said = |name| read.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(said(header::CONTENT_TYPE), "application/pdf");
    assert_eq!(
        said(header::CONTENT_DISPOSITION),
        "inline; filename=\"Statuts 2026.pdf\"; filename*=UTF-8''Statuts%202026.pdf"
    );
    assert_eq!(said(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(said(header::CACHE_CONTROL), "private, no-cache");
    let policy = said(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{policy}");

    let twice = send(&site, &id, &ines, 1, "encore.pdf", PDF.as_bytes()).await;
    assert!(twice.location.ends_with("&fait=deja"), "{}", twice.location);
    // Another content under the same name is another document.
    let other = send(&site, &id, &ines, 1, "Statuts 2026.pdf", b"%PDF-1.4\nautres\n%%EOF").await;
    assert!(other.location.ends_with("&fait=joint"), "{}", other.location);
    assert_eq!(raw(&site, &id).await, "Statuts 2026 (2).pdf");
    let both = links(&page(&site, &id, &ines).await);
    assert_eq!(both.len(), 2, "{both:?}");
    assert_eq!(site.get(&both[1].1, &ines).await.text, PDF, "the first one is still there");

    let gone = gesture(&site, &id, &ines, "retrait", 2, "").await;
    assert!(gone.location.ends_with("&fait=retire"), "{}", gone.location);
    assert_eq!(raw(&site, &id).await, "");
    let back = gesture(&site, &id, &ines, "choix", 3, &both[0].1).await;
    assert!(back.location.ends_with("&fait=joint"), "{}", back.location);
    assert_eq!(raw(&site, &id).await, "Statuts 2026 (2).pdf");
    let history = format!("/dossiers/{id}/historique?reponse={PLACE}");
    let history = site.get(&history, &ines).await.text;
    assert!(history.contains("Statuts 2026.pdf") && history.contains("Statuts 2026 (2).pdf"));
}

#[tokio::test]
async fn each_bad_document_has_its_sentence_and_changes_nothing() {
    let mut site = Site::new().await;
    site.limit(100_000);
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    let large = [b"%PDF-1.4\n".as_slice(), &vec![b' '; 150_000], b"%%EOF"].concat();
    let html = b"<!DOCTYPE html><script>alert(1)</script>";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (name, bytes, status, said) in [
        ("vide.pdf", &b""[..], 422, "Ce document est vide"),
        ("coupe.pdf", b"%PDF-1.4\nsans fin", 422, "arrivé incomplet"),
        ("page.pdf", html, 415, "pas d&#x27;un type accepté"),
        ("image.png", svg, 415, "pas d&#x27;un type accepté"),
        ("gros.pdf", &large, 413, "Ce document dépasse"),
    ] {
        let refused = send(&site, &id, &ines, 0, name, bytes).await;
        assert_eq!(refused.status.as_u16(), status, "{name}");
        let said = said.replace("&#x27;", "'");
        assert!(refused.text.replace("&#x27;", "'").contains(&said), "{name}: {}", refused.text);
        assert!(refused.text.contains("id=\"probleme-document\""));
    }
    let whole = part("statuts.pdf", PDF.as_bytes());
    let broken = post(&site, &id, &ines, 0, whole[..whole.len() - 12].to_vec().into()).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.text.contains("arrivé incomplet"), "{}", broken.text);
    let nothing = post(&site, &id, &ines, 0, Body::from("--x--\r\n")).await;
    assert!(nothing.text.contains("Ce document est vide"), "{}", nothing.text);
    assert_eq!(raw(&site, &id).await, "");
    assert_eq!(site.services.store.attachments_of(&id.as_str().into()).await.unwrap(), []);
    assert_eq!(site.kept(), 0, "no byte of them is kept");
}

#[tokio::test]
async fn names_are_made_safe() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    for (seen, (given, kept)) in (0..).zip([
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\\\rib.exe", "rib.pdf"),
        ("facture\u{202e}fdp.exe", "facturefdp.pdf"),
        ("<script>.html", "-script-.pdf"),
    ]) {
        let bytes = format!("%PDF-1.4\n{seen}\n%%EOF");
        let sent = send(&site, &id, &ines, seen, given, bytes.as_bytes()).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{given}: {}", sent.text);
        assert_eq!(raw(&site, &id).await, kept, "{given}");
    }
    assert_eq!(site.kept(), 4);
}

#[tokio::test]
async fn only_whom_it_concerns_reads_a_document() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let far = site.agent("paul", &["29"]).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    send(&site, &id, &ines, 0, "statuts.pdf", PDF.as_bytes()).await;
    let path = links(&page(&site, &id, &ines).await)[0].1.clone();
    let absent = "/documents/01J0000000000000000000000Z";
    let nobody = site.get(absent, &zoe).await;

    assert_eq!(site.get(&path, &karim).await.status, StatusCode::OK);
    assert_eq!(site.get(&path, "").await.status, StatusCode::SEE_OTHER, "to signing in");
    for (who, cookie) in [("zoe", &zoe), ("agnes", &agnes), ("far", &far)] {
        let answer = site.get(&path, cookie).await;
        assert_eq!((answer.status, &answer.text), (StatusCode::NOT_FOUND, &nobody.text), "{who}");
        let document = format!("/dossiers/{id}/document?reponse={PLACE}");
        assert_eq!(site.get(&document, cookie).await.status, StatusCode::NOT_FOUND, "{who}");
        let sent = send(&site, &id, cookie, 1, "x.pdf", PDF.as_bytes()).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{who}");
        for way in ["choix", "retrait"] {
            let status = gesture(&site, &id, cookie, way, 1, &path).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{who} {way}");
        }
    }

    // A second document, deposited; the first stays the structure's own.
    send(&site, &id, &ines, 1, "statuts-signes.pdf", b"%PDF-1.4\nsignes\n%%EOF").await;
    let signed = links(&page(&site, &id, &ines).await)[0].1.clone();
    deposit(&site, &id, &ines).await;
    for (who, cookie, of_deposit, before) in [
        ("ines", &ines, 200, 200),
        ("karim", &karim, 200, 200),
        ("agnes", &agnes, 200, 404),
        ("far", &far, 404, 404),
        ("zoe", &zoe, 404, 404),
    ] {
        assert_eq!(site.get(&signed, cookie).await.status.as_u16(), of_deposit, "{who}");
        assert_eq!(site.get(&path, cookie).await.status.as_u16(), before, "{who}");
    }
    for (cookie, page) in [(&agnes, "instruction"), (&ines, "depots/1"), (&agnes, "depots/1")] {
        let read = site.get(&format!("/dossiers/{id}/{page}"), cookie).await.text;
        assert_eq!(links(&read), [("statuts-signes.pdf".to_owned(), signed.clone())], "{page}");
    }

    let late = send(&site, &id, &ines, 2, "tard.pdf", b"%PDF-1.4\ntard\n%%EOF").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("Il a été déposé ou fermé entre-temps"), "{}", late.text);
    let late = gesture(&site, &id, &ines, "retrait", 2, "").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn of_two_at_once_both_are_kept() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let karim = site.person("karim", OURS, false).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    let (hers, his) = tokio::join!(
        send(&site, &id, &ines, 0, "statuts.pdf", b"%PDF-1.4\nhers\n%%EOF"),
        send(&site, &id, &karim, 0, "statuts.pdf", b"%PDF-1.4\nhis\n%%EOF"),
    );
    let mut said = [&hers, &his].map(|sent| sent.location.rsplit('=').next().unwrap().to_owned());
    said.sort();
    assert_eq!(said, ["cote", "joint"], "{} {}", hers.text, his.text);
    let both = links(&page(&site, &id, &ines).await);
    assert_eq!(both.len(), 2, "{both:?}");
    assert_ne!(both[0].0, both[1].0);
    let texts = [site.get(&both[0].1, &ines).await.text, site.get(&both[1].1, &ines).await.text];
    assert!(texts.iter().any(|text| text.contains("hers")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("his")), "{texts:?}");
}

#[tokio::test]
async fn the_vault_offers_what_the_structure_gave_before() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let zoe = site.person("zoe", THEIRS, true).await;
    let before = site.open(&ines, OURS, "ACI", "first").await;
    send(&site, &before, &ines, 0, "statuts.pdf", PDF.as_bytes()).await;
    let now = site.open(&ines, OURS, "EI", "first").await;
    let offered = page(&site, &now, &ines).await;
    assert!(offered.contains("Déjà donné par votre structure"), "{offered}");
    let found = links(&offered);
    assert_eq!(found.len(), 1);
    let taken = gesture(&site, &now, &ines, "choix", 0, &found[0].1).await;
    assert!(taken.location.ends_with("&fait=joint"), "{}", taken.location);
    assert_eq!(raw(&site, &now).await, "statuts.pdf");
    let here = links(&page(&site, &now, &ines).await);
    assert_eq!(here.len(), 1, "offered no more");
    assert_eq!(site.get(&here[0].1, &ines).await.text, PDF);
    assert_eq!(site.kept(), 1, "without sending it again");

    let theirs = site.open(&zoe, THEIRS, "AI", "first").await;
    assert_eq!(links(&page(&site, &theirs, &zoe).await), []);
    let taken = gesture(&site, &theirs, &zoe, "choix", 0, &found[0].1).await;
    assert_eq!(taken.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_question_of_another_kind_takes_no_document() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    for place in ["identification.phone", "pieces.statutes_file%2301J", "rien", ""] {
        let page = site.get(&format!("/dossiers/{id}/document?reponse={place}"), &ines).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{place}");
    }
}

#[tokio::test]
async fn what_comes_in_pieces_is_one_document() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "first").await;
    let large = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 3_000_000], b"%%EOF"].concat();
    let body: Vec<_> = part("gros.pdf", &large).chunks(977).map(Bytes::copy_from_slice).collect();
    let body = Body::from_stream(stream::iter(body.into_iter().map(Ok::<_, std::io::Error>)));
    let sent = post(&site, &id, &ines, 0, body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let read = site.get(&links(&page(&site, &id, &ines).await)[0].1, &ines).await;
    assert_eq!(read.text.as_bytes(), large);
}
