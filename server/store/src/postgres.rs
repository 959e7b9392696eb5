//! A Postgres database; several servers may share it.

use std::{str::FromStr, time::Duration};

use sqlx::{
    Connection as _, PgConnection,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::error::OpenError;

pub(crate) type Db = sqlx::Postgres;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

const BEGIN: &str = "BEGIN";

/// Items of a JSON list, as `w.value`.
macro_rules! each {
    ($list:literal) => {
        concat!("jsonb_array_elements(", $list, "::jsonb) AS w(value)")
    };
}

/// Texts of a JSON list, as `w.value`.
macro_rules! each_text {
    ($list:literal) => {
        concat!("jsonb_array_elements_text(", $list, "::jsonb) AS w(value)")
    };
}

/// Around a list: what gives its texts, as [`each_text!`] does.
const EACH_TEXT: (&str, &str) = ("jsonb_array_elements_text(CAST(", " AS jsonb))");

/// The rows of a query as one JSON list of lists: a row costs far less inside a text than by itself.
macro_rules! as_list {
    ([$($columns:tt)*] $(, in order of $order:literal)?) => {
        concat!(
            "COALESCE(CAST(json_agg(json_build_array(", $($columns)*, ")" $(, " ORDER BY ", $order)?,
            ") AS TEXT), '[]')"
        )
    };
}

/// A text that holds JSON, inside such a list.
macro_rules! as_json {
    ($text:literal) => {
        concat!("CAST(", $text, " AS JSON)")
    };
}

/// Locks dossiers, given as a JSON list of ids, always in the same order. A statement of its own:
/// what is read after it is what the lock protects.
async fn lock(connection: &mut PgConnection, ids: &str) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "SELECT id FROM dossier WHERE id IN (SELECT w.value FROM ",
        each_text!("$1"),
        ") ORDER BY id FOR UPDATE"
    ))
    .bind(ids)
    .execute(connection)
    .await?;
    Ok(())
}

#[path = "shared/backend.rs"]
mod backend;
pub(crate) mod catalog;

/// Longest wait for a connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// Longest waits for a lock of somebody else, for a statement, and for the next one of a transaction:
/// a server that went away in the middle of one holds its locks no longer than that.
const LIMITS: [(&str, &str); 3] = [
    ("lock_timeout", "3s"),
    ("statement_timeout", "6s"),
    ("idle_in_transaction_session_timeout", "10s"),
];

/// Connects.
pub(crate) async fn open(url: &str) -> Result<backend::Backend, OpenError> {
    let options = PgConnectOptions::from_str(url)?;
    // Bringing tables up to date takes the time it takes.
    MIGRATIONS.run(&mut PgConnection::connect_with(&options).await?).await?;
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(PATIENCE)
        .connect_with(options.options(LIMITS))
        .await?;
    let backend = backend::Backend::new(pool.clone(), pool);
    backend.fill_work_list().await?;
    Ok(backend)
}
