//! The store taken away while people write: everybody is told soon, what is there is read meanwhile,
//! and writing goes on by itself within a second of the end. What was acknowledged is there, and what
//! was not is there once or not at all.

mod fault;

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use app::routes;
use futures::future::try_join_all;
use tokio::time::sleep;

use self::fault::Fault;
use crate::{
    Bench,
    client::{Connection, get},
    outside,
    process::Server,
    save::{self, Saver},
    site::Site,
};

/// What the command line says for it.
pub const WORD: &str = "faults";

/// People who write at once.
const PEOPLE: usize = 16;
/// How long people write before and after.
const HEALTHY: Duration = Duration::from_millis(400);
/// Longest wait for an answer, whatever it is.
const SOON: Duration = Duration::from_secs(10);
/// Longest wait for the first acknowledgement once the fault is over.
const BACK: Duration = Duration::from_secs(1);
/// How long somebody waits who was told that nothing can be written.
const PAUSE: Duration = Duration::from_millis(50);

/// Each fault there is, for so long.
pub async fn run(seconds: u64) -> Bench<()> {
    let long = Duration::from_secs(seconds);
    let mut site = Site::on_sqlite().await?;
    for fault in [Fault::Locked(None), Fault::Full, Fault::Broken] {
        suffer(&mut site, fault, long).await?;
    }
    match (outside::postgres_url(), outside::postgres_folder()) {
        (Some(url), Some(folder)) => {
            // The tests have no use for what outlives a fall; this has.
            let mut site =
                Site::on_postgres(&format!("{url}?options[synchronous_commit]=on")).await?;
            suffer(&mut site, Fault::Fallen(folder.clone()), long).await?;
            if long >= fault::FROZEN {
                suffer(&mut site, Fault::Frozen(folder), long).await?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn suffer(site: &mut Site, mut fault: Fault, long: Duration) -> Bench<()> {
    let mut savers = Vec::new();
    let writings = save::writings(site, PEOPLE).await?;
    let person = writings.first().ok_or("nobody")?.person.clone();
    let page = get(&routes::step(person.dossier.as_str(), "identification"), &person.cookie, "");
    let server = fault.server(site).await?;
    for writing in writings {
        savers.push(Saver::new(server.address, writing).await?);
    }
    let course = Course::default();
    let events = async {
        sleep(HEALTHY).await;
        fault.begin(site, &server).await?;
        sleep(long / 2).await;
        is(&server, &get("/healthz", "", ""), 200).await?;
        if fault.is_read() {
            let began = outside::now();
            is(&server, &page, 200).await?;
            within(began, BACK, "a page")?;
        }
        if fault.stops_every_write() {
            is(&server, &get("/readyz", "", ""), 503).await?;
        }
        sleep(long / 2).await;
        fault.end(site, &server).await?;
        course.ended.set(Some(outside::now()));
        sleep(BACK).await;
        is(&server, &get("/readyz", "", ""), 200).await?;
        sleep(HEALTHY).await;
        course.over.set(true);
        Ok(())
    };
    let writing = try_join_all(savers.iter_mut().map(|saver| course.run(saver)));
    let (_, ()) = tokio::try_join!(writing, events).map_err(|e| format!("{fault}: {e}"))?;
    let (kept, refused) = (course.kept.get(), course.refused.get());
    if refused == 0 {
        return Err(format!("{fault}: nobody noticed").into());
    }
    fault.keep(site, &server)?;
    server.kill().await?;
    save::reread(site, savers.iter().map(|saver| &saver.writing))
        .await
        .map_err(|e| format!("{fault}: {e}"))?;
    println!(
        "{fault} for {} s: {kept} answers acknowledged and found again, {refused} times told to wait, \
         answers after {} ms at most, back after {} ms",
        long.as_secs(),
        course.slowest.get().as_millis(),
        course.back.get().as_millis(),
    );
    Ok(())
}

async fn is(server: &Server, request: &[u8], status: u16) -> Bench<()> {
    let mut connection = Connection::open(server.address).await?;
    let said = connection.ask(request).await?.status;
    if said == status {
        return Ok(());
    }
    let line = String::from_utf8_lossy(request);
    Err(format!("{said} and not {status} for {:?}", line.lines().next()).into())
}

fn within(began: Instant, limit: Duration, what: &str) -> Bench<()> {
    let took = began.elapsed();
    if took <= limit { Ok(()) } else { Err(format!("{what} took {took:?}").into()) }
}

/// What happens to those who write.
#[derive(Default)]
struct Course {
    /// When the fault ended.
    ended: Cell<Option<Instant>>,
    /// Whether it is time to stop.
    over: Cell<bool>,
    kept: Cell<u64>,
    refused: Cell<u64>,
    slowest: Cell<Duration>,
    /// The longest wait for a first acknowledgement after the end.
    back: Cell<Duration>,
}

impl Course {
    /// Somebody writes through all of it.
    async fn run(&self, saver: &mut Saver) -> Bench<()> {
        let mut is_back = false;
        while !self.over.get() {
            let began = outside::now();
            let kept = saver.tried().await?;
            within(began, SOON, "an answer")?;
            self.slowest.set(self.slowest.get().max(began.elapsed()));
            if !kept {
                self.refused.set(self.refused.get() + 1);
                sleep(PAUSE).await;
                continue;
            }
            self.kept.set(self.kept.get() + 1);
            if let Some(ended) = self.ended.get().filter(|_| !is_back) {
                is_back = true;
                within(ended, BACK, "coming back")?;
                self.back.set(self.back.get().max(ended.elapsed()));
            }
        }
        if is_back { Ok(()) } else { Err("somebody never came back".into()) }
    }
}
