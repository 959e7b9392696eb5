//! The address base (Géoplateforme): how it spells an address that a register gives.

use serde_json::Value;
use service::findings::{Fault, Notice, Place, Told};

use super::{
    http::Http,
    json::{list, member, text},
};

/// Below, the base guesses (the threshold of Les emplois for the text of an address).
const LEAST: f64 = 0.4;

/// Asks the base about an address.
pub(super) async fn ask(http: &Http, place: &Place) -> Result<Told, Fault> {
    let q = format!("{} {}", place.street, place.town);
    let mut query = vec![("q", q.trim()), ("limit", "1"), ("autocomplete", "0")];
    if !place.postcode.is_empty() {
        query.push(("postcode", &place.postcode));
    }
    let told = read(&http.json("search/", &query).await?, place)?;
    let overseas = place.postcode.starts_with("97") || place.postcode.starts_with("98");
    if told.notice != Some(Notice::Unknown) || !overseas {
        return Ok(told);
    }
    // Overseas, the base often knows the street and not under this postcode.
    query.retain(|(name, _)| *name != "postcode");
    read(&http.json("search/", &query).await?, place)
}

/// Reads its answer about this address.
///
/// # Errors
/// `Elsewhere` when it speaks of another commune, `Garbled` when it is no answer of the base.
pub fn read(body: &Value, place: &Place) -> Result<Told, Fault> {
    let features = member(body, &["features"]);
    if !features.is_array() {
        return Err(Fault::Garbled);
    }
    let unknown = || Told { notice: Some(Notice::Unknown), ..Told::default() };
    let Some(found) = list(features).first() else { return Ok(unknown()) };
    let found = member(found, &["properties"]);
    let said = |key: &str| text(member(found, &[key]));
    if !member(found, &["score"]).as_f64().is_some_and(|score| score >= LEAST) {
        return Ok(unknown());
    }
    let same = if place.insee.is_empty() {
        said("postcode").as_ref() == Some(&place.postcode)
    } else {
        // The commune of an arrondissement is the whole city for the register or the base.
        said("citycode").is_some_and(|code| code == place.insee || is_part(&code, &place.insee))
    };
    if !same {
        return Err(Fault::Elsewhere);
    }
    let mut told = Told { reference: said("label").unwrap_or_default(), ..Told::default() };
    let is_street = matches!(said("type").as_deref(), Some("housenumber" | "street"));
    let parts = [
        ("name", "street", said("name").filter(|_| is_street)),
        ("postcode", "postcode", said("postcode")),
        ("city", "town", said("city")),
        ("citycode", "insee", said("citycode")),
    ];
    for (key, part, value) in parts {
        let Some(value) = value else { continue };
        told.facts.insert(key.to_owned(), value.clone());
        if place.is_head {
            told.facts.insert(format!(".{part}"), value);
        }
    }
    Ok(told)
}

/// Whether two codes are those of Paris, Lyon or Marseille and one of their arrondissements.
fn is_part(one: &str, other: &str) -> bool {
    let whole = |code: &str| match code.get(..3) {
        Some("751") => "75056".to_owned(),
        Some("132") => "13055".to_owned(),
        _ if code.starts_with("6938") => "69123".to_owned(),
        _ => code.to_owned(),
    };
    whole(one) == whole(other)
}
