//! Tables: grids of fixed lines with live totals, and rows that people add and remove.

use form::{Answers, At, FieldDef, Group, Kind, Line, Table, number};
use leptos::{either::Either, prelude::*};
use ui::{Icon, IconName};

use super::{
    cell::{Calculation, CellLine, cell_at},
    closed::Reopen,
    field::{FieldView, Input, ProblemLine},
    gap::GapView,
    paste::PastePreview,
    two_values::TwoValues,
};
use crate::{draft::Draft, text};

/// Value of a line in a column, in the smallest unit; `None` when nothing is filled. Computed lines
/// add up others, recursively.
pub fn line_value(table: &Table, line: &Line, column: &FieldDef, answers: &Answers) -> Option<i64> {
    if !line.is_computed() {
        let canonical = column.kind.canonical(answers.raw(&column.id, &line.id)).ok()?;
        return number::parse_scaled(&canonical, decimals(&column.kind)).ok();
    }
    let mut total = None;
    for id in line.sum.iter() {
        let (sign, id) = id.strip_prefix('-').map_or((1, id.as_ref()), |id| (-1, id));
        let part = table.lines.iter().find(|line| line.id == id);
        if let Some(value) = part.and_then(|part| line_value(table, part, column, answers)) {
            total = Some(total.unwrap_or(0) + sign * value);
        }
    }
    total
}

fn decimals(kind: &Kind) -> u32 {
    if matches!(kind, Kind::Integer { .. }) { 0 } else { 2 }
}

fn shown(kind: &Kind, value: Option<i64>) -> String {
    let Some(value) = value else { return "—".to_owned() };
    match kind {
        Kind::Money { .. } => number::euros(value),
        other => number::display_scaled(value, decimals(other)),
    }
}

/// The questions of a table that are put, in the order of their columns.
pub fn columns_of(draft: Draft, table: &'static Table) -> Vec<&'static FieldDef> {
    let columns = table.columns.iter().map(AsRef::as_ref);
    draft.answers.with_untracked(|answers| {
        let put = |def: &&FieldDef| {
            if table.is_grid() { def.is_put(answers, "") } else { def.asked.holds(answers, "") }
        };
        columns.filter(put).collect()
    })
}

/// A grid of fixed lines.
#[component]
pub fn GridView(
    /// The draft.
    draft: Draft,
    /// Its card.
    group: &'static Group,
    /// The table.
    table: &'static Table,
) -> impl IntoView {
    let columns = columns_of(draft, table);
    let heads = columns
        .iter()
        .map(|def| view! { <th scope="col" class="r">{def.label.as_ref()}</th> })
        .collect_view();
    let lines: Vec<&'static Line> = table
        .lines
        .iter()
        .filter(|line| draft.answers.with_untracked(|answers| line.visible.holds(answers, "")))
        .collect();
    let body = lines
        .into_iter()
        .map(|line| {
            let cells = columns
                .iter()
                .map(|def| view! { <Cell draft table line def=*def /> })
                .collect_view();
            let class = match (line.is_computed(), line.detail) {
                (true, _) => "total",
                (_, true) => "detail",
                _ => "",
            };
            let span = columns.len() + 1;
            let below = columns.iter().map(|def| {
                let at = At::in_row(&def.id, &line.id);
                view! {
                    <ProblemLine draft at=at.clone() />
                    <TwoValues draft at def=*def name=def.label.as_ref() />
                }
            });
            let below = below.collect_view();
            view! {
                <tr class=class>
                    <th scope="row">{line.label.as_ref()} <Calculation table line /></th>
                    {cells}
                </tr>
                {(!line.is_computed()).then(|| view! {
                    <tr class="problem-row"><td colspan=span.to_string()>{below}</td></tr>
                })}
            }
        })
        .collect_view();
    let cell = RwSignal::new(None);
    view! {
        <PastePreview draft table />
        <div class="grid-scroll" on:focusin=move |event| cell.set(cell_at(&event).or(cell.get_untracked()))>
            <table class="tbl fill">
                <caption class="sr-only">{group.title.as_ref()}</caption>
                <thead>
                    <tr><th scope="col">"Ligne"</th>{heads}</tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        <CellLine draft cell />
    }
}

/// A cell to fill, or a computed one.
#[component]
fn Cell(
    draft: Draft,
    table: &'static Table,
    line: &'static Line,
    def: &'static FieldDef,
) -> impl IntoView {
    let label = def.label.to_string();
    if line.is_computed() {
        let value = Memo::new(move |_| {
            draft.answers.with(|answers| shown(&def.kind, line_value(table, line, def, answers)))
        });
        return Either::Left(
            view! { <td class="r" data-l=label><output>{move || value.get()}</output></td> },
        );
    }
    let at = At::in_row(&def.id, &line.id).to_string();
    let last = draft
        .opening
        .with_value(|opening| opening.last_year.get(&at).cloned())
        .map(|value| {
            let (before, at) = (value.clone(), At::in_row(&def.id, &line.id));
            view! { <span class="y">"L'an dernier : " {value} " " <GapView draft def at before /></span> }
        });
    let waiting = {
        let at = At::parse(&at);
        Memo::new(move |_| {
            draft.answer(&at, |answer| {
                let from = answer.and_then(|answer| answer.provenance.as_ref());
                from.is_some_and(|from| from.standing == form::Standing::ToConfirm)
            })
        })
    };
    let confirm_label = format!("{}, {} : c'est juste", line.label, def.label);
    let anchor = format!("champ-{at}");
    Either::Right(view! {
        <td class="r" data-l=label id=anchor>
            <Input draft def row=line.id.to_string() name=format!("{}, {}", line.label, def.label) />
            <button
                type="submit"
                class="btn btn-s btn-cell"
                name="_confirmer"
                value=at
                aria-label=confirm_label
                hidden=move || !waiting.get()
            >
                <Icon name=IconName::Check />
                "C'est juste"
            </button>
            {last}
        </td>
    })
}

/// Rows that people add.
#[component]
pub fn RowsView(
    /// The draft.
    draft: Draft,
    /// The table.
    table: &'static Table,
) -> impl IntoView {
    let rows = Memo::new(move |_| {
        draft.answers.with(|answers| {
            answers.added_rows(&table.id).into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
    });
    let totals = table
        .totals
        .iter()
        .filter_map(|id| {
            table.columns.iter().map(AsRef::as_ref).find(|def: &&FieldDef| def.id == *id)
        })
        .map(|def: &'static FieldDef| {
            let value = Memo::new(move |_| shown(&def.kind, column_total(draft, table, def)));
            let unit = if matches!(def.kind, Kind::Percent) { "\u{a0}%" } else { "" };
            view! {
                <p class="row-total">
                    {text::french(&format!("Total {} : ", def.label))}
                    <output>{move || value.get()}</output>
                    {unit}
                </p>
            }
        })
        .collect_view();
    let full = move || rows.with(|rows| rows.len() >= table.max_rows as usize);
    let at = At::once(&table.id);
    let (id, value) = (table.id.to_string(), table.id.to_string());
    view! {
        <div class="rows" id=id tabindex="-1">
            <For each=move || rows.get() key=|row| row.clone() let:row>
                <RowView draft table rows row />
            </For>
            <p class="soft" hidden=move || rows.with(|rows| !rows.is_empty())>
                "Aucune ligne pour l'instant."
            </p>
            {totals}
            <PastePreview draft table />
            <ProblemLine draft at=at.clone() />
            {if draft.is_closed(&table.id) {
                let says = format!("Ajouter aussi : {}", table.row_name);
                Either::Left(view! { <p><Reopen draft at says /></p> })
            } else {
                Either::Right(view! {
                    <button type="submit" class="btn" name="_ajouter" value=value disabled=full>
                        <Icon name=IconName::Plus />
                        {format!("Ajouter : {}", table.row_name)}
                    </button>
                })
            }}
        </div>
    }
}

fn column_total(draft: Draft, table: &Table, def: &FieldDef) -> Option<i64> {
    draft.answers.with(|answers| {
        let mut total = None;
        for row in answers.added_rows(&table.id) {
            let canonical = def.kind.canonical(answers.raw(&def.id, row)).unwrap_or_default();
            if let Ok(value) = number::parse_scaled(&canonical, decimals(&def.kind)) {
                total = Some(total.unwrap_or(0) + value);
            }
        }
        total
    })
}

/// One row: its questions, a way to move it, and a way to remove it that can be undone.
#[component]
fn RowView(
    draft: Draft,
    table: &'static Table,
    rows: Memo<Vec<String>>,
    row: String,
) -> impl IntoView {
    let place = {
        let row = row.clone();
        Memo::new(move |_| {
            rows.with(|rows| (rows.iter().position(|r| *r == row).unwrap_or(0) + 1, rows.len()))
        })
    };
    let fields = columns_of(draft, table)
        .into_iter()
        .map(|def| view! { <FieldView draft def row=row.clone() /> })
        .collect_view();
    let mark = At::in_row(&table.id, &row).to_string();
    let name = table.row_name.as_ref();
    let act = |gesture: &'static str, icon: IconName, says: &'static str| {
        let hidden = move || gesture != "_retirer" && place.get().1 < 2;
        let at_end = move || {
            let (rank, count) = place.get();
            rank == match gesture {
                "_monter" => 1,
                "_descendre" => count,
                _ => 0,
            }
        };
        view! {
            <button type="submit" class="btn btn-s btn-quiet" name=gesture value=mark.clone() hidden=hidden disabled=at_end>
                <Icon name=icon />
                {says}
                <span class="sr-only">{move || format!(" : {name} {}", place.get().0)}</span>
            </button>
        }
    };
    view! {
        <fieldset class="row" id=format!("rang-{mark}") tabindex="-1">
            <legend>{move || format!("{} {}", capital(name), place.get().0)}</legend>
            <div class="row-fields">{fields}</div>
            {(!draft.is_closed(&mark)).then(|| view! {
                <p class="row-acts">
                    {act("_monter", IconName::ArrowUp, "Monter")}
                    {act("_descendre", IconName::ArrowDown, "Descendre")}
                    {act("_retirer", IconName::Trash, "Retirer")}
                </p>
            })}
        </fieldset>
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
