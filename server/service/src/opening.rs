//! Opening a dossier: what the system answers itself, what sources know, and one live dossier for
//! the same request.

mod earlier;
mod granted;
mod sibling;

use std::collections::BTreeMap;

use dossier::{
    event::{Event, EventKind},
    form::{
        bilan,
        demande::{
            DEPARTMENT, PERIMETER, PERIOD_END, PERIOD_START, REQUEST_KIND, SIAE_KIND, YEARS,
        },
    },
    id::{DossierId, StructureId},
    state::State,
};
use form::{Answer, At, Date, FieldDef, Origin, Provenance, ROW_HERE, Revision, Standing, Table};

use crate::{
    Actor, DossierHead, Millis, Services, StoreError, Structure,
    findings::{self, Candidate, Finding, Patience},
    forms, journal,
    saving::Written,
};

/// Answers that sources know, laid into a dossier when it is opened; with the marks of their rows,
/// whose ids are ULIDs.
pub type Prefill = Vec<(At, Answer)>;

/// A dossier to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDossier {
    /// For which structure.
    pub structure_id: StructureId,
    /// Which form: see [`crate::forms`].
    pub form: String,
    /// As which kind of structure: "EI", "ACI" …
    pub kind: String,
    /// "first", "renewal", "annual", "amendment".
    pub request_kind: String,
    /// For which year.
    pub year: i32,
    /// "DC" or "MP".
    pub perimeter: String,
    /// Département of deposit; that of the structure when nothing is said.
    pub department: Option<String>,
}

/// A dossier to keep, unless a live one is there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The dossier.
    pub head: DossierHead,
    /// Its first answers.
    pub answers: Vec<(At, Written)>,
    /// Its first event.
    pub event: Event,
    /// Values of other sources for the same questions.
    pub beside: Vec<Candidate>,
}

/// Why a dossier cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// No such structure for this actor.
    #[error("no such structure")]
    NotFound,
    /// No such form.
    #[error("no such form")]
    UnknownForm,
    /// The structure is not of this kind.
    #[error("the structure is not of this kind")]
    NotOfKind,
    /// The nature, perimeter or year makes no sense.
    #[error("the nature, perimeter or year of the request makes no sense")]
    BadRequest,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens a dossier, or joins the live one of the same structure, form, kind, perimeter and year. An
/// amendment joins an amendment only.
///
/// # Errors
/// When the structure is not the actor's, or the request makes no sense.
pub async fn open(
    services: &Services,
    actor: &Actor,
    new: NewDossier,
    prefill: Prefill,
) -> Result<DossierId, OpenError> {
    let structure = services.store.structure(&new.structure_id).await?;
    let within = |s: &Structure| actor.role.is_siae() && actor.scope.includes(&s.id, &s.department);
    let structure = structure.filter(within).ok_or(OpenError::NotFound)?;
    let department = new.department.as_ref().unwrap_or(&structure.department).clone();
    let form = forms::current(services, &new.form, &department).await?;
    let form = form.ok_or(OpenError::UnknownForm)?.revision;
    if !structure.kinds.contains(&new.kind) {
        return Err(OpenError::NotOfKind);
    }
    let fixed = fixed_answers(form, &new, &structure, &department);
    let malformed = |(at, raw): (&At, &String)| {
        form.place(&at.field).is_some_and(|place| place.field.kind.canonical(raw).is_err())
    };
    if !(2000..=2100).contains(&new.year) || fixed.iter().any(malformed) {
        return Err(OpenError::BadRequest);
    }

    // What they do not say within a moment comes later: they never keep a dossier from opening.
    let found = findings::gather(services, &structure.siret, Patience::Moment).await;
    let found = found.unwrap_or_default();
    let now = services.now();
    let mut head = DossierHead {
        id: services.ulid().into(),
        structure_id: structure.id,
        structure_name: structure.name,
        form: new.form,
        revision: form.number,
        kind: new.kind,
        request_kind: new.request_kind,
        perimeter: new.perimeter,
        year: new.year,
        department,
        state: State::Draft,
        created_at: now,
        updated_at: now,
        updated_by: actor.account_id.clone(),
        updated_by_name: actor.name.clone(),
        deposits: 0,
        journal_seq: 0,
        journal_hash: String::new(),
        overlay: form.overlay.to_string(),
    };
    let mut earlier = earlier::answers(services, &head, form).await?;
    earlier.correct(granted::answers(services, &head, form).await?);
    let (first, beside) = resolved(form, prefill, &found, &earlier.once);
    let mut known = first.found;
    known.extend(sibling::answers(services, &head, form).await?);
    known.extend(first.given);
    known.extend(earlier.rows(form, &known, |table| !findings::rows(table, &found).is_empty()));
    known.extend(rows(services, form, &known, &found));
    let answers = first_answers(form, &head, fixed, known);
    let answers =
        answers.into_iter().map(|(at, answer)| (at, written(answer, actor, now))).collect();
    let event = journal::record(&mut head, actor, now, EventKind::Opened);
    Ok(services.store.open(&Opening { head, answers, event, beside }).await?)
}

/// What is known first of each question, by who said so.
struct First {
    /// What sources that were asked now say, and earlier deposits.
    found: Prefill,
    /// What was given with the request.
    given: Prefill,
}

/// Of several values for one question, the one of the source that the question names first; the others
/// stand beside.
fn resolved(
    form: &Revision,
    given: Prefill,
    found: &[Finding],
    earlier: &[Candidate],
) -> (First, Vec<Candidate>) {
    let mut first = First { found: Vec::new(), given: Vec::new() };
    let mut live: BTreeMap<At, Vec<Candidate>> = BTreeMap::new();
    for candidate in findings::of_form(form, found).into_iter().chain(earlier.iter().cloned()) {
        live.entry(candidate.at.clone()).or_default().push(candidate);
    }
    let mut beside = Vec::new();
    for (at, answer) in given {
        let others = live.remove(&at).unwrap_or_default();
        // What somebody confirmed stands.
        let open = |from: &Provenance| from.standing == Standing::ToConfirm && !others.is_empty();
        let Some(from) = answer.provenance.clone().filter(open) else {
            first.given.push((at, answer));
            continue;
        };
        // Kept whoever wins: this source is not asked again.
        beside.push(Candidate { at: at.clone(), from: from.clone() });
        let mut all = vec![Candidate { at: at.clone(), from }];
        all.extend(others);
        let Some(best) = best_of(form, all, &mut beside) else { continue };
        if answer.provenance.as_ref() == Some(&best.from) {
            first.given.push((at, answer));
        } else {
            first.found.push(laid(best));
        }
    }
    for all in live.into_values() {
        first.found.extend(best_of(form, all, &mut beside).map(laid));
    }
    (first, beside)
}

/// The first of these candidates of one place. What was deposited before and says otherwise stays
/// beside, since no source says it again.
fn best_of(
    form: &Revision,
    mut all: Vec<Candidate>,
    beside: &mut Vec<Candidate>,
) -> Option<Candidate> {
    findings::by_priority(form, &mut all);
    let mut all = all.into_iter();
    let best = all.next()?;
    let same = |one: &Candidate| {
        let place = form.place(&one.at.field);
        place.is_some_and(|place| place.field.kind.same(&one.from.value, &best.from.value))
    };
    beside.extend(all.filter(|one| one.from.origin == Origin::LastYear && !same(one)));
    Some(best)
}

fn laid(Candidate { at, from }: Candidate) -> (At, Answer) {
    (at, Answer { raw: from.value.clone(), version: 0, provenance: Some(from) })
}

/// What sources know as rows, to be confirmed, of each table that nobody else filled.
fn rows(services: &Services, form: &Revision, known: &Prefill, found: &[Finding]) -> Prefill {
    let mut laid = Vec::new();
    let mut tables: Vec<&Table> = form.places().filter_map(|place| place.table).collect();
    tables.dedup_by_key(|table| table.id.as_ref());
    for table in tables.into_iter().filter(|table| !table.is_grid()) {
        if known.iter().any(|(at, _)| at.field == table.id) {
            continue;
        }
        for cells in findings::rows(table, found) {
            let row = services.ulid();
            let raw = ROW_HERE.to_owned();
            laid.push((At::in_row(&table.id, &row), Answer { raw, ..Answer::default() }));
            laid.extend(cells.into_iter().map(|(def, from)| {
                let raw = from.value.clone();
                (At::in_row(&def.id, &row), Answer { raw, version: 0, provenance: Some(from) })
            }));
        }
    }
    laid
}

/// What the system answers itself, as far as the form asks it.
fn fixed_answers(
    form: &Revision,
    new: &NewDossier,
    of: &Structure,
    department: &str,
) -> BTreeMap<At, String> {
    let all = [
        (&REQUEST_KIND.def, new.request_kind.clone()),
        (&SIAE_KIND.def, new.kind.clone()),
        (&PERIMETER.def, new.perimeter.clone()),
        (&DEPARTMENT.def, department.to_owned()),
        (&bilan::YEAR.def, new.year.to_string()),
        (&bilan::SIRET.def, of.siret.clone()),
        (&bilan::LEGAL_NAME.def, of.name.clone()),
    ];
    let asked = all.into_iter().filter(|(def, _)| form.place(&def.id).is_some());
    asked.map(|(def, raw)| (At::once(&def.id), raw)).collect()
}

/// The answers a dossier begins with: the default period, what the sources know over it, and what
/// the system answers over both.
fn first_answers(
    form: &Revision,
    head: &DossierHead,
    fixed: BTreeMap<At, String>,
    known: Prefill,
) -> BTreeMap<At, Answer> {
    let mut answers = default_period(head);
    answers.extend(known);
    for (at, raw) in fixed {
        answers.insert(at, Answer { raw, version: 0, provenance: None });
    }
    answers.retain(|at, answer| {
        let known = form.place(&at.field).is_some() || form.table(&at.field).is_some();
        known && !answer.raw.contains('\0')
    });
    answers
}

/// Whole years from the year of the request: three for a convention, which is the rule since
/// instruction DGEFP 2014-2, one for its annual terms (Code du travail, article R. 5132-3).
fn default_period(head: &DossierHead) -> BTreeMap<At, Answer> {
    let is_convention = matches!(head.request_kind.as_str(), "first" | "renewal");
    let years = if is_convention { 3 } else { 1 };
    let mut answers = BTreeMap::new();
    let mut suppose = |def: &FieldDef, raw: String, value: String| {
        let provenance = Some(Provenance {
            origin: Origin::Computed,
            reference: format!("année {}", head.year),
            as_of: String::new(),
            key: String::new(),
            fetched_at: 0,
            value,
            standing: Standing::ToConfirm,
        });
        answers.insert(At::once(&def.id), Answer { raw, version: 0, provenance });
    };
    let first = (&PERIOD_START, Date::new(head.year, 1, 1));
    let last = (&PERIOD_END, Date::new(head.year + years - 1, 12, 31));
    for (field, day) in [first, last] {
        if let Some(day) = day {
            suppose(&field.def, day.french(), day.to_string());
        }
    }
    if is_convention {
        suppose(&YEARS.def, years.to_string(), years.to_string());
    }
    answers
}

fn written(answer: Answer, actor: &Actor, at: Millis) -> Written {
    let answer = Answer { version: 1, ..answer };
    Written { answer, at, by: actor.account_id.clone(), by_name: actor.name.clone() }
}
