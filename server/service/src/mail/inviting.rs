//! Messages to people who have no account here yet: told at once, with the secret of a link that is
//! known only now.

use super::{Called, Letter, Mail, Outgoing};
use crate::{DossierHead, Services, Structure, sharing::Share, teams::Invitation};

/// The address that an invitation goes to, lower case; `None` when none is given, or mail is off.
///
/// # Errors
/// When it is none.
pub fn address(services: &Services, typed: &str) -> Result<Option<String>, NotAnAddress> {
    if typed.trim().is_empty() || services.mail == Outgoing::Off {
        return Ok(None);
    }
    let address = form::identifier::email(typed).ok_or(NotAnAddress)?;
    Ok(Some(address.to_lowercase()))
}

/// This is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

/// The message of an invitation into a team.
pub fn to_team(
    services: &Services,
    to: String,
    (invitation, token): (&Invitation, &str),
    structure: Option<&Structure>,
) -> Mail {
    let letter = Letter::TeamInvitation {
        by: invitation.given_by_name.clone(),
        structure: structure.map(|one| one.name.clone()),
        departments: invitation.departments.clone(),
        role: invitation.role,
        until: invitation.until,
        token: token.to_owned(),
    };
    mail(services, to, format!("invitation.{}", invitation.id), letter)
}

/// The message of steps that are given.
pub fn to_steps(
    services: &Services,
    to: String,
    (share, token): (&Share, &str),
    head: &DossierHead,
) -> Mail {
    let letter = Letter::StepsInvitation {
        by: share.given_by_name.clone(),
        dossier: Called::of(head),
        steps: u32::try_from(share.sections.len()).unwrap_or(u32::MAX),
        until: share.until,
        token: token.to_owned(),
    };
    mail(services, to, format!("partage.{}", share.id), letter)
}

fn mail(services: &Services, to: String, key: String, letter: Letter) -> Mail {
    let at = services.now();
    Mail {
        id: services.ids.ulid(at),
        key,
        account: None,
        to,
        topic: None,
        letter,
        at,
        shown: services.mail == Outgoing::Shown,
    }
}
