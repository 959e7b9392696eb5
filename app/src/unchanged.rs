//! Telling, when a step comes back as a plain form post, what its person really changed. The page
//! carries a stamp of what it showed: version and fingerprint of each answer.

use std::collections::BTreeMap;

use form::{Answers, At, Section};

use crate::draft::Conflict;

/// What a page showed of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Version of the answer.
    pub version: u32,
    /// Fingerprint of the text in the input.
    pub print: u32,
}

/// The stamp of a step: `field#row:version:print` separated by spaces. Where two values stand, it is
/// that of the other's: posting mine again then writes over it, knowingly.
pub fn stamp(
    section: &Section,
    answers: &Answers,
    conflicts: &BTreeMap<String, Conflict>,
) -> String {
    let mut words = Vec::new();
    for (def, row) in section.places(answers) {
        let Some(answer) = answers.of(&def.id, row) else { continue };
        let at = At::in_row(&def.id, row).to_string();
        let (version, raw) = match conflicts.get(&at) {
            Some(conflict) => (conflict.version, &conflict.theirs),
            None => (answer.version, &answer.raw),
        };
        words.push(format!("{at}:{version}:{:x}", fingerprint(&def.kind.edit(raw))));
    }
    words.join(" ")
}

/// Reads a stamp back. What does not read is left out: it then counts as never seen.
pub fn read_stamp(text: &str) -> BTreeMap<At, Seen> {
    text.split(' ')
        .filter_map(|word| {
            let mut parts = word.rsplitn(3, ':');
            let print = u32::from_str_radix(parts.next()?, 16).ok()?;
            let version = parts.next()?.parse().ok()?;
            Some((At::parse(parts.next()?), Seen { version, print }))
        })
        .collect()
}

/// FNV-1a over the text, with line ends as browsers post them made plain.
pub fn fingerprint(text: &str) -> u32 {
    text.trim()
        .replace("\r\n", "\n")
        .bytes()
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_reads_back() {
        let read = read_stamp("a.b:3:1f a.c#01J:0:ffffffff nonsense");
        assert_eq!(read.len(), 2);
        assert_eq!(read.get(&At::once("a.b")), Some(&Seen { version: 3, print: 0x1f }));
        assert_eq!(read.get(&At::in_row("a.c", "01J")).map(|s| s.version), Some(0));
    }

    #[test]
    fn line_ends_are_not_a_change() {
        assert_eq!(fingerprint("a\r\nb"), fingerprint("a\nb "));
        assert_ne!(fingerprint("a"), fingerprint("b"));
    }
}
