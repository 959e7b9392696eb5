//! Notes that have consequences: that stand in the way of the decision, suggest a value, quote a passage,
//! are watched in what follows.

use dossier::{
    act::{ActRefused, Said, Sense},
    annex::Grant,
    note::{Audience, NoteKind, Offer, Passage, QuoteRefused, SuggestRefused},
    state::Action,
};
use form::{At, Date};
use service::{
    Actor, DossierId, NoteId, drafts, forms, history,
    instruction::{self, ActError, Choice, ChooseError, Draft, NoteError, Settling, Thread},
    journal,
    worklist::{Asked, Filter, Noted, list},
};

use crate::{deposit_saying, world::World, write};

on_both!(
    nothing_is_decided_while_a_blocking_note_is_open_and_the_list_says_so,
    a_suggested_value_is_taken_knowingly_or_refused_with_a_reason,
    a_suggestion_is_for_a_question_and_for_the_structure,
    a_passage_is_quoted_and_found_again_or_said_to_be_gone,
    notes_are_carried_into_what_follows_and_read_there_only,
);

const ETP: &str = "moyens.etp_requested";
const TEXT: &str = "identification.presentation";
const SAID: &str = "Nous accueillons douze personnes sur le lot des rivières.";

async fn received(world: &World) -> DossierId {
    let id = world.open().await;
    for (seen, (field, raw)) in [(ETP, "14,20"), (TEXT, SAID)].into_iter().enumerate() {
        let _ = seen;
        let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
        let seen = draft.answers.at(&At::once(field)).map_or(0, |answer| answer.version);
        let operation = write(world, field, raw, seen);
        drafts::save(&world.services, &world.anne, &id, vec![operation]).await.unwrap();
    }
    let says = format!(
        r#"{{"demande.request_kind":"first","demande.siae_kind":"ACI","{ETP}":"14.20","{TEXT}":"{SAID}"}}"#
    );
    deposit_saying(world, &id, &says).await;
    id
}

fn said(world: &World, message: &str) -> Said {
    let today = world.services.clock.today().unwrap().days_since_epoch();
    let (proposal, grant) = (Some(Sense::Favourable), Grant::read("12", ""));
    let due = Date::from_days_since_epoch(today + 15);
    Said { message: message.into(), due, proposal, grant, opinion: Some(Sense::Favourable) }
}

async fn act(world: &World, actor: &Actor, id: &DossierId, action: Action) -> Result<(), ActError> {
    let words = said(world, &"Utile au territoire. ".repeat(4));
    let head = world.services.store.head(id).await.unwrap().unwrap();
    instruction::act(&world.services, actor, id, (action, words), head.deposits).await
}

fn asking<'a>(audience: Audience, at: &str, text: &'a str) -> Draft<'a> {
    Draft::new((NoteKind::Question, audience), At::parse(at), text)
}

fn suggesting<'a>(at: &str, value: &'a str) -> Draft<'a> {
    let kind = (NoteKind::Suggestion, Audience::Structure);
    Draft { suggested: value, ..Draft::new(kind, At::parse(at), "") }
}

async fn put(world: &World, id: &DossierId, draft: &Draft<'_>) -> Result<NoteId, NoteError> {
    instruction::write(&world.services, &world.agent, id, draft).await
}

/// A note as somebody reads it beside the draft, or beside the last deposit.
async fn thread(world: &World, actor: &Actor, id: &DossierId, note: &NoteId) -> Option<Thread> {
    let services = &world.services;
    let head = services.store.head(id).await.unwrap().unwrap();
    let form = forms::of(services, &head.form_key()).await.unwrap().revision;
    let answers = if actor.role.is_siae() {
        drafts::read(services, actor, id).await.unwrap().answers
    } else {
        services.store.deposit_of(id, head.deposits).await.unwrap().unwrap().answers().unwrap()
    };
    let threads = instruction::read(services, actor, &head, (form, &answers)).await.unwrap();
    threads.into_iter().find(|thread| thread.note.id == *note)
}

/// Open notes, and those that block, as the list says of the only dossier there is.
async fn listed(world: &World, actor: &Actor, noted: Option<Noted>) -> Option<(u32, u32)> {
    let filter = Filter { noted, ..Filter::default() };
    let asked = Asked { filter, ..Asked::default() };
    let (page, counts) = list(&world.services, actor, asked).await.unwrap();
    let line = page.lines.first()?;
    assert_eq!(counts.noted, u32::from(line.notes > 0), "the counter is what the lines say");
    assert_eq!(counts.blocked, u32::from(line.blocking > 0));
    Some((line.notes, line.blocking))
}

async fn nothing_is_decided_while_a_blocking_note_is_open_and_the_list_says_so(world: World) {
    let (services, agent, chief) = (&world.services, &world.agent, &world.chief);
    let id = received(&world).await;
    assert_eq!(listed(&world, agent, None).await, Some((0, 0)));
    put(&world, &id, &asking(Audience::Own, "budget", "Pour moi.")).await.unwrap();
    assert_eq!(listed(&world, agent, None).await, Some((0, 0)), "one's own are nobody's business");
    let plain = put(&world, &id, &asking(Audience::Service, "budget", "Vu ?")).await.unwrap();
    assert_eq!(listed(&world, agent, Some(Noted::Open)).await, Some((1, 0)));
    assert_eq!(listed(&world, agent, Some(Noted::Blocking)).await, None);
    for (kind, audience) in
        [(NoteKind::Remark, Audience::Service), (NoteKind::Question, Audience::Own)]
    {
        let draft = Draft { blocking: true, ..Draft::new((kind, audience), At::once(""), "x") };
        assert_eq!(put(&world, &id, &draft).await, Err(NoteError::NotBlocking), "{kind:?}");
    }
    let draft = Draft { blocking: true, ..asking(Audience::Service, ETP, "Quels postes ?") };
    let blocking = put(&world, &id, &draft).await.unwrap();
    assert_eq!(listed(&world, agent, Some(Noted::Blocking)).await, Some((2, 1)));
    assert_eq!(
        listed(&world, &world.dgefp, Some(Noted::Blocking)).await,
        Some((0, 0)),
        "no role of theirs"
    );

    for action in [Action::DeclareComplete, Action::OpenDialogue, Action::ReferToCommission] {
        act(&world, agent, &id, action).await.unwrap();
    }
    let refused = Err(ActError::Incomplete(ActRefused::Blocked));
    assert_eq!(act(&world, agent, &id, Action::PrepareDecision).await, refused);
    for other in [&world.anne, &world.dgefp, &world.far_agent] {
        let done = instruction::block(services, other, &id, &blocking, false).await;
        assert!(matches!(done, Err(NoteError::NotForRole | NoteError::NotFound)), "{done:?}");
    }
    instruction::block(services, agent, &id, &blocking, false).await.unwrap();
    instruction::block(services, agent, &id, &blocking, false).await.unwrap();
    act(&world, agent, &id, Action::PrepareDecision).await.unwrap();
    instruction::block(services, agent, &id, &plain, true).await.unwrap();
    for action in [Action::Accept, Action::Refuse] {
        assert_eq!(act(&world, chief, &id, action).await, refused, "{action:?}");
    }
    assert_eq!(listed(&world, chief, Some(Noted::Blocking)).await, Some((2, 1)));
    instruction::settle(services, agent, &id, &plain, Settling::Watch).await.unwrap();
    assert_eq!(listed(&world, agent, None).await, Some((1, 0)));
    let kept = listed(&world, agent, None).await;
    services.store.rebuild_work_list().await.unwrap();
    assert_eq!(listed(&world, agent, None).await, kept, "a rebuild makes the same");
    act(&world, chief, &id, Action::Accept).await.unwrap();
    let note = thread(&world, agent, &id, &plain).await.unwrap().note;
    assert!(note.watched && note.settled.is_some() && !note.blocks());
    instruction::settle(services, agent, &id, &plain, Settling::Open).await.unwrap();
    assert!(!thread(&world, agent, &id, &plain).await.unwrap().note.watched);

    let events = journal::read(services, agent, &id).await.unwrap();
    assert!(journal::is_whole(&events));
    let codes: Vec<&str> = events.iter().map(|event| event.what.code()).collect();
    assert_eq!(codes.iter().filter(|code| **code == "note_blocking").count(), 2, "{codes:?}");
    assert!(codes.contains(&"note_watched"));
    let told = serde_json::to_string(&events).unwrap();
    assert!(!told.contains("Quels postes"), "{told}");
}

async fn answered(world: &World, id: &DossierId) -> (String, u32) {
    let draft = drafts::read(&world.services, &world.anne, id).await.unwrap();
    let answer = draft.answers.at(&At::once(ETP)).unwrap().clone();
    (answer.raw, answer.version)
}

async fn a_suggested_value_is_taken_knowingly_or_refused_with_a_reason(world: World) {
    let (services, agent, anne) = (&world.services, &world.agent, &world.anne);
    let id = received(&world).await;
    let note = put(&world, &id, &suggesting(ETP, "12,5")).await.unwrap();
    let (_, first) = answered(&world, &id).await;
    let take = |seen, knowing| Choice::Take { seen, knowing };
    let choose = |actor, choice| instruction::choose(services, actor, &id, &note, choice);
    let unseen = choose(anne, take(first, false)).await;
    assert_eq!(unseen, Err(ChooseError::Note(NoteError::NotFound)), "it was not sent");
    act(&world, agent, &id, Action::AskForDocuments).await.unwrap();
    assert!(thread(&world, anne, &id, &note).await.unwrap().waits());
    for (other, expected) in [
        (&world.zoe, NoteError::NotFound),
        (&world.far_agent, NoteError::NotFound),
        (agent, NoteError::NotForRole),
    ] {
        assert_eq!(choose(other, take(first, true)).await, Err(ChooseError::Note(expected)));
    }
    let unread = choose(anne, take(first + 1, true)).await;
    assert_eq!(unread, Err(ChooseError::Moved), "another answer than the one that was read");
    let mute = choose(anne, Choice::Refuse("  ")).await;
    assert_eq!(mute, Err(ChooseError::Note(NoteError::BadText)));

    // The structure writes something else first: the value is not taken blindly.
    let mine = vec![write(&world, ETP, "13", first)];
    drafts::save(services, anne, &id, mine).await.unwrap();
    let (_, second) = answered(&world, &id).await;
    assert_eq!(thread(&world, anne, &id, &note).await.unwrap().offer, Some(Offer::Moved));
    assert_eq!(choose(anne, take(second, false)).await, Err(ChooseError::Moved));
    assert_eq!(choose(anne, take(first, true)).await, Err(ChooseError::Moved));
    assert_eq!(answered(&world, &id).await.0, "13", "nothing was written over");
    choose(anne, Choice::Refuse("Treize, après recrutement.")).await.unwrap();
    let read = thread(&world, agent, &id, &note).await.unwrap();
    assert!(read.note.is_answered() && !read.note.chosen[0].accepted);
    assert_eq!(read.note.chosen[0].reason, "Treize, après recrutement.");
    choose(anne, take(second, true)).await.unwrap();
    let (raw, third) = answered(&world, &id).await;
    assert_eq!(raw, "12.50");
    let read = thread(&world, anne, &id, &note).await.unwrap();
    let last = read.note.chosen.last().unwrap();
    assert_eq!((last.accepted, last.seen, last.version), (true, second, third));
    assert_eq!(last.by_name, "Anne");
    assert_eq!((read.offer, read.waits()), (Some(Offer::Said), false));

    // A write like any other, of the structure: it is in the history, and is taken back.
    let texts = history::read(services, anne, &id, &At::once(ETP)).await.unwrap();
    let texts: Vec<_> = texts.iter().map(|t| (t.answer.raw.as_str(), t.by_name.as_str())).collect();
    assert_eq!(texts[..2], [("12.50", "Anne"), ("13", "Anne")]);
    history::restore(services, anne, &id, &At::once(ETP), second).await.unwrap();
    assert_eq!(answered(&world, &id).await.0, "13");
    assert_eq!(thread(&world, anne, &id, &note).await.unwrap().offer, Some(Offer::Moved));
    instruction::settle(services, agent, &id, &note, Settling::Settle).await.unwrap();
    let (_, fourth) = answered(&world, &id).await;
    assert_eq!(choose(anne, take(fourth, true)).await, Err(ChooseError::Gone));
    let events = journal::read(services, agent, &id).await.unwrap();
    assert!(journal::is_whole(&events));
    assert!(!serde_json::to_string(&events).unwrap().contains("12.5"));
}

async fn a_suggestion_is_for_a_question_and_for_the_structure(world: World) {
    let id = received(&world).await;
    for (at, value, expected) in [
        ("budget", "12", SuggestRefused::NotAQuestion),
        (ETP, "", SuggestRefused::Empty),
        (ETP, "14,2", SuggestRefused::Same),
    ] {
        let written = put(&world, &id, &suggesting(at, value)).await;
        assert_eq!(written, Err(NoteError::BadSuggestion(expected)), "{at}");
    }
    let odd = put(&world, &id, &suggesting(ETP, "douze")).await;
    assert!(matches!(odd, Err(NoteError::BadSuggestion(SuggestRefused::Bad(_)))), "{odd:?}");
    let inside = Draft {
        kind: NoteKind::Suggestion,
        suggested: "12",
        ..asking(Audience::Service, ETP, "x")
    };
    let expected = Err(NoteError::BadSuggestion(SuggestRefused::NotForStructure));
    assert_eq!(put(&world, &id, &inside).await, expected);
    // A value that comes along with a question suggests nothing.
    let question = Draft { suggested: "12", ..asking(Audience::Structure, ETP, "Pourquoi ?") };
    let note = put(&world, &id, &question).await.unwrap();
    assert_eq!(thread(&world, &world.agent, &id, &note).await.unwrap().note.suggested, None);
}

async fn a_passage_is_quoted_and_found_again_or_said_to_be_gone(world: World) {
    let id = received(&world).await;
    let quoting = |passage: &'static str| Draft {
        passage: (passage, None),
        ..asking(Audience::Structure, TEXT, "Lesquelles ?")
    };
    let note = put(&world, &id, &quoting(" douze\u{a0}personnes ")).await.unwrap();
    let absent = put(&world, &id, &quoting("treize")).await;
    assert_eq!(absent, Err(NoteError::BadQuote(QuoteRefused::Absent)));
    let several = put(&world, &id, &quoting("s")).await;
    assert!(matches!(several, Err(NoteError::BadQuote(QuoteRefused::Several(_)))), "{several:?}");
    let figure = Draft { passage: ("14", None), ..asking(Audience::Structure, ETP, "x") };
    let figure = put(&world, &id, &figure).await;
    assert_eq!(figure, Err(NoteError::BadQuote(QuoteRefused::NotAText)));

    let read = thread(&world, &world.agent, &id, &note).await.unwrap();
    assert_eq!(read.note.anchor.words(), Some("douze personnes"));
    let place = read.passage.unwrap().place().unwrap();
    assert_eq!(&SAID[place], "douze personnes");
    for (now, is_there) in [
        ("Depuis 2019, nous accueillons douze personnes sur le lot des rivières.", true),
        ("Nous accueillons quinze jeunes sur le lot des rivières.", false),
        ("Rien.", false),
    ] {
        deposit_saying(
            &world,
            &id,
            &format!(
                r#"{{"demande.request_kind":"first","demande.siae_kind":"ACI","{TEXT}":"{now}"}}"#
            ),
        )
        .await;
        let passage = thread(&world, &world.agent, &id, &note).await.unwrap().passage.unwrap();
        assert_eq!(passage.place().is_some(), is_there, "{passage:?} in {now}");
        assert!(is_there || matches!(passage, Passage::Changed(_) | Passage::Gone));
    }
}

async fn notes_are_carried_into_what_follows_and_read_there_only(world: World) {
    let (services, agent, chief) = (&world.services, &world.agent, &world.chief);
    let id = received(&world).await;
    let put_on =
        async |audience, text| put(&world, &id, &asking(audience, ETP, text)).await.unwrap();
    let watched = put_on(Audience::Service, "À revoir.").await;
    let settled = put_on(Audience::State, "Réglé.").await;
    let own = put_on(Audience::Own, "Pour moi.").await;
    let structure = put_on(Audience::Structure, "Jamais envoyée.").await;
    let settle =
        async |note, how| instruction::settle(services, agent, &id, note, how).await.unwrap();
    settle(&watched, Settling::Watch).await;
    settle(&settled, Settling::Settle).await;
    let carried = async |actor: &Actor, id: &DossierId| {
        let head = services.store.head(id).await.unwrap().unwrap();
        let form = forms::of(services, &head.form_key()).await.unwrap().revision;
        let answers = services.store.deposit_of(id, 1).await.unwrap().unwrap().answers().unwrap();
        let here = (form, &answers);
        let all = instruction::carried(services, actor, &head, here).await.unwrap();
        all.into_iter().map(|one| (one.thread.note.id.clone(), one.is_open())).collect::<Vec<_>>()
    };
    for action in [
        Action::DeclareComplete,
        Action::OpenDialogue,
        Action::ReferToCommission,
        Action::PrepareDecision,
    ] {
        act(&world, agent, &id, action).await.unwrap();
    }
    act(&world, chief, &id, Action::Accept).await.unwrap();
    assert_eq!(carried(agent, &id).await, [], "nothing comes before it");
    let next = received(&world).await;
    assert_ne!(next, id);
    let all = [
        (watched.clone(), true),
        (settled.clone(), false),
        (own.clone(), true),
        (structure.clone(), true),
    ];
    assert_eq!(carried(agent, &next).await, all);
    assert_eq!(carried(chief, &next).await, [all[0].clone(), all[1].clone(), all[3].clone()]);
    let council = [all[1].clone(), all[3].clone()];
    assert_eq!(carried(&world.dgefp, &next).await, council, "not those of a service");
    for nobody in [&world.anne, &world.zoe, &world.far_agent] {
        assert_eq!(carried(nobody, &next).await, [], "{:?}", nobody.role);
    }
    // The note stays with its dossier: nothing is written about it from the next one.
    let written = instruction::settle(services, agent, &next, &watched, Settling::Open).await;
    assert_eq!(written, Err(NoteError::NotFound));
    instruction::settle(services, agent, &id, &watched, Settling::Settle).await.unwrap();
    assert_eq!(carried(agent, &next).await[0], (watched, false), "said later");
}
