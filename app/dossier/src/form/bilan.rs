//! The yearly report, a form of its own: the six matters of article R. 5132-3 of the Code du
//! travail, then results, accounts and prospects.

pub mod accompagnement;
pub mod finances;
pub mod formation;
pub mod moyens;
pub mod perspectives;
pub mod publics;
pub mod resultats;
pub mod sorties;

use std::{borrow::Cow, sync::LazyLock};

use form::{Carry, Field, Group, Revision, Rule, Section, fields, sources};

use super::demande::{DEPARTMENT, PERIMETER, SIAE_KIND};
use crate::sentence::Sentence;

/// Year of the report.
pub static YEAR: Field<String> = Field::text("bilan.year", "Année du bilan", 4)
    .why("Le bilan est annuel. Code du travail, article R. 5132-3.")
    .fixed()
    .carry(Carry::Never);

/// Who reports: its establishment.
pub static SIRET: Field<String> = Field::siret("bilan.siret", "SIRET")
    .optional()
    .fixed()
    .carry(Carry::Fixed)
    .sources(sources![AspStructure "structure_siret_actualise"]);

/// Who reports: its name.
pub static LEGAL_NAME: Field<String> = Field::text("bilan.legal_name", "Dénomination", 250)
    .optional()
    .fixed()
    .carry(Carry::Fixed)
    .sources(sources![AspStructure "structure_denomination"]);

/// Annexe reported on; annexes sometimes come late.
pub static ANNEX_NUMBER: Field<String> = Field::annex_number(
    "bilan.annex_number",
    "Annexe financière de l'année",
)
.hint("Son numéro arrive parfois en cours d'année : le bilan peut se remplir sans l'attendre.")
.optional()
.fixed()
.sources(sources![AspAnnex "af_numero_annexe_financiere"]);

/// The first step: what is reported on.
pub static SECTION: Section = Section::new("bilan", "Votre bilan")
    .intro("L'année, l'annexe et la structure concernées. Rien à écrire ici.")
    .groups(
        const {
            &[Group::new("bilan.identity", "De quoi parle ce bilan").holding(fields![
                YEAR,
                SIRET,
                LEGAL_NAME,
                SIAE_KIND,
                PERIMETER,
                DEPARTMENT,
                ANNEX_NUMBER
            ])]
        },
    );

/// Name of the yearly report.
pub const NAME: &str = "bilan";

/// The yearly report.
pub static BILAN: LazyLock<Revision> = LazyLock::new(|| {
    let sections = vec![
        Cow::Borrowed(&SECTION),
        Cow::Borrowed(&moyens::SECTION),
        Cow::Borrowed(&publics::SECTION),
        Cow::Borrowed(&accompagnement::SECTION),
        Cow::Borrowed(&formation::SECTION),
        Cow::Borrowed(&sorties::SECTION),
        Cow::Borrowed(&resultats::SECTION),
        Cow::Borrowed(&finances::SECTION),
        Cow::Borrowed(&perspectives::SECTION),
        Cow::Borrowed(&perspectives::CERTIFICATION),
    ];
    Revision::new(NAME, 1, sections)
});

/// Its rules.
pub const BILAN_RULES: &[Rule] = &[
    moyens::rules,
    publics::rules,
    accompagnement::rules,
    formation::rules,
    sorties::rules,
    resultats::rules,
    finances::rules,
];

/// The sentences of its rules; those of the budget are in the dossier.
pub const BILAN_SENTENCES: &[&[Sentence]] = &[
    moyens::SENTENCES,
    publics::SENTENCES,
    accompagnement::SENTENCES,
    formation::SENTENCES,
    sorties::SENTENCES,
    finances::SENTENCES,
];

#[cfg(test)]
mod tests {
    use form::{Moment, check};

    use super::*;
    use crate::form::read::tests::answers;

    #[test]
    fn an_empty_report_wants_answers_and_breaks_no_rule() {
        let filled = answers(&[("demande.siae_kind", "ACI"), ("bilan.year", "2026")]);
        let problems = check(&BILAN, &filled, BILAN_RULES, Moment::Deposit);
        assert!(!problems.is_empty());
        assert!(problems.iter().all(form::Problem::is_missing), "{problems:?}");
        assert!(check(&BILAN, &filled, BILAN_RULES, Moment::Draft).is_empty());
    }

    #[test]
    fn every_question_is_of_its_step() {
        for place in BILAN.places() {
            let shared = place.field.id.starts_with("demande.");
            let own = place.field.id.starts_with(&format!("{}.", place.section.id));
            assert!(own || shared, "{} in {}", place.field.id, place.section.id);
        }
    }
}
