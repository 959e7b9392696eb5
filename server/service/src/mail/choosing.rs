//! What people choose to receive, on their page or by the link of a message.

use dossier::{
    id::AccountId,
    notice::{Pace, Topic},
    role::Role,
};

use super::{Outgoing, Queued, key, telling::chosen};
use crate::{Account, Actor, Services, StoreError};

/// Most messages that the page of a demonstration shows.
const MOST_SHOWN: u32 = 100;

/// What somebody may choose about, with what they chose.
///
/// # Errors
/// When the store cannot answer.
pub async fn choices(services: &Services, actor: &Actor) -> Result<Vec<(Topic, Pace)>, StoreError> {
    let known = services.store.mail_choices(&actor.account_id).await?;
    let own = Topic::ALL.into_iter().filter(|topic| topic.concerns(actor.role));
    Ok(own.map(|topic| (topic, chosen(&known, topic))).collect())
}

/// Keeps what somebody chooses; a choice that is not offered to them changes nothing.
///
/// # Errors
/// When the store cannot answer.
pub async fn choose(
    services: &Services,
    actor: &Actor,
    wanted: &[(Topic, Pace)],
) -> Result<(), StoreError> {
    let fits = |(topic, pace): &&(Topic, Pace)| {
        topic.concerns(actor.role) && topic.choices().len() > 1 && topic.choices().contains(pace)
    };
    let wanted: Vec<_> = wanted.iter().filter(fits).copied().collect();
    services.store.put_mail_choices(&actor.account_id, &wanted).await
}

/// The part of a link that turns a topic off for somebody, without signing in; `None` for a topic that
/// cannot be.
///
/// # Errors
/// When the store cannot answer.
pub async fn ticket(
    services: &Services,
    account: &AccountId,
    topic: Topic,
) -> Result<Option<String>, StoreError> {
    if !topic.may_be_off() {
        return Ok(None);
    }
    let text = format!("{account}.{}", topic.code());
    let signature = key::sign(services, &text).await?;
    Ok(Some(format!("{text}.{signature}")))
}

/// Whose ticket this is, and for what; `None` when it was not made here.
///
/// # Errors
/// When the store cannot answer.
pub async fn holder(
    services: &Services,
    ticket: &str,
) -> Result<Option<(Account, Topic)>, StoreError> {
    let Some((text, signature)) = ticket.rsplit_once('.') else { return Ok(None) };
    let Some((account, topic)) = text.rsplit_once('.') else { return Ok(None) };
    let Some(topic) = Topic::from_code(topic).filter(|topic| topic.may_be_off()) else {
        return Ok(None);
    };
    if !key::is_signed(services, text, signature).await? {
        return Ok(None);
    }
    let account = services.store.account(&account.into()).await?;
    Ok(account.filter(|account| account.role != Role::Guest).map(|account| (account, topic)))
}

/// Turns a topic off, or on again, for who holds a ticket; `false` for none.
///
/// # Errors
/// When the store cannot answer.
pub async fn turn(services: &Services, ticket: &str, off: bool) -> Result<bool, StoreError> {
    let Some((account, topic)) = holder(services, ticket).await? else { return Ok(false) };
    let pace = if off { Pace::Never } else { topic.pace(None) };
    services.store.put_mail_choices(&account.id, &[(topic, pace)]).await?;
    Ok(true)
}

/// What would have been sent to somebody, latest first: in a demonstration only.
///
/// # Errors
/// When the store cannot answer.
pub async fn shown(services: &Services, actor: &Actor) -> Result<Option<Vec<Queued>>, StoreError> {
    if services.mail != Outgoing::Shown || actor.role == Role::Guest {
        return Ok(None);
    }
    Ok(Some(services.store.mails_shown(&actor.account_id, MOST_SHOWN).await?))
}
