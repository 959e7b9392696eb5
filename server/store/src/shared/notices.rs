//! What people are to be told, and the transaction that tells it.

use dossier::id::AccountId;
use service::{
    Millis,
    mail::{Notice, Telling},
};

use super::{BEGIN, Backend, Connection, mails};
use crate::{error::json, rows::mails::NoticeRow};

/// Keeps notices; one that is there stays as it is.
pub(super) async fn add(tx: &mut Connection, notices: &[Notice]) -> sqlx::Result<()> {
    for notice in notices {
        sqlx::query(
            "INSERT INTO notice
                 (id, about, dossier_id, structure_id, seq, actor, said, at, kept_for)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
        )
        .bind(&notice.id)
        .bind(notice.about.code())
        .bind(notice.dossier.as_ref().map(dossier::id::DossierId::as_str))
        .bind(notice.structure.as_ref().map(dossier::id::StructureId::as_str))
        .bind(i64::from(notice.seq))
        .bind(notice.actor.as_str())
        .bind(&notice.said)
        .bind(notice.at.0)
        .bind(notice.kept_for.as_ref().map(AccountId::as_str))
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Those that this version can read: another one, beside or after, tells the others.
fn readable(rows: Vec<NoticeRow>) -> Vec<Notice> {
    rows.into_iter().filter_map(|row| row.read().ok()).collect()
}

impl Backend {
    pub(super) async fn untold(&self, most: u32) -> sqlx::Result<Vec<Notice>> {
        let rows: Vec<NoticeRow> =
            sqlx::query_as("SELECT * FROM notice WHERE kept_for IS NULL ORDER BY at, id LIMIT $1")
                .bind(i64::from(most))
                .fetch_all(&self.read)
                .await?;
        Ok(readable(rows))
    }

    pub(super) async fn untold_to(&self, account: &AccountId) -> sqlx::Result<Vec<Notice>> {
        let rows: Vec<NoticeRow> =
            sqlx::query_as("SELECT * FROM notice WHERE kept_for = $1 ORDER BY at, id")
                .bind(account.as_str())
                .fetch_all(&self.read)
                .await?;
        Ok(readable(rows))
    }

    /// Whoever takes the notices away writes the messages: of two servers, one.
    pub(super) async fn told(&self, telling: &Telling) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        if !telling.told.is_empty() {
            let gone = sqlx::query(concat!(
                "DELETE FROM notice WHERE id IN (SELECT w.value FROM ",
                each_text!("$1"),
                ")"
            ))
            .bind(json(&telling.told)?)
            .execute(&mut *tx)
            .await?;
            if usize::try_from(gone.rows_affected()) != Ok(telling.told.len()) {
                return Ok(false);
            }
        }
        if let Some((account, before, now)) = &telling.digest
            && !is_first_today(&mut tx, account, *before, *now).await?
        {
            return Ok(false);
        }
        for mail in &telling.mails {
            mails::add(&mut tx, mail).await?;
        }
        add(&mut tx, &telling.kept).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Notes that somebody's digest is made now; `false` when it was made since the one before.
async fn is_first_today(
    tx: &mut Connection,
    account: &AccountId,
    before: Option<Millis>,
    now: Millis,
) -> sqlx::Result<bool> {
    let noted = sqlx::query(
        "INSERT INTO mail_digest (account_id, told_at) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET told_at = excluded.told_at
         WHERE mail_digest.told_at = $3",
    )
    .bind(account.as_str())
    .bind(now.0)
    .bind(before.map_or(i64::MIN, |before| before.0))
    .execute(tx)
    .await?;
    Ok(noted.rows_affected() == 1)
}
