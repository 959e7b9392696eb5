//! A block copied from a spreadsheet, looked at before it is written.

use form::{
    At, Table,
    paste::{Cell, Paste, Target},
};
use leptos::prelude::*;

use crate::{
    draft::{Draft, name_of},
    text,
};

/// What a copied block becomes in this table, with the two ways on. Nothing where nothing was pasted.
#[component]
pub fn PastePreview(
    /// The draft.
    draft: Draft,
    /// The table.
    table: &'static Table,
) -> impl IntoView {
    move || {
        let pasting = draft.pasting.get().filter(|pasting| pasting.table == table.id)?;
        let paste = pasting.paste;
        let lines = paste.refused().chain(paste.taken()).map(|cell| {
            let (name, fate) = (name(draft, table, cell), fate(cell));
            view! { <tr><th scope="row">{name}</th><td>{cell.raw.clone()}</td><td>{fate}</td></tr> }
        });
        let lines = lines.collect_view();
        let none = paste.taken().next().is_none();
        Some(view! {
            <div class="note paste" role="group" aria-label="Coller depuis un tableur" id=format!("coller-{}", table.id) tabindex="-1">
                <p role="status"><strong>"Coller depuis un tableur. "</strong>{summary(&paste)}</p>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Réponses collées">
                    <table class="tbl">
                        <thead>
                            <tr>
                                <th scope="col">"Réponse"</th>
                                <th scope="col">"Texte collé"</th>
                                <th scope="col">"Ce qui en sera fait"</th>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
                <p class="actions">
                    <button type="submit" class="btn btn-main" name="_coller" value="oui" disabled=none>"Écrire ces réponses"</button>
                    <button type="submit" class="btn btn-quiet" name="_coller" value="non">"Ne rien coller"</button>
                </p>
            </div>
        })
    }
}

/// How many are written, how many are not, and what has no place.
fn summary(paste: &Paste) -> String {
    let counts = [
        (paste.taken().count(), "réponse à écrire", "réponses à écrire"),
        (paste.refused().count(), "refusée", "refusées"),
        (paste.new_rows, "ligne ajoutée", "lignes ajoutées"),
        (paste.rows_beyond, "ligne sans place ici", "lignes sans place ici"),
        (paste.columns_beyond, "colonne sans place ici", "colonnes sans place ici"),
    ];
    let told =
        counts.into_iter().enumerate().filter(|(rank, (count, ..))| *rank == 0 || *count > 0);
    let told = told.map(|(_, (count, one, many))| {
        text::count(u32::try_from(count).unwrap_or(u32::MAX), one, many)
    });
    format!("{}.", told.collect::<Vec<_>>().join(", "))
}

/// The name of the answer that a cell falls on.
fn name(draft: Draft, table: &Table, cell: &Cell) -> String {
    draft.answers.with_untracked(|answers| match &cell.row {
        Target::Row(row) => name_of(draft.revision(), answers, &At::in_row(&cell.field, row)),
        Target::New(rank) => {
            let label = draft.revision().place(&cell.field).map(|place| place.field.label.as_ref());
            let rank = answers.added_rows(&table.id).len() + rank + 1;
            format!("{} ({} {rank})", label.unwrap_or_default(), table.row_name)
        }
    })
}

fn fate(cell: &Cell) -> String {
    match cell.fault {
        None => "À écrire".to_owned(),
        Some(code) => format!("Refusé. {}", text::of_code(code)),
    }
}
