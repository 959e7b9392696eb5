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
fn is_right(before: &[Letter], quote: Range<usize>, after: &[Letter], found: Range<usize>) -> bool {
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
