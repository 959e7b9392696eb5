//! What a role may do with conventions that are signed, among those of its structure or territory.

use std::fmt::Write;

use super::list;
use crate::role::Role;

/// Something that may be done with a signed convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConventionRight {
    /// Seeing its dates, its annexes, where it stands and what was done.
    Read,
    /// Reading why: letters, answers, decisions.
    ReadWords,
    /// Preparing a suspension, a letter, a termination; noting that a letter was received.
    Prepare,
    /// Signing what another person prepared; lifting a suspension, closing a procedure.
    Decide,
    /// Answering for the structure.
    Answer,
}

impl ConventionRight {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Read, Self::ReadWords, Self::Prepare, Self::Decide, Self::Answer];

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Read => "Voir une convention, ses annexes, où elle en est",
            Self::ReadWords => "Lire les motifs, les lettres et les réponses",
            Self::Prepare => {
                "Préparer une suspension, une lettre, une résiliation ; noter une réception"
            }
            Self::Decide => {
                "Signer ce qu'une autre personne a préparé ; lever une suspension, clore sans suite"
            }
            Self::Answer => "Répondre pour la structure",
        }
    }
}

/// Whether a role may do this with the conventions that it sees. Domain reference 1.3: the agent prepares,
/// the signatory decides, funders read; an answer engages the structure, as a deposit does.
pub fn allows_convention(role: Role, right: ConventionRight) -> bool {
    match right {
        ConventionRight::Read => role.is_siae() || super::reads(role),
        ConventionRight::ReadWords => {
            role.is_siae() || role.instructs() || matches!(role, Role::Dreets | Role::Dgefp)
        }
        ConventionRight::Prepare => role.instructs(),
        ConventionRight::Decide => matches!(role, Role::DdetsSignatory),
        ConventionRight::Answer => matches!(role, Role::SiaeAdmin),
    }
}

/// The table, in Markdown.
pub(super) fn describe(page: &mut String) {
    page.push_str("\n## Sur une convention signée\n\nChacun sur les conventions de ses structures ou de son territoire. Ce qui est préparé ne se lit que dans le service, jusqu'à la signature. Qui a préparé un acte ne le signe pas. Une résiliation ne se décide pas avant la fin du mois laissé à la structure, même si elle a répondu.\n\n| droit | qui |\n|---|---|\n");
    for right in ConventionRight::ALL {
        let roles = Role::ALL.into_iter().filter(|role| allows_convention(*role, right));
        // Writing into a text cannot fail.
        let _ = writeln!(page, "| {} | {} |", right.label(), list(roles.map(Role::label)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        right::{Right, ever},
        state::Action,
    };

    #[test]
    fn who_reads_the_words_reads_the_rest_and_who_acts_reads_the_words() {
        for role in Role::ALL {
            for right in ConventionRight::ALL {
                if allows_convention(role, right) {
                    assert!(allows_convention(role, ConventionRight::Read), "{role:?} {right:?}");
                    let acts = right > ConventionRight::ReadWords;
                    assert!(!acts || allows_convention(role, ConventionRight::ReadWords));
                }
            }
            // The register and the paper lead to the page.
            let read = allows_convention(role, ConventionRight::Read);
            assert_eq!(read, ever(role, Right::ReadDeposit), "{role:?}");
        }
    }

    #[test]
    fn who_prepares_and_who_decides_are_those_of_a_request() {
        for role in Role::ALL {
            let prepares = allows_convention(role, ConventionRight::Prepare);
            assert_eq!(prepares, ever(role, Right::Act(Action::PrepareDecision)), "{role:?}");
            let decides = allows_convention(role, ConventionRight::Decide);
            assert_eq!(decides, ever(role, Right::Act(Action::Accept)), "{role:?}");
            let answers = allows_convention(role, ConventionRight::Answer);
            assert_eq!(answers, ever(role, Right::Act(Action::Deposit)), "{role:?}");
        }
    }
}
