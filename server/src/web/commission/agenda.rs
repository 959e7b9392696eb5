//! What is done to the agenda of a sitting.

use app::{pages::commission::sitting::Unkept, routes};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::id::{DossierId, SittingId};
use service::{
    Actor,
    commission::{self, AgendaError, Move, Wanted},
};

use super::{super::access::Signed, Against, Refusal, Web, shown, to};

/// The pairs of a form, by name.
struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Dossiers that were ticked, each with the deposit that was shown.
    fn wanted(&self) -> Vec<Wanted> {
        let ticked = self.0.iter().filter(|(key, _)| key == "dossier");
        let read = |(_, value): &(String, String)| {
            let (dossier, deposit) = value.split_once(':')?;
            Some(Wanted { dossier: dossier.into(), deposit: deposit.parse().ok()? })
        };
        ticked.filter_map(read).collect()
    }
}

/// Changes the agenda by one of its buttons.
pub async fn change(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let pairs = Pairs(pairs);
    let sitting: SittingId = id.as_str().into();
    let put = match pairs.value("geste") {
        "mettre" => {
            commission::put(&web.services, &actor, &sitting, &pairs.wanted()).await.map(Some)
        }
        "tout" => commission::put_all(&web.services, &actor, &sitting).await.map(Some),
        _ => one(&web, &actor, &sitting, &pairs).await?.map(|()| None),
    };
    match put {
        Ok(Some(count)) => Ok(to(&id, &format!("mis&combien={count}"))),
        Ok(None) => Ok(back(&id, &pairs)),
        Err(error) => refused(&web, actor, &id, &pairs, error).await,
    }
}

/// What is done to one dossier.
async fn one(
    web: &Web,
    actor: &Actor,
    sitting: &SittingId,
    pairs: &Pairs,
) -> Result<Result<(), AgendaError>, Refusal> {
    let services = &web.services;
    let dossier: DossierId = pairs.value("dossier").into();
    Ok(match pairs.value("geste") {
        "monter" => commission::move_item(services, actor, sitting, &dossier, Move::Up).await,
        "descendre" => commission::move_item(services, actor, sitting, &dossier, Move::Down).await,
        "retirer" => commission::take_off(services, actor, sitting, &dossier).await,
        "reprendre" => commission::refresh(services, actor, sitting, &dossier).await,
        "presenter" => {
            let seen = pairs.value("vu").parse().map_err(|_| Refusal::BadRequest)?;
            let words = (pairs.value("mots"), seen);
            commission::present(services, actor, sitting, &dossier, words).await
        }
        _ => return Err(Refusal::BadRequest),
    })
}

/// Back to the dossier on the agenda, with what was done.
fn back(id: &str, pairs: &Pairs) -> Response {
    let point = format!("#point-{}", pairs.value("dossier"));
    let here = routes::sitting(id);
    let there = match pairs.value("geste") {
        "retirer" => return to(id, "retire"),
        "presenter" => format!("{here}?fait=presente{point}"),
        "reprendre" => format!("{here}?fait=reprise{point}"),
        _ => format!("{here}{point}"),
    };
    Redirect::to(&there).into_response()
}

async fn refused(
    web: &Web,
    actor: Actor,
    id: &str,
    pairs: &Pairs,
    error: AgendaError,
) -> Result<Response, Refusal> {
    let unkept = |why: &'static str| {
        Some(Unkept {
            dossier: pairs.value("dossier").to_owned(),
            words: pairs.value("mots").to_owned(),
            why,
        })
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let against = match error {
        AgendaError::NotFound => return Err(Refusal::NotFound),
        AgendaError::Store(error) => return Err(error.into()),
        AgendaError::Nothing => {
            Against::saying("Cochez d'abord un ou plusieurs dossiers qui attendent.")
        }
        AgendaError::Full => Against::saying(
            "L'ordre du jour est plein : cent dossiers au plus. Prévoyez une autre séance.",
        ),
        AgendaError::TooLong => Against {
            unkept: unkept("Ce texte est trop long. Raccourcissez-le à 4 000 caractères."),
            status,
            ..Against::default()
        },
        AgendaError::Changed => Against {
            unkept: unkept(
                "Une autre personne a écrit une présentation entre-temps : elle est affichée au-dessus. La vôtre est ici ; enregistrez-la si elle doit la remplacer.",
            ),
            status: StatusCode::CONFLICT,
            ..Against::default()
        },
    };
    shown(web, actor, id, None, against).await
}
