//! How far a dossier is: three threads laid end to end.

use leptos::prelude::*;

/// Done, waiting, left. Drawn as svg, since the content policy refuses inline styles; the figures
/// are said in words for those who do not see it, and stand beside it for the others.
#[component]
pub fn ProgressBar(
    /// Questions that are ready.
    ready: u32,
    /// Answers that wait for a confirmation.
    #[prop(optional)]
    to_confirm: u32,
    /// Questions without an answer.
    #[prop(optional)]
    to_write: u32,
) -> impl IntoView {
    let total = ready + to_confirm + to_write;
    let words = format!(
        "{ready}\u{a0}{}, {to_confirm}\u{a0}à confirmer, {to_write}\u{a0}à écrire, sur {total}",
        if ready < 2 { "question prête" } else { "questions prêtes" },
    );
    let mut from = 0;
    let threads = [(ready, "bar-done"), (to_confirm, "bar-wait"), (to_write, "bar-left")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, class)| {
            let x = thousandths(from, total);
            from += count;
            let width = thousandths(from, total) - x;
            // A gap of a third of a hundredth between two threads.
            let width = if from == total { width } else { width.saturating_sub(3).max(1) };
            view! { <rect class=class x=x.to_string() y="0" width=width.to_string() height="10"></rect> }
        })
        .collect_view();
    view! {
        <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=words>
            {threads}
        </svg>
    }
}

/// A share of the total, in thousandths.
fn thousandths(part: u32, total: u32) -> u32 {
    if total == 0 {
        0
    } else {
        u32::try_from(u64::from(part) * 1000 / u64::from(total)).unwrap_or(1000)
    }
}
