//! How deposits are read: signals set aside, lenses that agents compose.

use dossier::event::EventKind;
use futures::future::join_all;
use service::{
    Actor, DossierId, LensId, compared,
    instruction::{self, SignalError, Standing, Weighed},
    journal,
    lenses::{self, LensError, Typed},
};

use crate::{deposit_saying, world::World};

on_both!(
    a_signal_is_aside_for_its_figures_and_what_was_said_of_it_stays,
    agents_who_set_it_aside_at_once_do_it_once,
    a_lens_is_its_authors_and_their_services,
    what_can_stand_side_by_side_is_of_the_dossier_and_of_the_year_before,
);

const CODE: &str = "posts_not_worked";

fn said(worked: &str) -> String {
    format!(
        r#"{{"demande.request_kind":"annual","demande.siae_kind":"ACI","moyens.etp_current":"12","moyens.etp_realized_prev":"{worked}","moyens.etp_requested":"14.20"}}"#
    )
}

async fn signals(world: &World, actor: &Actor, id: &DossierId) -> Vec<Weighed> {
    let reading = instruction::open(&world.services, actor, id).await.unwrap();
    let past = instruction::years_before(&world.services, &reading).await.unwrap();
    instruction::signals(&world.services, actor, &reading, &past).await.unwrap()
}

async fn a_signal_is_aside_for_its_figures_and_what_was_said_of_it_stays(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let id = world.open().await;
    deposit_saying(&world, &id, &said("9.92")).await;
    let print = signals(&world, agent, &id).await.remove(0).signal.print();
    let what = (CODE, print.as_str());
    let refused = instruction::set_aside(services, agent, &id, what, " \n").await;
    assert_eq!(refused, Err(SignalError::BadReason));
    let other = instruction::set_aside(services, agent, &id, (CODE, "1"), "x").await;
    assert_eq!(other, Err(SignalError::Changed));
    let other = instruction::set_aside(services, agent, &id, ("nothing", "1"), "x").await;
    assert_eq!(other, Err(SignalError::Changed));
    for (actor, error) in [
        (&world.anne, SignalError::NotForRole),
        (&world.dgefp, SignalError::NotForRole),
        (&world.far_agent, SignalError::NotFound),
    ] {
        let refused = instruction::set_aside(services, actor, &id, what, "x").await;
        assert_eq!(refused, Err(error), "{:?}", actor.role);
    }
    instruction::set_aside(services, agent, &id, what, " Un chantier\r\nfermé. ").await.unwrap();
    let standing = |mut all: Vec<Weighed>| all.remove(0).standing;
    let Standing::Aside(choice) = standing(signals(&world, &world.chief, &id).await) else {
        panic!("it is aside")
    };
    assert_eq!((choice.reason.as_str(), choice.by_name.as_str()), ("Un chantier\nfermé.", "Inès"));
    let Standing::Aside(choice) = standing(signals(&world, &world.dgefp, &id).await) else {
        panic!("it is aside for everybody")
    };
    assert_eq!((choice.reason, choice.by_name), (String::new(), String::new()));

    deposit_saying(&world, &id, &said("9.90")).await;
    assert!(matches!(standing(signals(&world, agent, &id).await), Standing::Fallen(_)));
    deposit_saying(&world, &id, &said("9.92")).await;
    assert!(matches!(standing(signals(&world, agent, &id).await), Standing::Aside(_)));
    instruction::take_up(services, &world.chief, &id, CODE).await.unwrap();
    instruction::take_up(services, &world.chief, &id, CODE).await.unwrap();
    assert_eq!(standing(signals(&world, agent, &id).await), Standing::Open);
    let events = journal::read(services, agent, &id).await.unwrap();
    assert!(journal::is_whole(&events));
    let gestures = events.iter().filter_map(|event| match &event.what {
        EventKind::SignalSetAside { signal, aside } => Some((signal.as_str(), *aside)),
        _ => None,
    });
    assert_eq!(gestures.collect::<Vec<_>>(), [(CODE, true), (CODE, false)]);
    assert!(!serde_json::to_string(&events).unwrap().contains("chantier"));
    for sql in ["UPDATE signal_choice SET reason = ''", "DELETE FROM signal_choice"] {
        assert!(world.execute(sql).await.is_err(), "{sql}");
    }
}

async fn agents_who_set_it_aside_at_once_do_it_once(world: World) {
    let id = world.open().await;
    deposit_saying(&world, &id, &said("9.92")).await;
    let print = signals(&world, &world.agent, &id).await.remove(0).signal.print();
    let actors = [&world.agent, &world.chief, &world.agent, &world.chief];
    let all = actors.map(|actor| {
        instruction::set_aside(&world.services, actor, &id, (CODE, print.as_str()), "Oui.")
    });
    assert!(join_all(all).await.iter().all(Result::is_ok));
    assert_eq!(world.services.store.signal_choices(&id).await.unwrap().len(), 1);
}

fn typed(question: &str, chosen: &[&str], department: &str) -> Typed {
    Typed {
        question: question.to_owned(),
        chosen: chosen.iter().map(|id| (*id).to_owned()).collect(),
        department: department.to_owned(),
    }
}

async fn a_lens_is_its_authors_and_their_services(world: World) {
    let (services, agent, chief) = (&world.services, &world.agent, &world.chief);
    let id = world.open().await;
    deposit_saying(&world, &id, &said("9.92")).await;
    let asked = async |actor: &Actor| {
        let all = lenses::of(services, actor, "conventionnement").await.unwrap();
        all.into_iter().map(|one| one.composed.question).collect::<Vec<_>>()
    };
    let compose = async |actor: &Actor, lens: Option<&LensId>, typed: Typed| {
        lenses::compose(services, actor, &id, lens, &typed).await
    };
    let own = compose(agent, None, typed("À moi ?", &["budget"], "")).await.unwrap();
    let shared = compose(chief, None, typed("À nous ?", &["moyens"], "58")).await.unwrap();
    assert_eq!(asked(agent).await, ["À moi ?", "À nous ?"]);
    assert_eq!(asked(chief).await, ["À nous ?"]);
    let none: [String; 0] = [];
    for actor in [&world.far_agent, &world.dgefp, &world.anne, &world.samir] {
        assert_eq!(asked(actor).await, none, "{:?}", actor.role);
        let refused = compose(actor, None, typed("?", &["budget"], "")).await;
        assert_eq!(refused, Err(LensError::NotFound), "{:?}", actor.role);
    }
    assert_eq!(lenses::of(services, chief, "bilan").await.unwrap().len(), 0);
    let foreign = compose(agent, None, typed("?", &["budget"], "75")).await;
    assert_eq!(foreign, Err(LensError::NotTheirs));
    let not_own = compose(agent, Some(&shared), typed("?", &["budget"], "")).await;
    assert_eq!(not_own, Err(LensError::NotFound), "its author alone changes it");
    assert_eq!(lenses::remove(services, agent, &shared, true).await, Err(LensError::NotFound));

    compose(agent, Some(&own), typed("À nous aussi ?", &["budget"], "58")).await.unwrap();
    assert_eq!(asked(chief).await, ["À nous ?", "À nous aussi ?"]);
    lenses::remove(services, agent, &own, true).await.unwrap();
    assert_eq!(asked(chief).await, ["À nous ?"]);
    assert_eq!(asked(agent).await, ["À nous ?"]);
    let bench = lenses::bench(services, agent, &id).await.unwrap();
    assert!(bench.own(&own, agent).is_some(), "it can be put back");
    let theirs = lenses::bench(services, chief, &id).await.unwrap();
    assert!(theirs.lenses.iter().all(|one| one.id != own), "by its author alone");
    lenses::remove(services, agent, &own, false).await.unwrap();
    assert_eq!(asked(chief).await.len(), 2);
}

async fn what_can_stand_side_by_side_is_of_the_dossier_and_of_the_year_before(world: World) {
    let services = &world.services;
    let id = world.open().await;
    deposit_saying(&world, &id, &said("9.92")).await;
    deposit_saying(&world, &id, &said("9.90")).await;
    let (_, all) = compared::choices(services, &world.agent, &id).await.unwrap();
    let ordinals: Vec<_> = all.iter().map(|one| one.deposit.ordinal).collect();
    assert_eq!(ordinals, [1, 2]);
    let (left, right) = compared::pair(&all, (None, None)).unwrap();
    let (form, before) = left.read(services).await.unwrap();
    let (_, after) = right.read(services).await.unwrap();
    assert_eq!(form::diff(form, &before, &after).len(), 1);
    assert!(compared::choices(services, &world.far_agent, &id).await.is_err());
    assert!(compared::choices(services, &world.zoe, &id).await.is_err());
}
