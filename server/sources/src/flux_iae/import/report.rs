//! What was read, refused and doubtful in an extract.

use std::{collections::BTreeMap, fmt};

use form::{Cents, number};
use serde::Serialize;

use super::super::view::{RefusedLine, View};

/// Doubts listed; all are counted.
const MAX_NOTES: usize = 10_000;

/// What was read, refused and doubtful.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// One for each document, in the order read.
    pub files: Vec<FileReport>,
    /// What is to be looked at; nothing was refused for it.
    pub notes: Vec<Note>,
    /// Notes beyond the 10 000 listed.
    pub notes_left_out: u64,
}

/// How reading a document ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// To its end.
    Read,
    /// Not a view that is read here, and why.
    Skipped(String),
    /// Nothing of it was kept, and why.
    Failed(String),
}

/// One document.
#[derive(Clone, Debug, Serialize)]
pub struct FileReport {
    /// Its name; for a document of an archive, `archive/document`.
    pub file: String,
    /// The view it is.
    pub view: Option<View>,
    /// The day of the extract, `AAAA-MM-JJ`; empty when nothing says it.
    pub date: String,
    /// How reading ended.
    pub outcome: Outcome,
    /// Rows kept.
    pub rows_read: u64,
    /// Lines refused.
    pub rows_refused: u64,
    /// The first 1 000 of them.
    pub refused: Vec<RefusedLine>,
    /// Rows its last line announces.
    pub announced: Option<u64>,
    /// Columns that are not known, not kept.
    pub unknown_columns: Vec<String>,
    /// Known columns that it does not have.
    pub missing_columns: Vec<&'static str>,
    /// Columns whose values made no sense, with how many times. They count as missing values.
    pub unreadable: BTreeMap<&'static str, u64>,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each says itself, and in French")]
pub enum Note {
    UnknownStructure { annex: String, structure: u64 },
    SirenMismatch { structure: u64, signature: String, current: String },
    BadSiret { structure: u64, siret: String },
    UnknownMeasure { annex: String, measure: String },
    UnknownState { annex: String },
    TotalDiffers { annex: String, stored: Cents, recomputed: Cents },
    EndsBeforeStart { annex: String },
    Twice { what: String },
    RowCount { file: String, announced: u64, found: u64 },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownStructure { annex, structure } => {
                write!(f, "l'annexe {annex} est d'une structure inconnue ({structure})")
            }
            Self::SirenMismatch { structure, signature, current } => write!(
                f,
                "la structure {structure} a changé de SIREN : {signature} a signé, {current} aujourd'hui"
            ),
            Self::BadSiret { structure, siret } => {
                write!(f, "le SIRET {siret} de la structure {structure} n'est pas valide")
            }
            Self::UnknownMeasure { annex, measure } => {
                write!(f, "l'annexe {annex} est d'une mesure inconnue ({measure})")
            }
            Self::UnknownState { annex } => write!(f, "l'annexe {annex} est dans un état inconnu"),
            Self::TotalDiffers { annex, stored, recomputed } => write!(
                f,
                "l'annexe {annex} porte {}, le calcul donne {}",
                number::euros(stored.0),
                number::euros(recomputed.0)
            ),
            Self::EndsBeforeStart { annex } => {
                write!(f, "l'annexe {annex} finit avant de commencer")
            }
            Self::Twice { what } => {
                write!(f, "{what} est là plusieurs fois ; l'extraction la plus récente est gardée")
            }
            Self::RowCount { file, announced, found } => {
                write!(f, "{file} annonce {announced} lignes et en a {found}")
            }
        }
    }
}

impl Report {
    pub(super) fn note(&mut self, note: Note) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(note);
        } else {
            self.notes_left_out += 1;
        }
    }
}

impl FileReport {
    pub(super) fn new(file: String, outcome: Outcome) -> Self {
        Self {
            file,
            view: None,
            date: String::new(),
            outcome,
            rows_read: 0,
            rows_refused: 0,
            refused: Vec::new(),
            announced: None,
            unknown_columns: Vec::new(),
            missing_columns: Vec::new(),
            unreadable: BTreeMap::new(),
        }
    }
}
