//! What an acceptance gives: a convention, and the annexe financière of one year of it, with their
//! numbers and amounts. Numbers as the ASP writes them (domain reference 2.2); amounts as it rounds them:
//! see [`crate::money`].

use form::{Answers, Cents, Date, Hundredths, identifier, number};

use crate::{
    form::{
        demande::{
            DEPARTMENT, PERIMETER, PERIOD_END, PERIOD_START, PREVIOUS_CONVENTION, REQUEST_KIND,
            SIAE_KIND,
        },
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

/// The convention that an annexe belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Convention {
    /// A new one: its number is given as it is made.
    New {
        /// Département on three characters.
        department: String,
        /// Its measure: "ACI".
        measure: String,
        /// First day.
        start: Date,
        /// Last day.
        end: Date,
    },
    /// The one in force, by the number that the structure gave.
    InForce {
        /// Its number.
        number: String,
        /// Whether the request changes the annexe of a year, rather than asking for a new one.
        amends: bool,
    },
}

impl Convention {
    /// The convention of a request.
    pub fn of(answers: &Answers) -> Option<Self> {
        match answers.get(&REQUEST_KIND)?.as_str() {
            kind @ ("annual" | "amendment") => Some(Self::InForce {
                number: put(answers, &PREVIOUS_CONVENTION)?,
                amends: kind == "amendment",
            }),
            _ => Some(Self::New {
                department: format!("{:0>3}", answers.get(&DEPARTMENT)?),
                measure: answers.get(&SIAE_KIND)?,
                start: answers.get(&PERIOD_START)?,
                end: answers.get(&PERIOD_END)?,
            }),
        }
    }

    /// The series that its order comes from: one for each measure, département and year. None for a
    /// convention that has its number.
    pub fn series(&self) -> Option<String> {
        let Self::New { department, measure, start, .. } = self else { return None };
        Some(format!("convention-{measure}-{department}-{}", start.year()))
    }
}

/// The numbers of an annexe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Of its convention: "058 010127 ACI 00001".
    pub convention: String,
    /// What all annexes of the convention begin with: "ACI058270001".
    pub prefix: String,
    /// Avenant de renouvellement: the year of the convention, from 0.
    pub renewal: u8,
    /// Avenant de modification, from 0.
    pub modification: u8,
}

impl Numbers {
    /// The prefix of a convention's annexes. Derived as 67 of 71 real ones are: shown as to be checked
    /// where the convention is not ours.
    pub fn prefix_of(convention: &str) -> Option<String> {
        let groups: Vec<&str> = convention.split(' ').collect();
        let &[a, b, c, d] = groups.as_slice() else { return None };
        let prefix = match identifier::start_of_convention(convention) {
            Some(_) => format!("{c}{a}{}{}", b.get(4..)?, d.get(1..)?),
            None => format!("{a}{b}{c}{d}"),
        };
        identifier::annex_number(&prefix)
    }

    /// The year in which a convention began, as its number says.
    fn year_of(convention: &str) -> Option<i32> {
        match identifier::start_of_convention(convention) {
            Some(start) => Some(start.year()),
            None => convention.split(' ').nth(2)?.parse::<i32>().ok().map(|year| 2000 + year),
        }
    }

    /// The numbers of an annexe that begins this day: `order` is that of a new convention in its series,
    /// `taken` the modifications of this convention's annexes that are known, by renewal.
    pub fn of(
        convention: &Convention,
        start: Date,
        order: i64,
        taken: &[(u8, u8)],
    ) -> Option<Self> {
        let number = match convention {
            Convention::InForce { number, .. } => number.clone(),
            Convention::New { department, measure, start, .. } => {
                let (day, month, year) = (start.day(), start.month(), start.year() % 100);
                format!("{department} {day:02}{month:02}{year:02} {measure} {order:05}")
            }
        };
        let years = start.year() - Self::year_of(&number)?;
        let renewal = u8::try_from(years.clamp(0, 9)).ok()?;
        let last = taken.iter().filter(|(year, _)| *year == renewal).map(|(_, m)| *m).max();
        // Of a year that we did not see, an amendment changes the annexe that the ASP has.
        let amends = matches!(convention, Convention::InForce { amends: true, .. });
        let modification = last.map_or(u8::from(amends), |last| last + 1);
        Some(Self { prefix: Self::prefix_of(&number)?, convention: number, renewal, modification })
    }

    /// "ACI 058 27 0001 A0 M0".
    pub fn display(&self) -> String {
        let measure = self.prefix.len().saturating_sub(9);
        let (measure, rest) = self.prefix.split_at_checked(measure).unwrap_or(("", &self.prefix));
        let groups = [rest.get(..3), rest.get(3..5), rest.get(5..)];
        let groups: Vec<&str> = groups.into_iter().flatten().collect();
        format!("{measure} {} A{} M{}", groups.join(" "), self.renewal, self.modification)
    }

    /// "ACI058270001A0M0", as the ASP's files write it.
    pub fn compact(&self) -> String {
        format!("{}A{}M{}", self.prefix, self.renewal, self.modification)
    }
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
    use proptest::prelude::*;

    use super::*;
    use crate::form::read::tests::answers;

    fn day(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn in_force(number: &str, amends: bool) -> Convention {
        Convention::InForce { number: number.to_owned(), amends }
    }

    #[test]
    fn a_real_story_is_numbered_as_the_asp_did() {
        let finistere = "029 010119 ACI 00009";
        for (start, amends, taken, number) in [
            (day(2020, 1, 1), false, vec![], "ACI 029 19 0009 A1 M0"),
            (day(2019, 6, 1), true, vec![(0, 0)], "ACI 029 19 0009 A0 M1"),
            (day(2019, 10, 1), true, vec![(0, 0), (0, 1)], "ACI 029 19 0009 A0 M2"),
            (day(2021, 1, 1), false, vec![(0, 2), (1, 1)], "ACI 029 19 0009 A2 M0"),
            (day(2021, 4, 1), true, vec![], "ACI 029 19 0009 A2 M1"),
        ] {
            let numbers = Numbers::of(&in_force(finistere, amends), start, 0, &taken).unwrap();
            assert_eq!(numbers.display(), number);
        }
        let newer = Numbers::of(&in_force("EI 017 21 0016", false), day(2022, 1, 1), 0, &[]);
        assert_eq!(newer.unwrap().compact(), "EI017210016A1M0");
        assert_eq!(Numbers::of(&in_force("quelconque", false), day(2022, 1, 1), 0, &[]), None);
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
    fn a_new_convention_takes_the_next_order_of_its_series() {
        let convention = Convention::of(&answers(FIRST)).unwrap();
        assert_eq!(convention.series().unwrap(), "convention-ACI-02A-2027");
        let numbers = Numbers::of(&convention, day(2027, 1, 1), 7, &[]).unwrap();
        assert_eq!(numbers.convention, "02A 010127 ACI 00007");
        assert_eq!(numbers.display(), "ACI 02A 27 0007 A0 M0");
        assert_eq!(in_force("029 010119 ACI 00009", false).series(), None);
    }

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

    proptest! {
        #[test]
        fn numbers_are_in_the_official_forms(
            department in "(0[0-9]|[1-9][0-9]|2A|2B|97[1-6])",
            measure in prop::sample::select(vec!["ACI", "EI", "AI", "ETTI", "EITI"]),
            year in 2019..2040_i32,
            order in 1..9_999_i64,
        ) {
            let (start, end) = (day(year, 1, 1), day(year + 2, 12, 31));
            let department = format!("{department:0>3}");
            let convention = Convention::New { department, measure: measure.to_owned(), start, end };
            let numbers = Numbers::of(&convention, start, order, &[]).unwrap();
            let compact = numbers.compact();
            prop_assert_eq!(identifier::convention_number(&numbers.convention), Some(numbers.convention.clone()));
            prop_assert_eq!(identifier::annex_number(&compact), Some(compact.clone()));
            prop_assert_eq!(identifier::annex_number(&numbers.display()), Some(compact));
        }
    }
}
