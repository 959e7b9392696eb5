//! Processes: the server as a child, and what the system says of it.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::process::{Child, Command};

use crate::{
    Bench,
    client::{Connection, get},
    outside,
};

/// A tick of `/proc/PID/stat`: Linux shows hundredths of a second whatever the kernel counts.
const TICK: Duration = Duration::from_millis(10);
/// The server should be there by then.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which process, or processes that serve together.
#[derive(Clone, Debug)]
pub struct Pid(Vec<String>);

impl Pid {
    /// This one.
    pub fn ours() -> Self {
        Self(vec!["self".to_owned()])
    }

    /// These together, by their numbers.
    pub fn together(pids: &[&str]) -> Self {
        Self(pids.iter().map(ToString::to_string).collect())
    }

    /// Processor time since it started, of all its threads, in it and in the system for it.
    pub fn cpu(&self) -> Bench<Duration> {
        let mut ticks = 0;
        for pid in &self.0 {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
            // The name may hold anything, and stands in parentheses.
            let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
            let both = after.split_whitespace().skip(11).take(2).map(str::parse::<u32>);
            ticks += both.sum::<Result<u32, _>>()?;
        }
        Ok(TICK * ticks)
    }

    /// Memory: its own, and its part of what it shares, in kilobytes.
    pub fn pss(&self) -> Bench<u32> {
        let mut kilobytes = 0;
        for pid in &self.0 {
            let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
            let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
            let number = line.and_then(|line| line.split_whitespace().next());
            kilobytes += number.ok_or("no Pss in smaps_rollup")?.parse::<u32>()?;
        }
        Ok(kilobytes)
    }
}

/// A server in a process of its own; killed when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts the released server, and waits for it. What it logs goes to that folder.
    pub async fn start(database: &str, folder: &Path) -> Bench<Self> {
        Self::start_by("exec \"$0\" \"$@\"", &["sh"], database, folder).await
    }

    /// The same by a shell, which another programme may start: its text ends by `exec "$0" "$@"`.
    pub async fn start_by(shell: &str, by: &[&str], database: &str, folder: &Path) -> Bench<Self> {
        let programme = beside_us("server")?;
        if !programme.exists() {
            return Err("no server beside the bench: cargo build --release -p server".into());
        }
        let address = free_address()?;
        let (first, others) = by.split_first().ok_or("no shell")?;
        let mut command = Command::new(first);
        command
            .args(others)
            .args(["-c", shell])
            .arg(programme)
            .arg("serve")
            .env_remove("TRAME_CONFIG")
            .env("TRAME_LISTEN", address.to_string())
            .env("TRAME_DATABASE", database)
            .env("TRAME_DEMO", "true")
            .env("TRAME_SITE", folder.join("site"))
            .env("TRAME_SECURE", "false")
            .env("TRAME_LOG", "info")
            .stderr(File::create(folder.join("server.log"))?);
        Self::wait(command, address, "/healthz").await
    }

    /// Starts a command that will listen there, and waits for its first 200.
    pub async fn wait(mut command: Command, address: SocketAddr, path: &str) -> Bench<Self> {
        let began = outside::now();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn()?;
        let request = get(path, "", "");
        loop {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.ask(&request).await?.status == 200
            {
                return Ok(Self { child, address, started_in: began.elapsed() });
            }
            if let Some(status) = child.try_wait()? {
                return Err(format!("the server stopped at once: {status}").into());
            }
            if began.elapsed() > PATIENCE {
                return Err("the server does not answer".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Its process.
    pub fn pid(&self) -> Pid {
        Pid(vec![self.number().to_string()])
    }

    /// The number of its process.
    pub fn number(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// Kills it, as a crash would: whatever it said is kept must be.
    pub async fn kill(mut self) -> Bench<()> {
        Ok(self.child.kill().await?)
    }
}

/// A programme of the same build.
fn beside_us(name: &str) -> Bench<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// The folder of the project.
pub fn root() -> Bench<PathBuf> {
    Ok(target()?.parent().ok_or("the build folder is in nothing")?.to_owned())
}

/// The folder of builds.
pub fn target() -> Bench<PathBuf> {
    let us = std::env::current_exe()?;
    Ok(us.ancestors().nth(2).ok_or("the bench is not in a build folder")?.to_owned())
}

/// A free port of this machine.
pub fn free_address() -> Bench<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
