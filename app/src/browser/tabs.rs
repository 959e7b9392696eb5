//! Tabs of one dossier see each other's typing. Each sends what was typed in it; the same operation
//! sent by two tabs applies once.

use dossier::operation::{Operation, Outcome};
use serde::Serialize;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// What a tab says when it opens.
pub const OPENED: &str = "ouvert";

/// What another tab says.
pub enum Heard {
    /// It opens.
    Opened,
    /// Somebody did this to an answer.
    Did(Operation),
    /// The server said this of it.
    Came(Outcome),
}

/// The other tabs of this person on this dossier.
#[derive(Clone)]
pub struct Tabs {
    channel: BroadcastChannel,
}

impl Tabs {
    /// Joins them; `None` when the browser refuses.
    pub fn join(
        account: &str,
        dossier: &str,
        mut hear: impl FnMut(Heard) + 'static,
    ) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("trame/{account}/{dossier}")).ok()?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let said = event.data().as_string().unwrap_or_default();
            let outcome = || serde_json::from_str(&said).map(Heard::Came);
            let heard = serde_json::from_str(&said).map(Heard::Did).or_else(|_| outcome());
            // A tab of another version may say what this one does not know.
            match heard {
                Ok(heard) => hear(heard),
                Err(_) if said.contains(OPENED) => hear(Heard::Opened),
                Err(_) => {}
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
        Some(Self { channel })
    }

    /// Tells them: an operation, its outcome, or [`OPENED`].
    pub fn tell(&self, said: &impl Serialize) {
        if let Ok(text) = serde_json::to_string(said) {
            // Nobody listens on a channel that is closed: what was said is on the device anyway.
            let _ = self.channel.post_message(&text.into());
        }
    }
}
