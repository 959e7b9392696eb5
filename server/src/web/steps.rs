//! A step of the wizard: read, and posted whole by a browser without script.

pub(super) mod posted;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::{
    draft::{Conflict, Opening, checked, name_of},
    format,
    pages::{
        self,
        not_kept::{NotKept, NotKeptPage},
        step,
    },
    routes,
    shell::{Live, embeddable},
    text,
};
use axum::{
    extract::{Path, Query, RawForm, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    form::Form,
    operation::{Gesture, Operation, Refusal as Refused, Verdict},
    reopened::Reopened,
    share::Part,
};
use form::{Answers, At, Body, Carry, FieldDef, Provenance, Revision, Section, Table};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, DossierHead,
    drafts::{self, Draft},
    forms,
    instruction::{self, Note},
};

use self::posted::Posted;
use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    prepared::{self, Prepared},
    sources,
};

/// Longest answer of last year shown beside, in characters: more is prose, read in its own dossier.
const MOST_BESIDE: usize = 60;

/// What the address asks.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// "problemes": missing answers are shown as problems.
    #[serde(default)]
    montrer: String,
    /// "perime": what was chosen of a source was not there any more.
    #[serde(default)]
    choix: String,
}

/// A step.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (head, part) = drafts::part(&web.services, &actor, &id.as_str().into()).await?;
    if !part.holds(&section) {
        return Err(Refusal::NotFound);
    }
    if !head.state.is_editable() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let form = forms::of(&web.services, &head.form_key()).await?;
    let draft = prepared::draft(&web, &actor, (&head, &part), &form).await?;
    let show_problems = asked.montrer == "problemes";
    let gone = asked.choix == "perime";
    let shown = Shown { head, part, form, section, show_problems, gone };
    show(&web, actor, shown, &draft, None).await
}

/// The places of a step whose answer of last year is shown beside this year's. A row that was copied
/// kept its id, so that it compares too; one that is new compares with nothing.
fn compared<'a>(step: &'a Section, answers: &Answers) -> Vec<(&'a FieldDef, At)> {
    let mut places = Vec::new();
    for group in step.groups.iter() {
        let rows = match &group.body {
            // Every line: one that is hidden may come into view.
            Body::Table(table) if table.is_grid() => {
                table.lines.iter().map(|line| line.id.as_ref()).collect()
            }
            Body::Table(table) => answers.rows(table),
            Body::Fields(_) => vec![""],
        };
        for def in group.fields().iter().filter(|def| def.carry == Carry::Beside) {
            places.extend(rows.iter().map(|row| (def.as_ref(), At::in_row(&def.id, row))));
        }
    }
    places
}

/// Last year's answers of a step that are shown beside this year's, displayed.
async fn beside(
    web: &Web,
    actor: &Actor,
    head: &DossierHead,
    (step, answers): (&Section, &Answers),
) -> Result<BTreeMap<String, String>, Refusal> {
    let places = compared(step, answers);
    if places.is_empty() {
        return Ok(BTreeMap::new());
    }
    let Some(last) = prepared::last_year(web, actor, head).await? else {
        return Ok(BTreeMap::new());
    };
    let shown = places.into_iter().filter_map(|(def, at)| {
        let at = at.to_string();
        let text = last.answers.get(&at)?;
        (text.chars().count() <= MOST_BESIDE).then(|| (at, def.kind.display(text)))
    });
    Ok(shown.collect())
}

/// Which step of which dossier, and how.
struct Shown {
    head: DossierHead,
    part: Part,
    form: Form,
    section: String,
    show_problems: bool,
    gone: bool,
}

/// What a person wrote at the same moment as another: their own answers in place, and the others'
/// values beside.
struct Conflicting {
    answers: Answers,
    conflicts: BTreeMap<String, Conflict>,
}

async fn show(
    web: &Web,
    actor: Actor,
    Shown { head, part, form, section, show_problems, gone }: Shown,
    draft: &Prepared,
    conflicting: Option<Conflicting>,
) -> Result<Response, Refusal> {
    let step = form.revision.section(&section).ok_or(Refusal::NotFound)?;
    let last_year = beside(web, &actor, &head, (step, &draft.answers)).await?;
    let (answers, known, embedded, conflicts) = match conflicting {
        None => {
            let embedded = Cow::Borrowed(draft.embedded.as_str());
            (Arc::clone(&draft.answers), draft.checked.clone(), embedded, BTreeMap::new())
        }
        Some(Conflicting { answers, conflicts }) => {
            let json = serde_json::to_string(&answers).map_err(|_| Refusal::Unavailable)?;
            let known = checked(&form, &answers).within(form.revision, &part);
            (Arc::new(answers), known, Cow::Owned(embeddable(&json)), conflicts)
        }
    };
    if !step.visible.holds(&answers, "") {
        return Err(Refusal::NotFound);
    }
    let asked = asked(web, &actor, &head, (form.revision, step), &answers).await?;
    let closed = match instruction::reopened(&web.services, &head).await? {
        Some(open) => closed(&open, (form.revision, step), &answers),
        None => BTreeSet::new(),
    };
    let sources = sources::stepping(web, (&head, &part), step, &answers, gone).await?;
    let sources = sources.map(|stepping| (stepping, web.assets.version.clone()));
    let opening = Opening {
        title: pages::title(&head),
        dossier: head.id.to_string(),
        form: head.form,
        revision: head.revision,
        section,
        part,
        account: actor.device_name().to_owned(),
        provenances: provenances(step, &answers),
        last_year,
        asked,
        closed,
        conflicts,
        show_problems,
        saved_at: format::hour(head.updated_at),
        seq: draft.seq,
        since: head.updated_at.0,
    };
    let json = serde_json::to_string(&opening).map_err(|_| Refusal::Unavailable)?;
    let address = web.published.address(&form);
    let live = Live { form: &address, opening: &embeddable(&json), answers: &embedded };
    let html = dressed(web, Some(actor), &step.title, Some(live), || {
        step::step(form, opening, answers, known, sources)
    });
    Ok(html.into_response())
}

/// What the State asks at a step, while the dossier is open for it.
async fn asked(
    web: &Web,
    actor: &Actor,
    head: &DossierHead,
    (form, step): (&Revision, &Section),
    answers: &Answers,
) -> Result<Vec<(String, String)>, Refusal> {
    if !head.state.is_returned() {
        return Ok(Vec::new());
    }
    let threads = instruction::read(&web.services, actor, head, (form, answers)).await?;
    let here = threads.into_iter().filter(|thread| {
        let at = &thread.note.anchor.at;
        thread.note.settled.is_none()
            && thread.note.kind.asks()
            && (at.field == step.id || form.section_of(&at.field) == Some(step))
    });
    Ok(here.map(|thread| (thread.note.anchor.at.to_string(), said(form, &thread.note))).collect())
}

/// What a note says at its question: the passage that it is on, the value that it suggests.
fn said(form: &Revision, note: &Note) -> String {
    let kind = form.place(&note.anchor.at.field).map(|place| &place.field.kind);
    let passage = note.anchor.words().map(|words| format!("« {words} » :"));
    let value = note.suggested.as_ref().map(|value| {
        let shown = kind.map_or_else(|| value.clone(), |kind| kind.display_raw(value));
        format!("Valeur proposée : {shown}.")
    });
    let text = Some(note.text.clone()).filter(|text| !text.is_empty());
    let parts: Vec<String> = [passage, value, text].into_iter().flatten().collect();
    parts.join(" ")
}

/// What stays as it was deposited at a step: answers, rows, tables that take no other row.
fn closed(
    open: &Reopened,
    (form, step): (&Revision, &Section),
    answers: &Answers,
) -> BTreeSet<String> {
    let places = step.places(answers).into_iter().map(|(def, row)| At::in_row(&def.id, row));
    let tables = step.groups.iter().filter_map(|group| match &group.body {
        Body::Table(table) if !table.is_grid() => Some(table),
        _ => None,
    });
    let marks = tables.flat_map(|table: &Table| {
        let rows = answers.rows(table).into_iter().map(|row| At::in_row(&table.id, row));
        rows.chain([At::once(&table.id)]).collect::<Vec<_>>()
    });
    places.chain(marks).filter(|at| !open.holds(form, at)).map(|at| at.to_string()).collect()
}

/// Where the pre-filled values of a step come from.
fn provenances(step: &Section, answers: &Answers) -> BTreeMap<String, Provenance> {
    let places = step.places(answers).into_iter();
    let known = places.filter_map(|(def, row)| {
        let from = answers.of(&def.id, row)?.provenance.clone()?;
        Some((At::in_row(&def.id, row).to_string(), from))
    });
    known.collect()
}

/// A step posted whole. What the person did not touch is left alone; buttons do the same as in the
/// browser programme.
pub async fn post(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, section)): Path<(String, String)>,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    let (draft, part) = drafts::read_part(&web.services, &actor, &id.as_str().into()).await?;
    if !part.holds(&section) {
        return Err(Refusal::NotFound);
    }
    let form = forms::of(&web.services, &draft.head.form_key()).await?;
    let step = form.revision.section(&section).ok_or(Refusal::NotFound)?;
    if !draft.head.state.is_editable() {
        return Err(Refusal::Closed { id });
    }
    let posted = Posted::read(&body);
    let operations = posted.operations(&web, &form, step, &draft.answers);
    let typed: BTreeMap<String, At> =
        operations.iter().map(|op| (op.id.clone(), op.at.clone())).collect();
    let texts = operations.clone();
    let outcomes = drafts::save(&web.services, &actor, &draft.head.id, operations)
        .await
        .map_err(|error| Refusal::of_save(error, &id))?;
    let (mut conflicts, mut refused) = (BTreeMap::new(), Vec::new());
    for outcome in outcomes {
        match (outcome.verdict, typed.get(&outcome.id)) {
            (Verdict::Conflict { raw, version, by }, Some(at)) => {
                conflicts.insert(at.to_string(), Conflict { theirs: raw, version, by });
            }
            (Verdict::Refused(why), _) => {
                let write = texts.iter().find(|write| write.id == outcome.id);
                refused.extend(write.map(|write| (write, why)));
            }
            _ => {}
        }
    }
    if !refused.is_empty() {
        let page = not_kept((&form, step), &draft, &refused);
        let html = dressed(&web, Some(actor), "Une partie n'est pas enregistrée", None, || page);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    if !conflicts.is_empty() {
        return show_conflicts(&web, actor, &id, section, &texts, conflicts).await;
    }
    if let Some(gesture) = posted.of_source() {
        let to = sources::decide(&web, &actor, &id, &step.id, gesture).await?;
        return Ok(Redirect::to(&to).into_response());
    }
    Ok(Redirect::to(&posted.next(&form, (step, &part), &id, &draft.answers)).into_response())
}

/// What could not be kept of a posted step, text by text.
fn not_kept(
    (form, step): (&Form, &Section),
    draft: &Draft,
    refused: &[(&Operation, Refused)],
) -> impl IntoView + use<> {
    let (head, id) = (draft.head.clone(), draft.head.id.to_string());
    let texts = refused.iter().map(|(operation, why)| {
        let at = &operation.at;
        let remedy = (*why == Refused::NotReopened)
            .then(|| (routes::reopen_at(&id, at), "Rouvrir cette réponse"));
        let text = match &operation.gesture {
            Gesture::Write(raw) => raw.clone(),
            Gesture::Confirm => String::new(),
        };
        let name = name_of(form.revision, &draft.answers, at);
        NotKept { name, text, why: text::refused(*why), remedy }
    });
    let texts: Vec<NotKept> = texts.collect();
    let step = (routes::step(&id, &step.id), step.title.to_string());
    view! { <NotKeptPage head step texts /> }
}

/// The step again, with the person's own texts in place: nothing typed is lost, both values show.
async fn show_conflicts(
    web: &Web,
    actor: Actor,
    id: &str,
    section: String,
    operations: &[Operation],
    conflicts: BTreeMap<String, Conflict>,
) -> Result<Response, Refusal> {
    let (head, part) = drafts::part(&web.services, &actor, &id.into()).await?;
    let form = forms::of(&web.services, &head.form_key()).await?;
    let draft = prepared::draft(web, &actor, (&head, &part), &form).await?;
    let mut answers = Answers::clone(&draft.answers);
    for operation in operations {
        if let (true, Gesture::Write(raw)) =
            (conflicts.contains_key(&operation.at.to_string()), &operation.gesture)
        {
            answers.set(operation.at.clone(), raw.clone());
        }
    }
    let shown = Shown { head, part, form, section, show_problems: false, gone: false };
    show(web, actor, shown, &draft, Some(Conflicting { answers, conflicts })).await
}
