//! Fiches de suivi, version after version, and what is said of them.

use async_trait::async_trait;
use dossier::id::DossierId;
use service::{
    follow_up::{Comment, Version},
    journal::Step,
    ports::{FollowUps, Stored},
};

use super::{Backend, Connection, dossiers::end_step};
use crate::{
    error::{all_read, json, stored},
    rows::follow_ups::{CommentRow, VersionRow},
};

async fn put(connection: &mut Connection, version: &Version) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO follow_up (dossier_id, number, deposit, sheet, is_shared, at, by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(version.dossier.as_str())
    .bind(i64::from(version.number))
    .bind(i64::from(version.deposit))
    .bind(json(&version.sheet)?)
    .bind(version.is_shared)
    .bind(version.at.0)
    .bind(version.by.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

impl Backend {
    async fn sheet_left(&self, version: &Version, step: Option<&Step>) -> sqlx::Result<bool> {
        let Some(step) = step else {
            let mut connection = self.write.acquire().await?;
            put(&mut connection, version).await?;
            return Ok(true);
        };
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        put(&mut tx, version).await?;
        end_step(tx, step).await
    }

    async fn commented(&self, comment: &Comment, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "INSERT INTO follow_up_comment (dossier_id, seq, version, text, role, at, by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(comment.dossier.as_str())
        .bind(i64::from(step.event.seq))
        .bind(i64::from(comment.version))
        .bind(&comment.text)
        .bind(comment.role.code())
        .bind(comment.at.0)
        .bind(comment.by.as_str())
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn sheet(&self, id: &DossierId, shared: bool) -> sqlx::Result<Option<Version>> {
        let row: Option<VersionRow> = sqlx::query_as(
            "SELECT f.*, a.name AS by_name FROM follow_up f JOIN account a ON a.id = f.by
             WHERE f.dossier_id = $1 AND (f.is_shared OR NOT $2)
             ORDER BY f.number DESC LIMIT 1",
        )
        .bind(id.as_str())
        .bind(shared)
        .fetch_optional(&self.read)
        .await?;
        row.map(VersionRow::read).transpose()
    }
}

#[async_trait]
impl FollowUps for Backend {
    async fn last_sheet(&self, id: &DossierId, shared: bool) -> Stored<Option<Version>> {
        self.sheet(id, shared).await.map_err(stored)
    }

    async fn add_sheet(&self, version: &Version, step: Option<&Step>) -> Stored<bool> {
        self.sheet_left(version, step).await.map_err(stored)
    }

    async fn comments_of(&self, id: &DossierId) -> Stored<Vec<Comment>> {
        let rows: sqlx::Result<Vec<CommentRow>> = sqlx::query_as(
            "SELECT c.*, a.name AS by_name FROM follow_up_comment c JOIN account a ON a.id = c.by
             WHERE c.dossier_id = $1 ORDER BY c.seq",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, CommentRow::read)
    }

    async fn add_comment(&self, comment: &Comment, step: &Step) -> Stored<bool> {
        self.commented(comment, step).await.map_err(stored)
    }
}
