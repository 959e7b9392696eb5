//! What may befall a store, by the real thing: no root is needed.

use std::{
    fmt,
    fs::{self, File},
    io::{ErrorKind, Write},
    path::PathBuf,
    time::Duration,
};

use sqlx::{Connection as _, SqliteConnection};
use tokio::process::Command;

use crate::{
    Bench,
    process::{self, Server},
    site::Site,
};

/// A database that says nothing is given up after so long only.
pub const FROZEN: Duration = Duration::from_secs(12);

/// What goes wrong.
pub enum Fault {
    /// Somebody holds the file for writing.
    Locked(Option<SqliteConnection>),
    /// The disk is full.
    Full,
    /// The disk refuses to write.
    Broken,
    /// Postgres falls, in this folder.
    Fallen(String),
    /// Postgres stops answering, and breaks no connection.
    Frozen(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Locked(_) => "SQLite, locked",
            Self::Full => "SQLite, disk full",
            Self::Broken => "SQLite, write errors",
            Self::Fallen(_) => "Postgres, fallen",
            Self::Frozen(_) => "Postgres, frozen",
        })
    }
}

impl Fault {
    /// A server that it may befall.
    pub async fn server(&self, site: &Site) -> Bench<Server> {
        let (folder, database) = (site.folder(), &site.database);
        match self {
            Self::Full => {
                // A small disk of its own, which only this process sees.
                let disk = folder.join("disk");
                fs::create_dir_all(&disk)?;
                let shell = format!(
                    "mount -t tmpfs -o size=64m none {0} && cp {1}/trame.db* {0} && exec \"$0\" \"$@\"",
                    disk.display(),
                    folder.display()
                );
                let database = format!("sqlite:{}", disk.join("trame.db").display());
                Server::start_by(&shell, &["unshare", "-rm", "sh"], &database, folder).await
            }
            Self::Broken => {
                let shell = "trap '' XFSZ; exec \"$0\" \"$@\"";
                Server::start_by(shell, &["sh"], database, folder).await
            }
            _ => site.server().await,
        }
    }

    /// It happens.
    pub async fn begin(&mut self, site: &Site, server: &Server) -> Bench<()> {
        match self {
            Self::Locked(holder) => {
                let mut connection = SqliteConnection::connect(&site.database).await?;
                // It has to find a gap between the writes of the server.
                sqlx::query("PRAGMA busy_timeout = 5000").execute(&mut connection).await?;
                sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await?;
                *holder = Some(connection);
                Ok(())
            }
            Self::Full => {
                let mut file = File::create(filler(site, server))?;
                let zeros = vec![0; 1 << 16];
                loop {
                    match file.write(&zeros) {
                        Ok(_) => {}
                        Err(error) if error.kind() == ErrorKind::StorageFull => return Ok(()),
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            // Its log too: nothing beyond the first block of any file.
            Self::Broken => limit(server, "4096:").await,
            Self::Fallen(folder) => script("crash", folder).await,
            Self::Frozen(folder) => signal("-STOP", folder).await,
        }
    }

    /// It is over.
    pub async fn end(&mut self, site: &Site, server: &Server) -> Bench<()> {
        match self {
            Self::Locked(holder) => match holder.take() {
                Some(connection) => Ok(connection.close().await?),
                None => Ok(()),
            },
            Self::Full => Ok(fs::remove_file(filler(site, server))?),
            Self::Broken => limit(server, "unlimited:").await,
            Self::Fallen(folder) => script("wake", folder).await,
            Self::Frozen(folder) => signal("-CONT", folder).await,
        }
    }

    /// Whether what is there can be read meanwhile.
    pub fn is_read(&self) -> bool {
        matches!(self, Self::Locked(_) | Self::Full | Self::Broken)
    }

    /// Whether nothing at all is written meanwhile. On a full disk a page or two still find room in the
    /// log that is there.
    pub fn stops_every_write(&self) -> bool {
        !matches!(self, Self::Full)
    }

    /// Brings into safety what would go with the server.
    pub fn keep(&self, site: &mut Site, server: &Server) -> Bench<()> {
        if matches!(self, Self::Full) {
            let kept = site.folder().join("kept.db");
            for end in ["", "-wal"] {
                let from = disk(site, server).join(format!("trame.db{end}"));
                fs::copy(from, format!("{}{end}", kept.display()))?;
            }
            site.database = format!("sqlite:{}", kept.display());
        }
        Ok(())
    }
}

/// The disk of the server, as seen from here.
fn disk(site: &Site, server: &Server) -> PathBuf {
    let inside = site.folder().join("disk");
    let root = PathBuf::from(format!("/proc/{}/root", server.number()));
    root.join(inside.strip_prefix("/").unwrap_or(&inside))
}

fn filler(site: &Site, server: &Server) -> PathBuf {
    disk(site, server).join("filler")
}

/// Longest file that the server may write.
async fn limit(server: &Server, bytes: &str) -> Bench<()> {
    let (pid, bytes) = (format!("--pid={}", server.number()), format!("--fsize={bytes}"));
    done(Command::new("prlimit").args([pid, bytes])).await
}

async fn script(word: &str, folder: &str) -> Bench<()> {
    done(Command::new(process::root()?.join("scripts/postgres")).args([word, folder])).await
}

/// To the server of this folder, and to what serves each connection.
async fn signal(signal: &str, folder: &str) -> Bench<()> {
    let pids = fs::read_to_string(format!("{folder}/data/postmaster.pid"))?;
    let first = pids.lines().next().ok_or("no postmaster")?;
    let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children"))?;
    done(Command::new("kill").arg(signal).arg(first).args(children.split_whitespace())).await
}

async fn done(command: &mut Command) -> Bench<()> {
    let status = command.status().await?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}").into()) }
}
