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
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "Nous accueillons douze personnes sur le lot des rivières, puis douze personnes sur le lot des chemins. L'encadrement est assuré par trois salariés permanents.";

    fn quote(passage: &str) -> Quote {
        Quote::of(TEXT, passage, None).expect(passage)
    }

    #[test]
    fn a_passage_is_found_however_it_is_spaced_and_several_are_told_apart() {
        let lines = "Une équipe\nde  cinq\u{a0}personnes.";
        let found = Quote::of(lines, " équipe de cinq personnes ", None).unwrap();
        assert_eq!(found.words(lines), "équipe\nde  cinq\u{a0}personnes");
        assert_eq!(Quote::of(TEXT, "treize", None), Err(QuoteRefused::Absent));
        assert_eq!(Quote::of(TEXT, "  ", None), Err(QuoteRefused::Absent));
        assert_eq!(Quote::of(TEXT, &"a".repeat(LONGEST + 1), None), Err(QuoteRefused::TooLong));
        let several = Quote::of(TEXT, "douze personnes", None);
        assert_eq!(several, Err(QuoteRefused::Several(2)));
        let second = Quote::of(TEXT, "douze personnes", Some(1)).unwrap();
        assert!(second.from > 40 && second.words(TEXT) == "douze personnes");
        assert!(Quote::of(TEXT, "douze personnes", Some(2)).is_err());
        assert_eq!(Quote { from: 1, to: 900 }.words(TEXT), "");
        let end = Quote::of("Un été", "été", None).unwrap();
        assert_eq!(end.words("Un été"), "été");
    }

    #[test]
    fn what_changes_elsewhere_leaves_it_and_what_changes_there_is_said() {
        let salaried = quote("trois salariés");
        let state = |now: &str| salaried.standing(TEXT, now);
        assert_eq!(state(TEXT), Passage::Current(salaried.from..salaried.to));
        let longer = format!("Depuis 2019. {TEXT}");
        let place = state(&longer).place().unwrap();
        assert_eq!(&longer[place], "trois salariés");
        assert!(matches!(state(&longer), Passage::Current(_)));
        let around = TEXT.replace("assuré par", "tenu avec");
        assert!(matches!(state(&around), Passage::Moved(_)), "{:?}", state(&around));
        let other = TEXT.replace("trois salariés", "quatre techniciennes");
        let Passage::Changed(place) = state(&other) else { panic!("{:?}", state(&other)) };
        assert_eq!(other[place].trim(), "quatre techniciennes");
        assert_eq!(state(&TEXT.replace("trois salariés ", "")), Passage::Gone);
        assert_eq!(state("Tout autre chose."), Passage::Gone);
        assert_eq!(state("Des trois salariés, deux partent."), Passage::Ambiguous);
    }

    #[test]
    fn a_look_alike_never_takes_its_place() {
        let first = Quote::of(TEXT, "douze personnes", Some(0)).unwrap();
        let second = Quote::of(TEXT, "douze personnes", Some(1)).unwrap();
        let without_first = TEXT.replacen("douze personnes sur le lot des rivières, puis ", "", 1);
        for one in [first, second] {
            let state = one.standing(TEXT, &without_first);
            // The words before are of one, those after of the other: nobody can tell.
            assert!(state.place().is_none(), "{state:?}");
        }
        let first_moves = TEXT.replacen("douze personnes", "treize personnes", 1);
        assert!(matches!(first.standing(TEXT, &first_moves), Passage::Changed(_)));
        let place = second.standing(TEXT, &first_moves).place().unwrap();
        assert_eq!(first_moves[..place.start].chars().rev().take(5).collect::<String>(), " siup");
        let twice = format!("{TEXT} {TEXT}");
        assert_eq!(first.standing(TEXT, &twice).place(), None, "the whole text is there twice");
    }

    /// A letter, and which letter of the first text it is; those typed later have numbers of their own.
    type Letter = (char, usize);

    #[derive(Clone, Debug)]
    enum Edit {
        Type(usize, String),
        Delete(usize, usize),
        Retype(usize, usize, String),
        Move(usize, usize, usize),
        Copy(usize, usize, usize),
    }

    fn edit() -> impl Strategy<Value = Edit> {
        let place = || 0..400_usize;
        let words = || {
            prop::collection::vec(
                prop::sample::select(vec![
                    "le lot ",
                    "douze ",
                    "a",
                    "é",
                    ", puis ",
                    ".\n",
                    "personnes ",
                ]),
                1..4,
            )
            .prop_map(|words| words.concat())
        };
        let length = || 1..60_usize;
        prop_oneof![
            (place(), words()).prop_map(|(at, words)| Edit::Type(at, words)),
            (place(), length()).prop_map(|(at, length)| Edit::Delete(at, length)),
            (place(), length(), words()).prop_map(|(at, n, words)| Edit::Retype(at, n, words)),
            (place(), length(), place()).prop_map(|(at, n, to)| Edit::Move(at, n, to)),
            (place(), length(), place()).prop_map(|(at, n, to)| Edit::Copy(at, n, to)),
        ]
    }

    fn apply(text: &mut Vec<Letter>, edit: &Edit, next: &mut usize) {
        let clip = |text: &Vec<Letter>, at: usize, n: usize| {
            let at = at % (text.len() + 1);
            at..(at + n).min(text.len())
        };
        let mut typed = |words: &str| -> Vec<Letter> {
            words
                .chars()
                .map(|letter| {
                    *next += 1;
                    (letter, *next)
                })
                .collect()
        };
        match edit {
            Edit::Type(at, words) => {
                let at = at % (text.len() + 1);
                text.splice(at..at, typed(words));
            }
            Edit::Delete(at, n) => {
                let range = clip(text, *at, *n);
                text.drain(range);
            }
            Edit::Retype(at, n, words) => {
                let range = clip(text, *at, *n);
                text.splice(range, typed(words));
            }
            Edit::Move(at, n, to) => {
                let range = clip(text, *at, *n);
                // Of two blocks that read the same, no text tells which one moved.
                let (all, words) = (text_of(text), text_of(&text[range.clone()]));
                if words.is_empty() || occurrences(&all, &words).len() != 1 {
                    return;
                }
                let block: Vec<Letter> = text.drain(range).collect();
                let to = to % (text.len() + 1);
                text.splice(to..to, block);
            }
            Edit::Copy(at, n, to) => {
                let block: Vec<Letter> = text[clip(text, *at, *n)].to_vec();
                let to = to % (text.len() + 1);
                text.splice(to..to, block);
            }
        }
    }

    fn text_of(letters: &[Letter]) -> String {
        letters.iter().map(|(letter, _)| letter).collect()
    }

    /// Whether a passage that is said to be here is: the very letters, wherever they went, but for a
    /// space or so that reads as another one; or letters that read the same beside the very neighbour
    /// that the passage had.
    fn is_right(
        before: &[Letter],
        quote: Range<usize>,
        after: &[Letter],
        found: Range<usize>,
    ) -> bool {
        let neighbours = |letters: &[Letter], range: &Range<usize>| {
            let left = range.start.checked_sub(1).map(|at| letters[at].1);
            (left, letters.get(range.end).map(|letter| letter.1))
        };
        let pairs = before[quote.clone()].iter().zip(&after[found.clone()]);
        let same = pairs.filter(|(one, other)| one.1 == other.1).count() * 10 >= quote.len() * 8;
        let (had, has) = (neighbours(before, &quote), neighbours(after, &found));
        same || had.0 == has.0 || had.1 == has.1
    }

    fn letters_before(text: &str, byte: usize) -> usize {
        text[..byte].chars().count()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Whatever was typed, deleted, moved or copied, a passage that is said to be there is there.
        #[test]
        fn no_anchor_is_wrong(
            sentences in prop::collection::vec(prop::sample::select(vec![
                "Nous accueillons douze personnes sur le lot des rivières. ",
                "Nous accueillons douze personnes sur le lot des chemins. ",
                "Trois salariés les encadrent. ",
                "Le lot est à nous.\n",
            ]), 2..7),
            (from, length) in (0..300_usize, 1..50_usize),
            edits in prop::collection::vec(edit(), 1..7),
        ) {
            let first: Vec<Letter> = sentences.concat().chars().enumerate().map(|(id, c)| (c, id)).collect();
            let from = from % first.len();
            let to = (from + length).min(first.len());
            let said = text_of(&first);
            let byte = |at: usize| text_of(&first[..at]).len();
            let quote = Quote { from: byte(from), to: byte(to) };
            let (mut after, mut next) = (first.clone(), 10_000);
            for edit in &edits {
                apply(&mut after, edit, &mut next);
            }
            let now = text_of(&after);
            if let Some(place) = quote.standing(&said, &now).place() {
                prop_assert_eq!(&now[place.clone()], quote.words(&said));
                let found = letters_before(&now, place.start)..letters_before(&now, place.end);
                prop_assert!(
                    now == said || is_right(&first, from..to, &after, found.clone()),
                    "{:?} at {:?} of {:?}", quote.words(&said), found, now
                );
            }
        }

        /// What is typed or deleted far from a passage never loses it.
        #[test]
        fn an_edit_elsewhere_never_loses_it(typed in "[a-zé ]{0,20}", cut in 0..20_usize) {
            let quote = quote("trois salariés");
            let cut: usize = TEXT.char_indices().nth(cut).map_or(0, |(place, _)| place);
            let now = format!("{typed}{}", &TEXT[cut..]);
            let state = quote.standing(TEXT, &now);
            prop_assert!(matches!(state, Passage::Current(_)), "{:?} in {:?}", state, now);
            prop_assert_eq!(&now[state.place().unwrap()], "trois salariés");
        }
    }
}
