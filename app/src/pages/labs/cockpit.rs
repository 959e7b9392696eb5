//! What a facilitator leads a session from, and what is projected in the room. A small script fetches
//! the live part again every few seconds; without it, the page is loaded again.

use form::Revision;
use leptos::prelude::*;
use service::{
    Millis,
    labs::{Heard, Lab, Stage},
};
use ui::{Icon, IconName};

use super::{following::Following, list::stage_tag};
use crate::{
    format,
    pages::qr::{Qr, QrCode},
    routes, text,
};

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

/// Time left, in words; `None` without a timer.
fn left(timer: Option<Millis>, now: Millis) -> Option<String> {
    let seconds = (timer?.0 - now.0) / 1_000;
    Some(if seconds <= 0 {
        "Temps écoulé".to_owned()
    } else {
        format!("{}\u{a0}min {:02}\u{a0}s", seconds / 60, seconds % 60)
    })
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
                <QrCode qr says="Code à scanner pour rejoindre l'atelier" />
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
            <QrCode qr says="Code à scanner pour rejoindre l'atelier" />
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
