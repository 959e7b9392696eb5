use proptest::prelude::*;

use super::*;

const BASE: &str = "Nous accueillons dix personnes. L'équipe compte trois encadrants !  Le chantier a \
    « deux ateliers. » Il ouvre en mai…\nLe bilan suit.\n\nMerci";

fn edited(from: &str, to: &str) -> String {
    assert!(BASE.contains(from), "{from}");
    BASE.replace(from, to)
}

#[test]
fn a_passage_is_a_sentence_or_a_line() {
    let told = [
        "Nous accueillons dix personnes. ",
        "L'équipe compte trois encadrants !  ",
        "Le chantier a « deux ateliers. » ",
        "Il ouvre en mai…\n",
        "Le bilan suit.\n\n",
        "Merci",
    ];
    assert_eq!(passages(BASE), told);
    assert_eq!(passages("3.5 et p.ex. oui"), ["3.5 et p.ex. ", "oui"]);
    assert_eq!(passages(" \n a"), [" \n ", "a"]);
    assert!(passages("").is_empty());
}

#[test]
fn passages_apart_are_put_together() {
    let one = edited("dix", "douze");
    let other = edited("Le bilan suit.\n", "Le bilan est joint. Il est signé.\n");
    let both = one.replace("Le bilan suit.\n", "Le bilan est joint. Il est signé.\n");
    assert_eq!(merge(BASE, &one, &other), Some(both));
    // Side by side, and a passage taken out.
    let beside = edited("trois", "quatre");
    assert_eq!(merge(BASE, &one, &beside), Some(one.replace("trois", "quatre")));
    let without = edited("Il ouvre en mai…\n", "");
    assert_eq!(merge(BASE, &one, &without), Some(one.replace("Il ouvre en mai…\n", "")));
    let posted = other.replace('\n', "\r\n");
    assert_eq!(merge(BASE, &one, &posted), merge(BASE, &one, &other), "lines end in two ways");
}

#[test]
fn passages_that_touch_are_left_to_people() {
    let one = edited("dix", "douze");
    assert_eq!(merge(BASE, &one, &edited("accueillons", "accueillerons")), None, "one sentence");
    assert_eq!(merge(BASE, &one, &edited("Nous accueillons dix personnes. ", "")), None);
    let end = |text: &str| format!("{BASE} {text}");
    assert_eq!(merge(BASE, &end("à tous."), &end("beaucoup.")), None, "both at the end");
    let between = edited("L'équipe", "Elles restent un an. L'équipe");
    assert_eq!(merge(BASE, &one, &between), None, "put in beside what changed");
    assert_eq!(merge("", "un", "deux"), None);
    assert_eq!(merge(BASE, "", &one), None, "all taken out");
}

#[test]
fn hostile_texts_cost_little_and_are_still_merged() {
    let base = "a. b. ".repeat(5_000);
    let one = format!("Début. {}", "b. a. ".repeat(5_000));
    assert_eq!(merge(&base, &one, &"c. ".repeat(10_000)), None);
    let (start, end) = (format!("Avant. {base}"), format!("{base}Après."));
    assert_eq!(merge(&base, &start, &end), Some(format!("Avant. {base}Après.")));
}

/// Passages without two alike, so that each can be told from the others.
fn sentences(prefix: char, count: usize) -> Vec<String> {
    (0..count)
        .map(|n| format!("{prefix}é{n} mot.{}", if n % 3 == 0 { '\n' } else { ' ' }))
        .collect()
}

/// What one person does to each passage of a text: leaves it, replaces it, takes it out, or puts
/// something in after it.
fn edit(base: &[String], who: char, what: &[u8]) -> String {
    let mut text = String::new();
    for (rank, (sentence, what)) in base.iter().zip(what).enumerate() {
        let own = format!("{who}ô{rank}. ");
        if *what > 1 {
            text += sentence;
        }
        if matches!(what, 0 | 2) {
            text += &own;
        }
    }
    text
}

proptest! {
    #[test]
    fn what_is_merged_holds_what_both_wrote(
        one in prop::collection::vec(0..12_u8, 1..16), other in prop::collection::vec(0..12_u8, 16),
    ) {
        let base = sentences('b', one.len());
        let (text, mine, theirs) =
            (base.concat(), edit(&base, 'm', &one), edit(&base, 't', &other));
        let merged = merge(&text, &mine, &theirs);
        prop_assert_eq!(&merged, &merge(&text, &theirs, &mine), "who comes first does not matter");
        if let Some(merged) = merged {
            let merged = passages(&merged);
            let (mine, theirs) = (passages(&mine), passages(&theirs));
            for own in mine.iter().chain(&theirs).filter(|p| !p.starts_with('b')) {
                prop_assert!(merged.contains(own), "{} is lost", own);
            }
            for sentence in &base {
                let sentence = sentence.as_str();
                let kept = mine.contains(&sentence) && theirs.contains(&sentence);
                prop_assert_eq!(merged.contains(&sentence), kept, "{}", sentence);
            }
            let mut known: Vec<&str> = mine.iter().chain(&theirs).copied().collect();
            known.extend(base.iter().map(String::as_str));
            prop_assert!(merged.iter().all(|passage| known.contains(passage)), "nothing is split");
        } else {
            let apart = |(a, b): (&u8, &u8)| *a > 2 || *b > 2;
            let together = one.iter().zip(&other).all(apart);
            let beside = |a: &[u8], b: &[u8]| {
                (1..one.len()).any(|n| a[n - 1] == 2 && b[n] < 2)
            };
            let touching = beside(&one, &other[..one.len()]) || beside(&other[..one.len()], &one);
            prop_assert!(!together || touching, "these did not touch");
        }
    }

    #[test]
    fn a_text_that_nobody_else_edited_is_taken_as_it_is(base in ".{0,60}", text in ".{0,60}") {
        let unix = text.replace("\r\n", "\n");
        prop_assert_eq!(merge(&base, &base, &text), Some(unix.clone()));
        prop_assert_eq!(merge(&base, &text, &base), Some(unix.clone()));
        prop_assert_eq!(merge(&base, &text, &text), Some(unix));
    }

    #[test]
    fn any_texts_are_merged_or_not_and_words_stay_whole(
        base in "[aé.! \n»…\u{202f}😀]{0,40}", one in "[aé.! \n»…\u{202f}😀]{0,40}",
        other in "[aé.! \n»…\u{202f}😀]{0,40}",
    ) {
        let merged = merge(&base, &one, &other);
        prop_assert_eq!(&merged, &merge(&base, &other, &one));
        prop_assert_eq!(passages(&base).concat(), base.clone());
        let words: Vec<&str> =
            [&base, &one, &other].into_iter().flat_map(|text| text.split_whitespace()).collect();
        let whole = |word: &str| words.contains(&word);
        prop_assert!(merged.iter().flat_map(|text| text.split_whitespace()).all(whole));
    }
}

fn told(before: &str, after: &str) -> (String, String) {
    let (said, says) = compared(before, after);
    let tell = |parts: Vec<Words>| {
        let tell =
            |one: &Words| if one.alone { format!("[{}]", one.text) } else { one.text.to_owned() };
        parts.iter().map(tell).collect()
    };
    (tell(said), tell(says))
}

#[test]
fn texts_are_compared_word_by_word() {
    let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(told("le chat noir", "le chien noir"), pair("le [chat ]noir", "le [chien ]noir"));
    assert_eq!(told("un deux", "un deux trois"), pair("un deux", "un deux [trois]"));
    assert_eq!(told("", "un"), pair("", "[un]"));
    assert_eq!(
        told("un  deux\n", "un deux"),
        pair("un  deux\n", "un deux"),
        "space is no difference"
    );
    assert_eq!(told("a b c d", "a c d e"), pair("a [b ]c d", "a c d [e]"));
}

proptest! {
    #[test]
    fn what_is_compared_is_the_texts_again(before in "[ab \n]{0,12}", after in "[ab \n]{0,12}") {
        let (said, says) = compared(&before, &after);
        prop_assert_eq!(said.iter().map(|one| one.text).collect::<String>(), before.clone());
        prop_assert_eq!(says.iter().map(|one| one.text).collect::<String>(), after.clone());
        let kept = |parts: &[Words]| {
            let kept = parts.iter().filter(|one| !one.alone).flat_map(|one| one.text.split_whitespace());
            kept.map(str::to_owned).collect::<Vec<_>>()
        };
        prop_assert_eq!(kept(&said), kept(&says), "what is not marked is said by both");
    }
}
