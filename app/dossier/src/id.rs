//! Identifiers: ULIDs as text, one type each so that they cannot be taken for one another.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A person who signs in.
    AccountId,
    /// A document attached to a dossier.
    AttachmentId,
    /// A structure (SIAE).
    StructureId,
    /// A dossier.
    DossierId,
    /// A note of an agent.
    NoteId,
    /// Steps of a dossier given to a colleague.
    ShareId,
    /// An invitation into a structure or a service.
    InvitationId,
    /// A session of the open lab.
    LabId,
    /// Somebody who takes part in one.
    ParticipantId,
    /// What somebody said of a question there.
    RemarkId,
    /// An overlay that is being made in the studio.
    SketchId,
    /// A sitting of the commission.
    SittingId,
    /// A lens that an agent composed.
    LensId,
    /// A named simulation within an envelope.
    AllotmentId,
}

/// Whether a text is a ULID: 26 characters of Crockford's alphabet, in capitals.
pub fn is_ulid(text: &str) -> bool {
    let crockford = |b: u8| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"ILOU".contains(&b));
    text.len() == 26 && text.bytes().all(crockford) && text.as_bytes()[0] <= b'7'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ulid_has_26_letters_of_one_alphabet() {
        assert!(is_ulid("01JD3Z8Q9V0000000000000001"));
        for wrong in [
            "",
            "01JD3Z8Q9V000000000000000",
            "01JD3Z8Q9V000000000000000U",
            "81JD3Z8Q9V0000000000000001",
        ] {
            assert!(!is_ulid(wrong), "{wrong}");
        }
    }
}
