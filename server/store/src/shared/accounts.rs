//! People and structures.

use async_trait::async_trait;
use dossier::id::{AccountId, StructureId};
use service::{
    Account, Membership, Structure,
    ports::{Accounts, Stored},
};

use super::{Backend, Connection, worklist};
use crate::{
    error::{json, stored},
    rows::{AccountRow, StructureRow},
};

/// Adds an account.
pub(super) async fn add_account(tx: &mut Connection, account: &Account) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO account (id, email, name, title, role, is_persona, password_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account.id.as_str())
    .bind(&account.email)
    .bind(&account.name)
    .bind(&account.title)
    .bind(account.role.code())
    .bind(account.is_persona)
    .bind(account.password_hash.as_deref())
    .execute(tx)
    .await?;
    Ok(())
}

#[async_trait]
impl Accounts for Backend {
    async fn add_account(&self, account: &Account) -> Stored<()> {
        let mut connection = self.write.acquire().await.map_err(stored)?;
        add_account(&mut connection, account).await.map_err(stored)
    }

    async fn put_structure(&self, structure: &Structure) -> Stored<()> {
        let mut tx = self.write.begin_with(super::BEGIN).await.map_err(stored)?;
        sqlx::query(
            "INSERT INTO structure (id, asp_id, siret, name, kinds, department, region, commune)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (id) DO UPDATE
             SET asp_id = excluded.asp_id, siret = excluded.siret, name = excluded.name,
                 kinds = excluded.kinds, department = excluded.department,
                 region = excluded.region, commune = excluded.commune",
        )
        .bind(structure.id.as_str())
        .bind(&structure.asp_id)
        .bind(&structure.siret)
        .bind(&structure.name)
        .bind(structure.kinds.join(","))
        .bind(&structure.department)
        .bind(&structure.region)
        .bind(&structure.commune)
        .execute(&mut *tx)
        .await
        .map_err(stored)?;
        worklist::project_structure(&mut tx, structure.id.as_str()).await.map_err(stored)?;
        tx.commit().await.map_err(stored)
    }

    async fn put_membership(&self, membership: &Membership) -> Stored<()> {
        sqlx::query(
            "INSERT INTO membership (account_id, structure_id, is_admin) VALUES ($1, $2, $3)
             ON CONFLICT (account_id, structure_id) DO UPDATE SET is_admin = excluded.is_admin",
        )
        .bind(membership.account.as_str())
        .bind(membership.structure.as_str())
        .bind(membership.is_admin)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn set_territory(&self, account: &AccountId, departments: &[String]) -> Stored<()> {
        let set = async {
            let mut tx = self.write.begin_with(super::BEGIN).await?;
            sqlx::query("DELETE FROM agent_territory WHERE account_id = $1")
                .bind(account.as_str())
                .execute(&mut *tx)
                .await?;
            sqlx::query(concat!(
                "INSERT INTO agent_territory (account_id, department) SELECT $1, w.value FROM ",
                each_text!("$2"),
                " WHERE true ON CONFLICT DO NOTHING"
            ))
            .bind(account.as_str())
            .bind(json(departments)?)
            .execute(&mut *tx)
            .await?;
            tx.commit().await
        };
        set.await.map_err(stored)
    }

    async fn account(&self, id: &AccountId) -> Stored<Option<Account>> {
        let row: Option<AccountRow> = sqlx::query_as("SELECT * FROM account WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(AccountRow::read).transpose().map_err(stored)
    }

    async fn account_by_email(&self, email: &str) -> Stored<Option<Account>> {
        let row: Option<AccountRow> = sqlx::query_as("SELECT * FROM account WHERE email = $1")
            .bind(email)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(AccountRow::read).transpose().map_err(stored)
    }

    async fn personas(&self) -> Stored<Vec<Account>> {
        let rows: Vec<AccountRow> =
            sqlx::query_as("SELECT * FROM account WHERE is_persona ORDER BY id")
                .fetch_all(&self.read)
                .await
                .map_err(stored)?;
        rows.into_iter().map(AccountRow::read).collect::<Result<_, _>>().map_err(stored)
    }

    async fn structure(&self, id: &StructureId) -> Stored<Option<Structure>> {
        let row: Option<StructureRow> = sqlx::query_as("SELECT * FROM structure WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        Ok(row.map(StructureRow::read))
    }

    async fn structures(&self, ids: &[StructureId]) -> Stored<Vec<Structure>> {
        let rows: Vec<StructureRow> = sqlx::query_as(concat!(
            "SELECT * FROM structure WHERE id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") ORDER BY name, id"
        ))
        .bind(json(ids).map_err(stored)?)
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        Ok(rows.into_iter().map(StructureRow::read).collect())
    }
}
