//! How Postgres tells its tables, and turns values into JSON and back.

#[path = "../shared/tables.rs"]
mod tables;

use sqlx::{ConnectOptions as _, PgConnection, postgres::PgConnectOptions};

use super::{Db, MIGRATIONS};
use crate::{
    OpenError,
    backup::{BackupError, Holds, Tables},
};

const COLUMNS: &str =
    "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT)
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'
    ORDER BY table_name, ordinal_position";

const REFERENCES: &str = "SELECT CAST(a.relname AS TEXT), CAST(b.relname AS TEXT)
    FROM pg_constraint AS c JOIN pg_class AS a ON a.oid = c.conrelid
        JOIN pg_class AS b ON b.oid = c.confrelid
    WHERE c.contype = 'f' AND a.relnamespace = CAST(current_schema() AS regnamespace)";

/// All statements see the same moment, and keep nobody waiting.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

const TO_FILL: &str = "BEGIN";

fn row_of(columns: &str) -> String {
    format!("SELECT CAST(json_build_array({columns}) AS TEXT)")
}

fn expression(column: &str, holds: Holds) -> String {
    match holds {
        Holds::Text | Holds::Number => column.to_owned(),
        Holds::Flag => format!("CAST({column} AS INTEGER)"),
        Holds::Bytes => format!("encode({column}, 'hex')"),
    }
}

fn value(text: &str, holds: Holds) -> String {
    match holds {
        Holds::Text => text.to_owned(),
        Holds::Number => format!("CAST({text} AS BIGINT)"),
        Holds::Flag => format!("CAST(CAST({text} AS INTEGER) AS BOOLEAN)"),
        Holds::Bytes => format!("decode({text}, 'hex')"),
    }
}

/// Every row of a table is read at once: that takes the time it takes.
async fn connect(url: &str) -> Result<PgConnection, OpenError> {
    let options: PgConnectOptions = url.parse()?;
    Ok(options.disable_statement_logging().connect().await?)
}

/// Sees one moment of a database.
pub(crate) async fn source(url: &str) -> Result<Box<dyn Tables>, BackupError> {
    Ok(tables::source(connect(url).await?).await?)
}

/// Makes the tables of a database, to be filled.
pub(crate) async fn target(url: &str, schema: i64) -> Result<Box<dyn Tables>, BackupError> {
    tables::target(connect(url).await?, &MIGRATIONS, schema).await
}
