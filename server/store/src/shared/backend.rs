//! A store on one of the databases. `super` says which: its `Db`, `BEGIN`, `lock`, and the macros
//! `each!` and `each_text!`.

mod accounts;
mod allotments;
mod annexes;
mod attachments;
mod audits;
mod commissions;
mod conventions;
mod counters;
mod coverage;
mod desks;
mod dossiers;
mod envelopes;
mod findings;
mod follow_ups;
mod forms;
mod identities;
mod instruction;
mod labs;
mod lenses;
mod mails;
mod notices;
pub(crate) mod personal;
mod presence;
mod register;
mod retention;
mod returned;
mod saving;
mod seals;
mod second_factors;
mod sessions;
mod sharing;
mod studio;
mod teams;
pub(crate) mod worklist;
mod writing;

use std::sync::Arc;

use async_trait::async_trait;
use dossier::id::DossierId;
use service::{
    DossierHead, Millis,
    account::{Person, WebSession},
    ports::{Store, Stored},
    presence::{Here, Present},
    saving::{Decision, Save},
};
use sqlx::Pool;

use super::{BEGIN, Db, EACH_TEXT, lock};
use crate::{error::stored, gather::Gatherer};

type Connection = <Db as sqlx::Database>::Connection;

/// Connections, and the queues of what every request asks.
pub(crate) struct Backend {
    known: Arc<forms::Known>,
    read: Pool<Db>,
    write: Pool<Db>,
    saves: Gatherer<Save, Option<Decision>>,
    heads: Gatherer<DossierId, Option<DossierHead>>,
    sessions: Gatherer<String, Option<(WebSession, Person)>>,
    touches: Gatherer<(String, Millis), ()>,
    pings: Gatherer<(), ()>,
    arrivals: Gatherer<Here, Vec<Present>>,
}

impl Backend {
    /// A store that reads and writes through these connections.
    pub(crate) fn new(read: Pool<Db>, write: Pool<Db>) -> Self {
        let known = Arc::<forms::Known>::default();
        let writer =
            saving::Saver { write: write.clone(), read: read.clone(), known: Arc::clone(&known) };
        let saves = Gatherer::start(move |saves| {
            let writer = writer.clone();
            async move { writer.write(&saves).await.map_err(stored) }
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
        let pool = write.clone();
        let touches = Gatherer::start(move |touches| {
            let pool = pool.clone();
            async move { sessions::touch(&pool, &touches).await.map_err(stored) }
        });
        let pools = (read.clone(), write.clone());
        let pings = Gatherer::start(move |asked: Vec<()>| {
            let (read, write) = pools.clone();
            async move { ping(&read, &write).await.map(|()| asked).map_err(stored) }
        });
        let pools = (read.clone(), write.clone());
        let arrivals = Gatherer::start(move |pages| {
            let (read, write) = pools.clone();
            async move { presence::arrive(&read, &write, &pages).await.map_err(stored) }
        });
        Self { known, read, write, saves, heads, sessions, touches, pings, arrivals }
    }
}

/// Reads, and writes as a save does: a disk that is full or a lock that is held shows in no read.
async fn ping(read: &Pool<Db>, write: &Pool<Db>) -> sqlx::Result<()> {
    sqlx::query("SELECT 1").execute(read).await?;
    let mut tx = write.begin_with(BEGIN).await?;
    sqlx::query(
        "INSERT INTO counter (series, value) VALUES ('ping', 1)
         ON CONFLICT (series) DO UPDATE SET value = counter.value + 1",
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

#[async_trait]
impl Store for Backend {
    async fn ping(&self) -> Stored<()> {
        self.pings.ask(()).await
    }

    async fn close(&self) {
        self.saves.close().await;
        self.heads.close().await;
        self.sessions.close().await;
        self.touches.close().await;
        self.pings.close().await;
        self.arrivals.close().await;
        self.read.close().await;
        self.write.close().await;
    }
}
