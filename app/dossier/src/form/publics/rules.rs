//! Rules of the step "Publics accueillis".

use form::{Answers, Field, Problem, number};

use super::{
    AAH, ASE, ASS, BENEFICIARIES, BRSA_INCREASED, BRSA_PLAIN, DELD, DETENTION, DETLD,
    FROM_26_TO_49, FROM_DEPARTMENT, FROM_FRANCE_TRAVAIL, FROM_MISSION_LOCALE, FROM_OTHERS, HOUSING,
    LEVEL_BAC, LEVEL_BELOW_CAP, LEVEL_CAP, MOBILITY, OVER_50, QPV, REFUGEES, RQTH, SINGLE_PARENTS,
    UNDER_26, WOMEN, ZFRR,
};
use crate::{
    form::read::{broken, put},
    sentence::Sentence,
};

const ABOVE_TOTAL: Sentence = Sentence {
    code: "publics.above_total",
    text: "Ce nombre ({0}) dépasse celui des salariés en parcours ({1}). Vérifiez les deux.",
};
/// Said in the yearly report too.
pub(in crate::form) const AGES_UNLIKE_TOTAL: Sentence = Sentence {
    code: "publics.ages_unlike_total",
    text: "Les trois tranches d'âge font {0} personnes, et vous en comptez {1}. Chaque personne entre dans une tranche\u{a0}: ajustez-les.",
};
/// Said in the yearly report too.
pub(in crate::form) const ORIGINS_UNLIKE_TOTAL: Sentence = Sentence {
    code: "publics.origins_unlike_total",
    text: "Les provenances font {0} personnes, et vous en comptez {1}. Chaque personne compte une fois\u{a0}: complétez la dernière ligne, ou ajustez les autres.",
};
/// Said in the yearly report too.
pub(in crate::form) const LEVELS_ABOVE_TOTAL: Sentence = Sentence {
    code: "publics.levels_above_total",
    text: "Les niveaux de formation font {0} personnes, et vous en comptez {1}. Chaque personne compte une fois au plus\u{a0}: réduisez-les.",
};
/// Said in the yearly report too.
pub(in crate::form) const RSA_ABOVE_TOTAL: Sentence = Sentence {
    code: "publics.rsa_above_total",
    text: "Les deux lignes du RSA font {0} personnes, et vous en comptez {1}. Une personne est sur une seule des deux\u{a0}: réduisez-les.",
};
/// Said in the yearly report too.
pub(in crate::form) const UNEMPLOYED_ABOVE_TOTAL: Sentence = Sentence {
    code: "publics.unemployed_above_total",
    text: "Les deux durées sans emploi font {0} personnes, et vous en comptez {1}. Une personne est sur une seule des deux\u{a0}: réduisez-les.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[
    ABOVE_TOTAL,
    AGES_UNLIKE_TOTAL,
    ORIGINS_UNLIKE_TOTAL,
    LEVELS_ABOVE_TOTAL,
    RSA_ABOVE_TOTAL,
    UNEMPLOYED_ABOVE_TOTAL,
];

/// Every count but the total.
const PARTS: &[&Field<i64>] = &[
    &WOMEN,
    &UNDER_26,
    &FROM_26_TO_49,
    &OVER_50,
    &BRSA_INCREASED,
    &BRSA_PLAIN,
    &ASS,
    &AAH,
    &RQTH,
    &DELD,
    &DETLD,
    &QPV,
    &ZFRR,
    &REFUGEES,
    &ASE,
    &DETENTION,
    &HOUSING,
    &SINGLE_PARENTS,
    &MOBILITY,
    &LEVEL_BELOW_CAP,
    &LEVEL_CAP,
    &LEVEL_BAC,
    &FROM_FRANCE_TRAVAIL,
    &FROM_MISSION_LOCALE,
    &FROM_DEPARTMENT,
    &FROM_OTHERS,
];

/// A partition of the people: its counts (the sentence stands at the last), its sentence, and
/// whether it counts everybody.
type Partition = (&'static [&'static Field<i64>], &'static Sentence, bool);

const PARTITIONS: &[Partition] = &[
    (&[&UNDER_26, &FROM_26_TO_49, &OVER_50], &AGES_UNLIKE_TOTAL, true),
    (
        &[&FROM_FRANCE_TRAVAIL, &FROM_MISSION_LOCALE, &FROM_DEPARTMENT, &FROM_OTHERS],
        &ORIGINS_UNLIKE_TOTAL,
        true,
    ),
    (&[&LEVEL_BELOW_CAP, &LEVEL_CAP, &LEVEL_BAC], &LEVELS_ABOVE_TOTAL, false),
    (&[&BRSA_INCREASED, &BRSA_PLAIN], &RSA_ABOVE_TOTAL, false),
    (&[&DELD, &DETLD], &UNEMPLOYED_ABOVE_TOTAL, false),
];

/// No count is above the number of people; ages and origins add up to it, and the other
/// partitions stay within it. One mistake is said once: a partition is silent when one of its
/// counts is above the total.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(total) = put(answers, &BENEFICIARIES) else {
        return;
    };
    let shown = |n: i64| vec![number::display_scaled(n, 0), number::display_scaled(total, 0)];
    for part in PARTS {
        if let Some(count) = put(answers, part).filter(|count| *count > total) {
            problems.push(broken(part, &ABOVE_TOTAL, shown(count)));
        }
    }
    for (parts, sentence, everybody) in PARTITIONS {
        let counts = parts.iter().map(|part| put(answers, part));
        if let (Some(sum), Some(last)) = (unlike_total(counts, total, *everybody), parts.last()) {
            problems.push(broken(last, sentence, shown(sum)));
        }
    }
}

/// Sum of the counts of a partition when it is above the total, or unlike it where everybody
/// counts. `None` while a count lacks, or is by itself above the total.
pub(in crate::form) fn unlike_total(
    counts: impl Iterator<Item = Option<i64>>,
    total: i64,
    everybody: bool,
) -> Option<i64> {
    let counts = counts.collect::<Option<Vec<i64>>>()?;
    let sum: i64 = counts.iter().sum();
    let wrong = sum > total || everybody && sum < total;
    (wrong && counts.iter().all(|count| *count <= total)).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{Case, table};

    const READY: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("publics.n_beneficiaries", "22"),
        ("publics.n_women", "22"),
        ("publics.n_under26", "5"),
        ("publics.n_26_49", "10"),
        ("publics.n_over50", "7"),
        ("publics.n_brsa_increased", "4"),
        ("publics.n_brsa_plain", "8"),
        ("publics.n_deld", "10"),
        ("publics.n_detld", "12"),
        ("publics.n_level_below_cap", "10"),
        ("publics.n_level_cap", "6"),
        ("publics.n_level_bac", "2"),
        ("publics.n_from_france_travail", "12"),
        ("publics.n_from_mission_locale", "4"),
        ("publics.n_from_department", "4"),
        ("publics.n_from_others", "2"),
    ];

    #[test]
    fn each_rule_speaks_of_its_own_mistake() {
        let cases: &[Case] = &[
            (&[], &[]),
            (&[("publics.n_women", "23")], &["publics.above_total @publics.n_women"]),
            (&[("publics.n_mobility", "23")], &["publics.above_total @publics.n_mobility"]),
            (&[("publics.n_over50", "8")], &["publics.ages_unlike_total @publics.n_over50"]),
            (&[("publics.n_under26", "4")], &["publics.ages_unlike_total @publics.n_over50"]),
            (
                &[("publics.n_from_others", "1")],
                &["publics.origins_unlike_total @publics.n_from_others"],
            ),
            (&[("publics.n_level_bac", "7")], &["publics.levels_above_total @publics.n_level_bac"]),
            (
                &[("publics.n_brsa_increased", "15")],
                &["publics.rsa_above_total @publics.n_brsa_plain"],
            ),
            (&[("publics.n_deld", "11")], &["publics.unemployed_above_total @publics.n_detld"]),
            (&[("publics.n_over50", "")], &[]),
            (&[("publics.n_women", "99"), ("demande.request_kind", "renewal")], &[]),
        ];
        table(rules, READY, cases);
    }
}
