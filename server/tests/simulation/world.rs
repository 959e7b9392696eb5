//! One story: two devices, the network between, the server, and what is promised at the end.

use app::draft::outbox::{Failure, Status};
use dossier::operation::Operation;
use service::{Actor, testing::member};

use super::{
    device::Device,
    ledger::Ledger,
    network::{Network, Reply, Request},
    parts,
    seed::Chance,
    server::Server,
};

/// Longest story, in events, before the network heals.
const LONGEST: u64 = 60;
/// Rounds after which a network that works must have brought everything.
const ROUNDS: usize = 200;
/// Two days, in milliseconds.
const TWO_DAYS: u64 = 2 * 24 * 3_600_000;

/// Everything.
pub struct World {
    /// What happens next.
    pub chance: Chance,
    /// True time.
    pub now: u64,
    /// The server.
    pub server: Server,
    /// The devices.
    pub devices: [Device; 2],
    /// What is on its way.
    pub network: Network,
    /// What was typed.
    pub ledger: Ledger,
    /// Whose session holds.
    pub signed_in: [bool; 2],
    actors: [Actor; 2],
    story: Option<Vec<String>>,
}

impl World {
    /// The story of a seed; told when it is aloud.
    pub fn new(seed: u64, aloud: bool) -> Self {
        let mut chance = Chance::of(seed);
        let mut skew =
            || i64::try_from(chance.below(2 * TWO_DAYS)).unwrap_or(0) - TWO_DAYS.cast_signed();
        let devices = [Device::new(0, skew()), Device::new(1, skew())];
        let other = if chance.once_in(3) { "Anne" } else { "Paul" };
        Self {
            chance,
            now: parts::START,
            server: Server::new(),
            devices,
            network: Network::default(),
            ledger: Ledger::default(),
            signed_in: [true; 2],
            actors: [member("Anne"), member(other)],
            story: aloud.then(Vec::new),
        }
    }

    /// What happened so far.
    pub fn story(&self) -> String {
        self.story.as_ref().map_or(String::new(), |lines| lines.join("\n"))
    }

    /// Tells what happens, to whoever listens.
    pub fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.story {
            lines.push(format!("{:>9} {}", self.now - parts::START, what()));
        }
    }

    /// Plays the story. The error is a broken promise.
    pub fn run(&mut self) -> Result<(), String> {
        for _ in 0..30 + self.chance.below(LONGEST - 30) {
            self.happen()?;
            self.check_requests()?;
        }
        self.heal()?;
        for index in 0..2 {
            self.devices[index].check_kept()?;
            self.leave(index)?;
            self.devices[index].visit(&self.server);
        }
        self.settle()?;
        self.judge()
    }

    /// The page goes away; what it called saved must be.
    pub fn leave(&mut self, index: usize) -> Result<(), String> {
        let device = &mut self.devices[index];
        if let Some(page) = &device.page {
            let idle = page.open && page.tasks.is_empty();
            if idle || page.outbox.status() == Status::Saved {
                self.ledger.check_line(device, &self.server, idle)?;
            }
        }
        device.page = None;
        Ok(())
    }

    /// A page asks one thing at a time.
    fn check_requests(&self) -> Result<(), String> {
        for device in &self.devices {
            let asks = |r: &&Request| r.device == device.index && r.visit == Some(device.visit);
            let hears = |r: &&Reply| r.device == device.index && r.visit == device.visit;
            let Network { requests, replies } = &self.network;
            if requests.iter().filter(asks).count() + replies.iter().filter(hears).count() > 1 {
                return Err(format!("device {} asks twice at once", device.index));
            }
        }
        Ok(())
    }

    /// The server takes a request. Gives what it says.
    pub fn serve(
        &mut self,
        request: &Request,
    ) -> Result<Result<Vec<dossier::operation::Outcome>, Failure>, String> {
        if !self.signed_in[request.device] {
            return Ok(Err(Failure::SignedOut));
        }
        let actor = &self.actors[request.device];
        let said = self.server.save(actor, self.now, &request.operations, &mut self.ledger)?;
        self.tell(|| format!("server: {} -> {said:?}", words(request)));
        Ok(said)
    }

    fn heal(&mut self) -> Result<(), String> {
        self.tell(|| "everything heals".to_owned());
        self.signed_in = [true; 2];
        self.server.set_open(true);
        for device in &mut self.devices {
            if device.page.is_none() {
                device.visit(&self.server);
            }
        }
        self.settle()
    }

    /// Everything is done and arrives, until nothing is left to do.
    fn settle(&mut self) -> Result<(), String> {
        for _ in 0..ROUNDS {
            self.now += 1_000;
            let mut quiet = true;
            for device in &mut self.devices {
                while device.page.as_ref().is_some_and(|page| !page.tasks.is_empty()) {
                    device.step(self.now, &mut self.ledger, &mut self.network);
                }
                device.retry(self.now, &mut self.network);
                let waiting = device.page.as_ref().map(|page| page.outbox.status());
                quiet &= waiting == Some(Status::Saved);
            }
            if quiet && self.network.requests.is_empty() && self.network.replies.is_empty() {
                return Ok(());
            }
            for request in std::mem::take(&mut self.network.requests) {
                let said = self.serve(&request)?;
                self.network.reply(&request, said);
            }
            for reply in std::mem::take(&mut self.network.replies) {
                let device = &mut self.devices[reply.device];
                if device.visit == reply.visit {
                    device.hear(reply.result, self.now, (&self.ledger, &mut self.network));
                }
            }
        }
        Err("never quiet".to_owned())
    }

    fn judge(&mut self) -> Result<(), String> {
        self.server.check_journal()?;
        for device in &self.devices {
            self.ledger.check_lost(device, &self.server)?;
            if let Some(left) = device.store.values().find(|left| left.parked.is_none()) {
                return Err(format!("still on device {}: {left:?}", device.index));
            }
            let Some(page) = &device.page else { continue };
            for (at, written) in &self.server.answers {
                let (raw, version) = (&written.answer.raw, written.answer.version);
                let seen = page.answers.get(at).map(|shown| (&shown.raw, shown.version));
                if !page.conflicts.contains_key(at) && seen != Some((raw, version)) {
                    let index = device.index;
                    return Err(format!("{at} is {raw:?} {version}, device {index}: {seen:?}"));
                }
            }
        }
        Ok(())
    }
}

/// A request in a few words.
pub fn words(request: &Request) -> String {
    let Request { device, visit, operations } = request;
    let text =
        |op: &Operation| format!("{} {} {:?} over {}", &op.id[20..], op.at, op.gesture, op.seen);
    let operations: Vec<_> = operations.iter().map(text).collect();
    format!("device {device} visit {visit:?} {operations:?}")
}
