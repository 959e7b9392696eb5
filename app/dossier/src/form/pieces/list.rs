//! Pieces of every structure.

use form::{Cond, Group, fields};

use super::piece;
use crate::form::asked::{IN_1R, IN_1RA, IN_A};

const ALL: Cond = Cond::Always;

piece!(STATUTES, STATUTES_FILE, "statutes", IN_1R, ALL, ESSENTIAL;
    "Statuts, et récépissé ou extrait Kbis",
    "Pour une association : les statuts et le récépissé de déclaration. Pour une société : un extrait Kbis.",
    "Les statuts disent qui porte la structure, et pour quoi faire. Code du travail, article L. 5132-4, et article R. 5132-28 pour les ateliers et chantiers.");
piece!(OFFICERS, OFFICERS_FILE, "officers", IN_1R, ALL, ESSENTIAL;
    "Liste des dirigeants",
    "Les personnes élues ou nommées, avec leur fonction.",
    "");
piece!(BANK, BANK_FILE, "bank_details", IN_1R, ALL, ESSENTIAL;
    "Relevé d'identité bancaire (RIB)",
    "Au nom exact de la structure : un autre titulaire ferait rejeter le paiement.",
    "L'ASP verse l'aide sur ce compte.");
piece!(BUDGET, BUDGET_FILE, "budget", IN_1R, ALL, POSSIBLE;
    "Budget prévisionnel détaillé",
    "Seulement si vous avez un document plus détaillé que l'étape « Budget prévisionnel ».",
    "La convention présente les moyens financiers du projet. Code du travail, article R. 5132-2 (2°).");
piece!(ACCOUNTS, ACCOUNTS_FILE, "accounts", IN_1RA, ALL, YEARLY;
    "Comptes de l'année passée",
    "Bilan, compte de résultat, et rapport du commissaire aux comptes si vous en avez un. Une structure nouvelle choisit « Ne me concerne pas ».",
    "Code du travail, article R. 5132-3.");
piece!(URSSAF, URSSAF_FILE, "urssaf", IN_1RA, ALL, YEARLY;
    "Attestation de vigilance de l'Urssaf",
    "Elle se télécharge sur votre compte Urssaf. Une structure encore sans salarié choisit « Ne me concerne pas ».",
    "");
piece!(TAX, TAX_FILE, "tax", IN_1RA, ALL, YEARLY;
    "Attestation de régularité fiscale",
    "Elle se télécharge dans votre espace professionnel sur impots.gouv.fr.",
    "");
piece!(ORG_CHART, ORG_CHART_FILE, "org_chart", IN_1R, ALL, ESSENTIAL;
    "Organigramme",
    "Les fonctions suffisent, sans nom de personne.",
    "");
piece!(PROJECT, PROJECT_FILE, "project", IN_1R, ALL, POSSIBLE;
    "Projet d'insertion signé",
    "Le document complet, s'il existe à part de ce dossier.",
    "");
piece!(TERRITORY, TERRITORY_FILE, "territory_note", IN_1R, ALL, POSSIBLE;
    "Note d'opportunité territoriale",
    "Une ou deux pages : les besoins du territoire, et ce qui existe déjà.",
    "");
piece!(ACTIVITY, ACTIVITY_FILE, "activity_report", IN_A, ALL, YEARLY;
    "Rapport d'activité",
    "Celui présenté à votre assemblée générale ou à votre conseil.",
    "Code du travail, article R. 5132-3.");
piece!(UPDATE, UPDATE_FILE, "project_update", IN_A, ALL, POSSIBLE;
    "Mise à jour du projet d'insertion",
    "Seulement si le projet a changé depuis la convention.",
    "");

/// Put to every structure.
pub const COMMON: Group =
    Group::new("pieces.common", "Pièces de la structure").when(IN_1RA).holding(fields![
        STATUTES,
        STATUTES_FILE,
        OFFICERS,
        OFFICERS_FILE,
        BANK,
        BANK_FILE,
        BUDGET,
        BUDGET_FILE,
        ACCOUNTS,
        ACCOUNTS_FILE,
        URSSAF,
        URSSAF_FILE,
        TAX,
        TAX_FILE,
        ORG_CHART,
        ORG_CHART_FILE,
        PROJECT,
        PROJECT_FILE,
        TERRITORY,
        TERRITORY_FILE
    ]);

/// Put in annual requests.
pub const ANNUAL: Group = Group::new("pieces.yearly", "Pièces de l'année")
    .when(IN_A)
    .holding(fields![ACTIVITY, ACTIVITY_FILE, UPDATE, UPDATE_FILE]);
