//! Step "Publics accueillis": whom the structure aims at, and whom it welcomed last year.

mod people;
pub(super) mod rules;

use form::{Group, Section, fields};

pub use people::{
    AAH, ASE, ASS, AVERAGE_PATH, BENEFICIARIES, BRSA_INCREASED, BRSA_PLAIN, COMMENT, DELD,
    DETENTION, DETLD, FROM_26_TO_49, FROM_DEPARTMENT, FROM_FRANCE_TRAVAIL, FROM_MISSION_LOCALE,
    FROM_OTHERS, HOUSING, LEVEL_BAC, LEVEL_BELOW_CAP, LEVEL_CAP, MOBILITY, OVER_50, QPV, REFUGEES,
    RQTH, SELF_PRESCRIPTION, SINGLE_PARENTS, TARGET_PUBLICS, UNDER_26, WOMEN, ZFRR,
};
pub use rules::{SENTENCES, rules};

use super::asked::{IN_1RA, IN_A};

/// The step.
pub static SECTION: Section = Section::new("publics", "Publics accueillis")
    .intro("Pour qui vous travaillez. Les nombres viennent de vos déclarations à l'ASP\u{a0}: confirmez-les, ou corrigez-les.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                Group::new("publics.aim", "Publics visés").holding(fields![TARGET_PUBLICS]),
                Group::new("publics.people", "Salariés en parcours").when(IN_A).holding(fields![
                    BENEFICIARIES,
                    WOMEN,
                    UNDER_26,
                    FROM_26_TO_49,
                    OVER_50
                ]),
                Group::new("publics.allowances", "Minima sociaux et handicap")
                    .when(IN_A)
                    .holding(fields![BRSA_INCREASED, BRSA_PLAIN, ASS, AAH, RQTH]),
                Group::new("publics.distance", "Chômage et lieu de vie")
                    .when(IN_A)
                    .holding(fields![DELD, DETLD, QPV, ZFRR]),
                Group::new("publics.criteria", "Autres critères").when(IN_A).holding(fields![
                    REFUGEES,
                    ASE,
                    DETENTION,
                    HOUSING,
                    SINGLE_PARENTS,
                    MOBILITY
                ]),
                Group::new("publics.levels", "Niveau de formation à l'entrée")
                    .when(IN_A)
                    .holding(fields![LEVEL_BELOW_CAP, LEVEL_CAP, LEVEL_BAC]),
                Group::new("publics.origin", "Qui vous les a adressés").when(IN_A).holding(
                    fields![
                        FROM_FRANCE_TRAVAIL,
                        FROM_MISSION_LOCALE,
                        FROM_DEPARTMENT,
                        FROM_OTHERS,
                        SELF_PRESCRIPTION
                    ],
                ),
                Group::new("publics.path", "Parcours")
                    .when(IN_A)
                    .holding(fields![AVERAGE_PATH, COMMENT]),
            ]
        },
    );
