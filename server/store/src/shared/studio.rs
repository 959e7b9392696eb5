//! Overlays that are being made, what they would do, and what was accepted of it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dossier::{
    form::revisions::FormKey,
    id::{AccountId, DossierId, SketchId, StructureId, is_ulid},
    simulation::Accepted,
};
use service::{
    Millis,
    ports::{Stored, Studios},
    studio::{
        Simulation, Sketch, Version,
        simulating::{After, Within},
    },
};

use super::{BEGIN, Backend, Connection};
use crate::{
    error::{corrupt, json, stored},
    rows::{
        count,
        studio::{SimulationRow, SketchRow, VersionRow, accepted},
    },
};

/// A query of versions, with what follows.
macro_rules! versions {
    ($($rest:tt)*) => {
        concat!(
            "SELECT v.*, a.name AS by_name FROM sketch_version v JOIN account a ON a.id = v.by ",
            $($rest)*
        )
    };
}

async fn add_version(tx: &mut Connection, id: &SketchId, version: &Version) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sketch_version (sketch_id, number, overlay, change, what, at, by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.as_str())
    .bind(i64::from(version.number))
    .bind(json(&version.overlay)?)
    .bind(version.change.code())
    .bind(&version.what)
    .bind(version.at.0)
    .bind(version.by.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

impl Backend {
    async fn sketched(&self, sketch: &Sketch) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        sqlx::query(
            "INSERT INTO sketch (id, department, made_at, made_by, aside_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(sketch.id.as_str())
        .bind(&sketch.department)
        .bind(sketch.made_at.0)
        .bind(sketch.made_by.as_str())
        .bind(sketch.aside_at.map(|at| at.0))
        .execute(&mut *tx)
        .await?;
        add_version(&mut tx, &sketch.id, &sketch.last).await?;
        tx.commit().await
    }

    /// The sketches of these ids, with their last versions and what was published of them.
    async fn whole(&self, rows: Vec<SketchRow>) -> sqlx::Result<Vec<Sketch>> {
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let ids = json(&ids)?;
        let last: Vec<VersionRow> = sqlx::query_as(versions!(
            "WHERE v.sketch_id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") AND v.number =
                 (SELECT max(o.number) FROM sketch_version o WHERE o.sketch_id = v.sketch_id)"
        ))
        .bind(&ids)
        .fetch_all(&self.read)
        .await?;
        let mut versions = BTreeMap::new();
        for row in last {
            versions.insert(row.sketch().to_owned(), row.read()?);
        }
        let published: Vec<(String, i64, String, i64, String, i64)> = sqlx::query_as(concat!(
            "SELECT s.sketch_id, s.version, e.form, e.revision, e.name, e.number
             FROM edition_sketch s
             JOIN edition e ON e.form = s.form AND e.name = s.name AND e.number = s.number
             WHERE s.sketch_id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") ORDER BY e.published_at, e.number"
        ))
        .bind(&ids)
        .fetch_all(&self.read)
        .await?;
        let mut sketches = Vec::with_capacity(rows.len());
        for row in rows {
            let last = versions.remove(&row.id).ok_or_else(|| corrupt("a sketch"))?;
            sketches.push(row.read(last));
        }
        for (id, version, form, revision, name, number) in published {
            let overlay = format!("{name}-{number}");
            let key = FormKey { form, revision: count(revision)?, overlay };
            if let Some(sketch) = sketches.iter_mut().find(|one| one.id.as_str() == id) {
                sketch.published.push((count(version)?, key));
            }
        }
        Ok(sketches)
    }

    async fn sketch_of(&self, id: &SketchId) -> sqlx::Result<Option<Sketch>> {
        let rows: Vec<SketchRow> = sqlx::query_as(
            "SELECT s.*, a.name AS made_by_name FROM sketch s JOIN account a ON a.id = s.made_by
             WHERE s.id = $1",
        )
        .bind(id.as_str())
        .fetch_all(&self.read)
        .await?;
        Ok(self.whole(rows).await?.pop())
    }

    async fn sketches_of(&self, departments: &[String]) -> sqlx::Result<Vec<Sketch>> {
        let rows: Vec<SketchRow> = sqlx::query_as(concat!(
            "SELECT s.*, a.name AS made_by_name FROM sketch s JOIN account a ON a.id = s.made_by
             WHERE s.department IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") ORDER BY s.made_at, s.id"
        ))
        .bind(json(departments)?)
        .fetch_all(&self.read)
        .await?;
        self.whole(rows).await
    }

    async fn versions_of(&self, id: &SketchId) -> sqlx::Result<Vec<Version>> {
        let rows: Vec<VersionRow> =
            sqlx::query_as(versions!("WHERE v.sketch_id = $1 ORDER BY v.number"))
                .bind(id.as_str())
                .fetch_all(&self.read)
                .await?;
        rows.into_iter().map(VersionRow::read).collect()
    }

    async fn version_added(&self, id: &SketchId, version: &Version) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        add_version(&mut tx, id, version).await?;
        tx.commit().await
    }

    async fn simulated(&self, id: &SketchId, simulation: &Simulation) -> sqlx::Result<()> {
        // Asked twice in one thousandth of a second, it says the same.
        sqlx::query(
            "INSERT INTO sketch_simulation (sketch_id, version, at, by, report)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (sketch_id, version, at) DO NOTHING",
        )
        .bind(id.as_str())
        .bind(i64::from(simulation.version))
        .bind(simulation.at.0)
        .bind(simulation.by.as_str())
        .bind(json(&simulation.report)?)
        .execute(&self.write)
        .await?;
        Ok(())
    }

    async fn simulation_of(&self, id: &SketchId, version: u32) -> sqlx::Result<Option<Simulation>> {
        let row: Option<SimulationRow> = sqlx::query_as(
            "SELECT s.*, a.name AS by_name
             FROM sketch_simulation s JOIN account a ON a.id = s.by
             WHERE s.sketch_id = $1 AND s.version = $2 ORDER BY s.at DESC LIMIT 1",
        )
        .bind(id.as_str())
        .bind(i64::from(version))
        .fetch_optional(&self.read)
        .await?;
        row.map(SimulationRow::read).transpose()
    }

    async fn keep_accepted(
        &self,
        id: &SketchId,
        version: u32,
        losses: &[Accepted],
        by: &AccountId,
    ) -> sqlx::Result<()> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        for one in losses {
            sqlx::query(
                "INSERT INTO sketch_acceptance (sketch_id, version, loss, dossiers, at, by)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (sketch_id, version, loss, dossiers) DO NOTHING",
            )
            .bind(id.as_str())
            .bind(i64::from(version))
            .bind(&one.loss)
            .bind(i64::from(one.dossiers))
            .bind(one.at)
            .bind(by.as_str())
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    async fn accepted_of(&self, id: &SketchId, version: u32) -> sqlx::Result<Vec<Accepted>> {
        let rows: Vec<(String, i64, i64, String)> = sqlx::query_as(
            "SELECT c.loss, c.dossiers, c.at, a.name
             FROM sketch_acceptance c JOIN account a ON a.id = c.by
             WHERE c.sketch_id = $1 AND c.version = $2 ORDER BY c.at, c.loss, c.dossiers",
        )
        .bind(id.as_str())
        .bind(i64::from(version))
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(accepted).collect()
    }

    async fn drafts_after(
        &self,
        within: Within<'_>,
        after: Option<&After>,
        most: u32,
    ) -> sqlx::Result<Vec<After>> {
        let (structure, dossier) = place(after);
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT d.structure_id, d.id FROM dossier d
             WHERE d.form = $1 AND d.state = 'draft' AND d.deposits = 0
                 AND ($2 = '' OR d.department = $2)
                 AND (d.structure_id > $3 OR (d.structure_id = $3 AND d.id > $4))
             ORDER BY d.structure_id, d.id LIMIT $5",
        )
        .bind(within.form)
        .bind(within.department.unwrap_or_default())
        .bind(structure)
        .bind(dossier)
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await?;
        Ok(rows.into_iter().map(read).collect())
    }

    async fn deposits_after(
        &self,
        within: Within<'_>,
        since: Millis,
        after: Option<&After>,
        most: u32,
    ) -> sqlx::Result<Vec<After>> {
        let (structure, dossier) = place(after);
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT d.structure_id, d.id FROM dossier d
             JOIN deposit p ON p.dossier_id = d.id AND p.ordinal = d.deposits
             WHERE d.form = $1 AND p.at >= $2 AND d.state NOT IN ('withdrawn', 'abandoned')
                 AND ($3 = '' OR d.department = $3)
                 AND (d.structure_id > $4 OR (d.structure_id = $4 AND d.id > $5))
             ORDER BY d.structure_id, d.id LIMIT $6",
        )
        .bind(within.form)
        .bind(since.0)
        .bind(within.department.unwrap_or_default())
        .bind(structure)
        .bind(dossier)
        .bind(i64::from(most))
        .fetch_all(&self.read)
        .await?;
        Ok(rows.into_iter().map(read).collect())
    }
}

/// Where one is; before everything at first.
fn place(after: Option<&After>) -> (&str, &str) {
    after.map_or(("", ""), |(structure, dossier)| (structure.as_str(), dossier.as_str()))
}

fn read((structure, dossier): (String, String)) -> After {
    (StructureId::from(structure), DossierId::from(dossier))
}

#[async_trait]
impl Studios for Backend {
    async fn add_sketch(&self, sketch: &Sketch) -> Stored<()> {
        self.sketched(sketch).await.map_err(stored)
    }

    async fn sketch(&self, id: &SketchId) -> Stored<Option<Sketch>> {
        if !is_ulid(id.as_str()) {
            return Ok(None);
        }
        self.sketch_of(id).await.map_err(stored)
    }

    async fn sketches(&self, departments: &[String]) -> Stored<Vec<Sketch>> {
        self.sketches_of(departments).await.map_err(stored)
    }

    async fn put_sketch_aside(&self, id: &SketchId, at: Option<Millis>) -> Stored<()> {
        sqlx::query("UPDATE sketch SET aside_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(at.map(|at| at.0))
            .execute(&self.write)
            .await
            .map_err(stored)?;
        Ok(())
    }

    async fn add_sketch_version(&self, id: &SketchId, version: &Version) -> Stored<()> {
        self.version_added(id, version).await.map_err(stored)
    }

    async fn sketch_versions(&self, id: &SketchId) -> Stored<Vec<Version>> {
        self.versions_of(id).await.map_err(stored)
    }

    async fn put_simulation(&self, id: &SketchId, simulation: &Simulation) -> Stored<()> {
        self.simulated(id, simulation).await.map_err(stored)
    }

    async fn last_simulation(&self, id: &SketchId, version: u32) -> Stored<Option<Simulation>> {
        self.simulation_of(id, version).await.map_err(stored)
    }

    async fn accept(
        &self,
        id: &SketchId,
        version: u32,
        accepted: &[Accepted],
        by: &AccountId,
    ) -> Stored<()> {
        self.keep_accepted(id, version, accepted, by).await.map_err(stored)
    }

    async fn accepted(&self, id: &SketchId, version: u32) -> Stored<Vec<Accepted>> {
        self.accepted_of(id, version).await.map_err(stored)
    }

    async fn open_drafts(
        &self,
        within: Within<'_>,
        after: Option<&After>,
        most: u32,
    ) -> Stored<Vec<After>> {
        self.drafts_after(within, after, most).await.map_err(stored)
    }

    async fn deposited_since(
        &self,
        within: Within<'_>,
        since: Millis,
        after: Option<&After>,
        most: u32,
    ) -> Stored<Vec<After>> {
        self.deposits_after(within, since, after, most).await.map_err(stored)
    }
}
