//! Steps of a dossier given to a colleague from outside: what may be given, by whom, for how long,
//! and what the colleague must know of the other steps.

use form::{Answers, Date, Revision};
use serde::{Deserialize, Serialize};

use crate::{
    form::demande::{DEPARTMENT, PERIMETER, PERIOD_END, PERIOD_START, REQUEST_KIND, SIAE_KIND},
    right::{Right, allows},
    role::Role,
    state::State,
};

/// Days that steps are given for, unless the giver says otherwise.
pub const USUAL_DAYS: i64 = 30;
/// Most days that steps are given for.
pub const MOST_DAYS: i64 = 90;
/// Most devices that one link opens at the same time.
pub const MOST_DEVICES: usize = 3;
/// Most open links of one dossier.
pub const MOST_OPEN: usize = 20;
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 80;

/// The part of a dossier that a person fills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// All of it.
    Whole,
    /// These steps.
    Steps(Vec<String>),
}

impl Part {
    /// Whether a step is in it.
    pub fn holds(&self, section: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Steps(steps) => steps.iter().any(|step| step == section),
        }
    }

    /// Whether a question or a table of this form is in it.
    pub fn holds_question(&self, form: &Revision, id: &str) -> bool {
        match self {
            Self::Whole => true,
            Self::Steps(_) => form.section_of(id).is_some_and(|section| self.holds(&section.id)),
        }
    }

    /// The answers that who fills this part may know: those of its steps, what request this is, and
    /// what conditions of its steps test of other steps.
    #[must_use]
    pub fn of(&self, form: &Revision, answers: Answers) -> Answers {
        match self {
            Self::Whole => answers,
            Self::Steps(steps) => {
                let context = [
                    &REQUEST_KIND.def.id,
                    &SIAE_KIND.def.id,
                    &PERIMETER.def.id,
                    &DEPARTMENT.def.id,
                    &PERIOD_START.def.id,
                    &PERIOD_END.def.id,
                ];
                answers.part(form, steps, &context.map(AsRef::as_ref))
            }
        }
    }
}

/// Whether somebody of this role towards the structure gives steps of a dossier in this state, and
/// takes them back: whoever writes all of it.
pub fn may_give(state: State, role: Role) -> bool {
    allows(role, Right::Give, state)
}

/// What is given, to whom and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How the giver calls the colleague: a name, an address; may be empty.
    pub to: String,
    /// The steps.
    pub sections: Vec<String>,
    /// The last day, in Paris.
    pub last_day: Date,
}

/// Why steps cannot be given so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermsRefused {
    /// The name is too long.
    LongName,
    /// No step of this form.
    NoStep,
    /// The end is in the past, or too far.
    BadEnd,
}

impl Terms {
    /// The same, in order: the name trimmed, the steps once each in the order of the form.
    ///
    /// # Errors
    /// When nobody could agree to them.
    pub fn settled(self, form: &Revision, today: Date) -> Result<Self, TermsRefused> {
        let to = name(&self.to).ok_or(TermsRefused::LongName)?;
        let asked = form.sections.iter().map(|section| section.id.to_string());
        let sections: Vec<String> = asked.filter(|id| self.sections.contains(id)).collect();
        if sections.is_empty() {
            return Err(TermsRefused::NoStep);
        }
        let days = self.last_day.days_since_epoch() - today.days_since_epoch();
        if !(0..=MOST_DAYS).contains(&days) {
            return Err(TermsRefused::BadEnd);
        }
        Ok(Self { to, sections, last_day: self.last_day })
    }
}

/// A name as it is kept: on one line, without spaces around; `None` when too long.
pub fn name(typed: &str) -> Option<String> {
    let plain = typed.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect::<String>();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name = words.join(" ");
    (name.chars().count() <= LONGEST_NAME).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::CONVENTIONNEMENT;

    #[test]
    fn only_who_writes_all_of_it_gives_and_only_while_it_is_written() {
        for state in State::ALL {
            for role in Role::ALL {
                let writes = matches!(role, Role::SiaeMember | Role::SiaeAdmin);
                let open = matches!(state, State::Draft | State::Incomplete | State::SentBack);
                assert_eq!(may_give(state, role), writes && open, "{state:?} {role:?}");
            }
        }
    }

    fn terms(to: &str, sections: &[&str], days: i64) -> Result<Terms, TermsRefused> {
        let today = Date::new(2026, 11, 25).unwrap();
        let last_day = Date::from_days_since_epoch(today.days_since_epoch() + days).unwrap();
        let sections = sections.iter().map(|s| (*s).to_owned()).collect();
        Terms { to: to.to_owned(), sections, last_day }.settled(&CONVENTIONNEMENT, today)
    }

    #[test]
    fn terms_are_bounded() {
        let settled = terms("  Claire\n Dumas ", &["moyens", "budget", "?", "budget"], 30).unwrap();
        assert_eq!(
            (settled.to.as_str(), settled.sections),
            ("Claire Dumas", vec!["moyens".to_owned(), "budget".to_owned()])
        );
        assert_eq!(terms("", &["?"], 30), Err(TermsRefused::NoStep));
        assert_eq!(terms(&"x".repeat(81), &["budget"], 30), Err(TermsRefused::LongName));
        for (days, fine) in [(-1, false), (0, true), (90, true), (91, false)] {
            assert_eq!(terms("", &["budget"], days).is_ok(), fine, "{days}");
        }
    }

    #[test]
    fn a_part_holds_its_steps_with_their_tables() {
        let part = Part::Steps(vec!["budget".to_owned()]);
        for (id, within) in [
            ("budget.charges.forecast", true),
            ("budget.charges", true),
            ("activites.activities", false),
            ("demande.request_kind", false),
            ("zzz", false),
        ] {
            assert_eq!(part.holds_question(&CONVENTIONNEMENT, id), within, "{id}");
            assert!(Part::Whole.holds_question(&CONVENTIONNEMENT, id));
        }
    }
}
