//! The queue of messages: it loses and doubles nothing, and a demonstration sends nothing.

use dossier::notice::{Pace, QUIET, Topic};
use futures::future::join_all;
use service::{
    Services,
    mail::{
        Outgoing, Standing, choosing,
        sending::{self, LEASE, Outcome, PATIENCE},
        telling,
    },
};

use crate::{
    mails::{DAY, queued, quiet, received, send_back, sending as mailing, sent, told},
    world::World,
};

on_both!(
    two_servers_tell_once_and_send_once,
    a_message_of_a_server_that_died_is_sent_by_another,
    what_fails_is_tried_again_then_given_up_then_tried_by_hand,
    a_ticket_turns_off_one_topic_of_one_person,
    a_demonstration_shows_and_sends_nothing,
    what_ended_is_forgotten_in_the_end,
);

async fn two_servers_tell_once_and_send_once(world: World) {
    let one = mailing(&world).await;
    let two = Services { mail: Outgoing::Sent, demo: false, ..world.second_server().await };
    let mut dossiers = vec![received(&world).await];
    dossiers.push(world.open_of_zoe().await);
    quiet(&world, &one).await;
    send_back(&world, &dossiers[0], 15).await;
    world.clock.advance(QUIET);
    let tell = |services: Services| async move { telling::tell(&services, QUIET).await };
    let servers = (0..6).map(|n| tell(if n % 2 == 0 { one.clone() } else { two.clone() }));
    // On SQLite, who comes too late may be told to come again: nothing is written then.
    let made: usize = join_all(servers).await.into_iter().filter_map(Result::ok).sum();
    assert_eq!(made, 2, "two people, whoever tells them");
    assert_eq!(world.count("SELECT COUNT(*) FROM mail WHERE standing = 'waiting'").await, 2);
    let take = |services: Services| async move { sending::take(&services, 1).await.unwrap() };
    let servers = (0..6).map(|n| take(if n % 2 == 0 { one.clone() } else { two.clone() }));
    let mut taken: Vec<String> =
        join_all(servers).await.into_iter().flatten().map(|leased| leased.mail.id).collect();
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 2, "each message to one server");
}

async fn a_message_of_a_server_that_died_is_sent_by_another(world: World) {
    let services = mailing(&world).await;
    received(&world).await;
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    assert_eq!(taken.len(), 2, "a deposit is acknowledged to who made it, too");
    world.clock.advance(LEASE - 1);
    assert!(told(&services).await.is_empty(), "the first one may still be sending");
    world.clock.advance(1);
    let again = told(&services).await;
    assert_eq!(again.len(), 2);
    assert_eq!(again[0].mail.id, taken[0].mail.id, "under the same id");
    assert_eq!(again[0].mail.tries, 2);
    let late = sending::settle(&services, &taken[0], Outcome::Refused("late".into())).await;
    assert!(!late.unwrap(), "who came back from the dead changes nothing");
    sent(&services, &again).await;
    assert_eq!(queued(&services, Standing::Sent).await.len(), 2);
}

async fn what_fails_is_tried_again_then_given_up_then_tried_by_hand(world: World) {
    let services = mailing(&world).await;
    received(&world).await;
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    let refused = Outcome::Refused("550 no such person".into());
    sending::settle(&services, &taken[0], refused).await.unwrap();
    let counts = services.store.mail_counts().await.unwrap();
    assert_eq!((counts.waiting, counts.failed), (1, 1));
    let busy = || Outcome::Again("450 busy".into());
    sending::settle(&services, &taken[1], busy()).await.unwrap();
    world.clock.advance(44_000);
    assert!(told(&services).await.is_empty(), "not at once");
    world.clock.advance(31_000);
    let again = told(&services).await;
    assert_eq!(again.len(), 1, "within a minute and a quarter");
    sending::settle(&services, &again[0], busy()).await.unwrap();
    assert_eq!(services.store.mail_counts().await.unwrap().again, 1);
    world.clock.advance(PATIENCE);
    let last = told(&services).await;
    sending::settle(&services, &last[0], busy()).await.unwrap();
    let failed = queued(&services, Standing::Failed).await;
    assert_eq!(failed.len(), 2, "after three days it is given up");
    assert!(failed.iter().all(|mail| !mail.error.is_empty() && mail.letter.is_some()));
    for mail in &failed {
        assert!(services.store.retry_mail(&mail.id, services.now()).await.unwrap());
        assert!(!services.store.retry_mail(&mail.id, services.now()).await.unwrap());
    }
    let by_hand = told(&services).await;
    assert_eq!(by_hand.len(), 2);
    sending::settle(&services, &by_hand[0], busy()).await.unwrap();
    let waits = services.store.mail(&by_hand[0].mail.id).await.unwrap().unwrap();
    assert_eq!(waits.standing, Standing::Waiting, "it is tried from the beginning");
}

async fn a_ticket_turns_off_one_topic_of_one_person(world: World) {
    let services = mailing(&world).await;
    let anne = &world.anne.account_id;
    let ticket = choosing::ticket(&services, anne, Topic::Asked).await.unwrap().unwrap();
    let second = world.second_server().await;
    assert!(choosing::holder(&second, &ticket).await.unwrap().is_some(), "one key for all servers");
    assert_eq!(choosing::ticket(&services, anne, Topic::Decision).await.unwrap(), None);
    let other = ticket.replace("demandes", "equipe");
    let of_marc = ticket.replace(anne.as_str(), world.marc.account_id.as_str());
    let last = if ticket.ends_with('0') { "1" } else { "0" };
    let altered = format!("{}{last}", &ticket[..ticket.len() - 1]);
    let short = &ticket[..ticket.len() - 2];
    for wrong in [&other, &of_marc, &altered, short, "", ".", "..", "a.demandes.zz", "é.demandes.é"]
    {
        assert!(!choosing::turn(&services, wrong, true).await.unwrap(), "{wrong}");
    }
    assert!(choosing::turn(&services, &ticket, true).await.unwrap());
    let kept = choosing::choices(&services, &world.anne).await.unwrap();
    let off: Vec<_> = kept.iter().filter(|(_, pace)| *pace == Pace::Never).collect();
    assert_eq!(off, [&(Topic::Asked, Pace::Never)]);
    assert!(choosing::turn(&services, &ticket, false).await.unwrap());
    let kept = choosing::choices(&services, &world.anne).await.unwrap();
    assert!(kept.contains(&(Topic::Asked, Pace::AtOnce)));
}

async fn a_demonstration_shows_and_sends_nothing(world: World) {
    let services = Services { mail: Outgoing::Shown, ..world.services.clone() };
    assert!(services.real().is_none(), "no sender can be made");
    let lab =
        dossier::form::revisions::FormKey { form: "x".into(), revision: 1, overlay: String::new() };
    let space = Services { demo: false, variant: Some(lab), ..services.clone() };
    assert!(space.real().is_none());
    assert!(Services { demo: false, ..services.clone() }.real().is_some());
    let id = received(&world).await;
    send_back(&world, &id, 15).await;
    world.clock.advance(QUIET);
    assert!(told(&services).await.is_empty());
    // Even if the same data are served for real one day.
    let later = Services { mail: Outgoing::Sent, demo: false, ..services.clone() };
    assert!(told(&later).await.is_empty());
    let shown = choosing::shown(&services, &world.anne).await.unwrap().unwrap();
    assert_eq!(shown.len(), 1);
    assert!(choosing::shown(&services, &world.zoe).await.unwrap().unwrap().is_empty());
    assert_eq!(choosing::shown(&later, &world.anne).await.unwrap(), None);
}

async fn what_ended_is_forgotten_in_the_end(world: World) {
    let services = mailing(&world).await;
    received(&world).await;
    world.clock.advance(QUIET);
    let taken = told(&services).await;
    sent(&services, &taken).await;
    world.clock.advance(80 * DAY);
    assert_eq!(sending::sweep(&services).await.unwrap(), 0);
    world.clock.advance(11 * DAY);
    assert_eq!(sending::sweep(&services).await.unwrap(), 2);
}
