//! Conventions once they are signed: what is done with them, and where they stand.

use async_trait::async_trait;
use dossier::{
    annex::AnnexState,
    id::{DossierId, StructureId},
};
use form::Date;
use service::{
    conventions::{Acting, Convention, Deed, Held, Key, Standing},
    journal::Step,
    ports::{Conventions, Stored},
};

use super::{Backend, Connection, dossiers::end_step};
use crate::{
    error::{json, stored},
    rows::{
        annex::AnnexRow,
        conventions::{DeedRow, HeldRow},
        register::ProvisionalRow,
    },
};

/// Of one convention: its annexes (`x`), whose dossier is `d`.
macro_rules! of_one {
    ($rest:literal) => {
        concat!(
            " WHERE x.structure_id = $1 AND d.department = $2 AND x.prefix = $3 AND x.perimeter = $4 ",
            $rest
        )
    };
}

fn text(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl Backend {
    async fn convention(&self, dossier: &DossierId) -> sqlx::Result<Option<Convention>> {
        let found: Option<(String, String, String, String, String, String)> = sqlx::query_as(
            "SELECT x.structure_id, d.department, x.prefix, x.perimeter, d.kind, x.convention
             FROM annex x JOIN dossier d ON d.id = x.dossier_id WHERE x.dossier_id = $1",
        )
        .bind(dossier.as_str())
        .fetch_optional(&self.read)
        .await?;
        let Some((structure, department, prefix, perimeter, kind, number)) = found else {
            return Ok(None);
        };
        let rows: Vec<AnnexRow> = sqlx::query_as(concat!(
            "SELECT x.*, x.granted AS asked, e.at, a.name AS by_name FROM annex x
             JOIN event e ON e.dossier_id = x.dossier_id AND e.seq = x.seq
             JOIN account a ON a.id = e.actor
             JOIN dossier d ON d.id = x.dossier_id",
            of_one!("ORDER BY x.renewal, x.modification")
        ))
        .bind(&structure)
        .bind(&department)
        .bind(&prefix)
        .bind(&perimeter)
        .fetch_all(&self.read)
        .await?;
        let annexes = rows.into_iter().map(AnnexRow::read).collect::<sqlx::Result<Vec<_>>>()?;
        let rows: Vec<ProvisionalRow> = sqlx::query_as(concat!(
            "SELECT p.dossier_id, p.perimeter, x.convention, p.prefix, p.renewal, p.start_day,
                 p.end_day, p.months, p.granted AS asked, p.unit, p.departmental, p.made_at,
                 EXISTS (SELECT 1 FROM annex y
                     WHERE y.prefix = p.prefix AND y.perimeter = p.perimeter
                         AND y.renewal = p.renewal AND y.state = $5) AS is_signed
             FROM provisional_annex p JOIN annex x ON x.dossier_id = p.dossier_id
             JOIN dossier d ON d.id = x.dossier_id",
            of_one!("ORDER BY p.renewal")
        ))
        .bind(&structure)
        .bind(&department)
        .bind(&prefix)
        .bind(&perimeter)
        .bind(AnnexState::Valid.code())
        .fetch_all(&self.read)
        .await?;
        let provisional =
            rows.into_iter().map(ProvisionalRow::read).collect::<sqlx::Result<_>>()?;
        Ok(Some(Convention {
            key: Key { structure: structure.into(), department, prefix, perimeter },
            kind,
            number,
            is_ours: annexes.iter().any(|annex| annex.is_ours),
            ends: annexes.iter().filter_map(|annex| annex.convention_end).max(),
            annexes,
            provisional,
        }))
    }

    async fn deeds(&self, key: &Key) -> sqlx::Result<Vec<Deed>> {
        let rows: Vec<DeedRow> = sqlx::query_as(
            "SELECT c.*, e.at, e.actor, a.name AS by_name FROM convention_deed c
             JOIN event e ON e.dossier_id = c.dossier_id AND e.seq = c.seq
             JOIN account a ON a.id = e.actor
             WHERE c.structure_id = $1 AND c.department = $2 AND c.prefix = $3 AND c.perimeter = $4
             ORDER BY c.number",
        )
        .bind(key.structure.as_str())
        .bind(&key.department)
        .bind(&key.prefix)
        .bind(&key.perimeter)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(DeedRow::read).collect()
    }

    async fn deed_kept(&self, acting: &Acting, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        let Acting { key, number, kind, said, life } = acting;
        let done = sqlx::query(
            "INSERT INTO convention_deed
                 (structure_id, department, prefix, perimeter, number, dossier_id, seq, kind, day,
                  until_day, motive, owed, words)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT DO NOTHING",
        )
        .bind(key.structure.as_str())
        .bind(&key.department)
        .bind(&key.prefix)
        .bind(&key.perimeter)
        .bind(i64::from(*number))
        .bind(step.head.id.as_str())
        .bind(i64::from(step.event.seq))
        .bind(kind.code())
        .bind(text(said.day))
        .bind(text(said.until))
        .bind(said.motive.map_or("", dossier::convention::Motive::code))
        .bind(said.owed.map(|cents| cents.0))
        .bind(&said.words)
        .execute(&mut *tx)
        .await?;
        // Another one, carried by another dossier of the convention, has the number.
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        put_standing(&mut tx, key, &Standing::of(life)).await?;
        end_step(tx, step).await
    }

    async fn held(&self, structures: &[StructureId]) -> sqlx::Result<Vec<Held>> {
        let rows: Vec<HeldRow> = sqlx::query_as(concat!(
            "SELECT x.dossier_id, s.name AS structure_name, d.department, d.kind, x.perimeter,
                 x.convention, x.end_day, x.signed <> '' AS is_signed,
                 (SELECT MAX(f.convention_end) FROM annex f WHERE f.structure_id = x.structure_id
                      AND f.prefix = x.prefix AND f.perimeter = x.perimeter) AS convention_end,
                 (SELECT MAX(p.end_day) FROM provisional_annex p
                      JOIN annex o ON o.dossier_id = p.dossier_id AND o.structure_id = x.structure_id
                  WHERE p.prefix = x.prefix AND p.perimeter = x.perimeter AND NOT EXISTS (
                      SELECT 1 FROM annex v WHERE v.prefix = p.prefix AND v.perimeter = p.perimeter
                          AND v.renewal = p.renewal AND v.state = 'valid')) AS provisional,
                 c.suspended, c.suspended_until, c.is_challenged, c.answer_until, c.ended
             FROM annex x
             JOIN dossier d ON d.id = x.dossier_id
             JOIN structure s ON s.id = x.structure_id
             LEFT JOIN convention_standing c ON c.structure_id = x.structure_id
                 AND c.department = d.department AND c.prefix = x.prefix
                 AND c.perimeter = x.perimeter
             WHERE x.structure_id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") AND NOT EXISTS (SELECT 1 FROM annex y JOIN dossier n ON n.id = y.dossier_id
                 WHERE y.structure_id = x.structure_id AND n.department = d.department
                     AND y.prefix = x.prefix AND y.perimeter = x.perimeter
                     AND (y.renewal > x.renewal
                         OR (y.renewal = x.renewal AND y.modification > x.modification)))
             ORDER BY s.name, d.kind, x.end_day DESC, x.dossier_id"
        ))
        .bind(json(structures)?)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(HeldRow::read).collect()
    }
}

async fn put_standing(tx: &mut Connection, key: &Key, standing: &Standing) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO convention_standing
             (structure_id, department, prefix, perimeter, suspended, suspended_until, is_challenged,
              answer_until, ended)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (structure_id, department, prefix, perimeter) DO UPDATE SET
             suspended = excluded.suspended, suspended_until = excluded.suspended_until,
             is_challenged = excluded.is_challenged, answer_until = excluded.answer_until,
             ended = excluded.ended",
    )
    .bind(key.structure.as_str())
    .bind(&key.department)
    .bind(&key.prefix)
    .bind(&key.perimeter)
    .bind(text(standing.suspended))
    .bind(text(standing.suspended_until))
    .bind(standing.is_challenged)
    .bind(text(standing.answer_until))
    .bind(text(standing.ended))
    .execute(tx)
    .await?;
    Ok(())
}

#[async_trait]
impl Conventions for Backend {
    async fn convention_of(&self, dossier: &DossierId) -> Stored<Option<Convention>> {
        self.convention(dossier).await.map_err(stored)
    }

    async fn deeds_of(&self, key: &Key) -> Stored<Vec<Deed>> {
        self.deeds(key).await.map_err(stored)
    }

    async fn keep_deed(&self, acting: &Acting, step: &Step) -> Stored<bool> {
        self.deed_kept(acting, step).await.map_err(stored)
    }

    async fn conventions_held(&self, structures: &[StructureId]) -> Stored<Vec<Held>> {
        self.held(structures).await.map_err(stored)
    }
}
