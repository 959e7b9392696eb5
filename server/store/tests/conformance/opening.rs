//! Opening a dossier: one live dossier for the same request.

use dossier::state::{State, TransitionRefused};
use futures::future::join_all;
use service::drafts::OpenError;
use service::journal::StepError;
use service::{deposits, drafts};

use crate::deposit;
use crate::world::World;

on_both!(
    opening_twice_joins_the_live_dossier,
    an_amendment_stands_beside_what_it_amends,
    only_sensible_requests_are_opened,
);

async fn opening_twice_joins_the_live_dossier(world: World) {
    let opened = join_all((0..16).map(|_| world.open())).await;
    assert!(opened.iter().all(|id| id == &opened[0]), "{opened:?}");
    let home = drafts::home(&world.services, &world.anne).await.unwrap();
    assert_eq!((home.structures.len(), home.dossiers.len()), (1, 1));
    assert_eq!(home.dossiers[0].structure_name, "Les Jardins");

    drafts::abandon(&world.services, &world.marc, &opened[0]).await.unwrap();
    let again = drafts::abandon(&world.services, &world.marc, &opened[0]).await;
    assert_eq!(again, Err(StepError::Refused(TransitionRefused::NotFromState)));
    assert_ne!(world.open().await, opened[0]);
}

async fn an_amendment_stands_beside_what_it_amends(world: World) {
    let open = async |nature: &str| {
        let new = drafts::NewDossier { request_kind: nature.into(), ..World::request() };
        drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap()
    };
    let (amendment, annual) = (open("amendment").await, open("annual").await);
    assert_ne!(amendment, annual);
    assert_eq!(open("renewal").await, annual, "one request for a year, whatever its nature");
    assert_eq!(open("amendment").await, amendment);
    assert_eq!(world.count("SELECT count(*) FROM dossier").await, 2);

    deposit(&world, &annual).await;
    assert_eq!(open("annual").await, annual, "what was deposited is live");
    deposits::withdraw(&world.services, &world.anne, &annual).await.unwrap();
    assert_eq!(open("amendment").await, amendment);
    assert_ne!(open("annual").await, annual, "what was withdrawn is not");
}

async fn only_sensible_requests_are_opened(world: World) {
    let open = async |change: fn(&mut drafts::NewDossier)| {
        let mut new = World::request();
        change(&mut new);
        drafts::open(&world.services, &world.anne, new, vec![]).await
    };
    assert_eq!(open(|new| new.kind = "ETTI".into()).await, Err(OpenError::NotOfKind));
    assert_eq!(open(|new| new.form = "?".into()).await, Err(OpenError::UnknownForm));
    assert_eq!(open(|new| new.perimeter = "?".into()).await, Err(OpenError::BadRequest));
    assert_eq!(open(|new| new.request_kind = "?".into()).await, Err(OpenError::BadRequest));
    assert_eq!(open(|new| new.year = 1).await, Err(OpenError::BadRequest));
    assert_eq!(open(|new| new.structure_id = "?".into()).await, Err(OpenError::NotFound));

    let id = world.open().await;
    let draft = drafts::read(&world.services, &world.marc, &id).await.unwrap();
    assert_eq!(draft.answers.raw("demande.siae_kind", ""), "ACI");
    assert_eq!(draft.answers.raw("demande.department", ""), "58");
    assert_eq!(draft.answers.raw("demande.period_end", ""), "31/12/2027");
    assert_eq!((draft.head.state, draft.head.journal_seq), (State::Draft, 1));
}
