//! One view of the extract: lines of values between `|`, with no quoting at all.

mod lines;
mod row;

use std::{
    fmt,
    io::{self, BufRead},
    sync::Arc,
};

use form::Date;
use serde::Serialize;

use super::{annex, structure};
use lines::{Read, next_text, read_line};
pub use row::Row;
use row::{Columns, canonical, row};

/// Names of unknown columns that are worth reporting.
const MAX_NAMES: usize = 50;
/// Longest name of a column that is reported.
const MAX_NAME: usize = 100;

/// A view that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// `Structure`.
    Structure,
    /// `AnnexeFinanciere`.
    Annex,
}

impl View {
    /// The view the ASP gives this name to; `AnnexeFinanciereACI` and the others are not read.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Structure, Self::Annex].into_iter().find(|view| view.name() == name)
    }

    /// The ASP's name of the view.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "Structure",
            Self::Annex => "AnnexeFinanciere",
        }
    }

    /// Columns kept, sorted. Whatever is not here is dropped while reading.
    pub fn kept(self) -> &'static [&'static str] {
        match self {
            Self::Structure => structure::KEPT,
            Self::Annex => annex::KEPT,
        }
    }

    /// Columns known and dropped: they hold names and e-mails of people.
    pub(super) fn dropped(self) -> &'static [&'static str] {
        match self {
            Self::Structure => structure::DROPPED,
            Self::Annex => annex::DROPPED,
        }
    }

    /// Columns without which a row says nothing.
    fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Structure => structure::NEEDED,
            Self::Annex => annex::NEEDED,
        }
    }
}

/// What the name of a file or its first line says: which view, of which day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The ASP's name of the view.
    pub view: String,
    /// The day of the extract.
    pub date: Option<Date>,
}

impl Label {
    /// Reads `fluxIAE_<Vue>_JJMMAAAA_HHMMSS…`.
    pub fn of_file(name: &str) -> Option<Self> {
        let (prefix, rest) = name.split_once('_')?;
        let (view, rest) = rest.split_once('_')?;
        prefix
            .eq_ignore_ascii_case("fluxIAE")
            .then(|| Self { view: view.to_owned(), date: compact_date(rest) })
    }

    /// Reads `DEB<Vue>JJMMAAAA_HHMMSS`.
    fn of_first_line(line: &str) -> Option<Self> {
        let mark = line.strip_prefix("DEB")?.split('|').next()?;
        let digits = mark.find(|c: char| c.is_ascii_digit()).unwrap_or(mark.len());
        let (view, rest) = mark.split_at(digits);
        Some(Self { view: view.to_owned(), date: compact_date(rest) })
    }
}

/// `01062026…` as a date.
fn compact_date(text: &str) -> Option<Date> {
    let part = |range| text.get(range).filter(|t: &&str| t.bytes().all(|b| b.is_ascii_digit()));
    let year = part(4..8)?.parse().ok()?;
    Date::new(year, part(2..4)?.parse().ok()?, part(0..2)?.parse().ok()?)
}

/// Why a line is not a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Not UTF-8.
    Encoding,
    /// Longer than any row.
    TooLong,
    /// More or fewer values than the header has columns.
    Columns {
        /// Values of the line.
        found: usize,
        /// Columns of the header.
        wanted: usize,
    },
    /// A value without which the row says nothing is missing or unreadable.
    Value {
        /// Its column.
        column: &'static str,
    },
    /// Something after the mark of the end.
    AfterEnd,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => f.write_str("le texte n'est pas en UTF-8"),
            Self::TooLong => f.write_str("la ligne est trop longue"),
            Self::Columns { found, wanted } => {
                write!(f, "{found} valeurs pour {wanted} colonnes")
            }
            Self::Value { column } => write!(f, "la colonne {column} est vide ou illisible"),
            Self::AfterEnd => f.write_str("la ligne suit la marque de fin"),
        }
    }
}

/// A line that is not a row. It stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedLine {
    /// Name of the file.
    pub file: String,
    /// Its number, from 1, marks and header counted.
    pub line: u64,
    /// What is wrong.
    pub reason: Reason,
}

/// Why a document is not a view.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The stream failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No header.
    #[error("le fichier est vide ou n'a pas de ligne d'en-tête")]
    NoHeader,
    /// The header is not text.
    #[error("l'en-tête n'est pas lisible : {0}")]
    BadHeader(Reason),
    /// Another view, or no view at all.
    #[error("la vue {0} n'est pas utilisée")]
    OtherView(String),
    /// Not an extract.
    #[error(
        "ce n'est pas un fichier FluxIAE : ni son nom, ni sa première ligne, ni ses colonnes ne désignent une vue"
    )]
    Unknown,
    /// Columns that are needed are not there.
    #[error("il manque des colonnes : {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
}

/// Reads the rows of one document.
pub struct ViewReader<'a> {
    input: &'a mut dyn BufRead,
    buffer: Vec<u8>,
    line: u64,
    ended: bool,
    columns: Arc<Columns>,
    /// Which view it is.
    pub view: View,
    /// What the first line says.
    pub mark: Option<Label>,
    /// Rows that the last line announces, once it is read.
    pub announced: Option<u64>,
    /// Columns of the header that are not known, at most fifty.
    pub unknown_columns: Vec<String>,
    /// Known columns that the header does not have.
    pub missing_columns: Vec<&'static str>,
}

impl fmt::Debug for ViewReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ViewReader").field("view", &self.view).field("line", &self.line).finish()
    }
}

impl<'a> ViewReader<'a> {
    /// Reads the first lines. `label` is what the name of the file says.
    ///
    /// # Errors
    /// [`ViewError`] when it is not a view that is read here, or lacks needed columns.
    pub fn open(input: &'a mut dyn BufRead, label: Option<&Label>) -> Result<Self, ViewError> {
        let (mut buffer, mut line) = (Vec::new(), 0);
        let mut head = next_text(input, &mut buffer, &mut line)?;
        let mark = Label::of_first_line(&head);
        if mark.is_some() {
            head = next_text(input, &mut buffer, &mut line)?;
        }
        let names: Vec<String> = head.split('|').map(canonical).collect();
        let view = which(label, mark.as_ref(), &names)?;
        let kept = view.kept();
        let rank = |name: &String| kept.binary_search(&name.as_str()).ok();
        let mut seen = vec![false; kept.len()];
        let (mut ranks, mut unknown_columns) = (Vec::with_capacity(names.len()), Vec::new());
        for name in &names {
            // The first of two columns of the same name is read.
            let fresh = rank(name).filter(|rank| !std::mem::replace(&mut seen[*rank], true));
            ranks.push(fresh.and_then(|rank| u16::try_from(rank).ok()));
            let known = fresh.is_some() || view.dropped().contains(&name.as_str());
            if !known && unknown_columns.len() < MAX_NAMES {
                unknown_columns.push(name.chars().take(MAX_NAME).collect());
            }
        }
        let absent = |column: &&str| !names.iter().any(|name| name == column);
        let missing: Vec<_> = view.needed().iter().copied().filter(absent).collect();
        if !missing.is_empty() {
            return Err(ViewError::MissingColumns(missing));
        }
        let missing_columns =
            kept.iter().zip(&seen).filter(|(_, seen)| !**seen).map(|(name, _)| *name).collect();
        let mut places = vec![None; kept.len()];
        for (place, rank) in ranks.iter().flatten().enumerate() {
            if let Some(known) = places.get_mut(usize::from(*rank)) {
                *known = u16::try_from(place).ok();
            }
        }
        let columns = Arc::new(Columns { kept, ranks, places });
        Ok(Self {
            input,
            buffer,
            line,
            ended: false,
            columns,
            view,
            mark,
            announced: None,
            unknown_columns,
            missing_columns,
        })
    }

    /// Number of the line read last, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The next row, or why the next line is not one; `None` at the end.
    ///
    /// # Errors
    /// The stream failed: cut file, wrong checksum, over the limit.
    pub fn next_row(&mut self) -> io::Result<Option<Result<Row, Reason>>> {
        loop {
            match read_line(self.input, &mut self.buffer)? {
                Read::End => return Ok(None),
                Read::TooLong => {
                    self.line += 1;
                    return Ok(Some(Err(Reason::TooLong)));
                }
                Read::Line => self.line += 1,
            }
            let bytes = self.buffer.as_slice();
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if self.ended {
                return Ok(Some(Err(Reason::AfterEnd)));
            }
            if let Some(count) = bytes.strip_prefix(b"FIN") {
                self.ended = true;
                let count = count.split(|b| *b == b'|').next().unwrap_or_default();
                self.announced = str::from_utf8(count).ok().and_then(|n| n.trim().parse().ok());
                continue;
            }
            return Ok(Some(row(&self.columns, bytes)));
        }
    }
}

/// Which view it is: the name of the file says it, or else the first line, or else the columns.
fn which(label: Option<&Label>, mark: Option<&Label>, names: &[String]) -> Result<View, ViewError> {
    if let Some(said) = label.or(mark) {
        return View::named(&said.view)
            .ok_or_else(|| ViewError::OtherView(said.view.chars().take(MAX_NAME).collect()));
    }
    let by_columns = |view: &View| view.needed().iter().all(|c| names.iter().any(|n| n == c));
    [View::Structure, View::Annex].into_iter().find(by_columns).ok_or(ViewError::Unknown)
}
