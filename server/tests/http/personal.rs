//! What people may take away of themselves, and who sees what will be forgotten.

use axum::http::{StatusCode, header};
use dossier::role::Role;
use server::limits::Class;
use service::sealing::{self, Key};

use crate::support::{OURS, Site, THEIRS};

#[tokio::test]
async fn everybody_takes_away_their_own_data_and_nobody_elses() {
    let site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    let id = site.open(&ines, OURS, "ACI", "annual").await;
    site.write(&id, &ines, "identification.phone", "0386000000", 0).await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Guest) {
        let cookie = if role.is_siae() {
            site.person(role.code(), THEIRS, role == Role::SiaeAdmin).await
        } else {
            site.of_role(role, &["58"]).await
        };
        let page = site.get("/mes-donnees", &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{role:?}");
        assert!(
            page.text.contains("donnees@exemple.fr") && page.text.contains("/mes-donnees/fichier")
        );
        let file = site.get("/mes-donnees/fichier", &cookie).await;
        assert_eq!(file.status, StatusCode::OK, "{role:?}");
        let kept = file.headers.get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap();
        assert!(kept.contains("attachment") && kept.contains(".json"));
        assert!(file.text.contains(&format!("{}@exemple.fr", role.code())));
        assert!(!file.text.contains("0386000000") && !file.text.contains("ines@"), "{role:?}");
    }
    let file = site.get("/mes-donnees/fichier", &ines).await.text;
    assert!(file.contains("0386000000") && file.contains("Les Ateliers"));
    let read: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(read["personne"], "ines");
    let receipt = site.get(&format!("/dossiers/{id}"), &ines).await;
    assert_eq!(receipt.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_file_is_not_asked_for_without_end() {
    let mut site = Site::new().await;
    let ines = site.person("ines", OURS, true).await;
    site.limited(&[(Class::Export, "2+1")], "x-forwarded-for");
    for expected in [StatusCode::OK, StatusCode::OK, StatusCode::TOO_MANY_REQUESTS] {
        assert_eq!(site.get("/mes-donnees/fichier", &ines).await.status, expected);
    }
    assert_eq!(
        site.get("/mes-donnees", &ines).await.status,
        StatusCode::OK,
        "the page is read at will"
    );
}

#[tokio::test]
async fn only_the_dgefp_sees_what_will_be_forgotten_of_everybody() {
    let site = Site::new().await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Guest) {
        let cookie = site.somebody(role).await;
        let page = site.get("/conservation", &cookie).await;
        let expected = if role == Role::Dgefp { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(page.status, expected, "{role:?}");
        let link = site.get("/mes-donnees", &cookie).await.text.contains("\"/conservation\"");
        assert_eq!(link, role == Role::Dgefp, "{role:?}");
    }
}

#[tokio::test]
async fn anybody_may_keep_the_last_seal() {
    let site = Site::new().await;
    assert_eq!(site.get("/sceau.json", "").await.status, StatusCode::NOT_FOUND, "none yet");
    let key = Key::new([7; 32]);
    sealing::sign(&site.services, &key).await.unwrap();
    let told = site.get("/sceau.json", "").await;
    assert_eq!(told.status, StatusCode::OK);
    let told: serde_json::Value = serde_json::from_str(&told.text).unwrap();
    assert_eq!(told["cle_publique"], key.public().as_str());
    assert!(told["texte"].as_str().unwrap().starts_with("trame-journal 1\n"));
}
