//! Several cells chosen together: to copy, to clear, to fill.

use std::{cell::RefCell, rc::Rc};

use form::{At, paste};
use web_sys::{Element, HtmlInputElement};

use super::cells::{Way, grid_of, lines_in, next_to, spot_of};
use crate::{browser::page, text};

/// The block of a grid that is chosen, if any: from a cell to another, both included.
#[derive(Clone, Default)]
pub struct Block(Rc<RefCell<Option<Chosen>>>);

struct Chosen {
    grid: Element,
    from: (usize, usize),
    to: (usize, usize),
}

impl Block {
    /// Stretches the block one cell this way; begins one at this cell.
    pub fn stretch(&self, cell: &Element, way: Way) -> bool {
        self.reach(cell, |lines, to| next_to(lines, to, way, false))
    }

    /// Stretches the block to a cell, from another of the same grid.
    pub fn stretch_to(&self, cell: &Element, to: &At) -> bool {
        self.reach(cell, |lines, here| spot_of(lines, to).unwrap_or(here))
    }

    /// Chooses every cell to fill of the grid.
    pub fn all(&self, cell: &Element) -> bool {
        let Some(grid) = grid_of(cell) else { return false };
        let lines = lines_in(&grid);
        let to = (lines.len().saturating_sub(1), lines.iter().map(Vec::len).max().unwrap_or(1) - 1);
        self.0.replace(Some(Chosen { grid, from: (0, 0), to }));
        self.show();
        true
    }

    fn reach(
        &self,
        cell: &Element,
        to: impl Fn(&[Vec<HtmlInputElement>], (usize, usize)) -> (usize, usize),
    ) -> bool {
        let Some(grid) = grid_of(cell) else { return false };
        let lines = lines_in(&grid);
        let from = page::question_of(cell).and_then(|at| spot_of(&lines, &at));
        let Some(from) = from else { return false };
        let mut chosen = self.0.borrow_mut();
        let block = chosen.get_or_insert(Chosen { grid, from, to: from });
        block.to = to(&lines, block.to);
        if let Some(cell) = lines.get(block.to.0).and_then(|cells| cells.get(block.to.1)) {
            cell.scroll_into_view_with_bool(false);
        }
        drop(chosen);
        self.show();
        true
    }

    /// Chooses nothing any more. Gives whether something was.
    pub fn drop(&self) -> bool {
        let was = self.0.borrow().is_some();
        if was {
            self.0.replace(None);
            self.show();
        }
        was
    }

    /// The cells of the block, line by line; none when one cell or none is chosen.
    pub fn cells(&self) -> Vec<Vec<HtmlInputElement>> {
        let chosen = self.0.borrow();
        let Some(Chosen { grid, from, to }) = chosen.as_ref() else { return Vec::new() };
        if from == to {
            return Vec::new();
        }
        let (top, bottom) = (from.0.min(to.0), from.0.max(to.0));
        let (left, right) = (from.1.min(to.1), from.1.max(to.1));
        let lines = lines_in(grid).into_iter().skip(top).take(bottom - top + 1);
        lines.map(|cells| cells.into_iter().skip(left).take(right - left + 1).collect()).collect()
    }

    /// The block as spreadsheets take it; nothing when nothing is chosen.
    pub fn copied(&self) -> Option<String> {
        let texts =
            |line: &Vec<HtmlInputElement>| line.iter().map(HtmlInputElement::value).collect();
        let lines: Vec<Vec<String>> = self.cells().iter().map(texts).collect();
        (!lines.is_empty()).then(|| paste::text_of(&lines))
    }

    /// The same text in every cell.
    pub fn filled_with(&self, text: &str) -> Vec<(At, String)> {
        changed(self.cells().into_iter().flatten().map(|cell| (cell, text.to_owned())))
    }

    /// Each cell as the one at the top of its column.
    pub fn filled_down(&self) -> Vec<(At, String)> {
        let lines = self.cells();
        let top: Vec<String> =
            lines.first().into_iter().flatten().map(HtmlInputElement::value).collect();
        let of_top = |line: Vec<HtmlInputElement>| line.into_iter().zip(top.clone());
        changed(lines.into_iter().flat_map(of_top))
    }

    /// Marks the cells on the page, and says how many there are.
    fn show(&self) {
        let Some(form) = page::form() else { return };
        for cell in page::all_in(&form, "[data-chosen]") {
            // Removing an attribute fails only for a bad name.
            let _ = cell.remove_attribute("data-chosen");
        }
        let cells = self.cells();
        for cell in cells.iter().flatten() {
            let _ = cell.set_attribute("data-chosen", "");
        }
        let count = u32::try_from(cells.iter().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX);
        page::say(&if count > 0 {
            text::count(count, "case choisie", "cases choisies")
        } else {
            String::new()
        });
    }
}

/// What to write, where it is not what stands.
fn changed(texts: impl Iterator<Item = (HtmlInputElement, String)>) -> Vec<(At, String)> {
    let new = texts.filter(|(cell, text)| cell.value() != *text);
    new.filter_map(|(cell, text)| Some((page::question_of(&cell)?, text))).collect()
}
