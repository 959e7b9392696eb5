//! A sitting, for who prepares it: what is next to do, its agenda, what may be put on it.

use dossier::commission::{Deed, Stage, Wait};
use form::Date;
use leptos::prelude::*;
use service::commission::{Item, Sitting, Typed, Waiting};

pub use super::agenda::Unkept;
use super::{
    StageTag, agenda::Agenda, calendar::AppointmentFields, posts, request, where_and_when,
};
use crate::{format, routes, text};

/// What the page shows.
pub struct Desk {
    /// The sitting.
    pub sitting: Sitting,
    /// Its agenda.
    pub items: Vec<Item>,
    /// What waits, on no agenda.
    pub waiting: Vec<Waiting>,
    /// What was just done.
    pub done: Option<String>,
    /// Why something was not.
    pub refused: Option<String>,
    /// What was typed of the appointment, and not kept.
    pub typed: Option<Typed>,
    /// A presentation that was not kept.
    pub unkept: Option<Unkept>,
    /// Today.
    pub today: Date,
}

/// The page.
#[component]
pub fn SittingPage(
    /// What it shows.
    desk: Desk,
) -> impl IntoView {
    let Desk { sitting, items, waiting, done, refused, typed, unkept, today } = desk;
    let id = sitting.id.to_string();
    let open = sitting.stage().is_open();
    let next = next(&sitting, &items, today);
    let waiting = open.then(|| view! { <Waits id=id.clone() waiting /> });
    let change = open.then(|| view! { <Change sitting=sitting.clone() typed today /> });
    let cancel = open.then(|| {
        view! {
            <form method="post" action=routes::sitting_deed(&id) class="no-print">
                <input type="hidden" name="etape" value=Deed::Cancel.code() />
                <button class="btn btn-danger" type="submit">"Annuler la séance"</button>
            </form>
        }
    });
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs"><a href=routes::COMMISSION>"Commission"</a></p>
                <h1>{super::title(&sitting)}</h1>
                <p class="tags"><StageTag stage=sitting.stage() /><span class="soft">{text::french(&where_and_when(&sitting))}</span></p>
            </header>
            {done.map(|says| view! { <p class="note note-sauge" role="status">{text::french(&says)}</p> })}
            {refused.map(|says| view! { <p class="error" role="alert">{text::french(&says)}</p> })}
            {next}
            <Agenda sitting=sitting.clone() items unkept today />
            {waiting}
            {change}
            {cancel}
        </div>
    }
}

/// A form of one button, that moves the sitting on.
fn deed(id: &str, deed: Deed, says: &'static str, main: bool) -> AnyView {
    let class = if main { "btn btn-main" } else { "btn" };
    view! {
        <form method="post" action=routes::sitting_deed(id)>
            <input type="hidden" name="etape" value=deed.code() />
            <button class=class type="submit">{says}</button>
        </form>
    }
    .into_any()
}

/// What is next to do with a sitting, and the papers of it.
fn next(sitting: &Sitting, items: &[Item], today: Date) -> AnyView {
    let id = sitting.id.as_str();
    let awaited = items.iter().filter(|item| item.is_awaited(today)).count();
    let awaited = u32::try_from(awaited).unwrap_or(u32::MAX);
    let left = text::count(awaited, "avis à noter", "avis à noter");
    let read = || view! { <a class="btn" href=routes::pack(id)>"Lire le dossier de séance"</a> };
    let note = |main: bool| {
        let class = if main { "btn btn-main" } else { "btn" };
        view! { <a class=class href=routes::opinions(id)>"Noter les avis"</a> }
    };
    let minutes = || view! { <a class="btn" href=routes::minutes(id)>"Voir le relevé d'avis"</a> };
    let has_come = sitting.appointment.day <= today;
    let (says, buttons) = match sitting.stage() {
        Stage::Planned => (
            format!(
                "Le dossier de séance s'envoie au plus tard le {}. Les membres le liront dans Trame, tel que les structures l'ont déposé.",
                format::date(sitting.appointment.pack_day)
            ),
            view! { {deed(id, Deed::Send, "Envoyer le dossier de séance", !has_come)} {read()} {note(has_come)} }
                .into_any(),
        ),
        Stage::Convened => {
            let sent = sitting.sent_at().map(format::moment).unwrap_or_default();
            let ends = (awaited == 0 && has_come)
                .then(|| deed(id, Deed::Hold, "Clore la séance", true));
            (
                format!("Dossier de séance envoyé le {sent}. {left}."),
                view! { {ends} {note(awaited > 0 && has_come)} {read()} {minutes()} {deed(id, Deed::Send, "Envoyer de nouveau", false)} }
                    .into_any(),
            )
        }
        Stage::Held => (
            "Cette séance est tenue : son relevé ne change plus.".to_owned(),
            view! { {minutes()} {read()} }.into_any(),
        ),
        Stage::Cancelled => (
            "Cette séance est annulée. Ses dossiers attendent de nouveau, sauf ceux qui avaient reçu leur avis.".to_owned(),
            deed(id, Deed::Restore, "Rétablir la séance", true),
        ),
    };
    let ends = (sitting.stage() == Stage::Planned && has_come && awaited == 0)
        .then(|| deed(id, Deed::Hold, "Clore la séance", false));
    view! {
        <section class="card pad stack no-print" aria-labelledby="suite">
            <h2 id="suite" class="h3">"La suite"</h2>
            <p>{text::french(&says)}</p>
            <div class="actions">{buttons}{ends}</div>
        </section>
    }
    .into_any()
}

/// Another day, hour or place.
#[component]
fn Change(sitting: Sitting, typed: Option<Typed>, today: Date) -> impl IntoView {
    let open = typed.is_some();
    let now = || Typed {
        day: sitting.appointment.day.to_string(),
        hour: sitting.appointment.hour.to_string(),
        place: sitting.appointment.place.clone(),
        pack_day: sitting.appointment.pack_day.to_string(),
    };
    let typed = typed.unwrap_or_else(now);
    view! {
        <details class="card pad no-print" open=open>
            <summary>"Changer la date, l'heure ou le lieu"</summary>
            <form method="post" action=routes::sitting(sitting.id.as_str()) class="stack" autocomplete="off">
                <input type="hidden" name="vu" value=sitting.version.to_string() />
                <AppointmentFields typed today />
                <p class="actions"><button class="btn btn-main" type="submit">"Enregistrer"</button></p>
            </form>
        </details>
    }
}

/// What may be put on the agenda, and why it goes there.
#[component]
fn Waits(id: String, waiting: Vec<Waiting>) -> impl IntoView {
    if waiting.is_empty() {
        return view! {
            <section class="card pad stack no-print" aria-labelledby="attente">
                <h2 id="attente" class="h3">"À mettre à l'ordre du jour"</h2>
                <p class="soft">{text::french("Rien n'attend : tous les dossiers à soumettre sont à l'ordre du jour d'une séance.")}</p>
            </section>
        }
        .into_any();
    }
    let groups = [
        (Wait::Opinion, "Avis demandé, attendu", ""),
        (
            Wait::ToRefer,
            "Avis requis, commission pas encore saisie",
            "Les cocher saisit la commission : son mois commence ce jour, et la structure en est informée.",
        ),
        (
            Wait::Information,
            "Pour information",
            "La commission n'a pas d'avis à rendre sur ces dossiers.",
        ),
    ];
    let all = waiting.iter().any(|one| one.wait == Wait::Opinion);
    let groups = groups.into_iter().filter_map(|(wait, title, hint)| {
        let lines: Vec<_> = waiting.iter().filter(|one| one.wait == wait).map(wait_line).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <fieldset class="field">
                    <legend class="label">{title}</legend>
                    {(!hint.is_empty()).then(|| view! { <p class="hint">{text::french(hint)}</p> })}
                    <div class="choices">{lines}</div>
                </fieldset>
            }
        })
    });
    let groups: Vec<_> = groups.collect();
    view! {
        <section class="card pad stack no-print" aria-labelledby="attente">
            <h2 id="attente" class="h3">"À mettre à l'ordre du jour"</h2>
            <form method="post" action=routes::sitting_agenda(&id) class="stack" autocomplete="off">
                {groups}
                <p class="actions">
                    <button class="btn btn-main" type="submit" name="geste" value="mettre">"Mettre à l'ordre du jour"</button>
                    {all.then(|| view! { <button class="btn" type="submit" name="geste" value="tout">"Mettre tous ceux dont l'avis est attendu"</button> })}
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn wait_line(one: &Waiting) -> AnyView {
    let value = format!("{}:{}", one.dossier, one.deposit);
    let due = one.due().map(|day| format!(" Réputé rendu passé le {}.", format::date(day)));
    let says = format!(
        "{}, {}. {}{}",
        request(&one.nature, one.year),
        posts(one.etp),
        one.circuit().why,
        due.unwrap_or_default()
    );
    view! {
        <label class="choice">
            <input type="checkbox" name="dossier" value=value />
            <span><strong>{one.structure_name.clone()}</strong>" "<span class="kind">{one.kind.clone()}</span><span class="under">{text::french(&says)}</span></span>
        </label>
    }
    .into_any()
}
