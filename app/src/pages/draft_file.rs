//! A copy of the draft in a file: saved, and opened again.

use dossier::draft_file::Merge;
use form::{At, Revision};
use leptos::prelude::*;
use service::DossierHead;
use ui::{Icon, IconName};

use super::Crumbs;
use crate::{
    draft::{Conflict, file, name_of},
    routes, text,
    unchanged::fingerprint,
};

/// Saving a copy, and opening one. With script, the copy holds what this device has not sent, and is
/// merged on the step, also without network.
#[component]
pub fn DraftFiles(
    /// The dossier.
    id: String,
    /// Who reads the page.
    account: String,
) -> impl IntoView {
    view! {
        <section class="card pad stack" id="copie" data-dossier=id.clone() data-compte=account>
            <h2 class="h3">"Une copie de ce brouillon"</h2>
            <p class="soft">"Un fichier à garder, pour travailler sans réseau ou passer d'un ordinateur à l'autre. Il contient toutes les réponses : rangez-le en lieu sûr."</p>
            <p><a class="btn" href=routes::draft_file(&id) download="" data-copie="/copie.js">"Enregistrer une copie"</a></p>
            <form method="post" action=routes::open_draft_file(&id) enctype="multipart/form-data" class="stack">
                <div class="field">
                    <label for="fichier">"Reprendre une copie"</label>
                    <p class="hint" id="aide-fichier">"Ses réponses s'ajoutent à celles du dossier. Aucune n'est remplacée sans vous."</p>
                    <div class="field-body">
                        <input type="file" class="input" id="fichier" name="fichier" accept=".json,application/json" required=true aria-describedby="aide-fichier" />
                    </div>
                </div>
                <p class="error" role="alert" hidden=true></p>
                <p><button type="submit" class="btn">"Reprendre cette copie"</button></p>
            </form>
        </section>
    }
}

/// A file that was opened without script.
pub struct Opened {
    /// The dossier.
    pub head: DossierHead,
    /// Its form.
    pub form: &'static Revision,
    /// The answers, with what the file brought.
    pub answers: form::Answers,
    /// What it brought.
    pub merge: Merge,
    /// The texts of the file that nobody wrote yet, and what stands in their place.
    pub choices: Vec<(At, String, Conflict)>,
    /// Texts that could not be kept.
    pub refused: Vec<(At, String)>,
}

/// What a file brought: what was added, what is to be chosen.
#[component]
pub fn OpenedPage(
    /// What it shows.
    opened: Opened,
) -> impl IntoView {
    let Opened { head, form, answers, merge, choices, refused } = opened;
    let id = head.id.to_string();
    let shown = |at: &At, raw: &str| {
        let kind = form.place(&at.field).map(|place| &place.field.kind);
        let said = kind.map_or_else(|| "Ligne".to_owned(), |kind| kind.display_raw(raw));
        if said.trim().is_empty() { "Rien".to_owned() } else { said }
    };
    let step = |at: &At| {
        let section = form.section_of(&at.field).map_or("", |section| section.id.as_ref());
        routes::step(&id, section)
    };
    let choices: Vec<_> = choices
        .iter()
        .map(|(at, ours, theirs)| {
            // The post of a step, of one answer: written over what is shown here, knowingly.
            let seen = format!("{at}:{}:{:x}", theirs.version, fingerprint(&theirs.theirs));
            view! {
                <li class="card pad stack">
                    <h3>{name_of(form, &answers, at)}</h3>
                    <dl class="facts">
                        <div><dt>{format!("Dans le dossier, par {}", theirs.by)}</dt><dd>{shown(at, &theirs.theirs)}</dd></div>
                        <div><dt>"Dans la copie"</dt><dd>{shown(at, ours)}</dd></div>
                    </dl>
                    <form method="post" action=step(at)>
                        <input type="hidden" name="_vu" value=seen />
                        <input type="hidden" name=at.to_string() value=ours.clone() />
                        <button type="submit" class="btn btn-s" name="_garder" value=at.to_string()>"Prendre celle de la copie"</button>
                    </form>
                </li>
            }
        })
        .collect();
    let choices = (!choices.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h2>"À choisir"</h2>
                <p class="soft">"Sans choix de votre part, le dossier garde ce qu'il dit."</p>
                <ul class="plain stack">{choices}</ul>
            </section>
        }
    });
    let list = |title: &'static str, items: Vec<AnyView>| {
        (!items.is_empty()).then(|| {
            view! { <section class="card pad"><h2 class="h3">{title}</h2><ul class="problems">{items}</ul></section> }
        })
    };
    let added = merge.added.iter().filter(|at| form.place(&at.field).is_some()).map(|at| {
        let there = format!("{}#champ-{at}", step(at));
        let raw = answers.raw(&at.field, &at.row);
        view! {
            <li>
                <a href=there>{name_of(form, &answers, at)}</a>
                " " <span class="soft">{shown(at, raw)}</span>
                " " <a href=routes::history_of(&id, at)>"Revenir en arrière"</a>
            </li>
        }
        .into_any()
    });
    let added = added.collect();
    let homeless = refused.iter().chain(&merge.unknown).map(|(at, raw)| {
        let name = name_of(form, &answers, at);
        view! { <li>{name} " " <span class="soft">{raw.clone()}</span></li> }.into_any()
    });
    let homeless = homeless.collect();
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head=head.clone() />
                <h1>"Votre copie est reprise"</h1>
                <p class="lead">{file::told(form, &merge)}</p>
            </header>
            {choices}
            {list("Réponses ajoutées", added)}
            {list("Textes sans place dans ce dossier", homeless)}
            <p><a class="btn btn-main" href=routes::dossier(&id)><Icon name=IconName::ArrowLeft />{text::french("Revenir au dossier")}</a></p>
        </div>
    }
}
