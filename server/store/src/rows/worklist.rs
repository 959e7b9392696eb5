//! Rows of the work list.

use dossier::state::State;
use service::{Millis, worklist::Line};
use sqlx::FromRow;

use super::count;
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct LineRow {
    dossier_id: String,
    department: String,
    state: String,
    kind: String,
    nature: String,
    year: i64,
    structure_name: String,
    siret: String,
    number: String,
    deposited_at: i64,
    due: i64,
    etp: i64,
    etp_before: i64,
    notes: i64,
    blocking: i64,
    assignee: String,
    follower_name: String,
}

impl LineRow {
    pub(crate) fn read(self) -> sqlx::Result<Line> {
        Ok(Line {
            id: self.dossier_id.into(),
            department: self.department,
            state: State::from_code(&self.state).ok_or_else(|| corrupt("a state"))?,
            kind: self.kind,
            nature: self.nature,
            year: self.year.try_into().map_err(|_| corrupt("a year"))?,
            structure_name: self.structure_name,
            siret: self.siret,
            number: self.number,
            deposited_at: Millis(self.deposited_at),
            due: Line::due_of(self.due),
            etp: Line::etp_of(self.etp),
            etp_before: Line::etp_of(self.etp_before),
            notes: count(self.notes)?,
            blocking: count(self.blocking)?,
            followed_by: Some(self.assignee).filter(|id| !id.is_empty()).map(Into::into),
            follower_name: self.follower_name,
            cover: None,
        })
    }
}
