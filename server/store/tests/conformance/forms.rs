//! Forms that change: what is laid over them, and drafts that follow.

use dossier::form::revisions::FormKey;
use form::{At, overlay::Overlay};
use futures::future::join_all;
use service::{
    StoreError,
    deposits::{self, DepositError},
    drafts::{self, NewDossier},
    following::{self, Behind, FollowError},
    forms::{self, PublishError},
    history, journal,
};

use crate::{FIELD, deposit, save_one, verdicts, world::World, write};

on_both!(
    a_supplement_is_published_under_its_next_number_and_never_changes,
    a_dossier_follows_the_supplement_of_its_departement,
    a_draft_follows_a_newer_form_and_comes_back,
    a_deposited_dossier_keeps_its_form,
    a_draft_follows_the_national_form_before_it_is_deposited,
    what_is_true_in_two_departements_is_typed_once,
);

/// A supplement of the Nièvre over the first revision, that asks these questions.
fn supplement(questions: &[&str]) -> Overlay {
    let question = |id: &&str| {
        format!(
            r#"{{"add_question":{{"group":"demande.change","question":
                {{"id":"{id}","label":"Question {id}","kind":{{"text":{{"max":80}}}}}}}}}}"#
        )
    };
    let edits: Vec<String> = questions.iter().map(question).collect();
    let text = format!(
        r#"{{"form":"conventionnement","revision":1,"name":"nievre","title":"Nièvre",
            "reach":{{"supplement":{{"department":"58"}}}},"edits":[{}]}}"#,
        edits.join(",")
    );
    serde_json::from_str(&text).unwrap()
}

async fn publish(world: &World, questions: &[&str]) -> FormKey {
    world.clock.advance(1_000);
    forms::publish(&world.services, supplement(questions)).await.unwrap()
}

async fn a_supplement_is_published_under_its_next_number_and_never_changes(world: World) {
    let services = &world.services;
    let before = services.now();
    let keys = [publish(&world, &["nievre.a"]).await, publish(&world, &["nievre.b"]).await];
    assert_eq!(keys[1].to_string(), "conventionnement-1-nievre-2");
    let form = forms::of(services, &keys[0]).await.unwrap().revision;
    assert!(form.place("nievre.a").is_some() && form.place("nievre.b").is_none());
    let national = FormKey { overlay: String::new(), ..keys[0].clone() };
    let of =
        async |department, at| services.store.supplement(&national, department, at).await.unwrap();
    assert_eq!(of("58", services.now()).await, Some(("nievre".to_owned(), 2)));
    assert_eq!(of("58", before).await, None, "not published yet");
    assert_eq!(of("75", services.now()).await, None);

    let editions = services.store.editions().await.unwrap();
    let again = services.store.add_edition(&editions[0]).await;
    assert_eq!(again, Err(StoreError::Conflict));
    assert_eq!(services.store.editions().await.unwrap(), editions);
    assert!(world.execute("UPDATE edition SET overlay = '{}'").await.is_err());
    assert!(world.execute("DELETE FROM edition").await.is_err());
    let unknown = FormKey { overlay: "nievre-9".to_owned(), ..national };
    assert_eq!(services.store.form(&unknown).await.unwrap().map(|_| ()), None);
    let wrong = forms::publish(services, supplement(&["ailleurs.a"])).await;
    assert!(matches!(wrong, Err(PublishError::Faults(faults)) if faults.len() == 1));

    // Another server reads what the first published.
    let other = world.second_server().await;
    assert!(forms::of(&other, &keys[1]).await.unwrap().revision.place("nievre.b").is_some());
    let all = join_all((0..4).map(|_| forms::publish(services, supplement(&["nievre.c"])))).await;
    let published = all.iter().filter(|one| one.is_ok()).count();
    let numbers = services.store.editions().await.unwrap().into_iter().map(|one| one.number);
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        (1..=2 + u32::try_from(published).unwrap()).collect::<Vec<_>>()
    );
}

async fn a_dossier_follows_the_supplement_of_its_departement(world: World) {
    publish(&world, &["nievre.a"]).await;
    let here = world.open().await;
    let saved = drafts::save(
        &world.services,
        &world.marc,
        &here,
        vec![write(&world, "nievre.a", "À vélo", 0)],
    );
    assert!(matches!(
        verdicts(&saved.await.unwrap())[..],
        [dossier::operation::Verdict::Saved { .. }]
    ));
    let there = world.open_of_zoe().await;
    let saved = drafts::save(
        &world.services,
        &world.zoe,
        &there,
        vec![write(&world, "nievre.a", "À vélo", 0)],
    );
    assert!(matches!(
        verdicts(&saved.await.unwrap())[..],
        [dossier::operation::Verdict::Refused(_)]
    ));
    let head = drafts::head(&world.services, &world.anne, &here).await.unwrap();
    assert_eq!(head.form_key().to_string(), "conventionnement-1-nievre-1");
    // The same on a list, and on another server that has not read the form yet.
    let home = drafts::home(&world.services, &world.anne).await.unwrap();
    assert_eq!(home.dossiers[0].overlay, "nievre-1");
    let other = world.second_server().await;
    let again = vec![write(&world, "nievre.a", "À pied", 1)];
    assert!(drafts::save(&other, &world.anne, &here, again).await.is_ok());
}

async fn a_draft_follows_a_newer_form_and_comes_back(world: World) {
    let services = &world.services;
    let first = publish(&world, &["nievre.a"]).await;
    let id = world.open().await;
    save_one(&world, &id, "Un motif écrit à la main", 0).await;
    let typed = vec![write(&world, "nievre.a", "À vélo", 0)];
    drafts::save(services, &world.marc, &id, typed).await.unwrap();
    let standing = following::crossroads(services, &world.anne, &id).await.unwrap();
    assert!(standing.forth.is_none() && standing.back.is_none() && standing.aside.is_empty());

    let second = publish(&world, &["nievre.b"]).await;
    let head = drafts::head(services, &world.anne, &id).await.unwrap();
    assert_eq!(following::behind(services, &head).await.unwrap(), Behind::Offered);
    let change = following::crossroads(services, &world.anne, &id).await.unwrap().forth.unwrap();
    assert_eq!((&change.key, &change.plan.added[..]), (&second, &["nievre.b".to_owned()][..]));
    assert_eq!(change.plan.aside, [(At::once("nievre.a"), "À vélo".to_owned())]);

    let refused = following::follow(services, &world.zoe, &id, &second).await;
    assert_eq!(refused, Err(FollowError::NotFound));
    let nowhere = FormKey { overlay: "nievre-9".to_owned(), ..second.clone() };
    let refused = following::follow(services, &world.anne, &id, &nowhere).await;
    assert_eq!(refused, Err(FollowError::NotOffered));
    following::follow(services, &world.marc, &id, &second).await.unwrap();
    following::follow(services, &world.marc, &id, &second).await.unwrap();

    let after = following::crossroads(services, &world.anne, &id).await.unwrap();
    assert_eq!(after.draft.head.form_key(), second);
    assert_eq!(after.draft.answers.raw(FIELD, ""), "Un motif écrit à la main");
    assert_eq!(after.aside.len(), 1);
    assert_eq!(
        (after.aside[0].question.as_str(), after.aside[0].text.as_str()),
        ("Question nievre.a", "À vélo")
    );
    assert!(after.forth.is_none());
    assert_eq!(after.back.unwrap().key, first);

    following::follow(services, &world.anne, &id, &first).await.unwrap();
    let home = following::crossroads(services, &world.anne, &id).await.unwrap();
    assert_eq!(home.draft.answers.raw("nievre.a", ""), "À vélo");
    assert!(home.aside.is_empty() && home.forth.unwrap().key == second && home.back.is_none());
    let events = journal::read(services, &world.anne, &id).await.unwrap();
    assert!(journal::is_whole(&events));
    let changes = events.iter().filter(|event| event.what.code() == "form_changed").count();
    assert_eq!(changes, 2, "asked twice, done once");
    let texts = history::read(services, &world.anne, &id, &At::once("nievre.a")).await.unwrap();
    assert_eq!(texts.len(), 1, "nothing was written over");
}

async fn a_deposited_dossier_keeps_its_form(world: World) {
    let services = &world.services;
    publish(&world, &["nievre.a"]).await;
    let id = world.open().await;
    deposit(&world, &id).await;
    publish(&world, &["nievre.b"]).await;
    let head = services.store.head(&id).await.unwrap().unwrap();
    assert_eq!(following::behind(services, &head).await.unwrap(), Behind::No);
    assert_eq!(head.overlay, "nievre-1");
}

async fn what_is_true_in_two_departements_is_typed_once(world: World) {
    let services = &world.services;
    let request = || NewDossier { request_kind: "annual".into(), ..World::request() };
    let here = drafts::open(services, &world.anne, request(), vec![]).await.unwrap();
    let text = "identification.legal_name";
    let typed = vec![
        write(&world, text, "Les Jardins de la Loire", 0),
        write(&world, "moyens.etp_requested", "12", 0),
    ];
    drafts::save(services, &world.marc, &here, typed).await.unwrap();
    let elsewhere = NewDossier { department: Some("21".into()), ..request() };
    let there = drafts::open(services, &world.anne, elsewhere, vec![]).await.unwrap();
    assert_ne!(here, there, "one live dossier for each département");
    let draft = drafts::read(services, &world.anne, &there).await.unwrap();
    assert_eq!(
        (draft.head.department.as_str(), draft.answers.raw("demande.department", "")),
        ("21", "21")
    );
    let name = draft.answers.of(text, "").unwrap();
    assert_eq!(name.raw, "Les Jardins de la Loire");
    assert_eq!(name.provenance.as_ref().unwrap().reference, "58");
    assert_eq!(draft.answers.raw("moyens.etp_requested", ""), "", "posts are asked of each");
    let nowhere = NewDossier { department: Some("99".into()), ..request() };
    assert!(drafts::open(services, &world.anne, nowhere, vec![]).await.is_err());
}

async fn a_draft_follows_the_national_form_before_it_is_deposited(world: World) {
    let services = &world.services;
    let id = world.open().await;
    let head = drafts::head(services, &world.anne, &id).await.unwrap();
    assert_eq!((head.revision, following::behind(services, &head).await.unwrap()), (1, Behind::No));
    // The second revision is in force since the 2nd of November 2026.
    world.clock.advance(60 * 24 * 3_600_000);
    assert_eq!(following::behind(services, &head).await.unwrap(), Behind::Required);
    let refused = deposits::deposit(services, &world.anne, &id).await;
    assert_eq!(refused, Err(DepositError::FormChanged));
    let change = following::crossroads(services, &world.anne, &id).await.unwrap().forth.unwrap();
    assert_eq!(change.key.to_string(), "conventionnement-2");
    following::follow(services, &world.anne, &id, &change.key).await.unwrap();
    let refused = deposits::deposit(services, &world.anne, &id).await;
    assert!(matches!(refused, Err(DepositError::Incomplete(_))), "{refused:?}");
}
