//! An agent's desk: what is typed is kept for nobody else and never lost, until it is posted.

use dossier::{
    note::{Audience, NoteKind},
    unposted::{Fields, LONGEST, MOST_OF_DOSSIER, Place},
};
use form::At;
use service::{
    Actor, DossierId, forms, instruction,
    unposted::{self, KeepError, Kept, Typing, Unposted},
};

use crate::{deposit, world::World};

on_both!(
    what_is_typed_is_there_again_for_who_typed_it,
    two_devices_that_write_apart_lose_nothing,
    what_is_posted_goes_and_nothing_else,
    what_is_put_away_comes_back_within_a_day,
    nobody_keeps_without_end,
);

const AT: &str = "budget";

fn place() -> Place {
    Place::Note(At::once(AT))
}

fn typing(text: &str, (copy, seen): (&str, u32), pen: &str) -> Typing {
    let fields = Fields::new(vec![("texte".into(), text.into())]).unwrap();
    Typing { place: place(), fields, copy: copy.into(), seen, pen: pen.into() }
}

async fn keep(
    world: &World,
    actor: &Actor,
    id: &DossierId,
    typing: Typing,
) -> Result<Kept, KeepError> {
    unposted::keep(&world.services, actor, id, typing).await
}

async fn received(world: &World) -> DossierId {
    let id = world.open().await;
    deposit(world, &id).await;
    id
}

/// What somebody finds when they open the dossier.
async fn there(world: &World, actor: &Actor, id: &DossierId) -> Vec<Unposted> {
    let services = &world.services;
    let reading = instruction::open(services, actor, id).await.unwrap();
    let key = reading.deposit.snapshot().unwrap().form_key();
    let form = forms::of(services, &key).await.unwrap().revision;
    let here = (form, &reading.answers);
    let threads = instruction::read(services, actor, &reading.head, here).await.unwrap();
    let acts = instruction::acts(services, actor, id).await.unwrap();
    unposted::of(services, actor, id, (&threads, &acts)).await.unwrap()
}

async fn words(world: &World, actor: &Actor, id: &DossierId) -> Vec<String> {
    there(world, actor, id).await.iter().map(|one| one.fields.words()).collect()
}

async fn what_is_typed_is_there_again_for_who_typed_it(world: World) {
    let id = received(&world).await;
    let first = keep(&world, &world.agent, &id, typing("Le bud", ("", 0), "a")).await.unwrap();
    assert_eq!((first.version, first.beside), (1, false));
    // The answer was lost: the page does not know what its text is called.
    let next = keep(&world, &world.agent, &id, typing("Le budget", ("", 0), "a")).await.unwrap();
    assert_eq!((&next.copy, next.version), (&first.copy, 2));
    let again = typing("Le budget", (&first.copy, 2), "b");
    assert_eq!(keep(&world, &world.agent, &id, again).await.unwrap().version, 2, "the same");
    let on = typing("Le budget ne tient pas", (&first.copy, 2), "b");
    assert_eq!(keep(&world, &world.agent, &id, on).await.unwrap().version, 3);
    assert_eq!(words(&world, &world.agent, &id).await, ["Le budget ne tient pas"]);
    for other in [&world.chief, &world.dgefp] {
        assert_eq!(words(&world, other, &id).await, [""; 0], "nobody else reads it");
    }
    for stranger in [&world.far_agent, &world.anne, &world.samir] {
        let refused = keep(&world, stranger, &id, typing("x", ("", 0), "c")).await;
        assert_eq!(refused, Err(KeepError::NotFound), "{}", stranger.name);
        let taken = typing("x", (&first.copy, 3), "c");
        assert_eq!(keep(&world, stranger, &id, taken).await, Err(KeepError::NotFound));
    }
    // Somebody else's text is not continued: it is another one.
    let theirs = typing("À moi", (&first.copy, 3), "c");
    let kept = keep(&world, &world.chief, &id, theirs).await.unwrap();
    assert!(kept.copy != first.copy && kept.version == 1);
    assert_eq!(
        unposted::clear(&world.services, &world.chief, &id, (&first.copy, true)).await,
        Err(KeepError::NotFound)
    );
    let journal = world.services.store.journal(&id).await.unwrap();
    assert!(!format!("{journal:?}").contains("budget ne"), "the journal does not know of it");
}

async fn two_devices_that_write_apart_lose_nothing(world: World) {
    let id = received(&world).await;
    let desk = keep(&world, &world.agent, &id, typing("Au bureau", ("", 0), "bureau")).await;
    let desk = desk.unwrap();
    let home =
        keep(&world, &world.agent, &id, typing("Chez moi", ("", 0), "maison")).await.unwrap();
    assert!(home.copy != desk.copy && home.beside);
    // Each goes on with its own.
    for (kept, text, pen) in
        [(&desk, "Au bureau, suite", "bureau"), (&home, "Chez moi, suite", "maison")]
    {
        let on = typing(text, (&kept.copy, kept.version), pen);
        assert_eq!(keep(&world, &world.agent, &id, on).await.unwrap().copy, kept.copy);
    }
    // A third one goes on with what it saw, and the first one types on without knowing.
    let third = keep(&world, &world.agent, &id, typing("Repris", (&desk.copy, 2), "train")).await;
    assert_eq!(third.unwrap().copy, desk.copy);
    let late =
        keep(&world, &world.agent, &id, typing("Au bureau, fin", (&desk.copy, 2), "bureau")).await;
    let late = late.unwrap();
    assert!(late.copy != desk.copy, "kept beside");
    let mut all = words(&world, &world.agent, &id).await;
    all.sort();
    assert_eq!(all, ["Au bureau, fin", "Chez moi, suite", "Repris"]);
    // Emptied by a page that did not see what it became: it stays.
    let empty = (desk.copy.as_str(), 2, "bureau");
    unposted::emptied(&world.services, &world.agent, &id, empty).await.unwrap();
    assert_eq!(there(&world, &world.agent, &id).await.len(), 3);
    unposted::emptied(&world.services, &world.agent, &id, (&late.copy, 1, "bureau")).await.unwrap();
    assert_eq!(there(&world, &world.agent, &id).await.len(), 2);
}

async fn what_is_posted_goes_and_nothing_else(world: World) {
    let id = received(&world).await;
    let services = &world.services;
    let one = keep(&world, &world.agent, &id, typing("Une question", ("", 0), "a")).await.unwrap();
    keep(&world, &world.agent, &id, typing("Une autre", ("", 0), "b")).await.unwrap();
    let here = (&id, &place());
    unposted::posted(services, &world.agent, here, (&one.copy, ""), "Une question ?")
        .await
        .unwrap();
    assert_eq!(words(&world, &world.agent, &id).await, ["Une autre"], "by its name");
    unposted::posted(services, &world.agent, here, ("", ""), "Une  autre").await.unwrap();
    assert_eq!(words(&world, &world.agent, &id).await, [""; 0], "by what it says");
    // Its last words were on their way while the note was written.
    let draft =
        instruction::Draft::new((NoteKind::Question, Audience::Service), At::once(AT), "Tard");
    instruction::write(services, &world.agent, &id, &draft).await.unwrap();
    keep(&world, &world.agent, &id, typing("Tard", ("", 0), "a")).await.unwrap();
    assert_eq!(words(&world, &world.agent, &id).await, [""; 0]);
    // The same words of somebody else, or much later, are another text.
    keep(&world, &world.chief, &id, typing("Tard", ("", 0), "a")).await.unwrap();
    assert_eq!(words(&world, &world.chief, &id).await, ["Tard"]);
    world.clock.advance(120_000);
    keep(&world, &world.agent, &id, typing("Tard", ("", 0), "a")).await.unwrap();
    assert_eq!(words(&world, &world.agent, &id).await, ["Tard"]);
}

async fn what_is_put_away_comes_back_within_a_day(world: World) {
    let id = received(&world).await;
    let services = &world.services;
    let one = keep(&world, &world.agent, &id, typing("À effacer", ("", 0), "a")).await.unwrap();
    unposted::clear(services, &world.agent, &id, (&one.copy, true)).await.unwrap();
    assert_eq!(words(&world, &world.agent, &id).await, [""; 0]);
    // A page that still writes it does not write over what was put away.
    let on = typing("À effacer, suite", (&one.copy, 1), "a");
    let other = keep(&world, &world.agent, &id, on).await.unwrap();
    assert!(other.copy != one.copy);
    unposted::clear(services, &world.agent, &id, (&one.copy, false)).await.unwrap();
    assert_eq!(there(&world, &world.agent, &id).await.len(), 2);
    unposted::clear(services, &world.agent, &id, (&one.copy, true)).await.unwrap();
    world.clock.advance(25 * 60 * 60 * 1_000);
    keep(&world, &world.agent, &id, typing("Demain", ("", 0), "b")).await.unwrap();
    assert_eq!(services.store.unposted(&one.copy).await.unwrap(), None);
}

async fn nobody_keeps_without_end(world: World) {
    let id = received(&world).await;
    for n in 0..MOST_OF_DOSSIER {
        let pen = format!("p{n}");
        keep(&world, &world.agent, &id, typing(&pen, ("", 0), &pen)).await.unwrap();
    }
    let more = keep(&world, &world.agent, &id, typing("de trop", ("", 0), "p")).await;
    assert_eq!(more, Err(KeepError::TooMany));
    // What is there goes on.
    let on = keep(&world, &world.agent, &id, typing("p0, suite", ("", 0), "p0")).await;
    assert_eq!(on.unwrap().version, 2);
    let bad = keep(&world, &world.agent, &id, typing("x", ("", 0), "un nom à moi")).await;
    assert_eq!(bad, Err(KeepError::BadText));
    assert_eq!(Fields::new(vec![("texte".into(), "x".repeat(LONGEST + 1))]), None);
}
