//! What the State does with a deposited dossier beyond moving it to a state: what must be said with it,
//! and what stands against it. The table of [`crate::state::apply`] says from which state and by whom.

use form::{Answers, Date, Hundredths};

use crate::{
    annex::Grant,
    convention::month_after,
    form::{
        demande::REQUEST_KIND,
        moyens::request::{ETP_CURRENT, ETP_REQUESTED},
    },
    state::{Action, State},
};

/// Longest message, in characters.
pub const LONGEST: usize = 4_000;
/// Shortest reason of a refusal, in characters: a proposal of the domain reference (3.U), not law.
pub const SHORTEST_REASON: usize = 50;
/// Days until an answer is expected, unless the agent says otherwise.
pub const USUAL_DAYS: i64 = 15;
/// Most days until an answer is expected.
pub const MOST_DAYS: i64 = 180;
/// Days within which a deposit is checked: a proposal (domain reference 2.4).
const CHECK_DAYS: i64 = 15;
/// Days within which the decision is notified: circulaire DGEFP 2008-21.
const DECISION_DAYS: i64 = 15;

/// What the commission, or the agent who proposes, says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// In favour.
    Favourable,
    /// Against.
    Unfavourable,
}

impl Sense {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Favourable, Self::Unfavourable];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Favourable => "favourable",
            Self::Unfavourable => "unfavourable",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sense| sense.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Favourable => "Favorable",
            Self::Unfavourable => "Défavorable",
        }
    }
}

/// What is said with an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Words for the structure, or the reason of a decision; may be empty where nothing asks for it.
    pub message: String,
    /// When an answer is expected.
    pub due: Option<Date>,
    /// What the commission says.
    pub opinion: Option<Sense>,
    /// What the agent proposes.
    pub proposal: Option<Sense>,
    /// What would be granted, or is.
    pub grant: Option<Grant>,
}

impl Said {
    /// What the journal holds the hash of: each part led by its length.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let parts = [
            self.message.clone(),
            self.due.map(|due| due.to_string()).unwrap_or_default(),
            self.opinion.map_or("", Sense::code).to_owned(),
            self.proposal.map_or("", Sense::code).to_owned(),
        ];
        // What was said before anything could be granted keeps its hash.
        let parts = parts.into_iter().chain(self.grant.map(Grant::code));
        parts.flat_map(|part| format!("{}:{part},", part.len()).into_bytes()).collect()
    }
}

/// What an action is taken in.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Circumstances {
    /// Where the dossier stands.
    pub state: State,
    /// Notes that go to the structure with it.
    pub asked: usize,
    /// Whether the commission must give an opinion.
    pub needs_opinion: bool,
    /// Whether its month is over: see [`opinion_is_deemed`].
    pub opinion_is_deemed: bool,
    /// Whether its opinion was noted since it was asked.
    pub opinion_is_noted: bool,
    /// Whether a decision was proposed on this very deposit before, then taken back: what the
    /// commission had to say is known.
    pub opinion_is_known: bool,
    /// Whether an acceptance grants ETP: a request does, a yearly report does not.
    pub grants: bool,
    /// Blocking notes that are not settled.
    pub blocking: usize,
    /// Whether who acts proposed the decision.
    pub proposed_it: bool,
    /// Today.
    pub today: Date,
}

/// Why an action is not taken, though its author may and the state allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActRefused {
    /// Nothing is asked of the structure.
    NothingAsked,
    /// No reason, or one too short for a refusal.
    NoReason,
    /// The message is too long.
    TooLong,
    /// The day is past, or too far.
    BadDay,
    /// Nothing is proposed.
    NoProposal,
    /// The ETP or the part modulée that would be granted do not read, or are out of bounds.
    BadGrant,
    /// The commission has to be asked.
    OpinionNeeded,
    /// The commission has not answered, and its month is not over.
    OpinionAwaited,
    /// Nobody says what the commission said.
    NoOpinion,
    /// An opinion against needs its reason.
    NoOpinionReason,
    /// Who proposed a decision does not take it.
    SamePerson,
    /// A blocking note is not settled.
    Blocked,
}

impl ActRefused {
    /// What people read.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NothingAsked => {
                "Rien n'est demandé à la structure. Écrivez au moins une question ou une correction à son intention, ou un message."
            }
            Self::NoReason => {
                "Écrivez le motif : la structure le lira. Un refus ou un rejet demande au moins cinquante caractères."
            }
            Self::TooLong => "Ce message est trop long. Raccourcissez-le à 4 000 caractères.",
            Self::BadDay => {
                "Choisissez un jour à venir, dans les six mois, pour la réponse de la structure."
            }
            Self::BadGrant => {
                "Écrivez les ETP accordés, au-dessus de zéro, et une part modulée de 0 à 10 %."
            }
            Self::NoProposal => "Dites si vous proposez d'accepter ou de refuser.",
            Self::OpinionNeeded => {
                "L'avis de la commission est requis pour cette demande. Saisissez-la d'abord."
            }
            Self::OpinionAwaited => {
                "La commission n'a pas rendu son avis, et le délai d'un mois n'est pas passé. Notez son avis, ou attendez."
            }
            Self::NoOpinion => "Dites si l'avis est favorable ou défavorable.",
            Self::NoOpinionReason => {
                "Écrivez le motif de l'avis défavorable : le relevé d'avis le reprend."
            }
            Self::SamePerson => {
                "Vous avez proposé cette décision : une autre personne doit la signer."
            }
            Self::Blocked => {
                "Une annotation bloquante est ouverte : rien ne se propose ni ne se décide avant qu'elle soit réglée. Réglez-la, ou retirez-lui ce caractère."
            }
        }
    }
}

/// Whether a blocking note stands in the way of an action: of what proposes or takes a decision. A
/// dossier is still rejected because nothing was answered, and still sent back.
pub const fn is_blockable(action: Action) -> bool {
    matches!(
        action,
        Action::PrepareDecision | Action::Accept | Action::Refuse | Action::ApproveReport
    )
}

/// Whether an action may be taken with what is said.
///
/// # Errors
/// When something is missing or stands against it.
pub fn may(action: Action, said: &Said, here: &Circumstances) -> Result<(), ActRefused> {
    let length = said.message.trim().chars().count();
    if length > LONGEST {
        return Err(ActRefused::TooLong);
    }
    if here.blocking > 0 && is_blockable(action) {
        return Err(ActRefused::Blocked);
    }
    match action {
        action if action.is_return() => {
            if here.asked == 0 && length == 0 {
                return Err(ActRefused::NothingAsked);
            }
            let days = said.due.map(|due| due.days_since_epoch() - here.today.days_since_epoch());
            if days.is_none_or(|days| !(0..=MOST_DAYS).contains(&days)) {
                return Err(ActRefused::BadDay);
            }
        }
        Action::RecordOpinion => match said.opinion {
            None => return Err(ActRefused::NoOpinion),
            Some(Sense::Unfavourable) if length == 0 => return Err(ActRefused::NoOpinionReason),
            Some(_) => {}
        },
        Action::PrepareDecision => {
            if here.needs_opinion && here.state != State::Commission && !here.opinion_is_known {
                return Err(ActRefused::OpinionNeeded);
            }
            let is_open = said.opinion.is_none() && !here.opinion_is_noted;
            if here.state == State::Commission && is_open && !here.opinion_is_deemed {
                return Err(ActRefused::OpinionAwaited);
            }
            let Some(proposal) = said.proposal else { return Err(ActRefused::NoProposal) };
            let fair = said.grant.is_some_and(Grant::is_fair);
            if here.grants && proposal == Sense::Favourable && !fair {
                return Err(ActRefused::BadGrant);
            }
            if length == 0 {
                return Err(ActRefused::NoReason);
            }
        }
        Action::Accept | Action::Refuse | Action::RejectIncomplete | Action::ApproveReport => {
            if here.proposed_it {
                return Err(ActRefused::SamePerson);
            }
            let shortest = match action {
                Action::Refuse | Action::RejectIncomplete => SHORTEST_REASON,
                Action::Accept => 1,
                _ => 0,
            };
            if length < shortest {
                return Err(ActRefused::NoReason);
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether the commission gives an opinion on a request, and by which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circuit {
    /// Whether an opinion is required; else the commission is only informed.
    pub needs_opinion: bool,
    /// Why, for people.
    pub why: &'static str,
}

/// The circuit of a request: see [`Circuit::of`].
pub fn circuit(answers: &Answers) -> Circuit {
    let (asked, current) = (answers.get(&ETP_REQUESTED), answers.get(&ETP_CURRENT));
    Circuit::of(answers.get(&REQUEST_KIND).as_deref().unwrap_or_default(), asked, current)
}

impl Circuit {
    /// The circuit of a request of this nature, for the ETP that it asks and those of the annexe in force.
    /// Circulaire DGEFP 2008-21 of 10 December 2008: an opinion on a first request and on a renewal,
    /// which follows the same procedure (code du travail, R. 5132-3), and on a yearly one or an amendment
    /// unless the number of posts is unchanged.
    pub fn of(nature: &str, asked: Option<Hundredths>, current: Option<Hundredths>) -> Self {
        let needs = |why| Self { needs_opinion: true, why };
        match nature {
            "first" => {
                needs("Première demande : la commission donne son avis (circulaire DGEFP 2008-21).")
            }
            "renewal" => needs(
                "Renouvellement : même procédure que la première demande (code du travail, R.\u{a0}5132-3).",
            ),
            _ if asked.is_some() && asked == current => Self {
                needs_opinion: false,
                why: "Le nombre de postes ne change pas : la commission est seulement informée (circulaire DGEFP 2008-21).",
            },
            _ => needs(
                "Le nombre de postes change : la commission donne son avis (circulaire DGEFP 2008-21).",
            ),
        }
    }
}

/// The last day that the commission has for its opinion, asked on that day: one month (circulaire DGEFP
/// 2008-21), counted from date to date; of a month that is too short, its last day.
pub fn opinion_due(asked: Date) -> Option<Date> {
    month_after(asked)
}

/// Whether the month is over for a commission that was asked on that day: its opinion is then deemed
/// given, in no sense; nothing is accepted by it.
pub fn opinion_is_deemed(asked: Date, today: Date) -> bool {
    opinion_due(asked).is_some_and(|last| today > last)
}

/// What is due next from the State, and when: said to both sides as a day, never as an agreement that
/// silence would give (code des relations entre le public et l'administration, L. 231-4: requests of a
/// financial character). `since`: the last act, or the deposit; `last`: what that act was.
pub fn due(state: State, last: Option<Action>, since: Date) -> Option<(Date, &'static str)> {
    let after = |days| Date::from_days_since_epoch(since.days_since_epoch() + days);
    let what = due_what(state, last)?;
    let day = match state {
        State::Submitted => after(CHECK_DAYS),
        State::Commission if last != Some(Action::RecordOpinion) => opinion_due(since),
        _ => after(DECISION_DAYS),
    };
    Some((day?, what))
}

/// What is due next: circulaire DGEFP 2008-21 for the opinion, and for the decision that follows it.
pub fn due_what(state: State, last: Option<Action>) -> Option<&'static str> {
    match state {
        State::Submitted => Some("vérification du dossier par la DDETS"),
        State::Commission if last == Some(Action::RecordOpinion) => {
            Some("décision, après l'avis de la commission")
        }
        State::Commission => Some("avis de la commission, réputé rendu passé ce jour"),
        State::DecisionPending => Some("notification de la décision"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
