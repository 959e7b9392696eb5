//! What the structure was last granted for the same activity: its convention and its ETP, when Trame
//! numbered them. It says more than what the structure wrote of them in an earlier dossier.

use dossier::{
    allotting::Subject,
    form::{demande::PREVIOUS_CONVENTION, moyens::ETP_CURRENT},
};
use form::{At, Origin, Provenance, Revision, Standing, number};

use crate::{DossierHead, Services, StoreError, conventions, findings::Candidate};

/// What the last annexe says to the questions of this form.
pub(super) async fn answers(
    services: &Services,
    head: &DossierHead,
    form: &Revision,
) -> Result<Vec<Candidate>, StoreError> {
    let subject = Subject {
        structure: head.structure_id.clone(),
        kind: head.kind.clone(),
        perimeter: head.perimeter.clone(),
        department: head.department.clone(),
    };
    let Some(annex) = services.store.last_annex(&subject, head.year).await? else {
        return Ok(Vec::new());
    };
    // A convention that was terminated is followed by a first request, with nothing in force.
    if conventions::is_terminated(services, &annex.dossier).await? {
        return Ok(Vec::new());
    }
    let said = [
        (&PREVIOUS_CONVENTION.def, annex.numbers.convention.clone()),
        (&ETP_CURRENT.def, number::canonical_scaled(annex.terms.grant.etp.0, 2)),
    ];
    let asked = said.into_iter().filter(|(def, _)| form.place(&def.id).is_some());
    let from = |value| Provenance {
        origin: Origin::LastYear,
        reference: format!("annexe {}", annex.numbers.display()),
        as_of: annex.terms.start.to_string(),
        key: String::new(),
        fetched_at: 0,
        value,
        standing: Standing::ToConfirm,
    };
    Ok(asked.map(|(def, value)| Candidate { at: At::once(&def.id), from: from(value) }).collect())
}
