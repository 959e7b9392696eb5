//! Pages of the form studio. All of them are plain: what is pressed is posted, and the page comes back.

pub mod asking;
pub mod board;
pub mod home;
pub mod naming;
pub mod preview;
pub mod review;
pub mod simulation;
pub mod step;
mod typed;
pub mod versions;
pub mod words;

use form::overlay::Fault;
use leptos::prelude::*;
use service::studio::{Opened, Sketch};
use ui::{Icon, IconName, Tag};

use crate::{routes, text};

/// A page of a sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Its steps.
    Steps,
    /// What it says otherwise.
    Review,
    /// As people will see it.
    Preview,
    /// Its versions.
    Versions,
    /// What it would do.
    Simulation,
}

/// The head of each page of a sketch.
#[component]
pub fn Head(
    /// The sketch.
    sketch: Sketch,
    /// The page.
    tab: Tab,
    /// What the page is called, when it is not the sketch.
    #[prop(optional, into)]
    title: Option<String>,
    /// What comes between the sketch and this page.
    #[prop(optional)]
    under: Option<(String, String)>,
) -> impl IntoView {
    let id = sketch.id.to_string();
    let name = text::french(&sketch.last.overlay.title);
    let under = under.map(|(href, name)| view! { " › "<a href=href>{name}</a> });
    let is_root = title.is_none();
    let crumb =
        (!is_root).then(|| view! { " › "<a href=routes::sketch(&id)>{name.clone()}</a>{under} });
    let tabs = [
        (Tab::Steps, routes::sketch(&id), "Étapes"),
        (Tab::Review, routes::sketch_page(&id, "differences"), "Différences"),
        (Tab::Preview, routes::sketch_page(&id, "apercu"), "Aperçu"),
        (Tab::Versions, routes::sketch_page(&id, "versions"), "Versions"),
        (Tab::Simulation, routes::sketch_page(&id, "simulation"), "Simuler et publier"),
    ];
    let tabs = tabs.map(|(of, href, label)| {
        let here = (of == tab).then_some("page");
        view! { <li><a href=href aria-current=here>{label}</a></li> }
    });
    let standing = standing(&sketch);
    view! {
        <header class="stack">
            <div>
                <p class="crumbs"><a href=routes::STUDIO>{if sketch.is_variant() { "Variantes" } else { "Complément" }}</a>{crumb}</p>
                <h1>{title.map_or(name, |title| text::french(&title))}</h1>
                {is_root.then(|| view! { <p class="tags">{standing}</p> })}
            </div>
            <nav aria-label="Pages de ce formulaire"><ul class="studio-tabs">{tabs.to_vec()}</ul></nav>
        </header>
    }
}

/// How a sketch stands, as tags.
pub fn standing(sketch: &Sketch) -> AnyView {
    let whose = if sketch.is_variant() {
        "Variante, pour les ateliers".to_owned()
    } else {
        format!("Complément du département {}", sketch.department)
    };
    let (tone, icon, says) = match sketch.published.last() {
        _ if sketch.aside_at.is_some() => ("", IconName::Lock, "Rangé".to_owned()),
        None => ("", IconName::Pencil, "Brouillon".to_owned()),
        Some((_, key)) => {
            let number = key.overlay().map(|(_, number)| number).unwrap_or_default();
            if sketch.is_published() {
                ("t-sauge", IconName::Check, format!("Publié, édition {number}"))
            } else {
                ("t-gaude", IconName::Pencil, format!("Modifié depuis l'édition {number}"))
            }
        }
    };
    view! {
        <Tag tone=tone icon=icon text=says />" "
        <Tag tone="t-guede" icon=IconName::User text=whose />
    }
    .into_any()
}

/// What is wrong in the sketch, with a way to each place.
#[component]
pub fn Faults(
    /// The sketch.
    opened: std::sync::Arc<Opened>,
) -> impl IntoView {
    let id = opened.sketch.id.to_string();
    let faults = &opened.faults;
    let items = faults.iter().map(|fault| {
        let says = text::french(&words::fault(&opened, fault));
        match words::section_of(&opened, fault) {
            Some(section) => {
                let href = format!("{}#{}", routes::sketch_step(&id, section), fault.id);
                view! { <li><a href=href>{says}</a></li> }.into_any()
            }
            None => view! { <li>{says}</li> }.into_any(),
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        let count = text::count(
            u32::try_from(items.len()).unwrap_or(u32::MAX),
            "chose à corriger",
            "choses à corriger",
        );
        view! {
            <section class="note note-terre stack" aria-labelledby="fautes">
                <h2 class="h3" id="fautes">{count}</h2>
                <p>{text::french("Ce formulaire ne peut être ni vu en aperçu, ni publié tant qu'elles sont là.")}</p>
                <ul>{items}</ul>
            </section>
        }
    })
}

/// What is wrong at one place.
pub fn faults_at(opened: &Opened, id: &str) -> Option<AnyView> {
    let here: Vec<&Fault> = opened.faults.iter().filter(|fault| fault.id == id).collect();
    (!here.is_empty()).then(|| {
        let lines = here.into_iter().map(|fault| {
            let says = text::french(&sentence(fault));
            view! { <p class="error"><Icon name=IconName::Warning />{says}</p> }
        });
        lines.collect_view().into_any()
    })
}

/// A fault without its place.
pub fn sentence(fault: &Fault) -> String {
    let said = text::overlay::said(&fault.wrong);
    let mut letters = said.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
