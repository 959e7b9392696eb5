//! Where an answer stands: a question, and the row when the question is asked once per row.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The place of one answer. Written `field` or `field#row`, the same everywhere: input names,
/// links, storage keys, anchors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Id of the question (`"budget.forecast"`), or of the table for the mark of a row.
    pub field: String,
    /// Id of the row; empty for a question asked once.
    pub row: String,
}

impl At {
    /// The answer to a question asked once.
    pub fn once(field: &str) -> Self {
        Self { field: field.to_owned(), row: String::new() }
    }

    /// The answer to a question asked in one row of a table.
    pub fn in_row(field: &str, row: &str) -> Self {
        Self { field: field.to_owned(), row: row.to_owned() }
    }

    /// Reads back what [`fmt::Display`] wrote. Never fails: anything before the first `#` is the field.
    pub fn parse(text: &str) -> Self {
        match text.split_once('#') {
            Some((field, row)) => Self::in_row(field, row),
            None => Self::once(text),
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        if self.row.is_empty() { Ok(()) } else { write!(f, "#{}", self.row) }
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self::parse(&String::deserialize(from)?))
    }
}
