//! The queue of messages, and what people choose to receive.

use async_trait::async_trait;
use dossier::{
    id::{AccountId, DossierId},
    notice::{Pace, REMINDERS, Topic},
    role::Role,
    state::State,
};
use form::Date;
use service::{
    Millis,
    mail::{Counts, Mail, Notice, Queued, Standing, Telling, sending::Settled},
    ports::{Mails, Stored},
};

use super::{BEGIN, Backend, Connection};
use crate::{
    error::{json, stored},
    rows::{count, mails::MailRow},
};

/// Writes a message, unless one of its key is there.
pub(super) async fn add(tx: &mut Connection, mail: &Mail) -> sqlx::Result<()> {
    let standing = if mail.shown { Standing::Shown } else { Standing::Waiting };
    sqlx::query(
        "INSERT INTO mail
             (id, told_key, account_id, address, topic, letter, at, standing, tries, since, next_at,
              lease, leased_until, ended_at, error)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $7, $7, '', 0, $9, '')
         ON CONFLICT (told_key) DO NOTHING",
    )
    .bind(&mail.id)
    .bind(&mail.key)
    .bind(mail.account.as_ref().map(AccountId::as_str))
    .bind(&mail.to)
    .bind(mail.topic.map_or("", Topic::code))
    .bind(json(&mail.letter)?)
    .bind(mail.at.0)
    .bind(standing.code())
    .bind(mail.shown.then_some(mail.at.0))
    .execute(tx)
    .await?;
    Ok(())
}

fn queued(rows: Vec<MailRow>) -> sqlx::Result<Vec<Queued>> {
    rows.into_iter().map(MailRow::read).collect()
}

impl Backend {
    async fn taken(
        &self,
        lease: &str,
        (now, until): (Millis, Millis),
        most: u32,
    ) -> sqlx::Result<Vec<Queued>> {
        // Most looks find nothing: those write nothing, and wait for nobody who writes.
        let waits: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM mail
                 WHERE standing = 'waiting' AND next_at <= $1 AND leased_until <= $1)",
        )
        .bind(now.0)
        .fetch_one(&self.read)
        .await?;
        if !waits {
            return Ok(Vec::new());
        }
        // Said twice: who waited for another server looks at the row again, not at the list.
        let rows: Vec<MailRow> = sqlx::query_as(
            "UPDATE mail SET lease = $1, leased_until = $3, tries = tries + 1
             WHERE standing = 'waiting' AND next_at <= $2 AND leased_until <= $2 AND id IN (
                 SELECT id FROM mail
                 WHERE standing = 'waiting' AND next_at <= $2 AND leased_until <= $2
                 ORDER BY next_at, id LIMIT $4
             )
             RETURNING *",
        )
        .bind(lease)
        .bind(now.0)
        .bind(until.0)
        .bind(i64::from(most))
        .fetch_all(&self.write)
        .await?;
        queued(rows)
    }

    async fn settled_mail(&self, id: &str, lease: &str, settled: &Settled) -> sqlx::Result<bool> {
        let (standing, ended, next, error) = match settled {
            Settled::Sent(at) => (Standing::Sent, Some(at.0), None, ""),
            Settled::Failed(at, why) => (Standing::Failed, Some(at.0), None, why.as_str()),
            Settled::Waits(until, why) => (Standing::Waiting, None, Some(until.0), why.as_str()),
        };
        let done = sqlx::query(
            "UPDATE mail SET standing = $3, ended_at = $4, next_at = COALESCE($5, next_at),
                 error = $6, lease = '', leased_until = 0,
                 letter = CASE WHEN $3 = 'sent' THEN '' ELSE letter END
             WHERE id = $1 AND lease = $2 AND standing = 'waiting'",
        )
        .bind(id)
        .bind(lease)
        .bind(standing.code())
        .bind(ended)
        .bind(next)
        .bind(error)
        .execute(&self.write)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn chosen(&self, account: &AccountId, choices: &[(Topic, Pace)]) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        for (topic, pace) in choices {
            sqlx::query(
                "INSERT INTO mail_choice (account_id, topic, pace) VALUES ($1, $2, $3)
                 ON CONFLICT (account_id, topic) DO UPDATE SET pace = excluded.pace",
            )
            .bind(account.as_str())
            .bind(topic.code())
            .bind(pace.code())
            .execute(&mut *tx)
            .await?;
            if *pace == Pace::Never {
                sqlx::query(
                    "DELETE FROM mail
                     WHERE account_id = $1 AND topic = $2 AND standing = 'waiting'",
                )
                .bind(account.as_str())
                .bind(topic.code())
                .execute(&mut *tx)
                .await?;
            }
        }
        tx.commit().await
    }

    async fn choices(&self, account: &AccountId) -> sqlx::Result<Vec<(Topic, Pace)>> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT topic, pace FROM mail_choice WHERE account_id = $1")
                .bind(account.as_str())
                .fetch_all(&self.read)
                .await?;
        // A topic that is no more concerns nobody.
        let read =
            |(topic, pace): (String, String)| Topic::from_code(&topic).zip(Pace::from_code(&pace));
        Ok(rows.into_iter().filter_map(read).collect())
    }

    async fn near_returns(&self, today: Date) -> sqlx::Result<Vec<DossierId>> {
        let returned: Vec<_> = State::ALL.iter().filter(|state| state.is_returned()).collect();
        let returned: Vec<_> = returned.into_iter().map(|state| state.code()).collect();
        let today = today.days_since_epoch();
        let ids: Vec<String> = sqlx::query_scalar(concat!(
            "SELECT dossier_id FROM worklist
             WHERE due BETWEEN $1 AND $2 AND state IN (SELECT w.value FROM ",
            each_text!("$3"),
            ") ORDER BY due, dossier_id"
        ))
        .bind(today)
        .bind(today + REMINDERS.into_iter().max().unwrap_or_default())
        .bind(json(&returned)?)
        .fetch_all(&self.read)
        .await?;
        Ok(ids.into_iter().map(Into::into).collect())
    }

    async fn due_digests(
        &self,
        roles: &[Role],
        before: Millis,
        most: u32,
    ) -> sqlx::Result<Vec<(AccountId, Option<Millis>)>> {
        let roles: Vec<_> = roles.iter().map(|role| role.code()).collect();
        let rows: Vec<(String, Option<i64>)> = sqlx::query_as(concat!(
            "SELECT a.id, g.told_at FROM account a
             LEFT JOIN mail_digest g ON g.account_id = a.id
             WHERE (g.told_at IS NULL OR g.told_at < $1) AND (
                 a.role IN (SELECT w.value FROM ",
            each_text!("$2"),
            ") OR EXISTS (SELECT 1 FROM notice n WHERE n.kept_for = a.id AND n.at < $1)
             )
             ORDER BY a.id LIMIT $3"
        ))
        .bind(before.0)
        .bind(json(&roles)?)
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await?;
        Ok(rows.into_iter().map(|(id, at)| (id.into(), at.map(Millis))).collect())
    }

    async fn key(&self, fresh: &str) -> sqlx::Result<String> {
        let known = "SELECT secret FROM mail_key WHERE id = 1";
        if let Some(key) = sqlx::query_scalar(known).fetch_optional(&self.read).await? {
            return Ok(key);
        }
        sqlx::query("INSERT INTO mail_key (id, secret) VALUES (1, $1) ON CONFLICT DO NOTHING")
            .bind(fresh)
            .execute(&self.write)
            .await?;
        sqlx::query_scalar(known).fetch_one(&self.write).await
    }

    async fn standings(&self) -> sqlx::Result<Counts> {
        let (waiting, again, failed): (i64, i64, i64) = sqlx::query_as(
            "SELECT COUNT(CASE WHEN standing = 'waiting' THEN 1 END),
                 COUNT(CASE WHEN standing = 'waiting' AND error <> '' THEN 1 END),
                 COUNT(CASE WHEN standing = 'failed' THEN 1 END)
             FROM mail WHERE standing IN ('waiting', 'failed')",
        )
        .fetch_one(&self.read)
        .await?;
        Ok(Counts { waiting: count(waiting)?, again: count(again)?, failed: count(failed)? })
    }

    async fn forgotten(&self, before: Millis) -> sqlx::Result<u64> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        let mut gone = 0;
        for old in ["DELETE FROM mail WHERE ended_at < $1", "DELETE FROM notice WHERE at < $1"] {
            gone += sqlx::query(old).bind(before.0).execute(&mut *tx).await?.rows_affected();
        }
        tx.commit().await?;
        Ok(gone)
    }
}

#[async_trait]
impl Mails for Backend {
    async fn notices(&self, most: u32) -> Stored<Vec<Notice>> {
        self.untold(most).await.map_err(stored)
    }

    async fn notices_kept_for(&self, account: &AccountId) -> Stored<Vec<Notice>> {
        self.untold_to(account).await.map_err(stored)
    }

    async fn tell(&self, telling: &Telling) -> Stored<bool> {
        self.told(telling).await.map_err(stored)
    }

    async fn has_mail(&self, key: &str) -> Stored<bool> {
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM mail WHERE told_key = $1)")
            .bind(key)
            .fetch_one(&self.read)
            .await
            .map_err(stored)
    }

    async fn returns_due(&self, today: Date) -> Stored<Vec<DossierId>> {
        self.near_returns(today).await.map_err(stored)
    }

    async fn digests_due(
        &self,
        roles: &[Role],
        before: Millis,
        most: u32,
    ) -> Stored<Vec<(AccountId, Option<Millis>)>> {
        self.due_digests(roles, before, most).await.map_err(stored)
    }

    async fn territory(&self, account: &AccountId) -> Stored<Vec<String>> {
        sqlx::query_scalar(
            "SELECT department FROM agent_territory WHERE account_id = $1 ORDER BY department",
        )
        .bind(account.as_str())
        .fetch_all(&self.read)
        .await
        .map_err(stored)
    }

    async fn take_mails(
        &self,
        lease: &str,
        within: (Millis, Millis),
        most: u32,
    ) -> Stored<Vec<Queued>> {
        self.taken(lease, within, most).await.map_err(stored)
    }

    async fn settle_mail(&self, id: &str, lease: &str, settled: &Settled) -> Stored<bool> {
        self.settled_mail(id, lease, settled).await.map_err(stored)
    }

    async fn mail_choices(&self, account: &AccountId) -> Stored<Vec<(Topic, Pace)>> {
        self.choices(account).await.map_err(stored)
    }

    async fn put_mail_choices(&self, account: &AccountId, choices: &[(Topic, Pace)]) -> Stored<()> {
        self.chosen(account, choices).await.map_err(stored)
    }

    async fn mail_key(&self, fresh: &str) -> Stored<String> {
        self.key(fresh).await.map_err(stored)
    }

    async fn mails(&self, standing: Standing, most: u32) -> Stored<Vec<Queued>> {
        let rows = sqlx::query_as(
            "SELECT * FROM mail WHERE standing = $1 ORDER BY at DESC, id DESC LIMIT $2",
        )
        .bind(standing.code())
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        rows.and_then(queued).map_err(stored)
    }

    async fn mail(&self, id: &str) -> Stored<Option<Queued>> {
        let row: Option<MailRow> = sqlx::query_as("SELECT * FROM mail WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(MailRow::read).transpose().map_err(stored)
    }

    async fn retry_mail(&self, id: &str, now: Millis) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE mail SET standing = 'waiting', tries = 0, since = $2, next_at = $2,
                 ended_at = NULL
             WHERE id = $1 AND standing = 'failed'",
        )
        .bind(id)
        .bind(now.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(done.rows_affected() == 1)
    }

    async fn mail_counts(&self) -> Stored<Counts> {
        self.standings().await.map_err(stored)
    }

    async fn mails_shown(&self, account: &AccountId, most: u32) -> Stored<Vec<Queued>> {
        let rows = sqlx::query_as(
            "SELECT * FROM mail WHERE account_id = $1 AND standing = 'shown'
             ORDER BY at DESC, id DESC LIMIT $2",
        )
        .bind(account.as_str())
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        rows.and_then(queued).map_err(stored)
    }

    async fn forget_mails(&self, before: Millis) -> Stored<u64> {
        self.forgotten(before).await.map_err(stored)
    }
}
