//! One behaviour, two databases. Postgres is tried when `TRAME_TEST_POSTGRES_URL` says where one
//! is; every test gets a schema of its own there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::world::World::on_sqlite().await).await;
            }
        )+}

        mod postgres {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                match crate::world::World::on_postgres(stringify!($name)).await {
                    Some(world) => super::$name(world).await,
                    None => println!("skipped: TRAME_TEST_POSTGRES_URL is not set"),
                }
            }
        )+}
    };
}

mod allotting;
mod annexes;
mod annotating;
mod attachments;
mod audits;
mod backups;
mod commission;
mod conventions;
mod coverage;
mod depositing;
mod desk;
mod envelopes;
mod faults;
mod findings;
mod follow_ups;
mod forms;
mod instruction;
mod labs;
mod mail_queue;
mod mails;
mod news;
mod opening;
mod people;
mod personal;
mod presence;
mod reading;
mod retention;
mod saving;
mod seals;
mod second_factors;
mod sharing;
mod studio;
mod teams;
mod worklist;
mod world;

use dossier::{
    operation::{Gesture, Operation, Outcome, Verdict},
    state::State,
};
use form::At;
use service::{DossierId, deposits::Filing, drafts};
use world::World;

const FIELD: &str = "demande.request_reason";
/// A question for a long text.
const PROSE: &str = "identification.presentation";

fn write(world: &World, field: &str, raw: &str, seen: u32) -> Operation {
    let gesture = Gesture::Write(raw.to_owned());
    Operation { id: world.services.ulid(), at: At::once(field), gesture, seen }
}

fn verdicts(outcomes: &[Outcome]) -> Vec<&Verdict> {
    outcomes.iter().map(|outcome| &outcome.verdict).collect()
}

async fn save_one(world: &World, id: &DossierId, raw: &str, seen: u32) -> Verdict {
    let operations = vec![write(world, FIELD, raw, seen)];
    let mut outcomes = drafts::save(&world.services, &world.anne, id, operations).await.unwrap();
    outcomes.remove(0).verdict
}

/// Deposits without looking at the answers: what is under test is the store.
async fn deposit(world: &World, id: &DossierId) -> service::Deposit {
    deposit_saying(world, id, r#"{"demande.multi_year":"3"}"#).await
}

/// The same, saying this.
async fn deposit_saying(world: &World, id: &DossierId, answers: &str) -> service::Deposit {
    let mut head = world.services.store.head(id).await.unwrap().unwrap();
    head.state = State::Submitted;
    let filing = Filing {
        head,
        actor: world.anne.clone(),
        at: world.services.now(),
        bytes: format!(r#"{{"answers":{answers},"form":"conventionnement","revision":1}}"#)
            .into_bytes(),
    };
    world.services.store.deposit(&filing).await.unwrap().unwrap()
}
