//! Simulations within envelopes, and their proposals: one behaviour on both databases.

use dossier::{
    act::{Said, Sense},
    allotting::{Standing, Totals, Verdict},
    annex::Grant,
    role::Role,
    state::{Action, State},
};
use futures::future::join_all;
use service::{
    Actor,
    allotting::{self, AllotError, ChooseError, New, ProposeError, Seats, Wanted, Words},
    drafts::{self, NewDossier},
    instruction,
};

use crate::{
    deposit_saying,
    envelopes::{act, asks, dialogue, dreets, grants, opened, place, requested, set, simulation},
    world::World,
};

on_both!(
    requests_come_into_a_simulation_and_leave_it,
    choices_are_kept_undone_and_never_lost,
    a_simulation_is_read_in_its_service_only,
    ready_requests_are_proposed_once_and_taken_back,
);

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
