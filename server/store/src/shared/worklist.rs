//! The list that agents work by: kept with each change, in its transaction, and made again on demand
//! by the same function.

mod following;
pub(crate) mod reading;

use dossier::{id::DossierId, state::Action};
use service::{
    Millis,
    worklist::{Asks, Facts, Line, Projected},
};
use sqlx::{Pool, QueryBuilder};

use super::{BEGIN, Backend, Connection, Db, dossiers::heads_of, lock};
use crate::{
    error::{corrupt, json},
    rows::{self, worklist::LineRow},
};

/// How many lines are made again in one transaction.
const AT_ONCE: usize = 200;

/// What a line is made from beside the head.
#[derive(sqlx::FromRow)]
struct FactsRow {
    siret: String,
    commune: String,
    number: String,
    at: i64,
    bytes: Vec<u8>,
    act_at: Option<i64>,
    act_action: Option<String>,
    act_due: Option<String>,
    notes: i64,
    blocking: i64,
    followed_by: Option<String>,
}

/// Makes the line of a dossier again, whose lock the transaction holds; a dossier that was never
/// deposited has none.
pub(super) async fn project(tx: &mut Connection, id: &DossierId) -> sqlx::Result<()> {
    let Some(head) = heads_of(tx, &json(&[id])?).await?.pop().filter(|head| head.deposits > 0)
    else {
        return Ok(());
    };
    let facts: FactsRow = sqlx::query_as(
        "SELECT s.siret, s.commune, p.number, p.at, p.bytes, e.at AS act_at, t.due AS act_due,
             t.action AS act_action,
             f.account_id AS followed_by,
             (SELECT COUNT(*) FROM note n WHERE n.dossier_id = d.id AND n.settled_at IS NULL
                  AND n.audience <> 'own') AS notes,
             (SELECT COUNT(*) FROM note n WHERE n.dossier_id = d.id AND n.settled_at IS NULL
                  AND n.audience <> 'own' AND n.blocking) AS blocking
         FROM dossier d
         JOIN structure s ON s.id = d.structure_id
         JOIN deposit p ON p.dossier_id = d.id AND p.ordinal = d.deposits
         LEFT JOIN act t ON t.dossier_id = d.id
             AND t.seq = (SELECT MAX(x.seq) FROM act x WHERE x.dossier_id = d.id)
         LEFT JOIN event e ON e.dossier_id = t.dossier_id AND e.seq = t.seq
         LEFT JOIN assignment f ON f.dossier_id = d.id
         WHERE d.id = $1",
    )
    .bind(id.as_str())
    .fetch_one(&mut *tx)
    .await?;
    let due = facts.act_due.as_deref().and_then(form::Date::parse_iso);
    let act = facts.act_action.as_deref().and_then(Action::from_code);
    let facts = Facts {
        head,
        structure: (facts.siret, facts.commune),
        deposit: (facts.number, Millis(facts.at)),
        bytes: facts.bytes,
        last_act: facts.act_at.zip(act).map(|(at, act)| (act, Millis(at), due)),
        notes: (rows::count(facts.notes)?, rows::count(facts.blocking)?),
        followed_by: facts.followed_by.map(Into::into),
    };
    let projected = Projected::of(facts).ok_or_else(|| corrupt("a deposit"))?;
    let before: Option<LineRow> =
        sqlx::query_as("SELECT w.*, '' AS follower_name FROM worklist w WHERE w.dossier_id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut *tx)
            .await?;
    let before = before.map(LineRow::read).transpose()?;
    put_words(tx, &projected).await?;
    if before.as_ref() == Some(&projected.line) {
        return Ok(());
    }
    count(tx, before.as_ref(), &projected.line).await?;
    put_line(tx, &projected.line).await?;
    match &projected.asks {
        Some(asks) => put_asks(tx, id, asks).await,
        None => Ok(()),
    }
}

/// What the dossier asks of an envelope.
async fn put_asks(tx: &mut Connection, id: &DossierId, asks: &Asks) -> sqlx::Result<()> {
    let terms = asks.terms;
    let day = |day: Option<form::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    sqlx::query(
        "INSERT INTO asked_terms (dossier_id, start_day, end_day, months, asked, unit,
             departmental, needs_opinion)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (dossier_id) DO UPDATE
         SET start_day = excluded.start_day, end_day = excluded.end_day,
             months = excluded.months, asked = excluded.asked, unit = excluded.unit,
             departmental = excluded.departmental, needs_opinion = excluded.needs_opinion",
    )
    .bind(id.as_str())
    .bind(day(terms.map(|terms| terms.start)))
    .bind(day(terms.map(|terms| terms.end)))
    .bind(terms.map_or(0, |terms| i64::from(terms.months)))
    .bind(terms.map(|terms| terms.grant.code()).unwrap_or_default())
    .bind(terms.and_then(|terms| terms.unit).map(|cents| cents.0))
    .bind(terms.and_then(|terms| terms.departmental).map(|cents| cents.0))
    .bind(asks.needs_opinion)
    .execute(tx)
    .await?;
    Ok(())
}

async fn put_line(tx: &mut Connection, line: &Line) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO worklist (dossier_id, department, state, kind, nature, year, structure_name,
             name_key, siret, number, deposited_at, due, etp, etp_before, assignee, notes, blocking)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (dossier_id) DO UPDATE
         SET department = excluded.department, state = excluded.state, kind = excluded.kind,
             nature = excluded.nature, year = excluded.year,
             structure_name = excluded.structure_name, name_key = excluded.name_key,
             siret = excluded.siret, number = excluded.number,
             deposited_at = excluded.deposited_at, due = excluded.due, etp = excluded.etp,
             etp_before = excluded.etp_before, assignee = excluded.assignee,
             notes = excluded.notes, blocking = excluded.blocking",
    )
    .bind(line.id.as_str())
    .bind(&line.department)
    .bind(line.state.code())
    .bind(&line.kind)
    .bind(&line.nature)
    .bind(i64::from(line.year))
    .bind(&line.structure_name)
    .bind(line.name_key())
    .bind(&line.siret)
    .bind(&line.number)
    .bind(line.deposited_at.0)
    .bind(line.due_key())
    .bind(Line::etp_key(line.etp))
    .bind(Line::etp_key(line.etp_before))
    .bind(line.followed_by.as_ref().map_or("", |account| account.as_str()))
    .bind(i64::from(line.notes))
    .bind(i64::from(line.blocking))
    .execute(tx)
    .await?;
    Ok(())
}

/// The words that a line is found by: those that are new are added, those that are gone removed.
async fn put_words(
    tx: &mut Connection,
    Projected { line, words, .. }: &Projected,
) -> sqlx::Result<()> {
    let words = json(words)?;
    sqlx::query(concat!(
        "DELETE FROM worklist_word WHERE dossier_id = $1 AND word NOT IN (SELECT w.value FROM ",
        each_text!("$2"),
        ")"
    ))
    .bind(line.id.as_str())
    .bind(&words)
    .execute(&mut *tx)
    .await?;
    sqlx::query(concat!(
        "INSERT INTO worklist_word (dossier_id, word, department) SELECT $1, w.value, $3 FROM ",
        each_text!("$2"),
        " WHERE true ON CONFLICT DO NOTHING"
    ))
    .bind(line.id.as_str())
    .bind(&words)
    .bind(&line.department)
    .execute(tx)
    .await?;
    Ok(())
}

/// Moves a line from one counter to another: always in the same order, so that no two transactions wait
/// for each other.
async fn count(tx: &mut Connection, before: Option<&Line>, now: &Line) -> sqlx::Result<()> {
    let key = |line: &Line| (line.department.clone(), line.state.code(), line.due_key());
    let mut moves = vec![(key(now), 1_i64)];
    moves.extend(before.map(|line| (key(line), -1)));
    moves.sort();
    if let [(one, _), (other, _)] = moves.as_slice()
        && one == other
    {
        return Ok(());
    }
    for ((department, state, due), by) in moves {
        sqlx::query(
            "INSERT INTO worklist_tally (department, state, due, n) VALUES ($1, $2, $3, $4)
             ON CONFLICT (department, state, due) DO UPDATE
             SET n = worklist_tally.n + excluded.n",
        )
        .bind(department)
        .bind(state)
        .bind(due)
        .bind(by)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Makes the lines of a structure again, whose name or SIRET changed.
pub(super) async fn project_structure(tx: &mut Connection, structure: &str) -> sqlx::Result<()> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM dossier WHERE structure_id = $1 AND deposits > 0 ORDER BY id",
    )
    .bind(structure)
    .fetch_all(&mut *tx)
    .await?;
    if ids.is_empty() {
        return Ok(());
    }
    lock(tx, &json(&ids)?).await?;
    for id in ids {
        project(tx, &id.into()).await?;
    }
    Ok(())
}

impl Backend {
    /// Fills the list of a database that had dossiers before it had a list.
    pub(crate) async fn fill_work_list(&self) -> sqlx::Result<()> {
        let is_missing: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM deposit) AND NOT EXISTS (SELECT 1 FROM worklist)",
        )
        .fetch_one(&self.read)
        .await?;
        if is_missing {
            rebuild(&self.write).await?;
        }
        Ok(())
    }
}

/// Makes the whole list again, some dossiers at a time: people go on working meanwhile.
async fn rebuild(write: &Pool<Db>) -> sqlx::Result<u32> {
    let (mut after, mut made) = (String::new(), 0_u32);
    loop {
        let mut tx = write.begin_with(BEGIN).await?;
        let ids: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM dossier WHERE deposits > 0 AND id > $1 ORDER BY id LIMIT $2",
        )
        .bind(&after)
        .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
        .fetch_all(&mut *tx)
        .await?;
        let Some(last) = ids.last().cloned() else { break };
        lock(&mut tx, &json(&ids)?).await?;
        for id in &ids {
            project(&mut tx, &id.as_str().into()).await?;
        }
        tx.commit().await?;
        made = made.saturating_add(u32::try_from(ids.len()).unwrap_or(u32::MAX));
        after = last;
    }
    recount(write).await?;
    Ok(made)
}

/// Counts the lines again.
async fn recount(write: &Pool<Db>) -> sqlx::Result<()> {
    let mut tx = write.begin_with(BEGIN).await?;
    sqlx::query("DELETE FROM worklist_tally").execute(&mut *tx).await?;
    let mut again = QueryBuilder::<Db>::new(
        "INSERT INTO worklist_tally (department, state, due, n)
         SELECT department, state, due, COUNT(*) FROM worklist GROUP BY department, state, due",
    );
    again.build().execute(&mut *tx).await?;
    tx.commit().await
}
