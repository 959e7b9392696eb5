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
    ports::{Annexes, Stored},
};
use sqlx::QueryBuilder;

use super::{Backend, Db, worklist::reading::only_within};
use crate::{
    error::stored,
    rows::register::{EndedRow, LineRow, ProvisionalRow},
};

/// Every annexe of a year within a territory, granted or provisional, with where it stands: `pile` is a
/// code of [`Pile`]. A provisional one is of the past once an annexe of its year is signed.
fn annexes(query: &Query, columns: &str) -> QueryBuilder<Db> {
    let mut sql = QueryBuilder::new("SELECT ");
    sql.push(columns).push(
        " FROM (SELECT x.dossier_id, x.structure_id, x.perimeter, x.convention, x.prefix, x.renewal, x.modification,
             x.state, x.start_day, x.end_day, x.months, x.granted AS asked, x.unit, x.departmental,
             x.signed, FALSE AS is_signed,
             CASE x.state WHEN 'to_sign' THEN 'a-signer' WHEN 'valid' THEN 'valides' ELSE 'passees' END
                 AS pile
         FROM annex x
         UNION ALL
         SELECT p.dossier_id, o.structure_id, p.perimeter, o.convention, p.prefix, p.renewal, 0, '', p.start_day,
             p.end_day, p.months, p.granted, p.unit, p.departmental, '', s.prefix IS NOT NULL,
             CASE WHEN s.prefix IS NULL AND p.end_day >= ",
    );
    sql.push_bind(query.today.to_string());
    sql.push(
        " THEN 'provisoires' ELSE 'passees' END
         FROM provisional_annex p JOIN annex o ON o.dossier_id = p.dossier_id
         LEFT JOIN (SELECT DISTINCT prefix, perimeter, renewal FROM annex WHERE state = 'valid') s
             ON s.prefix = p.prefix AND s.perimeter = p.perimeter AND s.renewal = p.renewal) x
         JOIN worklist w ON w.dossier_id = x.dossier_id
         WHERE x.start_day <= ",
    );
    sql.push_bind(format!("{:04}-12-31", query.year)).push(" AND x.end_day >= ");
    sql.push_bind(format!("{:04}-01-01", query.year));
    only_within(&mut sql, " AND", &query.within);
    sql
}

impl Backend {
    async fn register(&self, query: &Query) -> sqlx::Result<Page> {
        if query.within.departments().is_some_and(<[String]>::is_empty) {
            return Ok(Page::default());
        }
        let mut sql = annexes(query, "x.pile, COUNT(*)");
        sql.push(" GROUP BY x.pile");
        let found: Vec<(String, i64)> = sql.build_query_as().fetch_all(&self.read).await?;
        let of = |pile: Pile| {
            let n = found.iter().find(|(code, _)| code == pile.code()).map_or(0, |(_, n)| *n);
            crate::rows::count(n)
        };
        let mut page = Page::default();
        for (count, pile) in page.counts.iter_mut().zip(Pile::ALL) {
            *count = match pile {
                Pile::InForce => of(Pile::ToSign)? + of(Pile::Valid)? + of(Pile::Provisional)?,
                pile => of(pile)?,
            };
        }
        let mut sql = annexes(
            query,
            "x.*, w.structure_name, w.siret, w.department, w.kind,
             (SELECT MAX(f.convention_end) FROM annex f
              WHERE f.prefix = x.prefix AND f.perimeter = x.perimeter) AS convention_end",
        );
        match query.pile {
            Pile::InForce => sql.push(" AND x.pile <> 'passees'"),
            pile => sql.push(" AND x.pile = ").push_bind(pile.code()),
        };
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
                 x.departmental, f.convention_end
             FROM annex x
             JOIN dossier d ON d.id = x.dossier_id
             JOIN annex f ON f.prefix = x.prefix AND f.perimeter = x.perimeter
                 AND f.convention_end >= $1
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
        .execute(&self.write)
        .await?;
        Ok(done.rows_affected() > 0)
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
