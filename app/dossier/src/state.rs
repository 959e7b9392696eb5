//! The life of a dossier: its states, what may be done in each, and by whom. Buttons, server checks
//! and the documentation all read the one table of [`apply`].

use serde::{Deserialize, Serialize};

use crate::role::Role;

/// Where a dossier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the labels say what each state is")]
pub enum State {
    Draft,
    Submitted,
    Incomplete,
    Complete,
    SentBack,
    Dialogue,
    Commission,
    DecisionPending,
    Accepted,
    Refused,
    Withdrawn,
    Abandoned,
    RejectedIncomplete,
}

impl State {
    /// Every state, in the order of the circuit.
    pub const ALL: [Self; 13] = [
        Self::Draft,
        Self::Submitted,
        Self::Incomplete,
        Self::Complete,
        Self::SentBack,
        Self::Dialogue,
        Self::Commission,
        Self::DecisionPending,
        Self::Accepted,
        Self::Refused,
        Self::Withdrawn,
        Self::Abandoned,
        Self::RejectedIncomplete,
    ];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Incomplete => "incomplete",
            Self::Complete => "complete",
            Self::SentBack => "sent_back",
            Self::Dialogue => "dialogue",
            Self::Commission => "commission",
            Self::DecisionPending => "decision_pending",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Abandoned => "abandoned",
            Self::RejectedIncomplete => "rejected_incomplete",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What the structure reads.
    pub const fn siae_label(self) -> &'static str {
        match self {
            Self::Draft => "Brouillon",
            Self::Submitted => "Déposé",
            Self::Incomplete => "Pièces demandées",
            Self::Complete => "Complet",
            Self::SentBack => "À corriger",
            Self::Dialogue => "Dialogue de gestion",
            Self::Commission => "Avis en cours",
            Self::DecisionPending => "Décision en cours",
            Self::Accepted => "Accepté",
            Self::Refused => "Refusé",
            Self::Withdrawn => "Retiré",
            Self::Abandoned => "Abandonné",
            Self::RejectedIncomplete => "Rejeté, incomplet",
        }
    }

    /// What the agent reads.
    pub const fn agent_label(self) -> &'static str {
        match self {
            Self::Submitted => "À vérifier",
            Self::Incomplete => "En attente SIAE",
            Self::Complete => "En instruction",
            Self::SentBack => "Renvoyé",
            Self::Commission => "En commission",
            Self::DecisionPending => "À décider",
            other => other.siae_label(),
        }
    }

    /// Whether the structure writes: before the deposit, and when something is asked of it.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft) || self.is_returned()
    }

    /// Whether the structure was asked something after a deposit.
    pub const fn is_returned(self) -> bool {
        matches!(self, Self::Incomplete | Self::SentBack)
    }

    /// Whether nothing follows.
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Accepted
                | Self::Refused
                | Self::Withdrawn
                | Self::Abandoned
                | Self::RejectedIncomplete
        )
    }
}

/// What a person does to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The structure deposits, first or again.
    Deposit,
    /// The structure gives the draft up.
    Abandon,
    /// The structure takes its request back.
    Withdraw,
    /// The agent asks for missing documents.
    AskForDocuments,
    /// The agent rejects a dossier that stayed incomplete.
    RejectIncomplete,
    /// The agent finds the dossier complete.
    DeclareComplete,
    /// The agent sends the dossier back to be corrected.
    SendBack,
    /// The agent opens the dialogue de gestion.
    OpenDialogue,
    /// The agent asks the commission for its opinion.
    ReferToCommission,
    /// The agent notes what the commission said.
    RecordOpinion,
    /// The agent puts the dossier before the signatory.
    PrepareDecision,
    /// What was proposed is taken back, before anybody decided.
    TakeBackProposal,
    /// The signatory accepts.
    Accept,
    /// The signatory refuses.
    Refuse,
    /// Bilan only: the signatory approves the deposited report.
    ApproveReport,
    /// Bilan only: the agent sends the deposited report back.
    SendReportBack,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 16] = [
        Self::Deposit,
        Self::Abandon,
        Self::Withdraw,
        Self::AskForDocuments,
        Self::RejectIncomplete,
        Self::DeclareComplete,
        Self::SendBack,
        Self::OpenDialogue,
        Self::ReferToCommission,
        Self::RecordOpinion,
        Self::PrepareDecision,
        Self::TakeBackProposal,
        Self::Accept,
        Self::Refuse,
        Self::ApproveReport,
        Self::SendReportBack,
    ];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Abandon => "abandon",
            Self::Withdraw => "withdraw",
            Self::AskForDocuments => "ask_for_documents",
            Self::RejectIncomplete => "reject_incomplete",
            Self::DeclareComplete => "declare_complete",
            Self::SendBack => "send_back",
            Self::OpenDialogue => "open_dialogue",
            Self::ReferToCommission => "refer_to_commission",
            Self::RecordOpinion => "record_opinion",
            Self::PrepareDecision => "prepare_decision",
            Self::TakeBackProposal => "take_back_proposal",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::ApproveReport => "approve_report",
            Self::SendReportBack => "send_report_back",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }

    /// Whether the dossier goes back to the structure, which is asked something.
    pub const fn is_return(self) -> bool {
        matches!(self, Self::AskForDocuments | Self::SendBack | Self::SendReportBack)
    }

    /// What the button says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Deposit => "Déposer",
            Self::Abandon => "Abandonner ce brouillon",
            Self::Withdraw => "Retirer la demande",
            Self::AskForDocuments => "Demander des pièces",
            Self::RejectIncomplete => "Rejeter, dossier incomplet",
            Self::DeclareComplete => "Déclarer complet",
            Self::SendBack | Self::SendReportBack => "Renvoyer pour correction",
            Self::OpenDialogue => "Ouvrir le dialogue de gestion",
            Self::ReferToCommission => "Saisir la commission",
            Self::RecordOpinion => "Noter l'avis de la commission",
            Self::PrepareDecision => "Proposer à la décision",
            Self::TakeBackProposal => "Revenir sur la proposition",
            Self::Accept => "Accepter",
            Self::Refuse => "Refuser",
            Self::ApproveReport => "Approuver le bilan",
        }
    }
}

/// Why an action cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransitionRefused {
    /// Not for this role, whatever the state.
    NotForRole,
    /// Not from this state.
    NotFromState,
}

/// The transition table. Guards on the dossier itself (complete, deadlines, reasons) come on top.
///
/// # Errors
/// When the role never does this, or the state does not allow it.
pub fn apply(state: State, action: Action, role: Role) -> Result<State, TransitionRefused> {
    use State as S;
    let (siae, admin) = (role.is_siae(), role == Role::SiaeAdmin);
    let (agent, signatory) = (role.instructs(), role == Role::DdetsSignatory);
    let (may, next) = match (action, state) {
        (Action::Deposit, S::Draft | S::Incomplete | S::SentBack) => (admin, Some(S::Submitted)),
        (Action::Withdraw, S::Submitted | S::Complete) => (admin, Some(S::Withdrawn)),
        (Action::Deposit | Action::Withdraw, _) => (admin, None),

        (Action::Abandon, S::Draft) => (siae, Some(S::Abandoned)),
        (Action::Abandon, _) => (siae, None),

        (Action::Accept, S::DecisionPending) | (Action::ApproveReport, S::Submitted) => {
            (signatory, Some(S::Accepted))
        }
        (Action::Refuse, S::DecisionPending) => (signatory, Some(S::Refused)),
        (Action::RejectIncomplete, S::Incomplete) => (signatory, Some(S::RejectedIncomplete)),
        (Action::Accept | Action::ApproveReport | Action::Refuse | Action::RejectIncomplete, _) => {
            (signatory, None)
        }

        (Action::AskForDocuments, S::Submitted) => (agent, Some(S::Incomplete)),
        (Action::DeclareComplete, S::Submitted) => (agent, Some(S::Complete)),
        (Action::SendBack, S::Complete | S::Dialogue) | (Action::SendReportBack, S::Submitted) => {
            (agent, Some(S::SentBack))
        }
        (Action::OpenDialogue, S::Complete) | (Action::TakeBackProposal, S::DecisionPending) => {
            (agent, Some(S::Dialogue))
        }
        // An opinion binds nobody: the dossier waits where it is for a decision to be proposed.
        (Action::ReferToCommission, S::Dialogue) | (Action::RecordOpinion, S::Commission) => {
            (agent, Some(S::Commission))
        }
        (Action::PrepareDecision, S::Dialogue | S::Commission) => (agent, Some(S::DecisionPending)),
        (
            Action::AskForDocuments
            | Action::DeclareComplete
            | Action::SendBack
            | Action::SendReportBack
            | Action::OpenDialogue
            | Action::ReferToCommission
            | Action::RecordOpinion
            | Action::PrepareDecision
            | Action::TakeBackProposal,
            _,
        ) => (agent, None),
    };
    if !may {
        return Err(TransitionRefused::NotForRole);
    }
    next.ok_or(TransitionRefused::NotFromState)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everything() -> impl Iterator<Item = (State, Action, Role)> {
        State::ALL.into_iter().flat_map(|state| {
            Action::ALL.into_iter().flat_map(move |action| {
                Role::ALL.into_iter().map(move |role| (state, action, role))
            })
        })
    }

    #[test]
    fn codes_read_back_and_are_those_of_the_wire() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.code());
        }
    }

    #[test]
    fn actions_read_back_and_are_those_of_the_wire() {
        for action in Action::ALL {
            assert_eq!(Action::from_code(action.code()), Some(action));
            assert_eq!(serde_json::to_value(action).unwrap(), action.code());
        }
    }

    #[test]
    fn nothing_follows_a_final_state() {
        for (state, action, role) in everything().filter(|(state, ..)| state.is_final()) {
            assert!(apply(state, action, role).is_err(), "{state:?} {action:?} {role:?}");
        }
    }

    #[test]
    fn only_structures_deposit_and_only_signatories_decide() {
        for (state, action, role) in everything() {
            let Ok(next) = apply(state, action, role) else {
                continue;
            };
            match next {
                State::Submitted | State::Withdrawn => assert_eq!(role, Role::SiaeAdmin),
                State::Abandoned => assert!(role.is_siae()),
                State::Accepted | State::Refused | State::RejectedIncomplete => {
                    assert_eq!(role, Role::DdetsSignatory);
                }
                _ => assert!(role.instructs()),
            }
        }
    }

    #[test]
    fn every_state_is_reached_from_a_draft() {
        let mut reached = vec![State::Draft];
        while let Some(next) = everything()
            .filter(|(state, ..)| reached.contains(state))
            .filter_map(|(state, action, role)| apply(state, action, role).ok())
            .find(|next| !reached.contains(next))
        {
            reached.push(next);
        }
        assert_eq!(reached.len(), State::ALL.len());
    }
}
