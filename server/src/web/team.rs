//! Teams: who belongs where, inviting, joining, asking to join.

use app::{
    pages::{
        joining::{Joining, JoiningPage},
        message::Message,
        team::{TeamPage, TeamPlace},
    },
    routes,
};
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use dossier::role::Role;
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    journal::sha256_hex,
    mail::Outgoing,
    teams::{self, Invitation, JoinError, Newcomer, Place, TeamError, Whom},
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
    limits::Client,
    sharing::address,
    sign_in::{Welcome, welcome},
};

impl From<TeamError> for Refusal {
    fn from(error: TeamError) -> Self {
        match error {
            TeamError::NotFound => Self::NotFound,
            TeamError::Store(error) => error.into(),
            _ => Self::BadRequest,
        }
    }
}

/// Who belongs to what.
pub async fn page(State(web): State<Web>, Signed(actor): Signed) -> Result<Response, Refusal> {
    show(&web, actor, None, None).await
}

async fn show(
    web: &Web,
    actor: Actor,
    made: Option<(String, Invitation, Option<String>)>,
    error: Option<(String, &'static str)>,
) -> Result<Response, Refusal> {
    let teams = teams::teams(&web.services, &actor).await?;
    let service = teams::service(&web.services, &actor).await?;
    if !actor.role.is_siae() && service.is_none() {
        return Err(Refusal::NotFound);
    }
    let mut asked = teams::asked_by(&web.services, &actor).await?;
    asked.retain(|(_, request)| !request.is_accepted);
    let me = actor.account_id.to_string();
    let title = if service.is_some() { "Mon service" } else { "Mon équipe" };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mails = web.services.mail != Outgoing::Off;
    let place = TeamPlace { teams, service, asked, me, made, error, mails };
    let html = dressed(web, Some(actor), title, None, move || view! { <TeamPage place /> });
    Ok((status, html).into_response())
}

/// Whom one invites.
#[derive(Deserialize)]
pub struct Inviting {
    #[serde(default)]
    pour: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    structure: String,
    #[serde(default)]
    departements: String,
    #[serde(default)]
    courriel: String,
}

/// Invites somebody; the link is shown once.
pub async fn invite(
    State(web): State<Web>,
    Signed(actor): Signed,
    headers: HeaderMap,
    Form(form): Form<Inviting>,
) -> Result<Response, Refusal> {
    let role = Role::from_code(&form.role).ok_or(Refusal::BadRequest)?;
    let place = if form.structure.is_empty() {
        let places = form.departements.split([',', ' ', ';']).map(|one| one.trim().to_uppercase());
        Place::Departments(places.filter(|one| !one.is_empty()).collect())
    } else {
        Place::Structure(form.structure.as_str().into())
    };
    let whom = Whom { name: &form.pour, email: &form.courriel };
    let why = match teams::invite(&web.services, &actor, whom, role, place).await {
        Ok(invited) => {
            let link = address(&web, &headers, &routes::join_team(&invited.token));
            let made = (link, invited.invitation, invited.mailed_to);
            return show(&web, actor, Some(made), None).await;
        }
        Err(TeamError::BadName) => "Dites pour qui, en 80 caractères au plus.",
        Err(TeamError::BadEmail) => {
            "Cette adresse n'est pas complète : nom@domaine.fr. Laissez-la vide pour transmettre le lien vous-même."
        }
        Err(TeamError::BadPlace) => {
            "Ce rôle ne s'invite pas ainsi : vérifiez les départements, qui doivent être les vôtres."
        }
        Err(TeamError::TooMany) => {
            "Trente invitations attendent déjà : reprenez celles qui ne servent plus."
        }
        Err(error) => return Err(error.into()),
    };
    show(&web, actor, None, Some((form.structure, why))).await
}

/// Takes an invitation back.
pub async fn revoke(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Redirect, Refusal> {
    teams::revoke(&web.services, &actor, &id.into()).await?;
    Ok(Redirect::to(routes::TEAM))
}

/// Somebody of a structure.
#[derive(Deserialize)]
pub struct Somebody {
    structure: String,
    compte: String,
    #[serde(default)]
    reponse: String,
}

/// Answers to somebody who asks to be let in.
pub async fn answer(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(form): Form<Somebody>,
) -> Result<Redirect, Refusal> {
    let accepts = match form.reponse.as_str() {
        "oui" => true,
        "non" => false,
        _ => return Err(Refusal::BadRequest),
    };
    let (structure, who) = (form.structure.into(), form.compte.into());
    teams::answer(&web.services, &actor, &structure, &who, accepts).await?;
    Ok(Redirect::to(routes::TEAM))
}

/// Takes somebody out.
pub async fn take_out(
    State(web): State<Web>,
    Signed(actor): Signed,
    Form(form): Form<Somebody>,
) -> Result<Response, Refusal> {
    let (structure, who) = (form.structure.as_str().into(), form.compte.into());
    match teams::take_out(&web.services, &actor, &structure, &who).await {
        Ok(()) => Ok(Redirect::to(routes::TEAM).into_response()),
        Err(TeamError::LastAdmin) => {
            let why = "Il faut qu'une personne au moins dépose et invite : donnez d'abord ce rôle à une autre.";
            show(&web, actor, None, Some((form.structure, why))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What an invitation gives.
pub async fn invitation(
    State(web): State<Web>,
    signed: Option<Signed>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    show_invitation(&web, signed, token, Default::default(), None).await
}

async fn show_invitation(
    web: &Web,
    signed: Option<Signed>,
    token: String,
    typed: (String, String),
    error: Option<&'static str>,
) -> Result<Response, Refusal> {
    let (invitation, structure) = match teams::look(&web.services, &token).await {
        Ok(found) => found,
        Err(error) => return refused(error),
    };
    let actor = signed.map(|Signed(actor)| actor).filter(|actor| actor.role != Role::Guest);
    let signed_in = actor.as_ref().map(|actor| actor.name.clone());
    let provider = web.services.provider.is_some().then(|| web.provider_name.clone());
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let joining = Joining { invitation, structure, token, signed_in, provider, typed, error };
    let body = move || view! { <JoiningPage joining /> };
    Ok((status, dressed(web, actor, "Rejoindre une équipe", None, body)).into_response())
}

/// Why an invitation does not open, and what to do.
pub fn refused(error: JoinError) -> Result<Response, Refusal> {
    match error {
        JoinError::Store(error) => Err(error.into()),
        JoinError::Ended | JoinError::NotFound => Err(Refusal::InvitationOver),
        _ => Err(Refusal::BadRequest),
    }
}

/// Who comes.
#[derive(Deserialize)]
pub struct Coming {
    #[serde(default)]
    nom: String,
    #[serde(default)]
    courriel: String,
    #[serde(default)]
    mot_de_passe: String,
    #[serde(default)]
    partage: String,
}

/// Comes in: as who is signed in, or with a new account.
pub async fn join(
    State(web): State<Web>,
    signed: Option<Signed>,
    client: Client,
    headers: HeaderMap,
    Path(token): Path<String>,
    Form(form): Form<Coming>,
) -> Result<Response, Refusal> {
    let actor = signed.as_ref().map(|Signed(actor)| actor).filter(|a| a.role != Role::Guest);
    let error = if let Some(actor) = actor {
        let account = actor.account_id.clone();
        let joined = teams::rejoin(&web.services, &sha256_hex(token.as_bytes()), account).await;
        match joined {
            Ok(()) => return Ok(Redirect::to(routes::TEAM).into_response()),
            Err(error) => error,
        }
    } else {
        let Coming { nom: name, courriel: email, mot_de_passe: password, .. } = &form;
        let new = Newcomer { name: name.clone(), email: email.clone(), password: password.clone() };
        match teams::join(&web.services, &token, new).await {
            Ok(signed) => {
                let how = Welcome::here(&signed, "", &form.partage);
                return welcome(&web, &headers, client, how).await;
            }
            Err(error) => error,
        }
    };
    let why = match error {
        JoinError::OtherKind => {
            "Votre compte est d'une autre nature : une personne d'un service de l'État ne rejoint pas une structure, ni l'inverse. Déconnectez-vous, puis rouvrez le lien."
        }
        JoinError::BadName => "Écrivez votre nom, en 80 caractères au plus.",
        JoinError::BadEmail => "Cette adresse n'est pas complète : nom@domaine.fr.",
        JoinError::Taken => {
            "Cette adresse a déjà un compte : connectez-vous d'abord, puis rouvrez le lien."
        }
        JoinError::BadPassword => "Choisissez un mot de passe de 12 à 200 caractères.",
        over => return refused(over),
    };
    show_invitation(&web, signed, token, (form.nom, form.courriel), Some(why)).await
}

/// The page of an invitation that is over; it says nothing of whose it was.
pub fn over() -> Message {
    Message {
        title: "Cette invitation ne sert plus",
        text: "Elle a déjà servi, elle a été reprise, ou sa semaine est passée. Demandez-en une autre à la personne qui vous l'avait envoyée.".into(),
        href: routes::SIGN_IN.to_owned(),
        link: "Aller à la connexion",
    }
}
