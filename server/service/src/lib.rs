//! What the application does: one module per use case, over the ports it needs. No HTTP, no page, no
//! SQL here.
//!
//! Every function takes `&Services` first, then the [`Actor`] who asks. What an actor may not see
//! does not exist for them: absent and foreign dossiers get the same answer.

pub mod account;
pub mod accounts;
pub mod allotting;
pub mod annexes;
pub mod attachments;
pub mod audit;
pub mod clock;
pub mod commission;
pub mod compared;
pub mod conventions;
pub mod coverage;
pub mod deposits;
pub mod drafts;
pub mod envelopes;
pub mod federation;
pub mod findings;
pub mod follow_up;
pub mod following;
pub mod forms;
pub mod head;
pub mod history;
pub mod ids;
pub mod instruction;
pub mod journal;
pub mod labs;
pub mod leave;
pub mod lenses;
pub mod mail;
pub mod news;
mod opening;
pub mod personal;
pub mod ports;
pub mod presence;
pub mod readings;
pub mod retention;
pub mod saving;
pub mod sealing;
pub mod second_factor;
pub mod seen;
pub mod sessions;
pub mod sharing;
pub mod studio;
pub mod teams;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod unposted;
pub mod views;
pub mod worklist;

use std::sync::Arc;

use dossier::{form::revisions::FormKey, retention::Policy};

pub use account::{Account, Actor, Membership, Structure};
pub use clock::{Clock, Millis, SystemClock};
pub use dossier::id::{
    AccountId, AllotmentId, AttachmentId, DossierId, InvitationId, LabId, LensId, NoteId,
    ParticipantId, RemarkId, ShareId, SittingId, SketchId, StructureId,
};
pub use federation::Provider;
pub use findings::{NoRegisters, Registers};
pub use head::{Deposit, DossierHead, Receipt, Snapshot};
pub use ids::{Ids, SystemIds};
pub use ports::{Files, Store, StoreError};

/// Most bytes of a document, unless the configuration says otherwise.
pub const LARGEST: u64 = 20 * 1024 * 1024;

/// What every use case works with.
#[derive(Clone)]
pub struct Services {
    /// Where things are kept.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// New ids and secrets.
    pub ids: Arc<dyn Ids>,
    /// What other systems know, as far as this server asks them.
    pub registers: Arc<dyn Registers>,
    /// Who says who people are, when somebody else does.
    pub provider: Option<Arc<dyn Provider>>,
    /// Where attached documents are kept.
    pub files: Arc<dyn Files>,
    /// Most bytes that one of them may have.
    pub largest: u64,
    /// Whether personas may be entered without a password.
    pub demo: bool,
    /// What becomes of messages.
    pub mail: mail::Outgoing,
    /// How long things are kept.
    pub retention: Policy,
    /// The form that everybody tries here: that of a space of the open lab, and of nowhere else.
    pub variant: Option<FormKey>,
}

impl Services {
    /// Services of the real world, without personas, which ask no other system.
    pub fn new(store: Arc<dyn Store>, files: Arc<dyn Files>) -> Self {
        Self {
            store,
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            registers: Arc::new(NoRegisters),
            provider: None,
            files,
            largest: LARGEST,
            demo: false,
            mail: mail::Outgoing::Off,
            retention: Policy::default(),
            variant: None,
        }
    }

    /// Now.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// A new id.
    pub fn ulid(&self) -> String {
        self.ids.ulid(self.now())
    }
}
