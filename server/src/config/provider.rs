//! The provider of identities, as the configuration names it.

use app::routes;
use identity::Settings;

use super::{ConfigError, secret};

/// The provider of identities, if one is named. Its secret is never repeated.
pub fn provider(
    text: &impl Fn(&'static str) -> String,
    site: Option<&str>,
) -> Result<Option<Settings>, ConfigError> {
    let issuer = text("oidc_issuer").trim().to_owned();
    if issuer.is_empty() {
        return Ok(None);
    }
    let lacks = |key, wanted| ConfigError::BadValue { key, value: String::new(), wanted };
    let site = site.ok_or(lacks(
        "public_url",
        "l'adresse du site, pour le retour du fournisseur d'identité",
    ))?;
    let client_id = text("oidc_client_id");
    if client_id.is_empty() {
        return Err(lacks(
            "oidc_client_id",
            "l'identifiant de Trame auprès du fournisseur d'identité",
        ));
    }
    let client_secret = secret(text, "oidc_client_secret", "oidc_client_secret_file")?;
    let client_secret = client_secret.trim().to_owned();
    if client_secret.is_empty() {
        return Err(lacks(
            "oidc_client_secret",
            "le secret, ou son fichier par oidc_client_secret_file",
        ));
    }
    let words = |key| text(key).split_whitespace().map(str::to_owned).collect();
    Ok(Some(Settings {
        issuer,
        client_id,
        client_secret,
        scopes: words("oidc_scopes"),
        acr: words("oidc_acr"),
        redirect: format!("{site}{}", routes::PROVIDER_RETURN),
        farewell: format!("{site}{}?fin=1", routes::SIGN_IN),
    }))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_provider_needs_an_address_a_name_and_a_secret() {
        let with = |values: &[(&str, &str)]| {
            let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
            Config::from_values(values.iter().map(pair).collect())
        };
        let issuer = ("oidc_issuer", "https://auth.exemple.fr");
        let (site, id) = (("public_url", "https://trame.exemple.fr/"), ("oidc_client_id", "trame"));
        let secret = ("oidc_client_secret", "motdepasse");
        for lacking in [&[issuer][..], &[issuer, site], &[issuer, site, id]] {
            assert!(with(lacking).is_err(), "{lacking:?}");
        }
        let provider = with(&[issuer, site, id, secret]).unwrap().provider.unwrap();
        assert_eq!(provider.redirect, "https://trame.exemple.fr/connexion/retour");
        let rate = with(&[("limit_upload", "beaucoup")]).map(|_| ()).unwrap_err();
        assert!(rate.to_string().contains("« limit_upload »"));
        let wrong = with(&[issuer, ("public_url", "trame"), id, secret]).map(|_| ()).unwrap_err();
        assert!(!wrong.to_string().contains("motdepasse"));
    }
}
