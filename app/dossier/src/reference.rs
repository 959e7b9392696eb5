//! Reference amounts as dated data: each function takes its table as an argument, so that a table
//! kept elsewhere and edited by the DGEFP can stand in for the published one.

mod amounts;

use form::{Cents, Date, Hundredths};

pub use amounts::PUBLISHED;

/// Year, month, day; ordered as dates are.
pub type Day = (i32, u8, u8);

/// A kind of aide au poste.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AidKind {
    /// Entreprise d'insertion.
    Ei,
    /// Entreprise de travail temporaire d'insertion.
    Etti,
    /// Association intermédiaire.
    Ai,
    /// Atelier et chantier d'insertion.
    Aci,
    /// Entreprise d'insertion par le travail indépendant.
    Eiti,
    /// Contrat passerelle, six months.
    Bridge,
}

impl AidKind {
    /// The aid of a kind of structure, by the value of `demande.siae_kind`.
    pub fn of(siae_kind: &str) -> Option<Self> {
        match siae_kind {
            "EI" => Some(Self::Ei),
            "ETTI" => Some(Self::Etti),
            "AI" => Some(Self::Ai),
            "ACI" => Some(Self::Aci),
            "EITI" => Some(Self::Eiti),
            _ => None,
        }
    }
}

/// Where the amount applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Territory {
    /// Every département but Mayotte.
    Mainland,
    /// Mayotte.
    Mayotte,
}

impl Territory {
    /// The territory of a département, by the value of `demande.department`.
    pub fn of(department: &str) -> Self {
        if department == "976" { Self::Mayotte } else { Self::Mainland }
    }
}

/// Droit commun or milieu pénitentiaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perimeter {
    /// Droit commun.
    Ordinary,
    /// Milieu pénitentiaire.
    Prison,
}

impl Perimeter {
    /// By the value of `demande.perimeter`; droit commun when the question is not put.
    pub fn of(perimeter: &str) -> Self {
        if perimeter == "MP" { Self::Prison } else { Self::Ordinary }
    }
}

/// A published amount, for one full-time ETP and one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Which aid.
    pub kind: AidKind,
    /// Where.
    pub territory: Territory,
    /// For which posts; `None` for both.
    pub perimeter: Option<Perimeter>,
    /// First day.
    pub valid_from: Day,
    /// First day when the amount is known to have changed without our knowing the new one.
    pub valid_until: Option<Day>,
    /// The amount.
    pub cents: Cents,
    /// The part meant for supervision and support, where published.
    pub of_which_support: Option<Cents>,
    /// Day of the arrêté that fixes the amount; `None` where only the amount was found.
    pub order: Option<Day>,
}

impl Amount {
    /// The text that fixes the amount, and since when it applies, as people read them.
    pub fn text(&self) -> String {
        let since = french(self.valid_from);
        match self.order {
            Some(order) => format!("arrêté du {}, depuis le {since}", french(order)),
            None => format!("depuis le {since}"),
        }
    }
}

fn french((year, month, day): Day) -> String {
    format!("{day:02}/{month:02}/{year}")
}

/// From this day the aid of EITI is a flat rate for each independent worker: no amount applies to
/// an ETP.
pub const EITI_FLAT_RATE_FROM: Day = (2025, 1, 1);

/// The amount that applies on a day; `None` when none is known.
pub fn unit_amount(
    table: &[Amount],
    kind: AidKind,
    territory: Territory,
    perimeter: Perimeter,
    on: Date,
) -> Option<&Amount> {
    table
        .iter()
        .filter(|row| row.kind == kind && row.territory == territory)
        .filter(|row| row.perimeter.is_none_or(|only| only == perimeter))
        .filter(|row| row.valid_from <= day(on))
        .max_by_key(|row| row.valid_from)
        .filter(|row| row.valid_until.is_none_or(|end| day(on) < end))
}

/// Hours of one full-time ETP in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearlyHours {
    /// For which aid.
    pub kind: AidKind,
    /// First day.
    pub valid_from: Day,
    /// Hours.
    pub hours: u32,
}

const fn hours(kind: AidKind, valid_from: Day, hours: u32) -> YearlyHours {
    YearlyHours { kind, valid_from, hours }
}

/// Hours in use since each aid exists. The one of ETTI is the legal practice since 2005; the ASP
/// reference has the last word.
pub const HOURS: &[YearlyHours] = &[
    hours(AidKind::Ei, (2013, 1, 1), 1_505),
    hours(AidKind::Etti, (2014, 1, 1), 1_607),
    hours(AidKind::Ai, (2014, 7, 1), 1_607),
    hours(AidKind::Aci, (2014, 7, 1), 1_820),
    hours(AidKind::Eiti, (2019, 1, 1), 1_505),
];

/// Hours of one ETP of this kind on a day.
pub fn hours_per_etp(table: &[YearlyHours], kind: AidKind, on: Date) -> Option<u32> {
    table
        .iter()
        .filter(|row| row.kind == kind && row.valid_from <= day(on))
        .max_by_key(|row| row.valid_from)
        .map(|row| row.hours)
}

/// The RSA of one person for one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RsaAmount {
    /// First day.
    pub valid_from: Day,
    /// First day when the amount is known to have changed.
    pub valid_until: Option<Day>,
    /// The amount.
    pub cents: Cents,
}

const fn rsa_row(year: i32, month: u8, until: i32, cents: i64) -> RsaAmount {
    RsaAmount {
        valid_from: (year, month, 1),
        valid_until: Some((until, 4, 1)),
        cents: Cents(cents),
    }
}

/// Known amounts of the RSA. It changes each April; between April 2020 and April 2023 the table
/// has no row yet.
pub const RSA: &[RsaAmount] = &[
    rsa_row(2018, 1, 2018, 54_548),
    rsa_row(2018, 4, 2019, 55_093),
    rsa_row(2019, 4, 2020, 55_974),
    rsa_row(2023, 4, 2024, 60_775),
    rsa_row(2024, 4, 2025, 63_571),
    rsa_row(2025, 4, 2026, 64_652),
];

/// The part of the RSA that a conseil départemental pays for a person at work: 88 %.
pub const RSA_RATE: Hundredths = Hundredths(8_800);

/// The RSA of a month, by a day of it.
pub fn rsa(table: &[RsaAmount], on: Date) -> Option<Cents> {
    table
        .iter()
        .filter(|row| row.valid_from <= day(on))
        .max_by_key(|row| row.valid_from)
        .filter(|row| row.valid_until.is_none_or(|end| day(on) < end))
        .map(|row| row.cents)
}

/// A date as the tables write it.
pub fn day(date: Date) -> Day {
    (date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(kind: AidKind, territory: Territory, perimeter: Perimeter, on: &str) -> Option<i64> {
        let on = Date::parse_iso(on).unwrap();
        unit_amount(PUBLISHED, kind, territory, perimeter, on).map(|row| row.cents.0 / 100)
    }

    #[test]
    fn the_amount_is_the_last_one_published_before_the_day() {
        use AidKind::{Aci, Ai, Bridge, Ei, Eiti, Etti};
        use Perimeter::{Ordinary, Prison};
        use Territory::{Mainland, Mayotte};
        for (kind, territory, perimeter, on, expected) in [
            (Ei, Mainland, Ordinary, "2012-12-31", None),
            (Ei, Mainland, Ordinary, "2024-12-31", Some(12_459)),
            (Ei, Mainland, Ordinary, "2025-01-01", Some(13_304)),
            (Ei, Mainland, Prison, "2020-06-01", Some(6_388)),
            (Ei, Mainland, Prison, "2025-06-01", Some(13_304)),
            (Ei, Mayotte, Ordinary, "2027-01-01", Some(10_050)),
            (Aci, Mainland, Ordinary, "2014-06-30", None),
            (Aci, Mainland, Ordinary, "2019-05-01", Some(20_199)),
            (Aci, Mainland, Prison, "2019-05-01", Some(12_119)),
            (Aci, Mainland, Prison, "2021-03-01", None),
            (Aci, Mainland, Ordinary, "2021-09-30", Some(20_642)),
            (Aci, Mainland, Ordinary, "2021-10-01", Some(21_096)),
            (Aci, Mainland, Ordinary, "2027-01-01", Some(23_921)),
            (Aci, Mayotte, Ordinary, "2022-09-01", Some(16_825)),
            (Aci, Mayotte, Ordinary, "2022-02-01", None),
            (Ai, Mainland, Ordinary, "2023-05-01", Some(1_570)),
            (Etti, Mainland, Ordinary, "2021-06-01", None),
            (Eiti, Mainland, Ordinary, "2024-12-31", Some(6_570)),
            (Eiti, Mainland, Ordinary, "2025-01-01", None),
            (Eiti, Mayotte, Ordinary, "2024-06-01", Some(4_862)),
            (Bridge, Mainland, Ordinary, "2025-01-01", Some(2_376)),
            (Bridge, Mainland, Ordinary, "2023-02-01", None),
        ] {
            let found = euros(kind, territory, perimeter, on);
            assert_eq!(found, expected, "{kind:?} {territory:?} {perimeter:?} {on}");
        }
    }

    #[test]
    fn the_part_meant_for_support_is_the_published_one() {
        for (territory, on, euros) in [
            (Territory::Mainland, "2014-12-31", None),
            (Territory::Mainland, "2015-01-01", Some(979)),
            (Territory::Mainland, "2016-01-01", Some(985)),
            (Territory::Mainland, "2017-01-01", Some(995)),
            (Territory::Mainland, "2018-01-01", Some(1_007)),
            (Territory::Mainland, "2019-01-01", Some(1_022)),
            (Territory::Mainland, "2020-01-01", Some(1_034)),
            (Territory::Mainland, "2021-01-01", None),
            (Territory::Mainland, "2021-10-01", Some(1_067)),
            (Territory::Mainland, "2022-01-01", None),
            (Territory::Mainland, "2022-05-01", Some(1_106)),
            (Territory::Mainland, "2022-08-01", Some(1_128)),
            (Territory::Mainland, "2023-01-01", Some(1_169)),
            (Territory::Mainland, "2023-05-01", Some(1_195)),
            (Territory::Mainland, "2024-01-01", None),
            (Territory::Mainland, "2024-11-01", Some(1_233)),
            (Territory::Mayotte, "2022-05-01", Some(834)),
            (Territory::Mayotte, "2022-08-01", Some(850)),
            (Territory::Mayotte, "2023-01-01", None),
        ] {
            let day = Date::parse_iso(on).unwrap();
            let row =
                unit_amount(PUBLISHED, AidKind::Aci, territory, Perimeter::Ordinary, day).unwrap();
            assert_eq!(row.of_which_support.map(|c| c.0 / 100), euros, "{territory:?} {on}");
        }
        let others = PUBLISHED.iter().filter(|row| row.kind != AidKind::Aci);
        assert!(others.into_iter().all(|row| row.of_which_support.is_none()));
    }

    #[test]
    fn each_amount_names_its_order_where_it_is_known() {
        for (on, text) in [
            ("2025-06-01", "arrêté du 04/12/2024, depuis le 01/01/2025"),
            ("2024-06-01", "arrêté du 30/04/2024, depuis le 01/01/2024"),
            ("2021-06-01", "depuis le 01/01/2021"),
            ("2013-06-01", "depuis le 01/01/2013"),
        ] {
            let day = Date::parse_iso(on).unwrap();
            let row =
                unit_amount(PUBLISHED, AidKind::Ei, Territory::Mainland, Perimeter::Ordinary, day);
            assert_eq!(row.unwrap().text(), text, "{on}");
        }
        let unknown: Vec<Day> =
            PUBLISHED.iter().filter(|row| row.order.is_none()).map(|row| row.valid_from).collect();
        for day in unknown {
            assert!([2013, 2017, 2021, 2022].contains(&day.0), "{day:?}");
        }
    }

    #[test]
    fn the_amounts_of_eiti_end_where_the_flat_rate_begins() {
        let eiti = PUBLISHED.iter().filter(|row| row.kind == AidKind::Eiti);
        assert_eq!(eiti.filter_map(|row| row.valid_until).max(), Some(EITI_FLAT_RATE_FROM));
    }

    #[test]
    fn the_etti_amount_really_goes_down_twice() {
        let amounts: Vec<i64> = PUBLISHED
            .iter()
            .filter(|row| row.kind == AidKind::Etti && row.territory == Territory::Mainland)
            .map(|row| row.cents.0)
            .collect();
        assert!(PUBLISHED.is_sorted_by_key(|row| row.valid_from));
        assert_eq!(amounts.windows(2).filter(|pair| pair[1] < pair[0]).count(), 2);
        let of = |on| euros(AidKind::Etti, Territory::Mainland, Perimeter::Ordinary, on);
        assert_eq!((of("2019-12-31"), of("2020-01-01")), (Some(4_472), Some(4_299)));
        assert_eq!((of("2021-12-31"), of("2022-01-01")), (Some(4_437), Some(4_253)));
    }

    #[test]
    fn no_row_is_published_twice() {
        for (i, row) in PUBLISHED.iter().enumerate() {
            assert!(row.valid_until.is_none_or(|end| end > row.valid_from), "{row:?}");
            let key = |r: &Amount| (r.kind, r.territory, r.perimeter, r.valid_from);
            assert!(!PUBLISHED[..i].iter().any(|other| key(other) == key(row)), "{row:?}");
        }
    }

    #[test]
    fn hours_and_rsa_are_read_from_their_tables() {
        for (kind, on, hours) in [
            (AidKind::Aci, "2027-01-01", Some(1_820)),
            (AidKind::Aci, "2014-06-30", None),
            (AidKind::Ei, "2013-01-01", Some(1_505)),
            (AidKind::Etti, "2027-01-01", Some(1_607)),
            (AidKind::Ai, "2027-01-01", Some(1_607)),
            (AidKind::Eiti, "2018-12-31", None),
            (AidKind::Eiti, "2019-01-01", Some(1_505)),
            (AidKind::Bridge, "2027-01-01", None),
        ] {
            let on = Date::parse_iso(on).unwrap();
            assert_eq!(hours_per_etp(HOURS, kind, on), hours, "{kind:?} {on}");
        }
        let raised = [HOURS, &[hours(AidKind::Aci, (2028, 1, 1), 1_800)]].concat();
        let of = |year| hours_per_etp(&raised, AidKind::Aci, Date::new(year, 1, 1).unwrap());
        assert_eq!((of(2027), of(2028)), (Some(1_820), Some(1_800)));
        for (on, cents) in [
            ("2018-03-31", Some(54_548)),
            ("2018-04-01", Some(55_093)),
            ("2021-01-01", None),
            ("2025-12-01", Some(64_652)),
            ("2026-04-01", None),
        ] {
            assert_eq!(rsa(RSA, Date::parse_iso(on).unwrap()).map(|c| c.0), cents, "{on}");
        }
    }
}
