//! Steps given to colleagues.

use async_trait::async_trait;
use dossier::{
    id::{DossierId, ShareId},
    share::MOST_DEVICES,
};
use service::{
    Millis,
    account::WebSession,
    journal::Step,
    ports::{Shares, Stored},
    sharing::{Coming, Giving, Share},
};

use super::{
    Backend, Connection, accounts::add_account, dossiers::end_step, mails, sessions::add_session,
};
use crate::{error::stored, rows::ShareRow};

/// A query of shares, with what follows.
macro_rules! shares {
    ($rest:literal) => {
        concat!(
            "SELECT p.*, a.name AS given_by_name, COALESCE(g.name, '') AS guest_name
             FROM shared_steps p
             JOIN account a ON a.id = p.given_by
             LEFT JOIN account g ON g.id = p.guest_id ",
            $rest
        )
    };
}

impl Backend {
    async fn given(&self, Giving { share, token_hash, mail, step }: &Giving) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "INSERT INTO shared_steps
                 (id, dossier_id, token_hash, given_to, sections, given_at, given_by, ends_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(share.id.as_str())
        .bind(share.dossier.as_str())
        .bind(token_hash)
        .bind(&share.to)
        .bind(share.sections.join(","))
        .bind(share.given_at.0)
        .bind(share.given_by.as_str())
        .bind(share.until.0)
        .execute(&mut *tx)
        .await?;
        if let Some(mail) = mail {
            mails::add(&mut tx, mail).await?;
        }
        end_step(tx, step).await
    }

    async fn taken_back(&self, share: &ShareId, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query("UPDATE shared_steps SET taken_back_at = $3 WHERE id = $1 AND dossier_id = $2")
            .bind(share.as_str())
            .bind(step.head.id.as_str())
            .bind(step.event.at)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "DELETE FROM presence WHERE dossier_id = $2
                 AND account_id IN (SELECT guest_id FROM shared_steps WHERE id = $1)",
        )
        .bind(share.as_str())
        .bind(step.head.id.as_str())
        .execute(&mut *tx)
        .await?;
        end_step(tx, step).await
    }

    async fn came(&self, coming: &Coming) -> sqlx::Result<bool> {
        let Coming { share, account, session, step } = coming;
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        if let Some(account) = account {
            add_account(&mut tx, account).await?;
        }
        sqlx::query("UPDATE shared_steps SET guest_id = $2, seen_at = $3 WHERE id = $1")
            .bind(share.as_str())
            .bind(session.account.as_str())
            .bind(session.seen_at.0)
            .execute(&mut *tx)
            .await?;
        add_session(&mut tx, session).await?;
        keep_devices(&mut tx, session).await?;
        end_step(tx, step).await
    }
}

/// Ends the sessions of an account over the limit, those used longest ago; the new one stays.
async fn keep_devices(tx: &mut Connection, session: &WebSession) -> sqlx::Result<()> {
    sqlx::query(
        "DELETE FROM web_session WHERE account_id = $1 AND token_hash NOT IN (
             SELECT token_hash FROM web_session WHERE account_id = $1
             ORDER BY (token_hash = $2) DESC, seen_at DESC, created_at DESC LIMIT $3
         )",
    )
    .bind(session.account.as_str())
    .bind(&session.token_hash)
    .bind(i64::try_from(MOST_DEVICES).unwrap_or(i64::MAX))
    .execute(tx)
    .await?;
    Ok(())
}

#[async_trait]
impl Shares for Backend {
    async fn give(&self, giving: &Giving) -> Stored<bool> {
        self.given(giving).await.map_err(stored)
    }

    async fn take_back(&self, share: &ShareId, step: &Step) -> Stored<bool> {
        self.taken_back(share, step).await.map_err(stored)
    }

    async fn come(&self, coming: &Coming) -> Stored<bool> {
        self.came(coming).await.map_err(stored)
    }

    async fn shares_of(&self, id: &DossierId) -> Stored<Vec<Share>> {
        let rows: Vec<ShareRow> =
            sqlx::query_as(shares!("WHERE p.dossier_id = $1 ORDER BY p.given_at DESC, p.id DESC"))
                .bind(id.as_str())
                .fetch_all(&self.read)
                .await
                .map_err(stored)?;
        Ok(rows.into_iter().map(ShareRow::read).collect())
    }

    async fn share_by_token(&self, token_hash: &str) -> Stored<Option<Share>> {
        let row: Option<ShareRow> = sqlx::query_as(shares!("WHERE p.token_hash = $1"))
            .bind(token_hash)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        Ok(row.map(ShareRow::read))
    }

    async fn touch_share(&self, share: &ShareId, at: Millis) -> Stored<()> {
        sqlx::query(
            "UPDATE shared_steps SET seen_at = $2
             WHERE id = $1 AND (seen_at IS NULL OR seen_at < $2)",
        )
        .bind(share.as_str())
        .bind(at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }
}
