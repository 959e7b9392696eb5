//! The table of what is kept how long. Durations without a text that fixes them are proposals, to be
//! confirmed by the ministry, and said to be so wherever they are shown.

use super::{Kind, Term};

/// How long something is kept, from when, why, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What.
    pub kind: Kind,
    /// What people read.
    pub what: &'static str,
    /// How long, unless the configuration says otherwise.
    pub term: Term,
    /// From when.
    pub since: &'static str,
    /// The text that it rests on.
    pub basis: &'static str,
    /// Whether the duration is a proposal that no text fixes.
    pub is_proposal: bool,
    /// What becomes of it.
    pub then: &'static str,
    /// Whether Trame does it; what it does not is only planned.
    pub is_done: bool,
}

/// Storage limitation.
const LIMITATION: &str = "RGPD, article 5, 1, e";

/// Every rule.
pub const RULES: [Rule; 8] = [
    Rule {
        kind: Kind::SignIns,
        what: "Connexions ouvertes ou commencées",
        term: Term::Days(1),
        since: "leur fin : douze heures sans activité, sept jours au plus",
        basis: LIMITATION,
        is_proposal: false,
        then: "Effacées",
        is_done: true,
    },
    Rule {
        kind: Kind::Mails,
        what: "Courriels envoyés ou abandonnés, annonces non dites",
        term: Term::Days(90),
        since: "leur envoi ou leur abandon ; le texte s'efface à l'envoi",
        basis: LIMITATION,
        is_proposal: true,
        then: "Effacés",
        is_done: true,
    },
    Rule {
        kind: Kind::Invitations,
        what: "Invitations utilisées, reprises ou passées",
        term: Term::Months(12),
        since: "leur usage, leur reprise ou leur fin",
        basis: LIMITATION,
        is_proposal: true,
        then: "Effacées",
        is_done: true,
    },
    Rule {
        kind: Kind::Readings,
        what: "Lectures des dossiers par l'administration",
        term: Term::Months(12),
        since: "le jour de la lecture, et pas avant la fin du dossier",
        basis: "CNIL, délibération 2021-122 du 14 octobre 2021 (journaux : six mois à un an)",
        is_proposal: true,
        then: "Effacées",
        is_done: true,
    },
    Rule {
        kind: Kind::Drafts,
        what: "Brouillons jamais déposés, leurs réponses et leurs documents",
        term: Term::Months(12),
        since: "la fin de la campagne, ou la dernière modification si elle est plus récente",
        basis: LIMITATION,
        is_proposal: true,
        then: "Effacés ; le journal, qui ne contient aucune réponse, reste",
        is_done: true,
    },
    Rule {
        kind: Kind::Accounts,
        what: "Comptes inutilisés",
        term: Term::Months(24),
        since: "la dernière connexion, et pas avant la fin des dossiers de la structure",
        basis: LIMITATION,
        is_proposal: true,
        then: "Fermés : adresse, mot de passe, rattachements effacés ; le nom ne reste que sur ce qui a été signé",
        is_done: true,
    },
    Rule {
        kind: Kind::Participants,
        what: "Pseudonymes et réponses des participants aux ateliers",
        term: Term::Months(12),
        since: "le jour de l'atelier",
        basis: LIMITATION,
        is_proposal: true,
        then: "Anonymisés : les remarques restent, sans pseudonyme",
        is_done: false,
    },
    Rule {
        kind: Kind::Deposits,
        what: "Dossiers déposés, leurs notes, leurs actes, leurs documents et leur journal",
        term: Term::Months(120),
        since: "la fin de la convention ou de la campagne, la plus tardive",
        basis: "Code du patrimoine, articles L. 212-2 et R. 212-14 : pas d'élimination sans le visa des archives",
        is_proposal: true,
        then: "Anonymisés : montants, ETP, type, département et année restent ; noms, coordonnées et textes s'effacent",
        is_done: false,
    },
];
