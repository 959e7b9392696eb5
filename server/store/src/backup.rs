//! Everything that cannot be made again, as one file, and back: rows of one moment, while people go
//! on working, and the documents they name. An archive of one database fills the other as well.

mod archive;
mod order;

use std::io::{self, Read, Write};

use async_trait::async_trait;
use bytes::Bytes;
use flate2::read::GzDecoder;
use futures::TryStreamExt;
use service::{Files, Millis, StoreError, journal::sha256_hex};

pub use archive::{Column, Holds, Manifest, Table};

use crate::{OpenError, Which, postgres::catalog as postgres, sqlite::catalog as sqlite, which};
use archive::{FORMAT, Fingerprint, MANIFEST, SEAL, Seal, Writer};

/// Tables that are left out: who is there now and who is signed in, which a restored server does not
/// take up again, and the work list, which is made from the others.
const LEFT_OUT: [&str; 7] = [
    "presence",
    "web_session",
    "sign_in_begun",
    "sign_in_halfway",
    "worklist",
    "worklist_tally",
    "worklist_word",
];
/// Bytes of rows that are read or written at once.
const AT_ONCE: usize = 4 << 20;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database cannot answer.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be made.
    #[error("the tables: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The documents cannot be read or written.
    #[error("the documents: {0}")]
    Files(#[from] StoreError),
    /// The archive cannot be written.
    #[error("the archive: {0}")]
    Archive(#[from] io::Error),
    /// A column of a sort that no archive holds.
    #[error("the column {0} holds what no archive can hold")]
    Column(String),
    /// The archive is not one, not whole, or was changed.
    #[error("the archive is damaged: {0}")]
    Damaged(String),
    /// The archive was made by a later version.
    #[error("the archive was made by a later version (tables {archive}, ours are {ours})")]
    Later {
        /// Last migration of the archive.
        archive: i64,
        /// Our last migration.
        ours: i64,
    },
    /// Something is there already.
    #[error("the database is not empty: {0}")]
    NotEmpty(String),
    /// The demonstration and real people never meet.
    #[error("one of the archive and the server is of the demonstration, the other is not")]
    OtherWorld,
}

impl BackupError {
    fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// What was kept, or restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// When the backup was begun.
    pub made_at: Millis,
    /// Rows.
    pub rows: u64,
    /// Documents.
    pub files: u64,
    /// Documents that are named by a row but gone or altered, by their key. The rest is kept.
    pub lost: Vec<String>,
}

/// A database, in one transaction.
#[async_trait]
pub(crate) trait Tables: Send {
    /// Number of its last migration.
    async fn schema(&mut self) -> sqlx::Result<i64>;
    /// Its tables and columns, as (table, column, type), in order.
    async fn columns(&mut self) -> sqlx::Result<Vec<(String, String, String)>>;
    /// Which table refers to which.
    async fn references(&mut self) -> sqlx::Result<Vec<(String, String)>>;
    /// Hands out every row of a table, as a JSON list.
    async fn read(&mut self, table: &Table, each: Each<'_>) -> Result<(), BackupError>;
    /// Whether a table has no row.
    async fn is_empty(&mut self, table: &str) -> sqlx::Result<bool>;
    /// Adds rows to a table, from a JSON list of lists; gives how many.
    async fn write(&mut self, table: &Table, rows: &str) -> sqlx::Result<u64>;
    /// The objects of documents and their SHA-256.
    async fn objects(&mut self) -> sqlx::Result<Vec<(String, String)>>;
    /// Keeps what was written.
    async fn commit(self: Box<Self>) -> sqlx::Result<()>;
}

/// Takes a row.
pub(crate) type Each<'a> = &'a mut (dyn FnMut(&str) -> io::Result<()> + Send);

/// What is kept of a database.
async fn kept(base: &mut dyn Tables) -> Result<Vec<Table>, BackupError> {
    let mut tables: Vec<Table> = Vec::new();
    for (table, column, sort) in base.columns().await? {
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let holds = match sort.as_str() {
            "text" => Holds::Text,
            "bigint" | "integer" => Holds::Number,
            "boolean" => Holds::Flag,
            "bytea" | "blob" => Holds::Bytes,
            _ => return Err(BackupError::Column(format!("{table}.{column}"))),
        };
        let column = Column { name: column, holds };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(order::in_order(tables, &base.references().await?))
}

/// Writes an archive of a database and its documents, as they are when it begins.
///
/// # Errors
/// See [`BackupError`]. What was written until then is no archive.
pub async fn save<W: Write + Send>(
    url: &str,
    files: &dyn Files,
    (made_at, is_demo): (Millis, bool),
    out: W,
) -> Result<(Told, W), BackupError> {
    let mut base = match which(url)? {
        Which::Sqlite => sqlite::source(url).await?,
        Which::Postgres => postgres::source(url).await?,
    };
    let schema = base.schema().await?;
    let tables = kept(&mut *base).await?;
    let manifest = Manifest { format: FORMAT, schema, made_at: made_at.0, is_demo, tables };
    let mut archive = Writer::begin(out, &manifest)?;
    let mut seal = Seal::default();
    for table in &manifest.tables {
        let rows = save_table(&mut *base, table, &mut archive).await?;
        seal.rows.insert(table.name.clone(), rows);
    }
    let mut lost = Vec::new();
    for (key, sha256) in base.objects().await? {
        match read_whole(files, &key).await? {
            Some(bytes) if sha256_hex(&bytes) == sha256 => {
                archive.put(&format!("files/{key}"), &bytes)?;
                seal.files += 1;
            }
            _ => lost.push(key),
        }
    }
    let told = Told { made_at, rows: seal.rows.values().sum(), files: seal.files, lost };
    Ok((told, archive.seal(seal)?))
}

async fn save_table<W: Write + Send>(
    base: &mut dyn Tables,
    table: &Table,
    archive: &mut Writer<W>,
) -> Result<u64, BackupError> {
    let (mut chunk, mut part, mut rows) = (String::new(), 0_u32, 0_u64);
    let mut end = |chunk: &mut String| {
        part += 1;
        chunk.push(']');
        let name = format!("tables/{}/{part:06}.json", table.name);
        archive.put(&name, std::mem::take(chunk).as_bytes())
    };
    let mut take = |row: &str| {
        chunk.push(if chunk.is_empty() { '[' } else { ',' });
        chunk.push_str(row);
        rows += 1;
        if chunk.len() < AT_ONCE { Ok(()) } else { end(&mut chunk) }
    };
    base.read(table, &mut take).await?;
    if !chunk.is_empty() {
        end(&mut chunk)?;
    }
    Ok(rows)
}

async fn read_whole(files: &dyn Files, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(mut pieces) = files.open(key).await? else { return Ok(None) };
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.try_next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(Some(bytes))
}

/// Fills an empty database, and its folder of documents, with an archive. The rows are there when
/// all of it was read and its seal is right, or none of them is.
///
/// # Errors
/// See [`BackupError`].
pub async fn restore(
    url: &str,
    files: &dyn Files,
    is_demo: bool,
    from: impl Read,
) -> Result<Told, BackupError> {
    let mut archive = tar::Archive::new(GzDecoder::new(from));
    let mut entries = archive.entries().map_err(BackupError::damaged)?;
    let mut next = || entries.next().map(archive::entry).transpose();
    let Some((name, bytes)) = next()? else {
        return Err(BackupError::damaged("it is empty"));
    };
    if name != MANIFEST {
        return Err(BackupError::damaged("it does not begin with its manifest"));
    }
    let manifest = manifest(&bytes, is_demo)?;
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(&name, &bytes);
    let mut base = match which(url)? {
        Which::Sqlite => sqlite::target(url, manifest.schema).await?,
        Which::Postgres => postgres::target(url, manifest.schema).await?,
    };
    let tables = kept(&mut *base).await?;
    for table in &tables {
        if !base.is_empty(&table.name).await? {
            return Err(BackupError::NotEmpty(table.name.clone()));
        }
    }
    if !manifest.tables.iter().all(|table| tables.iter().any(|known| known.is_like(table))) {
        return Err(BackupError::damaged("its tables are not ours"));
    }
    let mut seen = Seal::default();
    seen.rows.extend(manifest.tables.iter().map(|table| (table.name.clone(), 0)));
    while let Some((name, bytes)) = next()? {
        if name == SEAL {
            let seal: Seal = serde_json::from_slice(&bytes).map_err(BackupError::damaged)?;
            if seal != (Seal { sha256: fingerprint.told(), ..seen }) {
                return Err(BackupError::damaged("its seal does not fit what it holds"));
            }
            base.commit().await?;
            let rows = seal.rows.values().sum();
            let made_at = Millis(manifest.made_at);
            return Ok(Told { made_at, rows, files: seal.files, lost: Vec::new() });
        }
        fingerprint.add(&name, &bytes);
        match name.split('/').collect::<Vec<_>>()[..] {
            ["tables", table, _] => {
                let table = manifest.tables.iter().find(|known| known.name == table);
                let table = table.ok_or(BackupError::damaged("an unknown table"))?;
                let rows = std::str::from_utf8(&bytes).map_err(BackupError::damaged)?;
                let written = base.write(table, rows).await?;
                *seen.rows.entry(table.name.clone()).or_default() += written;
            }
            ["files", key] => {
                keep(files, key, bytes).await?;
                seen.files += 1;
            }
            _ => return Err(BackupError::damaged("an unknown entry")),
        }
    }
    Err(BackupError::damaged("its end is missing"))
}

fn manifest(bytes: &[u8], is_demo: bool) -> Result<Manifest, BackupError> {
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(BackupError::damaged)?;
    if manifest.format != FORMAT {
        return Err(BackupError::damaged("it has another form than ours"));
    }
    if manifest.is_demo != is_demo {
        return Err(BackupError::OtherWorld);
    }
    Ok(manifest)
}

/// Keeps a document under its own key. One that is there already is replaced by the same bytes.
async fn keep(files: &dyn Files, key: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
    let mut incoming = files.begin(key).await?;
    if let Err(error) = incoming.write(Bytes::from(bytes)).await {
        incoming.abandon().await;
        return Err(error);
    }
    incoming.finish().await
}

/// The columns of a table, between commas.
pub(crate) fn listed(table: &Table, one: impl Fn(usize, &Column) -> String) -> String {
    let each: Vec<String> = table.columns.iter().enumerate().map(|(n, c)| one(n, c)).collect();
    each.join(", ")
}

/// A name, as SQL writes it. A name of ours never needs more.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', ""))
}
