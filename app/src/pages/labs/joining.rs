//! Coming in: the code, the pseudonym, the consent, the side; then one's place with its tasks.

use dossier::lab::{LONGEST_NAME, Seat};
use leptos::prelude::*;
use service::labs::{Lab, Participant, Remark, joining::Wish};
use ui::{Icon, IconName};

use super::around::RemarkLine;
use crate::{format, routes, text};

/// Typing the code.
#[component]
pub fn CodePage(
    /// What was typed, when no session has it.
    refused: Option<String>,
) -> impl IntoView {
    let error = refused.is_some().then(|| {
        view! { <p class="error" id="refus" role="alert">"Aucun atelier n'a ce code. Vérifiez les six lettres affichées par l'animateur."</p> }
    });
    view! {
        <div class="wrap page narrow stack">
            <h1>"Rejoindre un atelier"</h1>
            <p class="lead">"Le code à six lettres est affiché dans la salle."</p>
            <form method="post" action=routes::SEAT class="card pad stack" autocomplete="off">
                {error}
                <div class="field">
                    <label for="code">"Code de l'atelier"</label>
                    <input class="input lab-code" id="code" name="code" type="text" required=true autocapitalize="characters" spellcheck="false" value=refused.unwrap_or_default() />
                </div>
                <p><button class="btn btn-main" type="submit">"Continuer"<Icon name=IconName::ArrowRight /></button></p>
            </form>
        </div>
    }
}

/// Taking a place.
#[component]
pub fn JoinPage(
    /// The session.
    lab: Lab,
    /// What was typed, or what is proposed.
    wish: Wish,
    /// What stands against it.
    refused: Option<&'static str>,
) -> impl IntoView {
    let error = refused
        .map(|error| view! { <p class="error" id="refus" role="alert">{text::french(error)}</p> });
    let several = lab.seats.len() > 1;
    let seats = several.then(|| {
        let seats = lab.seats.iter().map(|seat| {
            view! {
                <label class="choice">
                    <input type="radio" name="cote" value=seat.code() required=true checked=wish.seat == Some(*seat) />
                    <span><b>{seat.label()}</b>" "<small>{seat.hint()}</small></span>
                </label>
            }
        });
        view! {
            <fieldset class="field">
                <legend class="label">"Vous êtes plutôt"</legend>
                <div class="choices">{seats.collect_view()}</div>
            </fieldset>
        }
    });
    let only = (!several).then(|| lab.seats.first().map(|seat| {
        view! { <p>{text::french(&format!("Côté {} : {}.", seat.label().to_lowercase(), seat.hint()))}</p> }
    }));
    view! {
        <div class="wrap page narrow stack">
            <header>
                <h1>{text::french(&lab.title)}</h1>
                <p class="lead">{format!("Atelier du {}, {}", format::date(lab.day), lab.place)}</p>
            </header>
            <form method="post" action=routes::join(&lab.code) class="card pad stack" autocomplete="off">
                {error}
                <div class="field">
                    <label for="pseudonyme">"Votre pseudonyme"</label>
                    <p class="hint" id="aide-pseudonyme">"Pas votre vrai nom. Gardez celui-ci ou changez-le."</p>
                    <input class="input" id="pseudonyme" name="pseudonyme" type="text" required=true maxlength=LONGEST_NAME.to_string() aria-describedby="aide-pseudonyme" value=wish.name />
                </div>
                {seats}
                {only}
                <div class="note stack">
                    <p><strong>"Ce qui est gardé"</strong></p>
                    <p>{text::french("Vos remarques mot pour mot, vos votes, les tâches faites et vos réponses au questionnaire, sous ce pseudonyme seulement. Ils servent à améliorer le formulaire et sont remis à la DGEFP. Ce que vous écrivez dans le dossier fictif est effacé après l'atelier. N'écrivez le nom de personne.")}</p>
                    <label class="choice" for="consentement">
                        <input type="checkbox" id="consentement" name="consentement" value="oui" required=true checked=wish.consents />
                        <span>"J'accepte"</span>
                    </label>
                </div>
                <p><button class="btn btn-main" type="submit">"Entrer"<Icon name=IconName::ArrowRight /></button></p>
            </form>
        </div>
    }
}

/// What the page of a place shows.
pub struct Place {
    /// The session.
    pub lab: Lab,
    /// Who.
    pub who: Participant,
    /// Whether the session is open.
    pub open: bool,
    /// Ranks of the tasks that are done.
    pub done: Vec<u32>,
    /// Remarks that this person reads.
    pub remarks: Vec<Remark>,
    /// Whether the questionnaire was answered.
    pub answered: bool,
    /// Whether it may be.
    pub hears: bool,
}

/// One's place: what to do, what one said, the end.
#[component]
pub fn PlacePage(
    /// What it shows.
    place: Place,
) -> impl IntoView {
    let Place { lab, who, open, done, remarks, answered, hears } = place;
    let reset = open && who.round != lab.round;
    let state = if !open {
        view! {
            <section class="note note-gaude stack">
                <p><strong>"L'atelier n'est plus ouvert."</strong>" Vos remarques sont gardées. Merci de votre aide !"</p>
            </section>
        }
        .into_any()
    } else if reset {
        view! {
            <section class="note note-gaude stack">
                <p><strong>"L'atelier a été remis à zéro."</strong>" Vos remarques sont gardées ; le dossier fictif recommence du début."</p>
                <form method="post" action=routes::SEAT_AGAIN>
                    <button class="btn btn-main" type="submit">"Reprendre ma place"</button>
                </form>
            </section>
        }
        .into_any()
    } else {
        let says = match who.seat {
            Seat::Structure => "Ouvrir mon dossier",
            Seat::Agent => "Ouvrir les dossiers reçus",
        };
        view! { <p><a class="btn btn-main" href="/">{says}<Icon name=IconName::ArrowRight /></a></p> }
            .into_any()
    };
    let works = open && !reset;
    let tasks = lab.tasks.iter().enumerate().map(|(rank, task)| {
        let is_done = u32::try_from(rank).is_ok_and(|rank| done.contains(&rank));
        let (value, says) = if is_done { ("non", "Pas encore, finalement") } else { ("oui", "C'est fait") };
        let mark = is_done.then(|| view! { <span class="tag t-sauge"><Icon name=IconName::Check />"Fait"</span> });
        let act = works.then(|| {
            view! {
                <form method="post" action=routes::task(rank)>
                    <button class="btn btn-s" type="submit" name="fait" value=value>{says}<span class="sr-only">{format!(" : {task}")}</span></button>
                </form>
            }
        });
        view! { <li class="lab-task"><span>{text::french(task)}</span>{mark}{act}</li> }
    });
    let tasks: Vec<_> = tasks.collect();
    let tasks = (!tasks.is_empty()).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="taches">
                <h2 id="taches" class="h3">"À essayer"</h2>
                <ol class="lab-tasks">{tasks}</ol>
            </section>
        }
    });
    let me = who.id.clone();
    let lines = remarks.into_iter().map(|remark| {
        view! { <RemarkLine remark me=me.clone() votes=lab.votes && works back=routes::SEAT.to_owned() /> }
    });
    let lines: Vec<_> = lines.collect();
    let said = if lines.is_empty() {
        view! { <p class="soft">{text::french("Rien encore. Sur chaque page de l'atelier, « Faire une remarque » l'épingle à l'endroit précis.")}</p> }.into_any()
    } else {
        view! { <ul class="lab-remarks">{lines}</ul> }.into_any()
    };
    let heading = if lab.votes { "Les remarques de tous" } else { "Vos remarques" };
    let end = hears.then(|| {
        let says = if answered { "Revoir mes réponses" } else { "Répondre au questionnaire" };
        view! {
            <section class="card pad stack" aria-labelledby="fin">
                <h2 id="fin" class="h3">"Pour finir"</h2>
                <p>"Douze questions, deux minutes."</p>
                <p><a class="btn" href=routes::SURVEY>{says}</a></p>
            </section>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs">{format!("Atelier {}, données fictives", lab.code)}</p>
                <h1>{text::french(&lab.title)}</h1>
                <p class="lead">{text::french(&format!("Vous êtes « {} », côté {}.", who.name, who.seat.label().to_lowercase()))}</p>
            </header>
            {state}
            {tasks}
            <section class="card pad stack" aria-labelledby="dites">
                <h2 id="dites" class="h3">{heading}</h2>
                {said}
            </section>
            {end}
            <form method="post" action=routes::LEAVE_LAB class="stack">
                <p class="soft">"En partant, rien de l'atelier ne reste sur cet appareil."</p>
                <p><button class="btn" type="submit">"Quitter l'atelier"</button></p>
            </form>
        </div>
    }
}
