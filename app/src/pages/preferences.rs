//! What a person receives by mail, and turning it off by the link of a message.

use dossier::notice::{Pace, Topic};
use leptos::prelude::*;
use service::mail::Outgoing;
use ui::{Icon, IconName, Tag};

use crate::{mails, routes, text};

/// The page.
#[component]
pub fn PreferencesPage(
    /// What may be chosen, with what was.
    choices: Vec<(Topic, Pace)>,
    /// Where they are sent.
    email: String,
    /// Whether choices were just kept.
    saved: bool,
    /// What becomes of messages here.
    outgoing: Outgoing,
) -> impl IntoView {
    let place = match outgoing {
        Outgoing::Sent => view! { <p>{text::french(&format!("Ils sont envoyés à {email}."))}</p> }.into_any(),
        Outgoing::Shown => view! {
            <p class="note">
                "Ceci est une démonstration : aucun courriel ne part. "
                <a href=routes::OUTBOX>"Lire ceux que vous auriez reçus"</a>
            </p>
        }
        .into_any(),
        Outgoing::Off => view! {
            <p class="note">{text::french("Ce serveur n'envoie pas de courriels pour l'instant. Vos choix sont gardés.")}</p>
        }
        .into_any(),
    };
    let saved = saved.then(|| {
        view! { <p class="note note-sauge" role="status"><strong>"Vos choix sont enregistrés."</strong></p> }
    });
    let questions = choices.into_iter().map(|(topic, pace)| view! { <Question topic pace /> });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>"Mes courriels"</h1>
                <p class="lead">{text::french("Choisissez ce que Trame vous envoie. Un courriel dit ce qu'il y a à faire et y mène ; il ne contient jamais vos réponses.")}</p>
            </header>
            {saved}
            {place}
            <form method="post" action=routes::PREFERENCES class="card pad stack">
                {questions.collect_view()}
                <p><button type="submit" class="btn btn-main">"Enregistrer mes choix"</button></p>
            </form>
            <p class="soft">{text::french("Ce qu'une même personne fait d'affilée sur un dossier tient dans un seul courriel, quelques minutes après. Tout reste lisible dans Trame, que vous receviez ou non un courriel.")}</p>
        </div>
    }
}

#[component]
fn Question(topic: Topic, pace: Pace) -> impl IntoView {
    let (name, what) = mails::topic(topic);
    let hint = format!("aide-{}", topic.code());
    let described = hint.clone();
    let body = if topic.may_be_off() {
        let choices = topic.choices().iter().map(|choice| {
            view! {
                <label class="choice">
                    <input type="radio" name=topic.code() value=choice.code() checked={*choice == pace} />
                    <span>{said(topic, *choice)}</span>
                </label>
            }
        });
        view! { <div class="choices choices-row">{choices.collect_view()}</div> }.into_any()
    } else {
        view! {
            <p>
                <Tag tone="" icon=IconName::Lock text="Toujours, aussitôt" />
                " "
                <span class="soft">{text::french("Une décision ouvre des délais : elle est toujours annoncée, cela ne se désactive pas.")}</span>
            </p>
        }
        .into_any()
    };
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="label">{name}</legend>
            <p class="hint" id=hint>{text::french(what)}</p>
            <div class="field-body">{body}</div>
        </fieldset>
    }
}

/// What a choice is called.
const fn said(topic: Topic, pace: Pace) -> &'static str {
    match (topic, pace) {
        (Topic::Deadlines, Pace::AtOnce) => "Me prévenir",
        (_, Pace::AtOnce) => "Aussitôt",
        (_, Pace::Daily) => "Une fois par jour, le matin",
        (_, Pace::Never) => "Jamais",
    }
}

/// Turning messages off without signing in.
#[component]
pub fn UnsubscribePage(
    /// Which messages.
    topic: Topic,
    /// What was just done: turned off, or on again.
    done: Option<bool>,
    /// Where this is posted.
    action: String,
) -> impl IntoView {
    let (name, what) = mails::topic(topic);
    let (heading, lead) = match done {
        None => (
            "Ne plus recevoir ces courriels ?",
            format!("Il s'agit de « {name} ». {what} Vous les lirez toujours dans Trame."),
        ),
        Some(true) => (
            "Vous ne recevrez plus ces courriels",
            format!("« {name} » ne vous sera plus envoyé. Tout reste lisible dans Trame."),
        ),
        Some(false) => (
            "Vous recevrez de nouveau ces courriels",
            format!("« {name} » vous sera envoyé comme avant."),
        ),
    };
    let button = if done == Some(true) {
        view! {
            <input type="hidden" name="reprendre" value="oui" />
            <button type="submit" class="btn"><Icon name=IconName::Undo />"Les recevoir de nouveau"</button>
        }
        .into_any()
    } else {
        view! { <button type="submit" class="btn btn-main">"Ne plus les recevoir"</button> }
            .into_any()
    };
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>{text::french(heading)}</h1>
                <p class="lead" role="status">{text::french(&lead)}</p>
            </header>
            <form method="post" action=action><p>{button}</p></form>
            <p><a href=routes::PREFERENCES>"Choisir tout ce que je reçois"</a>{text::french(" (il faut se connecter)")}</p>
        </div>
    }
}
