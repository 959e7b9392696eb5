//! What ProConnect says beyond the standard.

use openidconnect::{AdditionalClaims, UserInfoClaims, core::CoreGenderClaim};
use serde::{Deserialize, Serialize};

/// Claims that only ProConnect has; another provider may leave all of them out.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Ours {
    /// SIRET of the establishment that the person works for.
    #[serde(default)]
    siret: Option<String>,
    /// Which provider of identities ProConnect asked.
    #[serde(default)]
    idp_id: Option<String>,
    /// Name in use: ProConnect's word for `family_name`.
    #[serde(default)]
    usual_name: Option<String>,
}

impl AdditionalClaims for Ours {}

/// What user information says.
pub type Told = UserInfoClaims<Ours, CoreGenderClaim>;

/// SIRET without spaces; empty when there is none that reads.
pub fn siret(told: &Told) -> String {
    let said = told.additional_claims().siret.as_deref().unwrap_or_default();
    let digits: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    let reads = digits.len() == 14 && digits.bytes().all(|b| b.is_ascii_digit());
    if reads { digits } else { String::new() }
}

/// The provider behind ProConnect; empty when it does not say.
pub fn idp(told: &Told) -> String {
    told.additional_claims().idp_id.clone().unwrap_or_default()
}

/// The name of the person, as others will read it; empty when nothing is said of it.
pub fn name(told: &Told) -> String {
    let given = told.given_name().and_then(|name| name.get(None)).map(|name| name.to_string());
    let family = told.family_name().and_then(|name| name.get(None)).map(|name| name.to_string());
    let family = told.additional_claims().usual_name.clone().or(family);
    let both = [given, family].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let whole = told.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    if both.trim().is_empty() { whole.unwrap_or_default() } else { both }
}
