//! Autosave: one answer, durable, with its version compared and its event in the journal. Every
//! answer that was acknowledged is read again after the server was killed.

use std::net::SocketAddr;

use app::{exchange::Kept, routes};
use dossier::{
    form::CONVENTIONNEMENT,
    operation::{Gesture, Operation, Outcome, Verdict},
};
use form::{At, Kind};
use service::{Clock, Ids, Services, SystemClock, SystemIds, drafts};

use crate::{
    Bench,
    client::{Connection, post},
    load::{self, Lane, Measured},
    process::Pid,
    report::{Report, Row},
    site::{Person, Site},
};

/// Fewest saves a second of 64 people.
const RATE: f64 = 5_000.0;
/// Most processor time of one save, of 64 people.
const GOAL: f64 = 200.0;

/// Measures it.
pub async fn run(report: &mut Report, site: &Site) -> Bench<()> {
    for connections in [1, 8, 64] {
        let floor = direct(site, connections).await?;
        let name = format!("the store alone, {connections} at once");
        report.add(Row::load(name, floor));
        let measured = over_http(site, connections).await?;
        let row = Row::load(format!("autosave, {connections} conn., durable"), measured)
            .beside("the store", floor.cpu);
        let widest = connections == 64;
        report.add(if widest { row.at_least(RATE).within(GOAL) } else { row });
    }
    Ok(())
}

/// Saves over HTTP, kills the server, and reads everything again.
pub async fn over_http(site: &Site, connections: usize) -> Bench<Measured> {
    let mut writings = writings(site, connections).await?;
    let server = site.server().await?;
    let mut savers = Vec::new();
    for writing in writings.drain(..) {
        savers.push(Saver::new(server.address, writing).await?);
    }
    let measured = load::run(&mut savers, &server.pid()).await?;
    server.kill().await?;
    reread(site, savers.iter().map(|saver| &saver.writing)).await?;
    Ok(measured)
}

/// Saves through the store in this process: the floor, without HTTP, session or JSON.
async fn direct(site: &Site, lanes: usize) -> Bench<Measured> {
    let mut writings = writings(site, lanes).await?;
    let services = site.services().await?;
    let mut savers: Vec<Direct> =
        writings.drain(..).map(|writing| Direct { services: services.clone(), writing }).collect();
    let measured = load::run(&mut savers, &Pid::ours()).await?;
    services.store.close().await;
    reread(site, savers.iter().map(|saver| &saver.writing)).await?;
    Ok(measured)
}

/// What each person will write: the texts of their own dossier, from where they stand now.
pub async fn writings(site: &Site, count: usize) -> Bench<Vec<Writing>> {
    let services = site.services().await?;
    let mut writings = Vec::new();
    for person in site.people.iter().take(count) {
        let draft = drafts::read(&services, &person.actor, &person.dossier).await?;
        let texts = CONVENTIONNEMENT.places().filter(|place| {
            let text = matches!(place.field.kind, Kind::Text { .. } | Kind::LongText { .. });
            text && place.table.is_none() && !place.field.fixed
        });
        let answers = texts
            .map(|place| {
                let at = At::once(&place.field.id);
                let version = draft.answers.at(&at).map_or(0, |answer| answer.version);
                let raw = draft.answers.raw(&at.field, "").to_owned();
                (at, version, raw)
            })
            .collect();
        writings.push(Writing { person: person.clone(), answers, turn: 0, flying: None });
    }
    services.store.close().await;
    Ok(writings)
}

/// A person who writes one answer after another.
pub struct Writing {
    /// Who.
    pub person: Person,
    /// Where, the version that was acknowledged, and the text.
    answers: Vec<(At, u32, String)>,
    turn: usize,
    /// Sent, and not acknowledged yet.
    flying: Option<Operation>,
}

impl Writing {
    fn here(&self) -> usize {
        self.turn % self.answers.len()
    }

    /// Whether an answer was sent and not acknowledged.
    pub fn flies(&self) -> bool {
        self.flying.is_some()
    }

    /// The next gesture; the last one again as long as it was not acknowledged.
    fn next(&mut self) -> Operation {
        if let Some(operation) = &self.flying {
            return operation.clone();
        }
        let id = SystemIds.ulid(SystemClock.now());
        let (at, seen, _) = &self.answers[self.here()];
        let gesture = Gesture::Write(self.text());
        let operation = Operation { id, at: at.clone(), gesture, seen: *seen };
        self.flying = Some(operation.clone());
        operation
    }

    /// Another text at each version: the same one again would not be a write.
    fn text(&self) -> String {
        let (_, seen, _) = &self.answers[self.here()];
        format!("Une réponse comme on en écrit, après la version {seen}.")
    }

    /// What came of it.
    fn acknowledged(&mut self, outcomes: &[Outcome]) -> Bench<()> {
        let (here, text) = (self.here(), self.text());
        let (_, seen, raw) = &mut self.answers[here];
        match outcomes {
            [Outcome { verdict: Verdict::Saved { version }, .. }] if *version == *seen + 1 => {
                *seen = *version;
                *raw = text;
                self.turn += 1;
                self.flying = None;
                Ok(())
            }
            other => Err(format!("not saved: {other:?}").into()),
        }
    }
}

/// Compares what was acknowledged with what is kept. What was sent and not acknowledged may be there.
pub async fn reread(site: &Site, writings: impl Iterator<Item = &Writing>) -> Bench<()> {
    let services = site.services().await?;
    for writing in writings {
        let Person { actor, dossier, .. } = &writing.person;
        let kept = drafts::read(&services, actor, dossier).await?.answers;
        for (at, version, raw) in &writing.answers {
            let answer = kept.at(at).cloned().unwrap_or_default();
            let flown = writing.flying.as_ref().is_some_and(|operation| {
                let gesture = Gesture::Write(answer.raw.clone());
                operation.at == *at && answer.version == version + 1 && operation.gesture == gesture
            });
            if !flown && (answer.version != *version || answer.raw != *raw) {
                return Err(format!("{at} was acknowledged and is lost: {answer:?}").into());
            }
        }
    }
    services.store.close().await;
    Ok(())
}

struct Direct {
    services: Services,
    writing: Writing,
}

impl Lane for Direct {
    async fn once(&mut self) -> Bench<()> {
        let operation = self.writing.next();
        let Person { actor, dossier, .. } = &self.writing.person;
        let outcomes = drafts::save(&self.services, actor, dossier, vec![operation]).await?;
        self.writing.acknowledged(&outcomes)
    }
}

/// A person in a browser.
pub struct Saver {
    connection: Connection,
    path: String,
    /// What.
    pub writing: Writing,
}

impl Saver {
    /// Connects.
    pub async fn new(address: SocketAddr, writing: Writing) -> Bench<Self> {
        let path = routes::operations(writing.person.dossier.as_str());
        Ok(Self { connection: Connection::open(address).await?, path, writing })
    }

    /// Writes until the connection breaks; gives how many answers were acknowledged.
    pub async fn until_cut(&mut self) -> Bench<u64> {
        let mut count = 0;
        while let Ok(Some(outcomes)) = self.send().await {
            self.writing.acknowledged(&outcomes)?;
            count += 1;
        }
        Ok(count)
    }

    /// Writes once; `false` when the server says that it cannot, for now.
    pub async fn tried(&mut self) -> Bench<bool> {
        let outcomes = self.send().await?;
        outcomes.map_or(Ok(false), |outcomes| self.writing.acknowledged(&outcomes).map(|()| true))
    }

    /// `None` when the server says that it cannot, for now.
    async fn send(&mut self) -> Bench<Option<Vec<Outcome>>> {
        let operation = self.writing.next();
        let body = serde_json::to_vec(&[operation])?;
        let request = post(&self.path, &self.writing.person.cookie, &body);
        let answer = self.connection.ask(&request).await?;
        match answer.status {
            200 => Ok(Some(serde_json::from_slice::<Kept>(answer.body)?.outcomes)),
            503 => Ok(None),
            other => Err(format!("{other}: {}", String::from_utf8_lossy(answer.body)).into()),
        }
    }
}

impl Lane for Saver {
    async fn once(&mut self) -> Bench<()> {
        if self.tried().await? { Ok(()) } else { Err("the store cannot be reached".into()) }
    }
}
