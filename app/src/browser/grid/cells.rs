//! The cells of a grid, as they stand on the page.

use form::At;
use web_sys::{Element, HtmlInputElement};

use crate::browser::page;

/// Where a key goes from a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
    Back,
    On,
}

/// The grid that a cell stands in.
pub fn grid_of(cell: &Element) -> Option<Element> {
    cell.closest("table.fill").ok().flatten()
}

/// The cells to fill, line by line.
pub fn lines_in(grid: &Element) -> Vec<Vec<HtmlInputElement>> {
    let lines = page::all_in(grid, "tr").into_iter().map(|line| page::inputs_in(&line));
    lines.filter(|line| !line.is_empty()).collect()
}

/// Line and column of a cell.
pub fn spot_of(lines: &[Vec<HtmlInputElement>], at: &At) -> Option<(usize, usize)> {
    let is_here = |cell: &HtmlInputElement| page::question_of(cell).as_ref() == Some(at);
    lines.iter().enumerate().find_map(|(line, cells)| Some((line, cells.iter().position(is_here)?)))
}

/// The spot that lies this way, at the edge the same; the ends of lines follow one another only for
/// one who goes on (`wraps`).
pub fn next_to(
    lines: &[Vec<HtmlInputElement>],
    (line, column): (usize, usize),
    way: Way,
    wraps: bool,
) -> (usize, usize) {
    let last = |line: usize| lines.get(line).map_or(0, |cells| cells.len().saturating_sub(1));
    match way {
        Way::Up => (line.saturating_sub(1), column),
        Way::Down => ((line + 1).min(lines.len().saturating_sub(1)), column),
        Way::Back if column > 0 => (line, column - 1),
        Way::Back if wraps && line > 0 => (line - 1, last(line - 1)),
        Way::On if column < last(line) => (line, column + 1),
        Way::On if wraps && line + 1 < lines.len() => (line + 1, 0),
        Way::Back | Way::On => (line, column),
    }
}

/// Whether the whole text of a cell is selected, or there is none; and where the caret stands
/// otherwise: at the start, at the end.
pub fn caret(cell: &HtmlInputElement) -> (bool, bool, bool) {
    let start = cell.selection_start().ok().flatten().unwrap_or(0);
    let end = cell.selection_end().ok().flatten().unwrap_or(0);
    let length = u32::try_from(cell.value().encode_utf16().count()).unwrap_or(u32::MAX);
    (start == 0 && end == length, end == 0, start == length)
}
