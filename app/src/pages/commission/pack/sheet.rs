//! What the members read of one dossier.

use dossier::{
    annex::{Grant, Terms},
    commission::Purpose,
    reading,
};
use form::{Answers, Change, Kind, Revision, Table, number};
use leptos::prelude::*;
use service::{Millis, commission::Sheet};
use ui::KeyFigure;

use super::super::request;
use crate::{
    draft::name_of,
    format,
    pages::{changes::shown, follow_up::texts},
    text,
};

/// Longest text of a change that is shown, in characters: the pack is read before a meeting.
const LONGEST: usize = 160;
/// The steps whose changes the commission discusses.
const STEPS: [&str; 6] = ["territoire", "activites", "publics", "moyens", "objectifs", "budget"];
/// Most changes that are shown one by one.
const MOST_CHANGES: usize = 20;
/// The posts of a request: a table of the form, and the questions of it that are shown.
const POSTS: &str = "activites.posts";
const POST_COLUMNS: [&str; 3] =
    ["activites.posts.count", "activites.posts.etp", "activites.posts.rome"];

/// A sheet.
#[component]
pub fn SheetView(
    /// What it says.
    sheet: Sheet,
    /// Its number on the agenda.
    number: usize,
    /// When the pack was sent.
    sent: Option<Millis>,
) -> impl IntoView {
    let Sheet { item, deposit, form, answers, earlier, changes, follow_up } = sheet;
    let last_year = earlier.iter().find(|(year, _)| *year == item.year - 1);
    let figures = reading::figures(&form.form, &answers, last_year.map(|(_, answers)| answers));
    let figures = figures.into_iter().map(|figure| {
        let reading::Figure { label, value, beside, source } = figure;
        view! { <KeyFigure label value source detail=text::french(&beside) /> }
    });
    let figures: Vec<_> = figures.collect();
    let figures = (!figures.is_empty()).then(|| {
        view! { <h3>"Chiffres clés"</h3> <dl class="figures">{figures}</dl> }
    });
    let made = format!(
        "Fiche établie sur le dépôt n°\u{a0}{} du {}, récépissé {}.",
        deposit.ordinal,
        format::moment(deposit.at),
        deposit.number
    );
    let moved = item.has_moved().then(|| {
        let says = format!(
            "La structure a déposé de nouveau le {} : cette fiche ne le montre pas.",
            format::moment(item.deposited_at)
        );
        view! { <p class="note note-gaude">{text::french(&says)}</p> }
    });
    let words = (!item.words.is_empty()).then(|| {
        let since = item.words_at.zip(sent).filter(|(written, sent)| written > sent);
        let since = since.map(|(written, _)| {
            let says = format!("Complété le {}, après l'envoi.", format::moment(written));
            view! { <p class="soft">{text::french(&says)}</p> }
        });
        view! { <h3>"Présentation par la DDETS"</h3> <p class="words">{item.words.clone()}</p> {since} }
    });
    let due = item.due().filter(|_| item.purpose == Purpose::Opinion).map(|day| {
        let says = format!(
            "Avis à rendre jusqu'au {} ; passé ce jour, il est réputé rendu (circulaire DGEFP 2008-21).",
            format::date(day)
        );
        view! { <p class="soft">{text::french(&says)}</p> }
    });
    let follow_up = follow_up.map(|version| {
        let says =
            format!("Communiquée le {} par {}.", format::moment(version.at), version.by_name);
        view! {
            <h3>"Fiche de suivi du dialogue de gestion"</h3>
            <p class="soft">{text::french(&says)}</p>
            {texts(&version.sheet, "h4")}
        }
    });
    let title = format!("fiche-{number}");
    let changed = match last_year {
        None => view! { <p class="soft">{text::french("Aucune demande de l'an dernier à comparer dans Trame.")}</p> }.into_any(),
        Some((year, _)) => changes_view(form, &answers, changes, *year),
    };
    view! {
        <article class="card pad stack sheet" id=title.clone() aria-labelledby=format!("{title}-nom")>
            <header>
                <p class="soft">{format!("{number}. {}", item.purpose.label())}</p>
                <h2 id=format!("{title}-nom")>{item.structure_name.clone()}</h2>
                <p class="tags"><span class="kind">{item.kind.clone()}</span><span>{request(&item.nature, item.year)}</span></p>
            </header>
            <p>{text::french(item.circuit().why)}</p>
            {due}
            {moved}
            {words}
            <h3>"Ce qui est demandé"</h3>
            {asked(&answers)}
            {posts_view(form, &answers)}
            {figures}
            <h3>"Ce qui change depuis l'an dernier"</h3>
            {changed}
            {follow_up}
            <p class="soft small">{text::french(&made)}" Empreinte : "<code class="hash">{deposit.sha256.clone()}</code></p>
        </article>
    }
}

/// Period, ETP and amounts.
fn asked(answers: &Answers) -> AnyView {
    let Some(terms) = Grant::asked(answers).and_then(|grant| Terms::of(answers, grant)) else {
        return view! { <p class="soft">{text::french("Le dépôt ne dit ni période ni ETP.")}</p> }
            .into_any();
    };
    let period = format!("du {} au {}", format::date(terms.start), format::date(terms.end));
    let mut facts = vec![
        ("Période", period),
        ("ETP d'insertion", number::etp(terms.grant.etp.0)),
        (
            "Aide au poste, montant socle",
            terms.total().map_or_else(|| "au forfait".to_owned(), |total| number::euros(total.0)),
        ),
    ];
    if let Some(departmental) = terms.departmental {
        facts.push(("Dont conseil départemental", number::euros(departmental.0)));
    }
    let facts = facts
        .into_iter()
        .map(|(label, value)| view! { <div><dt>{label}</dt><dd>{text::french(&value)}</dd></div> });
    view! { <dl class="facts">{facts.collect_view()}</dl> }.into_any()
}

/// The posts, one line each.
fn posts_view(form: &'static Revision, answers: &Answers) -> Option<AnyView> {
    let table: &Table = form.table(POSTS)?;
    let rows = answers.rows(table);
    let columns: Vec<_> =
        POST_COLUMNS.into_iter().filter_map(|id| form.place(id).map(|place| place.field)).collect();
    let heads: Vec<_> = columns
        .iter()
        .map(|field| view! { <th scope="col">{field.label.to_string()}</th> })
        .collect();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let name = answers.name_of_row(table, row).unwrap_or_default();
            let cells: Vec<_> = columns
                .iter()
                .map(|field| {
                    let says = shown(field, answers.raw(&field.id, row), true);
                    view! { <td data-l=field.label.to_string()>{says}</td> }
                })
                .collect();
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <table class="tbl cards">
                <caption class="sr-only">"Postes d'insertion"</caption>
                <thead><tr><th scope="col">"Poste"</th>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    })
}

fn clipped(text: String) -> String {
    if text.chars().count() <= LONGEST {
        return text;
    }
    let short: String = text.chars().take(LONGEST).collect();
    format!("{}…", short.trim_end())
}

/// What is said otherwise than in the year before: the steps that the commission discusses, then how
/// many others.
fn changes_view(
    form: &'static Revision,
    answers: &Answers,
    changes: Vec<Change>,
    year: i32,
) -> AnyView {
    let all = changes.len();
    let is_told = |change: &Change| {
        let place = form.place(&change.at.field);
        place.is_some_and(|place| {
            // What is said in prose is read in the dossier; what is not asked any more did not change.
            STEPS.contains(&place.section.id.as_ref())
                && !place.field.sensitive
                && !matches!(place.field.kind, Kind::LongText { .. })
                && !change.after.is_empty()
        })
    };
    let told: Vec<Change> = changes.into_iter().filter(is_told).take(MOST_CHANGES).collect();
    let rest = u32::try_from(all - told.len()).unwrap_or(u32::MAX);
    let rest = match (rest, told.is_empty()) {
        (0, true) => Some("Rien ne change.".to_owned()),
        (0, false) => None,
        (n, true) => Some(text::count(
            n,
            "réponse change, sur un point que cette fiche ne montre pas.",
            "réponses changent, sur des points que cette fiche ne montre pas.",
        )),
        (n, false) => {
            Some(text::count(n, "autre réponse change aussi.", "autres réponses changent aussi."))
        }
    };
    let rows: Vec<_> = told
        .iter()
        .filter_map(|change| {
            let field = form.place(&change.at.field)?.field;
            let was = clipped(shown(field, &change.before, true));
            let now = clipped(shown(field, &change.after, true));
            Some(view! {
                <tr>
                    <th scope="row">{name_of(form, answers, &change.at)}</th>
                    <td data-l=year.to_string()>{was}</td>
                    <td data-l="Demandé">{now}</td>
                </tr>
            })
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="tbl cards">
                <caption class="sr-only">"Ce qui change"</caption>
                <thead><tr><th scope="col">"Question"</th><th scope="col">{year.to_string()}</th><th scope="col">"Demandé"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! { {table} {rest.map(|says| view! { <p class="soft">{text::french(&says)}</p> })} }
        .into_any()
}
