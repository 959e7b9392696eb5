//! Many saves in one transaction: what they all touch is read in three statements or four,
//! decided in memory, and written in five at most.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use dossier::{
    event::Event,
    id::{DossierId, is_ulid},
};
use serde::Serialize;
use service::{
    DossierHead,
    saving::{Decision, Desk, Effects, Save},
};
use sqlx::Pool;

use super::{
    BEGIN, Connection, Db,
    dossiers::heads_of,
    forms::Known,
    lock,
    returned::reopened,
    writing::{self, AnswerLine, OutcomeLine},
};
use crate::{error::json, rows};

/// What saves are written through.
#[derive(Clone)]
pub(super) struct Saver {
    pub(super) write: Pool<Db>,
    pub(super) read: Pool<Db>,
    pub(super) known: Arc<Known>,
}

impl Saver {
    /// Decides and writes these saves in order; `None` for a save whose dossier is not there. The
    /// decisions hold once this returns.
    pub(super) async fn write(&self, saves: &[Save]) -> sqlx::Result<Vec<Option<Decision>>> {
        let mut tx = self.write.begin_with(BEGIN).await?;
        let mut desks = self.desks(&mut tx, saves).await?;
        load(&mut tx, saves, &mut desks).await?;
        let decisions = saves
            .iter()
            .map(|save| desks.get_mut(&save.dossier).map(|desk| desk.decide(save)))
            .collect();
        Kept::of(&desks).write(&mut tx).await?;
        tx.commit().await?;
        Ok(decisions)
    }

    /// The desks of every dossier that the saves touch, empty.
    async fn desks(
        &self,
        tx: &mut Connection,
        saves: &[Save],
    ) -> sqlx::Result<BTreeMap<DossierId, Desk>> {
        let ids: BTreeSet<&DossierId> = saves.iter().map(|save| &save.dossier).collect();
        let ids = json(&ids)?;
        lock(tx, &ids).await?;
        let mut desks = BTreeMap::new();
        for head in heads_of(tx, &ids).await? {
            let form = self.known.form(&self.read, &head.form_key()).await?;
            let (id, returned) = (head.id.clone(), head.state.is_returned());
            let mut desk = Desk::new(head, form.map(|form| form.revision));
            if returned {
                desk.reopened = Some(reopened(tx, &id).await?);
            }
            desks.insert(id, desk);
        }
        Ok(desks)
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct WantedAnswer {
    dossier: DossierId,
    field: String,
    row: Option<String>,
}

#[derive(Serialize)]
struct WantedOutcome<'a> {
    dossier: &'a DossierId,
    id: &'a str,
}

/// Lays on the desks what the saves touch.
async fn load(
    tx: &mut Connection,
    saves: &[Save],
    desks: &mut BTreeMap<DossierId, Desk>,
) -> sqlx::Result<()> {
    let (mut answers, mut outcomes) = (BTreeSet::new(), Vec::new());
    for save in saves {
        let Some(desk) = desks.get(&save.dossier) else {
            continue;
        };
        let wanted = desk.wanted(&save.operations);
        let dossier = || save.dossier.clone();
        answers.extend(wanted.places.into_iter().map(|at| WantedAnswer {
            dossier: dossier(),
            field: at.field,
            row: Some(at.row),
        }));
        answers.extend(wanted.tables.into_iter().map(|table| WantedAnswer {
            dossier: dossier(),
            field: table,
            row: None,
        }));
        let known = save.operations.iter().filter(|operation| is_ulid(&operation.id));
        outcomes.extend(known.map(|op| WantedOutcome { dossier: &save.dossier, id: &op.id }));
    }

    let list: String = sqlx::query_scalar(concat!(
        "SELECT ",
        as_list!([
            "a.dossier_id, a.field_id, a.row_id, a.raw, a.version, ",
            as_json!("a.provenance"),
            ", a.updated_at, a.updated_by, b.name"
        ]),
        " FROM ",
        each!("$1"),
        " JOIN answer a ON a.dossier_id = w.value->>'dossier' AND a.field_id = w.value->>'field'
             AND (a.row_id = w.value->>'row' OR w.value->>'row' IS NULL)
         JOIN account b ON b.id = a.updated_by"
    ))
    .bind(json(&answers)?)
    .fetch_one(&mut *tx)
    .await?;
    for (dossier, at, written) in rows::written(&list)? {
        if let Some(desk) = desks.get_mut(&dossier) {
            desk.answers.insert(at, written);
        }
    }

    let list: String = sqlx::query_scalar(concat!(
        "SELECT ",
        as_list!(["o.dossier_id, ", as_json!("o.outcome")]),
        " FROM ",
        each!("$1"),
        " JOIN operation o
             ON o.dossier_id = w.value->>'dossier' AND o.op_id = w.value->>'id'"
    ))
    .bind(json(&outcomes)?)
    .fetch_one(&mut *tx)
    .await?;
    for (dossier, outcome) in rows::outcomes(&list)? {
        if let Some(desk) = desks.get_mut(&dossier) {
            desk.outcomes.insert(outcome.id.clone(), outcome);
        }
    }
    load_bases(tx, saves, desks).await
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct WantedBase {
    dossier: DossierId,
    field: String,
    row: String,
    version: u32,
}

/// The texts that others were typed over: seldom any, and then the only reason for a fourth statement.
async fn load_bases(
    tx: &mut Connection,
    saves: &[Save],
    desks: &mut BTreeMap<DossierId, Desk>,
) -> sqlx::Result<()> {
    let mut wanted = BTreeSet::new();
    for save in saves {
        let bases = desks.get(&save.dossier).map(|desk| desk.bases(&save.operations));
        wanted.extend(bases.into_iter().flatten().map(|(at, version)| WantedBase {
            dossier: save.dossier.clone(),
            field: at.field,
            row: at.row,
            version,
        }));
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let list: String = sqlx::query_scalar(concat!(
        "SELECT ",
        as_list!(["p.dossier_id, p.field_id, p.row_id, p.version, p.raw"]),
        " FROM ",
        each!("$1"),
        " JOIN answer_past p
             ON p.dossier_id = w.value->>'dossier' AND p.field_id = w.value->>'field'
             AND p.row_id = w.value->>'row'
             AND p.version = CAST(w.value->>'version' AS BIGINT)"
    ))
    .bind(json(&wanted)?)
    .fetch_one(tx)
    .await?;
    for (dossier, base, raw) in rows::bases(&list)? {
        if let Some(desk) = desks.get_mut(&dossier) {
            desk.bases.insert(base, raw);
        }
    }
    Ok(())
}

/// What the desks decided, as lists to write.
#[derive(Default)]
struct Kept<'a> {
    outcomes: Vec<OutcomeLine<'a>>,
    past: Vec<AnswerLine<'a>>,
    answers: Vec<AnswerLine<'a>>,
    events: Vec<&'a Event>,
    heads: Vec<&'a DossierHead>,
}

impl<'a> Kept<'a> {
    fn of(desks: &'a BTreeMap<DossierId, Desk>) -> Self {
        let mut kept = Self::default();
        for (id, desk) in desks {
            let Effects { changed, past, outcomes, events } = &desk.effects;
            for (outcome, at) in outcomes {
                kept.outcomes.push(OutcomeLine { dossier: id, outcome, at: *at });
            }
            kept.past.extend(past.iter().map(|(at, w)| AnswerLine::new(id, at, w)));
            for at in changed {
                kept.answers.extend(desk.answers.get(at).map(|w| AnswerLine::new(id, at, w)));
            }
            if !events.is_empty() {
                kept.events.extend(events);
                kept.heads.push(&desk.head);
            }
        }
        kept
    }

    async fn write(&self, tx: &mut Connection) -> sqlx::Result<()> {
        if !self.outcomes.is_empty() {
            writing::add_outcomes(tx, &self.outcomes).await?;
        }
        if !self.past.is_empty() {
            writing::add_past(tx, &self.past).await?;
        }
        if !self.heads.is_empty() {
            writing::put_answers(tx, &self.answers).await?;
            writing::add_events(tx, &self.events).await?;
            writing::touch_heads(tx, &self.heads).await?;
        }
        Ok(())
    }
}
