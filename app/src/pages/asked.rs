//! What the State asks of the structure: point by point, answered in words or by another value.

use dossier::note::{LONGEST, Offer, name};
use form::{Answers, Revision};
use leptos::prelude::*;
use service::{
    DossierHead,
    instruction::{Act, Thread},
};
use ui::{Icon, IconName, Tag, TextArea};

use super::{
    Crumbs,
    instruction::{About, Replies, ReplyForm, Timeline, Values},
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
        let at = &thread.note.anchor.at;
        let now = answers.raw(&at.field, &at.row).to_owned();
        let seen = answers.at(at).map_or(0, |answer| answer.version);
        view! { <Point id=id.clone() called form thread open now=(now, seen) /> }
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
    /// What the draft says there now, and its version.
    now: (String, u32),
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
    let about = view! { <About thread=thread.clone() /> };
    let values = view! { <Values form thread=thread.clone() /> };
    let choice = open.then(|| Deciding::of(&id, form, &thread, now)).flatten();
    let choice = choice.map(|deciding| view! { <DecidingForms deciding /> });
    let blocks = thread.note.blocks().then(|| {
        view! { <Tag tone="t-garance" icon=IconName::Lock text="Attendu avant la décision" /> }
    });
    let reply = thread.note.settled.is_none().then(|| {
        view! {
            <details open=open && thread.waits() && thread.note.suggested.is_none()>
                <summary>"Répondre en quelques mots"</summary>
                <ReplyForm action=routes::answer_note(&id, &key) key=key.clone() />
            </details>
        }
    });
    // A suggested value says by itself how it stands.
    let changed = (thread.standing != dossier::note::Standing::Same && thread.offer.is_none())
        .then(|| view! { <p class="soft">{thread.standing.label()}"."</p> });
    view! {
        <section class="card pad stack point" id=format!("note-{key}") aria-label=called.clone()>
            <div>
                <p class="tags"><Tag tone=tone icon=icon text=says /><span class="soft">{thread.note.kind.label()}</span>{blocks}</p>
                <h2 class="h3">{text::french(&called)}</h2>
            </div>
            {about}
            {values}
            <Replies note=thread.note />
            {changed}
            {choice}
            {reply}
            {there.map(|there| view! { <p>{there}</p> })}
        </section>
    }
}

/// A suggested value that the structure may take or refuse.
struct Deciding {
    action: String,
    key: String,
    /// What the draft says, displayed, and its version.
    now: String,
    seen: u32,
    /// What is suggested, displayed.
    value: String,
    offer: Offer,
    /// The answer that taking it replaced, which may be taken again.
    back: Option<(String, String, u32)>,
}

impl Deciding {
    fn of(id: &str, form: &Revision, thread: &Thread, (now, seen): (String, u32)) -> Option<Self> {
        let note = &thread.note;
        let offer = thread.offer.filter(|_| note.settled.is_none())?;
        let at = &note.anchor.at;
        let kind = &form.place(&at.field)?.field.kind;
        let taken = note.chosen.last().filter(|chosen| chosen.accepted && chosen.seen > 0);
        let back = taken.filter(|chosen| offer == Offer::Said && chosen.version == seen);
        let shown = |raw: &str| match raw {
            "" => "rien".to_owned(),
            raw => kind.display_raw(raw),
        };
        Some(Self {
            action: routes::suggestion(id, note.id.as_str()),
            key: note.id.to_string(),
            now: shown(&now),
            seen,
            value: shown(note.suggested.as_deref()?),
            offer,
            back: back.map(|chosen| (routes::history(id), at.to_string(), chosen.seen)),
        })
    }
}

/// Taking it, refusing it with a reason, or going back to one's own answer.
#[component]
fn DecidingForms(deciding: Deciding) -> impl IntoView {
    let Deciding { action, key, now, seen, value, offer, back } = deciding;
    if let Some((history, at, version)) = back {
        return view! {
            <form method="post" action=history>
                <input type="hidden" name="reponse" value=at />
                <input type="hidden" name="version" value=version.to_string() />
                <button class="btn btn-s" type="submit"><Icon name=IconName::Undo />"Reprendre ma réponse d'avant"</button>
            </form>
        }
        .into_any();
    }
    if matches!(offer, Offer::Said | Offer::Gone) {
        return ().into_any();
    }
    let moved = offer == Offer::Moved;
    let knowing = moved.then(|| {
        view! {
            <p class="note note-gaude">{text::french(&format!("Votre réponse a changé depuis que cette valeur a été proposée. Elle dit maintenant : {now}."))}</p>
            <label class="choice">
                <input type="checkbox" name="sachant" value="oui" required=true />
                <span>{text::french(&format!("Remplacer « {now} » par « {value} »"))}</span>
            </label>
        }
    });
    let reason = format!("raison-{key}");
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    view! {
        <form method="post" action=action.clone() class="stack">
            <input type="hidden" name="vu" value=seen.to_string() />
            {knowing}
            <p><button class="btn btn-s btn-main" type="submit" name="choix" value="accepter"><Icon name=IconName::Check />"Accepter la valeur proposée"</button></p>
        </form>
        <details>
            <summary>"Refuser la valeur proposée"</summary>
            <form method="post" action=action class="stack" autocomplete="off">
                <div class="field">
                    <label for=reason.clone()>"Pourquoi"</label>
                    <TextArea id=reason name="raison" initial="" rows=3 maxlength=most />
                </div>
                <p><button class="btn btn-s" type="submit" name="choix" value="refuser">"Refuser"</button></p>
            </form>
        </details>
    }
    .into_any()
}
