use proptest::prelude::*;

use super::*;
use crate::fixture::{answers, form};

fn laid(table: &str, filled: &Answers, from: &str, text: &str) -> Paste {
    let form = form();
    let table = form.table(table).unwrap();
    let columns: Vec<&FieldDef> = table.columns.iter().map(AsRef::as_ref).collect();
    lay(table, &columns, filled, &At::parse(from), text)
}

fn told(paste: &Paste) -> Vec<String> {
    let row = |target: &Target| match target {
        Target::Row(row) => row.clone(),
        Target::New(rank) => format!("+{rank}"),
    };
    let cells = paste.cells.iter();
    cells.map(|c| format!("{}#{} {} {:?}", c.field, row(&c.row), c.raw, c.fault)).collect()
}

#[test]
fn cells_are_read_as_spreadsheets_write_them() {
    assert_eq!(cells_of("a\tb\r\nc\t\r\n"), [["a", "b"], ["c", ""]]);
    assert_eq!(cells_of("\"a\tb\n\"\"c\"\"\"\td"), [["a\tb\n\"c\"", "d"]]);
    assert_eq!(cells_of("l'\"entrée\""), [["l'\"entrée\""]], "a quote inside is a quote");
    assert_eq!(cells_of(""), [[""]]);
}

#[test]
fn a_block_goes_down_the_lines_to_fill_and_says_what_does_not_fit() {
    let filled = answers(&[("s.asks", "oui"), ("s.lines.cell#61", "7")]);
    let paste = laid("s.lines", &filled, "s.lines.cell#60", "1 234,56\t9\n7,00\nx\n");
    assert_eq!(told(&paste), ["s.lines.cell#60 1 234,56 None"]);
    assert_eq!((paste.columns_beyond, paste.rows_beyond), (1, 1));
    let hidden = laid("s.lines", &answers(&[]), "s.lines.cell#60", "1\n2");
    assert_eq!((hidden.cells.len(), hidden.rows_beyond), (1, 1), "a hidden line takes nothing");
}

#[test]
fn lines_are_found_by_name_where_the_block_has_names() {
    let filled = answers(&[("s.asks", "oui")]);
    let text = "Compte\tMontant\n61 Services\t3\nTotal\t4\n60 - Achats\tdouze";
    let paste = laid("s.lines", &filled, "s.lines.cell#60", text);
    assert_eq!(told(&paste), ["s.lines.cell#61 3 None", "s.lines.cell#60 douze Some(NotANumber)"]);
    assert_eq!(paste.refused().count(), 1);
    // Numbers that look like accounts are numbers.
    let numbers = laid("s.lines", &filled, "s.lines.cell#60", "60\n61");
    assert_eq!(told(&numbers), ["s.lines.cell#60 60 None", "s.lines.cell#61 61 None"]);
}

#[test]
fn rows_are_added_up_to_the_room_there_is() {
    let filled = answers(&[("s.rows+a", "")]);
    let paste = laid("s.rows", &filled, "s.rows.part#a", "1\tun\n2\tdeux\n3\ttrois\n4\tquatre");
    assert_eq!((paste.new_rows, paste.rows_beyond), (2, 1));
    assert_eq!(paste.taken().count(), 6);
    assert_eq!(told(&paste)[2], "s.rows.part#+0 2 None");
    let sparse = laid("s.rows", &filled, "s.rows.part#a", "1\tun\n\t\ndouze\t\n4\tquatre");
    assert_eq!(sparse.new_rows, 1, "neither an empty row nor one that is all refused");
    assert_eq!(told(&sparse).last().unwrap(), "s.rows.note#+0 quatre None");
}

#[test]
fn nothing_pasted_is_nothing() {
    for text in ["", "\t\t", "\n\n", "\r\n"] {
        assert_eq!(laid("s.rows", &answers(&[]), "s.rows.part#a", text).cells, []);
    }
}

proptest! {
    #[test]
    fn what_is_copied_is_read_back(block in prop::collection::vec(prop::collection::vec("[a\"\t\n ]{0,3}", 2..4), 1..4)) {
        // An end of the block that is empty lines only is no cell: spreadsheets end with one.
        let full = block.last().is_some_and(|line| line.last().is_some_and(|cell| cell.contains('a')));
        prop_assume!(full);
        prop_assert_eq!(cells_of(&text_of(&block)), block);
    }
}
