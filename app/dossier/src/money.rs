//! Aid amounts, exact to the cent: whole cents and whole hundredths of an ETP, never floats.

use form::{Cents, Date, Hundredths};

use crate::reference::{RsaAmount, rsa};

/// Months of a whole year.
pub const YEAR: u32 = 12;

/// `numerator / denominator`, rounded half up. 0 for a denominator of 0.
pub fn divide(numerator: i128, denominator: i128) -> i64 {
    if denominator == 0 {
        return 0;
    }
    let rounded = (2 * numerator + denominator).div_euclid(2 * denominator);
    i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}

/// A twelfth of an amount, rounded half up to the cent.
pub fn twelfth(amount: Cents) -> Cents {
    Cents(divide(amount.0.into(), YEAR.into()))
}

/// What the ASP pays each month: a twelfth of the yearly aid, rounded half up to the cent.
pub fn monthly(etp: Hundredths, unit: Cents) -> Cents {
    Cents(divide(i128::from(etp.0) * i128::from(unit.0), 100 * i128::from(YEAR)))
}

/// Amount of an annexe financière. A whole year is not the sum of its rounded months: the ASP
/// rounds once for twelve months, and each month otherwise.
pub fn annex_total(etp: Hundredths, unit: Cents, months: u32) -> Cents {
    if months == YEAR {
        return Cents(divide(i128::from(etp.0) * i128::from(unit.0), 100));
    }
    Cents(monthly(etp, unit).0.saturating_mul(months.into()))
}

/// This percentage of an amount, rounded half up to the cent.
pub fn percentage_of(rate: Hundredths, amount: Cents) -> Cents {
    Cents(divide(i128::from(rate.0) * i128::from(amount.0), 10_000))
}

/// `part / whole` as a percentage with two decimals; `None` when there is no whole.
pub fn percentage(part: i64, whole: i64) -> Option<Hundredths> {
    (whole > 0).then(|| Hundredths(divide(i128::from(part) * 10_000, whole.into())))
}

/// Aid of the conseil départemental: for each month and each person, this rate of the RSA of the
/// month, rounded to the cent. `None` when the RSA of a month is not in the table.
///
/// Funders have habits of their own (rounding to the euro, April revaluation left out): keep the
/// amount they write, show this one beside.
pub fn departmental_aid(
    people: u32,
    rate: Hundredths,
    table: &[RsaAmount],
    start: Date,
    end: Date,
) -> Option<Cents> {
    let mut sum = 0_i64;
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..start.months_through(end) {
        sum += percentage_of(rate, rsa(table, Date::new(year, month, 1)?)?).0;
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    Some(Cents(sum.saturating_mul(people.into())))
}

/// ETP carried by the conseil départemental and by the State over the months of an annexe, from
/// the share of the total that the conseil départemental pays.
pub fn split_etp(
    etp: Hundredths,
    months: u32,
    departmental: Cents,
    total: Cents,
) -> (Hundredths, Hundredths) {
    let weighted = i128::from(etp.0) * i128::from(months);
    if total.0 <= 0 {
        return (Hundredths(0), Hundredths(divide(weighted, YEAR.into())));
    }
    let of = |part: i64| {
        Hundredths(divide(weighted * i128::from(part), i128::from(YEAR) * i128::from(total.0)))
    };
    (of(departmental.0), of(total.0 - departmental.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reference::{RSA, RSA_RATE};

    fn day(year: i32, month: u8) -> Date {
        Date::new(year, month, 1).unwrap()
    }

    #[test]
    fn published_annexes_are_found_to_the_cent() {
        // Hundredths of ETP, euros per ETP, months, total, month.
        for (etp, euros, months, total, month) in [
            (1_560, 20_199, 12, 31_510_440, 2_625_870),
            (886, 20_642, 12, 18_288_812, 1_524_068),
            (795, 20_642, 8, 10_940_264, 1_367_533),
            (594, 19_897, 6, 5_909_412, 984_902),
            (1_029, 19_897, 6, 10_237_008, 1_706_168),
            (1_250, 13_304, 12, 16_630_000, 1_385_833),
            (2_000, 4_781, 12, 9_562_000, 796_833),
            (1_420, 23_921, 12, 33_967_820, 2_830_652),
        ] {
            let (etp, unit) = (Hundredths(etp), Cents(euros * 100));
            assert_eq!(annex_total(etp, unit, months), Cents(total), "{etp:?} × {euros}");
            assert_eq!(monthly(etp, unit), Cents(month), "{etp:?} × {euros} / 12");
        }
    }

    #[test]
    fn halves_go_up() {
        for (numerator, denominator, rounded) in
            [(5, 10, 1), (4, 10, 0), (-5, 10, 0), (-6, 10, -1), (15, 10, 2), (1, 0, 0)]
        {
            assert_eq!(divide(numerator, denominator), rounded, "{numerator}/{denominator}");
        }
        assert_eq!(twelfth(Cents(31_510_440)), Cents(2_625_870));
    }

    #[test]
    fn the_modulated_share_is_a_percentage_of_the_base() {
        assert_eq!(percentage_of(Hundredths(600), Cents(9_562_000)), Cents(573_720));
        assert_eq!(percentage(1, 3), Some(Hundredths(3_333)));
        assert_eq!(percentage(2, 3), Some(Hundredths(6_667)));
        assert_eq!(percentage(1, 0), None);
    }

    #[test]
    fn the_departmental_aid_follows_the_rsa_of_each_month() {
        for (people, start, end, aid) in [
            (6, day(2018, 1), day(2018, 12), 3_482_064),
            (6, day(2019, 1), day(2019, 12), 3_532_554),
            (12, day(2018, 7), day(2018, 12), 3_490_704),
            (10, day(2018, 7), day(2018, 12), 2_908_920),
        ] {
            let computed = departmental_aid(people, RSA_RATE, RSA, start, end);
            assert_eq!(computed, Some(Cents(aid)), "{people} people from {start}");
        }
        assert_eq!(departmental_aid(6, RSA_RATE, RSA, day(2016, 1), day(2016, 12)), None);
        let unrevalued: Vec<_> = RSA.iter().filter(|row| row.valid_from < (2019, 1, 1)).collect();
        let last = RsaAmount { valid_until: None, ..**unrevalued.last().unwrap() };
        let computed = departmental_aid(12, RSA_RATE, &[last], day(2019, 5), day(2019, 12));
        assert_eq!(computed, Some(Cents(4_654_272)), "as Martinique, April left out");
    }

    #[test]
    fn etp_are_split_between_the_two_funders() {
        for (etp, departmental, total, share, split) in [
            (1_560, 7_215_090, 31_039_320, 2_325, (363, 1_197)),
            (886, 603_621, 18_288_812, 330, (29, 857)),
        ] {
            assert_eq!(percentage(departmental, total), Some(Hundredths(share)), "{departmental}");
            let (theirs, state) = split_etp(Hundredths(etp), 12, Cents(departmental), Cents(total));
            assert_eq!((theirs.0, state.0), split, "{departmental}");
        }
        let alone = split_etp(Hundredths(1_000), 6, Cents(0), Cents(0));
        assert_eq!(alone, (Hundredths(0), Hundredths(500)));
    }

    proptest! {
        #[test]
        fn a_year_and_twelve_months_differ_by_six_cents_at_most(
            etp in 1_i64..999_999, unit in 1_i64..10_000_000,
        ) {
            let (etp, unit) = (Hundredths(etp), Cents(unit));
            let gap = annex_total(etp, unit, 12).0 - 12 * monthly(etp, unit).0;
            prop_assert!(gap.abs() <= 6, "{gap}");
        }
    }
}
