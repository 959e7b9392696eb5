//! A passage of a text answer, and where it is in a later text. What cannot be told from the texts is
//! said to be so: a note is never laid on words that only look alike.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Longest passage, in characters.
pub const LONGEST: usize = 1_000;
/// How much of what stands before and after a passage tells it from another, in characters.
const CONTEXT: usize = 32;
/// Less than this tells nothing.
const ENOUGH: usize = 8;
/// A passage as long as this is known by itself, where the text has it once.
const LONG: usize = 24;
/// More occurrences than this are not told apart.
const MOST: usize = 200;

/// A passage: from and to which byte of what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its first byte.
    pub from: usize,
    /// The byte after it.
    pub to: usize,
}

/// Why a passage is not quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteRefused {
    /// It is not in the text.
    Absent,
    /// It is there several times, and which one is meant is not said.
    Several(usize),
    /// It is too long.
    TooLong,
    /// There is no text there to quote.
    NotAText,
}

impl QuoteRefused {
    /// What people read.
    pub fn sentence(self) -> String {
        match self {
            Self::Absent => "Ce passage ne se lit pas dans la réponse. Copiez-le depuis la réponse, mot pour mot.".to_owned(),
            Self::Several(count) => format!("Ce passage se lit {count} fois dans la réponse. Copiez quelques mots de plus, avant ou après, pour dire lequel."),
            Self::TooLong => "Ce passage est trop long. Citez-en 1 000 caractères au plus.".to_owned(),
            Self::NotAText => "On ne cite un passage que d'une réponse en texte.".to_owned(),
        }
    }
}

/// How a quoted passage stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// It is there, between what stood around it.
    Current(Range<usize>),
    /// It is there, in other surroundings.
    Moved(Range<usize>),
    /// Something else stands between what stood around it.
    Changed(Range<usize>),
    /// Words like these are there, and nothing tells that they are these.
    Ambiguous,
    /// It is not there any more.
    Gone,
}

impl Passage {
    /// What people read.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Current(_) => "Le passage n'a pas changé",
            Self::Moved(_) => "Le passage est toujours là, le texte autour a changé",
            Self::Changed(_) => "Le passage a changé depuis",
            Self::Ambiguous => {
                "Le texte a changé, et des mots semblables s'y lisent : rien ne dit que c'est ce passage"
            }
            Self::Gone => "Le passage n'est plus dans la réponse",
        }
    }

    /// Where it is, when it is there.
    pub fn place(&self) -> Option<Range<usize>> {
        match self {
            Self::Current(place) | Self::Moved(place) => Some(place.clone()),
            Self::Changed(_) | Self::Ambiguous | Self::Gone => None,
        }
    }
}

impl Quote {
    /// The passage of a text that reads so, however its spaces and lines are: `rank` says which one,
    /// from 0, when there are several.
    ///
    /// # Errors
    /// When there is none, or it is not said which.
    pub fn of(said: &str, passage: &str, rank: Option<usize>) -> Result<Self, QuoteRefused> {
        let (wanted, _) = spaced(passage.trim());
        if wanted.is_empty() {
            return Err(QuoteRefused::Absent);
        }
        if wanted.chars().count() > LONGEST {
            return Err(QuoteRefused::TooLong);
        }
        let (text, places) = spaced(said);
        let found = occurrences(&text, &wanted);
        let at = match (found.as_slice(), rank) {
            ([], _) => return Err(QuoteRefused::Absent),
            ([one], _) => *one,
            (several, Some(rank)) if rank < several.len() => several[rank],
            (several, _) => return Err(QuoteRefused::Several(several.len())),
        };
        let last = places[at + wanted.len() - 1];
        let length = said[last..].chars().next().map_or(0, char::len_utf8);
        Ok(Self { from: places[at], to: last + length })
    }

    /// Its words; nothing when the text is not the one it was made of.
    pub fn words(self, said: &str) -> &str {
        said.get(self.from..self.to).unwrap_or_default()
    }

    /// Where it is in another text.
    pub fn standing(self, said: &str, now: &str) -> Passage {
        let words = self.words(said);
        if words.is_empty() {
            return Passage::Gone;
        }
        if said == now {
            return Passage::Current(self.from..self.to);
        }
        let (before, after) = (Left::of(said, self.from), Right::of(said, self.to));
        let (old, new) = (occurrences(said, words), occurrences(now, words));
        if old.len() > MOST || new.len() > MOST {
            return Passage::Ambiguous;
        }
        let range = |at: usize| at..at + words.len();
        // A context counts where both texts have it once: elsewhere it tells nothing.
        let left_end = before.only_end(said, now);
        let right_start = after.only_start(said, now);
        let by_left = left_end.filter(|end| new.contains(end));
        let by_right = right_start
            .and_then(|start| start.checked_sub(words.len()))
            .filter(|start| new.contains(start));
        let is_only = || old.len() == 1 && new.len() == 1 && !self.has_double(said);
        match (by_left, by_right) {
            (Some(one), Some(other)) if one == other => return Passage::Current(range(one)),
            // One side is enough for words that are not said twice, in either text.
            (Some(at), None) | (None, Some(at)) if is_only() => return Passage::Moved(range(at)),
            (None, None) => {}
            _ => return Passage::Ambiguous,
        }
        if let (Some(end), Some(start)) = (left_end, right_start)
            && end <= start
            && start - end <= words.len() * 3 + 300
        {
            let between = &now[end..start];
            return if between.trim().is_empty() {
                Passage::Gone
            } else {
                Passage::Changed(end..start)
            };
        }
        match new.as_slice() {
            [] => Passage::Gone,
            [at] if words.chars().count() >= LONG && is_only() => Passage::Moved(range(*at)),
            _ => Passage::Ambiguous,
        }
    }
}

impl Quote {
    /// Whether most of the passage is said elsewhere in its text too: then a few letters more would make
    /// one of the other.
    fn has_double(self, said: &str) -> bool {
        let words = self.words(said);
        let ends: Vec<usize> =
            words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
        let length = ends.len() - 1;
        let most = (length / 2).max(ENOUGH).min(length);
        (0..=length - most)
            .any(|start| occurrences(said, &words[ends[start]..ends[start + most]]).len() > 1)
    }
}

/// What stands before a place, as far as it tells places apart.
struct Left<'a> {
    text: &'a str,
    /// Whether the whole text begins with it.
    is_edge: bool,
}

impl<'a> Left<'a> {
    fn of(said: &'a str, at: usize) -> Self {
        let head = said.get(..at).unwrap_or_default();
        let start = head.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(place, _)| place);
        Self { text: &head[start..], is_edge: start == 0 }
    }

    /// Where it ends in this text, when both have it once.
    fn only_end(&self, said: &str, now: &str) -> Option<usize> {
        let at = only(self.text, said, now)?;
        (!self.is_edge || at == 0).then_some(at + self.text.len())
    }
}

/// What stands after a place.
struct Right<'a> {
    text: &'a str,
    is_edge: bool,
}

impl<'a> Right<'a> {
    fn of(said: &'a str, at: usize) -> Self {
        let tail = said.get(at..).unwrap_or_default();
        let end = tail.char_indices().nth(CONTEXT).map_or(tail.len(), |(place, _)| place);
        Self { text: &tail[..end], is_edge: end == tail.len() }
    }

    fn only_start(&self, said: &str, now: &str) -> Option<usize> {
        let at = only(self.text, said, now)?;
        (!self.is_edge || at + self.text.len() == now.len()).then_some(at)
    }
}

fn tells(context: &str) -> bool {
    context.chars().count() >= ENOUGH
}

/// Where this context is in the second text, when each of them has it once.
fn only(context: &str, said: &str, now: &str) -> Option<usize> {
    if !tells(context) || occurrences(said, context).len() != 1 {
        return None;
    }
    match occurrences(now, context).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Where a text has these words, overlapping ones too: byte offsets, in order.
fn occurrences(text: &str, words: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(words)) {
        found.push(from + at);
        if found.len() > MOST {
            break;
        }
        let step = text[from + at..].chars().next().map_or(1, char::len_utf8);
        from += at + step;
    }
    found
}

/// A text with each run of spaces and lines as one space; and, for each byte of it, the byte of the
/// text where it comes from.
fn spaced(text: &str) -> (String, Vec<usize>) {
    let (mut one, mut places) = (String::with_capacity(text.len()), Vec::new());
    for (place, letter) in text.char_indices() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter == ' ' && one.ends_with(' ') {
            continue;
        }
        one.push(letter);
        // Every byte of a letter leads to the letter.
        places.extend(std::iter::repeat_n(place, letter.len_utf8()));
    }
    (one, places)
}

#[cfg(test)]
mod tests;
