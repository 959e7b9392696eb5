//! The list that agents work by: what it holds, by whom it is read, and that it is what the other
//! tables say.

use dossier::{
    act::Said,
    state::{Action, State},
};
use form::At;
use service::{
    Actor, DossierId,
    accounts::add_structure,
    instruction, readings,
    seen::{self, What},
    worklist::{
        Asked, Counts, Deadline, Filter, Followed, Kept, Page, Sort, Wanted, assign, batch, list,
        undo,
    },
};

use crate::{deposit, deposit_saying, world::World};

on_both! {
    a_line_follows_its_dossier_and_is_what_a_rebuild_makes,
    a_list_is_filtered_sorted_and_searched_within_the_scope,
    pages_hold_every_line_once,
    of_two_who_take_a_dossier_one_has_it,
    a_gesture_on_several_is_undone_but_for_what_moved_since,
    a_mark_falls_where_the_value_changes_and_nowhere_else,
}

const DAY: i64 = 24 * 60 * 60 * 1_000;

async fn listed(world: &World, actor: &Actor, asked: Asked) -> (Page, Counts) {
    list(&world.services, actor, asked).await.unwrap()
}

async fn all(world: &World, actor: &Actor) -> (Page, Counts) {
    listed(world, actor, Asked::default()).await
}

async fn done(world: &World, id: &DossierId, action: Action, said: Said, deposit: u32) {
    let act = (action, said);
    instruction::act(&world.services, &world.agent, id, act, deposit).await.unwrap();
}

async fn a_line_follows_its_dossier_and_is_what_a_rebuild_makes(world: World) {
    let id = world.open().await;
    assert_eq!(all(&world, &world.agent).await.0.lines, [], "a draft is of nobody else");
    let says = r#"{"moyens.etp_requested":"14.20","moyens.etp_current":"12.00"}"#;
    deposit_saying(&world, &id, says).await;
    let (page, counts) = all(&world, &world.agent).await;
    let [line] = page.lines.as_slice() else { panic!("{page:?}") };
    assert_eq!((line.etp.unwrap().0, line.etp_before.unwrap().0), (1420, 1200));
    assert_eq!((line.state, line.nature.as_str()), (State::Submitted, "amendment"));
    let today = world.services.clock.today().unwrap();
    assert_eq!(line.due.unwrap().days_since_epoch(), today.days_since_epoch() + 15);
    assert_eq!(
        counts,
        Counts { states: vec![(State::Submitted, 1)], soon: 1, ..Counts::default() }
    );

    done(&world, &id, Action::DeclareComplete, Said::default(), 1).await;
    let line = &all(&world, &world.agent).await.0.lines[0];
    assert_eq!((line.state, line.due), (State::Complete, None));
    let due = form::Date::from_days_since_epoch(today.days_since_epoch() + 20);
    let back = Said { message: "Bonjour.".into(), due, ..Said::default() };
    done(&world, &id, Action::SendBack, back, 1).await;
    let line = &all(&world, &world.agent).await.0.lines[0];
    assert_eq!((line.state, line.due), (State::SentBack, due), "the day that was asked for");
    world.clock.advance(21 * DAY);
    assert_eq!(all(&world, &world.agent).await.1.late, 1);
    deposit_saying(&world, &id, r#"{"moyens.etp_requested":"13.00"}"#).await;
    let mut structure =
        world.services.store.structure(&world.anne.admin_of[0]).await.unwrap().unwrap();
    structure.name = "L'Été aux Jardins".into();
    add_structure(&world.services, &structure).await.unwrap();
    let wanted = [Wanted { dossier: id.clone(), seen: None }];
    let me = world.agent.account_id.clone();
    assign(&world.services, &world.agent, &wanted, Some(&me)).await.unwrap();
    let journal = world.services.store.journal(&id).await.unwrap();
    assert!(
        service::journal::is_whole(&journal) && journal.last().unwrap().what.code() == "assigned"
    );

    let kept = all(&world, &world.agent).await;
    let line = &kept.0.lines[0];
    assert_eq!(
        (line.structure_name.as_str(), line.follower_name.as_str()),
        ("L'Été aux Jardins", "Inès")
    );
    assert_eq!((line.etp.unwrap().0, line.etp_before), (1300, None));
    assert_eq!(world.services.store.rebuild_work_list().await.unwrap(), 1);
    assert_eq!(
        all(&world, &world.agent).await,
        kept,
        "kept with each change or made again: the same"
    );
    for table in ["DELETE FROM worklist", "DELETE FROM worklist_tally", "DELETE FROM worklist_word"]
    {
        world.execute(table).await.unwrap();
    }
    // A database that had dossiers before it had a list.
    let again = world.second_server().await;
    let made = list(&again, &world.agent, Asked { search: "ete jard".into(), ..Asked::default() });
    assert_eq!(made.await.unwrap(), kept);
}

/// Three dossiers of "Les Jardins" and one of Paris.
async fn some(world: &World) -> Vec<DossierId> {
    let mut ids = Vec::new();
    for (rank, etp) in ["8.00", "20.00", "12.50"].into_iter().enumerate() {
        let id = world.open().await;
        deposit_saying(world, &id, &format!(r#"{{"moyens.etp_requested":"{etp}"}}"#)).await;
        // An amendment stands alone: the one before is decided first.
        if rank < 2 {
            world.clock.advance(DAY);
            close(world, &id).await;
        }
        ids.push(id);
    }
    let far = world.open_of_zoe().await;
    deposit(world, &far).await;
    ids.push(far);
    ids
}

/// Takes a request back.
async fn close(world: &World, id: &DossierId) {
    service::deposits::withdraw(&world.services, &world.anne, id).await.unwrap();
}

async fn a_list_is_filtered_sorted_and_searched_within_the_scope(world: World) {
    let ids = some(&world).await;
    let found = async |actor: &Actor, asked: Asked| -> Vec<usize> {
        let lines = listed(&world, actor, asked).await.0.lines;
        lines.iter().map(|line| ids.iter().position(|id| *id == line.id).unwrap()).collect()
    };
    let sorted = |sort| Asked { sort, ..Asked::default() };
    let agent = &world.agent;
    assert_eq!(found(agent, sorted(Sort::Etp)).await, [1, 2, 0]);
    assert_eq!(found(agent, Asked { reversed: true, ..sorted(Sort::Etp) }).await, [0, 2, 1]);
    assert_eq!(found(agent, sorted(Sort::Deposited)).await, [2, 1, 0]);
    assert_eq!(found(agent, sorted(Sort::Due)).await[0], 2, "what is closed has no deadline");
    assert_eq!(found(&world.far_agent, sorted(Sort::Due)).await, [3]);
    assert_eq!(
        found(&world.dgefp, sorted(Sort::Name)).await[0],
        3,
        "Les Ateliers, then Les Jardins"
    );
    assert_eq!(found(&world.anne, sorted(Sort::Due)).await, [0; 0], "a structure has no such list");

    let only = |filter| Asked { filter, ..Asked::default() };
    let in_states =
        |states: &[State]| only(Filter { states: states.to_vec(), ..Filter::default() });
    assert_eq!(found(agent, in_states(&[State::Submitted, State::Complete])).await, [2]);
    assert_eq!(found(agent, in_states(&[State::Withdrawn])).await.len(), 2);
    let kind = |kind: &str| only(Filter { kind: Some(kind.into()), ..Filter::default() });
    assert_eq!(found(agent, kind("ACI")).await.len(), 3);
    assert_eq!(found(agent, kind("EI' OR 1=1")).await, [0; 0]);
    let soon = |deadline| only(Filter { deadline: Some(deadline), ..Filter::default() });
    assert_eq!(found(&world.dgefp, soon(Deadline::Soon)).await.len(), 2);
    assert_eq!(found(&world.dgefp, soon(Deadline::Late)).await, [0; 0]);
    let department = |one: &str| Asked { department: Some(one.into()), ..Asked::default() };
    assert_eq!(found(&world.dgefp, department("75")).await, [3]);
    assert_eq!(found(agent, department("75")).await, [0; 0], "not of this agent");

    let search = |text: &str| Asked { search: text.into(), ..Asked::default() };
    assert_eq!(found(&world.dgefp, search("jard")).await.len(), 3);
    assert_eq!(found(&world.dgefp, search("les ateli")).await, [3]);
    assert_eq!(found(&world.dgefp, search("ateliers jardins")).await, [0; 0]);
    assert_eq!(found(&world.dgefp, search("732 829 320 00074")).await.len(), 4);
    let number = listed(&world, agent, sorted(Sort::Deposited)).await.0.lines[0].number.clone();
    assert_eq!(found(&world.dgefp, search(&number)).await, [2]);
    assert_eq!(found(agent, search("ateliers")).await, [0; 0]);

    let me = world.agent.account_id.clone();
    let wanted = [Wanted { dossier: ids[2].clone(), seen: None }];
    assign(&world.services, agent, &wanted, Some(&me)).await.unwrap();
    let by = |followed| only(Filter { followed: Some(followed), ..Filter::default() });
    assert_eq!(found(agent, by(Followed::By(me))).await, [2]);
    assert_eq!(found(agent, by(Followed::ByNobody)).await.len(), 2);
}

async fn pages_hold_every_line_once(world: World) {
    let id = world.open().await;
    deposit_saying(&world, &id, r#"{"moyens.etp_requested":"1.00"}"#).await;
    // 120 more lines, and as many in Paris: with the same names and days, so that ids decide.
    for statement in MANY {
        world.execute(statement).await.unwrap();
    }
    let mut both = world.agent.clone();
    both.scope = dossier::role::Scope::Departments(vec!["58".into(), "75".into()]);
    for actor in [&world.agent, &both, &world.dgefp] {
        let whole = if actor.scope == world.agent.scope { 121 } else { 241 };
        for sort in Sort::ALL {
            for reversed in [false, true] {
                let (mut seen, mut after) = (Vec::new(), None);
                loop {
                    let asked = Asked { sort, reversed, after, ..Asked::default() };
                    let page = listed(&world, actor, asked).await.0;
                    assert!(page.lines.len() <= 50);
                    seen.extend(page.lines.into_iter().map(|line| line.id));
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(seen.len(), whole, "{sort:?} {reversed}");
                seen.sort();
                seen.dedup();
                assert_eq!(seen.len(), whole, "{sort:?} {reversed}: none twice");
            }
        }
    }
}

/// Foreign keys stand in the way of lines without dossiers: dossiers are made too.
const MANY: [&str; 2] = [
    "INSERT INTO dossier (id, structure_id, form, revision, kind, request_kind, perimeter, year,
         department, state, created_at, updated_at, updated_by, deposits, journal_seq, journal_hash,
         overlay)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 240)
     SELECT '01JZ00000000000000000' || CAST(10000 + n.i AS TEXT), d.structure_id, d.form,
         d.revision, d.kind, d.request_kind, d.perimeter, 3000 + n.i, d.department, d.state,
         d.created_at, d.updated_at, d.updated_by, 0, d.journal_seq, d.journal_hash, d.overlay
     FROM n CROSS JOIN (SELECT * FROM dossier LIMIT 1) AS d",
    "INSERT INTO worklist (dossier_id, department, state, kind, nature, year, structure_name,
         name_key, siret, number, deposited_at, due, etp, etp_before, assignee)
     SELECT d.id, CASE WHEN d.year % 2 = 0 THEN '58' ELSE '75' END, w.state, w.kind, w.nature,
         w.year, w.structure_name, w.name_key, w.siret, w.number, w.deposited_at, w.due, w.etp,
         w.etp_before, w.assignee
     FROM worklist w CROSS JOIN dossier d WHERE d.deposits = 0",
];

async fn of_two_who_take_a_dossier_one_has_it(world: World) {
    let id = world.open().await;
    deposit(&world, &id).await;
    let wanted = [Wanted { dossier: id.clone(), seen: None }];
    let mut other = world.far_agent.clone();
    other.scope = world.agent.scope.clone();
    let (ours, theirs) = (world.agent.account_id.clone(), other.account_id.clone());
    world.services.store.set_territory(&theirs, &["58".into(), "75".into()]).await.unwrap();
    let second = world.second_server().await;
    let (one, two) = tokio::join!(
        assign(&world.services, &world.agent, &wanted, Some(&ours)),
        assign(&second, &other, &wanted, Some(&theirs)),
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    let moved = [&one, &two].iter().filter(|done| done.batch.is_some()).count();
    assert_eq!(moved, 1, "{one:?} {two:?}");
    let stayed = if one.batch.is_some() { &two } else { &one };
    assert_eq!(stayed.kept, [(id.clone(), Kept::Moved)]);
    // A colleague of elsewhere, and a person of elsewhere.
    let now = world.services.store.follower(&id).await.unwrap().map(|one| one.id);
    let wanted = [Wanted { dossier: id.clone(), seen: now }];
    let structure = world.anne.account_id.clone();
    let odd = assign(&world.services, &world.agent, &wanted, Some(&structure)).await.unwrap();
    assert_eq!(odd.kept, [(id.clone(), Kept::NotTheirs)]);
    for nobody in [&world.anne, &world.far_agent, &world.dgefp] {
        assert!(assign(&world.services, nobody, &wanted, None).await.is_err());
    }
}

async fn a_gesture_on_several_is_undone_but_for_what_moved_since(world: World) {
    let (one, two) = (world.open().await, world.open_of_zoe().await);
    deposit(&world, &one).await;
    deposit(&world, &two).await;
    let mut agent = world.agent.clone();
    agent.scope = dossier::role::Scope::Departments(vec!["58".into(), "75".into()]);
    let me = agent.account_id.clone();
    world.services.store.set_territory(&me, &["58".into(), "75".into()]).await.unwrap();
    let wanted: Vec<_> = [&one, &two].map(|id| Wanted { dossier: id.clone(), seen: None }).to_vec();
    let gesture = assign(&world.services, &agent, &wanted, Some(&me)).await.unwrap();
    let gesture = gesture.batch.unwrap();
    assert_eq!(batch(&world.services, &agent, &gesture).await.unwrap().changes.len(), 2);
    assert!(batch(&world.services, &world.far_agent, &gesture).await.is_err(), "of another person");
    let released = [Wanted { dossier: two.clone(), seen: Some(me.clone()) }];
    assign(&world.services, &agent, &released, None).await.unwrap();
    world.clock.advance(60_000);
    let back = undo(&world.services, &agent, &gesture).await.unwrap();
    assert!(back.batch.is_some(), "{back:?}");
    for id in [&one, &two] {
        assert_eq!(world.services.store.follower(id).await.unwrap(), None);
    }
    world.clock.advance(DAY);
    assert!(undo(&world.services, &agent, &gesture).await.is_err(), "too late");
    assert!(world.execute("DELETE FROM assignment_change").await.is_err(), "it only grows");
}

async fn a_mark_falls_where_the_value_changes_and_nowhere_else(world: World) {
    const PHONE: &str = "identification.phone";
    const MAIL: &str = "identification.website";
    let id = world.open().await;
    let says = |phone: &str| {
        format!(
            r#"{{"demande.request_kind":"first","demande.siae_kind":"ACI","{PHONE}":"{phone}","{MAIL}":"https://jardins.example","activites.activities#R":"oui","activites.activities.label#R":"Rivières"}}"#
        )
    };
    deposit_saying(&world, &id, &says("0386000001")).await;
    let services = &world.services;
    readings::note(services, &world.agent, &id, None).await.unwrap();
    let row = At::in_row("activites.activities", "R");
    for place in [At::once(PHONE), At::once(MAIL), row.clone()] {
        let what = What::Place(place);
        seen::mark(services, &world.agent, (&id, 1), &what, true).await.unwrap();
    }
    let look = async |actor: &Actor| {
        let reading = instruction::open(services, actor, &id).await.unwrap();
        let key = reading.deposit.snapshot().unwrap().form_key();
        let form = service::forms::of(services, &key).await.unwrap().revision;
        seen::of(services, actor, (&reading, form)).await.unwrap()
    };
    let now = look(&world.agent).await;
    assert_eq!((now.holds.len(), now.fallen.len(), now.changed.len()), (3, 0, 0));
    assert!(now.passage.is_none(), "nothing was deposited since");
    world.clock.advance(DAY);
    deposit_saying(&world, &id, &says("0386000002")).await;
    let now = look(&world.agent).await;
    assert_eq!(now.fallen.iter().collect::<Vec<_>>(), [&At::once(PHONE)]);
    assert_eq!((now.holds.len(), now.changed.len()), (2, 1));
    assert_eq!(now.passage.unwrap().0, world.services.now().0 - DAY);
    assert_eq!(look(&world.dgefp).await.holds.len(), 0, "marks are of one person");
    // Marked on the deposit before: what is read now was not seen.
    let phone = What::Place(At::once(PHONE));
    seen::mark(services, &world.agent, (&id, 1), &phone, true).await.unwrap();
    assert_eq!(look(&world.agent).await.fallen.len(), 1);
    seen::mark(services, &world.agent, (&id, 2), &phone, true).await.unwrap();
    let now = look(&world.agent).await;
    assert_eq!((now.fallen.len(), now.changed.len()), (0, 0));
    let step = What::Step("identification".into());
    seen::mark(services, &world.agent, (&id, 2), &step, true).await.unwrap();
    let marked = look(&world.agent).await.holds.len();
    assert!(marked > 3);
    seen::mark(services, &world.agent, (&id, 2), &step, false).await.unwrap();
    assert_eq!(look(&world.agent).await.holds.iter().collect::<Vec<_>>(), [&row]);
    let odd = seen::mark(services, &world.agent, (&id, 2), &What::Place(At::once("x")), true).await;
    assert!(
        odd.is_err() && seen::mark(services, &world.anne, (&id, 2), &step, true).await.is_err()
    );
    assert!(seen::mark(services, &world.far_agent, (&id, 2), &step, true).await.is_err());
}
