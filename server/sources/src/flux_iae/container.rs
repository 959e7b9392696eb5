//! Opens a file by what it holds, not by what its name says: the ASP's `.csv.gz` may be a Zip, and
//! its `.tar.gz` is one.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read, Seek},
    path::Path,
};

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;

/// Containers in containers: an archive of compressed files, and one to spare.
const MAX_DEPTH: u8 = 3;
/// Bytes buffered between a decoder and the reader of lines.
const BUFFER: usize = 64 * 1_024;
/// Enough to tell every container known here.
const MAGIC: usize = 6;

/// Why a file could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ContainerError {
    /// It cannot be opened.
    #[error("le fichier ne peut pas être ouvert : {0}")]
    Open(io::Error),
    /// It is cut, its checksum is wrong, or the disk failed.
    #[error("le fichier est abîmé ou tronqué : {0}")]
    Damaged(io::Error),
    /// It holds more than the limit once decompressed.
    #[error(
        "le fichier dépasse {limit} octets une fois décompressé ; augmentez la limite si c'est normal"
    )]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A container that is not read here.
    #[error("le format {0} n'est pas lu ; décompressez le fichier d'abord")]
    Unsupported(&'static str),
    /// Containers in containers without end.
    #[error("trop d'archives les unes dans les autres")]
    TooDeep,
}

/// Called for each document: its name, without folders, and its text.
pub type Visit<'a> = dyn FnMut(&str, &mut dyn BufRead) -> io::Result<()> + 'a;

/// Gives every document of a file to `visit`, as a stream: the file itself when it is plain, what it
/// compresses, or each file of an archive. `limit` bounds the bytes decompressed, all layers and
/// documents together.
///
/// # Errors
/// [`ContainerError`]. Documents visited before the error was met are to be forgotten: an archive is
/// only known to be whole at its end.
pub fn each_document(path: &Path, limit: u64, visit: &mut Visit) -> Result<(), ContainerError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut file = File::open(path).map_err(ContainerError::Open)?;
    let budget = Budget { limit, left: Cell::new(limit) };
    let (head, length) = peek(&mut file).map_err(|error| budget.explain(error))?;
    file.rewind().map_err(ContainerError::Damaged)?;
    if container(head.get(..length).unwrap_or_default()) == Container::Zip {
        archive(BufReader::new(file), 0, &budget, visit)
    } else {
        descend(&name, Box::new(budget.bound(file)), 0, &budget, visit)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    Plain,
    Gzip,
    Zip,
    Unsupported(&'static str),
}

fn container(head: &[u8]) -> Container {
    match head {
        [0x1f, 0x8b, ..] => Container::Gzip,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Container::Zip,
        [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c] => Container::Unsupported("7z"),
        [0xfd, b'7', b'z', b'X', b'Z', 0] => Container::Unsupported("xz"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Container::Unsupported("zstd"),
        [b'B', b'Z', b'h', ..] => Container::Unsupported("bzip2"),
        _ => Container::Plain,
    }
}

fn descend(
    name: &str,
    mut source: Box<dyn Read + '_>,
    depth: u8,
    budget: &Budget,
    visit: &mut Visit,
) -> Result<(), ContainerError> {
    let (head, length) = peek(&mut source).map_err(|error| budget.explain(error))?;
    let head = head.get(..length).unwrap_or_default();
    let kind = container(head);
    if kind != Container::Plain && depth >= MAX_DEPTH {
        return Err(ContainerError::TooDeep);
    }
    let mut whole = Cursor::new(head).chain(source);
    match kind {
        Container::Plain => visit(name, &mut BufReader::with_capacity(BUFFER, whole))
            .map_err(|error| budget.explain(error)),
        Container::Gzip => {
            let inner = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, whole));
            descend(name, Box::new(budget.bound(inner)), depth + 1, budget, visit)
        }
        Container::Zip => {
            // A Zip is read from its end; `source` is bounded, hence so is this.
            let mut bytes = Vec::new();
            whole.read_to_end(&mut bytes).map_err(|error| budget.explain(error))?;
            archive(Cursor::new(bytes), depth, budget, visit)
        }
        Container::Unsupported(format) => Err(ContainerError::Unsupported(format)),
    }
}

fn archive<R: Read + Seek>(
    reader: R,
    depth: u8,
    budget: &Budget,
    visit: &mut Visit,
) -> Result<(), ContainerError> {
    let damaged = |error: zip::result::ZipError| ContainerError::Damaged(error.into());
    let mut archive = ZipArchive::new(reader).map_err(damaged)?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let path = entry.name().to_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        // Folders, and what some systems add beside the files.
        if entry.is_dir() || name.is_empty() || name.starts_with('.') {
            continue;
        }
        descend(name, Box::new(budget.bound(entry)), depth + 1, budget, visit)?;
    }
    Ok(())
}

/// First bytes of a stream, and how many there are.
fn peek(source: &mut dyn Read) -> io::Result<([u8; MAGIC], usize)> {
    let mut head = [0; MAGIC];
    let mut length = 0;
    while let Some(rest) = head.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((head, length))
}

/// Bytes that may still be read, shared by every layer of a file.
struct Budget {
    limit: u64,
    left: Cell<u64>,
}

impl Budget {
    fn bound<R: Read>(&self, inner: R) -> Bounded<'_, R> {
        Bounded { inner, budget: self }
    }

    fn explain(&self, error: io::Error) -> ContainerError {
        match error.downcast::<OverLimit>() {
            Ok(OverLimit) => ContainerError::TooLarge { limit: self.limit },
            Err(error) => ContainerError::Damaged(error),
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("over the limit")]
struct OverLimit;

struct Bounded<'a, R> {
    inner: R,
    budget: &'a Budget,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        let left = self.budget.left.get().checked_sub(count as u64);
        self.budget.left.set(left.ok_or_else(|| io::Error::other(OverLimit))?);
        Ok(count)
    }
}
