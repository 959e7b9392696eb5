//! Answers as they come to a draft: with the source that gave them and what a person made of it.

use std::collections::{HashMap, HashSet};

use form::{Answer, Answers, At, Carry, FieldDef, Origin, Provenance, Revision, Standing};
use service::drafts::Prefill;

use super::Plan;
use crate::{answers, numbers};

/// Where an answer of this question comes from in the story; `None` when people write it.
pub(super) fn provenance(
    field: &FieldDef,
    raw: &str,
    plan: &Plan,
    standing: Standing,
) -> Option<Provenance> {
    let (profile, request) = (plan.profile, plan.request);
    if field.fixed || request.nature == "first" && field.carry == Carry::Never {
        return None;
    }
    let given = field.sources.iter().map(|source| source.origin).find(|o| *o != Origin::LastYear);
    let carried = matches!(field.carry, Carry::Confirm | Carry::Fixed) && request.nature != "first";
    let origin = match given {
        Some(origin) => origin,
        None if carried => Origin::LastYear,
        None => return None,
    };
    let year = request.year - 1;
    let start = profile.convention_start(year);
    let code = profile.department.code;
    let (reference, as_of) = match origin {
        Origin::AspAnnex => (
            format!("annexe {}", numbers::annex(code, request.kind, start, profile.order, year)),
            format!("{year}-01-01"),
        ),
        Origin::LastYear => (format!("dossier {year}"), format!("{}-12-01", year - 1)),
        Origin::CompanyRegister => {
            ("répertoire des entreprises".to_owned(), format!("{year}-10-01"))
        }
        Origin::AddressBase | Origin::Geography => {
            ("base adresse nationale".to_owned(), format!("{year}-10-01"))
        }
        Origin::Emplois => ("fiche Les emplois de l'inclusion".to_owned(), format!("{year}-10-01")),
        Origin::Immersion => ("Immersion facilitée".to_owned(), format!("{year}-10-01")),
        Origin::Computed => ("calcul".to_owned(), String::new()),
        _ => (format!("structure {} à l'ASP", profile.asp_id), format!("{year}-09-28")),
    };
    let value = field.kind.canonical(raw).ok()?;
    Some(Provenance {
        origin,
        reference,
        as_of,
        key: String::new(),
        fetched_at: 0,
        value,
        standing,
    })
}

/// Answers with their provenance, the standing of each being chosen by its place.
pub(super) fn laid(
    form: &Revision,
    answers: &Answers,
    plan: &Plan,
    standing: impl Fn(&At) -> Standing,
) -> Prefill {
    let fields: HashMap<&str, &FieldDef> =
        form.places().map(|place| (place.field.id.as_ref(), place.field)).collect();
    answers
        .iter()
        .map(|(at, answer)| {
            let provenance = fields
                .get(at.field.as_str())
                .and_then(|field| provenance(field, &answer.raw, plan, standing(&at)));
            let answer = Answer { raw: answer.raw.clone(), version: 0, provenance };
            (at, answer)
        })
        .collect()
}

/// Everything was looked at.
pub(crate) fn confirmed(form: &Revision, answers: &Answers, plan: &Plan) -> Prefill {
    laid(form, answers, plan, |_| Standing::Confirmed)
}

/// Steps that a half-filled draft has behind it.
const BEHIND: usize = 6;

/// The first steps are filled and confirmed. In the others only what sources know is there, to be
/// confirmed.
pub(super) fn half(form: &Revision, plan: &Plan) -> Prefill {
    let filled = answers::filled(form, plan.profile, &plan.request);
    let tables: HashSet<&str> =
        form.places().filter_map(|place| place.table.map(|table| table.id.as_ref())).collect();
    let behind: HashSet<&str> = form
        .sections
        .iter()
        .take(BEHIND)
        .flat_map(|section| section.groups.iter().flat_map(form::Group::fields))
        .map(|field| field.id.as_ref())
        .collect();
    let is_behind = |at: &At| behind.contains(at.field.as_str());
    let mut laid = laid(form, &filled, plan, |at| {
        if is_behind(at) { Standing::Confirmed } else { Standing::ToConfirm }
    });
    laid.retain(|(at, answer)| {
        is_behind(at) || tables.contains(at.field.as_str()) || answer.provenance.is_some()
    });
    laid
}
