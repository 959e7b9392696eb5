//! What may happen, drawn one after the other: gestures of people, and everything that goes wrong.

use app::draft::outbox::Failure;
use dossier::operation::Gesture;
use form::{At, ROW_HERE, row};

use super::{
    parts::{self, CITY, NAME, NOTE, PART, ROWS},
    world::{World, words},
};

/// A quarter of an hour, in milliseconds.
const LONG: u64 = 900_000;

impl World {
    /// The next event.
    pub fn happen(&mut self) -> Result<(), String> {
        // Nobody makes two gestures in one millisecond.
        self.now += 1;
        let index = self.chance.rank(2);
        if self.devices[index].page.is_none() {
            if self.signed_in[index] && self.server.head.state.is_editable() {
                self.tell(|| format!("device {index}: a visit"));
                self.devices[index].visit(&self.server);
            } else {
                self.outside(index);
            }
            return Ok(());
        }
        match self.chance.below(32) {
            0..=8 => self.gesture(index),
            9..=16 => self.device_steps(index),
            17..=21 => self.request_goes()?,
            22..=24 => self.reply_goes(),
            25..=27 => self.time_goes(),
            28 => self.hides(index),
            29 => {
                let hides = self.chance.once_in(2);
                self.tell(|| format!("device {index}: the page goes away, last words: {hides}"));
                if hides {
                    self.devices[index].beacon(&mut self.network);
                }
                self.leave(index)?;
            }
            _ => self.outside(index),
        }
        Ok(())
    }

    fn gesture(&mut self, index: usize) {
        match self.chance.below(16) {
            0..=8 => self.types(index),
            9 => {
                self.tell(|| format!("device {index}: confirms"));
                self.record(index, At::once(CITY), Gesture::Confirm, false);
            }
            10 => {
                let clock = self.devices[index].clock(self.now);
                let row = self.chance.ulid(clock);
                self.tell(|| format!("device {index}: adds row {row}"));
                let here = Gesture::Write(ROW_HERE.to_owned());
                self.record(index, At::in_row(ROWS, &row), here, false);
            }
            11 => {
                if let Some(row) = self.a_row(index) {
                    self.tell(|| format!("device {index}: removes row {row}"));
                    let gone = Gesture::Write(String::new());
                    self.record(index, At::in_row(ROWS, &row), gone, false);
                }
            }
            12 | 13 => self.chooses(index),
            14 => self.lets_go(index),
            _ => {
                self.tell(|| format!("device {index}: leaves the field"));
                self.devices[index].hurry(self.now, &mut self.network);
                self.devices[index].shows_merged();
            }
        }
    }

    fn types(&mut self, index: usize) {
        let at = match self.chance.below(8) {
            0..=2 => At::once(NAME),
            3 | 4 => return self.edits(index),
            5 => At::once(CITY),
            _ => match self.a_row(index) {
                Some(row) => At::in_row(PART, &row),
                None => At::once(NAME),
            },
        };
        let text = match self.chance.below(24) {
            0 => String::new(),
            1 | 2 => "même".to_owned(),
            3 => format!("{}{}", "long".repeat(300), self.chance.below(1_000)),
            _ => format!("{index}-{}", self.chance.below(1_000_000)),
        };
        let rest = !self.chance.once_in(4);
        let device = &mut self.devices[index];
        if device.page.as_ref().is_some_and(|page| page.raw(&at) == text) {
            if !rest {
                device.hurry(self.now, &mut self.network);
            }
            return;
        }
        self.tell(|| format!("device {index}: types {text:.12} at {at}, rest: {rest}"));
        self.record(index, at, Gesture::Write(text), rest);
    }

    /// One passage of the long text is put in, replaced or taken out.
    fn edits(&mut self, index: usize) {
        let at = At::once(NOTE);
        let Some(page) = &self.devices[index].page else { return };
        let mut passages: Vec<String> = parts::passages(page.raw(&at)).map(str::to_owned).collect();
        let mut new = || format!("{index}-{}. ", self.chance.below(1_000_000));
        if passages.is_empty() {
            passages.extend((0..6).map(|_| new()));
        } else {
            let new = new();
            let rank = self.chance.rank(passages.len());
            match self.chance.below(4) {
                0 if passages.len() < 12 => passages.insert(rank, new),
                1 => drop(passages.remove(rank)),
                _ => passages[rank] = new,
            }
        }
        let text = passages.concat();
        let rest = !self.chance.once_in(4);
        self.tell(|| format!("device {index}: edits {text:?}, rest: {rest}"));
        self.record(index, at, Gesture::Write(text), rest);
    }

    fn record(&mut self, index: usize, at: At, gesture: Gesture, rest: bool) {
        let book = (&mut self.chance, &mut self.ledger);
        self.devices[index].record((at, gesture, rest), None, self.now, book);
    }

    fn a_row(&mut self, index: usize) -> Option<String> {
        let answers = &self.devices[index].page.as_ref()?.answers;
        let here = || answers.iter().filter(|(at, s)| at.field == ROWS && row::is_here(&s.raw));
        let rank = self.chance.rank(here().count());
        here().nth(rank).map(|(at, _)| at.row.clone())
    }

    /// Either value is written over theirs: one that was taken may have changed since.
    fn chooses(&mut self, index: usize) {
        let Some(page) = &mut self.devices[index].page else { return };
        let Some((at, (theirs, version))) = page.conflicts.pop_first() else { return };
        let shown = page.answers.entry(at.clone()).or_default();
        shown.known = shown.known.max(version);
        self.ledger.looks(index, &theirs);
        let ours = self.chance.once_in(2);
        let text = if ours { page.raw(&at).to_owned() } else { theirs };
        self.tell(|| format!("device {index}: chooses {text:.12} at {at} over {version}"));
        let what = (at, Gesture::Write(text), false);
        let book = (&mut self.chance, &mut self.ledger);
        self.devices[index].record(what, Some(version), self.now, book);
    }

    fn lets_go(&mut self, index: usize) {
        let Some(page) = self.devices[index].page.as_mut().filter(|page| page.ready) else {
            return;
        };
        let hidden = page.outbox.conflicts().find(|(_, shown)| !shown).map(|(left, _)| left);
        let refused = page.outbox.parked().first().map(|(operation, _)| operation);
        let Some(operation) = refused.or(hidden.map(|left| &left.operation)).cloned() else {
            return;
        };
        page.let_go(&operation.id, &self.ledger);
        self.ledger.let_go(&operation);
        self.tell(|| format!("device {index}: lets go of {}", operation.id));
    }

    fn device_steps(&mut self, index: usize) {
        self.tell(|| format!("device {index}: one step"));
        for _ in 0..=self.chance.below(3) {
            self.devices[index].step(self.now, &mut self.ledger, &mut self.network);
        }
    }

    fn request_goes(&mut self) -> Result<(), String> {
        if self.network.requests.is_empty() {
            return Ok(());
        }
        let rank = self.chance.rank(self.network.requests.len());
        let request = self.network.requests.swap_remove(rank);
        let what = self.chance.below(12);
        match what {
            0 => {
                self.tell(|| format!("lost, or the server fell before: {}", words(&request)));
                self.network.reply(&request, Err(Failure::Unreachable));
            }
            1 => {
                // The device gives up while the request still travels.
                self.tell(|| format!("late: {}", words(&request)));
                self.network.reply(&request, Err(Failure::Unreachable));
                self.network.requests.push(super::network::Request { visit: None, ..request });
            }
            2 => {
                let said = self.serve(&request)?;
                self.tell(|| "the server fell after".to_owned());
                drop(said);
                self.network.reply(&request, Err(Failure::Unreachable));
            }
            _ => {
                let said = self.serve(&request)?;
                self.network.reply(&request, said);
                if what == 3 {
                    self.tell(|| "and a copy travels".to_owned());
                    self.network.requests.push(super::network::Request { visit: None, ..request });
                }
            }
        }
        Ok(())
    }

    fn reply_goes(&mut self) {
        if self.network.replies.is_empty() {
            return;
        }
        let rank = self.chance.rank(self.network.replies.len());
        let reply = self.network.replies.swap_remove(rank);
        let lost = self.chance.once_in(8);
        let device = &mut self.devices[reply.device];
        if device.visit != reply.visit {
            return;
        }
        let result = if lost { Err(Failure::Unreachable) } else { reply.result };
        device.hear(result, self.now, (&self.ledger, &mut self.network));
        self.tell(|| format!("device {}: hears, lost: {lost}", reply.device));
    }

    fn time_goes(&mut self) {
        let most = [100, 1_000, 40_000, LONG][self.chance.rank(4)];
        self.now += 1 + self.chance.below(most);
        self.tell(|| "time passes".to_owned());
        for device in &mut self.devices {
            device.ring(self.now, &mut self.network);
        }
    }

    /// Another application comes before the page, or goes.
    fn hides(&mut self, index: usize) {
        let hides = self.chance.once_in(2);
        self.tell(|| format!("device {index}: hides: {hides}"));
        let device = &mut self.devices[index];
        if hides {
            device.beacon(&mut self.network);
        } else {
            device.retry(self.now, &mut self.network);
        }
    }

    /// What happens to the session, the dossier and the clock.
    fn outside(&mut self, index: usize) {
        match self.chance.below(8) {
            0 => self.signed_in[index] = false,
            1 | 2 => self.signed_in[index] = true,
            3 => self.server.set_open(false),
            4..=6 => self.server.set_open(true),
            _ if self.chance.once_in(4) => {
                // The clock is put right, or wrong.
                self.devices[index].skew +=
                    if self.chance.once_in(2) { LONG } else { 0 }.cast_signed();
                self.devices[index].skew -= (LONG / 2).cast_signed();
                self.ledger.confused[index] = true;
            }
            _ => {}
        }
        let (session, state) = (self.signed_in[index], self.server.head.state);
        self.tell(|| format!("device {index} signed in: {session}, dossier: {state:?}"));
    }
}
