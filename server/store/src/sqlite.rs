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

/// Around a list: what gives its texts, as [`each_text!`] does.
const EACH_TEXT: (&str, &str) = ("json_each(", ")");

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
pub(crate) mod catalog;

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
    let backend = backend::Backend::new(read, write);
    backend.fill_work_list().await?;
    Ok(backend)
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
    use dossier::{role::Scope, state::State};
    use form::Date;
    use service::worklist::{Cursor, Deadline, Filter, Followed, Noted, Query, Sort, Within};
    use sqlx::{QueryBuilder, Row as _};

    use super::{
        backend::worklist::reading::{From, write_page},
        *,
    };

    /// Every filter there is, one by one and together.
    fn filters() -> Vec<Filter> {
        let states = vec![State::Submitted, State::Commission];
        let kind = Some("EITI".to_owned());
        let (deadline, followed) = (Some(Deadline::Late), Some(Followed::ByNobody));
        let none = Filter::default;
        vec![
            none(),
            Filter { states: states.clone(), ..none() },
            Filter { kind: kind.clone(), ..none() },
            Filter { nature: kind.clone(), ..none() },
            Filter { deadline, ..none() },
            Filter { followed: Some(Followed::By("A".into())), ..none() },
            Filter {
                followed: Some(Followed::By("A".into())),
                covering: vec!["B".into()],
                ..none()
            },
            Filter { noted: Some(Noted::Open), ..none() },
            Filter { noted: Some(Noted::Blocking), ..none() },
            Filter {
                states,
                kind: kind.clone(),
                nature: kind,
                deadline,
                followed,
                covering: Vec::new(),
                noted: Some(Noted::Blocking),
            },
        ]
    }

    #[tokio::test]
    async fn no_page_of_the_work_list_reads_or_sorts_all_of_it() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        MIGRATIONS.run(&mut connection).await.unwrap();
        let two = Scope::Departments(vec!["58".into(), "21".into()]);
        let scopes = [Scope::Departments(vec!["58".into()]), two, Scope::National];
        let after = Cursor { key: "12".into(), id: "01J00000000000000000000001".into() };
        let words = ["jardin".to_owned()];
        for (scope, sort) in scopes.iter().flat_map(|one| Sort::ALL.map(|sort| (one, sort))) {
            for filter in filters() {
                for (reversed, after) in [(false, None), (true, Some(after.clone()))] {
                    for words in [&words[..0], &words] {
                        let query = Query {
                            within: Within::of(scope, None),
                            filter: filter.clone(),
                            words: Vec::new(),
                            sort,
                            reversed,
                            after: after.clone(),
                            today: Date::new(2026, 11, 26).unwrap(),
                        };
                        let mut sql = QueryBuilder::<Db>::new("EXPLAIN QUERY PLAN ");
                        write_page(&mut sql, &query, &From::Order, words).unwrap();
                        let plan = sql.build().fetch_all(&mut connection).await.unwrap();
                        let plan: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
                        let told = plan.join("\n");
                        let whole = plan.iter().any(|line| {
                            line.starts_with("SCAN w") && !line.contains("INDEX worklist_by_")
                        });
                        // The page itself, of fifty lines, is put in order again after its lines
                        // are joined; what is below it never is.
                        let sorts = told.matches("TEMP B-TREE FOR ORDER BY").count();
                        assert!(!whole && sorts <= 1, "{query:?}\n{told}");
                    }
                }
            }
        }
    }

    /// What names people and is told to none of them: a sign-in of ten minutes that waits for a code, and
    /// guests, who have a link and no account.
    const NOT_TOLD: [(&str, &str); 2] =
        [("shared_steps", "guest_id"), ("sign_in_halfway", "account_id")];

    #[tokio::test]
    async fn people_are_told_of_every_table_that_names_them() {
        let told: Vec<_> = super::backend::personal::queries().collect();
        let said: Vec<_> = told.iter().map(|(key, columns, _)| (*key, *columns)).collect();
        let parts = service::personal::PARTS.iter();
        let wanted: Vec<_> = parts.map(|part| (part.key, part.columns.len())).collect();
        assert_eq!(said, wanted);
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        MIGRATIONS.run(&mut connection).await.unwrap();
        let sql = "SELECT m.name, f.\"from\" FROM sqlite_schema m
             JOIN pragma_foreign_key_list(m.name) f
             WHERE m.type = 'table' AND f.\"table\" = 'account'";
        let named: Vec<(String, String)> =
            sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap();
        assert!(named.len() > 35, "{}", named.len());
        for (table, column) in named {
            let (of, is) = (format!(" {table} "), format!(".{column} = $1"));
            let known = told.iter().any(|(_, _, sql)| sql.contains(&of) && sql.contains(&is));
            let left_out = NOT_TOLD.contains(&(table.as_str(), column.as_str()));
            assert!(
                known != left_out,
                "{table}.{column}: tell people of it, in shared/personal.rs"
            );
        }
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(is_recent("3.51.3") && is_recent("3.100.0") && is_recent("4.0.0"));
        assert!(!is_recent("3.51.2") && !is_recent("3.9.9") && !is_recent("x"));
    }
}
