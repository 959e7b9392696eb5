//! Sittings of the commission, their agendas, opinions and packs: one behaviour on both databases.

use dossier::{
    act::{ActRefused, Said, Sense},
    commission::{Deed, Purpose, SittingRefused, Stage, Standing, Wait},
    id::SittingId,
    right::CommissionRight,
    role::Role,
    state::{Action, State},
};
use futures::future::join_all;
use service::{
    Actor, DossierId,
    commission::{
        self, AgendaError, Benches, Heard, Hearing, Item, Move, Outcome, PlanError, SittingError,
        Typed, Verdict, Wanted,
    },
    drafts::{self, NewDossier},
    instruction,
};

use crate::{
    deposit_saying,
    envelopes::{asks, dialogue},
    world::World,
};

on_both!(
    a_sitting_is_planned_changed_cancelled_and_restored,
    a_dossier_is_on_one_agenda_at_a_time,
    opinions_are_acts_of_their_dossiers,
    what_is_noted_in_a_dossier_is_in_the_minutes,
    a_pack_is_made_from_the_deposit_that_was_sent,
    nobody_else_knows_of_a_sitting,
);

const DAY: i64 = 24 * 3_600_000;

/// A member of the commission of the Nièvre.
fn member(world: &World) -> Actor {
    let scope = Role::CommissionMember.scope(vec![], vec!["58".into()]);
    Actor { role: Role::CommissionMember, scope, ..world.agent.clone() }
}

fn typed(world: &World, days: i64) -> Typed {
    let day = world.services.now().plus(days * DAY).day_in_paris().unwrap();
    Typed {
        day: day.to_string(),
        hour: "14:00".into(),
        place: "Salle Loire".into(),
        pack_day: String::new(),
    }
}

async fn planned(world: &World, days: i64) -> SittingId {
    commission::plan(&world.services, &world.agent, "58", &typed(world, days)).await.unwrap()
}

/// A request of the Jardins for a kind of structure, in dialogue.
async fn in_dialogue(world: &World, kind: &str, etp: &str, current: &str) -> DossierId {
    let new = NewDossier { kind: kind.into(), request_kind: "annual".into(), ..World::request() };
    let id = drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap();
    deposit_saying(world, &id, &asks("annual", etp, current)).await;
    dialogue(world, &id).await;
    id
}

async fn agenda(world: &World, id: &SittingId) -> Vec<Item> {
    commission::open(&world.services, &world.agent, id).await.unwrap().1
}

fn wanted(dossier: &DossierId) -> Vec<Wanted> {
    vec![Wanted { dossier: dossier.clone(), deposit: 1 }]
}

fn says(dossier: &DossierId, verdict: Verdict, words: &str) -> Vec<Hearing> {
    vec![Hearing { dossier: dossier.clone(), verdict: Some(verdict), words: words.into() }]
}

async fn deed(world: &World, id: &SittingId, deed: Deed) -> Result<(), PlanError> {
    commission::do_deed(&world.services, &world.agent, id, deed).await
}

async fn waits(world: &World) -> Vec<(DossierId, Wait)> {
    let all = commission::waiting(&world.services, &world.agent, None).await.unwrap();
    all.into_iter().map(|one| (one.dossier, one.wait)).collect()
}

async fn a_sitting_is_planned_changed_cancelled_and_restored(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let id = planned(&world, 20).await;
    let stage = async || commission::open(services, agent, &id).await.unwrap().0.stage();
    let late = Typed { place: "Ailleurs".into(), ..typed(&world, 25) };
    commission::change(services, agent, &id, (&late, 1)).await.unwrap();
    let outdated = commission::change(services, agent, &id, (&typed(&world, 30), 1)).await;
    assert_eq!(outdated, Err(PlanError::Changed));
    let (sitting, _) = commission::open(services, agent, &id).await.unwrap();
    assert_eq!((sitting.appointment.place.as_str(), sitting.version), ("Ailleurs", 2));
    assert_eq!(deed(&world, &id, Deed::Send).await, Err(PlanError::Refused(SittingRefused::Empty)));
    let dossier = in_dialogue(&world, "ACI", "14", "12").await;
    assert_eq!(commission::put(services, agent, &id, &wanted(&dossier)).await, Ok(1));
    deed(&world, &id, Deed::Send).await.unwrap();
    assert_eq!(stage().await, Stage::Convened);
    deed(&world, &id, Deed::Cancel).await.unwrap();
    assert_eq!(stage().await, Stage::Cancelled);
    assert_eq!(waits(&world).await, [(dossier.clone(), Wait::Opinion)], "it waits again");
    let closed = commission::put(services, agent, &id, &wanted(&dossier)).await;
    assert_eq!(closed, Err(AgendaError::NotFound));
    let other = planned(&world, 40).await;
    deed(&world, &id, Deed::Restore).await.unwrap();
    assert_eq!(stage().await, Stage::Convened, "as it was");
    assert!(waits(&world).await.is_empty());
    // Cancelled again, its dossier goes elsewhere: restoring does not take it back.
    deed(&world, &id, Deed::Cancel).await.unwrap();
    assert_eq!(commission::put(services, agent, &other, &wanted(&dossier)).await, Ok(1));
    deed(&world, &id, Deed::Restore).await.unwrap();
    assert_eq!(agenda(&world, &id).await[0].standing, Standing::Shelved);
    assert_eq!(agenda(&world, &other).await[0].standing, Standing::Open);
    for rewrite in ["UPDATE commission_deed SET deed = 'tenue'", "DELETE FROM commission_deed"] {
        assert!(world.execute(rewrite).await.is_err(), "{rewrite}");
    }
}

async fn a_dossier_is_on_one_agenda_at_a_time(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let (first, second) = (planned(&world, 20).await, planned(&world, 40).await);
    let aci = in_dialogue(&world, "ACI", "14", "12").await;
    let ei = in_dialogue(&world, "EI", "3", "3").await;
    let both = [(aci.clone(), Wait::ToRefer), (ei.clone(), Wait::Information)];
    assert_eq!(waits(&world).await, both);
    let outdated = vec![Wanted { dossier: aci.clone(), deposit: 2 }];
    assert_eq!(commission::put(services, agent, &first, &outdated).await, Ok(0));
    // Two at once: one of them has it.
    let (a, b) = (wanted(&aci), wanted(&aci));
    let all = [
        commission::put(services, agent, &first, &a),
        commission::put(services, agent, &second, &b),
    ];
    let put: usize = join_all(all).await.into_iter().map(Result::unwrap).sum();
    assert!(put <= 1, "never on both");
    if put == 0 {
        assert_eq!(commission::put(services, agent, &first, &a).await, Ok(1));
    }
    let (here, there) = match agenda(&world, &first).await.len() {
        1 => (first, second),
        _ => (second, first),
    };
    let head = services.store.head(&aci).await.unwrap().unwrap();
    assert_eq!(head.state, State::Commission, "putting it on an agenda asks the commission");
    assert_eq!(commission::put(services, agent, &there, &wanted(&aci)).await, Ok(0));
    assert_eq!(commission::put(services, agent, &here, &wanted(&ei)).await, Ok(1));
    let purposes: Vec<Purpose> = agenda(&world, &here).await.iter().map(|i| i.purpose).collect();
    assert_eq!(purposes, [Purpose::Opinion, Purpose::Information]);
    assert!(waits(&world).await.is_empty());

    let present =
        async |words, seen| commission::present(services, agent, &here, &aci, (words, seen)).await;
    assert_eq!(present(" Projet relancé. ", 1).await, Ok(()));
    assert_eq!(present("Autre chose.", 1).await, Err(AgendaError::Changed));
    assert_eq!(agenda(&world, &here).await[0].words, "Projet relancé.");
    commission::move_item(services, agent, &here, &aci, Move::Down).await.unwrap();
    commission::take_off(services, agent, &here, &ei).await.unwrap();
    assert_eq!(waits(&world).await, [(ei, Wait::Information)]);

    // Postponed, it takes its presentation along.
    let later = says(&aci, Verdict::Postponed, "");
    let told = commission::hear(services, agent, &here, &later, Some(&there)).await.unwrap();
    assert_eq!(told, [(aci.clone(), Heard::Postponed)]);
    let (left, came) = (agenda(&world, &here).await, agenda(&world, &there).await);
    assert_eq!(left[0].standing, Standing::Postponed);
    assert_eq!((came[0].standing, came[0].words.as_str()), (Standing::Open, "Projet relancé."));
    let told = commission::hear(services, agent, &there, &later, None).await.unwrap();
    assert_eq!(told, [(aci.clone(), Heard::Postponed)]);
    assert_eq!(waits(&world).await[0], (aci.clone(), Wait::Opinion), "whenever the next one is");
    assert_eq!(commission::put_all(services, agent, &here).await, Ok(1), "back where it was");
}

async fn opinions_are_acts_of_their_dossiers(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let id = planned(&world, 2).await;
    let dossier = in_dialogue(&world, "ACI", "14", "12").await;
    let known = in_dialogue(&world, "EI", "3", "3").await;
    let both = [wanted(&dossier), wanted(&known)].concat();
    assert_eq!(commission::put(services, agent, &id, &both).await, Ok(2));
    let hear = async |hearings: &[Hearing]| {
        commission::hear(services, agent, &id, hearings, None).await.unwrap().remove(0).1
    };
    let against = Verdict::Says(Sense::Unfavourable);
    let mute = hear(&says(&dossier, against, " ")).await;
    assert_eq!(mute, Heard::Incomplete(ActRefused::NoOpinionReason));
    let gone = hear(&says(&known, against, "x")).await;
    assert_eq!(gone, Heard::Gone, "it is there for information");
    let early = deed(&world, &id, Deed::Hold).await;
    assert_eq!(early, Err(PlanError::Refused(SittingRefused::TooEarly)));
    world.clock.advance(2 * DAY);
    let awaited = deed(&world, &id, Deed::Hold).await;
    assert_eq!(awaited, Err(PlanError::Refused(SittingRefused::Awaited)));

    assert_eq!(hear(&says(&dossier, against, "Postes non financés.")).await, Heard::Noted);
    let favourable = says(&dossier, Verdict::Says(Sense::Favourable), "Après échange.");
    assert_eq!(hear(&favourable).await, Heard::Noted, "what was noted in error is noted anew");
    assert_eq!(hear(&favourable).await, Heard::Same);
    let acts = services.store.acts_of(&dossier).await.unwrap();
    let noted: Vec<_> = acts
        .iter()
        .filter(|act| act.action == Action::RecordOpinion)
        .map(|act| (act.said.opinion, act.said.message.as_str()))
        .collect();
    let expected = [
        (Some(Sense::Unfavourable), "Postes non financés."),
        (Some(Sense::Favourable), "Après échange."),
    ];
    assert_eq!(noted, expected);
    let events = services.store.journal(&dossier).await.unwrap();
    assert!(service::journal::is_whole(&events));
    let siae = instruction::acts(services, &world.anne, &dossier).await.unwrap();
    assert!(siae.iter().all(|act| act.said.opinion.is_none()), "for those who decide");

    // The decision is proposed without asking again.
    let proposal = Said {
        message: "Utile au territoire.".into(),
        proposal: Some(Sense::Favourable),
        grant: dossier::annex::Grant::read("14", ""),
        ..Said::default()
    };
    let propose = (Action::PrepareDecision, proposal);
    instruction::act(services, agent, &dossier, propose, 1).await.unwrap();
    deed(&world, &id, Deed::Hold).await.unwrap();
    let items = agenda(&world, &id).await;
    let today = services.clock.today().unwrap();
    let Outcome::Noted(opinion) = items[0].outcome(today) else { panic!("{:?}", items[0]) };
    assert_eq!((opinion.sense, opinion.by_name.as_str()), (Sense::Favourable, "Inès"));
    assert_eq!(items[1].standing, Standing::Informed);
    assert!(waits(&world).await.is_empty(), "the commission knows of it");
    let late = commission::hear(services, agent, &id, &favourable, None).await;
    assert_eq!(late, Err(PlanError::Refused(SittingRefused::NotNow)), "the minutes do not change");
}

async fn what_is_noted_in_a_dossier_is_in_the_minutes(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let id = planned(&world, 0).await;
    let dossier = in_dialogue(&world, "ACI", "14", "12").await;
    assert_eq!(commission::put(services, agent, &id, &wanted(&dossier)).await, Ok(1));
    let said = Said { opinion: Some(Sense::Favourable), ..Said::default() };
    let note = (Action::RecordOpinion, said);
    instruction::act(services, agent, &dossier, note, 1).await.unwrap();
    let today = services.clock.today().unwrap();
    let outcome = async || agenda(&world, &id).await.remove(0).outcome(today);
    assert!(matches!(outcome().await, Outcome::Noted(_)));
    let later = says(&dossier, Verdict::Postponed, "");
    let refused = commission::hear(services, agent, &id, &later, None).await.unwrap();
    assert_eq!(refused, [(dossier.clone(), Heard::Gone)], "what was said stays said");
    deed(&world, &id, Deed::Hold).await.unwrap();
    // Asked again later, the commission has not answered yet; the minutes do not change.
    let propose = Said {
        message: "Utile.".into(),
        proposal: Some(Sense::Favourable),
        grant: dossier::annex::Grant::read("14", ""),
        ..Said::default()
    };
    for (action, said) in [
        (Action::PrepareDecision, propose),
        (Action::TakeBackProposal, Said::default()),
        (Action::ReferToCommission, Said::default()),
    ] {
        instruction::act(services, agent, &dossier, (action, said), 1).await.unwrap();
    }
    assert!(matches!(outcome().await, Outcome::Noted(_)));
    assert_eq!(waits(&world).await, [(dossier, Wait::Opinion)]);
}

async fn a_pack_is_made_from_the_deposit_that_was_sent(world: World) {
    let (services, agent, member) = (&world.services, &world.agent, &member(&world));
    let id = planned(&world, 20).await;
    let dossier = in_dialogue(&world, "ACI", "12", "12").await;
    assert_eq!(commission::put(services, agent, &id, &wanted(&dossier)).await, Ok(1));
    let early = commission::pack(services, member, &id).await.err();
    assert_eq!(early, Some(SittingError::NotFound), "it is not sent");
    assert_eq!(commission::pack(services, agent, &id).await.unwrap().sheets.len(), 1);
    deed(&world, &id, Deed::Send).await.unwrap();
    deposit_saying(&world, &dossier, &asks("annual", "16", "12")).await;
    let sheet = commission::pack(services, member, &id).await.unwrap().sheets.remove(0);
    assert_eq!(sheet.deposit.ordinal, 1);
    assert!(sheet.item.has_moved(), "the pack says so");
    commission::refresh(services, agent, &id, &dossier).await.unwrap();
    let sheet = commission::pack(services, member, &id).await.unwrap().sheets.remove(0);
    assert_eq!((sheet.deposit.ordinal, sheet.item.has_moved()), (2, false));
    let readings = services.store.readings_of(&dossier).await.unwrap();
    assert!(!readings.is_empty(), "the structure sees that it was read");
    // Members read nothing of the dossier itself.
    let read = instruction::open(services, member, &dossier).await.err();
    assert_eq!(read, Some(drafts::ReadError::NotFound));
    assert!(services.store.heads(&member.scope).await.unwrap().is_empty());
}

async fn nobody_else_knows_of_a_sitting(world: World) {
    let services = &world.services;
    let id = planned(&world, 20).await;
    let council = Actor { role: Role::DepartmentalCouncil, ..world.agent.clone() };
    let far =
        Actor { scope: Role::CommissionMember.scope(vec![], vec!["75".into()]), ..member(&world) };
    let strangers =
        [&world.anne, &world.marc, &world.zoe, &world.far_agent, &world.dgefp, &council, &far];
    let none = Some(SittingError::NotFound);
    for who in strangers {
        assert!(commission::list(services, who).await.unwrap().is_empty(), "{:?}", who.role);
        assert_eq!(commission::open(services, who, &id).await.err(), none, "{:?}", who.role);
        assert_eq!(commission::pack(services, who, &id).await.err(), none, "{:?}", who.role);
        let planned = commission::plan(services, who, "58", &typed(&world, 9)).await;
        assert_eq!(planned, Err(PlanError::NotFound), "{:?}", who.role);
        let done = commission::do_deed(services, who, &id, Deed::Cancel).await;
        assert_eq!(done, Err(PlanError::NotFound), "{:?}", who.role);
        let told = commission::hear(services, who, &id, &[], None).await.err();
        assert_eq!(told, Some(PlanError::NotFound), "{:?}", who.role);
    }
    let member = &member(&world);
    assert!(Benches::of(member, CommissionRight::Keep).departments().is_empty());
    assert_eq!(commission::list(services, member).await.unwrap().len(), 1);
    assert_eq!(commission::open(services, member, &id).await.err(), none);
    let done = commission::do_deed(services, member, &id, Deed::Cancel).await;
    assert_eq!(done, Err(PlanError::NotFound));
}
