//! Step "Moyens humains et ETP": who supervises, who supports, and how many ETP are asked for.

pub mod aid;
pub mod request;
pub mod staff;

use form::{Answers, Problem, Section};

pub use aid::{
    departmental_share, hours_reference, is_first_year_only, is_flat_rate, monthly_amount, months,
    published_amount, total_amount, unit_amount,
};
pub use request::{
    COFINANCING_AMOUNT, ETP_CHANGE_REASON, ETP_CURRENT, ETP_REALIZED_PREV, ETP_REQUESTED,
    HOURS_REFERENCE, UNIT_AMOUNT,
};
pub use staff::supervision_ratio;

/// The step.
pub static SECTION: Section = Section::new("moyens", "Moyens humains et ETP")
    .intro("Qui encadre et accompagne, et combien d'ETP vous demandez.")
    .groups(
        const {
            &[
                staff::GRID,
                staff::SUPPORT,
                staff::WORKING_TIME,
                request::REQUEST,
                request::COFINANCING_GROUP,
                request::DEROGATION_GROUP,
            ]
        },
    );

/// The rules of the step.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    staff::rules(answers, problems);
    request::rules(answers, problems);
}
