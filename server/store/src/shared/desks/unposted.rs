//! What an agent typed and did not post yet: rows, and how they are written.

use dossier::{
    id::AccountId,
    unposted::{Fields, Place},
};
use service::{Millis, unposted::Unposted};
use sqlx::FromRow;

use super::super::{BEGIN, Backend};
use crate::{
    error::{corrupt, json},
    rows::count,
};

#[derive(FromRow)]
pub(super) struct UnpostedRow {
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
    pub(super) fn read(self) -> sqlx::Result<(AccountId, Unposted)> {
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
    pub(super) async fn put_unposted(
        &self,
        by: &AccountId,
        text: &Unposted,
        before: Millis,
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
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

    pub(super) async fn rewrote_unposted(&self, text: &Unposted, seen: u32) -> sqlx::Result<bool> {
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
