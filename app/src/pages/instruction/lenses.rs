//! The questions to settle: key figures, one question at a time, posts year by year.

use dossier::{
    reading::{self, Figure, Lens, Year, composed},
    right::Right,
};
use form::{Answers, Revision, number::etp};
use leptos::prelude::*;
use service::{
    instruction::{Weighed, last_year},
    lenses::Composition,
};
use ui::KeyFigure;

use super::{Instruction, signals::Close};
use crate::{format, routes, text};

/// Key figures, the questions to settle, and what does not fit together.
pub fn through(read: &Instruction, code: &str) -> AnyView {
    let Instruction {
        actor, head, form, answers, earlier, signals, composed, lens, glance, ..
    } = read;
    let (lens, in_full) = (lens.as_ref(), glance.is_none());
    let close = Close {
        reader: actor.clone(),
        writes: head.may(actor, Right::SetSignalAside),
        id: head.id.to_string(),
        lens: code.to_owned(),
        pens: read.pens.clone(),
    };
    let last_year = last_year(head, earlier);
    let figures = reading::figures(&head.form, answers, last_year);
    let said = earlier.iter().map(|(year, answers)| (*year, answers));
    let years = reading::years(&head.form, said.chain([(head.year, answers)]));
    let years = lens.is_some_and(reading::tells_years).then(|| view! { <Years years /> });
    let mine = |one: &&Weighed| lens.is_none_or(|lens| lens.tells(form, &one.signal));
    let mine: Vec<Weighed> = signals.iter().filter(mine).cloned().collect();
    let composes = close.writes.then(|| routes::lenses(head.id.as_str()));
    let whose = lens.and_then(|lens| composed.iter().find(|one| one.id.as_str() == lens.code));
    let whose = whose.map(|one| whose_it_is(head.id.as_str(), form, one, close.reads_as(one)));
    let nothing = lens.is_some_and(|lens| shows_nothing(form, answers, lens)).then(|| {
        view! { <p class="card pad soft">{text::french("Ce dossier n'a rien à répondre à cette question : les cartes qu'elle montre n'y sont pas demandées.")}</p> }
    });
    let count = |of: &Lens| {
        let told = |one: &&Weighed| !one.is_aside() && of.tells(form, &one.signal);
        signals.iter().filter(told).count()
    };
    let national = reading::lenses(&head.form).iter().cloned();
    let all = national.chain(composed.iter().map(Composition::lens));
    let all: Vec<(Lens, usize)> = all.map(|lens| (lens.clone(), count(&lens))).collect();
    view! {
        <Figures figures />
        <Questions id=head.id.to_string() lenses=all lens=lens.cloned() whole=in_full composes />
        {whose}
        {close.view(form, mine)}
        {years}
        {nothing}
    }
    .into_any()
}

/// Whether nothing of a dossier is looked at through a lens.
fn shows_nothing(form: &Revision, answers: &Answers, lens: &Lens) -> bool {
    let sections = form.sections.iter().filter(|section| section.visible.holds(answers, ""));
    !sections.into_iter().any(|section| {
        let groups = section.groups.iter().filter(|group| group.visible.holds(answers, ""));
        groups.into_iter().any(|group| lens.holds(&section.id, &group.id))
    })
}

/// Who composed a question, and what its form does not have any more.
fn whose_it_is(id: &str, form: &Revision, one: &Composition, own: bool) -> AnyView {
    let says = match (own, one.department.as_str()) {
        (true, "") => "Vous avez composé cette question pour vous.".to_owned(),
        (true, place) => {
            format!("Vous avez composé cette question ; le service du {place} la lit aussi.")
        }
        (false, _) => format!(
            "{} a composé cette question pour le service, le {}.",
            one.by_name,
            format::day(one.at)
        ),
    };
    let (href, link) = if own {
        (routes::lens(id, one.id.as_str()), "La modifier")
    } else {
        (routes::lens_from(id, one.id.as_str()), "S'en inspirer")
    };
    let missing = match composed::missing(form, &one.composed.shows).len() {
        0 => None,
        1 => Some(" Une carte choisie n'est pas dans le formulaire de ce dossier.".to_owned()),
        n => Some(format!(" {n} cartes choisies ne sont pas dans le formulaire de ce dossier.")),
    };
    view! { <p class="soft">{text::french(&says)}{missing.map(|says| text::french(&says))}" "<a href=href>{link}</a></p> }
        .into_any()
}

/// Key figures, each beside the one before.
#[component]
fn Figures(
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
fn Questions(
    /// The dossier.
    id: String,
    /// All of them, with how many signals each has to be looked at.
    lenses: Vec<(Lens, usize)>,
    /// The one it is read through.
    lens: Option<Lens>,
    /// Whether nothing else narrows it.
    whole: bool,
    /// Where one composes another.
    composes: Option<String>,
) -> impl IntoView {
    let link = |of: Option<(Lens, usize)>| {
        let (of, count) = of.map_or((None, 0), |(of, count)| (Some(of), count));
        let here = of == lens && whole;
        let says = of.as_ref().map_or("Tout le dossier", |of| &of.question);
        let code = of.as_ref().map_or("", |of| &of.code);
        let class = match &of {
            Some(of) if of.is_composed => "lens lens-composed",
            _ => "lens",
        };
        let marked = (count > 0).then(|| {
            let told = if count == 1 { " signal" } else { " signaux" };
            view! { " " <b class="count">{count}<span class="sr-only">{told}</span></b> }
        });
        view! {
            <li>
                <a class=class href=routes::reading(&id, code) aria-current=here.then_some("true")>{text::french(says)}{marked}</a>
            </li>
        }
    };
    let links: Vec<_> = [None].into_iter().chain(lenses.into_iter().map(Some)).map(link).collect();
    let composes = composes.map(|href| {
        view! { <li><a class="lens lens-new" href=href>"Vos questions…"</a></li> }
    });
    view! {
        <nav aria-label="Questions à trancher" id="lecture">
            <ul class="lenses">{links}{composes}</ul>
        </nav>
    }
}

/// Posts year by year: bars, and the same figures as a table.
#[component]
fn Years(
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
    let asks = years.iter().any(|year| year.asked.is_some());
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
                {asks.then(|| view! { <td class="r" data-l="Demandés">{shown(year.asked)}</td> })}
                <td class="r" data-l="Taux">{rate}</td>
                <td class="bars"><svg viewBox="0 0 100 13" preserveAspectRatio="none" aria-hidden="true">{bars.to_vec()}</svg></td>
            </tr>
        }
    });
    let legend = if asks {
        "Barre claire : conventionnés ; barre foncée : réalisés ; pointillé : demandés."
    } else {
        "Barre claire : conventionnés ; barre foncée : réalisés."
    };
    view! {
        <section class="card pad stack" aria-labelledby="annees">
            <h2 id="annees" class="h3">"Les ETP, année par année"</h2>
            <table class="tbl cards">
                <thead>
                    <tr>
                        <th scope="col">"Année"</th>
                        <th scope="col" class="r">"Conventionnés"</th>
                        <th scope="col" class="r">"Réalisés"</th>
                        {asks.then(|| view! { <th scope="col" class="r">"Demandés"</th> })}
                        <th scope="col" class="r">"Taux"</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p class="soft">{text::french(legend)}</p>
        </section>
    }
    .into_any()
}
