//! What an agent typed and did not post yet, views of the work list by name, leave.

mod unposted;
mod views;

use async_trait::async_trait;
use dossier::{
    id::{AccountId, DossierId},
    leave::Leave,
};
use form::Date;
use service::{
    Millis,
    leave::Cover,
    ports::{Desks, Stored},
    unposted::Unposted,
    views::View,
    worklist::Colleague,
};
use sqlx::FromRow;

use self::{unposted::UnpostedRow, views::ViewRow};
use super::Backend;
use crate::{
    error::{all_read, corrupt, json, stored},
    rows::count,
};

#[derive(FromRow)]
struct CoverRow {
    id: String,
    account_id: String,
    absent_name: String,
    cover_id: String,
    cover_name: String,
    first_day: String,
    last_day: String,
    said_at: i64,
}

impl CoverRow {
    fn read(self) -> sqlx::Result<Cover> {
        let day = |text: &str| Date::parse_iso(text).ok_or_else(|| corrupt("a day"));
        let leave = Leave::new(day(&self.first_day)?, day(&self.last_day)?);
        Ok(Cover {
            id: self.id,
            leave: leave.map_err(|_| corrupt("a leave"))?,
            absent: Colleague { id: self.account_id.into(), name: self.absent_name },
            by: Colleague { id: self.cover_id.into(), name: self.cover_name },
            said_at: Millis(self.said_at),
        })
    }
}

macro_rules! covers {
    ($where:literal) => {
        concat!(
            "SELECT l.*, a.name AS absent_name, c.name AS cover_name
             FROM leave_cover l JOIN account a ON a.id = l.account_id
             JOIN account c ON c.id = l.cover_id WHERE ",
            $where,
            " ORDER BY l.first_day, l.id"
        )
    };
}

#[async_trait]
impl Desks for Backend {
    async fn unposted_of(&self, by: &AccountId, dossier: &DossierId) -> Stored<Vec<Unposted>> {
        let rows = sqlx::query_as(
            "SELECT * FROM unposted
             WHERE account_id = $1 AND dossier_id = $2 AND cleared_at IS NULL ORDER BY at, id",
        )
        .bind(by.as_str())
        .bind(dossier.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, |row: UnpostedRow| row.read().map(|(_, text)| text))
    }

    async fn unposted(&self, id: &str) -> Stored<Option<(AccountId, Unposted)>> {
        let row: Option<UnpostedRow> = sqlx::query_as("SELECT * FROM unposted WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.read)
            .await
            .map_err(stored)?;
        row.map(UnpostedRow::read).transpose().map_err(stored)
    }

    async fn unposted_count(&self, by: &AccountId) -> Stored<u32> {
        let all: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM unposted WHERE account_id = $1")
            .bind(by.as_str())
            .fetch_one(&self.read)
            .await
            .map_err(stored)?;
        count(all).map_err(stored)
    }

    async fn unposted_dossiers(&self, by: &AccountId) -> Stored<Vec<DossierId>> {
        let rows = sqlx::query_as(
            "SELECT DISTINCT dossier_id FROM unposted
             WHERE account_id = $1 AND cleared_at IS NULL ORDER BY dossier_id",
        )
        .bind(by.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, |(id,): (String,)| Ok(id.into()))
    }

    async fn add_unposted(&self, by: &AccountId, text: &Unposted, before: Millis) -> Stored<()> {
        self.put_unposted(by, text, before).await.map_err(stored)
    }

    async fn rewrite_unposted(&self, text: &Unposted, seen: u32) -> Stored<bool> {
        self.rewrote_unposted(text, seen).await.map_err(stored)
    }

    async fn clear_unposted(&self, id: &str, at: Option<Millis>) -> Stored<()> {
        sqlx::query("UPDATE unposted SET cleared_at = $2, version = version + 1 WHERE id = $1")
            .bind(id)
            .bind(at.map(|at| at.0))
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn remove_unposted(&self, ids: &[String]) -> Stored<()> {
        sqlx::query(concat!(
            "DELETE FROM unposted WHERE id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ")"
        ))
        .bind(json(ids).map_err(stored)?)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn work_views(&self, reader: &AccountId) -> Stored<Vec<View>> {
        let rows = sqlx::query_as(
            "SELECT v.*, a.name AS by_name FROM work_view v JOIN account a ON a.id = v.account_id
             WHERE v.removed_at IS NULL AND (v.account_id = $1 OR (v.is_shared AND EXISTS (
                 SELECT 1 FROM agent_territory m JOIN agent_territory t
                     ON t.department = m.department
                 WHERE m.account_id = $1 AND t.account_id = v.account_id)))
             ORDER BY v.made_at, v.id",
        )
        .bind(reader.as_str())
        .fetch_all(&self.read)
        .await;
        all_read(rows, |row: ViewRow| Ok(row.read()))
    }

    async fn work_view(&self, id: &str) -> Stored<Option<View>> {
        let row: Option<ViewRow> = sqlx::query_as(
            "SELECT v.*, a.name AS by_name FROM work_view v JOIN account a ON a.id = v.account_id
             WHERE v.id = $1",
        )
        .bind(id)
        .fetch_optional(&self.read)
        .await
        .map_err(stored)?;
        Ok(row.map(ViewRow::read))
    }

    async fn put_work_view(&self, view: &View, before: Millis) -> Stored<()> {
        self.put_view(view, before).await.map_err(stored)
    }

    async fn first_work_view(&self, reader: &AccountId) -> Stored<Option<String>> {
        sqlx::query_scalar("SELECT view_id FROM work_view_first WHERE account_id = $1")
            .bind(reader.as_str())
            .fetch_optional(&self.read)
            .await
            .map_err(stored)
    }

    async fn set_first_work_view(&self, reader: &AccountId, id: Option<&str>) -> Stored<()> {
        self.set_first(reader, id).await.map_err(stored)
    }

    async fn leaves_about(&self, account: &AccountId, day: Date) -> Stored<Vec<Cover>> {
        let rows =
            sqlx::query_as(covers!("(l.account_id = $1 OR l.cover_id = $1) AND l.last_day >= $2"))
                .bind(account.as_str())
                .bind(day.to_string())
                .fetch_all(&self.read)
                .await;
        all_read(rows, CoverRow::read)
    }

    async fn leaves_on(&self, day: Date) -> Stored<Vec<Cover>> {
        let rows = sqlx::query_as(covers!("l.last_day >= $1 AND l.first_day <= $1"))
            .bind(day.to_string())
            .fetch_all(&self.read)
            .await;
        all_read(rows, CoverRow::read)
    }

    async fn add_leave(&self, cover: &Cover) -> Stored<()> {
        sqlx::query(
            "INSERT INTO leave_cover (id, account_id, cover_id, first_day, last_day, said_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&cover.id)
        .bind(cover.absent.id.as_str())
        .bind(cover.by.id.as_str())
        .bind(cover.leave.first().to_string())
        .bind(cover.leave.last().to_string())
        .bind(cover.said_at.0)
        .execute(&self.write)
        .await
        .map_err(stored)?;
        Ok(())
    }

    async fn remove_leave(&self, id: &str, absent: &AccountId) -> Stored<bool> {
        let gone = sqlx::query("DELETE FROM leave_cover WHERE id = $1 AND account_id = $2")
            .bind(id)
            .bind(absent.as_str())
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(gone.rows_affected() > 0)
    }
}
