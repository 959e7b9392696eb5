//! What a notice says, at the moment it is told: what was overtaken meanwhile is not told.

use dossier::{
    convention::{DeedKind, answer_until},
    id::{AccountId, DossierId, StructureId},
    notice::{About, Reader},
    state::Action,
};

use super::{Called, Item, Notice, Piece, Turn};
use crate::{
    Account, Deposit, DossierHead, Services, StoreError,
    conventions::{Convention, Deed},
    instruction::{Act, Annex, Note},
    leave,
    teams::Mate,
    worklist::Colleague,
};

/// A piece of work, with all that its notices say.
pub struct Facts {
    dossier: Option<Work>,
    structure: String,
    mates: Vec<Mate>,
}

struct Work {
    head: DossierHead,
    acts: Vec<Act>,
    notes: Vec<Note>,
    deposits: Vec<Deposit>,
    annex: Option<Annex>,
    follower: Option<Colleague>,
    convention: Option<(Convention, Vec<Deed>)>,
}

impl Facts {
    /// What this notice and others of the same piece of work say; `None` when it is gone.
    pub async fn of(services: &Services, notice: &Notice) -> Result<Option<Self>, StoreError> {
        Self::load(services, notice.dossier.as_ref(), notice.structure.as_ref()).await
    }

    async fn load(
        services: &Services,
        dossier: Option<&DossierId>,
        structure: Option<&StructureId>,
    ) -> Result<Option<Self>, StoreError> {
        let store = &services.store;
        let (structure, dossier) = match (dossier, structure) {
            (Some(id), _) => {
                let Some(head) = store.head(id).await? else { return Ok(None) };
                let work = Work {
                    acts: store.acts_of(id).await?,
                    notes: store.notes_of(id).await?,
                    deposits: store.deposits_of(id).await?,
                    annex: store.annex_of(id).await?,
                    follower: store.follower(id).await?,
                    convention: convention(services, id).await?,
                    head,
                };
                (work.head.structure_id.clone(), Some(work))
            }
            (None, Some(structure)) => (structure.clone(), None),
            (None, None) => return Ok(None),
        };
        let Some(named) = store.structure(&structure).await? else { return Ok(None) };
        let mates = store.mates(&structure).await?;
        Ok(Some(Self { dossier, structure: named.name, mates }))
    }

    /// What returns of a dossier say.
    pub async fn of_dossier(
        services: &Services,
        id: &DossierId,
    ) -> Result<Option<Self>, StoreError> {
        Self::load(services, Some(id), None).await
    }

    /// Who belongs to the structure.
    pub fn members(&self) -> impl Iterator<Item = &Account> {
        self.mates.iter().map(|mate| &mate.account)
    }

    /// Who reads as this, of a notice.
    pub async fn readers(
        &self,
        services: &Services,
        notice: &Notice,
        reader: Reader,
    ) -> Result<Vec<Account>, StoreError> {
        let mut readers = match reader {
            Reader::Structure => self.mates.iter().map(|mate| mate.account.clone()).collect(),
            // Whoever prepared the letter waits for the answer, if nobody follows the dossier.
            Reader::Follower if notice.about == About::LetterAnswered => {
                let work = self.dossier.as_ref();
                let followed = work.and_then(|work| Some(&work.follower.as_ref()?.id));
                account(services, followed.or(work.and_then(Work::who_wrote_the_letter))).await?
            }
            Reader::Follower => {
                let follower = self.dossier.as_ref().and_then(|work| work.follower.as_ref());
                let mut told = account(services, follower.map(|one| &one.id)).await?;
                if let Some(work) = &self.dossier {
                    // Who looks after it while they are away reads it too.
                    let of = follower.map(|one| &one.id);
                    let cover = leave::cover_of(services, &work.head, of).await?;
                    told.extend(account(services, cover.as_ref().map(|one| &one.by.id)).await?);
                }
                told
            }
            Reader::Concerned => {
                account(services, Some(&AccountId::from(notice.said.as_str()))).await?
            }
        };
        if !notice.about.is_told_to_who_did_it() {
            readers.retain(|one| one.id != notice.actor);
        }
        Ok(readers)
    }

    /// What a notice says to a reader; `None` when it was overtaken.
    pub fn item(&self, notice: &Notice, reader: Reader, who: &AccountId) -> Option<Item> {
        match notice.about {
            About::AccessAsked => {
                let waits = self.mates.iter().all(|mate| mate.account.id.as_str() != notice.said);
                return waits.then_some(Item::AccessAsked);
            }
            About::AccessAnswered => {
                let accepted = self.mates.iter().any(|mate| mate.account.id == *who);
                return Some(Item::AccessAnswered { accepted });
            }
            _ => {}
        }
        let work = self.dossier.as_ref()?;
        Some(match notice.about {
            About::Decided => {
                let act = work.acts.iter().find(|act| act.seq == notice.seq)?;
                let given = |_: &&Annex| act.action == Action::Accept;
                let annex = work.annex.as_ref().filter(given);
                Item::Decided {
                    state: work.head.state,
                    annex: annex.map(|annex| annex.numbers.display()),
                }
            }
            About::Asked => {
                let act = work.asked()?;
                let due = act.said.due.map(form::Date::days_since_epoch);
                Item::Asked { points: work.points(), due }
            }
            About::Deposited => {
                let deposit = work.deposits.iter().find(|one| one.number == notice.said)?;
                let ordinal = deposit.ordinal;
                match reader {
                    Reader::Structure => Item::Acknowledged {
                        number: deposit.number.clone(),
                        ordinal,
                        at: deposit.at,
                    },
                    _ => Item::Received { ordinal },
                }
            }
            About::Complete => Item::Complete,
            About::Dialogue => Item::Dialogue,
            About::FollowUp => Item::FollowUp,
            About::Referred => Item::Referred,
            About::Signed => Item::Signed { number: notice.said.clone() },
            About::Suspension | About::Termination | About::LetterAnswered | About::Provisional => {
                return work.turn(notice);
            }
            About::Answered => Item::Answered { count: 1 },
            About::Commented => Item::Commented,
            About::Withdrawn => Item::Withdrawn,
            // Handed on again meanwhile: the next one is told.
            About::Entrusted if work.is_theirs(&notice.said) => Item::Entrusted,
            About::Entrusted | About::AccessAsked | About::AccessAnswered => return None,
        })
    }

    /// The reminder that the last day of a return is near.
    pub fn reminded(&self, left: i64) -> Option<Item> {
        let work = self.dossier.as_ref()?;
        let due = work.asked()?.said.due?.days_since_epoch();
        Some(Item::Reminded { points: work.points(), due, left })
    }

    /// The last return, while the dossier is open for it.
    pub fn asked(&self) -> Option<&Act> {
        self.dossier.as_ref().and_then(Work::asked)
    }

    /// The message's piece: what is urgent first, each thing once.
    pub fn piece(&self, mut items: Vec<(About, Item)>) -> Piece {
        items.sort_by_key(|(about, _)| *about);
        let mut once: Vec<(About, Item)> = Vec::new();
        for (about, item) in items {
            match (once.last_mut(), item) {
                (Some((_, Item::Answered { count })), Item::Answered { count: more }) => {
                    *count = count.saturating_add(more);
                }
                // The latest of a kind says how things stand.
                (Some((same, last)), item) if *same == about => *last = item,
                (_, item) => once.push((about, item)),
            }
        }
        Piece {
            dossier: self.dossier.as_ref().map(|work| Called::of(&work.head)),
            structure: self.structure.clone(),
            items: once.into_iter().map(|(_, item)| item).collect(),
        }
    }
}

impl Work {
    /// What became of the convention.
    fn turn(&self, notice: &Notice) -> Option<Item> {
        let (convention, deeds) = self.convention.as_ref()?;
        let days = |day: Option<form::Date>| day.map(form::Date::days_since_epoch);
        let turn = if notice.about == About::Provisional {
            Turn::GoesOn { until: days(form::Date::parse_iso(&notice.said))? }
        } else {
            let is_told = |deed: &&Deed| (&deed.dossier, deed.seq) == (&self.head.id, notice.seq);
            let Deed { kind, said, .. } = deeds.iter().find(is_told)?;
            match kind {
                DeedKind::Suspend => {
                    Turn::Suspended { from: days(said.day)?, until: days(said.until) }
                }
                DeedKind::Lift => Turn::Lifted,
                DeedKind::SignLetter => Turn::Challenged,
                DeedKind::Receive => Turn::Received { until: days(answer_until(said.day?))? },
                DeedKind::Close => Turn::Closed,
                DeedKind::Terminate => Turn::Terminated { on: days(said.day)? },
                DeedKind::Answer => Turn::Answered,
                _ => return None,
            }
        };
        Some(Item::Convention { turn, number: convention.number.clone() })
    }

    /// Who prepared the last letter.
    fn who_wrote_the_letter(&self) -> Option<&AccountId> {
        let (_, deeds) = self.convention.as_ref()?;
        let letter = deeds.iter().rfind(|deed| deed.kind == DeedKind::PrepareLetter);
        letter.map(|deed| &deed.by)
    }

    /// Whether this person follows it now.
    fn is_theirs(&self, account: &str) -> bool {
        self.follower.as_ref().is_some_and(|one| one.id.as_str() == account)
    }

    fn asked(&self) -> Option<&Act> {
        crate::instruction::asked(&self.head, &self.acts)
    }

    /// Questions that the structure received and did not answer yet.
    fn points(&self) -> u32 {
        let waits = |note: &&Note| {
            note.sent.is_some() && note.kind.asks() && note.settled.is_none() && !note.is_answered()
        };
        u32::try_from(self.notes.iter().filter(waits).count()).unwrap_or(u32::MAX)
    }
}

/// The convention of a dossier's annexe, with what was done with it.
async fn convention(
    services: &Services,
    id: &DossierId,
) -> Result<Option<(Convention, Vec<Deed>)>, StoreError> {
    let Some(convention) = services.store.convention_of(id).await? else { return Ok(None) };
    let deeds = services.store.deeds_of(&convention.key).await?;
    Ok(Some((convention, deeds)))
}

async fn account(services: &Services, id: Option<&AccountId>) -> Result<Vec<Account>, StoreError> {
    let Some(id) = id else { return Ok(Vec::new()) };
    Ok(services.store.account(id).await?.into_iter().collect())
}
