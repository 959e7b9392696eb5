//! Pages and calls over HTTP: who is it, call the use case, map the error.

mod access;
mod again;
mod allotting;
mod annex;
mod annexes;
mod answer;
mod asked;
mod attachments;
mod commission;
mod connections;
mod convention;
mod coverage;
mod deposits;
mod dossiers;
mod draft_file;
mod envelopes;
mod federation;
mod files;
mod follow_up;
mod form_change;
mod guard;
mod health;
mod history;
mod instruction;
mod labs;
mod leave;
mod limits;
mod mail;
mod news;
mod operations;
mod personal;
mod prepared;
mod presence;
mod published;
mod qr;
mod readings;
mod reopening;
mod retention;
mod seal;
mod second_factor;
mod sharing;
mod sign_in;
mod sources;
mod steps;
mod studio;
mod team;
mod views;
mod worklist;

use std::{path::PathBuf, sync::Arc, time::Duration};

pub use self::{prepared::Readings, published::Published};

use app::shell::Assets;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use service::Services;

use crate::{limits::Limits, news::Newsroom, spaces::Spaces};
use tower_http::{CompressionLevel, compression::CompressionLayer, timeout::TimeoutLayer};

/// Longest body of a post, in bytes; documents have their own route.
const BODY_LIMIT: usize = 512 * 1024;

/// Longest time that sending a document may take: 20 MB on a line of 150 kbit/s.
const UPLOAD_TIME: Duration = Duration::from_mins(20);

/// What every handler works with.
#[derive(Clone)]
pub struct Web {
    /// The use cases.
    pub services: Services,
    /// Addresses of the built files.
    pub assets: Arc<Assets>,
    /// Folder of the built site.
    pub site: PathBuf,
    /// Whether cookies are for HTTPS only.
    pub secure: bool,
    /// Drafts and deposits read last.
    pub readings: Arc<Readings>,
    /// Forms as the browser reads them.
    pub published: Arc<Published>,
    /// The spaces of the open lab.
    pub spaces: Arc<Spaces>,
    /// What was asked how often.
    pub limits: Arc<Limits>,
    /// Who has a deposited dossier open, and is told what is new there.
    pub news: Arc<Newsroom>,
    /// The header in which a trusted proxy says where a request comes from.
    pub client_header: Option<String>,
    /// Address of the site, as people reach it; without one, as they say that they reach it.
    pub public_url: Option<String>,
    /// What the provider of identities is called.
    pub provider_name: String,
    /// Where people ask for their data to be corrected or erased; empty when nobody is named.
    pub privacy_contact: String,
}

impl Web {
    /// Whether this is the site of a space of the open lab.
    pub fn is_space(&self) -> bool {
        self.services.variant.is_some()
    }
}

/// Pages of accounts: those of the main site, never of a space.
fn accounts() -> Router<Web> {
    Router::new()
        .route("/connexion/proconnect", get(federation::go))
        .route("/connexion/retour", get(federation::back))
        .route("/connexion/code", post(second_factor::finish))
        .route("/connexions/code", get(second_factor::page).post(second_factor::change))
        .route("/connexions", get(connections::page).post(connections::end))
        .route("/preferences", get(mail::page).post(mail::choose))
        .route("/desabonnement/{ticket}", get(mail::ask_off).post(mail::turn))
        .route("/courriels", get(mail::outbox))
        .route("/courriels/{id}", get(mail::message))
        .route("/mes-donnees", get(personal::page))
        .route("/mes-donnees/fichier", get(personal::file))
        .route("/conservation", get(retention::page))
        .route("/sceau.json", get(seal::last))
        .route("/equipe", get(team::page))
        .route("/equipe/invitations", post(team::invite))
        .route("/equipe/invitations/{id}/reprise", post(team::revoke))
        .route("/equipe/demandes", post(team::answer))
        .route("/equipe/retrait", post(team::take_out))
        .route("/rejoindre/{token}", get(team::invitation).post(team::join))
}

/// What an agent reads, writes and lists.
fn instructing() -> Router<Web> {
    Router::new()
        .route("/dossiers/{id}/instruction", get(instruction::page))
        .route("/dossiers/{id}/signaux/{signal}", post(instruction::weighing::weigh))
        .route(
            "/dossiers/{id}/regards",
            get(instruction::composing::page).post(instruction::composing::compose),
        )
        .route(
            "/dossiers/{id}/regards/{lens}",
            get(instruction::composing::one).post(instruction::composing::change),
        )
        .route("/dossiers/{id}/comparer", get(instruction::comparing::page))
        .route("/dossiers/{id}/actes", post(instruction::act))
        .route("/dossiers/{id}/notes", post(instruction::noting::write))
        .route("/dossiers/{id}/notes/{note}/reponses", post(instruction::noting::answer))
        .route("/dossiers/{id}/notes/{note}/reglee", post(instruction::noting::settle))
        .route("/dossiers/{id}/notes/{note}/bloquante", post(instruction::noting::block))
        .route("/dossiers/{id}/notes/{note}/proposition", post(instruction::noting::choose))
        .route("/dossiers/{id}/fiche-de-suivi", get(follow_up::page).post(follow_up::leave))
        .route("/dossiers/{id}/fiche-de-suivi/commentaires", post(follow_up::comment))
        .route("/dossiers/{id}/brouillons", post(instruction::unposted::clear))
        .route("/api/dossiers/{id}/brouillons", post(instruction::unposted::keep))
        .route("/dossiers/{id}/vu", post(instruction::seeing::see))
        .route("/territoire", get(worklist::page))
        .route("/territoire/vues", post(views::change))
        .route("/territoire/absences", get(leave::page).post(leave::change))
        .route("/territoire/suivi", post(worklist::follow))
        .route("/territoire/suivi/annuler", post(worklist::undo))
}

/// The whole site.
pub fn router(web: Web) -> Router {
    let pages = Router::new()
        .route("/", get(dossiers::entrance))
        .route("/connexion", get(sign_in::page).post(sign_in::by_password))
        .route("/connexion/demonstration", post(sign_in::as_persona))
        .route("/deconnexion", post(sign_in::out))
        .route("/dossiers", get(dossiers::home))
        .route("/dossiers/ouvrir", get(dossiers::opening).post(dossiers::open))
        .route("/dossiers/{id}", get(dossiers::dossier))
        .route("/dossiers/{id}/etapes/{section}", get(steps::page).post(steps::post))
        .route("/dossiers/{id}/brouillon.json", get(draft_file::download))
        .route(
            "/dossiers/{id}/brouillon",
            post(draft_file::open).layer(DefaultBodyLimit::max(draft_file::BODY_LIMIT)),
        )
        .route("/dossiers/{id}/historique", get(history::page).post(history::restore))
        .route("/dossiers/{id}/document", get(attachments::page))
        .route("/dossiers/{id}/document/choix", post(attachments::choose))
        .route("/dossiers/{id}/document/retrait", post(attachments::remove))
        .route("/dossiers/{id}/formulaire", get(form_change::page).post(form_change::follow))
        .route("/dossiers/{id}/sources", get(sources::page).post(sources::post))
        .route("/dossiers/{id}/sources/etape", get(sources::beside))
        .route("/dossiers/{id}/recapitulatif", get(deposits::recap))
        .route("/dossiers/{id}/depots", post(deposits::deposit))
        .route("/dossiers/{id}/depots/{ordinal}", get(deposits::receipt))
        .route("/dossiers/{id}/retrait", post(deposits::withdraw))
        .route("/dossiers/{id}/annexe", get(annex::page).post(annex::sign))
        .route("/dossiers/{id}/convention", get(convention::page).post(convention::act))
        .route("/dossiers/{id}/questions", get(asked::page))
        .route("/dossiers/{id}/lectures", get(readings::page))
        .route("/dossiers/{id}/reouverture", get(reopening::page).post(reopening::open))
        .route("/dossiers/{id}/partage", get(sharing::page).post(sharing::give))
        .route("/dossiers/{id}/partage/{share}/reprise", post(sharing::take_back))
        .route("/invitation/{token}", get(sharing::invitation).post(sharing::come))
        .route("/couverture", get(coverage::page))
        .route("/couverture.csv", get(coverage::csv))
        .route("/api/moi", get(operations::who))
        .route("/api/dossiers/{id}/operations", post(operations::save))
        .route("/api/dossiers/{id}/presence", post(presence::beat))
        .merge(instructing());
    // A space knows nothing of sessions, nor of accounts, nor of money, nor of the commission.
    let outside = || {
        let of_money = envelopes::routes().merge(allotting::routes()).merge(annexes::routes());
        let of_state = of_money.merge(commission::routes());
        labs::routes().merge(studio::routes()).merge(accounts()).merge(of_state)
    };
    let pages = if web.is_space() { pages } else { pages.merge(outside()) };
    let pages = pages
        .layer(middleware::from_fn_with_state(web.clone(), news::after_writing))
        .layer(middleware::from_fn(again::keep))
        .layer(middleware::from_fn(guard::same_origin))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(20),
        ))
        // Pages are made for one person and one moment: what a slower level saves in bytes, it costs
        // many times over in processor.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    // Counted as they come, and never held whole.
    let uploads = Router::new()
        .route("/dossiers/{id}/document", post(attachments::attach))
        .layer(middleware::from_fn(guard::same_origin))
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, UPLOAD_TIME));
    let site = Router::new()
        .merge(pages)
        .merge(uploads)
        .route("/documents/{id}", get(attachments::read))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/pkg/{file}", get(files::built))
        .merge(published::route())
        .route("/{file}", get(files::public))
        .fallback(answer::nowhere);
    let site = if web.is_space() {
        site
    } else {
        // Without end, so without a limit of time; and never gathered to be compressed.
        let site = site.route("/api/dossiers/{id}/nouvelles", get(news::stream));
        labs::behind_the_door(site, &web)
            .layer(middleware::from_fn_with_state(web.clone(), limits::count))
    };
    site.layer(middleware::from_fn_with_state(web.clone(), answer::dress))
        .layer(middleware::from_fn(guard::headers))
        .with_state(web)
}
