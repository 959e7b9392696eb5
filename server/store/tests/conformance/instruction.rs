//! The State's side of a dossier: notes on a deposit, returns, answers, decisions by another person.

use dossier::{
    act::{ActRefused, Said, Sense},
    annex::Grant,
    event::{Event, EventKind},
    note::{Audience, NoteKind, Standing},
    operation::{Refusal, Verdict},
    role::Role,
    state::{Action, State},
};
use form::{At, Date};
use futures::future::join_all;
use service::{
    Actor, DossierId, NoteId, drafts, forms,
    instruction::{self, ActError, NoteError, ReopenError, Settling, Thread},
    journal,
};

use crate::{deposit, save_one, world::World, write};

on_both!(
    a_question_goes_to_the_structure_and_its_answer_comes_back,
    nobody_reads_a_note_that_is_not_for_them,
    only_who_instructs_writes_and_settles,
    a_decision_is_taken_by_another_person_on_the_deposit_that_was_read,
    agents_who_write_at_the_same_moment_all_write,
    what_was_done_never_changes,
    a_return_opens_what_is_asked_and_what_the_structure_opens_itself,
);

/// A step: what is deposited here holds next to no answer.
const AT: &str = "budget";

fn said(world: &World, message: &str) -> Said {
    let today = world.services.clock.today().unwrap().days_since_epoch();
    let due = Date::from_days_since_epoch(today + 15);
    Said { message: message.to_owned(), due, ..Said::default() }
}

async fn note(
    world: &World,
    actor: &Actor,
    id: &DossierId,
    audience: Audience,
    text: &str,
) -> Result<NoteId, NoteError> {
    let draft = instruction::Draft::new((NoteKind::Question, audience), At::once(AT), text);
    instruction::write(&world.services, actor, id, &draft).await
}

async fn act(
    world: &World,
    actor: &Actor,
    id: &DossierId,
    action: Action,
    message: &str,
) -> Result<(), ActError> {
    let head = world.services.store.head(id).await.unwrap().unwrap();
    let what = (action, said(world, message));
    instruction::act(&world.services, actor, id, what, head.deposits).await
}

/// The notes that somebody reads, beside the last deposit.
async fn read(world: &World, actor: &Actor, id: &DossierId) -> Vec<Thread> {
    let services = &world.services;
    let head = services.store.head(id).await.unwrap().unwrap();
    let deposit = services.store.deposit_of(id, head.deposits).await.unwrap().unwrap();
    let form = forms::of(services, &deposit.snapshot().unwrap().form_key()).await.unwrap();
    let answers = deposit.answers().unwrap();
    instruction::read(services, actor, &head, (form.revision, &answers)).await.unwrap()
}

async fn state(world: &World, id: &DossierId) -> State {
    world.services.store.head(id).await.unwrap().unwrap().state
}

async fn received(world: &World) -> DossierId {
    let id = world.open().await;
    deposit(world, &id).await;
    id
}

async fn a_question_goes_to_the_structure_and_its_answer_comes_back(world: World) {
    let (services, agent, anne) = (&world.services, &world.agent, &world.anne);
    let id = received(&world).await;
    let asked =
        note(&world, agent, &id, Audience::Structure, "Pourquoi trois ans ?").await.unwrap();
    let service = note(&world, agent, &id, Audience::Service, "À voir avec Paul.").await.unwrap();
    assert!(read(&world, anne, &id).await.is_empty(), "nothing is read before the return");
    act(&world, agent, &id, Action::DeclareComplete, "").await.unwrap();
    act(&world, agent, &id, Action::SendBack, "").await.unwrap();
    assert_eq!(state(&world, &id).await, State::SentBack);

    let theirs = read(&world, anne, &id).await;
    assert_eq!(theirs.iter().map(|t| &t.note.id).collect::<Vec<_>>(), [&asked]);
    assert!(theirs[0].waits() && theirs[0].note.sent.is_some());
    let head = services.store.head(&id).await.unwrap().unwrap();
    let acts = instruction::acts(services, anne, &id).await.unwrap();
    let last = instruction::asked(&head, &acts).unwrap();
    assert_eq!((last.action, last.said.due), (Action::SendBack, said(&world, "").due));

    instruction::answer(services, anne, &id, &asked, " Un plan.\r\nDe trois ans. ").await.unwrap();
    let hidden = instruction::answer(services, anne, &id, &service, "x").await;
    assert_eq!(hidden, Err(NoteError::NotFound));
    assert!(!read(&world, anne, &id).await[0].waits());
    save_one(&world, &id, "Plus tard.", 0).await;
    deposit(&world, &id).await;
    let seen = read(&world, agent, &id).await;
    assert_eq!(seen.len(), 2);
    let thread = seen.iter().find(|thread| thread.note.id == asked).unwrap();
    assert_eq!(thread.note.replies[0].text, "Un plan.\nDe trois ans.");
    assert_eq!(thread.note.replies[0].by_name, "Anne");
    assert_eq!(thread.standing, Standing::Same);
    instruction::settle(services, agent, &id, &asked, Settling::Settle).await.unwrap();
    instruction::settle(services, agent, &id, &asked, Settling::Settle).await.unwrap();
    assert!(read(&world, anne, &id).await[0].note.settled.is_some());
    instruction::settle(services, agent, &id, &asked, Settling::Open).await.unwrap();
    assert!(read(&world, anne, &id).await[0].note.settled.is_none());

    let events = journal::read(services, agent, &id).await.unwrap();
    assert!(journal::is_whole(&events));
    let told = serde_json::to_string(&events).unwrap();
    assert!(!told.contains("trois ans") && !told.contains("Paul"), "{told}");
    let settled = events.iter().filter(|e| matches!(e.what, EventKind::NoteSettled { .. }));
    assert_eq!(settled.count(), 2, "what is settled already is not settled again");
}

async fn nobody_reads_a_note_that_is_not_for_them(world: World) {
    let id = received(&world).await;
    for audience in Audience::ALL {
        note(&world, &world.agent, &id, audience, audience.code()).await.unwrap();
    }
    let council = Actor { role: Role::DepartmentalCouncil, ..world.agent.clone() };
    let council = Actor { account_id: world.dgefp.account_id.clone(), ..council };
    let colleague = Actor { account_id: world.dgefp.account_id.clone(), ..world.agent.clone() };
    let readers = [
        (&world.agent, 4),
        (&colleague, 3),
        (&council, 2),
        (&world.dgefp, 2),
        (&world.far_agent, 0),
        (&world.anne, 0),
        (&world.zoe, 0),
    ];
    for (reader, count) in readers {
        assert_eq!(read(&world, reader, &id).await.len(), count, "{:?}", reader.role);
    }
    let services = &world.services;
    for stranger in [&world.zoe, &world.far_agent] {
        assert!(instruction::open(services, stranger, &id).await.is_err());
        assert!(instruction::acts(services, stranger, &id).await.is_err());
        let found = act(&world, stranger, &id, Action::DeclareComplete, "").await;
        assert_eq!(found, Err(ActError::NotFound));
        let written = note(&world, stranger, &id, Audience::Service, "x").await;
        assert_eq!(written, Err(NoteError::NotFound));
    }
    let draft = world.open_of_zoe().await;
    assert!(instruction::open(services, &world.far_agent, &draft).await.is_err(), "a draft");
}

async fn only_who_instructs_writes_and_settles(world: World) {
    let (services, id) = (&world.services, received(&world).await);
    let own = note(&world, &world.agent, &id, Audience::Service, "Oui.").await.unwrap();
    for other in [&world.anne, &world.dgefp] {
        let written = note(&world, other, &id, Audience::Service, "x").await;
        assert_eq!(written, Err(NoteError::NotForRole), "{:?}", other.role);
        let settled = instruction::settle(services, other, &id, &own, Settling::Settle).await;
        assert_eq!(settled, Err(NoteError::NotForRole));
        let done = act(&world, other, &id, Action::DeclareComplete, "").await;
        assert!(matches!(done, Err(ActError::Refused(_))), "{done:?}");
    }
    for text in ["", " \n ", &"x".repeat(2_001), "a\0b"] {
        let written = note(&world, &world.agent, &id, Audience::Service, text).await;
        assert_eq!(written, Err(NoteError::BadText));
    }
    let kind = (NoteKind::Remark, Audience::Own);
    let nowhere = instruction::Draft::new(kind, At::once("demande.nothing"), "x");
    let written = instruction::write(services, &world.agent, &id, &nowhere).await;
    assert_eq!(written, Err(NoteError::NoSuchPlace));
    assert_eq!(read(&world, &world.agent, &id).await.len(), 1);
}

async fn a_decision_is_taken_by_another_person_on_the_deposit_that_was_read(world: World) {
    let (services, agent) = (&world.services, &world.agent);
    let signatory = Actor {
        role: Role::DdetsSignatory,
        account_id: world.far_agent.account_id.clone(),
        ..agent.clone()
    };
    let id = received(&world).await;
    for action in [Action::DeclareComplete, Action::OpenDialogue] {
        act(&world, agent, &id, action, "").await.unwrap();
    }
    let proposes = |opinion| {
        let (proposal, grant) = (Some(Sense::Favourable), Grant::read("12", ""));
        let words = said(&world, "Utile au territoire.");
        (Action::PrepareDecision, Said { opinion, proposal, grant, ..words })
    };
    let early = instruction::act(services, agent, &id, proposes(None), 1).await;
    assert_eq!(early, Err(ActError::Incomplete(ActRefused::OpinionNeeded)));
    act(&world, agent, &id, Action::ReferToCommission, "").await.unwrap();
    let mute = instruction::act(services, agent, &id, proposes(None), 1).await;
    assert_eq!(mute, Err(ActError::Incomplete(ActRefused::OpinionAwaited)));
    world.clock.advance(31 * 24 * 3_600_000);
    instruction::act(services, &signatory, &id, proposes(None), 1).await.unwrap();

    let accept = || (Action::Accept, said(&world, "Utile au territoire."));
    let own = instruction::act(services, &signatory, &id, accept(), 1).await;
    assert_eq!(own, Err(ActError::Incomplete(ActRefused::SamePerson)));
    let other = Actor { account_id: world.dgefp.account_id.clone(), ..signatory.clone() };
    let stale = instruction::act(services, &other, &id, accept(), 0).await;
    assert_eq!(stale, Err(ActError::Changed));
    assert!(matches!(
        instruction::act(services, agent, &id, accept(), 1).await,
        Err(ActError::Refused(_))
    ));
    instruction::act(services, &other, &id, accept(), 1).await.unwrap();
    assert_eq!(state(&world, &id).await, State::Accepted);
    let theirs = instruction::acts(services, &world.anne, &id).await.unwrap();
    let words: Vec<&str> = theirs.iter().map(|act| act.said.message.as_str()).collect();
    assert_eq!(words, ["", "", "", "", "Utile au territoire."], "a proposal is not theirs to read");
    assert!(drafts::save(services, &world.anne, &id, vec![]).await.is_ok());
}

async fn agents_who_write_at_the_same_moment_all_write(world: World) {
    let id = received(&world).await;
    let writing = (0..6).map(|n| {
        let (world, id, text) = (&world, &id, format!("note {n}"));
        async move { note(world, &world.agent, id, Audience::Service, &text).await }
    });
    let mut kept = 0;
    for written in join_all(writing).await {
        written.unwrap();
        kept += 1;
    }
    assert_eq!(read(&world, &world.agent, &id).await.len(), kept);
    let events = journal::read(&world.services, &world.agent, &id).await.unwrap();
    assert!(journal::is_whole(&events));
}

async fn a_return_opens_what_is_asked_and_what_the_structure_opens_itself(world: World) {
    const HELD: &str = "demande.multi_year";
    let (services, agent, anne) = (&world.services, &world.agent, &world.anne);
    let id = received(&world).await;
    let writes = |raw: &'static str| {
        let (world, id) = (&world, &id);
        async move {
            let seen = drafts::read(&world.services, &world.anne, id).await.unwrap();
            let seen = seen.answers.at(&At::once(HELD)).map_or(0, |answer| answer.version);
            let operation = write(world, HELD, raw, seen);
            let saved = drafts::save(&world.services, &world.anne, id, vec![operation]).await;
            saved.unwrap().remove(0).verdict
        }
    };
    let closed = Verdict::Refused(Refusal::NotReopened);
    let reopen = |actor, field| {
        let (services, id) = (&world.services, &id);
        async move { instruction::reopen(services, actor, id, &At::once(field)).await }
    };
    let asked = note(&world, agent, &id, Audience::Structure, "Et l'eau ?").await.unwrap();
    assert_eq!(reopen(anne, HELD).await, Err(ReopenError::NotReturned));
    act(&world, agent, &id, Action::AskForDocuments, "").await.unwrap();

    assert_eq!(writes("2").await, closed);
    assert!(matches!(save_one(&world, &id, "Blanc.", 0).await, Verdict::Saved { .. }), "blank");
    assert_eq!(reopen(&world.zoe, HELD).await, Err(ReopenError::NotFound));
    assert_eq!(reopen(agent, HELD).await, Err(ReopenError::NotFound));
    assert_eq!(reopen(anne, "demande.nothing").await, Err(ReopenError::NoSuchPlace));
    for _ in 0..2 {
        reopen(anne, HELD).await.unwrap();
    }
    assert!(matches!(writes("2").await, Verdict::Saved { .. }));
    deposit(&world, &id).await;
    let head = services.store.head(&id).await.unwrap().unwrap();
    let theirs = instruction::reopened_by_structure(services, &head).await.unwrap();
    assert_eq!(theirs, [At::once(HELD)]);
    let events = journal::read(services, agent, &id).await.unwrap();
    let opened = |event: &&Event| matches!(event.what, EventKind::AnswerReopened { .. });
    assert_eq!(events.iter().filter(opened).count(), 1, "what is open is not opened again");
    assert!(journal::is_whole(&events));

    act(&world, agent, &id, Action::AskForDocuments, "Un mot.").await.unwrap();
    let open = services.store.reopened(&id).await.unwrap();
    assert!(open.whole && matches!(writes("1").await, Verdict::Saved { .. }), "a message alone");
    deposit(&world, &id).await;
    note(&world, agent, &id, Audience::Structure, "Et le gaz ?").await.unwrap();
    act(&world, agent, &id, Action::AskForDocuments, "").await.unwrap();
    assert_eq!(writes("3").await, closed, "what was opened earlier is closed again");
    let open = services.store.reopened(&id).await.unwrap();
    assert_eq!(open.places, [At::once(AT)].into());
    for thread in read(&world, agent, &id).await {
        instruction::settle(services, agent, &id, &thread.note.id, Settling::Settle).await.unwrap();
    }
    assert!(services.store.reopened(&id).await.unwrap().places.is_empty(), "{asked:?}");
    assert_eq!(writes("3").await, closed, "settled");
}

async fn what_was_done_never_changes(world: World) {
    let id = received(&world).await;
    act(&world, &world.agent, &id, Action::DeclareComplete, "").await.unwrap();
    let asked = note(&world, &world.agent, &id, Audience::Service, "x").await.unwrap();
    instruction::answer(&world.services, &world.agent, &id, &asked, "y").await.unwrap();
    for sql in [
        "UPDATE act SET message = 'autre'",
        "DELETE FROM act",
        "UPDATE note_reply SET text = 'autre'",
        "DELETE FROM note_reply",
    ] {
        assert!(world.execute(sql).await.is_err(), "{sql}");
    }
}
