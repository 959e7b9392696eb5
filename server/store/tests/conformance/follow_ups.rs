//! The fiche de suivi: who reads it when, who says what of it, and what two agents do at once.

use dossier::{
    act::Said,
    annex::Grant,
    follow_up::Sheet,
    role::{Role, Scope},
    state::Action,
};
use form::Hundredths;
use futures::future::join_all;
use service::{
    Actor, DossierId,
    drafts::ReadError,
    follow_up::{self, FollowUpError, Left},
    instruction, journal,
};

use crate::{deposit_saying, world::World};

on_both!(
    a_sheet_is_the_agents_until_it_is_shared,
    two_agents_at_once_leave_one_version,
    the_structure_and_its_funders_comment_what_is_shared,
    what_was_agreed_on_another_deposit_is_not_proposed,
);

const ASKS: &str = r#"{"demande.request_kind":"annual","demande.siae_kind":"ACI","demande.department":"58","demande.period_start":"2027-01-01","demande.period_end":"2027-12-31","moyens.etp_requested":"14.20","objectifs.rate_sustainable":"20","objectifs.rate_transition":"20","objectifs.rate_positive":"10"}"#;

/// A request that is complete.
async fn complete(world: &World) -> DossierId {
    let id = world.open().await;
    let ordinal = deposit_saying(world, &id, ASKS).await.ordinal;
    let act = (Action::DeclareComplete, Said::default());
    instruction::act(&world.services, &world.agent, &id, act, ordinal).await.unwrap();
    id
}

async fn held(world: &World, id: &DossierId) -> Sheet {
    let begun = follow_up::read(&world.services, &world.agent, id).await.unwrap().sheet();
    let day = world.services.clock.today().unwrap().to_string();
    Sheet { day, participants: "DDETS, direction de la structure".into(), ..begun }
}

fn left(sheet: Sheet, over: u32, share: bool) -> Left {
    Left { sheet, over, deposit: 1, share }
}

async fn a_sheet_is_the_agents_until_it_is_shared(world: World) {
    let (services, agent, anne) = (&world.services, &world.agent, &world.anne);
    let id = complete(&world).await;
    let begun = follow_up::read(services, agent, &id).await.unwrap();
    assert_eq!((begun.number(), begun.sheet().etp.as_str()), (0, "14,20"));
    let unfinished = Sheet { next: "Revoir le budget.".into(), ..begun.sheet() };
    let missing = follow_up::leave(services, agent, &id, left(unfinished.clone(), 0, true)).await;
    assert!(matches!(missing, Err(FollowUpError::Missing(parts)) if parts.len() == 2));
    follow_up::leave(services, agent, &id, left(unfinished.clone(), 0, false)).await.unwrap();
    follow_up::leave(services, agent, &id, left(unfinished, 1, false)).await.unwrap();
    let again = follow_up::read(services, agent, &id).await.unwrap();
    assert_eq!(again.number(), 1, "the same text is no other version");
    for nobody in [anne, &world.dgefp] {
        let read = follow_up::read(services, nobody, &id).await;
        assert!(matches!(read, Err(ReadError::NotFound)), "{:?}", nobody.role);
    }
    let sheet = Sheet { next: again.sheet().next, ..held(&world, &id).await };
    follow_up::leave(services, agent, &id, left(sheet.clone(), 1, true)).await.unwrap();
    for reader in [anne, &world.marc, &world.dgefp, &world.chief] {
        let read = follow_up::read(services, reader, &id).await.unwrap();
        assert_eq!(read.sheet(), sheet, "{:?}", reader.role);
    }
    // What is written after that is the agent's again.
    let more = Sheet { next: "Revoir le budget en mars.".into(), ..sheet.clone() };
    follow_up::leave(services, agent, &id, left(more, 2, false)).await.unwrap();
    assert_eq!(follow_up::read(services, anne, &id).await.unwrap().sheet(), sheet);
    assert_eq!(follow_up::read(services, agent, &id).await.unwrap().number(), 3);
    // Nobody else writes, from anywhere.
    let sheet = held(&world, &id).await;
    for (other, error) in [
        (anne, FollowUpError::NotNow),
        (&world.dgefp, FollowUpError::NotNow),
        (&world.far_agent, FollowUpError::NotFound),
        (&world.zoe, FollowUpError::NotFound),
    ] {
        let refused = follow_up::leave(services, other, &id, left(sheet.clone(), 3, true)).await;
        assert_eq!(refused, Err(error), "{:?}", other.role);
    }
    let events = services.store.journal(&id).await.unwrap();
    assert!(journal::is_whole(&events));
}

async fn two_agents_at_once_leave_one_version(world: World) {
    let id = complete(&world).await;
    let sheet = held(&world, &id).await;
    let second = world.second_server().await;
    let leave = async |services, actor, next: &str, share| {
        let sheet = Sheet { next: next.to_owned(), ..sheet.clone() };
        follow_up::leave(services, actor, &id, left(sheet, 0, share)).await
    };
    let done = futures::future::join(
        leave(&world.services, &world.agent, "a", false),
        leave(&second, &world.chief, "b", true),
    )
    .await;
    let done = [done.0, done.1];
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
    assert!(done.contains(&Err(FollowUpError::Changed)), "{done:?}");
    let kept = follow_up::read(&world.services, &world.agent, &id).await.unwrap();
    assert_eq!(kept.number(), 1);
    second.store.close().await;
}

async fn the_structure_and_its_funders_comment_what_is_shared(world: World) {
    let (services, anne) = (&world.services, &world.anne);
    let id = complete(&world).await;
    let early = follow_up::comment(services, anne, &id, ("Avant l'heure", 1)).await;
    assert_eq!(early, Err(FollowUpError::NotFound));
    let sheet = held(&world, &id).await;
    follow_up::leave(services, &world.agent, &id, left(sheet, 0, true)).await.unwrap();
    let council = Actor {
        role: Role::DepartmentalCouncil,
        scope: Scope::Departments(vec!["58".into()]),
        ..world.far_agent.clone()
    };
    for (who, text) in [(anne, " D'accord. "), (&council, "Douze allocataires au plus.")] {
        follow_up::comment(services, who, &id, (text, 1)).await.unwrap();
    }
    for who in [&world.marc, &world.agent, &world.dgefp] {
        let refused = follow_up::comment(services, who, &id, ("Non", 1)).await;
        assert_eq!(refused, Err(FollowUpError::NotNow), "{:?}", who.role);
    }
    let empty = follow_up::comment(services, anne, &id, (" \n", 1)).await;
    assert!(matches!(empty, Err(FollowUpError::Missing(_))));
    assert_eq!(
        follow_up::comment(services, anne, &id, ("?", 2)).await,
        Err(FollowUpError::Changed)
    );
    // Several at once are all kept, in the order of the journal.
    let all = (0..4).map(|n| {
        let text = format!("Remarque {n}");
        let id = &id;
        async move { follow_up::comment(services, anne, id, (&text, 1)).await }
    });
    assert!(join_all(all).await.iter().all(Result::is_ok));
    let read = follow_up::read(services, &world.agent, &id).await.unwrap();
    assert_eq!(read.comments.len(), 6);
    let (first, second) = (&read.comments[0], &read.comments[1]);
    assert_eq!((first.text.as_str(), first.role), ("D'accord.", Role::SiaeAdmin));
    assert_eq!((second.role, second.version), (Role::DepartmentalCouncil, 1));
    assert!(journal::is_whole(&services.store.journal(&id).await.unwrap()));
}

async fn what_was_agreed_on_another_deposit_is_not_proposed(world: World) {
    let services = &world.services;
    let id = complete(&world).await;
    let head = async || services.store.head(&id).await.unwrap().unwrap();
    let summary = async || follow_up::summary(services, &world.agent, &head().await).await.unwrap();
    assert!(summary().await.may_write && !summary().await.is_written);
    let begun = held(&world, &id).await;
    let sheet = Sheet { etp: "13".into(), modulated: "5,5".into(), ..begun };
    follow_up::leave(services, &world.agent, &id, left(sheet, 0, true)).await.unwrap();
    let agreed = summary().await.agreed;
    assert_eq!(agreed, Some(Grant { etp: Hundredths(13_00), modulated: Hundredths(5_50) }));
    let due = services.clock.today().map(|day| day.to_string());
    let said = Said {
        message: "Revoir la période.".into(),
        due: due.and_then(|day| form::Date::parse_iso(&day)),
        ..Said::default()
    };
    let act = (Action::SendBack, said);
    instruction::act(services, &world.agent, &id, act, 1).await.unwrap();
    deposit_saying(&world, &id, ASKS).await;
    let after = summary().await;
    assert_eq!((after.agreed, after.may_write, after.is_written), (None, false, true));
}
