//! The floor: a server that says hello and does nothing else, built with the same tools.

use std::{net::SocketAddr, path::Path};

use axum::{Router, routing::get as on_get};
use tokio::{net::TcpListener, process::Command};

use crate::{
    Bench,
    client::{Connection, get},
    load::{self, Lane, Measured},
    process::{Server, free_address},
    report::{Report, Row},
};

/// The word that makes this programme the bare server; its address follows.
pub const SERVE: &str = "floor-server";

/// Serves, as the real server does: two workers.
pub fn serve() -> Bench<()> {
    let address: SocketAddr = std::env::args().nth(2).ok_or("no address")?.parse()?;
    let workers =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    workers.block_on(async {
        let router = Router::new().route("/", on_get(|| async { "hello" }));
        Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
    })
}

/// Asks for the same page again and again.
pub struct Reader {
    connection: Connection,
    request: Vec<u8>,
    /// What the page must hold.
    token: Vec<u8>,
    /// Bytes of the last answer.
    pub bytes: usize,
}

impl Reader {
    /// A reader who expects this text in what is read; nothing is looked for when it is empty.
    pub async fn new(address: SocketAddr, request: Vec<u8>, token: &str) -> Bench<Self> {
        let connection = Connection::open(address).await?;
        Ok(Self { connection, request, token: token.as_bytes().to_vec(), bytes: 0 })
    }
}

impl Lane for Reader {
    async fn once(&mut self) -> Bench<()> {
        let answer = self.connection.ask(&self.request).await?;
        // The last kilobytes only: a search over the whole page would be most of our own work.
        let end = &answer.body[answer.body.len().saturating_sub(64)..];
        let fits = self.token.is_empty() || end.windows(self.token.len()).any(|w| w == self.token);
        if answer.status != 200 || !fits {
            let text = String::from_utf8_lossy(answer.body);
            return Err(format!("{}: {}", answer.status, text).into());
        }
        self.bytes = answer.body.len();
        Ok(())
    }
}

async fn hello() -> Bench<Measured> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args([Path::new(SERVE).as_os_str(), address.to_string().as_ref()]);
    let server = Server::wait(command, address, "/").await?;
    let mut readers = Vec::new();
    for _ in 0..8 {
        readers.push(Reader::new(address, get("/", "", ""), "hello").await?);
    }
    let measured = load::run(&mut readers, &server.pid()).await?;
    server.kill().await?;
    Ok(measured)
}

/// Measures it.
pub async fn run(report: &mut Report) -> Bench<()> {
    let measured = hello().await?;
    report.hello = measured.cpu;
    report.add(Row::load("floor: bare axum, hello, 8 connections", measured));
    Ok(())
}

/// Measures it again, at the end.
pub async fn again(report: &mut Report) -> Bench<()> {
    let measured = hello().await?;
    let first = report.hello;
    let row = Row::load("floor again: the machine as it was at first", measured);
    report.add(row.beside("hello", first));
    Ok(())
}
