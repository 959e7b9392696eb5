//! What is told once a day: digests, and last days that come near.

use dossier::{
    id::{AccountId, DossierId},
    notice::{MORNING, Pace, Topic, is_working_day, reminder},
    role::{Role, Scope},
};
use form::Date;

use super::{
    Letter, Listed, Outgoing, Telling, Territory,
    facts::Facts,
    has_address,
    telling::{by_work, chosen, written},
};
use crate::{
    Account, Millis, Services, StoreError,
    worklist::{Counts, Deadline, Filter, Line, PAGE, Query, Sort, Within},
};

/// Lines of each kind that a digest names; of the others it says how many they are.
const NAMED: usize = 8;
/// Most people whose digest is written in one go.
const AT_ONCE: u32 = 200;
const DAY: i64 = 24 * 60 * 60_000;
/// What is younger than this may still be being written: it is told the next day.
const SETTLED: i64 = 60_000;

/// Writes what is due this morning; says how many messages that made. Before the hour, nothing.
///
/// # Errors
/// When the store cannot answer: what was not written is written later in the day.
pub async fn write(services: &Services) -> Result<usize, StoreError> {
    let now = services.now();
    let (Some(today), true) = (now.day_in_paris(), services.mail != Outgoing::Off) else {
        return Ok(0);
    };
    let Some(morning) = Millis::hour_in_paris(today, MORNING).filter(|hour| *hour <= now) else {
        return Ok(0);
    };
    let reminded = remind(services, today, now).await;
    Ok(digest(services, today, (morning, now)).await? + reminded?)
}

async fn remind(services: &Services, today: Date, now: Millis) -> Result<usize, StoreError> {
    let mut telling = Telling::default();
    for id in services.store.returns_due(today).await? {
        telling.mails.extend(remind_of(services, &id, today, now).await?);
    }
    if telling.mails.is_empty() {
        return Ok(0);
    }
    let made = telling.mails.len();
    Ok(if services.store.tell(&telling).await? { made } else { 0 })
}

/// The reminders of one return; those that were written have their key in the store.
async fn remind_of(
    services: &Services,
    id: &DossierId,
    today: Date,
    now: Millis,
) -> Result<Vec<super::Mail>, StoreError> {
    let none = Ok(Vec::new());
    let Some(facts) = Facts::of_dossier(services, id).await? else { return none };
    let Some((act, due)) = facts.asked().and_then(|act| Some((act, act.said.due?))) else {
        return none;
    };
    let Some(sent) = act.at.day_in_paris() else { return none };
    let Some(before) = reminder(due, sent, today) else { return none };
    let left = due.days_since_epoch() - today.days_since_epoch();
    let Some(item) = facts.reminded(left) else { return none };
    let mut mails = Vec::new();
    for account in facts.members() {
        let key = format!("rappel.{id}.{}.{before}.{}", act.seq, account.id);
        if !has_address(services, account) || services.store.has_mail(&key).await? {
            continue;
        }
        let choices = services.store.mail_choices(&account.id).await?;
        if chosen(&choices, Topic::Deadlines) == Pace::AtOnce {
            let piece = facts.piece(vec![(dossier::notice::About::Asked, item.clone())]);
            let letter = Letter::Work { piece };
            mails.push(written(services, account, key, Some(Topic::Deadlines), letter, now));
        }
    }
    Ok(mails)
}

async fn digest(
    services: &Services,
    today: Date,
    (morning, now): (Millis, Millis),
) -> Result<usize, StoreError> {
    let works = is_working_day(today);
    let roles: Vec<Role> = Role::ALL.into_iter().filter(|role| works && role.instructs()).collect();
    let (mut made, mut failed) = (0, None);
    for (id, before) in services.store.digests_due(&roles, morning, AT_ONCE).await? {
        match digest_of(services, id, before, (today, now)).await {
            Ok(more) => made += more,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(made), Err)
}

async fn digest_of(
    services: &Services,
    id: AccountId,
    before: Option<Millis>,
    (today, now): (Date, Millis),
) -> Result<usize, StoreError> {
    let store = &services.store;
    let kept = store.notices_kept_for(&id).await?;
    let mut telling = Telling {
        told: kept.iter().map(|one| one.id.clone()).collect(),
        digest: Some((id.clone(), before, now)),
        ..Telling::default()
    };
    let account = store.account(&id).await?.filter(|account| has_address(services, account));
    if let Some(account) = account {
        let choices = store.mail_choices(&id).await?;
        let (mut pieces, mut topics) = (Vec::new(), Vec::new());
        for notices in by_work(kept).into_values() {
            let Some(first) = notices.first() else { continue };
            let Some(facts) = Facts::of(services, first).await? else { continue };
            let mut items = Vec::new();
            for notice in &notices {
                for (reader, topic) in notice.about.readers() {
                    // What was turned off since is not told.
                    let wanted =
                        topic.concerns(account.role) && chosen(&choices, *topic) != Pace::Never;
                    let item = facts.item(notice, *reader, &id).filter(|_| wanted);
                    items.extend(item.map(|item| (notice.about, item)));
                    topics.extend(wanted.then_some(*topic));
                }
            }
            if !items.is_empty() {
                pieces.push(facts.piece(items));
            }
        }
        let wanted = chosen(&choices, Topic::Morning) == Pace::Daily;
        let territory = if account.role.instructs() && is_working_day(today) && wanted {
            topics.push(Topic::Morning);
            let since = before.unwrap_or(now.plus(-DAY));
            territory(services, &account, (since, now), today).await?
        } else {
            None
        };
        if !pieces.is_empty() || territory.is_some() {
            // A digest that says several things is turned off by the territory's, or by the first.
            let topic =
                if territory.is_some() { Some(Topic::Morning) } else { topics.first().copied() };
            let key = format!("matin.{today}.{id}");
            let letter = Letter::Daily { pieces, territory };
            telling.mails.push(written(services, &account, key, topic, letter, now));
        }
    }
    let made = telling.mails.len();
    Ok(if store.tell(&telling).await? { made } else { 0 })
}

/// What was deposited and became late in the territory of an agent since then; `None` for nothing.
async fn territory(
    services: &Services,
    agent: &Account,
    (since, now): (Millis, Millis),
    today: Date,
) -> Result<Option<Territory>, StoreError> {
    let departments = services.store.territory(&agent.id).await?;
    if departments.is_empty() {
        return Ok(None);
    }
    let within = Within::of(&Scope::Departments(departments), None);
    let page = async |sort, reversed, filter| {
        let words = Vec::new();
        let within = within.clone();
        let query = Query { within, filter, words, sort, reversed, after: None, today };
        Ok::<_, StoreError>(services.store.work_page(&query).await?.lines)
    };
    let mut fresh = page(Sort::Deposited, false, Filter::default()).await?;
    let told = since.plus(-SETTLED)..now.plus(-SETTLED);
    fresh.retain(|line| told.contains(&line.deposited_at) && !line.state.is_final());
    let late = Filter { deadline: Some(Deadline::Late), ..Filter::default() };
    let mut late = page(Sort::Due, true, late).await?;
    let day = since.day_in_paris().unwrap_or(today);
    // Late since then: the day that it was due had not passed at the last digest.
    late.retain(|line| line.due.is_some_and(|due| due >= day));
    if fresh.is_empty() && late.is_empty() {
        return Ok(None);
    }
    let Counts { late: late_count, .. } = services.store.work_counts(&within, today).await?;
    let named = |lines: &[Line]| lines.iter().take(NAMED).map(listed).collect();
    Ok(Some(Territory {
        fresh: named(&fresh),
        fresh_count: u32::try_from(fresh.len().min(PAGE)).unwrap_or(u32::MAX),
        late: named(&late),
        late_count,
    }))
}

fn listed(line: &Line) -> Listed {
    Listed {
        id: line.id.clone(),
        structure: line.structure_name.clone(),
        due: line.due.map(Date::days_since_epoch),
    }
}
