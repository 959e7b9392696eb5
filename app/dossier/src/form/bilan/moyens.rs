//! 1° Means: staff and equipment of the year.

use form::{
    Answers, Date, Field, Group, Hundredths, Line, Problem, Section, Table, fields, number, sources,
};

use super::YEAR;
use crate::{
    form::{
        asked::SIAE_KIND_ID,
        read::{broken_in, units},
    },
    reference::{AidKind, HOURS as HOURS_TABLE, hours_per_etp},
    sentence::Sentence,
};

/// People.
pub static N: Field<i64> = Field::integer("moyens_realises.staff.n", "Personnes", 99_999)
    .why("Moyens humains de l'année. Code du travail, article R. 5132-3 (1°).")
    .sources(sources![AspSupervision "", AspMonthly ""]);

/// Hours worked.
pub static HOURS: Field<Hundredths> =
    Field::decimal("moyens_realises.staff.hours", "Heures", 999_999_999)
        .sources(sources![AspSupervision "", AspMonthly "emi_nb_heures_travail"]);

/// ETP.
pub static ETP: Field<Hundredths> = Field::decimal("moyens_realises.staff.etp", "ETP", 999_999)
    .hint("Les heures de l'année divisées par la base horaire d'un ETP.")
    .sources(sources![AspSupervision "", AspMonthly "emi_part_etp"]);

/// What changed in the equipment.
pub static EQUIPMENT_CHANGES: Field<String> = Field::long_text(
    "moyens_realises.equipment_changes",
    "Ce qui a changé dans vos moyens matériels",
    1_000,
)
.hint("Locaux, machines, véhicules. Laissez vide si rien n'a changé.")
.why("Code du travail, article R. 5132-3 (1°).")
.optional()
.sources(sources![LastYear "locaux.equipment"]);

/// The lines of the staff.
pub const STAFF_LINES: &[Line] = &[
    Line::new("technical", "Encadrement technique"),
    Line::new("support", "Accompagnement socioprofessionnel"),
    Line::new("non_salaried", "Travailleurs non salariés"),
    Line::new("external", "Prestataires externes"),
    Line::new("insertion", "Salariés en insertion"),
];

/// The step.
pub static SECTION: Section = Section::new("moyens_realises", "Moyens de l'année")
    .intro("Les personnes et le matériel que vous avez réellement eus.")
    .groups(
        const {
            &[
                Group::new("moyens_realises.people", "Moyens humains")
                    .intro("Écrivez 0 quand il n'y a personne.")
                    .table(
                        Table::new("moyens_realises.staff", "fonction")
                            .columns(fields![N, HOURS, ETP])
                            .lines(STAFF_LINES),
                    ),
                Group::new("moyens_realises.equipment", "Moyens matériels")
                    .holding(fields![EQUIPMENT_CHANGES]),
            ]
        },
    );

/// Hours and ETP may differ by this percentage.
const TOLERANCE: i64 = 10;

const ETP_OVER: Sentence = Sentence {
    code: "moyens_realises.etp_over_people",
    text: "{0} : {1} ETP pour {2} personnes. Un ETP ne peut pas dépasser le nombre de personnes : corrigez l'un des deux.",
};
const HOURS_DIFFER: Sentence = Sentence {
    code: "moyens_realises.hours",
    text: "{0} heures pour {1} ETP d'insertion : à {2} heures par ETP, on attend environ {3} heures. Vérifiez les deux nombres.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[ETP_OVER, HOURS_DIFFER];

/// ETP fit in people; the hours of people in insertion fit their ETP. Permanent staff have other
/// hours, that no reference table gives.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    for line in STAFF_LINES {
        if let (Some(n), Some(etp)) = (units(answers, &N, &line.id), units(answers, &ETP, &line.id))
            && etp > n * 100
        {
            let values = vec![line.label.to_string(), number::etp(etp), n.to_string()];
            problems.push(broken_in(&ETP, &line.id, &ETP_OVER, values));
        }
    }
    let year = answers.get(&YEAR).and_then(|year| Date::new(year.parse().ok()?, 1, 1));
    let base = AidKind::of(answers.raw(SIAE_KIND_ID, "").trim())
        .zip(year)
        .and_then(|(kind, on)| hours_per_etp(HOURS_TABLE, kind, on))
        .map(i64::from);
    let hours = units(answers, &HOURS, "insertion");
    let etp = units(answers, &ETP, "insertion");
    if let (Some(hours), Some(etp), Some(base)) = (hours, etp, base) {
        let expected = etp * base;
        if (hours - expected).abs() * 100 > expected * TOLERANCE {
            let values = vec![
                number::display_scaled(hours, 2),
                number::etp(etp),
                number::display_scaled(base, 0),
                number::display_scaled(expected / 100, 0),
            ];
            problems.push(broken_in(&HOURS, "insertion", &HOURS_DIFFER, values).as_warning());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn staff_is_plausible() {
        let hours = "? moyens_realises.hours @moyens_realises.staff.hours#insertion";
        table(
            rules,
            &[
                ("bilan.year", "2026"),
                ("demande.siae_kind", "ACI"),
                ("moyens_realises.staff.etp#insertion", "10"),
            ],
            &[
                (&[("moyens_realises.staff.hours#insertion", "18200")], &[]),
                (&[("moyens_realises.staff.hours#insertion", "20020")], &[]),
                (&[("moyens_realises.staff.hours#insertion", "20021")], &[hours]),
                (&[("moyens_realises.staff.hours#insertion", "16379")], &[hours]),
                (
                    &[("moyens_realises.staff.n#insertion", "9")],
                    &["moyens_realises.etp_over_people @moyens_realises.staff.etp#insertion"],
                ),
            ],
        );
    }
}
