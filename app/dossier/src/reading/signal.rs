//! What does not fit together in a request, with its figures, their calculation and where they come from.
//! The structure reads the same before it deposits.

use form::{Answers, At, Cents, Hundredths, number};

use super::{change, gap_percent, occupied, percent, points, signed};
use crate::{
    form::{
        budget::PRODUITS_FORECAST,
        moyens::{self, ETP_REQUESTED},
        objectifs::RATE_DYNAMIC,
        publics,
        read::{put, put_in, units},
    },
    money,
};

/// From which gap on something is said. Proposals of the domain reference (3 and 5), not law.
pub(super) mod thresholds {
    /// ETP asked for above those in force, in percent.
    pub const MORE_POSTS: i64 = 5;
    /// Worked ETP under the agreed ones, in hundredths of a percent.
    pub const UNDER_WORKED: i64 = 95_00;
    /// Rates that go down, in hundredths of a point.
    pub const LOWER_RATE: i64 = 5_00;
    /// The aid of the budget beside the computed one, in percent.
    pub const OTHER_AID: i64 = 1;
}

/// Something that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Stable code.
    pub code: &'static str,
    /// The question it belongs to: code of a [`super::Lens`].
    pub lens: &'static str,
    /// The answer that it is about.
    pub at: At,
    /// What does not fit, in a few words.
    pub title: &'static str,
    /// The figures.
    pub text: String,
    /// How they were computed, and where they come from.
    pub how: String,
    /// The figures that it compares, in their smallest units: what a reason to set it aside is about. Its
    /// words may be put better without making it another signal.
    pub figures: Vec<i64>,
}

impl Signal {
    /// Its figures as one text: the same text, the same signal.
    pub fn print(&self) -> String {
        let figures: Vec<String> = self.figures.iter().map(ToString::to_string).collect();
        figures.join(" ")
    }
}

/// What does not fit together in a request; `before` is what the same request said the year before.
pub(super) fn of_request(answers: &Answers, before: Option<&Answers>) -> Vec<Signal> {
    [
        posts_not_worked(answers),
        same_supervision(answers, before),
        lower_exits(answers, before),
        fewer_brsa(answers, before),
        another_aid(answers),
        deficit(answers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// More posts are asked for by this much, when it counts.
fn more_posts(answers: &Answers) -> Option<(Hundredths, Hundredths, String)> {
    let current = put(answers, &moyens::ETP_CURRENT)?;
    let asked = put(answers, &ETP_REQUESTED)?;
    let more = (asked.0 - current.0) * 100 > current.0 * thresholds::MORE_POSTS;
    more.then(|| change(current.0, asked.0)).flatten().map(|said| (current, asked, said))
}

fn posts_not_worked(answers: &Answers) -> Option<Signal> {
    let (current, asked, more) = more_posts(answers)?;
    let (_, worked) = occupied(answers)?;
    let rate = money::percentage(worked.0, current.0)?;
    (rate.0 < thresholds::UNDER_WORKED).then(|| Signal {
        code: "posts_not_worked",
        lens: "postes",
        at: At::once(&ETP_REQUESTED.def.id),
        title: "Plus de postes, alors que ceux de l'an dernier n'ont pas tous été occupés.",
        text: format!("ETP demandés {more}, postes occupés l'an dernier : {}.", percent(rate)),
        how: format!(
            "({asked} − {current}) ÷ {current} ; {worked} ÷ {current}. ETP réalisés et conventionnés : ASP.",
            asked = number::etp(asked.0),
            current = number::etp(current.0),
            worked = number::etp(worked.0),
        ),
        figures: vec![asked.0, current.0, worked.0],
    })
}

fn same_supervision(answers: &Answers, before: Option<&Answers>) -> Option<Signal> {
    let (current, asked, more) = more_posts(answers)?;
    let staff = |answers: &Answers| put_in(answers, &moyens::staff::ETP, "supervision_total");
    let (now, earlier) = (staff(answers)?, staff(before?)?);
    (now.0 <= earlier.0).then(|| Signal {
        code: "same_supervision",
        lens: "accompagnement",
        at: At::in_row(&moyens::staff::ETP.def.id, "supervision_total"),
        title: "Plus de postes, sans plus d'encadrement ni d'accompagnement.",
        text: format!(
            "ETP demandés {more}, encadrement et accompagnement : {} ETP, {} l'année d'avant.",
            number::etp(now.0),
            number::etp(earlier.0)
        ),
        how: "Ligne « Encadrement et accompagnement, total » de ce dossier et du précédent."
            .to_owned(),
        figures: vec![asked.0, current.0, now.0, earlier.0],
    })
}

fn lower_exits(answers: &Answers, before: Option<&Answers>) -> Option<Signal> {
    let (now, earlier) = (put(answers, &RATE_DYNAMIC)?, put(before?, &RATE_DYNAMIC)?);
    (earlier.0 - now.0 >= thresholds::LOWER_RATE).then(|| Signal {
        code: "lower_exits",
        lens: "resultats",
        at: At::once(&RATE_DYNAMIC.def.id),
        title: "L'objectif de sorties dynamiques baisse.",
        text: format!(
            "{} prévus, {} l'an dernier : {}.",
            percent(now),
            percent(earlier),
            points(earlier, now)
        ),
        how: "Taux prévus de ce dossier et du précédent.".to_owned(),
        figures: vec![now.0, earlier.0],
    })
}

/// Share of the people in a path who have the RSA.
fn brsa_share(answers: &Answers) -> Option<Hundredths> {
    let all = put(answers, &publics::BENEFICIARIES)?;
    let increased = put(answers, &publics::BRSA_INCREASED)?;
    money::percentage(increased + put(answers, &publics::BRSA_PLAIN)?, all)
}

fn fewer_brsa(answers: &Answers, before: Option<&Answers>) -> Option<Signal> {
    let (now, earlier) = (brsa_share(answers)?, brsa_share(before?)?);
    (earlier.0 - now.0 >= thresholds::LOWER_RATE).then(|| Signal {
        code: "fewer_brsa",
        lens: "territoire",
        at: At::once(&publics::BRSA_PLAIN.def.id),
        title: "La part des bénéficiaires du RSA baisse.",
        text: format!(
            "{} des salariés en parcours, {} l'an dernier : {}.",
            percent(now),
            percent(earlier),
            points(earlier, now)
        ),
        how: "RSA majoré et non majoré ÷ salariés en parcours dans l'année.".to_owned(),
        figures: vec![now.0, earlier.0],
    })
}

fn another_aid(answers: &Answers) -> Option<Signal> {
    let computed = moyens::total_amount(answers)?;
    let written = put_in(answers, &PRODUITS_FORECAST, "74_state_base")?;
    (gap_percent(computed, written)? > thresholds::OTHER_AID).then(|| Signal {
        code: "another_aid",
        lens: "budget",
        at: At::in_row(&PRODUITS_FORECAST.def.id, "74_state_base"),
        title: "L'aide au poste du budget n'est pas celle qui se calcule.",
        text: format!(
            "{} au budget, {} par le calcul : {}.",
            number::euros(written.0),
            number::euros(computed.0),
            signed(written.0 - computed.0, number::euros)
        ),
        how: "Ligne « État : aide au poste, montant socle » ; ETP demandés × montant socle. Sans part modulée."
            .to_owned(),
        figures: vec![written.0, computed.0],
    })
}

fn deficit(answers: &Answers) -> Option<Signal> {
    let line = crate::form::budget::lines::DEFICIT;
    let deficit = units(answers, &PRODUITS_FORECAST, line).filter(|cents| *cents > 0)?;
    Some(Signal {
        code: "deficit",
        lens: "budget",
        at: At::in_row(&PRODUITS_FORECAST.def.id, line),
        title: "Le budget s'équilibre par un déficit.",
        text: format!("{} de déficit prévu.", number::euros(Cents(deficit).0)),
        how: "Ligne « Déficit » des produits prévus.".to_owned(),
        figures: vec![deficit],
    })
}

#[cfg(test)]
mod tests {
    use super::of_request as signals;
    use crate::reading::{Lens, tests::with};

    fn codes(now: &[(&str, &str)], before: &[(&str, &str)]) -> Vec<&'static str> {
        let found = signals(&with(now), Some(&with(before)));
        for signal in &found {
            let lens = Lens::of(signal.lens).expect(signal.code);
            let place = crate::form::CONVENTIONNEMENT.place(&signal.at.field).expect(signal.code);
            assert!(lens.holds(&place.section.id, &place.group.id), "{}", signal.code);
        }
        found.into_iter().map(|signal| signal.code).collect()
    }

    #[test]
    fn each_signal_has_its_threshold() {
        let calm = [("moyens.etp_requested", "12,60")];
        let calm = |more: &[(&'static str, &'static str)]| [calm.as_slice(), more].concat();
        assert_eq!(codes(&calm(&[]), &[]), [] as [&str; 0]);
        assert_eq!(codes(&[], &[]), ["posts_not_worked"]);
        assert_eq!(codes(&[("moyens.etp_realized_prev", "11,40")], &[]), [] as [&str; 0]);

        let staff = "moyens.staff.etp#supervision_total";
        let worked = ("moyens.etp_realized_prev", "12");
        assert_eq!(codes(&[worked, (staff, "3")], &[(staff, "3")]), ["same_supervision"]);
        assert_eq!(codes(&[worked, (staff, "3,01")], &[(staff, "3")]), [] as [&str; 0]);

        let rate = "objectifs.rate_dynamic";
        assert_eq!(codes(&calm(&[]), &[(rate, "63,33")]), ["lower_exits"]);
        assert_eq!(codes(&calm(&[]), &[(rate, "63,32")]), [] as [&str; 0]);

        let brsa = |n| {
            [
                ("publics.n_beneficiaries", "100"),
                ("publics.n_brsa_increased", "0"),
                ("publics.n_brsa_plain", n),
            ]
        };
        assert_eq!(codes(&calm(&brsa("40")), &brsa("45")), ["fewer_brsa"]);
        assert_eq!(codes(&calm(&brsa("41")), &brsa("45")), [] as [&str; 0]);

        let aid = "budget.produits.forecast#74_state_base";
        assert_eq!(codes(&calm(&[(aid, "301404,60")]), &[]), [] as [&str; 0]);
        assert_eq!(codes(&calm(&[(aid, "310000")]), &[]), ["another_aid"]);
        assert_eq!(codes(&calm(&[("budget.produits.forecast#deficit", "1")]), &[]), ["deficit"]);
    }

    #[test]
    fn a_signal_tells_its_figures_and_their_calculation() {
        let signal = signals(&with(&[]), None).remove(0);
        assert_eq!(
            signal.text,
            "ETP demandés +18,3\u{a0}%, postes occupés l'an dernier : 82,67\u{a0}%."
        );
        assert!(signal.how.starts_with("(14,20 − 12,00) ÷ 12,00 ; 9,92 ÷ 12,00."));
        assert_eq!(signal.print(), "1420 1200 992");
    }

    #[test]
    fn other_figures_make_another_signal_and_spelling_does_not() {
        let print =
            |worked| signals(&with(&[("moyens.etp_realized_prev", worked)]), None)[0].print();
        assert_eq!(print("9,92"), print("9,920"));
        assert_ne!(print("9,92"), print("9,91"));
    }
}
