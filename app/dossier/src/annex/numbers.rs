//! Numbers of conventions and of their annexes, as the ASP writes them (domain reference 2.2).

use form::{Answers, Date, identifier};

use crate::form::{
    demande::{DEPARTMENT, PERIOD_END, PERIOD_START, PREVIOUS_CONVENTION, REQUEST_KIND, SIAE_KIND},
    read::put,
};

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

    /// Those of the first annexe of the year after, in the same convention.
    pub fn next_year(&self) -> Option<Self> {
        let renewal = self.renewal.checked_add(1).filter(|year| *year <= 9)?;
        Some(Self { renewal, modification: 0, ..self.clone() })
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
        let next = Numbers::of(&in_force(finistere, false), day(2019, 1, 1), 0, &[(0, 1)]);
        let next = next.unwrap().next_year().unwrap();
        assert_eq!(next.display(), "ACI 029 19 0009 A1 M0");
        assert_eq!(Numbers { renewal: 9, ..next }.next_year(), None);
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
