//! Two simulations side by side: their totals, and only what they say otherwise.

use dossier::{
    allotting::{Difference, Line, Standing, Totals, differences},
    envelope::Dotation,
};
use form::number;
use leptos::prelude::*;
use service::allotting::Opened;

use super::{Head, percent, signed};
use crate::{
    pages::{
        envelopes::{both, left},
        nature,
    },
    routes, text,
};

/// The page.
#[component]
pub fn ComparingPage(
    /// The one.
    one: Opened,
    /// The other.
    other: Opened,
) -> impl IntoView {
    let names = [one.allotment.name.clone(), other.allotment.name.clone()];
    let sums = [Totals::of(&one.lines), Totals::of(&other.lines)];
    let rests = [sums[0].rest(one.balance.rest()), sums[1].rest(other.balance.rest())];
    let found = differences(&one.lines, &other.lines);
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let rows: Vec<_> = found.iter().map(row).collect();
    let total = |says: &'static str, of: fn(&Totals) -> u32| {
        let change = i64::from(of(&sums[1])) - i64::from(of(&sums[0]));
        view! { <tr><th scope="row">{says}</th><td class="r" data-l=names[0].clone()>{of(&sums[0])}</td><td class="r" data-l=names[1].clone()>{of(&sums[1])}</td><td class="r" data-l="Écart">{signed(change, |n| number::display_scaled(n, 0))}</td></tr> }
    };
    let money = |says: &'static str, a: Option<Dotation>, b: Option<Dotation>, is_rest: bool| {
        let shown = |one| if is_rest { left(one) } else { both(one) };
        let change = a.zip(b).map(|(a, b)| b - a);
        view! { <tr><th scope="row">{says}</th><td class="r" data-l=names[0].clone()>{shown(a)}</td><td class="r" data-l=names[1].clone()>{shown(b)}</td><td class="r" data-l="Écart">{change.map(gap)}</td></tr> }
    };
    let table = if rows.is_empty() {
        view! { <p>{text::french("Ces deux simulations disent la même chose, demande par demande.")}</p> }.into_any()
    } else {
        view! {
            <p class="soft">{format!("{} ; le reste est identique.", text::count(count, "demande diffère", "demandes diffèrent"))}</p>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Demandes qui diffèrent">
                <table class="tbl cards">
                    <caption class="sr-only">"Demandes qui diffèrent"</caption>
                    <thead><tr><th scope="col">"Structure et demande"</th><th scope="col" class="r">"Demandé"</th><th scope="col" class="r">{names[0].clone()}</th><th scope="col" class="r">{names[1].clone()}</th><th scope="col" class="r">"Écart"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="wrap page stack">
            <Head allotment=one.allotment.clone() below="Comparaison" />
            <section class="card pad stack" aria-label="Totaux">
                <table class="tbl cards">
                    <caption>"Totaux"</caption>
                    <thead><tr><th scope="col"><span class="sr-only">"Total"</span></th><th scope="col" class="r"><a href=routes::simulation(one.allotment.id.as_str())>{names[0].clone()}</a></th><th scope="col" class="r"><a href=routes::simulation(other.allotment.id.as_str())>{names[1].clone()}</a></th><th scope="col" class="r">"Écart"</th></tr></thead>
                    <tbody>
                        {money("Simulé", Some(sums[0].costs), Some(sums[1].costs), false)}
                        {money("Reste à allouer", rests[0], rests[1], true)}
                        {total("À accorder", |sum| sum.granted)}
                        {total("À refuser", |sum| sum.refused)}
                        {total("À voir", |sum| sum.undecided)}
                    </tbody>
                </table>
            </section>
            <section class="card pad stack" aria-label="Différences"><h2 class="h3">"Différences"</h2>{table}</section>
        </div>
    }
}

fn gap(change: Dotation) -> AnyView {
    view! {
        <span class="num">{signed(change.etp.0, number::etp)}</span>
        <span class="under num">{signed(change.cents.0, number::euros)}</span>
    }
    .into_any()
}

fn side(line: Option<&Line>) -> AnyView {
    let Some(line) = line else {
        return view! { <span class="soft">"Absente"</span> }.into_any();
    };
    let word = match line.standing() {
        Standing::Granted(_) => "Accorder",
        Standing::Refused => "Refuser",
        Standing::Undecided => "À voir",
        Standing::Proposed(_) => "Proposé",
    };
    view! { <strong>{word}</strong><span class="under num">{number::etp(line.costs().etp.0)}" ETP"</span><span class="under num">{number::euros(line.costs().cents.0)}</span> }
    .into_any()
}

fn row(difference: &Difference) -> AnyView {
    let Some(line) = difference.line() else { return ().into_any() };
    let (one, other) = (difference.sides.0.as_ref(), difference.sides.1.as_ref());
    let cost = |line: Option<&Line>| line.map(Line::costs).unwrap_or_default();
    let (a, b) = (cost(one), cost(other));
    let request = &line.request;
    view! {
        <tr>
            <th scope="row"><a href=routes::instruction(request.dossier.as_str())>{request.structure_name.clone()}</a><span class="under"><span class="kind">{request.kind.clone()}</span>" "{nature(&request.nature)}</span></th>
            <td class="r" data-l="Demandé">{both(Some(line.asks()))}</td>
            <td class="r" data-l="La première">{side(one)}</td>
            <td class="r" data-l="La seconde">{side(other)}</td>
            <td class="r" data-l="Écart">{gap(b - a)}<span class="under">{percent(a.cents.0, b.cents.0)}</span></td>
        </tr>
    }
    .into_any()
}
