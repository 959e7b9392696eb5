//! Reads the files of an extract together, and says what was read, refused and doubtful.

mod report;

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    io::BufRead,
    path::{Path, PathBuf},
};

use form::Date;

use super::{
    annex::{AspAnnex, recomputed_total},
    container::each_document,
    structure::AspStructure,
    view::{Label, RefusedLine, View, ViewError, ViewReader},
};

pub use report::{FileReport, Note, Outcome, Report};

/// Bytes that one file may hold once decompressed. The national extract of the annexes is far below.
pub const DEFAULT_LIMIT: u64 = 4 * 1_024 * 1_024 * 1_024;
/// Refused lines listed per file; all are counted.
const MAX_REFUSED: usize = 1_000;
/// What an extract holds.
#[derive(Debug, Default)]
pub struct FluxIae {
    /// The structures, by their number at the ASP.
    pub structures: Vec<AspStructure>,
    /// The annexes for jobs, by structure then period.
    pub annexes: Vec<AspAnnex>,
    /// The rows of the Fonds départemental d'insertion, which finance no job.
    pub development: Vec<AspAnnex>,
    /// What was read, refused and doubtful.
    pub report: Report,
}

/// Reads files, or every file of folders, within [`DEFAULT_LIMIT`] each.
///
/// Nothing fails as a whole: see the [`Report`]. A file that is cut or over the limit gives nothing.
pub fn read_files<P: AsRef<Path>>(paths: &[P]) -> FluxIae {
    read_files_within(paths, DEFAULT_LIMIT)
}

/// Reads files, or every file of folders; each may hold `limit` bytes once decompressed.
pub fn read_files_within<P: AsRef<Path>>(paths: &[P], limit: u64) -> FluxIae {
    let mut report = Report::default();
    let (mut structures, mut annexes) = (Latest::default(), Latest::default());
    for path in paths {
        let files = match files_of(path.as_ref()) {
            Ok(files) => files,
            Err(error) => {
                let why = format!("le fichier ne peut pas être ouvert : {error}");
                report.files.push(FileReport::new(file_name(path.as_ref()), Outcome::Failed(why)));
                continue;
            }
        };
        for file in files {
            let (documents, mut reports) = read_file(&file, limit);
            for document in documents {
                for structure in document.structures {
                    let what = structure.asp_id;
                    if structures.put(what, structure.extracted, structure) {
                        report.note(Note::Twice { what: format!("la structure {what}") });
                    }
                }
                for annex in document.annexes {
                    let what = annex.full_number();
                    if annexes.put(annex.amendment_id, annex.extracted, annex) {
                        report.note(Note::Twice { what: format!("l'annexe {what}") });
                    }
                }
            }
            report.files.append(&mut reports);
        }
    }
    let mut structures = structures.rows;
    structures.sort_by_key(|structure| structure.asp_id);
    let mut all = annexes.rows;
    all.sort_by_key(|a| (a.asp_id, a.start, a.renewal, a.modification, a.amendment_id));
    check(&structures, &all, &mut report);
    let development = all.extract_if(.., |a| a.measure.is_development()).collect();
    let annexes = all;
    FluxIae { structures, annexes, development, report }
}

/// Rows by key; the most recent extract wins, and the last row of one extract.
struct Latest<T> {
    places: HashMap<u64, (usize, Option<Date>)>,
    rows: Vec<T>,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self { places: HashMap::new(), rows: Vec::new() }
    }
}

impl<T> Latest<T> {
    /// Whether the key was there already.
    fn put(&mut self, key: u64, date: Option<Date>, row: T) -> bool {
        let next = self.rows.len();
        match self.places.get_mut(&key) {
            None => {
                self.places.insert(key, (next, date));
                self.rows.push(row);
                false
            }
            Some((place, kept)) => {
                if date >= *kept {
                    *kept = date;
                    if let Some(old) = self.rows.get_mut(*place) {
                        *old = row;
                    }
                }
                true
            }
        }
    }
}

#[derive(Default)]
struct Document {
    structures: Vec<AspStructure>,
    annexes: Vec<AspAnnex>,
}

/// Files of a folder by name, without the hidden ones; a file is itself.
fn files_of(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        if entry.is_file() && !file_name(&entry).starts_with('.') {
            files.push(entry);
        }
    }
    files.sort();
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.to_string_lossy().into_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Every document of a file, and a report for each; all or nothing.
fn read_file(path: &Path, limit: u64) -> (Vec<Document>, Vec<FileReport>) {
    let outer = file_name(path);
    let (mut documents, mut reports) = (Vec::new(), Vec::new());
    let read = each_document(path, limit, &mut |name, text| {
        let label = Label::of_file(name).or_else(|| Label::of_file(&outer));
        let shown = if name == outer { outer.clone() } else { format!("{outer}/{name}") };
        let (document, report) = read_document(shown, label.as_ref(), text)?;
        documents.push(document);
        reports.push(report);
        Ok(())
    });
    match read {
        Ok(()) => (documents, reports),
        Err(error) => {
            (Vec::new(), vec![FileReport::new(outer, Outcome::Failed(error.to_string()))])
        }
    }
}

fn read_document(
    file: String,
    label: Option<&Label>,
    text: &mut dyn BufRead,
) -> io::Result<(Document, FileReport)> {
    let mut report = FileReport::new(file, Outcome::Read);
    let mut document = Document::default();
    let mut reader = match ViewReader::open(text, label) {
        Ok(reader) => reader,
        Err(ViewError::Io(error)) => return Err(error),
        Err(error @ (ViewError::OtherView(_) | ViewError::Unknown)) => {
            report.outcome = Outcome::Skipped(error.to_string());
            return Ok((document, report));
        }
        Err(error) => {
            report.outcome = Outcome::Failed(error.to_string());
            return Ok((document, report));
        }
    };
    let mark = reader.mark.as_ref().and_then(|mark| mark.date);
    let extracted = label.and_then(|label| label.date).or(mark);
    while let Some(line) = reader.next_row()? {
        let (kept, unreadable) = match line {
            Err(reason) => (Err(reason), Vec::new()),
            Ok(row) => match reader.view {
                View::Structure => {
                    let (structure, unreadable) = AspStructure::of_row(&row, extracted);
                    (structure.map(|row| document.structures.push(row)), unreadable)
                }
                View::Annex => {
                    let (annex, unreadable) = AspAnnex::of_row(&row, extracted);
                    (annex.map(|row| document.annexes.push(row)), unreadable)
                }
            },
        };
        for column in unreadable {
            *report.unreadable.entry(column).or_default() += 1;
        }
        match kept {
            Ok(()) => report.rows_read += 1,
            Err(reason) => {
                report.rows_refused += 1;
                if report.refused.len() < MAX_REFUSED {
                    let (file, line) = (report.file.clone(), reader.line());
                    report.refused.push(RefusedLine { file, line, reason });
                }
            }
        }
    }
    report.view = Some(reader.view);
    report.date = extracted.map(|date| date.to_string()).unwrap_or_default();
    report.announced = reader.announced;
    report.unknown_columns = std::mem::take(&mut reader.unknown_columns);
    report.missing_columns = std::mem::take(&mut reader.missing_columns);
    Ok((document, report))
}

/// What is doubtful, once everything is read.
fn check(structures: &[AspStructure], annexes: &[AspAnnex], report: &mut Report) {
    let mut notes = Vec::new();
    for file in &report.files {
        let found = file.rows_read + file.rows_refused;
        if let Some(announced) = file.announced.filter(|announced| *announced != found) {
            notes.push(Note::RowCount { file: file.file.clone(), announced, found });
        }
    }
    for structure in structures {
        let (signature, current) = (&structure.siret_signature, &structure.siret_current);
        if AspStructure::siren(signature) != AspStructure::siren(current) {
            notes.push(Note::SirenMismatch {
                structure: structure.asp_id,
                signature: signature.clone(),
                current: current.clone(),
            });
        }
        for siret in [signature, current] {
            if form::identifier::siret(siret).is_err() {
                let (structure, siret) = (structure.asp_id, siret.clone());
                notes.push(Note::BadSiret { structure, siret });
            }
            if signature == current {
                break;
            }
        }
    }
    // Without a file of structures every annexe would be a note.
    let known: HashSet<u64> = structures.iter().map(|structure| structure.asp_id).collect();
    for annex in annexes {
        let (number, structure) = (annex.full_number(), annex.asp_id);
        if !known.is_empty() && !known.contains(&structure) {
            notes.push(Note::UnknownStructure { annex: number.clone(), structure });
        }
        if !annex.measure.is_known() {
            let measure = annex.measure.to_string();
            notes.push(Note::UnknownMeasure { annex: number.clone(), measure });
        }
        if annex.state == super::AnnexState::Unknown {
            notes.push(Note::UnknownState { annex: number.clone() });
        }
        if annex.end < annex.start {
            notes.push(Note::EndsBeforeStart { annex: number.clone() });
        }
        if let (Some(stored), Some(recomputed)) = (annex.total, recomputed_total(annex))
            && stored != recomputed
            && !annex.measure.is_development()
        {
            notes.push(Note::TotalDiffers { annex: number, stored, recomputed });
        }
    }
    for note in notes {
        report.note(note);
    }
}
