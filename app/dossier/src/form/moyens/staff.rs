//! Human means: the staff of last year, support functions, working time.

mod rules;

use form::{
    Answers, Carry, Cents, Field, Group, Hundredths, Line, Minutes, Table, all, fields, sources,
    texts,
};

use crate::{
    form::{
        asked::{FOR_EITI, IN_1RA, IN_A, IN_RA},
        read::units,
    },
    money,
};

pub use rules::{SENTENCES, rules};

/// People on each line.
pub static N: Field<i64> = Field::integer("moyens.staff.n", "Personnes", 99_999)
    .why("La structure rend compte de ses moyens humains. Code du travail, article R. 5132-3 (1°). L'ASP demande les mêmes nombres.")
    .asked(IN_RA)
    .optional()
    .carry(Carry::Beside)
    .sources(sources![AspAnnex ""]);

/// ETP on each line.
pub static ETP: Field<Hundredths> = Field::decimal("moyens.staff.etp", "ETP", 999_999)
    .hint("Un ETP est l'équivalent d'une personne à temps plein toute l'année.")
    .asked(IN_RA)
    .optional()
    .carry(Carry::Beside)
    .sources(sources![AspAnnex ""]);

/// Where the annexe of the ASP holds each line: line, column of people, column of ETP.
pub const STAFF_COLUMNS: &[(&str, &str, &str)] = &[
    (
        "technical",
        "af_nb_sal_perm_encadrement_tech_sal_insertion",
        "af_etp_perm_encadrement_tech_sal_insertion_annee_prec",
    ),
    ("support", "af_nb_sal_perm_acc_sociop", "af_etp_perm_acc_sociop_annee_prec"),
    (
        "supervision_total",
        "af_nb_sal_encadrement_tech_accomp_sociop",
        "af_etp_encadrement_tech_accomp_sociop_annee_prec",
    ),
    ("total", "af_nb_effectif_total_annee_prec", "af_etp_effectif_total_annee_prec"),
    (
        "insertion",
        "af_nb_pers_agrees_pole_emploi_iae_annee_prec",
        "af_etp_pers_agrees_pole_emploi_iae_annee_prec",
    ),
    ("non_salaried", "af_nb_trava_non_salaries", "af_etp_trava_non_salaries"),
    (
        "external",
        "af_nb_presta_ext_enca_tech_accomp_sociop_annee_prec",
        "af_etp_presta_ext_enca_tech_accomp_sociopa_annee_prec",
    ),
    (
        "independent",
        "af_eff_nb_trav_indep_agrees_pole_emploi_eiti_annee_prec",
        "af_eff_etp_trav_indep_agrees_pole_emploi_eiti_annee_prec",
    ),
];

/// Put to EITI once a year.
const INDEPENDENT: form::Cond = all![FOR_EITI, IN_A];

/// The lines of the grid.
pub const STAFF_LINES: &[Line] = &[
    Line::new("technical", "Encadrement technique"),
    Line::new("support", "Accompagnement socioprofessionnel"),
    Line::new("supervision_total", "Encadrement et accompagnement, total"),
    Line::new("total", "Effectif total"),
    Line::new("insertion", "Dont salariés en insertion").detail(),
    Line::new("non_salaried", "Travailleurs non salariés"),
    Line::new("external", "Prestataires externes"),
    Line::new("independent", "Travailleurs indépendants accompagnés").when(INDEPENDENT),
];

/// A support function.
pub static SUPPORT_ROLE: Field<String> = Field::text("moyens.support_staff.role", "Fonction", 120)
    .hint("Par exemple « direction » ou « comptabilité ». N'écrivez pas de nom.")
    .asked(IN_1RA)
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// Its time.
pub static SUPPORT_ETP: Field<Hundredths> =
    Field::decimal("moyens.support_staff.etp", "ETP", 99_999)
        .unit("ETP")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Weekly working time.
pub static COLLECTIVE_HOURS: Field<Minutes> =
    Field::hours("moyens.collective_hours", "Durée collective hebdomadaire", 60, 2_880)
        .hint("La durée de travail affichée pour tous, par exemple 35:00.")
        .why("L'ASP la demande pour calculer les heures des salariés en insertion.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_duree_collective_hebdo"]);

/// Training of the permanent staff.
pub static STAFF_TRAINING: Field<String> = Field::long_text(
    "moyens.staff_training",
    "Formation de vos permanents",
    1_500,
)
.hint("Ce que vos encadrants et accompagnants ont suivi ou vont suivre. Vous pouvez laisser vide.")
.asked(IN_A)
.optional()
.carry(Carry::Beside);

/// Its cost.
pub static STAFF_TRAINING_COST: Field<Cents> =
    Field::money("moyens.staff_training_cost", "Coût de ces formations")
        .asked(IN_A)
        .optional()
        .carry(Carry::Beside);

/// Permanent posts to fill.
pub static RECRUIT_FORECAST: Field<i64> =
    Field::integer("moyens.recruit_forecast", "Recrutements de permanents prévus", 9_999)
        .unit("personnes")
        .asked(IN_A)
        .optional();

/// The grid.
pub const GRID: Group = Group::new("moyens.people", "Moyens humains de l'année passée")
    .intro("L'ETP d'une ligne ne dépasse pas son nombre de personnes. Écrivez 0 quand il n'y a personne. Un ACI peut laisser vides les deux premières lignes.")
    .when(IN_RA)
    .table(Table::new("moyens.staff", "fonction").columns(fields![N, ETP]).lines(STAFF_LINES));

/// Support functions.
pub const SUPPORT: Group = Group::new("moyens.functions", "Fonctions support et direction")
    .intro("Direction, gestion, commercial : une ligne par fonction, sans nom de personne.")
    .when(IN_1RA)
    .table(
        Table::new("moyens.support_staff", "fonction")
            .columns(fields![SUPPORT_ROLE, SUPPORT_ETP])
            .rows(0, 40)
            .totals(texts!["moyens.support_staff.etp"]),
    );

/// Working time and training.
pub const WORKING_TIME: Group =
    Group::new("moyens.time", "Temps de travail et formation des permanents")
        .when(IN_1RA)
        .holding(fields![COLLECTIVE_HOURS, STAFF_TRAINING, STAFF_TRAINING_COST, RECRUIT_FORECAST]);

/// ETP of supervision and support for one ETP in insertion, in thousandths.
pub fn supervision_ratio(answers: &Answers) -> Option<i64> {
    let supervision = units(answers, &ETP, "supervision_total")?;
    let insertion = units(answers, &ETP, "insertion")?;
    let ratio = money::divide(i128::from(supervision) * 1_000, insertion.into());
    (insertion > 0).then_some(ratio)
}
