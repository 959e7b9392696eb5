//! A database that cannot write for a while: people are told soon, read meanwhile, and go on as soon
//! as it can again; what was acknowledged is there, and nothing is there by half.

use std::time::Duration;

use dossier::{
    id::DossierId,
    operation::{Operation, Verdict},
};
use futures::future::join_all;
use service::drafts::{self, SaveError};
use service::{Actor, StoreError, journal, sessions};
use tokio::time::Instant;

use crate::world::World;
use crate::{FIELD, save_one, write};

on_both!(
    whoever_waits_for_a_held_database_is_told_soon,
    a_held_database_is_read,
    a_failed_transaction_spoils_no_later_one,
    writers_outlive_their_connections,
);

/// Longest wait for an error.
const SOON: Duration = Duration::from_secs(7);
/// Longest wait once the fault is over.
const AT_ONCE: Duration = Duration::from_secs(1);

const DOWN: SaveError = SaveError::Store(StoreError::Unavailable);

async fn send(
    world: &World,
    actor: &Actor,
    id: &DossierId,
    operation: &Operation,
) -> Result<Verdict, SaveError> {
    let outcomes = drafts::save(&world.services, actor, id, vec![operation.clone()]).await?;
    Ok(outcomes.into_iter().next().unwrap().verdict)
}

async fn whoever_waits_for_a_held_database_is_told_soon(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "avant", 0).await;
    let holder = world.hold().await;
    let operations: Vec<_> =
        (0..600).map(|i| write(&world, FIELD, &format!("pendant {i}"), 1)).collect();
    let began = Instant::now();
    let all = join_all(operations.iter().map(|op| send(&world, &world.anne, &id, op))).await;
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    assert!(all.iter().all(|said| *said == Err(DOWN)), "{all:?}");
    assert_eq!(world.services.store.ping().await, Err(StoreError::Unavailable));

    holder.leave().await;
    let freed = Instant::now();
    let first = send(&world, &world.anne, &id, &operations[0]).await;
    assert_eq!(first, Ok(Verdict::Saved { version: 2 }));
    assert_eq!(world.services.store.ping().await, Ok(()));
    assert!(freed.elapsed() < AT_ONCE, "{:?}", freed.elapsed());
    assert_eq!(send(&world, &world.anne, &id, &operations[0]).await, first, "applied once");
    let events = journal::read(&world.services, &world.anne, &id).await.unwrap();
    assert!(journal::is_whole(&events) && events.len() == 3);
}

async fn a_held_database_is_read(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "avant", 0).await;
    let signed =
        sessions::sign_in_as_persona(&world.services, &world.anne.account_id).await.unwrap();
    let holder = world.hold().await;
    // Long enough for the session to be noted as used, which is a write.
    world.clock.advance(120_000);
    let waiting = tokio::spawn({
        let (services, anne, id) = (world.services.clone(), world.anne.clone(), id.clone());
        let operation = write(&world, FIELD, "pendant", 1);
        async move { drafts::save(&services, &anne, &id, vec![operation]).await }
    });
    let began = Instant::now();
    let actor = sessions::actor(&world.services, &signed.token).await.unwrap();
    assert_eq!(actor.as_ref(), Some(&world.anne));
    let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
    assert_eq!(draft.answers.raw(FIELD, ""), "avant");
    assert!(began.elapsed() < AT_ONCE, "{:?}", began.elapsed());
    assert_eq!(waiting.await.unwrap(), Err(DOWN));
    holder.leave().await;
}

/// What `SQLite` does by itself on a full disk, asked for by a trigger: it takes back the transaction,
/// and not only the statement.
async fn a_failed_transaction_spoils_no_later_one(world: World) {
    let id = world.open().await;
    let (fault, end) = if world.is_sqlite() {
        let fault =
            "CREATE TRIGGER fault BEFORE INSERT ON event BEGIN SELECT RAISE(ROLLBACK, ''); END";
        (fault, "DROP TRIGGER fault")
    } else {
        ("ALTER TABLE event RENAME TO event_gone", "ALTER TABLE event_gone RENAME TO event")
    };
    world.execute(fault).await.unwrap();
    let operation = write(&world, FIELD, "gardé", 0);
    for _ in 0..40 {
        assert_eq!(send(&world, &world.anne, &id, &operation).await, Err(DOWN));
    }
    world.execute(end).await.unwrap();
    let saved = Ok(Verdict::Saved { version: 1 });
    assert_eq!(send(&world, &world.anne, &id, &operation).await, saved);
    assert_eq!(world.count("SELECT count(*) FROM operation").await, 1);
}

async fn writers_outlive_their_connections(world: World) {
    if world.is_sqlite() {
        // Its connections are files: see the real ones in server/bench/src/faults.rs.
        return;
    }
    let id = world.open().await;
    let fields = ["demande.request_reason", "demande.multi_year", "identification.website"];
    let writers = join_all(fields.map(async |field| {
        let mut failed = 0;
        for version in 1..=60 {
            let operation = write(&world, field, &format!("{version}"), version - 1);
            let mut tries = 0;
            loop {
                match send(&world, &world.anne, &id, &operation).await {
                    Ok(verdict) => break assert_eq!(verdict, Verdict::Saved { version }),
                    Err(error) => assert_eq!(error, DOWN),
                }
                failed += 1;
                tries += 1;
                assert!(tries < 20, "{field} {version}");
            }
        }
        failed
    }));
    let cuts = async {
        for _ in 0..8 {
            tokio::time::sleep(Duration::from_millis(40)).await;
            let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE application_name = current_schema() AND pid <> pg_backend_pid()";
            world.count(cut).await;
        }
    };
    let (failed, ()) = tokio::join!(writers, cuts);
    println!("{} saves met a cut connection", failed.into_iter().sum::<u32>());
    let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
    for field in fields {
        assert_eq!(draft.answers.raw(field, ""), "60");
    }
    let events = journal::read(&world.services, &world.anne, &id).await.unwrap();
    assert!(journal::is_whole(&events) && events.len() == 1 + 3 * 60, "each written once");
}
