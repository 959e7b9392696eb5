//! What is to be mended on a page, each line a link to its question.

use leptos::prelude::*;

use crate::{Icon, IconName};

/// The summary of problems, announced when it appears. Nothing when there is none.
#[component]
pub fn ErrorSummary(
    /// Address (`#id` of the input) and sentence of each problem, in the order of the page.
    items: Vec<(String, String)>,
) -> impl IntoView {
    if items.is_empty() {
        return None;
    }
    let title = match items.len() {
        1 => "Une réponse à revoir".to_owned(),
        count => format!("{count}\u{a0}réponses à revoir"),
    };
    let lines = items
        .into_iter()
        .map(|(href, text)| view! { <li><a href=href>{text}</a></li> })
        .collect_view();
    Some(view! {
        <div class="errors" role="alert" tabindex="-1">
            <h2><Icon name=IconName::Warning />{title}</h2>
            <ul>{lines}</ul>
        </div>
    })
}
