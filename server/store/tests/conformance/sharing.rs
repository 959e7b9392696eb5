//! Steps given to a colleague: opened by a secret, limited to what was given, taken back at once.

use dossier::{
    event::EventKind,
    operation::{Refusal, Verdict},
    role::Role,
    share::{MOST_DEVICES, MOST_OPEN, Part, Terms, TermsRefused},
};
use form::{At, Date};
use service::{
    Actor, DossierId, ShareId,
    deposits::{self, DepositError},
    drafts::{self, ReadError, SaveError},
    history, journal, sessions,
    sharing::{self, ComeError, Given, ShareError},
};

use crate::{FIELD, deposit, verdicts, world::World, write};

on_both!(
    a_link_opens_what_was_given_and_nothing_else,
    a_guest_learns_nothing_of_other_steps,
    what_was_taken_back_is_over_at_once,
    a_link_ends,
    a_link_opens_few_devices_as_one_guest,
    only_who_writes_all_of_it_gives,
    the_journal_tells_it_all_and_nothing_more,
);

const DAY: i64 = 24 * 3_600_000;
const THEIRS: &str = "budget.variation_comment";

fn terms(world: &World, sections: &[&str], days: i64) -> Terms {
    let today = world.services.clock.today().unwrap().days_since_epoch();
    Terms {
        to: "La comptable".into(),
        sections: sections.iter().map(|id| (*id).to_owned()).collect(),
        last_day: Date::from_days_since_epoch(today + days).unwrap(),
    }
}

async fn give(world: &World, id: &DossierId) -> Given {
    let terms = terms(world, &["budget"], 30);
    sharing::give(&world.services, &world.anne, id, terms, "").await.ok().unwrap()
}

async fn guest(world: &World, given: &Given) -> Actor {
    sharing::come(&world.services, &given.token, "Claire").await.ok().unwrap().actor
}

async fn a_link_opens_what_was_given_and_nothing_else(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let given = give(&world, &id).await;
    let (share, head) = sharing::look(services, &given.token).await.unwrap();
    assert_eq!((share, head.id), (given.share.clone(), id.clone()));
    for wrong in ["", "0", &given.token[1..], given.share.id.as_str()] {
        assert_eq!(sharing::look(services, wrong).await.err(), Some(ComeError::NotFound));
    }
    assert_eq!(world.count("SELECT count(*) FROM web_session WHERE token_hash = ''").await, 0);

    for name in ["", "  ", &"x".repeat(81)] {
        let come = sharing::come(services, &given.token, name).await;
        assert_eq!(come.err(), Some(ComeError::BadName), "{name}");
    }
    let claire = guest(&world, &given).await;
    assert_eq!((claire.name.as_str(), claire.role), ("Claire (sur invitation)", Role::Guest));
    let batch = vec![
        write(&world, THEIRS, "Un atelier de plus.", 0),
        write(&world, FIELD, "d'une invitée", 0),
        write(&world, "demande.nothing", "x", 0),
        write(&world, "demande.siae_kind", "EI", 1),
    ];
    let outcomes = drafts::save(services, &claire, &id, batch).await.unwrap();
    let unknown = Verdict::Refused(Refusal::UnknownField);
    let saved = Verdict::Saved { version: 1 };
    assert_eq!(verdicts(&outcomes), [&saved, &unknown, &unknown, &unknown]);
    let texts = history::read(services, &world.anne, &id, &At::once(THEIRS)).await.unwrap();
    assert_eq!(texts[0].by_name, "Claire (sur invitation)");

    let other = world.open_of_zoe().await;
    let operations = vec![write(&world, THEIRS, "x", 0)];
    let saved = drafts::save(services, &claire, &other, operations).await;
    assert_eq!(saved, Err(SaveError::NotFound));
    assert_eq!(drafts::read(services, &claire, &id).await, Err(ReadError::NotFound));
    assert_eq!(deposits::deposit(services, &claire, &id).await, Err(DepositError::NotFound));
    assert!(drafts::abandon(services, &claire, &id).await.is_err());
    assert!(journal::read(services, &claire, &id).await.is_err());
    assert_eq!(sharing::of(services, &claire, &id).await, Err(ReadError::NotFound));
    let again = sharing::give(services, &claire, &id, terms(&world, &["budget"], 1), "").await;
    assert_eq!(again.err(), Some(ShareError::NotFound));
    let back = sharing::take_back(services, &claire, &id, &given.share.id).await;
    assert_eq!(back, Err(ShareError::NotFound));
    assert!(drafts::home(services, &claire).await.unwrap().dossiers.is_empty());
    deposit(&world, &id).await;
    assert!(deposits::deposited(services, &claire).await.unwrap().is_empty());
    assert_eq!(deposits::read(services, &claire, &id, 1).await, Err(ReadError::NotFound));
    assert!(deposits::withdraw(services, &claire, &id).await.is_err());
}

async fn a_guest_learns_nothing_of_other_steps(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let secret = write(&world, FIELD, "un secret", 0);
    drafts::save(services, &world.anne, &id, vec![secret.clone()]).await.unwrap();
    let clash = write(&world, FIELD, "un autre", 0);
    drafts::save(services, &world.marc, &id, vec![clash.clone()]).await.unwrap();
    let claire = guest(&world, &give(&world, &id).await).await;

    let (draft, part) = drafts::read_part(services, &claire, &id).await.unwrap();
    assert_eq!(part, Part::Steps(vec!["budget".into()]));
    assert!(!format!("{:?}", draft.answers).contains("secret"), "{:?}", draft.answers);
    assert_eq!(draft.answers.raw("demande.request_kind", ""), "amendment");
    let whole = drafts::read_part(services, &world.marc, &id).await.unwrap();
    assert_eq!(whole, (drafts::read(services, &world.marc, &id).await.unwrap(), Part::Whole));
    assert_eq!(
        history::read(services, &claire, &id, &At::once(FIELD)).await,
        Err(ReadError::NotFound)
    );
    // Not even by the id of an operation that somebody else sent.
    for (mut known, field) in [(secret, FIELD), (clash.clone(), FIELD), (clash, THEIRS)] {
        known.at = At::once(field);
        let outcomes = drafts::save(services, &claire, &id, vec![known]).await.unwrap();
        assert!(matches!(outcomes[0].verdict, Verdict::Refused(_)), "{outcomes:?}");
    }
}

async fn what_was_taken_back_is_over_at_once(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let (one, other) = (give(&world, &id).await, give(&world, &id).await);
    let in_one = sharing::come(services, &one.token, "Claire").await.ok().unwrap();
    let in_other = sharing::come(services, &other.token, "Paul").await.ok().unwrap();
    let is_in = async |token: &str| sessions::actor(services, token).await.unwrap().is_some();
    assert!(
        is_in(&in_one.token).await
            && !sessions::is_of_past_guest(services, &in_one.token).await.unwrap()
    );

    sharing::take_back(services, &world.marc, &id, &one.share.id).await.unwrap();
    assert!(!is_in(&in_one.token).await && is_in(&in_other.token).await);
    assert_eq!(sessions::is_of_past_guest(services, &in_one.token).await, Ok(true));
    assert_eq!(sessions::is_of_past_guest(services, &in_other.token).await, Ok(false));
    assert_eq!(sharing::look(services, &one.token).await.err(), Some(ComeError::Ended));
    let come = sharing::come(services, &one.token, "Claire").await;
    assert_eq!(come.err(), Some(ComeError::Ended));
    sharing::take_back(services, &world.anne, &id, &one.share.id).await.unwrap();
    let absent = sharing::take_back(services, &world.anne, &id, &ShareId::from("?")).await;
    assert_eq!(absent, Err(ShareError::NotFound));
    let foreign = world.open_of_zoe().await;
    let back = sharing::take_back(services, &world.zoe, &foreign, &other.share.id).await;
    assert_eq!(back, Err(ShareError::NotFound));

    let shares = sharing::of(services, &world.anne, &id).await.unwrap();
    let now = services.now();
    let open: Vec<_> = shares.iter().map(|share| share.is_open(now)).collect();
    assert_eq!(open, [true, false], "latest first");
    assert_eq!(shares[0].guest_name, "Paul (sur invitation)");
}

async fn a_link_ends(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let terms = terms(&world, &["budget"], 0);
    let given = sharing::give(services, &world.anne, &id, terms, "").await.ok().unwrap();
    let signed = sharing::come(services, &given.token, "Claire").await.ok().unwrap();
    let before = given.share.until.0 - services.now().0 - 1;
    assert!((0..DAY).contains(&before), "until the end of that day in Paris");
    world.clock.advance(before);
    assert!(sharing::look(services, &given.token).await.is_ok());
    world.clock.advance(1);
    assert_eq!(sharing::look(services, &given.token).await.err(), Some(ComeError::Ended));
    assert_eq!(sessions::actor(services, &signed.token).await, Ok(None));
}

async fn a_link_opens_few_devices_as_one_guest(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let given = give(&world, &id).await;
    let mut tokens = Vec::new();
    for device in 0..=MOST_DEVICES {
        world.clock.advance(60_000);
        let name = format!("Nom {device}");
        let signed = sharing::come(services, &given.token, &name).await.ok().unwrap();
        assert_eq!(signed.actor.name, "Nom 0 (sur invitation)", "the first name stays");
        tokens.push(signed.token);
    }
    let mut open = Vec::new();
    for token in &tokens {
        open.push(sessions::actor(services, token).await.unwrap().is_some());
    }
    assert_eq!(open, [false, true, true, true]);
    world.clock.advance(60_000);
    sessions::actor(services, &tokens[1]).await.unwrap();
    let share = &sharing::of(services, &world.anne, &id).await.unwrap()[0];
    assert_eq!(share.seen_at, Some(services.now()));
    assert_eq!(world.count("SELECT count(*) FROM account WHERE role = 'guest'").await, 1);
}

async fn only_who_writes_all_of_it_gives(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let try_to = async |actor: &Actor, sections: &[&str], days| {
        sharing::give(services, actor, &id, terms(&world, sections, days), "")
            .await
            .map(|_| ())
            .err()
    };
    for actor in [&world.zoe, &world.agent, &world.far_agent, &world.dgefp] {
        assert_eq!(try_to(actor, &["budget"], 1).await, Some(ShareError::NotFound));
    }
    let refused = |why| Some(ShareError::Terms(why));
    assert_eq!(try_to(&world.marc, &["?"], 1).await, refused(TermsRefused::NoStep));
    assert_eq!(try_to(&world.marc, &["budget"], 91).await, refused(TermsRefused::BadEnd));
    assert_eq!(try_to(&world.marc, &["budget"], -1).await, refused(TermsRefused::BadEnd));
    for _ in 0..MOST_OPEN {
        assert_eq!(try_to(&world.marc, &["budget", "moyens"], 90).await, None);
    }
    assert_eq!(try_to(&world.marc, &["budget"], 1).await, Some(ShareError::TooMany));
    let first = sharing::of(services, &world.marc, &id).await.unwrap().remove(0);
    sharing::take_back(services, &world.marc, &id, &first.id).await.unwrap();
    assert_eq!(try_to(&world.marc, &["budget"], 1).await, None);
    deposit(&world, &id).await;
    assert_eq!(try_to(&world.anne, &["budget"], 1).await, Some(ShareError::NotEditable));
    let claire = guest(&world, &give_again(&world).await).await;
    let late = drafts::save(services, &claire, &id, vec![write(&world, THEIRS, "x", 0)]).await;
    assert_eq!(late, Err(SaveError::NotFound), "another dossier");
}

/// Steps of another dossier of the same structure.
async fn give_again(world: &World) -> Given {
    let new = drafts::NewDossier { year: 2028, ..World::request() };
    let id = drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap();
    give(world, &id).await
}

async fn the_journal_tells_it_all_and_nothing_more(world: World) {
    let (services, id) = (&world.services, world.open().await);
    let before = drafts::head(services, &world.marc, &id).await.unwrap();
    world.clock.advance(60_000);
    let given = give(&world, &id).await;
    let claire = guest(&world, &given).await;
    sharing::take_back(services, &world.marc, &id, &given.share.id).await.unwrap();

    let events = journal::read(services, &world.anne, &id).await.unwrap();
    assert!(journal::is_whole(&events));
    let told: Vec<_> = events.iter().map(|e| (&e.actor, e.what.clone())).skip(1).collect();
    let share = given.share.id.clone();
    let steps = EventKind::StepsGiven {
        share: share.clone(),
        sections: vec!["budget".into()],
        until: given.share.until.0,
    };
    assert_eq!(
        told,
        [
            (&world.anne.account_id, steps),
            (&claire.account_id, EventKind::StepsOpened { share: share.clone() }),
            (&world.marc.account_id, EventKind::StepsTakenBack { share }),
        ]
    );
    let after = drafts::head(services, &world.marc, &id).await.unwrap();
    assert_eq!((after.updated_at, &after.updated_by), (before.updated_at, &before.updated_by));
    let secret = journal::sha256_hex(given.token.as_bytes());
    let kept = services.store.share_by_token(&secret).await.unwrap().unwrap();
    assert!(!format!("{kept:?}{events:?}").contains(&given.token), "the secret is kept nowhere");
}
