//! Killing the server while people write, again and again: what it acknowledged is there, and what it
//! was about to say is there once or not at all, however often it is sent.

use std::time::Duration;

use futures::future::try_join_all;

use crate::{
    Bench, outside,
    save::{self, Saver},
    site::Site,
};

/// What the command line says for it.
pub const WORD: &str = "torture";

/// People who write at once.
const PEOPLE: usize = 16;
/// Shortest life of a server, in milliseconds, once it answers.
const SHORTEST: u64 = 5;
/// How much longer lives may be: each another, the same at every run.
const SPREAD: u64 = 211;

/// So many lives on each database there is.
pub async fn run(lives: u64) -> Bench<()> {
    torture("SQLite", &Site::on_sqlite().await?, lives).await?;
    match outside::postgres_url() {
        Some(url) => torture("Postgres", &Site::on_postgres(&url).await?, lives).await,
        None => Ok(()),
    }
}

async fn torture(name: &str, site: &Site, lives: u64) -> Bench<()> {
    let mut writings = save::writings(site, PEOPLE).await?;
    let (mut kept, mut again) = (0, 0);
    for life in 0..lives {
        again += writings.iter().filter(|writing| writing.flies()).count();
        let server = site.server().await?;
        let mut savers = Vec::new();
        for writing in writings.drain(..) {
            savers.push(Saver::new(server.address, writing).await?);
        }
        let killing = async {
            tokio::time::sleep(Duration::from_millis(SHORTEST + life * 37 % SPREAD)).await;
            server.kill().await
        };
        let writing = try_join_all(savers.iter_mut().map(Saver::until_cut));
        let (counts, ()) = tokio::try_join!(writing, killing)?;
        kept += counts.into_iter().sum::<u64>();
        writings.extend(savers.into_iter().map(|saver| saver.writing));
        save::reread(site, writings.iter()).await.map_err(|e| format!("life {life}: {e}"))?;
    }
    println!(
        "{name}: killed {lives} times, {kept} answers acknowledged and found again, {again} sent again"
    );
    Ok(())
}
