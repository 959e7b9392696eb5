//! Who belongs where, and how they come in.

use async_trait::async_trait;
use dossier::id::{AccountId, InvitationId, StructureId};
use service::{
    Account, Membership, Millis, Structure,
    mail::{Mail, Notice},
    ports::{Stored, Teams},
    teams::{Acceptance, Invitation, Mate, Request},
};

use super::{Backend, Connection, accounts::add_account, mails, notices};
use crate::{
    error::{json, stored},
    rows::{
        AccountRow, StructureRow,
        teams::{InvitationRow, MateRow, RequestRow, shown},
    },
};

/// A query of invitations, with what follows.
macro_rules! invitations {
    ($rest:literal) => {
        concat!(
            "SELECT i.*, a.name AS given_by_name
             FROM account_invitation i JOIN account a ON a.id = i.given_by ",
            $rest
        )
    };
}

/// A query of demands, with what follows.
macro_rules! requests {
    ($rest:literal) => {
        concat!(
            "SELECT r.*, a.name, a.email FROM access_request r
             JOIN account a ON a.id = r.account_id ",
            $rest
        )
    };
}

/// Nobody else changes who belongs to a structure meanwhile.
async fn hold(tx: &mut Connection, structure: &StructureId) -> sqlx::Result<()> {
    sqlx::query("UPDATE structure SET name = name WHERE id = $1")
        .bind(structure.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

fn invitations(rows: Vec<InvitationRow>) -> Stored<Vec<Invitation>> {
    rows.into_iter().map(InvitationRow::read).collect::<Result<_, _>>().map_err(stored)
}

impl Backend {
    async fn accepted(&self, acceptance: &Acceptance) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        if let Some(newcomer) = &acceptance.newcomer {
            add_account(&mut tx, newcomer).await?;
        }
        // One of two who come together waits for the other here, and then finds it used.
        let used = sqlx::query(
            "UPDATE account_invitation SET accepted_at = $2, accepted_by = $3
             WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND ends_at > $2",
        )
        .bind(acceptance.invitation.as_str())
        .bind(acceptance.at.0)
        .bind(acceptance.account.as_str())
        .execute(&mut *tx)
        .await?;
        if used.rows_affected() == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        if let Some(Membership { account, structure, is_admin }) = &acceptance.membership {
            // Whoever leads already goes on, though they are invited to less.
            sqlx::query(
                "INSERT INTO membership (account_id, structure_id, is_admin) VALUES ($1, $2, $3)
                 ON CONFLICT (account_id, structure_id) DO UPDATE
                 SET is_admin = (membership.is_admin OR excluded.is_admin)",
            )
            .bind(account.as_str())
            .bind(structure.as_str())
            .bind(is_admin)
            .execute(&mut *tx)
            .await?;
        }
        sqlx::query(concat!(
            "INSERT INTO agent_territory (account_id, department) SELECT $1, w.value FROM ",
            each_text!("$2"),
            " WHERE true ON CONFLICT DO NOTHING"
        ))
        .bind(acceptance.account.as_str())
        .bind(json(&acceptance.departments)?)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn first(
        &self,
        Membership { account, structure, is_admin }: &Membership,
    ) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        hold(&mut tx, structure).await?;
        let added = sqlx::query(
            "INSERT INTO membership (account_id, structure_id, is_admin)
             SELECT $1, $2, $3
             WHERE NOT EXISTS (SELECT 1 FROM membership WHERE structure_id = $2)",
        )
        .bind(account.as_str())
        .bind(structure.as_str())
        .bind(is_admin)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(added.rows_affected() == 1)
    }

    async fn taken_out(&self, structure: &StructureId, who: &AccountId) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        hold(&mut tx, structure).await?;
        let gone = sqlx::query(
            "DELETE FROM membership WHERE structure_id = $1 AND account_id = $2
             AND EXISTS (SELECT 1 FROM membership m
                         WHERE m.structure_id = $1 AND m.account_id <> $2 AND m.is_admin)",
        )
        .bind(structure.as_str())
        .bind(who.as_str())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(gone.rows_affected() == 1)
    }

    async fn demand_answered(
        &self,
        (structure, who, accepts): (&StructureId, &AccountId, bool),
        (by, at): (&AccountId, Millis),
    ) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        let done = sqlx::query(
            "UPDATE access_request SET answered_at = $3, answered_by = $4, is_accepted = $5
             WHERE structure_id = $1 AND account_id = $2 AND answered_at IS NULL",
        )
        .bind(structure.as_str())
        .bind(who.as_str())
        .bind(at.0)
        .bind(by.as_str())
        .bind(accepts)
        .execute(&mut *tx)
        .await?;
        let done = done.rows_affected() == 1;
        if done {
            notices::add(&mut tx, &[Notice::of_answer(structure, who, (by, at))]).await?;
        }
        if done && accepts {
            sqlx::query(
                "INSERT INTO membership (account_id, structure_id, is_admin) VALUES ($1, $2, $3)
                 ON CONFLICT DO NOTHING",
            )
            .bind(who.as_str())
            .bind(structure.as_str())
            .bind(false)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(done)
    }

    async fn invited(
        &self,
        one: &Invitation,
        token_hash: &str,
        mail: Option<&Mail>,
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        sqlx::query(
            "INSERT INTO account_invitation
                 (id, token_hash, given_to, role, structure_id, departments, given_at, given_by,
                  ends_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(one.id.as_str())
        .bind(token_hash)
        .bind(&one.to)
        .bind(one.role.code())
        .bind(one.structure.as_ref().map(StructureId::as_str))
        .bind(one.departments.join(","))
        .bind(one.given_at.0)
        .bind(one.given_by.as_str())
        .bind(one.until.0)
        .execute(&mut *tx)
        .await?;
        if let Some(mail) = mail {
            mails::add(&mut tx, mail).await?;
        }
        tx.commit().await
    }

    async fn demanded(&self, request: &Request) -> sqlx::Result<()> {
        let Request { account, structure, asked_at, .. } = request;
        let mut tx = self.write.begin_with(super::BEGIN).await?;
        let added = sqlx::query(
            "INSERT INTO access_request (account_id, structure_id, asked_at, is_accepted)
             SELECT $1, $2, $3, $4
             WHERE NOT EXISTS (SELECT 1 FROM membership
                               WHERE account_id = $1 AND structure_id = $2)
             ON CONFLICT DO NOTHING",
        )
        .bind(account.as_str())
        .bind(structure.as_str())
        .bind(asked_at.0)
        .bind(false)
        .execute(&mut *tx)
        .await?;
        if added.rows_affected() == 1 {
            notices::add(&mut tx, &[Notice::of_demand(structure, account, *asked_at)]).await?;
        }
        tx.commit().await
    }
}

#[async_trait]
impl Teams for Backend {
    async fn structures_by_siret(&self, siret: &str) -> Stored<Vec<Structure>> {
        let rows: Vec<StructureRow> =
            sqlx::query_as("SELECT * FROM structure WHERE siret = $1 ORDER BY id")
                .bind(siret)
                .fetch_all(&self.read)
                .await
                .map_err(stored)?;
        Ok(rows.into_iter().map(StructureRow::read).collect())
    }

    async fn mates(&self, structure: &StructureId) -> Stored<Vec<Mate>> {
        let rows: Vec<MateRow> = sqlx::query_as(
            "SELECT m.is_admin, a.* FROM membership m JOIN account a ON a.id = m.account_id
             WHERE m.structure_id = $1 ORDER BY a.name, a.id",
        )
        .bind(structure.as_str())
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        rows.into_iter().map(MateRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn colleagues(&self, national: bool, departments: &[String]) -> Stored<Vec<Account>> {
        let rows: Vec<AccountRow> = sqlx::query_as(concat!(
            "SELECT a.* FROM account a
             WHERE ($1 AND a.role = 'dgefp') OR a.id IN (
                 SELECT t.account_id FROM agent_territory t
                 WHERE t.department IN (SELECT w.value FROM ",
            each_text!("$2"),
            ")) ORDER BY a.name, a.id"
        ))
        .bind(national)
        .bind(json(departments).map_err(stored)?)
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        let read = |row: AccountRow| row.read().map(shown);
        rows.into_iter().map(read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn add_first_member(&self, membership: &Membership) -> Stored<bool> {
        self.first(membership).await.map_err(stored)
    }

    async fn remove_membership(&self, structure: &StructureId, who: &AccountId) -> Stored<bool> {
        self.taken_out(structure, who).await.map_err(stored)
    }

    async fn add_invitation(
        &self,
        invitation: &Invitation,
        token_hash: &str,
        mail: Option<&Mail>,
    ) -> Stored<()> {
        self.invited(invitation, token_hash, mail).await.map_err(stored)
    }

    async fn invitation(&self, id: &InvitationId) -> Stored<Option<Invitation>> {
        let row: Option<InvitationRow> = sqlx::query_as(invitations!("WHERE i.id = $1"))
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(InvitationRow::read).transpose().map_err(stored)
    }

    async fn invitation_by_token(&self, token_hash: &str) -> Stored<Option<Invitation>> {
        let row: Option<InvitationRow> = sqlx::query_as(invitations!("WHERE i.token_hash = $1"))
            .bind(token_hash)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(InvitationRow::read).transpose().map_err(stored)
    }

    async fn invitations_into(&self, structure: &StructureId) -> Stored<Vec<Invitation>> {
        let rows = sqlx::query_as(invitations!(
            "WHERE i.structure_id = $1 ORDER BY i.given_at DESC, i.id DESC"
        ));
        let rows = rows.bind(structure.as_str()).fetch_all(&self.read).await;
        invitations(rows.map_err(stored)?)
    }

    async fn invitations_by(&self, account: &AccountId) -> Stored<Vec<Invitation>> {
        let rows = sqlx::query_as(invitations!(
            "WHERE i.given_by = $1 ORDER BY i.given_at DESC, i.id DESC"
        ));
        let rows = rows.bind(account.as_str()).fetch_all(&self.read).await;
        invitations(rows.map_err(stored)?)
    }

    async fn revoke_invitation(&self, id: &InvitationId, at: Millis) -> Stored<()> {
        sqlx::query(
            "UPDATE account_invitation SET revoked_at = $2
             WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL",
        )
        .bind(id.as_str())
        .bind(at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn accept_invitation(&self, acceptance: &Acceptance) -> Stored<bool> {
        self.accepted(acceptance).await.map_err(stored)
    }

    async fn add_access_request(&self, request: &Request) -> Stored<()> {
        self.demanded(request).await.map_err(stored)
    }

    async fn access_requests(&self, structure: &StructureId) -> Stored<Vec<Request>> {
        let rows: Vec<RequestRow> = sqlx::query_as(requests!(
            "WHERE r.structure_id = $1 ORDER BY r.asked_at, r.account_id"
        ))
        .bind(structure.as_str())
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        Ok(rows.into_iter().map(RequestRow::read).collect())
    }

    async fn access_requests_of(&self, account: &AccountId) -> Stored<Vec<Request>> {
        let rows: Vec<RequestRow> = sqlx::query_as(requests!(
            "WHERE r.account_id = $1 ORDER BY r.asked_at, r.structure_id"
        ))
        .bind(account.as_str())
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        Ok(rows.into_iter().map(RequestRow::read).collect())
    }

    async fn answer_access_request(
        &self,
        structure: &StructureId,
        who: &AccountId,
        accepts: bool,
        by: (&AccountId, Millis),
    ) -> Stored<bool> {
        self.demand_answered((structure, who, accepts), by).await.map_err(stored)
    }
}
