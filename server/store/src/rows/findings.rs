//! Rows of what sources say.

use form::{At, Origin, Provenance};
use service::{
    Millis,
    findings::{Candidate, Fault, Finding, Kept},
};
use sqlx::FromRow;

use super::parse;

/// The code of a source or a fault, as its JSON says it.
pub(crate) fn code<T: serde::Serialize>(what: &T) -> String {
    let json = serde_json::to_value(what).unwrap_or_default();
    json.as_str().map(str::to_owned).unwrap_or_default()
}

fn named<T: serde::de::DeserializeOwned>(code: String) -> sqlx::Result<T> {
    serde_json::from_value(code.into()).map_err(|error| sqlx::Error::Decode(error.into()))
}

#[derive(FromRow)]
pub(crate) struct FindingRow {
    source: String,
    subject: String,
    told: Option<String>,
    fetched_at: i64,
    failure: String,
    failed_at: i64,
}

impl FindingRow {
    pub(crate) fn read(self) -> sqlx::Result<Finding> {
        let failed = match self.failure.as_str() {
            "" => None,
            _ => Some((named::<Fault>(self.failure)?, Millis(self.failed_at))),
        };
        Ok(Finding {
            source: named::<Origin>(self.source)?,
            subject: self.subject,
            told: self.told.as_deref().map(parse).transpose()?,
            fetched_at: Millis(self.fetched_at),
            failed,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct CandidateRow {
    field_id: String,
    row_id: String,
    provenance: String,
}

impl CandidateRow {
    pub(crate) fn read(self) -> sqlx::Result<Candidate> {
        let from: Provenance = parse(&self.provenance)?;
        Ok(Candidate { at: At { field: self.field_id, row: self.row_id }, from })
    }
}

#[derive(FromRow)]
pub(crate) struct KeptRow {
    dossier_id: String,
    field_id: String,
    row_id: String,
    source: String,
    value: String,
    reason: String,
    at: i64,
    by: String,
    by_name: String,
}

impl KeptRow {
    pub(crate) fn read(self) -> sqlx::Result<Kept> {
        Ok(Kept {
            dossier: self.dossier_id.into(),
            at: At { field: self.field_id, row: self.row_id },
            source: named::<Origin>(self.source)?,
            value: self.value,
            reason: self.reason,
            when: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
        })
    }
}
