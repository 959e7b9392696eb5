//! Answers to read: a deposit as it was, rendered from its own revision.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use dossier::{note::is_text, reading::Lens};
use form::{Answers, At, Body, FieldDef, Kind, Revision, Table};
use leptos::prelude::*;
use service::attachments::Frozen;

use super::{attachment::size, instruction::margin::Margin};
use crate::routes;

/// Documents of a deposit, by place.
pub type Deposited = BTreeMap<String, Frozen>;

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
    /// The documents that were deposited.
    files: Deposited,
    /// What stands beside the answers, for who instructs: then what was left empty shows too.
    #[prop(optional)]
    margin: Option<Margin>,
    /// The question that it is read for; nothing shows the whole dossier.
    #[prop(default = None)]
    lens: Option<Lens>,
    /// The answers and rows that are read alone; nothing for all of them.
    #[prop(default = None)]
    only: Option<BTreeSet<At>>,
) -> impl IntoView {
    let page = Page { answers, masked, files, margin, only };
    let answers = &page.answers;
    form.sections
        .iter()
        .filter(|section| section.visible.holds(answers, ""))
        .map(|section| {
            let cards: Vec<AnyView> = section
                .groups
                .iter()
                .filter(|group| group.visible.holds(answers, ""))
                .filter(|group| lens.as_ref().is_none_or(|lens| lens.holds(&section.id, &group.id)))
                .filter_map(|group| match &group.body {
                    Body::Fields(fields) => page.fields(&group.title, fields),
                    Body::Table(table) => page.table(&group.title, table),
                })
                .collect();
            let at = At::once(&section.id);
            let beside = page.margin.as_ref().map(|margin| margin.above(&at, "toute l'étape"));
            (!cards.is_empty()).then(|| {
                view! {
                    <section class="card pad stack" id=format!("rep-{}", section.id)>
                        <h3>{section.title.to_string()}</h3>
                        {beside}
                        {cards}
                    </section>
                }
            })
        })
        .collect_view()
}

/// What is shown, and how.
struct Page {
    answers: Answers,
    masked: bool,
    files: Deposited,
    margin: Option<Margin>,
    only: Option<BTreeSet<At>>,
}

impl Page {
    fn holds(&self, at: &At) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(at))
    }

    fn beside(&self, at: &At, name: &str) -> Option<AnyView> {
        self.margin.as_ref().map(|margin| margin.beside(at, name))
    }

    fn details(&self, at: &At) -> Option<String> {
        self.margin.as_ref().and_then(|margin| margin.details(at))
    }

    fn shown(&self, def: &FieldDef, row: &str) -> AnyView {
        match self.answers.raw(&def.id, row) {
            "" => "—".into_any(),
            _ if self.masked && def.sensitive => "••••".into_any(),
            raw if def.kind == Kind::File => self.file(&At::in_row(&def.id, row), raw),
            raw => {
                let said = def.kind.display_raw(raw);
                let at = At::in_row(&def.id, row);
                match &self.margin {
                    Some(margin) if is_text(margin.form, &at) => margin.quoted(&at, said),
                    _ => said.into_any(),
                }
            }
        }
    }

    /// A document as it was deposited; before there were any, only a name was given.
    fn file(&self, at: &At, name: &str) -> AnyView {
        let Some(file) = self.files.get(&at.to_string()) else {
            return view! { {name.to_owned()} " " <span class="soft">"(document non joint)"</span> }
                .into_any();
        };
        let print = file.sha256.get(..12).unwrap_or_default().to_owned();
        view! {
            <a class="words" href=routes::file(file.id.as_str()) target="_blank" rel="noopener">{name.to_owned()}</a>
            " "
            <span class="soft">{size(file.size)} ", empreinte " <span class="num" title=file.sha256.clone()>{print}</span></span>
        }
        .into_any()
    }

    fn fields(&self, title: &str, fields: &[Cow<'static, FieldDef>]) -> Option<AnyView> {
        let said =
            |def: &FieldDef| self.margin.is_some() || !self.answers.raw(&def.id, "").is_empty();
        let rows: Vec<_> = fields
            .iter()
            .filter(|def| def.is_put(&self.answers, "") && said(def))
            .filter(|def| self.holds(&At::once(&def.id)))
            .map(|def| {
                let at = At::once(&def.id);
                let id = self.margin.as_ref().map(|_| format!("rep-{at}"));
                view! {
                    <div id=id>
                        <dt>{def.label.to_string()}</dt>
                        <dd aria-details=self.details(&at)>{self.shown(def, "")} {self.beside(&at, &def.label)}</dd>
                    </div>
                }
            })
            .collect();
        (!rows.is_empty()).then(|| {
            view! { <div><h4>{title.to_owned()}</h4><dl class="facts">{rows}</dl></div> }.into_any()
        })
    }

    fn table(&self, title: &str, table: &Table) -> Option<AnyView> {
        let answers = &self.answers;
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
            .filter(|row| self.holds(&At::in_row(&table.id, row)))
            .map(|row| self.row(table, &columns, row))
            .collect();
        let heads = columns
            .iter()
            .map(|def| {
                let class = if def.kind.is_number() { "r" } else { "" };
                view! { <th scope="col" class=class>{def.label.to_string()}</th> }
            })
            .collect_view();
        let corner = table.is_grid().then(|| view! { <th scope="col">"Ligne"</th> });
        let notes = self.margin.as_ref().map(|_| view! { <th scope="col">"Annotations"</th> });
        (!rows.is_empty()).then(|| {
            view! {
                <div>
                    <h4>{title.to_owned()}</h4>
                    <div class="scroll-x" tabindex="0" role="region" aria-label=title.to_owned()>
                        <table class="tbl cards">
                            <thead><tr>{corner}{heads}{notes}</tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </div>
            }
            .into_any()
        })
    }

    fn row(&self, table: &Table, columns: &[&FieldDef], row: &str) -> AnyView {
        let line = table.lines.iter().find(|line| line.id == row);
        let head = line.map(|line| view! { <th scope="row">{line.label.to_string()}</th> });
        let cells = columns
            .iter()
            .map(|def| {
                let class = if def.kind.is_number() { "r" } else { "" };
                let details = self.details(&At::in_row(&def.id, row));
                view! { <td class=class data-l=def.label.to_string() aria-details=details>{self.shown(def, row)}</td> }
            })
            .collect_view();
        let at = At::in_row(&table.id, row);
        let name = self.answers.name_of_row(table, row).unwrap_or_default();
        let id = self.margin.as_ref().map(|_| format!("rep-{at}"));
        let notes = self.margin.as_ref().map(|margin| {
            let cells = columns.iter().map(|def| margin.notes_on(&At::in_row(&def.id, row)));
            let cells = cells.collect_view();
            view! { <td data-l="Annotations">{cells} {margin.beside_row(&at, &name, columns)}</td> }
        });
        view! { <tr id=id>{head}{cells}{notes}</tr> }.into_any()
    }
}
