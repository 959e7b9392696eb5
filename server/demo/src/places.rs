//! Communes of the four départements of the story, with their INSEE codes.

/// A commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: &'static str,
    /// With its preposition: "à Nevers", "au Lamentin".
    pub at: &'static str,
    /// INSEE code.
    pub insee: &'static str,
    /// Postcode.
    pub postcode: &'static str,
}

const fn place(
    name: &'static str,
    at: &'static str,
    insee: &'static str,
    postcode: &'static str,
) -> Place {
    Place { name, at, insee, postcode }
}

/// A département of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Department {
    /// "58".
    pub code: &'static str,
    /// INSEE code of the region.
    pub region: &'static str,
    /// "la Nièvre".
    pub name: &'static str,
    /// "dans la Nièvre".
    pub inside: &'static str,
    /// "Conseil départemental de la Nièvre".
    pub council: &'static str,
    /// Its communes.
    pub places: &'static [Place],
}

const NIEVRE: &[Place] = &[
    place("Nevers", "à Nevers", "58194", "58000"),
    place("Cosne-Cours-sur-Loire", "à Cosne-Cours-sur-Loire", "58086", "58200"),
    place("Decize", "à Decize", "58095", "58300"),
    place("Clamecy", "à Clamecy", "58079", "58500"),
    place("La Charité-sur-Loire", "à La Charité-sur-Loire", "58059", "58400"),
    place("Imphy", "à Imphy", "58134", "58160"),
    place("Varennes-Vauzelles", "à Varennes-Vauzelles", "58303", "58640"),
    place("Château-Chinon (Ville)", "à Château-Chinon", "58062", "58120"),
    place("Corbigny", "à Corbigny", "58083", "58800"),
    place("Fourchambault", "à Fourchambault", "58117", "58600"),
];

const COTE_D_OR: &[Place] = &[
    place("Dijon", "à Dijon", "21231", "21000"),
    place("Beaune", "à Beaune", "21054", "21200"),
    place("Chenôve", "à Chenôve", "21166", "21300"),
    place("Montbard", "à Montbard", "21425", "21500"),
    place("Châtillon-sur-Seine", "à Châtillon-sur-Seine", "21154", "21400"),
    place("Auxonne", "à Auxonne", "21038", "21130"),
    place("Semur-en-Auxois", "à Semur-en-Auxois", "21603", "21140"),
    place("Quetigny", "à Quetigny", "21515", "21800"),
];

const FINISTERE: &[Place] = &[
    place("Brest", "à Brest", "29019", "29200"),
    place("Quimper", "à Quimper", "29232", "29000"),
    place("Morlaix", "à Morlaix", "29151", "29600"),
    place("Landerneau", "à Landerneau", "29103", "29800"),
    place("Concarneau", "à Concarneau", "29039", "29900"),
    place("Douarnenez", "à Douarnenez", "29046", "29100"),
    place("Carhaix-Plouguer", "à Carhaix-Plouguer", "29024", "29270"),
    place("Quimperlé", "à Quimperlé", "29233", "29300"),
    place("Châteaulin", "à Châteaulin", "29026", "29150"),
];

const MARTINIQUE: &[Place] = &[
    place("Fort-de-France", "à Fort-de-France", "97209", "97200"),
    place("Le Lamentin", "au Lamentin", "97213", "97232"),
    place("Le Robert", "au Robert", "97222", "97231"),
    place("Sainte-Marie", "à Sainte-Marie", "97228", "97230"),
    place("Le François", "au François", "97210", "97240"),
    place("Ducos", "à Ducos", "97207", "97224"),
    place("Schœlcher", "à Schœlcher", "97229", "97233"),
    place("Rivière-Pilote", "à Rivière-Pilote", "97220", "97211"),
];

/// The départements of the story.
pub const DEPARTMENTS: [Department; 4] = [
    Department {
        code: "58",
        region: "27",
        name: "la Nièvre",
        inside: "dans la Nièvre",
        council: "Conseil départemental de la Nièvre",
        places: NIEVRE,
    },
    Department {
        code: "21",
        region: "27",
        name: "la Côte-d'Or",
        inside: "en Côte-d'Or",
        council: "Conseil départemental de la Côte-d'Or",
        places: COTE_D_OR,
    },
    Department {
        code: "29",
        region: "53",
        name: "le Finistère",
        inside: "dans le Finistère",
        council: "Conseil départemental du Finistère",
        places: FINISTERE,
    },
    Department {
        code: "972",
        region: "02",
        name: "la Martinique",
        inside: "en Martinique",
        council: "Collectivité territoriale de Martinique",
        places: MARTINIQUE,
    },
];

/// A département by its code; the first when it is not of the story.
pub fn department(code: &str) -> &'static Department {
    DEPARTMENTS.iter().find(|d| d.code == code).unwrap_or(&DEPARTMENTS[0])
}
