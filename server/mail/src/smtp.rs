//! The way out.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use service::mail::Real;
use thiserror::Error;

use crate::Message;

/// Longest wait for one answer of the server.
const ANSWER: Duration = Duration::from_secs(20);
/// Longest time that sending one message may take. Shorter than [`service::mail::sending::LEASE`].
const WHOLE: Duration = Duration::from_secs(90);
/// Most connections that are open together.
const CONNECTIONS: u32 = 4;

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Plain at first, and TLS before anything is said; without it, nothing is.
    StartTls,
    /// TLS from the beginning.
    Tls,
    /// Plain: for a server on this machine.
    Plain,
}

impl Security {
    /// The usual port.
    pub const fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Plain => 25,
        }
    }
}

/// Which server, and who writes.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub security: Security,
    /// Name and password there.
    pub login: Option<(String, String)>,
    /// Who writes.
    pub from: Mailbox,
    /// Who gets answers.
    pub reply_to: Option<Mailbox>,
}

/// Why there is no sender.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// The name of the server cannot be one of a certificate.
    #[error("TLS: {0}")]
    Tls(lettre::transport::smtp::Error),
}

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It may be later: the server says so, or was not reached.
    Later(String),
    /// It will not.
    Never(String),
}

/// What sends.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
}

impl Smtp {
    /// A sender, where mail may leave: nothing is connected before the first message.
    ///
    /// # Errors
    /// When the name of the server cannot be one of a certificate.
    pub fn new(_: Real, settings: Settings) -> Result<Self, SetUpError> {
        let Settings { host, port, security, login, from, reply_to } = settings;
        let parameters = || TlsParameters::new(host.clone()).map_err(SetUpError::Tls);
        let tls = match security {
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::Plain => Tls::None,
        };
        let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(Duration::from_secs(30));
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(ANSWER))
            .hello_name(ClientId::Domain(from.email.domain().to_owned()))
            .pool_config(pool);
        if let Some((name, password)) = login {
            builder = builder.credentials(Credentials::new(name, password));
        }
        Ok(Self { transport: builder.build(), from, reply_to })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// What the other side said, and whether trying again makes sense.
    pub async fn send(&self, message: &Message<'_>) -> Result<(), Failure> {
        let built = message.build(&self.from, self.reply_to.as_ref());
        let built = built.map_err(|error| Failure::Never(error.to_string()))?;
        match tokio::time::timeout(WHOLE, self.transport.send(built)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure::Later("no answer in time".to_owned())),
        }
    }

    /// Whether the server is there and lets us in; says why not.
    ///
    /// # Errors
    /// What it said.
    pub async fn greet(&self) -> Result<(), String> {
        match tokio::time::timeout(ANSWER, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("it does not answer".to_owned()),
            Ok(Err(error)) => Err(told(&error)),
            Err(_) => Err("no answer in time".to_owned()),
        }
    }
}

/// A message that is refused for ever is about itself (550: no such person); a refusal of ourselves (53x:
/// a wrong password) is mended by who runs this, and the message waits.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map(u16::from);
    let of_us = code.is_some_and(|code| (530..=539).contains(&code));
    if error.is_permanent() && !of_us {
        Failure::Never(told(error))
    } else {
        Failure::Later(told(error))
    }
}

/// What is told of an error to who runs this: one line, not too long.
fn told(error: &lettre::transport::smtp::Error) -> String {
    let source = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    let text = format!("{error}{}", source.unwrap_or_default());
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.chars().take(300).collect()
}
