//! A backup as one file: a tar under gzip, which any machine can look into. In this order:
//! `manifest.json`, the rows of the tables, the documents, and `seal.json`, which says that nothing
//! before it is missing or was changed.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
};

use flate2::{Compression, write::GzEncoder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::BackupError;

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const SEAL: &str = "seal.json";
/// The present form of archives.
pub(super) const FORMAT: u32 = 1;
/// No entry is larger: chunks of rows are a few megabytes, documents some tens.
const LARGEST: u64 = 1 << 30;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the archive itself.
    pub format: u32,
    /// Number of the last migration of the database.
    pub schema: i64,
    /// When it was begun, in milliseconds since 1970.
    pub made_at: i64,
    /// Whether its people and dossiers are those of the demonstration.
    pub is_demo: bool,
    /// Its tables, in the order of their rows: what is referred to comes first.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values of a row.
    pub columns: Vec<Column>,
}

impl Table {
    /// Whether it has the name and the columns of another, in any order.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let has = |column| self.columns.contains(column);
        let as_many = self.columns.len() == other.columns.len();
        self.name == other.name && as_many && other.columns.iter().all(has)
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

/// What a column holds, in either database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// A text, as a JSON string.
    Text,
    /// A whole number.
    Number,
    /// Yes or no, as 1 or 0.
    Flag,
    /// Bytes, in hexadecimal.
    Bytes,
}

/// What says that an archive is whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// Of the names and bytes of all entries before it.
    pub sha256: String,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// Documents.
    pub files: u64,
}

/// Fingerprint of the entries so far.
#[derive(Default)]
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.update(format!("{name}\n{}\n", bytes.len()));
        self.0.update(bytes);
    }

    pub(super) fn told(self) -> String {
        format!("{:x}", self.0.finalize())
    }
}

/// An archive that is being written.
pub(super) struct Writer<W: Write> {
    tar: Builder<GzEncoder<W>>,
    fingerprint: Fingerprint,
    seconds: u64,
}

impl<W: Write> Writer<W> {
    /// Begins one; its entries bear this moment.
    pub(super) fn begin(out: W, manifest: &Manifest) -> io::Result<Self> {
        let tar = Builder::new(GzEncoder::new(out, Compression::fast()));
        let seconds = u64::try_from(manifest.made_at / 1000).unwrap_or(0);
        let mut writer = Self { tar, fingerprint: Fingerprint::default(), seconds };
        writer.put(MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
        Ok(writer)
    }

    /// Adds an entry.
    pub(super) fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.fingerprint.add(name, bytes);
        self.append(name, bytes)
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        header.set_size(bytes.len().try_into().map_err(io::Error::other)?);
        self.tar.append_data(&mut header, name, bytes)
    }

    /// Ends it, and gives back where it was written.
    pub(super) fn seal(mut self, seal: Seal) -> io::Result<W> {
        let sha256 = std::mem::take(&mut self.fingerprint).told();
        self.append(SEAL, &serde_json::to_vec_pretty(&Seal { sha256, ..seal })?)?;
        self.tar.into_inner()?.finish()
    }
}

/// The name and the bytes of an entry.
pub(super) fn entry(
    entry: io::Result<tar::Entry<'_, impl Read>>,
) -> Result<(String, Vec<u8>), BackupError> {
    let mut entry = entry.map_err(BackupError::damaged)?;
    let name = entry.path().map_err(BackupError::damaged)?.to_string_lossy().into_owned();
    let size = entry.header().size().map_err(BackupError::damaged)?;
    if size > LARGEST {
        return Err(BackupError::Damaged(format!("{name} is larger than it can be")));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(BackupError::damaged)?;
    Ok((name, bytes))
}
