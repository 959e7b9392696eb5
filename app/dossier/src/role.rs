//! Who people are, and how far they see.

use serde::{Deserialize, Serialize};

use crate::{
    id::{DossierId, StructureId},
    share::Part,
};

/// What a person is here for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the labels say who each one is")]
pub enum Role {
    SiaeMember,
    SiaeAdmin,
    DdetsAgent,
    DdetsSignatory,
    Dreets,
    Dgefp,
    DepartmentalCouncil,
    CommissionMember,
    FranceTravail,
    Asp,
    Facilitator,
    Guest,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 12] = [
        Self::SiaeMember,
        Self::SiaeAdmin,
        Self::DdetsAgent,
        Self::DdetsSignatory,
        Self::Dreets,
        Self::Dgefp,
        Self::DepartmentalCouncil,
        Self::CommissionMember,
        Self::FranceTravail,
        Self::Asp,
        Self::Facilitator,
        Self::Guest,
    ];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SiaeMember => "siae_member",
            Self::SiaeAdmin => "siae_admin",
            Self::DdetsAgent => "ddets_agent",
            Self::DdetsSignatory => "ddets_signatory",
            Self::Dreets => "dreets",
            Self::Dgefp => "dgefp",
            Self::DepartmentalCouncil => "departmental_council",
            Self::CommissionMember => "commission_member",
            Self::FranceTravail => "france_travail",
            Self::Asp => "asp",
            Self::Facilitator => "facilitator",
            Self::Guest => "guest",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SiaeMember => "Membre de la structure",
            Self::SiaeAdmin => "Responsable de la structure",
            Self::DdetsAgent => "Agent de la DDETS",
            Self::DdetsSignatory => "Signataire de la DDETS",
            Self::Dreets => "DREETS",
            Self::Dgefp => "DGEFP",
            Self::DepartmentalCouncil => "Conseil départemental",
            Self::CommissionMember => "Membre de la commission",
            Self::FranceTravail => "France Travail",
            Self::Asp => "Agence de services et de paiement",
            Self::Facilitator => "Animateur de laboratoire ouvert",
            Self::Guest => "Sur invitation",
        }
    }

    /// Whether this is somebody of a structure.
    pub const fn is_siae(self) -> bool {
        matches!(self, Self::SiaeMember | Self::SiaeAdmin)
    }

    /// Whether this is somebody who instructs dossiers.
    pub const fn instructs(self) -> bool {
        matches!(self, Self::DdetsAgent | Self::DdetsSignatory)
    }

    /// Whether this is somebody of the DGEFP, for the whole country.
    pub const fn is_dgefp(self) -> bool {
        matches!(self, Self::Dgefp)
    }

    /// How far this role sees: its structures, its départements, the country, or nothing. What a
    /// guest sees is said by what was given to them, not by the role.
    pub fn scope(self, structures: Vec<StructureId>, departments: Vec<String>) -> Scope {
        match self {
            Self::SiaeMember | Self::SiaeAdmin => Scope::Structures(structures),
            Self::Dgefp => Scope::National,
            Self::CommissionMember => Scope::Packs(departments),
            Self::Asp | Self::Facilitator | Self::Guest => Scope::Departments(Vec::new()),
            _ => Scope::Departments(departments),
        }
    }
}

/// How far a person sees. Every query over dossiers takes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The dossiers of these structures, drafts included.
    Structures(Vec<StructureId>),
    /// What was deposited in these départements.
    Departments(Vec<String>),
    /// What the commission of these départements is given to read for its sittings, and no dossier.
    Packs(Vec<String>),
    /// What was deposited anywhere.
    National,
    /// These steps of one dossier, while it is filled.
    Steps {
        /// The dossier.
        dossier: DossierId,
        /// The steps.
        sections: Vec<String>,
    },
}

impl Scope {
    /// Whether all that a structure of a département deposits is within.
    pub fn includes(&self, structure: &StructureId, department: &str) -> bool {
        match self {
            Self::Structures(structures) => structures.contains(structure),
            Self::Departments(departments) => departments.iter().any(|d| d == department),
            Self::National => true,
            Self::Packs(_) | Self::Steps { .. } => false,
        }
    }

    /// The part of this dossier of this structure that a person of this role and scope fills.
    pub fn part_of(
        &self,
        role: Role,
        dossier: &DossierId,
        structure: &StructureId,
    ) -> Option<Part> {
        match self {
            Self::Structures(structures) if role.is_siae() => {
                structures.contains(structure).then_some(Part::Whole)
            }
            Self::Steps { dossier: given, sections } if role == Role::Guest => {
                (given == dossier).then(|| Part::Steps(sections.clone()))
            }
            _ => None,
        }
    }
}

/// A region with its départements, by INSEE codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Territory {
    /// INSEE code of the region; empty for the collectivités without region.
    pub region: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its départements.
    pub departments: &'static [&'static str],
}

const fn territory(
    region: &'static str,
    name: &'static str,
    departments: &'static [&'static str],
) -> Territory {
    Territory { region, name, departments }
}

/// Every region. Source: INSEE, code officiel géographique.
pub const TERRITORIES: [Territory; 19] = [
    territory(
        "84",
        "Auvergne-Rhône-Alpes",
        &["01", "03", "07", "15", "26", "38", "42", "43", "63", "69", "73", "74"],
    ),
    territory("27", "Bourgogne-Franche-Comté", &["21", "25", "39", "58", "70", "71", "89", "90"]),
    territory("53", "Bretagne", &["22", "29", "35", "56"]),
    territory("24", "Centre-Val de Loire", &["18", "28", "36", "37", "41", "45"]),
    territory("94", "Corse", &["2A", "2B"]),
    territory("44", "Grand Est", &["08", "10", "51", "52", "54", "55", "57", "67", "68", "88"]),
    territory("32", "Hauts-de-France", &["02", "59", "60", "62", "80"]),
    territory("11", "Île-de-France", &["75", "77", "78", "91", "92", "93", "94", "95"]),
    territory("28", "Normandie", &["14", "27", "50", "61", "76"]),
    territory(
        "75",
        "Nouvelle-Aquitaine",
        &["16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87"],
    ),
    territory(
        "76",
        "Occitanie",
        &["09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"],
    ),
    territory("52", "Pays de la Loire", &["44", "49", "53", "72", "85"]),
    territory("93", "Provence-Alpes-Côte d'Azur", &["04", "05", "06", "13", "83", "84"]),
    territory("01", "Guadeloupe", &["971"]),
    territory("02", "Martinique", &["972"]),
    territory("03", "Guyane", &["973"]),
    territory("04", "La Réunion", &["974"]),
    territory("06", "Mayotte", &["976"]),
    territory(
        "",
        "Collectivités d'outre-mer",
        &["975", "977", "978", "984", "986", "987", "988", "989"],
    ),
];

/// The départements of a region; empty for an unknown code.
pub fn departments_of_region(region: &str) -> &'static [&'static str] {
    TERRITORIES
        .iter()
        .find(|territory| territory.region == region)
        .map_or(&[], |territory| territory.departments)
}

/// The region of a département.
pub fn region_of_department(department: &str) -> Option<&'static Territory> {
    TERRITORIES.iter().find(|territory| territory.departments.contains(&department))
}

/// Whether this is the code of a département.
pub fn is_department(code: &str) -> bool {
    region_of_department(code).is_some()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_read_back_and_are_those_of_the_wire() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.code());
        }
    }

    #[test]
    fn every_departement_has_one_region() {
        let all: Vec<&str> = TERRITORIES.iter().flat_map(|t| t.departments).copied().collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert_eq!(all.len(), 96 + 5 + 8);
        assert_eq!(departments_of_region("94"), ["2A", "2B"]);
        assert_eq!(region_of_department("58").map(|t| t.region), Some("27"));
    }

    #[test]
    fn a_scope_holds_what_it_names_and_nothing_else() {
        let (ours, theirs) = (StructureId::from("a"), StructureId::from("b"));
        let siae = Role::SiaeAdmin.scope(vec![ours.clone()], vec!["58".into()]);
        assert!(siae.includes(&ours, "75") && !siae.includes(&theirs, "58"));
        let agent = Role::DdetsAgent.scope(vec![ours.clone()], vec!["58".into()]);
        assert!(agent.includes(&theirs, "58") && !agent.includes(&ours, "75"));
        assert!(!Role::Asp.scope(vec![ours.clone()], vec!["58".into()]).includes(&ours, "58"));
        let member = Role::CommissionMember.scope(vec![ours.clone()], vec!["58".into()]);
        assert!(!member.includes(&ours, "58"), "packs, not dossiers");
        assert!(Role::Dgefp.scope(vec![], vec![]).includes(&ours, "75"));
    }

    #[test]
    fn members_fill_their_dossiers_guests_what_was_given_and_nobody_else_anything() {
        let (ours, dossier) = (StructureId::from("a"), DossierId::from("D"));
        let steps = || vec!["budget".to_owned()];
        let given = Scope::Steps { dossier: dossier.clone(), sections: steps() };
        for role in Role::ALL {
            let scope = role.scope(vec![ours.clone()], vec!["58".into()]);
            let whole = role.is_siae().then_some(Part::Whole);
            assert_eq!(scope.part_of(role, &dossier, &ours), whole, "{role:?}");
            assert_eq!(scope.part_of(role, &dossier, &"b".into()), None, "{role:?}");
            let guest = (role == Role::Guest).then(|| Part::Steps(steps()));
            assert_eq!(given.part_of(role, &dossier, &ours), guest, "{role:?}");
            assert_eq!(given.part_of(role, &"E".into(), &ours), None, "{role:?}");
        }
        assert!(!given.includes(&ours, "58"), "a guest sees no deposit");
    }
}
