//! What happened with a convention: who, when, in plain words.

use dossier::convention::DeedKind;
use form::number;
use leptos::prelude::*;
use service::{
    Millis,
    conventions::{Deed, Page},
};

use crate::{format, text};

/// One thing that happened.
struct Happened {
    at: Millis,
    /// When, as it is said: a moment, or a day.
    when: String,
    what: String,
    who: String,
    more: String,
    words: String,
    answers: bool,
}

/// Everything, latest first.
#[component]
pub fn History(
    /// The convention.
    page: Page,
    /// Whether somebody of the structure reads.
    is_siae: bool,
) -> impl IntoView {
    // What was prepared and signed as it was is read once, where it was signed.
    let is_signed = |deed: &Deed| {
        deed.kind.signed_as().is_some_and(|signed| {
            page.deeds.iter().any(|one| one.kind == signed && one.said.words == deed.said.words)
        })
    };
    let told = |deed: &Deed| {
        let words = if is_signed(deed) { String::new() } else { deed.said.words.clone() };
        Happened { words, ..of_deed(deed) }
    };
    let mut all: Vec<Happened> = page.deeds.iter().map(told).collect();
    for annex in &page.convention.annexes {
        let number = annex.numbers.display();
        all.push(Happened {
            at: annex.at,
            when: format::moment(annex.at),
            what: format!("Annexe {number} décidée"),
            who: annex.by_name.clone(),
            more: String::new(),
            words: String::new(),
            answers: false,
        });
        let noon = annex.signed.and_then(|day| Some((day, noon(day)?)));
        all.extend(noon.map(|(day, at)| Happened {
            at,
            when: format::date(day),
            what: format!("Annexe {number} signée par l'État et la structure"),
            who: String::new(),
            more: String::new(),
            words: String::new(),
            answers: false,
        }));
    }
    for one in &page.convention.provisional {
        all.push(Happened {
            at: one.at,
            when: format::moment(one.at),
            what: format!("Annexe provisoire {} ouverte", one.numbers.display()),
            who: "Trame, en attendant la décision".to_owned(),
            more: format!("Jusqu'au {}.", format::date(one.terms.end)),
            words: String::new(),
            answers: false,
        });
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    let items = all.into_iter().map(|one| {
        let who = if one.who.is_empty() { String::new() } else { format!(", {}", one.who) };
        let more = (!one.more.is_empty()).then(|| view! { <p>{text::french(&one.more)}</p> });
        let words = (!one.words.is_empty()).then(|| {
            let mine = if is_siae { "Votre réponse" } else { "Sa réponse" };
            let label = one.answers.then(|| view! { <span class="sr-only">{mine}" : "</span> });
            view! { <p class="words">{label}{one.words.clone()}</p> }
        });
        view! {
            <li>
                <p><b>{text::french(&one.what)}</b>" "<span class="soft">{format!("{}{who}", one.when)}</span></p>
                {more}
                {words}
            </li>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby="histoire">
            <h2 id="histoire" class="h3">"Son histoire"</h2>
            <ol class="timeline">{items.collect_view()}</ol>
        </section>
    }
}

/// The noon of a day, to put days among moments.
fn noon(day: form::Date) -> Option<Millis> {
    Millis::hour_in_paris(day, 12)
}

fn of_deed(deed: &Deed) -> Happened {
    let said = &deed.said;
    let day = said.day.map(format::date);
    let more = match (deed.kind, day) {
        (DeedKind::PrepareSuspension | DeedKind::Suspend, Some(from)) => match said.until {
            Some(last) => format!("Du {from} au {} inclus.", format::date(last)),
            None => format!("À partir du {from}, sans date de fin."),
        },
        (DeedKind::Receive, Some(day)) => {
            let until = said.day.and_then(dossier::convention::answer_until);
            let until = until.map(format::date).unwrap_or_default();
            format!("Reçue le {day} : réponse possible jusqu'au {until} inclus.")
        }
        (DeedKind::PrepareTermination | DeedKind::Terminate, Some(last)) => {
            let owed = said.owed.filter(|owed| owed.0 > 0);
            let owed = owed.map(|owed| format!(" Sommes à reverser : {}.", number::euros(owed.0)));
            format!("Dernier jour : le {last}.{}", owed.unwrap_or_default())
        }
        _ => said.motive.map(|motive| format!("{}.", motive.label())).unwrap_or_default(),
    };
    Happened {
        at: deed.at,
        when: format::moment(deed.at),
        what: deed.kind.done().to_owned(),
        who: deed.by_name.clone(),
        more,
        words: said.words.clone(),
        answers: deed.kind == DeedKind::Answer,
    }
}
