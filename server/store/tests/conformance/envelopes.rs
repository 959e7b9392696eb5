//! Envelopes, simulations within them, and their proposals: one behaviour on both databases.

use dossier::{
    act::{Said, Sense},
    allotting::{Choice, Standing, Totals, Verdict},
    annex::Grant,
    envelope::{Dotation, SetRefused},
    id::AllotmentId,
    place::Place,
    role::{Role, Scope},
    state::{Action, State},
};
use futures::future::join_all;
use service::{
    Actor, DossierId, Services,
    allotting::{self, AllotError, ChooseError, New, Opened, ProposeError, Seats, Wanted, Words},
    drafts::{self, NewDossier},
    envelopes::{self, EnvelopeError},
    instruction,
};

use crate::{deposit_saying, world::World};

on_both!(
    an_envelope_is_notified_delegated_and_told,
    two_delegations_at_once_never_pass_the_region,
    requests_come_into_a_simulation_and_leave_it,
    choices_are_kept_undone_and_never_lost,
    a_simulation_is_read_in_its_service_only,
    ready_requests_are_proposed_once_and_taken_back,
    what_was_granted_is_taken_from_the_envelope,
    the_projection_of_terms_is_made_again,
);

fn place(code: &str) -> Place {
    Place::from_code(code).unwrap()
}

const REGION: [&str; 8] = ["21", "25", "39", "58", "70", "71", "89", "90"];

/// The DREETS of the region of the Nièvre.
fn dreets(world: &World) -> Actor {
    let scope = Scope::Departments(REGION.map(str::to_owned).to_vec());
    Actor { role: Role::Dreets, scope, ..world.agent.clone() }
}

async fn set(
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

fn asks(kind: &str, etp: &str, current: &str) -> String {
    format!(
        r#"{{"demande.request_kind":"{kind}","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","demande.previous_convention_number":"058 010126 ACI 00009","moyens.etp_requested":"{etp}","moyens.etp_current":"{current}"}}"#
    )
}

/// A yearly request of the Jardins, deposited.
async fn requested(world: &World, etp: &str, current: &str) -> DossierId {
    let new = NewDossier { request_kind: "annual".into(), ..World::request() };
    let id = drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap();
    deposit_saying(world, &id, &asks("annual", etp, current)).await;
    id
}

async fn act(world: &World, actor: &Actor, id: &DossierId, action: Action) {
    let said = Said { message: "Au revoir.".repeat(6), ..Said::default() };
    let deposit = world.services.store.head(id).await.unwrap().unwrap().deposits;
    instruction::act(&world.services, actor, id, (action, said), deposit).await.unwrap();
}

async fn dialogue(world: &World, id: &DossierId) {
    act(world, &world.agent, id, Action::DeclareComplete).await;
    act(world, &world.agent, id, Action::OpenDialogue).await;
}

async fn simulation(world: &World, actor: &Actor, name: &str) -> AllotmentId {
    let kinds = vec!["ACI".to_owned()];
    let new = New { name: name.into(), year: 2027, kinds, place: place("D58") };
    allotting::create(&world.services, actor, new).await.unwrap()
}

async fn opened(world: &World, actor: &Actor, id: &AllotmentId) -> Opened {
    allotting::open(&world.services, actor, id).await.unwrap()
}

fn grants(dossier: &DossierId, etp: &str, seen: u32) -> Wanted {
    let choice =
        Choice { verdict: Verdict::Grant, grant: Grant::read(etp, ""), ..Choice::default() };
    Wanted { dossier: dossier.clone(), seen, choice }
}

async fn requests_come_into_a_simulation_and_leave_it(world: World) {
    let services = &world.services;
    let early = requested(&world, "12", "12").await;
    let id = simulation(&world, &world.agent, "Prudente").await;
    let found = opened(&world, &world.agent, &id).await;
    assert_eq!(found.lines.len(), 1);
    assert!(!found.is_new(&found.lines[0]));
    assert!(!found.lines[0].request.needs_opinion, "the posts do not change");
    assert_eq!(found.lines[0].asks().etp.0, 1_200);
    assert!(found.gone.is_empty());

    world.clock.advance(60_000);
    let late = drafts::open(
        services,
        &world.anne,
        NewDossier { kind: "EI".into(), request_kind: "annual".into(), ..World::request() },
        vec![],
    )
    .await
    .unwrap();
    deposit_saying(&world, &late, &asks("annual", "3", "2")).await;
    let found = opened(&world, &world.agent, &id).await;
    assert_eq!(found.lines.len(), 1, "another kind is another envelope");

    allotting::choose(services, &world.agent, &id, &grants(&early, "10", 0)).await.unwrap();
    // Deposited again: the choice stays, and says that it was made before.
    act(&world, &world.agent, &early, Action::DeclareComplete).await;
    deposit_saying(&world, &early, &asks("annual", "14", "12")).await;
    let found = opened(&world, &world.agent, &id).await;
    assert!(found.lines[0].has_moved());
    assert!(found.lines[0].request.needs_opinion, "the posts change now");
    assert_eq!(found.lines[0].costs().etp.0, 1_000, "what was chosen is kept");

    drop(found);
    service::deposits::withdraw(services, &world.anne, &early).await.unwrap();
    let found = opened(&world, &world.agent, &id).await;
    assert!(found.lines.is_empty());
    let gone = &found.gone[0];
    assert_eq!(gone.request.as_ref().unwrap().state, State::Withdrawn);
    assert_eq!(gone.choice.verdict, Verdict::Grant, "told with what had been chosen");
}

async fn choices_are_kept_undone_and_never_lost(world: World) {
    let (services, agent, chief) = (&world.services, &world.agent, &world.chief);
    let dossier = requested(&world, "12", "12").await;
    let id = simulation(&world, agent, "Ambitieuse").await;
    let choose_in = |actor: &'static str, wanted: Wanted| {
        let who = if actor == "agent" { agent } else { chief };
        let id = id.clone();
        async move { allotting::choose(services, who, &id, &wanted).await }
    };
    assert_eq!(choose_in("agent", grants(&dossier, "10", 0)).await, Ok(()));
    assert_eq!(
        choose_in("agent", grants(&dossier, "10", 0)).await,
        Ok(()),
        "the same is no change"
    );
    assert_eq!(
        choose_in("chief", grants(&dossier, "9", 0)).await,
        Err(ChooseError::Changed),
        "a colleague chose meanwhile"
    );
    assert_eq!(choose_in("chief", grants(&dossier, "9", 1)).await, Ok(()));
    let odd = Wanted { dossier: "01J00000000000000000000009".into(), ..grants(&dossier, "9", 0) };
    assert_eq!(choose_in("agent", odd).await, Err(ChooseError::NotFound));
    assert_eq!(choose_in("agent", grants(&dossier, "0", 2)).await, Err(ChooseError::BadChoice));

    // The agent's gesture was chosen over: undoing it changes nothing, and is not done twice.
    assert_eq!(allotting::undo(services, agent, &id).await, Ok(0));
    assert_eq!(allotting::undo(services, agent, &id).await, Err(ChooseError::Nothing));
    let found = opened(&world, agent, &id).await;
    assert_eq!(found.lines[0].costs().etp.0, 900);
    assert_eq!(found.touches[&dossier].by_name, chief.name);
    assert_eq!(allotting::undo(services, chief, &id).await, Ok(1));
    let found = opened(&world, chief, &id).await;
    assert_eq!(found.lines[0].costs().etp.0, 1_000, "what was there before");
    assert_eq!(allotting::undo(services, chief, &id).await, Err(ChooseError::Nothing));

    // What is asked for is no choice of its own: it follows what the structure asks.
    let number = found.touches[&dossier].number;
    choose_in("agent", grants(&dossier, "12", number)).await.unwrap();
    assert_eq!(opened(&world, agent, &id).await.lines[0].choice.grant, None);
    allotting::undo(services, agent, &id).await.unwrap();

    let copied = allotting::copy(services, agent, &id, "Copie").await.unwrap();
    let (one, other) = (opened(&world, agent, &id).await, opened(&world, agent, &copied).await);
    assert_eq!(Totals::of(&one.lines), Totals::of(&other.lines));
    assert!(dossier::allotting::differences(&one.lines, &other.lines).is_empty());
    allotting::undo(services, agent, &copied).await.unwrap();
    assert_eq!(allotting::grant_the_rest(services, agent, &copied).await, Ok(1));
    let other = opened(&world, agent, &copied).await;
    assert_eq!(dossier::allotting::differences(&one.lines, &other.lines).len(), 1);

    // Several at once on two servers: each is kept.
    let second = world.second_server().await;
    let both = [(&world.services, agent), (&second, chief)];
    let all = both.map(|(services, actor)| async {
        let seen = opened(&world, actor, &copied).await.touches[&dossier].number;
        allotting::choose(services, actor, &copied, &grants(&dossier, "5", seen)).await
    });
    let done = join_all(all).await;
    assert!(done.iter().any(Result::is_ok), "{done:?}");
    for rewrite in ["UPDATE allotment_choice SET verdict = 'grant'", "DELETE FROM allotment_choice"]
    {
        assert!(world.execute(rewrite).await.is_err(), "{rewrite}");
    }
}

async fn a_simulation_is_read_in_its_service_only(world: World) {
    let services = &world.services;
    let dossier = requested(&world, "12", "12").await;
    let id = simulation(&world, &world.agent, "Prudente").await;
    assert_eq!(allotting::list(services, &world.chief, 2027).await.unwrap().len(), 1);
    assert!(allotting::list(services, &world.chief, 2026).await.unwrap().is_empty());
    let council = Actor { role: Role::DepartmentalCouncil, ..world.agent.clone() };
    let commission = Actor { role: Role::CommissionMember, ..world.agent.clone() };
    let strangers = [
        &world.anne,
        &world.marc,
        &world.zoe,
        &world.far_agent,
        &world.dgefp,
        &world.samir,
        &council,
        &commission,
        &dreets(&world),
    ];
    for who in strangers {
        assert!(!Seats::of(who).places().contains(&place("D58")), "{:?}", who.role);
        assert!(allotting::list(services, who, 2027).await.unwrap().is_empty(), "{:?}", who.role);
        let found = allotting::open(services, who, &id).await;
        assert_eq!(found.unwrap_err(), AllotError::NotFound, "{:?}", who.role);
        let kept = allotting::choose(services, who, &id, &grants(&dossier, "1", 0)).await;
        assert_eq!(kept, Err(ChooseError::NotFound), "{:?}", who.role);
        let undone = allotting::undo(services, who, &id).await;
        assert_eq!(undone, Err(ChooseError::NotFound), "{:?}", who.role);
        assert_eq!(allotting::rename(services, who, &id, "x").await, Err(AllotError::NotFound));
        assert_eq!(allotting::put_aside(services, who, &id, true).await, Err(AllotError::NotFound));
        let copied = allotting::copy(services, who, &id, "x").await;
        assert_eq!(copied.unwrap_err(), AllotError::NotFound);
        let before = allotting::before(services, who, &id).await;
        assert_eq!(before.unwrap_err(), ProposeError::NotFound, "{:?}", who.role);
    }
    let theirs =
        New { name: "x".into(), year: 2027, kinds: vec!["ACI".into()], place: place("R27") };
    let region = allotting::create(services, &dreets(&world), theirs.clone()).await.unwrap();
    assert_eq!(allotting::open(services, &dreets(&world), &region).await.unwrap().lines.len(), 1);
    let refused = allotting::create(services, &world.agent, theirs.clone()).await;
    assert_eq!(refused.unwrap_err(), AllotError::NotFound, "a DDETS has its département");
    let ours = New { place: place("D58"), ..theirs };
    for odd in [
        New { name: " ".into(), ..ours.clone() },
        New { name: "é".repeat(81), ..ours.clone() },
        New { kinds: vec!["XX".into()], ..ours.clone() },
    ] {
        assert!(allotting::create(services, &world.agent, odd).await.is_err());
    }
    allotting::rename(services, &world.chief, &id, " Sobre ").await.unwrap();
    allotting::put_aside(services, &world.chief, &id, true).await.unwrap();
    let named = opened(&world, &world.agent, &id).await.allotment;
    assert_eq!((named.name.as_str(), named.aside_at.is_some()), ("Sobre", true));
}

async fn ready_requests_are_proposed_once_and_taken_back(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let dossier = requested(&world, "12", "12").await;
    let id = simulation(&world, agent, "Prudente").await;
    let words = Words { favourable: "Utile au territoire.".into(), ..Words::default() };
    let propose = |words: Words, shown| {
        let id = id.clone();
        async move { allotting::propose(services, agent, &id, &words, shown).await }
    };
    assert_eq!(propose(words.clone(), 0).await.unwrap_err(), ProposeError::Nothing);
    allotting::choose(services, agent, &id, &grants(&dossier, "10", 0)).await.unwrap();
    let (_, flight) = allotting::before(services, agent, &id).await.unwrap();
    assert_eq!((flight.ready.len(), flight.blocked.len()), (0, 1), "not complete yet");
    dialogue(&world, &dossier).await;
    let (_, flight) = allotting::before(services, agent, &id).await.unwrap();
    assert_eq!((flight.ready.len(), flight.over), (1, None), "nothing was notified");

    set(services, &world.dgefp, "R27", (10_000, 99_999_999), 0).await.unwrap();
    set(services, &dreets(&world), "D58", (500, 99_999_999), 0).await.unwrap();
    let (opened, flight) = allotting::before(services, agent, &id).await.unwrap();
    assert_eq!(flight.over.map(|over| over.etp.0), Some(500));
    assert_eq!(opened.balance.given.map(|given| given.etp.0), Some(500));
    assert_eq!(propose(words.clone(), 1).await.unwrap_err(), ProposeError::NoReason);
    let words = Words { over: "Reliquat attendu.".into(), ..words };
    assert_eq!(propose(words.clone(), 2).await.unwrap_err(), ProposeError::Changed);
    let mute = Words { favourable: " ".into(), ..words.clone() };
    assert_eq!(propose(mute, 1).await.unwrap_err(), ProposeError::NoWords(Sense::Favourable));

    let run = propose(words.clone(), 1).await.unwrap();
    assert_eq!(run.lines[0].proposed, Some(Sense::Favourable));
    let head = services.store.head(&dossier).await.unwrap().unwrap();
    assert_eq!(head.state, State::DecisionPending, "somebody else signs");
    let acts = instruction::acts(services, agent, &dossier).await.unwrap();
    let said = &acts.last().unwrap().said;
    assert_eq!(said.grant, Grant::read("10", ""));
    assert_eq!(said.message, "Utile au territoire.");
    assert_eq!(propose(words, 1).await.unwrap_err(), ProposeError::Nothing, "twice is once");
    let found = allotting::open(services, agent, &id).await.unwrap();
    assert_eq!(found.lines[0].standing(), Standing::Proposed(Grant::read("10", "")));
    let kept = allotting::choose(services, agent, &id, &grants(&dossier, "1", 1)).await;
    assert_eq!(kept, Err(ChooseError::Proposed));

    // The structure reads that a decision is proposed, and nothing of what.
    let theirs = instruction::acts(services, &world.anne, &dossier).await.unwrap();
    assert_eq!(theirs.last().unwrap().said, Said::default());

    let back = allotting::take_back(services, agent, &id, &run.id).await.unwrap();
    assert!(back.lines[0].is_taken_back && back.lines[0].told.is_empty());
    let head = services.store.head(&dossier).await.unwrap().unwrap();
    assert_eq!(head.state, State::Dialogue);
    let runs = services.store.runs(&id).await.unwrap();
    assert_eq!(
        (runs[0].over.as_str(), runs[0].lines[0].is_taken_back),
        ("Reliquat attendu.", true)
    );
    let (_, flight) = allotting::before(services, agent, &id).await.unwrap();
    assert_eq!(flight.ready.len(), 1, "it may be proposed again");

    // Signed: it is not taken back any more.
    let words = Words { favourable: "Utile.".into(), over: "Reliquat.".into(), ..Words::default() };
    world.clock.advance(1_000);
    let run = allotting::propose(services, agent, &id, &words, 1).await.unwrap();
    act(&world, &world.chief, &dossier, Action::Accept).await;
    let back = allotting::take_back(services, agent, &id, &run.id).await.unwrap();
    assert!(!back.lines[0].is_taken_back && back.lines[0].told.contains("signée"));
    let unknown = allotting::take_back(services, agent, &id, "x").await;
    assert_eq!(unknown.unwrap_err(), ProposeError::NotFound);
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
