//! The code that is asked after a password: typing it, and what an application and paper are for.

use leptos::prelude::*;
use service::second_factor::Standing;
use ui::{Icon, IconName, Tag};

use super::qr::{Qr, QrCode};
use crate::{format, routes, text};

/// A sign-in that waits for a code.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// What finishes it.
    pub token: String,
    /// Where to go afterwards.
    pub back: String,
    /// Whether the computer is not the person's own.
    pub shared: bool,
    /// Whether a code was wrong.
    pub refused: bool,
}

/// The field of a code.
#[component]
fn CodeField(
    /// What is said below its label.
    hint: &'static str,
    /// Whether what was typed was wrong.
    refused: bool,
) -> impl IntoView {
    let error = refused.then(|| {
        view! { <p class="error" id="code-erreur" role="alert">{text::french("Ce code ne convient pas : il a changé, ou il a déjà servi. Attendez le suivant, puis réessayez.")}</p> }
    });
    let told = if refused { "code-aide code-erreur" } else { "code-aide" };
    view! {
        <div class="field">
            <label for="code">"Code"</label>
            <p class="hint" id="code-aide">{text::french(hint)}</p>
            {error}
            <div class="field-body">
                <input class="input w-m" id="code" name="code" inputmode="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" maxlength="20" required=true aria-describedby=told aria-invalid=refused.then_some("true") />
            </div>
        </div>
    }
}

/// Typing the code, after the password.
#[component]
pub fn CodePage(
    /// The sign-in.
    waiting: Waiting,
) -> impl IntoView {
    let Waiting { token, back, shared, refused } = waiting;
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Votre code de connexion"</h1>
                <p class="lead">{text::french("Votre mot de passe est juste. Il manque le code que votre application affiche en ce moment.")}</p>
            </header>
            <form method="post" action=routes::SIGN_IN_CODE class="card pad stack">
                <input type="hidden" name="jeton" value=token />
                <input type="hidden" name="retour" value=back />
                {shared.then(|| view! { <input type="hidden" name="partage" value="1" /> })}
                <CodeField hint="Six chiffres ; ou l'un de vos codes de secours, si vous n'avez pas votre téléphone." refused />
                <p><button type="submit" class="btn btn-main">"Se connecter"</button></p>
            </form>
            <p class="soft">
                {text::french("Plus de téléphone ni de codes de secours ? La personne qui administre Trame peut lever cette demande, après s'être assurée que c'est bien vous. ")}
                <a href=routes::SIGN_IN>"Revenir à la connexion"</a>
            </p>
        </div>
    }
}

/// What the page of the account shows.
#[derive(Clone, Debug)]
pub struct SecondFactor {
    /// How it stands.
    pub standing: Standing,
    /// The square, while a first code is waited for.
    pub qr: Option<Qr>,
    /// Codes on paper that were just made: they are shown once.
    pub paper: Vec<String>,
    /// Whether a code was wrong.
    pub refused: bool,
}

/// The page of the account.
#[component]
pub fn SecondFactorPage(
    /// What it shows.
    page: SecondFactor,
) -> impl IntoView {
    let SecondFactor { standing, qr, paper, refused } = page;
    let fresh = (!paper.is_empty()).then(|| view! { <Paper codes=paper /> });
    let body = match standing {
        Standing::Off => off().into_any(),
        Standing::Waiting { secret, .. } => view! { <First secret qr refused /> }.into_any(),
        Standing::On { since, paper } => {
            let since = format!("Demandé depuis le {}", format::moment(since));
            let left = text::count(paper, "code de secours restant", "codes de secours restants");
            view! {
                <section class="card pad stack" aria-label="État">
                    <p><Tag tone="t-sauge" icon=IconName::Check text="Activé" /></p>
                    <p>{text::french(&format!("{since}. {left}."))}</p>
                    <form method="post" action=routes::SECOND_FACTOR class="stack">
                        <CodeField hint="Pour changer quelque chose ici : le code de votre application, ou un code de secours." refused />
                        <p class="actions">
                            <button type="submit" class="btn" name="geste" value="secours">"Recevoir de nouveaux codes de secours"</button>
                            <button type="submit" class="btn btn-quiet" name="geste" value="arreter">"Ne plus demander de code"</button>
                        </p>
                    </form>
                </section>
            }
            .into_any()
        }
    };
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p><a href=routes::CONNECTIONS>"Mes connexions"</a></p>
                <h1>"Code à la connexion"</h1>
                <p class="lead">{text::french("Après votre mot de passe, un code que seul votre téléphone connaît : un mot de passe deviné ou volé ne suffit plus.")}</p>
            </header>
            {fresh}
            {body}
        </div>
    }
}

fn off() -> impl IntoView {
    view! {
        <form method="post" action=routes::SECOND_FACTOR class="card pad stack">
            <p>{text::french("Il faut une application de codes sur votre téléphone : celle de votre administration, ou par exemple FreeOTP, Aegis, Google Authenticator. Comptez deux minutes.")}</p>
            <p><button type="submit" class="btn btn-main" name="geste" value="commencer">"Commencer"</button></p>
        </form>
    }
}

/// The square, and the first code.
#[component]
fn First(secret: String, qr: Option<Qr>, refused: bool) -> impl IntoView {
    let secret: Vec<String> = secret
        .as_bytes()
        .chunks(4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect();
    view! {
        <section class="card pad stack" aria-labelledby="scanner">
            <h2 id="scanner">"1. Scannez ce carré avec l'application"</h2>
            <QrCode qr says="Carré à scanner avec l'application de codes" />
            <p class="soft">{text::french("Sans appareil photo, saisissez cette clé dans l'application : ")}<code>{secret.join(" ")}</code></p>
        </section>
        <form method="post" action=routes::SECOND_FACTOR class="card pad stack">
            <h2>"2. Recopiez le code qu'elle affiche"</h2>
            <CodeField hint="Six chiffres, qui changent toutes les trente secondes." refused />
            <p class="actions">
                <button type="submit" class="btn btn-main" name="geste" value="confirmer">"Activer"</button>
                <a class="btn btn-quiet" href=routes::CONNECTIONS>"Plus tard"</a>
            </p>
        </form>
    }
}

/// Codes on paper, the only time they are shown.
#[component]
fn Paper(codes: Vec<String>) -> impl IntoView {
    let codes = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    view! {
        <section class="card pad stack" role="status" aria-labelledby="secours">
            <h2 id="secours"><Icon name=IconName::Lock />" Vos codes de secours"</h2>
            <p>{text::french("Notez-les ou imprimez cette page, et gardez-les ailleurs que dans votre téléphone : ils ne seront plus montrés. Chacun sert une seule fois, le jour où l'application n'est pas là.")}</p>
            <ul class="plain paper-codes">{codes}</ul>
        </section>
    }
}
