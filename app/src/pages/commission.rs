//! The commission: its calendar, a sitting, its pack, what it said.

mod agenda;
pub mod calendar;
pub mod hearing;
pub mod minutes;
pub mod pack;
pub mod sitting;

use dossier::{
    commission::{Hour, Stage},
    place::department_name,
};
use form::{Date, Hundredths, number};
use leptos::prelude::*;
use service::commission::{Outcome, Sitting};
use ui::{IconName, Tag};

use super::nature;
use crate::{format, text};

/// What the commission is called, once.
const NAME: &str =
    "Commission spécialisée de l'inclusion et de l'insertion par l'activité économique";

/// A sitting by its day.
pub fn title(sitting: &Sitting) -> String {
    format!("Séance du {}", format::date(sitting.appointment.day))
}

/// Its hour and place.
fn where_and_when(sitting: &Sitting) -> String {
    let Sitting { appointment, .. } = sitting;
    format!("{}, {}", Hour::french(appointment.hour), appointment.place)
}

/// A département by its name.
fn department(code: &str) -> String {
    match department_name(code) {
        "" => code.to_owned(),
        name => name.to_owned(),
    }
}

/// How a sitting stands, as a tag.
#[component]
fn StageTag(stage: Stage) -> impl IntoView {
    let (tone, icon) = match stage {
        Stage::Planned => ("t-guede", IconName::Pencil),
        Stage::Convened => ("t-orseille", IconName::Calendar),
        Stage::Held => ("t-sauge", IconName::Check),
        Stage::Cancelled => ("", IconName::Info),
    };
    view! { <Tag tone=tone icon=icon text=stage.label() /> }
}

/// What came of a dossier, as a tag.
#[component]
fn OutcomeTag(outcome: Outcome) -> impl IntoView {
    let (tone, icon, says) = match outcome {
        Outcome::Awaited(_) => ("t-gaude", IconName::Eye, "Avis attendu".to_owned()),
        Outcome::Deemed(_) => ("t-orseille", IconName::Calendar, "Avis réputé rendu".to_owned()),
        Outcome::Noted(opinion) => {
            ("t-sauge", IconName::Check, format!("Avis {}", opinion.sense.label().to_lowercase()))
        }
        Outcome::Known => ("", IconName::Info, "Pour information".to_owned()),
        Outcome::Postponed => ("t-terre", IconName::ArrowRight, "Reporté".to_owned()),
        Outcome::Gone => ("", IconName::Info, "N'attend plus d'avis".to_owned()),
    };
    view! { <Tag tone=tone icon=icon text=says /> }
}

/// By when the commission answers, or since when its opinion is deemed given; with the text that says so.
fn delay(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Awaited(Some(day)) => Some(format!(
            "À rendre jusqu'au {} (un mois, circulaire DGEFP 2008-21).",
            format::date(*day)
        )),
        Outcome::Deemed(day) => Some(format!(
            "Le mois de la commission s'est achevé le {} : son avis est réputé rendu, sans sens favorable ou défavorable (circulaire DGEFP 2008-21).",
            format::date(*day)
        )),
        _ => None,
    }
}

/// What a request is: "Renouvellement 2027".
fn request(kind: &str, year: i32) -> String {
    format!("{} {year}", nature(kind))
}

/// ETP that are asked for, beside those of the annexe in force.
fn posts((asked, before): (Option<Hundredths>, Option<Hundredths>)) -> String {
    let etp = |etp: Hundredths| number::etp(etp.0);
    match (asked, before) {
        (Some(asked), Some(before)) if asked == before => format!("{} ETP, inchangés", etp(asked)),
        (Some(asked), Some(before)) => format!("{} ETP, au lieu de {}", etp(asked), etp(before)),
        (Some(asked), None) => format!("{} ETP", etp(asked)),
        (None, _) => "ETP non précisés".to_owned(),
    }
}

/// Dossiers on an agenda, in words.
fn counted((opinions, informations): (u32, u32)) -> String {
    match (opinions, informations) {
        (0, 0) => "aucun dossier".to_owned(),
        (n, 0) => text::count(n, "dossier pour avis", "dossiers pour avis"),
        (0, n) => text::count(n, "dossier pour information", "dossiers pour information"),
        (a, b) => {
            format!("{} pour avis, {} pour information", text::count(a, "dossier", "dossiers"), b)
        }
    }
}

/// Whether a day is today or to come.
fn is_to_come(sitting: &Sitting, today: Date) -> bool {
    sitting.stage().is_open()
        || (sitting.appointment.day >= today && sitting.stage() == Stage::Cancelled)
}
