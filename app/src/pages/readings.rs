//! Who read a dossier on the State's side, for its structure.

use form::Date;
use leptos::prelude::*;
use service::{DossierHead, readings::Reading};

use super::Crumbs;
use crate::{format, text};

/// The page: by day, then by person.
#[component]
pub fn ReadingsPage(
    /// The dossier.
    head: DossierHead,
    /// Latest day first.
    readings: Vec<Reading>,
) -> impl IntoView {
    let empty = readings.is_empty().then(|| {
        view! { <p class="card pad">"Personne, côté administration, n'a encore ouvert votre dossier."</p> }
    });
    let days = readings
        .chunk_by(|a, b| a.day == b.day)
        .map(|day| {
            let name = Date::parse_iso(&day[0].day).map(format::date).unwrap_or_default();
            let mut people: Vec<&Reading> = day.iter().collect();
            people.sort_by_key(|reading| (reading.role.label(), &reading.by, reading.first));
            let lines = people.into_iter().map(line).collect_view();
            view! {
                <section class="stack">
                    <h2 class="h3">{name.clone()}</h2>
                    <div class="card pad">
                        <table class="tbl cards">
                            <caption class="sr-only">{format!("Lectures du {name}")}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Qui"</th>
                                    <th scope="col">"Institution"</th>
                                    <th scope="col">"Ce qui a été ouvert"</th>
                                    <th scope="col">"Quand"</th>
                                </tr>
                            </thead>
                            <tbody>{lines}</tbody>
                        </table>
                    </div>
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head />
                <h1>"Qui a lu votre dossier"</h1>
                <p class="lead">{text::french("Chaque ouverture de votre dossier déposé, ou d'un de ses documents, par une personne de l'administration est notée ici. Votre brouillon n'est lu que par votre structure, et par les personnes à qui elle en confie une étape.")}</p>
            </header>
            {empty}
            {days}
        </div>
    }
}

fn line(reading: &Reading) -> impl IntoView + use<> {
    let what = match (&reading.document, reading.document_name.as_str()) {
        (None, _) => "Le dossier".to_owned(),
        (Some(_), name) => format!("Le document « {name} »"),
    };
    let when = if reading.times == 1 {
        format::hour(reading.first)
    } else {
        let (first, last) = (format::hour(reading.first), format::hour(reading.last));
        format!("{} fois, de {first} à {last}", reading.times)
    };
    let title = reading.title.clone();
    view! {
        <tr>
            <td data-l="Qui">{reading.by_name.clone()} {(!title.is_empty()).then(|| view! { <br /><span class="soft">{title}</span> })}</td>
            <td data-l="Institution">{reading.role.label()}</td>
            <td data-l="Ce qui a été ouvert">{text::french(&what)}</td>
            <td data-l="Quand">{when}</td>
        </tr>
    }
}
