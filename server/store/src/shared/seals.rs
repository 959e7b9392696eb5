//! The signed head of the journals, day by day.

use async_trait::async_trait;
use form::Date;
use service::{
    Millis,
    ports::{Seals, Stored},
    sealing::Seal,
};
use sqlx::FromRow;

use super::Backend;
use crate::{
    error::{corrupt, stored},
    rows::retention::lines,
};

#[derive(FromRow)]
struct SealRow {
    day: String,
    until_at: i64,
    dossiers: i64,
    events: i64,
    digest: String,
    previous: String,
    seal: String,
    signature: String,
    public_key: String,
    at: i64,
}

impl SealRow {
    fn read(self) -> sqlx::Result<Seal> {
        Ok(Seal {
            day: Date::parse_iso(&self.day).ok_or_else(|| corrupt("a day"))?,
            until: Millis(self.until_at),
            dossiers: lines(self.dossiers),
            events: lines(self.events),
            digest: self.digest,
            previous: self.previous,
            seal: self.seal,
            signature: self.signature,
            public_key: self.public_key,
            at: Millis(self.at),
        })
    }
}

#[async_trait]
impl Seals for Backend {
    async fn add_seal(&self, seal: &Seal) -> Stored<bool> {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let added = sqlx::query(
            "INSERT INTO journal_seal
                 (day, until_at, dossiers, events, digest, previous, seal, signature, public_key, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (day) DO NOTHING",
        )
        .bind(seal.day.to_string())
        .bind(seal.until.0)
        .bind(number(seal.dossiers))
        .bind(number(seal.events))
        .bind(&seal.digest)
        .bind(&seal.previous)
        .bind(&seal.seal)
        .bind(&seal.signature)
        .bind(&seal.public_key)
        .bind(seal.at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(added.rows_affected() == 1)
    }

    async fn last_seal(&self) -> Stored<Option<Seal>> {
        let row: Option<SealRow> =
            sqlx::query_as("SELECT * FROM journal_seal ORDER BY day DESC LIMIT 1")
                .fetch_optional(&self.read)
                .await
                .map_err(stored)?;
        row.map(SealRow::read).transpose().map_err(stored)
    }

    async fn seals(&self) -> Stored<Vec<Seal>> {
        let rows: Vec<SealRow> = sqlx::query_as("SELECT * FROM journal_seal ORDER BY day")
            .fetch_all(&self.read)
            .await
            .map_err(stored)?;
        rows.into_iter().map(SealRow::read).collect::<sqlx::Result<_>>().map_err(stored)
    }
}
