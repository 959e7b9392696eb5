//! A Postgres database; several servers may share it.

use std::str::FromStr;

use sqlx::{
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
async fn lock(connection: &mut sqlx::PgConnection, ids: &str) -> sqlx::Result<()> {
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

/// Connects.
pub(crate) async fn open(url: &str) -> Result<backend::Backend, OpenError> {
    let options = PgConnectOptions::from_str(url)?;
    let pool = PgPoolOptions::new().max_connections(16).connect_with(options).await?;
    MIGRATIONS.run(&pool).await?;
    Ok(backend::Backend::new(pool.clone(), pool))
}
