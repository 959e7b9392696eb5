//! Beginning a sketch.

use dossier::{
    form::revisions::{FormKey, in_force},
    id::SketchId,
};
use form::overlay::{Overlay, Reach, slug};

use super::{Bench, Change, LONGEST_TITLE, Sketch, StudioError, Version, bench, composing};
use crate::{
    Actor, Services, StoreError,
    forms::{self, CONVENTIONNEMENT},
};

/// What a sketch may start from: what was published on this bench, over the form that is in force;
/// latest first.
///
/// # Errors
/// For who has no bench, or when the store cannot answer.
pub async fn starts(
    services: &Services,
    actor: &Actor,
) -> Result<Vec<(FormKey, String)>, StudioError> {
    let bench = bench(actor)?;
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let revision = in_force(CONVENTIONNEMENT, today);
    let mut editions = services.store.editions().await?;
    editions.retain(|edition| {
        let of = &edition.overlay;
        let ours = match (&of.reach, &bench) {
            // A supplement that works somewhere may be tried, and taken up elsewhere.
            (_, Bench::Variants) | (Reach::Supplement { .. }, _) => true,
            (Reach::Variant, Bench::Supplements(_)) => false,
        };
        ours && (of.form.as_str(), of.revision) == (CONVENTIONNEMENT, revision)
            && edition.at <= services.now()
    });
    editions.sort_by_key(|edition| (std::cmp::Reverse(edition.at), edition.number));
    Ok(editions.into_iter().map(|edition| (edition.key(), edition.overlay.title)).collect())
}

/// Where a sketch begins.
pub enum Start {
    /// With nothing changed.
    National,
    /// With an edition.
    Edition(FormKey),
    /// With an overlay from elsewhere; it may be wrong.
    Import(Box<Overlay>),
}

/// Begins a sketch: a variant, or the supplement of a département.
///
/// # Errors
/// See [`StudioError`]; nothing is kept then.
pub async fn begin(
    services: &Services,
    actor: &Actor,
    department: &str,
    title: &str,
    start: Start,
) -> Result<SketchId, StudioError> {
    if !bench(actor)?.holds(department) {
        return Err(StudioError::NotFound);
    }
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(StudioError::Title);
    }
    let national = forms::national(services, CONVENTIONNEMENT).ok_or(StoreError::Corrupt)?;
    let editions = services.store.editions().await?;
    let reach = match department {
        "" => Reach::Variant,
        department => Reach::Supplement { department: department.to_owned() },
    };
    let (change, what, from) = match start {
        Start::National => (Change::Begun, String::new(), None),
        Start::Edition(key) => {
            let edition = editions.iter().find(|edition| edition.key() == key);
            let overlay = edition.ok_or(StudioError::BadRequest)?.overlay.clone();
            (Change::Begun, overlay.title.clone(), Some(overlay))
        }
        Start::Import(overlay) => (Change::Imported, overlay.title.clone(), Some(*overlay)),
    };
    // An edition goes on under its name where it is of the same reach; ids begin with it.
    let goes_on = from.as_ref().filter(|from| {
        editions.iter().all(|one| one.overlay.name != from.name || one.overlay.reach == reach)
    });
    let name = match goes_on {
        Some(from) => from.name.clone(),
        None => free_name(&title, |name| editions.iter().any(|one| one.overlay.name == name)),
    };
    let mut overlay = Overlay {
        form: national.revision.form.to_string(),
        revision: national.revision.number,
        name: name.clone(),
        title,
        reach,
        edits: Vec::new(),
    };
    if let Some(from) = from {
        overlay.edits = composing::renamed(&from, &name)?;
    }
    let (at, by) = (services.now(), actor.account_id.clone());
    let version = Version { number: 1, overlay, change, what, at, by, by_name: actor.name.clone() };
    let sketch = Sketch {
        id: services.ulid().into(),
        department: department.to_owned(),
        made_at: at,
        made_by: actor.account_id.clone(),
        made_by_name: actor.name.clone(),
        aside_at: None,
        last: version,
        published: Vec::new(),
    };
    services.store.add_sketch(&sketch).await?;
    Ok(sketch.id)
}

/// A name that no edition bears, from a title.
fn free_name(title: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut base = slug(title, 32);
    if base.len() < 2 {
        "essai".clone_into(&mut base);
    }
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    let mut names = std::iter::once(base.clone()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_free_and_fits() {
        assert_eq!(free_name("Vélos & trajets d'été", |_| false), "velos-trajets-d-ete");
        assert_eq!(free_name("Vélos", |name| name == "velos"), "velos-2");
        assert_eq!(free_name("???", |_| false), "essai");
    }
}
