//! The form studio: versions, who works on what, what a simulation says and what then happens.

use dossier::{form::revisions::FormKey, operation::Verdict, simulation::LossKind};
use form::{At, FieldDef, overlay::Overlay};
use futures::future::join_all;
use service::{
    Actor, SketchId, deposits, drafts, following, forms,
    studio::{
        self, Change, Start, StudioError,
        composing::{Gesture, make},
        simulating::{self, Within},
    },
};

use crate::{deposit_saying, verdicts, world::World, write};

on_both!(
    every_change_is_a_version_and_none_is_lost,
    each_bench_is_its_own,
    what_is_told_to_be_lost_is_lost_when_a_draft_follows,
    nothing_is_published_before_its_losses_are_accepted,
    drafts_and_deposits_are_walked_through_once,
);

fn question(label: &str) -> Box<FieldDef> {
    let json = serde_json::json!({ "id": "", "label": label, "kind": { "text": { "max": 80 } } });
    Box::new(serde_json::from_value(json).unwrap())
}

fn asking(label: &str) -> Gesture {
    Gesture::Ask { group: "demande.change".to_owned(), after: None, question: question(label) }
}

async fn begun(world: &World, actor: &Actor, department: &str, start: Start) -> SketchId {
    studio::begin(&world.services, actor, department, "Vélos de la Nièvre", start).await.unwrap()
}

async fn every_change_is_a_version_and_none_is_lost(world: World) {
    let services = &world.services;
    let id = begun(&world, &world.samir, "", Start::National).await;
    let added = make(services, &world.samir, &id, &asking("Combien de vélos ?")).await.unwrap();
    assert_eq!(added, "velos-de-la-nievre.combien_de_velos");
    let again = make(services, &world.samir, &id, &asking("Combien de vélos ?")).await.unwrap();
    assert_eq!(again, "velos-de-la-nievre.combien_de_velos_2");
    let nothing = Gesture::Title("Vélos de la Nièvre".to_owned());
    make(services, &world.samir, &id, &nothing).await.unwrap();
    let wrong = Gesture::Hide("demande.kind".to_owned(), true);
    let refused = make(services, &world.samir, &id, &wrong).await;
    assert!(
        matches!(&refused, Err(StudioError::Faults(faults)) if faults.len() == 1),
        "{refused:?}"
    );
    // At once, and neither is lost.
    let (one, other) = (asking("Un"), asking("Deux"));
    let both = join_all([
        make(services, &world.samir, &id, &one),
        make(services, &world.samir, &id, &other),
    ])
    .await;
    assert!(both.iter().all(Result::is_ok), "{both:?}");
    make(services, &world.samir, &id, &Gesture::Restore(2)).await.unwrap();
    let (sketch, versions) = studio::versions(services, &world.samir, &id).await.unwrap();
    let numbers: Vec<u32> = versions.iter().map(|version| version.number).collect();
    assert_eq!(numbers, [6, 5, 4, 3, 2, 1]);
    assert_eq!(sketch.last, versions[0]);
    assert_eq!(versions[0].overlay, versions[4].overlay, "as the second had it");
    assert_eq!((versions[0].change, versions[0].what.as_str()), (Change::Restored, "2"));
    assert_eq!(versions[1].overlay.edits.len(), 4, "both of those made at once");
    assert_eq!(versions[5].by_name, "Samir");
    assert!(world.execute("UPDATE sketch_version SET what = 'x'").await.is_err());
    assert!(world.execute("DELETE FROM sketch_version").await.is_err());
    studio::put_aside(services, &world.samir, &id, true).await.unwrap();
    assert!(studio::list(services, &world.samir).await.unwrap()[0].aside_at.is_some());
}

async fn each_bench_is_its_own(world: World) {
    let services = &world.services;
    let variant = begun(&world, &world.samir, "", Start::National).await;
    let ours = begun(&world, &world.agent, "58", Start::National).await;
    for (who, sees) in [
        (&world.samir, vec![&variant]),
        (&world.agent, vec![&ours]),
        (&world.chief, vec![&ours]),
        (&world.far_agent, vec![]),
    ] {
        let list = studio::list(services, who).await.unwrap();
        assert_eq!(list.iter().map(|one| &one.id).collect::<Vec<_>>(), sees, "{}", who.name);
        for id in [&variant, &ours] {
            let found = studio::one(services, who, id).await;
            assert_eq!(found.is_ok(), sees.contains(&id), "{} {id}", who.name);
            let made = make(services, who, id, &asking("Un")).await;
            assert_eq!(made.is_ok(), sees.contains(&id), "{} {id}", who.name);
        }
    }
    for nobody in [&world.anne, &world.marc, &world.dgefp] {
        assert_eq!(studio::list(services, nobody).await, Err(StudioError::NotFound));
        assert!(studio::one(services, nobody, &ours).await.is_err());
    }
    let elsewhere = studio::begin(services, &world.agent, "75", "Paris", Start::National).await;
    assert_eq!(elsewhere, Err(StudioError::NotFound));
    let variant_of_agent =
        studio::begin(services, &world.agent, "", "Essai", Start::National).await;
    assert_eq!(variant_of_agent, Err(StudioError::NotFound));
    // A supplement adds, and nothing else; eight questions at most.
    let wrong =
        make(services, &world.agent, &ours, &Gesture::Relax(crate::FIELD.into(), true)).await;
    assert!(matches!(wrong, Err(StudioError::Faults(_))));
    for rank in 2..=7 {
        make(services, &world.agent, &ours, &asking(&format!("Question {rank}"))).await.unwrap();
    }
    let ninth = make(services, &world.agent, &ours, &asking("Une de trop")).await;
    assert!(matches!(ninth, Err(StudioError::Faults(_))), "{ninth:?}");
    assert!(studio::one(services, &world.samir, &"x'; --".into()).await.is_err());
}

/// A supplement of the Nièvre that asks these questions, in force for the dossier that is opened.
async fn supplement(world: &World, ids: &[&str]) -> FormKey {
    let edits: Vec<serde_json::Value> = ids
        .iter()
        .map(|id| {
            serde_json::json!({ "add_question": { "group": "demande.change", "question":
                { "id": id, "label": format!("Question {id}"), "kind": { "text": { "max": 80 } },
                  "required": "never" } } })
        })
        .collect();
    let overlay: Overlay = serde_json::from_value(serde_json::json!({
        "form": "conventionnement", "revision": 1, "name": "nievre", "title": "Nièvre",
        "reach": { "supplement": { "department": "58" } }, "edits": edits,
    }))
    .unwrap();
    world.clock.advance(1_000);
    forms::publish(&world.services, overlay).await.unwrap()
}

async fn wrote(world: &World, id: &service::DossierId, field: &str, text: &str) {
    let saved = drafts::save(&world.services, &world.anne, id, vec![write(world, field, text, 0)]);
    let outcomes = saved.await.unwrap();
    let refused = verdicts(&outcomes).into_iter().any(|one| matches!(one, Verdict::Refused(_)));
    assert!(!refused, "{outcomes:?}");
}

async fn what_is_told_to_be_lost_is_lost_when_a_draft_follows(world: World) {
    let services = &world.services;
    let key = supplement(&world, &["nievre.a", "nievre.b"]).await;
    let id = world.open().await;
    wrote(&world, &id, "nievre.a", "Deux phrases.").await;
    wrote(&world, &id, "nievre.b", "douze").await;
    let sketch = begun(&world, &world.chief, "58", Start::Edition(key.clone())).await;
    assert_eq!(
        studio::one(services, &world.chief, &sketch).await.unwrap().last.overlay.name,
        "nievre"
    );
    make(services, &world.chief, &sketch, &Gesture::Remove("nievre.a".into())).await.unwrap();
    let mut number = FieldDef::clone(&question("Question nievre.b"));
    number.id = "nievre.b".into();
    number.kind = form::Kind::Integer { min: 0, max: 9 };
    make(services, &world.chief, &sketch, &Gesture::Change(Box::new(number))).await.unwrap();
    make(services, &world.chief, &sketch, &asking("Une de plus")).await.unwrap();

    world.clock.advance(1_000);
    let said = simulating::simulate(services, &world.chief, &sketch).await.unwrap();
    let report = &said.report;
    assert_eq!((report.drafts, report.deposits), (1, 0));
    let mut lost: Vec<(LossKind, &str)> =
        report.losses.iter().map(|loss| (loss.kind, loss.field.as_str())).collect();
    lost.sort_unstable();
    assert_eq!(lost, [(LossKind::NotAsked, "nievre.a"), (LossKind::Unfit, "nievre.b")]);
    assert_eq!(report.gains.len(), 1);
    assert_eq!(report.time.structures, 1);
    // One answer to mend and one to write: the estimate that the wizard shows.
    assert_eq!(report.time.seconds, 60 + 90);
    let keys: Vec<String> = report.losses.iter().map(dossier::simulation::Loss::key).collect();
    simulating::accept(services, &world.chief, &sketch, &keys).await.unwrap();
    let key = simulating::publish(services, &world.chief, &sketch).await.unwrap();

    // The very draft follows: what the simulation said is what happens.
    let way = following::crossroads(services, &world.anne, &id).await.unwrap().forth.unwrap();
    assert_eq!(way.key, key);
    following::follow(services, &world.anne, &id, &key).await.unwrap();
    let after = following::crossroads(services, &world.anne, &id).await.unwrap();
    let aside: Vec<&str> = after.aside.iter().map(|one| one.at.field.as_str()).collect();
    assert_eq!(aside, ["nievre.a"]);
    let problems = after.form.check(&after.draft.answers);
    let at_b = problems.iter().find(|problem| problem.at == At::once("nievre.b")).unwrap();
    assert!(!at_b.is_missing(), "malformed, not missing");
    assert!(problems.iter().any(|p| p.is_missing() && p.at.field == "nievre.une_de_plus"));
    let published = studio::one(services, &world.chief, &sketch).await.unwrap().last.overlay;
    let quiet = simulating::replay(services, &published, |_| {}).await.unwrap();
    assert!(quiet.losses.is_empty(), "it follows already: nothing more is lost");
}

async fn nothing_is_published_before_its_losses_are_accepted(world: World) {
    let services = &world.services;
    let key = supplement(&world, &["nievre.a", "nievre.b"]).await;
    let id = world.open().await;
    wrote(&world, &id, "nievre.a", "Deux phrases.").await;
    let sketch = begun(&world, &world.agent, "58", Start::Edition(key)).await;
    make(services, &world.agent, &sketch, &Gesture::Remove("nievre.a".into())).await.unwrap();
    make(services, &world.agent, &sketch, &Gesture::Remove("nievre.b".into())).await.unwrap();
    let losses = ["not_asked:nievre.a".to_owned()];
    let publish = || simulating::publish(services, &world.chief, &sketch);

    assert_eq!(
        simulating::publish(services, &world.agent, &sketch).await,
        Err(StudioError::NotFound)
    );
    let early = simulating::accept(services, &world.chief, &sketch, &losses).await;
    assert_eq!(early, Err(StudioError::BadRequest), "nobody looked yet");
    assert_eq!(publish().await, Err(StudioError::Unaccepted(1)));
    assert_eq!(services.store.editions().await.unwrap().len(), 1);
    // The refusal says what is lost.
    let (_, said, _) = simulating::last(services, &world.chief, &sketch).await.unwrap();
    assert_eq!(said.unwrap().report.losses[0].dossiers(), 1);
    let unknown =
        simulating::accept(services, &world.chief, &sketch, &["not_asked:x".into()]).await;
    assert_eq!(unknown, Err(StudioError::BadRequest));
    let not_for = simulating::accept(services, &world.agent, &sketch, &losses).await;
    assert_eq!(not_for, Err(StudioError::NotFound));
    simulating::accept(services, &world.chief, &sketch, &losses).await.unwrap();

    // Another draft loses it too before it is published: accepted for one is not accepted for two.
    world.clock.advance(1_000);
    let second = drafts::open(
        services,
        &world.anne,
        service::drafts::NewDossier { kind: "EI".into(), ..World::request() },
        vec![],
    );
    let second = second.await.unwrap();
    wrote(&world, &second, "nievre.a", "Trois phrases.").await;
    assert_eq!(publish().await, Err(StudioError::Unaccepted(1)));
    simulating::accept(services, &world.chief, &sketch, &losses).await.unwrap();
    let key = publish().await.unwrap();
    assert_eq!(key.to_string(), "conventionnement-1-nievre-2");
    let kept = services.store.edition_accepted(&key).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].dossiers, kept[0].by_name.as_str()), (2, "Léa"));
    assert!(world.execute("DELETE FROM edition_acceptance").await.is_err());
    assert!(world.execute("UPDATE sketch_acceptance SET dossiers = 9").await.is_err());
    assert_eq!(publish().await, Err(StudioError::Published));
    let sketch = studio::one(services, &world.agent, &sketch).await.unwrap();
    assert_eq!(sketch.published, [(3, key)]);

    // From a file, the same is asked.
    let mut overlay = sketch.last.overlay;
    overlay.edits.clear();
    overlay.title = "Nièvre, de nouveau".into();
    let by = "ligne de commande";
    let refused = simulating::publish_file(services, overlay.clone(), &[], by).await.unwrap();
    assert_eq!(refused.unwrap_err().losses[0].key(), losses[0]);
    let done = simulating::publish_file(services, overlay, &losses, by).await.unwrap().unwrap();
    assert_eq!(done.to_string(), "conventionnement-1-nievre-3");
    assert_eq!(services.store.edition_accepted(&done).await.unwrap()[0].by_name, by);
}

async fn drafts_and_deposits_are_walked_through_once(world: World) {
    let services = &world.services;
    let mine = world.open().await;
    let ei = service::drafts::NewDossier { kind: "EI".into(), ..World::request() };
    let other = drafts::open(services, &world.anne, ei, vec![]).await.unwrap();
    let theirs = world.open_of_zoe().await;
    let within = |department| Within { form: "conventionnement", department };
    let walked = async |department, deposited: bool| {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let chunk = if deposited {
                let since = services.now();
                services.store.deposited_since(within(department), since, after.as_ref(), 1).await
            } else {
                services.store.open_drafts(within(department), after.as_ref(), 1).await
            };
            let Some(last) = chunk.unwrap().pop() else { break seen };
            seen.push(last.1.clone());
            after = Some(last);
        }
    };
    let mut all = walked(None, false).await;
    assert_eq!(all[2], theirs, "one structure after the other");
    all.sort_unstable();
    let mut expected = vec![mine.clone(), other.clone(), theirs.clone()];
    expected.sort_unstable();
    assert_eq!(all, expected);
    assert_eq!(walked(Some("75"), false).await, [theirs]);
    deposit_saying(&world, &mine, "{}").await;
    assert_eq!(walked(Some("58"), false).await, [other]);
    assert_eq!(walked(None, true).await, std::slice::from_ref(&mine));
    let bilan = Within { form: "bilan", department: None };
    assert!(services.store.open_drafts(bilan, None, 9).await.unwrap().is_empty());
    deposits::withdraw(services, &world.anne, &mine).await.unwrap();
    assert!(walked(None, true).await.is_empty(), "what was withdrawn says nothing");
}
