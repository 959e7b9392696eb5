//! Help to propose the part modulée: from 0 to 10 % of the montant socle, on three criteria (arrêtés of
//! 2014 to 2016). Their weights are those of the instruction DGEFP 2014-2 (public 35 %, efforts 40 %,
//! results 25 %); the bounds between which a figure counts are ours, to begin with. Both are typed over
//! at will, and what comes out is a proposal to discuss, never a rank.

use form::{Answers, Hundredths, number};
use serde::{Deserialize, Serialize};

use crate::{
    annex::{MOST_MODULATED, PRISON_MODULATED},
    form::{
        demande::PERIMETER,
        moyens::staff::ETP,
        objectifs::PREVIOUS_REALIZED,
        publics::{AAH, ASS, BENEFICIARIES, BRSA_INCREASED, BRSA_PLAIN},
        read::{put, units},
    },
    money,
};

/// What is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Characteristics of the people who were hired.
    Publics,
    /// Actions and means of insertion.
    Efforts,
    /// Results at the exit.
    Results,
}

impl Criterion {
    /// The three, in the order of the texts.
    pub const ALL: [Self; 3] = [Self::Publics, Self::Efforts, Self::Results];

    /// Stable code, in what is posted.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Publics => "publics",
            Self::Efforts => "efforts",
            Self::Results => "resultats",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Publics => "Personnes accueillies",
            Self::Efforts => "Efforts d'insertion",
            Self::Results => "Résultats à la sortie",
        }
    }

    /// What its figure is.
    pub const fn measures(self) -> &'static str {
        match self {
            Self::Publics => {
                "allocataires du RSA, de l'ASS ou de l'AAH parmi les salariés en parcours"
            }
            Self::Efforts => "ETP d'encadrement et d'accompagnement pour 100 ETP en insertion",
            Self::Results => "sorties dynamiques réalisées l'an dernier",
        }
    }

    /// Weight of the instruction, and bounds to begin with: percents.
    const fn usual(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Publics => ("35", "20", "80"),
            Self::Efforts => ("40", "5", "25"),
            Self::Results => ("25", "20", "60"),
        }
    }

    /// Its figure in a request, in percent.
    pub fn figure(self, answers: &Answers) -> Option<Hundredths> {
        match self {
            Self::Publics => {
                let all = put(answers, &BENEFICIARIES)?;
                let helped = [&BRSA_INCREASED, &BRSA_PLAIN, &ASS, &AAH];
                let helped = helped.map(|count| put(answers, count).unwrap_or_default());
                money::percentage(helped.into_iter().sum(), all)
            }
            Self::Efforts => {
                let etp = |line| units(answers, &ETP, line);
                money::percentage(etp("supervision_total")?, etp("insertion")?)
            }
            Self::Results => put(answers, &PREVIOUS_REALIZED),
        }
    }
}

/// How one criterion counts, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weigh {
    /// Part of the whole, in percent.
    pub weight: String,
    /// At this figure and under, it counts for nothing.
    pub low: String,
    /// At this figure and over, it counts in full.
    pub high: String,
}

/// How the three count, in the order of [`Criterion::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weighing {
    /// One each.
    pub criteria: [Weigh; 3],
}

impl Default for Weighing {
    fn default() -> Self {
        let criteria = Criterion::ALL.map(|criterion| {
            let (weight, low, high) = criterion.usual();
            Weigh { weight: weight.to_owned(), low: low.to_owned(), high: high.to_owned() }
        });
        Self { criteria }
    }
}

/// A hundred percent, in hundredths.
const HUNDRED: i64 = 10_000;

/// One criterion, weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub criterion: Criterion,
    /// Its figure, when the request has it.
    pub figure: Option<Hundredths>,
    /// What it gives of the part modulée, in percent of the montant socle.
    pub gives: Option<Hundredths>,
}

/// What the calculation comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// In prison the part modulée does not vary.
    Fixed(Hundredths),
    /// The weights or the bounds do not read: the sentence says what to do.
    Unread(&'static str),
    /// The lines, and their sum when every figure is there.
    Weighed(Vec<Line>, Option<Hundredths>),
}

impl Weighing {
    /// Every text of it.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        self.criteria.iter_mut().flat_map(|one| {
            let Weigh { weight, low, high } = one;
            [weight, low, high]
        })
    }

    /// What it proposes for a request.
    pub fn proposal(&self, answers: &Answers) -> Proposal {
        if answers.get(&PERIMETER).as_deref() == Some("MP") {
            return Proposal::Fixed(PRISON_MODULATED);
        }
        let read = |text: &String| {
            let value = number::parse_scaled(text, 2).ok();
            value.filter(|value| (0..=HUNDRED).contains(value))
        };
        let rules: Option<Vec<_>> = self
            .criteria
            .iter()
            .map(|one| Some((read(&one.weight)?, read(&one.low)?, read(&one.high)?)))
            .collect();
        let Some(rules) = rules else {
            return Proposal::Unread("Écrivez les poids et les bornes en chiffres, de 0 à 100.");
        };
        if rules.iter().map(|(weight, ..)| weight).sum::<i64>() != HUNDRED {
            return Proposal::Unread("La somme des trois poids fait 100.");
        }
        if rules.iter().any(|(_, low, high)| low >= high) {
            return Proposal::Unread("La borne basse est sous la borne haute.");
        }
        let lines =
            Criterion::ALL.into_iter().zip(rules).map(|(criterion, (weight, low, high))| {
                let figure = criterion.figure(answers);
                let gives = figure.map(|figure| {
                    let share = i128::from(figure.0.clamp(low, high) - low);
                    let whole = i128::from(MOST_MODULATED.0) * i128::from(weight);
                    Hundredths(money::divide(whole * share, i128::from(HUNDRED * (high - low))))
                });
                Line { criterion, figure, gives }
            });
        let lines: Vec<_> = lines.collect();
        let sum = lines.iter().map(|line| line.gives.map(|gives| gives.0)).sum::<Option<i64>>();
        Proposal::Weighed(lines, sum.map(|sum| Hundredths(sum.min(MOST_MODULATED.0))))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::read::tests::answers;

    const YEAR: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.siae_kind", "ACI"),
        ("publics.n_beneficiaries", "40"),
        ("publics.n_brsa_plain", "16"),
        ("publics.n_brsa_increased", "2"),
        ("publics.n_ass", "2"),
        ("moyens.staff.etp#supervision_total", "3"),
        ("moyens.staff.etp#insertion", "20"),
        ("objectifs.rate_dynamic_realized_prev", "50"),
    ];

    #[test]
    fn the_weights_of_the_instruction_give_a_proposal_with_its_terms() {
        let Proposal::Weighed(lines, sum) = Weighing::default().proposal(&answers(YEAR)) else {
            panic!("it reads")
        };
        let told: Vec<_> =
            lines.iter().map(|line| (line.figure.unwrap().0, line.gives.unwrap().0)).collect();
        // Half of 3,5 %, half of 4 %, three quarters of 2,5 %.
        assert_eq!(told, [(50_00, 1_75), (15_00, 2_00), (50_00, 1_88)]);
        assert_eq!(sum, Some(Hundredths(5_63)));
    }

    #[test]
    fn a_figure_that_is_missing_leaves_the_sum_open() {
        let without: Vec<_> =
            YEAR.iter().filter(|(at, _)| !at.starts_with("publics")).copied().collect();
        let Proposal::Weighed(lines, sum) = Weighing::default().proposal(&answers(&without)) else {
            panic!("it reads")
        };
        assert_eq!((lines[0].gives, sum), (None, None));
        assert!(lines[1].gives.is_some());
    }

    #[test]
    fn in_prison_nothing_is_weighed() {
        let more: Vec<_> = YEAR.iter().chain(&[("demande.perimeter", "MP")]).copied().collect();
        assert_eq!(
            Weighing::default().proposal(&answers(&more)),
            Proposal::Fixed(Hundredths(5_00))
        );
    }

    #[test]
    fn what_does_not_read_is_said() {
        let with = |change: fn(&mut Weighing)| {
            let mut weighing = Weighing::default();
            change(&mut weighing);
            weighing.proposal(&answers(YEAR))
        };
        assert!(matches!(with(|all| all.criteria[0].weight = "x".into()), Proposal::Unread(_)));
        for weight in ["34", "36"] {
            let mut weighing = Weighing::default();
            weighing.criteria[0].weight = weight.to_owned();
            let proposal = weighing.proposal(&answers(YEAR));
            assert!(matches!(proposal, Proposal::Unread(_)), "{weight}");
        }
        assert!(matches!(with(|all| all.criteria[1].low = "25".into()), Proposal::Unread(_)));
        assert!(matches!(with(|all| all.criteria[2].high = "101".into()), Proposal::Unread(_)));
    }

    proptest! {
        #[test]
        fn never_under_nothing_nor_over_ten_percent_and_more_is_never_worth_less(
            weights in (0..=100_i64).prop_flat_map(|first| (Just(first), 0..=100 - first)),
            bounds in proptest::array::uniform3((0..100_i64, 1..=100_i64)),
            worked in 0..=100_i64,
        ) {
            let (first, second) = weights;
            let mut weighing = Weighing::default();
            for (one, (weight, (low, more))) in weighing.criteria.iter_mut()
                .zip([first, second, 100 - first - second].into_iter().zip(bounds))
            {
                one.weight = weight.to_string();
                one.low = low.to_string();
                one.high = (low + more).min(100).to_string();
            }
            let of = |rate: i64| {
                let mut said = answers(YEAR);
                said.set(form::At::parse("objectifs.rate_dynamic_realized_prev"), rate.to_string());
                match weighing.proposal(&said) {
                    Proposal::Weighed(_, sum) => sum.unwrap().0,
                    other => panic!("{other:?}"),
                }
            };
            prop_assert!((0..=10_00).contains(&of(worked)));
            prop_assert!(of(worked) >= of(0));
            prop_assert!(of(100) >= of(worked));
        }
    }
}
