//! A fictitious country to show and try the application: structures, people, and three years of
//! dossiers. Nothing in it is real: see [`numbers`] for how its identifiers are made.
//!
//! Loading is deterministic and may be done again: what is there already is left as it is.

pub mod answers;
pub mod lab;
pub mod numbers;
pub mod pdf;
pub mod people;
pub mod places;
pub mod profile;
pub mod seed;
pub mod story;
pub mod structures;
pub mod texts;
pub mod trades;

pub use answers::{complete, filled};
pub use profile::{Profile, Request};
pub use story::{DemoError, Report, load};
