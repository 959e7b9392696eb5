//! Memory under load, with thousands of dossiers.

use std::{cell::Cell, error::Error, time::Duration};

use demo::structures;
use service::{Services, drafts};

use crate::{
    Bench,
    floor::Reader,
    load::{self, Lane},
    outside,
    process::Pid,
    report::{Report, Row},
    save::{Saver, writings},
    site::{Person, Site, draft_of, prefill},
    step::{largest, reader, usual},
};

/// Dossiers in the store.
const DOSSIERS: usize = 5_000;
/// Most megabytes.
const GOAL: f64 = 120.0;
/// Later than any year of the people of the site; dossiers may ask for the year 2100 at most.
const FIRST_YEAR: i32 = 2050;

/// Measures it: 64 people who read and write.
pub async fn run(report: &mut Report, site: &Site) -> Bench<()> {
    let services = site.services().await?;
    let began = outside::now();
    let dossiers = open_many(&services, &site.people).await?;
    Report::note(&format!("{dossiers} dossiers, in {:.1} s", began.elapsed().as_secs_f64()));
    let person = site.people.first().ok_or("nobody to read as")?;
    let answers = drafts::read(&services, &person.actor, &person.dossier).await?.answers;
    let steps = [usual(&answers)?, largest(&answers)?];
    services.store.close().await;

    let writings = writings(site, site.people.len()).await?;
    let server = site.server().await?;
    let mut lanes = Vec::new();
    for (rank, writing) in writings.into_iter().enumerate() {
        let reader = reader(server.address, &writing.person, steps[rank % 2], "").await?;
        lanes.push(Both { reader, saver: Saver::new(server.address, writing).await? });
    }
    let (pid, peak) = (server.pid(), Cell::new(0));
    let measured = tokio::select! {
        measured = load::run(&mut lanes, &pid) => measured?,
        failed = watch(&pid, &peak) => return Err(failed),
    };
    let megabytes = f64::from(peak.get()) / 1024.0;
    let name = format!("memory, {dossiers} dossiers, 64 people");
    report.add(Row::value(name, megabytes, "MB").at_most(GOAL));
    report.add(Row::load("a read and a save, 64 people", measured));
    server.kill().await
}

/// Keeps the most memory the process had, until it cannot be read.
async fn watch(pid: &Pid, peak: &Cell<u32>) -> Box<dyn Error + Send + Sync> {
    loop {
        match pid.pss() {
            Ok(kilobytes) => peak.set(peak.get().max(kilobytes)),
            Err(error) => return error,
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Opens dossiers for every structure in turn, one in four filled; says how many.
async fn open_many(services: &Services, people: &[Person]) -> Bench<usize> {
    let profiles = structures::all();
    let laid: Vec<_> = profiles.iter().map(prefill).collect();
    let mut opened = 0;
    for year in FIRST_YEAR..=2100 {
        for perimeter in ["DC", "MP"] {
            for ((profile, laid), person) in profiles.iter().zip(&laid).zip(people) {
                if opened == DOSSIERS {
                    return Ok(opened);
                }
                let new = draft_of(profile, year, perimeter);
                let laid = if opened % 4 == 0 { laid.clone() } else { Vec::new() };
                drafts::open(services, &person.actor, new, laid).await?;
                opened += 1;
            }
        }
    }
    Ok(opened)
}

/// Reads a step, then saves an answer.
struct Both {
    reader: Reader,
    saver: Saver,
}

impl Lane for Both {
    async fn once(&mut self) -> Bench<()> {
        self.reader.once().await?;
        self.saver.once().await
    }
}
