//! Annexes financières: what an acceptance grants, numbered without a gap or a double, then signed.

use dossier::{
    act::{Said, Sense},
    annex::{AnnexState, Grant},
    role::{Role, Scope},
    state::Action,
};
use form::{Cents, Date};
use futures::future::join_all;
use service::{
    Actor, DossierId,
    drafts::{self, NewDossier, ReadError},
    instruction::{self, SignError},
    journal,
};

use crate::{deposit_saying, world::World};

on_both!(
    an_acceptance_makes_a_convention_and_its_annexe,
    annexes_of_one_convention_follow_each_other,
    two_signatories_at_once_make_two_numbers,
);

fn first() -> String {
    asks(r#""demande.request_kind":"first""#, "2027-01-01", "2029-12-31")
}

fn asks(what: &str, start: &str, end: &str) -> String {
    format!(
        r#"{{{what},"demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"{start}","demande.period_end":"{end}","moyens.etp_requested":"14.20"}}"#
    )
}

/// Goes to the acceptance of what a dossier says, with these ETP.
async fn accepted(world: &World, id: &DossierId, answers: &str, etp: &str) {
    let (services, agent) = (&world.services, &agent(world));
    let ordinal = deposit_saying(world, id, answers).await.ordinal;
    let (sense, grant) = (Some(Sense::Favourable), Grant::read(etp, "6"));
    let message = "Utile au territoire.".to_owned();
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
    instruction::act(services, &signatory, id, (Action::Accept, other), ordinal).await.unwrap();
}

/// Of both départements.
fn agent(world: &World) -> Actor {
    let scope = Scope::Departments(vec!["58".into(), "75".into()]);
    Actor { scope, ..world.agent.clone() }
}

fn signatory(world: &World) -> Actor {
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
