//! Who asks from where, and too often.

use std::net::{IpAddr, SocketAddr};

use app::pages::message::Message;
use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts, Request, State},
    http::{Extensions, HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use service::sessions;

use super::{Web, access::token, answer::Refusal};
use crate::limits::{Class, Who};

/// Refuses what is asked too often, by address and by person.
pub async fn count(State(web): State<Web>, request: Request, next: Next) -> Response {
    let Some(class) = class_of(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    let address = address(&web, request.headers(), request.extensions());
    let token = token(request.headers(), &web).map(str::to_owned);
    match taken(&web, class, address.as_deref(), token.as_deref()).await {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn taken(
    web: &Web,
    class: Class,
    address: Option<&str>,
    token: Option<&str>,
) -> Result<(), Refusal> {
    let now = web.services.now();
    let too_many = |seconds| Refusal::TooMany { seconds };
    if let Some(address) = address {
        web.limits.take(class, Who::Address(address), now).map_err(too_many)?;
    }
    let Some(token) = token.filter(|_| !class.is_by_address()) else { return Ok(()) };
    let Some(actor) = sessions::actor(&web.services, token).await? else { return Ok(()) };
    let person = Who::Person(actor.account_id.as_str());
    web.limits.take(class, person, now).map_err(too_many)
}

/// What a request counts as. Autosaves never do: what is typed is kept.
fn class_of(method: &Method, path: &str) -> Option<Class> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let posts = method == Method::POST;
    match parts.as_slice() {
        ["connexion", ..] if posts => Some(Class::SignIn),
        ["connexion", "proconnect" | "retour"] | ["invitation" | "rejoindre", _] => {
            Some(Class::SignIn)
        }
        ["equipe", ..] if posts => Some(Class::Search),
        ["territoire" | "couverture" | "couverture.csv"] => Some(Class::Search),
        ["dossiers", _, "document" | "brouillon"] if posts => Some(Class::Upload),
        ["dossiers", _, "sources"] if posts => Some(Class::Sources),
        ["dossiers", "ouvrir"] => Some(Class::Sources),
        ["mes-donnees", _] => Some(Class::Export),
        ["a", _] => Some(Class::Join),
        ["atelier"] if posts => Some(Class::Join),
        _ => None,
    }
}

/// The page of who asks too often.
pub fn patience(seconds: u32) -> Message {
    let wait = match seconds {
        0..=1 => "une seconde".to_owned(),
        2..=90 => format!("{seconds}\u{a0}secondes"),
        _ => format!("{}\u{a0}minutes", seconds.div_ceil(60)),
    };
    Message {
        title: "Un peu de patience",
        text: format!(
            "Trop de demandes sont parties en peu de temps, de vous ou de votre réseau. Réessayez dans {wait}. Ce qui était enregistré l'est toujours."
        ),
        href: "/".to_owned(),
        link: "Revenir à l'accueil",
    }
}

/// Where a request comes from: what the trusted proxy says last, or the other end of the socket. Of
/// IPv6 the network, which is one subscriber.
fn address(web: &Web, headers: &HeaderMap, extensions: &Extensions) -> Option<String> {
    let said = web.client_header.as_deref().and_then(|name| {
        // A proxy adds at the end: what comes before is what the browser pretends.
        let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    });
    let socket = || extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    Some(match said.or_else(socket)?.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    })
}

/// The browser of a request, as its person recognises it.
pub struct Client {
    /// Where it comes from; may be empty.
    pub address: String,
    /// The browser, in a few words; may be empty.
    pub browser: String,
}

impl<S> FromRequestParts<S> for Client
where
    Web: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let web = Web::from_ref(state);
        let address = address(&web, &parts.headers, &parts.extensions).unwrap_or_default();
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self { address, browser: agent.map(browser).unwrap_or_default() })
    }
}

/// `Firefox, Windows` of what browsers say of themselves; the more particular names come first, since
/// all of them pretend to be the others.
fn browser(agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| {
        names.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    let name = named(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    [name, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_is_never_counted_and_signing_in_always() {
        let class = |method: Method, path| class_of(&method, path);
        for path in
            ["/api/dossiers/x/operations", "/dossiers/x/etapes/budget", "/dossiers/x/depots"]
        {
            assert_eq!(class(Method::POST, path), None, "{path}");
        }
        assert_eq!(class(Method::GET, "/connexion"), None, "the page itself is read at will");
        for path in ["/connexion", "/connexion/demonstration", "/rejoindre/x", "/invitation/x"] {
            assert_eq!(class(Method::POST, path), Some(Class::SignIn), "{path}");
        }
        assert_eq!(class(Method::GET, "/connexion/retour"), Some(Class::SignIn));
        assert_eq!(class(Method::POST, "/dossiers/x/document"), Some(Class::Upload));
        assert_eq!(class(Method::GET, "/a/BCD"), Some(Class::Join));
        assert_eq!(class(Method::GET, "/mes-donnees/fichier"), Some(Class::Export));
        assert_eq!(class(Method::GET, "/mes-donnees"), None);
    }

    #[test]
    fn a_browser_is_called_as_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser(edge), "Edge, Windows");
        assert_eq!(browser(phone), "Safari, iPhone");
        assert_eq!(browser("curl/8"), "");
    }
}
