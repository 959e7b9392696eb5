//! A card of a step.

use dossier::form::derived;
use form::{Body, FieldDef, Group};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    can_change,
    field::{FieldView, FixedFacts},
    table::{GridView, RowsView},
};
use crate::{draft::Draft, text};

/// A card: its heading and its questions. Not rendered when it cannot appear in this dossier.
#[component]
pub fn GroupView(
    /// The draft.
    draft: Draft,
    /// The card.
    group: &'static Group,
) -> impl IntoView {
    let form = draft.revision();
    let holds = move || draft.answers.with(|answers| group.visible.holds(answers, ""));
    let changes = can_change(&group.visible, form);
    if !changes && !draft.answers.with_untracked(|answers| group.visible.holds(answers, "")) {
        return None;
    }
    let body = match &group.body {
        Body::Fields(fields) => {
            let put: Vec<_> = fields
                .iter()
                .filter(|def| {
                    let may_change = can_change(&def.visible, form);
                    draft.answers.with_untracked(|answers| {
                        def.asked.holds(answers, "")
                            && (may_change || def.visible.holds(answers, ""))
                    })
                })
                .map(AsRef::as_ref)
                .collect();
            let (fixed, asked): (Vec<_>, Vec<_>) = put.into_iter().partition(|def| def.fixed);
            let known =
                |def: &&FieldDef| !draft.answers.with_untracked(|a| a.raw(&def.id, "").is_empty());
            let fixed: Vec<_> = fixed.into_iter().filter(known).collect();
            if fixed.is_empty() && asked.is_empty() {
                return None;
            }
            let facts = (!fixed.is_empty()).then(|| view! { <FixedFacts draft fields=fixed /> });
            let questions = asked
                .into_iter()
                .map(|def| view! { <FieldView draft def row=String::new() /> })
                .collect_view();
            EitherOf3::A(view! { {facts} {questions} })
        }
        Body::Table(table) if table.is_grid() => {
            EitherOf3::B(view! { <GridView draft group table /> })
        }
        Body::Table(table) => EitherOf3::C(view! { <RowsView draft table /> }),
    };
    let results = Memo::new(move |_| draft.answers.with(|answers| derived::of(&group.id, answers)));
    let results = move || {
        let results = results.get();
        (!results.is_empty()).then(|| {
            let lines = results
                .into_iter()
                .map(|result| {
                    view! {
                        <div class="result">
                            <p><strong>{result.label}</strong><br /><span class="soft">{text::french(&result.how)}</span></p>
                            <p><output class="fig">{result.value}</output></p>
                        </div>
                    }
                })
                .collect_view();
            view! { <div class="stack results">{lines}</div> }
        })
    };
    let intro = (!group.intro.is_empty())
        .then(|| view! { <p class="soft">{text::french(&group.intro)}</p> });
    let title = format!("carte-{}", group.id);
    let labelled = title.clone();
    Some(view! {
        <section class="card pad stack" aria-labelledby=labelled hidden=move || changes && !holds()>
            <div>
                <h2 id=title>{group.title.as_ref()}</h2>
                {intro}
            </div>
            {body}
            {results}
        </section>
    })
}
