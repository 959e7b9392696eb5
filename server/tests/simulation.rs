//! Two devices, a bad network and a server that falls, drawn from a seed: whatever happens, no text
//! that reached a device is lost. A failure prints its seed and what happened, event by event;
//! `TRAME_SIMULATION_SEED=n` plays one seed aloud, `TRAME_SIMULATION_SEEDS=n` plays that many.

#[path = "simulation/device.rs"]
mod device;
#[path = "simulation/events.rs"]
mod events;
#[path = "simulation/ledger.rs"]
mod ledger;
#[path = "simulation/network.rs"]
mod network;
#[path = "simulation/page.rs"]
mod page;
#[path = "simulation/parts.rs"]
mod parts;
#[path = "simulation/seed.rs"]
mod seed;
#[path = "simulation/server.rs"]
mod server;
#[path = "simulation/world.rs"]
mod world;

use world::World;

/// Seeds played when nobody says how many.
const SEEDS: u64 = 100_000;
/// Tests that share them, so that every core has some.
const PARTS: u64 = 8;

/// A number from the environment.
#[expect(clippy::disallowed_methods, reason = "a test has no configuration")]
fn told(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays every seed of a part; what fails is played again, aloud.
fn play(part: u64) {
    if let Some(seed) = told("TRAME_SIMULATION_SEED") {
        if seed % PARTS == part {
            let mut world = World::new(seed, true);
            let outcome = world.run();
            println!("{}", world.story());
            assert_eq!(outcome, Ok(()), "seed {seed}");
        }
        return;
    }
    let seeds = told("TRAME_SIMULATION_SEEDS").unwrap_or(SEEDS);
    let mut merged = 0;
    for seed in (part..seeds).step_by(usize::try_from(PARTS).unwrap_or(1)) {
        let mut world = World::new(seed, false);
        let outcome = world.run();
        merged += world.server.merged;
        if outcome.is_err() {
            let mut world = World::new(seed, true);
            let what = world.run().err().unwrap_or("nothing, the second time".to_owned());
            panic!("seed {seed}: {what}\n{}", world.story());
        }
    }
    println!("{merged} texts put together");
    assert!(merged > 0 || seeds < 1_000, "people never met in one text");
}

macro_rules! parts {
    ($($name:ident $part:literal),*) => {
        $(#[test]
        fn $name() {
            play($part);
        })*
    };
}

parts! {
    nothing_typed_is_lost_0 0, nothing_typed_is_lost_1 1, nothing_typed_is_lost_2 2,
    nothing_typed_is_lost_3 3, nothing_typed_is_lost_4 4, nothing_typed_is_lost_5 5,
    nothing_typed_is_lost_6 6, nothing_typed_is_lost_7 7
}
