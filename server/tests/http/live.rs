//! Asking the systems that are played, whatever they do.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use demo::structures;
use form::Origin;
use server::stand_in::{Mode, StandIn, System};
use service::{
    Clock, Millis, Registers,
    findings::{Fault, Notice, Place, Subject, Told},
    testing::MockClock,
};
use sources::live::{Addresses, Limits, Live};

/// The stand-in over real HTTP.
pub async fn stand_in() -> (StandIn, SocketAddr) {
    let stand_in = StandIn::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = stand_in.clone().router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (stand_in, address)
}

/// Where the stand-in is.
pub fn addresses(at: SocketAddr) -> Addresses {
    Addresses {
        register: Some(format!("http://{at}/registre")),
        address: Some(format!("http://{at}/adresse")),
        emplois: Some(format!("http://{at}/emplois")),
    }
}

/// Limits that a test can wait for.
pub fn short() -> Limits {
    Limits {
        attempt: Duration::from_millis(400),
        total: Duration::from_secs(1),
        pause: Duration::from_millis(10),
        ..Limits::default()
    }
}

struct Asking {
    stand_in: StandIn,
    live: Live,
    clock: Arc<MockClock>,
    siret: String,
}

impl Asking {
    async fn new() -> Self {
        let (stand_in, at) = stand_in().await;
        let clock = Arc::new(MockClock::at(Millis(1_790_000_000_000)));
        let shared: Arc<dyn Clock> = clock.clone();
        let live = Live::new(&addresses(at), short(), None, &shared).unwrap();
        Self { stand_in, live, clock, siret: structures::valbrune().siret }
    }

    async fn register(&self, mode: Mode) -> Result<Told, Fault> {
        self.stand_in.set(System::Register, mode);
        // Nothing of the last fault is held against it.
        self.clock.advance(3_600_000);
        let subject = Subject { siret: self.siret.clone(), place: None };
        self.live.ask(Origin::CompanyRegister, &subject).await
    }
}

#[tokio::test]
async fn the_register_says_what_questions_name() {
    let asking = Asking::new().await;
    let told = asking.register(Mode::Well).await.unwrap();
    let fact = |key: &str| told.facts.get(key).map(String::as_str).unwrap_or_default();
    assert_eq!(fact("nom_raison_sociale"), "LES ATELIERS DE VALBRUNE");
    assert_eq!(fact("siege.adresse.postcode"), fact("etablissement.postcode"));
    assert!(fact("siege.adresse.street").starts_with(char::is_numeric), "{told:?}");
    assert_eq!(fact("complements.est_ess"), "oui");
    assert!(!fact("date_creation").is_empty() && !fact("siege.liste_idcc").is_empty());
    assert_eq!((told.as_of.as_str(), told.lists["dirigeants"].len()), ("2026-11-02", 1));
    assert_eq!(told.reference, format!("SIRET {}", form::Kind::Siret.display(&asking.siret)));
}

#[tokio::test]
async fn every_fault_has_its_name_and_ends_in_time() {
    let asking = Asking::new().await;
    for (mode, fault) in [
        (Mode::Failing, Fault::Broken),
        (Mode::Garbled, Fault::Garbled),
        (Mode::Huge, Fault::Garbled),
        (Mode::Busy, Fault::Busy),
        (Mode::Elsewhere, Fault::Elsewhere),
        (Mode::Slow, Fault::Slow),
    ] {
        let before = asking.stand_in.asked(System::Register);
        #[expect(clippy::disallowed_methods, reason = "real time is what is measured")]
        let start = Instant::now();
        assert_eq!(asking.register(mode).await, Err(fault), "{mode:?}");
        assert!(start.elapsed() < Duration::from_secs(2), "{mode:?}: {:?}", start.elapsed());
        let asked = asking.stand_in.asked(System::Register) - before;
        let again = matches!(mode, Mode::Failing | Mode::Slow);
        assert_eq!(asked > 1, again, "{mode:?} was asked {asked} times");
    }
    assert!(asking.register(Mode::Well).await.is_ok());
}

#[tokio::test]
async fn what_must_not_fill_a_dossier_does_not() {
    let asking = Asking::new().await;
    let closed = asking.register(Mode::Closed).await.unwrap();
    assert_eq!(closed.notice, Some(Notice::Closed { since: "2026-06-30".into() }));
    assert!(closed.facts.is_empty() && closed.lists.is_empty());
    let masked = asking.register(Mode::Masked).await.unwrap();
    assert_eq!(masked.notice, Some(Notice::Withheld));
    assert!(!format!("{masked:?}").contains("NON-DIFFUSIBLE"), "{masked:?}");
    assert!(!masked.facts.contains_key("siege.adresse.street"));
    assert!(masked.facts.contains_key("nature_juridique"), "what is public stays");
    let unknown = asking.register(Mode::Unknown).await.unwrap();
    assert_eq!((unknown.notice, unknown.facts.len()), (Some(Notice::Unknown), 0));
}

#[tokio::test]
async fn who_asks_for_rest_has_it() {
    let asking = Asking::new().await;
    assert_eq!(asking.register(Mode::Busy).await, Err(Fault::Busy));
    asking.stand_in.set(System::Register, Mode::Well);
    let before = asking.stand_in.asked(System::Register);
    let subject = Subject { siret: asking.siret.clone(), place: None };
    let again = asking.live.ask(Origin::CompanyRegister, &subject).await;
    assert_eq!(again, Err(Fault::Busy));
    assert_eq!(asking.stand_in.asked(System::Register), before, "it was left alone");
    asking.clock.advance(30_000);
    assert!(asking.live.ask(Origin::CompanyRegister, &subject).await.is_ok());
}

#[tokio::test]
async fn a_system_that_fails_again_and_again_is_left_alone() {
    let asking = Asking::new().await;
    asking.stand_in.set(System::Register, Mode::Failing);
    let subject = Subject { siret: asking.siret.clone(), place: None };
    for _ in 0..4 {
        let answer = asking.live.ask(Origin::CompanyRegister, &subject).await;
        assert_eq!(answer, Err(Fault::Broken));
    }
    let before = asking.stand_in.asked(System::Register);
    assert_eq!(asking.live.ask(Origin::CompanyRegister, &subject).await, Err(Fault::Busy));
    assert_eq!(asking.stand_in.asked(System::Register), before);
}

#[tokio::test]
async fn the_address_base_spells_the_address() {
    let asking = Asking::new().await;
    let place = |postcode: &str, insee: &str| Place {
        street: "12 RUE DES FILATURES".into(),
        postcode: postcode.into(),
        town: "NEVERS".into(),
        insee: insee.into(),
        is_head: true,
    };
    let ask = async |place| {
        let subject = Subject { siret: asking.siret.clone(), place: Some(place) };
        asking.live.ask(Origin::AddressBase, &subject).await
    };
    let told = ask(place("58000", "58194")).await.unwrap();
    assert_eq!(told.facts.get("name").unwrap(), "12 Rue Des Filatures");
    assert_eq!(told.facts.get(".insee").unwrap(), "58194");
    assert_eq!(ask(place("58000", "21231")).await, Err(Fault::Elsewhere), "another commune");
    asking.stand_in.set(System::Address, Mode::Unknown);
    assert_eq!(ask(place("58000", "58194")).await.unwrap().notice, Some(Notice::Unknown));
    // Overseas it is asked twice.
    let before = asking.stand_in.asked(System::Address);
    ask(place("97200", "97209")).await.unwrap();
    assert_eq!(asking.stand_in.asked(System::Address) - before, 2);
}

#[tokio::test]
async fn les_emplois_know_the_posts() {
    let asking = Asking::new().await;
    let place = Place { postcode: "58000".into(), ..Place::default() };
    let subject = |siret: &str| Subject { siret: siret.into(), place: Some(place.clone()) };
    let told = asking.live.ask(Origin::Emplois, &subject(&asking.siret)).await.unwrap();
    assert!(told.facts["courriel"].contains('@') && told.as_of == "2026-11-12");
    let posts = &told.lists["postes"];
    assert!(!posts.is_empty() && posts.iter().all(|post| post["rome"].len() == 5), "{posts:?}");
    let nobody = asking.live.ask(Origin::Emplois, &subject("73282932000074")).await.unwrap();
    assert_eq!(nobody.notice, Some(Notice::Unknown));
    asking.stand_in.set(System::Emplois, Mode::Elsewhere);
    let other = asking.live.ask(Origin::Emplois, &subject(&asking.siret)).await.unwrap();
    assert_eq!((other.notice, other.facts.len()), (Some(Notice::Unknown), 0));
}

#[tokio::test]
async fn nobody_listens_there() {
    let clock: Arc<dyn Clock> = Arc::new(MockClock::at(Millis(0)));
    let nowhere = Addresses { register: Some("http://127.0.0.1:1".into()), ..Addresses::default() };
    let live = Live::new(&nowhere, short(), None, &clock).unwrap();
    let subject = Subject { siret: "73282932000074".into(), place: None };
    let answer = live.ask(Origin::CompanyRegister, &subject).await;
    assert_eq!(answer, Err(Fault::Unreachable));
    assert_eq!(live.sources(), [Origin::CompanyRegister]);
    let odd = Addresses { register: Some("file:///etc".into()), ..Addresses::default() };
    assert!(Live::new(&odd, short(), None, &clock).is_err());
}
