//! What is asked of one kind of structure only.

use form::{Carry, Cents, Choice, Date, Field, Hundredths, Table, choices, fields, sources, texts};

use crate::form::asked::{
    FOR_ACI, FOR_AI, FOR_EI, FOR_EITI, FOR_ETTI, IN_1R, IN_1RA, IN_PRISON, IN_RA,
};

/// Who may carry an atelier et chantier d'insertion.
const CARRIERS: &[Choice] = choices![
    "association" "Association",
    "ccas" "Centre communal ou intercommunal d'action sociale",
    "commune" "Commune",
    "epci" "Intercommunalité (EPCI)",
    "syndicat_mixte" "Syndicat mixte",
    "departement" "Département",
    "chambre_agriculture" "Chambre d'agriculture",
    "enseignement" "Établissement d'enseignement",
    "onf" "Office national des forêts"
];

/// Who carries the ateliers et chantiers.
pub static CARRIER_KIND: Field<String> =
    Field::one_of("activites.carrier_kind", "Nature du porteur", CARRIERS)
        .why("La loi dit qui peut porter un atelier ou un chantier d'insertion. Code du travail, article R. 5132-27.")
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Name of a workshop.
pub static WORKSHOP_NAME: Field<String> =
    Field::text("activites.workshops.name", "Nom de l'atelier ou du chantier", 120)
        .why("La convention décrit chaque atelier ou chantier\u{a0}: lieu, durée, activité, postes et encadrants. Code du travail, article R. 5132-28.")
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Object of a workshop.
pub static WORKSHOP_OBJECT: Field<String> = Field::text("activites.workshops.object", "Objet", 250)
    .hint("Ce qui est produit ou réalisé.")
    .asked(IN_1RA)
    .visible_when(FOR_ACI)
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// Activity a workshop belongs to.
pub static WORKSHOP_ACTIVITY: Field<String> =
    Field::text("activites.workshops.activity", "Activité", 120)
        .hint("Une des activités citées plus haut.")
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Where a workshop is.
pub static WORKSHOP_COMMUNE: Field<String> =
    Field::commune("activites.workshops.commune", "Commune (code Insee)")
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// First day of a workshop.
pub static WORKSHOP_START: Field<Date> = Field::date("activites.workshops.start", "Début")
    .hint("Le premier jour, même ancien si l'atelier continue.")
    .asked(IN_1RA)
    .visible_when(FOR_ACI)
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// Length of a workshop in the period.
pub static WORKSHOP_MONTHS: Field<i64> =
    Field::integer_from("activites.workshops.months", "Durée", 1, 36)
        .hint("Dans la période demandée.")
        .unit("mois")
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Insertion posts of a workshop.
pub static WORKSHOP_ETP: Field<Hundredths> =
    Field::decimal("activites.workshops.etp", "ETP d'insertion", 999_999)
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Supervisors of a workshop.
pub static WORKSHOP_SUPERVISORS: Field<Hundredths> =
    Field::decimal("activites.workshops.supervisors", "ETP d'encadrement", 999_999)
        .asked(IN_1RA)
        .visible_when(FOR_ACI)
        .carry(Carry::Confirm)
        .sources(sources![AspSupervision "", LastYear ""]);

/// The workshops.
pub const WORKSHOPS: Table = Table::new("activites.workshops", "atelier ou chantier")
    .columns(fields![
        WORKSHOP_NAME,
        WORKSHOP_OBJECT,
        WORKSHOP_ACTIVITY,
        WORKSHOP_COMMUNE,
        WORKSHOP_START,
        WORKSHOP_MONTHS,
        WORKSHOP_ETP,
        WORKSHOP_SUPERVISORS
    ])
    .rows(1, 60)
    .totals(texts!["activites.workshops.etp", "activites.workshops.supervisors"]);

/// Where an agency is.
pub static AGENCY_COMMUNE: Field<String> =
    Field::commune("activites.agencies.commune", "Commune (code Insee)")
        .why("Les agences et leurs permanents sont les moyens d'une entreprise de travail temporaire d'insertion. Code du travail, article R. 5132-10-7.")
        .asked(IN_1RA)
        .visible_when(FOR_ETTI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Permanent staff of an agency.
pub static AGENCY_STAFF: Field<Hundredths> =
    Field::decimal("activites.agencies.permanent_etp", "Permanents", 999_999)
        .hint("Ceux qui placent et accompagnent, en ETP sur l'année.")
        .unit("ETP")
        .asked(IN_1RA)
        .visible_when(FOR_ETTI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Turnover of the missions of an agency.
pub static AGENCY_TURNOVER: Field<Cents> =
    Field::money("activites.agencies.mission_turnover", "Chiffre d'affaires des missions")
        .hint("Du dernier exercice\u{a0}; prévu pour une agence nouvelle.")
        .asked(IN_1RA)
        .visible_when(FOR_ETTI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// The agencies.
pub const AGENCIES: Table = Table::new("activites.agencies", "agence")
    .columns(fields![AGENCY_COMMUNE, AGENCY_STAFF, AGENCY_TURNOVER])
    .rows(1, 60)
    .totals(texts!["activites.agencies.permanent_etp", "activites.agencies.mission_turnover"]);

/// Mission hours of last year.
pub static MISSION_HOURS: Field<Hundredths> =
    Field::decimal("activites.etp_mission_hours", "Heures de mission de l'an dernier", 999_999_999)
        .hint("Les heures travaillées en mission par les salariés en parcours.")
        .unit("h")
        .why("Les heures déclarées chaque mois à l'ASP servent à calculer les ETP.")
        .asked(IN_RA)
        .visible_when(FOR_ETTI)
        .sources(sources![AspMonthly "emi_nb_heures_travail"]);

/// Days a week the AI is open to people.
pub static PERMANENCE_DAYS: Field<Hundredths> =
    Field::decimal("activites.permanence_days", "Jours de permanence par semaine", 700)
        .hint("Une demi-journée compte 0,5.")
        .unit("jours")
        .why("Une association intermédiaire reçoit le public au moins trois jours par semaine. Code du travail, article R. 5132-12.")
        .asked(IN_1RA)
        .visible_when(FOR_AI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Hours of mise à disposition.
pub static DISPOSAL_HOURS: Field<Hundredths> =
    Field::decimal("activites.disposal_hours", "Heures de mise à disposition", 999_999_999)
        .hint("L'an dernier, chez tous les utilisateurs.")
        .unit("h")
        .why("La mise à disposition en entreprise est limitée en durée. Code du travail, articles L. 5132-9 et R. 5132-18.")
        .asked(IN_RA)
        .visible_when(FOR_AI)
        .sources(sources![AspMonthly "emi_nb_heures_travail"]);

/// Hours of mise à disposition at private persons.
pub static PRIVATE_HOURS: Field<Hundredths> =
    Field::decimal("activites.private_hours", "Dont heures chez des particuliers", 999_999_999)
        .unit("h")
        .asked(IN_RA)
        .visible_when(FOR_AI)
        .sources(sources![AspMonthly "emi_nb_heures_travail"]);

/// People above 480 hours at one user.
pub static OVER_480_HOURS: Field<i64> = Field::integer(
    "activites.over_480_hours",
    "Personnes au-delà de 480 heures chez un même utilisateur",
    9_999,
)
.hint("L'an dernier. Laissez vide si vous ne le suivez pas encore.")
.why("Au-delà de 480 heures, la mise à disposition n'est plus autorisée. Code du travail, articles L. 5132-9 et R. 5132-18.")
.asked(IN_RA)
.visible_when(FOR_AI)
.optional();

/// Platform of an EITI.
pub static PLATFORM: Field<String> = Field::text("activites.platform", "Plateforme utilisée", 120)
    .hint("Le site ou l'application qui met vos travailleurs en relation avec leurs clients.")
    .why("Elle montre comment vos travailleurs trouvent leurs clients.")
    .asked(IN_1RA)
    .visible_when(FOR_EITI)
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// Hours of independent work.
pub static INDEPENDENT_HOURS: Field<Hundredths> =
    Field::decimal("activites.ti_hours", "Heures des travailleurs indépendants", 999_999_999)
        .hint("L'an dernier, tous travailleurs réunis. Un ETP vaut 1\u{202f}505 heures.")
        .unit("h")
        .why("L'arrêté annuel sur l'aide au poste fixe la durée d'un ETP à 1\u{202f}505 heures.")
        .asked(IN_RA)
        .visible_when(FOR_EITI)
        .sources(sources![AspMonthly "emi_nb_heures_travail"]);

/// Prices and clients of an EI.
pub static PRICE_POLICY: Field<String> =
    Field::long_text("activites.price_policy", "Vos prix et vos clients", 1_500)
        .hint("À qui vous vendez, et comment vos prix se situent par rapport aux autres entreprises du secteur.")
        .why("La DDETS vérifie que l'aide ne fausse pas la concurrence.")
        .asked(IN_1RA)
        .required_when(IN_1R)
        .visible_when(FOR_EI)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// A prison.
pub static PRISON_NAME: Field<String> =
    Field::text("activites.prison_posts.establishment", "Établissement pénitentiaire", 120)
        .why("L'arrêté annuel sur l'aide au poste limite les postes à dix ETP par établissement.")
        .asked(IN_1RA)
        .visible_when(IN_PRISON)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Posts in a prison.
pub static PRISON_ETP: Field<Hundredths> =
    Field::decimal("activites.prison_posts.etp", "ETP d'insertion", 999_999)
        .asked(IN_1RA)
        .visible_when(IN_PRISON)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// The posts in prison.
pub const PRISON_POSTS: Table = Table::new("activites.prison_posts", "établissement")
    .columns(fields![PRISON_NAME, PRISON_ETP])
    .rows(1, 40)
    .totals(texts!["activites.prison_posts.etp"]);
