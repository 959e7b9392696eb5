//! The open lab: what a participant says of a question, what the closing questionnaire asks, what
//! becomes of a recommendation.

use serde::{Deserialize, Serialize};

/// Longest text of a remark or of an answer in words, in characters.
pub const LONGEST: usize = 2_000;

/// Longest pseudonym, in characters.
pub const LONGEST_NAME: usize = 30;

/// What a remark says of the place it is pinned on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the labels say what each one is")]
pub enum RemarkKind {
    Unclear,
    Missing,
    WrongWord,
    Useless,
    Like,
}

impl RemarkKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Unclear, Self::Missing, Self::WrongWord, Self::Useless, Self::Like];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unclear => "unclear",
            Self::Missing => "missing",
            Self::WrongWord => "wrong_word",
            Self::Useless => "useless",
            Self::Like => "like",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unclear => "Pas clair",
            Self::Missing => "Il manque quelque chose",
            Self::WrongWord => "Mauvais mot",
            Self::Useless => "Inutile",
            Self::Like => "J'aime",
        }
    }
}

/// On which side a participant sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Fills a dossier.
    Structure,
    /// Reads what was deposited.
    Agent,
}

impl Seat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Structure, Self::Agent];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Agent => "agent",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seat| seat.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Structure => "Structure",
            Self::Agent => "Agent de l'État",
        }
    }

    /// What one does there.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Structure => "vous remplissez un dossier presque prêt",
            Self::Agent => "vous lisez et annotez des dossiers reçus",
        }
    }
}

/// What becomes of what was said of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody decided yet.
    #[default]
    ToDecide,
    /// To be done.
    Kept,
    /// Not to be done; the reason is said.
    Refused,
    /// Done, in a revision of the form.
    Done,
}

impl Standing {
    /// All of them, in the order they come.
    pub const ALL: [Self; 4] = [Self::ToDecide, Self::Kept, Self::Refused, Self::Done];

    /// Stable code, stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ToDecide => "to_decide",
            Self::Kept => "kept",
            Self::Refused => "refused",
            Self::Done => "done",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ToDecide => "À décider",
            Self::Kept => "Retenue",
            Self::Refused => "Écartée",
            Self::Done => "Faite",
        }
    }
}

/// The ten statements of the System Usability Scale, in the order that its score supposes: odd ones
/// speak well of the tool, even ones ill. Source: J. Brooke, "SUS: a quick and dirty usability scale",
/// 1996; each is answered from 1, not at all, to 5, fully.
pub const STATEMENTS: [&str; 10] = [
    "J'aimerais utiliser cet outil régulièrement.",
    "Cet outil est inutilement compliqué.",
    "Cet outil est facile à utiliser.",
    "Il me faudrait l'aide de quelqu'un pour utiliser cet outil.",
    "Les différentes parties de cet outil vont bien ensemble.",
    "Il y a trop d'incohérences dans cet outil.",
    "La plupart des gens apprendraient vite à utiliser cet outil.",
    "Cet outil est lourd à utiliser.",
    "Je me suis senti en confiance en utilisant cet outil.",
    "Il m'a fallu apprendre beaucoup de choses avant de m'en servir.",
];

/// The score of ten answers from 1 to 5, in tenths of a point out of 100: a multiple of 25 from 0 to
/// 1000. `None` when an answer is out of range.
pub fn sus(answers: [u8; 10]) -> Option<u32> {
    let mut points = 0;
    for (rank, answer) in answers.into_iter().enumerate() {
        if !(1..=5).contains(&answer) {
            return None;
        }
        points += u32::from(if rank % 2 == 0 { answer - 1 } else { 5 - answer });
    }
    Some(points * 25)
}

/// The mean of scores, in tenths of a point, rounded half up; `None` without any.
pub fn mean(scores: &[u32]) -> Option<u32> {
    let count = u32::try_from(scores.len()).ok().filter(|count| *count > 0)?;
    Some((scores.iter().sum::<u32>() * 2 + count) / (2 * count))
}

/// The middle one of some numbers, the lower of two; `None` without any.
pub fn median(numbers: &[u32]) -> Option<u32> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

/// Letters of the code that people type: none is taken for another.
const LETTERS: &[u8; 22] = b"BCDFGHJKMNPQRSTVWXZ234";

/// Letters of a code.
const CODE: usize = 6;

/// A code of six letters from bytes nobody can guess.
pub fn code(secret: &[u8]) -> String {
    secret.iter().take(CODE).map(|byte| char::from(LETTERS[usize::from(*byte) % 22])).collect()
}

/// A code as it was typed: capitals or not, with spaces or dashes. `None`: not a code.
pub fn read_code(typed: &str) -> Option<String> {
    let letters: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let known = letters.bytes().all(|letter| LETTERS.contains(&letter));
    (letters.len() == CODE && known).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for kind in RemarkKind::ALL {
            assert_eq!(RemarkKind::from_code(kind.code()), Some(kind));
        }
        for seat in Seat::ALL {
            assert_eq!(Seat::from_code(seat.code()), Some(seat));
        }
        for standing in Standing::ALL {
            assert_eq!(Standing::from_code(standing.code()), Some(standing));
        }
    }

    #[test]
    fn the_score_is_that_of_the_scale() {
        assert_eq!(sus([3; 10]), Some(500), "the middle");
        assert_eq!(sus([5, 1, 5, 1, 5, 1, 5, 1, 5, 1]), Some(1_000));
        assert_eq!(sus([1, 5, 1, 5, 1, 5, 1, 5, 1, 5]), Some(0));
        assert_eq!(sus([4, 2, 4, 1, 5, 2, 4, 2, 3, 3]), Some(750));
        assert_eq!(sus([0; 10]), None);
        assert_eq!(sus([6; 10]), None);
    }

    #[test]
    fn a_mean_and_a_median_need_somebody() {
        assert_eq!((mean(&[]), median(&[])), (None, None));
        assert_eq!(mean(&[700, 725]), Some(713), "712.5, rounded up");
        assert_eq!((median(&[9, 1, 5]), median(&[4, 2])), (Some(5), Some(2)));
    }

    #[test]
    fn a_code_is_typed_as_one_likes() {
        let code = code(&[0, 21, 22, 255, 7, 100, 9, 9]);
        assert_eq!(code.len(), 6);
        let spaced = format!(" {}-{} ", &code[..3].to_lowercase(), &code[3..]);
        assert_eq!(read_code(&spaced), Some(code));
        for wrong in ["", "BCD", "BCDFGHJ", "BCDFGO", "BCDFG/", "éééééé"] {
            assert_eq!(read_code(wrong), None, "{wrong}");
        }
    }
}
