//! Pages that say they are there.

use app::exchange::{Around, Beat, Changed, Other};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use service::presence;

use super::{Web, access::Signed, answer::Refusal};

/// Says who else is in the dossier, and what changed since the page knows.
pub async fn beat(
    State(web): State<Web>,
    signed: Result<Signed, Refusal>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let told = async {
        let Signed(actor) = signed?;
        let Beat { page, section, seq, since } =
            serde_json::from_slice(&body).map_err(|_| Refusal::BadRequest)?;
        let beat = presence::Beat { page, section, seq, since: service::Millis(since) };
        let around = presence::beat(&web.services, &actor, &id.as_str().into(), beat).await?;
        let others = around.others.into_iter();
        let changed = around.changed.into_iter().map(|(at, written)| Changed {
            at,
            raw: written.answer.raw,
            version: written.answer.version,
            by: if written.by == actor.account_id { String::new() } else { written.by_name },
        });
        Ok::<_, Refusal>(Around {
            others: others.map(|one| Other { name: one.name, section: one.section }).collect(),
            seq: around.head.journal_seq,
            since: around.head.updated_at.0,
            changed: changed.collect(),
        })
    };
    match told.await {
        Ok(around) => Json(around).into_response(),
        Err(refusal) => refusal.as_json(),
    }
}
