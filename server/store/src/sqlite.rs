//! One `SQLite` file: one connection writes, a few read.

use std::{str::FromStr, time::Duration};

use sqlx::{
    Connection as _, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::error::OpenError;

pub(crate) type Db = sqlx::Sqlite;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Takes the write lock at once: a reader that turns writer may be told to try again.
const BEGIN: &str = "BEGIN IMMEDIATE";

/// Items of a JSON list, as `w.value`.
macro_rules! each {
    ($list:literal) => {
        concat!("json_each(", $list, ") AS w")
    };
}

/// Texts of a JSON list, as `w.value`.
macro_rules! each_text {
    ($list:literal) => {
        each!($list)
    };
}

/// The rows of a query as one JSON list of lists: a row costs far less inside a text than by itself.
macro_rules! as_list {
    ([$($columns:tt)*] $(, in order of $order:literal)?) => {
        concat!("json_group_array(json_array(", $($columns)*, ")" $(, " ORDER BY ", $order)?, ")")
    };
}

/// A text that holds JSON, inside such a list.
macro_rules! as_json {
    ($text:literal) => {
        concat!("json(", $text, ")")
    };
}

/// The transaction holds the only write lock already.
async fn lock(_: &mut SqliteConnection, _: &str) -> sqlx::Result<()> {
    Ok(())
}

/// Longest wait for a lock of somebody else, and for a connection.
const PATIENCE: Duration = Duration::from_secs(2);

#[path = "shared/backend.rs"]
mod backend;

/// Opens the file, making it if it is not there.
pub(crate) async fn open(url: &str) -> Result<backend::Backend, OpenError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let pool = || {
        SqlitePoolOptions::new()
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(PATIENCE)
            .after_release(|connection, _| Box::pin(is_sound(connection)))
    };
    // The pages that autosaves write are few and always the same: copied from the log into the file
    // more seldom, they are copied once for many writes. 8 000 pages are 32 MB of log.
    let writing =
        options.clone().pragma("wal_autocheckpoint", "8000").pragma("cache_size", "-16384");
    let write = pool().max_connections(1).connect_with(writing).await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&write).await?;
    if !is_recent(&version) {
        return Err(OpenError::OldSqlite(version));
    }
    MIGRATIONS.run(&write).await?;
    let options = options.pragma("query_only", "on");
    let read = pool().max_connections(4).connect_with(options).await?;
    Ok(backend::Backend::new(read, write))
}

/// Whether a connection may be used again. On a full disk or an error of the disk, `SQLite` takes the
/// transaction back by itself; sqlx does not learn of it and would begin no other there, ever.
async fn is_sound(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // What was dropped half-way is being taken back: this waits for it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

/// Whether a version does not lose committed writes in WAL mode.
fn is_recent(version: &str) -> bool {
    let parts: Option<Vec<u32>> = version.split('.').map(|part| part.parse().ok()).collect();
    parts.is_some_and(|parts| parts.as_slice() >= [3, 51, 3].as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(is_recent("3.51.3") && is_recent("3.100.0") && is_recent("4.0.0"));
        assert!(!is_recent("3.51.2") && !is_recent("3.9.9") && !is_recent("x"));
    }
}
