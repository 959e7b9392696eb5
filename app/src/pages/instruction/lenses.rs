//! The questions to settle: key figures, one question at a time, what does not fit together.

use dossier::reading::{Figure, LENSES, Lens, Signal, Year};
use form::number::etp;
use leptos::prelude::*;
use ui::{Icon, IconName, KeyFigure};

use crate::{routes, text};

/// Key figures, each beside the one before.
#[component]
pub fn Figures(
    /// The figures.
    figures: Vec<Figure>,
) -> impl IntoView {
    if figures.is_empty() {
        return ().into_any();
    }
    let figures = figures.into_iter().map(|figure| {
        let Figure { label, value, beside, source } = figure;
        view! { <KeyFigure label value source detail=text::french(&beside) /> }
    });
    view! {
        <section class="card pad" aria-label="Chiffres clés">
            <dl class="figures">{figures.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The questions, to read the dossier through one of them.
#[component]
pub fn Questions(
    /// The dossier.
    id: String,
    /// The one it is read through.
    lens: Option<&'static Lens>,
    /// Whether nothing else narrows it.
    whole: bool,
    /// What does not fit together, in all of it.
    signals: Vec<Signal>,
) -> impl IntoView {
    let link = |of: Option<&'static Lens>| {
        let here = of == lens && whole;
        let count = of.map_or(0, |of| signals.iter().filter(|s| s.lens == of.code).count());
        let says = of.map_or("Tout le dossier", |of| of.question);
        let code = of.map_or("", |of| of.code);
        let marked = (count > 0).then(|| {
            let told = if count == 1 { " signal" } else { " signaux" };
            view! { " " <b class="count">{count}<span class="sr-only">{told}</span></b> }
        });
        view! {
            <li>
                <a class="lens" href=routes::reading(&id, code) aria-current=here.then_some("true")>{text::french(says)}{marked}</a>
            </li>
        }
    };
    let links = [None].into_iter().chain(LENSES.iter().map(Some)).map(link);
    view! {
        <nav aria-label="Questions à trancher" id="lecture">
            <ul class="lenses">{links.collect_view()}</ul>
        </nav>
    }
}

/// What does not fit together, with its figures and their calculation.
#[component]
pub fn Signals(
    /// What does not.
    signals: Vec<Signal>,
    /// Where the answer of each is read.
    to: impl Fn(&Signal) -> String + Send,
) -> impl IntoView {
    let items = signals.iter().map(|signal| {
        let href = to(signal);
        view! {
            <li class="signal">
                <Icon name=IconName::Warning />
                <div>
                    <p><b>{text::french(signal.title)}</b>" "{text::french(&signal.text)}</p>
                    <p class="soft">{text::french(&signal.how)}" "<a href=href>"Voir la réponse"</a></p>
                </div>
            </li>
        }
    });
    view! { <ul class="signals">{items.collect_view()}</ul> }
}

/// Posts year by year: bars, and the same figures as a table.
#[component]
pub fn Years(
    /// The years, oldest first.
    years: Vec<Year>,
) -> impl IntoView {
    let most = years
        .iter()
        .flat_map(|year| [year.agreed, year.worked, year.asked])
        .flatten()
        .map(|etp| etp.0)
        .max();
    let (Some(most), true) = (most.filter(|most| *most > 0), years.len() > 1) else {
        return ().into_any();
    };
    // Of a drawing 100 wide: whole numbers, from hundredths of ETP.
    let width = move |value: Option<form::Hundredths>| {
        value.map_or(0, |value| value.0 * 100 / most).to_string()
    };
    let shown = |value: Option<form::Hundredths>| {
        value.map_or_else(|| "—".to_owned(), |value| etp(value.0))
    };
    let rows = years.iter().map(|year| {
        let bars = [
            ("bar-agreed", width(year.agreed), "0"),
            ("bar-worked", width(year.worked), "7"),
            ("bar-asked", width(year.asked), "0"),
        ];
        let bars = bars.map(|(class, width, y)| {
            view! { <rect class=class x="0" y=y width=width height="6" /> }
        });
        let rate = match (year.rate(), year.asked) {
            (Some(rate), _) => rate,
            (None, Some(_)) => "demandé".to_owned(),
            (None, None) => "—".to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{year.year}</th>
                <td class="r" data-l="Conventionnés">{shown(year.agreed)}</td>
                <td class="r" data-l="Réalisés">{shown(year.worked)}</td>
                <td class="r" data-l="Demandés">{shown(year.asked)}</td>
                <td class="r" data-l="Taux">{rate}</td>
                <td class="bars"><svg viewBox="0 0 100 13" preserveAspectRatio="none" aria-hidden="true">{bars.to_vec()}</svg></td>
            </tr>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby="annees">
            <h2 id="annees" class="h3">"Les ETP, année par année"</h2>
            <table class="tbl cards">
                <thead>
                    <tr>
                        <th scope="col">"Année"</th>
                        <th scope="col" class="r">"Conventionnés"</th>
                        <th scope="col" class="r">"Réalisés"</th>
                        <th scope="col" class="r">"Demandés"</th>
                        <th scope="col" class="r">"Taux"</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p class="soft">{text::french("Barre claire : conventionnés ; barre foncée : réalisés ; pointillé : demandés.")}</p>
        </section>
    }
    .into_any()
}
