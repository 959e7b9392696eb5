//! Two people edited one text: their passages, put together where they do not touch. A passage is a
//! sentence or a line, with the space that follows it: two people in one sentence mean something
//! together that neither wrote, so that stays theirs to settle.

use std::{collections::HashMap, ops::Range};

/// Most comparisons of one pair of texts. Beyond, what differs counts as one passage from the first
/// difference to the last.
const MOST: usize = 250_000;

/// Both edits of `base` in one text; `None` where they touch. Who comes first does not matter.
pub fn merge(base: &str, one: &str, other: &str) -> Option<String> {
    let [base, one, other] = [base, one, other].map(|text| text.replace("\r\n", "\n"));
    let (base, one, other) = (passages(&base), passages(&one), passages(&other));
    let mut edits = edits(&base, &one);
    edits.extend(self::edits(&base, &other));
    edits.sort_by_key(|edit| (edit.from.start, edit.from.end));
    edits.dedup();

    let mut merged = String::new();
    let mut done = 0;
    let mut last: Option<&Edit> = None;
    for edit in &edits {
        if last.is_some_and(|last| last.touches(edit)) {
            return None;
        }
        merged.extend(base[done..edit.from.start].iter().copied());
        merged.extend(edit.to.iter().copied());
        done = edit.from.end;
        last = Some(edit);
    }
    merged.extend(base[done..].iter().copied());
    Some(merged)
}

/// Words that follow each other, of one of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'t> {
    /// The words, with the space between and after them.
    pub text: &'t str,
    /// Whether this text alone says them there.
    pub alone: bool,
}

/// Two texts, word by word: what each of them alone says. Put together, the words make the text again;
/// how much space is between them is no difference.
pub fn compared<'t>(before: &'t str, after: &'t str) -> (Vec<Words<'t>>, Vec<Words<'t>>) {
    let (left, right) = (words(before), words(after));
    let bare = |words: &[&'t str]| words.iter().map(|word| word.trim_end()).collect::<Vec<_>>();
    let (mut said, mut says) = (Cut::of(before), Cut::of(after));
    let (mut done, mut also) = (0, 0);
    for edit in edits(&bare(&left), &bare(&right)) {
        let kept = edit.from.start - done;
        said.take(&left[done..edit.from.start], false);
        said.take(&left[edit.from.clone()], true);
        says.take(&right[also..also + kept], false);
        says.take(&right[also + kept..also + kept + edit.to.len()], true);
        (done, also) = (edit.from.end, also + kept + edit.to.len());
    }
    said.take(&left[done..], false);
    says.take(&right[also..], false);
    (said.parts, says.parts)
}

/// The words of a text, each with the space that follows it: they make the text again.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut space = false;
    for (place, letter) in text.char_indices() {
        if space && !letter.is_whitespace() {
            words.push(&text[start..place]);
            start = place;
        }
        space = letter.is_whitespace();
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

/// A text that is cut into parts, one after the other.
struct Cut<'t> {
    text: &'t str,
    done: usize,
    parts: Vec<Words<'t>>,
}

impl<'t> Cut<'t> {
    const fn of(text: &'t str) -> Self {
        Self { text, done: 0, parts: Vec::new() }
    }

    fn take(&mut self, words: &[&str], alone: bool) {
        let end = self.done + words.iter().map(|word| word.len()).sum::<usize>();
        if end > self.done {
            self.parts.push(Words { text: &self.text[self.done..end], alone });
        }
        self.done = end;
    }
}

/// The sentences and lines of a text, which make it again when put together.
fn passages(text: &str) -> Vec<&str> {
    let mut passages = Vec::new();
    let mut start = 0;
    // Whether the sentence is over, and whether its space began.
    let (mut ended, mut space) = (false, false);
    for (place, letter) in text.char_indices() {
        if letter.is_whitespace() {
            space |= ended;
            ended |= letter == '\n';
            space |= letter == '\n';
            continue;
        }
        // What closes belongs to what it closes, in French after a space.
        if space && letter != '»' {
            passages.push(&text[start..place]);
            (start, ended) = (place, false);
        }
        space = false;
        match letter {
            '.' | '!' | '?' | '…' => ended = true,
            '»' | '"' | '”' | ')' | ']' => {}
            _ => ended = false,
        }
    }
    if start < text.len() {
        passages.push(&text[start..]);
    }
    passages
}

/// Passages replaced by others; one of both may be none.
#[derive(Debug, PartialEq, Eq)]
struct Edit<'t> {
    from: Range<usize>,
    to: Vec<&'t str>,
}

impl Edit<'_> {
    /// Whether this edit and a later one cannot be told apart: they overlap, or something is put in
    /// where the other changed what stands beside.
    fn touches(&self, later: &Edit) -> bool {
        let meet = self.from.end == later.from.start;
        let puts_in = self.from.is_empty() || later.from.is_empty();
        later.from.start < self.from.end || (meet && puts_in)
    }
}

/// What was done to one text to make another.
fn edits<'t>(before: &[&str], after: &[&'t str]) -> Vec<Edit<'t>> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (left, right) = (&before[head..], &after[head..]);
    let tail = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);

    let mut edits = Vec::new();
    let (mut x, mut y) = (0, 0);
    let end = (left.len(), right.len());
    for (kept, also) in common(left, right).into_iter().chain([end]) {
        if (x, y) != (kept, also) {
            edits.push(Edit { from: head + x..head + kept, to: right[y..also].to_vec() });
        }
        (x, y) = (kept + 1, also + 1);
    }
    edits
}

/// The ranks of a longest common part of both; nothing where that would cost too much.
fn common(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
    let (rows, columns) = (left.len(), right.len());
    if rows.saturating_mul(columns) > MOST {
        return Vec::new();
    }
    // Numbers compare faster than texts.
    let mut numbers = HashMap::new();
    let mut number = |text| {
        let next = numbers.len();
        *numbers.entry(text).or_insert(next)
    };
    let left: Vec<usize> = left.iter().map(|text| number(*text)).collect();
    let right: Vec<usize> = right.iter().map(|text| number(*text)).collect();

    // Longest common part of what follows each pair of ranks.
    let mut longest = vec![0_u32; (rows + 1) * (columns + 1)];
    let at = |x: usize, y: usize| x * (columns + 1) + y;
    for x in (0..rows).rev() {
        for y in (0..columns).rev() {
            longest[at(x, y)] = if left[x] == right[y] {
                longest[at(x + 1, y + 1)] + 1
            } else {
                longest[at(x + 1, y)].max(longest[at(x, y + 1)])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut x, mut y) = (0, 0);
    while x < rows && y < columns {
        if left[x] == right[y] {
            pairs.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if longest[at(x + 1, y)] >= longest[at(x, y + 1)] {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
