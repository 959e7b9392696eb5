//! Signing in through the provider of identities: going there, coming back, what went wrong.

use app::{
    pages::{
        leading::{Leading, LeadingPage},
        message::{Message, MessagePage},
        stranger::{Stranger, StrangerPage},
    },
    routes,
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::federation::{self, Arrival, FederationError, ProviderFault, Return};

use super::{
    Web,
    access::cookie,
    answer::{Refusal, page as dressed},
    limits::Client,
    sign_in::{Welcome, welcome},
    team,
};

/// Where the person wants to go.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    retour: String,
    #[serde(default)]
    partage: String,
    #[serde(default)]
    invitation: String,
}

/// Leads a person to the provider.
pub async fn go(State(web): State<Web>, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let invitation = Some(wanted.invitation.as_str()).filter(|token| !token.is_empty());
    let shared = !wanted.partage.is_empty();
    match federation::begin(&web.services, &wanted.retour, shared, invitation).await {
        Ok(going) => Ok(with_cookie(lead(&web, &going.address, false), Some(&going.browser), &web)),
        Err(error) => trouble(&web, error),
    }
}

/// A page that leads on by itself. A form may not lead elsewhere under our policy, and should not: the
/// page is ours, and says where one goes.
pub fn lead(web: &Web, address: &str, leaves: bool) -> Response {
    let name = web.provider_name.clone();
    let refresh = HeaderValue::from_str(&format!("0; url={address}"));
    let leading = Leading { name, address: address.to_owned(), leaves };
    let html = dressed(web, None, "Un instant", None, move || view! { <LeadingPage leading /> });
    let mut response = html.into_response();
    // Without the header, the link of the page is there.
    if let Ok(refresh) = refresh {
        response.headers_mut().insert(header::REFRESH, refresh);
    }
    response
}

/// What a person comes back with.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    iss: String,
}

/// Takes in a person who comes back.
pub async fn back(
    State(web): State<Web>,
    client: Client,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, Refusal> {
    let browser = cookie(&headers, cookie_name(web.secure)).unwrap_or_default();
    let with = Return { state: &back.state, browser, code: &back.code, issuer: &back.iss };
    let response = match federation::end(&web.services, with).await {
        Ok(Arrival::SignedIn { signed, back, shared, id_token }) => {
            let id_token = Some(id_token);
            let how = Welcome { signed: &signed, back: &back, shared, id_token };
            welcome(&web, &headers, client, how).await?
        }
        Ok(Arrival::Unknown(who)) => {
            let stranger = Stranger {
                provider: web.provider_name.clone(),
                name: who.name,
                email: who.email,
                siret: who.siret,
            };
            let body = move || view! { <StrangerPage stranger /> };
            dressed(&web, None, "Demandez une invitation", None, body).into_response()
        }
        Err(error) => trouble(&web, error)?,
    };
    Ok(with_cookie(response, None, &web))
}

fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-entree" } else { "entree" }
}

fn with_cookie(mut response: Response, value: Option<&str>, web: &Web) -> Response {
    let (name, only) = (cookie_name(web.secure), if web.secure { "; Secure" } else { "" });
    let age = if value.is_some() { 1_200 } else { 0 };
    let value = value.unwrap_or_default();
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{only}");
    if let Ok(text) = text.parse() {
        response.headers_mut().append(header::SET_COOKIE, text);
    }
    response
}

/// What went wrong, and what to do.
fn trouble(web: &Web, error: FederationError) -> Result<Response, Refusal> {
    let name = &web.provider_name;
    let (status, title, text) = match error {
        FederationError::NoProvider => return Err(Refusal::NotFound),
        FederationError::Store(error) => return Err(error.into()),
        FederationError::Invitation(error) => return team::refused(error),
        FederationError::NotBegun => (
            StatusCode::BAD_REQUEST,
            "Cette connexion n'est plus valable",
            "Elle a déjà servi, elle a été commencée dans un autre navigateur, ou il y a plus de vingt minutes. Recommencez : rien n'est perdu.".to_owned(),
        ),
        FederationError::Declined => (
            StatusCode::BAD_REQUEST,
            "La connexion n'a pas été jusqu'au bout",
            format!("{name} n'a pas confirmé qui vous êtes. Recommencez, ou connectez-vous avec un mot de passe si vous en avez un."),
        ),
        FederationError::AddressTaken => (
            StatusCode::CONFLICT,
            "Un compte a déjà votre adresse",
            format!("{name} ne garantit pas que cette adresse est la vôtre : connectez-vous avec votre mot de passe."),
        ),
        FederationError::Provider(fault) => of_provider(name, fault),
    };
    let link = "Revenir à la connexion";
    let message = Message { title, text, href: routes::SIGN_IN.to_owned(), link };
    let html = dressed(web, None, title, None, move || view! { <MessagePage message /> });
    Ok((status, html).into_response())
}

fn of_provider(name: &str, fault: ProviderFault) -> (StatusCode, &'static str, String) {
    match fault {
        ProviderFault::Down => (
            StatusCode::BAD_GATEWAY,
            "Le service de connexion ne répond pas",
            format!(
                "{name} ne répond pas en ce moment. Ce n'est pas de votre fait : réessayez dans quelques minutes. Ce qui était enregistré l'est toujours."
            ),
        ),
        ProviderFault::Misconfigured | ProviderFault::Garbled => (
            StatusCode::BAD_GATEWAY,
            "Le service de connexion a mal répondu",
            format!(
                "La réponse de {name} ne se lit pas. Réessayez dans quelques minutes ; si cela dure, prévenez la personne qui administre Trame."
            ),
        ),
        ProviderFault::Expired => (
            StatusCode::BAD_REQUEST,
            "Cette connexion n'est plus valable",
            format!(
                "Le code reçu de {name} a expiré ou a déjà servi. Recommencez : rien n'est perdu."
            ),
        ),
        ProviderFault::Clock => (
            StatusCode::BAD_GATEWAY,
            "Les horloges ne s'accordent pas",
            format!(
                "La réponse de {name} est datée d'un autre moment. Recommencez ; si cela dure, prévenez la personne qui administre Trame."
            ),
        ),
        ProviderFault::OtherAnswer | ProviderFault::Untrusted => (
            StatusCode::BAD_REQUEST,
            "Cette réponse ne peut pas être acceptée",
            format!(
                "Elle ne correspond pas à la connexion commencée ici, ou ne vient pas de {name}. Pour votre sécurité, elle est refusée : recommencez depuis Trame."
            ),
        ),
        ProviderFault::WeakLevel => (
            StatusCode::FORBIDDEN,
            "Une seconde preuve est demandée",
            format!(
                "Trame demande une connexion à deux facteurs. Activez-la auprès de {name} ou de votre employeur, puis recommencez."
            ),
        ),
    }
}
