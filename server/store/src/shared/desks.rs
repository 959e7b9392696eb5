//! What an agent typed and did not post yet.

use async_trait::async_trait;
use dossier::{
    id::{AccountId, DossierId},
    unposted::{Fields, Place},
};
use service::{
    Millis,
    ports::{Desks, Stored},
    unposted::Unposted,
};
use sqlx::FromRow;

use super::Backend;
use crate::{
    error::{all_read, corrupt, json, stored},
    rows::count,
};

#[derive(FromRow)]
struct UnpostedRow {
    id: String,
    account_id: String,
    dossier_id: String,
    place: String,
    fields: String,
    version: i64,
    pen: String,
    at: i64,
    cleared_at: Option<i64>,
}

impl UnpostedRow {
    fn read(self) -> sqlx::Result<(AccountId, Unposted)> {
        let fields: Vec<(String, String)> =
            serde_json::from_str(&self.fields).map_err(|_| corrupt("fields"))?;
        let text = Unposted {
            id: self.id,
            dossier: self.dossier_id.into(),
            place: Place::from_code(&self.place).ok_or_else(|| corrupt("a place"))?,
            fields: Fields::new(fields).ok_or_else(|| corrupt("fields"))?,
            version: count(self.version)?,
            pen: self.pen,
            at: Millis(self.at),
            cleared: self.cleared_at.map(Millis),
        };
        Ok((self.account_id.into(), text))
    }
}

impl Backend {
    async fn put_unposted(
        &self,
        by: &AccountId,
        text: &Unposted,
        before: Millis,
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        sqlx::query("DELETE FROM unposted WHERE account_id = $1 AND cleared_at < $2")
            .bind(by.as_str())
            .bind(before.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "INSERT INTO unposted
                 (id, account_id, dossier_id, place, fields, words, version, pen, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&text.id)
        .bind(by.as_str())
        .bind(text.dossier.as_str())
        .bind(text.place.code())
        .bind(json(&text.fields)?)
        .bind(text.fields.words())
        .bind(i64::from(text.version))
        .bind(&text.pen)
        .bind(text.at.0)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    async fn rewrote_unposted(&self, text: &Unposted, seen: u32) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE unposted SET fields = $3, words = $4, version = $5, pen = $6, at = $7
             WHERE id = $1 AND version = $2 AND cleared_at IS NULL",
        )
        .bind(&text.id)
        .bind(i64::from(seen))
        .bind(json(&text.fields)?)
        .bind(text.fields.words())
        .bind(i64::from(text.version))
        .bind(&text.pen)
        .bind(text.at.0)
        .execute(&self.write)
        .await?;
        Ok(done.rows_affected() > 0)
    }
}

#[async_trait]
impl Desks for Backend {
    async fn unposted_of(&self, by: &AccountId, dossier: &DossierId) -> Stored<Vec<Unposted>> {
        let rows = sqlx::query_as(
            "SELECT * FROM unposted
             WHERE account_id = $1 AND dossier_id = $2 AND cleared_at IS NULL ORDER BY at, id",
        )
        .bind(by.as_str())
        .bind(dossier.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, |row: UnpostedRow| row.read().map(|(_, text)| text))
    }

    async fn unposted(&self, id: &str) -> Stored<Option<(AccountId, Unposted)>> {
        let row: Option<UnpostedRow> = sqlx::query_as("SELECT * FROM unposted WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(UnpostedRow::read).transpose().map_err(stored)
    }

    async fn unposted_count(&self, by: &AccountId) -> Stored<u32> {
        let all: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM unposted WHERE account_id = $1")
            .bind(by.as_str())
            .fetch_one(&self.read)
            .await
            .map_err(stored)?;
        count(all).map_err(stored)
    }

    async fn unposted_dossiers(&self, by: &AccountId) -> Stored<Vec<DossierId>> {
        let rows = sqlx::query_as(
            "SELECT DISTINCT dossier_id FROM unposted
             WHERE account_id = $1 AND cleared_at IS NULL ORDER BY dossier_id",
        )
        .bind(by.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, |(id,): (String,)| Ok(id.into()))
    }

    async fn add_unposted(&self, by: &AccountId, text: &Unposted, before: Millis) -> Stored<()> {
        self.put_unposted(by, text, before).await.map_err(stored)
    }

    async fn rewrite_unposted(&self, text: &Unposted, seen: u32) -> Stored<bool> {
        self.rewrote_unposted(text, seen).await.map_err(stored)
    }

    async fn clear_unposted(&self, id: &str, at: Option<Millis>) -> Stored<()> {
        sqlx::query("UPDATE unposted SET cleared_at = $2, version = version + 1 WHERE id = $1")
            .bind(id)
            .bind(at.map(|at| at.0))
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn remove_unposted(&self, ids: &[String]) -> Stored<()> {
        sqlx::query(concat!(
            "DELETE FROM unposted WHERE id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ")"
        ))
        .bind(json(ids).map_err(stored)?)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }
}
