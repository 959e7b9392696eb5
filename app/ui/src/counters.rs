//! Three counters: to write, to confirm, problems.

use leptos::prelude::*;

/// What is left, in three small figures at fixed places. The words are always there: out of sight
/// in narrow columns, in sight where the style sheet finds room (lists of the home page).
#[component]
pub fn Counters(
    /// Questions without an answer.
    #[prop(optional)]
    to_write: u32,
    /// Answers that wait for a confirmation.
    #[prop(optional)]
    to_confirm: u32,
    /// Answers with a problem.
    #[prop(optional)]
    problems: u32,
) -> impl IntoView {
    let problem = if problems < 2 { "problème" } else { "problèmes" };
    let counts = [
        (to_write, "count count-write", "cnt cnt-fill", "à écrire"),
        (to_confirm, "count count-confirm", "cnt cnt-conf", "à confirmer"),
        (problems, "count count-problem", "cnt cnt-prob", problem),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, place, class, word)| {
        view! {
            <span class=place>
                <span class=class>{count}</span>
                <span class="count-word">{format!(" {word}")}</span>
                <span class="sr-only">", "</span>
            </span>
        }
    })
    .collect_view();
    view! { <span class="counts">{counts}</span> }
}
