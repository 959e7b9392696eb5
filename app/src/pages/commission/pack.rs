//! The pack of a sitting: a cover with its agenda, then one sheet for each dossier; on screen and paper.

mod sheet;

use dossier::commission::{Purpose, Stage};
use leptos::prelude::*;
use service::commission::{Pack, Sheet};

use self::sheet::SheetView;
use super::{NAME, department, posts, request, title, where_and_when};
use crate::{format, routes, text};

/// The page.
#[component]
pub fn PackPage(
    /// What it shows.
    pack: Pack,
    /// Whether the reader keeps the sittings.
    keeps: bool,
) -> impl IntoView {
    let Pack { sitting, sheets } = pack;
    let id = sitting.id.to_string();
    let sent = sitting.sent_at();
    let back = keeps.then(|| view! { " › " <a href=routes::sitting(&id)>{title(&sitting)}</a> });
    let status = match (sitting.stage(), sent) {
        (Stage::Cancelled, _) => "Cette séance est annulée.".to_owned(),
        (_, Some(at)) => format!("Dossier envoyé le {}.", format::moment(at)),
        (_, None) => {
            "Aperçu : ce dossier de séance n'est pas encore envoyé aux membres.".to_owned()
        }
    };
    let contents = Purpose::ALL.map(|purpose| {
        let lines: Vec<_> = sheets
            .iter()
            .zip(1_usize..)
            .filter(|(sheet, _)| sheet.item.purpose == purpose)
            .map(|(sheet, number)| content(sheet, number))
            .collect();
        (!lines.is_empty()).then(|| {
            view! { <h3>{purpose.label()}</h3> <ol class="pack-contents">{lines}</ol> }
        })
    });
    let none = sheets.is_empty().then(|| {
        view! { <p class="soft">"Rien n'est encore à l'ordre du jour."</p> }
    });
    let all: Vec<_> = sheets
        .into_iter()
        .zip(1_usize..)
        .map(|(sheet, number)| view! { <SheetView sheet number sent /> })
        .collect();
    view! {
        <div class="wrap page stack pack">
            <header class="pack-cover">
                <p class="crumbs no-print"><a href=routes::COMMISSION>"Commission"</a>{back}</p>
                <p class="soft">{text::french(&format!("{NAME}, {}", department(&sitting.department)))}</p>
                <h1>"Dossier de séance"</h1>
                <p class="lead">{text::french(&format!("{}, {}.", title(&sitting), where_and_when(&sitting)))}</p>
                <p class="soft">{text::french(&status)}</p>
                <p class="soft no-print">{text::french("Cette page s'imprime : une page de garde, puis chaque dossier sur une nouvelle page.")}</p>
            </header>
            <nav class="card pad stack" aria-labelledby="sommaire">
                <h2 id="sommaire" class="h3">"Ordre du jour"</h2>
                {none}
                {contents.into_iter().collect_view()}
            </nav>
            {all}
        </div>
    }
}

/// A line of the table of contents.
fn content(sheet: &Sheet, number: usize) -> AnyView {
    let item = &sheet.item;
    let says = format!("{}, {}", request(&item.nature, item.year), posts(item.etp));
    view! {
        <li value=number.to_string()>
            <a href=format!("#fiche-{number}")>{item.structure_name.clone()}</a>" "<span class="kind">{item.kind.clone()}</span>
            <span class="under">{text::french(&says)}</span>
        </li>
    }
    .into_any()
}
