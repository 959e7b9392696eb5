//! Envelopes, and what is granted and asked within them.

use async_trait::async_trait;
use dossier::{
    allotting::Request,
    id::{AllotmentId, is_ulid},
};
use service::{
    Millis,
    allotting::{Allotment, Gesture, Run, RunLine, Seats},
    envelopes::{Change, Granted},
    ports::{Envelopes, Stored},
    worklist::Within,
};

use super::Backend;
use crate::{
    error::{json, stored},
    rows::envelopes::{ChangeRow, GrantedRow, RequestRow},
};

/// Around a list of départements, as JSON: whether a line of the work list is within them, or anywhere
/// for none.
macro_rules! within {
    ($list:literal) => {
        concat!(
            "(CAST(",
            $list,
            " AS TEXT) IS NULL OR w.department IN (SELECT w.value FROM ",
            each_text!($list),
            "))"
        )
    };
}

impl Backend {
    async fn changes_of_year(
        &self,
        year: i32,
        families: Option<&[String]>,
    ) -> sqlx::Result<Vec<Change>> {
        let families = families.map(json).transpose()?;
        let rows: Vec<ChangeRow> = sqlx::query_as(concat!(
            "SELECT c.*, a.name AS by_name FROM envelope_change c JOIN account a ON a.id = c.by
             WHERE c.year = $1 AND (CAST($2 AS TEXT) IS NULL OR c.family IN (SELECT w.value FROM ",
            each_text!("$2"),
            ")) ORDER BY c.at, c.family, c.kind, c.seq"
        ))
        .bind(i64::from(year))
        .bind(families)
        .fetch_all(&self.read)
        .await?;
        let mut changes =
            rows.into_iter().map(ChangeRow::read).collect::<sqlx::Result<Vec<_>>>()?;
        // Of one family and kind, the number says the order, whatever two clocks say.
        changes.sort_by_key(|one| one.seq);
        Ok(changes)
    }

    async fn change_added(&self, change: &Change) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO envelope_change
                 (year, kind, family, seq, place, etp, cents, reason, at, by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(i64::from(change.year))
        .bind(&change.kind)
        .bind(change.place.family())
        .bind(i64::from(change.seq))
        .bind(change.place.code())
        .bind(change.to.etp.0)
        .bind(change.to.cents.0)
        .bind(&change.reason)
        .bind(change.at.0)
        .bind(change.by.as_str())
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn requests_of(
        &self,
        within: &Within,
        year: i32,
        all: bool,
    ) -> sqlx::Result<Vec<Request>> {
        let departments = within.departments().map(json).transpose()?;
        let rows: Vec<RequestRow> = sqlx::query_as(concat!(
            "SELECT w.dossier_id, d.structure_id, w.structure_name, w.siret, w.department, w.kind,
                 w.nature, d.perimeter, w.year, w.state, d.deposits, w.deposited_at, d.updated_at,
                 t.start_day, t.end_day, t.months, t.asked, t.unit, t.departmental,
                 t.needs_opinion, r.at AS referred_at,
                 EXISTS (SELECT 1 FROM act o WHERE o.dossier_id = w.dossier_id
                     AND o.action = 'record_opinion' AND o.seq > r.seq) AS opinion_noted,
                 p.proposal, p.granted AS proposed,
                 p.deposit AS proposed_on, w.blocking
             FROM worklist w
             JOIN dossier d ON d.id = w.dossier_id
             JOIN asked_terms t ON t.dossier_id = w.dossier_id
             LEFT JOIN act p ON p.dossier_id = w.dossier_id AND p.seq =
                 (SELECT MAX(x.seq) FROM act x
                  WHERE x.dossier_id = w.dossier_id AND x.action = 'prepare_decision')
             LEFT JOIN event r ON r.dossier_id = w.dossier_id AND r.seq =
                 (SELECT MAX(x.seq) FROM act x
                  WHERE x.dossier_id = w.dossier_id AND x.action = 'refer_to_commission')
             WHERE w.year = $1 AND w.nature <> 'bilan'
                 AND ($2 OR w.state NOT IN
                     ('accepted', 'refused', 'withdrawn', 'abandoned', 'rejected_incomplete'))
                 AND ",
            within!("$3"),
            " ORDER BY w.dossier_id"
        ))
        .bind(i64::from(year))
        .bind(all)
        .bind(departments)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(RequestRow::read).collect()
    }

    async fn granted_within(&self, within: &Within, years: &[i32]) -> sqlx::Result<Vec<Granted>> {
        let departments = within.departments().map(json).transpose()?;
        let (first, last) = (years.iter().min(), years.iter().max());
        let rows: Vec<GrantedRow> = sqlx::query_as(concat!(
            "SELECT x.structure_id, w.kind, x.perimeter, w.department, w.year, x.prefix, x.renewal,
                 x.start_day, x.end_day, x.months, x.granted AS asked, x.unit, x.departmental
             FROM worklist w JOIN annex x ON x.dossier_id = w.dossier_id
             WHERE w.year >= $1 AND w.year <= $2 AND ",
            within!("$3"),
            " ORDER BY x.prefix, x.perimeter, x.renewal, x.modification, x.dossier_id"
        ))
        .bind(first.map_or(0, |year| i64::from(*year)))
        .bind(last.map_or(-1, |year| i64::from(*year)))
        .bind(departments)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(GrantedRow::read).collect()
    }
}

#[async_trait]
impl Envelopes for Backend {
    async fn envelope_changes(
        &self,
        year: i32,
        families: Option<&[String]>,
    ) -> Stored<Vec<Change>> {
        self.changes_of_year(year, families).await.map_err(stored)
    }

    async fn add_envelope_change(&self, change: &Change) -> Stored<()> {
        self.change_added(change).await.map_err(stored)
    }

    async fn requests(&self, within: &Within, year: i32, all: bool) -> Stored<Vec<Request>> {
        self.requests_of(within, year, all).await.map_err(stored)
    }

    async fn granted_in(&self, within: &Within, years: &[i32]) -> Stored<Vec<Granted>> {
        self.granted_within(within, years).await.map_err(stored)
    }

    async fn add_allotment(&self, allotment: &Allotment) -> Stored<()> {
        self.allotted(allotment).await.map_err(stored)
    }

    async fn allotments(&self, seats: &Seats, year: i32) -> Stored<Vec<Allotment>> {
        self.allotments_of(seats, year).await.map_err(stored)
    }

    async fn allotment(&self, seats: &Seats, id: &AllotmentId) -> Stored<Option<Allotment>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        self.allotment_of(seats, id).await.map_err(stored)
    }

    async fn name_allotment(&self, id: &AllotmentId, name: &str) -> Stored<()> {
        self.named(id, name).await.map_err(stored)
    }

    async fn put_allotment_aside(&self, id: &AllotmentId, at: Option<Millis>) -> Stored<()> {
        self.put_away(id, at).await.map_err(stored)
    }

    async fn add_gesture(&self, gesture: &Gesture) -> Stored<()> {
        self.allotment_chosen(gesture).await.map_err(stored)
    }

    async fn gestures(&self, id: &AllotmentId) -> Stored<Vec<Gesture>> {
        self.gestures_of(id).await.map_err(stored)
    }

    async fn add_run(&self, run: &Run) -> Stored<()> {
        self.run_added(run).await.map_err(stored)
    }

    async fn put_run_line(&self, run: &str, line: &RunLine) -> Stored<()> {
        self.run_line_put(run, line).await.map_err(stored)
    }

    async fn runs(&self, id: &AllotmentId) -> Stored<Vec<Run>> {
        self.runs_of(id).await.map_err(stored)
    }
}
