//! A site of our own, with two structures and three people.

use std::sync::Arc;

use app::shell::Assets;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use dossier::{
    operation::{Gesture, Operation, Outcome},
    role::Role,
};
use form::At;
use futures::StreamExt;
use server::{
    limits::{Class, Limits, Rates},
    news::{Most, Newsroom},
    spaces::Spaces,
    web::{Web, router},
};
use service::{
    AccountId, Membership, NoRegisters, Provider, Registers, Services, Structure,
    accounts::{self, NewAccount},
    mail::Outgoing,
    sessions,
};
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use tower::ServiceExt;

/// What a browser posts of a form with these names and values.
pub fn body(pairs: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(pairs);
    body.finish()
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub cookie: String,
    pub text: String,
    pub headers: axum::http::HeaderMap,
}

/// The site.
pub struct Site {
    router: Router,
    web: Web,
    pub services: Services,
    /// Holds the file of the store.
    folder: TempDir,
}

/// The structure of Inès.
pub const OURS: &str = "01J00000000000000000000001";
/// Somebody else's.
pub const THEIRS: &str = "01J00000000000000000000002";

impl Site {
    pub async fn new() -> Self {
        Self::asking(Arc::new(NoRegisters)).await
    }

    /// A site that asks these systems.
    pub async fn asking(registers: Arc<dyn Registers>) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("trame.db");
        let store = store::open(&format!("sqlite:{}", path.display())).await.unwrap();
        let files = store::files::open(&folder.path().join("pieces")).unwrap();
        let services = Services { demo: true, registers, ..Services::new(store, files) };
        let web = Web {
            readings: Arc::default(),
            published: Arc::default(),
            spaces: Arc::new(Spaces::within(folder.path().join("ateliers"))),
            services: services.clone(),
            assets: Arc::new(Assets::default()),
            site: folder.path().to_owned(),
            secure: false,
            limits: Arc::default(),
            news: Arc::default(),
            client_header: None,
            public_url: None,
            provider_name: "ProConnect".to_owned(),
            privacy_contact: "donnees@exemple.fr".to_owned(),
        };
        let site = Self { router: router(web.clone()), web, services, folder };
        for (id, name, kinds) in
            [(OURS, "Les Ateliers", &["ACI", "EI"][..]), (THEIRS, "Le Relais", &["AI"][..])]
        {
            let structure = Structure {
                id: id.into(),
                asp_id: String::new(),
                siret: demo::structures::valbrune().siret,
                name: name.into(),
                kinds: kinds.iter().map(|k| (*k).to_owned()).collect(),
                department: "58".into(),
                region: "27".into(),
                commune: "Nevers".into(),
            };
            accounts::add_structure(&site.services, &structure).await.unwrap();
        }
        site
    }

    /// From now on, documents have at most this many bytes.
    pub fn limit(&mut self, largest: u64) {
        self.web.services.largest = largest;
        self.router = router(self.web.clone());
    }

    /// From now on, this becomes of messages.
    pub fn mailing(&mut self, outgoing: Outgoing) {
        self.services.mail = outgoing;
        self.web.services = self.services.clone();
        self.router = router(self.web.clone());
    }

    /// From now on, this provider says who people are.
    pub fn provided_by(&mut self, provider: Arc<dyn Provider>) {
        self.services.provider = Some(provider);
        self.web.services = self.services.clone();
        self.router = router(self.web.clone());
    }

    /// From now on, so much may be asked, and a proxy says by this header where requests come from.
    pub fn limited(&mut self, rates: &[(Class, &str)], client_header: &str) {
        let rates = rates.iter().map(|(class, rate)| (*class, rate.parse().unwrap()));
        self.web.limits = Arc::new(Limits::new(Rates::new(rates.collect())));
        self.web.client_header = Some(client_header.to_owned());
        self.router = router(self.web.clone());
    }

    /// From now on, so many pages may be open.
    pub fn holding(&mut self, most: Most) {
        self.web.news = Arc::new(Newsroom::holding(most));
        self.router = router(self.web.clone());
    }

    /// Who has a dossier open here.
    pub fn room(&self) -> &Newsroom {
        &self.web.news
    }

    /// Another server on the same file.
    pub async fn second(&self) -> Router {
        let path = self.folder.path().join("trame.db");
        let store = store::open(&format!("sqlite:{}", path.display())).await.unwrap();
        let services = Services { store, ..self.services.clone() };
        router(Web { services, news: Arc::default(), readings: Arc::default(), ..self.web.clone() })
    }

    /// The router, to ask without reading the answer whole.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// How many documents lie in the folder, finished or not.
    pub fn kept(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("pieces")).unwrap().count()
    }

    /// Somebody else holds the file for writing, until this is closed.
    pub async fn hold(&self) -> SqliteConnection {
        let path = self.folder.path().join("trame.db");
        let mut other =
            SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
        other
    }

    /// A person of a structure, signed in; gives the cookie.
    pub async fn person(&self, name: &str, structure: &str, admin: bool) -> String {
        let role = if admin { Role::SiaeAdmin } else { Role::SiaeMember };
        let id = self.account(name, role, &[]).await;
        let membership =
            Membership { account: id.clone(), structure: structure.into(), is_admin: admin };
        accounts::add_membership(&self.services, &membership).await.unwrap();
        self.enter(&id).await
    }

    /// An agent of these départements, signed in; gives the cookie.
    pub async fn agent(&self, name: &str, departments: &[&str]) -> String {
        let id = self.account(name, Role::DdetsAgent, departments).await;
        self.enter(&id).await
    }

    /// Somebody of this role, of our structure or of its département.
    pub async fn somebody(&self, role: Role) -> String {
        if role.is_siae() {
            self.person(role.code(), OURS, role == Role::SiaeAdmin).await
        } else {
            self.of_role(role, &["58"]).await
        }
    }

    /// Somebody of this role outside of structures, for these départements, signed in.
    pub async fn of_role(&self, role: Role, departments: &[&str]) -> String {
        let id = self.account(role.code(), role, departments).await;
        self.enter(&id).await
    }

    /// Who leads sessions of the open lab, signed in; gives the cookie.
    pub async fn facilitator(&self, name: &str) -> String {
        let id = self.account(name, Role::Facilitator, &[]).await;
        self.enter(&id).await
    }

    async fn account(&self, name: &str, role: Role, departments: &[&str]) -> AccountId {
        let new = NewAccount {
            id: self.services.ulid().into(),
            email: format!("{name}@exemple.fr"),
            name: name.to_owned(),
            title: String::new(),
            role,
            is_persona: true,
            password: None,
            departments: departments.iter().map(|d| (*d).to_owned()).collect(),
        };
        accounts::add_account(&self.services, new).await.unwrap()
    }

    async fn enter(&self, id: &AccountId) -> String {
        let signed = sessions::sign_in_as_persona(&self.services, id).await.unwrap();
        format!("trame={}", signed.token)
    }

    /// Opens a dossier; gives its id.
    pub async fn open(&self, cookie: &str, structure: &str, kind: &str, nature: &str) -> String {
        let body =
            format!("structure={structure}%2F{kind}&nature={nature}&annee=2027&perimetre=DC");
        let answer = self.post("/dossiers/ouvrir", cookie, &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.location.trim_start_matches("/dossiers/").to_owned()
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap())
            .await
    }

    /// Posts a form.
    pub async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()));
        self.send(request.unwrap()).await
    }

    /// Posts JSON.
    pub async fn post_json(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()));
        self.send(request.unwrap()).await
    }

    /// Posts gestures as the browser programme does.
    pub async fn operations(&self, id: &str, cookie: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(format!("/api/dossiers/{id}/operations"))
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.into());
        self.send(request.unwrap()).await
    }

    /// Writes one answer; gives its outcome.
    pub async fn write(
        &self,
        id: &str,
        cookie: &str,
        field: &str,
        raw: &str,
        seen: u32,
    ) -> Outcome {
        let operation = self.operation(field, raw, seen);
        let answer =
            self.operations(id, cookie, serde_json::to_string(&[operation]).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let kept: app::exchange::Kept = serde_json::from_str(&answer.text).unwrap();
        kept.outcomes.into_iter().next().unwrap()
    }

    pub fn operation(&self, at: &str, raw: &str, seen: u32) -> Operation {
        Operation {
            id: self.services.ulid(),
            at: At::parse(at),
            gesture: Gesture::Write(raw.to_owned()),
            seen,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = |name| {
            parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
        };
        // A stream says its first words, then goes on for as long as somebody listens.
        let bytes = if text(header::CONTENT_TYPE).starts_with("text/event-stream") {
            body.into_data_stream().next().await.unwrap().unwrap()
        } else {
            to_bytes(body, 10_000_000).await.unwrap()
        };
        Answer {
            status: parts.status,
            location: text(header::LOCATION),
            cookie: text(header::SET_COOKIE),
            text: String::from_utf8_lossy(&bytes).into_owned(),
            headers: parts.headers,
        }
    }
}
