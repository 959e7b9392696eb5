//! Tabs of one dossier see each other's typing, and one of them sends for all.

use dossier::operation::Operation;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::{draft::outbox::Failure, exchange::Kept};

/// What another tab says.
pub enum Heard {
    /// It reads the device: what waits there may be sent by it.
    Reads,
    /// Somebody did this to an answer.
    Did(Operation),
    /// Whoever sends, send this.
    Asks(Vec<Operation>),
    /// It sends what begins with this operation.
    Takes(String),
    /// The server said this.
    Came(Kept),
    /// The server could not be asked, or refused the whole.
    Failed(Failure),
    /// The person decided on the parked operation of this id.
    LetGo(String),
}

/// How each is written: a letter, then its JSON. Operations and outcomes are read and written as JSON
/// anyway, so that this costs few bytes.
pub mod letter {
    /// [`super::Heard::Reads`]
    pub const READS: char = 'r';
    /// [`super::Heard::Did`]
    pub const DID: char = 'd';
    /// [`super::Heard::Asks`]
    pub const ASKS: char = 'a';
    /// [`super::Heard::Takes`]
    pub const TAKES: char = 't';
    /// [`super::Heard::Came`]
    pub const CAME: char = 'c';
    /// [`super::Heard::Failed`]
    pub const FAILED: char = 'f';
    /// [`super::Heard::LetGo`]
    pub const LET_GO: char = 'o';
}

/// The other tabs of this person on this dossier.
#[derive(Clone)]
pub struct Tabs {
    channel: BroadcastChannel,
}

impl Tabs {
    /// Joins them; `None` when the browser refuses.
    pub fn join(name: &str, mut hear: impl FnMut(Heard) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A tab of another version may say what this one does not know.
            if let Some(heard) = event.data().as_string().as_deref().and_then(read) {
                hear(heard);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
        Some(Self { channel })
    }

    /// Tells them.
    pub fn tell(&self, letter: char, said: &impl Serialize) {
        if let Ok(json) = serde_json::to_string(said) {
            // Nobody listens on a channel that is closed: what was said is on the device anyway.
            let _ = self.channel.post_message(&format!("{letter}{json}").into());
        }
    }
}

fn read(said: &str) -> Option<Heard> {
    fn json<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_str(text).ok()
    }
    let text = said.get(1..)?;
    Some(match said.chars().next()? {
        letter::READS => Heard::Reads,
        letter::DID => Heard::Did(json(text)?),
        letter::ASKS => Heard::Asks(json(text)?),
        letter::TAKES => Heard::Takes(json(text)?),
        letter::CAME => Heard::Came(json(text)?),
        letter::FAILED => Heard::Failed(json(text)?),
        letter::LET_GO => Heard::LetGo(json(text)?),
        _ => return None,
    })
}
