//! The wizard: one step at a time, rendered by the server and made live in the browser. It loops
//! over the form and never names a question.

mod cell;
mod choice;
mod closed;
mod field;
mod gap;
mod group;
mod paste;
mod presence;
mod save_line;
mod step;
mod stepper;
pub mod table;
mod two_values;

pub use self::field::line_of;

pub use step::Wizard;

use form::{Cond, Revision};

/// Whether a condition can change while the step is open: it reads a question that people type.
/// What cannot change is decided once and never rendered.
fn can_change(cond: &Cond, form: &Revision) -> bool {
    cond.reads().iter().any(|id| form.place(id).is_none_or(|place| !place.field.fixed))
}
