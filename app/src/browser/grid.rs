//! Tables by keyboard, as in a spreadsheet: arrows and Enter move, Escape takes a cell back, Ctrl+D
//! repeats the cell above, a copied block is shown before it is written.

use std::{cell::RefCell, rc::Rc};

use form::{
    At,
    paste::{Target, lay},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    ids::new_id,
    listen::{on, target},
    page,
    sync::Sync,
};
use crate::{
    draft::{Draft, Pasting},
    wizard::table::columns_of,
};

/// The text of the control that has the focus, as it was when it got it.
type Before = Rc<RefCell<String>>;

/// Listens to the tables of the form.
pub fn listen(form: &HtmlElement, draft: Draft, sync: &Sync) {
    let before = Before::default();
    let entering = Rc::clone(&before);
    on(form, "focusin", move |event| {
        entering.replace(target(event).and_then(|e| value_of(&e)).unwrap_or_default());
    });
    let keys = sync.clone();
    on(form, "keydown", move |event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        // A copy: a key that moves the focus changes what is remembered.
        let before = before.borrow().clone();
        if pressed(key, draft, &keys, &before) {
            event.prevent_default();
        }
    });
    on(form, "paste", move |event| {
        if pasted(event, draft).is_some() {
            event.prevent_default();
        }
    });
}

fn value_of(control: &Element) -> Option<String> {
    page::raw_of(control, &page::question_of(control)?)
}

/// What a key does. Gives whether it was done here.
fn pressed(event: &KeyboardEvent, draft: Draft, sync: &Sync, before: &str) -> bool {
    let Some(control) = target(event) else { return false };
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    if command && !event.alt_key() {
        let untouched = value_of(&control).is_none_or(|text| text == before);
        match key.as_str() {
            // While a text is being typed, the browser undoes key by key.
            "z" | "Z" if untouched && !event.shift_key() => sync.undo(),
            "z" | "Z" | "y" | "Y" if untouched => sync.redo(),
            "d" | "D" => return repeat_above(&control, sync),
            _ => return false,
        }
        return true;
    }
    if key == "Escape" && draft.pasting.with_untracked(Option::is_some) {
        draft.pasting.set(None);
        return true;
    }
    let Some(cell) = control.dyn_ref::<HtmlInputElement>().filter(|_| grid_of(&control).is_some())
    else {
        return false;
    };
    let start = cell.selection_start().ok().flatten().unwrap_or(0);
    let end = cell.selection_end().ok().flatten().unwrap_or(0);
    let length = u32::try_from(cell.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let whole = start == 0 && end == length;
    match key.as_str() {
        "Enter" if event.shift_key() => go(&control, Way::Up),
        "ArrowUp" => go(&control, Way::Up),
        "ArrowDown" | "Enter" => go(&control, Way::Down),
        "ArrowLeft" if whole || end == 0 => go(&control, Way::Back),
        "ArrowRight" if whole || start == length => go(&control, Way::On),
        "Escape" if cell.value() != before => {
            cell.set_value(before);
            if let Some(at) = page::question_of(&control) {
                sync.wrote(at, before.to_owned(), false);
            }
            true
        }
        _ => false,
    }
}

/// Where a key goes from a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    Back,
    On,
}

/// The grid that a cell stands in.
fn grid_of(cell: &Element) -> Option<Element> {
    cell.closest("table.fill").ok().flatten()
}

/// The cell that lies this way; those to fill only.
fn next_to(cell: &Element, way: Way) -> Option<HtmlInputElement> {
    let at = page::question_of(cell)?;
    let cells = page::inputs_in(&grid_of(cell)?);
    let in_column = |other: &&HtmlInputElement| {
        matches!(way, Way::Back | Way::On)
            || page::question_of(other).is_some_and(|other| other.field == at.field)
    };
    let line: Vec<&HtmlInputElement> = cells.iter().filter(in_column).collect();
    let here = line.iter().position(|other| page::question_of(other).as_ref() == Some(&at))?;
    let next = match way {
        Way::Up | Way::Back => here.checked_sub(1)?,
        Way::Down | Way::On => here + 1,
    };
    line.get(next).map(|cell| (*cell).clone())
}

/// Goes to the next cell this way, its text selected: the next key replaces it. At the edge, stays.
fn go(cell: &Element, way: Way) -> bool {
    if let Some(next) = next_to(cell, way) {
        // Focusing fails only on an element that left the page meanwhile.
        let _ = next.focus();
        next.select();
    }
    true
}

/// Writes what the cell above says.
fn repeat_above(cell: &Element, sync: &Sync) -> bool {
    let (Some(above), Some(at)) = (next_to(cell, Way::Up), page::question_of(cell)) else {
        return false;
    };
    sync.write_all(vec![(at, above.value())]);
    true
}

/// Lays a copied block over a table, to be looked at; `None` for a text that is no block.
fn pasted(event: &Event, draft: Draft) -> Option<()> {
    let control = target(event)?;
    let at = page::question_of(&control)?;
    let place = draft.revision().place(&at.field)?;
    let table = place.table?;
    let text = event.unchecked_ref::<ClipboardEvent>().clipboard_data()?.get_data("text/plain");
    let text = text.ok()?;
    let lines = text.trim_end().contains('\n') && control.tag_name() != "TEXTAREA";
    if !text.contains('\t') && !lines {
        return None;
    }
    let columns = columns_of(draft, table);
    let paste = draft.answers.with_untracked(|answers| lay(table, &columns, answers, &at, &text));
    draft.pasting.set(Some(Pasting { table: table.id.to_string(), from: at, paste }));
    let panel = format!("coller-{}", table.id);
    request_animation_frame(move || page::focus(&panel));
    Some(())
}

/// Writes the block that was looked at, or lets it go.
pub fn settle(draft: Draft, sync: &Sync, write: bool) {
    let Some(Pasting { table, from, paste }) = draft.pasting.get_untracked() else { return };
    draft.pasting.set(None);
    if write {
        let rows: Vec<String> = (0..paste.new_rows).map(|_| new_id()).collect();
        let marks = rows.iter().map(|row| (At::in_row(&table, row), form::ROW_HERE.to_owned()));
        let cells = paste.taken().filter_map(|cell| {
            let row = match &cell.row {
                Target::Row(row) => row,
                Target::New(rank) => rows.get(*rank)?,
            };
            Some((At::in_row(&cell.field, row), cell.raw.clone()))
        });
        sync.write_all(marks.chain(cells).collect());
    }
    let back = from.to_string();
    request_animation_frame(move || page::focus(&back));
}
