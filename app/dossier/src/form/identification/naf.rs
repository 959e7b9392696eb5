//! Sections of the NAF, the nomenclature of activities (rév. 2).

use form::{Choice, choices};

/// The 21 sections.
pub const NAF_SECTIONS: &[Choice] = choices![
    "A" "A — Agriculture, sylviculture et pêche",
    "B" "B — Industries extractives",
    "C" "C — Industrie manufacturière",
    "D" "D — Électricité, gaz, vapeur et air conditionné",
    "E" "E — Eau, assainissement, déchets et dépollution",
    "F" "F — Construction",
    "G" "G — Commerce, réparation d'automobiles et de motocycles",
    "H" "H — Transports et entreposage",
    "I" "I — Hébergement et restauration",
    "J" "J — Information et communication",
    "K" "K — Activités financières et d'assurance",
    "L" "L — Activités immobilières",
    "M" "M — Activités spécialisées, scientifiques et techniques",
    "N" "N — Services administratifs et de soutien",
    "O" "O — Administration publique",
    "P" "P — Enseignement",
    "Q" "Q — Santé humaine et action sociale",
    "R" "R — Arts, spectacles et activités récréatives",
    "S" "S — Autres activités de services",
    "T" "T — Ménages employeurs",
    "U" "U — Organismes extraterritoriaux"
];

/// Section of an APE code, from its division (its first two digits).
pub fn section_of(naf: &str) -> Option<&'static str> {
    let division: u8 = naf.get(..2)?.parse().ok()?;
    let section = match division {
        1..=3 => "A",
        5..=9 => "B",
        10..=33 => "C",
        35 => "D",
        36..=39 => "E",
        41..=43 => "F",
        45..=47 => "G",
        49..=53 => "H",
        55..=56 => "I",
        58..=63 => "J",
        64..=66 => "K",
        68 => "L",
        69..=75 => "M",
        77..=82 => "N",
        84 => "O",
        85 => "P",
        86..=88 => "Q",
        90..=93 => "R",
        94..=96 => "S",
        97..=98 => "T",
        99 => "U",
        _ => return None,
    };
    Some(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_tells_its_section() {
        for (naf, wanted) in [
            ("0113Z", Some("A")),
            ("3811Z", Some("E")),
            ("8130Z", Some("N")),
            ("8899B", Some("Q")),
            ("9900Z", Some("U")),
            ("0400Z", None),
            ("6700Z", None),
            ("", None),
        ] {
            assert_eq!(section_of(naf), wanted, "{naf}");
        }
    }

    #[test]
    fn every_section_found_is_a_choice() {
        for division in 0..100 {
            if let Some(section) = section_of(&format!("{division:02}00Z")) {
                assert!(NAF_SECTIONS.iter().any(|choice| choice.value == section), "{division}");
            }
        }
    }
}
