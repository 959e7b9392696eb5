//! Pages of the list. A page walks along an index in the order that is asked for, from where the last
//! one ended: never further than it must, and never by an offset.

use std::collections::BTreeSet;

use dossier::{id::DossierId, state::State};
use form::Date;
use service::worklist::{
    Counts, Cursor, Deadline, Filter, Followed, Line, Noted, PAGE, Page, Query, SOON_DAYS, Sort,
    Within,
};
use sqlx::{Pool, QueryBuilder};

use super::super::{Backend, Db, EACH_TEXT};
use crate::{
    error::{corrupt, json},
    rows::worklist::LineRow,
};

/// Up to how many lines a word has a say in which lines are read: of a word that more have, the lines
/// come soon when the list is walked in its order.
const MANY: usize = 10_000;
/// Up to how many lines that have all the words are read and sorted; with more, the same holds.
const FEW: usize = 1_000;

/// Where the lines of a page come from.
pub(crate) enum From {
    /// The index of the order.
    Order,
    /// These lines, which a word has, as a JSON list of ids.
    Lines(String),
}

const fn column(sort: Sort) -> &'static str {
    match sort {
        Sort::Due => "due",
        Sort::Deposited => "deposited_at",
        Sort::Name => "name_key",
        Sort::Etp => "etp",
    }
}

/// The first text after every text that begins so.
fn end_of(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

/// Writes what asks for the lines of a page.
pub(crate) fn write_page(
    sql: &mut QueryBuilder<Db>,
    query: &Query,
    from: &From,
    words: &[String],
) -> sqlx::Result<()> {
    let Query { within, sort, reversed, after, .. } = query;
    let column = column(*sort);
    let down = sort.is_descending() != *reversed;
    let direction = if down { "DESC" } else { "ASC" };
    sql.push("SELECT w.*, COALESCE(a.name, '') AS follower_name FROM (");
    let asked = |sql: &mut QueryBuilder<Db>, department: Option<&str>| -> sqlx::Result<()> {
        sql.push("SELECT w.dossier_id, w.").push(column).push(" AS place FROM ");
        match from {
            From::Order => sql.push("worklist w WHERE true"),
            From::Lines(ids) => each_line(sql, ids),
        };
        if let Some(department) = department {
            sql.push(" AND w.department = ").push_bind(department.to_owned());
        }
        if let Some(Cursor { key, id }) = after {
            let than = if down { "<" } else { ">" };
            sql.push(" AND (w.").push(column).push(", w.dossier_id) ").push(than).push(" (");
            match sort {
                Sort::Name => sql.push_bind(key.clone()),
                _ => sql.push_bind(key.parse::<i64>().map_err(|_| corrupt("a place in a list"))?),
            };
            sql.push(", ").push_bind(id.to_string()).push(")");
        }
        filtered(sql, (&query.filter, *sort), query.today);
        for word in words {
            sql.push(
                " AND EXISTS (SELECT 1 FROM worklist_word x WHERE x.dossier_id = w.dossier_id
                     AND x.word >= ",
            );
            sql.push_bind(word.clone()).push(" AND x.word < ").push_bind(end_of(word)).push(")");
        }
        Ok(())
    };
    match within.departments() {
        None => asked(sql, None)?,
        Some(departments) => {
            // Each département along its own index, merged: an IN would sort all of them.
            for (rank, department) in departments.iter().enumerate() {
                if rank > 0 {
                    sql.push(" UNION ALL ");
                }
                asked(sql, Some(department))?;
            }
        }
    }
    let order = |sql: &mut QueryBuilder<Db>, place: &str, id: &str| {
        sql.push(" ORDER BY ").push(place).push(" ").push(direction).push(", ");
        sql.push(id).push(" ").push(direction);
    };
    order(sql, "place", "dossier_id");
    sql.push(" LIMIT ").push_bind(i64::try_from(PAGE + 1).unwrap_or(i64::MAX));
    sql.push(
        ") AS page JOIN worklist w ON w.dossier_id = page.dossier_id
         LEFT JOIN account a ON a.id = w.assignee",
    );
    order(sql, "page.place", "page.dossier_id");
    Ok(())
}

/// Reads the lines of this list, and not the whole table for those that are in it.
fn each_line<'q>(sql: &'q mut QueryBuilder<Db>, ids: &str) -> &'q mut QueryBuilder<Db> {
    let (before, after) = EACH_TEXT;
    sql.push(before).push_bind(ids.to_owned()).push(after);
    sql.push(" AS j CROSS JOIN worklist w WHERE w.dossier_id = j.value")
}

fn filtered(sql: &mut QueryBuilder<Db>, (filter, sort): (&Filter, Sort), today: Date) {
    if !filter.states.is_empty() {
        sql.push(" AND w.state IN (");
        let mut states = sql.separated(", ");
        for state in &filter.states {
            states.push_bind(state.code());
        }
        sql.push(")");
    }
    if let Some(kind) = &filter.kind {
        sql.push(" AND w.kind = ").push_bind(kind.clone());
    }
    if let Some(nature) = &filter.nature {
        sql.push(" AND w.nature = ").push_bind(nature.clone());
    }
    let day = today.days_since_epoch();
    // In another order than by deadline, a reader that goes by deadlines would have to sort them.
    let due = if sort == Sort::Due { " AND w.due" } else { " AND w.due + 0" };
    match filter.deadline {
        Some(Deadline::Late) => {
            sql.push(due).push(" < ").push_bind(day);
        }
        Some(Deadline::Soon) => {
            sql.push(due).push(" >= ").push_bind(day);
            sql.push(due).push(" <= ").push_bind(day + SOON_DAYS);
        }
        None => {}
    }
    match &filter.followed {
        Some(Followed::ByNobody) => {
            sql.push(" AND w.assignee = ''");
        }
        Some(Followed::By(account)) => {
            if filter.covering.is_empty() {
                sql.push(" AND w.assignee = ").push_bind(account.to_string());
            } else {
                sql.push(" AND w.assignee IN (");
                let mut list = sql.separated(", ");
                for one in std::iter::once(account).chain(&filter.covering) {
                    list.push_bind(one.to_string());
                }
                sql.push(")");
            }
        }
        None => {}
    }
    // The indexes of the counters would have to be sorted.
    match filter.noted {
        Some(Noted::Open) => {
            sql.push(" AND w.notes + 0 > 0");
        }
        Some(Noted::Blocking) => {
            sql.push(" AND w.blocking + 0 > 0");
        }
        None => {}
    }
}

/// Keeps to the départements of a territory that is not the country.
pub(in super::super) fn only_within(sql: &mut QueryBuilder<Db>, joined: &str, within: &Within) {
    let Some(departments) = within.departments() else { return };
    sql.push(joined).push(" department IN (");
    let mut list = sql.separated(", ");
    for department in departments {
        list.push_bind(department.clone());
    }
    sql.push(")");
}

/// The lines that have words which not too many lines have, as far as there are any such words; and the
/// other words.
async fn led_by(
    pool: &Pool<Db>,
    within: &Within,
    words: &[String],
) -> sqlx::Result<(Option<BTreeSet<String>>, Vec<String>)> {
    let (mut lines, mut others) = (None::<BTreeSet<String>>, Vec::new());
    for word in words {
        // Half of the lines begin with a letter or two: they come soon.
        if word.chars().count() < 3 {
            others.push(word.clone());
            continue;
        }
        let mut sql = QueryBuilder::<Db>::new(concat!(
            "SELECT ",
            as_list!(["x.dossier_id"]),
            " FROM (SELECT dossier_id FROM worklist_word WHERE word >= "
        ));
        sql.push_bind(word.clone()).push(" AND word < ").push_bind(end_of(word));
        only_within(&mut sql, " AND", within);
        sql.push(" LIMIT ").push_bind(i64::try_from(MANY + 1).unwrap_or(i64::MAX)).push(") AS x");
        let list: String = sql.build_query_scalar().fetch_one(pool).await?;
        let found: Vec<(String,)> =
            serde_json::from_str(&list).map_err(|_| corrupt("a list of dossiers"))?;
        if found.len() > MANY {
            others.push(word.clone());
            continue;
        }
        let found: BTreeSet<String> = found.into_iter().map(|(id,)| id).collect();
        lines = Some(match lines {
            Some(before) => before.intersection(&found).cloned().collect(),
            None => found,
        });
    }
    Ok((lines, others))
}

impl Backend {
    pub(super) async fn page(&self, query: &Query) -> sqlx::Result<Page> {
        if query.within.departments().is_some_and(<[String]>::is_empty) {
            return Ok(Page::default());
        }
        let (lines, others) = led_by(&self.read, &query.within, &query.words).await?;
        let (from, words) = match lines {
            Some(lines) if lines.is_empty() => return Ok(Page::default()),
            Some(lines) if lines.len() <= FEW => (From::Lines(json(&lines)?), &others),
            _ => (From::Order, &query.words),
        };
        let mut sql = QueryBuilder::<Db>::new("");
        write_page(&mut sql, query, &from, words)?;
        let rows: Vec<LineRow> = sql.build_query_as().fetch_all(&self.read).await?;
        let mut lines = rows.into_iter().map(LineRow::read).collect::<sqlx::Result<Vec<_>>>()?;
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).map(|line| line.cursor(query.sort));
        Ok(Page { lines, next })
    }

    pub(super) async fn lines(
        &self,
        within: &Within,
        ids: &[DossierId],
    ) -> sqlx::Result<Vec<Line>> {
        let rows: Vec<LineRow> = sqlx::query_as(concat!(
            "SELECT w.*, COALESCE(a.name, '') AS follower_name
             FROM worklist w LEFT JOIN account a ON a.id = w.assignee
             WHERE w.dossier_id IN (SELECT w.value FROM ",
            each_text!("$1"),
            ") ORDER BY w.name_key, w.dossier_id"
        ))
        .bind(json(ids)?)
        .fetch_all(&self.read)
        .await?;
        let mut lines = rows.into_iter().map(LineRow::read).collect::<sqlx::Result<Vec<_>>>()?;
        lines.retain(|line| within.departments().is_none_or(|all| all.contains(&line.department)));
        Ok(lines)
    }

    pub(super) async fn counts(&self, within: &Within, today: Date) -> sqlx::Result<Counts> {
        if within.departments().is_some_and(<[String]>::is_empty) {
            return Ok(Counts::default());
        }
        let mut sql = QueryBuilder::<Db>::new("SELECT state, CAST(SUM(n) AS BIGINT)");
        let day = today.days_since_epoch();
        sql.push(", CAST(SUM(CASE WHEN due < ")
            .push_bind(day)
            .push(" THEN n ELSE 0 END) AS BIGINT)");
        sql.push(", CAST(SUM(CASE WHEN due >= ").push_bind(day).push(" AND due <= ");
        sql.push_bind(day + SOON_DAYS).push(" THEN n ELSE 0 END) AS BIGINT) FROM worklist_tally");
        only_within(&mut sql, " WHERE", within);
        sql.push(" GROUP BY state HAVING SUM(n) > 0");
        let rows: Vec<(String, i64, i64, i64)> = sql.build_query_as().fetch_all(&self.read).await?;
        let mut counts = Counts::default();
        for (state, all, late, soon) in rows {
            let state = State::from_code(&state).ok_or_else(|| corrupt("a state"))?;
            counts.states.push((state, crate::rows::count(all)?));
            counts.late += crate::rows::count(late)?;
            counts.soon += crate::rows::count(soon)?;
        }
        counts.states.sort();
        counts.noted = self.how_many(within, "notes > 0").await?;
        // What is blocked has notes.
        if counts.noted > 0 {
            counts.blocked = self.how_many(within, "blocking > 0").await?;
        }
        Ok(counts)
    }

    /// How many lines of a territory this holds for, which an index is kept for.
    async fn how_many(&self, within: &Within, holds: &str) -> sqlx::Result<u32> {
        let mut sql = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM worklist WHERE ");
        sql.push(holds);
        only_within(&mut sql, " AND", within);
        let count: i64 = sql.build_query_scalar().fetch_one(&self.read).await?;
        crate::rows::count(count)
    }
}
