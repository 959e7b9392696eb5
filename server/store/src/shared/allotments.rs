//! Simulations within envelopes: their choices, gesture by gesture, and what was proposed of them.

use std::collections::BTreeMap;

use dossier::{act::Sense, annex::Grant, id::AllotmentId, place::Place};
use service::{
    Millis,
    allotting::{Allotment, Gesture, Run, RunLine, Seats},
};

use super::{BEGIN, Backend};
use crate::{
    error::json,
    rows::{
        allotments::{AllotmentRow, ChoiceRow, GestureRow, RunLineRow, RunRow},
        count,
    },
};

/// A query of simulations in these places, with what follows.
macro_rules! allotments {
    ($rest:literal) => {
        concat!(
            "SELECT t.*, a.name AS made_by_name
             FROM allotment t JOIN account a ON a.id = t.made_by
             WHERE t.place IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") AND ",
            $rest
        )
    };
}

fn codes(seats: &Seats) -> sqlx::Result<String> {
    let codes: Vec<String> = seats.places().iter().map(Place::code).collect();
    json(&codes)
}

impl Backend {
    pub(super) async fn allotted(&self, allotment: &Allotment) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO allotment (id, name, year, kinds, place, made_at, made_by, aside_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(allotment.id.as_str())
        .bind(&allotment.name)
        .bind(i64::from(allotment.year))
        .bind(allotment.kinds.join(","))
        .bind(allotment.place.code())
        .bind(allotment.made_at.0)
        .bind(allotment.made_by.as_str())
        .bind(allotment.aside_at.map(|at| at.0))
        .execute(&self.write)
        .await?;
        Ok(())
    }

    pub(super) async fn allotments_of(
        &self,
        seats: &Seats,
        year: i32,
    ) -> sqlx::Result<Vec<Allotment>> {
        let rows: Vec<AllotmentRow> =
            sqlx::query_as(allotments!("t.year = $2 ORDER BY t.made_at DESC, t.id DESC"))
                .bind(codes(seats)?)
                .bind(i64::from(year))
                .fetch_all(&self.read)
                .await?;
        rows.into_iter().map(AllotmentRow::read).collect()
    }

    pub(super) async fn allotment_of(
        &self,
        seats: &Seats,
        id: &AllotmentId,
    ) -> sqlx::Result<Option<Allotment>> {
        let row: Option<AllotmentRow> = sqlx::query_as(allotments!("t.id = $2"))
            .bind(codes(seats)?)
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await?;
        row.map(AllotmentRow::read).transpose()
    }

    pub(super) async fn named(&self, id: &AllotmentId, name: &str) -> sqlx::Result<()> {
        sqlx::query("UPDATE allotment SET name = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(name)
            .execute(&self.write)
            .await?;
        Ok(())
    }

    pub(super) async fn put_away(&self, id: &AllotmentId, at: Option<Millis>) -> sqlx::Result<()> {
        sqlx::query("UPDATE allotment SET aside_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(at.map(|at| at.0))
            .execute(&self.write)
            .await?;
        Ok(())
    }

    pub(super) async fn allotment_chosen(&self, gesture: &Gesture) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        sqlx::query(
            "INSERT INTO allotment_gesture (allotment_id, number, undoes, at, by)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(gesture.allotment.as_str())
        .bind(i64::from(gesture.number))
        .bind(gesture.undoes.map(i64::from))
        .bind(gesture.at.0)
        .bind(gesture.by.as_str())
        .execute(&mut *tx)
        .await?;
        for (dossier, choice) in &gesture.choices {
            sqlx::query(
                "INSERT INTO allotment_choice
                     (allotment_id, number, dossier_id, verdict, granted, opinion, reason, deposit)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(gesture.allotment.as_str())
            .bind(i64::from(gesture.number))
            .bind(dossier.as_str())
            .bind(choice.verdict.code())
            .bind(choice.grant.map(Grant::code).unwrap_or_default())
            .bind(choice.opinion.map_or("", Sense::code))
            .bind(&choice.reason)
            .bind(i64::from(choice.deposit))
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    pub(super) async fn gestures_of(&self, id: &AllotmentId) -> sqlx::Result<Vec<Gesture>> {
        let rows: Vec<GestureRow> = sqlx::query_as(
            "SELECT g.*, a.name AS by_name
             FROM allotment_gesture g JOIN account a ON a.id = g.by
             WHERE g.allotment_id = $1 ORDER BY g.number",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let choices: Vec<ChoiceRow> = sqlx::query_as(
            "SELECT c.* FROM allotment_choice c
             WHERE c.allotment_id = $1 ORDER BY c.number, c.dossier_id",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let mut by_number: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for row in choices {
            by_number.entry(count(row.number)?).or_default().push(row.read()?);
        }
        let mut gestures = Vec::with_capacity(rows.len());
        for row in rows {
            let mut gesture = row.read()?;
            gesture.choices = by_number.remove(&gesture.number).unwrap_or_default();
            gestures.push(gesture);
        }
        Ok(gestures)
    }

    pub(super) async fn run_added(&self, run: &Run) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO allotment_run (id, allotment_id, over_reason, at, by)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&run.id)
        .bind(run.allotment.as_str())
        .bind(&run.over)
        .bind(run.at.0)
        .bind(run.by.as_str())
        .execute(&self.write)
        .await?;
        Ok(())
    }

    pub(super) async fn run_line_put(&self, run: &str, line: &RunLine) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO allotment_run_line
                 (run_id, dossier_id, rank, name, proposed, told, taken_back)
             VALUES ($1, $2, (SELECT COUNT(*) FROM allotment_run_line l WHERE l.run_id = $1),
                 $3, $4, $5, $6)
             ON CONFLICT (run_id, dossier_id) DO UPDATE
             SET told = excluded.told, taken_back = excluded.taken_back",
        )
        .bind(run)
        .bind(line.dossier.as_str())
        .bind(&line.name)
        .bind(line.proposed.map_or("", Sense::code))
        .bind(&line.told)
        .bind(line.is_taken_back)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    pub(super) async fn runs_of(&self, id: &AllotmentId) -> sqlx::Result<Vec<Run>> {
        let rows: Vec<RunRow> = sqlx::query_as(
            "SELECT r.*, a.name AS by_name FROM allotment_run r JOIN account a ON a.id = r.by
             WHERE r.allotment_id = $1 ORDER BY r.at DESC, r.id DESC",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let lines: Vec<RunLineRow> = sqlx::query_as(
            "SELECT l.* FROM allotment_run_line l JOIN allotment_run r ON r.id = l.run_id
             WHERE r.allotment_id = $1 ORDER BY l.run_id, l.rank",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        let mut by_run: BTreeMap<String, Vec<RunLine>> = BTreeMap::new();
        for line in lines {
            by_run.entry(line.run_id.clone()).or_default().push(line.read());
        }
        let mut runs: Vec<Run> = rows.into_iter().map(RunRow::read).collect();
        for run in &mut runs {
            run.lines = by_run.remove(&run.id).unwrap_or_default();
        }
        Ok(runs)
    }
}
