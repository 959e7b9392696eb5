//! A store on one of the databases. `super` says which: its `Db`, `BEGIN`, `lock`, and the macros
//! `each!` and `each_text!`.

mod accounts;
mod dossiers;
mod presence;
mod saving;
mod sessions;
mod sharing;
mod writing;

use async_trait::async_trait;
use dossier::id::DossierId;
use service::{
    DossierHead,
    account::{Person, WebSession},
    ports::{Store, Stored},
    presence::{Here, Present},
    saving::{Decision, Save},
};
use sqlx::Pool;

use super::{BEGIN, Db, lock};
use crate::{error::stored, gather::Gatherer};

type Connection = <Db as sqlx::Database>::Connection;

/// Connections, and the queues of what every request asks.
pub(crate) struct Backend {
    read: Pool<Db>,
    write: Pool<Db>,
    saves: Gatherer<Save, Option<Decision>>,
    heads: Gatherer<DossierId, Option<DossierHead>>,
    sessions: Gatherer<String, Option<(WebSession, Person)>>,
    arrivals: Gatherer<Here, Vec<Present>>,
}

impl Backend {
    /// A store that reads and writes through these connections.
    pub(crate) fn new(read: Pool<Db>, write: Pool<Db>) -> Self {
        let pool = write.clone();
        let saves = Gatherer::start(move |saves| {
            let pool = pool.clone();
            async move { saving::write(&pool, &saves).await.map_err(stored) }
        });
        let pool = read.clone();
        let heads = Gatherer::start(move |ids| {
            let pool = pool.clone();
            async move { dossiers::heads(&pool, &ids).await.map_err(stored) }
        });
        let pool = read.clone();
        let sessions = Gatherer::start(move |hashes| {
            let pool = pool.clone();
            async move { sessions::sessions(&pool, &hashes).await.map_err(stored) }
        });
        let pools = (read.clone(), write.clone());
        let arrivals = Gatherer::start(move |pages| {
            let (read, write) = pools.clone();
            async move { presence::arrive(&read, &write, &pages).await.map_err(stored) }
        });
        Self { read, write, saves, heads, sessions, arrivals }
    }
}

#[async_trait]
impl Store for Backend {
    async fn ping(&self) -> Stored<()> {
        sqlx::query("SELECT 1").execute(&self.read).await.map_err(stored)?;
        Ok(())
    }

    async fn close(&self) {
        self.saves.close().await;
        self.heads.close().await;
        self.sessions.close().await;
        self.arrivals.close().await;
        self.read.close().await;
        self.write.close().await;
    }
}
