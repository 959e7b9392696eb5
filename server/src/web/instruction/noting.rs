//! Notes on a deposit, as they are posted: written, answered, settled, and what the structure makes of a
//! value that one suggests.

use app::{
    pages::instruction::composing::{Composing, Typed},
    routes, text,
};
use axum::{
    Form,
    extract::{Path, RawForm, State},
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    note::{Audience, NoteKind, SuggestRefused},
    unposted::Place,
};
use form::At;
use serde::Deserialize;
use service::instruction::{self, Choice, ChooseError, NoteError, Settling};

use super::{lens, refused, render, show, unposted};
use crate::web::{Web, access::Signed, answer::Refusal, asked};

impl From<NoteError> for Refusal {
    fn from(error: NoteError) -> Self {
        match error {
            NoteError::NotFound | NoteError::NotForRole => Self::NotFound,
            NoteError::BadText
            | NoteError::NoSuchPlace
            | NoteError::NotBlocking
            | NoteError::BadSuggestion(_)
            | NoteError::BadQuote(_) => Self::BadRequest,
            NoteError::Changed => Self::Unavailable,
            NoteError::Store(error) => error.into(),
        }
    }
}

/// A note, as it is posted.
struct NotePosted {
    at: At,
    regard: String,
    typed: Typed,
    /// The text that it was kept as until now, and the page that typed it.
    unposted: (String, String),
}

impl NotePosted {
    /// Reads a body; several ticked values are joined by commas. `None` when it makes no sense.
    fn read(body: &[u8]) -> Option<Self> {
        let (mut at, mut kind, mut audience) = (None, None, None);
        let (mut regard, mut typed) = (String::new(), Typed::default());
        let mut unposted = (String::new(), String::new());
        for (name, value) in form_urlencoded::parse(body) {
            let value = value.into_owned();
            match name.as_ref() {
                "reponse" => at = Some(At::parse(&value)),
                "nature" => kind = NoteKind::from_code(&value),
                "pour" => audience = Audience::from_code(&value),
                "texte" => typed.text = value,
                "bloquante" => typed.blocking = value == "oui",
                "valeur" if typed.value.is_empty() => typed.value = value,
                "valeur" => typed.value = format!("{},{value}", typed.value),
                "passage" => typed.passage = value,
                "rang" => typed.rank = value.parse().ok(),
                "regard" => regard = value,
                "brouillon" => unposted.0 = value,
                "plume" => unposted.1 = value,
                _ => {}
            }
        }
        (typed.kind, typed.audience) = (kind?, audience?);
        Some(Self { at: at?, regard, typed, unposted })
    }
}

/// What to do about a note that was not written; nothing when it cannot come from the page.
fn mend(error: NoteError) -> Option<String> {
    Some(match error {
        NoteError::BadText => "Écrivez votre annotation, en 2 000 caractères au plus.".to_owned(),
        NoteError::NotBlocking => {
            "Une annotation bloquante demande quelque chose, et d'autres que vous la lisent : choisissez une question, une correction ou une valeur proposée, pour votre service au moins.".to_owned()
        }
        NoteError::BadQuote(refused) => refused.sentence(),
        NoteError::BadSuggestion(refused) => match refused {
            SuggestRefused::NotAQuestion => return None,
            SuggestRefused::NotForStructure => {
                "Une valeur se propose à la structure : elle seule change ses réponses. Choisissez « La structure ».".to_owned()
            }
            SuggestRefused::Empty => "Écrivez la valeur que vous proposez.".to_owned(),
            SuggestRefused::Same => "C'est déjà ce que la structure a répondu.".to_owned(),
            SuggestRefused::Bad(code) => {
                format!("La question ne prend pas cette valeur. {}", text::of_code(code))
            }
        },
        _ => return None,
    })
}

/// Writes a note, and comes back to where it stands.
pub async fn write(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    let NotePosted { at, regard, typed, unposted: (copy, pen) } =
        NotePosted::read(&body).ok_or(Refusal::BadRequest)?;
    let draft = instruction::Draft {
        kind: typed.kind,
        audience: typed.audience,
        at: at.clone(),
        text: &typed.text,
        blocking: typed.blocking,
        suggested: &typed.value,
        passage: (&typed.passage, typed.rank),
    };
    let dossier = id.as_str().into();
    match instruction::write(&web.services, &actor, &dossier, &draft).await {
        Ok(note) => {
            let place = Place::Note(at);
            unposted::forget(&web, &actor, (&dossier, &place), (&copy, &pen), &typed.text).await;
            let there = routes::note(&id, note.as_str(), lens(&regard));
            Ok(Redirect::to(&there).into_response())
        }
        Err(error) => match mend(error) {
            Some(sentence) => {
                let here = (Some(Composing { at, typed }), regard.as_str());
                show(&web, actor, &id, here, Some(sentence)).await
            }
            None => Err(error.into()),
        },
    }
}

/// An answer to a note, as it is posted.
#[derive(Deserialize)]
pub struct ReplyPosted {
    #[serde(default)]
    texte: String,
    #[serde(default)]
    regard: String,
    #[serde(default)]
    brouillon: String,
    #[serde(default)]
    plume: String,
}

/// Answers to a note, on either side.
pub async fn answer(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, note)): Path<(String, String)>,
    Form(posted): Form<ReplyPosted>,
) -> Result<Response, Refusal> {
    let (dossier, key) = (id.as_str().into(), note.as_str().into());
    let there = if actor.role.is_siae() {
        format!("{}#note-{note}", routes::asked(&id))
    } else {
        routes::note(&id, &note, lens(&posted.regard))
    };
    match instruction::answer(&web.services, &actor, &dossier, &key, &posted.texte).await {
        Ok(()) => {
            let (place, text) = (Place::Reply(key), (&*posted.brouillon, &*posted.plume));
            unposted::forget(&web, &actor, (&dossier, &place), text, &posted.texte).await;
            Ok(Redirect::to(&there).into_response())
        }
        Err(NoteError::BadText) if actor.role.is_siae() => {
            let refused = "Écrivez votre réponse, en 2 000 caractères au plus.";
            asked::show(&web, actor, &id, Some(refused)).await
        }
        Err(NoteError::BadText) => {
            let sentence = "Écrivez votre réponse, en 2 000 caractères au plus.";
            let beside = refused(sentence, (Place::Reply(key), &posted.texte));
            render(&web, actor, &id, (None, &posted.regard), beside).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a note is settled, as it is posted.
#[derive(Deserialize)]
pub struct SettlePosted {
    reglee: String,
    #[serde(default)]
    regard: String,
}

/// Settles a note, or opens it again.
pub async fn settle(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, note)): Path<(String, String)>,
    Form(posted): Form<SettlePosted>,
) -> Result<Redirect, Refusal> {
    let (dossier, key) = (id.as_str().into(), note.as_str().into());
    let settling = match posted.reglee.as_str() {
        "oui" => Settling::Settle,
        "surveiller" => Settling::Watch,
        _ => Settling::Open,
    };
    instruction::settle(&web.services, &actor, &dossier, &key, settling).await?;
    Ok(Redirect::to(&routes::note(&id, &note, lens(&posted.regard))))
}

/// Whether a note stands in the way of the decision, as it is posted.
#[derive(Deserialize)]
pub struct BlockPosted {
    bloquante: String,
    #[serde(default)]
    regard: String,
}

/// Says that a note stands in the way of the decision, or not any more.
pub async fn block(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, note)): Path<(String, String)>,
    Form(posted): Form<BlockPosted>,
) -> Result<Redirect, Refusal> {
    let (dossier, key) = (id.as_str().into(), note.as_str().into());
    let blocking = posted.bloquante == "oui";
    instruction::block(&web.services, &actor, &dossier, &key, blocking).await?;
    Ok(Redirect::to(&routes::note(&id, &note, lens(&posted.regard))))
}

/// What the structure makes of a suggested value, as it is posted.
#[derive(Deserialize)]
pub struct ChoicePosted {
    choix: String,
    #[serde(default)]
    vu: u32,
    #[serde(default)]
    sachant: String,
    #[serde(default)]
    raison: String,
}

/// Takes the value that a note suggests, or refuses it. What moved meanwhile is said on the page, and
/// nothing is written over.
pub async fn choose(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, note)): Path<(String, String)>,
    Form(posted): Form<ChoicePosted>,
) -> Result<Response, Refusal> {
    let (dossier, key) = (id.as_str().into(), note.as_str().into());
    let choice = match posted.choix.as_str() {
        "accepter" => Choice::Take { seen: posted.vu, knowing: posted.sachant == "oui" },
        "refuser" => Choice::Refuse(&posted.raison),
        _ => return Err(Refusal::BadRequest),
    };
    let sentence = match instruction::choose(&web.services, &actor, &dossier, &key, choice).await {
        Ok(()) => {
            let there = format!("{}#note-{note}", routes::asked(&id));
            return Ok(Redirect::to(&there).into_response());
        }
        Err(ChooseError::Note(NoteError::BadText)) => {
            "Dites pourquoi vous refusez la valeur proposée, en 2 000 caractères au plus."
        }
        Err(ChooseError::Note(error)) => return Err(error.into()),
        Err(ChooseError::Gone) => {
            "Cette valeur n'est plus proposée : la question est réglée, ou n'est plus posée."
        }
        Err(ChooseError::Moved) => {
            "Votre réponse a changé depuis. Relisez les deux valeurs, puis choisissez."
        }
        Err(ChooseError::Closed) => {
            "Le dossier n'est pas ouvert à cette réponse. Rien n'a été changé."
        }
    };
    asked::show(&web, actor, &id, Some(sentence)).await
}
