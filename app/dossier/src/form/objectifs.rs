//! Step "Objectifs négociés": exits forecast, rates, qualitative objectives.

mod rules;

use form::{Carry, Date, Field, Group, Hundredths, Section, Table, choices, fields, sources};

use super::asked::{IN_1RA, IN_RA};

pub use rules::{SENTENCES, rules};

/// The four axes of the project.
pub const AXES: &[form::Choice] = choices![
    "1" "Accueil et intégration au travail",
    "2" "Accompagnement social et professionnel",
    "3" "Formation des salariés",
    "4" "Activité économique et territoire"
];

/// Exits forecast.
pub static EXITS_FORECAST: Field<i64> =
    Field::integer("objectifs.exits_forecast", "Nombre de sorties prévues", 99_999)
        .unit("personnes")
        .hint("Combien de salariés en insertion termineront leur parcours pendant l'année.")
        .why("Les objectifs de sortie se négocient chaque année avec l'État. L'ASP demande les mêmes nombres.")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_nb_prev_sorties"]);

/// Lasting jobs.
pub static RATE_SUSTAINABLE: Field<Hundredths> = Field::percent(
    "objectifs.rate_sustainable",
    "Taux prévu : emploi durable",
)
.hint("CDI, contrat ou intérim de plus de six mois, fonction publique, création d'entreprise.")
.asked(IN_1RA)
.carry(Carry::Beside)
.sources(sources![AspAnnex "af_taux_prev_sorties_durable"]);

/// Jobs of transition.
pub static RATE_TRANSITION: Field<Hundredths> =
    Field::percent("objectifs.rate_transition", "Taux prévu : emploi de transition")
        .hint("Contrat ou intérim de moins de six mois, contrat aidé.")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_taux_prev_sorties_trans"]);

/// Positive exits.
pub static RATE_POSITIVE: Field<Hundredths> =
    Field::percent("objectifs.rate_positive", "Taux prévu : sorties positives")
        .hint("Formation qualifiante, ou suite du parcours dans une autre structure d'insertion.")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_taux_prev_sorties_positives"]);

/// Dynamic exits.
pub static RATE_DYNAMIC: Field<Hundredths> =
    Field::percent("objectifs.rate_dynamic", "Taux prévu : sorties dynamiques")
        .hint("La somme des trois taux ci-dessus.")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![Computed "", AspAnnex "af_taux_prev_sorties_dynamiques"]);

/// Dynamic rate negotiated last year.
pub static PREVIOUS_FORECAST: Field<Hundredths> = Field::percent(
    "objectifs.rate_dynamic_forecast_prev",
    "Sorties dynamiques prévues l'an dernier",
)
.asked(IN_RA)
.optional()
.carry(Carry::Fixed)
.sources(sources![LastYear "objectifs.rate_dynamic", AspAnnex "af_taux_prev_sorties_dynamiques"]);

/// Dynamic rate realised last year.
pub static PREVIOUS_REALIZED: Field<Hundredths> = Field::percent(
    "objectifs.rate_dynamic_realized_prev",
    "Sorties dynamiques réalisées l'an dernier",
)
.hint("Le taux de votre dernier bilan.")
.asked(IN_RA)
.optional()
.sources(sources![LastYear "", AspMonthly "emi_motif_sortie_id"]);

/// Why results fall short.
pub static GAP_EXPLANATION: Field<String> = Field::long_text(
    "objectifs.rate_gap_explanation",
    "Explication des résultats de l'an dernier",
    1_500,
)
.hint("Obligatoire si le résultat est plus de 10 points sous la prévision.")
.asked(IN_RA)
.optional();

/// Axis of an objective.
pub static OBJECTIVE_AXIS: Field<String> =
    Field::one_of("objectifs.qualitative_objectives.axis", "Axe", AXES)
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// The objective.
pub static OBJECTIVE: Field<String> =
    Field::text("objectifs.qualitative_objectives.objective", "Objectif", 200)
        .hint("Une action concrète : par exemple « former tous les nouveaux salariés à la sécurité ».")
        .why("Le dialogue de gestion fixe des objectifs pour chaque axe du projet. Instruction DGEFP 2014-2 du 5 février 2014.")
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// What is measured.
pub static OBJECTIVE_INDICATOR: Field<String> =
    Field::text("objectifs.qualitative_objectives.indicator", "Ce que vous mesurerez", 120)
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// What is aimed at.
pub static OBJECTIVE_TARGET: Field<String> =
    Field::text("objectifs.qualitative_objectives.target", "Résultat visé", 60)
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// When.
pub static OBJECTIVE_DUE: Field<Date> =
    Field::date("objectifs.qualitative_objectives.due", "Échéance")
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// A local indicator.
pub static LOCAL_LABEL: Field<String> =
    Field::text("objectifs.commitments_indicators.label", "Indicateur", 200)
        .asked(IN_RA)
        .carry(Carry::Beside);

/// How it is computed.
pub static LOCAL_FORMULA: Field<String> =
    Field::text("objectifs.commitments_indicators.formula", "Comment il se calcule", 200)
        .asked(IN_RA)
        .carry(Carry::Beside);

/// What is aimed at.
pub static LOCAL_TARGET: Field<String> =
    Field::text("objectifs.commitments_indicators.target", "Résultat visé", 60)
        .asked(IN_RA)
        .carry(Carry::Beside);

/// The step.
pub static SECTION: Section = Section::new("objectifs", "Objectifs négociés")
    .intro("Ce que vous visez pour l'année. Ces nombres se discutent ensuite avec l'État.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                Group::new("objectifs.exits", "Sorties prévues").when(IN_1RA).holding(fields![
                    EXITS_FORECAST,
                    RATE_SUSTAINABLE,
                    RATE_TRANSITION,
                    RATE_POSITIVE,
                    RATE_DYNAMIC
                ]),
                Group::new("objectifs.results", "Résultats de l'an dernier")
                    .when(IN_RA)
                    .holding(fields![PREVIOUS_FORECAST, PREVIOUS_REALIZED, GAP_EXPLANATION]),
                Group::new("objectifs.quality", "Objectifs par axe")
                    .intro("Un objectif au moins par axe pour une première demande ou un renouvellement.")
                    .when(IN_1RA)
                    .table(
                        Table::new("objectifs.qualitative_objectives", "objectif")
                            .columns(fields![
                                OBJECTIVE_AXIS,
                                OBJECTIVE,
                                OBJECTIVE_INDICATOR,
                                OBJECTIVE_TARGET,
                                OBJECTIVE_DUE
                            ])
                            .rows(1, 40),
                    ),
                Group::new("objectifs.local", "Indicateurs propres à votre département")
                    .intro("Seulement si votre convention en prévoit, huit au plus.")
                    .when(IN_RA)
                    .table(
                        Table::new("objectifs.commitments_indicators", "indicateur")
                            .columns(fields![LOCAL_LABEL, LOCAL_FORMULA, LOCAL_TARGET])
                            .rows(0, 8),
                    ),
            ]
        },
    );
