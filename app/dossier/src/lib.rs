//! The national dossier de conventionnement: its questions, rules, money, life cycle and roles.
//! Pure: the same code runs in the browser and on the server.

pub mod act;
pub mod allotting;
pub mod annex;
pub mod commission;
pub mod convention;
pub mod draft_file;
pub mod envelope;
pub mod event;
pub mod exits;
pub mod follow_up;
pub mod form;
pub mod id;
pub mod lab;
pub mod leave;
pub mod money;
pub mod note;
pub mod notice;
pub mod operation;
pub mod place;
pub mod reading;
pub mod reference;
pub mod reopened;
pub mod retention;
pub mod right;
pub mod role;
mod sentence;
pub mod share;
pub mod simulation;
pub mod state;
pub mod unposted;

pub use sentence::Sentence;
