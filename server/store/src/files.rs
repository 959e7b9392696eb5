//! Bytes of attached documents, in a folder, through `object_store`.

use std::{fs, io, path::Path as Folder, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use dossier::id::is_ulid;
use futures::{StreamExt, TryStreamExt};
use object_store::{
    Error, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem,
    path::Path,
};
use service::{
    Files, Millis, StoreError,
    attachments::reading::Pieces,
    ports::{Incoming, Stored},
};

/// Opens a folder of documents, making it if it is not there.
///
/// # Errors
/// When it cannot be made or written.
pub fn open(folder: &Folder) -> io::Result<Arc<dyn Files>> {
    fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    let store = LocalFileSystem::new_with_prefix(&folder).map_err(io::Error::other)?;
    Ok(Arc::new(Kept { store: store.with_fsync(true), folder: folder.into() }))
}

struct Kept {
    store: LocalFileSystem,
    folder: Arc<Folder>,
}

fn failed(error: impl std::fmt::Display) -> StoreError {
    tracing::error!(%error, "the files failed");
    StoreError::Unavailable
}

/// Where an object lies. Keys are ours; anything else is nothing that we kept.
fn place(key: &str) -> Stored<Path> {
    if is_ulid(key) { Ok(Path::from(key)) } else { Err(StoreError::Corrupt) }
}

#[async_trait]
impl Files for Kept {
    async fn begin(&self, key: &str) -> Stored<Box<dyn Incoming>> {
        let upload = self.store.put_multipart(&place(key)?).await.map_err(failed)?;
        Ok(Box::new(Begun(upload)))
    }

    async fn open(&self, key: &str) -> Stored<Option<Pieces>> {
        match self.store.get(&place(key)?).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(failed).boxed())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    async fn keys_before(&self, before: Millis) -> Stored<Vec<String>> {
        let objects: Vec<_> = self.store.list(None).try_collect().await.map_err(failed)?;
        let old = objects.into_iter().filter(|one| one.last_modified.timestamp_millis() < before.0);
        Ok(old.map(|one| one.location.to_string()).filter(|key| is_ulid(key)).collect())
    }

    async fn remove(&self, key: &str) -> Stored<()> {
        self.store.delete(&place(key)?).await.map_err(failed)
    }

    async fn forget_begun(&self, before: Millis) -> Stored<()> {
        let folder = Arc::clone(&self.folder);
        let forget = move || forget_begun(&folder, before);
        tokio::task::spawn_blocking(forget).await.map_err(failed)?.map_err(failed)
    }
}

/// What is being written stands beside its place, as `KEY#1`; `object_store` lists no such file.
fn forget_begun(folder: &Folder, before: Millis) -> io::Result<()> {
    let before = Duration::from_millis(u64::try_from(before.0).unwrap_or(0));
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let key = name.to_str().and_then(|name| name.split_once('#')).map(|(key, _)| key);
        let since = entry.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH);
        if key.is_some_and(is_ulid) && since.is_ok_and(|since| since < before) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

struct Begun(Box<dyn MultipartUpload>);

#[async_trait]
impl Incoming for Begun {
    async fn write(&mut self, bytes: Bytes) -> Stored<()> {
        self.0.put_part(PutPayload::from_bytes(bytes)).await.map_err(failed)
    }

    async fn finish(mut self: Box<Self>) -> Stored<()> {
        self.0.complete().await.map_err(failed)?;
        Ok(())
    }

    async fn abandon(mut self: Box<Self>) {
        if let Err(error) = self.0.abort().await {
            // A sweep removes it.
            tracing::warn!(%error, "an upload was not forgotten");
        }
    }
}
