//! The ports of `service` on `SQLite` (one file) and on Postgres.
//!
//! Queries are written once, in `shared/`, and compiled for each database: the few words that differ
//! are macros and functions of [`sqlite`] and [`postgres`]. Lists of rows travel as one JSON
//! parameter, so that a batch is one statement however long it is.

#![expect(clippy::duplicate_mod, reason = "one SQL text is compiled for each database")]

pub mod backup;
mod error;
pub mod files;
mod gather;
mod postgres;
mod rows;
mod sqlite;

use std::sync::Arc;

use service::Store;

pub use error::OpenError;

/// Opens a store and brings its tables up to date: `sqlite:/path/of/file.db` or
/// `postgres://user@host/database`.
///
/// # Errors
/// When the address is of neither, the database cannot be reached, or `SQLite` is too old.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    match which(url)? {
        Which::Sqlite => Ok(Arc::new(sqlite::open(url).await?)),
        Which::Postgres => Ok(Arc::new(postgres::open(url).await?)),
    }
}

/// The databases there are.
enum Which {
    Sqlite,
    Postgres,
}

/// Which one an address is of.
fn which(url: &str) -> Result<Which, OpenError> {
    match url.split_once(':') {
        Some(("sqlite", _)) => Ok(Which::Sqlite),
        Some(("postgres" | "postgresql", _)) => Ok(Which::Postgres),
        _ => Err(OpenError::UnknownScheme),
    }
}
