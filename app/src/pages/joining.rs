//! What an invitation gives, and how one comes in by it.

use leptos::prelude::*;
use service::{Structure, teams::Invitation};

use super::sign_in::{ProConnect, SharedComputer};
use crate::{format, routes, text};

/// What the page shows.
pub struct Joining {
    /// The invitation.
    pub invitation: Invitation,
    /// The structure that it leads into.
    pub structure: Option<Structure>,
    /// The secret of the link.
    pub token: String,
    /// Who is signed in.
    pub signed_in: Option<String>,
    /// What the provider of identities is called, when there is one.
    pub provider: Option<String>,
    /// Name and address typed before a refusal.
    pub typed: (String, String),
    /// Why nobody came in.
    pub error: Option<&'static str>,
}

/// The page.
#[component]
pub fn JoiningPage(
    /// What it shows.
    joining: Joining,
) -> impl IntoView {
    let Joining { invitation, structure, token, signed_in, provider, typed, error } = joining;
    let place = match (&structure, invitation.departments.as_slice()) {
        (Some(structure), _) => structure.name.clone(),
        (None, []) => invitation.role.label().to_owned(),
        (None, departments) => {
            format!("{}, {}", invitation.role.label(), departments.join(", "))
        }
    };
    let lead = format!(
        "{} vous invite à rejoindre {place}. L'invitation sert une seule fois, jusqu'au {}.",
        invitation.given_by_name,
        format::moment(invitation.until)
    );
    let error = error
        .map(|error| view! { <p class="error" id="refus" role="alert">{text::french(error)}</p> });
    let way = if let Some(name) = signed_in {
        view! {
            <form method="post" action=routes::join_team(&token) class="card pad stack">
                {error}
                <p>{text::french(&format!("Vous êtes connecté comme {name} : c'est ce compte qui rejoindra l'équipe."))}</p>
                <p><button class="btn btn-main" type="submit">"Rejoindre l'équipe"</button></p>
            </form>
        }
        .into_any()
    } else {
        let by_provider = provider.map(|name| {
            view! {
                <section class="card pad stack" aria-labelledby="proconnect">
                    <h2 id="proconnect">"Avec votre compte professionnel"</h2>
                    <ProConnect name back=String::new() invitation=token.clone() />
                </section>
            }
        });
        view! {
            {by_provider}
            <form method="post" action=routes::join_team(&token) class="card pad stack">
                <h2>"Avec un nouveau compte"</h2>
                {error}
                <div class="field">
                    <label for="nom">"Prénom et nom"</label>
                    <div class="field-body"><input class="input" id="nom" name="nom" type="text" autocomplete="name" required=true maxlength="80" value=typed.0 /></div>
                </div>
                <div class="field">
                    <label for="courriel">"Courriel professionnel"</label>
                    <div class="field-body"><input class="input" id="courriel" name="courriel" type="email" autocomplete="username" required=true value=typed.1 /></div>
                </div>
                <div class="field">
                    <label for="mot-de-passe">"Mot de passe"</label>
                    <p class="hint" id="aide-mot-de-passe">"Douze caractères au moins. Une phrase que vous retenez convient très bien."</p>
                    <div class="field-body"><input class="input" id="mot-de-passe" name="mot_de_passe" type="password" autocomplete="new-password" required=true minlength="12" maxlength="200" aria-describedby="aide-mot-de-passe" /></div>
                </div>
                <SharedComputer id="partage" />
                <p><button class="btn btn-main" type="submit">"Créer mon compte"</button></p>
            </form>
            <p class="soft">"Vous avez déjà un compte ? "<a href=format!("{}?retour={}", routes::SIGN_IN, routes::join_team(&token))>"Connectez-vous d'abord"</a>", puis rouvrez le lien."</p>
        }
        .into_any()
    };
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Vous êtes invité dans une équipe"</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            {way}
        </div>
    }
}
