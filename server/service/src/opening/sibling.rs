//! A structure that works in two départements types once what is the same in both.

use form::{Answer, At, Carry, Origin, Provenance, Revision, Standing};

use super::Prefill;
use crate::{DossierHead, Services, StoreError, forms};

/// What the dossier of the same request in another département says, to be confirmed: what stays
/// true from one year to the next is true in both. Posts, figures, signature and the questions of a
/// département are asked of each.
pub(super) async fn answers(
    services: &Services,
    head: &DossierHead,
    form: &Revision,
) -> Result<Prefill, StoreError> {
    let Some(other) = services.store.sibling(head).await? else { return Ok(Vec::new()) };
    let Some(other) = services.store.draft(&other).await? else { return Ok(Vec::new()) };
    let theirs = forms::of(services, &other.head.form_key()).await?.revision;
    let said = |raw: &str, value: String| {
        let provenance = Provenance {
            origin: Origin::OtherDepartment,
            reference: other.head.department.clone(),
            as_of: String::new(),
            key: String::new(),
            fetched_at: 0,
            value,
            standing: Standing::ToConfirm,
        };
        Answer { raw: raw.to_owned(), version: 0, provenance: Some(provenance) }
    };
    let mut known = Vec::new();
    for at in other.answers.relevant(theirs) {
        let raw = other.answers.raw(&at.field, &at.row);
        let Some(place) = form.place(&at.field) else { continue };
        let same = place.field.carry == Carry::Confirm;
        let Ok(value) = place.field.kind.canonical(raw) else { continue };
        if !same || place.field.fixed || value.is_empty() {
            continue;
        }
        if let Some(table) = place.table.filter(|table| !table.is_grid()) {
            let mark = At::in_row(&table.id, &at.row);
            let raw = other.answers.raw(&mark.field, &mark.row).to_owned();
            known.push((mark, Answer { raw, ..Answer::default() }));
        }
        known.push((at, said(raw, value)));
    }
    Ok(known)
}
