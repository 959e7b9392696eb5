//! A copied block is shown before it is written.

use form::{
    At,
    paste::{Target, lay},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event};

use crate::{
    browser::{ids::new_id, page, sync::Sync},
    draft::{Draft, Pasting},
    wizard::table::columns_of,
};

/// Lays a copied block over a table from an answer on, to be looked at; `None` where there is no table.
pub fn look(text: &str, at: At, draft: Draft) -> Option<()> {
    let table = draft.revision().place(&at.field)?.table?;
    let columns = columns_of(draft, table);
    let paste = draft.answers.with_untracked(|answers| lay(table, &columns, answers, &at, text));
    draft.pasting.set(Some(Pasting { table: table.id.to_string(), from: at, paste }));
    let panel = format!("coller-{}", table.id);
    request_animation_frame(move || page::focus(&panel));
    Some(())
}

/// The text that is pasted.
pub fn text_in(event: &Event) -> Option<String> {
    event.unchecked_ref::<ClipboardEvent>().clipboard_data()?.get_data("text/plain").ok()
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
