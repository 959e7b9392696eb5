//! How `SQLite` tells its tables, and turns values into JSON and back.

#[path = "../shared/tables.rs"]
mod tables;

use sqlx::{
    ConnectOptions as _,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use super::{Db, MIGRATIONS};
use crate::{
    OpenError,
    backup::{BackupError, Holds, Tables},
};

const COLUMNS: &str = r"SELECT m.name, c.name, lower(c.type)
    FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name <> '_sqlx_migrations'
    ORDER BY m.name, c.cid";

const REFERENCES: &str = "SELECT m.name, f.\"table\"
    FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'";

/// With a log beside the file, readers see one moment and keep nobody waiting.
const SNAPSHOT: &str = "BEGIN";

const TO_FILL: &str = "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON";

fn row_of(columns: &str) -> String {
    format!("SELECT json_array({columns})")
}

fn expression(column: &str, holds: Holds) -> String {
    match holds {
        Holds::Text | Holds::Number | Holds::Flag => column.to_owned(),
        // `hex` makes an empty text of nothing.
        Holds::Bytes => format!("CASE WHEN {column} IS NOT NULL THEN lower(hex({column})) END"),
    }
}

fn value(text: &str, holds: Holds) -> String {
    match holds {
        Holds::Text => text.to_owned(),
        Holds::Number | Holds::Flag => format!("CAST({text} AS INTEGER)"),
        Holds::Bytes => format!("unhex({text})"),
    }
}

/// Sees one moment of a file.
pub(crate) async fn source(url: &str) -> Result<Box<dyn Tables>, BackupError> {
    let options: SqliteConnectOptions = url.parse().map_err(OpenError::Database)?;
    // Every row of a table is read at once: that takes the time it takes.
    let options = options.create_if_missing(false).disable_statement_logging();
    Ok(tables::source(options.connect().await.map_err(OpenError::Database)?).await?)
}

/// Makes the tables of a file, to be filled.
pub(crate) async fn target(url: &str, schema: i64) -> Result<Box<dyn Tables>, BackupError> {
    let options: SqliteConnectOptions = url.parse().map_err(OpenError::Database)?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .disable_statement_logging();
    let connection = options.connect().await.map_err(OpenError::Database)?;
    tables::target(connection, &MIGRATIONS, schema).await
}
