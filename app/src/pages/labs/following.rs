//! What changes while a session goes on: who is where, what they say, what they did.

use std::collections::{BTreeMap, BTreeSet};

use form::Revision;
use leptos::prelude::*;
use service::{
    Millis,
    labs::{Heard, Lab, Participant, Remark},
};
use ui::Tag;

use super::{look, page_name, side, voices};
use crate::text;

/// Remarks shown at once, the latest.
const LATEST: usize = 12;

/// How long ago, in minutes.
fn ago(at: Millis, now: Millis) -> String {
    match (now.0 - at.0) / 60_000 {
        ..=0 => "à l'instant".to_owned(),
        minutes @ 1..=59 => format!("{minutes}\u{a0}min"),
        minutes => format!("{}\u{a0}h", minutes / 60),
    }
}

/// What changes while the session goes on.
#[component]
pub fn Following(
    /// The session.
    lab: Lab,
    /// What was said so far.
    heard: Heard,
    /// The form that is tried.
    form: &'static Revision,
    /// Now.
    now: Millis,
) -> impl IntoView {
    let Heard { participants, remarks, done, surveys, .. } = heard;
    let here: Vec<&Participant> = participants.iter().filter(|one| !one.is_gone).collect();
    let structures =
        participants.iter().filter(|one| one.seat == dossier::lab::Seat::Structure).count();
    let places: BTreeSet<String> = remarks.iter().map(|remark| remark.pin.place()).collect();
    let many = u32::try_from(participants.len()).unwrap_or(u32::MAX);
    let figures = [
        (
            "Participants",
            participants.len().to_string(),
            format!(
                "{structures} côté structure, {} côté agent, {} encore là",
                participants.len() - structures,
                here.len()
            ),
        ),
        (
            "Remarques",
            remarks.len().to_string(),
            if places.is_empty() {
                "aucune".to_owned()
            } else {
                text::count(u32::try_from(places.len()).unwrap_or(u32::MAX), "endroit", "endroits")
            },
        ),
        ("Questionnaires", surveys.len().to_string(), format!("sur {many}")),
    ];
    let figures = figures.map(|(label, value, detail)| {
        view! { <div class="figure"><dt>{label}</dt><dd class="fig">{value}</dd><dd class="soft">{detail}</dd></div> }
    });
    let rows = here.iter().map(|one| {
        let page = form
            .section(&one.page)
            .map_or_else(|| page_name(&one.page).to_owned(), |section| section.title.to_string());
        view! {
            <tr>
                <th scope="row">{one.name.clone()}<small class="by">{side(one.seat)}</small></th>
                <td data-l="Page">{page}</td>
                <td data-l="Depuis">{ago(one.seen_at, now)}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let people = if rows.is_empty() {
        view! { <p class="soft">{text::french("Personne encore. Projetez le code : on entre en quelques secondes.")}</p> }.into_any()
    } else {
        view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label="Tableau des participants"><table class="tbl cards">
                <caption class="sr-only">"Participants, et la page où ils sont"</caption>
                <thead><tr><th scope="col">"Pseudonyme"</th><th scope="col">"Page"</th><th scope="col">"Depuis"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
        .into_any()
    };
    let tasks = (0u32..).zip(&lab.tasks).map(|(rank, task)| {
        let by = done.iter().filter(|one| one.task == rank).count();
        let by = u32::try_from(by).unwrap_or(u32::MAX);
        view! {
            <li class="lab-task"><span>{text::french(task)}</span><span class="num"><b>{by}</b>{format!(" sur {many}")}</span>
                <Bar part=by of=many />
            </li>
        }
    });
    let tasks: Vec<_> = tasks.collect();
    let tasks = (!tasks.is_empty()).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="taches">
                <h2 id="taches" class="h3">"Tâches faites"</h2>
                <ol class="lab-tasks">{tasks}</ol>
            </section>
        }
    });
    view! {
        <dl class="figures lab-figures">{figures.to_vec()}</dl>
        <div class="lab-two">
            <section class="card pad stack" aria-labelledby="en-direct">
                <h2 id="en-direct" class="h3">"Remarques en direct"</h2>
                <Live remarks />
            </section>
            <section class="card pad stack" aria-labelledby="qui-est-ou">
                <h2 id="qui-est-ou" class="h3">"Qui est où"</h2>
                {people}
            </section>
        </div>
        {tasks}
    }
}

/// A share as a bar; the figures stand beside it.
#[component]
fn Bar(part: u32, of: u32) -> impl IntoView {
    let width = (u64::from(part) * 1_000).checked_div(u64::from(of)).unwrap_or_default();
    view! {
        <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-done" x="0" y="0" width=width.to_string() height="10"></rect>
        </svg>
    }
}

/// The latest remarks, under what they are pinned on.
#[component]
fn Live(remarks: Vec<Remark>) -> impl IntoView {
    if remarks.is_empty() {
        return view! { <p class="soft">"Les remarques paraissent ici dès qu'elles sont épinglées."</p> }
            .into_any();
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for remark in &remarks {
        *counts.entry(remark.pin.place()).or_default() += 1;
    }
    let mut groups: Vec<(String, String, Vec<Remark>)> = Vec::new();
    for remark in remarks.into_iter().rev().take(LATEST) {
        let place = remark.pin.place();
        match groups.iter_mut().find(|(known, ..)| *known == place) {
            Some((_, _, group)) => group.push(remark),
            None => groups.push((place, remark.pin.called.clone(), vec![remark])),
        }
    }
    let groups = groups.into_iter().map(|(place, called, remarks)| {
        let count = counts.get(&place).copied().unwrap_or_default();
        let lines = remarks.into_iter().map(|remark| view! { <Said remark /> });
        view! {
            <div class="stack lab-group">
                <h3>{called}<span class="soft">{format!(" {count}")}</span></h3>
                <ul class="lab-remarks">{lines.collect_view()}</ul>
            </div>
        }
    });
    groups.collect_view().into_any()
}

/// A remark as who leads reads it.
#[component]
pub fn Said(
    /// The remark.
    remark: Remark,
) -> impl IntoView {
    let (tone, icon) = look(remark.kind);
    let votes = (!remark.votes.is_empty())
        .then(|| view! { <span class="soft">{voices(remark.votes.len())}</span> });
    let words = (!remark.text.is_empty())
        .then(|| view! { <p class="words">{format!("«\u{a0}{}\u{a0}»", remark.text)}</p> });
    let row = (!remark.pin.at.row.is_empty()).then(|| view! { <b>{remark.pin.called.clone()}</b> });
    view! {
        <li class="lab-remark">
            <p class="tags"><Tag tone=tone icon=icon text=remark.kind.label() />{row}<span class="soft">{format!("{}, {}", remark.by_name, side(remark.seat))}</span>{votes}</p>
            {words}
        </li>
    }
}
