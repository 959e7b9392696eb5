//! What goes wrong, as the ports say it. Causes are logged here, once.

use service::StoreError;
use sqlx::error::ErrorKind;

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Neither `sqlite:` nor `postgres:`.
    #[error("the address of a store begins with sqlite: or postgres:")]
    UnknownScheme,
    /// Before 3.51.3, `SQLite` may lose committed writes in WAL mode.
    #[error("SQLite {0} is too old: 3.51.3 or later is needed")]
    OldSqlite(String),
    /// The database cannot be reached.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the tables cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

/// What the ports say of an error of the database.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(crate) fn stored(error: sqlx::Error) -> StoreError {
    let said = match &error {
        sqlx::Error::Database(cause) if cause.is_unique_violation() => {
            return StoreError::Conflict;
        }
        // Of one batch, and not of the database: the next batch may well be written.
        sqlx::Error::Database(cause) if cause.kind() != ErrorKind::Other => StoreError::Corrupt,
        sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => StoreError::Corrupt,
        _ => StoreError::Unavailable,
    };

    tracing::error!(%error, "the store failed");
    said
}

/// Something stored that does not make sense.
pub(crate) fn corrupt(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(what.to_owned().into())
}

/// Writes a list for a statement.
pub(crate) fn json<T: serde::Serialize + ?Sized>(list: &T) -> sqlx::Result<String> {
    serde_json::to_string(list).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// What rows say, or the first that makes no sense.
pub(crate) fn all_read<R, T>(
    rows: sqlx::Result<Vec<R>>,
    one: impl Fn(R) -> sqlx::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let read: sqlx::Result<Vec<T>> = rows.and_then(|rows| rows.into_iter().map(one).collect());
    read.map_err(stored)
}
