//! The form changed while a dossier was being filled: what that does to it, before and after.

use form::{Revision, migrate::Plan};
use leptos::prelude::*;
use service::following::{Aside, Crossroads, Way};
use ui::{Icon, IconName};

use super::Crumbs;
use crate::{draft::name_of, routes, text};

/// The page.
#[component]
pub fn FormChangePage(
    /// Where the draft stands.
    crossroads: Crossroads,
) -> impl IntoView {
    let Crossroads { draft, forth, back, aside, form } = crossroads;
    let id = draft.head.id.to_string();
    let (heading, lead) = match &forth {
        Some(way) if way.key.revision > draft.head.revision => (
            "Le formulaire national a changé",
            "Une nouvelle version est parue depuis que ce dossier est ouvert. Vos réponses vous suivent, et vous pourrez revenir en arrière jusqu'au dépôt.",
        ),
        Some(_) => (
            "Le complément de votre département a changé",
            "Vos réponses vous suivent, et vous pourrez revenir en arrière jusqu'au dépôt.",
        ),
        None => (
            "Le formulaire de ce dossier",
            "Ce dossier suit le formulaire en vigueur : il n'y a rien à changer.",
        ),
    };
    let offered = forth.map(|way| {
        let texts = texts_of(&way.plan, form.revision);
        view! { <Offer id=id.clone() way texts answers=draft.answers.clone() /> }
    });
    let back = back.map(|way| {
        view! {
            <form method="post" action=routes::form(&id) class="card pad stack">
                <h2 class="h3">"Revenir au formulaire précédent"</h2>
                <p>"Ce que vous avez écrit entre-temps reste gardé."</p>
                <input type="hidden" name="formulaire" value=way.key.to_string() />
                <p><button class="btn" type="submit"><Icon name=IconName::Undo />"Revenir au formulaire précédent"</button></p>
            </form>
        }
    });
    let kept = (!aside.is_empty()).then(|| view! { <Kept aside /> });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head=draft.head.clone() />
                <h1>{heading}</h1>
                <p class="lead">{text::french(lead)}</p>
            </header>
            {offered}
            {kept}
            {back}
            <p><a class="btn" href=routes::recap(&id)><Icon name=IconName::ArrowLeft />"Revenir au récapitulatif"</a></p>
        </div>
    }
}

/// The texts that a change sets aside, with their question.
fn texts_of(plan: &Plan, form: &Revision) -> Vec<(String, String)> {
    let question = |field: &str| form.place(field).map(|place| place.field.label.to_string());
    plan.aside
        .iter()
        .map(|(at, text)| (question(&at.field).unwrap_or_else(|| at.field.clone()), text.clone()))
        .collect()
}

/// What a change does, and the button.
#[component]
fn Offer(
    id: String,
    way: Way,
    texts: Vec<(String, String)>,
    answers: form::Answers,
) -> impl IntoView {
    let Way { key, form, plan } = way;
    let labels = |ids: &[String]| -> Vec<String> {
        let label = |id: &String| form.revision.place(id).map(|p| p.field.label.to_string());
        ids.iter().filter_map(label).collect()
    };
    let unfit = plan.unfit.iter().map(|(at, code)| {
        format!("{} : {}", name_of(form.revision, &answers, at), text::of_code(*code))
    });
    let lists = [
        ("Questions nouvelles", labels(&plan.added)),
        ("Questions dites autrement", labels(&plan.reworded)),
        ("Réponses à revoir", unfit.map(|line| text::french(&line)).collect()),
    ];
    let nothing = lists.iter().all(|(_, lines)| lines.is_empty()) && texts.is_empty();
    let nothing = nothing.then(|| view! { <p>"Aucune de vos réponses ne change."</p> });
    let lists = lists
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(heading, lines)| {
            let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
            view! { <div><h3>{heading}</h3><ul>{lines}</ul></div> }
        })
        .collect_view();
    let gone = (!texts.is_empty()).then(|| {
        view! {
            <div>
                <h3>"Réponses qui ne sont plus demandées"</h3>
                <p class="soft">"Elles restent gardées et visibles ici."</p>
                <Texts texts />
            </div>
        }
    });
    view! {
        <form method="post" action=routes::form(&id) class="card pad stack">
            <h2>"Ce qui change pour vous"</h2>
            {nothing}
            {lists}
            {gone}
            <input type="hidden" name="formulaire" value=key.to_string() />
            <p><button class="btn btn-main" type="submit">"Passer au nouveau formulaire"</button></p>
        </form>
    }
}

/// Answers that no question asks any more.
#[component]
fn Kept(aside: Vec<Aside>) -> impl IntoView {
    let texts = aside.into_iter().map(|Aside { question, text, .. }| (question, text)).collect();
    view! {
        <section class="card pad stack" aria-labelledby="gardees">
            <h2 id="gardees" class="h3">"Réponses gardées"</h2>
            <p class="soft">"Plus aucune question ne les demande : elles ne seront pas déposées."</p>
            <Texts texts />
        </section>
    }
}

/// Questions with their texts.
#[component]
fn Texts(texts: Vec<(String, String)>) -> impl IntoView {
    let lines = texts
        .into_iter()
        .map(
            |(question, text)| view! { <div><dt>{question}</dt><dd class="said">{text}</dd></div> },
        )
        .collect_view();
    view! { <dl class="facts">{lines}</dl> }
}
