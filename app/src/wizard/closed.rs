//! What stays as it was deposited while a dossier is sent back.

use form::{At, FieldDef};
use leptos::prelude::*;

use crate::{draft::Draft, routes};

/// An answer to read.
#[component]
pub fn Closed(
    /// The draft.
    draft: Draft,
    /// Its question.
    def: &'static FieldDef,
    /// Where it stands.
    at: At,
    /// What it says.
    raw: String,
) -> impl IntoView {
    let id = at.to_string();
    let of = format!(" : {}", def.label);
    let said = def.kind.display_raw(&raw);
    let unit = if said.is_empty() || said.ends_with(def.unit.as_ref()) { "" } else { &def.unit };
    let said = format!("{said}\u{a0}{unit}");
    view! {
        <span class="closed">
            <output id=id>{said.trim_end().to_owned()}</output>
            <Reopen draft at says="Modifier aussi".to_owned() of />
        </span>
    }
}

/// The way to open it; a guest has none.
#[component]
pub fn Reopen(
    /// The draft.
    draft: Draft,
    /// What it opens: an answer, or a table.
    at: At,
    /// What it says.
    says: String,
    /// Of what, for readers.
    #[prop(optional)]
    of: String,
) -> impl IntoView {
    let href = draft.opening.with_value(|opening| routes::reopen_at(&opening.dossier, &at));
    (!draft.is_guest())
        .then(|| view! { <a class="reopen" href=href>{says}<span class="sr-only">{of}</span></a> })
}
