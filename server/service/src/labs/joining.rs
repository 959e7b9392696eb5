//! Coming in without an account, and who is behind the token of a participant. The token is 32 random
//! bytes; only its hash is kept, here and in the space.

use dossier::{
    id::ParticipantId,
    lab::{LONGEST_NAME, Seat, read_code},
};

use super::{Lab, LabError, Lacks, MOST_PARTICIPANTS, Participant, line_of};
use crate::{
    Services, StoreError,
    journal::{hex, sha256_hex},
};

/// Names that are proposed: animals of our hedges.
const NAMES: [&str; 48] = [
    "Martre",
    "Héron",
    "Loutre",
    "Genette",
    "Chevêche",
    "Lérot",
    "Barbeau",
    "Milan",
    "Fouine",
    "Hermine",
    "Belette",
    "Blaireau",
    "Renard",
    "Chevreuil",
    "Écureuil",
    "Hérisson",
    "Musaraigne",
    "Campagnol",
    "Putois",
    "Castor",
    "Effraie",
    "Hulotte",
    "Faucon",
    "Busard",
    "Épervier",
    "Buse",
    "Huppe",
    "Loriot",
    "Mésange",
    "Rouge-gorge",
    "Bouvreuil",
    "Verdier",
    "Chardonneret",
    "Pinson",
    "Fauvette",
    "Alouette",
    "Grive",
    "Merle",
    "Geai",
    "Sittelle",
    "Pic-vert",
    "Martin-pêcheur",
    "Triton",
    "Salamandre",
    "Rainette",
    "Brochet",
    "Truite",
    "Libellule",
];

/// A session that one may come in, by its code as it was typed.
///
/// # Errors
/// When no session has this code.
pub async fn door(services: &Services, typed: &str) -> Result<Lab, LabError> {
    let code = read_code(typed).ok_or(LabError::NotFound)?;
    services.store.lab_by_code(&code).await?.ok_or(LabError::NotFound)
}

/// A pseudonym that nobody has yet.
///
/// # Errors
/// When the store cannot answer.
pub async fn free_name(services: &Services, lab: &Lab) -> Result<String, StoreError> {
    let taken = services.store.participants(&lab.id).await?;
    let is_free = |name: &str| taken.iter().all(|one| !same(&one.name, name));
    let [first, ..] = services.ids.secret();
    let turned = NAMES.iter().cycle().skip(usize::from(first)).take(NAMES.len());
    let found = turned.copied().find(|name| is_free(name)).map(str::to_owned);
    let numbered = || (2..1_000).map(|n| format!("Martre {n}")).find(|name| is_free(name));
    Ok(found.or_else(numbered).unwrap_or_default())
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Who wants to come in, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Pseudonym.
    pub name: String,
    /// Side.
    pub seat: Option<Seat>,
    /// Whether what is said of one's data is accepted.
    pub consents: bool,
}

/// A place in a session, with the token of who has it.
pub struct Seated {
    /// For the browser; kept nowhere here.
    pub token: String,
    /// Who.
    pub participant: Participant,
}

/// Takes a place.
///
/// # Errors
/// What is missing, or why one cannot come in; nothing is kept then.
pub async fn join(services: &Services, lab: &Lab, wish: &Wish) -> Result<Seated, LabError> {
    let now = services.now();
    if !lab.is_open(now) {
        return Err(LabError::NotOpen);
    }
    let name = line_of(&wish.name, LONGEST_NAME).ok_or(LabError::Incomplete(Lacks::Name))?;
    let seat = match (wish.seat, lab.seats.as_slice()) {
        (Some(seat), seats) if seats.contains(&seat) => seat,
        // There is nothing to choose.
        (None, [only]) => *only,
        _ => return Err(LabError::Incomplete(Lacks::Seat)),
    };
    if !wish.consents {
        return Err(LabError::Incomplete(Lacks::Consent));
    }
    let others = services.store.participants(&lab.id).await?;
    if others.len() >= MOST_PARTICIPANTS {
        return Err(LabError::Full);
    }
    if others.iter().any(|other| same(&other.name, &name)) {
        return Err(LabError::Incomplete(Lacks::NameTaken));
    }
    let token = hex(&services.ids.secret());
    let participant = Participant {
        id: services.ulid().into(),
        lab: lab.id.clone(),
        name,
        seat,
        round: lab.round,
        joined_at: now,
        seen_at: now,
        page: String::new(),
        is_gone: false,
    };
    let kept = services.store.add_participant(&participant, &sha256_hex(token.as_bytes())).await;
    match kept {
        Ok(()) => Ok(Seated { token, participant }),
        Err(StoreError::Conflict) => Err(LabError::Incomplete(Lacks::NameTaken)),
        Err(error) => Err(error.into()),
    }
}

/// Who is behind a token, with the session; `None` when nobody is, or nobody any more.
///
/// # Errors
/// When the store cannot answer.
pub async fn behind(
    services: &Services,
    token: &str,
) -> Result<Option<(Lab, Participant)>, StoreError> {
    let found = services.store.participant_by_token(&sha256_hex(token.as_bytes())).await?;
    let Some(participant) = found.filter(|one| !one.is_gone) else { return Ok(None) };
    let lab = services.store.lab(&participant.lab).await?;
    Ok(lab.map(|lab| (lab, participant)))
}

/// Notes where somebody is.
///
/// # Errors
/// When the store cannot answer.
pub async fn seen(
    services: &Services,
    participant: &ParticipantId,
    page: &str,
) -> Result<(), StoreError> {
    services.store.see_participant(participant, page, services.now()).await
}

/// Gives somebody a place in the present round of the space.
///
/// # Errors
/// When the store cannot answer.
pub async fn seat_again(
    services: &Services,
    lab: &Lab,
    who: &Participant,
) -> Result<(), StoreError> {
    services.store.seat_participant(&who.id, lab.round).await
}

/// Leaves: the token opens nothing any more. What was said stays.
///
/// # Errors
/// When the store cannot answer.
pub async fn leave(services: &Services, participant: &ParticipantId) -> Result<(), StoreError> {
    services.store.release_participant(participant, services.now()).await
}
