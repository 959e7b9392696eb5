//! One question asked once: label, help, input, provenance, problem, and two values if need be.

use form::{At, FieldDef, Gravity, Kind, Origin, Standing};
use leptos::{
    either::{EitherOf3, EitherOf4},
    prelude::*,
};
use ui::{Icon, IconName, TextArea};

use super::{
    choice::{Choices, Pledge, is_boxes},
    closed::Closed,
    gap::GapView,
    two_values::TwoValues,
};
use crate::{draft::Draft, routes, text};

/// What a field's thread says, as its `data-state`.
fn state(draft: Draft, at: &At) -> &'static str {
    if draft.conflicts.with(|conflicts| conflicts.contains_key(&at.to_string())) {
        return "conflict";
    }
    if draft.problem(at).is_some_and(|problem| problem.gravity == Gravity::Blocking) {
        return "problem";
    }
    draft.answer(at, |answer| match answer {
        None => "",
        Some(answer) if answer.raw.trim().is_empty() => "",
        Some(answer) => match answer.provenance.as_ref().map(|p| p.standing) {
            Some(Standing::ToConfirm) => "confirm",
            Some(Standing::Confirmed) => "confirmed",
            Some(Standing::Overridden) | None => "own",
        },
    })
}

const FILE_HINT: &str = "Le nom s'écrit tout seul quand vous joignez le document.";

/// A question, in a row or asked once (empty `row`).
#[component]
pub fn FieldView(
    /// The draft.
    draft: Draft,
    /// The question.
    def: &'static FieldDef,
    /// The row, or nothing.
    row: String,
) -> impl IntoView {
    let at = At::in_row(&def.id, &row);
    let id = at.to_string();
    let shown = {
        let row = row.clone();
        let changes = super::can_change(&def.visible, draft.revision());
        move || !changes || draft.answers.with(|answers| def.is_put(answers, &row))
    };
    let thread = {
        let at = at.clone();
        Memo::new(move |_| state(draft, &at))
    };
    let grouped = is_boxes(&def.kind, &row);
    let closed = draft.is_closed(&id);
    let optional = (def.required == form::Cond::Never).then(|| {
        let at = at.clone();
        // A rule may ask for an answer that is otherwise left to the person.
        let wanted = Memo::new(move |_| {
            draft
                .checked
                .with(|checked| checked.problems.iter().any(|p| p.at == at && p.is_missing()))
        });
        view! { <span class="optional" hidden=move || wanted.get()>" (facultatif)"</span> }
    });
    let label = view! { {def.label.as_ref()} {optional} };
    let why = (!def.why.is_empty()).then(|| {
        view! {
            <details class="why">
                <summary>{text::french("Pourquoi cette question ?")}</summary>
                <p>{text::french(&def.why)}</p>
            </details>
        }
    });
    let takes_file = matches!(def.kind, Kind::File);
    // Frozen forms say that documents are sent later: that was before they could be.
    let said = if takes_file { FILE_HINT } else { &def.hint };
    let hint = (!said.is_empty())
        .then(|| view! { <p class="hint" id=format!("aide-{id}")>{text::french(said)}</p> });
    let attach = (takes_file && !closed).then(|| {
        view! { <button type="submit" class="btn btn-s" name="_joindre" value=id.clone()>"Joindre le document"</button> }
    });
    let last =
        draft.opening.with_value(|opening| opening.last_year.get(&id).cloned()).map(|value| {
            let (before, at) = (value.clone(), at.clone());
            view! { <span class="last">"L'an dernier" <b>{value}</b> " " <GapView draft def at before /></span> }
        });
    let asked = draft.opening.with_value(|opening| {
        let here = opening.asked.iter().filter(|(at, _)| *at == id);
        let asks = here.map(|(_, text)| {
            let href = routes::asked(&opening.dossier);
            view! { <p class="note note-gaude words">{text::french(text)}" "<a href=href>"Répondre en quelques mots"</a></p> }
        });
        asks.collect_view()
    });
    let body = view! {
        <div class="field-body">
            <Input draft def row=row.clone() />
            {attach}
            {(!def.unit.is_empty() && !closed).then(|| view! { <span class="unit">{def.unit.as_ref()}</span> })}
            <Confirm thread at=at.clone() label=def.label.to_string() />
            {last}
        </div>
    };
    let foot = view! {
        <Provenance draft at=at.clone() />
        <ProblemLine draft at=at.clone() />
        <TwoValues draft at=at.clone() def />
    };
    if matches!(def.kind, Kind::Pledge) && !closed {
        return EitherOf3::A(view! {
            <div class="field" data-state=move || thread.get() id=format!("champ-{id}") hidden=move || !shown()>
                <Pledge draft def row />
                {hint} {why} {asked} {foot}
            </div>
        });
    }
    if grouped && !closed {
        return EitherOf3::B(view! {
            <fieldset class="field" data-state=move || thread.get() id=format!("champ-{id}") hidden=move || !shown()>
                <legend class="label">{label}</legend>
                {hint} {why} {asked} {body} {foot}
            </fieldset>
        });
    }
    EitherOf3::C(view! {
        <div class="field" data-state=move || thread.get() id=format!("champ-{id}") hidden=move || !shown()>
            <label for=id.clone()>{label}</label>
            {hint} {why} {asked} {body} {foot}
        </div>
    })
}

/// What the system set and nobody types, as facts to read.
#[component]
pub fn FixedFacts(
    /// The draft.
    draft: Draft,
    /// The questions, answered.
    fields: Vec<&'static FieldDef>,
) -> impl IntoView {
    let facts = fields
        .into_iter()
        .map(|def| {
            let raw = draft.answers.with_untracked(|answers| answers.raw(&def.id, "").to_owned());
            let id = def.id.to_string();
            view! {
                <div id=id><dt>{def.label.as_ref()}</dt><dd>{def.kind.display_raw(&raw)}</dd></div>
            }
        })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }
}

/// Ids of what describes an input, for screen readers.
pub fn described_by(def: &FieldDef, id: &str) -> String {
    let hint = if def.hint.is_empty() { String::new() } else { format!("aide-{id} ") };
    format!("{hint}source-{id} probleme-{id}")
}

/// The control of a question, whatever its kind. Uncontrolled: the server writes its value, the
/// browser only reads it, so nothing typed before the programme is there is ever overwritten.
#[component]
pub fn Input(
    /// The draft.
    draft: Draft,
    /// The question.
    def: &'static FieldDef,
    /// The row, or nothing.
    row: String,
    /// Name for readers when no visible label names it ("Encadrement technique, ETP").
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let at = At::in_row(&def.id, &row);
    let id = at.to_string();
    let raw = draft.answers.with_untracked(|answers| answers.raw(&def.id, &row).to_owned());
    let initial = def.kind.edit(&raw);
    let described = described_by(def, &id);
    let invalid = {
        let at = at.clone();
        move || draft.problem(&at).map(|_| "true")
    };
    if draft.is_closed(&id) {
        return EitherOf4::D(view! { <Closed draft def at raw /> });
    }
    match &def.kind {
        Kind::OneOf(_) | Kind::ManyOf(_) | Kind::YesNo => {
            EitherOf4::A(view! { <Choices draft def row=row.clone() described /> })
        }
        Kind::LongText { max, .. } => EitherOf4::B(view! {
            <TextArea
                id=id.clone()
                name=id
                initial
                rows={if *max > 1_500 { 7 } else { 4 }}
                described_by=described
                invalid=Signal::derive(move || invalid().is_some())
            />
        }),
        kind => {
            let (class, mode) = line_of(kind);
            EitherOf4::C(view! {
                <input
                    class=class
                    type="text"
                    id=id.clone()
                    name=id
                    value=initial
                    inputmode=mode
                    autocomplete="off"
                    aria-label=name
                    aria-describedby=described
                    aria-invalid=invalid
                />
            })
        }
    }
}

/// Class and keyboard of an answer on one line.
pub fn line_of(kind: &Kind) -> (&'static str, Option<&'static str>) {
    let class = if kind.is_number() { "input input-num" } else { width(kind) };
    let mode = match kind {
        Kind::Integer { .. } | Kind::Siret | Kind::Siren | Kind::Postcode | Kind::Idcc => {
            Some("numeric")
        }
        Kind::Decimal { .. } | Kind::Money { .. } | Kind::Percent => Some("decimal"),
        Kind::Phone => Some("tel"),
        Kind::Email => Some("email"),
        Kind::Url => Some("url"),
        _ => None,
    };
    (class, mode)
}

/// Widths tell how long an answer is.
fn width(kind: &Kind) -> &'static str {
    match kind {
        Kind::Date
        | Kind::Month
        | Kind::Postcode
        | Kind::Department
        | Kind::Naf
        | Kind::Idcc
        | Kind::LegalCategory
        | Kind::Rome
        | Kind::Commune => "input input-short",
        Kind::Siret
        | Kind::Siren
        | Kind::Phone
        | Kind::Rna
        | Kind::Bic
        | Kind::Vat
        | Kind::TrainingBody
        | Kind::AnnexNumber
        | Kind::ConventionNumber => "input input-mid",
        _ => "input",
    }
}

/// "C'est juste": confirms a pre-filled value in one gesture, with or without script.
#[component]
fn Confirm(thread: Memo<&'static str>, at: At, label: String) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="btn btn-s"
            name="_confirmer"
            value=at.to_string()
            hidden=move || thread.get() != "confirm"
        >
            <Icon name=IconName::Check />
            "C'est juste"
            <span class="sr-only">{format!(" : {label}")}</span>
        </button>
    }
}

/// Where the value comes from, and of what date.
#[component]
fn Provenance(draft: Draft, at: At) -> impl IntoView {
    let id = format!("source-{at}");
    let history = {
        let path = draft.opening.with_value(|opening| routes::history_of(&opening.dossier, &at));
        let at = at.clone();
        let changed = Memo::new(move |_| {
            draft.answer(&at, |answer| answer.is_some_and(|answer| answer.version > 1))
        });
        move || changed.get().then(|| view! { <a href=path.clone()>"Historique"</a> })
    };
    let line = move || {
        let answer = draft.answer(&at, |answer| Some(answer?.clone()))?;
        let from = answer.provenance.filter(|_| !answer.raw.trim().is_empty())?;
        let date = form::Date::parse_iso(&from.as_of).map(|d| format!(", au {}", d.french()));
        // Once confirmed, where it comes from is enough.
        let detail = (from.standing != Standing::Confirmed)
            .then(|| view! { <span>{from.reference.clone()}{date}</span> });
        let (tone, said) = match from.standing {
            Standing::ToConfirm => ("tag t-gaude", "À confirmer"),
            Standing::Confirmed => ("tag t-sauge", "Confirmé"),
            Standing::Overridden => ("tag t-guede", "Modifié par vous"),
        };
        let before = (from.standing == Standing::Overridden && !from.value.is_empty()).then(|| {
            let kind = draft.revision().place(&at.field).map(|place| &place.field.kind);
            let shown = kind.map_or_else(|| from.value.clone(), |kind| kind.display(&from.value));
            view! { <span>{text::french(&format!("La source disait : {shown}"))}</span> }
        });
        Some(view! {
            <span class="badge">{origin(from.origin)}</span>
            {detail}
            <span class=tone>{said}</span>
            {before}
        })
    };
    view! { <p class="prov" id=id>{line} {history}</p> }
}

/// Short name of a source, as people know it.
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::CompanyRegister => "Registre des entreprises",
        Origin::AddressBase => "Base adresse",
        Origin::Geography => "Insee",
        Origin::AspStructure
        | Origin::AspAnnex
        | Origin::AspContracts
        | Origin::AspMonthly
        | Origin::AspPeople
        | Origin::AspSupport
        | Origin::AspSupervision
        | Origin::AspTraining
        | Origin::AspProcurement => "ASP",
        Origin::Emplois => "Les emplois de l'inclusion",
        Origin::Immersion => "Immersion facilitée",
        Origin::LastYear => "Votre dossier précédent",
        Origin::OtherDepartment => "Votre dossier de l'autre département",
        Origin::Computed => "Calculé",
    }
}

/// The problem of an answer, under it.
#[component]
pub fn ProblemLine(draft: Draft, at: At) -> impl IntoView {
    let id = format!("probleme-{at}");
    let line = move || {
        draft.problem(&at).map(|problem| {
            let class = match problem.gravity {
                Gravity::Blocking => "error",
                Gravity::Warning => "error warning",
            };
            view! {
                <span class=class>
                    <Icon name=IconName::Warning />
                    <span>{text::problem(&problem)}</span>
                </span>
            }
        })
    };
    view! { <div class="problem" id=id>{line}</div> }
}
