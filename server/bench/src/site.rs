//! A site to measure: the demonstration on a database of its own, and people enough to load it, each
//! with a filled dossier.

use std::{fs, path::Path};

use demo::{Profile, Request, structures};
use dossier::{form::CONVENTIONNEMENT, id::DossierId, role::Role};
use form::Answers;
use service::{
    Actor, Membership, Services,
    accounts::{self, NewAccount},
    drafts::{self, NewDossier, Prefill},
    forms, sessions,
};
use tempfile::TempDir;

use crate::{
    Bench,
    process::{self, Server},
};

/// As many as the widest load has connections.
const PEOPLE: usize = 64;
/// Later than any year of the demonstration.
const FIRST_YEAR: i32 = 2040;

/// Somebody of a structure, signed in.
#[derive(Clone)]
pub struct Person {
    /// As the use cases see them.
    pub actor: Actor,
    /// The header of their session.
    pub cookie: String,
    /// Their dossier, filled, open to writing.
    pub dossier: DossierId,
}

/// A site.
pub struct Site {
    folder: TempDir,
    /// Where its database is.
    pub database: String,
    /// The first persona of the demonstration, with the dossier she has still to finish; nobody where
    /// the demonstration was not loaded.
    pub ines: Option<Person>,
    /// Everybody else.
    pub people: Vec<Person>,
}

impl Site {
    /// On a new file, with the whole demonstration. Beside the builds: a temporary folder may be in
    /// memory, where nothing is durable.
    pub async fn on_sqlite() -> Bench<Self> {
        let folder = folder()?;
        let database = format!("sqlite:{}", folder.path().join("trame.db").display());
        let mut site = Self { folder, database, ines: None, people: Vec::new() };
        let services = site.services().await?;
        demo::load(&services).await?;
        site.ines = Some(ines(&services).await?);
        site.people = people(&services).await?;
        services.store.close().await;
        Ok(site)
    }

    /// On a Postgres database that may hold the site of an earlier run.
    pub async fn on_postgres(url: &str) -> Bench<Self> {
        let mut site =
            Self { folder: folder()?, database: url.to_owned(), ines: None, people: Vec::new() };
        let services = site.services().await?;
        for profile in structures::all() {
            accounts::add_structure(&services, &profile.structure()).await?;
        }
        site.people = people(&services).await?;
        services.store.close().await;
        Ok(site)
    }

    /// The use cases on this database, in this process.
    pub async fn services(&self) -> Bench<Services> {
        let files = store::files::open(&self.folder.path().join("pieces"))?;
        Ok(Services { demo: true, ..Services::new(store::open(&self.database).await?, files) })
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A server on it.
    pub async fn server(&self) -> Bench<Server> {
        Server::start(&self.database, self.folder.path()).await
    }
}

/// A folder with what the server calls a built site: pages name these files, nobody reads them here.
fn folder() -> Bench<TempDir> {
    let folder = tempfile::tempdir_in(process::target()?)?;
    let built = folder.path().join("site/pkg");
    fs::create_dir_all(&built)?;
    for file in ["trame.0123456789abcdefghijkl.css", "trame.0123456789abcdefghijkl.js"] {
        fs::write(built.join(file), "")?;
    }
    fs::write(built.join("trame.0123456789abcdefghijkl.wasm"), "")?;
    Ok(folder)
}

async fn ines(services: &Services) -> Bench<Person> {
    let personas = sessions::personas(services).await?;
    let account = personas.first().ok_or("no persona")?;
    let signed = sessions::sign_in_as_persona(services, &account.id).await?;
    let home = drafts::home(services, &signed.actor).await?;
    let draft = home.dossiers.into_iter().find(|head| head.state.is_editable());
    Ok(Person {
        cookie: format!("trame={}", signed.token),
        actor: signed.actor,
        dossier: draft.ok_or("the first persona has no draft")?.id,
    })
}

async fn people(services: &Services) -> Bench<Vec<Person>> {
    let profiles = structures::all();
    let mut people = Vec::with_capacity(PEOPLE);
    for (rank, profile) in (0..PEOPLE).zip(profiles.iter().cycle()) {
        let id = services.ulid();
        let account = NewAccount {
            email: format!("charge-{}@exemple.fr", id.to_lowercase()),
            id: id.into(),
            name: format!("Personne {rank}"),
            title: String::new(),
            role: Role::SiaeAdmin,
            is_persona: true,
            password: None,
            departments: Vec::new(),
        };
        let account = accounts::add_account(services, account).await?;
        let structure = profile.id.clone();
        let membership = Membership { account: account.clone(), structure, is_admin: true };
        accounts::add_membership(services, &membership).await?;
        let signed = sessions::sign_in_as_persona(services, &account).await?;
        let years = i32::try_from(rank / profiles.len())?;
        let new = draft_of(profile, FIRST_YEAR + years, "DC");
        let laid = prefill(profile);
        people.push(Person {
            dossier: drafts::open(services, &signed.actor, new, laid).await?,
            cookie: format!("trame={}", signed.token),
            actor: signed.actor,
        });
    }
    Ok(people)
}

/// A renewal to open, as the main kind of the structure.
pub fn draft_of(profile: &Profile, year: i32, perimeter: &str) -> NewDossier {
    NewDossier {
        structure_id: profile.id.clone(),
        form: forms::CONVENTIONNEMENT.to_owned(),
        kind: profile.kinds[0].to_owned(),
        request_kind: "renewal".to_owned(),
        year,
        perimeter: perimeter.to_owned(),
        department: None,
    }
}

/// Everything the form asks of this structure.
pub fn prefill(profile: &Profile) -> Prefill {
    let answers = complete(profile, "renewal");
    answers.iter().map(|(at, answer)| (at, answer.clone())).collect()
}

/// A complete dossier of this structure, as its main kind.
pub fn complete(profile: &Profile, nature: &'static str) -> Answers {
    let request = Request { kind: profile.kinds[0], nature, year: 2027, perimeter: "DC" };
    demo::filled(&CONVENTIONNEMENT, profile, &request)
}
