//! The language forms are written in. Pure: no clock, no input or output, no sentence shown as an
//! error (codes only).
//!
//! To add a question: declare it once as a typed constant, list it in a section, and use it.
//!
//! ```
//! use std::borrow::Cow;
//! use form::{Answers, At, Field, Group, Hundredths, Moment, Revision, Section, check, fields};
//!
//! // 1. Declare it.
//! pub static ETP: Field<Hundredths> = Field::decimal("staff.etp", "ETP d'insertion demandés", 999_999);
//!
//! // 2. List it.
//! static STAFF: Section = Section::new("staff", "Moyens humains")
//!     .groups(const { &[Group::new("staff.request", "Demande").holding(fields![ETP])] });
//! let form = Revision::new("exemple", 1, vec![Cow::Borrowed(&STAFF)]);
//!
//! // 3. Use it: the same value on both sides of the wire.
//! let mut answers = Answers::default();
//! answers.set(At::once("staff.etp"), "12,4".into());
//! assert_eq!(answers.get(&ETP), Some(Hundredths(1_240)));
//! assert!(check(&form, &answers, &[], Moment::Deposit).is_empty());
//! ```

mod answers;
mod at;
mod bare;
mod check;
mod cond;
mod date;
mod describe;
mod diff;
mod field;
#[cfg(test)]
mod fixture;
pub mod gap;
pub mod identifier;
mod kind;
pub mod migrate;
pub mod number;
pub mod overlay;
mod part;
pub mod passage;
pub mod paste;
mod places;
mod provenance;
mod revision;
pub mod row;
mod section;
mod value;
mod walk;

use std::borrow::Cow;

pub use answers::{Answer, Answers};
pub use at::At;
pub use bare::bare;
pub use check::{Gravity, Moment, Problem, Progress, Rule, What, check, progress};
pub use cond::Cond;
pub use date::{Date, parse_month};
pub use describe::describe;
pub use diff::{Change, beside, diff};
pub use field::{Carry, Field, FieldDef, Origin, Source};
pub use kind::{Choice, Code, Kind, Meaning};
pub use provenance::{Provenance, Standing};
pub use revision::{Place, Revision};
pub use row::ROW_HERE;
pub use section::{Body, Group, Line, Section, Table};
pub use value::{Cents, Hundredths, Minutes, Value};

/// Text of a definition: a constant of the programme, or read back from a frozen revision.
pub type Text = Cow<'static, str>;
