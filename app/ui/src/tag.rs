//! A state, in a word.

use leptos::prelude::*;

use crate::{Icon, IconName};

/// A state: a word and a shape; the colour only repeats them.
#[component]
pub fn Tag(
    /// Class of the dye: `t-guede`, `t-gaude`, `t-sauge`, `t-garance`, `t-orseille`, `t-terre`, or
    /// nothing for grey.
    #[prop(optional)]
    tone: &'static str,
    /// Shape before the word.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let class = if tone.is_empty() { "tag".to_owned() } else { format!("tag {tone}") };
    view! {
        <span class=class>
            {icon.map(|name| view! { <Icon name /> })}
            {text}
        </span>
    }
}
