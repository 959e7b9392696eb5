//! A small world on a new database: two structures, three people of theirs, three agents.

use std::sync::Arc;

use dossier::role::Role;
use service::{
    Actor, DossierId, Membership, Millis, Services, Structure,
    accounts::{NewAccount, add_account, add_membership, add_structure},
    drafts::{self, NewDossier},
    sessions,
    testing::{MockClock, SequentialIds},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

pub struct World {
    pub services: Services,
    pub clock: Arc<MockClock>,
    /// Admin of "Les Jardins", Nièvre.
    pub anne: Actor,
    /// Member of "Les Jardins".
    pub marc: Actor,
    /// Admin of "Les Ateliers", Paris.
    pub zoe: Actor,
    /// Of the DDETS of the Nièvre.
    pub agent: Actor,
    /// Of the DDETS of Paris.
    pub far_agent: Actor,
    pub dgefp: Actor,
    /// Signs for the DDETS of the Nièvre.
    pub chief: Actor,
    /// Leads sessions of the open lab.
    pub samir: Actor,
    url: String,
    /// Of the documents.
    pub folder: TempDir,
    _directory: Option<TempDir>,
}

const JARDINS: &str = "01JD0000000000000000000001";
const ATELIERS: &str = "01JD0000000000000000000002";

impl World {
    pub async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("trame.db").display());
        Self::new(url, Some(directory)).await
    }

    pub async fn on_postgres(test: &str) -> Option<Self> {
        Some(Self::new(schema(test).await?, None).await)
    }

    /// New bases with nothing in them, of each database that can be tried.
    pub async fn empty_bases(&self) -> Vec<Base> {
        let directory = tempfile::tempdir().unwrap();
        let file = format!("sqlite:{}", directory.path().join("base.db").display());
        let mut bases = vec![Base { url: file, _directory: Some(directory) }];
        // Tests run side by side, each in a process of its own.
        let name = format!("base_{}_{}", std::process::id(), self.services.ulid().to_lowercase());
        let other = schema(&name).await;
        bases.extend(other.map(|url| Base { url, _directory: None }));
        bases
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    async fn new(url: String, directory: Option<TempDir>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(MockClock::at(Millis(1_790_000_000_000)));
        let services = Services {
            store: store::open(&url).await.unwrap(),
            clock: clock.clone(),
            ids: Arc::new(SequentialIds::default()),
            registers: Arc::new(service::NoRegisters),
            provider: None,
            files: store::files::open(folder.path()).unwrap(),
            largest: 100_000,
            demo: true,
            mail: service::mail::Outgoing::Off,
            retention: dossier::retention::Policy::default(),
            variant: None,
        };
        for (id, name, department) in
            [(JARDINS, "Les Jardins", "58"), (ATELIERS, "Les Ateliers", "75")]
        {
            let structure = Structure {
                id: id.into(),
                asp_id: "1".into(),
                siret: "73282932000074".into(),
                name: name.into(),
                kinds: vec!["EI".into(), "ACI".into()],
                department: department.into(),
                region: "27".into(),
                commune: "Nevers".into(),
            };
            add_structure(&services, &structure).await.unwrap();
        }
        let person = async |name, role, of: Option<(&str, bool)>, departments: &[&str]| {
            person(&services, name, role, of, departments).await
        };
        Self {
            anne: person("Anne", Role::SiaeAdmin, Some((JARDINS, true)), &[]).await,
            marc: person("Marc", Role::SiaeMember, Some((JARDINS, false)), &[]).await,
            zoe: person("Zoé", Role::SiaeAdmin, Some((ATELIERS, true)), &[]).await,
            agent: person("Inès", Role::DdetsAgent, None, &["58"]).await,
            far_agent: person("Paul", Role::DdetsSignatory, None, &["75"]).await,
            dgefp: person("Ugo", Role::Dgefp, None, &[]).await,
            chief: person("Léa", Role::DdetsSignatory, None, &["58"]).await,
            samir: person("Samir", Role::Facilitator, None, &[]).await,
            services,
            clock,
            url,
            folder,
            _directory: directory,
        }
    }

    pub fn request() -> NewDossier {
        NewDossier {
            structure_id: JARDINS.into(),
            form: "conventionnement".into(),
            kind: "ACI".into(),
            request_kind: "amendment".into(),
            year: 2027,
            perimeter: "DC".into(),
            department: None,
        }
    }

    pub async fn open(&self) -> DossierId {
        drafts::open(&self.services, &self.anne, Self::request(), vec![]).await.unwrap()
    }

    pub async fn open_of_zoe(&self) -> DossierId {
        let new = NewDossier { structure_id: ATELIERS.into(), ..Self::request() };
        drafts::open(&self.services, &self.zoe, new, vec![]).await.unwrap()
    }

    /// Whether the database is a file.
    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    /// Another server on the same database.
    pub async fn second_server(&self) -> Services {
        Services { store: store::open(&self.url).await.unwrap(), ..self.services.clone() }
    }

    /// Somebody holds the database for writing until this is closed.
    pub async fn hold(&self) -> Holder {
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await.unwrap();
            Holder::Sqlite(connection)
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            let lock = "BEGIN; LOCK TABLE web_session, dossier, answer, counter IN EXCLUSIVE MODE";
            sqlx::raw_sql(lock).execute(&mut connection).await.unwrap();
            Holder::Postgres(connection)
        }
    }

    /// Runs a statement behind the back of the store.
    pub async fn execute(&self, sql: &'static str) -> sqlx::Result<()> {
        if self.is_sqlite() {
            sqlx::query(sql).execute(&mut SqliteConnection::connect(&self.url).await?).await?;
        } else {
            sqlx::query(sql).execute(&mut PgConnection::connect(&self.url).await?).await?;
        }
        Ok(())
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let query = if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await
        };
        query.unwrap()
    }
}

/// A new base.
pub struct Base {
    pub url: String,
    _directory: Option<TempDir>,
}

/// The address of a new schema, when there is a Postgres.
async fn schema(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let url = std::env::var("TRAME_TEST_POSTGRES_URL").ok()?;
    let schema: String = name.chars().take(60).collect();
    let mut admin = PgConnection::connect(&url).await.unwrap();
    let make = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut admin).await.unwrap();
    let mark = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{mark}options[search_path]={schema}&application_name={schema}"))
}

/// Who holds the database.
pub enum Holder {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Holder {
    /// Lets go.
    pub async fn leave(self) {
        match self {
            Self::Sqlite(connection) => connection.close().await.unwrap(),
            Self::Postgres(connection) => connection.close().await.unwrap(),
        }
    }
}

async fn person(
    services: &Services,
    name: &str,
    role: Role,
    of: Option<(&str, bool)>,
    departments: &[&str],
) -> Actor {
    let id = services.ulid();
    let new = NewAccount {
        email: format!("{id}@exemple.fr"),
        id: id.into(),
        name: name.into(),
        title: String::new(),
        role,
        is_persona: true,
        password: None,
        departments: departments.iter().map(|&d| d.to_owned()).collect(),
    };
    let account = add_account(services, new).await.unwrap();
    if let Some((structure, is_admin)) = of {
        let membership =
            Membership { account: account.clone(), structure: structure.into(), is_admin };
        add_membership(services, &membership).await.unwrap();
    }
    sessions::sign_in_as_persona(services, &account).await.ok().unwrap().actor
}
