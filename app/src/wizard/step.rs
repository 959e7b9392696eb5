//! A step of the wizard: the only part of the site that lives in the browser.

use form::Section;
use leptos::prelude::*;
use ui::{ErrorSummary, Icon, IconName};

use super::{group::GroupView, presence::PresenceLine, save_line::SaveLine, stepper::Stepper};
use crate::{
    draft::{Draft, minutes, name_of},
    routes, text, unchanged,
};

/// The wizard at one step. A real form: without script, each button posts the whole step.
#[component]
pub fn Wizard(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    draft.section().map(|section| view! { <Step draft section /> })
}

/// The step itself.
#[component]
fn Step(draft: Draft, section: &'static Section) -> impl IntoView {
    let dossier = draft.opening.with_value(|opening| opening.dossier.clone());
    let (before, after) = neighbours(draft, section);
    let seen = draft.answers.with_untracked(|answers| {
        draft.conflicts.with_untracked(|conflicts| unchanged::stamp(section, answers, conflicts))
    });
    let left = Memo::new(move |_| draft.checked.with(|checked| checked.of(&section.id)));
    let intro = move || {
        let left = left.get();
        let time = if left.is_done() {
            "Rien ne manque à cette étape.".to_owned()
        } else {
            format!("Environ {}\u{a0}min.", minutes(left))
        };
        format!("{} {time}", text::french(&section.intro))
    };
    let confirm_all = move || {
        let left = left.get();
        (left.to_confirm > 1).then(|| {
            view! {
                <p class="confirm-step">
                    <button type="submit" class="btn" name="_confirmer" value="_etape">
                        <Icon name=IconName::Check />
                        {format!("Confirmer les {} valeurs reprises", left.to_confirm)}
                    </button>
                    <span class="soft">"si rien n'a changé à cette étape"</span>
                </p>
            }
        })
    };
    let summary = move || {
        if !draft.show_missing.get() {
            return None;
        }
        let items: Vec<(String, String)> = draft
            .problems_of_step()
            .iter()
            .map(|p| (format!("#{}", p.at), named(draft, p)))
            .collect();
        (!items.is_empty()).then(|| view! { <ErrorSummary items /> })
    };
    let groups =
        section.groups.iter().map(|group| view! { <GroupView draft group /> }).collect_view();
    let action = routes::step(&dossier, &section.id);
    let back = before.map(|before| {
        view! {
            <a class="btn" href=routes::step(&dossier, &before.id)>
                <Icon name=IconName::ArrowLeft />
                {before.title.as_ref()}
            </a>
        }
    });
    let guest = draft.is_guest();
    let end = if guest { "J'ai terminé" } else { "Continuer vers le récapitulatif" };
    let next = after.map_or_else(
        || end.to_owned(),
        |after| text::french(&format!("Continuer : {}", lower(&after.title))),
    );
    let give = (!guest).then(|| {
        let href = routes::share_step(&dossier, &section.id);
        view! { <p class="give"><a href=href>"Confier cette étape"</a></p> }
    });
    let head = view! {
        <header class="step-head">
            <h1>{section.title.as_ref()}</h1>
            <p class="soft">{intro}</p>
            {give}
        </header>
    };
    let asked = draft.opening.with_value(|opening| {
        let count = u32::try_from(opening.asked.len()).unwrap_or(u32::MAX);
        let says = text::count(count, "point demandé", "points demandés");
        (count > 0).then(|| {
            let href = routes::asked(&opening.dossier);
            view! { <p class="note note-gaude"><strong>{says}</strong>" par la DDETS à cette étape. "<a href=href>"Voir et répondre"</a></p> }
        })
    });
    let closed = draft.opening.with_value(|opening| {
        (!opening.closed.is_empty())
            .then(|| view! { <p class="soft">{text::french("Le reste est comme vous l'avez déposé. « Modifier aussi » rouvre une réponse : la DDETS verra ce que vous changez.")}</p> })
    });
    let foot = view! {
        <div class="step-foot">
            {back}
            <button type="submit" class="btn btn-quiet" name="_enregistrer" value="rester">"Enregistrer"</button>
            <button type="submit" class="btn btn-main" name="_enregistrer" value="continuer">
                {next}
                <Icon name=IconName::ArrowRight />
            </button>
        </div>
    };
    view! {
        <div class="wrap wizard">
            <Stepper draft />
            <div class="stack">
                {head}
                {asked}
                {closed}
                <SaveLine draft />
                <PresenceLine draft />
                {summary}
                <p class="sr-only" id="annonce" role="status"></p>
                <form id="etape" class="stack" method="post" action=action novalidate=true autocomplete="off">
                    // The first button is what Enter does.
                    <button type="submit" class="sr-only" name="_enregistrer" value="rester" tabindex="-1" aria-hidden="true">"Enregistrer"</button>
                    <input type="hidden" name="_vu" value=seen />
                    {confirm_all}
                    {groups}
                    {foot}
                </form>
            </div>
        </div>
    }
}

/// Names the question before the sentence of its problem.
fn named(draft: Draft, problem: &form::Problem) -> String {
    let name = draft.answers.with(|answers| name_of(draft.revision(), answers, &problem.at));
    text::french(&format!("{name} : {}", text::problem(problem)))
}

/// The steps before and after, among those of this dossier.
fn neighbours(
    draft: Draft,
    section: &Section,
) -> (Option<&'static Section>, Option<&'static Section>) {
    let sections = draft.sections();
    let here = sections.iter().position(|s| s.id == section.id);
    let before = here.and_then(|i| i.checked_sub(1)).and_then(|i| sections.get(i).copied());
    let after = here.and_then(|i| sections.get(i + 1).copied());
    (before, after)
}

fn lower(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
