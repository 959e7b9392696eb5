//! What sources say of structures, and what people set aside of it.

use async_trait::async_trait;
use dossier::id::DossierId;
use form::Provenance;
use serde::Serialize;
use service::{
    findings::{Candidate, Failed, Finding, Kept},
    journal::Step,
    ports::{Findings, Stored},
};

use super::{Backend, Connection, dossiers::end_step};
use crate::{
    error::{json, stored},
    rows::findings::{CandidateRow, FindingRow, KeptRow, code},
};

#[derive(Serialize)]
struct CandidateLine<'a> {
    dossier: &'a DossierId,
    field: &'a str,
    row: &'a str,
    source: String,
    from: &'a Provenance,
}

/// Keeps the values that stand beside the first answers of a dossier.
pub(super) async fn add_candidates(
    tx: &mut Connection,
    id: &DossierId,
    candidates: &[Candidate],
) -> sqlx::Result<()> {
    let lines = candidates.iter().map(|candidate| CandidateLine {
        dossier: id,
        field: &candidate.at.field,
        row: &candidate.at.row,
        source: code(&candidate.from.origin),
        from: &candidate.from,
    });
    let lines: Vec<_> = lines.collect();
    sqlx::query(concat!(
        "INSERT INTO candidate (dossier_id, field_id, row_id, source, provenance)
         SELECT w.value->>'dossier', w.value->>'field', w.value->>'row', w.value->>'source',
             w.value->>'from'
         FROM ",
        each!("$1"),
        " WHERE true ON CONFLICT DO NOTHING"
    ))
    .bind(json(&lines)?)
    .execute(tx)
    .await?;
    Ok(())
}

#[derive(Serialize)]
struct KeptLine<'a> {
    dossier: &'a DossierId,
    field: &'a str,
    row: &'a str,
    source: String,
    value: &'a str,
    reason: &'a str,
    at: service::Millis,
    by: &'a str,
}

impl Backend {
    async fn found(&self, subject: &str) -> sqlx::Result<Vec<Finding>> {
        let rows: Vec<FindingRow> =
            sqlx::query_as("SELECT * FROM finding WHERE subject = $1 ORDER BY source")
                .bind(subject)
                .fetch_all(&self.read)
                .await?;
        rows.into_iter().map(FindingRow::read).collect()
    }

    async fn put_finding(&self, finding: &Finding) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO finding (source, subject, told, fetched_at, failure, failed_at)
             VALUES ($1, $2, $3, $4, '', 0)
             ON CONFLICT (source, subject) DO UPDATE
             SET told = excluded.told, fetched_at = excluded.fetched_at, failure = '',
                 failed_at = 0",
        )
        .bind(code(&finding.source))
        .bind(&finding.subject)
        .bind(finding.told.as_ref().map(json).transpose()?)
        .bind(finding.fetched_at.0)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn put_failure(&self, failed: &Failed) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO finding (source, subject, told, fetched_at, failure, failed_at)
             VALUES ($1, $2, NULL, 0, $3, $4)
             ON CONFLICT (source, subject) DO UPDATE
             SET failure = excluded.failure, failed_at = excluded.failed_at",
        )
        .bind(code(&failed.source))
        .bind(&failed.subject)
        .bind(code(&failed.why))
        .bind(failed.at.0)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn beside(&self, id: &DossierId) -> sqlx::Result<(Vec<Candidate>, Vec<Kept>)> {
        let given: Vec<CandidateRow> = sqlx::query_as(
            "SELECT field_id, row_id, provenance FROM candidate
             WHERE dossier_id = $1 ORDER BY field_id, row_id, source",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let kept: Vec<KeptRow> = sqlx::query_as(
            "SELECT k.*, a.name AS by_name FROM set_aside k JOIN account a ON a.id = k.by
             WHERE k.dossier_id = $1 ORDER BY k.at, k.field_id, k.row_id",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        Ok((
            given.into_iter().map(CandidateRow::read).collect::<sqlx::Result<_>>()?,
            kept.into_iter().map(KeptRow::read).collect::<sqlx::Result<_>>()?,
        ))
    }

    async fn kept_own(&self, kept: &[Kept], step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let lines = kept.iter().map(|kept| KeptLine {
            dossier: &kept.dossier,
            field: &kept.at.field,
            row: &kept.at.row,
            source: code(&kept.source),
            value: &kept.value,
            reason: &kept.reason,
            at: kept.when,
            by: kept.by.as_str(),
        });
        let lines: Vec<_> = lines.collect();
        sqlx::query(concat!(
            "INSERT INTO set_aside
                 (dossier_id, field_id, row_id, source, value, reason, at, by)
             SELECT w.value->>'dossier', w.value->>'field', w.value->>'row', w.value->>'source',
                 w.value->>'value', w.value->>'reason', CAST(w.value->>'at' AS BIGINT),
                 w.value->>'by'
             FROM ",
            each!("$1"),
            " WHERE true
             ON CONFLICT (dossier_id, field_id, row_id, source, value) DO UPDATE
             SET reason = excluded.reason, at = excluded.at, by = excluded.by"
        ))
        .bind(json(&lines)?)
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }
}

#[async_trait]
impl Findings for Backend {
    async fn findings(&self, subject: &str) -> Stored<Vec<Finding>> {
        self.found(subject).await.map_err(stored)
    }

    async fn keep_finding(&self, finding: &Finding) -> Stored<()> {
        self.put_finding(finding).await.map_err(stored)
    }

    async fn keep_failure(&self, failed: &Failed) -> Stored<()> {
        self.put_failure(failed).await.map_err(stored)
    }

    async fn set_beside(&self, id: &DossierId) -> Stored<(Vec<Candidate>, Vec<Kept>)> {
        self.beside(id).await.map_err(stored)
    }

    async fn keep_own(&self, kept: &[Kept], step: &Step) -> Stored<bool> {
        self.kept_own(kept, step).await.map_err(stored)
    }
}
