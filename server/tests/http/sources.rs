//! What other systems say, on the pages of a dossier, whatever they do.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use server::stand_in::{Mode, StandIn, System};
use service::{Clock, SystemClock};
use sources::live::{Limits, Live};

use crate::{
    live::{addresses, short, stand_in},
    support::{OURS, Site, THEIRS},
};

const STEP: &str = "identification";
const NAME: &str = "identification.legal_name";

struct Asking {
    site: Site,
    stand_in: StandIn,
    ines: String,
}

impl Asking {
    async fn new() -> Self {
        Self::within(short()).await
    }

    async fn within(limits: Limits) -> Self {
        let (stand_in, at) = stand_in().await;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let live = Live::new(&addresses(at), limits, None, &clock).unwrap();
        let site = Site::asking(Arc::new(live)).await;
        let ines = site.person("Inès", OURS, true).await;
        Self { site, stand_in, ines }
    }

    async fn open(&self) -> String {
        self.site.open(&self.ines, OURS, "ACI", "renewal").await
    }

    async fn step(&self, id: &str) -> String {
        let answer = self.site.get(&format!("/dossiers/{id}/etapes/{STEP}"), &self.ines).await;
        assert_eq!(answer.status, StatusCode::OK);
        // Narrow spaces and the like are no part of what is said.
        answer.text.replace(['\u{a0}', '\u{202f}'], " ").replace("&#x27;", "'")
    }

    /// Posts the step as a browser without script does.
    async fn press(&self, id: &str, more: &[(&str, &str)]) -> String {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(more);
        let path = format!("/dossiers/{id}/etapes/{STEP}");
        let answer = self.site.post(&path, &self.ines, &body.finish()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.location
    }

    async fn raw(&self, id: &str, field: &str) -> String {
        let draft = self.site.services.store.draft(&id.into()).await.unwrap().unwrap();
        draft.answers.raw(field, "").to_owned()
    }
}

#[tokio::test]
async fn a_renewal_opens_with_what_the_register_and_the_address_base_say() {
    let asking = Asking::new().await;
    // The page on which one chooses asks already.
    asking.site.get("/dossiers/ouvrir", &asking.ines).await;
    let id = asking.open().await;
    assert_eq!(asking.raw(&id, NAME).await, "LES ATELIERS DE VALBRUNE");
    assert!(!asking.raw(&id, "identification.site_address.street").await.is_empty());
    let page = asking.step(&id).await;
    assert!(page.contains("Registre des entreprises") && page.contains("Base adresse"), "{page}");
    assert!(!page.contains("source-notice") && !page.contains("source-card"), "nothing is missing");
    let head = asking.raw(&id, "identification.head_address.street").await;
    assert_eq!(head, head.to_uppercase(), "as the register writes it");
    let sources = asking.site.get(&format!("/dossiers/{id}/sources"), &asking.ines).await;
    assert!(sources.text.contains("LES ATELIERS DE VALBRUNE"));
}

#[tokio::test]
async fn whatever_the_register_does_the_dossier_opens_and_says_what_is_missing() {
    for (mode, says) in [
        (Mode::Failing, "était en panne"),
        (Mode::Slow, "n'a pas encore répondu"),
        (Mode::Garbled, "une réponse illisible"),
        (Mode::Huge, "une réponse illisible"),
        (Mode::Busy, "recevait trop de demandes"),
        (Mode::Elsewhere, "au sujet d'un autre établissement"),
        (Mode::Closed, "est fermé depuis le 30 juin 2026"),
        (Mode::Masked, "n'est pas diffusée"),
        (Mode::Unknown, "ne connaît pas le SIRET"),
    ] {
        let limits = Limits { attempts: 1, ..Limits::default() };
        let asking = Asking::within(limits).await;
        asking.stand_in.set(System::Register, mode);
        #[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
        let start = Instant::now();
        let id = asking.open().await;
        assert!(start.elapsed() < Duration::from_millis(900), "{mode:?}: {:?}", start.elapsed());
        let page = asking.step(&id).await;
        assert!(page.contains(says), "{mode:?} says {says}");
        assert!(!page.contains("NON-DIFFUSIBLE"), "{mode:?}");
        assert_eq!(asking.raw(&id, NAME).await, "", "{mode:?} fills no name");
    }
}

#[tokio::test]
async fn a_source_that_is_back_fills_what_nobody_answered() {
    let asking = Asking::new().await;
    asking.stand_in.set(System::Register, Mode::Elsewhere);
    let id = asking.open().await;
    asking.stand_in.set(System::Register, Mode::Well);
    let typed = [("identification.head_address.town", "Decize"), ("_source", "actualiser")];
    let to = asking.press(&id, &typed).await;
    assert_eq!(to, format!("/dossiers/{id}/etapes/{STEP}"));
    assert_eq!(asking.raw(&id, NAME).await, "LES ATELIERS DE VALBRUNE");
    let town = asking.raw(&id, "identification.head_address.town").await;
    assert_eq!(town, "Decize", "what was typed in the same post is kept");
    let page = asking.step(&id).await;
    assert!(page.contains("1 valeur a changé dans les sources"), "and asked about");
}

#[tokio::test]
async fn a_changed_value_is_a_card_that_is_taken_or_set_aside() {
    let asking = Asking::new().await;
    let id = asking.open().await;
    asking.stand_in.set(System::Register, Mode::Moved);
    asking.press(&id, &[("_source", "actualiser")]).await;
    let page = asking.step(&id).await;
    assert!(page.contains("3 valeurs ont changé"), "a name, and two addresses that are one");
    let read = "LES ATELIERS DE VALBRUNE ET COMPAGNIE";
    assert!(page.contains(read));

    let (take, keep) = (format!("prendre {NAME} {read}"), format!("garder {NAME} {read}"));
    let reason = format!("_raison#{NAME}");
    asking.press(&id, &[(&reason, "Le nom change en mars."), ("_source", &keep)]).await;
    assert_eq!(asking.raw(&id, NAME).await, "LES ATELIERS DE VALBRUNE");
    assert!(asking.step(&id).await.contains("2 valeurs ont changé"));
    let all = asking.site.get(&format!("/dossiers/{id}/sources"), &asking.ines).await;
    assert!(all.text.contains("Le nom change en mars."));
    let to = asking.press(&id, &[("_source", &take)]).await;
    assert!(to.contains("choix=perime"), "it was decided already: {to}");
    let said = asking.site.get(to.split('#').next().unwrap(), &asking.ines).await;
    assert!(said.text.contains("plus d&#x27;actualité") || said.text.contains("plus d'actualité"));

    let street = "identification.head_address.street";
    let draft = asking.site.services.store.draft(&id.as_str().into()).await.unwrap().unwrap();
    let old = draft.answers.raw(street, "").to_owned();
    let new = format!("48 {}", old.split_once(' ').unwrap().1);
    // As a step that lives in the browser posts it.
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("_etape", STEP).append_pair("_source", &format!("prendre {street} {new}"));
    let path = format!("/dossiers/{id}/sources");
    let taken = asking.site.post(&path, &asking.ines, &body.finish()).await;
    assert_eq!(taken.location, format!("/dossiers/{id}/etapes/{STEP}#champ-{street}"));
    assert_eq!(asking.raw(&id, street).await, new);
    let card = format!("data-pour=\"champ-{street}\"");
    assert!(!asking.step(&id).await.contains(&card));
    let undo = format!("reponse={street}&version=1");
    asking.site.post(&format!("/dossiers/{id}/historique"), &asking.ines, &undo).await;
    assert_eq!(asking.raw(&id, street).await, old);
    assert!(!asking.step(&id).await.contains(&card), "who undid it saw it");
}

#[tokio::test]
async fn only_the_structure_sees_and_chooses() {
    let asking = Asking::new().await;
    let id = asking.open().await;
    let far = asking.site.person("Zoé", THEIRS, true).await;
    let agent = asking.site.agent("Paul", &["58"]).await;
    let paths =
        [format!("/dossiers/{id}/sources"), format!("/dossiers/{id}/sources/etape?etape={STEP}")];
    for cookie in [&far, &agent] {
        for path in &paths {
            assert_eq!(asking.site.get(path, cookie).await.status, StatusCode::NOT_FOUND);
        }
        let post = asking.site.post(&paths[0], cookie, "_source=actualiser").await;
        assert_eq!(post.status, StatusCode::NOT_FOUND);
    }
    for odd in ["", "_source=", "_source=prendre", "_source=prendre+x", "_source=autre", "a=b"] {
        let post = asking.site.post(&paths[0], &asking.ines, odd).await;
        assert_eq!(post.status, StatusCode::BAD_REQUEST, "{odd}");
    }
    let nowhere = "_source=actualiser&_etape=%0d%0aSet-Cookie:x";
    let post = asking.site.post(&paths[0], &asking.ines, nowhere).await;
    assert_eq!(post.location, paths[0]);
    let step = asking.site.get(&format!("{}/etape?etape=x", paths[0]), &asking.ines).await;
    assert_eq!(step.status, StatusCode::NOT_FOUND);
}
