//! Annexes financières: numbered as they are granted, then signed.

use dossier::{
    allotting::Subject,
    annex::{AnnexState, Grant, Numbers},
    id::{DossierId, StructureId},
};
use form::Date;
use service::{
    instruction::{Act, Annex, Granting},
    journal::Step,
};

use super::{Backend, Connection, counters, dossiers::end_step};
use crate::{error::corrupt, rows::annex::AnnexRow};

/// A query of annexes, with what follows.
macro_rules! annexes {
    ($rest:literal) => {
        concat!(
            "SELECT x.*, x.granted AS asked, e.at, a.name AS by_name FROM annex x
             JOIN event e ON e.dossier_id = x.dossier_id AND e.seq = x.seq
             JOIN account a ON a.id = e.actor ",
            $rest
        )
    };
}

/// Numbers what an act grants, and keeps it. The next number is taken under the lock of its series.
pub(super) async fn grant(
    tx: &mut Connection,
    act: &Act,
    step: &Step,
    granting: &Granting,
) -> sqlx::Result<()> {
    let Granting { perimeter, convention, terms } = granting;
    let order = match convention.series() {
        Some(series) => counters::next(tx, &series).await?,
        None => 0,
    };
    let numbers = |taken: &[(u8, u8)]| {
        Numbers::of(convention, terms.start, order, taken)
            .ok_or_else(|| corrupt("a convention number"))
    };
    let prefix = numbers(&[])?.prefix;
    let known: Vec<(i64, i64, bool)> = sqlx::query_as(
        "SELECT renewal, modification, is_ours FROM annex WHERE prefix = $1 AND perimeter = $2
         UNION ALL
         SELECT renewal, 0, FALSE FROM provisional_annex WHERE prefix = $1 AND perimeter = $2",
    )
    .bind(&prefix)
    .bind(perimeter)
    .fetch_all(&mut *tx)
    .await?;
    let small = |n: i64| u8::try_from(n).map_err(|_| corrupt("the number of an annexe"));
    let taken = known
        .iter()
        .map(|(renewal, modification, _)| Ok((small(*renewal)?, small(*modification)?)));
    let numbers = numbers(&taken.collect::<sqlx::Result<Vec<_>>>()?)?;
    let is_ours = order > 0 || known.iter().any(|(_, _, ours)| *ours);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    sqlx::query(
        "INSERT INTO annex
             (dossier_id, seq, deposit, structure_id, perimeter, convention, prefix, renewal,
              modification, is_ours, convention_end, state, start_day, end_day, months, granted,
              unit, departmental, signed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '')",
    )
    .bind(act.dossier.as_str())
    .bind(i64::from(act.seq))
    .bind(i64::from(act.deposit))
    .bind(step.head.structure_id.as_str())
    .bind(perimeter)
    .bind(&numbers.convention)
    .bind(&numbers.prefix)
    .bind(i64::from(numbers.renewal))
    .bind(i64::from(numbers.modification))
    .bind(is_ours)
    .bind(day(granting.convention_end()))
    .bind(AnnexState::ToSign.code())
    .bind(day(Some(terms.start)))
    .bind(day(Some(terms.end)))
    .bind(i64::from(terms.months))
    .bind(Grant::code(terms.grant))
    .bind(terms.unit.map(|cents| cents.0))
    .bind(terms.departmental.map(|cents| cents.0))
    .execute(tx)
    .await?;
    Ok(())
}

impl Backend {
    pub(super) async fn granted(&self, id: &DossierId) -> sqlx::Result<Option<Annex>> {
        let row: Option<AnnexRow> = sqlx::query_as(annexes!("WHERE x.dossier_id = $1"))
            .bind(id.as_str())
            .fetch_optional(&self.read)
            .await?;
        row.map(AnnexRow::read).transpose()
    }

    pub(super) async fn story(
        &self,
        structure: &StructureId,
        prefix: &str,
    ) -> sqlx::Result<Vec<Annex>> {
        let rows: Vec<AnnexRow> = sqlx::query_as(annexes!(
            "WHERE x.structure_id = $1 AND x.prefix = $2 ORDER BY x.renewal, x.modification"
        ))
        .bind(structure.as_str())
        .bind(prefix)
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(AnnexRow::read).collect()
    }

    pub(super) async fn granted_last(
        &self,
        subject: &Subject,
        year: i32,
    ) -> sqlx::Result<Option<Annex>> {
        let row: Option<AnnexRow> = sqlx::query_as(annexes!(
            "JOIN dossier d ON d.id = x.dossier_id
             WHERE x.structure_id = $1 AND x.perimeter = $2 AND d.kind = $3 AND d.department = $4
                 AND d.year <= $5
             ORDER BY x.start_day DESC, x.renewal DESC, x.modification DESC LIMIT 1"
        ))
        .bind(subject.structure.as_str())
        .bind(&subject.perimeter)
        .bind(&subject.kind)
        .bind(&subject.department)
        .bind(i64::from(year))
        .fetch_optional(&self.read)
        .await?;
        row.map(AnnexRow::read).transpose()
    }

    pub(super) async fn signed(&self, annex: &Annex, day: Date, step: &Step) -> sqlx::Result<bool> {
        let Some(mut tx) = self.begin_step(step).await? else { return Ok(false) };
        sqlx::query(
            "UPDATE annex SET state = $5
             WHERE structure_id = $1 AND prefix = $2 AND renewal = $3 AND modification < $4
                 AND perimeter = (SELECT perimeter FROM annex WHERE dossier_id = $6)
                 AND state = $7",
        )
        .bind(annex.structure.as_str())
        .bind(&annex.numbers.prefix)
        .bind(i64::from(annex.numbers.renewal))
        .bind(i64::from(annex.numbers.modification))
        .bind(AnnexState::Replaced.code())
        .bind(annex.dossier.as_str())
        .bind(AnnexState::Valid.code())
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE annex SET state = $2, signed = $3 WHERE dossier_id = $1")
            .bind(annex.dossier.as_str())
            .bind(AnnexState::Valid.code())
            .bind(day.to_string())
            .execute(&mut *tx)
            .await?;
        end_step(tx, step).await
    }
}
