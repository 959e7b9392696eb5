//! The documents that the people of the demonstration attach to their dossiers.

use bytes::Bytes;
use dossier::id::DossierId;
use form::{Kind, Revision};
use futures::stream;
use service::{
    Actor, Services,
    attachments::{self, AttachError},
    drafts,
};

use super::{Plan, at};
use crate::{pdf, people};

/// Attaches what the answers name; only people who are shown do, the others only name it.
pub(super) async fn attach(
    services: &Services,
    plan: &Plan<'_>,
    (actor, id): (&Actor, &DossierId),
    form: &Revision,
) -> Result<(), AttachError> {
    if people::persona_of(&plan.profile.name).is_none() {
        return Ok(());
    }
    let answers = drafts::read(services, actor, id).await?.answers;
    for place in answers.relevant(form) {
        let asked = form.place(&place.field);
        let Some(asked) = asked.filter(|one| one.field.kind == Kind::File) else { continue };
        let name = answers.raw(&place.field, &place.row);
        if name.is_empty() {
            continue;
        }
        let file = pdf::page(&[
            &attachments::piece_of(&asked),
            &plan.profile.name,
            &format!("Dossier {}", plan.request.year),
            "Document de démonstration : rien ici n'est réel.",
        ]);
        let then = at(services, plan.opened, &format!("{} {place}", plan.key()));
        let seen = answers.at(&place).map_or(0, |answer| answer.version);
        let pieces = stream::iter([Ok::<_, ()>(Bytes::from(file))]);
        attachments::attach(&then, actor, (id, &place, seen), name, pieces).await?;
    }
    Ok(())
}
