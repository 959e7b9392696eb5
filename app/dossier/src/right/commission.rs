//! What a role may do with the sittings of the commission, within its own départements.

use std::fmt::Write;

use super::list;
use crate::role::Role;

/// Something that may be done with the sittings of the commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommissionRight {
    /// Seeing when it sits, and reading the packs that were sent.
    ReadPacks,
    /// Keeping the calendar and the agendas, sending packs.
    Keep,
    /// Noting what it said, and reading the minutes.
    Note,
}

impl CommissionRight {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::ReadPacks, Self::Keep, Self::Note];

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReadPacks => "Voir les séances, lire les dossiers de séance envoyés",
            Self::Keep => {
                "Tenir le calendrier et l'ordre du jour, préparer et envoyer le dossier de séance"
            }
            Self::Note => "Noter les avis, lire le relevé",
        }
    }
}

/// Whether a role may do this with the commission of its départements. Domain reference 1.3: members
/// read the pack of a sitting and nothing else; the DDETS prepares, convenes and notes.
pub const fn allows_commission(role: Role, right: CommissionRight) -> bool {
    match right {
        CommissionRight::ReadPacks => role.instructs() || matches!(role, Role::CommissionMember),
        CommissionRight::Keep | CommissionRight::Note => role.instructs(),
    }
}

/// The table, in Markdown.
pub(super) fn describe(page: &mut String) {
    page.push_str("\n## Sur la commission\n\nChacun dans ses départements. Un membre de la commission ne lit aucun dossier : il lit le dossier de chaque séance, une fois envoyé.\n\n| droit | qui |\n|---|---|\n");
    for right in CommissionRight::ALL {
        let roles = Role::ALL.into_iter().filter(|role| allows_commission(*role, right));
        // Writing into a text cannot fail.
        let _ = writeln!(page, "| {} | {} |", right.label(), list(roles.map(Role::label)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::right::{Right, ever};

    #[test]
    fn a_member_reads_packs_and_no_dossier() {
        assert!(allows_commission(Role::CommissionMember, CommissionRight::ReadPacks));
        assert!(Right::all().all(|right| !ever(Role::CommissionMember, right)));
        for right in [CommissionRight::Keep, CommissionRight::Note] {
            assert!(!allows_commission(Role::CommissionMember, right), "{right:?}");
        }
    }

    #[test]
    fn who_keeps_the_calendar_may_refer_and_nobody_of_a_structure_reads_it() {
        use crate::state::Action;
        for role in Role::ALL {
            let keeps = allows_commission(role, CommissionRight::Keep);
            assert_eq!(keeps, ever(role, Right::Act(Action::ReferToCommission)), "{role:?}");
            let notes = allows_commission(role, CommissionRight::Note);
            assert_eq!(notes, ever(role, Right::Act(Action::RecordOpinion)), "{role:?}");
            let reads = allows_commission(role, CommissionRight::ReadPacks);
            assert!(!reads || !role.is_siae() && role != Role::Guest, "{role:?}");
        }
    }
}
