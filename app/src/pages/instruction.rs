//! Where an agent reads a deposit, annotates it in place and acts on it.

mod acting;
mod carried;
pub mod composing;
mod following;
mod lenses;
pub mod margin;
pub mod news;
pub mod seen;
pub mod signals;
mod thread;
mod timeline;
pub mod unposted;

use std::collections::{BTreeMap, BTreeSet};

use dossier::{note::name, reading::Lens};
use form::{Answers, At, Change, Revision};
use leptos::prelude::*;
use service::{
    Actor, Deposit, DossierHead,
    instruction::{Act, Carried, Desk, Thread, Weighed, last_year},
    leave::Cover,
    lenses::Composition,
    news::News,
    seen::Seen,
    worklist::Colleague,
};
use ui::{IconName, Tag};

use self::{
    acting::Acting,
    carried::carried_list,
    composing::Composing,
    following::Following,
    lenses::through,
    margin::Margin,
    news::{Beside, address, is_shown, just_done},
    seen::{Glance, Glances, Marking},
    unposted::Pens,
};
pub use self::{
    signals::Signals,
    thread::{About, Before, Replies, ReplyForm, Values},
    timeline::Timeline,
};
use super::{
    StateTag,
    changes::{Changes, shown},
    snapshot::SnapshotView,
    title,
    worklist::{Outcome, OutcomeNote},
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
    /// What the same request said in the years before, latest last.
    pub earlier: Vec<(i32, Answers)>,
    /// The question that it is read for.
    pub lens: Option<Lens>,
    /// The questions that people composed, for this reader.
    pub composed: Vec<Composition>,
    /// What does not fit together, with what the service made of it.
    pub signals: Vec<Weighed>,
    /// What this person has seen of it, and what is new to them.
    pub seen: Seen,
    /// What of that is read alone.
    pub glance: Option<Glance>,
    /// Who follows the dossier.
    pub follower: Option<Colleague>,
    /// Who looks after it meanwhile, when that person is away today.
    pub cover: Option<Cover>,
    /// Those who instruct there, when this person does.
    pub colleagues: Vec<Colleague>,
    /// What was just done about that.
    pub outcome: Option<Outcome>,
    /// Version of the small scripts.
    pub version: String,
    /// What the deposit before said otherwise.
    pub changes: Vec<Change>,
    /// What the structure opened by itself between the two.
    pub reopened: Vec<At>,
    /// The notes that this person reads, in the order of the form.
    pub threads: Vec<Thread>,
    /// Those of the dossiers before.
    pub carried: Vec<Carried>,
    /// What was done so far.
    pub acts: Vec<Act>,
    /// What may be done now.
    pub desk: Desk,
    /// What this person typed and did not post.
    pub pens: Pens,
    /// Where a note is being written.
    pub composing: Option<Composing>,
    /// What stands against what was sent.
    pub refused: Option<String>,
    /// What others did since the page that asks was read.
    pub news: Vec<News>,
    /// Whether the page stays up to date by itself.
    pub is_told: bool,
    /// Today.
    pub today: form::Date,
}

/// The page.
#[component]
pub fn InstructionPage(
    /// What it shows.
    instruction: Instruction,
) -> impl IntoView {
    let code = instruction.code();
    let (through, compares) = (through(&instruction, &code), compares(&instruction));
    let Instruction {
        actor,
        head,
        deposit,
        form,
        answers,
        lens,
        seen,
        glance,
        follower,
        cover,
        colleagues,
        outcome,
        version,
        changes,
        reopened,
        threads,
        carried,
        acts,
        desk,
        pens,
        composing,
        refused,
        news,
        is_told,
        today,
        ..
    } = instruction;
    let (id, account) = (head.id.to_string(), actor.account_id.to_string());
    let files = deposit.snapshot().map(|snapshot| snapshot.files).unwrap_or_default();
    let aside = unposted::list(&id, (form, &answers), &pens);
    let glances = view! { <Glances id=id.clone() seen=seen.clone() glance /> };
    let whole_or_lens = read_for(lens.as_ref(), glance);
    let only = glance.map(|glance| glance.places(&seen));
    let nothing = all_seen(only.as_ref());
    let at_last_deposit = said_before(form, &changes);
    let changed = (!changes.is_empty())
        .then(|| view! { <Changes form answers=answers.clone() changes agent=true /> });
    let reopened = reopened_view((form, &answers), &reopened);
    let names = desk.blocked_by.iter().map(|note| name(form, &answers, &note.anchor.at)).collect();
    let before = carried_list(form, &answers, &carried);
    let list = list_of(&id, (form, &answers), lens.as_ref(), &threads);
    let here = address(&id, composing.as_ref(), &code);
    let stream = is_told.then(|| routes::news(&id, &code));
    let told = (is_told, news, version.as_str());
    let reads = (lens.as_ref(), threads.as_slice());
    let just_done = just_done(told, (&id, deposit.ordinal), (form, &answers), reads);
    let margin = Margin {
        id: id.clone(),
        lens: code.clone(),
        steps: seen::by_step((form, &answers), &seen),
        seen,
        reader: actor.clone(),
        before: carried.clone(),
        threads,
        pens: pens.clone(),
        earlier: at_last_deposit,
        composing,
        form,
        answers: answers.clone(),
    };
    let above = above(refused, &desk);
    let whole = margin.above(&At::once(""), "tout le dossier");
    view! {
        <div class="wrap page stack" id="instruction" data-brouillons=account data-garder=routes::keep_typed(&id) data-nouvelles=stream data-rang=head.journal_seq data-page=here>
            {heading(&head, &deposit)}
            {is_told.then(|| view! { <Beside /> })}
            {outcome.map(|outcome| view! { <OutcomeNote outcome me=actor.account_id.clone() colleagues=colleagues.clone() back=format!("dossier={id}") /> })}
            {above}
            <div class="reading">
                <div class="stack">
                    {changed}
                    {reopened}
                    {through}
                    {glances}
                    <section class="stack" aria-labelledby="dossier" id="reponses">
                        <h2 id="dossier">{whole_or_lens}</h2>
                        {nothing}
                        <SnapshotView form answers=answers masked=true files margin lens only />
                    </section>
                </div>
                <div class="stack reading-side">
                    <Following id=head.id.clone() is_final=head.state.is_final() follower cover colleagues me=actor />
                    <section class="card pad stack" aria-labelledby="agir">
                        <h2 id="agir" class="h3">"Agir"</h2>
                        {circuit(&head, &desk)}
                        <Acting id=id.clone() deposit=deposit.ordinal desk names=names pens=pens.clone() today />
                    </section>
                    {aside}
                    {annotations(list, before, whole)}
                    <Timeline id=id.clone() acts agent=true />
                    <p class="actions"><a class="btn" href=routes::receipt(&id, deposit.ordinal)>"Voir le récépissé"</a>{compares}</p>
                </div>
            </div>
        </div>
        <Marking id=id.clone() deposit=deposit.ordinal code version=version.clone() />
        {just_done}
    }
}

impl Instruction {
    /// The lens or the glance that it is read through: its code, or nothing.
    fn code(&self) -> String {
        self.glance.map_or_else(
            || self.lens.as_ref().map_or(String::new(), |lens| lens.code.to_string()),
            |glance| glance.code().to_owned(),
        )
    }
}

/// The way to two deposits side by side, where there are two.
fn compares(Instruction { head, deposit, earlier, .. }: &Instruction) -> Option<AnyView> {
    (deposit.ordinal > 1 || last_year(head, earlier).is_some()).then(|| {
        let href = routes::compared(head.id.as_str());
        view! { <a class="btn" href=href>"Comparer les dépôts"</a> }.into_any()
    })
}

/// What the dossier is read for.
fn read_for(lens: Option<&Lens>, glance: Option<Glance>) -> String {
    let question = lens.map_or("Le dossier", |lens| &lens.question);
    text::french(glance.map_or(question, |glance| glance.title()))
}

/// What the texts say of the way that a request goes.
fn circuit(head: &DossierHead, desk: &Desk) -> Option<AnyView> {
    (head.form == "conventionnement")
        .then(|| view! { <p class="soft">{text::french(desk.circuit.why)}</p> }.into_any())
}

/// What a reading says that has nothing left to show.
fn all_seen(only: Option<&BTreeSet<At>>) -> Option<AnyView> {
    only.is_some_and(BTreeSet::is_empty)
        .then(|| view! { <p class="card pad soft">"Tout est vu."</p> }.into_any())
}

/// The notes in one list, those of the dossiers before, and the way to write one on all of it.
fn annotations(list: impl IntoView, before: Option<AnyView>, whole: AnyView) -> impl IntoView {
    view! {
        <section class="card pad stack" aria-labelledby="annotations">
            <h2 id="annotations" class="h3">"Annotations"</h2>
            {list}
            {before}
            <div id="rep-">{whole}</div>
        </section>
    }
}

/// What stands against what was sent, and what is due.
fn above(refused: Option<String>, desk: &Desk) -> AnyView {
    let error = refused.map(|sentence| {
        view! { <p class="error" role="alert" data-fixe="">{text::french(&sentence)}</p> }
    });
    let due = desk.due.map(|(day, what)| {
        view! { <p class="note note-gaude"><strong>{format::date(day)}</strong>{text::french(&format!(" : {what}."))}</p> }
    });
    view! { {error} {due} }.into_any()
}

/// Whose dossier it is, where it stands, and which deposit is read.
fn heading(head: &DossierHead, deposit: &Deposit) -> AnyView {
    view! {
        <header>
            <p class="crumbs"><a href=routes::RECEIVED>"Dossiers reçus"</a></p>
            <h1>{head.structure_name.clone()}</h1>
            <p class="tags">
                <span class="kind">{head.kind.clone()}</span>
                <StateTag state=head.state agent=true />
                <span class="soft">{text::french(&format!(
                    "{}, dépôt n° {} du {}, récépissé {}",
                    title(head), deposit.ordinal, format::day(deposit.at), deposit.number,
                ))}</span>
            </p>
        </header>
    }
    .into_any()
}

/// What the deposit before said where it said something else, displayed.
fn said_before(form: &Revision, changes: &[Change]) -> BTreeMap<At, String> {
    let before = |change: &Change| {
        let text =
            form.place(&change.at.field).map(|place| shown(place.field, &change.before, true));
        (change.at.clone(), text.unwrap_or_default())
    };
    changes.iter().map(before).collect()
}

/// What the structure opened by itself.
fn reopened_view((form, answers): (&Revision, &Answers), places: &[At]) -> Option<AnyView> {
    let names: Vec<_> = places.iter().map(|at| name(form, answers, at)).collect();
    let said =
        format!("Rouvert par la structure sans qu'il lui soit demandé : {}.", names.join(", "));
    (!names.is_empty()).then(|| view! { <p class="note">{text::french(&said)}</p> }.into_any())
}

/// The list of the notes: the same as beside the answers, to walk through.
fn list_of(
    id: &str,
    (form, answers): (&Revision, &Answers),
    lens: Option<&Lens>,
    threads: &[Thread],
) -> impl IntoView + use<> {
    if threads.is_empty() {
        return view! {
            <p class="soft">{text::french("Aucune annotation. Chaque réponse du dossier a un lien « Annoter ».")}</p>
        }
        .into_any();
    }
    let items = threads.iter().map(|thread| {
        let note = &thread.note;
        let class = format!("note-mark a-{}", note.audience.code());
        let what = if note.watched {
            "à surveiller".to_owned()
        } else if note.settled.is_some() {
            "réglée".to_owned()
        } else if note.is_answered() {
            format!("{}, réponse reçue", note.audience.label())
        } else {
            note.audience.label().to_owned()
        };
        let href = if is_shown(form, lens, &note.anchor.at) {
            format!("#note-{}", note.id)
        } else {
            routes::note(id, note.id.as_str(), "")
        };
        view! {
            <li>
                <a class=class href=href>{name(form, answers, &note.anchor.at)}</a>
                " "
                <span class="soft">{what}</span>
                {note.blocks().then(|| view! { " " <Tag tone="t-garance" icon=IconName::Lock text="Bloquante" /> })}
            </li>
        }
    });
    view! { <ol class="note-list">{items.collect_view()}</ol> }.into_any()
}
