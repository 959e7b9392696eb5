//! Why a document is not attached.

use crate::{
    StoreError,
    drafts::{ReadError, SaveError},
};

/// Why a document is not attached. Nothing changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// No such question for this actor.
    #[error("no such question")]
    NotFound,
    /// The state of the dossier allows no writing.
    #[error("the dossier is not open to writing")]
    NotEditable,
    /// The dossier was sent back, and nothing is asked there.
    #[error("the answer stays as it was deposited")]
    NotReopened,
    /// It has no byte, or none was chosen.
    #[error("the file is empty")]
    Empty,
    /// Its end is missing, or the line broke.
    #[error("the file is cut short")]
    CutShort,
    /// It has more bytes than this.
    #[error("the file has more than {0} bytes")]
    TooLarge(u64),
    /// Its bytes are of no kind that is taken.
    #[error("the file is of no kind that is taken")]
    WrongKind,
    /// The dossier has enough of them.
    #[error("the dossier has too many files")]
    TooMany,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ReadError> for AttachError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound => Self::NotFound,
            ReadError::Store(error) => Self::Store(error),
        }
    }
}

impl From<SaveError> for AttachError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::NotFound | SaveError::TooMany => Self::NotFound,
            SaveError::NotEditable => Self::NotEditable,
            SaveError::Store(error) => Self::Store(error),
        }
    }
}
