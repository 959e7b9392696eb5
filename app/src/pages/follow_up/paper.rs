//! The fiche de suivi as a paper: what everybody reads and prints.

use dossier::{
    annex::{Grant, Terms},
    follow_up::{EXITS, Sheet},
    form::objectifs::AXES,
};
use form::{Date, number};
use leptos::prelude::*;
use service::follow_up::FollowUp;

use super::modulation::percent;
use crate::{format, text};

/// The last version that the reader may see.
#[component]
pub fn Paper(
    /// The sheet.
    follow_up: FollowUp,
) -> impl IntoView {
    let Some(version) = follow_up.last.clone() else {
        return view! { <p class="card pad soft">{text::french("Aucune fiche n'a été écrite.")}</p> }.into_any();
    };
    let head = follow_up.head.clone();
    let asked = asked(&follow_up);
    view! {
        <article class="card pad stack paper">
            <h2>{head.structure_name.clone()}</h2>
            <p>{text::french(&asked)}</p>
            {texts(&version.sheet, "h3")}
        </article>
    }
    .into_any()
}

/// What a sheet says, its parts under headings of this level.
pub fn texts(sheet: &Sheet, level: &'static str) -> AnyView {
    let part = |title: &str, said: &str| {
        (!said.is_empty()).then(|| {
            let title = title.to_owned();
            let heading = match level {
                "h4" => view! { <h4>{title}</h4> }.into_any(),
                _ => view! { <h3>{title}</h3> }.into_any(),
            };
            view! { {heading} <p class="words">{said.to_owned()}</p> }
        })
    };
    let mut facts = Vec::new();
    if let Some(day) = Date::parse_iso(&sheet.day) {
        facts.push(("Dialogue tenu le", format::date(day)));
    }
    facts.push(("ETP retenus", sheet.etp.clone()));
    if !sheet.modulated.is_empty() {
        facts.push((
            "Part modulée proposée",
            format!("{}\u{a0}% du montant socle", sheet.modulated),
        ));
    }
    for ((_, label), rate) in EXITS.iter().zip(&sheet.exits) {
        facts.push((label, format!("{rate}\u{a0}%")));
    }
    if let Some(rate) = sheet.dynamic() {
        facts.push(("Sorties dynamiques", percent(rate)));
    }
    let facts =
        facts.into_iter().map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> });
    let axes = AXES.iter().zip(&sheet.axes).map(|(axis, said)| part(&axis.label, said));
    view! {
        <dl class="facts">{facts.collect_view()}</dl>
        {part("Avec", &sheet.participants)}
        {axes.collect_view()}
        {part("Points de vigilance", &sheet.attention)}
        {part("Suites", &sheet.next)}
    }
    .into_any()
}

/// What the structure asks for, in a sentence.
pub fn asked(follow_up: &FollowUp) -> String {
    let terms =
        Grant::asked(&follow_up.answers).and_then(|grant| Terms::of(&follow_up.answers, grant));
    let Some(terms) = terms else {
        return "Le dépôt ne dit ni période ni ETP.".to_owned();
    };
    let aid = terms.total().map_or_else(
        || "aide au forfait".to_owned(),
        |total| format!("{} de montant socle", number::euros(total.0)),
    );
    format!(
        "La structure demande {} ETP du {} au {} : {aid}.",
        number::etp(terms.grant.etp.0),
        format::date(terms.start),
        format::date(terms.end)
    )
}
