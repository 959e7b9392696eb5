//! All rows of a table out of a database and into it, whatever they are. `super` says how each
//! database tells its tables, and turns values into JSON and back. Statements are made of names that
//! the database itself told, between quotes.

use async_trait::async_trait;
use futures::TryStreamExt;
use sqlx::{Connection as _, QueryBuilder, migrate::Migrator};

use super::{COLUMNS, Db, REFERENCES, SNAPSHOT, TO_FILL, expression, value};
use crate::backup::{BackupError, Each, Table, Tables, listed, quoted};

type Connection = <Db as sqlx::Database>::Connection;

/// A connection in a transaction.
struct Base(Connection);

/// Sees one moment of the database.
pub(crate) async fn source(mut connection: Connection) -> sqlx::Result<Box<dyn Tables>> {
    sqlx::raw_sql(SNAPSHOT).execute(&mut connection).await?;
    Ok(Box::new(Base(connection)))
}

/// Makes the tables as they were at this migration, to be filled.
pub(crate) async fn target(
    mut connection: Connection,
    migrations: &Migrator,
    schema: i64,
) -> Result<Box<dyn Tables>, BackupError> {
    let ours = migrations.iter().map(|one| one.version).max().unwrap_or(0);
    if !migrations.version_exists(schema) {
        return Err(BackupError::Later { archive: schema, ours });
    }
    migrations.run_to(schema, &mut connection).await?;
    sqlx::raw_sql(TO_FILL).execute(&mut connection).await?;
    let mut base = Base(connection);
    // A database that is further may have columns that the rows lack.
    if base.schema().await? != schema {
        return Err(BackupError::NotEmpty("its tables are of a later version".to_owned()));
    }
    Ok(Box::new(base))
}

#[async_trait]
impl Tables for Base {
    async fn schema(&mut self) -> sqlx::Result<i64> {
        let sql = "SELECT MAX(version) FROM _sqlx_migrations";
        sqlx::query_scalar(sql).fetch_one(&mut self.0).await
    }

    async fn columns(&mut self) -> sqlx::Result<Vec<(String, String, String)>> {
        sqlx::query_as(COLUMNS).fetch_all(&mut self.0).await
    }

    async fn references(&mut self) -> sqlx::Result<Vec<(String, String)>> {
        sqlx::query_as(REFERENCES).fetch_all(&mut self.0).await
    }

    async fn read(&mut self, table: &Table, each: Each<'_>) -> Result<(), BackupError> {
        let columns = listed(table, |_, column| expression(&quoted(&column.name), column.holds));
        let sql = format!("{} FROM {}", super::row_of(&columns), quoted(&table.name));
        let mut query = QueryBuilder::<Db>::new(sql);
        let mut rows = query.build_query_scalar::<String>().fetch(&mut self.0);
        while let Some(row) = rows.try_next().await? {
            each(&row)?;
        }
        Ok(())
    }

    async fn is_empty(&mut self, table: &str) -> sqlx::Result<bool> {
        let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", quoted(table));
        QueryBuilder::<Db>::new(sql).build_query_scalar().fetch_one(&mut self.0).await
    }

    async fn write(&mut self, table: &Table, rows: &str) -> sqlx::Result<u64> {
        let names = listed(table, |_, column| quoted(&column.name));
        let values = listed(table, |n, column| value(&format!("(w.value ->> {n})"), column.holds));
        let sql = format!(
            "INSERT INTO {} ({names}) SELECT {values} FROM {}",
            quoted(&table.name),
            each!("$1")
        );
        let mut query = QueryBuilder::<Db>::new(sql);
        let done = query.build().bind(rows).execute(&mut self.0).await?;
        Ok(done.rows_affected())
    }

    async fn objects(&mut self) -> sqlx::Result<Vec<(String, String)>> {
        let sql = "SELECT DISTINCT object, sha256 FROM attachment ORDER BY object";
        sqlx::query_as(sql).fetch_all(&mut self.0).await
    }

    async fn commit(mut self: Box<Self>) -> sqlx::Result<()> {
        sqlx::raw_sql("COMMIT").execute(&mut self.0).await?;
        self.0.close().await
    }
}
