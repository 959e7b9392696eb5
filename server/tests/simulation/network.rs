//! What is on its way: nothing says that it arrives, once, or in order.

use app::draft::outbox::Failure;
use dossier::operation::{Operation, Outcome};

/// The words of a device.
#[derive(Clone)]
pub struct Request {
    /// Which device.
    pub device: usize,
    /// The visit that listens to the answer; none for last words and copies.
    pub visit: Option<u32>,
    /// What is asked.
    pub operations: Vec<Operation>,
}

/// The words of the server, or silence.
pub struct Reply {
    /// Which device.
    pub device: usize,
    /// The visit that asked.
    pub visit: u32,
    /// What it is told.
    pub result: Result<Vec<Outcome>, Failure>,
}

/// Everything on its way.
#[derive(Default)]
pub struct Network {
    /// To the server.
    pub requests: Vec<Request>,
    /// To the devices.
    pub replies: Vec<Reply>,
}

impl Network {
    /// Answers whoever still listens.
    pub fn reply(&mut self, to: &Request, result: Result<Vec<Outcome>, Failure>) {
        if let Some(visit) = to.visit {
            self.replies.push(Reply { device: to.device, visit, result });
        }
    }
}
