//! The rows that people add to a table: whether a row is there, and where it stands among the others.
//!
//! A row is there while its mark, which stands at `(table, row)`, says so; any other text means that
//! it was removed, so that removing can be undone. Rows stand in the order of their keys: the rank
//! that the mark holds since the row was moved, else the row's own id, which sorts by the time it was
//! made. Moving a row writes its own mark and no other: two people who move two rows do not meet.

/// Raw text of the mark of a row that is there and was never moved.
pub const ROW_HERE: &str = "oui";

/// What stands between [`ROW_HERE`] and the rank of a row that was moved.
const RANKED: &str = "oui:";
/// Longest rank. Each move between the same two neighbours may lengthen it by a letter or so.
const LONGEST: usize = 200;
/// Letters of ids and ranks, in their order: those of ULID (Crockford base 32).
const LETTERS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether the mark says that the row is there.
pub fn is_here(mark: &str) -> bool {
    mark == ROW_HERE || rank(mark).is_some()
}

/// What the rows of a table are sorted by.
pub fn key<'a>(row: &'a str, mark: &'a str) -> &'a str {
    rank(mark).unwrap_or(row)
}

fn rank(mark: &str) -> Option<&str> {
    let rank = mark.strip_prefix(RANKED)?;
    let fits = (1..=LONGEST).contains(&rank.len()) && rank.bytes().all(|b| LETTERS.contains(&b));
    fits.then_some(rank)
}

/// The marks to write so that a row stands one place earlier or later among the rows of its table,
/// which are given in their order with their keys: its own mark, and those of the others only where
/// two of them have the same key. Nothing at the end of the table.
pub(crate) fn moved<'a>(
    rows: &[(&'a str, &'a str)],
    row: &str,
    up: bool,
) -> Vec<(&'a str, String)> {
    let Some(from) = rows.iter().position(|(id, _)| *id == row) else { return Vec::new() };
    let Some(to) = (if up { from.checked_sub(1) } else { Some(from + 1) }) else {
        return Vec::new();
    };
    let mut order = rows.to_vec();
    if to >= order.len() {
        return Vec::new();
    }
    order.swap(from, to);
    let before = to.checked_sub(1).map_or("", |place| order[place].1);
    let after =
        order.get(to + 1).map_or_else(|| format!("{before}Z"), |(_, key)| (*key).to_owned());
    match between(before, &after) {
        Some(rank) => vec![(order[to].0, format!("{RANKED}{rank}"))],
        None => anew(&order),
    }
}

/// Ranks for every row in this order, all before the first of their keys: a row that is added
/// later, whose key is its id, comes after them.
fn anew<'a>(order: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let first = order.iter().map(|(_, key)| *key).min().unwrap_or_default();
    let mut last = String::new();
    let mut marks = Vec::new();
    for (row, _) in order {
        let Some(rank) = between(&last, first) else { return Vec::new() };
        marks.push((*row, format!("{RANKED}{rank}")));
        last = rank;
    }
    marks
}

/// A rank that sorts after `low` and before `high`; `None` when nothing does, or nothing short enough.
fn between(low: &str, high: &str) -> Option<String> {
    if low >= high {
        return None;
    }
    let digit = |text: &str, at: usize| match text.as_bytes().get(at) {
        Some(letter) => LETTERS.iter().position(|known| known == letter),
        None => Some(0),
    };
    let mut found = String::new();
    let mut bound = true;
    for at in 0..LONGEST {
        let low = digit(low, at)?;
        let top = if bound { digit(high, at)? } else { LETTERS.len() };
        let middle = usize::midpoint(low, top);
        if middle > low {
            found.push(char::from(LETTERS[middle]));
            return Some(found);
        }
        found.push(char::from(LETTERS[low]));
        // Once a letter is lower than that of the upper end, whatever follows is too.
        bound &= low == top;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mark_says_whether_the_row_is_there() {
        for here in ["oui", "oui:1", "oui:01HZX"] {
            assert!(is_here(here), "{here}");
        }
        let long = format!("oui:{}", "1".repeat(LONGEST + 1));
        for gone in ["", "non", "oui:", "oui:é", "oui:a", "oui: 1", "Oui", &long] {
            assert!(!is_here(gone), "{gone}");
        }
        assert_eq!((key("01A", "oui"), key("01A", "oui:02")), ("01A", "02"));
    }

    fn order(rows: &[(String, String)]) -> Vec<(&str, &str)> {
        let mut order: Vec<(&str, &str)> =
            rows.iter().map(|(id, mark)| (id.as_str(), key(id, mark))).collect();
        order.sort_by_key(|(id, key)| (*key, *id));
        order
    }

    fn ids(rows: &[(String, String)]) -> Vec<String> {
        order(rows).iter().map(|(id, _)| (*id).to_owned()).collect()
    }

    fn write(rows: &mut [(String, String)], marks: Vec<(String, String)>) {
        for (id, mark) in marks {
            assert!(is_here(&mark), "{mark}");
            rows.iter_mut().find(|(row, _)| *row == id).unwrap().1 = mark;
        }
    }

    fn marks(rows: &[(String, String)], row: &str, up: bool) -> Vec<(String, String)> {
        let moved = moved(&order(rows), row, up);
        moved.into_iter().map(|(id, mark)| (id.to_owned(), mark)).collect()
    }

    fn rows(ids: &[&str]) -> Vec<(String, String)> {
        ids.iter().map(|id| ((*id).to_owned(), ROW_HERE.to_owned())).collect()
    }

    #[test]
    fn the_ends_of_a_table_are_ends() {
        let all = rows(&["01A", "01B"]);
        assert_eq!(marks(&all, "01A", true), []);
        assert_eq!(marks(&all, "01B", false), []);
        assert_eq!(marks(&all, "01C", false), []);
        assert_eq!(marks(&rows(&["01A"]), "01A", false), []);
    }

    #[test]
    fn one_mark_is_written_for_one_move() {
        let mut all = rows(&["01A", "01B", "01C"]);
        let moved = marks(&all, "01C", true);
        assert_eq!(moved, [("01C".to_owned(), "oui:01AG".to_owned())]);
        write(&mut all, moved);
        assert_eq!(ids(&all), ["01A", "01C", "01B"]);
    }

    #[test]
    fn two_people_who_moved_into_one_place_do_not_stop_a_third() {
        let mut all = rows(&["01A", "01B", "01C", "01D"]);
        for row in ["01C", "01D"] {
            write(&mut all, vec![(row.to_owned(), "oui:01AG".to_owned())]);
        }
        assert_eq!(ids(&all), ["01A", "01C", "01D", "01B"]);
        let moved = marks(&all, "01B", true);
        write(&mut all, moved);
        assert_eq!(ids(&all), ["01A", "01C", "01B", "01D"]);
        all.push(("01E".to_owned(), ROW_HERE.to_owned()));
        assert_eq!(ids(&all).last().unwrap(), "01E", "what is added later comes last");
    }

    proptest! {
        /// Whatever was moved before, a move swaps two rows, and a row added later comes last.
        #[test]
        fn a_move_swaps_two_rows(count in 2..7_usize, moves in proptest::collection::vec((0..7_usize, any::<bool>()), 1..400)) {
            let mut all = rows(&["01A", "01B0", "01B1", "01BZ", "01C", "01D", "01DZZ"][..count]);
            for (which, up) in moves {
                let mut expected = ids(&all);
                let from = which % count;
                let row = expected[from].clone();
                let to = if up { from.saturating_sub(1) } else { (from + 1).min(count - 1) };
                expected.swap(from, to);
                let moved = marks(&all, &row, up);
                prop_assert_eq!(moved.is_empty(), from == to);
                write(&mut all, moved);
                prop_assert_eq!(ids(&all), expected);
                prop_assert!(all.iter().all(|(id, mark)| key(id, mark) < "01E"));
            }
        }
    }
}
