//! Asking the sources, without anybody waiting longer than they must.

use std::time::Duration;

use form::{Origin, identifier};

use super::{Failed, Fault, Finding, Place, Subject};
use crate::{Millis, Services, StoreError};

/// What a source said is asked again after a day.
const FRESH: i64 = 24 * 3_600_000;
/// A source that failed is left alone for five minutes, unless somebody asks for it.
const REST: i64 = 5 * 60_000;

/// How often one looks whether somebody else heard the answer, and how long between.
const LOOKS: u32 = 60;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// How long one waits, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Not at all: what is old is asked again behind the page.
    None,
    /// A moment, while a dossier is opened.
    Moment,
    /// A person asked for it: everything is asked again, whatever its age.
    Asked,
}

impl Patience {
    fn longest(self) -> Duration {
        Duration::from_millis(match self {
            Self::None => 0,
            Self::Moment => 250,
            Self::Asked => 3_000,
        })
    }
}

/// What the sources say of an establishment, after waiting no longer than that. What comes later is
/// kept all the same, and there for the next who looks.
///
/// # Errors
/// When the store cannot answer.
pub async fn gather(
    services: &Services,
    siret: &str,
    patience: Patience,
) -> Result<Vec<Finding>, StoreError> {
    let sources = services.registers.sources();
    let Ok(siret) = identifier::siret(siret) else { return Ok(Vec::new()) };
    let known = services.store.findings(&siret).await?;
    let now = services.now();
    let due = |source: &Origin| {
        patience == Patience::Asked
            || is_due(known.iter().find(|finding| finding.source == *source), now)
    };
    let due: Vec<Origin> = sources.into_iter().filter(due).collect();
    if due.is_empty() {
        return Ok(known);
    }
    let (behind, subject) = (services.clone(), siret.clone());
    // Nobody waits for it to the end: it goes on when the person is gone.
    let asking = tokio::spawn(async move { ask(&behind, subject, due).await });
    if patience == Patience::None {
        return Ok(known);
    }
    // Late or not, what is kept by now is what counts.
    drop(tokio::time::timeout(patience.longest(), asking).await);
    services.store.findings(&siret).await
}

fn is_due(finding: Option<&Finding>, now: Millis) -> bool {
    let Some(finding) = finding else { return true };
    let rests = finding.failed.is_some_and(|(_, at)| now.0 - at.0 < REST);
    let is_fresh = finding.told.is_some() && now.0 - finding.fetched_at.0 < FRESH;
    !rests && !is_fresh
}

/// Asks in order: the others are asked about the place that the register gives.
async fn ask(services: &Services, siret: String, due: Vec<Origin>) -> Result<(), StoreError> {
    for source in due {
        let place = match source {
            Origin::AddressBase | Origin::Emplois => match place_of(services, &siret).await? {
                Some(place) => Some(place),
                None => continue,
            },
            _ => None,
        };
        let subject = Subject { siret: siret.clone(), place };
        let asked_at = services.now();
        let answer = services.registers.ask(source, &subject).await;
        let at = services.now();
        match answer {
            Ok(told) => {
                let told = Some(told);
                let subject = siret.clone();
                let finding = Finding { source, subject, told, fetched_at: at, failed: None };
                services.store.keep_finding(&finding).await?;
            }
            Err(Fault::Asked) => wait_for_other(services, source, &siret, asked_at).await?,
            Err(why) => {
                let failed = Failed { source, subject: siret.clone(), why, at };
                services.store.keep_failure(&failed).await?;
            }
        }
    }
    Ok(())
}

/// Somebody asked the same a moment ago: what they hear is kept, and is as good.
async fn wait_for_other(
    services: &Services,
    source: Origin,
    siret: &str,
    since: Millis,
) -> Result<(), StoreError> {
    for _ in 0..LOOKS {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        let known = services.store.findings(siret).await?;
        let heard = known.iter().find(|finding| finding.source == source);
        let at = |finding: &Finding| finding.failed.map_or(finding.fetched_at, |(_, at)| at);
        if heard.is_some_and(|finding| at(finding) >= since) {
            return Ok(());
        }
    }
    Ok(())
}

/// Where the register says that the establishment is.
async fn place_of(services: &Services, siret: &str) -> Result<Option<Place>, StoreError> {
    let known = services.store.findings(siret).await?;
    let register = known.into_iter().find(|finding| finding.source == Origin::CompanyRegister);
    let Some(mut facts) = register.and_then(|finding| Some(finding.told?.facts)) else {
        return Ok(None);
    };
    let mut part = |key: &str| facts.remove(&format!("etablissement.{key}")).unwrap_or_default();
    let place = Place {
        street: part("street"),
        postcode: part("postcode"),
        town: part("town"),
        insee: part("insee"),
        is_head: part("head") == "oui",
    };
    let is_vague = place.postcode.is_empty() && place.insee.is_empty();
    Ok((!place.street.is_empty() && !is_vague).then_some(place))
}
