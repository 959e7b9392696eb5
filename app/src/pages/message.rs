//! A page that says one thing: what happened and what to do.

use leptos::prelude::*;

use crate::text::french;

/// What happened, in a sentence; what to do; where to go.
#[derive(Clone, Debug)]
pub struct Message {
    /// Heading.
    pub title: &'static str,
    /// What happened and what to do.
    pub text: String,
    /// Where to go next.
    pub href: String,
    /// What that is called.
    pub link: &'static str,
}

/// A form that could not be taken, to be sent again as it was.
#[derive(Clone, Debug)]
pub struct Again {
    /// Where it was posted.
    pub action: String,
    /// Its names and values, in order.
    pub fields: Vec<(String, String)>,
}

const KEPT: &str =
    "Ce que vous venez d'envoyer est gardé dans cette page : laissez-la ouverte, puis renvoyez-le.";

/// The page of a message.
#[component]
pub fn MessagePage(
    /// What to say.
    message: Message,
    /// What was typed and could not be taken.
    #[prop(default = None)]
    again: Option<Again>,
) -> impl IntoView {
    let Message { title, text, href, link } = message;
    let go = match again {
        None => view! { <p><a class="btn btn-main" href=href>{link}</a></p> }.into_any(),
        Some(Again { action, fields }) => {
            let fields = fields.into_iter().map(|(name, value)| {
                view! { <input type="hidden" name=name value=value /> }
            });
            view! {
                <form method="post" action=action class="stack">
                    <p>{french(KEPT)}</p>
                    {fields.collect_view()}
                    <p><button type="submit" class="btn btn-main">"Renvoyer"</button></p>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <div class="wrap page narrow">
            <h1>{title}</h1>
            <p class="lead">{french(&text)}</p>
            {go}
        </div>
    }
}
