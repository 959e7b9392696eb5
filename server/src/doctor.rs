//! Looks for what would keep the server from running well.

use ::mail::Security;
use service::{Services, federation::Question, sealing::Seal};

use crate::{assets, config::Config, journal, serve};

/// Milliseconds.
const TWO_DAYS: i64 = 2 * 24 * 60 * 60 * 1_000;

/// Says what it sees; fails when something must be mended.
///
/// # Errors
/// How many things must be mended.
pub async fn examine(config: &Config, services: &Services) -> Result<(), String> {
    let mut faults = 0;
    let mut say = |good: bool, what: &str, mend: &str| {
        if good {
            println!("bien     {what}");
        } else {
            faults += 1;
            println!("à mendre {what} : {mend}");
        }
    };
    say(services.store.ping().await.is_ok(), "la base répond", "vérifiez « database »");
    say(assets::find(&config.site).is_some(), "le site est construit", "lancez « make run »");
    say(
        !config.demo || config.listen.ip().is_loopback(),
        "la démonstration reste sur cette machine",
        "« demo » ouvre toutes les portes : mettez-le à false, ou écoutez sur 127.0.0.1",
    );
    say(
        config.secure || config.listen.ip().is_loopback(),
        "les témoins de connexion sont protégés",
        "mettez « secure » à true derrière HTTPS",
    );
    let public = config.public_url.as_deref();
    let is_safe = |url: &str| url.starts_with("https://");
    if let Some(settings) = &config.provider {
        let answers = match serve::provider(config, services) {
            Ok(Some(provider)) => provider.address(&Question::default()).await.is_ok(),
            _ => false,
        };
        say(
            answers,
            "le fournisseur d'identité répond",
            "vérifiez « oidc_issuer » : il doit être écrit comme le fournisseur se nomme, et joignable d'ici",
        );
        say(
            is_safe(&settings.issuer) || config.demo,
            "le fournisseur d'identité est joint par HTTPS",
            "« oidc_issuer » doit commencer par https://",
        );
    }
    match serve::smtp(config, services) {
        Ok(Some(smtp)) => {
            let greeted = smtp.greet().await;
            let said = greeted.as_ref().err().map(String::as_str).unwrap_or_default();
            say(
                greeted.is_ok(),
                "le serveur de courriels répond",
                &format!("vérifiez les réglages « mail_… » ({said})"),
            );
        }
        Ok(None) => println!("à savoir aucun courriel ne part d'ici"),
        Err(error) => say(false, "les courriels peuvent partir", &error.to_string()),
    }
    if let Some(settings) = &config.mail {
        say(
            settings.security != Security::Plain || is_here(&settings.host),
            "les courriels partent chiffrés",
            "« mail_security » à starttls ou tls : none n'est que pour un serveur de cette machine",
        );
    }
    match journal::key(config) {
        Ok(None) => println!(
            "à savoir aucune clé ne signe les journaux : « server journal key » en fait une"
        ),
        Ok(Some(_)) => {
            let sealed = services.store.last_seal().await;
            let age = |seal: &Seal| services.now().0 - seal.until.0;
            let is_fresh =
                |last: &Option<Seal>| last.as_ref().is_none_or(|last| age(last) < TWO_DAYS);
            say(
                sealed.is_ok_and(|last| is_fresh(&last)),
                "les journaux sont scellés chaque jour",
                "le dernier sceau a plus de deux jours : « server journal sign » dit pourquoi",
            );
        }
        Err(error) => say(false, "la clé des journaux se lit", &error),
    }
    let failed = services.store.mail_counts().await.map(|counts| counts.failed);
    say(
        failed == Ok(0),
        "aucun courriel n'est en échec",
        "« server mail list » dit lesquels et pourquoi, « server mail retry » les renvoie",
    );
    say(
        public.is_none_or(|url| is_safe(url) == config.secure),
        "l'adresse du site et les témoins de connexion s'accordent",
        "« secure » est à true, et « public_url » commence par https://, ou ni l'un ni l'autre",
    );
    say(
        config.client_header.is_none() || config.secure,
        "l'en-tête du mandataire n'est cru que derrière lui",
        "« client_header » sans HTTPS : n'importe qui pourrait l'écrire ; mettez « secure » à true derrière le mandataire",
    );
    if faults == 0 { Ok(()) } else { Err(format!("{faults} point(s) à mendre")) }
}

/// Whether a server is on this machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
