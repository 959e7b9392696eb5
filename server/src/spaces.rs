//! The sealed spaces of the open lab: each session has a site of its own, on a store of its own, a
//! file that is thrown away. The same pages and the same use cases run there; nothing of another
//! session, nor of the real base, is within their reach (see ADR 16).

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::Router;
use dossier::id::{LabId, is_ulid};
use service::{
    AccountId, Millis, Services, StoreError,
    labs::{Lab, Participant},
    sessions,
};
use tokio::{fs, runtime::Handle, sync::Mutex};

use crate::web::{self, Web};

/// Most spaces kept open: of others the file waits, and opens again at the next visit.
const MOST: usize = 12;

/// Why there is no space.
#[derive(Debug, thiserror::Error)]
pub enum SpaceError {
    /// This server has no folder for them.
    #[error("no folder for the spaces")]
    Nowhere,
    /// The folder cannot be written.
    #[error("the folder of the spaces: {0}")]
    Folder(#[from] io::Error),
    /// The file cannot be opened.
    #[error("the file of a space: {0}")]
    File(#[from] store::OpenError),
    /// The scenario does not fit the form.
    #[error("the scenario of a space: {0}")]
    Scenario(#[from] demo::story::DemoError),
    /// A store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An open space.
pub struct Space {
    /// Its site.
    pub router: Router,
    /// Its use cases.
    pub services: Services,
    round: u32,
    used: AtomicI64,
}

/// The spaces of this server.
#[derive(Default)]
pub struct Spaces {
    folder: Option<PathBuf>,
    open: Mutex<BTreeMap<LabId, Arc<Space>>>,
}

impl Spaces {
    /// Spaces with their files in a folder.
    pub fn within(folder: PathBuf) -> Self {
        Self { folder: Some(folder), open: Mutex::default() }
    }

    fn folder(&self) -> Result<&Path, SpaceError> {
        self.folder.as_deref().ok_or(SpaceError::Nowhere)
    }

    /// Writes the file that every round of a session starts from, unless it is there.
    ///
    /// # Errors
    /// When the folder cannot be written, or the form does not fit the scenario.
    pub async fn prepare(&self, main: &Web, lab: &Lab) -> Result<(), SpaceError> {
        let folder = self.folder()?;
        let ready = prepared(folder, &lab.id);
        if fs::try_exists(&ready).await? {
            return Ok(());
        }
        fs::create_dir_all(folder).await?;
        let editions = main.services.store.editions().await?;
        let edition = editions.into_iter().find(|edition| edition.key() == lab.form);
        let begun = folder.join(format!("{}.begun.db", main.services.ulid()));
        let services = services(main, lab, &begun).await?;
        let done = demo::lab::prepare(&services, edition.as_ref()).await;
        // Closed, the file is whole: its log was written into it.
        services.store.close().await;
        let done = match done {
            Ok(()) => fs::rename(&begun, &ready).await.map_err(SpaceError::from),
            Err(error) => Err(error.into()),
        };
        remove(&begun).await;
        done
    }

    /// The space of a session that is open, in its present round. A reset is a copy of the prepared
    /// file under the name of the next round.
    ///
    /// # Errors
    /// See [`SpaceError`].
    pub async fn of(&self, main: &Web, lab: &Lab) -> Result<Arc<Space>, SpaceError> {
        let now = main.services.now();
        let mut open = self.open.lock().await;
        if let Some(space) = open.get(&lab.id).filter(|space| space.round == lab.round) {
            space.used.store(now.0, Ordering::Relaxed);
            return Ok(Arc::clone(space));
        }
        self.prepare(main, lab).await?;
        let folder = self.folder()?;
        let file = folder.join(format!("{}-{}.db", lab.id, lab.round));
        if !fs::try_exists(&file).await? {
            let copy = folder.join(format!("{}.begun.db", main.services.ulid()));
            fs::copy(prepared(folder, &lab.id), &copy).await?;
            fs::rename(&copy, &file).await?;
        }
        let services = services(main, lab, &file).await?;
        let router = web::router(Web {
            services: services.clone(),
            readings: Arc::default(),
            published: Arc::default(),
            spaces: Arc::default(),
            ..main.clone()
        });
        let space =
            Arc::new(Space { router, services, round: lab.round, used: AtomicI64::new(now.0) });
        if let Some(before) = open.insert(lab.id.clone(), Arc::clone(&space)) {
            let file = folder.join(format!("{}-{}.db", lab.id, before.round));
            shut(before, Some(file));
        }
        if let Some(space) = least_used(&mut open, &lab.id) {
            shut(space, None);
        }
        Ok(space)
    }

    /// Closes and removes every space whose session is not among these.
    pub async fn keep_only(&self, labs: &[Lab], now: Millis) {
        let Some(folder) = self.folder.as_deref() else { return };
        let alive: BTreeSet<&str> =
            labs.iter().filter(|lab| lab.is_open(now)).map(|lab| lab.id.as_str()).collect();
        let mut open = self.open.lock().await;
        let over: Vec<LabId> =
            open.keys().filter(|id| !alive.contains(id.as_str())).cloned().collect();
        for id in over {
            if let Some(space) = open.remove(&id) {
                space.services.store.close().await;
            }
        }
        let Ok(mut entries) = fs::read_dir(folder).await else { return };
        while let Ok(Some(entry)) = entries.next_entry().await {
            let name = entry.file_name().to_string_lossy().into_owned();
            // Only what bears the id of a session: the folder may hold something else.
            let id = name.get(..26).filter(|id| is_ulid(id) && name.contains(".db"));
            if id.is_some_and(|id| !alive.contains(id)) && !name.contains(".begun.") {
                drop(fs::remove_file(entry.path()).await);
                drop(fs::remove_dir_all(entry.path()).await);
            }
        }
    }
}

impl Space {
    /// Gives somebody their place, with the token that opens it. Doing it again changes nothing.
    ///
    /// # Errors
    /// When the store cannot answer, or the form does not fit the scenario.
    pub async fn seat(&self, who: &Participant, token: &str) -> Result<(), SpaceError> {
        let account = AccountId::from(who.id.as_str());
        demo::lab::seat(&self.services, &account, &who.name, who.seat).await?;
        Ok(sessions::admit(&self.services, token, &account).await?)
    }
}

/// Takes out the space that was used least, when there are too many; never this one.
fn least_used(open: &mut BTreeMap<LabId, Arc<Space>>, but: &LabId) -> Option<Arc<Space>> {
    let others = open.iter().filter(|(id, _)| open.len() > MOST && *id != but);
    let oldest = others.min_by_key(|(_, space)| space.used.load(Ordering::Relaxed));
    let id = oldest.map(|(id, _)| id.clone())?;
    open.remove(&id)
}

fn prepared(folder: &Path, lab: &LabId) -> PathBuf {
    folder.join(format!("{lab}.prepared.db"))
}

/// Use cases on a file, with the clock of the house and nothing that reaches outside.
async fn services(main: &Web, lab: &Lab, file: &Path) -> Result<Services, SpaceError> {
    let url = format!("sqlite:{}", file.display());
    // Opening is not `Send` in the eyes of the compiler (sqlx's `Acquire`): it has a thread of its own.
    let runtime = Handle::current();
    let opening = tokio::task::spawn_blocking(move || runtime.block_on(store::open(&url)));
    let store = opening.await.map_err(io::Error::other)??;
    // Documents of every round, gone with the session.
    let files = store::files::open(&file.with_file_name(format!("{}.db-pieces", lab.id)))?;
    Ok(Services {
        clock: Arc::clone(&main.services.clock),
        ids: Arc::clone(&main.services.ids),
        variant: Some(lab.form.clone()),
        largest: main.services.largest,
        ..Services::new(store, files)
    })
}

/// Closes a space once what is being written there is written; its file goes when it is named.
fn shut(space: Arc<Space>, file: Option<PathBuf>) {
    tokio::spawn(async move {
        space.services.store.close().await;
        if let Some(file) = file {
            remove(&file).await;
        }
    });
}

/// Removes a file with its log. What is not there is removed.
async fn remove(file: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        drop(fs::remove_file(PathBuf::from(name)).await);
    }
}
