//! A second proof after a password.

use dossier::role::Role;
use futures::future::join_all;
use service::{
    Actor, Services,
    accounts::{NewAccount, add_account},
    second_factor::{self, FactorError, FinishError, MOST_TRIES, Standing},
    sessions::{self, Passed},
};
use totp_rs::{Algorithm, Secret, TOTP};

use crate::world::World;

on_both!(
    a_password_then_a_code_sign_in,
    a_code_serves_once,
    a_sign_in_that_waits_ends,
    only_a_code_changes_it,
);

const EMAIL: &str = "lea@exemple.fr";
const PASSWORD: &str = "une bonne phrase";

async fn signed_in(services: &Services) -> Actor {
    let new = NewAccount {
        id: services.ulid().into(),
        email: EMAIL.into(),
        name: "Léa".into(),
        title: String::new(),
        role: Role::Dreets,
        is_persona: false,
        password: Some(PASSWORD.into()),
        departments: vec!["58".into()],
    };
    add_account(services, new).await.unwrap();
    match sessions::sign_in(services, EMAIL, PASSWORD).await {
        Ok(Passed::Whole(signed)) => signed.actor,
        _ => panic!("a password is enough"),
    }
}

async fn half(services: &Services) -> String {
    match sessions::sign_in(services, EMAIL, PASSWORD).await {
        Ok(Passed::Half(token)) => token,
        _ => panic!("a code is asked for"),
    }
}

/// What the telephone shows now.
fn shown(world: &World, secret: &str) -> String {
    let secret = Secret::Encoded(secret.to_owned()).to_bytes().unwrap();
    let telephone = TOTP::new(Algorithm::SHA1, 6, 1, 30, secret, None, String::new()).unwrap();
    telephone.generate(u64::try_from(world.services.now().0 / 1000).unwrap())
}

/// Turns it on; gives the secret and the codes on paper.
async fn turned_on(world: &World, actor: &Actor) -> (String, Vec<String>) {
    let services = &world.services;
    second_factor::begin(services, actor).await.unwrap();
    let Ok(Standing::Waiting { secret, address }) = second_factor::standing(services, actor).await
    else {
        panic!("a first code is waited for");
    };
    assert!(address.contains(&secret) && address.contains("lea%40exemple.fr"), "{address}");
    let wrong = second_factor::confirm(services, actor, "000000").await;
    assert_eq!(wrong, Err(FactorError::WrongCode));
    let paper = second_factor::confirm(services, actor, &shown(world, &secret)).await.unwrap();
    world.clock.advance(30_000);
    (secret, paper)
}

async fn a_password_then_a_code_sign_in(world: World) {
    let services = &world.services;
    let actor = signed_in(services).await;
    assert_eq!(second_factor::standing(services, &actor).await, Ok(Standing::Off));
    second_factor::begin(services, &actor).await.unwrap();
    // Not on before a first code was shown: nobody is locked out by closing a page.
    assert!(matches!(sessions::sign_in(services, EMAIL, PASSWORD).await, Ok(Passed::Whole(_))));
    let (secret, paper) = turned_on(&world, &actor).await;
    assert_eq!(paper.len(), 8);
    let again = second_factor::begin(services, &actor).await;
    assert_eq!(again, Err(FactorError::Otherwise), "a secret that is on is not replaced");
    let token = half(services).await;
    let signed = second_factor::finish(services, &token, &shown(&world, &secret)).await;
    assert_eq!(signed.ok().unwrap().actor.account_id, actor.account_id);
    let token = half(services).await;
    let typed = paper[0].to_lowercase().replace('o', "0");
    let signed = second_factor::finish(services, &token, &typed).await;
    assert!(signed.is_ok(), "paper is enough");
    let Ok(Standing::On { paper: left, .. }) = second_factor::standing(services, &actor).await
    else {
        panic!("it is on");
    };
    assert_eq!(left, 7);
    // People whom a provider brings, and personas, have none.
    let none = second_factor::standing(services, &world.anne).await;
    assert_eq!(none, Err(FactorError::NotFound));
    assert_eq!(second_factor::begin(services, &world.anne).await, Err(FactorError::NotFound));
}

async fn a_code_serves_once(world: World) {
    let services = &world.services;
    let actor = signed_in(services).await;
    let (secret, paper) = turned_on(&world, &actor).await;
    for code in [shown(&world, &secret), paper[1].clone()] {
        let tokens = [half(services).await, half(services).await];
        let all = tokens.iter().map(|token| second_factor::finish(services, token, &code));
        let entered = join_all(all).await.into_iter().flatten().count();
        assert_eq!(entered, 1, "{code}");
    }
    // The code of the step before serves no more once a later one did.
    let before = shown(&world, &secret);
    world.clock.advance(30_000);
    let token = half(services).await;
    let now = shown(&world, &secret);
    assert!(second_factor::finish(services, &token, &now).await.is_ok());
    let late = second_factor::finish(services, &half(services).await, &before).await;
    assert_eq!(late.err(), Some(FinishError::WrongCode));
}

async fn a_sign_in_that_waits_ends(world: World) {
    let services = &world.services;
    let actor = signed_in(services).await;
    let (secret, _) = turned_on(&world, &actor).await;
    let token = half(services).await;
    let tries = (0..20).map(|_| second_factor::finish(services, &token, "111111"));
    let said: Vec<_> =
        join_all(tries).await.into_iter().map(|tried| tried.err().unwrap()).collect();
    let compared = said.iter().filter(|error| **error == FinishError::WrongCode).count();
    assert_eq!(compared, MOST_TRIES as usize, "also when they come at once");
    let right = second_factor::finish(services, &token, &shown(&world, &secret)).await;
    assert_eq!(right.err(), Some(FinishError::Over));
    let token = half(services).await;
    world.clock.advance(10 * 60_000);
    let late = second_factor::finish(services, &token, &shown(&world, &secret)).await;
    assert_eq!(late.err(), Some(FinishError::Over));
    let token = half(services).await;
    let code = shown(&world, &secret);
    assert!(second_factor::finish(services, &token, &code).await.is_ok());
    let twice = second_factor::finish(services, &token, &code).await;
    assert_eq!(twice.err(), Some(FinishError::Over));
    let unknown = second_factor::finish(services, "x", &code).await;
    assert_eq!(unknown.err(), Some(FinishError::Over));
}

async fn only_a_code_changes_it(world: World) {
    let services = &world.services;
    let actor = signed_in(services).await;
    let (secret, paper) = turned_on(&world, &actor).await;
    let wrong = Err(FactorError::WrongCode);
    assert_eq!(second_factor::renew_paper(services, &actor, "").await, wrong);
    assert_eq!(
        second_factor::turn_off(services, &actor, "123456").await,
        Err(FactorError::WrongCode)
    );
    let other =
        second_factor::renew_paper(services, &actor, &shown(&world, &secret)).await.unwrap();
    assert_ne!(other, paper);
    let old = second_factor::turn_off(services, &actor, &paper[2]).await;
    assert_eq!(old, Err(FactorError::WrongCode), "codes before serve no more");
    second_factor::turn_off(services, &actor, &other[2]).await.unwrap();
    assert_eq!(second_factor::standing(services, &actor).await, Ok(Standing::Off));
    assert!(matches!(sessions::sign_in(services, EMAIL, PASSWORD).await, Ok(Passed::Whole(_))));
}
