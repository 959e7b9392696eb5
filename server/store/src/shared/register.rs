//! The register of annexes financières, and those that go on from one year to the next.

use async_trait::async_trait;
use dossier::{
    allotting::Subject,
    annex::{AnnexState, Grant},
    id::{DossierId, StructureId},
};
use form::Date;
use service::{
    annexes::{Ended, Page, Pile, Provisional, Query},
    instruction::Annex,
    journal::Step,
    mail::Notice,
    ports::{Annexes, Stored},
};
use sqlx::QueryBuilder;

use super::{BEGIN, Backend, Db, notices, worklist::reading::only_within};
use crate::{
    error::stored,
    rows::register::{EndedRow, LineRow, ProvisionalRow},
};

/// Every annexe of a year within a territory, granted or provisional, with what [`PILE`] and [`SUSPENDED`]
/// are computed from.
fn annexes(query: &Query, columns: &str) -> QueryBuilder<Db> {
    let today = query.today.to_string();
    let mut sql = QueryBuilder::new("SELECT ");
    sql.push(columns).push(
        " FROM (SELECT x.dossier_id, x.structure_id, x.perimeter, x.convention, x.prefix, x.renewal, x.modification,
             x.state, x.start_day, x.end_day, x.months, x.granted AS asked, x.unit, x.departmental,
             x.signed, FALSE AS is_signed
         FROM annex x
         UNION ALL
         SELECT p.dossier_id, o.structure_id, p.perimeter, o.convention, p.prefix, p.renewal, 0, '', p.start_day,
             p.end_day, p.months, p.granted, p.unit, p.departmental, '', s.prefix IS NOT NULL
         FROM provisional_annex p JOIN annex o ON o.dossier_id = p.dossier_id
         LEFT JOIN (SELECT DISTINCT prefix, perimeter, renewal FROM annex WHERE state = 'valid') s
             ON s.prefix = p.prefix AND s.perimeter = p.perimeter AND s.renewal = p.renewal) x
         JOIN worklist w ON w.dossier_id = x.dossier_id
         LEFT JOIN (SELECT s.structure_id, s.department AS held_in, s.prefix, s.perimeter, s.suspended,
                 s.suspended_until, s.is_challenged, s.answer_until, s.ended
             FROM convention_standing s) c ON c.structure_id = x.structure_id
             AND c.held_in = w.department AND c.prefix = x.prefix AND c.perimeter = x.perimeter
         CROSS JOIN (SELECT CAST(",
    );
    sql.push_bind(today).push(" AS TEXT) AS day) t WHERE x.start_day <= ");
    sql.push_bind(format!("{:04}-12-31", query.year)).push(" AND x.end_day >= ");
    sql.push_bind(format!("{:04}-01-01", query.year));
    only_within(&mut sql, " AND", &query.within);
    sql
}

/// Where a line stands.
const PILE: &str = "CASE WHEN c.ended <> '' AND c.ended < t.day THEN 'passees'
    WHEN x.state = 'to_sign' THEN 'a-signer' WHEN x.state = 'valid' THEN 'valides'
    WHEN x.state = '' AND NOT x.is_signed AND x.end_day >= t.day THEN 'provisoires'
    ELSE 'passees' END";
/// Whether the convention of a line is suspended today, as [`service::conventions::Standing`] says it.
const SUSPENDED: &str = "COALESCE(c.suspended <> '' AND c.suspended <= t.day
    AND (c.suspended_until = '' OR c.suspended_until >= t.day)
    AND (c.ended = '' OR c.ended >= t.day), FALSE)";

impl Backend {
    async fn register(&self, query: &Query) -> sqlx::Result<Page> {
        if query.within.departments().is_some_and(<[String]>::is_empty) {
            return Ok(Page::default());
        }
        let mut sql = annexes(query, &format!("{PILE} AS pile, {SUSPENDED} AS held, COUNT(*)"));
        sql.push(" GROUP BY 1, 2");
        let found: Vec<(String, bool, i64)> = sql.build_query_as().fetch_all(&self.read).await?;
        let all = |is_of: &dyn Fn(&str, bool) -> bool| {
            let of = found.iter().filter(|(pile, held, _)| is_of(pile, *held));
            crate::rows::count(of.map(|(.., count)| count).sum())
        };
        let mut page = Page::default();
        let past = Pile::Past.code();
        for (count, pile) in page.counts.iter_mut().zip(Pile::ALL) {
            *count = match pile {
                Pile::InForce => all(&|of, _| of != past)?,
                Pile::Suspended => all(&|of, held| held && of != past)?,
                pile => all(&|of, _| of == pile.code())?,
            };
        }
        let mut sql = annexes(
            query,
            "x.*, w.structure_name, w.siret, w.department, w.kind, c.suspended, c.suspended_until,
             c.is_challenged, c.answer_until, c.ended,
             (SELECT MAX(f.convention_end) FROM annex f
              WHERE f.prefix = x.prefix AND f.perimeter = x.perimeter) AS convention_end",
        );
        sql.push(" AND ").push(PILE);
        match query.pile {
            Pile::InForce | Pile::Suspended => sql.push(" <> ").push_bind(past),
            pile => sql.push(" = ").push_bind(pile.code()),
        };
        if query.pile == Pile::Suspended {
            sql.push(" AND ").push(SUSPENDED);
        }
        sql.push(" ORDER BY w.name_key, x.prefix, x.perimeter, x.renewal, x.modification LIMIT ");
        sql.push_bind(i64::from(query.most)).push(" OFFSET ").push_bind(i64::from(query.from));
        let rows: Vec<LineRow> = sql.build_query_as().fetch_all(&self.read).await?;
        let lines = rows.into_iter().map(|row| row.read(query.today));
        page.lines = lines.collect::<sqlx::Result<_>>()?;
        Ok(page)
    }

    async fn ended(&self, today: Date) -> sqlx::Result<Vec<Ended>> {
        let rows: Vec<EndedRow> = sqlx::query_as(
            "SELECT x.dossier_id, d.kind, d.department, x.perimeter, x.convention, x.prefix, x.renewal,
                 x.modification, x.start_day, x.end_day, x.months, x.granted AS asked, x.unit,
                 x.departmental,
                 CASE WHEN c.ended < f.convention_end AND c.ended <> '' THEN c.ended
                     ELSE f.convention_end END AS convention_end
             FROM annex x
             JOIN dossier d ON d.id = x.dossier_id
             JOIN annex f ON f.prefix = x.prefix AND f.perimeter = x.perimeter
                 AND f.convention_end >= $1
             LEFT JOIN convention_standing c ON c.structure_id = x.structure_id
                 AND c.department = d.department AND c.prefix = x.prefix
                 AND c.perimeter = x.perimeter
             WHERE x.state = 'valid' AND x.end_day < $1
                 AND NOT EXISTS (SELECT 1 FROM annex y
                     WHERE y.prefix = x.prefix AND y.perimeter = x.perimeter
                         AND y.end_day > x.end_day)
                 AND NOT EXISTS (SELECT 1 FROM provisional_annex p
                     WHERE p.prefix = x.prefix AND p.perimeter = x.perimeter
                         AND p.end_day > x.end_day)
                 AND NOT EXISTS (SELECT 1 FROM dossier r
                     WHERE r.structure_id = d.structure_id AND r.kind = d.kind
                         AND r.perimeter = d.perimeter AND r.department = d.department
                         AND r.year > d.year AND r.state = 'refused')
             ORDER BY x.dossier_id",
        )
        .bind(today.to_string())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(EndedRow::read).collect()
    }

    async fn provisional_added(&self, one: &Provisional) -> sqlx::Result<bool> {
        let terms = &one.terms;
        let mut tx = self.write.begin_with(BEGIN).await?;
        let done = sqlx::query(
            "INSERT INTO provisional_annex
                 (prefix, perimeter, renewal, dossier_id, start_day, end_day, months, granted, unit,
                  departmental, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT DO NOTHING",
        )
        .bind(&one.numbers.prefix)
        .bind(&one.perimeter)
        .bind(i64::from(one.numbers.renewal))
        .bind(one.dossier.as_str())
        .bind(terms.start.to_string())
        .bind(terms.end.to_string())
        .bind(i64::from(terms.months))
        .bind(Grant::code(terms.grant))
        .bind(terms.unit.map(|cents| cents.0))
        .bind(terms.departmental.map(|cents| cents.0))
        .bind(one.at.0)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        notices::add(&mut tx, &[Notice::of_provisional(one)]).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn provisionals(
        &self,
        structure: &StructureId,
        prefix: &str,
    ) -> sqlx::Result<Vec<Provisional>> {
        let rows: Vec<ProvisionalRow> = sqlx::query_as(
            "SELECT p.dossier_id, p.perimeter, o.convention, p.prefix, p.renewal, p.start_day,
                 p.end_day, p.months, p.granted AS asked, p.unit, p.departmental, p.made_at,
                 EXISTS (SELECT 1 FROM annex y
                     WHERE y.prefix = p.prefix AND y.perimeter = p.perimeter
                         AND y.renewal = p.renewal AND y.state = $3) AS is_signed
             FROM provisional_annex p JOIN annex o ON o.dossier_id = p.dossier_id
             WHERE o.structure_id = $1 AND p.prefix = $2
             ORDER BY p.renewal, p.perimeter",
        )
        .bind(structure.as_str())
        .bind(prefix)
        .bind(AnnexState::Valid.code())
        .fetch_all(&self.read)
        .await?;
        rows.into_iter().map(ProvisionalRow::read).collect()
    }
}

#[async_trait]
impl Annexes for Backend {
    async fn annex_of(&self, id: &DossierId) -> Stored<Option<Annex>> {
        self.granted(id).await.map_err(stored)
    }

    async fn annexes_of(&self, structure: &StructureId, prefix: &str) -> Stored<Vec<Annex>> {
        self.story(structure, prefix).await.map_err(stored)
    }

    async fn last_annex(&self, subject: &Subject, year: i32) -> Stored<Option<Annex>> {
        self.granted_last(subject, year).await.map_err(stored)
    }

    async fn sign_annex(&self, annex: &Annex, day: Date, step: &Step) -> Stored<bool> {
        self.signed(annex, day, step).await.map_err(stored)
    }

    async fn ended_annexes(&self, today: Date) -> Stored<Vec<Ended>> {
        self.ended(today).await.map_err(stored)
    }

    async fn add_provisional(&self, one: &Provisional) -> Stored<bool> {
        self.provisional_added(one).await.map_err(stored)
    }

    async fn provisionals_of(
        &self,
        structure: &StructureId,
        prefix: &str,
    ) -> Stored<Vec<Provisional>> {
        self.provisionals(structure, prefix).await.map_err(stored)
    }

    async fn annex_register(&self, query: &Query) -> Stored<Page> {
        self.register(query).await.map_err(stored)
    }
}
