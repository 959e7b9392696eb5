//! Pages, the wizard that lives in the browser, and the sentences people read. Renders the same
//! views on both sides; talks to no database and to no clock.

// Views are types: a page is a deep one.
#![recursion_limit = "512"]

#[cfg(feature = "hydrate")]
pub mod browser;
pub mod draft;
pub mod exchange;
#[cfg(feature = "ssr")]
pub mod format;
#[cfg(feature = "ssr")]
pub mod mails;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod text;
pub mod unchanged;
pub mod wizard;
