//! 6° Exits: by category, against what was forecast.

use form::{
    Answers, Carry, Field, Group, Hundredths, Line, Problem, Section, Table, fields, sources,
};

use super::publics;
use crate::{
    exits::{Category, Exits},
    form::read::{broken, units, want},
    sentence::Sentence,
};

/// Exits examined.
pub static OBSERVED: Field<i64> =
    Field::integer("sorties.observed_n", "Sorties examinées", 99_999)
        .unit("personnes")
        .hint("EI et ACI : les personnes restées plus de trois mois. AI et ETTI : celles qui ont fait au moins 150 heures. EITI : au moins une heure. Sans les sorties retirées (longue maladie, décès, déménagement).")
        .why("Résultats en matière de retour à l'emploi. Code du travail, article R. 5132-3 (6°).")
        .sources(sources![AspMonthly "emi_motif_sortie_id"]);

/// What was forecast.
pub static FORECAST: Field<Hundredths> = Field::percent("sorties.exits.forecast", "Taux prévu")
    .optional()
    .carry(Carry::Fixed)
    .sources(sources![LastYear "", AspAnnex ""]);

/// Where the rate forecast on each line is: line, question of the dossier, column of the annexe of
/// the ASP. The two other categories are not negotiated.
pub const FORECAST_COLUMNS: &[(&str, &str, &str)] = &[
    ("sustainable", "objectifs.rate_sustainable", "af_taux_prev_sorties_durable"),
    ("transition", "objectifs.rate_transition", "af_taux_prev_sorties_trans"),
    ("positive", "objectifs.rate_positive", "af_taux_prev_sorties_positives"),
];

/// What came true.
pub static REALIZED: Field<i64> = Field::integer("sorties.exits.realized", "Personnes", 99_999)
    .why(
        "Code du travail, article R. 5132-3 (6°). La catégorie est celle du motif déclaré à l'ASP.",
    )
    .sources(sources![AspMonthly "emi_motif_sortie_id", AspContracts "contrat_motif_sortie_code"]);

/// Why results differ.
pub static COMMENT: Field<String> =
    Field::long_text("sorties.exit_comment", "Explication des résultats", 1_500)
        .hint("Obligatoire si un taux s'écarte de plus de 10 points de la prévision.")
        .optional();

/// One line for each category of [`Category`].
pub const EXIT_LINES: &[Line] = &[
    Line::new("sustainable", "Emploi durable"),
    Line::new("transition", "Emploi de transition"),
    Line::new("positive", "Sortie positive"),
    Line::new("other", "Autre sortie"),
    Line::new("withdrawn", "Sortie retirée du calcul"),
];

/// The step.
pub static SECTION: Section = Section::new("sorties", "Sorties")
    .intro("Ce que sont devenues les personnes parties cette année.")
    .groups(
        const {
            &[
                Group::new("sorties.total", "Nombre de sorties").holding(fields![OBSERVED]),
                Group::new("sorties.categories", "Sorties par catégorie")
                    .intro("Les taux se calculent sur les sorties examinées. Écrivez 0 quand il n'y a personne.")
                    .table(
                        Table::new("sorties.exits", "catégorie")
                            .columns(fields![FORECAST, REALIZED])
                            .lines(EXIT_LINES),
                    ),
                Group::new("sorties.comment", "Vos explications").holding(fields![COMMENT]),
            ]
        },
    );

/// The exits of the report; `None` while a category is not filled.
pub fn exits(answers: &Answers) -> Option<Exits> {
    let of = |category: Category| units(answers, &REALIZED, category.code());
    Some(Exits {
        sustainable: of(Category::Sustainable)?,
        transition: of(Category::Transition)?,
        positive: of(Category::Positive)?,
        other: of(Category::Other)?,
        withdrawn: of(Category::Withdrawn)?,
    })
}

/// A gap larger than this, in hundredths of a point, is explained.
const GAP: i64 = 1_000;

const SUM_DIFFERS: Sentence = Sentence {
    code: "sorties.sum",
    text: "Les quatre premières catégories font {0} sorties, et vous en avez examiné {1}. Corrigez une catégorie ou le total.",
};
const OVER_EXITS: Sentence = Sentence {
    code: "sorties.over_exits",
    text: "{0} sorties examinées ou retirées, pour {1} sorties dans l'année. Vérifiez les deux nombres.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[SUM_DIFFERS, OVER_EXITS];

/// Categories make the exits examined, and wide gaps are explained.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(exits) = exits(answers) else { return };
    if let Some(observed) = answers.get(&OBSERVED).filter(|n| *n != exits.examined()) {
        let values = vec![exits.examined().to_string(), observed.to_string()];
        problems.push(broken(&OBSERVED, &SUM_DIFFERS, values));
    }
    let counted = exits.examined() + exits.withdrawn;
    if let Some(all) = answers.get(&publics::EXITS).filter(|all| counted > *all) {
        let values = vec![counted.to_string(), all.to_string()];
        problems.push(broken(&OBSERVED, &OVER_EXITS, values).as_warning());
    }
    let gap = |category: Category| {
        let forecast = units(answers, &FORECAST, category.code());
        forecast.zip(exits.rate(category)).map(|(forecast, rate)| (rate.0 - forecast).abs())
    };
    if Category::ALL.into_iter().filter_map(gap).any(|gap| gap > GAP) {
        want(answers, &COMMENT, "", problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn lines_are_the_categories() {
        for (line, category) in EXIT_LINES.iter().zip(Category::ALL) {
            assert_eq!(
                (line.id.as_ref(), line.label.as_ref()),
                (category.code(), category.label())
            );
        }
        assert_eq!(EXIT_LINES.len(), Category::ALL.len());
    }

    #[test]
    fn each_forecast_comes_from_its_own_rate() {
        for (line, question, column) in FORECAST_COLUMNS {
            assert!(EXIT_LINES.iter().any(|known| known.id == *line), "{line}");
            let place = crate::form::CONVENTIONNEMENT.place(question).unwrap();
            assert_eq!(*question, format!("objectifs.rate_{line}"));
            assert!(place.field.sources.iter().any(|source| source.key == *column), "{column}");
        }
    }

    #[test]
    fn categories_make_the_exits_examined() {
        table(
            rules,
            &[
                ("sorties.observed_n", "10"),
                ("sorties.exits.realized#sustainable", "3"),
                ("sorties.exits.realized#transition", "2"),
                ("sorties.exits.realized#positive", "1"),
                ("sorties.exits.realized#other", "4"),
                ("sorties.exits.realized#withdrawn", "2"),
            ],
            &[
                (&[("publics_realises.exits_n", "12")], &[]),
                (
                    &[("publics_realises.exits_n", "11")],
                    &["? sorties.over_exits @sorties.observed_n"],
                ),
                (&[("sorties.observed_n", "12")], &["sorties.sum @sorties.observed_n"]),
                (&[("sorties.exits.forecast#sustainable", "40")], &[]),
                (
                    &[("sorties.exits.forecast#sustainable", "40,01")],
                    &["missing @sorties.exit_comment"],
                ),
                (
                    &[("sorties.exits.forecast#sustainable", "19,99")],
                    &["missing @sorties.exit_comment"],
                ),
                (&[("sorties.exits.realized#other", ""), ("sorties.observed_n", "12")], &[]),
            ],
        );
    }
}
