//! What the commission said at a sitting: a page to print, and a file.

use form::Date;
use leptos::prelude::*;
use service::commission::{Item, Outcome, Sitting};

use super::{NAME, StageTag, delay, department, posts, request, title, where_and_when};
use crate::{
    format,
    pages::csv::{MARK, cell},
    routes, text,
};

/// What came of a dossier, in a word.
fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Noted(opinion) => opinion.sense.label().to_owned(),
        Outcome::Awaited(_) => "Avis attendu".to_owned(),
        Outcome::Deemed(_) => "Réputé rendu".to_owned(),
        Outcome::Known => "Pour information".to_owned(),
        Outcome::Postponed => "Reporté".to_owned(),
        Outcome::Gone => "N'attend plus d'avis".to_owned(),
    }
}

/// Its reason, or what the text says.
fn because(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Noted(opinion) => opinion.words.clone(),
        other => delay(other).unwrap_or_default(),
    }
}

/// The page.
#[component]
pub fn MinutesPage(
    /// The sitting.
    sitting: Sitting,
    /// Its agenda.
    items: Vec<Item>,
    /// Today.
    today: Date,
) -> impl IntoView {
    let id = sitting.id.to_string();
    let rows = items.iter().map(|item| {
        let outcome = item.outcome(today);
        view! {
            <tr>
                <th scope="row">{item.structure_name.clone()}" "<span class="kind">{item.kind.clone()}</span></th>
                <td data-l="Demande">{text::french(&format!("{}, {}", request(&item.nature, item.year), posts(item.etp)))}</td>
                <td data-l="Avis"><strong>{said(&outcome)}</strong></td>
                <td data-l="Motif"><span class="words">{text::french(&because(&outcome))}</span></td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let table = if rows.is_empty() {
        view! { <p>"Rien n'était à l'ordre du jour."</p> }.into_any()
    } else {
        view! {
            <table class="tbl cards">
                <caption class="sr-only">"Avis rendus"</caption>
                <thead><tr><th scope="col">"Structure"</th><th scope="col">"Demande"</th><th scope="col">"Avis"</th><th scope="col">"Motif"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs no-print"><a href=routes::COMMISSION>"Commission"</a>" › "<a href=routes::sitting(&id)>{title(&sitting)}</a></p>
                <h1>"Relevé d'avis"</h1>
                <p class="lead">{text::french(&format!("{NAME}, {}. {}, {}.", department(&sitting.department), title(&sitting), where_and_when(&sitting)))}</p>
                <p class="tags"><StageTag stage=sitting.stage() /></p>
            </header>
            <section class="card pad stack" aria-label="Avis">{table}</section>
            <p class="soft">{text::french("Ces avis éclairent la décision du préfet sans la lier. Un avis réputé rendu n'est ni favorable ni défavorable.")}</p>
            <div class="signatures print-only"><p>"Pour la commission"</p></div>
            <p class="actions no-print"><a class="btn" href=routes::minutes_file(&id)>"Télécharger pour un tableur"</a></p>
        </div>
    }
}

const COLUMNS: &str =
    "séance;structure;type;demande;année;objet;commission saisie le;avis;motif;noté le;noté par";

/// The file.
pub fn file(sitting: &Sitting, items: &[Item], today: Date) -> String {
    let mut file = format!("{MARK}{COLUMNS}\r\n");
    for item in items {
        let outcome = item.outcome(today);
        let (at, by) = match &outcome {
            Outcome::Noted(opinion) => (format::moment(opinion.at), opinion.by_name.clone()),
            _ => Default::default(),
        };
        let cells = [
            sitting.appointment.day.french(),
            item.structure_name.clone(),
            item.kind.clone(),
            crate::pages::nature(&item.nature).to_owned(),
            item.year.to_string(),
            item.purpose.label().to_owned(),
            item.referred_at.map(format::day).unwrap_or_default(),
            said(&outcome),
            because(&outcome),
            at,
            by,
        ];
        file.push_str(&cells.map(|text| cell(&text)).join(";"));
        file.push_str("\r\n");
    }
    file
}
