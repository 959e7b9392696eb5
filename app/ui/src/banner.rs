//! A message across the page, under the top bar.

use leptos::prelude::*;

use crate::{Icon, IconName};

/// A message across the page: a bold sentence, then what to do. Announced politely.
#[component]
pub fn Banner(
    /// Class of the dye: `banner-gaude`, `banner-guede`, `banner-sauge`, `banner-garance`,
    /// `banner-terre`; nothing is yellow.
    #[prop(optional)]
    tone: &'static str,
    /// Shape before the sentence.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The bold sentence.
    #[prop(into)]
    title: String,
    /// What to do; buttons come last.
    children: Children,
) -> impl IntoView {
    let class = if tone.is_empty() { "banner".to_owned() } else { format!("banner {tone}") };
    view! {
        <div class=class role="status">
            <div class="wrap">
                {icon.map(|name| view! { <Icon name /> })}
                <div><strong>{title}</strong> " " {children()}</div>
            </div>
        </div>
    }
}
