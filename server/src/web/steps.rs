//! A step of the wizard: read, and posted whole by a browser without script.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use app::{
    draft::{Conflict, Opening, checked},
    format,
    pages::{self, step},
    routes,
    shell::{Live, embeddable},
    unchanged,
};
use axum::{
    extract::{Path, Query, RawForm, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    form::Form,
    operation::{Gesture, Operation, Verdict},
    share::Part,
};
use form::{Answers, At, Body, Carry, FieldDef, Provenance, ROW_HERE, Section, Standing};
use serde::Deserialize;
use service::{Actor, DossierHead, drafts, forms};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    prepared::{self, Prepared},
};

/// Longest answer of last year shown beside, in characters: more is prose, read in its own dossier.
const MOST_BESIDE: usize = 60;

/// What the address asks.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// "problemes": missing answers are shown as problems.
    #[serde(default)]
    montrer: String,
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
    let shown = Shown { head, part, form, section, show_problems };
    show(&web, actor, shown, &draft, None).await
}

/// The places of a step whose answer of last year is shown beside this year's. Rows that people add
/// are of one year: only fixed places compare.
fn compared(step: &Section) -> Vec<(&FieldDef, At)> {
    let mut places = Vec::new();
    for group in step.groups.iter() {
        let rows = match &group.body {
            Body::Table(table) if !table.is_grid() => continue,
            Body::Table(table) => table.lines.iter().map(|line| line.id.as_ref()).collect(),
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
    step: &Section,
) -> Result<BTreeMap<String, String>, Refusal> {
    let places = compared(step);
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
    Shown { head, part, form, section, show_problems }: Shown,
    draft: &Prepared,
    conflicting: Option<Conflicting>,
) -> Result<Response, Refusal> {
    let step = form.revision.section(&section).ok_or(Refusal::NotFound)?;
    let last_year = beside(web, &actor, &head, step).await?;
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
        step::step(form, opening, answers, known)
    });
    Ok(html.into_response())
}

/// Where the pre-filled values of a step come from.
fn provenances(step: &Section, answers: &Answers) -> BTreeMap<String, Provenance> {
    let places = places(step, answers).into_iter();
    let known =
        places.filter_map(|(_, at)| Some((at.to_string(), answers.at(&at)?.provenance.clone()?)));
    known.collect()
}

/// Every place of a step.
fn places<'s>(step: &'s Section, answers: &Answers) -> Vec<(&'s FieldDef, At)> {
    let mut places = Vec::new();
    for group in step.groups.iter() {
        let rows = match &group.body {
            Body::Fields(_) => vec![""],
            Body::Table(table) => answers.rows(table),
        };
        for row in rows {
            let here = group.fields().iter();
            places.extend(here.map(|def| (def.as_ref(), At::in_row(&def.id, row))));
        }
    }
    places
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
    let mut conflicts = BTreeMap::new();
    for outcome in outcomes {
        if let (Verdict::Conflict { raw, version, by }, Some(at)) =
            (outcome.verdict, typed.get(&outcome.id))
        {
            conflicts.insert(at.to_string(), Conflict { theirs: raw, version, by });
        }
    }
    if !conflicts.is_empty() {
        return show_conflicts(&web, actor, &id, section, &texts, conflicts).await;
    }
    Ok(Redirect::to(&posted.next(&form, (step, &part), &id, &draft.answers)).into_response())
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
    let shown = Shown { head, part, form, section, show_problems: false };
    show(web, actor, shown, &draft, Some(Conflicting { answers, conflicts })).await
}

/// What a browser posted.
struct Posted {
    /// Texts by question; several ticked boxes are joined by commas.
    texts: BTreeMap<At, String>,
    /// The button: its name and value.
    button: (String, String),
    /// What the page showed.
    seen: BTreeMap<At, unchanged::Seen>,
}

impl Posted {
    fn read(body: &[u8]) -> Self {
        let mut posted =
            Self { texts: BTreeMap::new(), button: Default::default(), seen: BTreeMap::new() };
        for (name, value) in pairs(body) {
            if name == "_vu" {
                posted.seen = unchanged::read_stamp(&value);
            } else if name.starts_with('_') {
                posted.button = (name, value);
            } else {
                let text = posted.texts.entry(At::parse(&name)).or_default();
                if !text.is_empty() && !value.is_empty() {
                    text.push(',');
                }
                text.push_str(&value);
            }
        }
        posted
    }

    /// What changed, as operations.
    fn operations(
        &self,
        web: &Web,
        form: &Form,
        step: &Section,
        answers: &Answers,
    ) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut add = |at: At, gesture: Gesture, seen: u32| {
            operations.push(Operation { id: web.services.ulid(), at, gesture, seen });
        };
        let version = |at: &At| answers.at(at).map_or(0, |answer| answer.version);
        for (at, text) in &self.texts {
            let known = form.revision.place(&at.field).filter(|place| place.section.id == step.id);
            let Some(place) = known else { continue };
            let seen = self.seen.get(at);
            let untouched = match seen {
                Some(seen) => seen.print == unchanged::fingerprint(text),
                None => text.is_empty(),
            };
            let stands = place.field.kind.same(answers.raw(&at.field, &at.row), text);
            if !untouched && !stands && !place.field.fixed {
                add(at.clone(), Gesture::Write(text.clone()), seen.map_or(0, |seen| seen.version));
            }
        }
        let (name, value) = (self.button.0.as_str(), self.button.1.as_str());
        match (name, value) {
            ("_confirmer", "_etape") => {
                for at in unconfirmed(step, answers) {
                    let seen = version(&at);
                    add(at, Gesture::Confirm, seen);
                }
            }
            ("_confirmer", at) => {
                let at = At::parse(at);
                let seen = version(&at);
                add(at, Gesture::Confirm, seen);
            }
            ("_ajouter", table) if form.revision.table(table).is_some() => {
                add(At::in_row(table, &web.services.ulid()), Gesture::Write(ROW_HERE.into()), 0);
            }
            ("_retirer", mark) => {
                let at = At::parse(mark);
                let seen = version(&at);
                add(at, Gesture::Write(String::new()), seen);
            }
            ("_prendre", key) => {
                // Their value stands already: ours is not written.
                let at = At::parse(key);
                operations.retain(|operation| operation.at != at);
            }
            _ => {}
        }
        operations
    }

    /// Where to go next.
    fn next(
        &self,
        form: &Form,
        (step, part): (&Section, &Part),
        id: &str,
        answers: &Answers,
    ) -> String {
        let here = routes::step(id, &step.id);
        match (self.button.0.as_str(), self.button.1.as_str()) {
            ("_enregistrer", "continuer") => {
                let malformed = self.texts.iter().any(|(at, text)| {
                    form.revision
                        .place(&at.field)
                        .is_some_and(|p| p.field.kind.canonical(text).is_err())
                });
                if malformed {
                    return format!("{here}?montrer=problemes");
                }
                let after = form.revision.sections.iter().skip_while(|s| s.id != step.id).skip(1);
                let mine = |s: &&Section| part.holds(&s.id) && s.visible.holds(answers, "");
                let last = || match part {
                    Part::Whole => routes::recap(id),
                    Part::Steps(_) => routes::dossier(id),
                };
                after
                    .map(AsRef::as_ref)
                    .find(mine)
                    .map_or_else(last, |section| routes::step(id, &section.id))
            }
            ("_ajouter", table) => format!("{here}#{table}"),
            ("_retirer", mark) => format!("{here}#{}", At::parse(mark).field),
            ("_confirmer", "_etape") => here,
            ("_confirmer" | "_garder" | "_prendre", at) => format!("{here}#champ-{at}"),
            _ => here,
        }
    }
}

/// Pre-filled answers of a step that nobody confirmed.
fn unconfirmed(step: &Section, answers: &Answers) -> Vec<At> {
    let waits = |(def, at): &(&FieldDef, At)| {
        let from = answers.at(at).and_then(|answer| answer.provenance.as_ref());
        from.is_some_and(|from| from.standing == Standing::ToConfirm)
            && def.is_put(answers, &at.row)
    };
    places(step, answers).into_iter().filter(waits).map(|(_, at)| at).collect()
}

/// Names and values of a posted form, in order.
fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned()))
}
