//! What writes messages and sends them, beside the pages.

use std::{sync::Arc, time::Duration};

use ::mail::{Failure, Message, Smtp};
use app::{
    mails::{self, Links, Words},
    routes,
};
use futures::future::join_all;
use service::{
    Services, StoreError,
    mail::{
        Queued, choosing, morning,
        sending::{self, Leased, Outcome},
        telling,
    },
};
use tokio::{sync::watch, time};

/// Between two looks at what is to be told and sent.
const PAUSE: Duration = Duration::from_secs(2);
/// Looks between two of those at what is told once a day.
const SELDOM: u32 = 30;
/// Looks between two of those at what may be forgotten: some hours.
const RARELY: u32 = 10_000;
/// Most messages that are sent together.
const TOGETHER: u32 = 4;

/// What writes messages and sends them.
pub struct Mailing {
    /// The use cases.
    pub services: Services,
    /// What sends; none where messages are only shown.
    pub smtp: Option<Arc<Smtp>>,
    /// Address of the site, as people reach it.
    pub site: String,
    /// Milliseconds of quiet before a piece of work is told.
    pub quiet: i64,
}

impl Mailing {
    /// Goes on until it is told to stop: messages that are being sent are sent to the end.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut looks = 0_u32;
        while !*stop.borrow() {
            if let Err(error) = self.look(looks, &stop).await {
                tracing::warn!(%error, "mail waits");
            }
            looks = looks.wrapping_add(1);
            tokio::select! {
                () = time::sleep(PAUSE) => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn look(&self, looks: u32, stop: &watch::Receiver<bool>) -> Result<(), StoreError> {
        let services = &self.services;
        let told = telling::tell(services, self.quiet).await.map(drop);
        let mut done = vec![told];
        if looks.is_multiple_of(SELDOM) {
            done.push(morning::write(services).await.map(drop));
        }
        if looks.is_multiple_of(RARELY) {
            done.push(sending::sweep(services).await.map(drop));
        }
        // What cannot be written keeps nothing from being sent.
        while !*stop.borrow() && self.send().await? > 0 {}
        done.into_iter().collect()
    }

    /// Sends some of what waits; says how many were tried.
    ///
    /// # Errors
    /// When the store cannot answer: what was sent and not noted is sent again later, under the same id.
    pub async fn send(&self) -> Result<usize, StoreError> {
        let Some(smtp) = &self.smtp else { return Ok(0) };
        let taken = sending::take(&self.services, TOGETHER).await?;
        let tried = taken.iter().map(|leased| self.send_one(smtp, leased));
        join_all(tried).await.into_iter().collect::<Result<Vec<()>, _>>()?;
        Ok(taken.len())
    }

    async fn send_one(&self, smtp: &Smtp, leased: &Leased) -> Result<(), StoreError> {
        let mail = &leased.mail;
        let unsubscribe = unsubscribe(&self.services, mail, &self.site).await?;
        let links = Links { site: &self.site, unsubscribe: unsubscribe.as_deref() };
        let Words { subject, text, html } = mails::say(&leased.letter, mail.at, links);
        let message = Message {
            id: &mail.id,
            to: &mail.to,
            subject: &subject,
            text: &text,
            html: &html,
            unsubscribe: unsubscribe.as_deref(),
            at: mail.at.0,
        };
        let outcome = match smtp.send(&message).await {
            Ok(()) => Outcome::Sent,
            Err(Failure::Later(why)) => Outcome::Again(why),
            Err(Failure::Never(why)) => Outcome::Refused(why),
        };
        // Neither address nor answer: what the other side said is for `server mail show`.
        match &outcome {
            Outcome::Sent => tracing::info!(mail = mail.id, tries = mail.tries, "mail sent"),
            Outcome::Again(_) => tracing::warn!(mail = mail.id, tries = mail.tries, "mail waits"),
            Outcome::Refused(_) => tracing::error!(mail = mail.id, "mail given up"),
        }
        sending::settle(&self.services, leased, outcome).await?;
        Ok(())
    }
}

/// Where messages like this one are turned off, when they can be.
///
/// # Errors
/// When the store cannot answer.
pub async fn unsubscribe(
    services: &Services,
    mail: &Queued,
    site: &str,
) -> Result<Option<String>, StoreError> {
    let Some((account, topic)) = mail.account.as_ref().zip(mail.topic) else { return Ok(None) };
    let ticket = choosing::ticket(services, account, topic).await?;
    Ok(ticket.map(|ticket| format!("{site}{}", routes::unsubscribe(&ticket))))
}
