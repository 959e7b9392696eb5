//! Les emplois de l'inclusion: the public list of structures with the posts they offer.

use std::collections::BTreeMap;

use form::{Kind, identifier};
use serde_json::Value;
use service::findings::{Fault, Notice, Told};

use super::{
    http::Http,
    json::{day, list, member, prose, text},
};

/// Most pages that are read to find a structure: the service answers twelve times a minute.
const MOST_PAGES: usize = 5;
/// Structures on a page.
const PAGE: &str = "100";
/// Most posts of a structure.
const MOST_POSTS: usize = 100;

/// Looks for a structure among those of its département, in the order of their SIRET.
pub(super) async fn ask(http: &Http, siret: &str, postcode: &str) -> Result<Told, Fault> {
    let Some(department) = identifier::department_of_postcode(postcode) else {
        return Ok(unknown(siret));
    };
    for page in 1..=MOST_PAGES {
        let page = page.to_string();
        let query = [
            ("departement", department.as_str()),
            ("o", "siret"),
            ("page_size", PAGE),
            ("page", &page),
        ];
        let body = http.json("api/v1/siaes/", &query).await?;
        let told = read(&body, siret)?;
        let is_last = !member(&body, &["next"]).is_string();
        if told.notice.is_none() || is_last {
            return Ok(told);
        }
    }
    Ok(unknown(siret))
}

fn unknown(siret: &str) -> Told {
    Told { notice: Some(Notice::Unknown), ..blank(siret) }
}

fn blank(siret: &str) -> Told {
    let reference = format!("SIRET {}", Kind::Siret.display(siret));
    Told { reference, ..Told::default() }
}

/// Reads one page of the list: what it says of this SIRET. A page without it knows nothing of it.
///
/// # Errors
/// `Garbled` when it is no page of the list.
pub fn read(body: &Value, siret: &str) -> Result<Told, Fault> {
    let results = member(body, &["results"]);
    if !results.is_array() {
        return Err(Fault::Garbled);
    }
    let found = list(results).iter().find(|one| member(one, &["siret"]).as_str() == Some(siret));
    let Some(found) = found else { return Ok(unknown(siret)) };
    let mut told =
        Told { as_of: day(member(found, &["mis_a_jour_le"])).unwrap_or_default(), ..blank(siret) };
    for key in ["enseigne", "telephone", "courriel", "site_web"] {
        if let Some(said) = text(member(found, &[key])) {
            told.facts.insert(key.to_owned(), said);
        }
    }
    told.facts.insert("siret".to_owned(), siret.to_owned());
    if let Some(said) = prose(member(found, &["description"])) {
        told.facts.insert("description".to_owned(), said);
    }
    let posts = list(member(found, &["postes"])).iter().filter_map(post).take(MOST_POSTS);
    told.lists.insert("postes".to_owned(), posts.collect());
    Ok(told)
}

/// A post that is open, with a known trade.
fn post(post: &Value) -> Option<BTreeMap<String, String>> {
    if member(post, &["recrutement_ouvert"]).as_bool() == Some(false) {
        return None;
    }
    let trade = text(member(post, &["rome"]))?;
    let (name, code) = trade.rsplit_once('(')?;
    let code = identifier::rome(code.trim_end_matches(')'))?;
    let own = text(member(post, &["appellation_modifiee"]));
    let mut row = BTreeMap::from([
        ("rome".to_owned(), code),
        ("appellation_modifiee".to_owned(), own.unwrap_or_else(|| name.trim().to_owned())),
    ]);
    let more = [
        ("nombre_postes_ouverts", text(member(post, &["nombre_postes_ouverts"]))),
        ("lieu.code_insee", text(member(post, &["lieu", "code_insee"]))),
    ];
    row.extend(more.into_iter().filter_map(|(key, said)| Some((key.to_owned(), said?))));
    Some(row)
}
