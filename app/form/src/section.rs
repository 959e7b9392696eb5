//! How questions are ordered: a section (a step of the wizard) holds groups (its cards), a group holds
//! fields, rows to add, or a grid of fixed lines.

use std::{borrow::Cow, mem};

use serde::{Deserialize, Serialize};

use crate::{Cond, FieldDef, Text};

/// A list of definitions, constants of the programme or read back from JSON.
pub type Fields = Cow<'static, [Cow<'static, FieldDef>]>;

/// A line of a grid. Its id is the row id of its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Stable id (`"64"`).
    pub id: Text,
    /// Row header.
    pub label: Text,
    /// When the line is there.
    #[serde(default, skip_serializing_if = "Cond::is_always")]
    pub visible: Cond,
    /// For a computed line, the lines it adds up, a leading `-` subtracts; empty for a line to fill.
    #[serde(default, skip_serializing_if = "<[Text]>::is_empty")]
    pub sum: Cow<'static, [Text]>,
    /// "Dont" lines are shown indented and are not counted twice.
    #[serde(default)]
    pub detail: bool,
}

/// Questions asked once per row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Stable id; the mark of each added row is stored under it.
    pub id: Text,
    /// The questions of a row, its columns.
    pub columns: Fields,
    /// Name of one row, for buttons and readers ("activité").
    pub row_name: Text,
    /// Fixed lines of a grid; empty for rows people add.
    #[serde(default, skip_serializing_if = "<[Line]>::is_empty")]
    pub lines: Cow<'static, [Line]>,
    /// Fewest rows at deposit.
    #[serde(default)]
    pub min_rows: u32,
    /// Most rows.
    #[serde(default = "most_rows")]
    pub max_rows: u32,
    /// Columns shown with their total.
    #[serde(default, skip_serializing_if = "<[Text]>::is_empty")]
    pub totals: Cow<'static, [Text]>,
}

/// What a group holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Questions asked once.
    Fields(Fields),
    /// Rows people add, or a grid of fixed lines.
    Table(Table),
}

/// A card of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Stable id.
    pub id: Text,
    /// Heading.
    pub title: Text,
    /// A sentence under the heading; may be empty.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub intro: Text,
    /// When the card is there.
    #[serde(default, skip_serializing_if = "Cond::is_always")]
    pub visible: Cond,
    /// Its questions.
    pub body: Body,
}

/// A step of the wizard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Stable id, also the last part of its address.
    pub id: Text,
    /// Name of the step.
    pub title: Text,
    /// One sentence that says what is wanted.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub intro: Text,
    /// When the step is there.
    #[serde(default, skip_serializing_if = "Cond::is_always")]
    pub visible: Cond,
    /// Its cards.
    pub groups: Cow<'static, [Group]>,
}

/// Most rows of a table that does not say.
const fn most_rows() -> u32 {
    200
}

impl Line {
    /// A line to fill.
    pub const fn new(id: &'static str, label: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            label: Cow::Borrowed(label),
            visible: Cond::Always,
            sum: Cow::Borrowed(&[]),
            detail: false,
        }
    }

    /// A computed line: the sum of other lines, a leading `-` subtracts.
    pub const fn computed(id: &'static str, label: &'static str, sum: &'static [Text]) -> Self {
        let mut line = Self::new(id, label);
        mem::forget(mem::replace(&mut line.sum, Cow::Borrowed(sum)));
        line
    }

    /// A line that details the one above: indented, not counted twice.
    #[must_use]
    pub const fn detail(mut self) -> Self {
        self.detail = true;
        self
    }

    /// There only when this holds.
    #[must_use]
    pub const fn when(mut self, cond: Cond) -> Self {
        mem::forget(mem::replace(&mut self.visible, cond));
        self
    }

    /// Whether the line is computed.
    pub fn is_computed(&self) -> bool {
        !self.sum.is_empty()
    }
}

impl Table {
    /// A table of rows to add, without bounds.
    pub const fn new(id: &'static str, row_name: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            columns: Cow::Borrowed(&[]),
            row_name: Cow::Borrowed(row_name),
            lines: Cow::Borrowed(&[]),
            min_rows: 0,
            max_rows: most_rows(),
            totals: Cow::Borrowed(&[]),
        }
    }

    /// Its questions. See the macro [`crate::fields!`].
    #[must_use]
    pub const fn columns(mut self, columns: &'static [Cow<'static, FieldDef>]) -> Self {
        mem::forget(mem::replace(&mut self.columns, Cow::Borrowed(columns)));
        self
    }

    /// Fixed lines: the table is a grid.
    #[must_use]
    pub const fn lines(mut self, lines: &'static [Line]) -> Self {
        mem::forget(mem::replace(&mut self.lines, Cow::Borrowed(lines)));
        self
    }

    /// Columns shown with their total. See the macro [`crate::texts!`].
    #[must_use]
    pub const fn totals(mut self, columns: &'static [Text]) -> Self {
        mem::forget(mem::replace(&mut self.totals, Cow::Borrowed(columns)));
        self
    }

    /// Fewest and most rows.
    #[must_use]
    pub const fn rows(mut self, min: u32, max: u32) -> Self {
        self.min_rows = min;
        self.max_rows = max;
        self
    }

    /// Whether its lines are fixed.
    pub fn is_grid(&self) -> bool {
        !self.lines.is_empty()
    }
}

impl Group {
    /// A card without questions yet.
    pub const fn new(id: &'static str, title: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            title: Cow::Borrowed(title),
            intro: Cow::Borrowed(""),
            visible: Cond::Always,
            body: Body::Fields(Cow::Borrowed(&[])),
        }
    }

    /// A sentence under the heading.
    #[must_use]
    pub const fn intro(mut self, text: &'static str) -> Self {
        mem::forget(mem::replace(&mut self.intro, Cow::Borrowed(text)));
        self
    }

    /// There only when this holds.
    #[must_use]
    pub const fn when(mut self, cond: Cond) -> Self {
        mem::forget(mem::replace(&mut self.visible, cond));
        self
    }

    /// Holds questions asked once. See the macro [`crate::fields!`].
    #[must_use]
    pub const fn holding(mut self, fields: &'static [Cow<'static, FieldDef>]) -> Self {
        mem::forget(mem::replace(&mut self.body, Body::Fields(Cow::Borrowed(fields))));
        self
    }

    /// Holds a table.
    #[must_use]
    pub const fn table(mut self, table: Table) -> Self {
        mem::forget(mem::replace(&mut self.body, Body::Table(table)));
        self
    }

    /// Definitions in the card, in order.
    pub fn fields(&self) -> &[Cow<'static, FieldDef>] {
        match &self.body {
            Body::Fields(fields) => fields,
            Body::Table(table) => &table.columns,
        }
    }
}

impl Section {
    /// A step without cards yet.
    pub const fn new(id: &'static str, title: &'static str) -> Self {
        Self {
            id: Cow::Borrowed(id),
            title: Cow::Borrowed(title),
            intro: Cow::Borrowed(""),
            visible: Cond::Always,
            groups: Cow::Borrowed(&[]),
        }
    }

    /// One sentence that says what is wanted.
    #[must_use]
    pub const fn intro(mut self, text: &'static str) -> Self {
        mem::forget(mem::replace(&mut self.intro, Cow::Borrowed(text)));
        self
    }

    /// There only when this holds.
    #[must_use]
    pub const fn when(mut self, cond: Cond) -> Self {
        mem::forget(mem::replace(&mut self.visible, cond));
        self
    }

    /// Its cards.
    #[must_use]
    pub const fn groups(mut self, groups: &'static [Group]) -> Self {
        mem::forget(mem::replace(&mut self.groups, Cow::Borrowed(groups)));
        self
    }
}

/// `fields![SIRET, LEGAL_NAME]`: the definitions of these questions.
#[macro_export]
macro_rules! fields {
    ($($field:expr),+ $(,)?) => {
        const { &[$(::std::borrow::Cow::Borrowed(&$field.def)),+] }
    };
}

/// `texts!["60", "-70"]`.
#[macro_export]
macro_rules! texts {
    ($($text:expr),+ $(,)?) => {
        const { &[$(::std::borrow::Cow::Borrowed($text)),+] }
    };
}
