//! A block of cells copied from a spreadsheet, laid over a table: what each cell becomes is known
//! before anything is written.

use crate::{Answers, At, Code, FieldDef, Kind, Table};

/// A line that a pasted row falls on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A line of a grid, or a row that is there.
    Row(String),
    /// The n-th row to be added.
    New(usize),
}

/// A pasted cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The line it falls on.
    pub row: Target,
    /// The question it answers.
    pub field: String,
    /// The text as it will be written; as it was pasted when it is refused.
    pub raw: String,
    /// Why it is refused.
    pub fault: Option<Code>,
}

/// What a pasted block becomes. Empty cells, and cells that say what stands already, are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {
    /// The cells, in the order of the block.
    pub cells: Vec<Cell>,
    /// Rows to be added for it.
    pub new_rows: usize,
    /// Rows of the block for which the table has no room.
    pub rows_beyond: usize,
    /// Columns of the block for which the table has no room.
    pub columns_beyond: usize,
}

impl Paste {
    /// Cells that will be written.
    pub fn taken(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| cell.fault.is_none())
    }

    /// Cells that will not.
    pub fn refused(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| cell.fault.is_some())
    }
}

/// The rows of a copied text: cells between tabs, rows between line ends; a cell that holds either
/// stands between quotes, as spreadsheets write it.
pub fn cells_of(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut chars = text.trim_end_matches(['\r', '\n']).chars().peekable();
    let mut quoted = false;
    while let Some(char) = chars.next() {
        let cell = rows.last_mut().and_then(|row| row.last_mut());
        let Some(cell) = cell else { break };
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' => {}
            char => cell.push(char),
        }
    }
    rows
}

/// The text of a block, as spreadsheets read it: what [`cells_of`] reads back.
pub fn text_of(block: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        let plain = !text.contains(['\t', '\n', '\r', '"']);
        if plain { text.clone() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    let line = |cells: &Vec<String>| cells.iter().map(cell).collect::<Vec<_>>().join("\t");
    block.iter().map(line).collect::<Vec<_>>().join("\r\n")
}

/// Lays a copied text over a table from one of its cells on. `columns` are those on the screen, in
/// their order. A grid finds its lines by name where the block begins with names; else the block goes
/// down line by line, over the lines to fill, and adds rows where rows may be added.
pub fn lay(
    table: &Table,
    columns: &[&FieldDef],
    answers: &Answers,
    from: &At,
    text: &str,
) -> Paste {
    let mut block = cells_of(text);
    let by_name = take_names(table, answers, &mut block);
    let first = columns.iter().position(|def| def.id == from.field).unwrap_or(0);
    let lines = lines_of(table, answers);
    let start = lines.iter().position(|line| *line == from.row).unwrap_or(lines.len());
    let room =
        if table.is_grid() { lines.len() } else { (table.max_rows as usize).max(lines.len()) };
    let mut paste = Paste::default();
    for (rank, row) in block.iter().enumerate() {
        let row_of = match &by_name {
            Some(names) => names[rank].clone().map(Target::Row),
            None if start + rank < lines.len() => Some(Target::Row(lines[start + rank].to_owned())),
            None if lines.len() + paste.new_rows < room => Some(Target::New(paste.new_rows)),
            None => None,
        };
        let Some(row_of) = row_of else {
            paste.rows_beyond += usize::from(row.iter().any(|cell| !cell.trim().is_empty()));
            continue;
        };
        paste.columns_beyond =
            paste.columns_beyond.max((first + row.len()).saturating_sub(columns.len()));
        let mut writes = false;
        for (text, def) in row.iter().zip(&columns[first.min(columns.len())..]) {
            if text.trim().is_empty() {
                continue;
            }
            let (raw, fault) = read(&def.kind, text);
            let stands = match &row_of {
                Target::Row(row) => def.kind.same(answers.raw(&def.id, row), &raw),
                Target::New(_) => false,
            };
            if fault.is_some() || !stands {
                writes |= fault.is_none();
                paste.cells.push(Cell {
                    row: row_of.clone(),
                    field: def.id.to_string(),
                    raw,
                    fault,
                });
            }
        }
        // A row of which nothing is written is not added.
        paste.new_rows += usize::from(writes && matches!(row_of, Target::New(_)));
    }
    paste
}

/// The lines that a block goes down.
fn lines_of<'a>(table: &'a Table, answers: &'a Answers) -> Vec<&'a str> {
    if !table.is_grid() {
        return answers.added_rows(&table.id);
    }
    let lines = table.lines.iter();
    let lines = lines.filter(|line| !line.is_computed() && line.visible.holds(answers, ""));
    lines.map(|line| line.id.as_ref()).collect()
}

/// When most rows of a block begin with the name of a line, takes the names away and gives the line
/// of each row: `None` within for a heading, a total, or a line that is not ours.
fn take_names(
    table: &Table,
    answers: &Answers,
    block: &mut [Vec<String>],
) -> Option<Vec<Option<String>>> {
    let lines = lines_of(table, answers);
    let line_of = |name: &str| {
        let name = plain(name);
        let fits = |label: &str, id: &str| {
            plain(label) == name || plain(id) == name || plain(&format!("{id} {label}")) == name
        };
        let found = table.lines.iter().find(|line| fits(&line.label, &line.id))?;
        Some(found.id.to_string())
    };
    let names: Vec<Option<String>> =
        block.iter().map(|row| row.first().and_then(|name| line_of(name))).collect();
    // Amounts may look like the number of an account: names are not numbers alone.
    let wordy = block.iter().filter(|row| row[0].chars().any(char::is_alphabetic)).count();
    let found = names.iter().flatten().count();
    if !table.is_grid() || found == 0 || found * 2 < block.len() || wordy * 2 < block.len() {
        return None;
    }
    for row in block {
        row.remove(0);
    }
    let to_fill = |name: Option<String>| name.filter(|id| lines.contains(&id.as_str()));
    Some(names.into_iter().map(to_fill).collect())
}

/// Letters and digits alone, lower case: how names are compared.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a pasted text says in an answer of this kind. Choices are found by what people read.
fn read(kind: &Kind, text: &str) -> (String, Option<Code>) {
    let text = text.trim();
    let found = kind.choices().iter().find(|choice| plain(&choice.label) == plain(text));
    let raw = found.map_or_else(|| text.to_owned(), |choice| choice.value.to_string());
    let fault = kind.canonical(&raw).err();
    (raw, fault)
}

#[cfg(test)]
mod tests;
