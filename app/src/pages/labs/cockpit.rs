//! What a facilitator follows while a session is open, and what is projected in the room. A small
//! script fetches the live part again every few seconds; without it, the page is loaded again.

use std::collections::BTreeMap;

use form::Revision;
use leptos::prelude::*;
use service::{
    Millis,
    labs::{Heard, Lab, Participant, Remark, Stage},
};
use ui::{Icon, IconName, Tag};

use super::{list::stage_tag, look, page_name, side, voices};
use crate::{format, routes, text};

/// Remarks shown at once, the latest.
const LATEST: usize = 12;

/// A QR code, as the path of its dark squares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Squares on a side, the quiet zone included.
    pub side: usize,
    /// The path.
    pub path: String,
}

/// What the pages show.
pub struct Cockpit {
    /// The session.
    pub lab: Lab,
    /// What was said so far.
    pub heard: Heard,
    /// The form that is tried.
    pub form: &'static Revision,
    /// What its variant is called; empty for the national form.
    pub variant: String,
    /// Where one comes in, in full.
    pub address: String,
    /// The same as a picture.
    pub qr: Option<Qr>,
    /// Now.
    pub now: Millis,
    /// Version of the small scripts.
    pub version: String,
}

/// The code to scan.
#[component]
fn Code(qr: Option<Qr>) -> impl IntoView {
    qr.map(|qr| {
        let box_of = format!("0 0 {0} {0}", qr.side);
        view! {
            <svg class="lab-qr" viewBox=box_of role="img" aria-label="Code à scanner pour rejoindre l'atelier" shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#fff"></rect>
                <path d=qr.path fill="#000"></path>
            </svg>
        }
    })
}

/// Time left, in words; `None` without a timer.
fn left(timer: Option<Millis>, now: Millis) -> Option<String> {
    let seconds = (timer?.0 - now.0) / 1_000;
    Some(if seconds <= 0 {
        "Temps écoulé".to_owned()
    } else {
        format!("{}\u{a0}min {:02}\u{a0}s", seconds / 60, seconds % 60)
    })
}

/// How long ago, in minutes.
fn ago(at: Millis, now: Millis) -> String {
    match (now.0 - at.0) / 60_000 {
        ..=0 => "à l'instant".to_owned(),
        minutes @ 1..=59 => format!("{minutes}\u{a0}min"),
        minutes => format!("{}\u{a0}h", minutes / 60),
    }
}

/// The cockpit.
#[component]
pub fn CockpitPage(
    /// What it shows.
    cockpit: Cockpit,
) -> impl IntoView {
    let Cockpit { lab, heard, form, variant, address, qr, now, version } = cockpit;
    let id = lab.id.to_string();
    let stage = lab.stage_at(now);
    let what = if variant.is_empty() {
        format!("Formulaire national, révision {}", lab.form.revision)
    } else {
        format!("{variant}, sur le national révision {}", lab.form.revision)
    };
    let src = format!("/atelier-suivi.js?v={version}");
    let post = routes::lab(&id);
    let acts = match stage {
        Stage::Prepared => {
            view! { <Act action=post.clone() value="ouvrir" main=true says="Ouvrir l'atelier" /> }
                .into_any()
        }
        Stage::Closed => {
            view! { <Act action=post.clone() value="ouvrir" main=false says="Rouvrir l'atelier" /> }
                .into_any()
        }
        Stage::Open => {
            let (value, says) = if lab.votes {
                ("fermer-votes", "Fermer les votes")
            } else {
                ("ouvrir-votes", "Ouvrir les votes")
            };
            view! {
                <a class="btn" href=routes::projected(&id)>"Projeter le code"</a>
                <Act action=post.clone() value=value main=false says=says />
                <Sure action=post.clone() value="remettre" says="Remettre à zéro" warns="Tous les dossiers fictifs reviennent au début, pour tout le monde. Les remarques restent." />
                <Sure action=post.clone() value="terminer" says="Terminer" warns="Plus personne n'écrit dans l'espace. Les remarques restent, le questionnaire reste ouvert sept jours." />
            }
            .into_any()
        }
    };
    let join = (stage == Stage::Open).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="rejoindre">
                <h2 id="rejoindre" class="h3">"Rejoindre"</h2>
                <Code qr />
                <p class="soft">"ou, sur n'importe quel appareil,"</p>
                <p><strong class="lab-address">{address}</strong></p>
                <p>"Code : "<strong class="lab-letters">{lab.code.clone()}</strong></p>
            </section>
            <Timer action=post timer=lab.timer now />
        }
    });
    view! {
        <div class="wrap page stack">
            <header class="lab-head">
                <div>
                    <p class="crumbs"><a href=routes::LABS>"Ateliers"</a></p>
                    <h1>{text::french(&lab.title)}</h1>
                    <p class="tags">{stage_tag(stage)}<span class="soft">{format!("{what}, {}, {}", lab.place, format::date(lab.day))}</span></p>
                </div>
                <div class="actions">{acts}<a class="btn" href=routes::synthesis(&id)>"Synthèse"</a></div>
            </header>
            <div class="lab-columns">
                <div class="stack lab-side">{join}</div>
                <div id="suivi" class="stack" data-suivi=(stage == Stage::Open).then_some("4")>
                    <Following lab heard form now />
                </div>
            </div>
            <script src=src defer></script>
        </div>
    }
}

/// One button.
#[component]
fn Act(action: String, value: &'static str, main: bool, says: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <button class=if main { "btn btn-main" } else { "btn" } type="submit" name="geste" value=value>{says}</button>
        </form>
    }
}

/// A button that asks again: it says what it does first.
#[component]
fn Sure(
    action: String,
    value: &'static str,
    says: &'static str,
    warns: &'static str,
) -> impl IntoView {
    view! {
        <details class="lab-sure">
            <summary class="btn">{says}"…"</summary>
            <form method="post" action=action class="card pad stack">
                <p>{text::french(warns)}</p>
                <p><button class="btn btn-danger" type="submit" name="geste" value=value>{says}</button></p>
            </form>
        </details>
    }
}

/// The time of the exercise.
#[component]
fn Timer(action: String, timer: Option<Millis>, now: Millis) -> impl IntoView {
    let body = match left(timer, now) {
        None => view! {
            <form method="post" action=action class="stack">
                <div class="field">
                    <label for="minutes">"Durée"</label>
                    <div class="field-body"><input class="input input-num" id="minutes" name="minutes" type="text" inputmode="numeric" value="30" /><span class="unit">"min"</span></div>
                </div>
                <p><button class="btn" type="submit" name="geste" value="minuteur">"Lancer"</button></p>
            </form>
        }
        .into_any(),
        Some(left) => view! {
            <p class="fig" id="minuteur" data-fin=timer.map(|end| end.0.to_string()) role="timer">{left}</p>
            <p class="soft">{timer.map(|end| format!("jusqu'à {}", format::hour(end)))}</p>
            <form method="post" action=action class="actions">
                <input type="hidden" name="minutes" value="5" />
                <button class="btn btn-s" type="submit" name="geste" value="prolonger">"+ 5 min"</button>
                <button class="btn btn-s" type="submit" name="geste" value="arreter">"Arrêter"</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="card pad stack" aria-labelledby="temps">
            <h2 id="temps" class="h3">"Temps de l'exercice"</h2>
            {body}
        </section>
    }
}

/// What changes while the session goes on.
#[component]
fn Following(lab: Lab, heard: Heard, form: &'static Revision, now: Millis) -> impl IntoView {
    let Heard { participants, remarks, done, surveys, .. } = heard;
    let here: Vec<&Participant> = participants.iter().filter(|one| !one.is_gone).collect();
    let structures =
        participants.iter().filter(|one| one.seat == dossier::lab::Seat::Structure).count();
    let places: std::collections::BTreeSet<String> =
        remarks.iter().map(|remark| remark.pin.place()).collect();
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

/// What is projected in the room.
#[component]
pub fn ProjectedPage(
    /// What it shows.
    cockpit: Cockpit,
) -> impl IntoView {
    let Cockpit { lab, heard, address, qr, now, version, .. } = cockpit;
    let src = format!("/atelier-suivi.js?v={version}");
    let open = lab.is_open(now);
    let count = u32::try_from(heard.participants.iter().filter(|one| !one.is_gone).count())
        .unwrap_or(u32::MAX);
    let timer = left(lab.timer, now).map(|left| {
        view! { <p class="fig" id="minuteur" data-fin=lab.timer.map(|end| end.0.to_string()) role="timer">{left}</p> }
    });
    let body = if open {
        view! {
            <Code qr />
            <p class="lead">"ou tapez"</p>
            <p class="lab-address lab-large">{address}</p>
            <p class="lead">"Sans compte, sous un pseudonyme. Données fictives."</p>
        }
        .into_any()
    } else {
        view! { <p class="lead">{text::french("L'atelier n'est pas ouvert : ouvrez-le, et le code paraît ici.")}</p> }.into_any()
    };
    view! {
        <div class="wrap page lab-projected stack">
            <p class="crumbs"><a href=routes::lab(lab.id.as_str())><Icon name=IconName::ArrowLeft />"Suivre l'atelier"</a></p>
            <h1>{text::french(&lab.title)}</h1>
            {body}
            <div id="suivi" class="stack" data-suivi=open.then_some("4")>
                {timer}
                <p><strong>{text::count(count, "participant", "participants")}</strong></p>
            </div>
            <script src=src defer></script>
        </div>
    }
}
