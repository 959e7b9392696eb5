//! The journal of a dossier: what happened, in order, chained by hashes. It never holds answers.

use serde::{Deserialize, Serialize};

use crate::{
    convention::DeedKind,
    id::{AccountId, DossierId, NoteId, ShareId},
    state::Action,
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The dossier.
    pub dossier: DossierId,
    /// Its place in the journal, from 1.
    pub seq: u32,
    /// When, in milliseconds since 1970, UTC.
    pub at: i64,
    /// Who did it.
    pub actor: AccountId,
    /// What was done.
    pub what: EventKind,
    /// Hash of the event before; empty for the first.
    pub previous_hash: String,
    /// Hash of [`Event::canonical_bytes`], lower-case hexadecimal.
    pub hash: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// The dossier was opened.
    Opened,
    /// Answers were saved.
    AnswersSaved {
        /// How many.
        count: u32,
    },
    /// The dossier was deposited.
    Deposited {
        /// Number of the receipt.
        number: String,
        /// Hash of the deposit.
        hash: String,
    },
    /// The request was taken back.
    Withdrawn,
    /// The draft was given up.
    Abandoned,
    /// The draft follows another form, or another revision of it.
    FormChanged {
        /// The one before: a [`crate::form::revisions::FormKey`].
        from: String,
        /// The one it follows now.
        to: String,
    },
    /// Steps were given to a colleague.
    StepsGiven {
        /// What was given.
        share: ShareId,
        /// Which steps.
        sections: Vec<String>,
        /// Until when, in milliseconds since 1970, UTC.
        until: i64,
    },
    /// The colleague opened them, on one more device.
    StepsOpened {
        /// What was opened.
        share: ShareId,
    },
    /// The steps were taken back.
    StepsTakenBack {
        /// What was taken back.
        share: ShareId,
    },
    /// The State did something with the deposit: see [`crate::act`].
    Acted {
        /// What.
        action: Action,
        /// Hash of what was said with it.
        said: String,
    },
    /// The structure opened an answer of a dossier that was sent back, though it was not asked about it.
    AnswerReopened {
        /// Which: a place of the form.
        place: String,
    },
    /// An annexe financière was signed by both.
    AnnexSigned {
        /// Its number, "ACI058270001A0M0".
        number: String,
    },
    /// Something was done with the convention of its annexe: see [`crate::convention`].
    ConventionActed {
        /// What.
        deed: DeedKind,
        /// Hash of what was said with it.
        said: String,
    },
    /// An agent wrote a note.
    NoteWritten {
        /// Which.
        note: NoteId,
    },
    /// Somebody answered to a note.
    NoteAnswered {
        /// Which.
        note: NoteId,
    },
    /// A note was settled, or opened again.
    NoteSettled {
        /// Which.
        note: NoteId,
        /// Whether it is settled now.
        settled: bool,
    },
    /// A note was said to stand in the way of the decision, or not any more.
    NoteBlocking {
        /// Which.
        note: NoteId,
        /// Whether it does now.
        blocking: bool,
    },
    /// A note was settled as something to watch in what follows.
    NoteWatched {
        /// Which.
        note: NoteId,
    },
    /// The structure took the value that a note suggests, or refused it.
    SuggestionChosen {
        /// Which note.
        note: NoteId,
        /// Whether it took it.
        accepted: bool,
    },
    /// Something that does not fit together was set aside with a reason, or taken up again.
    SignalSetAside {
        /// Which: code of a [`crate::reading::Signal`].
        signal: String,
        /// Whether it is aside now.
        aside: bool,
    },
    /// The dossier was taken by an agent, handed over, or released.
    Assigned {
        /// To whom: an account; empty for nobody.
        to: String,
    },
    /// The fiche de suivi was shown to the structure and to the funders.
    FollowUpShared {
        /// Which version of it.
        version: u32,
        /// Hash of what it says.
        said: String,
    },
    /// The structure or a funder said something of it.
    FollowUpCommented {
        /// The version that was read.
        version: u32,
        /// Hash of what was said.
        said: String,
    },
    /// Somebody kept their own answers beside those of a source.
    SourceSetAside {
        /// How many.
        count: u32,
    },
    /// What was written in a draft that was never deposited is kept no longer.
    Forgotten {
        /// The rule: code of a [`crate::retention::Kind`].
        rule: String,
    },
}

impl EventKind {
    /// Stable code, the same as on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::AnswersSaved { .. } => "answers_saved",
            Self::Deposited { .. } => "deposited",
            Self::Withdrawn => "withdrawn",
            Self::Abandoned => "abandoned",
            Self::FormChanged { .. } => "form_changed",
            Self::StepsGiven { .. } => "steps_given",
            Self::StepsOpened { .. } => "steps_opened",
            Self::StepsTakenBack { .. } => "steps_taken_back",
            Self::Acted { .. } => "acted",
            Self::AnswerReopened { .. } => "answer_reopened",
            Self::AnnexSigned { .. } => "annex_signed",
            Self::ConventionActed { .. } => "convention_acted",
            Self::NoteWritten { .. } => "note_written",
            Self::NoteAnswered { .. } => "note_answered",
            Self::NoteSettled { .. } => "note_settled",
            Self::NoteBlocking { .. } => "note_blocking",
            Self::NoteWatched { .. } => "note_watched",
            Self::SuggestionChosen { .. } => "suggestion_chosen",
            Self::SignalSetAside { .. } => "signal_set_aside",
            Self::Assigned { .. } => "assigned",
            Self::FollowUpShared { .. } => "follow_up_shared",
            Self::FollowUpCommented { .. } => "follow_up_commented",
            Self::SourceSetAside { .. } => "source_set_aside",
            Self::Forgotten { .. } => "forgotten",
        }
    }

    /// Whether it shows beside what was deposited, to those who read it there. What goes on in the draft
    /// is the structure's until it deposits.
    pub const fn is_of_deposit(&self) -> bool {
        match self {
            // What is prepared is not decided.
            Self::ConventionActed { deed, .. } => !deed.is_inner(),
            Self::Deposited { .. }
            | Self::Withdrawn
            | Self::Acted { .. }
            | Self::AnnexSigned { .. }
            | Self::NoteWritten { .. }
            | Self::NoteAnswered { .. }
            | Self::NoteSettled { .. }
            | Self::NoteBlocking { .. }
            | Self::NoteWatched { .. }
            | Self::SuggestionChosen { .. }
            | Self::FollowUpShared { .. }
            | Self::FollowUpCommented { .. }
            | Self::SignalSetAside { .. }
            | Self::Assigned { .. } => true,
            Self::Opened
            | Self::AnswersSaved { .. }
            | Self::Abandoned
            | Self::FormChanged { .. }
            | Self::StepsGiven { .. }
            | Self::StepsOpened { .. }
            | Self::StepsTakenBack { .. }
            | Self::AnswerReopened { .. }
            | Self::SourceSetAside { .. }
            | Self::Forgotten { .. } => false,
        }
    }

    /// The note that it is about: whoever does not read that one learns nothing of it.
    pub const fn note(&self) -> Option<&NoteId> {
        match self {
            Self::NoteWritten { note }
            | Self::NoteAnswered { note }
            | Self::NoteSettled { note, .. }
            | Self::NoteBlocking { note, .. }
            | Self::NoteWatched { note }
            | Self::SuggestionChosen { note, .. } => Some(note),
            _ => None,
        }
    }

    fn figures(&self) -> Vec<String> {
        match self {
            Self::AnswersSaved { count } | Self::SourceSetAside { count } => {
                vec![count.to_string()]
            }
            Self::Deposited { number, hash } => vec![number.clone(), hash.clone()],
            Self::FormChanged { from, to } => vec![from.clone(), to.clone()],
            Self::StepsGiven { share, sections, until } => {
                vec![share.to_string(), sections.join(","), until.to_string()]
            }
            Self::StepsOpened { share } | Self::StepsTakenBack { share } => vec![share.to_string()],
            Self::Acted { action, said } => vec![action.code().to_owned(), said.clone()],
            Self::AnswerReopened { place } => vec![place.clone()],
            Self::AnnexSigned { number } => vec![number.clone()],
            Self::ConventionActed { deed, said } => vec![deed.code().to_owned(), said.clone()],
            Self::SignalSetAside { signal, aside } => vec![signal.clone(), aside.to_string()],
            Self::Assigned { to } => vec![to.clone()],
            Self::FollowUpShared { version, said } | Self::FollowUpCommented { version, said } => {
                vec![version.to_string(), said.clone()]
            }
            Self::Forgotten { rule } => vec![rule.clone()],
            Self::NoteWritten { note }
            | Self::NoteAnswered { note }
            | Self::NoteWatched { note } => vec![note.to_string()],
            Self::NoteSettled { note, settled: yes }
            | Self::NoteBlocking { note, blocking: yes }
            | Self::SuggestionChosen { note, accepted: yes } => {
                vec![note.to_string(), yes.to_string()]
            }
            Self::Opened | Self::Withdrawn | Self::Abandoned => vec![],
        }
    }
}

impl Event {
    /// What is hashed: every field but the hash itself, each led by its length so that no two events
    /// share their bytes.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut fields = vec![
            self.previous_hash.clone(),
            self.dossier.to_string(),
            self.seq.to_string(),
            self.at.to_string(),
            self.actor.to_string(),
            self.what.code().to_owned(),
        ];
        fields.extend(self.what.figures());
        fields.iter().flat_map(|field| format!("{}:{field},", field.len()).into_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: EventKind) -> Event {
        Event {
            dossier: "D".into(),
            seq: 2,
            at: 1_000,
            actor: "A".into(),
            what,
            previous_hash: "ff".into(),
            hash: String::new(),
        }
    }

    #[test]
    fn bytes_tell_every_field_apart() {
        let bytes = event(EventKind::AnswersSaved { count: 3 }).canonical_bytes();
        assert_eq!(bytes, b"2:ff,1:D,1:2,4:1000,1:A,13:answers_saved,1:3,");
        let deposited = |number: &str, hash: &str| {
            event(EventKind::Deposited { number: number.into(), hash: hash.into() })
                .canonical_bytes()
        };
        assert_ne!(deposited("1", "23"), deposited("12", "3"));
    }

    #[test]
    fn what_is_typed_in_the_draft_is_told_to_no_reader_of_the_deposit() {
        for kind in [
            EventKind::AnswersSaved { count: 1 },
            EventKind::AnswerReopened { place: "a.b".into() },
            EventKind::StepsOpened { share: "S".into() },
            EventKind::SourceSetAside { count: 1 },
        ] {
            assert!(!kind.is_of_deposit() && kind.note().is_none(), "{kind:?}");
        }
        let note = EventKind::NoteSettled { note: "N".into(), settled: false };
        assert!(note.is_of_deposit() && note.note() == Some(&"N".into()));
        let act = EventKind::Acted { action: Action::Accept, said: String::new() };
        assert!(act.is_of_deposit() && act.note().is_none());
        let aside = EventKind::SignalSetAside { signal: "deficit".into(), aside: true };
        assert!(aside.is_of_deposit() && aside.note().is_none());
    }

    #[test]
    fn the_code_is_the_one_of_the_wire() {
        let share = || "S".into();
        for kind in [
            EventKind::Opened,
            EventKind::Withdrawn,
            EventKind::AnswersSaved { count: 1 },
            EventKind::StepsGiven { share: share(), sections: vec![], until: 1 },
            EventKind::StepsOpened { share: share() },
            EventKind::StepsTakenBack { share: share() },
            EventKind::Acted { action: Action::SendBack, said: String::new() },
            EventKind::AnswerReopened { place: "a.b".into() },
            EventKind::AnnexSigned { number: "N".into() },
            EventKind::ConventionActed { deed: DeedKind::Suspend, said: String::new() },
            EventKind::NoteWritten { note: "N".into() },
            EventKind::NoteAnswered { note: "N".into() },
            EventKind::NoteSettled { note: "N".into(), settled: true },
            EventKind::NoteBlocking { note: "N".into(), blocking: true },
            EventKind::SignalSetAside { signal: "deficit".into(), aside: true },
            EventKind::NoteWatched { note: "N".into() },
            EventKind::SuggestionChosen { note: "N".into(), accepted: true },
            EventKind::Assigned { to: "A".into() },
            EventKind::FollowUpShared { version: 1, said: "h".into() },
            EventKind::FollowUpCommented { version: 1, said: "h".into() },
            EventKind::SourceSetAside { count: 1 },
            EventKind::Forgotten { rule: "brouillons".into() },
        ] {
            assert_eq!(serde_json::to_value(&kind).unwrap()["kind"], kind.code());
        }
    }
}
