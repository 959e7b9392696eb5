//! Envelopes: how much may be granted, how much is, and what is left.

pub mod one;
mod simulations;

use dossier::{
    envelope::{Balance, Dotation, KINDS},
    place::Place,
};
use form::number;
use leptos::prelude::*;
use service::{
    Actor,
    allotting::{Allotment, Seats},
    envelopes::{Book, is_national, regions_of},
};

use self::simulations::Simulations;
use crate::{routes, text};

/// What the page shows.
pub struct Envelopes {
    /// Who reads.
    pub actor: Actor,
    /// The envelopes.
    pub book: Book,
    /// Years that one may look at.
    pub years: Vec<i32>,
    /// Only this kind, in tables of places.
    pub kind: Option<String>,
    /// The region that is looked at, by who sees several.
    pub region: Option<Place>,
    /// Simulations of the year.
    pub allotments: Vec<Allotment>,
    /// Why a simulation was not made, and what was typed.
    pub refused: Option<(&'static str, String)>,
}

/// The page.
#[component]
pub fn EnvelopesPage(
    /// What it shows.
    envelopes: Envelopes,
) -> impl IntoView {
    let Envelopes { actor, book, years, kind, region, allotments, refused } = envelopes;
    let year = book.year;
    let tabs = years.into_iter().map(|one| {
        let current = (one == year).then_some("true");
        view! { <a href=routes::envelopes(one) aria-current=current>{one.to_string()}</a> }
    });
    let national = is_national(&actor);
    let regions = regions_of(&book);
    let body = if region.is_none() && national {
        let rows: Vec<Place> = regions;
        let title = "Régions".to_owned();
        view! { <Places book=book.clone() rows title kind=kind.clone() region=None /> }.into_any()
    } else {
        let mut shown = region.map_or(regions, |one| vec![one]);
        if shown.is_empty() {
            shown.clone_from(&book.places);
        }
        let cards = shown.into_iter().map(|place| {
                let below: Vec<Place> = match &place {
                    Place::Region(_) => place
                        .departments()
                        .into_iter()
                        .map(Place::Department)
                        .filter(|one| book.places.contains(one))
                        .collect(),
                    Place::Department(_) => Vec::new(),
                };
                let places = (!below.is_empty()).then(|| {
                    let region = Some(place.clone());
                    view! { <Places book=book.clone() rows=below title="Départements".to_owned() kind=kind.clone() region /> }
                });
                view! { <Kinds book=book.clone() place=place.clone() /> {places} }
            });
        cards.collect_view().into_any()
    };
    let up = (national && book.places.len() > 1).then_some(());
    let seats = Seats::of(&actor);
    let simulations = (!seats.places().is_empty()).then(|| {
        view! { <Simulations places=seats.places().to_vec() year allotments refused /> }
    });
    let lead = format!(
        "Ce que l'État peut accorder en {year} aux structures d'insertion : enveloppe, annexes accordées, demandes en cours, et ce qui reste."
    );
    view! {
        <div class="wrap page stack">
            <header>
                {up.map(|()| view! { <p class="crumbs no-print"><a href=routes::envelopes(year)>"Toutes les régions"</a></p> })}
                <h1>{format!("Enveloppes {year}")}</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            <nav class="piles no-print" aria-label="Années">{tabs.collect_view()}</nav>
            {body}
            {simulations}
            <p class="soft small">{text::french("Une annexe prend la part de l'État : ETP de ses mois sans la part du département, aide sans cette part, part modulée au plus. Le reste est calculé, jamais saisi.")}</p>
        </div>
    }
}

/// Both figures of an amount, one above the other.
pub fn both(amount: Option<Dotation>) -> AnyView {
    match amount {
        Some(Dotation { etp, cents }) => view! {
            <span class="num">{number::etp(etp.0)}<span class="unit">"\u{a0}ETP"</span></span>
            <span class="under num">{number::euros(cents.0)}</span>
        }
        .into_any(),
        None => view! { <span class="soft">"—"</span> }.into_any(),
    }
}

/// What is left; what is over is said in words.
pub fn left(rest: Option<Dotation>) -> AnyView {
    let over = rest.and_then(Dotation::over).is_some();
    let class = if over { "over" } else { "" };
    view! {
        <span class=class>{both(rest)}{over.then(|| view! { <span class="under over-word">"Dépassement"</span> })}</span>
    }
    .into_any()
}

const COLUMNS: [&str; 5] =
    ["Enveloppe", "Accordé", "Demandé, en cours", "Reste à allouer", "Si tout est accordé"];

fn heads(first: &'static str, delegated: bool) -> impl IntoView {
    let columns = COLUMNS.map(|says| view! { <th scope="col" class="r">{says}</th> });
    view! {
        <thead><tr>
            <th scope="col">{first}</th>
            {columns.to_vec()}
            {delegated.then(|| view! { <th scope="col" class="r">"Reste à déléguer"</th> })}
        </tr></thead>
    }
}

fn cells(balance: &Balance, delegated: bool) -> impl IntoView + use<> {
    let [given, granted, asked, rest, all] = COLUMNS;
    let requests = match balance.requests {
        0 => None,
        n => Some(text::count(n, "demande", "demandes")),
    };
    let flat = (balance.without_amount > 0).then(|| {
        let says = text::count(balance.without_amount, "demande", "demandes");
        view! { <span class="under">{format!("{says} sans montant calculé")}</span> }
    });
    view! {
        <td class="r" data-l=given>{both(balance.given)}</td>
        <td class="r" data-l=granted>{both(Some(balance.granted))}</td>
        <td class="r" data-l=asked>{both(Some(balance.asked))}{requests.map(|says| view! { <span class="under">{says}</span> })}{flat}</td>
        <td class="r" data-l=rest><strong>{left(balance.rest())}</strong><Consumed balance=*balance /></td>
        <td class="r" data-l=all>{left(balance.rest_if_all())}</td>
        {delegated.then(|| view! { <td class="r" data-l="Reste à déléguer">{left(balance.to_delegate())}</td> })}
    }
}

/// How much of the euros is taken, in three threads; said in words too.
#[component]
pub fn Consumed(
    /// What was made of the envelope.
    balance: Balance,
) -> impl IntoView {
    let whole = balance.given.map_or(0, |given| given.cents.0);
    (whole > 0).then(|| {
        let share = |cents: i64| {
            let share = i128::from(cents.max(0)) * 1000 / i128::from(whole);
            i64::try_from(share.min(1000)).unwrap_or(1000)
        };
        let granted = share(balance.granted.cents.0);
        let asked = share(balance.granted.cents.0.saturating_add(balance.asked.cents.0)) - granted;
        let percent = |thousandths: i64| number::display_scaled(thousandths, 1);
        let words = text::french(&format!(
            "{} % des euros accordés, {} % demandés",
            percent(granted),
            percent(asked),
        ));
        view! {
            <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=words>
                <rect class="bar-left" x="0" y="0" width="1000" height="10"></rect>
                <rect class="bar-done" x="0" y="0" width=granted.to_string() height="10"></rect>
                <rect class="bar-wait" x=granted.to_string() y="0" width=asked.to_string() height="10"></rect>
            </svg>
        }
    })
}

/// What a kind is called.
pub fn kind_name(kind: &str) -> &'static str {
    match kind {
        "ACI" => "Ateliers et chantiers d'insertion",
        "AI" => "Associations intermédiaires",
        "EI" => "Entreprises d'insertion",
        "ETTI" => "Entreprises de travail temporaire d'insertion",
        "EITI" => "Entreprises d'insertion par le travail indépendant",
        _ => "",
    }
}

/// The envelopes of one place, kind by kind.
#[component]
fn Kinds(book: Book, place: Place) -> impl IntoView {
    let is_region = matches!(place, Place::Region(_));
    let code = place.code();
    let rows = KINDS.into_iter().filter_map(|kind| book.of(&place, kind)).map(|envelope| {
        let href = routes::envelope(&code, &envelope.kind, book.year);
        let name = kind_name(&envelope.kind);
        view! {
            <tr>
                <th scope="row"><a href=href><span class="kind">{envelope.kind.clone()}</span><span class="under">{name}</span></a></th>
                {cells(&envelope.balance, is_region)}
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let whole = book.whole(&place);
    let name = place.name();
    let none = (whole.given.is_none()).then(|| {
        let says = if is_region {
            "La DGEFP n'a encore notifié aucune enveloppe pour cette année : le reste ne peut pas se calculer."
        } else {
            "Aucune enveloppe n'est encore déléguée pour cette année : le reste ne peut pas se calculer."
        };
        view! { <p class="note note-gaude">{text::french(says)}</p> }
    });
    view! {
        <section class="card pad stack" aria-labelledby=format!("lieu-{code}")>
            <h2 class="h3" id=format!("lieu-{code}")>{name.clone()}</h2>
            {none}
            <div class="scroll-x" tabindex="0" role="region" aria-label=format!("Enveloppes, {name}")>
                <table class="tbl cards envelopes">
                    <caption class="sr-only">{format!("Enveloppes par type de structure, {name} : ETP, puis euros")}</caption>
                    {heads("Type", is_region)}
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">"Ensemble"</th>{cells(&whole, is_region)}</tr></tfoot>
                </table>
            </div>
        </section>
    }
}

/// Several places, all kinds together or one of them.
#[component]
fn Places(
    book: Book,
    rows: Vec<Place>,
    title: String,
    kind: Option<String>,
    region: Option<Place>,
) -> impl IntoView {
    let year = book.year;
    let back = region.as_ref().map(|place| format!("&region={}", place.code())).unwrap_or_default();
    let kinds: Vec<String> = match &kind {
        Some(kind) => vec![kind.clone()],
        None => KINDS.map(str::to_owned).to_vec(),
    };
    let tab = |code: Option<&'static str>, says: &'static str| {
        let current = (kind.as_deref() == code).then_some("true");
        let chosen = code.map(|code| format!("&type={code}")).unwrap_or_default();
        let href = format!("{}{back}{chosen}#lieux", routes::envelopes(year));
        view! { <a href=href aria-current=current>{says}</a> }
    };
    let tabs = [tab(None, "Tous les types")]
        .into_iter()
        .chain(KINDS.map(|kind| tab(Some(kind), kind)))
        .collect_view();
    let are_regions = rows.iter().any(|place| matches!(place, Place::Region(_)));
    let mut sum = Balance::default();
    let lines: Vec<_> = rows
        .iter()
        .map(|place| {
            let balance = book.some(place, &kinds);
            sum = sum.with(&balance);
            let code = place.code();
            let href = match (place, &kind) {
                (_, Some(kind)) => Some(routes::envelope(&code, kind, year)),
                (Place::Region(_), None) => {
                    Some(format!("{}&region={code}", routes::envelopes(year)))
                }
                (Place::Department(_), None) => None,
            };
            let name = place.name();
            let name = match href {
                Some(href) => view! { <a href=href>{name}</a> }.into_any(),
                None => name.into_any(),
            };
            view! { <tr><th scope="row">{name}</th>{cells(&balance, are_regions)}</tr> }
        })
        .collect();
    view! {
        <section class="card pad stack" id="lieux" aria-label=title.clone()>
            <h2 class="h3">{title.clone()}</h2>
            <nav class="piles no-print" aria-label="Types de structures">{tabs}</nav>
            {kind.is_none().then(|| view! { <p class="soft small no-print">{text::french("Choisissez un type pour ouvrir une enveloppe.")}</p> })}
            <div class="scroll-x" tabindex="0" role="region" aria-label=format!("{title} : enveloppes")>
                <table class="tbl cards envelopes">
                    <caption class="sr-only">{format!("{title} : ETP, puis euros")}</caption>
                    {heads("Territoire", are_regions)}
                    <tbody>{lines}</tbody>
                    <tfoot><tr><th scope="row">"Ensemble"</th>{cells(&sum, are_regions)}</tr></tfoot>
                </table>
            </div>
        </section>
    }
}
