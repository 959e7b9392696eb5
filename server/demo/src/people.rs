//! The people of the story. Every one is invented.

use dossier::{id::AccountId, role::Role};

use crate::seed::{Seed, moment, ulid};

/// A person anybody may enter as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Persona {
    /// Name.
    pub name: &'static str,
    /// What the person does.
    pub title: &'static str,
    /// Address, of those nobody can own.
    pub email: &'static str,
    /// What the person is here for.
    pub role: Role,
    /// Structures, the first being that of an admin when the role says so.
    pub structures: &'static [&'static str],
    /// Départements of an agent.
    pub departments: &'static [&'static str],
}

const fn persona(
    name: &'static str,
    title: &'static str,
    email: &'static str,
    role: Role,
    structures: &'static [&'static str],
    departments: &'static [&'static str],
) -> Persona {
    Persona { name, title, email, role, structures, departments }
}

/// In the order of the entrance page: the structures first, then the State.
pub const PERSONAS: [Persona; 14] = [
    persona(
        "Inès Barbier",
        "Directrice",
        "ines.barbier@ateliers-valbrune.example",
        Role::SiaeAdmin,
        &["Les Ateliers de Valbrune"],
        &[],
    ),
    persona(
        "Karim Laouari",
        "Comptable",
        "karim.laouari@compta-partagee.example",
        Role::SiaeMember,
        &["Les Ateliers de Valbrune", "Jardins de la Nièvre haute", "Atelier du Canal"],
        &[],
    ),
    persona(
        "Hélène Le Goff",
        "Directrice",
        "helene.legoff@main-forte-cornouaille.example",
        Role::SiaeAdmin,
        &["Main-forte Cornouaille"],
        &[],
    ),
    persona(
        "Marc-Antoine Desroses",
        "Gérant",
        "marc-antoine@desroses-paysage.example",
        Role::SiaeAdmin,
        &["Desroses Paysage Insertion"],
        &[],
    ),
    persona(
        "Sonia Petit",
        "Directrice d'agence",
        "sonia.petit@passerelle-interim.example",
        Role::SiaeAdmin,
        &["Passerelle Intérim Bourgogne", "Passerelle Intérim Nivernais"],
        &[],
    ),
    persona(
        "Jules Moreau",
        "Président",
        "jules.moreau@independants-suzon.example",
        Role::SiaeAdmin,
        &["Indépendants du Suzon"],
        &[],
    ),
    persona(
        "Agnès Royer",
        "Instructrice, DDETS de la Nièvre",
        "agnes.royer@ddets-nievre.example",
        Role::DdetsAgent,
        &[],
        &["58"],
    ),
    persona(
        "Paul Vidal",
        "Signataire, DDETS de la Nièvre",
        "paul.vidal@ddets-nievre.example",
        Role::DdetsSignatory,
        &[],
        &["58"],
    ),
    persona(
        "Maëlle Kerdraon",
        "Instructrice, DDETS du Finistère",
        "maelle.kerdraon@ddets-finistere.example",
        Role::DdetsAgent,
        &[],
        &["29"],
    ),
    persona(
        "Thibault Carrel",
        "Chargé de mission, DREETS Bourgogne-Franche-Comté",
        "thibault.carrel@dreets-bfc.example",
        Role::Dreets,
        &[],
        &["21", "25", "39", "58", "70", "71", "89", "90"],
    ),
    persona(
        "Claire Fontaine",
        "Cheffe de projet, DGEFP",
        "claire.fontaine@dgefp.example",
        Role::Dgefp,
        &[],
        &[],
    ),
    persona(
        "Samir Keita",
        "Animateur des ateliers",
        "samir.keita@plateforme-inclusion.example",
        Role::Facilitator,
        &[],
        &[],
    ),
    persona(
        "Odile Rameau",
        "Conseillère départementale, membre de la commission",
        "odile.rameau@commission-nievre.example",
        Role::CommissionMember,
        &[],
        &["58"],
    ),
    persona(
        "Bruno Chassaing",
        "Chargé de mission insertion, conseil départemental de la Nièvre",
        "bruno.chassaing@cd-nievre.example",
        Role::DepartmentalCouncil,
        &[],
        &["58"],
    ),
];

/// The id of a persona: in the order of the list, since the entrance page sorts by id.
pub fn persona_id(rank: usize) -> AccountId {
    let rank = i64::try_from(rank).unwrap_or(0);
    ulid(moment(2024, 9, 1, 8, rank), "persona").into()
}

/// The id of the person who runs a structure without being a persona.
pub fn director_id(key: &str) -> AccountId {
    ulid(moment(2024, 9, 1, 12, 0), &format!("director {key}")).into()
}

/// The admin of a structure among the personas: rank and persona.
pub fn persona_of(structure: &str) -> Option<(usize, &'static Persona)> {
    PERSONAS
        .iter()
        .enumerate()
        .find(|(_, p)| p.role == Role::SiaeAdmin && p.structures.contains(&structure))
}

/// Who runs a structure, when a persona does.
pub fn director_of(structure: &str) -> Option<&'static str> {
    persona_of(structure).map(|(_, persona)| persona.name)
}

/// An invented name.
pub fn name(seed: &mut Seed) -> String {
    const FIRST: [&str; 20] = [
        "Adèle", "Bastien", "Camille", "Delphine", "Éric", "Fatou", "Gaëlle", "Hugo", "Isabelle",
        "Jérôme", "Leïla", "Martial", "Nadège", "Olivier", "Perrine", "Rachid", "Solène", "Tanguy",
        "Valérie", "Yannick",
    ];
    const LAST: [&str; 20] = [
        "Aubertin",
        "Beaulandais",
        "Carvenec",
        "Dumontois",
        "Estrebel",
        "Fauvillon",
        "Grandval",
        "Hauteroche",
        "Isambourg",
        "Jolivel",
        "Kervadou",
        "Lormeteau",
        "Montaldin",
        "Noirmaison",
        "Orvillard",
        "Pontcarral",
        "Quesnoyer",
        "Rocamadieu",
        "Saint-Estrel",
        "Tremblevif",
    ];
    let first = seed.pick(&FIRST).copied().unwrap_or(FIRST[0]);
    let last = seed.pick(&LAST).copied().unwrap_or(LAST[0]);
    format!("{first} {last}")
}
