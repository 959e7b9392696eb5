//! Where an envelope lies: a region, or a département of it.

use crate::role::{TERRITORIES, Territory, region_of_department};

/// A region or a département, by INSEE codes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A region, "27".
    Region(String),
    /// A département, "58".
    Department(String),
}

impl Place {
    /// As addresses and tables say it: "R27", "D58".
    pub fn code(&self) -> String {
        match self {
            Self::Region(code) => format!("R{code}"),
            Self::Department(code) => format!("D{code}"),
        }
    }

    /// Reads back a code; `None` for a place that does not exist.
    pub fn from_code(code: &str) -> Option<Self> {
        let (level, code) = code.split_at_checked(1)?;
        match level {
            "R" => region(code).map(|_| Self::Region(code.to_owned())),
            "D" => region_of_department(code).map(|_| Self::Department(code.to_owned())),
            _ => None,
        }
    }

    /// The region: its own, or that of the département; none for the collectivités that have none.
    pub fn region(&self) -> Option<&'static Territory> {
        match self {
            Self::Region(code) => region(code),
            Self::Department(code) => {
                region_of_department(code).filter(|territory| !territory.region.is_empty())
            }
        }
    }

    /// The envelopes that share one regional envelope: by the code of the region, or of the
    /// département that has none.
    pub fn family(&self) -> String {
        self.region().map_or_else(|| self.code(), |region| format!("R{}", region.region))
    }

    /// Its départements.
    pub fn departments(&self) -> Vec<String> {
        match self {
            Self::Region(code) => region(code)
                .map(|region| region.departments.iter().map(|d| (*d).to_owned()).collect())
                .unwrap_or_default(),
            Self::Department(code) => vec![code.clone()],
        }
    }

    /// What people read: "Bourgogne-Franche-Comté", "Nièvre (58)".
    pub fn name(&self) -> String {
        match self {
            Self::Region(code) => region(code).map_or(code.as_str(), |one| one.name).to_owned(),
            Self::Department(code) => match department_name(code) {
                "" => code.clone(),
                name => format!("{name} ({code})"),
            },
        }
    }
}

/// Regions that have a code, by name.
pub fn regions() -> impl Iterator<Item = &'static Territory> {
    TERRITORIES.iter().filter(|territory| !territory.region.is_empty())
}

fn region(code: &str) -> Option<&'static Territory> {
    regions().find(|territory| territory.region == code)
}

/// The name of a département; empty for an unknown code. Source: INSEE, code officiel géographique.
pub fn department_name(code: &str) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == code).map_or("", |(_, name)| name)
}

const NAMES: [(&str, &str); 109] = [
    ("01", "Ain"),
    ("02", "Aisne"),
    ("03", "Allier"),
    ("04", "Alpes-de-Haute-Provence"),
    ("05", "Hautes-Alpes"),
    ("06", "Alpes-Maritimes"),
    ("07", "Ardèche"),
    ("08", "Ardennes"),
    ("09", "Ariège"),
    ("10", "Aube"),
    ("11", "Aude"),
    ("12", "Aveyron"),
    ("13", "Bouches-du-Rhône"),
    ("14", "Calvados"),
    ("15", "Cantal"),
    ("16", "Charente"),
    ("17", "Charente-Maritime"),
    ("18", "Cher"),
    ("19", "Corrèze"),
    ("21", "Côte-d'Or"),
    ("22", "Côtes-d'Armor"),
    ("23", "Creuse"),
    ("24", "Dordogne"),
    ("25", "Doubs"),
    ("26", "Drôme"),
    ("27", "Eure"),
    ("28", "Eure-et-Loir"),
    ("29", "Finistère"),
    ("2A", "Corse-du-Sud"),
    ("2B", "Haute-Corse"),
    ("30", "Gard"),
    ("31", "Haute-Garonne"),
    ("32", "Gers"),
    ("33", "Gironde"),
    ("34", "Hérault"),
    ("35", "Ille-et-Vilaine"),
    ("36", "Indre"),
    ("37", "Indre-et-Loire"),
    ("38", "Isère"),
    ("39", "Jura"),
    ("40", "Landes"),
    ("41", "Loir-et-Cher"),
    ("42", "Loire"),
    ("43", "Haute-Loire"),
    ("44", "Loire-Atlantique"),
    ("45", "Loiret"),
    ("46", "Lot"),
    ("47", "Lot-et-Garonne"),
    ("48", "Lozère"),
    ("49", "Maine-et-Loire"),
    ("50", "Manche"),
    ("51", "Marne"),
    ("52", "Haute-Marne"),
    ("53", "Mayenne"),
    ("54", "Meurthe-et-Moselle"),
    ("55", "Meuse"),
    ("56", "Morbihan"),
    ("57", "Moselle"),
    ("58", "Nièvre"),
    ("59", "Nord"),
    ("60", "Oise"),
    ("61", "Orne"),
    ("62", "Pas-de-Calais"),
    ("63", "Puy-de-Dôme"),
    ("64", "Pyrénées-Atlantiques"),
    ("65", "Hautes-Pyrénées"),
    ("66", "Pyrénées-Orientales"),
    ("67", "Bas-Rhin"),
    ("68", "Haut-Rhin"),
    ("69", "Rhône"),
    ("70", "Haute-Saône"),
    ("71", "Saône-et-Loire"),
    ("72", "Sarthe"),
    ("73", "Savoie"),
    ("74", "Haute-Savoie"),
    ("75", "Paris"),
    ("76", "Seine-Maritime"),
    ("77", "Seine-et-Marne"),
    ("78", "Yvelines"),
    ("79", "Deux-Sèvres"),
    ("80", "Somme"),
    ("81", "Tarn"),
    ("82", "Tarn-et-Garonne"),
    ("83", "Var"),
    ("84", "Vaucluse"),
    ("85", "Vendée"),
    ("86", "Vienne"),
    ("87", "Haute-Vienne"),
    ("88", "Vosges"),
    ("89", "Yonne"),
    ("90", "Territoire de Belfort"),
    ("91", "Essonne"),
    ("92", "Hauts-de-Seine"),
    ("93", "Seine-Saint-Denis"),
    ("94", "Val-de-Marne"),
    ("95", "Val-d'Oise"),
    ("971", "Guadeloupe"),
    ("972", "Martinique"),
    ("973", "Guyane"),
    ("974", "La Réunion"),
    ("975", "Saint-Pierre-et-Miquelon"),
    ("976", "Mayotte"),
    ("977", "Saint-Barthélemy"),
    ("978", "Saint-Martin"),
    ("984", "Terres australes et antarctiques françaises"),
    ("986", "Wallis-et-Futuna"),
    ("987", "Polynésie française"),
    ("988", "Nouvelle-Calédonie"),
    ("989", "Île de Clipperton"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_departement_has_a_name_and_reads_back() {
        for code in TERRITORIES.iter().flat_map(|territory| territory.departments) {
            assert!(!department_name(code).is_empty(), "{code}");
            let place = Place::Department((*code).to_owned());
            assert_eq!(Place::from_code(&place.code()), Some(place));
        }
        for region in regions() {
            let place = Place::Region(region.region.to_owned());
            assert_eq!(Place::from_code(&place.code()), Some(place));
        }
        for odd in ["", "R", "R99", "D", "D20", "58", "é58", "X58"] {
            assert_eq!(Place::from_code(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_family_is_a_region_or_a_departement_without_one() {
        let family = |code: &str| Place::from_code(code).unwrap().family();
        assert_eq!(
            (family("R27"), family("D58"), family("D21")),
            ("R27".into(), "R27".into(), "R27".into())
        );
        assert_eq!(family("D975"), "D975");
        assert_eq!(Place::from_code("D58").unwrap().name(), "Nièvre (58)");
        assert_eq!(Place::from_code("R27").unwrap().departments().len(), 8);
    }
}
