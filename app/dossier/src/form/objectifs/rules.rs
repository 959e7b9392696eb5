//! Rates add up, exits are plausible, short results are explained, each axis has an objective.

use form::{Answers, At, Hundredths, Problem, number};

use super::{
    AXES, EXITS_FORECAST, GAP_EXPLANATION, OBJECTIVE_AXIS, PREVIOUS_FORECAST, PREVIOUS_REALIZED,
    RATE_DYNAMIC, RATE_POSITIVE, RATE_SUSTAINABLE, RATE_TRANSITION,
};
use crate::{
    exits,
    form::{
        asked::IN_1R,
        moyens,
        read::{broken, units, want},
    },
    sentence::Sentence,
};

/// Results this far below the forecast, in hundredths of a point, are explained.
const GAP: i64 = 1_000;

const DYNAMIC_DIFFERS: Sentence = Sentence {
    code: "objectifs.rate_dynamic",
    text: "Le taux de sorties dynamiques est {0} %, et les trois taux font {1} %. Écrivez {1}, ou corrigez l'un des trois.",
};
const DYNAMIC_OVER: Sentence = Sentence {
    code: "objectifs.rates_over",
    text: "Les trois taux de sortie font {0} % : le total ne peut pas dépasser 100 %. Baissez l'un des trois.",
};
const EXITS_OVER: Sentence = Sentence {
    code: "objectifs.exits_over_people",
    text: "Vous prévoyez {0} sorties, pour {1} salariés en insertion l'année passée. Vérifiez le nombre.",
};
const AXIS_WITHOUT: Sentence = Sentence {
    code: "objectifs.axis_without_objective",
    text: "L'axe « {0} » n'a pas encore d'objectif. Ajoutez-en un.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[DYNAMIC_DIFFERS, DYNAMIC_OVER, EXITS_OVER, AXIS_WITHOUT];

/// Rates add up, exits are plausible, short results are explained, each axis has an objective.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if !RATE_DYNAMIC.def.is_put(answers, "") {
        return;
    }
    rates(answers, problems);
    if let (Some(exits), Some(people)) =
        (answers.get(&EXITS_FORECAST), units(answers, &moyens::staff::N, "insertion"))
        && moyens::staff::N.def.is_put(answers, "")
        && exits > people
    {
        let values = vec![exits.to_string(), people.to_string()];
        problems.push(broken(&EXITS_FORECAST, &EXITS_OVER, values).as_warning());
    }
    if let (Some(forecast), Some(realized)) =
        (answers.get(&PREVIOUS_FORECAST), answers.get(&PREVIOUS_REALIZED))
        && realized.0 < forecast.0 - GAP
    {
        want(answers, &GAP_EXPLANATION, "", problems);
    }
    let rows = answers.added_rows("objectifs.qualitative_objectives");
    // Without any row, the table itself is missing one: said once.
    if IN_1R.holds(answers, "") && !rows.is_empty() {
        for axis in AXES {
            let of_axis = |row: &&str| answers.raw(&OBJECTIVE_AXIS.def.id, row) == axis.value;
            if !rows.iter().any(of_axis) {
                let at = At::once("objectifs.qualitative_objectives");
                problems.push(Problem::rule(at, AXIS_WITHOUT.code, vec![axis.label.to_string()]));
            }
        }
    }
}

fn rates(answers: &Answers, problems: &mut Vec<Problem>) {
    let (Some(sustainable), Some(transition), Some(positive)) = (
        answers.get(&RATE_SUSTAINABLE),
        answers.get(&RATE_TRANSITION),
        answers.get(&RATE_POSITIVE),
    ) else {
        return;
    };
    let sum = exits::rate_dynamic(sustainable, transition, positive);
    let shown = |rate: Hundredths| number::display_scaled(rate.0, 2);
    if sum.0 > 10_000 {
        problems.push(broken(&RATE_DYNAMIC, &DYNAMIC_OVER, vec![shown(sum)]));
    } else if let Some(dynamic) = answers.get(&RATE_DYNAMIC)
        && dynamic != sum
    {
        let values = vec![shown(dynamic), shown(sum)];
        problems.push(broken(&RATE_DYNAMIC, &DYNAMIC_DIFFERS, values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    const ANNUAL: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("objectifs.rate_sustainable", "25"),
        ("objectifs.rate_transition", "20"),
        ("objectifs.rate_positive", "15,5"),
        ("objectifs.rate_dynamic", "60,5"),
    ];

    #[test]
    fn objectives_are_plausible() {
        table(
            rules,
            ANNUAL,
            &[
                (&[], &[]),
                (
                    &[("objectifs.rate_dynamic", "60")],
                    &["objectifs.rate_dynamic @objectifs.rate_dynamic"],
                ),
                (
                    &[("objectifs.rate_transition", "60")],
                    &["objectifs.rates_over @objectifs.rate_dynamic"],
                ),
                (
                    &[("objectifs.exits_forecast", "9"), ("moyens.staff.n#insertion", "8")],
                    &["? objectifs.exits_over_people @objectifs.exits_forecast"],
                ),
                (
                    &[
                        ("objectifs.rate_dynamic_forecast_prev", "60"),
                        ("objectifs.rate_dynamic_realized_prev", "49,99"),
                    ],
                    &["missing @objectifs.rate_gap_explanation"],
                ),
                (
                    &[
                        ("objectifs.rate_dynamic_forecast_prev", "60"),
                        ("objectifs.rate_dynamic_realized_prev", "50"),
                    ],
                    &[],
                ),
                (&[("demande.request_kind", "amendment"), ("objectifs.rate_dynamic", "60")], &[]),
            ],
        );
    }

    #[test]
    fn each_axis_has_an_objective_in_a_convention() {
        let said = "objectifs.axis_without_objective @objectifs.qualitative_objectives";
        let row = ("objectifs.qualitative_objectives+a", "");
        let axis = ("objectifs.qualitative_objectives.axis#a", "2");
        table(
            rules,
            &[],
            &[
                (&[("demande.request_kind", "renewal"), row, axis], &[said, said, said]),
                (&[("demande.request_kind", "annual"), row, axis], &[]),
                (&[("demande.request_kind", "first")], &[]),
            ],
        );
    }
}
