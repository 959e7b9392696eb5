//! The studio: what is being made, and beginning something.

use dossier::form::revisions::FormKey;
use leptos::prelude::*;
use service::studio::{Bench, LONGEST_TITLE, Sketch};
use ui::{Icon, IconName};

use super::{standing, words};
use crate::{format, routes, text};

/// What was typed to begin something.
#[derive(Clone, Debug, Default)]
pub struct New {
    /// Its title.
    pub title: String,
    /// The département of a supplement.
    pub department: String,
    /// From where: the key of an edition, `fichier`, or nothing for the national form.
    pub from: String,
    /// What stands against it.
    pub refused: Option<String>,
}

/// The page.
#[component]
pub fn StudioPage(
    /// What this person makes.
    bench: Bench,
    /// What is there.
    sketches: Vec<Sketch>,
    /// What one may start from.
    starts: Vec<(FormKey, String)>,
    /// What was typed.
    new: New,
) -> impl IntoView {
    let variants = bench == Bench::Variants;
    let (title, lead) = if variants {
        (
            "Variantes du formulaire",
            "Essayer demain sans développeur : ajoutez, reformulez, déplacez, masquez. Une variante publiée se choisit quand on prépare un atelier ; aucun vrai dossier ne la suit.",
        )
    } else {
        (
            "Complément du département",
            "Huit questions au plus, ajoutées au formulaire national pour les structures de votre département. Un agent prépare, le signataire publie.",
        )
    };
    let (away, here): (Vec<Sketch>, Vec<Sketch>) =
        sketches.into_iter().partition(|sketch| sketch.aside_at.is_some());
    let empty = here.is_empty().then(|| {
        let says = if variants {
            "Aucune variante pour l'instant. Commencez la première : rien n'est publié sans vous."
        } else {
            "Rien n'est en préparation. Commencez par un titre : rien n'est publié sans le signataire."
        };
        view! { <p class="soft">{text::french(says)}</p> }
    });
    let here = here.into_iter().map(|sketch| view! { <li><Card sketch /></li> }).collect_view();
    let away = (!away.is_empty()).then(|| {
        let cards =
            away.into_iter().map(|sketch| view! { <li><Card sketch /></li> }).collect_view();
        view! {
            <details class="stack">
                <summary>"Ce qui est rangé"</summary>
                <ul class="plain stack">{cards}</ul>
            </details>
        }
    });
    view! {
        <div class="wrap page stack">
            <header>
                <h1>{title}</h1>
                <p class="lead">{text::french(lead)}</p>
            </header>
            <div class="home-columns">
                <section class="stack" aria-labelledby="en-cours">
                    <h2 id="en-cours">"En préparation et publié"</h2>
                    {empty}
                    <ul class="plain stack">{here}</ul>
                    {away}
                </section>
                <Begin bench starts new />
            </div>
        </div>
    }
}

/// A sketch in the list.
#[component]
fn Card(sketch: Sketch) -> impl IntoView {
    let last = &sketch.last;
    let did = words::change(last.change, &last.what);
    let says = format!("Version {}, {} : {did}", last.number, format::moment(last.at));
    let title = text::french(&last.overlay.title);
    let by = last.by_name.clone();
    view! {
        <article class="card pad stack">
            <h3><a href=routes::sketch(sketch.id.as_str())>{title}</a></h3>
            <p class="tags">{standing(&sketch)}</p>
            <p class="soft">{text::french(&says)}", "{by}</p>
        </article>
    }
}

/// Beginning one.
#[component]
fn Begin(bench: Bench, starts: Vec<(FormKey, String)>, new: New) -> impl IntoView {
    let New { title, department, from, refused } = new;
    let error = refused
        .map(|error| view! { <p class="error" role="alert" id="refus">{text::french(&error)}</p> });
    let options = starts.into_iter().map(|(key, title)| {
        let number = key.overlay().map(|(_, number)| number).unwrap_or_default();
        let key = key.to_string();
        let chosen = key == from;
        view! { <option value=key selected=chosen>{text::french(&format!("{title} (édition {number})"))}</option> }
    });
    let options: Vec<_> = options.collect();
    let of = match bench {
        Bench::Variants => None,
        Bench::Supplements(departments) => {
            let only = departments.len() == 1;
            let options = departments.into_iter().map(|code| {
                let chosen = only || code == department;
                view! { <option value=code.clone() selected=chosen>{code.clone()}</option> }
            });
            let options: Vec<_> = options.collect();
            Some(view! {
                <div class="field">
                    <label for="departement">"Département"</label>
                    <select class="input input-short" id="departement" name="departement">{options}</select>
                </div>
            })
        }
    };
    view! {
        <section class="card pad stack" aria-labelledby="commencer">
            <h2 class="h3" id="commencer">"Commencer"</h2>
            <form method="post" action=routes::STUDIO enctype="multipart/form-data" class="stack" autocomplete="off">
                {error}
                <div class="field">
                    <label for="titre">"Titre"</label>
                    <p class="hint" id="aide-titre">"Les gens le lisent : « Moyens humains, version courte »."</p>
                    <input class="input" id="titre" name="titre" type="text" required=true maxlength=LONGEST_TITLE.to_string() aria-describedby="aide-titre" value=title />
                </div>
                {of}
                <div class="field">
                    <label for="depart">"À partir de"</label>
                    <select class="input" id="depart" name="depart">
                        <option value="">"Formulaire national, tel quel"</option>
                        {options}
                        <option value="fichier" selected={from == "fichier"}>"Un fichier JSON, choisi ci-dessous"</option>
                    </select>
                </div>
                <div class="field">
                    <label for="fichier">"Fichier JSON "<span class="optional">"facultatif"</span></label>
                    <input class="input" id="fichier" name="fichier" type="file" accept="application/json,.json" />
                </div>
                <p><button class="btn btn-main" type="submit"><Icon name=IconName::Plus />"Commencer"</button></p>
            </form>
        </section>
    }
}
