//! Where a value comes from and what a person did of it. Kept beside the value, and kept when the
//! value is edited, so that both can be shown.

use serde::{Deserialize, Serialize};

use crate::Origin;

/// What a person made of a pre-filled value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody looked yet: it counts as "à confirmer".
    ToConfirm,
    /// A person said "c'est juste".
    Confirmed,
    /// A person wrote something else.
    Overridden,
}

/// The source of a pre-filled value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Who gave the value.
    pub origin: Origin,
    /// What in the source, for people: "annexe ACI029190009A2M1".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// The day the value was true, `AAAA-MM-JJ`; empty when the source does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub as_of: String,
    /// Column or member of the source that said it; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// When it was read, in milliseconds since 1970, UTC; 0 when nobody noted it.
    #[serde(default, skip_serializing_if = "is_unknown")]
    pub fetched_at: i64,
    /// What the source said, canonical.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// What a person made of it.
    pub standing: Standing,
}

fn is_unknown<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
