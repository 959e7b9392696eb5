//! Counting where answers come from.

use async_trait::async_trait;
use form::Provenance;
use service::{
    coverage::Count,
    ports::{Coverages, Stored},
};

use super::Backend;
use crate::{error::stored, rows::count};

impl Backend {
    async fn counted(&self, form: &str) -> sqlx::Result<(u32, Vec<Count>)> {
        let all: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM dossier WHERE form = $1 AND state <> 'abandoned'",
        )
        .bind(form)
        .fetch_one(&self.read)
        .await?;
        // What a person emptied was given all the same.
        let rows: Vec<(String, Option<String>, Option<String>, i64)> = sqlx::query_as(concat!(
            "SELECT a.field_id, ",
            as_json!("a.provenance"),
            "->>'origin', ",
            as_json!("a.provenance"),
            "->>'standing', count(DISTINCT a.dossier_id)
             FROM answer a JOIN dossier d ON d.id = a.dossier_id
             WHERE d.form = $1 AND d.state <> 'abandoned'
                 AND (a.raw <> '' OR a.provenance IS NOT NULL)
             GROUP BY 1, 2, 3"
        ))
        .bind(form)
        .fetch_all(&self.read)
        .await?;
        let read =
            |(field, origin, standing, dossiers): (String, Option<String>, Option<String>, i64)| {
                let from = match (origin, standing) {
                    (Some(origin), Some(standing)) => {
                        let said = serde_json::json!({ "origin": origin, "standing": standing });
                        let from: Provenance = serde_json::from_value(said)
                            .map_err(|error| sqlx::Error::Decode(error.into()))?;
                        Some((from.origin, from.standing))
                    }
                    _ => None,
                };
                Ok(Count { field, from, dossiers: count(dossiers)? })
            };
        Ok((count(all)?, rows.into_iter().map(read).collect::<sqlx::Result<_>>()?))
    }
}

#[async_trait]
impl Coverages for Backend {
    async fn provenances(&self, form: &str) -> Stored<(u32, Vec<Count>)> {
        self.counted(form).await.map_err(stored)
    }
}
