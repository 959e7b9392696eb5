//! An agent reads the last deposit, annotates it in place, acts on it.

pub mod comparing;
pub mod composing;
pub mod noting;
pub mod seeing;
pub mod unposted;
pub mod weighing;

use app::{
    pages::{
        instruction::{
            Instruction, InstructionPage,
            composing::{Composing, Typed},
            seen::Glance,
            unposted::Pens,
        },
        worklist::{Outcome, address::Address},
    },
    routes,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    act::{Said, Sense},
    annex::Grant,
    id::is_ulid,
    reading::{Lens, lenses as national},
    state::Action,
    unposted::{Fields, Place},
};
use form::{At, Date, diff};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, deposits, follow_up, forms,
    instruction::{self, ActError},
    leave,
    lenses::{self, Composition},
    news, readings, seen, unposted as typed, worklist,
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// What the address asks.
#[derive(Default, Deserialize)]
pub struct Asked {
    /// A gesture on who follows the dossier that was just done, and what it left.
    #[serde(flatten)]
    done: Done,
    /// Where a note is about to be written.
    annoter: Option<String>,
    /// On which passage, and which one of several.
    #[serde(default)]
    passage: String,
    #[serde(default)]
    rang: String,
    /// The question that the dossier is read for.
    #[serde(default)]
    regard: String,
    /// How long the journal is that an open page knows, which asks what is new.
    #[serde(default)]
    depuis: String,
    /// A text of their own that this person goes on with.
    #[serde(default)]
    reprendre: String,
    /// One that was just put away.
    #[serde(default)]
    efface: String,
}

/// What was just done about who follows the dossier.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Done {
    fait: String,
    annule: String,
    restes: String,
}

/// The code of a lens or a glance; nothing for what can be none.
pub(super) fn lens(code: &str) -> &str {
    let is_one = Lens::of(code).is_some() || Glance::of(code).is_some() || is_ulid(code);
    if is_one { code } else { "" }
}

/// The lens of a code: of those of the form, or of those that were composed for this reader.
fn read_through(form: &str, composed: &[Composition], code: &str) -> Option<Lens> {
    let own = || composed.iter().find(|one| one.id.as_str() == code).map(Composition::lens);
    national(form).iter().find(|lens| lens.code == code).cloned().or_else(own)
}

/// What stands against what was sent.
type Refused = Option<String>;

/// What the page says beside the dossier.
#[derive(Default)]
struct Beside {
    refused: Refused,
    /// What was refused, to be filled in again.
    typed: Option<(Place, Fields)>,
    outcome: Option<Outcome>,
    since: Option<u32>,
    /// Texts of one's own: gone on with, put away.
    resumed: String,
    cleared: String,
}

/// The page.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let composing = asked.annoter.as_deref().map(|at| Composing {
        at: At::parse(at),
        typed: Typed {
            passage: asked.passage.clone(),
            rank: asked.rang.parse().ok(),
            ..Typed::default()
        },
    });
    let since = asked.depuis.parse().ok();
    let Done { fait, annule, restes } = asked.done;
    let done = Address { fait, annule, restes, ..Address::default() };
    let outcome = super::worklist::outcome(&web, &actor, &done).await?;
    let (resumed, cleared) = (asked.reprendre, asked.efface);
    let beside = Beside { outcome, since, resumed, cleared, ..Beside::default() };
    render(&web, actor, &id, (composing, &asked.regard), beside).await
}

async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    (composing, lens): (Option<Composing>, &str),
    refused: Refused,
) -> Result<Response, Refusal> {
    render(web, actor, id, (composing, lens), Beside { refused, ..Beside::default() }).await
}

async fn render(
    web: &Web,
    actor: Actor,
    id: &str,
    (composing, lens): (Option<Composing>, &str),
    Beside { mut refused, typed, outcome, since, resumed, cleared }: Beside,
) -> Result<Response, Refusal> {
    if actor.role.is_siae() {
        return Ok(Redirect::to(&routes::dossier(id)).into_response());
    }
    let services = &web.services;
    let id = id.into();
    let reading = instruction::open(services, &actor, &id).await?;
    readings::note(services, &actor, &id, None).await?;
    let key = reading.deposit.snapshot().ok_or(Refusal::Unavailable)?.form_key();
    let form = forms::of(services, &key).await?.revision;
    let seen = seen::of(services, &actor, (&reading, form)).await?;
    let follower = worklist::follower(services, &reading.head).await?;
    let cover = follower.as_ref().map(|one| &one.id);
    let cover = leave::cover_of(services, &reading.head, cover).await?;
    let colleagues = worklist::colleagues(services, &actor).await?;
    let earlier = match reading.deposit.ordinal {
        1 => None,
        ordinal => deposits::read(services, &actor, &id, ordinal - 1).await?.answers(),
    };
    let changes = earlier.map(|earlier| diff(form, &earlier, &reading.answers));
    let past = instruction::years_before(services, &reading).await?;
    let signals = instruction::signals(services, &actor, &reading, &past).await?;
    let composed = lenses::of(services, &actor, &reading.head.form).await?;
    let threads =
        instruction::read(services, &actor, &reading.head, (form, &reading.answers)).await?;
    let here = (form, &reading.answers);
    let carried = instruction::carried(services, &actor, &reading.head, here).await?;
    let acts = instruction::acts(services, &actor, &id).await?;
    let news = match since {
        Some(seq) => news::since(services, &actor, (&reading.head, &threads), seq).await?,
        None => Vec::new(),
    };
    let kept = typed::of(services, &actor, &id, (&threads, &acts, &signals)).await?;
    let cleared = typed::cleared(services, &actor, &id, &cleared).await?;
    let reopened = instruction::reopened_by_structure(services, &reading.head).await?;
    let today = services.clock.today().ok_or(Refusal::Unavailable)?;
    let sheet = follow_up::summary(services, &actor, &reading.head).await?;
    let desk = instruction::desk(&actor, &reading, (&threads, &acts), sheet, today);
    let failed = refused.is_some();
    // What is not asked any more has no form to be filled in again.
    let is_asked = |place: &Place| match place {
        Place::Act(action) => desk.actions.contains(action),
        Place::Signal(code) => signals.iter().any(|one| one.signal.code == code && !one.is_aside()),
        Place::Note(_) | Place::Reply(_) => true,
    };
    if let (Some(sentence), Some((place, fields))) = (refused.as_mut(), &typed)
        && !is_asked(place)
    {
        *sentence = with_message(sentence, &fields.words());
    }
    let pens = Pens {
        dossier: id.to_string(),
        kept,
        resumed: Some(resumed).filter(|copy| !copy.is_empty()),
        refused: typed,
        cleared: cleared.filter(|one| one.cleared.is_some()),
    };
    let title = format!("Instruction : {}", reading.head.structure_name);
    let instruction = Instruction {
        actor: actor.clone(),
        head: reading.head,
        deposit: reading.deposit,
        form,
        answers: reading.answers,
        earlier: past,
        lens: read_through(&form.form, &composed, lens),
        composed,
        signals,
        seen,
        glance: Glance::of(lens),
        follower,
        cover,
        colleagues,
        outcome,
        version: web.assets.version.clone(),
        changes: changes.unwrap_or_default(),
        reopened,
        threads,
        carried,
        acts,
        desk,
        pens,
        composing: composing.filter(|_| actor.role.instructs()),
        refused,
        today,
        news,
        is_told: !web.is_space(),
    };
    let html = dressed(web, Some(actor), &title, None, move || {
        view! { <InstructionPage instruction /> }
    });
    let status = if failed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, html).into_response())
}

/// An act, as it is posted.
#[derive(Deserialize)]
pub struct Posted {
    acte: String,
    depot: u32,
    #[serde(default)]
    message: String,
    #[serde(default)]
    jour: String,
    #[serde(default)]
    avis: String,
    #[serde(default)]
    proposition: String,
    #[serde(default)]
    etp: String,
    #[serde(default)]
    modulee: String,
    #[serde(default)]
    brouillon: String,
    #[serde(default)]
    plume: String,
}

impl Posted {
    /// What was typed, to be filled in again.
    fn fields(&self) -> Fields {
        let pairs = [
            ("message", &self.message),
            ("jour", &self.jour),
            ("avis", &self.avis),
            ("proposition", &self.proposition),
            ("etp", &self.etp),
            ("modulee", &self.modulee),
        ];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let fields = filled.map(|(name, value)| (name.to_owned(), value.clone())).collect();
        // Only what is far too long to be posted does not fit.
        Fields::new(fields).unwrap_or_default()
    }
}

/// Acts on the deposit that was read. What is missing is said on the page, with the message kept.
pub async fn act(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, Refusal> {
    let action = Action::from_code(&posted.acte).ok_or(Refusal::BadRequest)?;
    let said = Said {
        message: posted.message.clone(),
        due: Date::parse_iso(&posted.jour),
        opinion: Sense::from_code(&posted.avis),
        proposal: Sense::from_code(&posted.proposition),
        grant: Grant::read(&posted.etp, &posted.modulee),
    };
    let dossier = id.as_str().into();
    let done =
        instruction::act(&web.services, &actor, &dossier, (action, said), posted.depot).await;
    let place = Place::Act(action);
    let sentence = match done {
        Ok(()) => {
            let text = (posted.brouillon.as_str(), posted.plume.as_str());
            unposted::forget(&web, &actor, (&dossier, &place), text, &posted.message).await;
            return Ok(Redirect::to(&routes::instruction(&id)).into_response());
        }
        Err(ActError::NotFound) => return Err(Refusal::NotFound),
        Err(ActError::Store(error)) => return Err(error.into()),
        Err(ActError::Incomplete(refused)) => refused.sentence(),
        Err(ActError::Refused(_)) => {
            "Cette action n'est plus possible : le dossier a changé d'état entre-temps, ou elle revient à une autre personne."
        }
        Err(ActError::Changed) => {
            "La structure a déposé de nouveau, ou une autre personne a agi entre-temps. Relisez avant de recommencer."
        }
    };
    let (refused, typed) = (Some(sentence.to_owned()), Some((place, posted.fields())));
    let beside = Beside { refused, typed, ..Beside::default() };
    render(&web, actor, &id, (None, ""), beside).await
}

/// What a page says of words that were refused: they stand in their form again, or are said where they are
/// far too long for that.
fn refused(sentence: &str, (place, words): (Place, &str)) -> Beside {
    match Fields::new(vec![("texte".to_owned(), words.to_owned())]) {
        Some(fields) => Beside {
            refused: Some(sentence.to_owned()),
            typed: Some((place, fields)),
            ..Beside::default()
        },
        None => Beside { refused: Some(with_message(sentence, words)), ..Beside::default() },
    }
}

/// The sentence, and what was written, to be taken up again.
fn with_message(sentence: &str, message: &str) -> String {
    match message.trim() {
        "" => sentence.to_owned(),
        message => format!("{sentence} Votre message : « {message} »"),
    }
}
