//! Annexes financières: what an acceptance grants, numbered without a gap or a double, then signed.

use dossier::{
    act::{Said, Sense},
    annex::{AnnexState, Grant, provisional::Standing},
    role::{Role, Scope},
    state::Action,
};
use form::{Cents, Date};
use futures::future::join_all;
use service::{
    Actor, DossierId,
    annexes::{self, Outcome, Page, Pile, Query, Stands},
    drafts::{self, NewDossier, ReadError},
    instruction::{self, SignError},
    journal,
    worklist::Within,
};

use crate::{deposit_saying, world::World};

on_both!(
    an_acceptance_makes_a_convention_and_its_annexe,
    annexes_of_one_convention_follow_each_other,
    two_signatories_at_once_make_two_numbers,
    a_year_without_a_decision_goes_on_with_a_provisional_annexe,
    a_refusal_opens_no_provisional_annexe,
    several_are_signed_at_once_each_by_itself,
);

pub fn first() -> String {
    asks(r#""demande.request_kind":"first""#, "2027-01-01", "2029-12-31")
}

pub fn asks(what: &str, start: &str, end: &str) -> String {
    format!(
        r#"{{{what},"demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"{start}","demande.period_end":"{end}","moyens.etp_requested":"14.20"}}"#
    )
}

/// Goes to the acceptance of what a dossier says, with these ETP.
pub async fn accepted(world: &World, id: &DossierId, answers: &str, etp: &str) {
    decided(world, id, answers, (Sense::Favourable, etp)).await;
}

/// The same, up to a decision in this sense.
async fn decided(world: &World, id: &DossierId, answers: &str, (sense, etp): (Sense, &str)) {
    let (services, agent) = (&world.services, &agent(world));
    let ordinal = deposit_saying(world, id, answers).await.ordinal;
    let (action, grant) = match sense {
        Sense::Unfavourable => (Action::Refuse, None),
        Sense::Favourable => (Action::Accept, Grant::read(etp, "6")),
    };
    let sense = Some(sense);
    let message =
        "Les postes répondent, ou non, au besoin du territoire, tel qu'il est connu.".to_owned();
    let proposes =
        Said { message: message.clone(), opinion: sense, proposal: sense, grant, due: None };
    for (action, said) in [
        (Action::DeclareComplete, Said::default()),
        (Action::OpenDialogue, Said::default()),
        (Action::ReferToCommission, Said::default()),
        (Action::PrepareDecision, proposes),
    ] {
        instruction::act(services, agent, id, (action, said), ordinal).await.unwrap();
    }
    // What comes with an acceptance grants nothing: what was proposed does.
    let other = Said { message, grant: Grant::read("99", "10"), ..Said::default() };
    let signatory = signatory(world);
    instruction::act(services, &signatory, id, (action, other), ordinal).await.unwrap();
}

/// Of both départements.
pub fn agent(world: &World) -> Actor {
    let scope = Scope::Departments(vec!["58".into(), "75".into()]);
    Actor { scope, ..world.agent.clone() }
}

pub fn signatory(world: &World) -> Actor {
    let account_id = world.far_agent.account_id.clone();
    Actor { role: Role::DdetsSignatory, account_id, ..agent(world) }
}

async fn an_acceptance_makes_a_convention_and_its_annexe(world: World) {
    let (services, agent, anne) = (&world.services, &world.agent, &world.anne);
    let id = world.open().await;
    assert!(matches!(instruction::paper(services, anne, &id).await, Err(ReadError::NotFound)));
    accepted(&world, &id, &first(), "12,50").await;
    let paper = instruction::paper(services, anne, &id).await.unwrap();
    let annex = &paper.annex;
    assert_eq!(annex.numbers.convention, "058 010127 ACI 00001");
    assert_eq!(annex.numbers.display(), "ACI 058 27 0001 A0 M0");
    assert_eq!((annex.state, annex.is_ours, annex.signed), (AnnexState::ToSign, true, None));
    assert_eq!(annex.terms.total(), Some(Cents(29_901_250)));
    assert_eq!(annex.convention_end, Date::new(2029, 12, 31));
    assert_eq!(annex.terms.end, Date::new(2027, 12, 31).unwrap(), "one year at a time");
    for stranger in [&world.zoe, &world.far_agent] {
        let found = instruction::paper(services, stranger, &id).await;
        assert!(matches!(found, Err(ReadError::NotFound)));
        let signed = instruction::sign(services, stranger, &id, annex.terms.start).await;
        assert_eq!(signed, Err(SignError::NotFound));
    }

    let today = services.clock.today().unwrap();
    let day = |days| Date::from_days_since_epoch(today.days_since_epoch() + days).unwrap();
    let sign = |actor, day| instruction::sign(services, actor, &id, day);
    assert_eq!(sign(anne, today).await, Err(SignError::NotForRole));
    for odd in [day(-1), day(1)] {
        assert_eq!(sign(agent, odd).await, Err(SignError::BadDay), "{odd}");
    }
    assert_eq!(sign(agent, today).await, Ok(()));
    assert_eq!(sign(agent, today).await, Err(SignError::Signed));
    let signed = services.store.annex_of(&id).await.unwrap().unwrap();
    assert_eq!((signed.state, signed.signed), (AnnexState::Valid, Some(today)));
    assert!(journal::is_whole(&journal::read(services, agent, &id).await.unwrap()));
}

async fn annexes_of_one_convention_follow_each_other(world: World) {
    let services = &world.services;
    let known = r#""demande.previous_convention_number":"029 010126 ACI 00009""#;
    let today = services.clock.today().unwrap();
    let mut numbers = Vec::new();
    for (kind, start) in [("annual", "2027-01-01"), ("amendment", "2027-06-01")] {
        let what = format!(r#""demande.request_kind":"{kind}",{known}"#);
        let new = NewDossier { request_kind: kind.into(), ..World::request() };
        let id = drafts::open(services, &world.anne, new, vec![]).await.unwrap();
        accepted(&world, &id, &asks(&what, start, "2027-12-31"), "12").await;
        instruction::sign(services, &world.agent, &id, today).await.unwrap();
        let annex = services.store.annex_of(&id).await.unwrap().unwrap();
        assert!(!annex.is_ours, "its number is derived");
        numbers.push(annex.numbers.display());
    }
    assert_eq!(numbers, ["ACI 029 26 0009 A1 M0", "ACI 029 26 0009 A1 M1"]);
    let head = world.anne.admin_of.first().unwrap();
    let story = services.store.annexes_of(head, "ACI029260009").await.unwrap();
    let states: Vec<_> = story.iter().map(|annex| annex.state).collect();
    assert_eq!(states, [AnnexState::Replaced, AnnexState::Valid]);
}

async fn two_signatories_at_once_make_two_numbers(world: World) {
    let ids = [world.open().await, world.open_of_zoe().await];
    let first = first();
    join_all(ids.iter().map(|id| accepted(&world, id, &first, "12"))).await;
    let mut numbers = Vec::new();
    for id in &ids {
        numbers.push(world.services.store.annex_of(id).await.unwrap().unwrap().numbers.convention);
    }
    numbers.sort();
    assert_eq!(numbers, ["058 010127 ACI 00001", "058 010127 ACI 00002"]);
}

/// At noon of this day.
pub fn go_on_to(world: &World, day: Date) {
    let noon = day.days_since_epoch() * 86_400_000 + 12 * 3_600_000;
    world.clock.advance(noon - world.services.now().0);
}

async fn a_year_without_a_decision_goes_on_with_a_provisional_annexe(world: World) {
    let services = &world.services;
    let id = world.open().await;
    accepted(&world, &id, &first(), "12,50").await;
    let today = services.clock.today().unwrap();
    let query = |year, pile, on: Date| Query {
        within: Within::of(&world.agent.scope, None),
        year,
        pile,
        today: on,
        from: 0,
        most: 10,
    };
    let register = async |year, pile, on| {
        let page = services.store.annex_register(&query(year, pile, on)).await.unwrap();
        let lines = page.lines.iter();
        let lines: Vec<_> = lines.map(|one| (one.numbers.compact(), one.stands)).collect();
        (lines, page.counts)
    };
    let a0 = ("ACI058270001A0M0".to_owned(), Stands::Granted(AnnexState::ToSign));
    let found = register(2027, Pile::ToSign, today).await;
    assert_eq!(found, (vec![a0.clone()], [1, 1, 0, 0, 0, 0]));
    assert_eq!(register(2026, Pile::InForce, today).await, (vec![], [0; 6]), "of another year");
    let elsewhere = Query {
        within: Within::of(&world.agent.scope, Some("75")),
        ..query(2027, Pile::InForce, today)
    };
    assert_eq!(services.store.annex_register(&elsewhere).await.unwrap(), Page::default());

    // Not signed: nothing goes on. Signed: the day after it ended.
    let new_year = Date::new(2028, 1, 1).unwrap();
    let ended = async |on| services.store.ended_annexes(on).await.unwrap();
    assert_eq!(ended(new_year).await, vec![]);
    instruction::sign(services, &world.agent, &id, today).await.unwrap();
    assert_eq!(ended(Date::new(2027, 12, 31).unwrap()).await, vec![], "it still runs");
    assert_eq!(ended(Date::new(2030, 1, 1).unwrap()).await, vec![], "the convention is over");
    let then = ended(new_year).await;
    let [one] = then.as_slice() else { panic!("one annexe ended, not {then:?}") };
    assert_eq!((&one.kind[..], &one.department[..], &one.perimeter[..]), ("ACI", "58", "DC"));

    go_on_to(&world, new_year);
    assert_eq!(annexes::open_provisional(services).await, Ok(1));
    assert_eq!(annexes::open_provisional(services).await, Ok(0), "once");
    let a1 = ("ACI058270001A1M0".to_owned(), Stands::Provisional(Standing::Runs));
    let found = register(2028, Pile::InForce, new_year).await;
    assert_eq!(found, (vec![a1.clone()], [1, 0, 1, 0, 0, 0]));
    let paper = instruction::paper(services, &world.anne, &id).await.unwrap();
    let [provisional] = paper.provisional.as_slice() else { panic!("none on the paper") };
    assert_eq!(provisional.terms.grant, Grant::read("12,50", "0").unwrap());
    assert_eq!(provisional.standing(new_year), Standing::Runs);

    // The decision of the year takes the next number, and its signature the place.
    let known = r#""demande.request_kind":"annual","demande.previous_convention_number":"058 010127 ACI 00001""#;
    let new = NewDossier { request_kind: "annual".into(), year: 2028, ..World::request() };
    let next = drafts::open(services, &world.anne, new, vec![]).await.unwrap();
    accepted(&world, &next, &asks(known, "2028-01-01", "2028-12-31"), "13").await;
    let a1m1 = ("ACI058270001A1M1".to_owned(), Stands::Granted(AnnexState::ToSign));
    let found = register(2028, Pile::InForce, new_year).await;
    assert_eq!(found, (vec![a1, a1m1], [2, 1, 1, 0, 0, 0]));
    instruction::sign(services, &world.agent, &next, new_year).await.unwrap();
    let (lines, counts) = register(2028, Pile::Past, new_year).await;
    assert_eq!(counts, [1, 0, 0, 1, 0, 1]);
    assert_eq!(lines[0].1, Stands::Provisional(Standing::Replaced));
    let paper = instruction::paper(services, &world.anne, &next).await.unwrap();
    assert_eq!(paper.provisional[0].standing(new_year), Standing::Replaced);
}

async fn a_refusal_opens_no_provisional_annexe(world: World) {
    let services = &world.services;
    let id = world.open().await;
    accepted(&world, &id, &first(), "12,50").await;
    instruction::sign(services, &world.agent, &id, services.clock.today().unwrap()).await.unwrap();
    let known = r#""demande.request_kind":"annual","demande.previous_convention_number":"058 010127 ACI 00001""#;
    let new = NewDossier { request_kind: "annual".into(), year: 2028, ..World::request() };
    let next = drafts::open(services, &world.anne, new, vec![]).await.unwrap();
    decided(&world, &next, &asks(known, "2028-01-01", "2028-12-31"), (Sense::Unfavourable, "13"))
        .await;
    go_on_to(&world, Date::new(2028, 1, 1).unwrap());
    assert_eq!(annexes::open_provisional(services).await, Ok(0));
}

async fn several_are_signed_at_once_each_by_itself(world: World) {
    let services = &world.services;
    let ids = [world.open().await, world.open_of_zoe().await];
    for id in &ids {
        accepted(&world, id, &first(), "12").await;
    }
    let today = services.clock.today().unwrap();
    let of = |actor| annexes::sign_all(services, actor, &ids, today);
    let refused =
        |outcomes: Vec<Outcome>| outcomes.into_iter().map(|one| one.refused).collect::<Vec<_>>();
    // Only those of her own département.
    assert_eq!(refused(of(&world.agent).await.unwrap()), [None, Some(SignError::NotFound)]);
    let agent = agent(&world);
    assert_eq!(refused(of(&agent).await.unwrap()), [Some(SignError::Signed), None]);
    assert_eq!(
        refused(of(&world.anne).await.unwrap()),
        [Some(SignError::NotForRole), Some(SignError::NotFound)]
    );
}
