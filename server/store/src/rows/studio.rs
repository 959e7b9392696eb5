//! Rows of the form studio.

use dossier::simulation::Accepted;
use service::{
    Millis,
    studio::{Change, Simulation, Sketch, Version},
};
use sqlx::FromRow;

use super::{count, parse};
use crate::error::corrupt;

#[derive(FromRow)]
pub(crate) struct VersionRow {
    sketch_id: String,
    number: i64,
    overlay: String,
    change: String,
    what: String,
    at: i64,
    by: String,
    by_name: String,
}

impl VersionRow {
    pub(crate) fn sketch(&self) -> &str {
        &self.sketch_id
    }

    pub(crate) fn read(self) -> sqlx::Result<Version> {
        Ok(Version {
            number: count(self.number)?,
            overlay: parse(&self.overlay)?,
            change: Change::from_code(&self.change).ok_or_else(|| corrupt("a change"))?,
            what: self.what,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct SketchRow {
    pub(crate) id: String,
    department: String,
    made_at: i64,
    made_by: String,
    made_by_name: String,
    aside_at: Option<i64>,
}

impl SketchRow {
    pub(crate) fn read(self, last: Version) -> Sketch {
        Sketch {
            id: self.id.into(),
            department: self.department,
            made_at: Millis(self.made_at),
            made_by: self.made_by.into(),
            made_by_name: self.made_by_name,
            aside_at: self.aside_at.map(Millis),
            last,
            published: Vec::new(),
        }
    }
}

#[derive(FromRow)]
pub(crate) struct SimulationRow {
    version: i64,
    at: i64,
    by: String,
    by_name: String,
    report: String,
}

impl SimulationRow {
    pub(crate) fn read(self) -> sqlx::Result<Simulation> {
        Ok(Simulation {
            version: count(self.version)?,
            report: parse(&self.report)?,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}

pub(crate) fn accepted(
    (loss, dossiers, at, by_name): (String, i64, i64, String),
) -> sqlx::Result<Accepted> {
    Ok(Accepted { loss, dossiers: count(dossiers)?, at, by_name })
}
