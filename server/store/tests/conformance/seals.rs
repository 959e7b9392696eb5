//! The signed head of the journals: one a day whichever server is first, and what it gives away.

use futures::future::join_all;
use service::sealing::{self, Key, SealWrong, Signed};

use crate::{mails::DAY, save_one, world::World};

on_both!(a_day_is_sealed_once_and_goes_on_from_the_day_before, what_was_rewritten_since_is_named);

fn key() -> Key {
    Key::new([7; 32])
}

async fn sign(world: &World) -> Signed {
    sealing::sign(&world.services, &key()).await.unwrap()
}

async fn wrong(world: &World) -> Option<(String, SealWrong)> {
    let trusted = [key().public()];
    let (_, sealed) = sealing::verify(&world.services, &trusted).await.unwrap();
    sealed.wrong.map(|(day, wrong)| (day.to_string(), wrong))
}

async fn a_day_is_sealed_once_and_goes_on_from_the_day_before(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "a", 0).await;
    world.clock.advance(DAY);
    let second = world.second_server().await;
    let both = [world.services.clone(), second.clone(), world.services.clone(), second];
    let done =
        both.into_iter().map(|services| async move { sealing::sign(&services, &key()).await });
    let done: Vec<_> = join_all(done).await.into_iter().filter_map(Result::ok).collect();
    let sealed = done.iter().filter(|done| matches!(done, Signed::Sealed(_))).count();
    assert_eq!(sealed, 1, "{done:?}");
    assert_eq!(wrong(&world).await, None);
    // What is of today is in no seal yet, and of a day on which nothing happened there is one too.
    save_one(&world, &id, "b", 1).await;
    assert!(matches!(sign(&world).await, Signed::Already(_)));
    for events in [1, 0] {
        world.clock.advance(DAY);
        let Signed::Sealed(seal) = sign(&world).await else { panic!("a new day") };
        assert_eq!((seal.events, seal.dossiers), (events, events));
    }
    // A server that was away for a week seals all of it at once.
    save_one(&world, &id, "c", 2).await;
    world.clock.advance(7 * DAY);
    let Signed::Sealed(seal) = sign(&world).await else { panic!("a new day") };
    assert_eq!(seal.events, 1);
    let (verified, sealed) = sealing::verify(&world.services, &[key().public()]).await.unwrap();
    assert_eq!((verified.breaches.len(), sealed.seals, sealed.wrong), (0, 4, None));
    assert_eq!(sealed.last.as_ref(), Some(&seal));
    let (_, other) = sealing::verify(&world.services, &["00".repeat(32)]).await.unwrap();
    assert_eq!(other.wrong.map(|(_, wrong)| wrong), Some(SealWrong::UnknownKey));
    let (_, own) = sealing::verify(&world.services, &[]).await.unwrap();
    assert_eq!(own.wrong, None, "held against the key that it names itself");
    assert!(world.execute("DELETE FROM journal_seal").await.is_err());
    assert!(world.execute("UPDATE journal_seal SET events = 9").await.is_err());
}

async fn what_was_rewritten_since_is_named(world: World) {
    let (id, other) = (world.open().await, world.open_of_zoe().await);
    let mut days = Vec::new();
    for (raw, seen) in [("a", 0), ("b", 1), ("c", 2)] {
        save_one(&world, &id, raw, seen).await;
        world.clock.advance(DAY);
        let Signed::Sealed(seal) = sign(&world).await else { panic!("a new day") };
        days.push(seal.day.to_string());
    }
    assert_eq!(wrong(&world).await, None);
    let open: &[&'static str] = if world.is_sqlite() {
        &[
            "DROP TRIGGER event_never_changes",
            "DROP TRIGGER event_never_goes",
            "DROP TRIGGER journal_seal_never_changes",
            "DROP TRIGGER journal_seal_never_goes",
        ]
    } else {
        &["ALTER TABLE event DISABLE TRIGGER USER", "ALTER TABLE journal_seal DISABLE TRIGGER USER"]
    };
    for statement in open {
        world.execute(statement).await.unwrap();
    }
    // Whoever owns the database and rewrites hashes as well is found by the day.
    for (statement, back, day, found) in [
        (
            "UPDATE event SET hash = 'x' || hash WHERE seq = 3",
            "UPDATE event SET hash = substr(hash, 2) WHERE seq = 3",
            1,
            SealWrong::Journals,
        ),
        (
            "UPDATE event SET at = at - 86400000 WHERE seq = 4",
            "UPDATE event SET at = at + 86400000 WHERE seq = 4",
            1,
            SealWrong::Journals,
        ),
        (
            "UPDATE journal_seal SET digest = 'x' || digest WHERE events = 1 AND previous = (
                 SELECT seal FROM journal_seal WHERE previous = '')",
            "UPDATE journal_seal SET digest = substr(digest, 2) WHERE digest LIKE 'x%'",
            1,
            SealWrong::Unchained,
        ),
        (
            "UPDATE journal_seal SET signature = replace(signature, 'a', 'b')",
            "",
            0,
            SealWrong::Signature,
        ),
    ] {
        world.execute(statement).await.unwrap();
        assert_eq!(wrong(&world).await, Some((days[day].clone(), found)), "{statement}");
        if back.is_empty() {
            return;
        }
        world.execute(back).await.unwrap();
        assert_eq!(wrong(&world).await, None, "{back}");
    }
    drop(other);
}
