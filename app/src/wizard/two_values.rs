//! Two values at one place: what another person wrote meanwhile.

use form::{At, FieldDef};
use leptos::prelude::*;

use crate::{draft::Draft, text};

/// Two values at the same moment: both are shown, one gesture chooses, nothing is lost.
#[component]
pub fn TwoValues(
    /// The draft.
    draft: Draft,
    /// The answer.
    at: At,
    /// Its question.
    def: &'static FieldDef,
    /// Name of the answer where none stands beside ("Prévisionnel").
    #[prop(optional)]
    name: &'static str,
) -> impl IntoView {
    let key = at.to_string();
    let mine_at = at.clone();
    let note = move || {
        let conflict = draft.conflicts.with(|conflicts| conflicts.get(&key).cloned())?;
        let mine =
            draft.answer(&mine_at, |mine| mine.map_or_else(String::new, |mine| mine.raw.clone()));
        let shown = |raw: &str| {
            if raw.trim().is_empty() { "rien".to_owned() } else { def.kind.display_raw(raw) }
        };
        let (mine, theirs) = (shown(&mine), shown(&conflict.theirs));
        Some(view! {
            <div class="note note-orseille">
                <p>
                    <strong>"Deux valeurs au même moment" {(!name.is_empty()).then(|| format!(", {name}"))} ". "</strong>
                    {text::french(&format!("{} a écrit « {theirs} », vous avez écrit « {mine} ». Les deux sont gardées : choisissez.", conflict.by))}
                </p>
                <p class="actions">
                    <button type="submit" class="btn btn-s" name="_garder" value=key.clone()>"Garder la mienne"</button>
                    <button type="submit" class="btn btn-s" name="_prendre" value=key.clone()>
                        {format!("Prendre celle de {}", conflict.by)}
                    </button>
                </p>
            </div>
        })
    };
    view! { <div class="two" aria-live="polite">{note}</div> }
}
