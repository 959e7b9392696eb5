//! An agent's desk: what is typed is kept for nobody else and never lost, until it is posted.

use dossier::{
    leave::LeaveRefused,
    note::{Audience, NoteKind},
    notice::{QUIET, Topic},
    role::Role,
    unposted::{Fields, LONGEST, MOST_OF_DOSSIER, Place},
};
use form::{At, Date};
use service::{
    Actor, DossierId, Services,
    accounts::{NewAccount, add_account},
    forms, instruction,
    leave::{self, LeaveError},
    unposted::{self, KeepError, Kept, Typing, Unposted},
    views::{self, ViewError, Wanted as View},
    worklist::{Asked, Filter, Followed, Wanted, assign, list},
};

use crate::{
    deposit,
    mails::{self, DAY},
    world::World,
};

on_both!(
    what_is_typed_is_there_again_for_who_typed_it,
    two_devices_that_write_apart_lose_nothing,
    what_is_posted_goes_and_nothing_else,
    what_is_put_away_comes_back_within_a_day,
    nobody_keeps_without_end,
    views_are_of_who_made_them_and_of_their_service,
    who_is_away_is_covered_and_nothing_changes_hands,
    who_covers_is_told_too_while_it_lasts,
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
    unposted::of(services, actor, id, (&threads, &acts, &[])).await.unwrap()
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

fn view(name: &str, is_shared: bool, is_first: bool) -> View<'_> {
    View { name, query: "pile=tous&type=ACI", is_shared, is_first }
}

async fn names(world: &World, actor: &Actor) -> Vec<String> {
    let all = views::of(&world.services, actor).await.unwrap().all;
    all.into_iter().map(|one| one.name).collect()
}

async fn views_are_of_who_made_them_and_of_their_service(world: World) {
    let services = &world.services;
    let kept = views::keep(services, &world.agent, None, &view(" Les  ACI ", false, true)).await;
    let id = kept.unwrap();
    assert_eq!(names(&world, &world.agent).await, ["Les ACI"]);
    assert_eq!(names(&world, &world.chief).await, [""; 0], "not shared");
    let first = async |actor| views::of(services, actor).await.unwrap().first;
    assert_eq!(first(&world.agent).await.as_ref(), Some(&id));
    for (name, why) in [(" ", ViewError::BadName), ("les aci", ViewError::Taken)] {
        let refused = views::keep(services, &world.agent, None, &view(name, false, false)).await;
        assert_eq!(refused, Err(why), "{name}");
    }
    let long = "é".repeat(views::LONGEST_NAME + 1);
    let refused = views::keep(services, &world.agent, None, &view(&long, false, false)).await;
    assert_eq!(refused, Err(ViewError::BadName));
    views::keep(services, &world.agent, Some(&id), &view("Ateliers", true, false)).await.unwrap();
    assert_eq!(first(&world.agent).await, None);
    assert_eq!(names(&world, &world.chief).await, ["Ateliers"]);
    assert_eq!(names(&world, &world.far_agent).await, [""; 0], "of another département");
    // Read by others, changed by nobody else.
    let theirs = views::keep(services, &world.chief, Some(&id), &view("À moi", true, false)).await;
    assert_eq!(theirs, Err(ViewError::NotFound));
    let removed = views::remove(services, &world.chief, (&id, true)).await;
    assert_eq!(removed, Err(ViewError::NotFound));
    views::open_first(services, &world.chief, Some(&id)).await.unwrap();
    let stranger = views::open_first(services, &world.far_agent, Some(&id)).await;
    assert_eq!(stranger, Err(ViewError::NotFound));
    assert_eq!(first(&world.chief).await.as_ref(), Some(&id));
    views::remove(services, &world.agent, (&id, true)).await.unwrap();
    assert_eq!((first(&world.chief).await, names(&world, &world.chief).await.len()), (None, 0));
    views::remove(services, &world.agent, (&id, false)).await.unwrap();
    assert_eq!(names(&world, &world.agent).await, ["Ateliers"]);
    for n in 1..20 {
        views::keep(services, &world.agent, None, &view(&n.to_string(), false, false))
            .await
            .unwrap();
    }
    let more = views::keep(services, &world.agent, None, &view("21", false, false)).await;
    assert_eq!(more, Err(ViewError::TooMany));
    for other in [&world.anne, &world.dgefp] {
        let refused = views::keep(services, other, None, &view("x", false, false)).await;
        assert_eq!(refused, Err(ViewError::NotFound), "{}", other.name);
    }
}

fn in_days(services: &Services, days: i64) -> Date {
    let today = services.clock.today().unwrap().days_since_epoch();
    Date::from_days_since_epoch(today + days).unwrap()
}

async fn followed(world: &World, actor: &Actor) -> usize {
    let filter =
        Filter { followed: Some(Followed::By(actor.account_id.clone())), ..Filter::default() };
    let asked = Asked { filter, ..Asked::default() };
    list(&world.services, actor, asked).await.unwrap().0.lines.len()
}

async fn who_is_away_is_covered_and_nothing_changes_hands(world: World) {
    let id = received(&world).await;
    let services = &world.services;
    let wanted = [Wanted { dossier: id.clone(), seen: None }];
    assign(services, &world.agent, &wanted, Some(&world.agent.account_id)).await.unwrap();
    let days = (in_days(services, 0), in_days(services, 2));
    let say =
        async |actor, days, by: &Actor| leave::say(services, actor, days, &by.account_id).await;
    assert_eq!(say(&world.agent, days, &world.far_agent).await, Err(LeaveError::NotThem));
    assert_eq!(say(&world.agent, days, &world.agent).await, Err(LeaveError::NotThem));
    assert_eq!(say(&world.chief, days, &world.agent).await, Err(LeaveError::NotThem), "signs");
    assert_eq!(say(&world.dgefp, days, &world.agent).await, Err(LeaveError::NotFound));
    let past = (in_days(services, -3), in_days(services, -1));
    let refused = say(&world.agent, past, &world.chief).await;
    assert_eq!(refused, Err(LeaveError::Dates(LeaveRefused::Past)));
    assert_eq!(followed(&world, &world.chief).await, 0);
    say(&world.agent, days, &world.chief).await.unwrap();
    let again = say(&world.agent, (days.1, in_days(services, 9)), &world.chief).await;
    assert!(matches!(again, Err(LeaveError::Meets(_))), "{again:?}");
    assert_eq!(followed(&world, &world.chief).await, 1, "theirs too");
    assert_eq!(followed(&world, &world.agent).await, 1);
    let (page, _) = list(services, &world.agent, Asked::default()).await.unwrap();
    let line = &page.lines[0];
    assert_eq!(line.followed_by.as_ref(), Some(&world.agent.account_id), "nothing changed hands");
    assert_eq!(line.cover.as_ref().map(|one| one.name.as_str()), Some("Léa"));
    let head = services.store.head(&id).await.unwrap().unwrap();
    let of = async || {
        let by = Some(&world.agent.account_id);
        leave::cover_of(services, &head, by).await.unwrap().map(|one| one.by.name)
    };
    assert_eq!(of().await.as_deref(), Some("Léa"));
    // Who covers is not away the same days.
    let other = NewAccount {
        id: services.ulid().into(),
        email: "signe@exemple.fr".into(),
        name: "Signe".into(),
        title: String::new(),
        role: Role::DdetsSignatory,
        is_persona: false,
        password: None,
        departments: vec!["58".into()],
    };
    let signs = other.id.clone();
    add_account(services, other).await.unwrap();
    leave::say(services, &world.chief, (in_days(services, 8), in_days(services, 9)), &signs)
        .await
        .unwrap();
    let later = (in_days(services, 9), in_days(services, 12));
    let away = say(&world.agent, later, &world.chief).await;
    assert!(matches!(away, Err(LeaveError::AwayToo(_))), "{away:?}");
    // It ends by itself.
    world.clock.advance(3 * 24 * 60 * 60 * 1_000);
    assert_eq!((followed(&world, &world.chief).await, of().await), (0, None));
    let leaves = leave::of(services, &world.agent).await.unwrap();
    assert_eq!(leaves.mine, [], "over");
    let mine = leave::of(services, &world.chief).await.unwrap().mine;
    let stranger = leave::end(services, &world.agent, &mine[0].id).await;
    assert_eq!(stranger, Err(LeaveError::NotFound));
    leave::end(services, &world.chief, &mine[0].id).await.unwrap();
}

async fn who_covers_is_told_too_while_it_lasts(world: World) {
    let services = mails::sending(&world).await;
    let id = mails::received(&world).await;
    let to = Some(world.agent.account_id.clone());
    let wanted = [Wanted { dossier: id.clone(), seen: None }];
    assign(&world.services, &world.agent, &wanted, to.as_ref()).await.unwrap();
    mails::send_back(&world, &id, 60).await;
    mails::quiet(&world, &services).await;
    let today = world.services.clock.today().unwrap();
    let by = &world.chief.account_id;
    leave::say(&world.services, &world.agent, (today, today), by).await.unwrap();
    let followed = async || {
        world.clock.advance(QUIET);
        let taken = mails::told(&services).await;
        mails::sent(&services, &taken).await;
        let about = taken.iter().filter(|one| one.mail.topic == Some(Topic::Followed));
        let mut to: Vec<_> = about.map(|one| one.mail.account.clone().unwrap()).collect();
        to.sort();
        to
    };
    deposit(&world, &id).await;
    let mut both = vec![world.agent.account_id.clone(), world.chief.account_id.clone()];
    both.sort();
    assert_eq!(followed().await, both);
    mails::send_back(&world, &id, 60).await;
    mails::quiet(&world, &services).await;
    world.clock.advance(DAY);
    deposit(&world, &id).await;
    assert_eq!(followed().await, std::slice::from_ref(&world.agent.account_id), "it is over");
}
