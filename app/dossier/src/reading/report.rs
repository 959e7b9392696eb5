//! What a yearly report says first: its figures, its posts year by year, what does not fit together in it.

use form::{Answers, At, Cents, Hundredths, number};

use super::{
    Figure, Signal, Year, gap_percent, percent, points, signal::thresholds, signed, whole_euros,
};
use crate::{
    exits::Category,
    form::{
        bilan::{
            accompagnement::FOLLOWED,
            finances::{AID_BASE, CHARGES_REALIZED, PRODUITS_REALIZED},
            publics::PEOPLE,
            resultats::{FTE_AGREED, FTE_REALISED, REVIEW_OBJECTIVE, REVIEW_REACHED},
            sorties::{self, FORECAST, REALIZED},
        },
        budget::{net_result, total_charges, total_produits},
        read::{put, put_in},
    },
    money,
};

/// People followed under those who were there, in hundredths of a percent. A proposal, not law.
const UNDER_FOLLOWED: i64 = 90_00;

/// The figures that a report is about; `before` is what the report of the year before said.
pub(super) fn figures(answers: &Answers, before: Option<&Answers>) -> Vec<Figure> {
    [posts(answers), people(answers, before), exits(answers), result(answers, before)]
        .into_iter()
        .flatten()
        .collect()
}

fn posts(answers: &Answers) -> Option<Figure> {
    let (agreed, worked) = worked(answers)?;
    let rate = money::percentage(worked.0, agreed.0)?;
    Some(Figure {
        label: "ETP réalisés",
        value: number::etp(worked.0),
        beside: format!("{} des {} conventionnés", percent(rate), number::etp(agreed.0)),
        source: "ASP",
    })
}

fn worked(answers: &Answers) -> Option<(Hundredths, Hundredths)> {
    put(answers, &FTE_AGREED).zip(put(answers, &FTE_REALISED))
}

fn people(answers: &Answers, before: Option<&Answers>) -> Option<Figure> {
    let now = put(answers, &PEOPLE)?;
    let beside = match before.and_then(|before| put(before, &PEOPLE)) {
        None => "dans l'année".to_owned(),
        Some(earlier) if earlier == now => "autant que l'année d'avant".to_owned(),
        Some(earlier) => {
            let more = signed(now - earlier, |n| number::display_scaled(n, 0));
            format!("{more} sur l'année d'avant")
        }
    };
    let value = number::display_scaled(now, 0);
    Some(Figure { label: "Personnes accueillies", value, beside, source: "Structure" })
}

/// The rate of dynamic exits: planned, where it was, and observed.
fn dynamic(answers: &Answers) -> Option<(Option<Hundredths>, Hundredths)> {
    let observed = sorties::exits(answers)?.rate_dynamic()?;
    let planned = Category::ALL
        .into_iter()
        .filter(|category| category.is_dynamic())
        .map(|category| put_in(answers, &FORECAST, category.code()).map(|rate| rate.0))
        .sum::<Option<i64>>();
    Some((planned.map(Hundredths), observed))
}

fn exits(answers: &Answers) -> Option<Figure> {
    let (planned, observed) = dynamic(answers)?;
    let few = sorties::exits(answers)?.are_few();
    let mut beside = match planned {
        None => "taux observé".to_owned(),
        Some(planned) if planned == observed => "comme prévu".to_owned(),
        Some(planned) => format!("{} sur la prévision", points(planned, observed)),
    };
    if few {
        beside.push_str(", effectif faible");
    }
    Some(Figure { label: "Sorties dynamiques", value: percent(observed), beside, source: "ASP" })
}

/// What is left of the year; `None` while the accounts are empty.
fn left(answers: &Answers) -> Option<Cents> {
    total_charges(answers, &CHARGES_REALIZED)?;
    total_produits(answers, &PRODUITS_REALIZED)?;
    Some(net_result(answers, &CHARGES_REALIZED, &PRODUITS_REALIZED))
}

fn result(answers: &Answers, before: Option<&Answers>) -> Option<Figure> {
    let now = left(answers)?;
    let euros = |cents: Cents| match cents.0 {
        0.. => whole_euros(cents.0),
        _ => format!("−{}", whole_euros(-cents.0)),
    };
    let beside = match before.and_then(left) {
        None => "produits moins charges".to_owned(),
        Some(earlier) => format!("{} l'année d'avant", euros(earlier)),
    };
    Some(Figure { label: "Résultat de l'année", value: euros(now), beside, source: "Structure" })
}

/// The posts year by year, as reports say them, oldest first.
pub(super) fn years<'a>(reports: impl IntoIterator<Item = (i32, &'a Answers)>) -> Vec<Year> {
    let year = |(year, answers): (i32, &Answers)| Year {
        year,
        agreed: put(answers, &FTE_AGREED),
        worked: put(answers, &FTE_REALISED),
        asked: None,
    };
    reports.into_iter().map(year).collect()
}

/// What does not fit together in a report.
pub(super) fn signals(answers: &Answers) -> Vec<Signal> {
    [
        posts_left_empty(answers),
        exits_below(answers),
        objectives_missed(answers),
        not_followed(answers),
        another_aid(answers),
        loss(answers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn posts_left_empty(answers: &Answers) -> Option<Signal> {
    let (agreed, worked) = worked(answers)?;
    let rate = money::percentage(worked.0, agreed.0)?;
    (rate.0 < thresholds::UNDER_WORKED).then(|| Signal {
        code: "posts_left_empty",
        lens: "objectifs",
        at: At::once(&FTE_REALISED.def.id),
        title: "Des postes conventionnés n'ont pas été occupés.",
        text: format!(
            "{} ETP réalisés pour {} conventionnés : {}.",
            number::etp(worked.0),
            number::etp(agreed.0),
            percent(rate)
        ),
        how: format!("{} ÷ {}. Source : ASP.", number::etp(worked.0), number::etp(agreed.0)),
        figures: vec![worked.0, agreed.0],
    })
}

fn exits_below(answers: &Answers) -> Option<Signal> {
    let (planned, observed) = dynamic(answers)?;
    let planned = planned?;
    (planned.0 - observed.0 >= thresholds::LOWER_RATE).then(|| Signal {
        code: "exits_below",
        lens: "objectifs",
        at: At::in_row(&REALIZED.def.id, Category::Sustainable.code()),
        title: "Les sorties dynamiques sont en dessous de la prévision.",
        text: format!(
            "{} observés, {} prévus : {}.",
            percent(observed),
            percent(planned),
            points(planned, observed)
        ),
        how: "Emploi durable, emploi de transition et sorties positives ÷ sorties examinées, sans les sorties retirées du calcul. Source : motifs déclarés à l'ASP."
            .to_owned(),
        figures: vec![observed.0, planned.0],
    })
}

fn objectives_missed(answers: &Answers) -> Option<Signal> {
    let table = "resultats.axis_review";
    let rows: Vec<&str> = answers
        .added_rows(table)
        .into_iter()
        .filter(|row| put_in(answers, &REVIEW_OBJECTIVE, row).is_some())
        .collect();
    let missed = |row: &&&str| put_in(answers, &REVIEW_REACHED, row).as_deref() == Some("no");
    let first = *rows.iter().find(missed)?;
    let (missed, all) = (rows.iter().filter(missed).count(), rows.len());
    Some(Signal {
        code: "objectives_missed",
        lens: "objectifs",
        at: At::in_row(&REVIEW_REACHED.def.id, first),
        title: "Des objectifs négociés ne sont pas atteints.",
        text: format!("{missed} sur {all}."),
        how: "Lignes « Atteint : non » des objectifs par axe.".to_owned(),
        figures: [missed, all].into_iter().map(|n| i64::try_from(n).unwrap_or(i64::MAX)).collect(),
    })
}

fn not_followed(answers: &Answers) -> Option<Signal> {
    let (all, followed) = (put(answers, &PEOPLE)?, put(answers, &FOLLOWED)?);
    let share = money::percentage(followed, all)?;
    (share.0 < UNDER_FOLLOWED).then(|| Signal {
        code: "not_followed",
        lens: "suivi",
        at: At::once(&FOLLOWED.def.id),
        title: "Tous les salariés n'ont pas été suivis individuellement.",
        text: format!("{followed} suivis sur {all} accueillis : {}.", percent(share)),
        how: "Salariés suivis ÷ salariés en parcours dans l'année.".to_owned(),
        figures: vec![followed, all],
    })
}

fn another_aid(answers: &Answers) -> Option<Signal> {
    let received = put(answers, &AID_BASE)?;
    let written = put_in(answers, &PRODUITS_REALIZED, "74_state_base")?;
    (gap_percent(received, written)? > thresholds::OTHER_AID).then(|| Signal {
        code: "another_aid_received",
        lens: "comptes",
        at: At::once(&AID_BASE.def.id),
        title: "L'aide au poste reçue n'est pas celle des comptes.",
        text: format!(
            "{} reçus, {} aux produits : {}.",
            number::euros(received.0),
            number::euros(written.0),
            signed(written.0 - received.0, number::euros)
        ),
        how: "Montant socle reçu ; ligne « État : aide au poste, montant socle » des produits réalisés."
            .to_owned(),
        figures: vec![received.0, written.0],
    })
}

fn loss(answers: &Answers) -> Option<Signal> {
    let left = left(answers).filter(|left| left.0 < 0)?;
    Some(Signal {
        code: "loss",
        lens: "comptes",
        at: At::in_row(&PRODUITS_REALIZED.def.id, crate::form::budget::lines::DEFICIT),
        title: "L'année se termine par une perte.",
        text: format!("{} de perte.", number::euros(-left.0)),
        how: "Produits réalisés − charges réalisées.".to_owned(),
        figures: vec![left.0],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        form::{bilan::BILAN, read::tests::answers},
        reading::Lens,
    };

    const CALM: &[(&str, &str)] = &[
        ("demande.siae_kind", "ACI"),
        ("bilan.year", "2026"),
        ("publics_realises.people_n", "40"),
        ("accompagnement_realise.followed_n", "36"),
        ("resultats.fte_agreed", "12"),
        ("resultats.fte_realised", "11,40"),
        ("sorties.exits.realized#sustainable", "4"),
        ("sorties.exits.realized#transition", "3"),
        ("sorties.exits.realized#positive", "3"),
        ("sorties.exits.realized#other", "10"),
        ("sorties.exits.realized#withdrawn", "1"),
        ("sorties.exits.forecast#sustainable", "20"),
        ("sorties.exits.forecast#transition", "15"),
        ("sorties.exits.forecast#positive", "15"),
        ("finances.charges.realized#64", "1000"),
        ("finances.produits.realized#70", "1000"),
    ];

    fn with(more: &[(&str, &str)]) -> Answers {
        answers(&CALM.iter().chain(more).copied().collect::<Vec<_>>())
    }

    fn codes(more: &[(&str, &str)]) -> Vec<&'static str> {
        let found = signals(&with(more));
        for signal in &found {
            let lens = Lens::of(signal.lens).expect(signal.code);
            let place = BILAN.place(&signal.at.field).expect(signal.code);
            assert!(lens.holds(&place.section.id, &place.group.id), "{}", signal.code);
        }
        found.into_iter().map(|signal| signal.code).collect()
    }

    #[test]
    fn each_signal_of_a_report_has_its_threshold() {
        let none: [&str; 0] = [];
        assert_eq!(codes(&[]), none);
        assert_eq!(codes(&[("resultats.fte_realised", "11,39")]), ["posts_left_empty"]);
        assert_eq!(codes(&[("sorties.exits.forecast#positive", "19,99")]), none);
        assert_eq!(codes(&[("sorties.exits.forecast#positive", "20")]), ["exits_below"]);
        assert_eq!(codes(&[("accompagnement_realise.followed_n", "35")]), ["not_followed"]);
        let review = |reached| {
            [
                ("resultats.axis_review+a", ""),
                ("resultats.axis_review.objective#a", "Un permis pour dix"),
                ("resultats.axis_review.reached#a", reached),
            ]
        };
        assert_eq!(codes(&review("partly")), none);
        assert_eq!(codes(&review("no")), ["objectives_missed"]);
        let aid = |written| {
            [
                ("finances.aid_received_base", "1000"),
                ("finances.produits.realized#74_state_base", written),
            ]
        };
        assert_eq!(codes(&aid("1010")), none);
        assert_eq!(codes(&aid("1020")), ["another_aid_received"]);
        assert_eq!(codes(&[("finances.produits.realized#deficit", "0")]), none);
        assert_eq!(codes(&[("finances.produits.realized#deficit", "1")]), ["loss"]);
    }

    #[test]
    fn figures_of_a_report_come_with_what_they_are_beside() {
        let before = with(&[("publics_realises.people_n", "38")]);
        let said: Vec<_> = figures(&with(&[]), Some(&before))
            .into_iter()
            .map(|figure| (figure.value, figure.beside))
            .collect();
        let pair = |value: &str, beside: &str| (value.to_owned(), beside.to_owned());
        assert_eq!(
            said,
            [
                pair("11,40", "95,00\u{a0}% des 12,00 conventionnés"),
                pair("40", "+2 sur l'année d'avant"),
                pair("50,00\u{a0}%", "comme prévu"),
                pair("0\u{a0}€", "0\u{a0}€ l'année d'avant"),
            ]
        );
        assert!(figures(&Answers::default(), None).is_empty());
    }

    #[test]
    fn years_of_reports_are_their_own() {
        let now = with(&[]);
        let years = years([(2025, &now), (2026, &now)]);
        let told: Vec<_> = years.iter().map(|year| (year.year, year.rate())).collect();
        let rate = Some("95,00\u{a0}%".to_owned());
        assert_eq!(told, [(2025, rate.clone()), (2026, rate)]);
    }
}
