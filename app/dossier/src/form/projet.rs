//! Step "Projet d'insertion": the four axes of the project.

pub mod accompagnement;
pub mod accueil;
pub mod formation;
pub mod territoire;

use form::{Answers, Problem, Section};

use super::asked::IN_1RA;

/// The step.
pub static SECTION: Section = Section::new("projet", "Projet d'insertion")
    .intro("Comment vous accueillez, accompagnez et formez les salariés, et ce que vous apportez à votre territoire.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                accueil::PRACTICE,
                accueil::FIGURES,
                accueil::OBJECTIVES,
                accompagnement::REFERENTS,
                accompagnement::PRACTICE,
                accompagnement::BRAKES,
                accompagnement::PARTNERS,
                formation::PLAN,
                formation::TYPES,
                formation::FUNDERS,
                territoire::PRACTICE,
                territoire::TOP_CLIENTS,
                territoire::PARTNERS,
            ]
        },
    );

/// The rules of the four axes.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    accompagnement::rules(answers, problems);
    formation::rules(answers, problems);
    territoire::rules(answers, problems);
}
