//! Who the structure welcomes: the questions.

use form::{Carry, Choice, Field, Hundredths, choices, sources};

use crate::form::asked::{IN_1RA, IN_A};

/// People a structure may aim at.
const TARGETS: &[Choice] = choices![
    "deld" "Demandeurs d'emploi de longue durée (un à deux ans)",
    "detld" "Demandeurs d'emploi de très longue durée (plus de deux ans)",
    "brsa" "Bénéficiaires du RSA",
    "ass" "Allocataires de l'allocation de solidarité spécifique (ASS)",
    "aah" "Allocataires de l'allocation aux adultes handicapés (AAH)",
    "rqth" "Travailleurs handicapés (RQTH, obligation d'emploi)",
    "under26" "Jeunes de moins de 26 ans",
    "over50" "Personnes de 50 ans et plus",
    "ase" "Jeunes sortant de l'aide sociale à l'enfance",
    "refugee" "Personnes réfugiées ou protégées",
    "qpv_zfrr" "Habitants d'un quartier prioritaire (QPV) ou d'une zone France ruralités revitalisation (ZFRR)",
    "detention" "Personnes sortant de détention ou sous main de justice",
    "single_parent" "Parents isolés",
    "below_cap" "Personnes sans diplôme, en dessous du CAP"
];

/// Most people a count may say.
const MOST: i64 = 99_999;

/// Whom the structure aims at.
pub static TARGET_PUBLICS: Field<Vec<String>> =
    Field::many_of("publics.target_publics", "Publics que vous visez", TARGETS)
        .hint("Cochez ceux pour qui votre projet est pensé, même si vous en accueillez d'autres.")
        .why("La convention précise les publics que la structure embauche. Code du travail, article R. 5132-2, 1° b).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear "", AspContracts ""]);

/// Declares one count of people of the year: name, id, label, source.
macro_rules! count {
    ($(#[$doc:meta])* $name:ident, $id:literal, $label:literal, $sources:expr $(, $help:ident $text:literal)*) => {
        $(#[$doc])*
        pub static $name: Field<i64> =
            Field::integer(concat!("publics.", $id), $label, MOST)
                .asked(IN_A)
                .sources($sources)
                $(.$help($text))*;
    };
}

count!(
    /// People on a path in the year.
    BENEFICIARIES, "n_beneficiaries", "Salariés en parcours dans l'année",
    sources![AspMonthly "emi_pph_id", Computed ""],
    hint "Toutes les personnes qui ont travaillé au moins une heure, chacune comptée une fois.",
    why "Le bilan annuel décrit les personnes embauchées et leurs contrats. Code du travail, article R. 5132-3."
);
count!(
    /// Women among them.
    WOMEN, "n_women", "Dont femmes", sources![AspPeople "salarie_rci_libelle"]
);
count!(
    /// Younger than 26.
    UNDER_26, "n_under26", "Moins de 26 ans", sources![AspPeople "salarie_annee_naissance"],
    hint "L'âge est celui du jour d'entrée. Les trois tranches font le total."
);
count!(
    /// From 26 to 49.
    FROM_26_TO_49, "n_26_49", "De 26 à 49 ans", sources![AspPeople "salarie_annee_naissance"]
);
count!(
    /// 50 and above.
    OVER_50, "n_over50", "50 ans et plus", sources![AspPeople "salarie_annee_naissance"]
);
count!(
    /// RSA, increased.
    BRSA_INCREASED, "n_brsa_increased", "Bénéficiaires du RSA majoré",
    sources![AspContracts "contrat_salarie_rsa"],
    hint "Le RSA est majoré, pour une durée limitée, quand une personne vit seule avec un enfant à charge ou à naître.",
    why "Le département cofinance les postes tenus par des bénéficiaires du RSA. Code du travail, articles L. 5132-3-1 et R. 5132-3."
);
count!(
    /// RSA, not increased.
    BRSA_PLAIN, "n_brsa_plain", "Bénéficiaires du RSA non majoré",
    sources![AspContracts "contrat_salarie_rsa"]
);
count!(
    /// Allocation de solidarité spécifique.
    ASS, "n_ass", "Allocataires de l'ASS", sources![AspContracts "contrat_salarie_ass"]
);
count!(
    /// Allocation aux adultes handicapés.
    AAH, "n_aah", "Allocataires de l'AAH", sources![AspContracts "contrat_salarie_aah"]
);
count!(
    /// Disability recognised.
    RQTH, "n_rqth", "Travailleurs handicapés (RQTH ou obligation d'emploi)",
    sources![AspContracts "contrat_salarie_rqth", AspContracts "contrat_salarie_oeth"]
);
count!(
    /// Unemployed from 12 to 23 months.
    DELD, "n_deld", "Sans emploi depuis 12 à 23 mois", sources![AspContracts ""],
    hint "La durée est celle du jour d'entrée."
);
count!(
    /// Unemployed for 24 months or more.
    DETLD, "n_detld", "Sans emploi depuis 24 mois et plus", sources![AspContracts ""]
);
count!(
    /// Living in a quartier prioritaire.
    QPV, "n_qpv", "Habitants d'un quartier prioritaire (QPV)", sources![AspPeople "salarie_adr_qpv_type"]
);
count!(
    /// Living in a rural zone.
    ZFRR, "n_zfrr", "Habitants d'une zone France ruralités revitalisation (ZFRR)",
    sources![AspPeople "salarie_adr_is_zrr"]
);
count!(
    /// Refugees.
    REFUGEES, "n_refugee", "Personnes réfugiées ou protégées",
    sources![AspContracts "contrat_salarie_refugie"],
    hint "Une même personne peut compter sur plusieurs lignes.",
    why "Ce sont les critères qui ouvrent droit à un parcours. Ils viennent de vos déclarations à l'ASP."
);
count!(
    /// Leaving the aide sociale à l'enfance.
    ASE, "n_ase", "Jeunes sortant de l'aide sociale à l'enfance",
    sources![AspContracts "contrat_salarie_sortant_ase"]
);
count!(
    /// Leaving prison.
    DETENTION, "n_detention", "Personnes sortant de détention ou sous main de justice",
    sources![AspContracts "contrat_salarie_sortant_detention"]
);
count!(
    /// Without a stable home.
    HOUSING, "n_housing", "Sans hébergement ou en hébergement précaire",
    sources![AspContracts "contrat_salarie_hebergement"]
);
count!(
    /// Single parents.
    SINGLE_PARENTS, "n_single_parent", "Parents isolés",
    sources![AspContracts "contrat_salarie_parent_isole"]
);
count!(
    /// Hard to move around.
    MOBILITY, "n_mobility", "Avec une difficulté de mobilité",
    sources![AspContracts "contrat_salarie_mobilite"]
);
count!(
    /// Below the CAP.
    LEVEL_BELOW_CAP, "n_level_below_cap", "En dessous du CAP",
    sources![AspContracts "contrat_niveau_de_formation"],
    hint "Le plus haut niveau atteint au jour d'entrée.",
    why "Le bilan annuel décrit les personnes embauchées. Code du travail, article R. 5132-3."
);
count!(
    /// CAP or BEP.
    LEVEL_CAP, "n_level_cap", "CAP ou BEP", sources![AspContracts "contrat_niveau_de_formation"]
);
count!(
    /// Baccalauréat and above.
    LEVEL_BAC, "n_level_bac", "Baccalauréat et plus",
    sources![AspContracts "contrat_niveau_de_formation"]
);
count!(
    /// Sent by France Travail.
    FROM_FRANCE_TRAVAIL, "n_from_france_travail", "France Travail",
    sources![AspContracts "contrat_orienteur_code"],
    hint "Chaque personne compte une fois\u{a0}: les quatre lignes font le total.",
    why "La provenance montre avec qui vous travaillez sur le territoire. Elle vient de vos déclarations à l'ASP."
);
count!(
    /// Sent by a mission locale.
    FROM_MISSION_LOCALE, "n_from_mission_locale", "Mission locale",
    sources![AspContracts "contrat_orienteur_code"]
);
count!(
    /// Sent by the département.
    FROM_DEPARTMENT, "n_from_department", "Département",
    sources![AspContracts "contrat_orienteur_code"]
);
count!(
    /// Sent by others, or come by themselves.
    FROM_OTHERS, "n_from_others", "Autres, et candidatures directes",
    sources![AspContracts "contrat_orienteur_code"]
);

/// Share of people whose eligibility the structure checked itself.
pub static SELF_PRESCRIPTION: Field<Hundredths> =
    Field::percent("publics.self_prescription_rate", "Taux d'auto-prescription")
        .hint("La part des embauches dont vous avez vérifié vous-mêmes l'éligibilité.")
        .why("Le taux vient du service Les emplois de l'inclusion\u{a0}; il aide à lire la coopération avec les prescripteurs.")
        .asked(IN_A)
        .sources(sources![Emplois ""]);

/// Mean length of a path.
pub static AVERAGE_PATH: Field<Hundredths> =
    Field::decimal("publics.avg_path_months", "Durée moyenne des parcours", 24_000)
        .hint("De l'entrée à la sortie, pour les personnes sorties dans l'année.")
        .unit("mois")
        .asked(IN_A)
        .sources(sources![AspContracts "contrat_date_embauche", Computed ""]);

/// What changed, in words.
pub static COMMENT: Field<String> =
    Field::long_text("publics.public_comment", "Ce qui a changé, et pourquoi", 2_000)
        .hint("Cinq à dix lignes. Par exemple\u{a0}: moins de jeunes depuis la fin d'un chantier.")
        .why("Les nombres ne disent pas tout. Le bilan annuel décrit les personnes embauchées\u{a0}: Code du travail, article R. 5132-3.")
        .asked(IN_A)
        .carry(Carry::Beside)
        .sources(sources![LastYear ""]);
