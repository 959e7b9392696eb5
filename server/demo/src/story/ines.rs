//! The dossier 2027 of Les Ateliers de Valbrune: four answers to write, nine to confirm, one
//! problem.

use dossier::{
    id::DossierId,
    operation::{Gesture, Operation},
    role::Role,
};
use form::{At, Revision, Standing};
use service::{
    Actor, Services,
    drafts::{self, Prefill, SaveError},
};

use super::{Plan, at, prefill};
use crate::{
    answers,
    people::{self, PERSONAS},
    seed::{moment, ulid},
    structures,
};

/// Left to write.
const TO_WRITE: [&str; 4] = [
    "activites.activities.description",
    "projet.a4_done",
    "moyens.etp_change_reason",
    "budget.fdi_request",
];

/// Known, and left to confirm: question and row.
const TO_CONFIRM: [(&str, &str); 9] = [
    ("gouvernance.legal_rep.name", ""),
    ("activites.procurement_income", ""),
    ("activites.immersion_welcome", ""),
    ("publics.n_women", ""),
    ("publics.n_rqth", ""),
    ("publics.avg_path_months", ""),
    ("moyens.staff.n", "external"),
    ("moyens.staff.etp", "external"),
    ("budget.fiscal_year_end", ""),
];

/// What Inès finds when she opens it.
pub(crate) fn prefill(form: &Revision, plan: &Plan) -> Prefill {
    let filled = answers::filled(form, plan.profile, &plan.request);
    let second_activity =
        filled.added_rows("activites.activities").last().map(|row| (*row).to_owned());
    let waits = |at: &At| TO_CONFIRM.contains(&(at.field.as_str(), at.row.as_str()));
    let mut laid = prefill::laid(form, &filled, plan, |at| {
        if waits(at) { Standing::ToConfirm } else { Standing::Confirmed }
    });
    laid.retain(|(at, _)| {
        let named = TO_WRITE.contains(&at.field.as_str());
        let first_activity = !at.row.is_empty() && Some(&at.row) != second_activity.as_ref();
        !named || first_activity
    });
    for (at, answer) in &mut laid {
        // Her collective agreement is newer than the annexe.
        if at.field == "moyens.collective_hours"
            && let Some(provenance) = &mut answer.provenance
        {
            "35:00".clone_into(&mut provenance.value);
            provenance.standing = Standing::Overridden;
        }
    }
    laid
}

/// What the accountant wrote on the last evening: an ETP above its number of people, and a cost
/// looked up in the accounts.
const WRITTEN: [(&str, &str, &str); 2] =
    [("moyens.staff.etp", "technical", "3,60"), ("moyens.staff_training_cost", "", "1 640")];

/// Karim looks at the staff, on a Friday at 17:08.
pub(super) async fn visit_of_the_accountant(
    services: &Services,
    id: &DossierId,
) -> Result<(), SaveError> {
    let karim = PERSONAS.iter().position(|persona| persona.role == Role::SiaeMember).unwrap_or(1);
    let structures = structures::all()
        .into_iter()
        .filter(|profile| PERSONAS[karim].structures.contains(&profile.name.as_str()))
        .map(|profile| profile.id)
        .collect();
    let actor = Actor {
        account_id: people::persona_id(karim),
        name: PERSONAS[karim].name.to_owned(),
        title: PERSONAS[karim].title.to_owned(),
        role: Role::SiaeMember,
        scope: Role::SiaeMember.scope(structures, Vec::new()),
        admin_of: Vec::new(),
    };
    let evening = moment(2026, 11, 20, 16, 8);
    let operations = WRITTEN
        .iter()
        .map(|(field, row, raw)| Operation {
            id: ulid(evening, &format!("karim {field} {row}")),
            at: At::in_row(field, row),
            gesture: Gesture::Write((*raw).to_owned()),
            seen: 1,
        })
        .collect();
    drafts::save(&at(services, evening, "karim"), &actor, id, operations).await?;
    Ok(())
}
