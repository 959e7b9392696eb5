//! What the State asks of the structure: point by point, answered in words or by another value.

use dossier::note::name;
use form::{Answers, Revision};
use leptos::prelude::*;
use service::{
    DossierHead,
    instruction::{Act, Thread},
};
use ui::{Icon, IconName, Tag};

use super::{
    Crumbs,
    instruction::{Replies, ReplyForm, Timeline},
};
use crate::{format, routes, text};

/// What the page shows.
pub struct Asked {
    /// The dossier.
    pub head: DossierHead,
    /// The form of the draft.
    pub form: &'static Revision,
    /// What the draft says now.
    pub answers: Answers,
    /// The last return, while the dossier is open for it.
    pub act: Option<Act>,
    /// What was asked, in the order of the form.
    pub threads: Vec<Thread>,
    /// What was done so far.
    pub acts: Vec<Act>,
    /// What stands against what was sent.
    pub refused: Option<&'static str>,
}

/// Minutes that a point should take: reading it, and answering in words or by a value.
pub const MINUTES: u32 = 4;

/// The page.
#[component]
pub fn AskedPage(
    /// What it shows.
    asked: Asked,
) -> impl IntoView {
    let Asked { head, form, answers, act, threads, acts, refused } = asked;
    let id = head.id.to_string();
    let left = threads.iter().filter(|thread| thread.waits()).count();
    let left = u32::try_from(left).unwrap_or(u32::MAX);
    let open = act.is_some();
    let lead = match (&act, left) {
        (None, _) => "Ce qui vous a été demandé sur ce dossier, et ce que vous avez répondu.".to_owned(),
        (Some(_), 0) => "Vous avez répondu à tout. Relisez, puis déposez de nouveau : la DDETS verra vos réponses et ce que vous avez changé.".to_owned(),
        (Some(_), left) => format!(
            "{}, environ {}\u{a0}min. Répondez en quelques mots, ou changez la réponse dans le dossier.",
            text::count(left, "point à traiter", "points à traiter"),
            left * MINUTES,
        ),
    };
    let message = act.map(|act| {
        let due = act.said.due.map(|due| {
            view! { <p><strong>{text::french(&format!("Réponse attendue le {}.", format::date(due)))}</strong></p> }
        });
        let words = (!act.said.message.is_empty())
            .then(|| view! { <p class="words">{text::french(&act.said.message)}</p> });
        view! {
            <section class="note note-gaude stack" aria-label="Message de la DDETS">
                {due}
                {words}
                <p class="soft">{format!("{}, {}", act.by_name, format::moment(act.at))}</p>
            </section>
        }
    });
    let error =
        refused.map(|error| view! { <p class="error" role="alert">{text::french(error)}</p> });
    let points = threads.into_iter().map(|thread| {
        let called = name(form, &answers, &thread.note.anchor.at);
        view! { <Point id=id.clone() called form thread open /> }
    });
    let points: Vec<_> = points.collect();
    let none = points.is_empty();
    let on = open.then(|| {
        view! {
            <p class="actions">
                <a class="btn btn-main" href=routes::recap(&id)>"Relire et déposer de nouveau"<Icon name=IconName::ArrowRight /></a>
                <a class="btn" href=routes::dossier(&id)>"Ouvrir le dossier"</a>
            </p>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head=head.clone() />
                <h1>"Ce que la DDETS vous demande"</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            {error}
            {message}
            {none.then(|| view! { <p class="soft">"Aucune question n'est posée sur une réponse précise."</p> })}
            {points}
            {on}
            <Timeline id=id.clone() acts agent=false />
        </div>
    }
}

/// One point.
#[component]
fn Point(
    id: String,
    called: String,
    form: &'static Revision,
    thread: Thread,
    open: bool,
) -> impl IntoView {
    let (tone, icon, says) = if thread.note.settled.is_some() {
        ("t-sauge", IconName::Check, "Réglé")
    } else if thread.waits() {
        ("t-gaude", IconName::Pencil, "À traiter")
    } else if thread.note.kind.asks() {
        ("t-sauge", IconName::Check, "Répondu")
    } else {
        ("", IconName::Info, "Pour information")
    };
    let at = thread.note.anchor.at.clone();
    let section = if at.field.is_empty() { None } else { form.section_of(&at.field) };
    let section = section.or_else(|| form.section(&at.field));
    let there = section.filter(|_| open).map(|section| {
        let anchor = if form.place(&at.field).is_some() {
            format!("#{at}")
        } else if form.table(&at.field).is_some() {
            format!("#rang-{at}")
        } else {
            String::new()
        };
        let href = format!("{}{anchor}", routes::step(&id, &section.id));
        view! { <a class="btn btn-s" href=href>"Changer la réponse"<span class="sr-only">{format!(" : {called}")}</span></a> }
    });
    let key = thread.note.id.to_string();
    let reply = thread.note.settled.is_none().then(|| {
        view! {
            <details open=open && thread.waits()>
                <summary>"Répondre en quelques mots"</summary>
                <ReplyForm action=routes::answer_note(&id, &key) key=key.clone() />
            </details>
        }
    });
    let changed = (thread.standing != dossier::note::Standing::Same)
        .then(|| view! { <p class="soft">{thread.standing.label()}"."</p> });
    view! {
        <section class="card pad stack point" id=format!("note-{key}") aria-label=called.clone()>
            <div>
                <p class="tags"><Tag tone=tone icon=icon text=says /><span class="soft">{thread.note.kind.label()}</span></p>
                <h2 class="h3">{text::french(&called)}</h2>
            </div>
            <Replies note=thread.note />
            {changed}
            {reply}
            {there.map(|there| view! { <p>{there}</p> })}
        </section>
    }
}
