//! Where an operation writes, and what that makes of a pre-filled value.

use dossier::{
    id::is_ulid,
    operation::{Gesture, Operation, Refusal},
};
use form::{At, FieldDef, Provenance, Revision, Standing, Table, row};

/// Where an operation writes.
pub(super) enum Slot<'f> {
    /// The mark of a row.
    Mark(&'f Table),
    /// The answer to a question; the table when it stands in a row that people add.
    Answer(&'f FieldDef, Option<&'f Table>),
}

/// Where an operation writes, as far as the form alone can tell.
pub(super) fn slot<'f>(form: &'f Revision, operation: &Operation) -> Result<Slot<'f>, Refusal> {
    let At { field, row: in_row } = &operation.at;
    let text = match &operation.gesture {
        // No person types this one, and no database of ours keeps it in JSON.
        Gesture::Write(raw) if raw.contains('\0') => return Err(Refusal::BadOperation),
        Gesture::Write(raw) => Some(raw.as_str()),
        Gesture::Confirm => None,
    };
    if let Some(table) = form.table(field).filter(|table| !table.is_grid()) {
        return match text {
            _ if !is_ulid(in_row) => Err(Refusal::UnknownRow),
            Some(raw) if raw.is_empty() || row::is_here(raw) => Ok(Slot::Mark(table)),
            _ => Err(Refusal::BadOperation),
        };
    }
    let place = form.place(field).ok_or(Refusal::UnknownField)?;
    let fits = match place.table {
        None => in_row.is_empty(),
        Some(grid) if grid.is_grid() => {
            grid.lines.iter().any(|line| line.id == *in_row && !line.is_computed())
        }
        Some(_) => is_ulid(in_row),
    };
    match text {
        _ if !fits => Err(Refusal::UnknownRow),
        Some(_) if place.field.fixed => Err(Refusal::FixedField),
        Some(raw) if raw.len() > place.field.kind.raw_limit() => Err(Refusal::TooLong),
        _ => Ok(Slot::Answer(place.field, place.table.filter(|table| !table.is_grid()))),
    }
}

/// Provenance after a person wrote: the value of the source again, or another.
pub(super) fn judged(provenance: Provenance, raw: &str, slot: &Slot) -> Provenance {
    let same = match slot {
        Slot::Answer(def, _) => def.kind.canonical(raw).is_ok_and(|text| text == provenance.value),
        Slot::Mark(_) => row::is_here(raw) == row::is_here(&provenance.value),
    };
    let standing = if same { Standing::Confirmed } else { Standing::Overridden };
    Provenance { standing, ..provenance }
}

/// Provenance after a person said that the value is right.
pub(super) fn confirmed(provenance: Provenance) -> Provenance {
    match provenance.standing {
        Standing::ToConfirm => Provenance { standing: Standing::Confirmed, ..provenance },
        Standing::Confirmed | Standing::Overridden => provenance,
    }
}
