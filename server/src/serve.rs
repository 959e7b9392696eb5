//! Serving: opens the store, listens, and stops without losing what is being written.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use ::mail::Smtp;
use identity::OpenId;
use service::{
    Provider, Services, Store, annexes, attachments,
    mail::Outgoing,
    sealing::{self, Key, Signed},
};
use sources::live::{Limits, Live, SetUpError};
use thiserror::Error;
use tokio::{net::TcpListener, signal, sync::watch};

use crate::{
    assets,
    config::Config,
    journal, limits,
    mailing::Mailing,
    spaces::Spaces,
    web::{self, Web},
};

/// Why the server does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The site was not built.
    #[error(
        "le site n'est pas construit dans « {0} » : lancez « make run », ou donnez son dossier par TRAME_SITE"
    )]
    NotBuilt(String),
    /// The address is taken or forbidden.
    #[error("impossible d'écouter sur {0} : {1}. Un autre serveur y est peut-être déjà.")]
    Listen(std::net::SocketAddr, std::io::Error),
    /// A system that is asked cannot be.
    #[error("une source ne peut pas être interrogée : {0}")]
    Source(#[from] SetUpError),
    /// The provider of identities cannot be asked.
    #[error("le fournisseur d'identité ne peut pas être interrogé : {0}")]
    Provider(#[from] identity::SetUpError),
    /// Mail cannot go out.
    #[error("les courriels ne peuvent pas partir : {0}")]
    Mail(#[from] ::mail::SetUpError),
    /// The journals cannot be signed.
    #[error("{0}")]
    Key(String),
    /// Documents cannot be kept.
    #[error("le dossier des pièces jointes « {0} » ne s'ouvre pas : {1}")]
    Files(String, std::io::Error),
    /// The connections broke.
    #[error("le serveur s'est arrêté : {0}")]
    Stopped(std::io::Error),
}

/// The use cases of a configuration.
///
/// # Errors
/// When the folder of documents cannot be made.
pub fn services(config: &Config, store: Arc<dyn Store>) -> Result<Services, ServeError> {
    let folder = || config.files.display().to_string();
    let files = store::files::open(&config.files).map_err(|e| ServeError::Files(folder(), e))?;
    let outgoing = match (config.demo, &config.mail) {
        (true, _) => Outgoing::Shown,
        (false, Some(_)) => Outgoing::Sent,
        (false, None) => Outgoing::Off,
    };
    Ok(Services {
        demo: config.demo,
        largest: config.largest,
        mail: outgoing,
        retention: config.retention.clone(),
        ..Services::new(store, files)
    })
}

/// The same, which also ask other systems what they know.
///
/// # Errors
/// When one of their addresses is none, or the folder of documents cannot be made.
pub fn asking(config: &Config, store: Arc<dyn Store>) -> Result<Services, ServeError> {
    let services = services(config, store)?;
    let proxy = config.proxy.as_deref();
    let live = Live::new(&config.sources, Limits::default(), proxy, &services.clock)?;
    Ok(Services { registers: Arc::new(live), provider: provider(config, &services)?, ..services })
}

/// The provider of identities, if there is one.
///
/// # Errors
/// When one of its addresses is none.
pub fn provider(
    config: &Config,
    services: &Services,
) -> Result<Option<Arc<dyn Provider>>, ServeError> {
    let Some(settings) = config.provider.clone() else { return Ok(None) };
    let clock = Arc::clone(&services.clock);
    let provider = OpenId::new(settings, config.proxy.as_deref(), clock)?;
    Ok(Some(Arc::new(provider)))
}

/// What sends mail, if something does: nothing without the proof that it may leave.
///
/// # Errors
/// When the name of the server cannot be one of a certificate.
pub fn smtp(config: &Config, services: &Services) -> Result<Option<Arc<Smtp>>, ServeError> {
    let Some((real, settings)) = services.real().zip(config.mail.clone()) else { return Ok(None) };
    Ok(Some(Arc::new(Smtp::new(real, settings)?)))
}

/// Serves until the process is asked to stop; then finishes requests and writes.
///
/// # Errors
/// A sentence for who starts it.
pub async fn run(config: &Config, store: Arc<dyn Store>) -> Result<(), ServeError> {
    let site = config.site.display().to_string();
    let assets = assets::find(&config.site).ok_or(ServeError::NotBuilt(site))?;
    let web = Web {
        services: asking(config, Arc::clone(&store))?,
        assets: Arc::new(assets),
        site: config.site.clone(),
        secure: config.secure,
        readings: Arc::default(),
        published: Arc::default(),
        spaces: Arc::new(Spaces::within(config.lab.clone())),
        limits: Arc::new(limits::Limits::new(config.rates.clone())),
        news: Arc::default(),
        client_header: config.client_header.clone(),
        public_url: config.public_url.clone(),
        provider_name: config.provider_name.clone(),
        privacy_contact: config.privacy_contact.clone(),
    };
    if let Ok(labs) = store.labs().await {
        web.spaces.keep_only(&labs, web.services.now()).await;
    }
    let listener =
        TcpListener::bind(config.listen).await.map_err(|e| ServeError::Listen(config.listen, e))?;
    tracing::info!(address = %config.listen, demo = config.demo, "listening");
    tokio::spawn(sweep(web.services.clone()));
    if let Some(key) = journal::key(config).map_err(ServeError::Key)? {
        tokio::spawn(seal(web.services.clone(), key));
    }
    let mailing = Mailing {
        services: web.services.clone(),
        smtp: smtp(config, &web.services)?,
        site: config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen)),
        quiet: config.mail_window,
    };
    let (stop, stopped) = watch::channel(false);
    let mailing = tokio::spawn(mailing.run(stopped));
    println!("Trame est prête : http://{}", config.listen);
    let (news, services) = (Arc::clone(&web.news), web.services.clone());
    let router = web::router(web).into_make_service_with_connect_info::<SocketAddr>();
    let room = Arc::clone(&news);
    // Pages that are told what is new are open for good: they go first.
    let asked = async move {
        asked_to_stop().await;
        room.stop();
    };
    let served = axum::serve(listener, router).with_graceful_shutdown(asked).await;
    news.close(&services).await;
    // What is being sent is sent, and noted, before the store closes.
    stop.send_replace(true);
    drop(mailing.await);
    store.close().await;
    tracing::info!("stopped");
    served.map_err(ServeError::Stopped)
}

/// Each day, removes the bytes that a crash left without a row, and opens the provisional annexes of
/// conventions that go on.
async fn sweep(services: Services) {
    let mut days = tokio::time::interval(Duration::from_hours(24));
    loop {
        days.tick().await;
        match attachments::sweep::sweep(&services).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "bytes that no document names"),
            Err(error) => tracing::warn!(%error, "the files were not swept"),
        }
        match annexes::open_provisional(&services).await {
            Ok(0) => {}
            Ok(opened) => tracing::info!(opened, "provisional annexes"),
            Err(error) => tracing::warn!(%error, "provisional annexes were not all opened"),
        }
    }
}

/// Each hour, seals the journals of the day that is over, unless another server did.
async fn seal(services: Services, key: Key) {
    let mut hours = tokio::time::interval(Duration::from_hours(1));
    loop {
        hours.tick().await;
        match sealing::sign(&services, &key).await {
            Ok(Signed::Sealed(seal)) => tracing::info!(day = %seal.day, "journals sealed"),
            Ok(Signed::Already(_)) => {}
            Err(error) => tracing::warn!(%error, "the journals are not sealed"),
        }
    }
}

async fn asked_to_stop() {
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // Without the signal, only Ctrl-C stops the server.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminated => {}
    }
}
