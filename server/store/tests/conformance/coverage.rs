//! Counting where answers come from.

use form::{Answer, At, Origin, Provenance, Standing};
use service::{
    coverage::{self, Given},
    drafts::{self, ReadError},
};

use crate::{FIELD, save_one, world::World, write};

on_both!(what_sources_gave_is_counted_by_dossier, only_who_steers_the_country_reads_the_counts,);

const KEPT: &str = "identification.phone";
const EMPTIED: &str = "identification.email";

fn given(value: &str) -> Answer {
    let provenance = Provenance {
        origin: Origin::AspStructure,
        reference: String::new(),
        as_of: String::new(),
        key: String::new(),
        fetched_at: 0,
        value: value.to_owned(),
        standing: Standing::ToConfirm,
    };
    Answer { raw: value.to_owned(), version: 0, provenance: Some(provenance) }
}

async fn what_sources_gave_is_counted_by_dossier(world: World) {
    let services = &world.services;
    let laid = vec![
        (At::once(KEPT), given("0386000000")),
        (At::once(EMPTIED), given("a@exemple.fr")),
        (At::once("identification.website"), given("https://exemple.fr")),
    ];
    let id = drafts::open(services, &world.anne, World::request(), laid).await.unwrap();
    world.open_of_zoe().await;
    save_one(&world, &id, "Un motif.", 0).await;
    let written = vec![write(&world, KEPT, "03 86 00 00 00", 1), write(&world, EMPTIED, "", 1)];
    drafts::save(services, &world.anne, &id, written).await.unwrap();

    let found = coverage::read(services, &world.dgefp).await.unwrap();
    assert_eq!(found.dossiers, 2);
    let asp = |field: &str| found.questions[field].given[&Origin::AspStructure];
    assert_eq!(asp(KEPT), Given { kept: 1, ..Given::default() });
    assert_eq!(asp(EMPTIED), Given { corrected: 1, ..Given::default() }, "emptied is corrected");
    assert_eq!(asp("identification.website"), Given { waits: 1, ..Given::default() });
    assert_eq!((found.questions[FIELD].typed, found.questions[FIELD].given.len()), (1, 0));

    drafts::abandon(services, &world.anne, &id).await.unwrap();
    assert_eq!(coverage::read(services, &world.dgefp).await.unwrap().dossiers, 1);
}

async fn only_who_steers_the_country_reads_the_counts(world: World) {
    for actor in [&world.anne, &world.agent, &world.far_agent] {
        let read = coverage::read(&world.services, actor).await;
        assert_eq!(read, Err(ReadError::NotFound), "{:?}", actor.role);
    }
}
