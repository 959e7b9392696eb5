//! Who is in a dossier: seen by those who fill it, gone after a minute, never an answer.

use dossier::id::DossierId;
use form::{At, Date};
use futures::future::join_all;
use service::{
    Actor, Millis, drafts,
    drafts::ReadError,
    presence::{self, Around, Beat, LASTS},
    sessions, sharing,
};

use crate::{FIELD, save_one, world::World, write};

on_both!(
    people_see_one_another_and_where_they_are,
    a_page_that_says_nothing_is_gone,
    a_page_that_leaves_is_gone_whatever_arrives_with_it,
    what_others_changed_is_brought,
    a_guest_sees_no_more_than_their_steps,
);

fn beat(world: &World, section: &str) -> Beat {
    let (page, section) = (world.services.ulid(), section.to_owned());
    Beat { page, section, seq: 1, since: Millis(0) }
}

async fn say(world: &World, actor: &Actor, id: &DossierId, beat: &Beat) -> Around {
    presence::beat(&world.services, actor, id, beat.clone()).await.unwrap()
}

fn told(around: &Around) -> Vec<(&str, &str)> {
    around.others.iter().map(|one| (one.name.as_str(), one.section.as_str())).collect()
}

async fn people_see_one_another_and_where_they_are(world: World) {
    let (id, other) = (world.open().await, world.open_of_zoe().await);
    let anne = beat(&world, "budget");
    assert!(told(&say(&world, &world.anne, &id, &anne).await).is_empty(), "nobody meets oneself");
    let marc = beat(&world, "moyens");
    assert_eq!(told(&say(&world, &world.marc, &id, &marc).await), [("Anne", "budget")]);
    let second = beat(&world, "pieces");
    world.clock.advance(1);
    assert_eq!(told(&say(&world, &world.marc, &id, &second).await), [("Anne", "budget")]);
    assert_eq!(told(&say(&world, &world.anne, &id, &anne).await), [("Marc", "pieces")]);
    assert!(told(&say(&world, &world.zoe, &other, &beat(&world, "budget")).await).is_empty());

    let head = drafts::head(&world.services, &world.anne, &id).await.unwrap();
    let at_home = presence::present(&world.services, &world.marc, &[&head]).await.unwrap();
    assert_eq!(at_home.len(), 1);
    assert!(presence::present(&world.services, &world.zoe, &[&head]).await.unwrap().is_empty());
    for (actor, beat) in [
        (&world.zoe, beat(&world, "budget")),
        (&world.agent, beat(&world, "budget")),
        (&world.anne, beat(&world, "zzz")),
        (&world.anne, Beat { page: "x".into(), ..beat(&world, "budget") }),
    ] {
        let refused = presence::beat(&world.services, actor, &id, beat).await;
        assert_eq!(refused, Err(ReadError::NotFound));
    }
    // Nobody speaks for another's page.
    let borrowed = Beat { section: "demande".into(), ..second };
    say(&world, &world.anne, &id, &borrowed).await;
    assert_eq!(told(&say(&world, &world.anne, &id, &anne).await), [("Marc", "pieces")]);
}

async fn a_page_that_says_nothing_is_gone(world: World) {
    let id = world.open().await;
    let (anne, marc) = (beat(&world, "budget"), beat(&world, "moyens"));
    say(&world, &world.anne, &id, &anne).await;
    world.clock.advance(LASTS);
    assert_eq!(told(&say(&world, &world.marc, &id, &marc).await).len(), 1);
    world.clock.advance(1);
    assert!(told(&say(&world, &world.marc, &id, &marc).await).is_empty());
    assert_eq!(told(&say(&world, &world.anne, &id, &anne).await).len(), 1);
    say(&world, &world.marc, &id, &Beat { section: String::new(), ..marc.clone() }).await;
    assert!(told(&say(&world, &world.anne, &id, &anne).await).is_empty(), "he left");
    say(&world, &world.marc, &id, &marc).await;
    let after = told(&say(&world, &world.anne, &id, &anne).await).len();
    assert_eq!(after, 0, "what a page said before it left may arrive after");
    world.clock.advance(2 * LASTS);
    sessions::sign_in_as_persona(&world.services, &world.zoe.account_id).await.ok().unwrap();
    assert_eq!(world.count("SELECT count(*) FROM presence").await, 0, "forgotten");
}

async fn a_page_that_leaves_is_gone_whatever_arrives_with_it(world: World) {
    let id = world.open().await;
    let anne = beat(&world, "budget");
    for _ in 0..20 {
        let here = beat(&world, "moyens");
        let gone = Beat { section: String::new(), ..here.clone() };
        let words =
            [&here, &here, &gone, &here, &here].map(|beat| say(&world, &world.marc, &id, beat));
        join_all(words).await;
        assert!(told(&say(&world, &world.anne, &id, &anne).await).is_empty());
    }
}

async fn what_others_changed_is_brought(world: World) {
    let id = world.open().await;
    let marc = Beat { since: world.services.now(), ..beat(&world, "demande") };
    let quiet = say(&world, &world.marc, &id, &marc).await;
    assert!(quiet.changed.is_empty(), "nothing changed, nothing is read");
    world.clock.advance(10 * LASTS);
    save_one(&world, &id, "d'Anne", 0).await;
    let around = say(&world, &world.marc, &id, &marc).await;
    let brought: Vec<_> =
        around.changed.iter().map(|(at, w)| (at.to_string(), w.answer.raw.as_str())).collect();
    assert!(brought.contains(&(FIELD.to_owned(), "d'Anne")), "{brought:?}");
    let after = Beat { seq: around.head.journal_seq, since: around.head.updated_at, ..marc };
    assert!(say(&world, &world.marc, &id, &after).await.changed.is_empty());
    world.clock.advance(10 * LASTS);
    save_one(&world, &id, "puis", 1).await;
    let around = say(&world, &world.marc, &id, &after).await;
    assert_eq!(around.changed.len(), 1, "what was known is not read again");
    assert_eq!(around.changed[0].1.answer.version, 2);
}

async fn a_guest_sees_no_more_than_their_steps(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let today = services.clock.today().unwrap().days_since_epoch();
    let terms = dossier::share::Terms {
        to: String::new(),
        sections: vec!["budget".into()],
        last_day: Date::from_days_since_epoch(today).unwrap(),
    };
    let given = sharing::give(services, &world.anne, &id, terms, "").await.ok().unwrap();
    let claire = sharing::come(services, &given.token, "Claire").await.ok().unwrap().actor;
    let refused = presence::beat(services, &claire, &id, beat(&world, "moyens")).await;
    assert_eq!(refused, Err(ReadError::NotFound));
    say(&world, &world.marc, &id, &beat(&world, "moyens")).await;
    let anne = beat(&world, "budget");
    say(&world, &world.anne, &id, &anne).await;
    let theirs = "budget.variation_comment";
    let batch = vec![write(&world, FIELD, "secret", 0), write(&world, theirs, "dit", 0)];
    drafts::save(services, &world.anne, &id, batch).await.unwrap();

    let around = say(&world, &claire, &id, &beat(&world, "budget")).await;
    assert_eq!(told(&around), [("Anne", "budget")]);
    let places: Vec<_> = around.changed.iter().map(|(at, _)| at).collect();
    assert_eq!(places, [&At::once(theirs)]);
    let seen = say(&world, &world.anne, &id, &anne).await;
    assert!(told(&seen).contains(&("Claire (sur invitation)", "budget")));
    sharing::take_back(services, &world.anne, &id, &given.share.id).await.unwrap();
    let seen = say(&world, &world.anne, &id, &anne).await;
    assert_eq!(told(&seen), [("Marc", "moyens")], "whoever is out is out at once");
}
