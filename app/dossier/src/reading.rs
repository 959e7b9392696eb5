//! What an agent looks at first in a deposit: key figures beside those of the year before, the question
//! to settle rather than the order of the form, and what does not fit together. Help to decide: nothing
//! here is a score, and nothing refuses anything.

pub mod composed;
mod lens;
mod report;
mod signal;

use form::{Answers, Cents, Hundredths, number};

pub use self::{
    lens::{Lens, lenses},
    signal::Signal,
};
use crate::{
    form::{
        NAME as REQUEST,
        bilan::NAME as REPORT,
        moyens::{self, ETP_CURRENT, ETP_REALIZED_PREV, ETP_REQUESTED},
        objectifs::RATE_DYNAMIC,
        read::put,
    },
    money,
};

/// A figure with its company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it measures.
    pub label: &'static str,
    /// The figure, as people write it.
    pub value: String,
    /// What it is beside: last year's, the present one.
    pub beside: String,
    /// Who says so.
    pub source: &'static str,
}

/// What does not fit together in a dossier of this form; `before` is what the same one said the year
/// before. The structure reads the same before it deposits.
pub fn signals(form: &str, answers: &Answers, before: Option<&Answers>) -> Vec<Signal> {
    match form {
        REQUEST => signal::of_request(answers, before),
        REPORT => report::signals(answers),
        _ => Vec::new(),
    }
}

/// The figures that a dossier of this form is about, as far as its answers go; `before` is what the same
/// one said the year before.
pub fn figures(form: &str, answers: &Answers, before: Option<&Answers>) -> Vec<Figure> {
    match form {
        REQUEST => of_request(answers, before),
        REPORT => report::figures(answers, before),
        _ => Vec::new(),
    }
}

/// The posts year by year, as dossiers of this form say them, oldest first.
pub fn years<'a>(form: &str, said: impl IntoIterator<Item = (i32, &'a Answers)>) -> Vec<Year> {
    match form {
        REQUEST => of_requests(said),
        REPORT => report::years(said),
        _ => Vec::new(),
    }
}

/// Whether the posts year by year belong to what a lens shows.
pub fn tells_years(lens: &Lens) -> bool {
    lens.holds("moyens", "moyens.request") || lens.holds("resultats", "resultats.fte")
}

fn of_request(answers: &Answers, before: Option<&Answers>) -> Vec<Figure> {
    [posts(answers), hours(answers), exits(answers, before), aid(answers, before)]
        .into_iter()
        .flatten()
        .collect()
}

fn posts(answers: &Answers) -> Option<Figure> {
    let asked = put(answers, &ETP_REQUESTED)?;
    let beside = match put(answers, &ETP_CURRENT) {
        Some(now) if now == asked => "autant que cette année".to_owned(),
        Some(now) => match change(now.0, asked.0) {
            Some(change) => format!("{change} sur les {} en cours", number::etp(now.0)),
            None => format!("{} en cours", number::etp(now.0)),
        },
        None => "première demande".to_owned(),
    };
    Some(Figure {
        label: "ETP demandés", value: number::etp(asked.0), beside, source: "Structure"
    })
}

fn hours(answers: &Answers) -> Option<Figure> {
    let (current, realized) = occupied(answers)?;
    let rate = money::percentage(realized.0, current.0)?;
    Some(Figure {
        label: "Postes occupés l'an dernier",
        value: percent(rate),
        beside: format!(
            "{} ETP réalisés pour {} conventionnés",
            number::etp(realized.0),
            number::etp(current.0)
        ),
        source: "ASP",
    })
}

/// ETP of the annexe in force, and those that were worked the year before.
fn occupied(answers: &Answers) -> Option<(Hundredths, Hundredths)> {
    put(answers, &ETP_CURRENT).zip(put(answers, &ETP_REALIZED_PREV))
}

fn exits(answers: &Answers, before: Option<&Answers>) -> Option<Figure> {
    let rate = put(answers, &RATE_DYNAMIC)?;
    let earlier = before.and_then(|before| put(before, &RATE_DYNAMIC));
    let beside = match earlier {
        None => "taux prévu".to_owned(),
        Some(earlier) if earlier == rate => "comme l'an dernier, taux prévu".to_owned(),
        Some(earlier) => format!("{} sur l'an dernier, taux prévu", points(earlier, rate)),
    };
    Some(Figure { label: "Sorties dynamiques", value: percent(rate), beside, source: "Structure" })
}

fn aid(answers: &Answers, before: Option<&Answers>) -> Option<Figure> {
    let total = moyens::total_amount(answers)?;
    let earlier = before.and_then(moyens::total_amount);
    let beside = match earlier {
        None => "calculée, sans part modulée".to_owned(),
        Some(earlier) if earlier == total => "comme l'an dernier".to_owned(),
        Some(earlier) => {
            format!("{} sur l'an dernier", signed(total.0 - earlier.0, whole_euros))
        }
    };
    Some(Figure { label: "Aide au poste", value: whole_euros(total.0), beside, source: "Calcul" })
}

/// A year of posts: agreed, worked, and their rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// ETP of the annexe.
    pub agreed: Option<Hundredths>,
    /// ETP worked.
    pub worked: Option<Hundredths>,
    /// ETP asked for, in a year to come.
    pub asked: Option<Hundredths>,
}

impl Year {
    /// What was worked of what was agreed.
    pub fn rate(&self) -> Option<String> {
        money::percentage(self.worked?.0, self.agreed?.0).map(percent)
    }
}

/// Each request says what was agreed and worked the year before its own. The last one is asked for.
fn of_requests<'a>(requests: impl IntoIterator<Item = (i32, &'a Answers)>) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (year, answers) in requests {
        let (agreed, worked) = (put(answers, &ETP_CURRENT), put(answers, &ETP_REALIZED_PREV));
        years.retain(|known| known.year < year - 1);
        if agreed.is_some() || worked.is_some() {
            years.push(Year { year: year - 1, agreed, worked, asked: None });
        }
        let asked = put(answers, &ETP_REQUESTED);
        years.push(Year { year, agreed: None, worked: None, asked });
    }
    years
}

/// "+18,3 %"; `None` where there was nothing before.
pub fn change(before: i64, now: i64) -> Option<String> {
    let tenths = money::divide(i128::from(now - before) * 1_000, before.into());
    (before > 0).then(|| signed(tenths, |tenths| format!("{}\u{a0}%", decimal(tenths))))
}

/// "+6,2 points".
fn points(before: Hundredths, now: Hundredths) -> String {
    let tenths = money::divide(i128::from(now.0 - before.0), 10);
    signed(tenths, |tenths| format!("{}\u{a0}points", decimal(tenths)))
}

/// Without cents: the exact amount is beside the calculation.
fn whole_euros(cents: i64) -> String {
    format!("{}\u{a0}€", number::display_scaled(money::divide(cents.into(), 100), 0))
}

fn decimal(tenths: i64) -> String {
    number::display_scaled(tenths, 1)
}

fn percent(rate: Hundredths) -> String {
    format!("{}\u{a0}%", number::display_scaled(rate.0, 2))
}

/// A difference with its sign, a true minus.
fn signed(value: i64, show: impl Fn(i64) -> String) -> String {
    let sign = match value {
        0 => "±",
        1.. => "+",
        _ => "−",
    };
    format!("{sign}{}", show(value.abs()))
}

/// How far two amounts are, in percent of the first.
fn gap_percent(first: Cents, second: Cents) -> Option<i64> {
    (first.0 > 0)
        .then(|| money::divide(i128::from((second.0 - first.0).abs()) * 100, first.0.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::answers;

    pub(super) const ANNUAL: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.siae_kind", "ACI"),
        ("demande.department", "58"),
        ("demande.period_start", "01/01/2027"),
        ("demande.period_end", "31/12/2027"),
        ("moyens.etp_requested", "14,20"),
        ("moyens.etp_current", "12"),
        ("moyens.etp_realized_prev", "9,92"),
        ("objectifs.rate_dynamic", "58,33"),
    ];

    /// These answers, with others.
    pub(super) fn with(more: &[(&str, &str)]) -> Answers {
        answers(&ANNUAL.iter().chain(more).copied().collect::<Vec<_>>())
    }

    #[test]
    fn figures_come_with_what_they_are_beside() {
        let before = with(&[("moyens.etp_requested", "12"), ("objectifs.rate_dynamic", "52,13")]);
        let said: Vec<_> = figures(REQUEST, &with(&[]), Some(&before))
            .into_iter()
            .map(|figure| (figure.value, figure.beside))
            .collect();
        let pair = |value: &str, beside: &str| (value.to_owned(), beside.to_owned());
        assert_eq!(
            said,
            [
                pair("14,20", "+18,3\u{a0}% sur les 12,00 en cours"),
                pair("82,67\u{a0}%", "9,92 ETP réalisés pour 12,00 conventionnés"),
                pair("58,33\u{a0}%", "+6,2\u{a0}points sur l'an dernier, taux prévu"),
                pair("339\u{202f}678\u{a0}€", "+52\u{202f}626\u{a0}€ sur l'an dernier"),
            ]
        );
        let same: Vec<_> =
            figures(REQUEST, &before, Some(&before)).into_iter().map(|f| f.beside).collect();
        assert_eq!(
            (same[0].as_str(), same[2].as_str(), same[3].as_str()),
            ("autant que cette année", "comme l'an dernier, taux prévu", "comme l'an dernier")
        );
        let first = [("demande.request_kind", "first"), ("moyens.etp_requested", "4")];
        let first = figures(REQUEST, &with(&first), None);
        assert_eq!(first[0].beside, "première demande");
        assert_eq!(first.len(), 3, "nobody worked there yet");
        assert!(figures(REQUEST, &Answers::default(), None).is_empty());
    }

    #[test]
    fn years_follow_each_other_once() {
        let (older, newer) = (with(&[("moyens.etp_current", "11")]), with(&[]));
        let years = years(REQUEST, [(2026, &older), (2027, &newer)]);
        let told: Vec<_> = years.iter().map(|y| (y.year, y.rate(), y.asked.is_some())).collect();
        assert_eq!(
            told,
            [
                (2025, Some("90,18\u{a0}%".to_owned()), false),
                (2026, Some("82,67\u{a0}%".to_owned()), false),
                (2027, None, true),
            ]
        );
    }
}
