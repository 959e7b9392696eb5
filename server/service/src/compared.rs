//! Two deposits side by side: of one dossier, or of the same request the year before.

use dossier::id::DossierId;
use form::{Answers, Revision};

use crate::{
    Actor, Deposit, DossierHead, Services, StoreError,
    drafts::ReadError,
    forms,
    instruction::{Reading, open},
};

/// A deposit that can be put on a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A deposit of the dossier, by its ordinal.
    Here(u32),
    /// The last deposit of the same request the year before.
    YearBefore,
}

impl Side {
    /// Stable code, in addresses.
    pub fn code(self) -> String {
        match self {
            Self::Here(ordinal) => ordinal.to_string(),
            Self::YearBefore => "an".to_owned(),
        }
    }

    /// Reads back a code.
    pub fn of(code: &str) -> Option<Self> {
        match code {
            "an" => Some(Self::YearBefore),
            ordinal => ordinal.parse().ok().map(Self::Here),
        }
    }
}

/// A side, with its deposit.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Which.
    pub side: Side,
    /// The year of its dossier.
    pub year: i32,
    /// The deposit.
    pub deposit: Deposit,
}

impl Choice {
    /// What it says, and the form that it follows.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(
        &self,
        services: &Services,
    ) -> Result<(&'static Revision, Answers), StoreError> {
        let snapshot = self.deposit.snapshot().ok_or(StoreError::Corrupt)?;
        let form = forms::of(services, &snapshot.form_key()).await?.revision;
        Ok((form, snapshot.answers()))
    }
}

/// What can be put side by side in a dossier, oldest first: for whoever reads its deposits.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn choices(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<(DossierHead, Vec<Choice>), ReadError> {
    let Reading { head, .. } = open(services, actor, id).await?;
    let mut all = Vec::new();
    let before = head.year - 1;
    if let Some((id, ordinal)) = services.store.last_deposit(&head, before).await? {
        let deposit = services.store.deposit_of(&id, ordinal).await?;
        let choice = |deposit| Choice { side: Side::YearBefore, year: before, deposit };
        all.extend(deposit.map(choice));
    }
    let here = services.store.deposits_of(id).await?.into_iter();
    all.extend(here.map(|deposit| Choice {
        side: Side::Here(deposit.ordinal),
        year: head.year,
        deposit,
    }));
    Ok((head, all))
}

/// The two that are asked for, and where nothing sensible is asked, the last one beside the one before it.
pub fn pair(all: &[Choice], asked: (Option<Side>, Option<Side>)) -> Option<(&Choice, &Choice)> {
    let find = |side: Option<Side>| side.and_then(|side| all.iter().find(|one| one.side == side));
    if let (Some(left), Some(right)) = (find(asked.0), find(asked.1)) {
        return Some((left, right));
    }
    let [.., before, last] = all else { return None };
    Some((before, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Millis;

    fn choice(side: Side) -> Choice {
        let deposit = Deposit {
            dossier: "D".into(),
            ordinal: 1,
            number: String::new(),
            form_revision: 1,
            bytes: Vec::new(),
            sha256: String::new(),
            at: Millis(0),
            by: "A".into(),
            by_name: String::new(),
            journal_hash: String::new(),
        };
        Choice { side, year: 2027, deposit }
    }

    #[test]
    fn the_last_one_stands_beside_the_one_before() {
        let all: Vec<_> =
            [Side::YearBefore, Side::Here(1), Side::Here(2)].into_iter().map(choice).collect();
        let sides = |asked| pair(&all, asked).map(|(left, right)| (left.side, right.side));
        let last = Some((Side::Here(1), Side::Here(2)));
        assert_eq!(sides((None, None)), last);
        assert_eq!(sides((Some(Side::Here(9)), Some(Side::Here(1)))), last);
        let asked = (Some(Side::YearBefore), Some(Side::Here(2)));
        assert_eq!(sides(asked), Some((Side::YearBefore, Side::Here(2))));
        assert!(pair(&all[..1], (None, None)).is_none());
        for side in [Side::YearBefore, Side::Here(3)] {
            assert_eq!(Side::of(&side.code()), Some(side));
        }
        assert_eq!(Side::of("x"), None);
    }
}
