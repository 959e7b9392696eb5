//! Rows of what was made of signals, and of lenses that agents compose.

use dossier::reading::composed::Composed;
use service::{Millis, instruction::SignalChoice, lenses::Composition};
use sqlx::FromRow;

use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct ChoiceRow {
    signal: String,
    print: String,
    said: String,
    is_aside: bool,
    reason: String,
    at: i64,
    by_name: String,
}

impl ChoiceRow {
    pub(crate) fn read(self) -> SignalChoice {
        SignalChoice {
            signal: self.signal,
            print: self.print,
            said: self.said,
            aside: self.is_aside,
            reason: self.reason,
            at: Millis(self.at),
            by_name: self.by_name,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct LensRow {
    id: String,
    form: String,
    question: String,
    shows: String,
    department: String,
    made_by: String,
    by_name: String,
    made_at: i64,
    removed_at: Option<i64>,
}

impl LensRow {
    pub(crate) fn read(self) -> sqlx::Result<Composition> {
        let shows = serde_json::from_str(&self.shows).map_err(|_| corrupt("a list of cards"))?;
        Ok(Composition {
            id: self.id.into(),
            form: self.form,
            composed: Composed { question: self.question, shows },
            department: self.department,
            by: self.made_by.into(),
            by_name: self.by_name,
            at: Millis(self.made_at),
            removed: self.removed_at.map(Millis),
        })
    }
}
