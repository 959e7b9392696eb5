//! Giving steps to a colleague, opening the link, and taking back.

use app::{
    draft::checked,
    pages::{
        invitation::{Given, GivenPage, Invitation, InvitationPage},
        sharing::{Sharing, SharingPage, Typed},
    },
    routes,
};
use axum::{
    extract::{Path, Query, RawForm, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use dossier::share::{Terms, TermsRefused, USUAL_DAYS};
use form::Date;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor, drafts, forms,
    mail::Outgoing,
    sharing::{self, ComeError, Share, ShareError},
};

use super::{
    Web,
    access::{Signed, set_cookie},
    answer::{Refusal, page as dressed},
    dossiers::steps_of,
    sign_in::set_shared,
};

impl From<ShareError> for Refusal {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::NotFound => Self::NotFound,
            ShareError::Store(error) => error.into(),
            ShareError::Changed => Self::Unavailable,
            ShareError::NotEditable
            | ShareError::Terms(_)
            | ShareError::BadEmail
            | ShareError::TooMany => Self::BadRequest,
        }
    }
}

impl From<ComeError> for Refusal {
    fn from(error: ComeError) -> Self {
        match error {
            ComeError::NotFound => Self::NotFound,
            ComeError::Ended => Self::Ended,
            ComeError::BadName => Self::BadRequest,
            ComeError::Changed => Self::Unavailable,
            ComeError::Store(error) => error.into(),
        }
    }
}

/// Which step is ticked to begin with.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    etape: String,
}

/// The form that gives, and what was given.
pub async fn page(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    // Nobody is invited into a space of the open lab: its door refuses the link.
    if web.is_space() {
        return Err(Refusal::NotFound);
    }
    let today = web.services.clock.today().ok_or(Refusal::Unavailable)?;
    let end = Date::from_days_since_epoch(today.days_since_epoch() + USUAL_DAYS);
    let typed = Typed {
        to: String::new(),
        email: String::new(),
        sections: vec![asked.etape],
        end: end.map(|day| day.to_string()).unwrap_or_default(),
    };
    show(&web, actor, &id, typed, Err(None)).await
}

/// Shows it, with the link that was just made, or why none was.
async fn show(
    web: &Web,
    actor: Actor,
    id: &str,
    typed: Typed,
    made: Result<(String, Share, Option<String>), Option<&'static str>>,
) -> Result<Response, Refusal> {
    let draft = drafts::read(&web.services, &actor, &id.into()).await?;
    let form = forms::of(&web.services, &draft.head.form_key()).await?.revision;
    let (made, error) = match made {
        Ok(made) => (Some(made), None),
        Err(error) => (None, error),
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let sharing = Sharing {
        shares: sharing::of(&web.services, &actor, &draft.head.id).await?,
        steps: steps_of(form, &draft.answers),
        head: draft.head,
        form,
        made,
        mails: web.services.mail != Outgoing::Off,
        typed,
        error,
        today: web.services.clock.today().ok_or(Refusal::Unavailable)?,
        now: web.services.now(),
    };
    let body = move || view! { <SharingPage sharing /> };
    Ok((status, dressed(web, Some(actor), "Confier une étape", None, body)).into_response())
}

/// Makes a link. It is answered at once and shown only there.
pub async fn give(
    State(web): State<Web>,
    Signed(actor): Signed,
    headers: HeaderMap,
    Path(id): Path<String>,
    RawForm(body): RawForm,
) -> Result<Response, Refusal> {
    let mut typed =
        Typed { to: String::new(), email: String::new(), sections: Vec::new(), end: String::new() };
    for (name, value) in form_urlencoded::parse(&body) {
        match name.as_ref() {
            "pour" => typed.to = value.into_owned(),
            "courriel" => typed.email = value.into_owned(),
            "fin" => typed.end = value.into_owned(),
            "etape" => typed.sections.push(value.into_owned()),
            _ => {}
        }
    }
    let end = Date::parse_iso(&typed.end).or_else(|| Date::parse(&typed.end));
    let given = match end {
        Some(last_day) => {
            let terms = Terms { to: typed.to.clone(), sections: typed.sections.clone(), last_day };
            let dossier = id.as_str().into();
            sharing::give(&web.services, &actor, &dossier, terms, &typed.email).await
        }
        None => Err(ShareError::Terms(TermsRefused::BadEnd)),
    };
    let why = match given {
        Ok(given) => {
            let link = address(&web, &headers, &routes::invitation(&given.token));
            let made = (link, given.share, given.mailed_to);
            return show(&web, actor, &id, typed, Ok(made)).await;
        }
        Err(ShareError::NotEditable) => return Err(Refusal::Closed { id }),
        Err(ShareError::Terms(TermsRefused::NoStep)) => "Choisissez au moins une étape.",
        Err(ShareError::Terms(TermsRefused::LongName)) => "Ce nom dépasse 80 caractères.",
        Err(ShareError::Terms(TermsRefused::BadEnd)) => {
            "Choisissez un dernier jour entre aujourd'hui et dans 90 jours."
        }
        Err(ShareError::BadEmail) => {
            "Cette adresse n'est pas complète : nom@domaine.fr. Laissez-la vide pour transmettre le lien vous-même."
        }
        Err(ShareError::TooMany) => {
            "Vingt liens de ce dossier sont ouverts : reprenez-en un avant d'en créer un autre."
        }
        Err(error) => return Err(error.into()),
    };
    show(&web, actor, &id, typed, Err(Some(why))).await
}

/// A path of this site, as an address to send; the path alone to who does not say where they are.
pub fn address(web: &Web, headers: &HeaderMap, path: &str) -> String {
    if let Some(site) = &web.public_url {
        return format!("{site}{path}");
    }
    let scheme = if web.secure { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.map_or_else(|| path.to_owned(), |host| format!("{scheme}://{host}{path}"))
}

/// Takes steps back.
pub async fn take_back(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, share)): Path<(String, String)>,
) -> Result<Redirect, Refusal> {
    let (dossier, share) = (id.as_str().into(), share.into());
    sharing::take_back(&web.services, &actor, &dossier, &share).await?;
    Ok(Redirect::to(&format!("{}#confie", routes::shares(&id))))
}

/// What a link gives.
pub async fn invitation(
    State(web): State<Web>,
    signed: Option<Signed>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    show_invitation(&web, signed, token, false).await
}

async fn show_invitation(
    web: &Web,
    signed: Option<Signed>,
    token: String,
    bad_name: bool,
) -> Result<Response, Refusal> {
    let (share, head) = sharing::look(&web.services, &token).await?;
    let form = forms::of(&web.services, &head.form_key()).await?.revision;
    let actor = signed.map(|Signed(actor)| actor);
    let is_guest =
        actor.as_ref().is_some_and(|actor| Some(&actor.account_id) == share.guest.as_ref());
    if is_guest {
        return Ok(Redirect::to(&routes::dossier(head.id.as_str())).into_response());
    }
    let invitation = Invitation {
        is_member: actor.as_ref().is_some_and(|actor| head.is_of(actor)),
        signed_in: actor.as_ref().map(|actor| actor.name.clone()),
        share,
        head,
        form,
        token,
        bad_name,
    };
    let status = if bad_name { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let body = move || view! { <InvitationPage invitation /> };
    Ok((status, dressed(web, actor, "Une étape vous est confiée", None, body)).into_response())
}

/// The name of who comes in.
#[derive(Deserialize)]
pub struct Coming {
    #[serde(default)]
    nom: String,
    #[serde(default)]
    partage: String,
}

/// Comes in by a link.
pub async fn come(
    State(web): State<Web>,
    signed: Option<Signed>,
    Path(token): Path<String>,
    axum::Form(coming): axum::Form<Coming>,
) -> Result<Response, Refusal> {
    let entered = match sharing::come(&web.services, &token, &coming.nom).await {
        Err(ComeError::BadName) => return show_invitation(&web, signed, token, true).await,
        entered => entered?,
    };
    let cookie = AppendHeaders([
        (header::SET_COOKIE, set_cookie(Some(&entered.token), web.secure)),
        (header::SET_COOKIE, set_shared(!coming.partage.is_empty())),
    ]);
    let home = app::shell::home_of(&entered.actor).0;
    Ok((cookie, Redirect::to(&home)).into_response())
}

/// What a guest comes back to.
pub async fn given(web: &Web, actor: Actor, id: &str) -> Result<Response, Refusal> {
    let (draft, part) = drafts::read_part(&web.services, &actor, &id.into()).await?;
    let form = forms::of(&web.services, &draft.head.form_key()).await?;
    let mut steps = steps_of(form.revision, &draft.answers);
    steps.retain(|(section, _)| part.holds(section));
    let checked = checked(&form, &draft.answers).within(form.revision, &part);
    let given = Given { head: draft.head, steps, checked };
    let body = move || view! { <GivenPage given /> };
    Ok(dressed(web, Some(actor), "Ce qui vous est confié", None, body).into_response())
}
