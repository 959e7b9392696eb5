//! On the way to the provider of identities, or back from it.

use leptos::prelude::*;

use crate::text::french;

/// What the page shows.
pub struct Leading {
    /// What the provider is called.
    pub name: String,
    /// Where the person goes.
    pub address: String,
    /// Whether they sign out.
    pub leaves: bool,
}

/// The page, seen for an instant.
#[component]
pub fn LeadingPage(
    /// What it shows.
    leading: Leading,
) -> impl IntoView {
    let Leading { name, address, leaves } = leading;
    let (heading, words) = if leaves {
        ("Vous êtes déconnecté de Trame", format!("Votre connexion à {name} se ferme aussi."))
    } else {
        ("Un instant", format!("Vous allez vers {name}, qui confirmera qui vous êtes."))
    };
    view! {
        <div class="wrap page narrow">
            <h1>{heading}</h1>
            <p class="lead">{french(&words)}</p>
            <p><a class="btn btn-main" href=address>{french(&format!("Continuer vers {name}"))}</a></p>
        </div>
    }
}
