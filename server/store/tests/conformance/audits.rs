//! Who read what, and whether a journal is whole.

use dossier::id::AttachmentId;
use service::{
    audit::{self, Wrong},
    readings,
};

use crate::{save_one, world::World};

on_both!(readings_are_by_day_and_person, an_altered_moved_or_removed_event_is_found);

async fn readings_are_by_day_and_person(world: World) {
    let id = world.open().await;
    let nothing = AttachmentId::from(world.services.ulid());
    let services = &world.services;
    for (actor, document) in [
        (&world.agent, None),
        (&world.agent, None),
        (&world.dgefp, None),
        (&world.agent, Some(&nothing)),
        (&world.anne, None),
    ] {
        readings::note(services, actor, &id, document).await.unwrap();
    }
    let (_, read) = readings::of(services, &world.anne, &id).await.unwrap();
    let mut said: Vec<_> =
        read.iter().map(|r| (r.by_name.as_str(), r.document.is_some(), r.times)).collect();
    said.sort_unstable();
    assert_eq!(said, [("Inès", false, 2), ("Inès", true, 1), ("Ugo", false, 1)]);
    for actor in [&world.zoe, &world.agent] {
        assert!(readings::of(services, actor, &id).await.is_err(), "{}", actor.name);
    }
    assert!(world.execute("DELETE FROM reading").await.is_err());
}

async fn an_altered_moved_or_removed_event_is_found(world: World) {
    let (id, other) = (world.open().await, world.open_of_zoe().await);
    for (raw, seen) in [("a", 0), ("b", 1), ("c", 2)] {
        save_one(&world, &id, raw, seen).await;
    }
    let verify = async || audit::verify(&world.services, None).await.unwrap();
    let whole = verify().await;
    assert_eq!((whole.dossiers, whole.events, whole.breaches.len()), (2, 5, 0));
    let one = audit::verify(&world.services, Some(&other)).await.unwrap();
    assert_eq!((one.dossiers, one.events, one.breaches.len()), (1, 1, 0));
    // Whoever owns the database can do this.
    let open = if world.is_sqlite() {
        ["DROP TRIGGER event_never_changes", "DROP TRIGGER event_never_goes"]
    } else {
        ["ALTER TABLE event DISABLE TRIGGER USER"; 2]
    };
    for statement in open {
        world.execute(statement).await.unwrap();
    }
    for (statement, back, seq, wrong) in [
        (
            "UPDATE event SET at = at + 1 WHERE seq = 2",
            "UPDATE event SET at = at - 1 WHERE seq = 2",
            2,
            Wrong::Altered,
        ),
        (
            "UPDATE event SET what = replace(what, '1', '9') WHERE seq = 3",
            "UPDATE event SET what = replace(what, '9', '1') WHERE seq = 3",
            3,
            Wrong::Altered,
        ),
        (
            "UPDATE event SET what = '{' || what WHERE seq = 3",
            "UPDATE event SET what = substr(what, 2) WHERE seq = 3",
            3,
            Wrong::Altered,
        ),
        (
            "UPDATE event SET seq = 9 WHERE seq = 2",
            "UPDATE event SET seq = 2 WHERE seq = 9",
            3,
            Wrong::Missing,
        ),
        ("DELETE FROM event WHERE seq = 4", "", 4, Wrong::CutShort),
    ] {
        world.execute(statement).await.unwrap();
        let found = verify().await.breaches;
        assert!(
            found.iter().any(|b| b.dossier == id && b.seq == seq && b.wrong == wrong),
            "{statement}: {found:?}"
        );
        assert!(found.iter().all(|b| b.dossier == id));
        if !back.is_empty() {
            world.execute(back).await.unwrap();
            assert_eq!(verify().await.breaches, [], "{back}");
        }
    }
}
