//! A note with what was answered to it.

use dossier::note::{LONGEST, Standing};
use leptos::prelude::*;
use service::instruction::{Note, Thread};
use ui::{Icon, IconName, TextArea};

use crate::{format, routes, text};

/// A note as those who instruct read it: for whom, on what, its answers, what to do about it.
#[component]
pub fn ThreadView(
    /// The dossier.
    id: String,
    /// The note.
    thread: Thread,
    /// Whether this person writes.
    writes: bool,
    /// The lens that the dossier is read through.
    lens: &'static str,
) -> impl IntoView {
    let Thread { note, standing } = thread;
    let class = format!("thread a-{}", note.audience.code());
    let waits = note.goes_with_return().then_some(" part au prochain renvoi");
    let settled = note.settled.clone();
    let (settle_to, settle) = match settled {
        Some(_) => ("non", "Rouvrir"),
        None => ("oui", "Marquer comme réglée"),
    };
    let done = settled.map(|(at, by)| {
        view! { <p class="soft">{format!("Réglée par {by}, {}", format::moment(at))}</p> }
    });
    let key = note.id.to_string();
    let anchor = format!("note-{key}");
    // Nothing is said by a step, or by the whole dossier.
    let stands = !note.anchor.said.is_empty() || standing != Standing::Same;
    let label = format!("{} : {}", note.kind.label(), note.audience.label());
    let acts = writes.then(|| {
        view! {
            <div class="actions">
                <details>
                    <summary>"Répondre"</summary>
                    <ReplyForm action=routes::answer_note(&id, &key) key=key.clone() lens />
                </details>
                <form method="post" action=routes::settle_note(&id, &key)>
                    <input type="hidden" name="regard" value=lens />
                    <button class="btn btn-s btn-quiet" type="submit" name="reglee" value=settle_to>{settle}</button>
                </form>
            </div>
        }
    });
    view! {
        <article class=class id=anchor aria-label=label>
            <p class="thread-head">
                <b>{note.audience.label()}</b>
                " "
                {note.kind.label()}
                <span class="soft">{waits}</span>
                {stands.then(|| view! { <span class="thread-standing">{standing.label()}</span> })}
            </p>
            <Replies note />
            {done}
            {acts}
        </article>
    }
}

/// What was said, by whom and when: the note, then its answers.
#[component]
pub fn Replies(
    /// The note.
    note: Note,
) -> impl IntoView {
    let first = (note.by_name, note.at, note.text);
    let rest = note.replies.into_iter().map(|reply| (reply.by_name, reply.at, reply.text));
    let said = std::iter::once(first).chain(rest).map(|(by, at, words)| {
        view! {
            <div class="said">
                <p><b>{by}</b>" "<span class="soft">{format::moment(at)}</span></p>
                <p class="words">{text::french(&words)}</p>
            </div>
        }
    });
    said.collect_view()
}

/// A place to answer.
#[component]
pub fn ReplyForm(
    /// Where it goes.
    action: String,
    /// Id of the note.
    key: String,
    /// The lens that the dossier is read through.
    #[prop(optional)]
    lens: &'static str,
) -> impl IntoView {
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let field = format!("reponse-{key}");
    view! {
        <form method="post" action=action class="stack" autocomplete="off">
            <input type="hidden" name="regard" value=lens />
            <div class="field">
                <label for=field.clone()>"Votre réponse"</label>
                <TextArea id=field name="texte" initial="" rows=3 maxlength=most />
            </div>
            <p><button class="btn btn-s" type="submit"><Icon name=IconName::ArrowRight />"Répondre"</button></p>
        </form>
    }
}
