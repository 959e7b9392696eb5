//! How old things are, and forgetting them with a note in the same transaction.

use async_trait::async_trait;
use dossier::{
    id::{AccountId, DossierId},
    retention::Kind,
};
use form::Date;
use service::{
    Millis,
    journal::Step,
    ports::{Retentions, Stored},
    retention::{Forgotten, KeptAccount, KeptDossier, forgetting},
};

use super::{BEGIN, Backend, Connection, dossiers};
use crate::{
    error::{all_read, corrupt, stored},
    rows::retention::{KeptAccountRow, KeptDossierRow, day, lines},
};

/// How many lines are of which day, counted since 1970.
const fn ages_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::SignIns => {
            "SELECT a.at / 86400000, COUNT(*) FROM (
                 SELECT expires_at AS at FROM web_session
                 UNION ALL SELECT ends_at FROM sign_in_begun
                 UNION ALL SELECT ends_at FROM sign_in_halfway
             ) AS a GROUP BY a.at / 86400000 ORDER BY a.at / 86400000"
        }
        Kind::Mails => {
            "SELECT a.at / 86400000, COUNT(*) FROM (
                 SELECT ended_at AS at FROM mail WHERE ended_at IS NOT NULL
                 UNION ALL SELECT at FROM notice
             ) AS a GROUP BY a.at / 86400000 ORDER BY a.at / 86400000"
        }
        Kind::Invitations => {
            "SELECT a.at / 86400000, COUNT(*) FROM (
                 SELECT COALESCE(accepted_at, revoked_at, ends_at) AS at FROM account_invitation
             ) AS a GROUP BY a.at / 86400000 ORDER BY a.at / 86400000"
        }
        _ => return None,
    })
}

/// What forgets lines older than `$1`, at most `$2` of each.
const fn forgets(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::SignIns => &[
            "DELETE FROM web_session WHERE token_hash IN (
                 SELECT token_hash FROM web_session WHERE expires_at < $1 LIMIT $2)",
            "DELETE FROM sign_in_begun WHERE state_hash IN (
                 SELECT state_hash FROM sign_in_begun WHERE ends_at < $1 LIMIT $2)",
            "DELETE FROM sign_in_halfway WHERE token_hash IN (
                 SELECT token_hash FROM sign_in_halfway WHERE ends_at < $1 LIMIT $2)",
        ],
        Kind::Mails => &[
            "DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE ended_at < $1 LIMIT $2)",
            "DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE at < $1 LIMIT $2)",
        ],
        Kind::Invitations => &["DELETE FROM account_invitation WHERE id IN (
                 SELECT id FROM account_invitation
                 WHERE COALESCE(accepted_at, revoked_at, ends_at) < $1 LIMIT $2)"],
        _ => &[],
    }
}

/// What goes with a draft (`$1`): what was typed, and by whom it was to be filled. Its journal stays.
const OF_DRAFT: [&str; 9] = [
    "DELETE FROM answer WHERE dossier_id = $1",
    "DELETE FROM answer_past WHERE dossier_id = $1",
    "DELETE FROM operation WHERE dossier_id = $1",
    "DELETE FROM candidate WHERE dossier_id = $1",
    "DELETE FROM set_aside WHERE dossier_id = $1",
    "DELETE FROM attachment WHERE dossier_id = $1",
    "DELETE FROM presence WHERE dossier_id = $1",
    "DELETE FROM web_session WHERE account_id IN (
         SELECT guest_id FROM shared_steps WHERE dossier_id = $1 AND guest_id IS NOT NULL)",
    "UPDATE shared_steps SET given_to = '' WHERE dossier_id = $1",
];

/// What goes with an account (`$1`) beside its own row.
const OF_ACCOUNT: [&str; 18] = [
    "DELETE FROM identity WHERE account_id = $1",
    "DELETE FROM second_factor WHERE account_id = $1",
    "DELETE FROM paper_code WHERE account_id = $1",
    "DELETE FROM sign_in_halfway WHERE account_id = $1",
    "DELETE FROM web_session WHERE account_id = $1",
    "DELETE FROM membership WHERE account_id = $1",
    "DELETE FROM agent_territory WHERE account_id = $1",
    "DELETE FROM access_request WHERE account_id = $1",
    "DELETE FROM mail_choice WHERE account_id = $1",
    "DELETE FROM mail_digest WHERE account_id = $1",
    "DELETE FROM mail WHERE account_id = $1",
    "DELETE FROM notice WHERE kept_for = $1",
    "DELETE FROM seen WHERE account_id = $1",
    "DELETE FROM unposted WHERE account_id = $1",
    "DELETE FROM work_view_first WHERE account_id = $1
         OR view_id IN (SELECT id FROM work_view WHERE account_id = $1)",
    "DELETE FROM work_view WHERE account_id = $1",
    "DELETE FROM leave_cover WHERE account_id = $1 OR cover_id = $1",
    "UPDATE account_invitation SET given_to = '' WHERE accepted_by = $1",
];

/// Notes that something was forgotten: before it goes, for those tables whose lines go with a note only.
async fn note(tx: &mut Connection, note: &Forgotten, count: u64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO forgotten (id, rule, subject, up_to, at, lines) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&note.id)
    .bind(note.kind.code())
    .bind(&note.subject)
    .bind(note.up_to.0)
    .bind(note.at.0)
    .bind(i64::try_from(count).unwrap_or(i64::MAX))
    .execute(tx)
    .await?;
    Ok(())
}

async fn each(tx: &mut Connection, statements: &[&'static str], id: &str) -> sqlx::Result<()> {
    for sql in statements {
        sqlx::query(*sql).bind(id).execute(&mut *tx).await?;
    }
    Ok(())
}

impl Backend {
    async fn aged(&self, kind: Kind) -> sqlx::Result<Vec<(Date, u64)>> {
        if kind == Kind::Participants {
            let rows: Vec<(String, i64)> = sqlx::query_as(
                "SELECT l.day, COUNT(*) FROM lab_participant p JOIN lab l ON l.id = p.lab_id
                 GROUP BY l.day ORDER BY l.day",
            )
            .fetch_all(&self.read)
            .await?;
            let read = |(text, count): (String, i64)| {
                let day = Date::parse_iso(&text).ok_or_else(|| corrupt("a day"))?;
                Ok((day, lines(count)))
            };
            return rows.into_iter().map(read).collect();
        }
        let Some(sql) = ages_of(kind) else { return Ok(Vec::new()) };
        let rows: Vec<(i64, i64)> = sqlx::query_as(sql).fetch_all(&self.read).await?;
        rows.into_iter().map(|(at, count)| Ok((day(at)?, lines(count)))).collect()
    }

    async fn forgot(&self, kind: Kind, by: &Forgotten, most: u32) -> sqlx::Result<u64> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        let mut gone = 0;
        for sql in forgets(kind) {
            let done = sqlx::query(*sql).bind(by.up_to.0).bind(i64::from(most));
            gone += done.execute(&mut *tx).await?.rows_affected();
        }
        if gone > 0 {
            note(&mut tx, by, gone).await?;
        }
        tx.commit().await?;
        Ok(gone)
    }

    async fn forgot_readings(
        &self,
        dossier: &DossierId,
        seen: u32,
        by: &Forgotten,
    ) -> sqlx::Result<u64> {
        let old: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM reading WHERE dossier_id = $1 AND last_at < $2",
        )
        .bind(dossier.as_str())
        .bind(by.up_to.0)
        .fetch_one(&self.read)
        .await?;
        if old == 0 {
            return Ok(0);
        }
        let mut tx = self.write.begin_with(BEGIN).await?;
        if !dossiers::is_as_seen(&mut tx, dossier, seen).await? {
            return Ok(0);
        }
        note(&mut tx, by, lines(old)).await?;
        let gone = sqlx::query("DELETE FROM reading WHERE dossier_id = $1 AND last_at < $2")
            .bind(dossier.as_str())
            .bind(by.up_to.0)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(gone.rows_affected())
    }

    async fn forgot_draft(&self, step: &Step, by: &Forgotten) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let id = step.head.id.as_str();
        let answers: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM answer WHERE dossier_id = $1")
            .bind(id)
            .fetch_one(&mut *tx)
            .await?;
        note(&mut tx, by, lines(answers)).await?;
        each(&mut tx, &OF_DRAFT, id).await?;
        // Nobody enters by it: it has no password, no identity, no address.
        sqlx::query(
            "INSERT INTO account (id, email, name, title, role, is_persona, password_hash)
             VALUES ($1, $1, 'Trame', 'Règles de conservation', 'guest', FALSE, NULL)
             ON CONFLICT DO NOTHING",
        )
        .bind(forgetting::ACCOUNT)
        .execute(&mut *tx)
        .await?;
        dossiers::end_step(tx, step).await
    }

    async fn closed(&self, account: &AccountId, by: &Forgotten) -> sqlx::Result<bool> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        // Whoever signed something stays named on it, as long as that is kept.
        let closed = sqlx::query(
            "UPDATE account SET closed_at = $3, email = 'ferme-' || id, title = '',
                 password_hash = NULL,
                 name = CASE WHEN EXISTS (SELECT 1 FROM event e WHERE e.actor = account.id)
                     OR EXISTS (SELECT 1 FROM envelope_change c WHERE c.by = account.id)
                     OR EXISTS (SELECT 1 FROM edition_sketch k WHERE k.by = account.id)
                     THEN name ELSE 'Compte fermé' END
             WHERE id = $1 AND closed_at IS NULL AND COALESCE(signed_in_at, 0) < $2",
        )
        .bind(account.as_str())
        .bind(by.up_to.0)
        .bind(by.at.0)
        .execute(&mut *tx)
        .await?;
        if closed.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut tx, by, 1).await?;
        each(&mut tx, &OF_ACCOUNT, account.as_str()).await?;
        tx.commit().await?;
        Ok(true)
    }
}

#[async_trait]
impl Retentions for Backend {
    async fn ages(&self, kind: Kind) -> Stored<Vec<(Date, u64)>> {
        self.aged(kind).await.map_err(stored)
    }

    async fn kept_dossiers(&self, after: &DossierId, most: u32) -> Stored<Vec<KeptDossier>> {
        let rows = sqlx::query_as(
            "SELECT d.id, d.structure_id, d.form, d.year, d.state, d.deposits, d.updated_at,
                 d.journal_seq, COALESCE(x.convention_end, '') AS convention_end,
                 EXISTS (SELECT 1 FROM answer a WHERE a.dossier_id = d.id)
                     OR EXISTS (SELECT 1 FROM attachment f WHERE f.dossier_id = d.id) AS has_words
             FROM dossier d LEFT JOIN annex x ON x.dossier_id = d.id
             WHERE d.id > $1 ORDER BY d.id LIMIT $2",
        )
        .bind(after.as_str())
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        all_read(rows, KeptDossierRow::read)
    }

    async fn kept_readings(
        &self,
        after: &DossierId,
        last: &DossierId,
    ) -> Stored<Vec<(DossierId, Date, u64)>> {
        let rows = sqlx::query_as(
            "SELECT dossier_id, last_at / 86400000, COUNT(*) FROM reading
             WHERE dossier_id > $1 AND dossier_id <= $2
             GROUP BY dossier_id, last_at / 86400000",
        )
        .bind(after.as_str())
        .bind(last.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, |(id, at, count): (String, i64, i64)| {
            Ok((id.into(), day(at)?, lines(count)))
        })
    }

    async fn kept_accounts(&self, after: &AccountId, most: u32) -> Stored<Vec<KeptAccount>> {
        let rows = sqlx::query_as(concat!(
            "SELECT a.id, a.signed_in_at, (SELECT ",
            as_list!(["m.structure_id"], in order of "m.structure_id"),
            " FROM membership m WHERE m.account_id = a.id) AS structures
             FROM account a
             WHERE a.id > $1 AND a.closed_at IS NULL AND a.role <> 'guest' AND NOT a.is_persona
             ORDER BY a.id LIMIT $2"
        ))
        .bind(after.as_str())
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        all_read(rows, KeptAccountRow::read)
    }

    async fn forget(&self, kind: Kind, note: &Forgotten, most: u32) -> Stored<u64> {
        self.forgot(kind, note, most).await.map_err(stored)
    }

    async fn forget_readings(
        &self,
        dossier: &DossierId,
        seen: u32,
        note: &Forgotten,
    ) -> Stored<u64> {
        self.forgot_readings(dossier, seen, note).await.map_err(stored)
    }

    async fn forget_draft(&self, step: &Step, note: &Forgotten) -> Stored<bool> {
        self.forgot_draft(step, note).await.map_err(stored)
    }

    async fn close_account(&self, account: &AccountId, note: &Forgotten) -> Stored<bool> {
        self.closed(account, note).await.map_err(stored)
    }

    async fn forgotten(&self, most: u32) -> Stored<Vec<(Kind, Millis, u64)>> {
        let rows = sqlx::query_as(
            "SELECT rule, at, lines FROM forgotten ORDER BY at DESC, id DESC LIMIT $1",
        )
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await;
        all_read(rows, |(rule, at, count): (String, i64, i64)| {
            let kind = Kind::from_code(&rule).ok_or_else(|| corrupt("a rule"))?;
            Ok((kind, Millis(at), lines(count)))
        })
    }
}
