//! The list that agents work by: what was deposited in their territory, filtered, sorted, page by page,
//! at the same cost whether a hundred dossiers lie behind it or a hundred thousand.

mod assigning;
mod line;

use dossier::{
    id::{AccountId, DossierId},
    role::Scope,
    state::State,
};
use form::Date;

pub use self::{
    assigning::{
        AssignError, Assigned, BatchId, Change, Colleague, Handed, Kept, UNDO_MILLIS, Wanted,
        assign, batch, colleagues, follower, preview, undo,
    },
    line::{Asks, Facts, Line, Projected, words_of},
};
use crate::{Actor, Services, StoreError, leave};

/// Lines of a page.
pub const PAGE: usize = 50;
/// Most words that are looked for together.
const MOST_WORDS: usize = 6;
/// Within how many days a deadline is near.
pub const SOON_DAYS: i64 = 15;

/// Which part of the country is listed. Only a scope makes one: no list can be asked for beyond it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within(Reach);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Departments(Vec<String>),
    Everywhere,
}

impl Within {
    /// What a person of this scope may list, of one département only when one is named. Nothing for
    /// who reads no deposits.
    pub fn of(scope: &Scope, department: Option<&str>) -> Self {
        Self(match (scope, department) {
            (Scope::National, None) => Reach::Everywhere,
            (Scope::National, Some(one)) => Reach::Departments(vec![one.to_owned()]),
            (Scope::Departments(all), None) => Reach::Departments(all.clone()),
            (Scope::Departments(all), Some(one)) => {
                Reach::Departments(all.iter().filter(|d| *d == one).cloned().collect())
            }
            (Scope::Structures(_) | Scope::Packs(_) | Scope::Steps { .. }, _) => {
                Reach::Departments(Vec::new())
            }
        })
    }

    /// The same, of these départements only.
    pub fn at(scope: &Scope, departments: &[String]) -> Self {
        let one = |department: &String| Self::of(scope, Some(department)).0;
        let reach = departments.iter().map(one).flat_map(|reach| match reach {
            Reach::Departments(all) => all,
            Reach::Everywhere => Vec::new(),
        });
        Self(Reach::Departments(reach.collect()))
    }

    /// One département, for what belongs to a dossier and to no reader.
    pub(crate) fn one(department: &str) -> Self {
        Self(Reach::Departments(vec![department.to_owned()]))
    }

    /// The départements; `None` for the country.
    pub fn departments(&self) -> Option<&[String]> {
        match &self.0 {
            Reach::Departments(departments) => Some(departments),
            Reach::Everywhere => None,
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due first.
    #[default]
    Due,
    /// Latest deposit first.
    Deposited,
    /// Names of structures.
    Name,
    /// Most ETP asked first.
    Etp,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Due, Self::Deposited, Self::Name, Self::Etp];

    /// As addresses say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Due => "echeance",
            Self::Deposited => "depot",
            Self::Name => "nom",
            Self::Etp => "etp",
        }
    }

    /// Reads back a code; what is due first for anything else.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_default()
    }

    /// Whether it begins with the greatest.
    pub const fn is_descending(self) -> bool {
        matches!(self, Self::Deposited | Self::Etp)
    }
}

/// By deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// It is past.
    Late,
    /// It is within [`SOON_DAYS`].
    Soon,
}

/// By who follows the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Nobody.
    ByNobody,
    /// This person.
    By(AccountId),
}

/// By its open notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// It has some.
    Open,
    /// Some of them stand in the way of the decision.
    Blocking,
}

/// What is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these states; none for all.
    pub states: Vec<State>,
    /// Only this kind of structure.
    pub kind: Option<String>,
    /// Only this nature of request: "first" …, or "bilan".
    pub nature: Option<String>,
    /// Only these deadlines.
    pub deadline: Option<Deadline>,
    /// Only what is followed so.
    pub followed: Option<Followed>,
    /// With what this person follows, what these do whom they cover.
    pub covering: Vec<AccountId>,
    /// Only what is noted so.
    pub noted: Option<Noted>,
}

/// Where a page ends: the key of the last line in the order, and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// A number, or the name under [`Sort::Name`].
    pub key: String,
    /// The dossier.
    pub id: DossierId,
}

impl Cursor {
    /// As addresses say it.
    pub fn code(&self) -> String {
        format!("{}.{}", self.key, self.id)
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        let (key, id) = code.rsplit_once('.')?;
        let fits = dossier::id::is_ulid(id);
        fits.then(|| Self { key: key.to_owned(), id: id.into() })
    }
}

/// What is asked of the store.
#[derive(Clone, Debug)]
pub struct Query {
    /// Where.
    pub within: Within,
    /// What.
    pub filter: Filter,
    /// Beginnings of words that a line has all of.
    pub words: Vec<String>,
    /// In which order.
    pub sort: Sort,
    /// Whether the other way round.
    pub reversed: bool,
    /// After which line.
    pub after: Option<Cursor>,
    /// Today, which deadlines are past or near of.
    pub today: Date,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// At most [`PAGE`].
    pub lines: Vec<Line>,
    /// Where the next one begins; `None` for the last.
    pub next: Option<Cursor>,
}

/// How many lines there are in a territory, whatever is filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By state.
    pub states: Vec<(State, u32)>,
    /// Whose deadline is past.
    pub late: u32,
    /// Whose deadline is near.
    pub soon: u32,
    /// Which have open notes; nothing for who does not instruct.
    pub noted: u32,
    /// Of which a note stands in the way of the decision.
    pub blocked: u32,
}

impl Counts {
    /// How many are in one of these states.
    pub fn of(&self, holds: impl Fn(State) -> bool) -> u32 {
        self.states.iter().filter(|(state, _)| holds(*state)).map(|(_, n)| n).sum()
    }
}

/// What is asked of the list, as a person asks it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Only this département.
    pub department: Option<String>,
    /// What is left out.
    pub filter: Filter,
    /// What is looked for.
    pub search: String,
    /// In which order.
    pub sort: Sort,
    /// Whether the other way round.
    pub reversed: bool,
    /// After which line.
    pub after: Option<Cursor>,
}

/// What an actor asks of the store, and who is away in their territory today.
async fn query(
    services: &Services,
    actor: &Actor,
    asked: Asked,
) -> Result<(Query, leave::Away), StoreError> {
    let today = services.clock.today().ok_or(StoreError::Corrupt)?;
    let within = Within::of(&actor.scope, asked.department.as_deref());
    let mut words = words_of(&asked.search);
    words.truncate(MOST_WORDS);
    let mut filter = asked.filter;
    // Notes of a service are no business of those who only read: not even how many there are.
    if !actor.role.instructs() {
        filter.noted = None;
    }
    let away = leave::today(services, &within).await?;
    if filter.followed == Some(Followed::By(actor.account_id.clone())) {
        let covered = away.values().filter(|one| one.by.id == actor.account_id);
        filter.covering = covered.map(|one| one.absent.id.clone()).collect();
    }
    let (sort, reversed, after) = (asked.sort, asked.reversed, asked.after);
    Ok((Query { within, filter, words, sort, reversed, after, today }, away))
}

/// A page of the list within the actor's scope, and the counters of the territory.
///
/// # Errors
/// When the store cannot answer.
pub async fn list(
    services: &Services,
    actor: &Actor,
    asked: Asked,
) -> Result<(Page, Counts), StoreError> {
    let (query, away) = query(services, actor, asked).await?;
    let mut counts = services.store.work_counts(&query.within, query.today).await?;
    let mut page = services.store.work_page(&query).await?;
    leave::mark(&mut page.lines, &away);
    if !actor.role.instructs() {
        (counts.noted, counts.blocked) = (0, 0);
        for line in &mut page.lines {
            (line.notes, line.blocking) = (0, 0);
        }
    }
    Ok((page, counts))
}

/// How many lines there are, as far as one page goes, and whether there are more. Cheap: it is that page,
/// without the counters of the territory.
///
/// # Errors
/// When the store cannot answer.
pub async fn how_many(
    services: &Services,
    actor: &Actor,
    asked: Asked,
) -> Result<(u32, bool), StoreError> {
    let (query, _) = query(services, actor, asked).await?;
    let page = services.store.work_page(&query).await?;
    Ok((u32::try_from(page.lines.len()).unwrap_or(u32::MAX), page.next.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_reaches_beyond_the_scope() {
        let two = Scope::Departments(vec!["58".into(), "21".into()]);
        let of = |scope: &Scope, one| Within::of(scope, one).departments().map(<[String]>::to_vec);
        assert_eq!(of(&two, Some("21")), Some(vec!["21".to_owned()]));
        assert_eq!(of(&two, Some("75")), Some(vec![]), "not of this person");
        assert_eq!(of(&Scope::Structures(vec!["S".into()]), None), Some(vec![]));
        assert_eq!(of(&Scope::Packs(vec!["58".into()]), None), Some(vec![]), "no dossier");
        assert_eq!(of(&Scope::National, None), None);
        let at = |scope: &Scope, all: &[&str]| {
            let all: Vec<String> = all.iter().map(|one| (*one).to_owned()).collect();
            Within::at(scope, &all).departments().map(<[String]>::to_vec)
        };
        assert_eq!(at(&two, &["21", "75"]), Some(vec!["21".to_owned()]));
        assert_eq!(at(&Scope::National, &["75"]), Some(vec!["75".to_owned()]));
        assert_eq!(at(&Scope::Structures(vec!["S".into()]), &["58"]), Some(vec![]));
        assert_eq!(of(&Scope::National, Some("75")), Some(vec!["75".to_owned()]));
    }

    #[test]
    fn a_cursor_reads_back() {
        let id = "01J00000000000000000000001";
        for key in ["20450", "-1", "s.o.s. accueil"] {
            let cursor = Cursor { key: key.into(), id: id.into() };
            assert_eq!(Cursor::from_code(&cursor.code()), Some(cursor));
        }
        for code in ["", "20450", "20450.x", ".", "é.01J0000000000000000000000é"] {
            assert_eq!(Cursor::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn orders_read_back() {
        for sort in Sort::ALL {
            assert_eq!(Sort::from_code(sort.code()), sort);
        }
    }
}
