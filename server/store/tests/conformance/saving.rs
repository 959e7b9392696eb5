//! Saving answers: applied once, never lost, whoever else writes.

use dossier::operation::{Operation, Refusal, Verdict};
use form::At;
use futures::future::join_all;
use service::drafts::SaveError;
use service::{StoreError, drafts, history, journal};

use crate::world::World;
use crate::{FIELD, PROSE, save_one, verdicts, write};

on_both!(
    an_operation_is_applied_once,
    a_newer_text_is_never_written_over,
    one_refused_operation_stops_no_other,
    every_text_comes_back_as_it_was,
    sixty_four_savers_share_one_dossier,
    two_servers_share_one_database,
    a_failed_batch_stops_nobody_after_it,
    closing_loses_nothing_that_was_saved,
    every_text_of_an_answer_is_found_again,
    passages_of_two_people_are_put_together,
);

async fn an_operation_is_applied_once(world: World) {
    let id = world.open().await;
    let batch = vec![write(&world, FIELD, "un", 0), write(&world, "demande.multi_year", "3", 0)];
    let save = async || drafts::save(&world.services, &world.anne, &id, batch.clone()).await;
    let first = save().await.unwrap();
    assert_eq!(verdicts(&first), [&Verdict::Saved { version: 1 }, &Verdict::Saved { version: 1 }]);
    let before = drafts::read(&world.services, &world.anne, &id).await.unwrap();
    assert_eq!(save().await.unwrap(), first);
    assert_eq!(drafts::read(&world.services, &world.anne, &id).await.unwrap(), before);

    drafts::abandon(&world.services, &world.anne, &id).await.unwrap();
    assert_eq!(save().await.unwrap(), first, "known outcomes stay known");
    let late =
        drafts::save(&world.services, &world.anne, &id, vec![write(&world, FIELD, "trop tard", 1)]);
    assert_eq!(late.await, Err(SaveError::NotEditable));
}

async fn a_newer_text_is_never_written_over(world: World) {
    let id = world.open().await;
    assert_eq!(save_one(&world, &id, "un", 0).await, Verdict::Saved { version: 1 });
    assert_eq!(save_one(&world, &id, "deux", 1).await, Verdict::Saved { version: 2 });
    let conflict =
        Verdict::Conflict { raw: "deux".into(), version: 2, by: world.anne.name.clone() };
    assert_eq!(save_one(&world, &id, "trois", 1).await, conflict);
    assert_eq!(save_one(&world, &id, "deux", 0).await, Verdict::Saved { version: 2 });
    let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
    assert_eq!(draft.answers.raw(FIELD, ""), "deux");
    assert_eq!(world.count("SELECT count(*) FROM answer_past WHERE raw = 'un'").await, 1);
}

async fn every_text_of_an_answer_is_found_again(world: World) {
    let id = world.open().await;
    for (seen, text) in (0..).zip(["un", "deux", "trois"]) {
        save_one(&world, &id, text, seen).await;
    }
    let at = At::once(FIELD);
    let read = async || history::read(&world.services, &world.anne, &id, &at).await.unwrap();
    let texts = read().await;
    let told: Vec<_> = texts.iter().map(|w| (w.answer.version, w.answer.raw.as_str())).collect();
    assert_eq!(told, [(3, "trois"), (2, "deux"), (1, "un")]);
    assert!(texts.iter().all(|written| written.by_name == world.anne.name));

    let restored = history::restore(&world.services, &world.anne, &id, &at, 1).await.unwrap();
    assert_eq!(restored.unwrap().verdict, Verdict::Saved { version: 4 });
    assert_eq!(read().await[0].answer.raw, "un");
    let none = history::restore(&world.services, &world.anne, &id, &at, 9).await;
    assert_eq!(none, Ok(None));
    let elsewhere = At::in_row(FIELD, "x");
    assert_eq!(history::read(&world.services, &world.anne, &id, &elsewhere).await, Ok(vec![]));
}

async fn passages_of_two_people_are_put_together(world: World) {
    let id = world.open().await;
    let prose = |raw: &str, seen| write(&world, PROSE, raw, seen);
    let save = async |actor: &service::Actor, operations: &[Operation]| {
        let outcomes =
            drafts::save(&world.services, actor, &id, operations.to_vec()).await.unwrap();
        outcomes.into_iter().map(|outcome| outcome.verdict).collect::<Vec<_>>()
    };
    save(&world.anne, &[prose("Un. Deux. « Trois ».", 0)]).await;
    save(&world.anne, &[prose("Un. Deux. « Tiers ».", 1)]).await;
    save(&world.anne, &[prose("Un. Deux. « Tiers » et plus.", 2)]).await;

    // Both at once, in one batch or two: over the first version, each in a passage of their own.
    let (first, then) = (prose("Une. Deux. « Trois ».", 1), prose("Un. Deuxième. « Trois ».", 1));
    let (of_marc, of_anne) = tokio::join!(
        save(&world.marc, std::slice::from_ref(&first)),
        save(&world.anne, std::slice::from_ref(&then))
    );
    let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
    assert_eq!(draft.answers.raw(PROSE, ""), "Une. Deuxième. « Tiers » et plus.");
    assert_eq!(save(&world.marc, &[first]).await, of_marc, "sent again, the same answer");
    assert_eq!(save(&world.anne, &[then]).await, of_anne);
    for said in of_marc.iter().chain(&of_anne) {
        assert!(matches!(said, Verdict::Merged { version: 5 | 7, own: 4 | 6, .. }), "{said:?}");
    }
    // Typed over his own text, which only the history holds.
    let Verdict::Merged { own, .. } = of_marc[0] else { panic!("{of_marc:?}") };
    let more = save(&world.marc, &[prose("Une. Deux. « Trois ». Quatre.", own)]).await;
    assert!(matches!(more[0], Verdict::Conflict { version: 7, .. }), "both at the end: {more:?}");
    let more = save(&world.marc, &[prose("Zéro. Deux. « Trois ».", own)]).await;
    let raw = "Zéro. Deuxième. « Tiers » et plus.".to_owned();
    assert_eq!(more, [Verdict::Merged { raw, version: 9, own: 8 }]);

    let texts = history::read(&world.services, &world.anne, &id, &At::once(PROSE)).await.unwrap();
    let versions: Vec<u32> = texts.iter().map(|w| w.answer.version).collect();
    assert_eq!(versions, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    assert!(texts.iter().any(|w| w.answer.raw == "Une. Deux. « Trois »."));
    let events = journal::read(&world.services, &world.anne, &id).await.unwrap();
    assert!(journal::is_whole(&events) && events.len() == 1 + 6);
}

async fn one_refused_operation_stops_no_other(world: World) {
    let id = world.open().await;
    let mut bad = write(&world, FIELD, "x", 0);
    bad.id = "?".into();
    let mut in_row = write(&world, FIELD, "x", 0);
    in_row.at.row = "?".into();
    let batch = vec![
        bad,
        write(&world, "demande.nothing", "x", 0),
        in_row,
        write(&world, FIELD, &"x".repeat(100_000), 0),
        write(&world, "demande.siae_kind", "EI", 1),
        write(&world, FIELD, "\0", 0),
        write(&world, FIELD, "bon", 0),
    ];
    let outcomes = drafts::save(&world.services, &world.anne, &id, batch).await.unwrap();
    let refused = [
        Refusal::BadOperation,
        Refusal::UnknownField,
        Refusal::UnknownRow,
        Refusal::TooLong,
        Refusal::FixedField,
        Refusal::BadOperation,
    ]
    .map(Verdict::Refused);
    let mut expected: Vec<&Verdict> = refused.iter().collect();
    expected.push(&Verdict::Saved { version: 1 });
    assert_eq!(verdicts(&outcomes), expected);
}

async fn every_text_comes_back_as_it_was(world: World) {
    let id = world.open().await;
    let texts = [
        "l'été \"à\" l'œil",
        "{\"a\": [1]}",
        "null",
        "12",
        "\u{1}\t\r\n ",
        "😀\u{ffff}",
        "'; --",
        "true",
        "\\u0041",
        "1e5",
        "",
    ];
    for (seen, text) in (0..).zip(texts) {
        assert_eq!(save_one(&world, &id, text, seen).await, Verdict::Saved { version: seen + 1 });
        let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
        assert_eq!(draft.answers.raw(FIELD, ""), text);
    }
}

async fn sixty_four_savers_share_one_dossier(world: World) {
    let id = world.open().await;
    let texts: Vec<String> = (0..64).map(|i| format!("texte {i}")).collect();
    let verdicts = join_all(texts.iter().map(|text| save_one(&world, &id, text, 0))).await;
    let saved: Vec<usize> =
        (0..64).filter(|&i| matches!(verdicts[i], Verdict::Saved { .. })).collect();
    assert_eq!(saved.len(), 1);
    let draft = drafts::read(&world.services, &world.anne, &id).await.unwrap();
    assert_eq!(draft.answers.raw(FIELD, ""), texts[saved[0]]);
    let lost = verdicts.iter().filter(|v| matches!(v, Verdict::Conflict { .. })).count();
    assert_eq!(lost, 63);
    let events = journal::read(&world.services, &world.anne, &id).await.unwrap();
    assert!(journal::is_whole(&events));
}

async fn two_servers_share_one_database(world: World) {
    let id = world.open().await;
    let other = world.second_server().await;
    let servers = [(&world.services, &world.anne), (&other, &world.marc)];
    let saves = (0..64).map(|i| {
        let (services, actor) = servers[i % 2];
        let operations = vec![write(&world, FIELD, &format!("texte {i}"), 0)];
        drafts::save(services, actor, &id, operations)
    });
    let outcomes: Vec<_> = join_all(saves).await.into_iter().map(Result::unwrap).collect();
    let winners = outcomes.iter().filter(|o| matches!(o[0].verdict, Verdict::Saved { .. }));
    assert_eq!(winners.count(), 1);
    let events = journal::read(&other, &world.marc, &id).await.unwrap();
    assert!(journal::is_whole(&events) && events.len() == 2);
}

async fn a_failed_batch_stops_nobody_after_it(world: World) {
    let id = world.open().await;
    let mut nobody = world.anne.clone();
    nobody.account_id = "nobody".into();
    let operations = vec![write(&world, FIELD, "de personne", 0)];
    let saved = drafts::save(&world.services, &nobody, &id, operations).await;
    assert_eq!(saved, Err(SaveError::Store(StoreError::Corrupt)));
    assert_eq!(save_one(&world, &id, "d'Anne", 0).await, Verdict::Saved { version: 1 });
}

async fn closing_loses_nothing_that_was_saved(world: World) {
    let id = world.open().await;
    let saves = join_all((0..200).map(|i| {
        let operations = vec![write(&world, FIELD, &format!("{i}"), 0)];
        let (services, anne, id) = (world.services.clone(), world.anne.clone(), id.clone());
        tokio::spawn(async move { drafts::save(&services, &anne, &id, operations).await })
    }));
    let (saves, ()) = tokio::join!(saves, world.services.store.close());
    for saved in saves {
        match saved.unwrap() {
            Ok(_) | Err(SaveError::Store(StoreError::Unavailable)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    let late = drafts::save(&world.services, &world.anne, &id, vec![]).await;
    assert_eq!(late, Err(SaveError::Store(StoreError::Unavailable)));
}
