//! The aid that follows from the ETP asked for: derived, never stored.

use form::{Answers, Cents};

use super::request::{ETP_REQUESTED, HOURS_REFERENCE, UNIT_AMOUNT};
use crate::{
    form::{
        asked::{PERIMETER_ID, SIAE_KIND_ID},
        demande::{DEPARTMENT, PERIOD_END, PERIOD_START},
    },
    money,
    reference::{self, AidKind, HOURS, PUBLISHED, Perimeter, Territory},
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
    answers.get(&UNIT_AMOUNT).or_else(|| {
        let kind = AidKind::of(answers.raw(SIAE_KIND_ID, "").trim())?;
        let territory = Territory::of(&answers.get(&DEPARTMENT)?);
        let perimeter = Perimeter::of(answers.raw(PERIMETER_ID, "").trim());
        let on = answers.get(&PERIOD_START)?;
        Some(reference::unit_amount(PUBLISHED, kind, territory, perimeter, on)?.cents)
    })
}

/// Hours of one ETP in a year: those of the annexe, or the published ones.
pub fn hours_reference(answers: &Answers) -> Option<i64> {
    answers.get(&HOURS_REFERENCE).or_else(|| {
        let kind = AidKind::of(answers.raw(SIAE_KIND_ID, "").trim())?;
        reference::hours_per_etp(HOURS, kind).map(i64::from)
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
