//! The way that mail goes out, as the configuration names it.

use mail::{Mailbox, Security, Settings};

use super::{ConfigError, secret};

/// The server that mail goes out through, if one is named. Its password is never repeated. A demonstration
/// has none: its people are invented.
pub fn mail(
    text: &impl Fn(&'static str) -> String,
    (demo, site): (bool, Option<&str>),
) -> Result<Option<Settings>, ConfigError> {
    let host = text("mail_host").trim().to_owned();
    if host.is_empty() {
        return Ok(None);
    }
    let bad = |key, value: &str, wanted| ConfigError::BadValue { key, value: value.into(), wanted };
    if demo {
        let wanted =
            "rien : une démonstration n'envoie aucun courriel, elle les montre sur /courriels";
        return Err(bad("mail_host", &host, wanted));
    }
    if site.is_none() {
        return Err(bad("public_url", "", "l'adresse du site, pour les liens des courriels"));
    }
    let security = match text("mail_security").as_str() {
        "starttls" => Security::StartTls,
        "tls" => Security::Tls,
        "none" => Security::Plain,
        other => return Err(bad("mail_security", other, "starttls, tls ou none")),
    };
    let port = match text("mail_port").as_str() {
        "" => security.port(),
        said => {
            said.parse().map_err(|_| bad("mail_port", said, "un port, ou rien pour l'habituel"))?
        }
    };
    let mailbox = |key| {
        let said = text(key);
        let wanted = "une adresse, ou un nom et une adresse : Trame <trame@exemple.fr>";
        said.parse::<Mailbox>().map_err(|_| bad(key, &said, wanted))
    };
    let reply_to =
        if text("mail_reply_to").is_empty() { None } else { Some(mailbox("mail_reply_to")?) };
    let user = text("mail_user");
    let password = secret(text, "mail_password", "mail_password_file")?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    if user.is_empty() != password.is_empty() {
        return Err(bad("mail_user", "", "un nom et un mot de passe, ou aucun des deux"));
    }
    let login = (!user.is_empty()).then_some((user, password));
    Ok(Some(Settings { host, port, security, login, from: mailbox("mail_from")?, reply_to }))
}

/// Milliseconds of quiet before a piece of work is told: ten minutes, none in a demonstration.
pub fn window(text: &impl Fn(&'static str) -> String, demo: bool) -> Result<i64, ConfigError> {
    match text("mail_window").as_str() {
        "" if demo => Ok(0),
        "" => Ok(dossier::notice::QUIET),
        said => {
            let minutes = said.parse::<i64>().ok().filter(|minutes| (0..=60).contains(minutes));
            minutes.map(|minutes| minutes * 60_000).ok_or_else(|| ConfigError::BadValue {
                key: "mail_window",
                value: said.to_owned(),
                wanted: "un nombre de minutes, de 0 à 60",
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use mail::Security;

    use crate::config::{Config, ConfigError};

    fn with(values: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        Config::from_values(values.iter().map(pair).collect())
    }

    const HOST: (&str, &str) = ("mail_host", "smtp.exemple.fr");
    const FROM: (&str, &str) = ("mail_from", "Trame <trame@exemple.fr>");
    const SITE: (&str, &str) = ("public_url", "https://trame.exemple.fr");

    #[test]
    fn mail_needs_a_sender_and_the_address_of_the_site() {
        assert!(with(&[]).unwrap().mail.is_none());
        for lacking in [&[HOST][..], &[HOST, FROM], &[HOST, SITE]] {
            assert!(with(lacking).is_err(), "{lacking:?}");
        }
        let mail = with(&[HOST, FROM, SITE]).unwrap().mail.unwrap();
        assert_eq!((mail.port, mail.security, mail.login), (587, Security::StartTls, None));
        let tls = with(&[HOST, FROM, SITE, ("mail_security", "tls")]).unwrap().mail.unwrap();
        assert_eq!(tls.port, 465);
        let refused = |key, value| with(&[HOST, FROM, SITE, (key, value)]).map(|_| ()).is_err();
        assert!(refused("mail_security", "oui") && refused("mail_port", "smtp"));
        assert!(refused("mail_from", "personne") && refused("mail_window", "61"));
        assert!(refused("mail_user", "trame"), "a name without a password");
    }

    #[test]
    fn a_demonstration_sends_nothing_whatever_is_configured() {
        let refused = with(&[HOST, FROM, SITE, ("demo", "true")]).map(|_| ()).unwrap_err();
        assert!(refused.to_string().contains("« mail_host »"));
        assert_eq!(with(&[("demo", "true")]).unwrap().mail_window, 0);
        assert_eq!(with(&[]).unwrap().mail_window, 600_000);
    }

    #[test]
    fn a_password_is_never_repeated() {
        let wrong = [HOST, FROM, SITE, ("mail_password", "motdepasse"), ("mail_port", "x")];
        assert!(!with(&wrong).map(|_| ()).unwrap_err().to_string().contains("motdepasse"));
    }
}
