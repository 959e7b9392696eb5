//! Where an agent reads a deposit, annotates it in place and acts on it.

mod acting;
pub mod margin;
mod thread;

use std::collections::BTreeMap;

use dossier::note::name;
use form::{Answers, At, Change, Revision};
use leptos::prelude::*;
use service::{
    Actor, Deposit, DossierHead,
    instruction::{Act, Desk, Thread},
};

use self::{acting::Acting, margin::Margin};
pub use self::{
    acting::Timeline,
    thread::{Replies, ReplyForm},
};
use super::{
    StateTag,
    changes::{Changes, shown},
    snapshot::SnapshotView,
    title,
};
use crate::{format, routes, text};

/// What the page shows.
pub struct Instruction {
    /// Who reads.
    pub actor: Actor,
    /// The dossier.
    pub head: DossierHead,
    /// The deposit that is read.
    pub deposit: Deposit,
    /// The form that it follows.
    pub form: &'static Revision,
    /// What it says.
    pub answers: Answers,
    /// What the deposit before said otherwise.
    pub changes: Vec<Change>,
    /// The notes that this person reads, in the order of the form.
    pub threads: Vec<Thread>,
    /// What was done so far.
    pub acts: Vec<Act>,
    /// What may be done now.
    pub desk: Desk,
    /// Where a note is being written.
    pub composing: Option<At>,
    /// What stands against what was sent, with the text that was not kept.
    pub refused: Option<(String, String)>,
    /// Today.
    pub today: form::Date,
}

/// The page.
#[component]
pub fn InstructionPage(
    /// What it shows.
    instruction: Instruction,
) -> impl IntoView {
    let Instruction {
        actor,
        head,
        deposit,
        form,
        answers,
        changes,
        threads,
        acts,
        desk,
        composing,
        refused,
        today,
    } = instruction;
    let id = head.id.to_string();
    let files = deposit.snapshot().map(|snapshot| snapshot.files).unwrap_or_default();
    let due = desk.due.map(|(day, what)| {
        view! { <p class="note note-gaude"><strong>{format::date(day)}</strong>{text::french(&format!(" : {what}."))}</p> }
    });
    let circuit = (head.form == "conventionnement")
        .then(|| view! { <p class="soft">{text::french(desk.circuit.why)}</p> });
    let draft = refused.as_ref().map(|(_, text)| text.clone()).unwrap_or_default();
    let error = refused.map(|(sentence, _)| {
        view! { <p class="error" role="alert">{text::french(&sentence)}</p> }
    });
    let before = |change: &Change| {
        let text =
            form.place(&change.at.field).map(|place| shown(place.field, &change.before, true));
        (change.at.clone(), text.unwrap_or_default())
    };
    let earlier: BTreeMap<At, String> = changes.iter().map(before).collect();
    let changed = (!changes.is_empty())
        .then(|| view! { <Changes form answers=answers.clone() changes agent=true /> });
    let list = list_of(form, &answers, &threads);
    let margin = Margin {
        id: id.clone(),
        reader: actor,
        threads,
        earlier,
        composing: composing.clone(),
        draft,
    };
    let whole = margin.above(&At::once(""), "tout le dossier");
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs"><a href=routes::RECEIVED>"Dossiers reçus"</a></p>
                <h1>{head.structure_name.clone()}</h1>
                <p class="tags">
                    <span class="kind">{head.kind.clone()}</span>
                    <StateTag state=head.state agent=true />
                    <span class="soft">{text::french(&format!(
                        "{}, dépôt n° {} du {}, récépissé {}",
                        title(&head), deposit.ordinal, format::day(deposit.at), deposit.number,
                    ))}</span>
                </p>
            </header>
            {error}
            {due}
            <div class="reading">
                <div class="stack">
                    {changed}
                    <section class="stack" aria-labelledby="dossier">
                        <h2 id="dossier">"Le dossier"</h2>
                        <SnapshotView form answers=answers masked=true files margin />
                    </section>
                </div>
                <div class="stack reading-side">
                    <section class="card pad stack" aria-labelledby="agir">
                        <h2 id="agir" class="h3">"Agir"</h2>
                        {circuit}
                        <Acting id=id.clone() deposit=deposit.ordinal desk today />
                    </section>
                    <section class="card pad stack" aria-labelledby="annotations">
                        <h2 id="annotations" class="h3">"Annotations"</h2>
                        {list}
                        <div id="rep-">{whole}</div>
                    </section>
                    <Timeline acts agent=true />
                    <p><a class="btn" href=routes::receipt(&id, deposit.ordinal)>"Voir le récépissé"</a></p>
                </div>
            </div>
        </div>
    }
}

/// The list of the notes: the same as beside the answers, to walk through.
fn list_of(form: &Revision, answers: &Answers, threads: &[Thread]) -> impl IntoView + use<> {
    if threads.is_empty() {
        return view! {
            <p class="soft">{text::french("Aucune annotation. Chaque réponse du dossier a un lien « Annoter ».")}</p>
        }
        .into_any();
    }
    let items = threads.iter().map(|thread| {
        let note = &thread.note;
        let class = format!("note-mark a-{}", note.audience.code());
        let what = if note.settled.is_some() {
            "réglée".to_owned()
        } else if note.is_answered() {
            format!("{}, réponse reçue", note.audience.label())
        } else {
            note.audience.label().to_owned()
        };
        view! {
            <li>
                <a class=class href=format!("#note-{}", note.id)>{name(form, answers, &note.anchor.at)}</a>
                " "
                <span class="soft">{what}</span>
            </li>
        }
    });
    view! { <ol class="note-list">{items.collect_view()}</ol> }.into_any()
}
