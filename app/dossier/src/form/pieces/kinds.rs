//! Pieces of one kind of structure.

use form::{Group, fields};

use super::piece;
use crate::form::asked::{FOR_ACI, FOR_AI, FOR_EI, FOR_EITI, FOR_ETTI, IN_1R, IN_1RA, IN_PRISON};

piece!(MARKET, MARKET_FILE, "ei_market_note", IN_1R, FOR_EI, ESSENTIAL;
    "Note sur le marché et la non-concurrence",
    "Une page : vos clients, vos prix, et les entreprises du même métier autour de vous.",
    "");
piece!(CDI, CDI_FILE, "ei_cdi_agreement", IN_1RA, FOR_EI, POSSIBLE;
    "Accord pour dépasser le plafond de CDI inclusion",
    "La décision du préfet, ou votre demande. Seulement si le CDI inclusion dépasse 20 % de vos ETP.",
    "Code du travail, article D. 5132-10-5-2.");
piece!(GUARANTEE, GUARANTEE_FILE, "etti_guarantee", IN_1R, FOR_ETTI, ESSENTIAL;
    "Garantie financière du travail temporaire",
    "L'attestation de votre banque, de votre assurance ou de votre caisse de garantie.",
    "");
piece!(AGENCY, AGENCY_FILE, "etti_declaration", IN_1R, FOR_ETTI, ESSENTIAL;
    "Déclaration de l'agence de travail temporaire",
    "Une par agence.",
    "");
piece!(EXCLUSIVE, EXCLUSIVE_FILE, "etti_exclusive", IN_1R, FOR_ETTI, ESSENTIAL;
    "Preuve de l'activité exclusive d'insertion",
    "Par exemple l'article des statuts qui le dit.",
    "Code du travail, article R. 5132-10-7.");
piece!(COOPERATION, COOPERATION_FILE, "ai_cooperation", IN_1R, FOR_AI, ESSENTIAL;
    "Convention de coopération avec France Travail",
    "Celle en cours.",
    "Code du travail, article R. 5132-17.");
piece!(OPENING, OPENING_FILE, "ai_opening", IN_1R, FOR_AI, ESSENTIAL;
    "Horaires de permanence",
    "Les jours et heures d'ouverture de chaque lieu.",
    "Code du travail, article R. 5132-12.");
piece!(CLIENTS, CLIENTS_FILE, "ai_clients", IN_1R, FOR_AI, ESSENTIAL;
    "Liste des donneurs d'ordre types",
    "Les catégories de clients, sans nom de particulier.",
    "");
piece!(WORKSHOPS, WORKSHOPS_FILE, "aci_workshops", IN_1R, FOR_ACI, ESSENTIAL;
    "Liste et fiche de chaque atelier ou chantier",
    "Lieu, durée, activité, postes et encadrants.",
    "Code du travail, article R. 5132-28.");
piece!(CAOM, CAOM_FILE, "aci_caom", IN_1RA, FOR_ACI, POSSIBLE;
    "Convention avec le conseil départemental (CAOM)",
    "La convention annuelle d'objectifs et de moyens, ou son projet.",
    "Code du travail, article L. 5132-3-1.");
piece!(RESOLUTION, RESOLUTION_FILE, "aci_resolution", IN_1R, FOR_ACI, POSSIBLE;
    "Délibération de la collectivité porteuse",
    "Si l'ACI est porté par une commune, un CCAS ou une autre collectivité.",
    "");
piece!(PRISON, PRISON_FILE, "prison_contract", IN_1R, IN_PRISON, ESSENTIAL;
    "Contrat d'implantation en établissement pénitentiaire",
    "Signé avec l'établissement.",
    "");
piece!(TI, TI_FILE, "eiti_agreements", IN_1R, FOR_EITI, ESSENTIAL;
    "Accords types avec les travailleurs indépendants",
    "Le modèle que vous signez avec eux.",
    "");
piece!(PLATFORM, PLATFORM_FILE, "eiti_platform", IN_1R, FOR_EITI, ESSENTIAL;
    "Présentation de la plateforme utilisée",
    "Ce qu'elle fait et qui la tient.",
    "");
piece!(SPECIFICATION, SPECIFICATION_FILE, "eiti_specification", IN_1R, FOR_EITI, ESSENTIAL;
    "Engagement sur le cahier des charges des EITI",
    "Daté et signé.",
    "Arrêté du 2 janvier 2025.");

/// Entreprise d'insertion.
pub const FOR_EI_ONLY: Group = Group::new("pieces.ei", "Entreprise d'insertion")
    .when(FOR_EI)
    .holding(fields![MARKET, MARKET_FILE, CDI, CDI_FILE]);

/// Entreprise de travail temporaire d'insertion.
pub const FOR_ETTI_ONLY: Group =
    Group::new("pieces.etti", "Entreprise de travail temporaire d'insertion")
        .when(FOR_ETTI)
        .holding(fields![
            GUARANTEE,
            GUARANTEE_FILE,
            AGENCY,
            AGENCY_FILE,
            EXCLUSIVE,
            EXCLUSIVE_FILE
        ]);

/// Association intermédiaire.
pub const FOR_AI_ONLY: Group = Group::new("pieces.ai", "Association intermédiaire")
    .when(FOR_AI)
    .holding(fields![COOPERATION, COOPERATION_FILE, OPENING, OPENING_FILE, CLIENTS, CLIENTS_FILE]);

/// Atelier et chantier d'insertion.
pub const FOR_ACI_ONLY: Group = Group::new("pieces.aci", "Atelier et chantier d'insertion")
    .when(FOR_ACI)
    .holding(fields![WORKSHOPS, WORKSHOPS_FILE, CAOM, CAOM_FILE, RESOLUTION, RESOLUTION_FILE]);

/// Milieu pénitentiaire.
pub const FOR_PRISON_ONLY: Group = Group::new("pieces.prison", "Milieu pénitentiaire")
    .when(IN_PRISON)
    .holding(fields![PRISON, PRISON_FILE]);

/// Entreprise d'insertion par le travail indépendant.
pub const FOR_EITI_ONLY: Group =
    Group::new("pieces.eiti", "Entreprise d'insertion par le travail indépendant")
        .when(FOR_EITI)
        .holding(fields![TI, TI_FILE, PLATFORM, PLATFORM_FILE, SPECIFICATION, SPECIFICATION_FILE]);
