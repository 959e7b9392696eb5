//! Configuration: defaults, then a file, then the environment. Nothing else reads the environment.

mod mail;
mod provider;

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use dossier::retention::{BadTerm, Policy};
use identity::Settings;
use sources::live::Addresses;
use thiserror::Error;

use self::provider::provider;
use crate::limits::{Class, Rates};

/// How the server runs.
#[derive(Clone, PartialEq, Eq)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    /// Folder of attached documents; beside the data when none is given.
    pub files: PathBuf,
    /// Most bytes of an attached document.
    pub largest: u64,
    /// Whether personas may be entered without a password. Never with real data.
    pub demo: bool,
    /// Folder of the spaces of the open lab.
    pub lab: PathBuf,
    /// Folder of the built site.
    pub site: PathBuf,
    /// Whether people reach it over HTTPS: cookies are then `Secure`.
    pub secure: bool,
    /// What is logged, in the syntax of `tracing` ("info", "server=debug").
    pub log: String,
    /// Where the systems are that know something of structures.
    pub sources: Addresses,
    /// The proxy they are reached through, if any.
    pub proxy: Option<String>,
    /// Address of the site, as people reach it.
    pub public_url: Option<String>,
    /// The provider of identities, if there is one.
    pub provider: Option<Settings>,
    /// What people call it.
    pub provider_name: String,
    /// The header in which a trusted proxy says where a request comes from.
    pub client_header: Option<String>,
    /// The server that mail goes out through, if there is one: never in a demonstration.
    pub mail: Option<::mail::Settings>,
    /// Milliseconds of quiet before a piece of work is told.
    pub mail_window: i64,
    /// How often things may be asked.
    pub rates: Rates,
    /// Where people ask for their data to be corrected or erased; empty when nobody is named.
    pub privacy_contact: String,
    /// How long things are kept.
    pub retention: Policy,
    /// File of the key that the journals are signed with.
    pub journal_key: Option<PathBuf>,
}

/// Every key, with its default and meaning: the source of the table in the README.
pub const KEYS: &[(&str, &str, &str)] = &[
    ("listen", "127.0.0.1:3000", "adresse et port d'écoute"),
    (
        "database",
        "sqlite:data/trame.db",
        "fichier SQLite (sqlite:chemin) ou serveur PostgreSQL (postgres://…)",
    ),
    ("files", "", "dossier des pièces jointes ; par défaut « pieces », à côté de la base SQLite"),
    ("file_megabytes", "20", "taille maximale d'une pièce jointe, en mégaoctets"),
    (
        "demo",
        "false",
        "personnes de démonstration sans mot de passe ; jamais avec des données réelles",
    ),
    (
        "lab",
        "",
        "dossier des espaces d'atelier ; vide : « ateliers » à côté de la base SQLite, ou data/ateliers",
    ),
    ("site", "target/site", "dossier des fichiers construits"),
    (
        "secure",
        "false",
        "vrai derrière HTTPS : les témoins de connexion sont alors réservés à HTTPS",
    ),
    ("log", "info", "niveau du journal technique"),
    (
        "register_url",
        "https://recherche-entreprises.api.gouv.fr",
        "API Recherche d'entreprises ; « off » pour ne pas l'interroger",
    ),
    (
        "address_url",
        "https://data.geopf.fr/geocodage",
        "géocodage de la Géoplateforme ; « off » pour ne pas l'interroger",
    ),
    (
        "emplois_url",
        "https://emplois.inclusion.beta.gouv.fr",
        "Les emplois de l'inclusion ; « off » pour ne pas l'interroger",
    ),
    ("proxy", "", "mandataire par lequel joindre ces services (http://…) ; vide : aucun"),
    (
        "public_url",
        "",
        "adresse du site telle que les personnes l'ouvrent (https://…) ; nécessaire avec oidc_issuer",
    ),
    (
        "oidc_issuer",
        "",
        "fournisseur d'identité OpenID Connect, ProConnect par exemple ; vide : aucun",
    ),
    ("oidc_name", "ProConnect", "nom du fournisseur d'identité, sur le bouton"),
    ("oidc_client_id", "", "identifiant de Trame auprès de lui"),
    ("oidc_client_secret", "", "secret de Trame auprès de lui"),
    ("oidc_client_secret_file", "", "fichier qui tient ce secret, plutôt que la variable"),
    (
        "oidc_scopes",
        "openid given_name usual_name email siret idp_id",
        "ce qui lui est demandé sur la personne",
    ),
    ("oidc_acr", "", "niveaux d'authentification acceptés, séparés par des espaces ; vide : tous"),
    (
        "client_header",
        "",
        "en-tête où un mandataire de confiance écrit l'adresse du navigateur (x-forwarded-for) ; vide : aucun",
    ),
    (
        "limit_sign_in",
        "120+60",
        "connexions par adresse : d'un coup + par minute ; « off » : sans limite",
    ),
    ("limit_password", "10+2", "essais de mot de passe par courriel"),
    ("limit_search", "120+60", "recherches par personne ; dix fois plus par adresse"),
    ("limit_upload", "60+30", "documents envoyés par personne ; dix fois plus par adresse"),
    (
        "limit_sources",
        "40+20",
        "interrogations d'autres systèmes par personne ; dix fois plus par adresse",
    ),
    ("mail_host", "", "serveur SMTP par lequel partent les courriels ; vide : aucun ne part"),
    ("mail_port", "", "son port ; vide : 587 (starttls), 465 (tls) ou 25 (none)"),
    ("mail_security", "starttls", "starttls, tls, ou none pour un serveur de cette machine"),
    ("mail_user", "", "nom de Trame auprès de lui"),
    ("mail_password", "", "mot de passe de Trame auprès de lui"),
    ("mail_password_file", "", "fichier qui tient ce mot de passe, plutôt que la variable"),
    ("mail_from", "", "qui écrit : « Trame <ne-pas-repondre@exemple.fr> »"),
    ("mail_reply_to", "", "à qui vont les réponses ; vide : à qui écrit"),
    (
        "mail_window",
        "",
        "minutes de calme avant qu'un travail soit annoncé, pour un seul message ; vide : 10, et 0 en démonstration",
    ),
    ("limit_join", "120+60", "codes d'atelier par adresse"),
    ("limit_export", "6+2", "fichiers de ses données par personne ; dix fois plus par adresse"),
    (
        "privacy_contact",
        "",
        "adresse où demander la correction ou l'effacement de ses données ; vide : qui administre Trame",
    ),
    (
        "retention",
        "",
        "durées de conservation qui remplacent celles du tableau : « lectures=24m courriels=30j »",
    ),
    (
        "journal_key_file",
        "",
        "fichier de la clé qui signe chaque jour les journaux (« server journal key ») ; vide : aucune",
    ),
];

/// What says that a system is not asked.
const OFF: &str = "off";

/// Why the configuration is refused.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("le fichier de configuration {path} ne se lit pas : {cause}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        cause: String,
    },
    /// A key nobody knows.
    #[error("la clé « {0} » est inconnue ; les clés sont : {1}")]
    UnknownKey(String, String),
    /// A value that does not fit.
    #[error("la valeur de « {key} » ({value}) ne convient pas : {wanted}")]
    BadValue {
        /// Which key.
        key: &'static str,
        /// What it holds.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
}

/// A secret, from its own key or from the file that another key names.
fn secret(
    text: &impl Fn(&'static str) -> String,
    key: &'static str,
    file: &'static str,
) -> Result<String, ConfigError> {
    let path = text(file);
    if path.is_empty() {
        return Ok(text(key));
    }
    fs::read_to_string(&path).map_err(|error| ConfigError::File { path, cause: error.to_string() })
}

impl Config {
    /// Reads the file named by `TRAME_CONFIG` (or `trame.toml` when there is one), then `TRAME_…`.
    ///
    /// # Errors
    /// A sentence that names the wrong key or value.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn load() -> Result<Self, ConfigError> {
        let named = std::env::var("TRAME_CONFIG").ok();
        let mut values = match named {
            Some(path) => Self::file(&path)?,
            None if PathBuf::from("trame.toml").exists() => Self::file("trame.toml")?,
            None => BTreeMap::new(),
        };
        for (key, ..) in KEYS {
            if let Ok(value) = std::env::var(format!("TRAME_{}", key.to_uppercase())) {
                values.insert((*key).to_owned(), value);
            }
        }
        Self::from_values(values)
    }

    fn file(path: &str) -> Result<BTreeMap<String, String>, ConfigError> {
        let refused = |cause: String| ConfigError::File { path: path.to_owned(), cause };
        let text = fs::read_to_string(path).map_err(|e| refused(e.to_string()))?;
        let table: toml::Table =
            text.parse().map_err(|e: toml::de::Error| refused(e.to_string()))?;
        let plain = |value: toml::Value| match value {
            toml::Value::String(text) => text,
            other => other.to_string(),
        };
        Ok(table.into_iter().map(|(key, value)| (key, plain(value))).collect())
    }

    /// Reads named values; what is not named has its default.
    ///
    /// # Errors
    /// A sentence that names the wrong key or value.
    pub fn from_values(values: BTreeMap<String, String>) -> Result<Self, ConfigError> {
        if let Some(key) = values.keys().find(|key| KEYS.iter().all(|(known, ..)| known != key)) {
            let known = KEYS.iter().map(|(key, ..)| *key).collect::<Vec<_>>().join(", ");
            return Err(ConfigError::UnknownKey(key.clone(), known));
        }
        let text = |key: &'static str| {
            let default =
                KEYS.iter().find(|(known, ..)| *known == key).map_or("", |(_, value, _)| value);
            values.get(key).cloned().unwrap_or_else(|| default.to_owned())
        };
        let flag = |key: &'static str| match text(key).as_str() {
            "true" | "oui" | "1" => Ok(true),
            "false" | "non" | "0" | "" => Ok(false),
            other => {
                Err(ConfigError::BadValue { key, value: other.to_owned(), wanted: "true ou false" })
            }
        };
        let demo = flag("demo")?;
        // Nobody asks the State about structures that are invented, unless told where.
        let source = |key: &'static str| {
            let said = if demo && !values.contains_key(key) { OFF.to_owned() } else { text(key) };
            Some(said.trim().to_owned()).filter(|said| !said.is_empty() && said != OFF)
        };
        let public_url = Some(text("public_url").trim().trim_end_matches('/').to_owned());
        let public_url = public_url.filter(|url| !url.is_empty());
        let is_address = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        if let Some(url) = public_url.as_ref().filter(|url| !is_address(url)) {
            let wanted = "une adresse http:// ou https://";
            return Err(ConfigError::BadValue { key: "public_url", value: url.clone(), wanted });
        }
        let provider = provider(&text, public_url.as_deref())?;
        let mail = mail::mail(&text, (demo, public_url.as_deref()))?;
        let mail_window = mail::window(&text, demo)?;
        let mut rates = Vec::new();
        for (class, key) in Class::ALL {
            let said = text(key);
            if said == OFF {
                continue;
            }
            let wanted = "deux nombres, d'un coup + par minute, par exemple 60+30, ou off";
            let rate =
                said.parse().map_err(|()| ConfigError::BadValue { key, value: said, wanted })?;
            rates.push((class, rate));
        }
        let listen = text("listen");
        let database = text("database");
        if !["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|scheme| database.starts_with(scheme))
        {
            let wanted = "sqlite:chemin ou postgres://…";
            // The value may hold a password: it is not repeated.
            return Err(ConfigError::BadValue { key: "database", value: "…".into(), wanted });
        }
        let megabytes = text("file_megabytes");
        let largest = megabytes.parse().ok().filter(|number| (1..=1_000).contains(number));
        let largest: u64 = largest.ok_or(ConfigError::BadValue {
            key: "file_megabytes",
            value: megabytes,
            wanted: "un nombre entier de 1 à 1000",
        })?;
        Ok(Self {
            files: match text("files") {
                folder if folder.is_empty() => beside(&database, "pieces"),
                folder => folder.into(),
            },
            largest: largest * 1024 * 1024,
            listen: listen.parse().map_err(|_| ConfigError::BadValue {
                key: "listen",
                value: listen,
                wanted: "une adresse et un port, par exemple 127.0.0.1:3000",
            })?,
            lab: match text("lab") {
                folder if folder.is_empty() => beside(&database, "ateliers"),
                folder => folder.into(),
            },
            database,
            demo,
            site: text("site").into(),
            secure: flag("secure")?,
            log: text("log"),
            sources: Addresses {
                register: source("register_url"),
                address: source("address_url"),
                emplois: source("emplois_url"),
            },
            proxy: Some(text("proxy")).filter(|proxy| !proxy.is_empty()),
            public_url,
            provider,
            provider_name: text("oidc_name"),
            client_header: Some(text("client_header").to_lowercase())
                .filter(|name| !name.is_empty()),
            mail,
            mail_window,
            rates: Rates::new(rates),
            privacy_contact: text("privacy_contact").trim().to_owned(),
            retention: Policy::read(&text("retention")).map_err(|BadTerm(value)| {
                let wanted = "des durées en jours, mois ou années, par exemple lectures=24m courriels=30j comptes=3a";
                ConfigError::BadValue { key: "retention", value, wanted }
            })?,
            journal_key: Some(text("journal_key_file")).filter(|path| !path.is_empty()).map(Into::into),
        })
    }
}

/// A folder of this name beside a `SQLite` file, or in `data`.
fn beside(database: &str, name: &str) -> PathBuf {
    let file = database.strip_prefix("sqlite:").map(|path| path.split('?').next().unwrap_or(path));
    let folder = file.and_then(|path| Path::new(path).parent());
    folder.unwrap_or(Path::new("data")).join(name)
}

#[cfg(test)]
mod tests;
