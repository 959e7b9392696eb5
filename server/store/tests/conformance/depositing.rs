//! Depositing: numbered, never changed, and told in a journal that is whole.

use dossier::state::{State, TransitionRefused};
use form::At;
use service::deposits::{DepositError, Filing};
use service::drafts::{NewDossier, ReadError};
use service::journal::StepError;
use service::{deposits, drafts, journal};

use crate::world::World;
use crate::{FIELD, deposit, save_one};

on_both!(
    an_unfinished_dossier_is_not_deposited,
    deposits_are_numbered_and_never_change,
    a_deposit_of_what_changed_meanwhile_is_refused,
    the_journal_is_whole_and_cannot_be_rewritten,
    a_deposited_dossier_can_be_withdrawn,
    last_years_deposit_is_the_last_of_the_same_request,
);

async fn last_years_deposit_is_the_last_of_the_same_request(world: World) {
    let services = &world.services;
    let last = World::request();
    let next = NewDossier { year: last.year + 1, ..last.clone() };
    let earlier = drafts::open(services, &world.anne, last, vec![]).await.unwrap();
    let later = drafts::open(services, &world.anne, next, vec![]).await.unwrap();
    let head = drafts::head(services, &world.anne, &later).await.unwrap();
    let which = async |actor| deposits::of_last_year(services, actor, &head).await.unwrap();

    assert_eq!(which(&world.anne).await, None, "a draft says nothing");
    deposit(&world, &earlier).await;
    assert_eq!(which(&world.anne).await, Some((earlier.clone(), 1)));
    deposit(&world, &earlier).await;
    assert_eq!(which(&world.marc).await, Some((earlier.clone(), 2)), "the last one");
    assert_eq!(which(&world.zoe).await, None, "of another structure");
    let first = drafts::head(services, &world.anne, &earlier).await.unwrap();
    assert_eq!(deposits::of_last_year(services, &world.anne, &first).await.unwrap(), None);
}

async fn an_unfinished_dossier_is_not_deposited(world: World) {
    let id = world.open().await;
    let deposit = async |actor| deposits::deposit(&world.services, actor, &id).await;
    let Err(DepositError::Incomplete(problems)) = deposit(&world.anne).await else {
        panic!("an empty dossier was deposited")
    };
    assert!(problems.iter().any(|problem| problem.at == At::once(FIELD)));
    assert_eq!(deposit(&world.marc).await, Err(DepositError::NotForRole));
    assert_eq!(deposit(&world.agent).await, Err(DepositError::NotFound));
    let head = world.services.store.head(&id).await.unwrap().unwrap();
    assert_eq!((head.state, head.deposits), (State::Draft, 0));
}

async fn deposits_are_numbered_and_never_change(world: World) {
    let id = world.open().await;
    let first = deposit(&world, &id).await;
    assert_eq!((first.number.as_str(), first.ordinal), ("2027-058-000001", 1));
    assert_eq!(first.sha256, journal::sha256_hex(&first.bytes));
    let second = deposit(&world, &id).await;
    assert_eq!((second.number.as_str(), second.ordinal), ("2027-058-000002", 2));

    let read = deposits::read(&world.services, &world.agent, &id, 1).await.unwrap();
    assert_eq!(read, first);
    assert_eq!(read.answers().unwrap().raw("demande.multi_year", ""), "3");
    assert_eq!(deposits::of(&world.services, &world.marc, &id).await.unwrap(), [first, second]);
    let third = deposits::read(&world.services, &world.agent, &id, 3).await;
    assert_eq!(third, Err(ReadError::NotFound));

    for sql in ["UPDATE deposit SET number = 'x'", "DELETE FROM deposit"] {
        assert!(world.execute(sql).await.unwrap_err().to_string().contains("append-only"));
    }
    let late = deposits::deposit(&world.services, &world.anne, &id).await;
    assert_eq!(late, Err(DepositError::NotEditable));
}

async fn a_deposit_of_what_changed_meanwhile_is_refused(world: World) {
    let id = world.open().await;
    let head = world.services.store.head(&id).await.unwrap().unwrap();
    save_one(&world, &id, "entre-temps", 0).await;
    let (actor, at) = (world.anne.clone(), world.services.now());
    let filing = Filing { head, actor, at, bytes: b"{}".to_vec() };
    assert_eq!(world.services.store.deposit(&filing).await, Ok(None));
    let (_, step) = filing.seal(1);
    assert_eq!(world.services.store.step(&step).await, Ok(false));
    assert_eq!(world.count("SELECT count(*) FROM counter").await, 0);
}

async fn the_journal_is_whole_and_cannot_be_rewritten(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "un", 0).await;
    save_one(&world, &id, "un", 1).await;
    deposit(&world, &id).await;
    let mut events = journal::read(&world.services, &world.anne, &id).await.unwrap();
    let codes: Vec<_> = events.iter().map(|event| event.what.code()).collect();
    assert_eq!(codes, ["opened", "answers_saved", "deposited"], "saving the same text is nothing");
    assert!(journal::is_whole(&events));
    events[1].at += 1;
    assert!(!journal::is_whole(&events));
    for sql in ["UPDATE event SET actor = actor", "DELETE FROM event"] {
        assert!(world.execute(sql).await.unwrap_err().to_string().contains("append-only"));
    }
}

async fn a_deposited_dossier_can_be_withdrawn(world: World) {
    let id = world.open().await;
    deposit(&world, &id).await;
    let withdraw = async |actor| deposits::withdraw(&world.services, actor, &id).await;
    let refused = Err(StepError::Refused(TransitionRefused::NotForRole));
    assert_eq!(withdraw(&world.marc).await, refused);
    assert_eq!(withdraw(&world.agent).await, refused);
    assert_eq!(withdraw(&world.anne).await, Ok(()));
    let head = deposits::head(&world.services, &world.agent, &id).await.unwrap();
    assert_eq!((head.state, head.updated_by_name.as_str()), (State::Withdrawn, "Anne"));
    let events = journal::read(&world.services, &world.agent, &id).await.unwrap();
    assert!(journal::is_whole(&events));
}
