//! Envelopes: set, delegated, taken from; one behaviour on both databases.

use dossier::{
    act::Said,
    allotting::{Choice, Verdict},
    annex::Grant,
    envelope::{Dotation, SetRefused},
    id::AllotmentId,
    place::Place,
    role::{Role, Scope},
    state::Action,
};
use futures::future::join_all;
use service::{
    Actor, DossierId, Services,
    allotting::{self, New, Opened, Wanted, Words},
    drafts::{self, NewDossier},
    envelopes::{self, EnvelopeError},
    instruction,
};

use crate::{deposit_saying, world::World};

on_both!(
    an_envelope_is_notified_delegated_and_told,
    two_delegations_at_once_never_pass_the_region,
    what_was_granted_is_taken_from_the_envelope,
    the_projection_of_terms_is_made_again,
);

pub fn place(code: &str) -> Place {
    Place::from_code(code).unwrap()
}

const REGION: [&str; 8] = ["21", "25", "39", "58", "70", "71", "89", "90"];

/// The DREETS of the region of the Nièvre.
pub fn dreets(world: &World) -> Actor {
    let scope = Scope::Departments(REGION.map(str::to_owned).to_vec());
    Actor { role: Role::Dreets, scope, ..world.agent.clone() }
}

pub async fn set(
    services: &Services,
    actor: &Actor,
    code: &str,
    to: (i64, i64),
    seen: u32,
) -> Result<(), EnvelopeError> {
    let what = (2027, "ACI", &place(code));
    envelopes::set(services, actor, what, (Dotation::new(to.0, to.1), "Notification"), seen).await
}

async fn an_envelope_is_notified_delegated_and_told(world: World) {
    let (services, dreets) = (&world.services, &dreets(&world));
    assert_eq!(
        set(services, dreets, "D58", (1, 1), 0).await,
        Err(EnvelopeError::Refused(SetRefused::NothingToDelegate))
    );
    assert_eq!(set(services, &world.dgefp, "R27", (10_000, 1_000_000), 0).await, Ok(()));
    assert_eq!(set(services, dreets, "D58", (4_000, 400_000), 0).await, Ok(()));
    let over = SetRefused::OverRegion(Dotation::new(1, 0));
    let refused = set(services, dreets, "D21", (6_001, 0), 0).await;
    assert_eq!(refused, Err(EnvelopeError::Refused(over)));
    // Who read it before somebody set it is told.
    let stale = set(services, dreets, "D58", (5_000, 400_000), 0).await;
    assert_eq!(stale, Err(EnvelopeError::Changed));
    assert_eq!(set(services, dreets, "D58", (5_000, 500_000), 2).await, Ok(()));

    for (who, code) in [
        (dreets, "R27"),
        (dreets, "D75"),
        (&world.dgefp, "D58"),
        (&world.agent, "D58"),
        (&world.chief, "D58"),
        (&world.anne, "D58"),
        (&world.samir, "D58"),
    ] {
        let refused = set(services, who, code, (1, 1), 0).await;
        assert_eq!(refused, Err(EnvelopeError::NotFound), "{:?} {code}", who.role);
    }

    let book = envelopes::book(services, dreets, 2027).await.unwrap();
    assert_eq!(book.places.len(), 1 + REGION.len());
    let region = book.of(&place("R27"), "ACI").unwrap().balance;
    assert_eq!(region.given, Some(Dotation::new(10_000, 1_000_000)));
    assert_eq!(region.to_delegate(), Some(Dotation::new(5_000, 500_000)));
    let told: Vec<_> = book.changes.iter().map(|one| (one.seq, one.to.etp.0)).collect();
    assert_eq!(told, [(1, 10_000), (2, 4_000), (3, 5_000)]);
    let ours = envelopes::book(services, &world.agent, 2027).await.unwrap();
    assert_eq!(ours.places, [place("D58")]);
    assert_eq!(ours.of(&place("D58"), "ACI").unwrap().balance.given.unwrap().etp.0, 5_000);
    assert!(ours.changes.iter().all(|one| one.place == place("D58")), "not the region's");
    let far = envelopes::book(services, &world.far_agent, 2027).await.unwrap();
    assert!(far.changes.is_empty() && far.places == [place("D75")]);
    let national = envelopes::book(services, &world.dgefp, 2027).await.unwrap();
    assert!(national.of(&place("R27"), "ACI").unwrap().balance.given.is_some());
    for nobody in [&world.anne, &world.marc, &world.samir] {
        let none = envelopes::book(services, nobody, 2027).await;
        assert_eq!(none.unwrap_err(), EnvelopeError::NotFound);
    }
    for rewrite in ["UPDATE envelope_change SET etp = 0", "DELETE FROM envelope_change"] {
        assert!(world.execute(rewrite).await.is_err(), "{rewrite}");
    }
}

async fn two_delegations_at_once_never_pass_the_region(world: World) {
    let dreets = dreets(&world);
    let other = world.second_server().await;
    set(&world.services, &world.dgefp, "R27", (1_000, 1_000), 0).await.unwrap();
    let places = ["D21", "D25", "D39", "D58", "D70", "D71"];
    let all = places.iter().enumerate().map(|(rank, code)| {
        let services = if rank % 2 == 0 { &world.services } else { &other };
        set(services, &dreets, code, (300, 300), 0)
    });
    let done = join_all(all).await;
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 3, "{done:?}");
    let book = envelopes::book(&world.services, &dreets, 2027).await.unwrap();
    let region = book.of(&place("R27"), "ACI").unwrap().balance;
    assert_eq!(region.delegated, Dotation::new(900, 900));
}

pub fn asks(kind: &str, etp: &str, current: &str) -> String {
    format!(
        r#"{{"demande.request_kind":"{kind}","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","demande.previous_convention_number":"058 010126 ACI 00009","moyens.etp_requested":"{etp}","moyens.etp_current":"{current}"}}"#
    )
}

/// A yearly request of the Jardins, deposited.
pub async fn requested(world: &World, etp: &str, current: &str) -> DossierId {
    let new = NewDossier { request_kind: "annual".into(), ..World::request() };
    let id = drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap();
    deposit_saying(world, &id, &asks("annual", etp, current)).await;
    id
}

pub async fn act(world: &World, actor: &Actor, id: &DossierId, action: Action) {
    let said = Said { message: "Au revoir.".repeat(6), ..Said::default() };
    let deposit = world.services.store.head(id).await.unwrap().unwrap().deposits;
    instruction::act(&world.services, actor, id, (action, said), deposit).await.unwrap();
}

pub async fn dialogue(world: &World, id: &DossierId) {
    act(world, &world.agent, id, Action::DeclareComplete).await;
    act(world, &world.agent, id, Action::OpenDialogue).await;
}

pub async fn simulation(world: &World, actor: &Actor, name: &str) -> AllotmentId {
    let kinds = vec!["ACI".to_owned()];
    let new = New { name: name.into(), year: 2027, kinds, place: place("D58") };
    allotting::create(&world.services, actor, new).await.unwrap()
}

pub async fn opened(world: &World, actor: &Actor, id: &AllotmentId) -> Opened {
    allotting::open(&world.services, actor, id).await.unwrap()
}

pub fn grants(dossier: &DossierId, etp: &str, seen: u32) -> Wanted {
    let choice =
        Choice { verdict: Verdict::Grant, grant: Grant::read(etp, ""), ..Choice::default() };
    Wanted { dossier: dossier.clone(), seen, choice }
}

async fn what_was_granted_is_taken_from_the_envelope(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let dossier = requested(&world, "12", "12").await;
    let book = envelopes::book(services, agent, 2027).await.unwrap();
    let balance = book.of(&place("D58"), "ACI").unwrap().balance;
    assert_eq!((balance.requests, balance.asked.etp.0, balance.granted.etp.0), (1, 1_200, 0));
    dialogue(&world, &dossier).await;
    let id = simulation(&world, agent, "Prudente").await;
    allotting::choose(services, agent, &id, &grants(&dossier, "10", 0)).await.unwrap();
    let words = Words { favourable: "Utile.".into(), ..Words::default() };
    allotting::propose(services, agent, &id, &words, 1).await.unwrap();
    act(&world, &world.chief, &dossier, Action::Accept).await;
    let book = envelopes::book(services, agent, 2027).await.unwrap();
    let balance = book.of(&place("D58"), "ACI").unwrap().balance;
    assert_eq!((balance.requests, balance.asked.etp.0, balance.granted.etp.0), (0, 0, 1_000));
    let annex = services.store.annex_of(&dossier).await.unwrap().unwrap();
    assert_eq!(Some(balance.granted.cents), annex.terms.total());
    // An amendment takes the difference only.
    let amended = world.open().await;
    let more = asks("amendment", "13", "10");
    deposit_saying(&world, &amended, &more).await;
    let found = allotting::open(services, agent, &id).await.unwrap();
    assert_eq!(found.lines[0].asks().etp.0, 300);
    // And next year knows what this one granted.
    let new = NewDossier { request_kind: "annual".into(), year: 2028, ..World::request() };
    let next = drafts::open(services, &world.anne, new, vec![]).await.unwrap();
    deposit_saying(&world, &next, &asks("annual", "11", "10")).await;
    let new =
        New { name: "2028".into(), year: 2028, kinds: vec!["ACI".into()], place: place("D58") };
    let id = allotting::create(services, agent, new).await.unwrap();
    let found = allotting::open(services, agent, &id).await.unwrap();
    assert_eq!(found.lines[0].last_year.map(|last| last.etp.0), Some(1_000));
}

async fn the_projection_of_terms_is_made_again(world: World) {
    let services = &world.services;
    requested(&world, "12", "12").await;
    let before = envelopes::book(services, &world.agent, 2027).await.unwrap();
    world.execute("DELETE FROM asked_terms").await.unwrap();
    // As a database from before has it: the server that opens it makes the list again.
    world.execute("DELETE FROM worklist_word").await.unwrap();
    world.execute("DELETE FROM worklist").await.unwrap();
    let again = world.second_server().await;
    let after = envelopes::book(&again, &world.agent, 2027).await.unwrap();
    assert_eq!(after, before);
    assert_eq!(after.whole(&place("D58")).requests, 1);
}
