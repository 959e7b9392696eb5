//! People as a provider of identities knows them.

use async_trait::async_trait;
use service::{
    Millis,
    federation::{Begun, Identity},
    ports::{Identities, Stored},
};

use super::Backend;
use crate::{
    error::stored,
    rows::teams::{BegunRow, IdentityRow},
};

#[async_trait]
impl Identities for Backend {
    async fn add_begun_sign_in(&self, begun: &Begun) -> Stored<()> {
        sqlx::query(
            "INSERT INTO sign_in_begun
                 (state_hash, browser_hash, nonce, verifier, back, shared, invitation, ends_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&begun.state_hash)
        .bind(&begun.browser_hash)
        .bind(&begun.nonce)
        .bind(&begun.verifier)
        .bind(&begun.back)
        .bind(begun.shared)
        .bind(&begun.invitation)
        .bind(begun.until.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn take_begun_sign_in(&self, state_hash: &str) -> Stored<Option<Begun>> {
        let row: Option<BegunRow> =
            sqlx::query_as("DELETE FROM sign_in_begun WHERE state_hash = $1 RETURNING *")
                .bind(state_hash)
                .fetch_optional(&self.write)
                .await
                .map_err(stored)?;
        Ok(row.map(BegunRow::read))
    }

    async fn forget_begun_sign_ins(&self, now: Millis) -> Stored<()> {
        sqlx::query("DELETE FROM sign_in_begun WHERE ends_at <= $1")
            .bind(now.0)
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn identity(&self, issuer: &str, subject: &str) -> Stored<Option<Identity>> {
        let row: Option<IdentityRow> =
            sqlx::query_as("SELECT * FROM identity WHERE issuer = $1 AND subject = $2")
                .bind(issuer)
                .bind(subject)
                .fetch_optional(&self.read)
                .await
                .map_err(stored)?;
        Ok(row.map(IdentityRow::read))
    }

    async fn put_identity(&self, identity: &Identity) -> Stored<()> {
        // Whose it is never changes by signing in.
        sqlx::query(
            "INSERT INTO identity (issuer, subject, account_id, siret, idp_id, acr, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (issuer, subject) DO UPDATE
             SET siret = excluded.siret, idp_id = excluded.idp_id, acr = excluded.acr,
                 seen_at = excluded.seen_at",
        )
        .bind(&identity.issuer)
        .bind(&identity.subject)
        .bind(identity.account.as_str())
        .bind(&identity.siret)
        .bind(&identity.idp_id)
        .bind(&identity.acr)
        .bind(identity.seen_at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }
}
