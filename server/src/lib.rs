//! The programme: configuration, wiring, pages over HTTP, command line. A library too, so that tests
//! drive the real router.

// Views are types: a page is a deep one.
#![recursion_limit = "512"]

pub mod assets;
mod backup;
pub mod cli;
pub mod config;
mod demonstration;
mod doctor;
pub mod forms;
mod import;
mod journal;
pub mod limits;
pub mod mailing;
mod mails;
pub mod news;
mod overlays;
mod retention;
pub mod serve;
pub mod spaces;
pub mod stand_in;
mod users;
pub mod web;
