//! What the dossiers before left, in one list.

use dossier::note::name;
use form::{Answers, Revision};
use leptos::prelude::*;
use service::instruction::Carried;

use super::Before;

/// What the dossiers before left: what is to be watched first, then what was settled.
pub fn carried_list(
    form: &'static Revision,
    answers: &Answers,
    all: &[Carried],
) -> Option<AnyView> {
    let item = |carried: &Carried| {
        let note = &carried.thread.note;
        let what = match (note.watched, &note.settled) {
            (true, _) => "à surveiller",
            (false, Some(_)) => "réglée",
            (false, None) => "restée ouverte",
        };
        let thread = view! { <Before form carried=carried.clone() /> };
        let called = name(form, answers, &note.anchor.at);
        view! {
            <li>
                <details>
                    <summary>{called}" "<span class="soft">{what}</span></summary>
                    {thread}
                </details>
            </li>
        }
    };
    let (open, settled): (Vec<_>, Vec<_>) = all.iter().partition(|carried| carried.is_open());
    let items: Vec<_> = open.into_iter().chain(settled).map(item).collect();
    (!items.is_empty()).then(|| {
        view! {
            <h3>"Des dossiers précédents"</h3>
            <ol class="note-list">{items}</ol>
        }
        .into_any()
    })
}
