//! Who is in a dossier, and what is new there. Pages that say so at the same moment share one commit.

use std::collections::BTreeMap;

use async_trait::async_trait;
use dossier::{event::Event, id::DossierId};
use form::At;
use serde::Serialize;
use service::{
    Millis,
    ports::{Presences, Stored},
    presence::{Here, LASTS, Present},
    saving::Written,
};
use sqlx::Pool;

use super::{Backend, Db};
use crate::{
    error::{json, stored},
    rows::{self, EventRow},
};

#[derive(Serialize)]
struct Line<'a> {
    dossier: &'a DossierId,
    page: &'a str,
    account: &'a str,
    section: &'a str,
    at: Millis,
}

/// Notes what these pages say; gives for each who is in its dossier, in the order they said so. Those
/// that said nothing for long are forgotten as others go away.
pub(super) async fn arrive(
    read: &Pool<Db>,
    write: &Pool<Db>,
    pages: &[Here],
) -> sqlx::Result<Vec<Vec<Present>>> {
    // One statement writes a row once: the last word of each page, and nothing after it went away.
    let mut last: BTreeMap<_, &Here> = BTreeMap::new();
    for here in pages {
        let word = last.entry((&here.dossier, &here.page)).or_insert(here);
        if !word.section.is_empty() {
            *word = here;
        }
    }
    let lines = last.into_values().map(|here| Line {
        dossier: &here.dossier,
        page: &here.page,
        account: here.account.as_str(),
        section: &here.section,
        at: here.at,
    });
    let earliest = pages.iter().map(|here| here.at).min().unwrap_or_default().plus(-LASTS);
    note(write, &json(&lines.collect::<Vec<_>>())?).await?;
    if pages.iter().any(|here| here.section.is_empty()) {
        forget(write, earliest).await?;
    }
    let ids: Vec<&DossierId> = pages.iter().map(|here| &here.dossier).collect();
    let all = present(read, &json(&ids)?, earliest).await?;
    let of = |here: &Here| all.iter().filter(|one| one.dossier == here.dossier).cloned().collect();
    Ok(pages.iter().map(of).collect())
}

/// Notes that these pages are there, or went away: then at no step. What a page said before it went
/// away may arrive after: it does not come back. Nobody speaks for another's page.
async fn note(pool: &Pool<Db>, lines: &str) -> sqlx::Result<()> {
    sqlx::query(concat!(
        "INSERT INTO presence (dossier_id, page_id, account_id, section_id, at)
         SELECT w.value->>'dossier', w.value->>'page', w.value->>'account', w.value->>'section',
             CAST(w.value->>'at' AS BIGINT)
         FROM ",
        each!("$1"),
        " WHERE true
         ON CONFLICT (dossier_id, page_id) DO UPDATE
         SET section_id = excluded.section_id, at = excluded.at
         WHERE presence.account_id = excluded.account_id AND presence.section_id <> ''"
    ))
    .bind(lines)
    .execute(pool)
    .await?;
    Ok(())
}

/// Forgets whoever said nothing since.
async fn forget(pool: &Pool<Db>, since: Millis) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM presence WHERE at < $1").bind(since.0).execute(pool).await?;
    Ok(())
}

/// Who is in these dossiers, given as a JSON list of ids.
async fn present(pool: &Pool<Db>, ids: &str, since: Millis) -> sqlx::Result<Vec<Present>> {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(concat!(
        "SELECT p.dossier_id, p.account_id, a.name, p.section_id
         FROM presence p JOIN account a ON a.id = p.account_id
         WHERE p.at >= $2 AND p.section_id <> '' AND p.dossier_id IN (SELECT w.value FROM ",
        each_text!("$1"),
        ") ORDER BY p.at, p.page_id"
    ))
    .bind(ids)
    .bind(since.0)
    .fetch_all(pool)
    .await?;
    let read = |(dossier, account, name, section): (String, String, _, _)| Present {
        dossier: dossier.into(),
        account: account.into(),
        name,
        section,
    };
    Ok(rows.into_iter().map(read).collect())
}

#[async_trait]
impl Presences for Backend {
    async fn arrive(&self, here: Here) -> Stored<Vec<Present>> {
        self.arrivals.ask(here).await
    }

    async fn present(&self, ids: &[DossierId], since: Millis) -> Stored<Vec<Present>> {
        present(&self.read, &json(ids).map_err(stored)?, since).await.map_err(stored)
    }

    async fn forget_absent(&self, before: Millis) -> Stored<()> {
        forget(&self.write, before).await.map_err(stored)
    }

    async fn changed_since(&self, id: &DossierId, since: Millis) -> Stored<Vec<(At, Written)>> {
        let list: String = sqlx::query_scalar(concat!(
            "SELECT ",
            as_list!([
                "x.dossier_id, x.field_id, x.row_id, x.raw, x.version, ",
                as_json!("x.provenance"),
                ", x.updated_at, x.updated_by, b.name"
            ]),
            " FROM answer x JOIN account b ON b.id = x.updated_by
             WHERE x.dossier_id = $1 AND x.updated_at >= $2"
        ))
        .bind(id.as_str())
        .bind(since.0)
        .fetch_one(&self.read)
        .await
        .map_err(stored)?;
        let changed = rows::written(&list).map_err(stored)?;
        Ok(changed.into_iter().map(|(_, at, written)| (at, written)).collect())
    }

    async fn events_since(&self, known: &[(DossierId, u32)]) -> Stored<Vec<Event>> {
        // Along the key of the table: what is not there is not read.
        let rows: Vec<EventRow> = sqlx::query_as(concat!(
            "SELECT e.* FROM ",
            each!("$1"),
            " JOIN event e ON e.dossier_id = w.value->>0 AND e.seq > CAST(w.value->>1 AS BIGINT)
             ORDER BY e.dossier_id, e.seq"
        ))
        .bind(json(known).map_err(stored)?)
        .fetch_all(&self.read)
        .await
        .map_err(stored)?;
        rows.into_iter().map(EventRow::read).collect::<Result<_, _>>().map_err(stored)
    }
}
