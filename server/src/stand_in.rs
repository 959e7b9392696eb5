//! Plays the systems that are asked, about the structures of the demonstration: the JSON they
//! document, and every way they have of going wrong. Never on the way of real data.

mod body;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use demo::{Profile, structures};
use serde_json::{Value, json};
use tokio::{net::TcpListener, time};

/// How a system behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As documented.
    #[default]
    Well,
    /// Ten seconds late.
    Slow,
    /// Answers 500.
    Failing,
    /// Cuts its JSON off.
    Garbled,
    /// Sends far more than anybody reads.
    Huge,
    /// Answers 429, and when to come back.
    Busy,
    /// Answers about another establishment.
    Elsewhere,
    /// Says that the establishment is closed.
    Closed,
    /// Says nothing of a person who asked for it.
    Masked,
    /// Says that the structure moved and changed its name.
    Moved,
    /// Knows nobody.
    Unknown,
}

impl Mode {
    /// Every mode with its name on the command line.
    const NAMES: [(&'static str, Self); 11] = [
        ("normal", Self::Well),
        ("lent", Self::Slow),
        ("panne", Self::Failing),
        ("illisible", Self::Garbled),
        ("enorme", Self::Huge),
        ("sature", Self::Busy),
        ("autre", Self::Elsewhere),
        ("ferme", Self::Closed),
        ("masque", Self::Masked),
        ("demenage", Self::Moved),
        ("inconnu", Self::Unknown),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, mode)| *mode)
    }
}

/// A system that is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    /// API Recherche d'entreprises, under `/registre`.
    Register,
    /// Geocoding of the Géoplateforme, under `/adresse`.
    Address,
    /// Les emplois de l'inclusion, under `/emplois`.
    Emplois,
}

impl System {
    fn named(name: &str) -> Option<Self> {
        match name {
            "registre" => Some(Self::Register),
            "adresse" => Some(Self::Address),
            "emplois" => Some(Self::Emplois),
            _ => None,
        }
    }
}

/// The systems, and how each behaves now.
#[derive(Clone, Default)]
pub struct StandIn {
    now: Arc<Mutex<BTreeMap<System, (Mode, u32)>>>,
    structures: Arc<Vec<Profile>>,
}

impl StandIn {
    /// Everything works.
    pub fn new() -> Self {
        Self { now: Arc::default(), structures: Arc::new(structures::all()) }
    }

    /// Changes how a system behaves.
    pub fn set(&self, system: System, mode: Mode) {
        if let Ok(mut now) = self.now.lock() {
            now.entry(system).or_default().0 = mode;
        }
    }

    /// How often a system was asked.
    pub fn asked(&self, system: System) -> u32 {
        self.now.lock().ok().and_then(|now| now.get(&system).map(|(_, asked)| *asked)).unwrap_or(0)
    }

    fn hear(&self, system: System) -> Mode {
        let Ok(mut now) = self.now.lock() else { return Mode::default() };
        let (mode, asked) = now.entry(system).or_default();
        *asked += 1;
        *mode
    }

    /// The systems over HTTP.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(help))
            .route("/registre/search", get(register))
            .route("/adresse/search/", get(address))
            .route("/emplois/api/v1/siaes/", get(emplois))
            .route("/reglages/{system}/{mode}", post(change))
            .with_state(self)
    }
}

/// Serves until the process ends.
///
/// # Errors
/// A sentence for who typed it.
pub async fn serve(listen: SocketAddr, modes: &[String]) -> Result<(), String> {
    let stand_in = StandIn::new();
    for said in modes {
        let known = said
            .split_once('=')
            .and_then(|(system, mode)| Some((System::named(system)?, Mode::named(mode)?)));
        let (system, mode) =
            known.ok_or_else(|| format!("« {said} » ne convient pas ; {}", usage()))?;
        stand_in.set(system, mode);
    }
    let taken = |error| format!("impossible d'écouter sur {listen} : {error}");
    let listener = TcpListener::bind(listen).await.map_err(taken)?;
    println!("Les services extérieurs sont joués sur http://{listen}");
    axum::serve(listener, stand_in.router()).await.map_err(|error| error.to_string())
}

fn usage() -> String {
    let modes = Mode::NAMES.map(|(name, _)| name).join(", ");
    format!("les systèmes sont registre, adresse et emplois, les modes {modes}")
}

async fn help() -> String {
    format!("POST /reglages/SYSTÈME/MODE change un comportement : {}.\n", usage())
}

async fn change(
    State(stand_in): State<StandIn>,
    Path((system, mode)): Path<(String, String)>,
) -> Response {
    let (Some(system), Some(mode)) = (System::named(&system), Mode::named(&mode)) else {
        return (StatusCode::NOT_FOUND, format!("{}\n", usage())).into_response();
    };
    stand_in.set(system, mode);
    StatusCode::NO_CONTENT.into_response()
}

async fn register(
    State(stand_in): State<StandIn>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let mode = stand_in.hear(System::Register);
    let q = query.get("q").map(String::as_str).unwrap_or_default();
    let profile = stand_in.structures.iter().find(|profile| profile.siret == q);
    let profile = match mode {
        Mode::Unknown => None,
        // Another one of ours, whoever is asked about.
        Mode::Elsewhere => stand_in.structures.iter().find(|profile| profile.siret != q),
        _ => profile,
    };
    let results = profile.map(|profile| body::company(profile, mode));
    let results: Vec<Value> = results.into_iter().collect();
    let count = results.len();
    answer(
        mode,
        &json!({
            "results": results, "total_results": count, "page": 1, "per_page": 1, "total_pages": count
        }),
    )
    .await
}

async fn address(
    State(stand_in): State<StandIn>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let mode = stand_in.hear(System::Address);
    let text = |key: &str| query.get(key).map(String::as_str).unwrap_or_default();
    let features = match mode {
        Mode::Unknown => Vec::new(),
        _ => body::features(text("q"), text("postcode"), mode),
    };
    answer(mode, &json!({ "type": "FeatureCollection", "features": features })).await
}

async fn emplois(
    State(stand_in): State<StandIn>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let mode = stand_in.hear(System::Emplois);
    let text = |key: &str| query.get(key).map(String::as_str).unwrap_or_default();
    let number =
        |key: &str, other| text(key).parse::<usize>().ok().filter(|n| *n > 0).unwrap_or(other);
    let department = text("departement");
    let mut here: Vec<&Profile> =
        stand_in.structures.iter().filter(|one| one.department.code == department).collect();
    here.sort_by_key(|profile| &profile.siret);
    if mode == Mode::Unknown {
        here.clear();
    }
    let (size, page) = (number("page_size", 20), number("page", 1));
    let count = here.len();
    let shown = here.into_iter().skip(size.saturating_mul(page - 1)).take(size);
    let results: Vec<Value> = shown.map(|profile| body::siae(profile, mode)).collect();
    let goes_on = size.saturating_mul(page) < count;
    let next = goes_on.then(|| format!("/emplois/api/v1/siaes/?page={}", page + 1));
    answer(mode, &json!({ "count": count, "next": next, "previous": null, "results": results }))
        .await
}

/// A body in the way of a mode.
async fn answer(mode: Mode, body: &Value) -> Response {
    let text = body.to_string();
    let json = [(header::CONTENT_TYPE, "application/json")];
    match mode {
        Mode::Slow => time::sleep(Duration::from_secs(10)).await,
        Mode::Failing => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Mode::Busy => {
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "30")]).into_response();
        }
        Mode::Garbled => {
            let half: String = text.chars().take(text.chars().count() / 2).collect();
            return (json, half).into_response();
        }
        Mode::Huge => {
            let filler =
                Body::from(format!("{{\"results\":[],\"x\":\"{}\"}}", "x".repeat(8 << 20)));
            return (json, filler).into_response();
        }
        _ => {}
    }
    (json, text).into_response()
}
