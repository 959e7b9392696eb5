//! Second proofs, and sign-ins that wait for one.

use async_trait::async_trait;
use dossier::id::AccountId;
use service::{
    Millis,
    ports::{SecondFactors, Stored},
    second_factor::{Factor, Halfway},
};

use super::{Backend, Connection};
use crate::error::{json, stored};

/// Puts codes on paper in the place of those that are there.
async fn put_paper(
    tx: &mut Connection,
    account: &AccountId,
    hashes: &[String],
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM paper_code WHERE account_id = $1")
        .bind(account.as_str())
        .execute(&mut *tx)
        .await?;
    sqlx::query(concat!(
        "INSERT INTO paper_code (account_id, code_hash) SELECT $1, w.value FROM ",
        each_text!("$2")
    ))
    .bind(account.as_str())
    .bind(json(hashes)?)
    .execute(tx)
    .await?;
    Ok(())
}

impl Backend {
    async fn turned_on(
        &self,
        account: &AccountId,
        (step, at): (i64, Millis),
        paper: &[String],
    ) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        let on = sqlx::query(
            "UPDATE second_factor SET on_since = $2, last_step = $3
             WHERE account_id = $1 AND on_since IS NULL",
        )
        .bind(account.as_str())
        .bind(at.0)
        .bind(step)
        .execute(&mut *tx)
        .await?;
        if on.rows_affected() == 0 {
            return Ok(false);
        }
        put_paper(&mut tx, account, paper).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn replaced(&self, account: &AccountId, hashes: &[String]) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        put_paper(&mut tx, account, hashes).await?;
        tx.commit().await
    }

    async fn removed(&self, account: &AccountId) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        put_paper(&mut tx, account, &[]).await?;
        let gone = sqlx::query("DELETE FROM second_factor WHERE account_id = $1")
            .bind(account.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}

#[async_trait]
impl SecondFactors for Backend {
    async fn second_factor(&self, account: &AccountId) -> Stored<Option<Factor>> {
        let row: Option<(String, Option<i64>)> =
            sqlx::query_as("SELECT secret, on_since FROM second_factor WHERE account_id = $1")
                .bind(account.as_str())
                .fetch_optional(&self.read)
                .await
                .map_err(stored)?;
        Ok(row.map(|(secret, since)| Factor { secret, on_since: since.map(Millis) }))
    }

    async fn begin_second_factor(&self, account: &AccountId, secret: &str) -> Stored<bool> {
        let begun = sqlx::query(
            "INSERT INTO second_factor (account_id, secret, last_step) VALUES ($1, $2, 0)
             ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret
             WHERE second_factor.on_since IS NULL",
        )
        .bind(account.as_str())
        .bind(secret)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(begun.rows_affected() > 0)
    }

    async fn turn_on_second_factor(
        &self,
        account: &AccountId,
        moment: (i64, Millis),
        paper: &[String],
    ) -> Stored<bool> {
        self.turned_on(account, moment, paper).await.map_err(stored)
    }

    async fn use_step(&self, account: &AccountId, step: i64) -> Stored<bool> {
        let used = sqlx::query(
            "UPDATE second_factor SET last_step = $2 WHERE account_id = $1 AND last_step < $2",
        )
        .bind(account.as_str())
        .bind(step)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(used.rows_affected() > 0)
    }

    async fn use_paper_code(&self, account: &AccountId, hash: &str) -> Stored<bool> {
        let used = sqlx::query("DELETE FROM paper_code WHERE account_id = $1 AND code_hash = $2")
            .bind(account.as_str())
            .bind(hash)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(used.rows_affected() > 0)
    }

    async fn paper_codes_left(&self, account: &AccountId) -> Stored<u32> {
        let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM paper_code WHERE account_id = $1")
            .bind(account.as_str())
            .fetch_one(&self.read)
            .await
            .map_err(stored)?;
        Ok(u32::try_from(left).unwrap_or(0))
    }

    async fn replace_paper_codes(&self, account: &AccountId, hashes: &[String]) -> Stored<()> {
        self.replaced(account, hashes).await.map_err(stored)
    }

    async fn remove_second_factor(&self, account: &AccountId) -> Stored<bool> {
        self.removed(account).await.map_err(stored)
    }

    async fn add_halfway(&self, halfway: &Halfway, now: Millis) -> Stored<()> {
        sqlx::query("DELETE FROM sign_in_halfway WHERE ends_at <= $1")
            .bind(now.0)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        sqlx::query(
            "INSERT INTO sign_in_halfway (token_hash, account_id, tries, ends_at)
             VALUES ($1, $2, 0, $3)",
        )
        .bind(&halfway.token_hash)
        .bind(halfway.account.as_str())
        .bind(halfway.until.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn try_halfway(
        &self,
        token_hash: &str,
        most: u32,
        now: Millis,
    ) -> Stored<Option<AccountId>> {
        let account: Option<String> = sqlx::query_scalar(
            "UPDATE sign_in_halfway SET tries = tries + 1
             WHERE token_hash = $1 AND tries < $2 AND ends_at > $3 RETURNING account_id",
        )
        .bind(token_hash)
        .bind(i64::from(most))
        .bind(now.0)
        .fetch_optional(&self.write)
        .await
        .map_err(stored)?;
        Ok(account.map(Into::into))
    }

    async fn end_halfway(&self, token_hash: &str) -> Stored<()> {
        sqlx::query("DELETE FROM sign_in_halfway WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }
}
