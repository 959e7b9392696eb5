//! What an acceptance gives: a convention, and the annexe financière of one year of it, with their
//! numbers and amounts. Numbers as the ASP writes them (domain reference 2.2); amounts as it rounds them:
//! see [`crate::money`].

mod numbers;
pub mod provisional;

use form::{Answers, Cents, Date, Hundredths, number};

pub use self::numbers::{Convention, Numbers};

use crate::{
    form::{
        demande::{PERIMETER, PERIOD_END, PERIOD_START},
        moyens::{self, COFINANCING_AMOUNT, ETP_REQUESTED},
        read::put,
    },
    money,
};

/// Highest part modulée: 10 % of the montant socle (arrêtés of 2014 to 2016).
pub const MOST_MODULATED: Hundredths = Hundredths(10_00);
/// Part modulée in prison: always 5 %.
pub const PRISON_MODULATED: Hundredths = Hundredths(5_00);
/// Most ETP of an annexe, in hundredths.
const MOST_ETP: i64 = 999_999;

/// What is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// ETP in insertion.
    pub etp: Hundredths,
    /// Part modulée, in percent of the montant socle.
    pub modulated: Hundredths,
}

impl Grant {
    /// What is granted when all that is asked for is.
    pub fn asked(answers: &Answers) -> Option<Self> {
        let prison = answers.get(&PERIMETER).as_deref() == Some("MP");
        let modulated = if prison { PRISON_MODULATED } else { Hundredths(0) };
        put(answers, &ETP_REQUESTED).map(|etp| Self { etp, modulated })
    }

    /// As somebody wrote it: "14,20" and "6", or no part modulée.
    pub fn read(etp: &str, modulated: &str) -> Option<Self> {
        let figure = |text: &str| number::parse_scaled(text, 2).ok().map(Hundredths);
        let modulated = if modulated.trim().is_empty() { "0" } else { modulated };
        Some(Self { etp: figure(etp)?, modulated: figure(modulated)? })
    }

    /// Whether it can be granted.
    pub fn is_fair(self) -> bool {
        (1..=MOST_ETP).contains(&self.etp.0) && (0..=MOST_MODULATED.0).contains(&self.modulated.0)
    }

    /// As it is stored and hashed: "1420 600".
    pub fn code(self) -> String {
        format!("{} {}", self.etp.0, self.modulated.0)
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        let (etp, modulated) = code.split_once(' ')?;
        Some(Self {
            etp: Hundredths(etp.parse().ok()?),
            modulated: Hundredths(modulated.parse().ok()?),
        })
    }
}

/// The financial terms of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// First day.
    pub start: Date,
    /// Last day: a year after at most, since terms are set year by year (code du travail, R. 5132-3).
    pub end: Date,
    /// What is granted.
    pub grant: Grant,
    /// Months.
    pub months: u32,
    /// Montant socle of one ETP for a year; none under a flat rate.
    pub unit: Option<Cents>,
    /// What the conseil départemental pays of the aid.
    pub departmental: Option<Cents>,
}

impl Terms {
    /// The terms of a request, with what is granted.
    pub fn of(answers: &Answers, grant: Grant) -> Option<Self> {
        let start = answers.get(&PERIOD_START)?;
        let months = moyens::months(answers)?;
        let asked_end = answers.get(&PERIOD_END)?;
        let end = year_from(start).map_or(asked_end, |last| last.min(asked_end));
        let departmental = put(answers, &COFINANCING_AMOUNT);
        Some(Self { start, end, grant, months, unit: moyens::unit_amount(answers), departmental })
    }

    /// The aid of the whole period, without part modulée.
    pub fn total(&self) -> Option<Cents> {
        Some(money::annex_total(self.grant.etp, self.unit?, self.months))
    }

    /// What is paid each month.
    pub fn monthly(&self) -> Option<Cents> {
        Some(money::monthly(self.grant.etp, self.unit?))
    }

    /// The part modulée, at most: it is paid on what was worked.
    pub fn modulated(&self) -> Option<Cents> {
        Some(money::percentage_of(self.grant.modulated, self.total()?))
    }
}

/// The last day of a year that begins here.
fn year_from(start: Date) -> Option<Date> {
    let next = Date::new(start.year() + 1, start.month(), start.day())?;
    Date::from_days_since_epoch(next.days_since_epoch() - 1)
}

/// Where an annexe stands: the ASP's own states, and the one before they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnexState {
    /// Decided, not signed by both yet.
    ToSign,
    /// Signed: VALIDE at the ASP.
    Valid,
    /// Another one of the same year was signed since: HISTORISE.
    Replaced,
}

impl AnnexState {
    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ToSign => "to_sign",
            Self::Valid => "valid",
            Self::Replaced => "replaced",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::ToSign, Self::Valid, Self::Replaced].into_iter().find(|state| state.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ToSign => "À signer",
            Self::Valid => "Valide",
            Self::Replaced => "Remplacée",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::answers;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    const FIRST: &[(&str, &str)] = &[
        ("demande.request_kind", "first"),
        ("demande.siae_kind", "ACI"),
        ("demande.department", "2A"),
        ("demande.period_start", "01/01/2027"),
        ("demande.period_end", "31/12/2029"),
        ("moyens.etp_requested", "14,20"),
    ];

    #[test]
    fn terms_are_those_of_one_year() {
        let grant = Grant::read("12,50", "6").unwrap();
        let terms = Terms::of(&answers(FIRST), grant).unwrap();
        assert_eq!(
            (terms.start, terms.end, terms.months),
            (day(2027, 1, 1), day(2027, 12, 31), 12)
        );
        assert_eq!(terms.total(), Some(Cents(29_901_250)), "12,50 × 23 921");
        assert_eq!(terms.monthly(), Some(Cents(2_491_771)));
        assert_eq!(terms.modulated(), Some(Cents(1_794_075)));
        let eiti: Vec<_> = FIRST.iter().chain(&[("demande.siae_kind", "EITI")]).copied().collect();
        assert_eq!(Terms::of(&answers(&eiti), grant).unwrap().total(), None, "a flat rate");
    }

    #[test]
    fn a_grant_is_bounded_and_reads_back() {
        assert_eq!(Grant::asked(&answers(FIRST)), Grant::read("14,20", ""));
        let prison: Vec<_> = FIRST.iter().chain(&[("demande.perimeter", "MP")]).copied().collect();
        assert_eq!(Grant::asked(&answers(&prison)).unwrap().modulated, PRISON_MODULATED);
        for (etp, modulated, fair) in [
            ("14,20", "10", true),
            ("14,20", "10,01", false),
            ("0", "0", false),
            ("-1", "0", false),
        ] {
            assert_eq!(Grant::read(etp, modulated).is_some_and(Grant::is_fair), fair, "{etp}");
        }
        assert_eq!(Grant::read("douze", ""), None);
        let grant = Grant::read("14,20", "6").unwrap();
        assert_eq!(Grant::from_code(&grant.code()), Some(grant));
        assert_eq!(Grant::from_code(""), None);
    }
}
