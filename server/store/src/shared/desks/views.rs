//! Views of the work list by name: rows, and how they are written.

use dossier::id::AccountId;
use service::{Millis, views::View};
use sqlx::FromRow;

use super::super::{BEGIN, Backend};

#[derive(FromRow)]
pub(super) struct ViewRow {
    id: String,
    account_id: String,
    by_name: String,
    name: String,
    query: String,
    is_shared: bool,
    made_at: i64,
    removed_at: Option<i64>,
}

impl ViewRow {
    pub(super) fn read(self) -> View {
        View {
            id: self.id,
            by: self.account_id.into(),
            by_name: self.by_name,
            name: self.name,
            query: self.query,
            is_shared: self.is_shared,
            at: Millis(self.made_at),
            removed: self.removed_at.map(Millis),
        }
    }
}

impl Backend {
    pub(super) async fn put_view(&self, view: &View, before: Millis) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        if view.removed.is_some() {
            sqlx::query("DELETE FROM work_view_first WHERE view_id = $1")
                .bind(&view.id)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(
            "INSERT INTO work_view (id, account_id, name, query, is_shared, made_at, removed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query,
                 is_shared = excluded.is_shared, removed_at = excluded.removed_at
             WHERE work_view.account_id = excluded.account_id",
        )
        .bind(&view.id)
        .bind(view.by.as_str())
        .bind(&view.name)
        .bind(&view.query)
        .bind(view.is_shared)
        .bind(view.at.0)
        .bind(view.removed.map(|at| at.0))
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "DELETE FROM work_view WHERE account_id = $1 AND removed_at < $2
             AND NOT EXISTS (SELECT 1 FROM work_view_first f WHERE f.view_id = work_view.id)",
        )
        .bind(view.by.as_str())
        .bind(before.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    pub(super) async fn set_first(&self, reader: &AccountId, id: Option<&str>) -> sqlx::Result<()> {
        match id {
            Some(id) => {
                sqlx::query(
                    "INSERT INTO work_view_first (account_id, view_id) VALUES ($1, $2)
                     ON CONFLICT (account_id) DO UPDATE SET view_id = excluded.view_id",
                )
                .bind(reader.as_str())
                .bind(id)
                .execute(&self.write)
                .await?;
            }
            None => {
                sqlx::query("DELETE FROM work_view_first WHERE account_id = $1")
                    .bind(reader.as_str())
                    .execute(&self.write)
                    .await?;
            }
        }
        Ok(())
    }
}
