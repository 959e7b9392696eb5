//! A note with what was answered to it.

use dossier::{
    note::{LONGEST, Offer, Standing},
    unposted::Place,
};
use form::Revision;
use leptos::prelude::*;
use service::instruction::{Carried, Chosen, Note, Thread};
use ui::{Icon, IconName, Tag, TextArea};

use super::unposted::{Filled, Pens};
use crate::{format, routes, text};

/// A note as those who instruct read it: for whom, on what, its answers, what to do about it.
#[component]
pub fn ThreadView(
    /// The dossier.
    id: String,
    /// What this person typed and did not post.
    pens: Pens,
    /// The form of the deposit.
    form: &'static Revision,
    /// The note.
    thread: Thread,
    /// Whether this person writes.
    writes: bool,
    /// The lens that the dossier is read through.
    lens: String,
) -> impl IntoView {
    let about = view! { <About thread=thread.clone() /> };
    let values = view! { <Values form thread=thread.clone() /> };
    let Thread { note, standing, passage, .. } = thread;
    let class = format!("thread a-{}", note.audience.code());
    let waits = note.goes_with_return().then_some(" part au prochain renvoi");
    let is_settled = note.settled.is_some();
    let done = note.settled.clone().map(|(at, by)| {
        let what =
            if note.watched { "Réglée ici, à surveiller ensuite : " } else { "Réglée par " };
        view! { <p class="soft">{text::french(&format!("{what}{by}, {}", format::moment(at)))}</p> }
    });
    let key = note.id.to_string();
    let anchor = format!("note-{key}");
    // Nothing is said by a step, or by the whole dossier; a passage stands by itself.
    let stands = passage.is_none() && (!note.anchor.said.is_empty() || standing != Standing::Same);
    let label = format!("{} : {}", note.kind.label(), note.audience.label());
    let blocks = note.blocks().then(|| {
        view! { " " <Tag tone="t-garance" icon=IconName::Lock text="Bloquante" /> }
    });
    let may_block = !is_settled && note.kind.may_block(note.audience);
    let acts = writes.then(|| {
        let choice = |name: &'static str, value: &'static str, says: &'static str| {
            view! { <button class="btn btn-s btn-quiet" type="submit" name=name value=value>{says}</button> }
        };
        let block = may_block.then(|| {
            let button = if note.blocking {
                choice("bloquante", "non", "Ne bloque plus")
            } else {
                choice("bloquante", "oui", "Rendre bloquante")
            };
            view! {
                <form method="post" action=routes::block_note(&id, &key)>
                    <input type="hidden" name="regard" value=lens.clone() />
                    {button}
                </form>
            }
        });
        let settle = (!is_settled).then(|| choice("reglee", "oui", "Marquer comme réglée"));
        let watch = (!note.watched).then(|| choice("reglee", "surveiller", "À surveiller ensuite"));
        let reopen = is_settled.then(|| choice("reglee", "non", "Rouvrir"));
        let kept = pens.at(&Place::Reply(note.id.clone()));
        let is_open = kept.is_there;
        view! {
            <div class="actions">
                <details open=is_open>
                    <summary>"Répondre"</summary>
                    <ReplyForm action=routes::answer_note(&id, &key) key=key.clone() lens=lens.clone() kept />
                </details>
                {block}
                <form method="post" action=routes::settle_note(&id, &key) class="actions">
                    <input type="hidden" name="regard" value=lens.clone() />
                    {settle}
                    {watch}
                    {reopen}
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
                {blocks}
                {stands.then(|| view! { <span class="thread-standing">{standing.label()}</span> })}
            </p>
            {about}
            {values}
            <Replies note />
            {done}
            {acts}
        </article>
    }
}

/// The passage that a note is on, and how it stands.
#[component]
pub fn About(
    /// The note.
    thread: Thread,
) -> impl IntoView {
    let words = thread.note.anchor.words().map(str::to_owned);
    words.zip(thread.passage).map(|(words, passage)| {
        let says = passage.label();
        view! {
            <blockquote class="passage">{text::french(&format!("« {words} »"))}</blockquote>
            <p class="soft">{text::french(says)}"."</p>
        }
    })
}

/// The value that a note suggests beside what was answered, and what was made of it.
#[component]
pub fn Values(
    /// The form.
    form: &'static Revision,
    /// The note.
    thread: Thread,
) -> impl IntoView {
    let Thread { note, offer, .. } = thread;
    let kind = form.place(&note.anchor.at.field).map(|place| &place.field.kind);
    let shown = |value: &str| match (value, kind) {
        ("", _) => "Rien".to_owned(),
        (value, Some(kind)) => kind.display_raw(value),
        (value, None) => value.to_owned(),
    };
    note.suggested.clone().map(|value| {
        let made = note.chosen.last().map(chosen);
        let says = match offer {
            Some(Offer::Said) => Some("La réponse est la valeur proposée."),
            Some(Offer::Moved) => {
                Some("La réponse a changé depuis, et ce n'est pas la valeur proposée.")
            }
            Some(Offer::Gone) => Some("La question n'est plus posée."),
            Some(Offer::Open) | None => None,
        };
        view! {
            <dl class="values">
                <div><dt>"Répondu"</dt><dd>{shown(&note.anchor.said)}</dd></div>
                <div><dt>"Proposé"</dt><dd><b>{shown(&value)}</b></dd></div>
            </dl>
            {made}
            {says.map(|says| view! { <p class="soft">{text::french(says)}</p> })}
        }
    })
}

/// What the structure made of it, by whom and when.
fn chosen(chosen: &Chosen) -> AnyView {
    let what = if chosen.accepted { "Acceptée par" } else { "Refusée par" };
    let says = format!("{what} {}, {}", chosen.by_name, format::moment(chosen.at));
    let reason = (!chosen.reason.is_empty())
        .then(|| view! { <p class="words">{text::french(&chosen.reason)}</p> });
    view! { <div class="said"><p><b>{says}</b></p>{reason}</div> }.into_any()
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
        let words =
            (!words.is_empty()).then(|| view! { <p class="words">{text::french(&words)}</p> });
        view! {
            <div class="said">
                <p><b>{by}</b>" "<span class="soft">{format::moment(at)}</span></p>
                {words}
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
    lens: String,
    /// What was typed there before, where that is kept.
    #[prop(optional)]
    kept: Filled,
) -> impl IntoView {
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let field = format!("reponse-{key}");
    let place = (!kept.place.is_empty()).then(|| kept.place.clone());
    let version = place.is_some().then(|| kept.version());
    view! {
        <form method="post" action=action class="stack" autocomplete="off" data-brouillon=place data-version=version data-fixe=kept.fixed()>
            <input type="hidden" name="regard" value=lens />
            <div class="field">
                <label for=field.clone()>"Votre réponse"</label>
                <TextArea id=field name="texte" initial=kept.or("texte", String::new()) rows=3 maxlength=most />
            </div>
            <p><button class="btn btn-s" type="submit"><Icon name=IconName::ArrowRight />"Répondre"</button></p>
            {kept.foot()}
        </form>
    }
}

/// A note of a dossier before, to read.
#[component]
pub fn Before(
    /// The form of the deposit.
    form: &'static Revision,
    /// The note.
    carried: Carried,
) -> impl IntoView {
    let Carried { head, thread } = carried;
    let note = thread.note.clone();
    let what = if note.watched {
        "à surveiller"
    } else if note.settled.is_some() {
        "réglée"
    } else {
        "restée ouverte"
    };
    let class = format!("thread before a-{}", note.audience.code());
    let title = format!("{}, {what}", super::title(&head));
    let standing = (!note.anchor.said.is_empty() && thread.offer.is_none())
        .then(|| view! { <p class="soft">{thread.standing.label()}"."</p> });
    let done = note.settled.clone().map(|(at, by)| {
        view! { <p class="soft">{text::french(&format!("Réglée par {by}, {}", format::moment(at)))}</p> }
    });
    view! {
        <article class=class aria-label=title.clone()>
            <p class="thread-head"><b>{title.clone()}</b>" "{note.kind.label()}" "<span class="soft">{note.audience.label()}</span></p>
            <About thread=thread.clone() />
            <Values form thread />
            <Replies note />
            {standing}
            {done}
            <p><a href=routes::instruction(head.id.as_str())>"Ouvrir ce dossier"</a></p>
        </article>
    }
}
