//! Who else is in the dossier, said discreetly, and what they just changed at this step.

use leptos::prelude::*;
use ui::{Icon, IconName};

use crate::{
    draft::{Draft, name_of},
    exchange::Other,
    text,
};

/// The line of presence; nothing where nobody else is.
#[component]
pub fn PresenceLine(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let here = draft.opening.with_value(|opening| opening.section.clone());
    let said = move || draft.others.with(|others| sentence(draft, others, &here));
    // Read out when somebody comes, and not at each of their steps.
    let names = Memo::new(move |_| draft.others.with(|others| names(others)));
    let announced = move || {
        let names = names.get();
        if names.is_empty() {
            names
        } else {
            format!("Aussi dans ce dossier en ce moment\u{a0}: {names}.")
        }
    };
    let changed = move || {
        draft.brought.with(|brought| {
            let first = brought.first()?;
            let rest = u32::try_from(brought.len() - 1).unwrap_or(u32::MAX);
            let name = draft.answers.with_untracked(|a| name_of(draft.revision(), a, &first.at));
            let more = (rest > 0)
                .then(|| format!(" et {}", text::count(rest, "autre réponse", "autres réponses")));
            Some(view! {
                <p>
                    {format!("{} vient de modifier ", first.by)}
                    <a href=format!("#{}", first.at)>{name}</a>
                    {more}"."
                </p>
            })
        })
    };
    view! {
        <div class="presence" hidden=move || draft.others.with(Vec::is_empty) && draft.brought.with(Vec::is_empty)>
            <p hidden=move || draft.others.with(Vec::is_empty)><Icon name=IconName::User />{said}</p>
            {changed}
        </div>
        <p class="sr-only" role="status">{announced}</p>
    }
}

fn names(others: &[Other]) -> String {
    others.iter().map(|other| other.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn sentence(draft: Draft, others: &[Other], here: &str) -> String {
    let place = |other: &Other| {
        let title = draft.revision().section(&other.section).map_or("", |s| s.title.as_ref());
        if other.section == here {
            "à cette étape".to_owned()
        } else {
            format!("à l'étape {title}")
        }
    };
    match others {
        [one] => format!("{} est aussi dans ce dossier, {}", one.name, place(one)),
        several => {
            let each = several.iter().map(|one| format!("{}, {}", one.name, place(one)));
            format!("Aussi dans ce dossier\u{a0}: {}", each.collect::<Vec<_>>().join("\u{a0}; "))
        }
    }
}
