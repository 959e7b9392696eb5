//! Every text that was typed, where it went, and what the person saw when typing it: beside the
//! programme, so that it can be judged.

use std::collections::{HashMap, HashSet};

use dossier::operation::{Gesture, Operation};
use form::At;

use super::{
    device::Device,
    parts::{self, NOTE},
    server::Server,
};

/// One text, at one moment.
#[expect(clippy::struct_excessive_bools, reason = "facts, each by itself")]
pub struct Typed {
    device: usize,
    visit: u32,
    id: String,
    at: At,
    text: String,
    /// The newest version of somebody else that the person had before their eyes.
    known: u32,
    /// The text that the field showed and that was typed over.
    over: Option<usize>,
    /// Kept on the device.
    reached: bool,
    /// Decided by the server.
    served: bool,
    /// It stood there already when the server decided: nothing was to be written.
    stood: bool,
    /// The person let go of it.
    let_go: bool,
    /// The passages of a long text that nobody had seen before.
    fresh: Vec<String>,
}

/// All of them, in order.
#[derive(Default)]
pub struct Ledger {
    typed: Vec<Typed>,
    /// Who wrote what stands: the text of a device and its version.
    standing: HashMap<At, (usize, u32)>,
    /// The last text of each device that was written at each place.
    last: HashMap<(usize, At), usize>,
    /// The passages of long texts that the person at each device ever had before their eyes.
    looked: [HashSet<String>; 2],
    /// Devices whose clock went back: their texts may change places.
    pub confused: [bool; 2],
}

impl Ledger {
    /// A text was typed; gives its rank.
    pub fn typed(
        &mut self,
        (device, visit): (usize, u32),
        operation: &Operation,
        known: u32,
        over: Option<usize>,
    ) -> Option<usize> {
        let Gesture::Write(text) = &operation.gesture else { return None };
        let fresh = parts::passages(text).map(str::to_owned);
        let fresh = fresh.filter(|passage| !self.looked[device].contains(passage)).collect();
        self.looks(device, text);
        self.typed.push(Typed {
            device,
            visit,
            id: operation.id.clone(),
            at: operation.at.clone(),
            text: text.clone(),
            known,
            over,
            reached: false,
            served: false,
            stood: false,
            let_go: false,
            fresh,
        });
        Some(self.typed.len() - 1)
    }

    /// Somebody looks at a text.
    pub fn looks(&mut self, device: usize, text: &str) {
        self.looked[device].extend(parts::passages(text).map(str::to_owned));
    }

    /// The rank of what an operation carries.
    pub fn rank(&self, operation: &Operation) -> Option<usize> {
        let Gesture::Write(text) = &operation.gesture else { return None };
        self.typed.iter().rposition(|typed| typed.id == operation.id && typed.text == *text)
    }

    /// The device keeps what has this rank.
    pub fn reached(&mut self, rank: Option<usize>) {
        if let Some(rank) = rank {
            self.typed[rank].reached = true;
        }
    }

    /// The server decided on it without writing it. There is no conflict where nobody wrote.
    pub fn decided(&mut self, operation: &Operation, conflict: bool) -> Result<(), String> {
        self.mark(operation, |typed| typed.served = true);
        if conflict && !self.standing.contains_key(&operation.at) {
            return Err(format!("a conflict with nobody: {operation:?}"));
        }
        Ok(())
    }

    /// The person let go of it.
    pub fn let_go(&mut self, operation: &Operation) {
        self.mark(operation, |typed| typed.let_go = true);
    }

    fn mark(&mut self, operation: &Operation, how: impl FnOnce(&mut Typed)) {
        if let Some(rank) = self.rank(operation) {
            how(&mut self.typed[rank]);
        }
    }

    /// The server wrote it over this text and this version: never over what nobody saw, never an
    /// earlier text over a later one.
    pub fn written(
        &mut self,
        operation: &Operation,
        (text, version): (&str, u32),
        (after, now): (&str, u32),
    ) -> Result<(), String> {
        self.decided(operation, false)?;
        let Some(rank) = self.rank(operation) else {
            return Err(format!("nobody typed {operation:?}"));
        };
        if operation.at.field == NOTE {
            self.check_passages(rank, text, after)?;
        }
        if now == version {
            self.typed[rank].stood = true;
            return Ok(());
        }
        let typed = &self.typed[rank];
        let at = &operation.at;
        let standing = self.standing.get(at).filter(|(_, its)| *its == version);
        let own = standing.is_some_and(|(device, _)| *device == typed.device)
            || self.typed[..rank]
                .iter()
                .any(|t| t.device == typed.device && t.at == *at && t.text == text);
        if !own && typed.known < version && at.field != NOTE {
            let new = &typed.text;
            return Err(format!("{at}: {new:?} over {text:?} {version}, which was not seen"));
        }
        // Put together with what followed it, it took nothing from it.
        let beside = at.field == NOTE && operation.seen != version;
        let last = self.last.insert((typed.device, at.clone()), rank);
        if last.is_some_and(|last| last > rank) && !beside && !self.confused[typed.device] {
            return Err(format!("{at}: {:?} was written over what followed it", typed.text));
        }
        self.standing.insert(at.clone(), (typed.device, now));
        Ok(())
    }

    /// Nobody takes out a passage that they never saw, and what they wrote anew is there.
    fn check_passages(&self, rank: usize, before: &str, after: &str) -> Result<(), String> {
        let Typed { device, text, fresh, .. } = &self.typed[rank];
        let after: HashSet<&str> = parts::passages(after).collect();
        let unseen = |passage: &&str| !self.looked[*device].contains(*passage);
        let gone = parts::passages(before).filter(unseen);
        let own = fresh.iter().map(String::as_str);
        match gone.chain(own).find(|passage| !after.contains(passage)) {
            Some(passage) => Err(format!("{passage:?} was lost under {text:?}")),
            None => Ok(()),
        }
    }

    /// What the line of state says must hold: on a page that calls everything saved, the server has
    /// every text of this visit; on one that calls the rest kept on the device, one or the other.
    pub fn check_line(&self, device: &Device, server: &Server, kept: bool) -> Result<(), String> {
        self.check(device, server, |typed| {
            typed.visit == device.visit && !(kept && device.keeps(&typed.at, &typed.text))
        })
    }

    /// Every text that reached the device stands, stood, waits for the person in plain sight, or was
    /// given up by the person: typed over or let go.
    pub fn check_lost(&self, device: &Device, server: &Server) -> Result<(), String> {
        self.check(device, server, |typed| typed.reached)
    }

    fn check(
        &self,
        device: &Device,
        server: &Server,
        counts: impl Fn(&Typed) -> bool,
    ) -> Result<(), String> {
        let mut given_up = vec![false; self.typed.len()];
        // What was typed over it must have gone somewhere, itself or what was typed over that.
        for (rank, typed) in self.typed.iter().enumerate().rev() {
            let went = typed.reached || typed.served || counts(typed) || given_up[rank];
            if let Some(over) = typed.over.filter(|_| went) {
                given_up[over] = true;
            }
        }
        let lost = self.typed.iter().zip(given_up).find(|(typed, given_up)| {
            typed.device == device.index
                && counts(typed)
                && !given_up
                && !typed.let_go
                && !typed.stood
                && !server.has(&typed.at, &typed.text)
                && !device.shows(&typed.at, &typed.text)
        });
        match lost {
            Some((Typed { at, text, id, .. }, _)) => {
                Err(format!("lost: {text:?} at {at} ({id}) on device {}", device.index))
            }
            None => Ok(()),
        }
    }
}
