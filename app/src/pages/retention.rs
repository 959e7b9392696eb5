//! What will be forgotten, and when: rule by rule, month by month.

use dossier::retention::{Kind, Policy, RULES};
use leptos::prelude::*;
use service::{Millis, retention::Plan};
use ui::{IconName, Tag};

use crate::{format, text};

/// The page.
#[component]
pub fn RetentionPage(
    /// What is due, and what will be.
    plan: Plan,
    /// How long things are kept.
    policy: Policy,
    /// What was forgotten last: by which rule, when, how much.
    past: Vec<(Kind, Millis, u64)>,
) -> impl IntoView {
    let Plan { today, due, coming, held } = plan;
    let months = coming.into_iter().map(|((year, month), counts)| {
        let name = format::month(year, month);
        view! { <Counts title=name counts=counts.into_iter().collect() /> }
    });
    let months: Vec<_> = months.collect();
    let none = (months.is_empty()).then(|| {
        view! { <p class="card pad">{text::french("Rien d'autre n'a encore de date : tout le reste est récent, ou tient à un dossier ouvert.")}</p> }
    });
    let now = if due.is_empty() {
        view! { <p class="card pad">{text::french("Rien n'est à supprimer aujourd'hui.")}</p> }
            .into_any()
    } else {
        let title = "À la prochaine exécution".to_owned();
        view! { <Counts title counts=due.into_iter().collect() /> }.into_any()
    };
    let held = (!held.is_empty()).then(|| {
        let title = "Sans date : un dossier est en instruction".to_owned();
        view! { <Counts title counts=held.into_iter().collect() /> }
    });
    let past = (!past.is_empty()).then(|| view! { <Past past /> });
    let lead = format!(
        "Vu du {}. Cette page ne supprime rien : la personne qui administre Trame le fait, par la commande « server retention apply », et chaque suppression est notée.",
        format::date(today)
    );
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Ce qui sera supprimé, et quand"</h1>
                <p class="lead">{text::french(&lead)}</p>
                <p>{text::french("Rien d'une campagne ouverte, d'un dossier en instruction ou d'une convention en cours n'est jamais supprimé.")}</p>
            </header>
            <section class="stack" aria-labelledby="aujourdhui">
                <h2 id="aujourdhui">"Aujourd'hui"</h2>
                {now}
            </section>
            <section class="stack" aria-labelledby="calendrier">
                <h2 id="calendrier">"Mois par mois"</h2>
                {none}
                {months}
                {held}
            </section>
            {past}
            <section class="stack" aria-labelledby="durees">
                <h2 id="durees">"Les règles"</h2>
                <Rules policy />
            </section>
        </div>
    }
}

/// How much, rule by rule.
#[component]
fn Counts(title: String, counts: Vec<(Kind, u64)>) -> impl IntoView {
    let rows = counts.into_iter().map(|(kind, count)| {
        let rule = kind.rule();
        let planned = (!rule.is_done).then(|| view! { " " <Planned /> });
        view! {
            <tr>
                <th scope="row">{text::french(rule.what)}{planned}</th>
                <td class="r num" data-l="Combien">{number(count)}</td>
                <td data-l="Ce qu'il en advient">{text::french(rule.then)}</td>
            </tr>
        }
    });
    view! {
        <div class="card pad">
            <table class="tbl cards rules">
                <caption class="h3">{text::french(&title)}</caption>
                <thead><tr><th scope="col">"Quoi"</th><th scope="col" class="r">"Combien"</th><th scope="col">"Ce qu'il en advient"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What was forgotten.
#[component]
fn Past(past: Vec<(Kind, Millis, u64)>) -> impl IntoView {
    let rows = past.into_iter().map(|(kind, at, count)| {
        view! {
            <tr>
                <th scope="row">{text::french(kind.rule().what)}</th>
                <td data-l="Quand">{format::moment(at)}</td>
                <td class="r num" data-l="Combien">{number(count)}</td>
            </tr>
        }
    });
    view! {
        <section class="stack" aria-labelledby="passe">
            <h2 id="passe">"Ce qui a été supprimé en dernier"</h2>
            <div class="card pad">
                <table class="tbl cards">
                    <caption class="sr-only">"Dernières suppressions"</caption>
                    <thead><tr><th scope="col">"Quoi"</th><th scope="col">"Quand"</th><th scope="col" class="r">"Combien"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// The table of what is kept how long.
#[component]
pub fn Rules(
    /// How long things are kept.
    policy: Policy,
) -> impl IntoView {
    let rows = RULES.iter().map(|rule| {
        let term = policy.term(rule.kind).french();
        let proposal = (rule.is_proposal && !policy.is_chosen(rule.kind)).then(|| {
            view! { " " <Tag tone="t-gaude" icon=IconName::Info text="Proposition, à confirmer par le ministère" /> }
        });
        let planned = (!rule.is_done).then(|| view! { " " <Planned /> });
        view! {
            <tr>
                <th scope="row">{text::french(rule.what)}</th>
                <td data-l="Gardé"><div>{term}<br /><span class="soft">{text::french(&format!("après {}", rule.since))}</span></div></td>
                <td data-l="Puis"><div>{text::french(rule.then)}{planned}</div></td>
                <td data-l="Fondement"><div>{text::french(rule.basis)}{proposal}</div></td>
            </tr>
        }
    });
    view! {
        <div class="card pad scroll-x" tabindex="0" role="region" aria-label="Durées de conservation">
            <table class="tbl cards rules">
                <caption class="sr-only">"Ce que Trame garde, combien de temps, et ce qu'il en advient"</caption>
                <thead><tr>
                    <th scope="col">"Quoi"</th>
                    <th scope="col">"Gardé"</th>
                    <th scope="col">"Puis"</th>
                    <th scope="col">"Fondement"</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// Said of what Trame does not do yet.
#[component]
fn Planned() -> impl IntoView {
    view! { <Tag tone="" icon=IconName::Info text="Planifié, pas encore exécuté par Trame" /> }
}

fn number(count: u64) -> String {
    form::number::display_scaled(i64::try_from(count).unwrap_or(i64::MAX), 0)
}
