//! Teams and identities: invitations used once, first members, demands, sessions a person sees.

use dossier::role::Role;
use service::{
    Account, Actor, Membership,
    federation::{Begun, Identity},
    sessions::{self, Seen},
    teams::{self, JoinError, LASTS, Newcomer, Place, TeamError},
};

use crate::world::World;

on_both!(
    an_invitation_lets_one_person_in_once,
    an_invitation_ends_and_is_taken_back,
    only_who_leads_invites_and_only_to_their_own,
    the_first_by_siret_leads_and_the_others_ask,
    somebody_who_leads_is_always_left,
    a_sign_in_comes_back_once,
    a_person_sees_and_ends_their_sessions,
);

const JARDINS: &str = "01JD0000000000000000000001";
const ATELIERS: &str = "01JD0000000000000000000002";

fn newcomer(email: &str) -> Newcomer {
    Newcomer {
        name: "Léo Martin".into(), email: email.into(), password: "une bonne phrase".into()
    }
}

fn account(world: &World, email: &str) -> Account {
    Account {
        id: world.services.ulid().into(),
        email: email.into(),
        name: email.into(),
        title: String::new(),
        role: Role::SiaeMember,
        is_persona: false,
        password_hash: None,
    }
}

async fn link(world: &World, by: &Actor, role: Role) -> String {
    let place = Place::Structure(JARDINS.into());
    teams::invite(&world.services, by, "Léo", role, place).await.ok().unwrap().token
}

async fn actor(world: &World, token: &str) -> Actor {
    sessions::actor(&world.services, token).await.unwrap().unwrap()
}

async fn an_invitation_lets_one_person_in_once(world: World) {
    let services = &world.services;
    let token = link(&world, &world.anne, Role::SiaeAdmin).await;
    let (first, second) = tokio::join!(
        teams::join(services, &token, newcomer("leo@exemple.fr")),
        teams::join(services, &token, newcomer("lea@exemple.fr")),
    );
    let both = [first, second];
    assert_eq!(both.iter().filter(|one| one.is_ok()).count(), 1, "one of two");
    let lost = both.iter().find_map(|one| one.as_ref().err()).unwrap();
    assert_eq!(*lost, JoinError::Ended);
    let signed = both.into_iter().find_map(Result::ok).unwrap();
    assert_eq!(signed.actor.role_in(&JARDINS.into()), Role::SiaeAdmin);
    assert_eq!(signed.actor.admin_of, [JARDINS.into()]);
    let other = world.count("SELECT COUNT(*) FROM account WHERE email LIKE 'le_@exemple.fr'").await;
    assert_eq!(other, 1, "who came too late left no account behind");
    let kept = world.count("SELECT COUNT(*) FROM account_invitation WHERE token_hash <> id").await;
    assert_eq!(kept, 1);
}

async fn an_invitation_ends_and_is_taken_back(world: World) {
    let services = &world.services;
    let refused =
        async |token: &str, new: Newcomer| teams::join(services, token, new).await.err().unwrap();
    let token = link(&world, &world.anne, Role::SiaeMember).await;
    for (new, why) in [
        (Newcomer { name: " ".into(), ..newcomer("a@exemple.fr") }, JoinError::BadName),
        (newcomer("pas une adresse"), JoinError::BadEmail),
        (Newcomer { password: "court".into(), ..newcomer("a@exemple.fr") }, JoinError::BadPassword),
        (
            Newcomer { password: "x".repeat(201), ..newcomer("a@exemple.fr") },
            JoinError::BadPassword,
        ),
    ] {
        assert_eq!(refused(&token, new).await, why);
    }
    assert_eq!(refused("inconnu", newcomer("a@exemple.fr")).await, JoinError::NotFound);
    let open = teams::teams(services, &world.anne).await.unwrap().remove(0).invitations;
    let id = &open[0].id;
    for stranger in [&world.marc, &world.zoe, &world.agent, &world.dgefp] {
        assert_eq!(teams::revoke(services, stranger, id).await, Err(TeamError::NotFound));
    }
    teams::revoke(services, &world.anne, id).await.unwrap();
    assert_eq!(refused(&token, newcomer("a@exemple.fr")).await, JoinError::Ended);

    let token = link(&world, &world.anne, Role::SiaeMember).await;
    world.clock.advance(LASTS - 1);
    assert!(teams::look(services, &token).await.is_ok());
    world.clock.advance(1);
    assert_eq!(refused(&token, newcomer("a@exemple.fr")).await, JoinError::Ended);
    let rest = teams::teams(services, &world.anne).await.unwrap().remove(0).invitations;
    assert!(rest.is_empty(), "what is over is not shown");
}

async fn only_who_leads_invites_and_only_to_their_own(world: World) {
    let services = &world.services;
    let invite = async |by: &Actor, role: Role, place: Place| {
        teams::invite(services, by, "Quelqu'un", role, place).await.map(|_| ())
    };
    let ours = || Place::Structure(JARDINS.into());
    let places = |list: &[&str]| Place::Departments(list.iter().map(|d| (*d).to_owned()).collect());
    assert_eq!(invite(&world.marc, Role::SiaeMember, ours()).await, Err(TeamError::BadPlace));
    for stranger in [&world.zoe, &world.agent, &world.dgefp] {
        let refused = invite(stranger, Role::SiaeMember, ours()).await;
        assert_eq!(refused, Err(TeamError::NotFound), "{}", stranger.name);
    }
    assert_eq!(invite(&world.anne, Role::Dgefp, ours()).await, Err(TeamError::BadPlace));
    assert_eq!(invite(&world.anne, Role::Dgefp, places(&[])).await, Err(TeamError::NotFound));
    // The agent does not invite; the signatory does, in their own département.
    assert_eq!(
        invite(&world.agent, Role::DdetsAgent, places(&["58"])).await,
        Err(TeamError::NotFound)
    );
    let signatory = &world.far_agent;
    assert_eq!(invite(signatory, Role::DdetsAgent, places(&["75"])).await, Ok(()));
    for (role, list) in
        [(Role::DdetsAgent, &["58"][..]), (Role::DdetsAgent, &[]), (Role::Dgefp, &[])]
    {
        assert_eq!(invite(signatory, role, places(list)).await, Err(TeamError::BadPlace));
    }
    assert_eq!(invite(&world.dgefp, Role::DdetsSignatory, places(&["2A"])).await, Ok(()));
    assert_eq!(invite(&world.dgefp, Role::Dgefp, places(&[])).await, Ok(()));
    assert_eq!(invite(&world.dgefp, Role::Dreets, places(&["99"])).await, Err(TeamError::BadPlace));

    // Whoever comes sees the département of the invitation, and an agent never joins a structure.
    let invited =
        teams::invite(services, signatory, "Une agente", Role::DdetsAgent, places(&["75"])).await;
    let token = invited.ok().unwrap().token;
    let signed = teams::join(services, &token, newcomer("agente@exemple.fr")).await.ok().unwrap();
    assert!(signed.actor.scope.includes(&"x".into(), "75"));
    assert!(!signed.actor.scope.includes(&"x".into(), "58"));
    let mates = teams::service(services, signatory).await.unwrap().unwrap().mates;
    assert!(mates.iter().any(|mate| mate.account.email == "agente@exemple.fr"));
    assert!(mates.iter().all(|mate| mate.account.password_hash.is_none()));
    let token = link(&world, &world.anne, Role::SiaeMember).await;
    let hash = service::journal::sha256_hex(token.as_bytes());
    let joined = teams::rejoin(services, &hash, world.agent.account_id.clone()).await;
    assert_eq!(joined, Err(JoinError::OtherKind));
    // Somebody of another structure does, and keeps their own.
    teams::rejoin(services, &hash, world.zoe.account_id.clone()).await.unwrap();
    let zoe = sessions::sign_in_as_persona(services, &world.zoe.account_id).await.ok().unwrap();
    let zoe = actor(&world, &zoe.token).await;
    assert!(zoe.is_within(&JARDINS.into()) && zoe.is_within(&ATELIERS.into()));
    assert_eq!(zoe.role_in(&JARDINS.into()), Role::SiaeMember);
    assert_eq!(zoe.role_in(&ATELIERS.into()), Role::SiaeAdmin);
}

async fn the_first_by_siret_leads_and_the_others_ask(world: World) {
    let services = &world.services;
    let mut empty = services.store.structure(&JARDINS.into()).await.unwrap().unwrap();
    empty.id = "01JD0000000000000000000003".into();
    empty.siret = "13002526500013".into();
    services.store.put_structure(&empty).await.unwrap();
    let (a, b) = (account(&world, "a@exemple.fr"), account(&world, "b@exemple.fr"));
    for one in [&a, &b] {
        services.store.add_account(one).await.unwrap();
    }
    let (one, two) = tokio::join!(
        teams::claim(services, &a.id, &empty.siret),
        teams::claim(services, &b.id, &empty.siret),
    );
    one.unwrap();
    two.unwrap();
    let mates = services.store.mates(&empty.id).await.unwrap();
    assert_eq!(mates.len(), 1, "one of two who come together");
    assert!(mates[0].is_admin);
    let first = mates[0].account.id.clone();
    let second = if first == a.id { b.id } else { a.id };
    let requests = services.store.access_requests(&empty.id).await.unwrap();
    assert_eq!(requests.iter().map(|one| &one.account).collect::<Vec<_>>(), [&second]);
    // Asking again changes nothing; nor does it for who is in.
    teams::claim(services, &second, &empty.siret).await.unwrap();
    teams::claim(services, &first, &empty.siret).await.unwrap();
    assert_eq!(services.store.access_requests(&empty.id).await.unwrap().len(), 1);

    for stranger in [&world.anne, &world.agent, &world.dgefp] {
        let refused = teams::answer(services, stranger, &empty.id, &second, true).await;
        assert_eq!(refused, Err(TeamError::NotFound));
    }
    let mut leader = world.anne.clone();
    leader.account_id = first;
    leader.scope = Role::SiaeAdmin.scope(vec![empty.id.clone()], vec![]);
    leader.admin_of = vec![empty.id.clone()];
    teams::answer(services, &leader, &empty.id, &second, true).await.unwrap();
    let again = teams::answer(services, &leader, &empty.id, &second, false).await;
    assert_eq!(again, Err(TeamError::NotFound), "answered already");
    let mates = services.store.mates(&empty.id).await.unwrap();
    assert_eq!(mates.iter().filter(|mate| mate.is_admin).count(), 1);
    assert_eq!(mates.len(), 2);
    // An agent whose employer has this SIRET is no member of the structure.
    teams::claim(services, &world.agent.account_id, &empty.siret).await.unwrap();
    assert_eq!(services.store.mates(&empty.id).await.unwrap().len(), 2);
}

async fn somebody_who_leads_is_always_left(world: World) {
    let services = &world.services;
    let (ours, anne, marc) = (JARDINS.into(), &world.anne.account_id, &world.marc.account_id);
    let out = async |by: &Actor, who| teams::take_out(services, by, &ours, who).await;
    assert_eq!(out(&world.marc, anne).await, Err(TeamError::NotFound));
    assert_eq!(out(&world.zoe, marc).await, Err(TeamError::NotFound));
    assert_eq!(out(&world.anne, anne).await, Err(TeamError::LastAdmin));
    assert!(!services.store.remove_membership(&ours, anne).await.unwrap(), "also under a race");
    let signed = sessions::sign_in_as_persona(services, marc).await.ok().unwrap();
    assert!(actor(&world, &signed.token).await.is_within(&ours));
    out(&world.anne, marc).await.unwrap();
    assert!(!actor(&world, &signed.token).await.is_within(&ours), "at once, on every device");
    let member = Membership { account: marc.clone(), structure: ours.clone(), is_admin: true };
    services.store.put_membership(&member).await.unwrap();
    out(&world.anne, anne).await.unwrap();
}

async fn a_sign_in_comes_back_once(world: World) {
    let store = &world.services.store;
    let now = world.services.now();
    let begun = |state: &str, until| Begun {
        state_hash: state.into(),
        browser_hash: "b".into(),
        nonce: "n".into(),
        verifier: "v".into(),
        back: "/dossiers".into(),
        shared: true,
        invitation: String::new(),
        until,
    };
    store.add_begun_sign_in(&begun("a", now.plus(10))).await.unwrap();
    store.add_begun_sign_in(&begun("old", now)).await.unwrap();
    store.forget_begun_sign_ins(now).await.unwrap();
    assert_eq!(store.take_begun_sign_in("old").await.unwrap(), None);
    let (one, two) = tokio::join!(store.take_begun_sign_in("a"), store.take_begun_sign_in("a"));
    let taken: Vec<Begun> = [one.unwrap(), two.unwrap()].into_iter().flatten().collect();
    assert_eq!(taken, [begun("a", now.plus(10))]);

    let identity = Identity {
        issuer: "https://i".into(),
        subject: "s".into(),
        account: world.anne.account_id.clone(),
        siret: "1".into(),
        idp_id: "2".into(),
        acr: "eidas1".into(),
        seen_at: now,
    };
    store.put_identity(&identity).await.unwrap();
    let other =
        Identity { account: world.marc.account_id.clone(), acr: "eidas2".into(), ..identity };
    store.put_identity(&other).await.unwrap();
    let kept = store.identity("https://i", "s").await.unwrap().unwrap();
    assert_eq!((kept.account, kept.acr.as_str()), (world.anne.account_id.clone(), "eidas2"));
    assert_eq!(store.identity("https://j", "s").await.unwrap(), None);
}

async fn a_person_sees_and_ends_their_sessions(world: World) {
    let services = &world.services;
    let anne = &world.anne;
    let enter =
        async || sessions::sign_in_as_persona(services, &anne.account_id).await.ok().unwrap().token;
    let (here, there) = (enter().await, enter().await);
    let seen = Seen {
        browser: "Firefox, Linux".into(),
        address: "192.0.2.1".into(),
        id_token: Some("j.w.t".into()),
    };
    sessions::note_seen(services, &there, &seen).await.unwrap();
    let lines = sessions::list(services, anne, &here).await.unwrap();
    let other = lines.iter().find(|line| line.browser == "Firefox, Linux").unwrap();
    assert!(!other.is_this && lines.iter().filter(|line| line.is_this).count() == 1);
    let hash = service::journal::sha256_hex(there.as_bytes());
    assert_eq!(services.store.id_token(&hash).await.unwrap().as_deref(), Some("j.w.t"));
    // A key of somebody else ends nothing, and a key that is none neither.
    for (by, key) in [(&world.zoe, other.key.as_str()), (anne, ""), (anne, "0")] {
        sessions::end(services, by, "", Some(key)).await.unwrap();
        assert!(sessions::actor(services, &there).await.unwrap().is_some());
    }
    sessions::end(services, anne, &here, Some(&other.key)).await.unwrap();
    assert!(sessions::actor(services, &there).await.unwrap().is_none());
    let third = enter().await;
    sessions::end(services, anne, &here, None).await.unwrap();
    assert!(sessions::actor(services, &third).await.unwrap().is_none());
    assert!(sessions::actor(services, &here).await.unwrap().is_some());
}
