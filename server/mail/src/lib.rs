//! Mail, sent over SMTP. It knows neither what messages say nor for whom they are.
//!
//! A sender wants the proof that mail may leave: see [`service::mail::Real`].

mod message;
mod smtp;

pub use lettre::message::Mailbox;
pub use message::{BuildError, Message};
pub use smtp::{Failure, Security, SetUpError, Settings, Smtp};
