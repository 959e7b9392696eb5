//! Mail on the command line: what waits, what was given up and why, trying again.

use app::mails::{self, Links};
use service::{
    Services,
    mail::{Outgoing, Queued, Standing, sending},
};

/// Most messages of a list.
const MOST: u32 = 200;

fn said(error: impl ToString) -> String {
    error.to_string()
}

/// Lists what was given up and what waits.
///
/// # Errors
/// A sentence for who typed it.
pub async fn list(services: &Services) -> Result<(), String> {
    let counts = services.store.mail_counts().await.map_err(said)?;
    println!(
        "{} en attente, dont {} déjà essayés ; {} en échec",
        counts.waiting, counts.again, counts.failed
    );
    for standing in [Standing::Failed, Standing::Waiting] {
        for mail in services.store.mails(standing, MOST).await.map_err(said)? {
            line(&mail);
        }
    }
    Ok(())
}

fn line(mail: &Queued) {
    let Queued { id, to, tries, error, .. } = mail;
    let standing = label(mail.standing);
    println!("{id}  {standing}  {to}  essais : {tries}  {error}");
}

const fn label(standing: Standing) -> &'static str {
    match standing {
        Standing::Waiting => "en attente",
        Standing::Sent => "envoyé",
        Standing::Failed => "en échec",
        Standing::Shown => "montré",
    }
}

/// Shows a message: where it stands, and its subject as long as it is not sent. What it says may hold the
/// secret of a link: it is not shown.
///
/// # Errors
/// A sentence for who typed it.
pub async fn show(services: &Services, id: &str) -> Result<(), String> {
    let mail = services.store.mail(id).await.map_err(said)?;
    let mail = mail.ok_or_else(|| format!("aucun courriel « {id} »"))?;
    line(&mail);
    println!("écrit le {}", app::format::moment(mail.at));
    match (mail.standing, mail.ended_at) {
        (Standing::Waiting, _) => {
            println!("prochain essai le {}", app::format::moment(mail.next_at));
        }
        (_, Some(ended)) => println!("fini le {}", app::format::moment(ended)),
        _ => {}
    }
    if let Some(letter) = &mail.letter {
        let words = mails::say(letter, mail.at, Links { site: "", unsubscribe: None });
        println!("objet : {}", words.subject);
    }
    Ok(())
}

/// Tries messages again that were given up: one, or all.
///
/// # Errors
/// A sentence for who typed it.
pub async fn retry(services: &Services, id: Option<&str>) -> Result<(), String> {
    let ids = if let Some(id) = id {
        vec![id.to_owned()]
    } else {
        let failed = services.store.mails(Standing::Failed, MOST).await.map_err(said)?;
        failed.into_iter().map(|mail| mail.id).collect()
    };
    let mut again = 0;
    for id in &ids {
        again += u32::from(services.store.retry_mail(id, services.now()).await.map_err(said)?);
    }
    if id.is_some() && again == 0 {
        return Err("ce courriel n'est pas en échec".to_owned());
    }
    println!("{again} courriels seront envoyés par le serveur");
    Ok(())
}

/// Writes a message that the server sends to this address.
///
/// # Errors
/// A sentence for who typed it.
pub async fn trial(services: &Services, to: &str) -> Result<(), String> {
    if services.mail != Outgoing::Sent {
        return Err(
            "aucun courriel ne part d'ici : réglez TRAME_MAIL_HOST, hors démonstration".to_owned()
        );
    }
    let address =
        form::identifier::email(to).ok_or("cette adresse n'est pas complète : nom@domaine.fr")?;
    sending::trial(services, &address).await.map_err(said)?;
    println!(
        "le serveur l'enverra dans quelques secondes ; « server mail list » dit ce qu'il en est"
    );
    Ok(())
}
