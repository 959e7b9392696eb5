//! What waits for the person and not for the network: refused texts, and texts over which somebody
//! else wrote. They stay on the device until the person lets go of them.

use dossier::operation::{Gesture, Operation, Refusal};
use form::At;
use serde::{Deserialize, Serialize};

use super::{Entry, Outbox};

/// Why an operation waits for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The server cannot apply it.
    Refused(Refusal),
    /// Somebody else wrote something else.
    Conflict {
        /// What the other wrote.
        theirs: String,
        /// Its version.
        version: u32,
        /// Who wrote it.
        by: String,
    },
}

/// One operation as the device keeps it. An operation alone reads as one to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Line", into = "Line")]
pub struct Left {
    /// The operation.
    pub operation: Operation,
    /// Why it waits for the person; none when it waits to be sent.
    pub parked: Option<Reason>,
}

/// The same, as it is written: flat by hand, which the browser downloads in far fewer bytes.
#[derive(Serialize, Deserialize)]
struct Line {
    id: String,
    at: At,
    gesture: Gesture,
    seen: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parked: Option<Reason>,
}

impl From<Line> for Left {
    fn from(Line { id, at, gesture, seen, parked }: Line) -> Self {
        Self { operation: Operation { id, at, gesture, seen }, parked }
    }
}

impl From<Left> for Line {
    fn from(Left { operation: Operation { id, at, gesture, seen }, parked }: Left) -> Self {
        Self { id, at, gesture, seen, parked }
    }
}

impl From<Operation> for Left {
    fn from(operation: Operation) -> Self {
        Self { operation, parked: None }
    }
}

/// What to write on the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToDevice {
    /// Keep this, in place of what has the same id.
    Keep(Left),
    /// Let go of this id.
    Release(String),
}

/// A text over which somebody else wrote.
#[derive(Clone, Debug)]
pub(super) struct Clash {
    left: Left,
    /// Whether its field shows it, or what was typed over it.
    shown: bool,
}

impl Outbox {
    /// What to write on the device since the last call, in order.
    pub fn to_device(&mut self) -> Vec<ToDevice> {
        std::mem::take(&mut self.to_device)
    }

    /// Operations that the server refused, with their text.
    pub fn parked(&self) -> &[(Operation, Refusal)] {
        &self.parked
    }

    /// Texts over which somebody else wrote and on which nobody decided yet, oldest first. The field
    /// of the last one at a place shows it, unless the flag says otherwise: then a list must.
    pub fn conflicts(&self) -> impl Iterator<Item = (&Left, bool)> {
        self.conflicts.iter().map(|clash| (&clash.left, clash.shown))
    }

    /// The person lets go of a parked text.
    pub fn let_go(&mut self, id: &str) {
        if self.is_parked(id) {
            self.parked.retain(|(operation, _)| operation.id != id);
            self.conflicts.retain(|clash| clash.left.operation.id != id);
            self.to_device.push(ToDevice::Release(id.to_owned()));
        }
    }

    pub(super) fn is_parked(&self, id: &str) -> bool {
        self.parked.iter().any(|(operation, _)| operation.id == id)
            || self.conflicts.iter().any(|clash| clash.left.operation.id == id)
    }

    pub(super) fn park_refused(&mut self, operation: Operation, why: Refusal) {
        let parked = Some(Reason::Refused(why));
        self.to_device.push(ToDevice::Keep(Left { operation: operation.clone(), parked }));
        self.parked.push((operation, why));
    }

    pub(super) fn park_conflict(
        &mut self,
        Entry { operation, shown, .. }: Entry,
        theirs: String,
        version: u32,
        by: String,
    ) {
        // Who only said that a value is right has no text to lose.
        if operation.gesture == Gesture::Confirm {
            self.to_device.push(ToDevice::Release(operation.id));
            return;
        }
        let left = Left { operation, parked: Some(Reason::Conflict { theirs, version, by }) };
        self.to_device.push(ToDevice::Keep(left.clone()));
        self.conflicts.push(Clash { left, shown });
    }

    pub(super) fn clash(&mut self, operation: Operation, why: Reason, shown: bool) {
        self.hide(&operation.at);
        self.conflicts.push(Clash { left: Left { operation, parked: Some(why) }, shown });
    }

    /// The field shows another text now, that was not typed over this one.
    pub(super) fn hide(&mut self, at: &At) {
        for clash in self.conflicts.iter_mut().filter(|c| c.left.operation.at == *at) {
            clash.shown = false;
        }
    }

    /// The server said its word on a later text of this place: when that was typed over these or
    /// chosen instead of them, they may go.
    pub(super) fn settle(&mut self, later: &Entry) {
        let at = &later.operation.at;
        let Self { conflicts, to_device, .. } = self;
        if !later.shown || later.operation.gesture == Gesture::Confirm {
            return;
        }
        conflicts.retain(|clash| {
            let settled = clash.shown && clash.left.operation.at == *at;
            if settled {
                to_device.push(ToDevice::Release(clash.left.operation.id.clone()));
            }
            !settled
        });
    }
}
