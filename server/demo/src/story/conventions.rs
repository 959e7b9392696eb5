//! The convention that a structure writes is the one that it was given, once it was given one.

use dossier::allotting::Subject;
use form::{Answer, At};
use service::{Services, StoreError, drafts::Prefill};

use super::Plan;
use crate::numbers;

/// These answers, with the numbers of the convention in force instead of the invented ones.
pub(super) async fn known(
    services: &Services,
    plan: &Plan<'_>,
    laid: Prefill,
) -> Result<Prefill, StoreError> {
    let (profile, request) = (plan.profile, &plan.request);
    let subject = Subject {
        structure: profile.id.clone(),
        kind: request.kind.to_owned(),
        perimeter: request.perimeter.to_owned(),
        department: plan.department().to_owned(),
    };
    let Some(annex) = services.store.last_annex(&subject, request.year).await? else {
        return Ok(laid);
    };
    let start = match request.nature {
        "renewal" => profile.convention_start(request.year - 1),
        _ => profile.convention_start(request.year),
    };
    let (code, order) = (profile.department.code, profile.order);
    let prefix = numbers::annex(code, request.kind, start, order, start).replace("A0M0", "");
    let changes = [
        (numbers::convention(code, request.kind, start, order), annex.numbers.convention),
        (prefix, annex.numbers.prefix),
    ];
    let said = |text: String| changes.iter().fold(text, |text, (old, new)| text.replace(old, new));
    let answer = |answer: Answer| Answer {
        raw: said(answer.raw),
        provenance: answer.provenance.map(|mut from| {
            from.value = said(from.value);
            from.reference = said(from.reference);
            from
        }),
        ..answer
    };
    Ok(laid.into_iter().map(|(at, one): (At, Answer)| (at, answer(one))).collect())
}
