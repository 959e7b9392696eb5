//! The dossier, its form and its people.

use std::{borrow::Cow, sync::LazyLock};

use form::{
    Answer, At, Field, Group, Origin, Provenance, Revision, Section, Standing, Table, fields,
};
use service::{Millis, saving::Written};

/// When every story begins.
pub const START: u64 = 1_800_000_000_000;
/// A question that nobody answered yet.
pub const NAME: &str = "s.name";
/// A question for a long text, where two people may write in different passages.
pub const NOTE: &str = "s.note";
/// A question that a source answered.
pub const CITY: &str = "s.city";
/// A table to which people add rows.
pub const ROWS: &str = "s.rows";
/// The question of its rows.
pub const PART: &str = "s.rows.part";

static NAME_FIELD: Field<String> = Field::text(NAME, "Nom", 20);
static NOTE_FIELD: Field<String> = Field::long_text(NOTE, "Note", 200);
static CITY_FIELD: Field<String> = Field::text(CITY, "Ville", 20);
static PART_FIELD: Field<String> = Field::text(PART, "Part", 20);
static SECTION: Section = Section::new("s", "Essai").groups(
    const {
        &[
            Group::new("s.one", "Une fois").holding(fields![NAME_FIELD, NOTE_FIELD, CITY_FIELD]),
            Group::new("s.many", "Lignes")
                .table(Table::new(ROWS, "Ligne").columns(fields![PART_FIELD]).rows(0, 3)),
        ]
    },
);
static FORM: LazyLock<Revision> =
    LazyLock::new(|| Revision::new("essai", 1, vec![Cow::Borrowed(&SECTION)]));

/// The form.
pub fn form() -> &'static Revision {
    &FORM
}

/// The passages of a long text: each was typed once.
pub fn passages(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ")
}

/// What is there before anybody comes: what the source answered, and a text that everybody sees.
pub fn before() -> [(At, Written); 2] {
    let provenance = Provenance {
        origin: Origin::CompanyRegister,
        reference: String::new(),
        as_of: String::new(),
        key: String::new(),
        fetched_at: 0,
        value: "Nevers".into(),
        standing: Standing::ToConfirm,
    };
    let written = |field, raw: &str, provenance| {
        let answer = Answer { raw: raw.into(), version: 1, provenance };
        let (by, by_name) = ("Anne".into(), "Anne".into());
        (At::once(field), Written { answer, at: Millis(0), by, by_name })
    };
    [
        written(CITY, "Nevers", Some(provenance)),
        written(NOTE, "un. deux. trois. quatre. cinq. six. ", None),
    ]
}
