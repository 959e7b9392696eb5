//! Tables by keyboard, as in a spreadsheet: arrows and Enter move, Shift and arrows choose a block
//! to copy, clear or fill, Escape takes a cell back, Ctrl+D repeats the cell above, Alt and arrows
//! move a row; a copied block is shown before it is written.

mod block;
mod cells;
mod pasting;

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent,
};

pub use self::pasting::settle;
use self::{
    block::Block,
    cells::{Way, caret, grid_of, lines_in, next_to, spot_of},
};
use super::{
    listen::{move_row, on, target},
    page,
    sync::Sync,
};
use crate::draft::Draft;

/// What the gestures on tables share.
#[derive(Clone)]
struct Grid {
    draft: Draft,
    sync: Sync,
    /// The text of the control that has the focus, as it was when it got it.
    before: Rc<RefCell<String>>,
    block: Block,
}

/// Listens to the tables of the form.
pub fn listen(form: &HtmlElement, draft: Draft, sync: &Sync) {
    let (before, block) = (Rc::default(), Block::default());
    let grid = Grid { draft, sync: sync.clone(), before, block };
    let hear = |name: &str, react: fn(&Grid, &Event, Element) -> bool| {
        let grid = grid.clone();
        on(form, name, move |event| {
            if target(event).is_some_and(|control| react(&grid, event, control)) {
                event.prevent_default();
            }
        });
    };
    hear("focusin", |grid, _, control| {
        grid.block.drop();
        grid.before.replace(value_of(&control).unwrap_or_default());
        false
    });
    hear("input", |grid, _, _| {
        grid.block.drop();
        false
    });
    hear("keydown", |grid, event, control| grid.pressed(event.unchecked_ref(), &control));
    hear("mousedown", |grid, event, control| {
        let pointer = event.unchecked_ref::<MouseEvent>();
        if pointer.shift_key() {
            return grid.reach(&control);
        }
        grid.block.drop();
        false
    });
    hear("mouseover", |grid, event, control| {
        let held = event.unchecked_ref::<MouseEvent>().buttons() == 1;
        held && grid.reach(&control)
    });
    hear("copy", |grid, event, _| grid.copied(event));
    hear("cut", |grid, event, _| grid.copied(event) && grid.fill(""));
    hear("paste", |grid, event, control| grid.pasted(event, &control).is_some());
}

fn value_of(control: &Element) -> Option<String> {
    page::raw_of(control, &page::question_of(control)?)
}

impl Grid {
    /// What a key does. Gives whether it was done here.
    fn pressed(&self, event: &KeyboardEvent, control: &Element) -> bool {
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() {
            return self.commanded(&key, event.shift_key(), control);
        }
        if key == "Escape" && self.draft.pasting.with_untracked(Option::is_some) {
            self.draft.pasting.set(None);
            return true;
        }
        if event.alt_key() {
            return matches!(key.as_str(), "ArrowUp" | "ArrowDown")
                && self.move_row(control, key == "ArrowUp");
        }
        let Some(cell) =
            control.dyn_ref::<HtmlInputElement>().filter(|_| grid_of(control).is_some())
        else {
            return false;
        };
        let (whole, at_start, at_end) = caret(cell);
        let way = match key.as_str() {
            "ArrowUp" => Way::Up,
            "Enter" if event.shift_key() => return self.go(cell, Way::Up),
            "Enter" => return self.go(cell, Way::Down),
            "ArrowDown" => Way::Down,
            "ArrowLeft" if whole || at_start => Way::Back,
            "ArrowRight" if whole || at_end => Way::On,
            "Escape" => return self.block.drop() || self.take_back(cell),
            "Delete" | "Backspace" => return self.fill(""),
            _ => return false,
        };
        // Beside the caret, Shift and an arrow choose letters of the text.
        let beside = matches!(way, Way::Back | Way::On) && !whole;
        match event.shift_key() {
            true if beside => false,
            true => self.block.stretch(cell, way),
            false => self.go(cell, way),
        }
    }

    /// What a key does with Ctrl.
    fn commanded(&self, key: &str, shift: bool, control: &Element) -> bool {
        let untouched = value_of(control).is_none_or(|text| text == *self.before.borrow());
        match key {
            // While a text is being typed, the browser undoes key by key.
            "z" | "Z" if untouched && !shift => self.sync.undo(),
            "z" | "Z" | "y" | "Y" if untouched => self.sync.redo(),
            "d" | "D" => return self.repeat(control),
            // First the text of the cell, as everywhere; then the whole grid.
            "a" | "A" => {
                let whole = control.dyn_ref::<HtmlInputElement>().is_some_and(|cell| caret(cell).0);
                return whole && self.block.all(control);
            }
            _ => return false,
        }
        true
    }

    /// Moves the row that a control stands in. Lists open with the same keys.
    fn move_row(&self, control: &Element, up: bool) -> bool {
        let row = control.closest("fieldset.row").ok().flatten();
        let Some(mark) =
            row.as_ref().and_then(|row| row.id().strip_prefix("rang-").map(str::to_owned))
        else {
            return false;
        };
        if control.tag_name() == "SELECT" {
            return false;
        }
        move_row(self.draft, &self.sync, &mark, up);
        true
    }

    /// Goes to the next cell this way, its text selected: the next key replaces it. At the edge, stays.
    fn go(&self, cell: &Element, way: Way) -> bool {
        self.block.drop();
        if let Some(next) = beside(cell, way) {
            // Focusing fails only on an element that left the page meanwhile.
            let _ = next.focus();
            next.select();
        }
        true
    }

    /// Stretches the block from the cell that has the focus to this one.
    fn reach(&self, to: &Element) -> bool {
        let Some(at) = page::question_of(to).filter(|_| grid_of(to).is_some()) else {
            return false;
        };
        let Some(from) = document().active_element().filter(|from| grid_of(from) == grid_of(to))
        else {
            return false;
        };
        // Within one cell, the pointer chooses letters of its text.
        from != *to && self.block.stretch_to(&from, &at)
    }

    /// The cell as it was when the focus came.
    fn take_back(&self, cell: &HtmlInputElement) -> bool {
        let before = self.before.borrow().clone();
        if cell.value() == before {
            return false;
        }
        cell.set_value(&before);
        if let Some(at) = page::question_of(cell) {
            self.sync.wrote(at, before, false);
        }
        true
    }

    /// Writes what the cell above says, or fills the block that is chosen down from its first line.
    fn repeat(&self, cell: &Element) -> bool {
        let mut texts = self.block.filled_down();
        if self.block.cells().is_empty() {
            let (Some(above), Some(at)) = (beside(cell, Way::Up), page::question_of(cell)) else {
                return false;
            };
            texts = vec![(at, above.value())];
        }
        self.sync.write_all(texts);
        true
    }

    /// Writes one text in every cell of the block. Gives whether there is a block.
    fn fill(&self, text: &str) -> bool {
        if self.block.cells().is_empty() {
            return false;
        }
        self.sync.write_all(self.block.filled_with(text));
        true
    }

    /// Takes the chosen block to the clipboard.
    fn copied(&self, event: &Event) -> bool {
        let Some(block) = self.block.copied() else { return false };
        let clipboard = event.unchecked_ref::<ClipboardEvent>().clipboard_data();
        clipboard.is_some_and(|clipboard| clipboard.set_data("text/plain", &block).is_ok())
    }

    /// A copied text: a block is laid over the table, to be looked at; one text fills the block that
    /// is chosen; `None` for what the browser does by itself.
    fn pasted(&self, event: &Event, control: &Element) -> Option<()> {
        let text = pasting::text_in(event)?;
        let first = self.block.cells().into_iter().flatten().next();
        let one = !text.trim_end().contains(['\t', '\n']);
        if first.is_some() && one {
            return self.fill(text.trim()).then_some(());
        }
        let at = page::question_of(first.as_ref().map_or(control, AsRef::as_ref))?;
        let lines = !one && control.tag_name() != "TEXTAREA";
        (text.contains('\t') || lines).then(|| pasting::look(&text, at, self.draft)).flatten()
    }
}

/// The cell beside another, this way; none at the edge.
fn beside(cell: &Element, way: Way) -> Option<HtmlInputElement> {
    let lines = lines_in(&grid_of(cell)?);
    let here = spot_of(&lines, &page::question_of(cell)?)?;
    let (line, column) = next_to(&lines, here, way, true);
    let next = lines.get(line)?.get(column)?;
    ((line, column) != here).then(|| next.clone())
}
