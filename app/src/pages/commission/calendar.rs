//! The calendar of the commission, and what waits for it; a member sees sittings and their packs.

use dossier::commission::{Stage, Wait};
use form::Date;
use leptos::prelude::*;
use service::commission::{Sitting, Typed, Waiting};

use super::{NAME, StageTag, counted, department, is_to_come, title, where_and_when};
use crate::{format, routes, text};

/// What the page shows.
pub struct Calendar {
    /// The départements whose commission concerns the person.
    pub departments: Vec<String>,
    /// The sittings, latest first.
    pub sittings: Vec<Sitting>,
    /// What waits, for who keeps the calendar; nothing for a member.
    pub waiting: Option<Vec<Waiting>>,
    /// What was typed, and why it was not kept.
    pub refused: Option<(&'static str, Typed)>,
    /// Today.
    pub today: Date,
}

/// The page.
#[component]
pub fn CalendarPage(
    /// What it shows.
    calendar: Calendar,
) -> impl IntoView {
    let Calendar { departments, sittings, waiting, refused, today } = calendar;
    let keeps = waiting.is_some();
    let names: Vec<String> = departments.iter().map(|one| department(one)).collect();
    let lead = format!("{NAME}. {}.", names.join(", "));
    let (mut coming, past): (Vec<_>, Vec<_>) =
        sittings.into_iter().partition(|one| is_to_come(one, today));
    coming.reverse();
    let many = departments.len() > 1;
    let next = coming.iter().find(|one| one.stage().is_open()).map(|one| one.id.to_string());
    let table = |sittings: Vec<Sitting>, label: &'static str| {
        let rows = sittings.into_iter().map(|sitting| row(&sitting, keeps, many));
        view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label=format!("{label}, tableau")>
                <table class="tbl cards">
                    <caption class="sr-only">{label}</caption>
                    <thead><tr><th scope="col">"Séance"</th><th scope="col">"État"</th><th scope="col">"Ordre du jour"</th><th scope="col">"Dossier de séance"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    };
    let coming = if coming.is_empty() {
        let says = if keeps {
            "Aucune séance n'est prévue. Prévoyez la première ci-dessous : vous y mettrez ensuite les dossiers qui attendent."
        } else {
            "Aucune séance n'est prévue pour l'instant. La prochaine apparaîtra ici dès que la DDETS l'aura fixée."
        };
        view! { <p>{text::french(says)}</p> }.into_any()
    } else {
        table(coming, "Séances à venir").into_any()
    };
    let past = (!past.is_empty()).then(|| {
        let past = table(past, "Séances passées");
        view! { <section class="card pad stack" aria-labelledby="passees"><h2 id="passees" class="h3">"Séances passées"</h2>{past}</section> }
    });
    let planning = keeps.then(|| view! { <Planning departments refused today /> });
    let waiting = waiting.map(|waiting| waits(&waiting, next.as_deref()));
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Commission"</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            {waiting}
            <section class="card pad stack" aria-labelledby="a-venir">
                <h2 id="a-venir" class="h3">"Séances à venir"</h2>
                {coming}
            </section>
            {planning}
            {past}
        </div>
    }
}

/// A line of the calendar.
fn row(sitting: &Sitting, keeps: bool, many: bool) -> AnyView {
    let id = sitting.id.to_string();
    let name = title(sitting);
    let name = if keeps {
        view! { <a href=routes::sitting(&id)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let of = many.then(|| view! { <span class="under">{department(&sitting.department)}</span> });
    let pack = match (sitting.sent_at(), sitting.stage()) {
        (_, Stage::Cancelled) => view! { <span class="soft">"—"</span> }.into_any(),
        (Some(at), _) => view! {
            <div>
                <a href=routes::pack(&id)>"Lire le dossier de séance"</a>
                <span class="under">{format!("envoyé le {}", format::day(at))}</span>
            </div>
        }
        .into_any(),
        (None, _) => {
            let by = format!("au plus tard le {}", format::date(sitting.appointment.pack_day));
            view! { <span class="soft">{by}</span> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{name}<span class="under">{text::french(&where_and_when(sitting))}</span>{of}</th>
            <td data-l="État"><StageTag stage=sitting.stage() /></td>
            <td data-l="Ordre du jour">{counted(sitting.counts)}</td>
            <td data-l="Dossier de séance">{pack}</td>
        </tr>
    }
    .into_any()
}

/// How much waits, and where to put it.
fn waits(waiting: &[Waiting], next: Option<&str>) -> AnyView {
    let of = |wait| {
        let count = waiting.iter().filter(|one| one.wait == wait).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let all = [
        (of(Wait::Opinion), "dossier attend un avis", "dossiers attendent un avis"),
        (
            of(Wait::ToRefer),
            "dossier demande un avis et n'est pas encore transmis",
            "dossiers demandent un avis et ne sont pas encore transmis",
        ),
        (of(Wait::Information), "dossier est pour information", "dossiers sont pour information"),
    ];
    let items = all.into_iter().filter(|(count, ..)| *count > 0);
    let items: Vec<_> = items
        .map(|(count, one, many)| view! { <li>{text::count(count, one, many)}</li> })
        .collect();
    if items.is_empty() {
        return view! {
            <p class="note note-sauge">{text::french("Rien n'attend la commission : tout est à l'ordre du jour d'une séance, ou rendu.")}</p>
        }
        .into_any();
    }
    let put = next.map(|id| {
        view! { <p><a class="btn btn-main" href=format!("{}#attente", routes::sitting(id))>"Les mettre à l'ordre du jour de la prochaine séance"</a></p> }
    });
    view! {
        <section class="card pad stack" aria-labelledby="attend">
            <h2 id="attend" class="h3">"Ce qui attend la commission"</h2>
            <ul>{items}</ul>
            {put}
        </section>
    }
    .into_any()
}

/// Planning a sitting.
#[component]
fn Planning(
    departments: Vec<String>,
    refused: Option<(&'static str, Typed)>,
    today: Date,
) -> impl IntoView {
    let (problem, typed) = refused.unzip();
    let of = match departments.as_slice() {
        [one] => view! { <input type="hidden" name="departement" value=one.clone() /> }.into_any(),
        many => {
            let options = many.iter().map(|one| {
                view! { <option value=one.clone()>{department(one)}</option> }
            });
            view! {
                <div class="field">
                    <label for="departement">"Département"</label>
                    <select class="input input-mid" id="departement" name="departement">{options.collect_view()}</select>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="card pad stack no-print" aria-labelledby="prevoir">
            <h2 id="prevoir" class="h3">"Prévoir une séance"</h2>
            {problem.map(|says| view! { <p class="error" role="alert">{text::french(says)}</p> })}
            <form method="post" action=routes::COMMISSION class="stack" autocomplete="off">
                {of}
                <AppointmentFields typed=typed.unwrap_or_default() today />
                <p class="actions"><button class="btn btn-main" type="submit">"Prévoir cette séance"</button></p>
            </form>
        </section>
    }
}

/// When and where, as they are typed.
#[component]
pub fn AppointmentFields(
    /// What was typed.
    typed: Typed,
    /// Today.
    today: Date,
) -> impl IntoView {
    let Typed { day, hour, place, pack_day } = typed;
    view! {
        <div class="field">
            <label for="jour">"Jour"</label>
            <input class="input input-mid" id="jour" name="jour" type="date" required=true min=today.to_string() value=day />
        </div>
        <div class="field">
            <label for="heure">"Heure"</label>
            <input class="input input-mid" id="heure" name="heure" type="time" required=true value=hour />
        </div>
        <div class="field">
            <label for="lieu">"Lieu, ou lien de visioconférence"</label>
            <input class="input" id="lieu" name="lieu" required=true maxlength="200" value=place />
        </div>
        <div class="field">
            <label for="envoi">"Dossier de séance envoyé au plus tard le"<span class="optional">" (facultatif)"</span></label>
            <p class="hint" id="aide-envoi">{text::french("Aucun texte ne fixe ce délai : suivez votre règlement intérieur. Sans réponse, dix jours avant la séance.")}</p>
            <input class="input input-mid" id="envoi" name="envoi" type="date" min=today.to_string() value=pack_day aria-describedby="aide-envoi" />
        </div>
    }
}
