//! What the State does with a deposited dossier beyond moving it to a state: what must be said with it,
//! and what stands against it. The table of [`crate::state::apply`] says from which state and by whom.

use form::{Answers, Date};

use crate::{
    annex::Grant,
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
/// Days after which the opinion of the commission is deemed given: one month, circulaire DGEFP 2008-21.
pub const OPINION_DAYS: i64 = 30;
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
    /// Whether its month is over.
    pub opinion_is_deemed: bool,
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
        Action::PrepareDecision => {
            if here.needs_opinion && here.state != State::Commission && !here.opinion_is_known {
                return Err(ActRefused::OpinionNeeded);
            }
            if here.state == State::Commission && said.opinion.is_none() && !here.opinion_is_deemed
            {
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

/// The circuit of a request. Circulaire DGEFP 2008-21 of 10 December 2008: an opinion on a first
/// request and on a renewal, which follows the same procedure (code du travail, R. 5132-3), and on a
/// yearly one or an amendment unless the number of posts is unchanged.
pub fn circuit(answers: &Answers) -> Circuit {
    let kind = answers.get(&REQUEST_KIND);
    let (asked, current) = (answers.get(&ETP_REQUESTED), answers.get(&ETP_CURRENT));
    let needs = |why| Circuit { needs_opinion: true, why };
    match kind.as_deref() {
        Some("first") => {
            needs("Première demande : la commission donne son avis (circulaire DGEFP 2008-21).")
        }
        Some("renewal") => needs(
            "Renouvellement : même procédure que la première demande (code du travail, R.\u{a0}5132-3).",
        ),
        _ if asked.is_some() && asked == current => Circuit {
            needs_opinion: false,
            why: "Le nombre de postes ne change pas : la commission est seulement informée (circulaire DGEFP 2008-21).",
        },
        _ => needs(
            "Le nombre de postes change : la commission donne son avis (circulaire DGEFP 2008-21).",
        ),
    }
}

/// What is due next from the State, and when: said to both sides as a day, never as an agreement that
/// silence would give (code des relations entre le public et l'administration, L. 231-4: requests of a
/// financial character).
pub fn due(state: State, since: Date) -> Option<(Date, &'static str)> {
    let (days, what) = match state {
        State::Submitted => (CHECK_DAYS, "vérification du dossier par la DDETS"),
        State::Commission => (OPINION_DAYS, "avis de la commission, réputé rendu passé ce jour"),
        State::DecisionPending => (DECISION_DAYS, "notification de la décision"),
        _ => return None,
    };
    Some((Date::from_days_since_epoch(since.days_since_epoch() + days)?, what))
}

#[cfg(test)]
mod tests {
    use form::At;

    use super::*;

    fn today() -> Date {
        Date::new(2026, 11, 26).unwrap()
    }

    fn here(state: State) -> Circumstances {
        Circumstances {
            state,
            asked: 0,
            needs_opinion: true,
            opinion_is_deemed: false,
            opinion_is_known: false,
            grants: true,
            blocking: 0,
            proposed_it: false,
            today: today(),
        }
    }

    fn said(message: &str) -> Said {
        Said { message: message.to_owned(), ..Said::default() }
    }

    fn in_days(days: i64) -> Option<Date> {
        Date::from_days_since_epoch(today().days_since_epoch() + days)
    }

    #[test]
    fn a_return_asks_something_and_says_until_when() {
        let state = here(State::Complete);
        let send = |said: &Said, here| may(Action::SendBack, said, here);
        assert_eq!(
            send(&Said { due: in_days(15), ..said("  ") }, &state),
            Err(ActRefused::NothingAsked)
        );
        let one = Circumstances { asked: 1, ..state };
        assert_eq!(send(&Said { due: in_days(15), ..said("") }, &one), Ok(()));
        assert_eq!(send(&Said { due: in_days(0), ..said("Bonjour") }, &state), Ok(()));
        for due in [None, in_days(-1), in_days(MOST_DAYS + 1)] {
            assert_eq!(send(&Said { due, ..said("Bonjour") }, &one), Err(ActRefused::BadDay));
        }
        assert_eq!(send(&said(&"é".repeat(LONGEST + 1)), &one), Err(ActRefused::TooLong));
    }

    #[test]
    fn a_decision_is_proposed_after_the_opinion_or_its_month() {
        let grant = Grant::read("12", "");
        let proposes =
            Said { proposal: Some(Sense::Favourable), grant, ..said("Postes réalistes.") };
        let prepare = |said: &Said, here| may(Action::PrepareDecision, said, here);
        let dialogue = here(State::Dialogue);
        assert_eq!(prepare(&proposes, &dialogue), Err(ActRefused::OpinionNeeded));
        let informed = Circumstances { needs_opinion: false, ..here(State::Dialogue) };
        assert_eq!(prepare(&proposes, &informed), Ok(()));
        assert_eq!(prepare(&said("x"), &informed), Err(ActRefused::NoProposal));
        for grant in [None, Grant::read("0", ""), Grant::read("12", "10,5")] {
            let unfair = Said { grant, ..proposes.clone() };
            assert_eq!(prepare(&unfair, &informed), Err(ActRefused::BadGrant));
            let against = Said { proposal: Some(Sense::Unfavourable), ..unfair };
            assert_eq!(prepare(&against, &informed), Ok(()), "nothing is granted");
        }
        let known = Circumstances { opinion_is_known: true, ..dialogue };
        assert_eq!(prepare(&proposes, &known), Ok(()), "proposed before, and taken back");
        let mute = Said { message: String::new(), ..proposes.clone() };
        assert_eq!(prepare(&mute, &informed), Err(ActRefused::NoReason));
        let asked = here(State::Commission);
        assert_eq!(prepare(&proposes, &asked), Err(ActRefused::OpinionAwaited));
        let with = Said { opinion: Some(Sense::Unfavourable), ..proposes.clone() };
        assert_eq!(prepare(&with, &asked), Ok(()));
        assert_eq!(prepare(&proposes, &Circumstances { opinion_is_deemed: true, ..asked }), Ok(()));
    }

    #[test]
    fn nothing_is_decided_while_a_blocking_note_is_open() {
        let long = said(&"a".repeat(SHORTEST_REASON));
        let grant = Grant::read("12", "");
        let long = Said { proposal: Some(Sense::Favourable), grant, due: in_days(1), ..long };
        for action in Action::ALL {
            let open = Circumstances { needs_opinion: false, ..here(State::Dialogue) };
            assert_eq!(may(action, &long, &open), Ok(()), "{action:?}");
            let blocked = may(action, &long, &Circumstances { blocking: 1, ..open });
            let decides = matches!(
                action,
                Action::PrepareDecision | Action::Accept | Action::Refuse | Action::ApproveReport
            );
            let expected = if decides { Err(ActRefused::Blocked) } else { Ok(()) };
            assert_eq!(blocked, expected, "{action:?}");
        }
        assert!(ActRefused::Blocked.sentence().contains("bloquante"));
    }

    #[test]
    fn who_proposed_does_not_sign_and_a_refusal_says_why() {
        let state = here(State::DecisionPending);
        let own = Circumstances { proposed_it: true, ..state };
        let (short, long) = (said("Non."), said(&"a".repeat(SHORTEST_REASON)));
        assert_eq!(may(Action::Accept, &long, &own), Err(ActRefused::SamePerson));
        assert_eq!(may(Action::Accept, &short, &state), Ok(()));
        assert_eq!(may(Action::Accept, &said(" "), &state), Err(ActRefused::NoReason));
        assert_eq!(may(Action::Refuse, &short, &state), Err(ActRefused::NoReason));
        assert_eq!(may(Action::Refuse, &long, &state), Ok(()));
        assert_eq!(may(Action::ApproveReport, &said(""), &state), Ok(()));
    }

    #[test]
    fn the_commission_is_asked_unless_a_yearly_request_leaves_the_posts_as_they_are() {
        let needs = |kind: &str, asked: &str, current: &str| {
            let mut answers = Answers::default();
            let all = [
                ("demande.request_kind", kind),
                ("moyens.etp_requested", asked),
                ("moyens.etp_current", current),
            ];
            for (at, raw) in all {
                answers.set(At::once(at), raw.to_owned());
            }
            circuit(&answers).needs_opinion
        };
        assert!(needs("first", "12", "12") && needs("renewal", "12", "12"));
        for kind in ["annual", "amendment"] {
            assert!(!needs(kind, "12,00", "12"), "{kind}");
            assert!(needs(kind, "12,10", "12"), "{kind}");
            assert!(needs(kind, "", ""), "{kind}: nobody knows");
        }
    }

    #[test]
    fn delays_are_days() {
        let date = |state| due(state, today()).map(|(day, _)| day.to_string());
        assert_eq!(date(State::Submitted).as_deref(), Some("2026-12-11"));
        assert_eq!(date(State::Commission).as_deref(), Some("2026-12-26"));
        assert_eq!(date(State::Accepted), None);
    }
}
