//! Messages on their whole way: an act, the queue, SMTP over TCP, and everything that goes wrong there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "mail/listener.rs"]
mod listener;

use std::{sync::Arc, time::Duration};

use dossier::role::Role;
use mail::{Failure, Message, Security, Settings, Smtp};
use server::mailing::Mailing;
use service::{
    Membership, Services, Structure,
    accounts::{self, NewAccount},
    mail::{Outgoing, Standing, sending},
    teams::Request,
    testing::{MockClock, SequentialIds},
};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::listener::{Listener, Mood};

const SITE: &str = "https://trame.exemple.fr";
const OURS: &str = "01J00000000000000000000001";

struct World {
    services: Services,
    clock: Arc<MockClock>,
    listener: Listener,
    folder: TempDir,
}

fn settings(listener: &Listener) -> Settings {
    Settings {
        host: listener.address.ip().to_string(),
        port: listener.address.port(),
        security: Security::Plain,
        login: None,
        from: "Trame <ne-pas-repondre@exemple.fr>".parse().unwrap(),
        reply_to: Some("aide@exemple.fr".parse().unwrap()),
    }
}

impl World {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(MockClock::at(service::Millis(1_790_000_000_000)));
        let services = services(&folder, &clock).await;
        let listener = Listener::start().await;
        let world = Self { services, clock, listener, folder };
        let structure = Structure {
            id: OURS.into(),
            asp_id: String::new(),
            siret: "73282932000074".into(),
            // A name that would break out of a header and out of HTML.
            name: "Les <b>Ateliers</b>\r\nBcc: tous@exemple.fr".into(),
            kinds: vec!["ACI".into()],
            department: "58".into(),
            region: "27".into(),
            commune: "Nevers".into(),
        };
        accounts::add_structure(&world.services, &structure).await.unwrap();
        let ines = world.person("ines").await;
        let membership = Membership { account: ines, structure: OURS.into(), is_admin: true };
        accounts::add_membership(&world.services, &membership).await.unwrap();
        world
    }

    async fn person(&self, name: &str) -> service::AccountId {
        let new = NewAccount {
            id: self.services.ulid().into(),
            email: format!("{name}@exemple.fr"),
            name: name.into(),
            title: String::new(),
            role: Role::SiaeAdmin,
            is_persona: false,
            password: None,
            departments: vec![],
        };
        accounts::add_account(&self.services, new).await.unwrap()
    }

    /// Somebody asks to be let in: one message to Inès.
    async fn cause(&self, who: &str) {
        let request = Request {
            account: self.person(who).await,
            name: String::new(),
            email: String::new(),
            structure: OURS.into(),
            asked_at: self.services.now(),
            answered_at: None,
            is_accepted: false,
        };
        self.services.store.add_access_request(&request).await.unwrap();
        service::mail::telling::tell(&self.services, 0).await.unwrap();
    }

    fn mailing(&self) -> Mailing {
        let real = self.services.real().unwrap();
        Mailing {
            services: self.services.clone(),
            smtp: Some(Arc::new(Smtp::new(real, settings(&self.listener)).unwrap())),
            site: SITE.to_owned(),
            quiet: 0,
        }
    }

    async fn standing(&self, standing: Standing) -> usize {
        self.services.store.mails(standing, 100).await.unwrap().len()
    }

    /// The server stops, however it does, and another opens the same file.
    async fn restart(&mut self) {
        self.services.store.close().await;
        self.services = services(&self.folder, &self.clock).await;
    }
}

async fn services(folder: &TempDir, clock: &Arc<MockClock>) -> Services {
    let url = format!("sqlite:{}", folder.path().join("trame.db").display());
    let files = store::files::open(&folder.path().join("pieces")).unwrap();
    Services {
        clock: clock.clone(),
        ids: Arc::new(SequentialIds::default()),
        mail: Outgoing::Sent,
        ..Services::new(store::open(&url).await.unwrap(), files)
    }
}

#[tokio::test]
async fn a_message_arrives_whole() {
    let world = World::new().await;
    world.cause("leo").await;
    assert_eq!(world.mailing().send().await.unwrap(), 1);
    let [taken] = world.listener.taken().try_into().unwrap();
    assert_eq!((taken.from.as_str(), taken.to.len()), ("ne-pas-repondre@exemple.fr", 1));
    assert_eq!(taken.to[0], "ines@exemple.fr");
    for (name, value) in [
        ("From", "Trame <ne-pas-repondre@exemple.fr>"),
        ("To", "ines@exemple.fr"),
        ("Reply-To", "aide@exemple.fr"),
        ("Auto-Submitted", "auto-generated"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ] {
        assert_eq!(taken.header(name).as_deref(), Some(value), "{name}");
    }
    let off = taken.header("List-Unsubscribe").unwrap();
    assert!(off.starts_with(&format!("<{SITE}/desabonnement/")) && off.ends_with('>'), "{off}");
    assert!(taken.header("Message-ID").unwrap().ends_with("@exemple.fr>"));
    assert!(taken.header("Date").unwrap().starts_with("Mon, 21 Sep 2026"));
    // The name of the structure stays a name.
    assert_eq!(taken.header("Bcc"), None);
    let (plain, html) = taken.data.split_once("text/html").unwrap();
    assert!(plain.contains("structure Les <b>Ateliers</b> Bcc:"), "{plain}");
    assert!(!html.contains("<b>Ateliers"), "{html}");
    assert!(!taken.data.to_lowercase().contains("<img") && !taken.data.contains("<script"));
    assert_eq!(world.standing(Standing::Sent).await, 1);
}

#[tokio::test]
async fn a_refusal_for_now_is_tried_again_and_one_for_ever_is_not() {
    let world = World::new().await;
    let mailing = world.mailing();
    world.cause("leo").await;
    world.listener.will(&[Mood::Refuses("450 4.2.1 busy"), Mood::Refuses("550 5.1.1 nobody")]);
    mailing.send().await.unwrap();
    assert_eq!(world.standing(Standing::Waiting).await, 1);
    assert_eq!(mailing.send().await.unwrap(), 0, "not at once");
    world.clock.advance(80_000);
    mailing.send().await.unwrap();
    let failed = world.services.store.mails(Standing::Failed, 1).await.unwrap();
    assert!(failed[0].error.contains("nobody"), "{failed:?}");
    assert_eq!(failed[0].tries, 2);
    world.clock.advance(24 * 60 * 60_000);
    assert_eq!(mailing.send().await.unwrap(), 0);
    assert!(world.listener.taken().is_empty());
    // Mended by hand.
    world.services.store.retry_mail(&failed[0].id, world.services.now()).await.unwrap();
    mailing.send().await.unwrap();
    assert_eq!(world.listener.taken().len(), 1);
}

#[tokio::test]
async fn a_wrong_password_loses_no_message() {
    let world = World::new().await;
    world.cause("leo").await;
    world.listener.will(&[Mood::WantsLogin]);
    world.mailing().send().await.unwrap();
    assert_eq!(world.standing(Standing::Waiting).await, 1, "it waits until it is mended");
}

#[tokio::test]
async fn who_hangs_up_or_is_gone_is_asked_again() {
    let world = World::new().await;
    let mailing = world.mailing();
    world.cause("leo").await;
    world.listener.will(&[Mood::HangsUp]);
    mailing.send().await.unwrap();
    assert_eq!(world.standing(Standing::Waiting).await, 1);
    // Nobody listens at all.
    let gone = Settings { port: 1, ..settings(&world.listener) };
    let real = world.services.real().unwrap();
    let smtp = Some(Arc::new(Smtp::new(real, gone).unwrap()));
    world.clock.advance(80_000);
    Mailing { smtp, ..world.mailing() }.send().await.unwrap();
    assert_eq!(world.standing(Standing::Waiting).await, 1);
    world.clock.advance(160_000);
    mailing.send().await.unwrap();
    assert_eq!(world.listener.taken().len(), 1, "once in the end");
}

#[tokio::test]
async fn the_one_unavoidable_double_has_the_same_id() {
    let world = World::new().await;
    let mailing = world.mailing();
    world.cause("leo").await;
    // It took the message, and we do not know.
    world.listener.will(&[Mood::TakesAndHangsUp]);
    mailing.send().await.unwrap();
    world.clock.advance(80_000);
    mailing.send().await.unwrap();
    let taken = world.listener.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].header("Message-ID"), taken[1].header("Message-ID"));
}

#[tokio::test]
async fn a_server_that_stops_in_the_middle_loses_nothing() {
    let mut world = World::new().await;
    world.cause("leo").await;
    // Taken, and then the machine goes away before anything is said to anybody.
    assert_eq!(sending::take(&world.services, 10).await.unwrap().len(), 1);
    world.restart().await;
    assert_eq!(world.mailing().send().await.unwrap(), 0, "the lease is not over");
    world.clock.advance(sending::LEASE);
    assert_eq!(world.mailing().send().await.unwrap(), 1);
    assert_eq!(world.listener.taken().len(), 1);
    world.restart().await;
    world.clock.advance(24 * 60 * 60_000);
    assert_eq!(world.mailing().send().await.unwrap(), 0, "what was sent stays sent");
}

#[tokio::test]
async fn a_stop_waits_for_the_message_in_flight() {
    let world = World::new().await;
    world.cause("leo").await;
    world.listener.will(&[Mood::Slow(Duration::from_millis(400))]);
    let (stop, stopped) = watch::channel(false);
    let mailing = tokio::spawn(world.mailing().run(stopped));
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert!(world.listener.taken().is_empty(), "it is on its way");
    stop.send_replace(true);
    mailing.await.unwrap();
    assert_eq!(world.listener.taken().len(), 1);
    assert_eq!(world.standing(Standing::Sent).await, 1, "and noted");
}

#[tokio::test]
async fn two_servers_send_each_message_once() {
    let world = World::new().await;
    for n in 0..12 {
        world.cause(&format!("personne{n}")).await;
        world.clock.advance(1);
    }
    let (one, two) = (world.mailing(), world.mailing());
    let all = async |mailing: Mailing| while mailing.send().await.unwrap() > 0 {};
    tokio::join!(all(one), all(two));
    let mut ids: Vec<_> =
        world.listener.taken().iter().map(|taken| taken.header("Message-ID").unwrap()).collect();
    assert_eq!(ids.len(), 12);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 12);
}

#[tokio::test]
async fn a_dot_on_its_line_ends_no_message() {
    let world = World::new().await;
    let smtp = Smtp::new(world.services.real().unwrap(), settings(&world.listener)).unwrap();
    let message = Message {
        id: "A1",
        to: "ines@exemple.fr",
        subject: "Essai",
        text: "avant\n.\naprès\n",
        html: "<p>a</p>",
        unsubscribe: None,
        at: 0,
    };
    smtp.send(&message).await.unwrap();
    assert!(world.listener.taken()[0].data.contains("apr=C3=A8s"));
    let nobody = smtp.send(&Message { to: "x\r\nRCPT TO:<y@z.fr>", ..message }).await;
    assert!(matches!(nobody, Err(Failure::Never(_))));
    assert_eq!(world.listener.taken().len(), 1);
}

#[tokio::test]
async fn nothing_plain_is_said_where_tls_is_wanted() {
    let world = World::new().await;
    world.cause("leo").await;
    let wary = Settings {
        security: Security::StartTls,
        host: "localhost".into(),
        ..settings(&world.listener)
    };
    let smtp = Smtp::new(world.services.real().unwrap(), wary).unwrap();
    Mailing { smtp: Some(Arc::new(smtp)), ..world.mailing() }.send().await.unwrap();
    assert!(world.listener.taken().is_empty());
    assert_eq!(world.standing(Standing::Waiting).await, 1);
}
