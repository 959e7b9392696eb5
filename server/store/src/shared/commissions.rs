//! Sittings of the commission: the calendar, and what was done with them. Their agendas are beside.

mod agenda;

use std::collections::BTreeMap;

use async_trait::async_trait;
use dossier::{
    commission::{Appointment, Purpose},
    id::{AccountId, DossierId, SittingId, is_ulid},
};
use service::{
    Millis,
    commission::{Benches, Done, Effects, Item, Sitting, Waiting},
    ports::{Commissions, Stored},
};

pub(super) use self::agenda::heard;
use super::{BEGIN, Backend};
use crate::{
    error::{json, stored},
    rows::commissions::{DeedRow, SittingRow},
};

impl Backend {
    async fn sitting_added(&self, sitting: &Sitting) -> sqlx::Result<()> {
        let Appointment { day, hour, place, pack_day } = &sitting.appointment;
        sqlx::query(
            "INSERT INTO commission_sitting
                 (id, department, day, hour, place, pack_day, version, made_at, made_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(sitting.id.as_str())
        .bind(&sitting.department)
        .bind(day.to_string())
        .bind(hour.to_string())
        .bind(place)
        .bind(pack_day.to_string())
        .bind(i64::from(sitting.version))
        .bind(sitting.made_at.0)
        .bind(sitting.made_by.as_str())
        .execute(&self.write)
        .await?;
        Ok(())
    }

    /// The sittings of these départements, or one of them.
    async fn sittings_of(
        &self,
        benches: &Benches,
        id: Option<&SittingId>,
    ) -> sqlx::Result<Vec<Sitting>> {
        let departments = json(benches.departments())?;
        let id = id.map(SittingId::as_str);
        let rows: Vec<SittingRow> = sqlx::query_as(concat!(
            "SELECT s.*,
                 (SELECT COUNT(*) FROM commission_item i WHERE i.sitting_id = s.id
                      AND i.purpose = 'opinion' AND i.standing <> 'shelved') AS opinions,
                 (SELECT COUNT(*) FROM commission_item i WHERE i.sitting_id = s.id
                      AND i.purpose = 'information' AND i.standing <> 'shelved') AS informations
             FROM commission_sitting s
             WHERE s.department IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)
             ORDER BY s.day DESC, s.hour DESC, s.id DESC"
        ))
        .bind(&departments)
        .bind(id)
        .fetch_all(&self.read)
        .await?;
        let deeds: Vec<DeedRow> = sqlx::query_as(concat!(
            "SELECT d.*, a.name AS by_name FROM commission_deed d
             JOIN commission_sitting s ON s.id = d.sitting_id
             JOIN account a ON a.id = d.by
             WHERE s.department IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)
             ORDER BY d.sitting_id, d.number"
        ))
        .bind(&departments)
        .bind(id)
        .fetch_all(&self.read)
        .await?;
        let mut by_sitting: BTreeMap<String, Vec<Done>> = BTreeMap::new();
        for row in deeds {
            by_sitting.entry(row.sitting_id.clone()).or_default().push(row.read()?);
        }
        let mut sittings = Vec::with_capacity(rows.len());
        for row in rows {
            let mut sitting = row.read()?;
            sitting.deeds = by_sitting.remove(sitting.id.as_str()).unwrap_or_default();
            sittings.push(sitting);
        }
        Ok(sittings)
    }

    async fn sitting_changed(
        &self,
        id: &SittingId,
        to: &Appointment,
        seen: u32,
    ) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE commission_sitting
             SET day = $2, hour = $3, place = $4, pack_day = $5, version = version + 1
             WHERE id = $1 AND version = $6",
        )
        .bind(id.as_str())
        .bind(to.day.to_string())
        .bind(to.hour.to_string())
        .bind(&to.place)
        .bind(to.pack_day.to_string())
        .bind(i64::from(seen))
        .execute(&self.write)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn deed_added(
        &self,
        (id, number): (&SittingId, u32),
        done: &Done,
        effects: &Effects,
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        sqlx::query(
            "INSERT INTO commission_deed (sitting_id, number, deed, at, by)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id.as_str())
        .bind(i64::from(number))
        .bind(done.deed.code())
        .bind(done.at.0)
        .bind(done.by.as_str())
        .execute(&mut *tx)
        .await?;
        agenda::affect(&mut tx, id, effects).await?;
        tx.commit().await
    }
}

#[async_trait]
impl Commissions for Backend {
    async fn add_sitting(&self, sitting: &Sitting) -> Stored<()> {
        self.sitting_added(sitting).await.map_err(stored)
    }

    async fn sittings(&self, benches: &Benches) -> Stored<Vec<Sitting>> {
        self.sittings_of(benches, None).await.map_err(stored)
    }

    async fn sitting(&self, benches: &Benches, id: &SittingId) -> Stored<Option<Sitting>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        self.sittings_of(benches, Some(id)).await.map(|mut all| all.pop()).map_err(stored)
    }

    async fn change_sitting(&self, id: &SittingId, to: &Appointment, seen: u32) -> Stored<bool> {
        self.sitting_changed(id, to, seen).await.map_err(stored)
    }

    async fn add_deed(&self, of: (&SittingId, u32), done: &Done, effects: &Effects) -> Stored<()> {
        self.deed_added(of, done, effects).await.map_err(stored)
    }

    async fn agenda(&self, id: &SittingId) -> Stored<Vec<Item>> {
        self.items_of(id).await.map_err(stored)
    }

    async fn waiting(&self, benches: &Benches) -> Stored<Vec<Waiting>> {
        self.waiting_of(benches).await.map_err(stored)
    }

    async fn put_item(
        &self,
        id: &SittingId,
        of: (&DossierId, u32),
        purpose: Purpose,
        at: (Millis, &AccountId),
    ) -> Stored<()> {
        self.item_put(id, of, purpose, at).await.map_err(stored)
    }

    async fn remove_item(&self, id: &SittingId, dossier: &DossierId) -> Stored<()> {
        self.item_removed(id, dossier).await.map_err(stored)
    }

    async fn order_items(&self, id: &SittingId, order: &[DossierId]) -> Stored<()> {
        self.items_ordered(id, order).await.map_err(stored)
    }

    async fn present_item(
        &self,
        of: (&SittingId, &DossierId),
        words: (&str, u32),
        at: Millis,
    ) -> Stored<bool> {
        self.item_presented(of, words, at).await.map_err(stored)
    }

    async fn refresh_item(&self, id: &SittingId, dossier: &DossierId, deposit: u32) -> Stored<()> {
        self.item_refreshed(id, dossier, deposit).await.map_err(stored)
    }

    async fn postpone_item(
        &self,
        from: (&SittingId, &DossierId),
        to: Option<&SittingId>,
        at: (Millis, &AccountId),
    ) -> Stored<()> {
        self.item_postponed(from, to, at).await.map_err(stored)
    }
}
