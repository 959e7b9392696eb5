//! 2° People hired and their contracts.

use form::{
    Answers, Field, Group, Hundredths, Line, Problem, Section, Table, fields, sources, texts,
};

use crate::{
    form::read::{broken, broken_in, units},
    sentence::Sentence,
};

/// People of the year.
pub static PEOPLE: Field<i64> =
    Field::integer("publics_realises.people_n", "Salariés en parcours dans l'année", 99_999)
        .unit("personnes")
        .hint("Chaque personne ayant travaillé au moins une heure dans l'année compte une fois.")
        .why("Caractéristiques des personnes embauchées. Code du travail, article R. 5132-3 (2°).")
        .sources(sources![AspPeople "hash_nir"]);

/// What was forecast.
pub static FORECAST: Field<i64> =
    Field::integer("publics_realises.public_table.forecast", "Prévu", 99_999)
        .optional()
        .carry(form::Carry::Fixed)
        .sources(sources![LastYear ""]);

/// What came true.
pub static REALIZED: Field<i64> =
    Field::integer("publics_realises.public_table.realized", "Réalisé", 99_999)
        .why("Code du travail, article R. 5132-3 (2°).")
        .sources(sources![AspPeople "", AspContracts ""]);

/// Contracts signed.
pub static CONTRACTS: Field<i64> =
    Field::integer("publics_realises.contracts.n", "Contrats dans l'année", 99_999)
        .optional()
        .why("Nature des contrats. Code du travail, article R. 5132-3 (2°).")
        .sources(sources![AspContracts ""]);

/// People who came in.
pub static ENTRIES: Field<i64> =
    Field::integer("publics_realises.entries_n", "Entrées dans l'année", 99_999)
        .unit("personnes")
        .sources(sources![AspContracts "contrat_date_embauche"]);

/// People who left.
pub static EXITS: Field<i64> =
    Field::integer("publics_realises.exits_n", "Sorties dans l'année", 99_999)
        .unit("personnes")
        .hint("Toutes les sorties, même après quelques jours.")
        .sources(sources![AspContracts "contrat_date_sortie_definitive"]);

/// Hours a week.
pub static WEEKLY_HOURS: Field<Hundredths> = Field::decimal(
    "publics_realises.avg_weekly_hours",
    "Durée moyenne de travail par semaine",
    4_800,
)
.unit("heures")
.sources(sources![AspContracts "contrat_duree_hebdo_travail"]);

/// Months of a path.
pub static PATH_MONTHS: Field<Hundredths> =
    Field::decimal("publics_realises.avg_path_months", "Durée moyenne d'un parcours", 12_000)
        .unit("mois")
        .sources(sources![AspContracts "contrat_date_embauche"]);

/// Who people are.
pub const PUBLIC_LINES: &[Line] = &[
    Line::new("women", "Femmes"),
    Line::new("under26", "Moins de 26 ans"),
    Line::new("26_49", "De 26 à 49 ans"),
    Line::new("over50", "50 ans et plus"),
    Line::new("brsa", "Bénéficiaires du RSA"),
    Line::new("ass", "Allocation de solidarité spécifique (ASS)"),
    Line::new("aah", "Allocation aux adultes handicapés (AAH)"),
    Line::new("rqth", "Travailleurs handicapés reconnus"),
    Line::new("deld", "Sans emploi depuis 12 à 23 mois"),
    Line::new("detld", "Sans emploi depuis 24 mois et plus"),
    Line::new("qpv", "Habitants d'un quartier prioritaire (QPV)"),
    Line::new("zfrr", "Habitants d'une zone rurale prioritaire (ZFRR)"),
    Line::new("refugee", "Réfugiés"),
    Line::new("ase", "Sortants de l'aide sociale à l'enfance"),
    Line::new("detention", "Sortants de détention"),
    Line::new("housing", "Sans logement stable"),
    Line::new("single_parent", "Parents isolés"),
    Line::new("mobility", "Sans moyen de transport"),
    Line::new("below_cap", "Niveau inférieur au CAP"),
    Line::new("cap_bep", "Niveau CAP ou BEP"),
    Line::new("bac", "Niveau bac et plus"),
];

/// Contracts.
pub const CONTRACT_LINES: &[Line] = &[
    Line::new("cddi", "CDD d'insertion"),
    Line::new("mission", "Contrats de mission"),
    Line::new("cdi_inclusion", "CDI inclusion"),
    Line::new("disposal", "Mises à disposition"),
    Line::new("bridge", "Contrats passerelles"),
    Line::new("cep", "Contrats d'engagement professionnel (travailleurs indépendants)"),
];

/// The step.
pub static SECTION: Section = Section::new("publics_realises", "Personnes accueillies")
    .intro("Qui a travaillé chez vous cette année, et avec quels contrats.")
    .groups(
        const {
            &[
                Group::new("publics_realises.all", "L'année en nombres").holding(fields![
                    PEOPLE,
                    ENTRIES,
                    EXITS,
                    WEEKLY_HOURS,
                    PATH_MONTHS
                ]),
                Group::new("publics_realises.who", "Caractéristiques des personnes")
                    .intro("Une personne peut compter sur plusieurs lignes. Écrivez 0 quand il n'y a personne.")
                    .table(
                        Table::new("publics_realises.public_table", "caractéristique")
                            .columns(fields![FORECAST, REALIZED])
                            .lines(PUBLIC_LINES),
                    ),
                Group::new("publics_realises.kinds", "Contrats")
                    .intro("Laissez vide ce qui ne vous concerne pas.")
                    .table(
                        Table::new("publics_realises.contracts", "contrat")
                            .columns(fields![CONTRACTS])
                            .lines(CONTRACT_LINES)
                            .totals(texts!["publics_realises.contracts.n"]),
                    ),
            ]
        },
    );

const OVER_TOTAL: Sentence = Sentence {
    code: "publics_realises.over_total",
    text: "« {0} » : {1} personnes, pour {2} salariés en parcours dans l'année. Corrigez l'un des deux nombres.",
};
const MOVES_OVER: Sentence = Sentence {
    code: "publics_realises.moves_over_total",
    text: "{0} personnes, pour {1} salariés en parcours dans l'année : il ne peut pas y en avoir plus. Corrigez l'un des deux nombres.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[OVER_TOTAL, MOVES_OVER];

/// Nothing exceeds the number of people.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let Some(people) = answers.get(&PEOPLE) else {
        return;
    };
    for line in PUBLIC_LINES {
        if let Some(n) = units(answers, &REALIZED, &line.id).filter(|n| *n > people) {
            let values = vec![line.label.to_string(), n.to_string(), people.to_string()];
            problems.push(broken_in(&REALIZED, &line.id, &OVER_TOTAL, values));
        }
    }
    for field in [&ENTRIES, &EXITS] {
        if let Some(n) = answers.get(field).filter(|n| *n > people) {
            let values = vec![n.to_string(), people.to_string()];
            problems.push(broken(field, &MOVES_OVER, values));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn nothing_exceeds_the_number_of_people() {
        table(
            rules,
            &[("publics_realises.people_n", "30")],
            &[
                (&[("publics_realises.public_table.realized#women", "30")], &[]),
                (
                    &[("publics_realises.public_table.realized#women", "31")],
                    &["publics_realises.over_total @publics_realises.public_table.realized#women"],
                ),
                (
                    &[("publics_realises.exits_n", "31")],
                    &["publics_realises.moves_over_total @publics_realises.exits_n"],
                ),
                (&[("publics_realises.people_n", ""), ("publics_realises.exits_n", "31")], &[]),
            ],
        );
    }
}
