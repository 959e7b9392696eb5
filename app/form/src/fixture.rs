//! A small form for tests: two steps, a table of rows, a grid.

use std::borrow::Cow;

use crate::{
    Answers, At, Cents, Cond, Field, Group, Line, ROW_HERE, Revision, Section, Table, fields,
    filled, one_of, texts,
};

/// Holds once "s.asks" is answered yes.
const ASKED: Cond = one_of!("s.asks"; "oui");

static NAME: Field<String> = Field::text("s.name", "Nom", 20);
static AMOUNT: Field<Cents> = Field::money("s.amount", "Montant").optional();
static ASKS: Field<bool> = Field::yes_no("s.asks", "Autre chose\u{a0}?");
static REASON: Field<String> = Field::text("s.reason", "Raison", 20).visible_when(ASKED);
static PART: Field<Cents> = Field::money("s.rows.part", "Part");
static NOTE: Field<String> =
    Field::text("s.rows.note", "Note", 20).visible_when(filled!("s.rows.part"));
static CELL: Field<Cents> = Field::money("s.lines.cell", "Case");
static LATE: Field<String> = Field::text("t.late", "Plus tard", 20);

static FIRST: Section = Section::new("s", "Début").groups(
    const {
        &[
            Group::new("s.one", "Une fois").holding(fields![NAME, AMOUNT, ASKS, REASON]),
            Group::new("s.many", "Lignes")
                .table(Table::new("s.rows", "ligne").columns(fields![PART, NOTE]).rows(1, 3)),
            Group::new("s.grid", "Grille").table(
                Table::new("s.lines", "ligne").columns(fields![CELL]).lines(
                    const {
                        &[
                            Line::new("60", "Achats"),
                            Line::new("61", "Services").when(ASKED),
                            Line::computed("T", "Total", texts!["60", "61"]),
                        ]
                    },
                ),
            ),
        ]
    },
);
static SECOND: Section = Section::new("t", "Fin")
    .when(ASKED)
    .groups(const { &[Group::new("t.one", "Suite").holding(fields![LATE])] });

/// The form.
pub fn form() -> Revision {
    Revision::new("essai", 1, vec![Cow::Borrowed(&FIRST), Cow::Borrowed(&SECOND)])
}

/// Answers written `field` or `field#row`; `table+row` adds a row.
pub fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (place, raw) in given {
        match place.split_once('+') {
            Some((table, row)) => answers.set(At::in_row(table, row), ROW_HERE.to_owned()),
            None => answers.set(At::parse(place), (*raw).to_owned()),
        }
    }
    answers
}

/// Nothing is left to write here.
pub const READY: &[(&str, &str)] = &[
    ("s.name", "La Forge"),
    ("s.asks", "non"),
    ("s.rows+a", ""),
    ("s.rows.part#a", "12"),
    ("s.rows.note#a", "x"),
    ("s.lines.cell#60", "1"),
];

/// Those answers, and others over them.
pub fn ready_but(others: &[(&str, &str)]) -> Answers {
    answers(&[READY, others].concat())
}
