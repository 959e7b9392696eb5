//! Conventions once they are signed: suspended, lifted, terminated after the month of the structure.

use dossier::{
    convention::{DeedKind, Motive, Refused, Said},
    notice::LONGEST,
    role::{Role, Scope},
};
use form::{Cents, Date};
use futures::future::join_all;
use service::{
    Actor, DossierId, Services,
    annexes::{self, Pile, Query, Stands},
    conventions::{self, DeedError},
    drafts::ReadError,
    instruction, journal,
    mail::{Item, Turn, sending::Leased},
    worklist::Within,
};

use crate::{
    annexes::{accepted, asks, first, go_on_to, signatory},
    mails::{items, sending, sent, told},
    world::World,
};

on_both!(
    a_convention_is_suspended_by_two_people_and_lifted,
    a_termination_waits_for_the_month_and_ends_the_annexes,
    who_is_not_of_the_place_or_of_the_role_does_nothing,
    of_two_at_once_one_is_kept_and_an_answer_always_is,
    what_is_prepared_and_why_is_not_for_everybody,
    people_are_told_and_also_of_a_provisional_annexe,
    another_structure_that_writes_the_same_number_has_its_own,
);

const REASON: &str =
    "Les contrôles de mars et de juin montrent que l'accompagnement n'est pas assuré.";

/// A convention of 2027 to 2029 whose first annexe is signed.
async fn signed(world: &World) -> DossierId {
    let id = world.open().await;
    accepted(world, &id, &first(), "12,50").await;
    let today = world.services.clock.today().unwrap();
    instruction::sign(&world.services, &world.agent, &id, today).await.unwrap();
    id
}

async fn does(
    services: &Services,
    by: &Actor,
    id: &DossierId,
    kind: DeedKind,
    said: Said,
) -> Result<(), DeedError> {
    let seen = match conventions::read(services, by, id).await {
        Ok(page) => page.seen,
        Err(_) => 0,
    };
    conventions::act(services, by, id, (kind, said), seen).await
}

fn words(text: &str) -> Said {
    Said { words: text.to_owned(), ..Said::default() }
}

fn on(day: Date) -> Said {
    Said { day: Some(day), ..words(REASON) }
}

fn letter() -> Said {
    Said { motive: Some(Motive::NotKept), ..words(REASON) }
}

fn after(world: &World, days: i64) -> Date {
    let today = world.services.clock.today().unwrap().days_since_epoch();
    Date::from_days_since_epoch(today + days).unwrap()
}

async fn suspended(world: &World, id: &DossierId) {
    let today = after(world, 0);
    does(&world.services, &world.agent, id, DeedKind::PrepareSuspension, on(today)).await.unwrap();
    let signs = signatory(world);
    does(&world.services, &signs, id, DeedKind::Suspend, Said::default()).await.unwrap();
}

async fn challenged(world: &World, id: &DossierId) {
    does(&world.services, &world.agent, id, DeedKind::PrepareLetter, letter()).await.unwrap();
    let signs = signatory(world);
    does(&world.services, &signs, id, DeedKind::SignLetter, Said::default()).await.unwrap();
}

async fn register(world: &World, year: i32, pile: Pile) -> (Vec<annexes::Line>, [u32; 6]) {
    let query = Query {
        within: Within::of(&world.agent.scope, None),
        year,
        pile,
        today: after(world, 0),
        from: 0,
        most: 10,
    };
    let page = world.services.store.annex_register(&query).await.unwrap();
    (page.lines, page.counts)
}

async fn a_convention_is_suspended_by_two_people_and_lifted(world: World) {
    let services = &world.services;
    let id = world.open().await;
    let read = || conventions::read(services, &world.anne, &id);
    assert!(matches!(read().await, Err(ReadError::NotFound)), "nothing was granted");
    accepted(&world, &id, &first(), "12,50").await;
    let today = after(&world, 0);
    let early = does(services, &world.agent, &id, DeedKind::PrepareSuspension, on(today)).await;
    assert_eq!(early, Err(DeedError::NotSigned));
    instruction::sign(services, &world.agent, &id, today).await.unwrap();
    suspended(&world, &id).await;
    let page = read().await.unwrap();
    assert!(page.life.is_suspended(today));
    assert_eq!(page.convention.ends, Date::new(2029, 12, 31));
    let (lines, counts) = register(&world, 2027, Pile::Suspended).await;
    assert_eq!(counts, [1, 0, 0, 1, 1, 0], "valid, with the flag");
    assert_eq!(lines[0].convention.suspended_since(today), Some(today));
    let held = conventions::held(services, &world.anne).await.unwrap();
    assert_eq!(held[0].standing.suspended, Some(today));
    assert_eq!((&held[0].number[..], held[0].is_signed), ("058 010127 ACI 00001", true));

    let lifts = does(services, &world.agent, &id, DeedKind::Lift, words("Les pièces sont là."));
    assert_eq!(lifts.await, Err(DeedError::NotForRole));
    let signs = signatory(&world);
    does(services, &signs, &id, DeedKind::Lift, words("Les pièces sont là.")).await.unwrap();
    assert_eq!(register(&world, 2027, Pile::Suspended).await.1, [1, 0, 0, 1, 0, 0]);
    let page = read().await.unwrap();
    let kinds: Vec<_> = page.deeds.iter().map(|deed| (deed.number, deed.kind)).collect();
    assert_eq!(kinds, [(2, DeedKind::Suspend), (3, DeedKind::Lift)], "a history, never rewritten");
    assert!(journal::is_whole(&journal::read(services, &world.agent, &id).await.unwrap()));
}

async fn a_termination_waits_for_the_month_and_ends_the_annexes(world: World) {
    let services = &world.services;
    let id = signed(&world).await;
    let (agent, signs, anne) = (&world.agent, &signatory(&world), &world.anne);
    challenged(&world, &id).await;
    does(services, agent, &id, DeedKind::Receive, on(after(&world, -3))).await.unwrap();
    does(services, anne, &id, DeedKind::Answer, words("Nous avons recruté.")).await.unwrap();
    let until = conventions::read(services, anne, &id).await.unwrap();
    let until = until.life.procedure.unwrap().answer_until().unwrap();
    go_on_to(&world, until);
    let proposes = Said { owed: Some(Cents(1_200_000)), ..on(until) };
    let early = does(services, agent, &id, DeedKind::PrepareTermination, proposes.clone()).await;
    assert_eq!(early, Err(DeedError::Refused(Refused::MonthRuns(until))));
    let next = Date::from_days_since_epoch(until.days_since_epoch() + 1).unwrap();
    go_on_to(&world, next);
    let last = Date::new(2027, 3, 31).unwrap();
    let proposes = Said { day: Some(last), ..proposes };
    does(services, agent, &id, DeedKind::PrepareTermination, proposes).await.unwrap();
    let other = Said { day: Date::new(2026, 1, 1), owed: Some(Cents(1)), ..Said::default() };
    does(services, signs, &id, DeedKind::Terminate, other).await.unwrap();
    let ended = conventions::read(services, anne, &id).await.unwrap().life.ended.unwrap();
    assert_eq!((ended.on, ended.owed), (last, Some(Cents(1_200_000))), "what was prepared");
    let again = does(services, signs, &id, DeedKind::Terminate, Said::default()).await;
    assert_eq!(again, Err(DeedError::Refused(Refused::NotNow)));

    // It runs to its last day, then is over, and nothing goes on with it.
    let (lines, counts) = register(&world, 2027, Pile::InForce).await;
    assert_eq!((counts, lines[0].end()), ([1, 0, 0, 1, 0, 0], last));
    go_on_to(&world, Date::new(2027, 4, 1).unwrap());
    let (lines, counts) = register(&world, 2027, Pile::Past).await;
    assert_eq!((counts, lines[0].stands), ([0, 0, 0, 0, 0, 1], Stands::Terminated));
    go_on_to(&world, Date::new(2028, 1, 1).unwrap());
    assert_eq!(annexes::open_provisional(services).await, Ok(0));
    // What follows is a first request: nothing in force is copied into it.
    assert!(conventions::is_terminated(services, &id).await.unwrap());
    assert_eq!(conventions::held(services, anne).await.unwrap().len(), 1, "for a year");
    go_on_to(&world, Date::new(2029, 1, 1).unwrap());
    assert_eq!(conventions::held(services, anne).await.unwrap(), vec![], "long ago");
}

async fn who_is_not_of_the_place_or_of_the_role_does_nothing(world: World) {
    let services = &world.services;
    let id = signed(&world).await;
    let abroad = Actor { scope: Scope::Departments(vec!["75".into()]), ..signatory(&world) };
    for kind in DeedKind::ALL {
        let said = Said { motive: Some(Motive::NotKept), ..on(after(&world, 0)) };
        for stranger in [&world.zoe, &world.far_agent, &abroad, &world.samir] {
            let refused = does(services, stranger, &id, kind, said.clone()).await;
            assert_eq!(refused, Err(DeedError::NotFound), "{kind:?} by {}", stranger.name);
        }
        let reads = does(services, &world.dgefp, &id, kind, said.clone()).await;
        assert_eq!(reads, Err(DeedError::NotForRole), "{kind:?}");
        if kind != DeedKind::Answer {
            let own = does(services, &world.anne, &id, kind, said.clone()).await;
            assert_eq!(own, Err(DeedError::NotForRole), "{kind:?}");
        }
    }
    challenged(&world, &id).await;
    let member = Actor { role: Role::SiaeMember, admin_of: vec![], ..world.anne.clone() };
    let answers = does(services, &member, &id, DeedKind::Answer, words("Non.")).await;
    assert_eq!(answers, Err(DeedError::NotForRole), "who deposits answers");
}

async fn of_two_at_once_one_is_kept_and_an_answer_always_is(world: World) {
    let services = &world.services;
    let id = signed(&world).await;
    let today = after(&world, 0);
    let seen = conventions::read(services, &world.agent, &id).await.unwrap().seen;
    let six = (0..6).map(|_| {
        let what = (DeedKind::PrepareSuspension, on(today));
        conventions::act(services, &world.agent, &id, what, seen)
    });
    let done = join_all(six).await;
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(DeedError::Changed))), "{done:?}");
    does(services, &world.agent, &id, DeedKind::TakeBack, Said::default()).await.unwrap();
    challenged(&world, &id).await;
    // The structure read the page before the reception was noted: its words are kept all the same.
    let seen = conventions::read(services, &world.anne, &id).await.unwrap().seen;
    does(services, &world.agent, &id, DeedKind::Receive, on(today)).await.unwrap();
    let answers = (0..4).map(|_| {
        let what = (DeedKind::Answer, words("Nous avons recruté."));
        conventions::act(services, &world.anne, &id, what, seen)
    });
    assert!(join_all(answers).await.iter().all(Result::is_ok));
    let stale = conventions::act(services, &world.agent, &id, (DeedKind::Receive, on(today)), seen);
    assert_eq!(stale.await, Err(DeedError::Changed));
    assert_eq!(world.count("SELECT COUNT(*) FROM convention_deed WHERE kind = 'answer'").await, 4);
    assert!(journal::is_whole(&journal::read(services, &world.agent, &id).await.unwrap()));
}

async fn what_is_prepared_and_why_is_not_for_everybody(world: World) {
    let services = &world.services;
    let id = signed(&world).await;
    does(services, &world.agent, &id, DeedKind::PrepareLetter, letter()).await.unwrap();
    let page = conventions::read(services, &signatory(&world), &id).await.unwrap();
    assert_eq!(page.life.prepared.unwrap().said.words, REASON);
    assert_eq!(page.prepared_by, world.agent.name);
    for other in [&world.anne, &world.dgefp] {
        let page = conventions::read(services, other, &id).await.unwrap();
        assert!(page.life.prepared.is_none() && page.deeds.is_empty(), "{}", other.name);
        assert_eq!(page.prepared_by, "");
    }
    let signs = signatory(&world);
    does(services, &signs, &id, DeedKind::SignLetter, Said::default()).await.unwrap();
    let council = Actor { role: Role::DepartmentalCouncil, ..world.agent.clone() };
    for (reader, reads) in [(&world.anne, true), (&world.dgefp, true), (&council, false)] {
        let page = conventions::read(services, reader, &id).await.unwrap();
        assert_eq!(page.deeds[0].said.words == REASON, reads, "{:?}", reader.role);
        assert_eq!(page.life.procedure.unwrap().words == REASON, reads, "{:?}", reader.role);
    }
}

async fn people_are_told_and_also_of_a_provisional_annexe(world: World) {
    let services = &sending(&world).await;
    let id = signed(&world).await;
    let told_to = async |who: &Actor| {
        world.clock.advance(LONGEST);
        let taken = told(services).await;
        sent(services, &taken).await;
        let of = |one: &&Leased| one.mail.account.as_ref() == Some(&who.account_id);
        taken.iter().find(of).map_or(vec![], |one| items(one).to_vec())
    };
    told_to(&world.anne).await;
    does(services, &world.agent, &id, DeedKind::PrepareLetter, letter()).await.unwrap();
    assert_eq!(told_to(&world.anne).await, vec![], "a preparation tells nobody");
    let signs = signatory(&world);
    does(services, &signs, &id, DeedKind::SignLetter, Said::default()).await.unwrap();
    let number = || "058 010127 ACI 00001".to_owned();
    let turn = |turn| vec![Item::Convention { turn, number: number() }];
    assert_eq!(told_to(&world.anne).await, turn(Turn::Challenged));
    does(services, &world.agent, &id, DeedKind::Receive, on(after(&world, 0))).await.unwrap();
    let page = conventions::read(services, &world.anne, &id).await.unwrap();
    let until = page.life.procedure.unwrap().answer_until().unwrap().days_since_epoch();
    assert_eq!(told_to(&world.anne).await, turn(Turn::Received { until }));
    does(services, &world.anne, &id, DeedKind::Answer, words("Voici.")).await.unwrap();
    let told = told_to(&world.agent).await;
    assert_eq!(told, turn(Turn::Answered), "who prepared the letter, as nobody follows");
    does(services, &signs, &id, DeedKind::Close, words("Tout est en ordre.")).await.unwrap();
    assert_eq!(told_to(&world.anne).await, turn(Turn::Closed));
    let today = after(&world, 0).days_since_epoch();
    suspended(&world, &id).await;
    assert_eq!(told_to(&world.anne).await, turn(Turn::Suspended { from: today, until: None }));
    does(services, &signs, &id, DeedKind::Lift, words("Voilà.")).await.unwrap();
    assert_eq!(told_to(&world.anne).await, turn(Turn::Lifted));
    go_on_to(&world, Date::new(2028, 1, 1).unwrap());
    assert_eq!(annexes::open_provisional(services).await, Ok(1));
    let until = Date::new(2028, 12, 31).unwrap().days_since_epoch();
    assert_eq!(told_to(&world.anne).await, turn(Turn::GoesOn { until }));
    let held = conventions::held(services, &world.anne).await.unwrap();
    assert_eq!(held[0].provisional, Date::new(2028, 12, 31));
}

async fn another_structure_that_writes_the_same_number_has_its_own(world: World) {
    let services = &world.services;
    let id = signed(&world).await;
    suspended(&world, &id).await;
    let known = r#""demande.request_kind":"annual","demande.previous_convention_number":"058 010127 ACI 00001""#;
    let other = world.open_of_zoe().await;
    accepted(&world, &other, &asks(known, "2028-01-01", "2028-12-31"), "3").await;
    let page = conventions::read(services, &world.zoe, &other).await.unwrap();
    assert_eq!(page.convention.number, "058 010127 ACI 00001");
    assert_eq!((page.deeds.len(), page.convention.annexes.len()), (0, 1));
    let held = conventions::held(services, &world.zoe).await.unwrap();
    assert_eq!(held[0].standing, conventions::Standing::default());
}
