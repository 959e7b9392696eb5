//! The list of steps with what is left in each; every step is a link at any time.

use form::{Progress, Section};
use leptos::{either::Either, prelude::*};
use ui::{Counters, Icon, IconName};

use crate::{
    draft::{Checked, Draft, minutes},
    routes, text,
};

/// The steps of the dossier. On a phone the list is folded under the name of the present step.
#[component]
pub fn Stepper(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let (dossier, title, here) =
        draft.opening.with_value(|o| (o.dossier.clone(), o.title.clone(), o.section.clone()));
    let sections = draft.sections();
    let guest = draft.is_guest();
    let number = sections.iter().position(|s| s.id == here).unwrap_or(0) + 1;
    let steps = sections.len();
    let current = draft.section().map_or("", |section| section.title.as_ref());
    let items = sections
        .into_iter()
        .enumerate()
        .map(|(i, section)| {
            let href = routes::step(&dossier, &section.id);
            let present = (section.id == here).then_some("step");
            view! {
                <li>
                    <a href=href aria-current=present>
                        <span class="n">{i + 1}</span>
                        <span>{section.title.as_ref()}</span>
                        <Left draft section />
                    </a>
                </li>
            }
        })
        .collect_view();
    let total = Memo::new(move |_| draft.checked.with(Checked::total));
    let home = if guest { draft.after_all() } else { routes::HOME.to_owned() };
    let end = if guest { "Ce qui vous est confié" } else { "Aller au récapitulatif" };
    view! {
        <nav class="steps" aria-label="Étapes du dossier">
            <p class="crumbs"><a href=home>{if guest { "Dossier confié" } else { "Dossiers" }}</a></p>
            <p class="steps-title">{title}</p>
            <details class="steps-fold">
                <summary>
                    <span class="eyebrow">{format!("Étape {number} sur {steps}")}</span>
                    <span class="steps-here">{current}</span>
                </summary>
                <ol class="stepper">{items}</ol>
                <div class="steps-foot">
                    <p aria-live="off">{move || remains(total.get(), guest)}</p>
                    <a class="btn" href=draft.after_all()>{end}</a>
                </div>
            </details>
        </nav>
    }
}

/// "Il reste environ 25 min : 4 à écrire, 9 à confirmer, 1 problème."
pub fn remains(left: Progress, guest: bool) -> String {
    if left.is_done() && guest {
        return "Rien ne manque à ce qui vous est confié.".to_owned();
    }
    if left.is_done() {
        return "Tout est prêt : il reste à relire et à déposer.".to_owned();
    }
    let mut parts = Vec::new();
    if left.to_write > 0 {
        parts.push(format!("{}\u{a0}à écrire", left.to_write));
    }
    if left.to_confirm > 0 {
        parts.push(format!("{}\u{a0}à confirmer", left.to_confirm));
    }
    if left.problems > 0 {
        parts.push(text::count(left.problems, "problème", "problèmes"));
    }
    text::french(&format!("Il reste environ {}\u{a0}min : {}.", minutes(left), parts.join(", ")))
}

/// What is left in one step.
#[component]
fn Left(draft: Draft, section: &'static Section) -> impl IntoView {
    let left = Memo::new(move |_| draft.checked.with(|checked| checked.of(&section.id)));
    move || {
        let left = left.get();
        if left.is_done() {
            Either::Left(view! {
                <span class="counts">
                    <span class="done"><Icon name=IconName::Check /><span class="sr-only">"terminée"</span></span>
                </span>
            })
        } else {
            Either::Right(view! {
                <Counters to_write=left.to_write to_confirm=left.to_confirm problems=left.problems />
            })
        }
    }
}
