//! Who sees what, and how they come in.

use dossier::role::Role;
use service::accounts::{AddError, NewAccount, add_account};
use service::deposits::DepositError;
use service::drafts::{ReadError, SaveError};
use service::journal::StepError;
use service::sessions::{Passed, SignInError};
use service::{DossierId, deposits, drafts, journal, sessions};

use crate::world::World;
use crate::{FIELD, deposit, write};

on_both!(
    what_is_foreign_does_not_exist,
    everybody_sees_their_scope_and_nothing_else,
    sessions_end,
    a_password_opens_one_account,
);

async fn what_is_foreign_does_not_exist(world: World) {
    let id = world.open().await;
    let services = &world.services;
    let absent: DossierId = services.ulid().into();
    for actor in [&world.zoe, &world.agent, &world.far_agent, &world.dgefp] {
        for id in [&id, &absent, &"?".into(), &"\0".into()] {
            let operations = vec![write(&world, FIELD, "x", 0)];
            let draft = drafts::read(services, actor, id).await;
            assert_eq!(draft, Err(ReadError::NotFound));
            let saved = drafts::save(services, actor, id, operations).await;
            assert_eq!(saved, Err(SaveError::NotFound));
            let deposited = deposits::deposit(services, actor, id).await;
            assert_eq!(deposited, Err(DepositError::NotFound));
            assert_eq!(drafts::abandon(services, actor, id).await, Err(StepError::NotFound));
            assert_eq!(deposits::withdraw(services, actor, id).await, Err(StepError::NotFound));
            assert_eq!(journal::read(services, actor, id).await, Err(StepError::NotFound));
            assert_eq!(deposits::read(services, actor, id, 1).await, Err(ReadError::NotFound));
        }
    }
}

async fn everybody_sees_their_scope_and_nothing_else(world: World) {
    let (drafted, deposited) = (world.open().await, world.open_of_zoe().await);
    let seen = async |actor: &service::Actor| {
        let home = drafts::home(&world.services, actor).await.unwrap();
        home.dossiers.into_iter().map(|head| head.id).collect::<Vec<_>>()
    };
    assert_eq!(seen(&world.zoe).await, std::slice::from_ref(&deposited));
    assert!(seen(&world.far_agent).await.is_empty(), "a draft is its structure's own");
    deposit(&world, &deposited).await;

    assert_eq!(seen(&world.anne).await, std::slice::from_ref(&drafted));
    assert_eq!(seen(&world.marc).await, [drafted]);
    assert!(seen(&world.agent).await.is_empty());
    assert_eq!(seen(&world.far_agent).await, std::slice::from_ref(&deposited));
    assert_eq!(seen(&world.dgefp).await, std::slice::from_ref(&deposited));
    for (role, sees) in [(Role::Asp, false), (Role::Facilitator, false), (Role::Dreets, true)] {
        let mut actor = world.dgefp.clone();
        (actor.role, actor.scope) = (role, role.scope(vec![], vec!["75".into()]));
        assert_eq!(seen(&actor).await.is_empty(), !sees, "{role:?}");
        assert_eq!(deposits::head(&world.services, &actor, &deposited).await.is_ok(), sees);
    }
    assert!(deposits::deposited(&world.services, &world.anne).await.unwrap().is_empty());
}

async fn sessions_end(world: World) {
    let services = &world.services;
    let anne = &world.anne.account_id;
    let token = async || sessions::sign_in_as_persona(services, anne).await.unwrap().token;
    let is_in = async |token: &str| sessions::actor(services, token).await.unwrap().is_some();

    let (left, idle) = (token().await, token().await);
    assert_eq!(sessions::actor(services, &left).await.unwrap().as_ref(), Some(&world.anne));
    sessions::sign_out(services, &left).await.unwrap();
    assert!(!is_in(&left).await && !is_in("").await && is_in(&idle).await);
    world.clock.advance(sessions::IDLE_LIMIT - 1);
    assert!(is_in(&idle).await);
    world.clock.advance(sessions::IDLE_LIMIT - 1);
    assert!(is_in(&idle).await, "it was used meanwhile");
    world.clock.advance(sessions::IDLE_LIMIT);
    assert!(!is_in(&idle).await);

    let busy = token().await;
    for _ in 0..13 {
        world.clock.advance(sessions::IDLE_LIMIT - 1);
        assert!(is_in(&busy).await);
    }
    world.clock.advance(sessions::ABSOLUTE_LIMIT - 13 * (sessions::IDLE_LIMIT - 1));
    assert!(!is_in(&busy).await, "seven days is all");

    let mut closed = services.clone();
    closed.demo = false;
    let refused = sessions::sign_in_as_persona(&closed, anne).await;
    assert_eq!(refused.err(), Some(SignInError::Refused));
    assert!(sessions::personas(&closed).await.unwrap().is_empty());
    assert_eq!(sessions::personas(services).await.unwrap().len(), 8);
}

async fn a_password_opens_one_account(world: World) {
    let services = &world.services;
    let new = NewAccount {
        id: services.ulid().into(),
        email: "Lea@exemple.fr".into(),
        name: "Léa".into(),
        title: String::new(),
        role: Role::Dreets,
        is_persona: false,
        password: Some("une bonne phrase".into()),
        departments: vec!["21".into(), "58".into()],
    };
    add_account(services, new.clone()).await.unwrap();
    let again = NewAccount { id: services.ulid().into(), ..new.clone() };
    assert_eq!(add_account(services, again).await, Err(AddError::Taken));
    let malformed = NewAccount { email: "lea".into(), ..new };
    assert_eq!(add_account(services, malformed).await, Err(AddError::BadEmail));

    let entered = sessions::sign_in(services, " lea@EXEMPLE.fr ", "une bonne phrase").await;
    let Ok(Passed::Whole(entered)) = entered else { panic!("a password is enough") };
    let actor = entered.actor;
    assert!(
        actor.scope.includes(&"any".into(), "21") && !actor.scope.includes(&"any".into(), "75")
    );
    for (email, password) in [("lea@exemple.fr", "non"), ("?", "non"), ("anne@exemple.fr", "")] {
        let refused = sessions::sign_in(services, email, password).await;
        assert_eq!(refused.err(), Some(SignInError::Refused), "{email}");
    }
}
