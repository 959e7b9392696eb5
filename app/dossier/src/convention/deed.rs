//! What is done with a convention, and what is said with it.

use form::{Cents, Date};
use serde::{Deserialize, Serialize};

use crate::{id::AccountId, right::ConventionRight};

/// Something that is done with a convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeedKind {
    /// A suspension waits for the signature of another person.
    PrepareSuspension,
    /// It is suspended: a flag beside where it stands, as at the ASP.
    Suspend,
    /// It is suspended no longer.
    Lift,
    /// The letter that opens a termination waits for the signature of another person.
    PrepareLetter,
    /// The letter is signed: the structure reads it.
    SignLetter,
    /// The structure received it: its month begins.
    Receive,
    /// The structure answers.
    Answer,
    /// The termination waits for the signature of another person.
    PrepareTermination,
    /// The convention is terminated.
    Terminate,
    /// The procedure is closed; the convention goes on.
    Close,
    /// What was prepared is taken back.
    TakeBack,
}

impl DeedKind {
    /// Every one, in the order in which they come.
    pub const ALL: [Self; 11] = [
        Self::PrepareSuspension,
        Self::Suspend,
        Self::Lift,
        Self::PrepareLetter,
        Self::SignLetter,
        Self::Receive,
        Self::Answer,
        Self::PrepareTermination,
        Self::Terminate,
        Self::Close,
        Self::TakeBack,
    ];

    /// Stable code, stored and the same on the wire.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PrepareSuspension => "prepare_suspension",
            Self::Suspend => "suspend",
            Self::Lift => "lift",
            Self::PrepareLetter => "prepare_letter",
            Self::SignLetter => "sign_letter",
            Self::Receive => "receive",
            Self::Answer => "answer",
            Self::PrepareTermination => "prepare_termination",
            Self::Terminate => "terminate",
            Self::Close => "close",
            Self::TakeBack => "take_back",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people read on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PrepareSuspension => "Préparer une suspension",
            Self::Suspend => "Suspendre la convention",
            Self::Lift => "Lever la suspension",
            Self::PrepareLetter => "Préparer une résiliation",
            Self::SignLetter => "Signer la lettre",
            Self::Receive => "Noter la réception de la lettre",
            Self::Answer => "Envoyer ma réponse",
            Self::PrepareTermination => "Proposer la résiliation",
            Self::Terminate => "Résilier la convention",
            Self::Close => "Clore sans suite",
            Self::TakeBack => "Reprendre ce qui est préparé",
        }
    }

    /// The same, once it is done.
    pub const fn done(self) -> &'static str {
        match self {
            Self::PrepareSuspension => "Suspension préparée",
            Self::Suspend => "Convention suspendue",
            Self::Lift => "Suspension levée",
            Self::PrepareLetter => "Lettre préparée",
            Self::SignLetter => "Lettre signée : une résiliation est envisagée",
            Self::Receive => "Lettre reçue par la structure",
            Self::Answer => "Réponse de la structure",
            Self::PrepareTermination => "Résiliation proposée",
            Self::Terminate => "Convention résiliée",
            Self::Close => "Procédure close sans suite",
            Self::TakeBack => "Préparation reprise",
        }
    }

    /// Who may do it.
    pub const fn right(self) -> ConventionRight {
        match self {
            Self::PrepareSuspension
            | Self::PrepareLetter
            | Self::Receive
            | Self::PrepareTermination
            | Self::TakeBack => ConventionRight::Prepare,
            Self::Suspend | Self::Lift | Self::SignLetter | Self::Terminate | Self::Close => {
                ConventionRight::Decide
            }
            Self::Answer => ConventionRight::Answer,
        }
    }

    /// What a signature turns this into, for what is only prepared.
    pub const fn signed_as(self) -> Option<Self> {
        match self {
            Self::PrepareSuspension => Some(Self::Suspend),
            Self::PrepareLetter => Some(Self::SignLetter),
            Self::PrepareTermination => Some(Self::Terminate),
            _ => None,
        }
    }

    /// Whether it stays among those who instruct: what is prepared is not decided yet.
    pub const fn is_inner(self) -> bool {
        self.signed_as().is_some() || matches!(self, Self::TakeBack)
    }
}

/// Why a convention is terminated: what the code du travail knows (domain reference 2.1 point 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motive {
    /// What the convention says is not kept.
    NotKept,
    /// The structure declared what is not true.
    FalseDeclarations,
}

impl Motive {
    /// Both.
    pub const ALL: [Self; 2] = [Self::NotKept, Self::FalseDeclarations];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotKept => "not_kept",
            Self::FalseDeclarations => "false_declarations",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|motive| motive.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotKept => "La convention n'est pas respectée",
            Self::FalseDeclarations => "Des déclarations sont fausses",
        }
    }

    /// The article for a kind of structure, where the domain reference gives it (2.1 point 9); else the
    /// articles on conventions of its kind, and the exact one is for the agent to write.
    pub fn article(self, kind: &str) -> &'static str {
        match (kind, self) {
            ("EI", Self::NotKept) => "code du travail, article R. 5132-5",
            ("EI", Self::FalseDeclarations) => "code du travail, article R. 5132-6",
            ("ETTI", Self::NotKept) => "code du travail, article R. 5132-10-10",
            ("ETTI", Self::FalseDeclarations) => "code du travail, article R. 5132-10-11",
            ("AI", _) => "code du travail, articles R. 5132-11 et suivants",
            ("ACI", _) => "code du travail, articles R. 5132-27 et suivants",
            _ => "code du travail, article L. 5132-2",
        }
    }

    /// Whether [`Motive::article`] is the very article.
    pub fn is_exact(kind: &str) -> bool {
        matches!(kind, "EI" | "ETTI")
    }
}

/// What is said with a deed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// From when a suspension holds; the day of the reception; the last day of a terminated convention.
    pub day: Option<Date>,
    /// The last day of a suspension, when it is known.
    pub until: Option<Date>,
    /// Why a termination is opened.
    pub motive: Option<Motive>,
    /// Sums to pay back, as who prepares the termination writes them: nothing computes them.
    pub owed: Option<Cents>,
    /// Words: a reason, an answer.
    pub words: String,
}

impl Said {
    /// What the journal holds the hash of: each part led by its length.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let parts = [
            day(self.day),
            day(self.until),
            self.motive.map_or("", Motive::code).to_owned(),
            self.owed.map(|cents| cents.0.to_string()).unwrap_or_default(),
            self.words.clone(),
        ];
        parts.iter().flat_map(|part| format!("{}:{part},", part.len()).into_bytes()).collect()
    }
}

/// Something that was done with a convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What.
    pub kind: DeedKind,
    /// What was said with it.
    pub said: Said,
    /// The day, in Paris.
    pub on: Date,
    /// Who.
    pub by: AccountId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_are_those_of_the_wire() {
        for kind in DeedKind::ALL {
            assert_eq!(DeedKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        }
        for motive in Motive::ALL {
            assert_eq!(Motive::from_code(motive.code()), Some(motive));
        }
    }

    #[test]
    fn what_is_prepared_is_signed_by_who_decides_and_shown_to_nobody_else() {
        for kind in DeedKind::ALL {
            if let Some(signed) = kind.signed_as() {
                assert_eq!(kind.right(), ConventionRight::Prepare);
                assert_eq!(signed.right(), ConventionRight::Decide);
                assert!(kind.is_inner() && !signed.is_inner());
            }
        }
        assert!(DeedKind::TakeBack.is_inner() && !DeedKind::Answer.is_inner());
    }

    #[test]
    fn articles_are_those_of_the_reference() {
        assert!(Motive::NotKept.article("EI").ends_with("R. 5132-5"));
        assert!(Motive::FalseDeclarations.article("EI").ends_with("R. 5132-6"));
        assert!(Motive::NotKept.article("ETTI").ends_with("R. 5132-10-10"));
        assert!(Motive::FalseDeclarations.article("ETTI").ends_with("R. 5132-10-11"));
        for kind in ["AI", "ACI", "EITI"] {
            assert!(!Motive::is_exact(kind), "{kind}");
            assert_eq!(Motive::NotKept.article(kind), Motive::FalseDeclarations.article(kind));
        }
    }

    #[test]
    fn every_part_of_what_is_said_is_hashed() {
        let said = |words: &str, owed| Said { words: words.into(), owed, ..Said::default() };
        assert_eq!(said("a", Some(Cents(1))).canonical_bytes(), b"0:,0:,0:,1:1,1:a,");
        assert_ne!(said("", Some(Cents(1))).canonical_bytes(), said("1", None).canonical_bytes());
    }
}
