//! Signing in: by address and password, or as a demonstration persona.

use leptos::prelude::*;
use service::Account;

use crate::{routes, text};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    /// Personas of a demonstration.
    pub personas: Vec<Account>,
    /// Address typed before a refusal.
    pub email: String,
    /// Whether address or password were wrong.
    pub refused: bool,
    /// Where to go afterwards.
    pub back: String,
    /// What the provider of identities is called, when there is one.
    pub provider: Option<String>,
    /// Whether somebody just signed out.
    pub left: bool,
    /// Whether a sign-in waited too long for its code, or had too many wrong ones.
    pub is_over: bool,
}

/// The page.
#[component]
pub fn SignInPage(
    /// What it shows.
    page: SignIn,
) -> impl IntoView {
    let SignIn { personas, email, refused, back, provider, left, is_over } = page;
    let demo = !personas.is_empty();
    let (structures, services): (Vec<_>, Vec<_>) =
        personas.into_iter().partition(|a| a.role.is_siae());
    let people = demo.then(|| {
        view! {
            <section class="stack" aria-labelledby="demo">
                <div>
                    <h2 id="demo">"Entrer dans la démonstration"</h2>
                    <p class="soft">"Choisissez une personne. Vous pourrez en changer à tout moment."</p>
                </div>
                <form method="post" action=routes::PERSONA class="stack">
                    <input type="hidden" name="retour" value=back.clone() />
                    <People title="Dans une structure" accounts=structures />
                    <People title="Dans un service de l'État" accounts=services />
                    <SharedComputer id="partage-demo" />
                </form>
            </section>
        }
    });
    let main_is_local = !demo && provider.is_none();
    let by_provider = provider.map(|name| {
        view! {
            <section class="card pad stack" aria-labelledby="proconnect">
                <h2 id="proconnect">"Se connecter avec son compte professionnel"</h2>
                <ProConnect name back=back.clone() invitation=String::new() />
            </section>
        }
    });
    let left = left.then(|| view! { <p class="note" role="status">"Vous êtes déconnecté."</p> });
    let over = is_over.then(|| {
        view! { <p class="error" role="alert">{text::french("Le code n'est pas venu à temps, ou trop de codes étaient faux : recommencez avec votre mot de passe.")}</p> }
    });
    let error = refused.then(|| {
        view! {
            <p class="error" id="refus" role="alert">
                "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, puis réessayez."
            </p>
        }
    });
    let local = view! {
        <section class="card pad stack" aria-labelledby="compte">
            <h2 id="compte">"Se connecter avec un compte"</h2>
            {error}
            {over}
            <form method="post" action=routes::SIGN_IN class="stack">
                <input type="hidden" name="retour" value=back />
                <div class="field">
                    <label for="courriel">"Courriel"</label>
                    <div class="field-body">
                        <input class="input" id="courriel" name="courriel" type="email" autocomplete="username" required=true value=email />
                    </div>
                </div>
                <div class="field">
                    <label for="mot-de-passe">"Mot de passe"</label>
                    <div class="field-body">
                        <input class="input" id="mot-de-passe" name="mot_de_passe" type="password" autocomplete="current-password" required=true />
                    </div>
                </div>
                <SharedComputer id="partage" />
                <p><button class=if main_is_local { "btn btn-main" } else { "btn" } type="submit">"Se connecter"</button></p>
            </form>
        </section>
    };
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Le dossier de conventionnement, sans ressaisie"</h1>
                <p class="lead">
                    "Une seule trame pour toutes les structures de l'insertion par l'activité économique : préparée avec ce que l'État sait déjà, enregistrée à chaque mot, déposée en ligne."
                </p>
            </header>
            {left}
            {by_provider}
            {people}
            {local}
        </div>
    }
}

/// The button of the provider of identities, in its official words. A link to our own page, which
/// leads there: a form could not, under our policy.
#[component]
pub fn ProConnect(
    /// What the provider is called.
    name: String,
    /// Where to go afterwards.
    back: String,
    /// The secret of the invitation that brings the person; empty without one.
    invitation: String,
) -> impl IntoView {
    let about = (name == "ProConnect").then(|| {
        view! {
            <p><a href="https://www.proconnect.gouv.fr/" target="_blank" rel="noopener noreferrer">
                {text::french("Qu'est-ce que ProConnect ?")}
                <span class="sr-only">" (nouvelle fenêtre)"</span>
            </a></p>
        }
    });
    view! {
        <form method="get" action=routes::PROVIDER class="stack">
            {(!back.is_empty()).then(|| view! { <input type="hidden" name="retour" value=back /> })}
            {(!invitation.is_empty()).then(|| view! { <input type="hidden" name="invitation" value=invitation /> })}
            <SharedComputer id="partage-proconnect" />
            <p><button class="btn btn-main btn-proconnect" type="submit">
                <span>"S'identifier avec "<strong>{name}</strong></span>
            </button></p>
        </form>
        {about}
    }
}

/// Says that the computer is not one's own.
#[component]
pub fn SharedComputer(
    /// Id of its box.
    id: &'static str,
) -> impl IntoView {
    view! {
        <label class="choice" for=id>
            <input type="checkbox" id=id name="partage" value="1" />
            <span>"Ordinateur partagé : ne rien garder sur cet appareil"</span>
        </label>
    }
}

/// Personas as large buttons.
#[component]
fn People(title: &'static str, accounts: Vec<Account>) -> impl IntoView {
    let cards = accounts
        .into_iter()
        .map(|account| {
            view! {
                <li>
                    <button class="persona" type="submit" name="compte" value=account.id.to_string()>
                        <strong>{account.name}</strong>
                        <span>{account.title}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{title}</h3>
        <ul class="personas">{cards}</ul>
    }
}
