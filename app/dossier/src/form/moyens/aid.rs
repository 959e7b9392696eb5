//! The aid that follows from the ETP asked for: derived, never stored.

use form::{Answers, Cents, Hundredths};

use super::request::{COFINANCING_AMOUNT, ETP_REQUESTED, HOURS_REFERENCE, UNIT_AMOUNT};
use crate::{
    form::{
        asked::{FOR_EITI, PERIMETER_ID, SIAE_KIND_ID},
        demande::{DEPARTMENT, PERIOD_END, PERIOD_START},
        read::put,
    },
    money,
    reference::{
        self, AidKind, Amount, EITI_FLAT_RATE_FROM, HOURS, PUBLISHED, Perimeter, Territory,
    },
};

/// Months of the annexe asked for: those of the period, a year at most since the financial terms
/// of a longer convention are set year by year.
pub fn months(answers: &Answers) -> Option<u32> {
    let (start, end) = (answers.get(&PERIOD_START)?, answers.get(&PERIOD_END)?);
    let months = u32::try_from(start.months_through(end)).ok().filter(|months| *months > 0)?;
    Some(months.min(money::YEAR))
}

/// Aid for one ETP and one year: the one of the annexe, or the published one.
pub fn unit_amount(answers: &Answers) -> Option<Cents> {
    answers.get(&UNIT_AMOUNT).or_else(|| published_amount(answers).map(|row| row.cents))
}

/// The published amount that applies on the first day of the period.
pub fn published_amount(answers: &Answers) -> Option<&'static Amount> {
    let kind = AidKind::of(answers.raw(SIAE_KIND_ID, "").trim())?;
    let territory = Territory::of(&answers.get(&DEPARTMENT)?);
    let perimeter = Perimeter::of(answers.raw(PERIMETER_ID, "").trim());
    reference::unit_amount(PUBLISHED, kind, territory, perimeter, answers.get(&PERIOD_START)?)
}

/// Whether the aid is a flat rate, and no amount applies to an ETP.
pub fn is_flat_rate(answers: &Answers) -> bool {
    let start = answers.get(&PERIOD_START).map(reference::day);
    FOR_EITI.holds(answers, "") && start.is_some_and(|day| day >= EITI_FLAT_RATE_FROM)
}

/// Whether the period goes beyond the year that the aid is computed for.
pub fn is_first_year_only(answers: &Answers) -> bool {
    let period = answers.get(&PERIOD_START).zip(answers.get(&PERIOD_END));
    period.is_some_and(|(start, end)| i64::from(start.months_through(end)) > money::YEAR.into())
}

/// Share of the conseil départemental in the aid, and the ETP it carries beside those of the State.
pub fn departmental_share(answers: &Answers) -> Option<(Hundredths, Hundredths, Hundredths)> {
    let part = put(answers, &COFINANCING_AMOUNT)?;
    let total = total_amount(answers)?;
    let share = money::percentage(part.0, total.0)?;
    let etp = answers.get(&ETP_REQUESTED)?;
    let (theirs, state) = money::split_etp(etp, months(answers)?, part, total);
    Some((share, theirs, state))
}

/// Hours of one ETP in a year: those of the annexe, or the published ones.
pub fn hours_reference(answers: &Answers) -> Option<i64> {
    answers.get(&HOURS_REFERENCE).or_else(|| {
        let kind = AidKind::of(answers.raw(SIAE_KIND_ID, "").trim())?;
        let on = answers.get(&PERIOD_START)?;
        reference::hours_per_etp(HOURS, kind, on).map(i64::from)
    })
}

/// Aid for the whole period (a year at most).
pub fn total_amount(answers: &Answers) -> Option<Cents> {
    let etp = answers.get(&ETP_REQUESTED)?;
    Some(money::annex_total(etp, unit_amount(answers)?, months(answers)?))
}

/// Aid of one month.
pub fn monthly_amount(answers: &Answers) -> Option<Cents> {
    Some(money::monthly(answers.get(&ETP_REQUESTED)?, unit_amount(answers)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::answers;

    const ANNUAL: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.siae_kind", "ACI"),
        ("demande.department", "58"),
        ("demande.period_start", "01/01/2027"),
        ("demande.period_end", "31/12/2027"),
        ("moyens.etp_requested", "14,20"),
    ];

    #[test]
    fn amounts_are_derived() {
        let filled = |more: &[(&str, &str)]| {
            answers(&ANNUAL.iter().chain(more).copied().collect::<Vec<_>>())
        };
        let year = filled(&[]);
        assert_eq!(total_amount(&year), Some(Cents(33_967_820)));
        assert_eq!(monthly_amount(&year), Some(Cents(2_830_652)));
        assert_eq!(hours_reference(&year), Some(1_820));
        let convention = filled(&[("demande.period_end", "31/12/2029")]);
        assert_eq!(total_amount(&convention), Some(Cents(33_967_820)));
        let half = filled(&[("demande.period_end", "30/06/2027")]);
        assert_eq!(total_amount(&half), Some(Cents(2_830_652 * 6)));
        let annexed = filled(&[("moyens.unit_amount", "20000")]);
        assert_eq!(total_amount(&annexed), Some(Cents(28_400_000)));
        let mayotte = filled(&[("demande.department", "976")]);
        assert_eq!(unit_amount(&mayotte), Some(Cents(1_807_000)));
        let eiti = filled(&[("demande.siae_kind", "EITI")]);
        assert_eq!(total_amount(&eiti), None);
        assert_eq!(months(&filled(&[("demande.period_end", "31/12/2025")])), None);
    }
}
