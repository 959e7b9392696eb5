//! Sessions of the open lab: who comes in, what they say, what outlives a reset and the end.

use dossier::{
    id::LabId,
    lab::{RemarkKind, Seat, Standing},
    role::{Role, Scope},
};
use form::{At, Date};
use service::{
    AccountId, Actor, StoreError,
    accounts::{NewAccount, add_account},
    labs::{
        Lab, LabError, Lacks, Participant, Pin, joining,
        joining::Wish,
        leading::{self, Gesture, NewLab},
        remarks::{self, NewRemark, NewSurvey},
        synthesis,
    },
};

use crate::world::World;

on_both!(
    a_session_goes_from_preparing_to_synthesis,
    nobody_else_leads_or_reads,
    a_place_is_one_persons,
    what_was_said_never_changes,
    votes_are_for_others_and_only_when_open,
    a_session_closes_by_itself,
);

async fn facilitator(world: &World) -> Actor {
    let id = AccountId::from(world.services.ulid());
    let new = NewAccount {
        id: id.clone(),
        email: "samir@exemple.fr".to_owned(),
        name: "Samir".to_owned(),
        title: String::new(),
        role: Role::Facilitator,
        is_persona: false,
        password: None,
        departments: Vec::new(),
    };
    add_account(&world.services, new).await.unwrap();
    Actor {
        account_id: id,
        name: "Samir".to_owned(),
        title: String::new(),
        role: Role::Facilitator,
        scope: Scope::Departments(Vec::new()),
        admin_of: Vec::new(),
    }
}

fn wanted(world: &World) -> NewLab {
    NewLab {
        title: "  Moyens,   version courte ".to_owned(),
        place: "Nevers".to_owned(),
        day: Date::new(2026, 11, 26),
        form: service::forms::national(&world.services, "conventionnement")
            .map(|form| dossier::form::revisions::FormKey::of(form.revision).to_string())
            .unwrap(),
        seats: vec![Seat::Agent, Seat::Structure],
        tasks: "Confirmer\n\n Corriger \n".to_owned(),
    }
}

async fn opened(world: &World) -> (Actor, Lab) {
    let samir = facilitator(world).await;
    let id = leading::prepare(&world.services, &samir, &wanted(world)).await.unwrap();
    let lab = leading::act(&world.services, &samir, &id, Gesture::Open).await.unwrap();
    (samir, lab)
}

fn wish(name: &str, seat: Seat) -> Wish {
    Wish { name: name.to_owned(), seat: Some(seat), consents: true }
}

async fn came(world: &World, lab: &Lab, name: &str, seat: Seat) -> Participant {
    joining::join(&world.services, lab, &wish(name, seat)).await.unwrap().participant
}

fn pin(field: &str) -> Pin {
    Pin {
        page: "budget".to_owned(),
        at: At::once(field),
        said: String::new(),
        called: field.to_owned(),
    }
}

async fn say(world: &World, lab: &Lab, by: &Participant, field: &str, text: &str) -> NewRemark {
    let id = world.services.ulid();
    let new = NewRemark { id, kind: RemarkKind::Unclear, text: text.to_owned() };
    remarks::pin(&world.services, lab, by, pin(field), &new).await.unwrap();
    new
}

async fn again(world: &World, id: &LabId) -> Lab {
    world.services.store.lab(id).await.unwrap().unwrap()
}

async fn a_session_goes_from_preparing_to_synthesis(world: World) {
    let services = &world.services;
    let (samir, lab) = opened(&world).await;
    assert_eq!((lab.title.as_str(), lab.tasks.len()), ("Moyens, version courte", 2));
    assert_eq!(lab.seats, Seat::ALL, "in the order of the house");
    let kept = again(&world, &lab.id).await;
    assert_eq!(kept, lab, "read back whole");
    let typed = format!("{}-{}", &lab.code[..3].to_lowercase(), &lab.code[3..]);
    assert_eq!(joining::door(services, &typed).await.unwrap().id, lab.id);

    let heron = came(&world, &lab, "Héron", Seat::Structure).await;
    let milan = came(&world, &lab, "Milan", Seat::Agent).await;
    say(&world, &lab, &heron, "budget.fdi_request", "Le FDI ?\r\nPour qui ?").await;
    say(&world, &lab, &milan, "budget.fdi_request", "Pareil").await;
    say(&world, &lab, &heron, "budget", "Trop long").await;
    remarks::done(services, &lab, &heron, 1, true).await.unwrap();
    remarks::done(services, &lab, &heron, 1, true).await.unwrap();
    remarks::done(services, &lab, &milan, 0, true).await.unwrap();
    remarks::done(services, &lab, &milan, 0, false).await.unwrap();
    assert_eq!(remarks::done(services, &lab, &milan, 2, true).await, Err(LabError::NotFound));
    let mut survey = NewSurvey {
        sus: [3; 10],
        would_use: Some(false),
        saves_time: Some(true),
        minutes: "1 20".to_owned(),
        words: String::new(),
    };
    remarks::answer(services, &lab, &heron, &survey).await.unwrap();
    survey.would_use = Some(true);
    survey.sus = [5, 1, 5, 1, 5, 1, 5, 1, 5, 1];
    remarks::answer(services, &lab, &heron, &survey).await.unwrap();
    survey.sus[4] = 0;
    let lacks = Err(LabError::Incomplete(Lacks::Answers));
    assert_eq!(remarks::answer(services, &lab, &milan, &survey).await, lacks);

    let place = "budget.fdi_request";
    let refused = (Standing::Refused, "", None);
    let lacks = Err(LabError::Incomplete(Lacks::Reason));
    assert_eq!(leading::decide(services, &samir, &lab.id, place, refused).await, lacks);
    let done = (Standing::Done, "Mot changé", Some(3));
    leading::decide(services, &samir, &lab.id, place, (Standing::Kept, "", None)).await.unwrap();
    leading::decide(services, &samir, &lab.id, place, done).await.unwrap();
    let nowhere = leading::decide(services, &samir, &lab.id, "moyens", done).await;
    assert_eq!(nowhere, Err(LabError::BadRequest), "nothing was said there");

    let lab = leading::act(services, &samir, &lab.id, Gesture::Reset).await.unwrap();
    assert_eq!(lab.round, 2);
    leading::act(services, &samir, &lab.id, Gesture::Close).await.unwrap();
    let found = synthesis::of(services, &world.dgefp, &lab.id).await.unwrap();
    let places: Vec<_> = found.questions.iter().map(|one| one.place.as_str()).collect();
    assert_eq!(places, ["budget", "budget.fdi_request"], "in the order of the form");
    let fdi = &found.questions[1];
    assert_eq!(fdi.kinds.get(&RemarkKind::Unclear), Some(&2));
    assert!(fdi.remarks.iter().any(|remark| remark.text == "Le FDI ?\nPour qui ?"));
    let advice = fdi.advice.as_ref().unwrap();
    assert_eq!((advice.standing, advice.revision), (Standing::Done, Some(3)));
    assert_eq!((found.seats, found.sus), ((1, 1), (Some(1_000), 1)));
    assert_eq!((found.would_use, found.saves_time, found.minutes), (1, 1, (Some(120), 1)));
    assert_eq!(found.done.iter().map(|(_, by)| *by).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(fdi.real, None, "real use is not said of fewer than five dossiers");
}

async fn nobody_else_leads_or_reads(world: World) {
    let services = &world.services;
    let (_, lab) = opened(&world).await;
    for actor in [&world.anne, &world.marc, &world.agent, &world.far_agent] {
        assert_eq!(leading::list(services, actor).await, Err(LabError::NotFound));
        assert!(synthesis::of(services, actor, &lab.id).await.is_err());
    }
    for actor in [&world.anne, &world.agent, &world.dgefp] {
        let made = leading::prepare(services, actor, &wanted(&world)).await;
        assert_eq!(made, Err(LabError::NotFound));
        let closed = leading::act(services, actor, &lab.id, Gesture::Close).await;
        assert_eq!(closed, Err(LabError::NotFound));
    }
    assert!(again(&world, &lab.id).await.is_open(services.now()));
}

async fn a_place_is_one_persons(world: World) {
    let services = &world.services;
    let (_, lab) = opened(&world).await;
    let seated = joining::join(services, &lab, &wish("Héron", Seat::Structure)).await.unwrap();
    let lacks = async |wish: Wish| match joining::join(services, &lab, &wish).await {
        Err(LabError::Incomplete(lacks)) => Some(lacks),
        _ => None,
    };
    assert_eq!(lacks(wish(" HÉRON ", Seat::Agent)).await, Some(Lacks::NameTaken));
    assert_eq!(lacks(wish("", Seat::Agent)).await, Some(Lacks::Name));
    assert_eq!(lacks(Wish { seat: None, ..wish("Milan", Seat::Agent) }).await, Some(Lacks::Seat));
    let silent = Wish { consents: false, ..wish("Milan", Seat::Agent) };
    assert_eq!(lacks(silent).await, Some(Lacks::Consent));

    let (known, who) = joining::behind(services, &seated.token).await.unwrap().unwrap();
    assert_eq!((known.id, &who), (lab.id.clone(), &seated.participant));
    joining::seen(services, &who.id, "budget").await.unwrap();
    joining::seat_again(services, &Lab { round: 7, ..lab.clone() }, &who).await.unwrap();
    let (_, who) = joining::behind(services, &seated.token).await.unwrap().unwrap();
    assert_eq!((who.page.as_str(), who.round), ("budget", 7));
    joining::leave(services, &who.id).await.unwrap();
    assert!(joining::behind(services, &seated.token).await.unwrap().is_none());
    assert!(joining::behind(services, "").await.unwrap().is_none());
}

async fn what_was_said_never_changes(world: World) {
    let services = &world.services;
    let (_, lab) = opened(&world).await;
    let heron = came(&world, &lab, "Héron", Seat::Structure).await;
    let milan = came(&world, &lab, "Milan", Seat::Agent).await;
    let said = say(&world, &lab, &heron, "budget", "Une fois").await;
    let other = NewRemark { text: "Autre chose".to_owned(), ..said };
    remarks::pin(services, &lab, &milan, pin("budget"), &other).await.unwrap();
    let all = services.store.remarks_of(&lab.id).await.unwrap();
    assert_eq!(all.len(), 1, "sent twice, kept once");
    assert_eq!((all[0].text.as_str(), &all[0].by), ("Une fois", &heron.id));
    let silent = NewRemark { id: services.ulid(), kind: RemarkKind::Missing, text: " ".to_owned() };
    let refused = remarks::pin(services, &lab, &heron, pin("budget"), &silent).await;
    assert_eq!(refused, Err(LabError::Incomplete(Lacks::Words)));
    let liked = NewRemark { kind: RemarkKind::Like, ..silent };
    remarks::pin(services, &lab, &heron, pin("budget"), &liked).await.unwrap();
}

async fn votes_are_for_others_and_only_when_open(world: World) {
    let services = &world.services;
    let (samir, lab) = opened(&world).await;
    let heron = came(&world, &lab, "Héron", Seat::Structure).await;
    let milan = came(&world, &lab, "Milan", Seat::Agent).await;
    let id = say(&world, &lab, &heron, "budget", "Trop long").await.id.as_str().into();
    assert_eq!(remarks::vote(services, &lab, &milan, &id, true).await, Err(LabError::NotOpen));
    assert_eq!(remarks::read(services, &lab, &milan).await.unwrap(), [], "nobody reads others yet");
    let lab = leading::act(services, &samir, &lab.id, Gesture::Votes(true)).await.unwrap();
    assert_eq!(remarks::vote(services, &lab, &heron, &id, true).await, Err(LabError::NotFound));
    for _ in 0..2 {
        remarks::vote(services, &lab, &milan, &id, true).await.unwrap();
    }
    let read = remarks::read(services, &lab, &milan).await.unwrap();
    assert_eq!(read[0].votes, std::slice::from_ref(&milan.id));
    remarks::vote(services, &lab, &milan, &id, false).await.unwrap();
    assert_eq!(remarks::read(services, &lab, &milan).await.unwrap()[0].votes, []);
}

async fn a_session_closes_by_itself(world: World) {
    let services = &world.services;
    let (_, lab) = opened(&world).await;
    let heron = came(&world, &lab, "Héron", Seat::Structure).await;
    world.clock.advance(service::labs::LASTS);
    assert!(!lab.is_open(services.now()));
    let late = joining::join(services, &lab, &wish("Milan", Seat::Agent)).await;
    assert!(matches!(late, Err(LabError::NotOpen)));
    let new = NewRemark { id: services.ulid(), kind: RemarkKind::Like, text: String::new() };
    let said = remarks::pin(services, &lab, &heron, pin("budget"), &new).await;
    assert_eq!(said, Err(LabError::NotOpen));
    assert!(lab.hears(services.now()), "the questionnaire may still be answered");
    assert_eq!(services.store.add_lab(&lab).await, Err(StoreError::Conflict));
}
