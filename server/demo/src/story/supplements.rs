//! What two départements of the story ask beside the national questions, and a variant to try.

use form::overlay::Overlay;
use service::{Services, forms};

use super::{DemoError, at};
use crate::seed::moment;

const NIEVRE: &str = include_str!("../../overlays/nievre.json");
const NIEVRE_IN_NOVEMBER: &str = include_str!("../../overlays/nievre-novembre.json");
const COTE_D_OR: &str = include_str!("../../overlays/cote-d-or.json");
const SHORT_MEANS: &str = include_str!("../../overlays/moyens-courts.json");

/// Overlays, over which revision, and the day of 2026 they are published: as month and day. The same
/// questions are published again when the national form changes.
const PUBLISHED: [(&str, u32, (u8, u8)); 6] = [
    (NIEVRE, 1, (10, 1)),
    (COTE_D_OR, 1, (10, 1)),
    (NIEVRE, 2, (11, 2)),
    (COTE_D_OR, 2, (11, 2)),
    (NIEVRE_IN_NOVEMBER, 2, (11, 23)),
    (SHORT_MEANS, 2, (11, 24)),
];

/// Publishes them, unless they are there.
pub(super) async fn publish(services: &Services) -> Result<(), DemoError> {
    if !services.store.editions().await?.is_empty() {
        return Ok(());
    }
    for (rank, (text, revision, (month, day))) in (0..).zip(PUBLISHED) {
        let refused = |error| DemoError::Publish(error);
        let mut overlay: Overlay =
            serde_json::from_str(text).map_err(|_| refused(forms::PublishError::UnknownForm))?;
        overlay.revision = revision;
        let then = at(services, moment(2026, month, day, 7, rank), &overlay.name);
        forms::publish(&then, overlay).await.map_err(refused)?;
    }
    Ok(())
}
