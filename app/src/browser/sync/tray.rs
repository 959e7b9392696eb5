//! What waits for the person stays on the device until they let go of it.

use leptos::task::spawn_local;

use super::Sync;
use crate::{browser::tabs::letter, draft::outbox::ToDevice};

impl Sync {
    /// The person lets go of a text that waits for them.
    pub fn let_go(&self, id: &str) {
        self.inner.borrow_mut().outbox.let_go(id);
        let sync = self.clone();
        spawn_local(async move { sync.write_on_device().await });
        self.show_status();
    }

    /// Writes on the device what came of the operations.
    pub(super) async fn write_on_device(&self) {
        let (changes, device) = {
            let mut inner = self.inner.borrow_mut();
            (inner.outbox.to_device(), inner.device.clone())
        };
        for change in &changes {
            if let ToDevice::Release(id) = change {
                self.tell(letter::LET_GO, id);
            }
        }
        let Some(device) = device else { return };
        for change in changes {
            match change {
                ToDevice::Keep(left) => {
                    device.keep(&left).await;
                }
                ToDevice::Release(id) => device.release(&id).await,
            }
        }
    }
}
