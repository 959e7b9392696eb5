//! Signing in through a provider: what comes back must be what went out. The provider itself is a
//! real one in `end2end/tests/identity.spec.ts`; here it is what we do around it.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::StatusCode;
use service::federation::{Identified, Provider, ProviderFault, Question};

use crate::support::{OURS, Site};

/// A provider that believes whoever comes, and looks at what we send it.
struct Trusting {
    email: &'static str,
    verified: bool,
    siret: String,
}

#[async_trait]
impl Provider for Trusting {
    fn issuer(&self) -> &'static str {
        "https://fournisseur.exemple.fr"
    }

    async fn address(&self, question: &Question) -> Result<String, ProviderFault> {
        Ok(format!("https://fournisseur.exemple.fr/auth?state={}", question.state))
    }

    async fn identify(&self, code: &str, question: &Question) -> Result<Identified, ProviderFault> {
        assert_eq!([question.nonce.len(), question.verifier.len()], [64, 64]);
        if code != "bon" {
            return Err(ProviderFault::Expired);
        }
        Ok(Identified {
            issuer: self.issuer().to_owned(),
            subject: "camille".to_owned(),
            email: self.email.to_owned(),
            email_is_verified: self.verified,
            name: "Camille\r\nSet-Cookie: x=1".to_owned(),
            siret: self.siret.clone(),
            idp_id: String::new(),
            acr: String::new(),
            id_token: "jeton".to_owned(),
        })
    }

    async fn farewell(&self, id_token: &str) -> Option<String> {
        Some(format!("https://fournisseur.exemple.fr/fin?id_token_hint={id_token}"))
    }
}

async fn site(email: &'static str, verified: bool, siret: &str) -> Site {
    let mut site = Site::new().await;
    site.provided_by(Arc::new(Trusting { email, verified, siret: siret.to_owned() }));
    site
}

/// The cookie and the state of a sign-in that begins.
async fn begin(site: &Site, query: &str) -> (String, String) {
    let answer = site.get(&format!("/connexion/proconnect?{query}"), "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let refresh = answer.headers.get("refresh").unwrap().to_str().unwrap().to_owned();
    assert!(refresh.starts_with("0; url=https://fournisseur.exemple.fr/auth"), "{refresh}");
    assert!(answer.cookie.contains("HttpOnly") && answer.cookie.contains("SameSite=Lax"));
    let cookie = answer.cookie.split(';').next().unwrap().to_owned();
    (cookie, refresh.split("state=").nth(1).unwrap().to_owned())
}

fn back(state: &str, code: &str) -> String {
    format!("/connexion/retour?state={state}&code={code}")
}

#[tokio::test]
async fn without_a_provider_there_is_no_button_and_no_address() {
    let site = Site::new().await;
    assert!(!site.get("/connexion", "").await.text.contains("ProConnect"));
    for path in ["/connexion/proconnect", "/connexion/retour?state=x&code=y"] {
        assert_eq!(site.get(path, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_sign_in_ends_once_and_only_where_it_began() {
    let site = site("camille@exemple.fr", true, &demo::structures::valbrune().siret).await;
    let (cookie, state) = begin(&site, "").await;
    // Elsewhere, it is refused and over: who was led here by somebody else signs in as nobody.
    for stranger in ["", "entree=0000"] {
        let (_, state) = begin(&site, "").await;
        let refused = site.get(&back(&state, "bon"), stranger).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(!refused.text.contains(&state), "the inside is not shown");
    }
    let entered = site.get(&back(&state, "bon"), &cookie).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
    let again = site.get(&back(&state, "bon"), &cookie).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "a state serves once");
    let (cookie, state) = begin(&site, "").await;
    assert_eq!(site.get(&back(&state, "servi"), &cookie).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.get(&back(&state, "bon"), &cookie).await.status, StatusCode::BAD_REQUEST);
    // The answer of another provider (RFC 9207), and none at all.
    for more in ["code=bon&iss=https://mal.fr", "error=access_denied", ""] {
        let (cookie, state) = begin(&site, "").await;
        let answer = site.get(&format!("/connexion/retour?state={state}&{more}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{more}");
    }
}

#[tokio::test]
async fn the_way_back_never_leaves_the_site_and_sessions_rotate() {
    let site = site("camille@exemple.fr", true, &demo::structures::valbrune().siret).await;
    let before = site.person("ines", OURS, true).await;
    let member = site.services.store.personas().await.unwrap().remove(0);
    assert_eq!(member.email, "ines@exemple.fr");
    let (entry, state) = begin(&site, "retour=https%3A%2F%2Fmal.fr").await;
    let entered = site.get(&back(&state, "bon"), &format!("{entry}; {before}")).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert!(entered.location.starts_with('/'), "{}", entered.location);
    let session = entered.cookie.split(';').next().unwrap();
    assert!(session.starts_with("trame=") && session != before);
    let old = site.get("/dossiers", &before).await;
    assert_eq!(old.status, StatusCode::SEE_OTHER, "the session of before is over");
    // Signing out leads to the provider too.
    let out = site.post("/deconnexion", session, "").await;
    let refresh = out.headers.get("refresh").unwrap().to_str().unwrap();
    assert!(refresh.ends_with("/fin?id_token_hint=jeton"), "{refresh}");
    assert_eq!(site.get("/dossiers", session).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_takes_an_account_by_claiming_its_address() {
    for verified in [false, true] {
        // The persona of a demonstration is nobody's, even when the provider vouches for the address.
        let site = site("ines@exemple.fr", verified, "").await;
        site.person("ines", OURS, true).await;
        let (cookie, state) = begin(&site, "").await;
        let refused = site.get(&back(&state, "bon"), &cookie).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text.contains("mot de passe"));
    }
    let site = site("inconnue@exemple.fr", true, "99999999900001").await;
    let (cookie, state) = begin(&site, "").await;
    let unknown = site.get(&back(&state, "bon"), &cookie).await;
    assert_eq!(unknown.status, StatusCode::OK, "not an error");
    assert!(unknown.text.contains("Il vous manque une invitation"));
    let account = site.services.store.account_by_email("inconnue@exemple.fr").await.unwrap();
    assert!(account.is_none(), "nothing is kept");
}

#[tokio::test]
async fn an_invitation_serves_once_by_any_way() {
    let site = site("camille@exemple.fr", true, "").await;
    let ines = site.person("ines", OURS, true).await;
    let link = |text: &str| text.split("/rejoindre/").nth(1).unwrap()[..64].to_owned();
    let body = format!("structure={OURS}&role=siae_admin&pour=Camille");
    let token = link(&site.post("/equipe/invitations", &ines, &body).await.text);
    let (cookie, state) = begin(&site, &format!("invitation={token}")).await;
    let entered = site.get(&back(&state, "bon"), &cookie).await;
    assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, "/dossiers"));
    let path = format!("/rejoindre/{token}");
    assert_eq!(site.get(&path, "").await.status, StatusCode::GONE);
    let new = "nom=Zo%C3%A9&courriel=zoe%40exemple.fr&mot_de_passe=une+bonne+phrase";
    assert_eq!(site.post(&path, "", new).await.status, StatusCode::GONE);
    assert_eq!(
        site.get("/rejoindre/inconnu", "").await.status,
        StatusCode::GONE,
        "the same answer"
    );

    let token = link(&site.post("/equipe/invitations", &ines, &body).await.text);
    let path = format!("/rejoindre/{token}");
    let short = site.post(&path, "", "nom=Z&courriel=z%40exemple.fr&mot_de_passe=court").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let joined = site.post(&path, "", new).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text);
    let zoe = joined.cookie.split(';').next().unwrap();
    assert!(site.get("/equipe", zoe).await.text.contains("ines@exemple.fr"));
}
