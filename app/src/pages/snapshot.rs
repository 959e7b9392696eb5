//! Answers to read: a deposit as it was, rendered from its own revision.

use form::{Answers, Body, FieldDef, Revision, Table};
use leptos::prelude::*;

/// Every answer that counts, step by step. Sensitive ones are masked for those who are not of the
/// structure.
#[component]
pub fn SnapshotView(
    /// The revision that the deposit followed.
    form: &'static Revision,
    /// The deposited answers.
    answers: Answers,
    /// Whether sensitive answers are masked.
    masked: bool,
) -> impl IntoView {
    form.sections
        .iter()
        .filter(|section| section.visible.holds(&answers, ""))
        .map(|section| {
            let cards: Vec<AnyView> = section
                .groups
                .iter()
                .filter(|group| group.visible.holds(&answers, ""))
                .filter_map(|group| match &group.body {
                    Body::Fields(fields) => fields_view(&group.title, fields, &answers, masked),
                    Body::Table(table) => table_view(&group.title, table, &answers),
                })
                .collect();
            (!cards.is_empty()).then(|| {
                view! {
                    <section class="card pad stack">
                        <h3>{section.title.to_string()}</h3>
                        {cards}
                    </section>
                }
            })
        })
        .collect_view()
}

fn shown(def: &FieldDef, raw: &str, masked: bool) -> String {
    if raw.is_empty() {
        return "—".to_owned();
    }
    if masked && def.sensitive {
        return "••••".to_owned();
    }
    def.kind.display_raw(raw)
}

fn fields_view(
    title: &str,
    fields: &[std::borrow::Cow<'static, FieldDef>],
    answers: &Answers,
    masked: bool,
) -> Option<AnyView> {
    let rows: Vec<_> = fields
        .iter()
        .filter(|def| def.is_put(answers, "") && !answers.raw(&def.id, "").is_empty())
        .map(|def| {
            view! {
                <div>
                    <dt>{def.label.to_string()}</dt>
                    <dd>{shown(def, answers.raw(&def.id, ""), masked)}</dd>
                </div>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <div><h4>{title.to_owned()}</h4><dl class="facts">{rows}</dl></div> }.into_any()
    })
}

fn table_view(title: &str, table: &Table, answers: &Answers) -> Option<AnyView> {
    let columns: Vec<&FieldDef> = table
        .columns
        .iter()
        .map(AsRef::as_ref)
        .filter(|def: &&FieldDef| def.is_put(answers, ""))
        .collect();
    let filled = |row: &&str| columns.iter().any(|def| !answers.raw(&def.id, row).is_empty());
    let rows: Vec<_> = answers
        .rows(table)
        .into_iter()
        .filter(filled)
        .map(|row| {
            let head = table.lines.iter().find(|line| line.id == row).map(|line| line.label.to_string());
            let cells = columns
                .iter()
                .map(|def| {
                    let class = if def.kind.is_number() { "r" } else { "" };
                    view! { <td class=class data-l=def.label.to_string()>{shown(def, answers.raw(&def.id, row), false)}</td> }
                })
                .collect_view();
            view! { <tr>{head.map(|head| view! { <th scope="row">{head}</th> })}{cells}</tr> }
        })
        .collect();
    let heads = columns
        .iter()
        .map(|def| {
            let class = if def.kind.is_number() { "r" } else { "" };
            view! { <th scope="col" class=class>{def.label.to_string()}</th> }
        })
        .collect_view();
    let corner = table.is_grid().then(|| view! { <th scope="col">"Ligne"</th> });
    (!rows.is_empty()).then(|| {
        view! {
            <div>
                <h4>{title.to_owned()}</h4>
                <div class="scroll-x" tabindex="0" role="region" aria-label=title.to_owned()>
                    <table class="tbl cards">
                        <thead><tr>{corner}{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        }
        .into_any()
    })
}
