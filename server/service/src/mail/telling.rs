//! From notices to messages: one for each person and piece of work, once it is quiet.

use std::collections::BTreeMap;

use dossier::{
    annex::Numbers,
    event::{Event, EventKind},
    id::{AccountId, StructureId},
    notice::{About, Pace, Topic, is_due},
};

use super::{Item, Letter, Mail, Notice, Outgoing, Telling, facts::Facts, has_address};
use crate::{Account, Millis, Services, StoreError, annexes::Provisional};

/// Most notices that are looked at together.
pub const MOST: u32 = 2_000;
/// What is older is not told: mail was off, and it was read in Trame long ago.
const TOO_OLD: i64 = 14 * 24 * 60 * 60_000;

impl Notice {
    /// What is told of an event; `None` for what is only read in Trame. With it goes the number of a
    /// receipt or an annexe, or the account that a dossier was handed to.
    pub fn of(event: &Event) -> Option<Self> {
        let said = match &event.what {
            EventKind::Deposited { number, .. } | EventKind::AnnexSigned { number } => number,
            EventKind::Assigned { to } => to,
            _ => "",
        };
        Some(Self {
            id: format!("{}.{}", event.dossier, event.seq),
            about: About::of(&event.what)?,
            dossier: Some(event.dossier.clone()),
            structure: None,
            seq: event.seq,
            actor: event.actor.clone(),
            said: said.to_owned(),
            at: Millis(event.at),
            kept_for: None,
        })
    }

    /// That somebody asks to be let into a structure.
    pub fn of_demand(structure: &StructureId, who: &AccountId, at: Millis) -> Self {
        Self {
            id: format!("demande.{structure}.{who}"),
            about: About::AccessAsked,
            dossier: None,
            structure: Some(structure.clone()),
            seq: 0,
            actor: who.clone(),
            said: who.to_string(),
            at,
            kept_for: None,
        }
    }

    /// That somebody of it answered.
    pub fn of_answer(
        structure: &StructureId,
        who: &AccountId,
        (by, at): (&AccountId, Millis),
    ) -> Self {
        let id = format!("reponse.{structure}.{who}");
        let about = About::AccessAnswered;
        Self { id, about, actor: by.clone(), ..Self::of_demand(structure, who, at) }
    }

    /// That a provisional annexe of this structure goes on with its convention. Nobody did it.
    pub fn of_provisional(one: &Provisional) -> Self {
        let Numbers { prefix, renewal, .. } = &one.numbers;
        Self {
            id: format!("provisoire.{prefix}.{}.{renewal}", one.perimeter),
            about: About::Provisional,
            dossier: Some(one.dossier.clone()),
            structure: None,
            seq: 0,
            actor: AccountId::from(""),
            said: one.terms.end.to_string(),
            at: one.at,
            kept_for: None,
        }
    }

    /// The same, kept for the digest of a person.
    fn kept_for(&self, account: &AccountId) -> Self {
        Self {
            id: format!("{}.{account}", self.id),
            kept_for: Some(account.clone()),
            ..self.clone()
        }
    }

    /// What it belongs to: a dossier or a structure.
    fn work(&self) -> &str {
        let dossier = self.dossier.as_ref().map(dossier::id::DossierId::as_str);
        dossier.or(self.structure.as_ref().map(StructureId::as_str)).unwrap_or_default()
    }
}

/// Notices by piece of work, each in the order they were written.
pub(super) fn by_work(notices: Vec<Notice>) -> BTreeMap<String, Vec<Notice>> {
    let mut works: BTreeMap<String, Vec<Notice>> = BTreeMap::new();
    for notice in notices {
        works.entry(notice.work().to_owned()).or_default().push(notice);
    }
    works
}

/// What a person chose.
pub(super) fn chosen(choices: &[(Topic, Pace)], topic: Topic) -> Pace {
    topic.pace(choices.iter().find(|(of, _)| *of == topic).map(|(_, pace)| *pace))
}

/// The topic that a message may be turned off by: that of what it says first.
pub(super) fn topic_of(items: &[(About, Item)], topics: &[(About, Topic)]) -> Option<Topic> {
    let first = items.iter().map(|(about, _)| *about).min()?;
    let topic = topics.iter().find(|(about, _)| *about == first).map(|(_, topic)| *topic)?;
    Some(topic).filter(|topic| topic.may_be_off())
}

/// Tells everything that has been quiet for so long, in milliseconds; says how many messages that made.
///
/// # Errors
/// When the store cannot answer: what was not told stays to be told.
pub async fn tell(services: &Services, quiet: i64) -> Result<usize, StoreError> {
    if services.mail == Outgoing::Off {
        return Ok(0);
    }
    let now = services.now();
    let (mut made, mut failed) = (0, None);
    for notices in by_work(services.store.notices(MOST).await?).into_values() {
        let times = notices.iter().map(|one| one.at.0);
        let span = (times.clone().min().unwrap_or_default(), times.max().unwrap_or_default());
        if is_due(span, now.0, quiet) {
            // One that cannot be told keeps no other from being told.
            match tell_work(services, notices, now).await {
                Ok(more) => made += more,
                Err(error) => failed = Some(error),
            }
        }
    }
    failed.map_or(Ok(made), Err)
}

/// What one person is told.
struct Told {
    account: Account,
    now: Vec<(About, Item)>,
    topics: Vec<(About, Topic)>,
    later: Vec<Notice>,
}

async fn tell_work(
    services: &Services,
    notices: Vec<Notice>,
    now: Millis,
) -> Result<usize, StoreError> {
    let mut telling =
        Telling { told: notices.iter().map(|one| one.id.clone()).collect(), ..Telling::default() };
    let recent: Vec<&Notice> = notices.iter().filter(|one| now.0 - one.at.0 < TOO_OLD).collect();
    let facts = match recent.first() {
        Some(notice) => Facts::of(services, notice).await?,
        None => None,
    };
    if let (Some(facts), Some(last)) = (facts, recent.last()) {
        let mut people: BTreeMap<AccountId, Told> = BTreeMap::new();
        for notice in &recent {
            gather(services, &facts, notice, &mut people).await?;
        }
        for (id, told) in people {
            telling.kept.extend(told.later);
            if told.now.is_empty() {
                continue;
            }
            let topic = topic_of(&told.now, &told.topics);
            let letter = Letter::Work { piece: facts.piece(told.now) };
            let key = format!("{}.{id}", last.id);
            telling.mails.push(written(services, &told.account, key, topic, letter, now));
        }
    }
    let made = telling.mails.len();
    let done = services.store.tell(&telling).await?;
    Ok(if done { made } else { 0 })
}

/// Gives a notice to everybody who reads it, now or in a digest, as they chose.
async fn gather(
    services: &Services,
    facts: &Facts,
    notice: &Notice,
    people: &mut BTreeMap<AccountId, Told>,
) -> Result<(), StoreError> {
    for (reader, topic) in notice.about.readers() {
        for account in facts.readers(services, notice, *reader).await? {
            if !has_address(services, &account) {
                continue;
            }
            let Some(item) = facts.item(notice, *reader, &account.id) else { continue };
            let choices = services.store.mail_choices(&account.id).await?;
            let told = people.entry(account.id.clone()).or_insert_with(|| Told {
                account,
                now: Vec::new(),
                topics: Vec::new(),
                later: Vec::new(),
            });
            match chosen(&choices, *topic) {
                Pace::AtOnce => {
                    told.now.push((notice.about, item));
                    told.topics.push((notice.about, *topic));
                }
                Pace::Daily => told.later.push(notice.kept_for(&told.account.id)),
                Pace::Never => {}
            }
        }
    }
    Ok(())
}

/// A message to somebody.
pub(super) fn written(
    services: &Services,
    account: &Account,
    key: String,
    topic: Option<Topic>,
    letter: Letter,
    at: Millis,
) -> Mail {
    Mail {
        id: services.ids.ulid(at),
        key,
        account: Some(account.id.clone()),
        to: account.email.clone(),
        topic,
        letter,
        at,
        shown: services.mail == Outgoing::Shown,
    }
}
