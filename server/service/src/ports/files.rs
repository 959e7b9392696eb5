//! What the use cases of documents ask of a folder.

use async_trait::async_trait;
use bytes::Bytes;

use super::Stored;
use crate::{Millis, attachments::reading::Pieces};

/// Bytes of documents, by keys that are ULIDs.
#[async_trait]
pub trait Files: Send + Sync {
    /// Begins to keep an object; nobody reads it before it is finished.
    async fn begin(&self, key: &str) -> Stored<Box<dyn Incoming>>;
    /// The bytes of an object.
    async fn open(&self, key: &str) -> Stored<Option<Pieces>>;
    /// Keys of what was finished before this moment.
    async fn keys_before(&self, before: Millis) -> Stored<Vec<String>>;
    /// Removes an object.
    async fn remove(&self, key: &str) -> Stored<()>;
    /// Forgets what was begun before this moment and never finished.
    async fn forget_begun(&self, before: Millis) -> Stored<()>;
}

/// An object that is being kept.
#[async_trait]
pub trait Incoming: Send {
    /// Keeps the next bytes.
    async fn write(&mut self, bytes: Bytes) -> Stored<()>;
    /// Ends it: the bytes have reached the disk once this returns.
    async fn finish(self: Box<Self>) -> Stored<()>;
    /// Forgets it.
    async fn abandon(self: Box<Self>);
}
