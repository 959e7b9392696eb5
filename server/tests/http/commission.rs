//! The commission over HTTP: by role, with input that makes no sense, and what members read.

use axum::http::StatusCode;
use dossier::role::Role;

use crate::{
    instruction::deposited_with,
    support::{OURS, Site, body},
};

const SAYS: &str = r#"{"demande.request_kind":"annual","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","moyens.etp_requested":"14.20","moyens.etp_current":"12","identification.iban":"FR7630006000011234567890189"}"#;
const SECRET: &str = "Note interne 4417";

fn day(site: &Site, days: i64) -> String {
    let today = site.services.clock.today().unwrap();
    form::Date::from_days_since_epoch(today.days_since_epoch() + days).unwrap().to_string()
}

async fn planned(site: &Site, agent: &str, days: i64) -> String {
    let new = body(&[
        ("departement", "58"),
        ("jour", &day(site, days)),
        ("heure", "14:00"),
        ("lieu", "Salle <b>Loire</b>"),
    ]);
    let done = site.post("/commission", agent, &new).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    done.location.split('?').next().unwrap().to_owned()
}

async fn act(site: &Site, agent: &str, id: &str, acte: &str) {
    let posted = body(&[("acte", acte), ("depot", "1")]);
    let done = site.post(&format!("/dossiers/{id}/actes"), agent, &posted).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{acte}: {}", done.text);
}

async fn in_dialogue(site: &Site, ines: &str, agent: &str) -> String {
    let id = deposited_with(site, ines, SAYS).await;
    act(site, agent, &id, "declare_complete").await;
    act(site, agent, &id, "open_dialogue").await;
    id
}

#[tokio::test]
async fn what_is_not_for_a_role_does_not_exist_for_it() {
    let site = Site::new().await;
    let agnes = site.agent("agnes", &["58"]).await;
    let sitting = planned(&site, &agnes, 20).await;
    let below = |page: &str| format!("{sitting}/{page}");
    let pages = ["dossier", "avis", "releve", "releve.csv"].map(below);
    let posts = [
        (sitting.clone(), "vu=1"),
        (below("ordre-du-jour"), "geste=mettre"),
        (below("etape"), "etape=annulation"),
        (below("avis"), "dossier=x"),
    ];
    let far = site.agent("far", &["29"]).await;
    let mut all = vec![("an agent elsewhere", far, false)];
    for role in Role::ALL {
        let cookie = match role {
            Role::Guest => continue,
            Role::SiaeMember | Role::SiaeAdmin => {
                site.person(role.code(), OURS, role == Role::SiaeAdmin).await
            }
            role => site.of_role(role, &["58"]).await,
        };
        all.push((role.label(), cookie, role.instructs()));
    }
    for (who, cookie, keeps) in &all {
        let expected = if *keeps { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let member = *who == Role::CommissionMember.label();
        let elsewhere = *who == "an agent elsewhere";
        let reads = *keeps || member || elsewhere;
        let calendar = site.get("/commission", cookie).await;
        let ok = if reads { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(calendar.status, ok, "{who}");
        let sees = calendar.text.contains("Salle &lt;b&gt;Loire");
        assert_eq!(sees, *keeps || member, "{who}: {}", calendar.text);
        for page in &pages {
            assert_eq!(site.get(page, cookie).await.status, expected, "{who} {page}");
        }
        let here = site.get(&sitting, cookie).await;
        if member {
            assert_eq!(here.location, below("dossier"), "a member reads packs");
        } else {
            assert_eq!(here.status, expected, "{who}");
        }
        if !keeps {
            for (path, posted) in &posts {
                let status = site.post(path, cookie, posted).await.status;
                assert_eq!(status, StatusCode::NOT_FOUND, "{who} {path}");
            }
            let new = body(&[
                ("departement", "58"),
                ("jour", &day(&site, 9)),
                ("heure", "14:00"),
                ("lieu", "x"),
            ]);
            let status = site.post("/commission", cookie, &new).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{who}");
        }
    }
    for nowhere in ["/commission/x", "/commission/01J00000000000000000000009/dossier"] {
        assert_eq!(site.get(nowhere, &agnes).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn what_is_typed_is_never_lost() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let past = day(&site, -1);
    let odd = [("departement", "58"), ("jour", &past), ("heure", "14:00"), ("lieu", "Chez <i>")];
    let refused = site.post("/commission", &agnes, &body(&odd)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("jour à venir") && refused.text.contains("Chez &lt;i&gt;"));
    let sitting = planned(&site, &agnes, 0).await;
    let id = in_dialogue(&site, &ines, &agnes).await;
    let agenda = format!("{sitting}/ordre-du-jour");
    let nothing = site.post(&agenda, &agnes, "geste=mettre").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.post(&agenda, &agnes, "geste=x").await.status, StatusCode::BAD_REQUEST);
    let ticked = body(&[("geste", "mettre"), ("dossier", &format!("{id}:1"))]);
    let put = site.post(&agenda, &agnes, &ticked).await;
    assert!(put.location.ends_with("mis&combien=1"), "{}", put.location);

    let present = |words: &'static str, seen: &'static str| {
        body(&[("geste", "presenter"), ("dossier", &id), ("vu", seen), ("mots", words)])
    };
    assert_eq!(
        site.post(&agenda, &agnes, &present("Projet <b>solide</b>.", "1")).await.status,
        StatusCode::SEE_OTHER
    );
    let stale = site.post(&agenda, &agnes, &present("Le mien.", "1")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text.contains("Le mien.") && stale.text.contains("Projet &lt;b&gt;solide"));

    let avis = format!("{sitting}/avis");
    let (verdict, words) = (format!("avis-{id}"), format!("motif-{id}"));
    let says = |sense: &'static str, why: &'static str| {
        body(&[("dossier", &id), (&verdict, sense), (&words, why), ("vers", "")])
    };
    let refused = site.post(&avis, &agnes, &says("unfavourable", "")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("motif de l"), "{}", refused.text);
    let refused = site.post(&avis, &agnes, &says("", "Des mots sans avis.")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Des mots sans avis."), "kept");
    let done = site.post(&avis, &agnes, &says("favourable", "Utile.")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert!(site.get(&done.location, &agnes).await.text.contains("1\u{a0}avis noté"));
    let instruction = site.get(&format!("/dossiers/{id}/instruction"), &agnes).await.text;
    assert!(instruction.contains("favorable, noté le"), "{instruction}");
    let held = site.post(&format!("{sitting}/etape"), &agnes, "etape=tenue").await;
    assert!(held.location.ends_with("fait=tenue"), "{}", held.text);
    let minutes = site.get(&format!("{sitting}/releve"), &agnes).await.text;
    assert!(minutes.contains("Utile.") && minutes.contains("Favorable"));
    let file = site.get(&format!("{sitting}/releve.csv"), &agnes).await.text;
    assert!(file.contains(";Favorable;Utile.;"), "{file}");
}

#[tokio::test]
async fn a_member_reads_the_pack_once_sent_and_nothing_else() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let agnes = site.agent("agnes", &["58"]).await;
    let member = site.of_role(Role::CommissionMember, &["58"]).await;
    let id = in_dialogue(&site, &ines, &agnes).await;
    let note =
        body(&[("reponse", ""), ("nature", "remark"), ("pour", "service"), ("texte", SECRET)]);
    site.post(&format!("/dossiers/{id}/notes"), &agnes, &note).await;
    let sitting = planned(&site, &agnes, 20).await;
    let ticked = body(&[("geste", "mettre"), ("dossier", &format!("{id}:1"))]);
    site.post(&format!("{sitting}/ordre-du-jour"), &agnes, &ticked).await;
    let pack = format!("{sitting}/dossier");
    assert_eq!(site.get(&pack, &member).await.status, StatusCode::NOT_FOUND);
    let calendar = site.get("/commission", &member).await.text;
    assert!(calendar.contains("au plus tard le") && !calendar.contains(&pack));
    site.post(&format!("{sitting}/etape"), &agnes, "etape=envoi").await;
    assert!(site.get("/commission", &member).await.text.contains(&pack));
    let read = site.get(&pack, &member).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.text.contains("Les Ateliers") && read.text.contains("14,20"), "{}", read.text);
    assert!(!read.text.contains(SECRET), "no note is in it");
    assert!(!read.text.contains("FR76"), "nor an account");
    assert!(!read.text.contains(&id), "nor a way to the dossier");
    for path in [
        format!("/dossiers/{id}"),
        format!("/dossiers/{id}/instruction"),
        format!("/dossiers/{id}/depots/1"),
        format!("/dossiers/{id}/annexe"),
        "/territoire".to_owned(),
    ] {
        assert_eq!(site.get(&path, &member).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let home = site.get("/", &member).await;
    assert_eq!(home.location, "/commission");
    let far = site.agent("far", &["29"]).await;
    assert_eq!(site.get(&pack, &far).await.status, StatusCode::NOT_FOUND);
    let lectures = site.get(&format!("/dossiers/{id}/lectures"), &ines).await.text;
    assert!(lectures.contains("Membre de la commission"), "the structure sees who read");
}
