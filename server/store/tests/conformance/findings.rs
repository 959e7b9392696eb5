//! What sources say, from the first opening to what a person makes of it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use form::{Answer, At, Origin, Provenance, Standing};
use service::{
    Actor, DossierId, Registers, Services, drafts,
    findings::{self, Beside, Choice, ChooseError, Fault, Patience, Place, Subject, Told},
    history,
};

use crate::{save_one, world::World, write};

on_both!(
    a_register_fills_a_dossier_that_opens,
    a_source_that_is_down_keeps_nothing_from_opening,
    a_slow_source_comes_later,
    a_changed_value_is_taken_and_can_be_undone,
    a_value_that_is_set_aside_comes_back_only_changed,
    the_source_that_the_question_names_first_decides,
    the_address_base_is_asked_where_the_register_says,
    what_a_source_said_outlives_the_server,
    nobody_else_decides,
);

const NAME: &str = "identification.legal_name";
const STREET: &str = "identification.head_address.street";
const TOWN: &str = "identification.head_address.town";

type Answers = BTreeMap<Origin, Result<Told, Fault>>;

/// Registers that answer what they are told to.
#[derive(Default)]
struct Mouth {
    says: Mutex<Answers>,
    asked: Mutex<Vec<Subject>>,
    takes: Mutex<Duration>,
}

impl Mouth {
    fn says(&self, origin: Origin, answer: Result<&[(&str, &str)], Fault>) {
        let told = answer.map(|facts| Told {
            facts: facts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            lists: BTreeMap::from([("dirigeants".to_owned(), vec![leader()])]),
            reference: "SIRET 732 829 320 00074".into(),
            ..Told::default()
        });
        self.says.lock().unwrap().insert(origin, told);
    }
}

#[async_trait]
impl Registers for Mouth {
    fn sources(&self) -> Vec<Origin> {
        vec![Origin::CompanyRegister, Origin::AddressBase]
    }

    async fn ask(&self, source: Origin, subject: &Subject) -> Result<Told, Fault> {
        let takes = *self.takes.lock().unwrap();
        tokio::time::sleep(takes).await;
        self.asked.lock().unwrap().push(subject.clone());
        self.says.lock().unwrap().get(&source).cloned().unwrap_or(Err(Fault::Unreachable))
    }
}

fn leader() -> BTreeMap<String, String> {
    let parts = [("name", "Anne Martin"), ("role", "Présidente"), ("odd", "x")];
    parts.map(|(key, text)| (key.to_owned(), text.to_owned())).into()
}

const DAY: i64 = 24 * 3_600_000;

fn asking(world: &World) -> (Services, Arc<Mouth>) {
    let mouth = Arc::new(Mouth::default());
    (Services { registers: mouth.clone(), ..world.services.clone() }, mouth)
}

async fn open(services: &Services, anne: &Actor) -> DossierId {
    drafts::open(services, anne, World::request(), vec![]).await.unwrap()
}

async fn beside(services: &Services, anne: &Actor, id: &DossierId) -> Beside {
    let (draft, part) = drafts::read_part(services, anne, id).await.unwrap();
    let patience = Patience::Asked;
    findings::beside(services, (&draft.head, &part), &draft.answers, patience).await.unwrap()
}

async fn answer(services: &Services, anne: &Actor, id: &DossierId, field: &str) -> Answer {
    let draft = drafts::read(services, anne, id).await.unwrap();
    draft.answers.of(field, "").cloned().unwrap_or_default()
}

async fn a_register_fills_a_dossier_that_opens(world: World) {
    let (services, mouth) = asking(&world);
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "LES JARDINS")]));
    let request = drafts::NewDossier { request_kind: "first".into(), ..World::request() };
    let id = drafts::open(&services, &world.anne, request, vec![]).await.unwrap();
    let name = answer(&services, &world.anne, &id, NAME).await;
    let from = name.provenance.unwrap();
    assert_eq!((name.raw.as_str(), from.standing), ("LES JARDINS", Standing::ToConfirm));
    assert_eq!((from.origin, from.key.as_str()), (Origin::CompanyRegister, "nom_raison_sociale"));
    assert_eq!(from.fetched_at, world.services.now().0);
    let draft = drafts::read(&services, &world.anne, &id).await.unwrap();
    let rows = draft.answers.added_rows("gouvernance.board");
    assert_eq!(rows.len(), 1);
    assert_eq!(draft.answers.raw("gouvernance.board.name", rows[0]), "Anne Martin");
}

async fn a_source_that_is_down_keeps_nothing_from_opening(world: World) {
    let (services, mouth) = asking(&world);
    let id = open(&services, &world.anne).await;
    assert_eq!(answer(&services, &world.anne, &id, NAME).await, Answer::default());
    let found = services.store.findings("73282932000074").await.unwrap();
    assert_eq!(found[0].failed.map(|(why, _)| why), Some(Fault::Unreachable));

    // It is back: what it says is laid where nobody answered, and nowhere else.
    save_one(&world, &id, "Un motif.", 0).await;
    mouth.says(
        Origin::CompanyRegister,
        Ok(&[("nom_raison_sociale", "LES JARDINS"), ("siege.adresse.town", "NEVERS")]),
    );
    let typed = vec![write(&world, TOWN, "Decize", 0)];
    drafts::save(&services, &world.anne, &id, typed).await.unwrap();
    let laid = findings::fill(&services, &world.anne, &id, Patience::Asked).await.unwrap();
    assert_eq!(laid, 1);
    let name = answer(&services, &world.anne, &id, NAME).await;
    assert_eq!(name.provenance.unwrap().standing, Standing::ToConfirm);
    assert_eq!(answer(&services, &world.anne, &id, TOWN).await.raw, "Decize");
    let beside = beside(&services, &world.anne, &id).await;
    assert_eq!(beside.cards.len(), 1, "what was typed meanwhile is asked about");
    assert_eq!(beside.cards[0].offers[0].theirs.value, "NEVERS");
    assert_eq!(beside.findings[0].failed, None);
}

async fn a_slow_source_comes_later(world: World) {
    let (services, mouth) = asking(&world);
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "LES JARDINS")]));
    *mouth.takes.lock().unwrap() = Duration::from_millis(900);
    let opening = tokio::time::timeout(Duration::from_millis(800), open(&services, &world.anne));
    let id = opening.await.unwrap(); // A slow source does not delay the opening.
    assert_eq!(answer(&services, &world.anne, &id, NAME).await, Answer::default());
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let found = services.store.findings("73282932000074").await.unwrap();
    assert!(found.iter().any(|finding| finding.told.is_some()), "it was heard all the same");
    assert_eq!(findings::fill(&services, &world.anne, &id, Patience::None).await, Ok(1));
}

async fn a_changed_value_is_taken_and_can_be_undone(world: World) {
    let (services, mouth) = asking(&world);
    let old = [("siege.adresse.street", "1 RUE A"), ("siege.adresse.town", "NEVERS")];
    mouth.says(Origin::CompanyRegister, Ok(&old));
    let id = open(&services, &world.anne).await;
    let confirmed = vec![write(&world, STREET, "1 rue A", 1)];
    drafts::save(&services, &world.anne, &id, confirmed).await.unwrap();
    assert_eq!(beside(&services, &world.anne, &id).await.cards, [], "capitals make no difference");

    mouth.says(
        Origin::CompanyRegister,
        Ok(&[("siege.adresse.street", "9 RUE B"), ("siege.adresse.town", "DECIZE")]),
    );
    world.clock.advance(2 * DAY);
    let cards = beside(&services, &world.anne, &id).await.cards;
    assert_eq!((cards.len(), cards[0].offers.len()), (1, 2), "one address, one card");
    assert_eq!(answer(&services, &world.anne, &id, STREET).await.raw, "1 rue A");

    let street = At::once(STREET);
    let take = async |read| {
        findings::choose(&services, &world.anne, &id, (&street, read), &Choice::Take).await
    };
    assert_eq!(take("1 RUE A").await, Err(ChooseError::Gone), "it is another card since");
    assert_eq!(take("9 RUE B").await, Ok(()));
    assert_eq!(take("9 RUE B").await, Err(ChooseError::Gone));
    let taken = answer(&services, &world.anne, &id, STREET).await;
    let from = taken.provenance.unwrap();
    assert_eq!((taken.raw.as_str(), from.standing), ("9 RUE B", Standing::Confirmed));
    assert_eq!(from.value, "9 RUE B");
    assert_eq!(answer(&services, &world.anne, &id, TOWN).await.raw, "DECIZE");

    history::restore(&services, &world.anne, &id, &street, taken.version - 1).await.unwrap();
    let again = answer(&services, &world.anne, &id, STREET).await;
    assert_eq!(again.raw, "1 rue A");
    assert_eq!(again.provenance.unwrap().standing, Standing::Overridden);
    assert_eq!(beside(&services, &world.anne, &id).await.cards, [], "who undid it saw it");
}

async fn a_value_that_is_set_aside_comes_back_only_changed(world: World) {
    let (services, mouth) = asking(&world);
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "A")]));
    let id = open(&services, &world.anne).await;
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "B")]));
    assert_eq!(beside(&services, &world.anne, &id).await.cards.len(), 1);
    let keep = Choice::Keep { reason: "  Le nom change en mars. ".into() };
    let name = At::once(NAME);
    findings::choose(&services, &world.anne, &id, (&name, "B"), &keep).await.unwrap();
    let after = beside(&services, &world.marc, &id).await;
    assert_eq!((after.cards.len(), after.kept.len()), (0, 1));
    assert_eq!(after.kept[0].reason, "Le nom change en mars.");
    assert_eq!((after.kept[0].value.as_str(), after.kept[0].by_name.as_str()), ("B", "Anne"));
    assert_eq!(answer(&services, &world.anne, &id, NAME).await.raw, "A");
    let events = services.store.journal(&id).await.unwrap();
    assert!(service::journal::is_whole(&events));
    assert!(!format!("{events:?}").contains("mars"), "the journal holds no words");

    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "C")]));
    assert_eq!(beside(&services, &world.anne, &id).await.cards.len(), 1);
}

async fn the_source_that_the_question_names_first_decides(world: World) {
    let (services, mouth) = asking(&world);
    let facts = [("nom_raison_sociale", "REGISTRE"), ("siege.commune", "58194")];
    mouth.says(Origin::CompanyRegister, Ok(&facts));
    let site = "identification.site_address.insee";
    let asp = |field: &str, value: &str| {
        let provenance = Provenance {
            origin: Origin::AspStructure,
            reference: "fichier ASP".into(),
            as_of: "2026-09-28".into(),
            key: "structure_denomination".into(),
            fetched_at: 0,
            value: value.into(),
            standing: Standing::ToConfirm,
        };
        let answer = Answer { raw: value.into(), version: 0, provenance: Some(provenance) };
        (At::once(field), answer)
    };
    let laid = vec![asp(NAME, "Fichier"), asp(site, "58095")];
    let id = drafts::open(&services, &world.anne, World::request(), laid).await.unwrap();
    let name = answer(&services, &world.anne, &id, NAME).await;
    assert_eq!(name.raw, "REGISTRE", "the register is named first");
    assert_eq!(answer(&services, &world.anne, &id, site).await.raw, "58095", "the ASP is");
    let beside = beside(&services, &world.anne, &id).await;
    assert_eq!(beside.cards, [], "a source that comes after asks nothing");
    let values = |field| {
        let here = beside.candidates.get(&At::once(field)).unwrap();
        here.iter().map(|one| one.from.value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(values(NAME), ["REGISTRE", "Fichier"], "both are kept");
    assert_eq!(values(site), ["58095", "58194"]);
}

async fn the_address_base_is_asked_where_the_register_says(world: World) {
    let (services, mouth) = asking(&world);
    open(&services, &world.anne).await;
    assert!(mouth.asked.lock().unwrap().iter().all(|subject| subject.place.is_none()));
    let facts = [("etablissement.street", "1 RUE A"), ("etablissement.postcode", "58000")];
    mouth.says(Origin::CompanyRegister, Ok(&facts));
    mouth.says(Origin::AddressBase, Ok(&[("name", "1 Rue A"), ("citycode", "58194")]));
    findings::gather(&services, "73282932000074", Patience::Asked).await.unwrap();
    let place = mouth.asked.lock().unwrap().last().and_then(|subject| subject.place.clone());
    let (street, postcode) = ("1 RUE A".to_owned(), "58000".to_owned());
    assert_eq!(place, Some(Place { street, postcode, ..Place::default() }));
}

async fn what_a_source_said_outlives_the_server(world: World) {
    let (services, mouth) = asking(&world);
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "LES JARDINS")]));
    open(&services, &world.anne).await;
    let before = mouth.asked.lock().unwrap().len();
    let second = Services { registers: mouth.clone(), ..world.second_server().await };
    let known = findings::gather(&second, "73282932000074", Patience::Moment).await.unwrap();
    assert!(known.iter().any(|finding| finding.told.is_some()));
    assert_eq!(mouth.asked.lock().unwrap().len(), before, "what is fresh is not asked again");
    world.clock.advance(2 * DAY);
    findings::gather(&second, "73282932000074", Patience::Moment).await.unwrap();
    assert!(mouth.asked.lock().unwrap().len() > before, "what is old is");
}

async fn nobody_else_decides(world: World) {
    let (services, mouth) = asking(&world);
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "A")]));
    let id = open(&services, &world.anne).await;
    mouth.says(Origin::CompanyRegister, Ok(&[("nom_raison_sociale", "B")]));
    beside(&services, &world.anne, &id).await;
    let name = At::once(NAME);
    for actor in [&world.zoe, &world.agent, &world.dgefp] {
        let chosen = findings::choose(&services, actor, &id, (&name, "B"), &Choice::Take).await;
        assert_eq!(chosen, Err(ChooseError::NotFound));
        let filled = findings::fill(&services, actor, &id, Patience::None).await;
        assert_eq!(filled, Err(ChooseError::NotFound));
    }
}
