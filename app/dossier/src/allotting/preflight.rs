//! Before a simulation is turned into proposals: what is ready, what is blocked and why, and what would be
//! over the envelope.

use form::Date;

use super::{Line, Standing, Totals};
use crate::{
    act::{ActRefused, Circumstances, Said, Sense, may, opinion_is_deemed},
    envelope::Dotation,
    id::DossierId,
    role::Role,
    state::{Action, State, TransitionRefused, apply},
};

/// Why a request is not proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// It was deposited again since the choice was made.
    Moved,
    /// It is proposed already.
    Proposed,
    /// The structure was asked something and has not answered.
    Returned,
    /// From where it stands, nothing can be proposed.
    State(State),
    /// Nothing says what to grant.
    NoGrant,
    /// Something stands against it.
    Act(ActRefused),
}

impl Blocked {
    /// What people read of several such requests: what it is, and what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Moved => {
                "La structure a redéposé depuis le choix : relisez le dossier, puis confirmez le choix dans la simulation."
            }
            Self::Proposed => "Une décision est déjà proposée : elle attend sa signature.",
            Self::Returned => {
                "Un renvoi est ouvert : la structure n'a pas encore répondu à ce qui lui est demandé."
            }
            Self::State(State::Submitted) => {
                "Le dossier n'est pas encore déclaré complet : vérifiez-le d'abord."
            }
            Self::State(_) => {
                "Le dialogue de gestion n'est pas ouvert : ouvrez-le d'abord dans le dossier."
            }
            Self::NoGrant => {
                "Le dépôt ne dit ni période ni ETP : rien ne peut être accordé sans les écrire."
            }
            Self::Act(why) => why.sentence(),
        }
    }

    /// Where it stands among the others, the most frequent remedies first.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moved => "Redéposés depuis le choix",
            Self::Proposed => "Déjà proposés",
            Self::Returned => "En attente de la structure",
            Self::State(State::Submitted) => "À vérifier d'abord",
            Self::State(_) => "Dialogue de gestion à ouvrir",
            Self::NoGrant => "Sans période ou sans ETP",
            Self::Act(ActRefused::OpinionNeeded) => "Commission à saisir",
            Self::Act(ActRefused::OpinionAwaited) => "Avis de la commission attendu",
            Self::Act(ActRefused::Blocked) => "Annotation bloquante ouverte",
            Self::Act(ActRefused::BadGrant) => "ETP ou part modulée hors bornes",
            Self::Act(_) => "Autres raisons",
        }
    }
}

/// A request that can be proposed, with what would be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The dossier.
    pub dossier: DossierId,
    /// The deposit that it is proposed on.
    pub deposit: u32,
    /// What is said; its message is empty where nothing was written for this request.
    pub said: Said,
}

/// What can be proposed of a simulation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preflight {
    /// What is ready, in the order of the simulation.
    pub ready: Vec<Ready>,
    /// What is blocked, and why.
    pub blocked: Vec<(DossierId, Blocked)>,
    /// How many are still to be looked at: they stay as they are.
    pub undecided: u32,
    /// By how much the simulation is over the envelope: a warning, which asks for a reason.
    pub over: Option<Dotation>,
}

/// What somebody of this role can propose of a simulation today. The rules are those of the act itself
/// ([`apply`] and [`may`]), asked before it is done.
pub fn preflight(lines: &[Line], role: Role, rest: Option<Dotation>, today: Date) -> Preflight {
    let mut result = Preflight {
        over: Totals::of(lines).rest(rest).and_then(Dotation::over),
        ..Preflight::default()
    };
    for line in lines {
        let (proposal, grant) = match line.standing() {
            Standing::Undecided if line.choice.verdict == super::Verdict::Grant => {
                result.blocked.push((line.request.dossier.clone(), Blocked::NoGrant));
                continue;
            }
            Standing::Undecided => {
                result.undecided += 1;
                continue;
            }
            Standing::Proposed(_) => {
                result.blocked.push((line.request.dossier.clone(), Blocked::Proposed));
                continue;
            }
            Standing::Granted(grant) => (Sense::Favourable, Some(grant)),
            Standing::Refused => (Sense::Unfavourable, None),
        };
        let said = Said {
            message: line.choice.reason.trim().to_owned(),
            // What was noted since counts, and is in the dossier already.
            opinion: line.choice.opinion.filter(|_| !line.request.opinion_is_noted),
            proposal: Some(proposal),
            grant,
            due: None,
        };
        match against(line, role, &said, today) {
            Some(why) => result.blocked.push((line.request.dossier.clone(), why)),
            None => result.ready.push(Ready {
                dossier: line.request.dossier.clone(),
                deposit: line.request.deposit,
                said,
            }),
        }
    }
    result
}

fn against(line: &Line, role: Role, said: &Said, today: Date) -> Option<Blocked> {
    let request = &line.request;
    if line.has_moved() {
        return Some(Blocked::Moved);
    }
    if request.state.is_returned() {
        return Some(Blocked::Returned);
    }
    match apply(request.state, Action::PrepareDecision, role) {
        Ok(_) => {}
        Err(TransitionRefused::NotFromState | TransitionRefused::NotForRole) => {
            return Some(Blocked::State(request.state));
        }
    }
    let deemed = request.referred_on.is_some_and(|on| opinion_is_deemed(on, today));
    let here = Circumstances {
        state: request.state,
        asked: 0,
        needs_opinion: request.needs_opinion,
        opinion_is_deemed: deemed,
        opinion_is_known: request.was_proposed,
        opinion_is_noted: request.opinion_is_noted,
        blocking: usize::try_from(request.blocking).unwrap_or(usize::MAX),
        grants: true,
        proposed_it: false,
        today,
    };
    // The reason that is common to all is asked for afterwards.
    let worded = match said.message.as_str() {
        "" => Said { message: "—".to_owned(), ..said.clone() },
        _ => said.clone(),
    };
    may(Action::PrepareDecision, &worded, &here).err().map(Blocked::Act)
}
