//! 2° People hired and their contracts.

use form::{
    Answers, Field, Group, Hundredths, Line, Problem, Section, Table, fields, sources, texts,
};

use crate::{
    form::{
        asked::{FOR_AI, FOR_ETTI, IN_PRISON, WITH_BRIDGE, WITH_CDDI, WITH_CONTRACTS},
        publics::rules::{
            AGES_UNLIKE_TOTAL, LEVELS_ABOVE_TOTAL, ORIGINS_UNLIKE_TOTAL, RSA_ABOVE_TOTAL,
            UNEMPLOYED_ABOVE_TOTAL, unlike_total,
        },
        read::{broken, broken_in, units},
    },
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

/// Who people are and who sent them: the counts of the dossier.
pub const PUBLIC_LINES: &[Line] = &[
    Line::new("women", "Femmes"),
    Line::new("under26", "Moins de 26 ans"),
    Line::new("26_49", "De 26 à 49 ans"),
    Line::new("over50", "50 ans et plus"),
    Line::new("brsa_increased", "Bénéficiaires du RSA majoré"),
    Line::new("brsa_plain", "Bénéficiaires du RSA non majoré"),
    Line::new("ass", "Allocation de solidarité spécifique (ASS)"),
    Line::new("aah", "Allocation aux adultes handicapés (AAH)"),
    Line::new("rqth", "Travailleurs handicapés reconnus"),
    Line::new("deld", "Sans emploi depuis 12 à 23 mois"),
    Line::new("detld", "Sans emploi depuis 24 mois et plus"),
    Line::new("qpv", "Habitants d'un quartier prioritaire (QPV)"),
    Line::new("zfrr", "Habitants d'une zone France ruralités revitalisation (ZFRR)"),
    Line::new("refugee", "Réfugiés"),
    Line::new("ase", "Sortants de l'aide sociale à l'enfance"),
    Line::new("detention", "Sortants de détention"),
    Line::new("housing", "Sans logement stable"),
    Line::new("single_parent", "Parents isolés"),
    Line::new("mobility", "Avec une difficulté de mobilité"),
    Line::new("below_cap", "Niveau inférieur au CAP"),
    Line::new("cap_bep", "Niveau CAP ou BEP"),
    Line::new("bac", "Niveau bac et plus"),
    Line::new("from_france_travail", "Adressés par France Travail"),
    Line::new("from_mission_locale", "Adressés par une mission locale"),
    Line::new("from_department", "Adressés par le département"),
    Line::new("from_others", "Adressés par d'autres, et candidatures directes"),
];

/// Contracts, each for the kinds of structure that may sign it.
pub const CONTRACT_LINES: &[Line] = &[
    Line::new("cddi", "CDD d'insertion (CDDI)").when(WITH_CDDI),
    Line::new("mission", "Contrats de mission").when(FOR_ETTI),
    Line::new("cdi_inclusion", "CDI inclusion"),
    Line::new("disposal", "Mises à disposition").when(FOR_AI),
    Line::new("bridge", "Contrats passerelle").when(WITH_BRIDGE),
    Line::new("cep", "Contrats d'emploi pénitentiaire").when(IN_PRISON),
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
                    .when(WITH_CONTRACTS)
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

/// Every sentence of this step's own rules; those of partitions are in the dossier.
pub const SENTENCES: &[Sentence] = &[OVER_TOTAL, MOVES_OVER];

/// A partition of the people: its lines, its sentence, and whether it counts everybody.
type Partition = (&'static [&'static str], &'static Sentence, bool);

const PARTITIONS: &[Partition] = &[
    (&["under26", "26_49", "over50"], &AGES_UNLIKE_TOTAL, true),
    (
        &["from_france_travail", "from_mission_locale", "from_department", "from_others"],
        &ORIGINS_UNLIKE_TOTAL,
        true,
    ),
    (&["below_cap", "cap_bep", "bac"], &LEVELS_ABOVE_TOTAL, false),
    (&["brsa_increased", "brsa_plain"], &RSA_ABOVE_TOTAL, false),
    (&["deld", "detld"], &UNEMPLOYED_ABOVE_TOTAL, false),
];

/// Nothing exceeds the number of people; ages and origins add up to it, other partitions stay within.
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
    for (lines, sentence, everybody) in PARTITIONS {
        let counts = lines.iter().map(|line| units(answers, &REALIZED, line));
        if let (Some(sum), Some(last)) = (unlike_total(counts, people, *everybody), lines.last()) {
            let values = vec![sum.to_string(), people.to_string()];
            problems.push(broken_in(&REALIZED, last, sentence, values));
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
    use crate::form::read::tests::{answers, said, table};

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

    #[test]
    fn partitions_fit_the_number_of_people() {
        let lines = PARTITIONS.iter().flat_map(|(lines, ..)| lines.iter());
        for line in lines {
            assert!(PUBLIC_LINES.iter().any(|known| known.id == *line), "{line}");
        }
        let counts = |counts: &[(&'static str, &'static str)]| {
            let column = "publics_realises.public_table.realized";
            let places: Vec<(String, &str)> =
                counts.iter().map(|(line, n)| (format!("{column}#{line}"), *n)).collect();
            let mut pairs: Vec<(&str, &str)> =
                places.iter().map(|(place, n)| (place.as_str(), *n)).collect();
            pairs.push(("publics_realises.people_n", "30"));
            said(rules, &answers(&pairs))
        };
        let at = |code: &str, line: &str| {
            vec![format!("publics.{code} @publics_realises.public_table.realized#{line}")]
        };
        assert!(counts(&[("under26", "5"), ("26_49", "20"), ("over50", "5")]).is_empty());
        assert_eq!(
            counts(&[("under26", "5"), ("26_49", "20"), ("over50", "4")]),
            at("ages_unlike_total", "over50")
        );
        assert_eq!(
            counts(&[
                ("from_france_travail", "10"),
                ("from_mission_locale", "10"),
                ("from_department", "5"),
                ("from_others", "4"),
            ]),
            at("origins_unlike_total", "from_others")
        );
        assert!(counts(&[("below_cap", "10"), ("cap_bep", "10"), ("bac", "5")]).is_empty());
        assert_eq!(
            counts(&[("below_cap", "10"), ("cap_bep", "10"), ("bac", "11")]),
            at("levels_above_total", "bac")
        );
        assert_eq!(
            counts(&[("brsa_increased", "20"), ("brsa_plain", "11")]),
            at("rsa_above_total", "brsa_plain")
        );
        assert_eq!(
            counts(&[("deld", "20"), ("detld", "11")]),
            at("unemployed_above_total", "detld")
        );
    }

    #[test]
    fn each_kind_of_structure_has_its_own_contracts() {
        let lines = |kind, perimeter| {
            let filled = answers(&[("demande.siae_kind", kind), ("demande.perimeter", perimeter)]);
            let there = CONTRACT_LINES.iter().filter(|line| line.visible.holds(&filled, ""));
            there.map(|line| line.id.as_ref()).collect::<Vec<_>>()
        };
        assert_eq!(lines("EI", "DC"), ["cddi", "cdi_inclusion", "bridge"]);
        assert_eq!(lines("ACI", "MP"), ["cddi", "cdi_inclusion", "bridge", "cep"]);
        assert_eq!(lines("ETTI", "DC"), ["mission", "cdi_inclusion"]);
        assert_eq!(lines("AI", "DC"), ["cddi", "cdi_inclusion", "disposal"]);
        let eiti = answers(&[("demande.siae_kind", "EITI")]);
        let card = SECTION.groups.iter().find(|group| group.id == "publics_realises.kinds");
        assert!(card.is_some_and(|card| !card.visible.holds(&eiti, "")), "no work contract");
    }
}
