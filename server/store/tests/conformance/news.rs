//! What is new in a deposited dossier: told to those who read it, as far as they may know it, whichever
//! server it was written through.

use dossier::{
    event::EventKind,
    id::DossierId,
    note::{Audience, NoteKind},
};
use form::At;
use service::{
    Actor, Services, drafts,
    drafts::ReadError,
    forms,
    instruction::{self, Draft, Settling},
    news::{self, Longer},
    presence::{self, Beat, Here, LASTS},
};

use crate::{deposit, save_one, world::World};

on_both!(
    a_journal_that_grew_is_told_once_and_the_draft_is_not,
    another_server_on_the_same_store_sees_it,
    only_who_reads_the_deposit_is_told,
    nobody_is_told_of_a_note_they_do_not_read,
    readers_meet_readers_and_writers_meet_writers,
);

async fn annotate(world: &World, id: &DossierId, audience: Audience) -> dossier::id::NoteId {
    let draft = Draft::new((NoteKind::Remark, audience), At::once(""), "Vu.");
    instruction::write(&world.services, &world.agent, id, &draft).await.unwrap()
}

async fn seq(services: &Services, id: &DossierId) -> u32 {
    services.store.head(id).await.unwrap().unwrap().journal_seq
}

async fn a_journal_that_grew_is_told_once_and_the_draft_is_not(world: World) {
    let services = &world.services;
    let (id, other) = (world.open().await, world.open_of_zoe().await);
    let known = [(id.clone(), 1), (other.clone(), 1), ("01J0000000000000000000ZZZZ".into(), 0)];
    assert!(news::longer(services, &known).await.unwrap().is_empty(), "nothing is new");
    save_one(&world, &id, "un", 0).await;
    let of = |seq, told| Longer { dossier: id.clone(), seq, told };
    assert_eq!(news::longer(services, &known).await.unwrap(), [of(2, None)], "the draft is theirs");
    deposit(&world, &id).await;
    let deposited = seq(services, &id).await;
    annotate(&world, &id, Audience::Service).await;
    let now = seq(services, &id).await;
    assert_eq!(news::longer(services, &known).await.unwrap(), [of(now, Some(now))]);
    let later = [(id.clone(), deposited), (other, 1)];
    assert_eq!(news::longer(services, &later).await.unwrap(), [of(now, Some(now))]);
    assert!(news::longer(services, &[(id.clone(), now)]).await.unwrap().is_empty());
    assert!(news::longer(services, &[]).await.unwrap().is_empty());
}

async fn another_server_on_the_same_store_sees_it(world: World) {
    let id = world.open().await;
    deposit(&world, &id).await;
    let store = store::open(world.url()).await.unwrap();
    let elsewhere = Services { store, ..world.services.clone() };
    let known = [(id.clone(), seq(&elsewhere, &id).await)];
    assert!(news::longer(&elsewhere, &known).await.unwrap().is_empty());
    annotate(&world, &id, Audience::Service).await;
    assert_eq!(news::longer(&elsewhere, &known).await.unwrap().len(), 1);
    let at = world.services.now();
    let here = Here::reading((id.clone(), world.services.ulid()), &world.agent, "postes", at);
    news::say(&world.services, vec![here.clone()]).await.unwrap();
    let there = presence::readers(&elsewhere, std::slice::from_ref(&id)).await.unwrap();
    assert_eq!(there.first().and_then(|one| one.lens()), Some("postes"));
    news::say(&elsewhere, vec![here.leaving(at)]).await.unwrap();
    assert!(presence::readers(&world.services, &[id]).await.unwrap().is_empty());
    elsewhere.store.close().await;
}

async fn only_who_reads_the_deposit_is_told(world: World) {
    let services = &world.services;
    let id = world.open().await;
    let everybody =
        [&world.anne, &world.zoe, &world.agent, &world.far_agent, &world.dgefp, &world.samir];
    for actor in everybody {
        assert_eq!(news::open(services, actor, &id).await.err(), Some(ReadError::NotFound));
    }
    deposit(&world, &id).await;
    for actor in [&world.agent, &world.chief, &world.dgefp] {
        assert_eq!(news::open(services, actor, &id).await.unwrap().id, id);
    }
    for actor in [&world.anne, &world.zoe, &world.far_agent, &world.samir] {
        assert_eq!(news::open(services, actor, &id).await.err(), Some(ReadError::NotFound));
    }
}

/// What somebody is told happened since.
async fn told(
    world: &World,
    actor: &Actor,
    id: &DossierId,
    since: u32,
) -> Vec<(String, EventKind)> {
    let services = &world.services;
    let reading = instruction::open(services, actor, id).await.unwrap();
    let form = forms::of(services, &reading.head.form_key()).await.unwrap().revision;
    let threads =
        instruction::read(services, actor, &reading.head, (form, &reading.answers)).await.unwrap();
    let news = news::since(services, actor, (&reading.head, &threads), since).await.unwrap();
    news.into_iter().map(|one| (one.by, one.what)).collect()
}

async fn nobody_is_told_of_a_note_they_do_not_read(world: World) {
    let services = &world.services;
    let id = world.open().await;
    deposit(&world, &id).await;
    let since = seq(services, &id).await;
    annotate(&world, &id, Audience::Own).await;
    let note = annotate(&world, &id, Audience::Service).await;
    let shared = annotate(&world, &id, Audience::State).await;
    instruction::settle(services, &world.agent, &id, &note, Settling::Settle).await.unwrap();
    let by = || world.agent.name.clone();
    let wrote = |note: &dossier::id::NoteId| (by(), EventKind::NoteWritten { note: note.clone() });
    let settled = (by(), EventKind::NoteSettled { note: note.clone(), settled: true });
    assert_eq!(
        told(&world, &world.chief, &id, since).await,
        [wrote(&note), wrote(&shared), settled]
    );
    assert_eq!(told(&world, &world.dgefp, &id, since).await, [wrote(&shared)]);
    assert!(
        told(&world, &world.agent, &id, since).await.is_empty(),
        "nobody is told what they did"
    );
    let now = seq(services, &id).await;
    assert!(told(&world, &world.chief, &id, now).await.is_empty());
    assert_eq!(told(&world, &world.dgefp, &id, 0).await.len(), 2, "with the deposit");
}

async fn readers_meet_readers_and_writers_meet_writers(world: World) {
    let services = &world.services;
    let id = world.open().await;
    deposit(&world, &id).await;
    let here =
        |actor, lens| Here::reading((id.clone(), services.ulid()), actor, lens, services.now());
    let (agent, chief) = (here(&world.agent, ""), here(&world.chief, "postes"));
    news::say(services, vec![agent, chief.clone()]).await.unwrap();
    let beat =
        || Beat { page: services.ulid(), section: "budget".into(), seq: 1, since: services.now() };
    for actor in [&world.anne, &world.marc] {
        presence::beat(services, actor, &id, beat()).await.unwrap();
    }
    let around = presence::beat(services, &world.anne, &id, beat()).await.unwrap();
    assert_eq!(around.others.len(), 1, "the structure does not see who instructs");
    let head = drafts::head(services, &world.anne, &id).await.unwrap();
    assert_eq!(presence::present(services, &world.anne, &[&head]).await.unwrap().len(), 1);
    let readers = presence::readers(services, std::slice::from_ref(&id)).await.unwrap();
    assert_eq!(readers.len(), 2, "nor who instructs the structure");
    let others = presence::apart(readers, &world.agent);
    assert_eq!(others.len(), 1);
    assert_eq!(others[0].name, world.chief.name);
    assert_eq!(others[0].lens(), Some("postes"));
    let forged = Beat { section: "instruction:".into(), ..beat() };
    assert!(presence::beat(services, &world.anne, &id, forged).await.is_err());
    news::say(services, vec![chief.leaving(services.now())]).await.unwrap();
    assert_eq!(presence::readers(services, std::slice::from_ref(&id)).await.unwrap().len(), 1);
    world.clock.advance(LASTS + 1);
    assert!(presence::readers(services, &[id]).await.unwrap().is_empty());
}
