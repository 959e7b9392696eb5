//! Mail: what is told, once, to whom, as they chose. The queue: `mail_queue`.

use dossier::{
    act::{Said, Sense},
    note::{Audience, NoteKind},
    notice::{LONGEST, Pace, QUIET, Topic},
    role::Role,
    state::{Action, State},
};
use form::{At, Date};
use service::{
    Actor, DossierId, Services, instruction,
    mail::{
        Item, Letter, Outgoing, Queued, Standing, choosing, morning,
        sending::{self, Leased, Outcome},
        telling,
    },
    teams::{self, Place, Request, Whom},
    worklist,
};

use crate::{deposit, world::World};

on_both!(
    a_return_is_one_message_for_each_person_once_it_is_quiet,
    what_is_refused_tells_nobody,
    work_that_goes_on_is_told_within_the_hour,
    people_choose_what_they_receive_and_when,
    a_decision_is_told_to_everybody_whatever_they_chose,
    last_days_are_told_once_each,
    agents_read_what_is_new_once_a_day_and_only_then,
    who_follows_a_dossier_is_told_of_it,
    demands_and_invitations_are_told,
);

const HOUR: i64 = 60 * 60_000;
pub const DAY: i64 = 24 * HOUR;
const JARDINS: &str = "01JD0000000000000000000001";

/// The use cases of a site that sends mail, whose people are real.
pub async fn sending(world: &World) -> Services {
    world.execute("UPDATE account SET is_persona = FALSE").await.unwrap();
    Services { mail: Outgoing::Sent, demo: false, ..world.services.clone() }
}

pub async fn received(world: &World) -> DossierId {
    let id = world.open().await;
    deposit(world, &id).await;
    id
}

fn said(world: &World, days: i64) -> Said {
    let today = world.services.clock.today().unwrap().days_since_epoch();
    let due = Date::from_days_since_epoch(today + days);
    Said { message: "Précisez.".into(), due, ..Said::default() }
}

async fn act(world: &World, by: &Actor, id: &DossierId, action: Action, said: Said) {
    let head = world.services.store.head(id).await.unwrap().unwrap();
    instruction::act(&world.services, by, id, (action, said), head.deposits).await.unwrap();
}

async fn ask(world: &World, id: &DossierId) {
    let kind = (NoteKind::Question, Audience::Structure);
    let draft = instruction::Draft::new(kind, At::once("budget"), "Pourquoi ?");
    instruction::write(&world.services, &world.agent, id, &draft).await.unwrap();
}

/// Two questions, sent back for an answer within some days.
pub async fn send_back(world: &World, id: &DossierId, days: i64) {
    ask(world, id).await;
    ask(world, id).await;
    act(world, &world.agent, id, Action::AskForDocuments, said(world, days)).await;
}

/// Tells what is quiet, and takes what waits.
pub async fn told(services: &Services) -> Vec<Leased> {
    telling::tell(services, QUIET).await.unwrap();
    let mut taken = sending::take(services, 100).await.unwrap();
    taken.sort_by(|a, b| a.mail.to.cmp(&b.mail.to));
    taken
}

pub async fn sent(services: &Services, taken: &[Leased]) {
    for leased in taken {
        assert!(sending::settle(services, leased, Outcome::Sent).await.unwrap());
    }
}

pub fn items(leased: &Leased) -> &[Item] {
    match &leased.letter {
        Letter::Work { piece } => &piece.items,
        other => panic!("{other:?}"),
    }
}

/// Forgets what was told so far.
pub async fn quiet(world: &World, services: &Services) {
    world.clock.advance(LONGEST);
    let taken = told(services).await;
    sent(services, &taken).await;
}

pub async fn queued(services: &Services, standing: Standing) -> Vec<Queued> {
    services.store.mails(standing, 100).await.unwrap()
}

async fn a_return_is_one_message_for_each_person_once_it_is_quiet(world: World) {
    let services = sending(&world).await;
    let id = received(&world).await;
    quiet(&world, &services).await;
    send_back(&world, &id, 15).await;
    world.clock.advance(QUIET - 1);
    assert!(told(&services).await.is_empty(), "the agent may go on");
    world.clock.advance(1);
    let taken = told(&services).await;
    let to: Vec<_> = taken.iter().map(|one| one.mail.account.clone().unwrap()).collect();
    let mut both = [world.anne.account_id.clone(), world.marc.account_id.clone()];
    both.sort_by_key(|id| id.to_string().to_lowercase());
    assert_eq!(to, both, "everybody of the structure, and nobody else");
    for leased in &taken {
        let due = said(&world, 15).due.map(Date::days_since_epoch);
        assert_eq!(items(leased), [Item::Asked { points: 2, due }]);
        assert_eq!(leased.mail.topic, Some(Topic::Asked));
    }
    assert!(told(&services).await.is_empty(), "each once");
    sent(&services, &taken).await;
    let kept = queued(&services, Standing::Sent).await;
    assert!(kept.iter().all(|mail| mail.letter.is_none()), "what it said is gone");
    assert_eq!(world.count("SELECT COUNT(*) FROM notice").await, 0);
}

async fn what_is_refused_tells_nobody(world: World) {
    let id = received(&world).await;
    let before = world.count("SELECT COUNT(*) FROM notice").await;
    assert_eq!(before, 1, "the deposit");
    let head = world.services.store.head(&id).await.unwrap().unwrap();
    // A return that asks nothing, and an act on a deposit that was not read.
    let nothing = (Action::AskForDocuments, Said::default());
    let refused = instruction::act(&world.services, &world.agent, &id, nothing, 1).await;
    assert!(refused.is_err());
    let stale = (Action::DeclareComplete, Said::default());
    let refused =
        instruction::act(&world.services, &world.agent, &id, stale, head.deposits + 1).await;
    assert!(refused.is_err());
    assert_eq!(world.count("SELECT COUNT(*) FROM notice").await, before);
    // Somebody wrote meanwhile: the store refuses the step, and the notice with it.
    let mut step = head.clone();
    let seen = head.journal_seq + 7;
    let what = dossier::event::EventKind::Withdrawn;
    let event = service::journal::record(&mut step, &world.anne, world.services.now(), what);
    let step = service::journal::Step { seen, head: step, event };
    assert!(!world.services.store.step(&step).await.unwrap());
    assert_eq!(world.count("SELECT COUNT(*) FROM notice").await, before);
}

async fn work_that_goes_on_is_told_within_the_hour(world: World) {
    let services = sending(&world).await;
    let id = received(&world).await;
    quiet(&world, &services).await;
    act(&world, &world.agent, &id, Action::DeclareComplete, Said::default()).await;
    let first = services.now();
    world.clock.advance(QUIET - 1);
    act(&world, &world.agent, &id, Action::OpenDialogue, Said::default()).await;
    world.clock.advance(QUIET - 1);
    assert!(told(&services).await.is_empty(), "the last act was just now");
    world.clock.advance(first.0 + LONGEST - services.now().0);
    let taken = told(&services).await;
    assert_eq!(taken.len(), 2);
    assert_eq!(items(&taken[0]), [Item::Complete, Item::Dialogue], "one message for both");
}

async fn people_choose_what_they_receive_and_when(world: World) {
    let services = sending(&world).await;
    let id = received(&world).await;
    quiet(&world, &services).await;
    let choose = async |actor: &Actor, topic, pace| {
        choosing::choose(&services, actor, &[(topic, pace)]).await.unwrap();
    };
    choose(&world.anne, Topic::Asked, Pace::Never).await;
    choose(&world.marc, Topic::Asked, Pace::Daily).await;
    send_back(&world, &id, 15).await;
    world.clock.advance(QUIET);
    assert!(told(&services).await.is_empty());
    morning::write(&services).await.unwrap();
    let to_marc = |one: &Leased| one.mail.account.as_ref() == Some(&world.marc.account_id);
    let taken = told(&services).await;
    assert!(!taken.iter().any(to_marc), "this morning is over");
    sent(&services, &taken).await;
    world.clock.advance(DAY);
    morning::write(&services).await.unwrap();
    let taken = told(&services).await;
    let digest: Vec<_> = taken
        .iter()
        .filter(|one| one.mail.account.as_ref() == Some(&world.marc.account_id))
        .collect();
    let [leased] = digest.as_slice() else { panic!("{taken:?}") };
    let Letter::Daily { pieces, territory: None } = &leased.letter else { panic!("{leased:?}") };
    assert!(matches!(pieces[0].items.as_slice(), [Item::Asked { points: 2, .. }]));
    assert_eq!(leased.mail.topic, Some(Topic::Asked));
    let to_anne = |one: &Leased| one.mail.account.as_ref() == Some(&world.anne.account_id);
    assert!(!taken.iter().any(to_anne));
    sent(&services, &taken).await;
    morning::write(&services).await.unwrap();
    assert!(told(&services).await.is_empty(), "once a day");
    // What waits is not sent to who turns it off meanwhile.
    choose(&world.marc, Topic::Progress, Pace::AtOnce).await;
    let other = world.open_of_zoe().await;
    let mut head = services.store.head(&other).await.unwrap().unwrap();
    head.state = State::Submitted;
    let bytes = br#"{"answers":{},"form":"conventionnement","revision":1}"#.to_vec();
    let filing =
        service::deposits::Filing { head, actor: world.zoe.clone(), at: services.now(), bytes };
    services.store.deposit(&filing).await.unwrap().unwrap();
    world.clock.advance(QUIET);
    telling::tell(&services, QUIET).await.unwrap();
    assert_eq!(services.store.mail_counts().await.unwrap().waiting, 1);
    choose(&world.zoe, Topic::Progress, Pace::Never).await;
    assert_eq!(services.store.mail_counts().await.unwrap().waiting, 0);
    // What is not offered changes nothing.
    choose(&world.zoe, Topic::Decision, Pace::Never).await;
    choose(&world.zoe, Topic::Morning, Pace::Never).await;
    let kept = choosing::choices(&services, &world.zoe).await.unwrap();
    assert!(kept.contains(&(Topic::Decision, Pace::AtOnce)));
    assert!(kept.contains(&(Topic::Progress, Pace::Never)));
    assert!(kept.iter().all(|(topic, _)| *topic != Topic::Morning));
}

async fn a_decision_is_told_to_everybody_whatever_they_chose(world: World) {
    let services = sending(&world).await;
    let id = received(&world).await;
    quiet(&world, &services).await;
    let all: Vec<_> = Topic::ALL.into_iter().map(|topic| (topic, Pace::Never)).collect();
    services.store.put_mail_choices(&world.anne.account_id, &all).await.unwrap();
    act(&world, &world.agent, &id, Action::DeclareComplete, Said::default()).await;
    act(&world, &world.agent, &id, Action::OpenDialogue, Said::default()).await;
    act(&world, &world.agent, &id, Action::ReferToCommission, Said::default()).await;
    let proposal = Said {
        message: "Moyens réduits.".into(),
        opinion: Some(Sense::Favourable),
        proposal: Some(Sense::Unfavourable),
        ..Said::default()
    };
    act(&world, &world.agent, &id, Action::PrepareDecision, proposal).await;
    world.clock.advance(QUIET);
    let before = told(&services).await;
    assert!(before.iter().all(|one| one.mail.account.as_ref() == Some(&world.marc.account_id)));
    assert!(!before.iter().flat_map(items).any(|item| matches!(item, Item::Decided { .. })));
    sent(&services, &before).await;
    let motive = Said {
        message: "Le projet ne répond pas aux critères du territoire.".into(),
        ..Said::default()
    };
    act(&world, &world.chief, &id, Action::Refuse, motive).await;
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    assert_eq!(taken.len(), 2);
    for leased in &taken {
        assert_eq!(items(leased), [Item::Decided { state: State::Refused, annex: None }]);
        assert_eq!(leased.mail.topic, None, "nothing turns it off");
        let json = serde_json::to_string(&leased.letter).unwrap();
        assert!(!json.contains("critères"), "the reasons are in Trame");
    }
}

async fn last_days_are_told_once_each(world: World) {
    let services = sending(&world).await;
    let id = received(&world).await;
    send_back(&world, &id, 15).await;
    quiet(&world, &services).await;
    choosing::choose(&services, &world.marc, &[(Topic::Deadlines, Pace::Never)]).await.unwrap();
    let mut left = Vec::new();
    for _ in 0..17 {
        world.clock.advance(DAY);
        for _ in 0..2 {
            morning::write(&services).await.unwrap();
        }
        for leased in told(&services).await {
            if let Letter::Work { piece } = &leased.letter {
                assert_eq!(leased.mail.account.as_ref(), Some(&world.anne.account_id));
                let [Item::Reminded { points: 2, left: days, .. }] = piece.items.as_slice() else {
                    panic!("{piece:?}")
                };
                left.push(*days);
            }
            sent(&services, &[leased]).await;
        }
    }
    assert_eq!(left, [7, 1]);
}

async fn agents_read_what_is_new_once_a_day_and_only_then(world: World) {
    let services = sending(&world).await;
    let of_agents = async || {
        morning::write(&services).await.unwrap();
        let mut territories = Vec::new();
        for leased in told(&services).await {
            if let Letter::Daily { territory: Some(territory), .. } = &leased.letter {
                territories.push((leased.mail.account.clone().unwrap(), territory.clone()));
            }
            sent(&services, &[leased]).await;
        }
        territories
    };
    assert!(of_agents().await.is_empty(), "nothing is new");
    received(&world).await;
    assert!(of_agents().await.is_empty(), "not twice a day");
    world.clock.advance(DAY);
    let told = of_agents().await;
    let mut to: Vec<_> = told.iter().map(|(id, _)| id.clone()).collect();
    to.sort();
    let mut both = vec![world.agent.account_id.clone(), world.chief.account_id.clone()];
    both.sort();
    assert_eq!(to, both, "the territory of the dossier, and not Paris");
    assert_eq!((told[0].1.fresh_count, told[0].1.late_count), (1, 0));
    assert_eq!(told[0].1.fresh[0].structure, "Les Jardins");
    assert!(of_agents().await.is_empty(), "once a day");
    // Fifteen days later it is late: said once, on a day when people work.
    let mut late = 0;
    for _ in 0..25 {
        world.clock.advance(DAY);
        for (_, territory) in of_agents().await {
            let today = services.clock.today().unwrap();
            assert!(dossier::notice::is_working_day(today), "{today}");
            assert!(territory.fresh.is_empty());
            late += territory.late.len();
        }
    }
    assert_eq!(late, 2, "each of the two agents once");
}

async fn who_follows_a_dossier_is_told_of_it(world: World) {
    let services = sending(&world).await;
    let id = received(&world).await;
    quiet(&world, &services).await;
    let to = Some(world.agent.account_id.clone());
    let wanted = [worklist::Wanted { dossier: id.clone(), seen: None }];
    worklist::assign(&world.services, &world.chief, &wanted, to.as_ref()).await.unwrap();
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    assert_eq!(taken.len(), 1);
    assert_eq!(items(&taken[0]), [Item::Entrusted]);
    sent(&services, &taken).await;
    send_back(&world, &id, 15).await;
    quiet(&world, &services).await;
    deposit(&world, &id).await;
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    let agents = taken.iter().filter(|one| one.mail.topic == Some(Topic::Followed));
    let agents: Vec<_> =
        agents.map(|one| (one.mail.account.clone(), items(one).to_vec())).collect();
    assert_eq!(
        agents,
        [(Some(world.agent.account_id.clone()), vec![Item::Received { ordinal: 2 }])]
    );
    assert_eq!(taken.len(), 3, "and the structure is acknowledged");
}

async fn demands_and_invitations_are_told(world: World) {
    let services = sending(&world).await;
    let request = Request {
        account: world.zoe.account_id.clone(),
        name: String::new(),
        email: String::new(),
        structure: JARDINS.into(),
        asked_at: services.now(),
        answered_at: None,
        is_accepted: false,
    };
    services.store.add_access_request(&request).await.unwrap();
    services.store.add_access_request(&request).await.unwrap();
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    assert_eq!(taken.len(), 2, "the members, once");
    assert!(taken.iter().all(|one| items(one) == [Item::AccessAsked]));
    sent(&services, &taken).await;
    let zoe = &world.zoe.account_id;
    teams::answer(&services, &world.anne, &JARDINS.into(), zoe, true).await.unwrap();
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].mail.account.as_ref(), Some(zoe));
    assert_eq!(items(&taken[0]), [Item::AccessAnswered { accepted: true }]);
    sent(&services, &taken).await;
    // An invitation waits for nothing, and its secret goes with it.
    let whom = Whom { name: "Léo", email: "Leo@Exemple.fr" };
    let place = || Place::Structure(JARDINS.into());
    let invited = teams::invite(&services, &world.anne, whom, Role::SiaeMember, place()).await;
    let invited = invited.ok().unwrap();
    assert_eq!(invited.mailed_to.as_deref(), Some("leo@exemple.fr"));
    let taken = told(&services).await;
    assert_eq!((taken.len(), taken[0].mail.to.as_str()), (1, "leo@exemple.fr"));
    let Letter::TeamInvitation { token, .. } = &taken[0].letter else { panic!("{taken:?}") };
    assert_eq!(*token, invited.token);
    sent(&services, &taken).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM mail WHERE letter <> ''").await, 0);
    let whom = Whom { name: "Léo", email: "leo" };
    let bad = teams::invite(&services, &world.anne, whom, Role::SiaeMember, place()).await;
    assert_eq!(bad.err(), Some(teams::TeamError::BadEmail));
}
