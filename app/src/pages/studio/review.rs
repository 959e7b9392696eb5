//! What a sketch says otherwise than the national form, to be read and printed.

use std::sync::Arc;

use form::{
    Cond, Revision,
    overlay::{Difference, review},
};
use leptos::prelude::*;
use service::studio::Opened;
use ui::{Icon, IconName, Tag};

use super::{Faults, Head, Tab, words};
use crate::{routes, text};

/// The page.
#[component]
pub fn ReviewPage(
    /// The sketch.
    opened: Arc<Opened>,
) -> impl IntoView {
    let id = opened.sketch.id.to_string();
    let all = review(opened.national, &opened.laid);
    let count = all.len();
    let mut steps: Vec<(&str, &str, Vec<AnyView>)> = Vec::new();
    for one in &all {
        let section = one.section();
        let line = difference(opened.national, &opened.laid, one);
        match steps.iter_mut().find(|(of, _, _)| *of == section.id) {
            Some((_, _, lines)) => lines.push(line),
            None => steps.push((&section.id, &section.title, vec![line])),
        }
    }
    let says = match count {
        0 => "Rien ne diffère du formulaire national pour l'instant.".to_owned(),
        1 => "Une différence avec le formulaire national.".to_owned(),
        count => format!("{count} différences avec le formulaire national."),
    };
    let steps = steps.into_iter().map(|(section, title, lines)| {
        let heading = format!("diff-{section}");
        let by = heading.clone();
        view! {
            <section class="card pad stack" aria-labelledby=by>
                <h2 class="h3" id=heading><a href=routes::sketch_step(&id, section)>{text::french(title)}</a></h2>
                <ul class="studio-review">{lines}</ul>
            </section>
        }
    });
    let steps: Vec<_> = steps.collect();
    let revision = opened.national.number;
    view! {
        <div class="wrap page narrow stack">
            <Head sketch=opened.sketch.clone() tab=Tab::Review title="Différences" />
            <p class="lead">{text::french(&says)}" "<span class="soft">{format!("Révision {revision}.")}</span></p>
            <Faults opened=Arc::clone(&opened) />
            {steps}
        </div>
    }
}

fn difference(old: &Revision, new: &Revision, one: &Difference<'_>) -> AnyView {
    let (tone, icon, says) = match one {
        Difference::StepAdded(_) => ("t-sauge", IconName::Plus, "Étape ajoutée"),
        Difference::CardAdded(..) => ("t-sauge", IconName::Plus, "Carte ajoutée"),
        Difference::QuestionAdded(..) => ("t-sauge", IconName::Plus, "Question ajoutée"),
        Difference::Reworded { .. } => ("t-gaude", IconName::Pencil, "Dite autrement"),
        Difference::Moved { .. } => ("t-guede", IconName::ArrowDown, "Déplacée"),
        Difference::Relaxed(..) => ("t-gaude", IconName::Check, "Rendue facultative"),
        Difference::Hidden(..) => ("t-terre", IconName::Lock, "Masquée"),
        Difference::Changed(..) => ("t-gaude", IconName::Pencil, "Modifiée"),
        Difference::Removed(..) => ("t-terre", IconName::Trash, "Retirée"),
    };
    let body = match one {
        Difference::StepAdded(section) => named(&section.title, &section.intro),
        Difference::CardAdded(_, group) => {
            let when = (group.visible != Cond::Always)
                .then(|| format!("Présente si {}.", words::cond(new, &group.visible)));
            named(&group.title, &when.unwrap_or_else(|| group.intro.to_string()))
        }
        Difference::QuestionAdded(_, field) => {
            let kind = format!("{}. {}", words::kind(&field.kind), words::put(new, field));
            let hint = text::french(&field.hint);
            view! {
                <p><strong>{text::french(&field.label)}</strong></p>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
                <p class="soft">{text::french(&kind)}</p>
            }
            .into_any()
        }
        Difference::Reworded { before, after, .. } => {
            let pair = |was: &str, is: &str| {
                (was != is).then(|| {
                    let gone = (!was.is_empty())
                        .then(|| view! { <p><del><span class="sr-only">"Avant : "</span>{text::french(was)}</del></p> });
                    let come = if is.is_empty() { "(plus rien)".to_owned() } else { text::french(is) };
                    view! { {gone}<p><ins><span class="sr-only">"Maintenant : "</span>{come}</ins></p> }
                })
            };
            let same = (before.label == after.label)
                .then(|| view! { <p><strong>{text::french(after.label)}</strong></p> });
            view! { {same}{pair(before.label, after.label)}{pair(before.hint, after.hint)} }
                .into_any()
        }
        Difference::Moved { label, after, .. } => {
            let place = after.map_or_else(
                || "Maintenant en premier.".to_owned(),
                |after| format!("Maintenant après « {after} »."),
            );
            named(label, &place)
        }
        Difference::Relaxed(_, field) | Difference::Hidden(_, field) => named(&field.label, ""),
        Difference::Removed(_, field) => named(&field.label, "Elle n'est plus dans le formulaire."),
        Difference::Changed(_, was, is) => {
            let told = |form: &Revision, field: &form::FieldDef| {
                format!("{}. {}", words::kind(&field.kind), words::put(form, field))
            };
            let lines = format!("Avant : {} Maintenant : {}", told(old, was), told(new, is));
            named(&is.label, &lines)
        }
    };
    view! { <li><p><Tag tone=tone icon=icon text=says /></p>{body}</li> }.into_any()
}

fn named(name: &str, more: &str) -> AnyView {
    let more = text::french(more);
    let more = (!more.is_empty()).then(|| view! { <p class="soft">{more}</p> });
    view! { <p><strong>{text::french(name)}</strong></p>{more} }.into_any()
}

/// A line of the review, for who publishes.
#[component]
pub fn ReviewLink(
    /// The sketch.
    id: String,
) -> impl IntoView {
    view! { <a class="btn" href=routes::sketch_page(&id, "differences")><Icon name=IconName::Eye />"Relire les différences"</a> }
}
