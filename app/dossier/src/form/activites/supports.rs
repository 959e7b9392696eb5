//! What people do and in which posts: the questions put to every kind of structure.

use form::{
    Carry, Cents, Choice, Field, Hundredths, Table, choices, fields, one_of, sources, texts,
};

use crate::form::{
    asked::{IN_1RA, IN_A, WITH_CONTRACTS},
    identification::NAF_SECTIONS,
};

/// Contracts of the IAE.
const CONTRACTS: &[Choice] = choices![
    "cddi" "CDD d'insertion (CDDI)",
    "cdi_inclusion" "CDI inclusion",
    "mission" "Contrat de mission",
    "cddu" "CDD d'usage en association intermédiaire",
    "cep" "Contrat d'emploi pénitentiaire",
    "passerelle" "Contrat passerelle"
];

/// Name of an activity.
pub static ACTIVITY_LABEL: Field<String> =
    Field::text("activites.activities.label", "Activité", 120)
        .hint("Par exemple\u{a0}: entretien d'espaces verts.")
        .why("La convention précise les activités de la structure. Code du travail, article R. 5132-2, 1° f).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear "", AspProcurement "mpu_sct_mt_recet"]);

/// Sector of an activity.
pub static ACTIVITY_SECTOR: Field<String> =
    Field::one_of("activites.activities.naf_section", "Secteur", NAF_SECTIONS)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What an activity is.
pub static ACTIVITY_DESCRIPTION: Field<String> =
    Field::long_text("activites.activities.description", "En quelques mots", 1_000)
        .hint("Ce que font les salariés, pour quels clients, et ce qu'ils y apprennent.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Share of an activity in the turnover.
pub static ACTIVITY_SHARE: Field<Hundredths> =
    Field::percent("activites.activities.share", "Part du chiffre d'affaires")
        .hint("L'ensemble des activités fait 100\u{a0}%. Pour un projet nouveau, une estimation.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// The activities.
pub const ACTIVITIES: Table = Table::new("activites.activities", "activité")
    .columns(fields![ACTIVITY_LABEL, ACTIVITY_SECTOR, ACTIVITY_DESCRIPTION, ACTIVITY_SHARE])
    .rows(1, 30)
    .totals(texts!["activites.activities.share"]);

/// Occupation of a post.
pub static POST_ROME: Field<String> = Field::rome("activites.posts.rome", "Code ROME")
    .hint("Une lettre et quatre chiffres, par exemple A1203.")
    .why("Les postes sont publiés sur Les emplois de l'inclusion avec ce code.")
    .asked(IN_1RA)
    .carry(Carry::Confirm)
    .sources(sources![Emplois "postes.rome"]);

/// Name of a post.
pub static POST_LABEL: Field<String> =
    Field::text("activites.posts.label", "Intitulé du poste", 120)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![Emplois "postes.appellation_modifiee"]);

/// How many posts.
pub static POST_COUNT: Field<i64> =
    Field::integer_from("activites.posts.count", "Nombre de postes", 1, 9_999)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![Emplois "postes.nombre_postes_ouverts"]);

/// ETP of these posts.
pub static POST_ETP: Field<Hundredths> = Field::decimal("activites.posts.etp", "ETP", 999_999)
    .hint("Sur l'année, pour l'ensemble de la ligne.")
    .asked(IN_1RA)
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// Where these posts are.
pub static POST_COMMUNE: Field<String> =
    Field::commune("activites.posts.commune", "Commune (code Insee)")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![Emplois "postes.lieu.code_insee"]);

/// Contract of these posts.
pub static POST_CONTRACT: Field<String> =
    Field::one_of("activites.posts.contract", "Contrat", CONTRACTS)
        .asked(IN_1RA)
        .visible_when(WITH_CONTRACTS)
        .carry(Carry::Confirm)
        .sources(sources![Emplois "postes.type_contrat"]);

/// The posts.
pub const POSTS: Table = Table::new("activites.posts", "poste")
    .columns(fields![POST_LABEL, POST_ROME, POST_COUNT, POST_ETP, POST_COMMUNE, POST_CONTRACT])
    .rows(1, 100)
    .totals(texts!["activites.posts.count", "activites.posts.etp"]);

/// Contracts in use.
pub static CONTRACT_TYPES: Field<Vec<String>> = Field::many_of(
    "activites.contract_types",
    "Contrats que vous proposez",
    CONTRACTS,
)
.hint("Cochez tous ceux que vous prévoyez d'utiliser dans la période.")
.why("Le CDI inclusion est limité à une part des ETP. Code du travail, article D. 5132-10-5-2.")
.asked(IN_1RA)
.visible_when(WITH_CONTRACTS)
.carry(Carry::Confirm)
.sources(sources![AspContracts "", LastYear ""]);

/// People to be hired.
pub static HIRING_FORECAST: Field<i64> =
    Field::integer("activites.hiring_forecast", "Entrées prévues dans l'année", 9_999)
        .hint("Le nombre de personnes que vous pensez embaucher en parcours.")
        .why("Il aide France Travail et les prescripteurs à vous orienter des candidats.")
        .asked(IN_A)
        .carry(Carry::Beside)
        .sources(sources![AspContracts "contrat_date_embauche", LastYear ""]);

/// Whether vacancies go to France Travail.
pub static VACANCIES_FT: Field<bool> =
    Field::yes_no("activites.vacancies_ft", "Déposez-vous vos offres à France Travail\u{a0}?")
        .hint("Les offres publiées sur Les emplois de l'inclusion peuvent lui être transmises.")
        .why("Le dépôt des offres est une obligation de la convention. Code du travail, article R. 5132-2, 5°.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![Emplois "", LastYear ""]);

/// How vacancies go to France Travail.
pub static VACANCIES_HOW: Field<String> =
    Field::text("activites.vacancies_how", "De quelle façon\u{a0}?", 300)
        .hint("Par exemple\u{a0}: sur Les emplois de l'inclusion, ou auprès de notre conseillère.")
        .asked(IN_1RA)
        .visible_when(one_of!("activites.vacancies_ft"; "oui"))
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Income from public contracts with social clauses.
pub static PROCUREMENT_INCOME: Field<Cents> =
    Field::money("activites.procurement_income", "Recettes de marchés avec clause d'insertion")
        .hint("Sur le dernier exercice, tous clients publics réunis. Zéro s'il n'y en a pas.")
        .why("L'extranet IAE de l'ASP demande les recettes de marchés publics.")
        .asked(IN_A)
        .visible_when(WITH_CONTRACTS)
        .carry(Carry::Beside)
        .sources(sources![AspProcurement "mpu_sct_mt_recet"]);

/// Whether the structure is on Le marché de l'inclusion.
pub static ON_MARKETPLACE: Field<bool> = Field::yes_no(
    "activites.on_marketplace",
    "Êtes-vous présents sur Le marché de l'inclusion\u{a0}?",
)
.asked(IN_A)
.visible_when(WITH_CONTRACTS)
.carry(Carry::Beside)
.sources(sources![Emplois "marche"]);

/// Immersions welcomed.
pub static IMMERSION_WELCOME: Field<i64> = Field::integer(
    "activites.immersion_welcome",
    "Immersions accueillies chez vous dans l'année",
    9_999,
)
.hint(
    "Le nombre de périodes de mise en situation en milieu professionnel (PMSMP) faites chez vous.",
)
.why("L'immersion est souvent le premier pas d'un parcours. Le nombre vient d'Immersion facilitée.")
.asked(IN_A)
.sources(sources![Immersion "numberOfConventions"]);

/// Whether the structure is listed for immersions.
pub static IMMERSION_LISTED: Field<bool> = Field::yes_no(
    "activites.immersion_listed",
    "Êtes-vous référencés sur Immersion facilitée\u{a0}?",
)
.asked(IN_A)
.sources(sources![Immersion "isReferenced"]);

/// Immersions of the structure's own people elsewhere.
pub static IMMERSION_OUTGOING: Field<i64> = Field::integer(
    "activites.immersion_outgoing",
    "Immersions de vos salariés ailleurs dans l'année",
    9_999,
)
.hint("Le nombre de PMSMP faites par vos salariés dans d'autres entreprises.")
.asked(IN_A)
.sources(sources![Immersion "signatories.beneficiaryCurrentEmployer.businessSiret"]);
