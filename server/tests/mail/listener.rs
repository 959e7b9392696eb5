//! A server that speaks SMTP over TCP as RFC 5321 has it, keeps what it takes, and misbehaves on demand.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How it behaves towards one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// Answers this instead of taking the reader.
    Refuses(&'static str),
    /// Hangs up instead of taking the reader.
    HangsUp,
    /// Takes the message, and hangs up before it says so.
    TakesAndHangsUp,
    /// Takes its time before it says that it took it.
    Slow(Duration),
    /// Asks for a login that nobody has.
    WantsLogin,
}

/// A message that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

impl Taken {
    /// A header, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.data.split("\r\n\r\n").next()?;
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        head.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }
}

#[derive(Default)]
struct State {
    moods: VecDeque<Mood>,
    taken: Vec<Taken>,
}

/// The server; it stops when this is dropped.
pub struct Listener {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Listener {
    pub async fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::on(socket, Arc::default())
    }

    fn on(socket: TcpListener, state: Arc<Mutex<State>>) -> Self {
        let address = socket.local_addr().unwrap();
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = socket.accept().await else { return };
                let state = Arc::clone(&shared);
                tokio::spawn(async move { drop(talk(stream, &state).await) });
            }
        });
        Self { address, state, task }
    }

    /// How it behaves towards the next messages, in order; then it takes everything.
    pub fn will(&self, moods: &[Mood]) {
        self.state.lock().unwrap().moods = moods.iter().copied().collect();
    }

    /// What it took, in order.
    pub fn taken(&self) -> Vec<Taken> {
        self.state.lock().unwrap().taken.clone()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn talk(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut from, mut to, mut mood) = (String::new(), Vec::new(), Mood::Takes);
    say(&mut stream, "220 essai ESMTP").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end().to_owned();
        match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => say(&mut stream, "250-essai\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
            "MAIL" => {
                mood = state.lock().unwrap().moods.pop_front().unwrap_or(Mood::Takes);
                from = address(&line);
                to.clear();
                match mood {
                    Mood::WantsLogin => {
                        say(&mut stream, "530 5.7.0 Authentication required").await?;
                    }
                    _ => say(&mut stream, "250 ok").await?,
                }
            }
            "RCPT" => match mood {
                Mood::HangsUp => return Ok(()),
                Mood::Refuses(answer) => say(&mut stream, answer).await?,
                _ => {
                    to.push(address(&line));
                    say(&mut stream, "250 ok").await?;
                }
            },
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let data = read(&mut stream).await?;
                if let Mood::Slow(time) = mood {
                    tokio::time::sleep(time).await;
                }
                let taken = Taken { from: from.clone(), to: to.clone(), data };
                state.lock().unwrap().taken.push(taken);
                if mood == Mood::TakesAndHangsUp {
                    return Ok(());
                }
                say(&mut stream, "250 taken").await?;
            }
            "RSET" | "NOOP" => say(&mut stream, "250 ok").await?,
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "502 what?").await?,
        }
    }
}

fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

async fn say(stream: &mut BufReader<TcpStream>, answer: &str) -> std::io::Result<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).await
}

/// A message, up to the line that is a dot; dots that were doubled are one again.
async fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}
