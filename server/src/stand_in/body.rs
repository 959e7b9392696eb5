//! The JSON of the systems that are played.

use demo::{
    Profile, Request,
    places::{DEPARTMENTS, Place},
    structures,
};
use dossier::form::CONVENTIONNEMENT;
use serde_json::{Value, json};

use super::Mode;

/// What a register writes where a person asked that nothing be shown.
const MASK: &str = "[NON-DIFFUSIBLE]";

/// Capitals without accents, as registers write.
fn shouted(text: &str) -> String {
    form::bare(text).to_uppercase()
}

/// A structure as the register gives it.
pub fn company(profile: &Profile, mode: Mode) -> Value {
    let kind = profile.kinds.first().copied().unwrap_or("ACI");
    let request = Request { kind, nature: "first", year: 2027, perimeter: "DC" };
    let answers = demo::filled(&CONVENTIONNEMENT, profile, &request);
    let raw = |field: &str| answers.raw(field, "").to_owned();
    let street = raw("identification.head_address.street");
    let (number, way) = street.split_once(' ').unwrap_or(("1", "rue"));
    let (kind_of_way, way) = way.split_once(' ').unwrap_or(("rue", way));
    let number = match mode {
        Mode::Moved => "48".to_owned(),
        // One structure moved down its street: its dossier, opened before, shows a card.
        _ if profile.name == structures::valbrune().name => {
            number.parse().map_or("1".to_owned(), |number: u32| (number + 6).to_string())
        }
        _ => number.to_owned(),
    };
    let name = match mode {
        Mode::Moved => format!("{} ET COMPAGNIE", shouted(&profile.name)),
        _ => shouted(&profile.name),
    };
    let (name, number) = match mode {
        Mode::Masked => (MASK.to_owned(), MASK.to_owned()),
        _ => (name, number),
    };
    let Place { name: town, insee, postcode, .. } = profile.place;
    let (kind_of_way, way, town) = (shouted(kind_of_way), shouted(way), shouted(town));
    let closed = mode == Mode::Closed;
    let head = json!({
        "siret": profile.siret,
        "adresse": format!("{number} {kind_of_way} {way} {postcode} {town}"),
        "numero_voie": number,
        "type_voie": kind_of_way,
        "libelle_voie": way,
        "code_postal": postcode,
        "commune": insee,
        "libelle_commune": town,
        "departement": profile.department.code,
        "region": profile.department.region,
        "etat_administratif": if closed { "F" } else { "A" },
        "date_fermeture": if closed { json!("2026-06-30") } else { Value::Null },
        "liste_idcc": [raw("identification.idcc")],
    });
    let association = profile.is_association();
    let naf = raw("identification.naf");
    json!({
        "siren": profile.siren,
        "nom_complet": name,
        "nom_raison_sociale": name,
        "sigle": Value::Null,
        "nature_juridique": profile.legal,
        "activite_principale": dotted(&naf),
        "tranche_effectif_salarie": raw("identification.workforce_band"),
        "date_creation": format!("{}-03-12", profile.created),
        "date_mise_a_jour_insee": "2026-11-02T04:10:00",
        "etat_administratif": "A",
        "dirigeants": [leader(profile, mode)],
        "siege": head,
        "matching_etablissements": [head],
        "complements": {
            "est_association": association,
            "identifiant_association":
                if association { json!(raw("identification.rna")) } else { Value::Null },
            "est_ess": true,
            "est_siae": true,
            "est_organisme_formation": false,
            "est_qualiopi": false,
            "est_societe_mission": false,
        },
    })
}

fn leader(profile: &Profile, mode: Mode) -> Value {
    let (first, last) = profile.president.split_once(' ').unwrap_or(("", &profile.president));
    let (first, last) = match mode {
        Mode::Masked => (MASK.to_owned(), MASK.to_owned()),
        _ => (first.to_owned(), shouted(last)),
    };
    json!({ "nom": last, "prenoms": first, "qualite": "Président", "type_dirigeant": "personne physique" })
}

/// A structure as Les emplois de l'inclusion gives it.
pub fn siae(profile: &Profile, mode: Mode) -> Value {
    let kind = profile.kinds.first().copied().unwrap_or("ACI");
    let request = Request { kind, nature: "first", year: 2027, perimeter: "DC" };
    let answers = demo::filled(&CONVENTIONNEMENT, profile, &request);
    let raw = |field: &str, row: &str| answers.raw(field, row).to_owned();
    let posts = answers.added_rows("activites.posts").into_iter().map(|row| {
        let post = |part: &str| raw(&format!("activites.posts.{part}"), row);
        json!({
            "rome": format!("{} ({})", post("label"), post("rome")),
            "recrutement_ouvert": true,
            "appellation_modifiee": post("label"),
            "nombre_postes_ouverts": post("count").parse::<u32>().unwrap_or(1),
            "lieu": { "nom": profile.place.name, "code_insee": profile.place.insee },
        })
    });
    let posts: Vec<Value> = posts.collect();
    let siret = match mode {
        Mode::Elsewhere => format!("{}99999", profile.siren),
        _ => profile.siret.clone(),
    };
    json!({
        "siret": siret,
        "type": kind,
        "raison_sociale": profile.name,
        "enseigne": profile.name,
        "telephone": raw("identification.phone", ""),
        "courriel": raw("identification.email", ""),
        "site_web": raw("identification.website", ""),
        "description": raw("identification.presentation", ""),
        "mis_a_jour_le": "2026-11-12T09:30:00+01:00",
        "bloque_candidatures": false,
        "code_postal": profile.place.postcode,
        "ville": profile.place.name,
        "departement": profile.department.code,
        "postes": posts,
    })
}

/// `88.99B` of `8899B`.
fn dotted(naf: &str) -> String {
    match (naf.get(..2), naf.get(2..)) {
        (Some(division), Some(rest)) if !naf.contains('.') => format!("{division}.{rest}"),
        _ => naf.to_owned(),
    }
}

/// What the address base finds: the commune of the postcode, and the street as it was asked, in small
/// letters.
pub fn features(q: &str, postcode: &str, mode: Mode) -> Vec<Value> {
    let mut places = DEPARTMENTS.iter().flat_map(|department| department.places);
    let lower = shouted(q);
    let is_here = |place: &&Place| match mode {
        Mode::Elsewhere => !lower.contains(&shouted(place.name)) && place.postcode != postcode,
        _ => place.postcode == postcode || lower.ends_with(&shouted(place.name)),
    };
    let Some(place) = places.find(is_here) else { return Vec::new() };
    let street = lower.strip_suffix(&shouted(place.name)).unwrap_or(&lower).trim().to_lowercase();
    let mut words = street.split(' ');
    let number = words.next().unwrap_or_default();
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}", letters.as_str())
    };
    let way: Vec<String> = words.map(capital).collect();
    let (way, town) = (way.join(" "), place.name);
    let name = format!("{number} {way}");
    vec![json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [3.15, 46.99] },
        "properties": {
            "label": format!("{name} {} {town}", place.postcode),
            "score": 0.93,
            "housenumber": number,
            "street": way,
            "name": name,
            "postcode": place.postcode,
            "citycode": place.insee,
            "city": town,
            "type": "housenumber",
        },
    })]
}
