//! Answers of other systems, whole and mutilated: nothing panics, and nothing is read that is about
//! somebody else.

#![expect(clippy::unwrap_used, reason = "helpers of tests, outside of them")]

use proptest::prelude::*;
use serde_json::{Value, json};
use service::findings::{Fault, Notice, Place, Told};
use sources::live::{read_address, read_company, read_emplois};

const SIRET: &str = "73282932000074";

fn company() -> Value {
    json!({
        "total_results": 1,
        "results": [{
            "siren": "732829320",
            "nom_complet": "LES JARDINS (LJ)",
            "nom_raison_sociale": "LES JARDINS",
            "sigle": "LJ",
            "nature_juridique": "9220",
            "activite_principale": "88.99B",
            "tranche_effectif_salarie": "11",
            "date_creation": "2003-05-01",
            "etat_administratif": "A",
            "dirigeants": [
                {"nom": "MARTIN", "prenoms": "ANNE LISE", "qualite": "Présidente"},
                {"denomination": "AUDIT SA", "qualite": "Commissaire aux comptes titulaire"}
            ],
            "siege": {
                "siret": SIRET, "adresse": "1 RUE A 58000 NEVERS", "code_postal": "58000",
                "commune": "58194", "libelle_commune": "NEVERS", "etat_administratif": "A",
                "liste_idcc": ["3016"]
            },
            "matching_etablissements": [],
            "complements": {"est_ess": true, "identifiant_association": "W751234567"}
        }]
    })
}

fn fact<'a>(told: &'a Told, key: &str) -> &'a str {
    told.facts.get(key).map(String::as_str).unwrap_or_default()
}

/// The same body with something put at a pointer.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = company();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

#[test]
fn a_company_is_read_whole() {
    let told = read_company(&company(), SIRET).unwrap();
    assert_eq!(fact(&told, "siege.adresse.street"), "1 RUE A");
    assert_eq!(fact(&told, "siege.liste_idcc"), "3016");
    assert_eq!(fact(&told, "siege.commune"), "58194");
    assert_eq!(fact(&told, "dirigeants"), "ANNE MARTIN");
    let leaders = &told.lists["dirigeants"];
    assert_eq!((leaders.len(), leaders[0]["role"].as_str()), (1, "Présidente"), "no auditor");
}

#[test]
fn a_branch_has_its_own_address_and_the_head_office_keeps_its_own() {
    let mut body = company();
    let unit = body.pointer_mut("/results/0").unwrap();
    unit["matching_etablissements"] = json!([{
        "siret": "73282932000082", "adresse": "5 QUAI B 58300 DECIZE", "code_postal": "58300",
        "commune": "58095", "libelle_commune": "DECIZE", "etat_administratif": "A"
    }]);
    let told = read_company(&body, "73282932000082").unwrap();
    assert_eq!(fact(&told, "siege.adresse.town"), "NEVERS");
    assert_eq!(fact(&told, "etablissement.street"), "5 QUAI B");
    assert_eq!(fact(&told, "siege.commune"), "", "the commune of the head office is another");
}

#[test]
fn what_is_about_another_is_refused() {
    for body in [
        with("/results/0/siren", json!("418166096")),
        with("/results/0/siege/siret", json!("73282932000082")),
        with("/results/0/siege", Value::Null),
    ] {
        assert_eq!(read_company(&body, SIRET), Err(Fault::Elsewhere), "{body}");
    }
    assert_eq!(read_company(&json!({"erreur": "…"}), SIRET), Err(Fault::Garbled));
    let nobody = read_company(&json!({"results": []}), SIRET).unwrap();
    assert_eq!(nobody.notice, Some(Notice::Unknown));
}

#[test]
fn odd_members_are_as_if_they_were_not_there() {
    let mut body = with("/results/0/nom_raison_sociale", json!(["?"]));
    body["results"][0]["siege"]["liste_idcc"] = json!(["3016", "9999"]);
    body["results"][0]["date_creation"] = json!("hier");
    body["results"][0]["nature_juridique"] = json!(9220);
    let told = read_company(&body, SIRET).unwrap();
    for key in ["nom_raison_sociale", "siege.liste_idcc", "date_creation"] {
        assert_eq!(fact(&told, key), "", "{key}");
    }
    assert_eq!(fact(&told, "nature_juridique"), "9220");
    let masked = with("/results/0/siege/adresse", json!("[NON-DIFFUSIBLE] 58000 NEVERS"));
    assert_eq!(fact(&read_company(&masked, SIRET).unwrap(), "siege.adresse.street"), "");
}

fn place() -> Place {
    Place {
        street: "1 RUE A".into(),
        postcode: "75011".into(),
        town: "PARIS".into(),
        insee: "75056".into(),
        is_head: false,
    }
}

fn feature(citycode: &str, score: f64) -> Value {
    json!({"features": [{"properties": {
        "name": "1 Rue A", "postcode": "75011", "city": "Paris", "citycode": citycode,
        "score": score, "type": "housenumber", "label": "1 Rue A 75011 Paris"
    }}]})
}

#[test]
fn an_address_is_that_of_the_commune_and_not_a_guess() {
    let told = read_address(&feature("75111", 0.9), &place()).unwrap();
    assert_eq!((fact(&told, "name"), fact(&told, "citycode")), ("1 Rue A", "75111"));
    assert_eq!(fact(&told, ".street"), "", "the head office is elsewhere");
    assert_eq!(read_address(&feature("69381", 0.9), &place()), Err(Fault::Elsewhere));
    let guess = read_address(&feature("75111", 0.2), &place()).unwrap();
    assert_eq!(guess.notice, Some(Notice::Unknown));
    assert_eq!(read_address(&json!([]), &place()), Err(Fault::Garbled));
}

fn siaes() -> Value {
    json!({"next": null, "results": [
        {"siret": "73282932000082", "courriel": "autre@exemple.fr"},
        {"siret": SIRET, "courriel": "lj@exemple.fr", "description": "Deux\r\nlignes.",
         "mis_a_jour_le": "2026-11-12T09:30:00+01:00", "postes": [
            {"rome": "Maraîchage (A1414)", "recrutement_ouvert": true,
             "appellation_modifiee": "", "nombre_postes_ouverts": 2,
             "lieu": {"code_insee": "58194"}},
            {"rome": "Maraîchage (A1414)", "recrutement_ouvert": false},
            {"rome": "Sans code"}
         ]}
    ]})
}

#[test]
fn les_emplois_are_those_of_the_siret() {
    let told = read_emplois(&siaes(), SIRET).unwrap();
    assert_eq!((fact(&told, "courriel"), told.as_of.as_str()), ("lj@exemple.fr", "2026-11-12"));
    assert_eq!(fact(&told, "description"), "Deux\nlignes.");
    let posts = &told.lists["postes"];
    assert_eq!(posts.len(), 1, "closed ones and those without a trade are left out");
    let cells = ["rome", "appellation_modifiee", "nombre_postes_ouverts", "lieu.code_insee"];
    assert_eq!(cells.map(|cell| posts[0][cell].as_str()), ["A1414", "Maraîchage", "2", "58194"]);
    let nobody = read_emplois(&siaes(), "41816609600051").unwrap();
    assert_eq!((nobody.notice, nobody.facts.len()), (Some(Notice::Unknown), 0));
    assert_eq!(read_emplois(&json!({"detail": "…"}), SIRET), Err(Fault::Garbled));
}

fn odd() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        Just(json!("[NON-DIFFUSIBLE]")),
        Just(json!("é".repeat(400))),
        Just(json!("2026-02-30")),
        Just(json!("C")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,12}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every place in a body.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| pointers(value, &format!("{here}/{key}"), all));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| pointers(v, &format!("{here}/{i}"), all));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_mutilated_company_never_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), odd()), 1..5),
        siret in prop_oneof![Just(SIRET.to_owned()), "\\PC{0,20}"],
    ) {
        let mut body = company();
        for (which, value) in changes {
            let mut all = Vec::new();
            pointers(&body, "", &mut all);
            let at = which.get(&all).clone();
            *body.pointer_mut(&at).unwrap() = value;
        }
        if let Ok(told) = read_company(&body, &siret) {
            let fit = |value: &String| {
                !value.contains("NON-DIFFUSIBLE") && value.chars().count() <= 1_300
            };
            prop_assert!(told.facts.values().all(fit));
            let closed = matches!(told.notice, Some(Notice::Closed { .. }));
            prop_assert!(!closed || told.facts.is_empty());
        }
    }

    #[test]
    fn mutilated_emplois_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), odd()), 1..5),
    ) {
        let mut body = siaes();
        for (which, value) in changes {
            let mut all = Vec::new();
            pointers(&body, "", &mut all);
            let at = which.get(&all).clone();
            *body.pointer_mut(&at).unwrap() = value;
        }
        drop(read_emplois(&body, SIRET));
    }

    #[test]
    fn a_mutilated_address_never_panics(
        which in any::<prop::sample::Index>(), value in odd(), code in "\\PC{0,8}",
    ) {
        let mut body = feature(&code, 0.9);
        let mut all = Vec::new();
        pointers(&body, "", &mut all);
        let at = which.get(&all).clone();
        *body.pointer_mut(&at).unwrap() = value;
        drop(read_address(&body, &place()));
    }
}
