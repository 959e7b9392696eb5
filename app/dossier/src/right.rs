//! What a role may do with a dossier, in each state: the one table, checked by the use cases and
//! printed in `docs/droits.md`. It says *what*; [`crate::role::Scope`] says *of which dossiers*.

mod commission;
mod convention;

use std::fmt::Write;

pub use self::{
    commission::{CommissionRight, allows_commission},
    convention::{ConventionRight, allows_convention},
};
use crate::{
    role::Role,
    state::{Action, State, apply},
};

/// Something that may be done with a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Reading the draft.
    ReadDraft,
    /// Writing answers and attaching documents.
    Fill,
    /// Giving steps to a colleague, and taking them back.
    Give,
    /// Opening an answer that nothing was asked about.
    Reopen,
    /// Reading what was deposited.
    ReadDeposit,
    /// Writing a note on a deposit.
    Annotate,
    /// Answering to a note.
    AnswerNote,
    /// Settling a note.
    SettleNote,
    /// Saying that a note stands in the way of the decision, or not any more.
    BlockNote,
    /// Setting a signal aside with a reason, taking it up again; reading such reasons.
    SetSignalAside,
    /// Composing a lens, for oneself or for one's service.
    ComposeLens,
    /// Taking or refusing a value that a note suggests.
    ChooseSuggestion,
    /// Writing the fiche de suivi of the dialogue de gestion, and sharing it.
    WriteFollowUp,
    /// Saying something of the fiche de suivi once it is shared.
    CommentFollowUp,
    /// Noting that the annexe was signed.
    SignAnnex,
    /// Seeing who read the dossier on the State's side.
    SeeReadings,
    /// Moving it to another state.
    Act(Action),
}

impl Right {
    /// Those that move nothing.
    const STILL: [Self; 16] = [
        Self::ReadDraft,
        Self::Fill,
        Self::Give,
        Self::Reopen,
        Self::ReadDeposit,
        Self::Annotate,
        Self::AnswerNote,
        Self::SettleNote,
        Self::BlockNote,
        Self::SetSignalAside,
        Self::ComposeLens,
        Self::ChooseSuggestion,
        Self::WriteFollowUp,
        Self::CommentFollowUp,
        Self::SignAnnex,
        Self::SeeReadings,
    ];

    /// Every right.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::STILL.into_iter().chain(Action::ALL.into_iter().map(Self::Act))
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ReadDraft => "Lire le brouillon",
            Self::Fill => "Écrire des réponses, joindre des documents",
            Self::Give => "Confier une étape, la reprendre",
            Self::Reopen => "Rouvrir une réponse que rien ne demande",
            Self::ReadDeposit => "Lire ce qui est déposé",
            Self::Annotate => "Annoter",
            Self::AnswerNote => "Répondre à une note",
            Self::SettleNote => "Régler une note, la rouvrir",
            Self::BlockNote => "Rendre une note bloquante, ou non",
            Self::SetSignalAside => {
                "Écarter un signal avec une raison, le reprendre, lire ces raisons"
            }
            Self::ComposeLens => "Composer une question de lecture, pour soi ou pour son service",
            Self::ChooseSuggestion => "Accepter ou refuser une valeur proposée",
            Self::WriteFollowUp => "Écrire la fiche de suivi, la communiquer",
            Self::CommentFollowUp => "Commenter la fiche de suivi communiquée",
            Self::SignAnnex => "Noter la signature de l'annexe",
            Self::SeeReadings => "Voir qui a lu le dossier",
            Self::Act(Action::SendReportBack) => "Renvoyer un bilan pour correction",
            Self::Act(action) => action.label(),
        }
    }
}

/// Whether somebody of this role may do this with a dossier in this state, among the dossiers that
/// their scope holds. Somebody of a structure has the role that they have towards that structure.
pub fn allows(role: Role, right: Right, state: State) -> bool {
    let (structure, guest) = (role.is_siae(), role == Role::Guest);
    let deposited = !matches!(state, State::Draft | State::Abandoned);
    match right {
        Right::ReadDraft => structure || guest,
        Right::Fill => (structure || guest) && state.is_editable(),
        Right::Give => structure && state.is_editable(),
        Right::Reopen | Right::ChooseSuggestion => structure && state.is_returned(),
        Right::ReadDeposit => (structure || reads(role)) && deposited,
        Right::Annotate
        | Right::SettleNote
        | Right::BlockNote
        | Right::SetSignalAside
        | Right::ComposeLens => role.instructs() && deposited,
        Right::AnswerNote => (structure || role.instructs()) && deposited,
        Right::WriteFollowUp => role.instructs() && is_discussed(state),
        Right::CommentFollowUp => {
            let funds = matches!(role, Role::DepartmentalCouncil | Role::FranceTravail);
            (role == Role::SiaeAdmin || funds) && is_discussed(state)
        }
        Right::SignAnnex => role.instructs() && state == State::Accepted,
        Right::SeeReadings => structure,
        Right::Act(action) => apply(state, action, role).is_ok(),
    }
}

/// Whether a role may do this in some state.
pub fn ever(role: Role, right: Right) -> bool {
    State::ALL.into_iter().any(|state| allows(role, right, state))
}

/// Whether a request is being discussed: from when it is complete until it is decided.
const fn is_discussed(state: State) -> bool {
    matches!(state, State::Complete | State::Dialogue | State::Commission | State::DecisionPending)
}

/// Roles outside of structures that read what was deposited where they are.
const fn reads(role: Role) -> bool {
    match role {
        Role::DdetsAgent
        | Role::DdetsSignatory
        | Role::Dreets
        | Role::Dgefp
        | Role::DepartmentalCouncil
        | Role::FranceTravail => true,
        // A member of the commission reads the packs of its sittings: see [`CommissionRight`].
        Role::SiaeMember
        | Role::SiaeAdmin
        | Role::CommissionMember
        | Role::Asp
        | Role::Facilitator
        | Role::Guest => false,
    }
}

/// Something that may be done with envelopes, within one's own territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnvelopeRight {
    /// Seeing them, and what is left of them.
    Read,
    /// Setting that of a region, or of a territory without region.
    Notify,
    /// Delegating a part of it to a département.
    Delegate,
    /// Simulating who would be granted what, and reading the simulations of one's service.
    Simulate,
    /// Turning a simulation into proposals.
    Propose,
}

impl EnvelopeRight {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Read, Self::Notify, Self::Delegate, Self::Simulate, Self::Propose];

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Read => "Voir les enveloppes et leur reste",
            Self::Notify => "Notifier l'enveloppe d'une région",
            Self::Delegate => "Déléguer une enveloppe à un département",
            Self::Simulate => "Simuler, lire les simulations de son service",
            Self::Propose => "Transformer une simulation en propositions",
        }
    }
}

/// Whether a role may do this with the envelopes of its territory.
pub const fn allows_envelope(role: Role, right: EnvelopeRight) -> bool {
    match right {
        EnvelopeRight::Read => role.instructs() || matches!(role, Role::Dreets) || role.is_dgefp(),
        EnvelopeRight::Notify => role.is_dgefp(),
        EnvelopeRight::Delegate => matches!(role, Role::Dreets),
        EnvelopeRight::Simulate => role.instructs() || matches!(role, Role::Dreets),
        EnvelopeRight::Propose => role.instructs(),
    }
}

/// Whether a role sees what will be forgotten of the whole country, and when.
pub const fn sees_retention(role: Role) -> bool {
    role.is_dgefp()
}

/// Whom somebody may invite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invites {
    /// Nobody.
    Nobody,
    /// Colleagues into the structure.
    Structure,
    /// These, within one's own territory.
    Service(&'static [Role]),
}

/// Whom a role invites.
pub const fn invites(role: Role) -> Invites {
    match role {
        Role::SiaeAdmin => Invites::Structure,
        Role::DdetsSignatory => Invites::Service(&[
            Role::DdetsAgent,
            Role::DdetsSignatory,
            Role::DepartmentalCouncil,
            Role::CommissionMember,
            Role::FranceTravail,
        ]),
        Role::Dreets => Invites::Service(&[Role::Dreets]),
        Role::Dgefp => Invites::Service(&[
            Role::DdetsAgent,
            Role::DdetsSignatory,
            Role::Dreets,
            Role::Dgefp,
            Role::DepartmentalCouncil,
            Role::CommissionMember,
            Role::FranceTravail,
        ]),
        Role::SiaeMember
        | Role::DdetsAgent
        | Role::DepartmentalCouncil
        | Role::CommissionMember
        | Role::FranceTravail
        | Role::Asp
        | Role::Facilitator
        | Role::Guest => Invites::Nobody,
    }
}

/// The tables, in Markdown.
pub fn describe() -> String {
    let mut page = String::from(
        "# Droits\n\nPage écrite par `scripts/generated` d'après `app/dossier/src/right.rs` : ne pas la modifier.\n\nCes droits valent pour les dossiers que la personne peut voir : ceux de ses structures, ceux qui sont déposés dans ses départements, ou tous pour la DGEFP. Un dossier qu'elle ne peut pas voir n'existe pas pour elle : la réponse est la même que s'il était absent. Une personne « sur invitation » ne voit que les étapes qui lui sont confiées. Un droit ne dispense pas du reste : un dépôt est complet, une décision a son motif et n'est pas prise par qui l'a proposée.\n\n## Sur un dossier\n\n| droit | qui | états |\n|---|---|---|\n",
    );
    for right in Right::all() {
        let mut groups: Vec<(Vec<State>, Vec<Role>)> = Vec::new();
        for role in Role::ALL {
            let states: Vec<State> =
                State::ALL.into_iter().filter(|state| allows(role, right, *state)).collect();
            match groups.iter_mut().find(|(known, _)| *known == states) {
                Some((_, roles)) => roles.push(role),
                None => groups.push((states, vec![role])),
            }
        }
        for (states, roles) in groups.into_iter().filter(|(states, _)| !states.is_empty()) {
            let (label, roles) = (right.label(), list(roles.iter().map(|role| role.label())));
            // Writing into a text cannot fail.
            let _ = writeln!(page, "| {label} | {roles} | {} |", named(&states));
        }
    }
    page.push_str("\n## Sur les enveloppes\n\nChacun dans son territoire : son département, sa région, le pays pour la DGEFP. Une simulation ne se lit que dans le service où elle a été faite, jamais par une structure.\n\n| droit | qui |\n|---|---|\n");
    for right in EnvelopeRight::ALL {
        let roles = Role::ALL.into_iter().filter(|role| allows_envelope(*role, right));
        let _ = writeln!(page, "| {} | {} |", right.label(), list(roles.map(Role::label)));
    }
    let roles = Role::ALL.into_iter().filter(|role| sees_retention(*role)).map(Role::label);
    let _ = writeln!(
        page,
        "\n## Sur la conservation\n\nChacun lit les durées de conservation et ce que Trame tient sur lui, sauf qui vient par une invitation : c'est à la personne qui l'a donnée de répondre.\n\n| droit | qui |\n|---|---|\n| Voir ce qui sera supprimé, et quand | {} |",
        list(roles)
    );
    commission::describe(&mut page);
    convention::describe(&mut page);
    page.push_str("\n## Qui invite qui\n\nChacun invite dans les départements qui sont les siens ; la DGEFP, dans tous.\n\n| qui | invite comme |\n|---|---|\n");
    for role in Role::ALL {
        let whom = match invites(role) {
            Invites::Nobody => continue,
            Invites::Structure => list([Role::SiaeMember, Role::SiaeAdmin].map(Role::label)),
            Invites::Service(roles) => list(roles.iter().map(|role| role.label())),
        };
        let _ = writeln!(page, "| {} | {whom} |", role.label());
    }
    page
}

fn named(states: &[State]) -> String {
    if states.len() == State::ALL.len() {
        return "tous".to_owned();
    }
    let but: Vec<State> = State::ALL.into_iter().filter(|one| !states.contains(one)).collect();
    if but.len() <= 2 {
        return format!("tous sauf : {}", list(but.iter().map(|state| state.siae_label())));
    }
    list(states.iter().map(|state| state.siae_label()))
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> impl Iterator<Item = (Role, Right, State)> {
        Role::ALL.into_iter().flat_map(|role| {
            Right::all().flat_map(move |right| {
                State::ALL.into_iter().map(move |state| (role, right, state))
            })
        })
    }

    #[test]
    fn nobody_outside_of_the_structure_touches_a_draft() {
        for (role, right, _) in everything().filter(|(role, ..)| !role.is_siae()) {
            let guest = role == Role::Guest && matches!(right, Right::ReadDraft | Right::Fill);
            assert!(!allows(role, right, State::Draft) || guest, "{role:?} {right:?}");
        }
    }

    #[test]
    fn whoever_writes_or_acts_may_read() {
        for (role, right, state) in everything().filter(|(a, b, c)| allows(*a, *b, *c)) {
            let reads =
                allows(role, Right::ReadDraft, state) || allows(role, Right::ReadDeposit, state);
            assert!(reads, "{role:?} {right:?} {state:?}");
        }
    }

    #[test]
    fn who_is_asked_for_an_opinion_changes_nothing() {
        let only_read = [Role::Dreets, Role::Dgefp, Role::DepartmentalCouncil, Role::FranceTravail];
        for (role, right, state) in everything().filter(|(role, ..)| only_read.contains(role)) {
            let may = allows(role, right, state);
            // The State's partners take part in the dialogue de gestion: they comment what it came to.
            let partner = matches!(role, Role::DepartmentalCouncil | Role::FranceTravail);
            let comments = partner && right == Right::CommentFollowUp;
            assert!(
                !may || right == Right::ReadDeposit || comments,
                "{role:?} {right:?} {state:?}"
            );
        }
        for role in [Role::CommissionMember, Role::Asp, Role::Facilitator] {
            assert!(
                everything().all(|(one, right, state)| one != role || !allows(one, right, state))
            );
        }
    }

    #[test]
    fn nobody_of_a_structure_knows_of_envelopes_and_who_proposes_may_act() {
        for role in Role::ALL {
            for right in EnvelopeRight::ALL.into_iter().filter(|one| allows_envelope(role, *one)) {
                assert!(!role.is_siae() && role != Role::Guest, "{role:?} {right:?}");
                assert!(allows_envelope(role, EnvelopeRight::Read), "{role:?} {right:?}");
            }
            let proposes = allows_envelope(role, EnvelopeRight::Propose);
            assert_eq!(proposes, ever(role, Right::Act(Action::PrepareDecision)), "{role:?}");
        }
    }

    #[test]
    fn only_who_deposits_invites_into_a_structure_and_nobody_invites_above_themselves() {
        for role in Role::ALL {
            assert_eq!(invites(role) == Invites::Structure, role == Role::SiaeAdmin);
            if let Invites::Service(roles) = invites(role) {
                assert!(roles.iter().all(|one| !one.is_siae() && *one != Role::Guest));
                assert!(role == Role::Dgefp || !roles.contains(&Role::Dgefp), "{role:?}");
            }
        }
    }

    #[test]
    fn the_printed_table_is_the_table() {
        let printed = include_str!("../../../docs/droits.md");
        assert_eq!(printed, describe(), "scripts/generated --write");
    }
}
