//! What is kept for a time: planned without changing anything, forgotten once it is due, noted, and never
//! while its dossier is held.

use dossier::{retention::Kind, role::Role, state::State};
use futures::future::join_all;
use service::{
    DossierId,
    accounts::{self, NewAccount},
    audit, journal, readings,
    retention::{self, Plan, forgetting},
    sessions,
};

use crate::{deposit, mails::DAY, save_one, world::World};

on_both!(
    a_plan_changes_nothing_and_says_when,
    drafts_go_a_year_after_their_campaign_and_the_journal_stays_whole,
    readings_go_only_once_their_dossier_is_over,
    an_account_that_nobody_uses_is_closed_unless_its_structure_has_something_open,
    two_servers_forget_once,
);

const YEAR: i64 = 365 * DAY;

async fn plan(world: &World) -> Plan {
    retention::plan(&world.services).await.unwrap()
}

async fn apply(world: &World) -> forgetting::Gone {
    forgetting::apply(&world.services, &Kind::ALL, |_, _| {}).await.unwrap()
}

async fn decide(world: &World, id: &DossierId, state: State) {
    let mut head = world.services.store.head(id).await.unwrap().unwrap();
    let seen = head.journal_seq;
    head.state = state;
    let now = world.services.now();
    let what = dossier::event::EventKind::Withdrawn;
    let event = journal::record(&mut head, &world.anne, now, what);
    assert!(world.services.store.step(&journal::Step { seen, head, event }).await.unwrap());
}

async fn a_plan_changes_nothing_and_says_when(world: World) {
    let draft = world.open().await;
    save_one(&world, &draft, "a", 0).await;
    let deposited = world.open_of_zoe().await;
    deposit(&world, &deposited).await;
    readings::note(&world.services, &world.far_agent, &deposited, None).await.unwrap();
    let seen = plan(&world).await;
    assert_eq!(seen.due, [].into());
    assert_eq!(seen.held, [(Kind::Readings, 1), (Kind::Deposits, 1)].into(), "it is instructed");
    // Of 2027: its campaign ends with that year, and a year later it goes.
    assert_eq!(seen.coming[&(2028, 12)], [(Kind::Drafts, 1)].into());
    assert_eq!(apply(&world).await, [].into());
    assert_eq!(plan(&world).await, seen);
    // Who sees it.
    for actor in [&world.anne, &world.agent, &world.chief, &world.samir] {
        assert_eq!(retention::seen(&world.services, actor).await.unwrap(), None, "{}", actor.name);
    }
    assert_eq!(retention::seen(&world.services, &world.dgefp).await.unwrap(), Some(seen));
}

async fn drafts_go_a_year_after_their_campaign_and_the_journal_stays_whole(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "un texte", 0).await;
    save_one(&world, &id, "un autre", 1).await;
    world.clock.advance(YEAR);
    assert_eq!(apply(&world).await.get(&Kind::Drafts), None, "the campaign is open");
    let answers = world.count("SELECT COUNT(*) FROM answer").await;
    assert!(answers > 0);
    world.clock.advance(2 * YEAR);
    assert_eq!(plan(&world).await.due[&Kind::Drafts], 1);
    assert_eq!(apply(&world).await[&Kind::Drafts], 1);
    for table in [
        "SELECT COUNT(*) FROM answer",
        "SELECT COUNT(*) FROM answer_past",
        "SELECT COUNT(*) FROM operation",
    ] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
    let head = world.services.store.head(&id).await.unwrap().unwrap();
    assert_eq!(head.state, State::Abandoned, "nobody finds an empty draft");
    let events = world.services.store.journal(&id).await.unwrap();
    assert!(journal::is_whole(&events));
    assert_eq!(events.last().unwrap().what.code(), "forgotten");
    let verified = audit::verify(&world.services, None).await.unwrap();
    assert_eq!(verified.breaches, []);
    let noted = world.services.store.forgotten(9).await.unwrap();
    let lines = noted.iter().find(|(kind, ..)| *kind == Kind::Drafts).map(|(.., lines)| *lines);
    assert_eq!(lines, u64::try_from(answers).ok(), "{noted:?}");
    assert_eq!(apply(&world).await.get(&Kind::Drafts), None, "once");
    assert!(world.execute("DELETE FROM forgotten").await.is_err());
    assert!(world.execute("UPDATE forgotten SET lines = 0").await.is_err());
}

async fn readings_go_only_once_their_dossier_is_over(world: World) {
    let (open, over) = (world.open().await, world.open_of_zoe().await);
    for (id, agent) in [(&open, &world.agent), (&over, &world.far_agent)] {
        deposit(&world, id).await;
        readings::note(&world.services, agent, id, None).await.unwrap();
    }
    decide(&world, &over, State::Refused).await;
    world.clock.advance(YEAR);
    assert_eq!(apply(&world).await.get(&Kind::Readings), None, "the campaign of 2027 is open");
    world.clock.advance(YEAR);
    readings::note(&world.services, &world.far_agent, &over, None).await.unwrap();
    assert_eq!(apply(&world).await[&Kind::Readings], 1);
    let left = "SELECT COUNT(*) FROM reading";
    assert_eq!(world.count(left).await, 2, "what is instructed, and what was read lately");
    assert!(world.execute("DELETE FROM reading").await.is_err(), "nothing goes without a note");
}

async fn an_account_that_nobody_uses_is_closed_unless_its_structure_has_something_open(
    world: World,
) {
    // One who never came is counted from the day that the account was made.
    let nina = NewAccount {
        id: world.services.ulid().into(),
        email: "nina@exemple.fr".into(),
        name: "Nina".into(),
        title: String::new(),
        role: Role::DdetsAgent,
        is_persona: false,
        password: None,
        departments: vec!["58".into()],
    };
    accounts::add_account(&world.services, nina).await.unwrap();
    world.execute("UPDATE account SET is_persona = FALSE").await.unwrap();
    let id = world.open().await;
    save_one(&world, &id, "a", 0).await;
    deposit(&world, &id).await;
    world.clock.advance(YEAR);
    assert_eq!(apply(&world).await.get(&Kind::Accounts), None);
    world.clock.advance(-YEAR);
    world.clock.advance(3 * YEAR);
    // Who came lately stays; so does the structure whose dossier is instructed.
    sessions::admit(&world.services, "jeton", &world.agent.account_id).await.unwrap();
    let gone = apply(&world).await;
    assert_eq!(gone[&Kind::Accounts], 6, "{gone:?}");
    for kept in [&world.anne, &world.marc, &world.agent] {
        let account = world.services.store.account(&kept.account_id).await.unwrap().unwrap();
        assert_eq!((account.name, account.email.contains("exemple.fr")), (kept.name.clone(), true));
    }
    let closed = world.services.store.account(&world.zoe.account_id).await.unwrap().unwrap();
    assert_eq!(closed.name, "Compte fermé");
    assert!(!closed.email.contains('@') && closed.password_hash.is_none());
    let of_zoe = "SELECT COUNT(*) FROM membership m JOIN account a ON a.id = m.account_id
        WHERE a.closed_at IS NOT NULL";
    assert_eq!(world.count(of_zoe).await, 0);
    // Whoever signed something stays named on it.
    decide(&world, &id, State::Refused).await;
    world.clock.advance(YEAR);
    assert_eq!(apply(&world).await[&Kind::Accounts], 2);
    let anne = world.services.store.account(&world.anne.account_id).await.unwrap().unwrap();
    assert_eq!((anne.name.as_str(), anne.email.contains('@')), ("Anne", false));
    let marc = world.services.store.account(&world.marc.account_id).await.unwrap().unwrap();
    assert_eq!(marc.name, "Compte fermé");
    assert_eq!(apply(&world).await.get(&Kind::Accounts), None, "once");
}

async fn two_servers_forget_once(world: World) {
    let id = world.open().await;
    save_one(&world, &id, "a", 0).await;
    world.execute("UPDATE account SET is_persona = FALSE").await.unwrap();
    world.clock.advance(4 * YEAR);
    let second = world.second_server().await;
    let both = [world.services.clone(), second.clone(), world.services.clone(), second];
    let done = both.into_iter().map(|services| async move {
        // On SQLite, who comes too late may be told to come again: what went is noted.
        forgetting::apply(&services, &Kind::ALL, |_, _| {}).await.unwrap_or_default()
    });
    join_all(done).await;
    apply(&world).await;
    let sum = "SELECT CAST(SUM(lines) AS BIGINT) FROM forgotten WHERE rule = 'comptes'";
    assert_eq!(world.count(sum).await, 8);
    let drafts = "SELECT COUNT(*) FROM forgotten WHERE rule = 'brouillons'";
    assert_eq!(world.count(drafts).await, 1);
    let sessions = "SELECT CAST(SUM(lines) AS BIGINT) FROM forgotten WHERE rule = 'connexions'";
    assert_eq!(world.count(sessions).await, 8);
}
