//! Agendas: what is on them, and what waits for one.

use dossier::{
    commission::Purpose,
    id::{AccountId, DossierId, SittingId},
};
use service::{
    Millis,
    commission::{Benches, Effects, Item, Waiting},
    instruction::Act,
};

use super::super::{BEGIN, Backend, Connection};
use crate::{
    error::json,
    rows::commissions::{ItemRow, WaitingRow},
};

/// Puts a dossier last on an agenda, or again on one that it left, with the words of another agenda.
async fn put(
    tx: &mut Connection,
    id: &SittingId,
    (dossier, deposit): (&DossierId, u32),
    (purpose, words): (Purpose, &str),
    (at, by): (Millis, &AccountId),
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO commission_item
             (sitting_id, dossier_id, rank, purpose, standing, deposit, words, words_version,
              words_at, put_at, put_by)
         VALUES ($1, $2,
             (SELECT COALESCE(MAX(m.rank), 0) + 1 FROM commission_item m WHERE m.sitting_id = $1),
             $3, 'open', $4, $5, 1, $6, $6, $7)
         ON CONFLICT (sitting_id, dossier_id) DO UPDATE
         SET rank = excluded.rank, purpose = excluded.purpose, standing = 'open',
             deposit = excluded.deposit, act_seq = NULL, put_at = excluded.put_at,
             put_by = excluded.put_by",
    )
    .bind(id.as_str())
    .bind(dossier.as_str())
    .bind(purpose.code())
    .bind(i64::from(deposit))
    .bind(words)
    .bind(at.0)
    .bind(by.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that an act is the opinion given at a sitting.
pub(in super::super) async fn heard(
    tx: &mut Connection,
    sitting: &SittingId,
    act: &Act,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE commission_item SET standing = 'heard', act_seq = $3
         WHERE sitting_id = $1 AND dossier_id = $2",
    )
    .bind(sitting.as_str())
    .bind(act.dossier.as_str())
    .bind(i64::from(act.seq))
    .execute(tx)
    .await?;
    Ok(())
}

/// What a deed does to the agenda. A dossier that is open on another one is not opened here.
pub(super) async fn affect(
    tx: &mut Connection,
    id: &SittingId,
    effects: &Effects,
) -> sqlx::Result<()> {
    for (dossier, deposit) in &effects.deposits {
        sqlx::query(
            "UPDATE commission_item SET deposit = $3 WHERE sitting_id = $1 AND dossier_id = $2",
        )
        .bind(id.as_str())
        .bind(dossier.as_str())
        .bind(i64::from(*deposit))
        .execute(&mut *tx)
        .await?;
    }
    for (dossier, standing) in &effects.standings {
        sqlx::query(
            // What was noted from the dossier itself is what the minutes hold.
            "UPDATE commission_item
             SET standing = $3, act_seq = CASE WHEN $3 <> 'heard' THEN act_seq
                 ELSE COALESCE(act_seq, (SELECT MAX(x.seq) FROM act x
                     WHERE x.dossier_id = $2 AND x.action = 'record_opinion')) END
             WHERE sitting_id = $1 AND dossier_id = $2
                 AND ($3 <> 'open' OR NOT EXISTS (SELECT 1 FROM commission_item o
                      WHERE o.dossier_id = $2 AND o.standing = 'open'))",
        )
        .bind(id.as_str())
        .bind(dossier.as_str())
        .bind(standing.code())
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

impl Backend {
    pub(super) async fn items_of(&self, id: &SittingId) -> sqlx::Result<Vec<Item>> {
        let rows: Vec<ItemRow> = sqlx::query_as(
            "SELECT i.dossier_id, i.purpose, i.standing, i.deposit, i.words, i.words_version,
                 i.words_at, i.put_at, w.structure_name, w.kind, w.nature, w.year, w.state, w.etp,
                 w.etp_before, d.deposits, w.deposited_at, r.at AS referred_at,
                 o.opinion, o.message, e.at AS opinion_at, a.name AS opinion_by
             FROM commission_item i
             JOIN worklist w ON w.dossier_id = i.dossier_id
             JOIN dossier d ON d.id = i.dossier_id
             LEFT JOIN event r ON r.dossier_id = i.dossier_id AND r.seq =
                 (SELECT MAX(x.seq) FROM act x
                  WHERE x.dossier_id = i.dossier_id AND x.action = 'refer_to_commission')
             LEFT JOIN act o ON o.dossier_id = i.dossier_id AND o.seq = COALESCE(i.act_seq,
                 (SELECT MAX(x.seq) FROM act x WHERE x.dossier_id = i.dossier_id
                      AND x.action = 'record_opinion' AND x.seq > r.seq))
             LEFT JOIN event e ON e.dossier_id = o.dossier_id AND e.seq = o.seq
             LEFT JOIN account a ON a.id = e.actor
             WHERE i.sitting_id = $1
             ORDER BY i.purpose DESC, i.rank, i.dossier_id",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(ItemRow::read).collect()
    }

    pub(super) async fn waiting_of(&self, benches: &Benches) -> sqlx::Result<Vec<Waiting>> {
        let rows: Vec<WaitingRow> = sqlx::query_as(concat!(
            "SELECT w.dossier_id, w.department, w.structure_name, w.kind, w.nature, w.year,
                 w.state, w.etp, w.etp_before, d.deposits, t.needs_opinion, r.at AS referred_at,
                 EXISTS (SELECT 1 FROM act o WHERE o.dossier_id = w.dossier_id
                     AND o.action = 'record_opinion' AND o.seq > r.seq) AS noted,
                 EXISTS (SELECT 1 FROM act p WHERE p.dossier_id = w.dossier_id
                     AND p.action = 'prepare_decision' AND p.deposit = d.deposits) AS proposed
             FROM worklist w
             JOIN dossier d ON d.id = w.dossier_id
             JOIN asked_terms t ON t.dossier_id = w.dossier_id
             LEFT JOIN event r ON r.dossier_id = w.dossier_id AND r.seq =
                 (SELECT MAX(x.seq) FROM act x
                  WHERE x.dossier_id = w.dossier_id AND x.action = 'refer_to_commission')
             WHERE w.state IN ('dialogue', 'commission', 'decision_pending', 'accepted')
                 AND w.nature <> 'bilan'
                 AND NOT EXISTS (SELECT 1 FROM commission_item i
                     WHERE i.dossier_id = w.dossier_id AND i.standing IN ('open', 'informed'))
                 AND w.department IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") ORDER BY w.name_key, w.dossier_id"
        ))
        .bind(json(benches.departments())?)
        .fetch_all(&self.read)
        .await?;
        let read = rows.into_iter().map(WaitingRow::read);
        read.filter_map(sqlx::Result::transpose).collect()
    }

    pub(super) async fn item_put(
        &self,
        id: &SittingId,
        of: (&DossierId, u32),
        purpose: Purpose,
        at: (Millis, &AccountId),
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        put(&mut tx, id, of, (purpose, ""), at).await?;
        tx.commit().await
    }

    pub(super) async fn item_removed(
        &self,
        id: &SittingId,
        dossier: &DossierId,
    ) -> sqlx::Result<()> {
        sqlx::query(
            "DELETE FROM commission_item
             WHERE sitting_id = $1 AND dossier_id = $2 AND standing = 'open'",
        )
        .bind(id.as_str())
        .bind(dossier.as_str())
        .execute(&self.write)
        .await?;
        Ok(())
    }

    pub(super) async fn items_ordered(
        &self,
        id: &SittingId,
        order: &[DossierId],
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        for (rank, dossier) in (1_i64..).zip(order) {
            sqlx::query(
                "UPDATE commission_item SET rank = $3 WHERE sitting_id = $1 AND dossier_id = $2",
            )
            .bind(id.as_str())
            .bind(dossier.as_str())
            .bind(rank)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    pub(super) async fn item_presented(
        &self,
        (id, dossier): (&SittingId, &DossierId),
        (words, seen): (&str, u32),
        at: Millis,
    ) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE commission_item SET words = $3, words_at = $4, words_version = $5 + 1
             WHERE sitting_id = $1 AND dossier_id = $2 AND words_version = $5",
        )
        .bind(id.as_str())
        .bind(dossier.as_str())
        .bind(words)
        .bind(at.0)
        .bind(i64::from(seen))
        .execute(&self.write)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    pub(super) async fn item_refreshed(
        &self,
        id: &SittingId,
        dossier: &DossierId,
        deposit: u32,
    ) -> sqlx::Result<()> {
        sqlx::query(
            "UPDATE commission_item SET deposit = $3
             WHERE sitting_id = $1 AND dossier_id = $2 AND standing = 'open'",
        )
        .bind(id.as_str())
        .bind(dossier.as_str())
        .bind(i64::from(deposit))
        .execute(&self.write)
        .await?;
        Ok(())
    }

    pub(super) async fn item_postponed(
        &self,
        (id, dossier): (&SittingId, &DossierId),
        to: Option<&SittingId>,
        at: (Millis, &AccountId),
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        let left: Option<(i64, String)> = sqlx::query_as(
            "UPDATE commission_item SET standing = 'postponed'
             WHERE sitting_id = $1 AND dossier_id = $2 AND standing = 'open'
             RETURNING deposit, words",
        )
        .bind(id.as_str())
        .bind(dossier.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        if let (Some((deposit, words)), Some(to)) = (left, to) {
            let deposit = crate::rows::count(deposit)?;
            put(&mut tx, to, (dossier, deposit), (Purpose::Opinion, &words), at).await?;
        }
        tx.commit().await
    }
}
