//! Signed-in browsers.

use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;
use dossier::id::AccountId;
use service::{
    Millis, StoreError,
    account::{Person, WebSession},
    ports::{Sessions, Stored},
    sessions::Seen,
};
use sqlx::Pool;

use super::{Backend, Connection, Db};
use crate::{
    error::{json, stored},
    rows::{SessionRow, teams::OpenSessionRow},
};

/// How long a page to read waits for a store that cannot write: no longer.
const BRIEFLY: Duration = Duration::from_millis(500);

type Signed = (WebSession, Person);

/// The sessions of these tokens, in their order.
pub(super) async fn sessions(
    pool: &Pool<Db>,
    hashes: &[String],
) -> sqlx::Result<Vec<Option<Signed>>> {
    let rows: Vec<SessionRow> = sqlx::query_as(concat!(
        "SELECT s.token_hash, s.created_at, s.seen_at, s.expires_at, a.*, (SELECT ",
        as_list!(["m.structure_id, CAST(m.is_admin AS INTEGER)"], in order of "m.structure_id"),
        " FROM membership m WHERE m.account_id = a.id) AS memberships, (SELECT ",
        as_list!(["t.department"], in order of "t.department"),
        " FROM agent_territory t WHERE t.account_id = a.id) AS departments, (SELECT ",
        as_list!(["p.id, p.dossier_id, p.sections, p.ends_at, p.taken_back_at"]),
        " FROM shared_steps p WHERE p.guest_id = a.id) AS shares
         FROM web_session s JOIN account a ON a.id = s.account_id
         WHERE s.token_hash IN (SELECT w.value FROM ",
        each_text!("$1"),
        ")"
    ))
    .bind(json(hashes)?)
    .fetch_all(pool)
    .await?;
    let mut found = BTreeMap::new();
    for row in rows {
        let signed = row.read()?;
        found.insert(signed.0.token_hash.clone(), signed);
    }
    Ok(hashes.iter().map(|hash| found.get(hash).cloned()).collect())
}

/// Notes that sessions were used.
pub(super) async fn touch(pool: &Pool<Db>, touches: &[(String, Millis)]) -> sqlx::Result<Vec<()>> {
    sqlx::query(concat!(
        "UPDATE web_session AS s SET seen_at = CAST(w.value->>1 AS BIGINT)
         FROM ",
        each!("$1"),
        " WHERE s.token_hash = w.value->>0 AND s.seen_at < CAST(w.value->>1 AS BIGINT)"
    ))
    .bind(json(touches)?)
    .execute(pool)
    .await?;
    Ok(vec![(); touches.len()])
}

/// Adds a session.
pub(super) async fn add_session(tx: &mut Connection, session: &WebSession) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO web_session (token_hash, account_id, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(&session.token_hash)
    .bind(session.account.as_str())
    .bind(session.created_at.0)
    .bind(session.seen_at.0)
    .bind(session.expires_at.0)
    .execute(&mut *tx)
    .await?;
    // To the week, since a session lasts no longer: enough for what is counted in months.
    sqlx::query("UPDATE account SET signed_in_at = $2 WHERE id = $1")
        .bind(session.account.as_str())
        .bind(session.created_at.0)
        .execute(tx)
        .await?;
    Ok(())
}

#[async_trait]
impl Sessions for Backend {
    async fn add_session(&self, session: &WebSession) -> Stored<()> {
        let mut connection = self.write.acquire().await.map_err(stored)?;
        add_session(&mut connection, session).await.map_err(stored)
    }

    async fn session(&self, token_hash: &str) -> Stored<Option<(WebSession, Person)>> {
        self.sessions.ask(token_hash.to_owned()).await
    }

    async fn touch_session(&self, token_hash: &str, at: Millis) -> Stored<()> {
        let touched = self.touches.ask((token_hash.to_owned(), at));
        tokio::time::timeout(BRIEFLY, touched).await.unwrap_or(Err(StoreError::Unavailable))
    }

    async fn remove_session(&self, token_hash: &str) -> Stored<()> {
        sqlx::query("DELETE FROM web_session WHERE token_hash = $1")
            .bind(token_hash)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn remove_expired_sessions(&self, before: Millis) -> Stored<u64> {
        let gone = sqlx::query("DELETE FROM web_session WHERE expires_at < $1")
            .bind(before.0)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(gone.rows_affected())
    }

    async fn note_session(&self, token_hash: &str, seen: &Seen) -> Stored<()> {
        sqlx::query(
            "UPDATE web_session SET browser = $2, address = $3, id_token = $4
             WHERE token_hash = $1",
        )
        .bind(token_hash)
        .bind(&seen.browser)
        .bind(&seen.address)
        .bind(seen.id_token.as_deref())
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn sessions_of(&self, account: &AccountId) -> Stored<Vec<(WebSession, Seen)>> {
        let rows: Vec<OpenSessionRow> = sqlx::query_as(
            "SELECT * FROM web_session WHERE account_id = $1 ORDER BY seen_at DESC, token_hash",
        )
        .bind(account.as_str())
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        Ok(rows.into_iter().map(OpenSessionRow::read).collect())
    }

    async fn id_token(&self, token_hash: &str) -> Stored<Option<String>> {
        let found: Option<Option<String>> =
            sqlx::query_scalar("SELECT id_token FROM web_session WHERE token_hash = $1")
                .bind(token_hash)
                .fetch_optional(&self.read)
                .await
                .map_err(stored)?;
        Ok(found.flatten())
    }
}
