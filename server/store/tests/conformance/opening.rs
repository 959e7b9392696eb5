//! Opening a dossier: one live dossier for the same request.

use dossier::{
    id::DossierId,
    state::{State, TransitionRefused},
};
use form::{Answer, At, Origin, Standing};
use futures::future::join_all;
use service::drafts::OpenError;
use service::journal::StepError;
use service::{deposits, drafts};

use crate::world::World;
use crate::{deposit, deposit_saying};

on_both!(
    opening_twice_joins_the_live_dossier,
    an_amendment_stands_beside_what_it_amends,
    only_sensible_requests_are_opened,
    what_was_deposited_before_is_not_typed_again,
    a_table_comes_whole_from_the_latest_deposit,
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

const NAME: &str = "identification.legal_name";
const ACTIVITY: &str = "activites.activities.label";

async fn what_was_deposited_before_is_not_typed_again(world: World) {
    let open = async |nature: &str, year| {
        let new = drafts::NewDossier { request_kind: nature.into(), year, ..World::request() };
        drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap()
    };
    let read = async |id: DossierId| {
        drafts::read(&world.services, &world.anne, &id).await.unwrap().answers
    };
    let old = open("renewal", 2024).await;
    deposit_saying(
        &world,
        &old,
        r#"{"identification.legal_name":"Avant","gouvernance.ess":"oui"}"#,
    )
    .await;
    let last = open("annual", 2026).await;
    let said = r#"{"identification.legal_name":"Les Jardins de Loire","moyens.etp_requested":"12","demande.period_start":"2026-01-01","objectifs.rate_dynamic":"65.00","objectifs.rate_dynamic_forecast_prev":"60.00"}"#;
    deposit_saying(&world, &last, said).await;

    let next = read(open("renewal", 2027).await).await;
    let name = next.of(NAME, "").unwrap();
    assert_eq!(name.raw, "Les Jardins de Loire", "the latest says it");
    let from = name.provenance.as_ref().unwrap();
    assert_eq!((from.origin, from.standing), (Origin::LastYear, Standing::ToConfirm));
    assert_eq!(from.reference, "déposé pour 2026");
    assert_eq!(next.raw("gouvernance.ess", ""), "oui", "what only the renewal before asked");
    assert_eq!(next.raw("moyens.etp_requested", ""), "", "posts are asked each year");
    assert_eq!(next.raw("demande.period_start", ""), "01/01/2027", "a period of its own");

    let forecast = next.raw("objectifs.rate_dynamic_forecast_prev", "");
    assert_eq!(forecast, "65.00", "the forecast of then is last year's now");

    let amended = read(open("amendment", 2026).await).await;
    assert_eq!(amended.raw(NAME, ""), "Les Jardins de Loire");
    let forecast = amended.raw("objectifs.rate_dynamic_forecast_prev", "");
    assert_eq!(forecast, "60.00", "of the same year: as it stands");
    assert_eq!(read(open("annual", 2030).await).await.raw(NAME, ""), "", "older than a convention");

    // Somebody else's dossiers say nothing.
    let theirs = world.open_of_zoe().await;
    let theirs = drafts::read(&world.services, &world.zoe, &theirs).await.unwrap().answers;
    assert_eq!(theirs.raw(NAME, ""), "");
}

async fn a_table_comes_whole_from_the_latest_deposit(world: World) {
    let open = async |year| {
        let new = drafts::NewDossier { request_kind: "annual".into(), year, ..World::request() };
        drafts::open(&world.services, &world.anne, new, vec![]).await.unwrap()
    };
    let saying = |rows: &[(&str, &str)]| {
        let cells = rows.iter().map(|(row, label)| {
            format!(r#""activites.activities#{row}":"oui","{ACTIVITY}#{row}":"{label}""#)
        });
        format!("{{{}}}", cells.collect::<Vec<_>>().join(","))
    };
    deposit_saying(&world, &open(2025).await, &saying(&[("R1", "Maraîchage"), ("R2", "Bois")]))
        .await;
    let second = open(2026).await;
    let read = async |id: DossierId| {
        drafts::read(&world.services, &world.anne, &id).await.unwrap().answers
    };
    let here = read(second.clone()).await;
    assert_eq!((here.raw(ACTIVITY, "R1"), here.raw(ACTIVITY, "R2")), ("Maraîchage", "Bois"));
    assert_eq!(here.raw("activites.activities", "R2"), "oui", "the row is there");
    deposit_saying(&world, &second, &saying(&[("R1", "Maraîchage bio")])).await;
    let third = read(open(2027).await).await;
    assert_eq!((third.raw(ACTIVITY, "R1"), third.raw(ACTIVITY, "R2")), ("Maraîchage bio", ""));

    // What is given with the request is the table.
    let given = vec![
        (
            At::in_row("activites.activities", "N"),
            Answer { raw: "oui".into(), ..Answer::default() },
        ),
        (At::in_row(ACTIVITY, "N"), Answer { raw: "Fruits".into(), ..Answer::default() }),
    ];
    let new = drafts::NewDossier { request_kind: "amendment".into(), ..World::request() };
    let id = drafts::open(&world.services, &world.anne, new, given).await.unwrap();
    let here = read(id).await;
    assert_eq!((here.raw(ACTIVITY, "N"), here.raw(ACTIVITY, "R1")), ("Fruits", ""));
}
