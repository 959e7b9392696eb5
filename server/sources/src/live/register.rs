//! The company register (API Recherche d'entreprises): what it says of one establishment.

use std::collections::BTreeMap;

use form::{Kind, identifier};
use serde_json::Value;
use service::findings::{Fault, Notice, Told};

use super::{
    http::Http,
    json::{day, is_masked, list, member, text},
};

/// Most people who run a structure.
const MOST_LEADERS: usize = 20;

/// Asks the register about an establishment.
pub(super) async fn ask(http: &Http, siret: &str) -> Result<Told, Fault> {
    let query = [("q", siret), ("page", "1"), ("per_page", "1")];
    read(&http.json("search", &query).await?, siret)
}

/// Reads its answer about this SIRET.
///
/// # Errors
/// `Elsewhere` when it speaks of another establishment, `Garbled` when it is no answer of the register.
pub fn read(body: &Value, siret: &str) -> Result<Told, Fault> {
    let results = member(body, &["results"]);
    if !results.is_array() {
        return Err(Fault::Garbled);
    }
    let reference = format!("SIRET {}", Kind::Siret.display(siret));
    if list(results).is_empty() {
        return Ok(Told { reference, notice: Some(Notice::Unknown), ..Told::default() });
    }
    let found = list(results).iter().find_map(|unit| Some((unit, place_of(unit, siret)?)));
    let (unit, place) = found.ok_or(Fault::Elsewhere)?;
    let as_of = ["date_mise_a_jour_insee", "date_mise_a_jour"];
    let as_of = as_of.iter().find_map(|key| day(member(unit, &[key]))).unwrap_or_default();
    let told = Told { as_of, reference, ..Told::default() };
    let is_closed =
        |value: &Value, mark: &str| member(value, &["etat_administratif"]).as_str() == Some(mark);
    if is_closed(unit, "C") || is_closed(place, "F") {
        // A closed one has nothing to say of a structure that works.
        let since = day(member(place, &["date_fermeture"]))
            .or_else(|| day(member(unit, &["date_fermeture"])))
            .unwrap_or_default();
        return Ok(Told { notice: Some(Notice::Closed { since }), ..told });
    }
    let mut reading = Reading { told };
    reading.of_unit(unit);
    reading.of_head(unit, siret);
    reading.of_place(unit, place, siret);
    let masked = ["nom_complet", "nom_raison_sociale"];
    if masked.iter().any(|key| is_masked(member(unit, &[key])))
        || is_masked(member(place, &["adresse"]))
    {
        reading.told.notice = Some(Notice::Withheld);
    }
    Ok(reading.told)
}

/// The establishment asked about, among those of a unit.
fn place_of<'a>(unit: &'a Value, siret: &str) -> Option<&'a Value> {
    let company = siret.get(..9)?;
    if text(member(unit, &["siren"]))?.as_str() != company {
        return None;
    }
    let is_it = |place: &&Value| is_siret(place, siret);
    let head = Some(member(unit, &["siege"])).filter(is_it);
    head.or_else(|| list(member(unit, &["matching_etablissements"])).iter().find(is_it))
}

fn is_siret(place: &Value, siret: &str) -> bool {
    member(place, &["siret"]).as_str() == Some(siret)
}

struct Reading {
    told: Told,
}

/// An address in parts.
struct Parts {
    street: Option<String>,
    complement: Option<String>,
    postcode: Option<String>,
    town: Option<String>,
    insee: Option<String>,
}

impl Reading {
    fn put(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value {
            self.told.facts.insert(key.to_owned(), value);
        }
    }

    fn put_address(&mut self, key: &str, parts: &Parts) {
        let named = [
            ("street", &parts.street),
            ("complement", &parts.complement),
            ("postcode", &parts.postcode),
            ("town", &parts.town),
            ("insee", &parts.insee),
        ];
        for (part, value) in named {
            self.put(&format!("{key}.{part}"), value.clone());
        }
    }

    /// What is true of the whole unit.
    fn of_unit(&mut self, unit: &Value) {
        let keys = [
            "nom_raison_sociale",
            "sigle",
            "nature_juridique",
            "activite_principale",
            "tranche_effectif_salarie",
        ];
        for key in keys {
            self.put(key, text(member(unit, &[key])));
        }
        self.put("date_creation", day(member(unit, &["date_creation"])));
        let rna = text(member(unit, &["complements", "identifiant_association"]));
        let rna = rna.filter(|rna| identifier::rna(rna).is_some());
        self.put("complements.identifiant_association", rna);
        for flag in ["est_ess", "est_organisme_formation", "est_qualiopi", "est_societe_mission"] {
            let said = member(unit, &["complements", flag]).as_bool();
            let said = said.map(|said| if said { "oui" } else { "non" }.to_owned());
            self.put(&format!("complements.{flag}"), said);
        }
        let leaders = list(member(unit, &["dirigeants"])).iter().filter_map(leader);
        let leaders = leaders.take(MOST_LEADERS).map(|(name, role)| {
            BTreeMap::from([("name".to_owned(), name), ("role".to_owned(), role)])
        });
        self.told.lists.insert("dirigeants".to_owned(), leaders.collect());
        // Who is named first represents the structure, if it is a person.
        let first = list(member(unit, &["dirigeants"])).first();
        let first = first.filter(|one| member(one, &["nom"]).is_string()).and_then(leader);
        self.put("dirigeants", first.map(|(name, _)| name));
    }

    /// Where the head office is, unless it is closed.
    fn of_head(&mut self, unit: &Value, siret: &str) {
        let head = member(unit, &["siege"]);
        let of_unit = member(head, &["siret"]).as_str().and_then(|head| head.get(..9));
        if of_unit != siret.get(..9) || member(head, &["etat_administratif"]) == "F" {
            return;
        }
        self.put_address("siege.adresse", &parts(head));
    }

    /// What is true of the establishment alone.
    fn of_place(&mut self, unit: &Value, place: &Value, siret: &str) {
        let is_head = is_siret(member(unit, &["siege"]), siret);
        let address = parts(place);
        self.put_address("etablissement", &address);
        if is_head {
            self.put("siege.commune", address.insee);
            self.put("etablissement.head", Some("oui".to_owned()));
        }
        // Of several collective agreements, nobody but the structure knows which one counts.
        let places = [place, member(unit, &["siege"]), member(unit, &["complements"])];
        let listed = places.iter().map(|place| list(member(place, &["liste_idcc"])));
        let agreements = listed.into_iter().find(|agreements| !agreements.is_empty());
        if let Some([only]) = agreements {
            self.put("siege.liste_idcc", text(only));
        }
    }
}

/// Name and role of who runs it; auditors do not.
fn leader(one: &Value) -> Option<(String, String)> {
    let role = text(member(one, &["qualite"])).unwrap_or_default();
    if role.to_lowercase().contains("commissaire aux comptes") {
        return None;
    }
    let name = match text(member(one, &["nom"])) {
        Some(last) => {
            let first = text(member(one, &["prenoms"])).unwrap_or_default();
            let first = first.split(' ').next().unwrap_or_default().to_owned();
            format!("{first} {last}").trim().to_owned()
        }
        None => text(member(one, &["denomination"]))?,
    };
    Some((name, role))
}

/// The parts of the address of an establishment: as they are given, or cut from the whole.
fn parts(place: &Value) -> Parts {
    let postcode = text(member(place, &["code_postal"]));
    let postcode = postcode.and_then(|text| identifier::postcode(&text));
    let insee = text(member(place, &["commune"])).and_then(|text| identifier::commune(&text));
    let words = ["numero_voie", "indice_repetition", "type_voie", "libelle_voie"];
    let street = member(place, &["libelle_voie"]).is_string().then(|| {
        let words = words.iter().filter_map(|key| text(member(place, &[key])));
        words.collect::<Vec<_>>().join(" ")
    });
    let whole = || {
        let whole = text(member(place, &["adresse"]))?;
        let (street, _) = whole.split_once(postcode.as_deref()?)?;
        Some(street.trim().to_owned())
    };
    let is_masked = words.iter().any(|key| is_masked(member(place, &[key])));
    let street = street.or_else(whole).filter(|street| !street.is_empty() && !is_masked);
    Parts {
        complement: text(member(place, &["complement_adresse"])).filter(|_| street.is_some()),
        street,
        postcode,
        town: text(member(place, &["libelle_commune"])),
        insee,
    }
}
