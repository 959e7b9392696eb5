//! Cases of the rules of the step "Activités et postes".

use super::*;
use crate::form::read::tests::{Case, answers, said, table};

const READY: &[(&str, &str)] = &[
    ("demande.request_kind", "annual"),
    ("demande.siae_kind", "ACI"),
    ("identification.legal_category", "9220"),
    ("moyens.etp_requested", "14,20"),
    ("activites.activities#a", "oui"),
    ("activites.activities.share#a", "60"),
    ("activites.activities#b", "oui"),
    ("activites.activities.share#b", "39,5"),
    ("activites.posts#a", "oui"),
    ("activites.posts.etp#a", "14,2"),
    ("activites.posts.contract#a", "cddi"),
    ("activites.contract_types", "cddi"),
    ("activites.vacancies_ft", "oui"),
    ("activites.carrier_kind", "association"),
    ("activites.workshops#a", "oui"),
    ("activites.workshops.etp#a", "14,19"),
];

/// What changes in the ready dossier of an AI.
const AI: &[(&str, &str)] = &[
    ("demande.siae_kind", "AI"),
    ("activites.permanence_days", "3"),
    ("activites.disposal_hours", "1 000"),
    ("activites.private_hours", "1 000"),
    ("activites.over_480_hours", "0"),
];

/// What changes in the ready dossier of an ACI in prison.
const PRISON: &[(&str, &str)] = &[
    ("demande.perimeter", "MP"),
    ("activites.prison_posts#a", "oui"),
    ("activites.prison_posts.establishment#a", "Maison d'arrêt de Nevers"),
    ("activites.prison_posts.etp#a", "6"),
    ("activites.prison_posts#b", "oui"),
    ("activites.prison_posts.establishment#b", "maison d'arrêt de nevers"),
    ("activites.prison_posts.etp#b", "4"),
];

#[test]
fn each_rule_speaks_of_its_own_mistake() {
    let cases: &[Case] = &[
        (&[], &[]),
        (
            &[("activites.activities.share#b", "39,49")],
            &["activites.shares_not_whole @activites.activities"],
        ),
        (&[("activites.activities.share#b", "")], &[]),
        (&[("activites.posts.etp#a", "14,91")], &[]),
        (
            &[("activites.posts.etp#a", "14,92")],
            &["? activites.posts_unlike_request @activites.posts"],
        ),
        (
            &[("activites.workshops.etp#a", "14,18")],
            &["activites.workshops_unlike_request @activites.workshops"],
        ),
        (&[("activites.workshops.etp#a", "9"), ("moyens.etp_requested", "")], &[]),
        (
            &[("activites.posts.etp#a", "0"), ("moyens.etp_requested", "")],
            &["activites.without_etp @activites.posts.etp#a"],
        ),
        (
            &[("activites.workshops.etp#a", "0"), ("moyens.etp_requested", "")],
            &["activites.without_etp @activites.workshops.etp#a"],
        ),
        (
            &[("activites.contract_types", "cddi,mission")],
            &["activites.contract_of_other_kind @activites.contract_types"],
        ),
        (
            &[("activites.contract_types", "cddi,cep")],
            &["activites.contract_of_other_kind @activites.contract_types"],
        ),
        (
            &[("activites.posts.contract#a", "mission"), ("activites.contract_types", "cddi")],
            &["activites.post_of_other_kind @activites.posts.contract#a"],
        ),
        (
            &[("activites.contract_types", "cdi_inclusion")],
            &["? activites.contract_not_listed @activites.posts.contract#a"],
        ),
        (
            &[("activites.vacancies_ft", "non")],
            &["activites.vacancies_needed @activites.vacancies_ft"],
        ),
        (
            &[("activites.carrier_kind", "commune")],
            &["activites.carrier_unlike_category @activites.carrier_kind"],
        ),
        (
            &[("identification.legal_category", "7210")],
            &["activites.carrier_unlike_category @activites.carrier_kind"],
        ),
        (&[("identification.legal_category", "7210"), ("activites.carrier_kind", "ccas")], &[]),
    ];
    table(rules, READY, cases);
}

#[test]
fn an_association_intermediaire_keeps_its_own_limits() {
    let cases: &[Case] = &[
        (&[], &[]),
        (&[("activites.contract_types", "cddi,cddu")], &[]),
        (
            &[("activites.contract_types", "cddi,passerelle")],
            &["activites.contract_of_other_kind @activites.contract_types"],
        ),
        (
            &[("activites.permanence_days", "2,5")],
            &["activites.too_few_days @activites.permanence_days"],
        ),
        (
            &[("activites.private_hours", "1 000,5")],
            &["activites.private_above_all @activites.private_hours"],
        ),
        (
            &[("activites.over_480_hours", "2")],
            &["? activites.some_over_480 @activites.over_480_hours"],
        ),
    ];
    table(rules, &[READY, AI].concat(), cases);
    let days: &[(&str, &str)] = &[("activites.permanence_days", "1")];
    assert!(said(rules, &answers(&[READY, days].concat())).is_empty(), "only asked of AI");
}

#[test]
fn people_of_an_etti_have_contracts_of_mission() {
    let etti: &[(&str, &str)] = &[
        ("demande.siae_kind", "ETTI"),
        ("activites.posts.contract#a", "mission"),
        ("activites.contract_types", "mission"),
    ];
    let post = "activites.post_of_other_kind @activites.posts.contract#a";
    let cases: &[Case] = &[
        (&[], &[]),
        (&[("activites.contract_types", "mission,cdi_inclusion")], &[]),
        (
            &[("activites.contract_types", "mission,cddi")],
            &["activites.contract_of_other_kind @activites.contract_types"],
        ),
        (
            &[("activites.contract_types", "mission,passerelle")],
            &["activites.contract_of_other_kind @activites.contract_types"],
        ),
        (&[("activites.posts.contract#a", "cddi")], &[post]),
        (&[("activites.posts.contract#a", "passerelle")], &[post]),
    ];
    table(rules, &[READY, etti].concat(), cases);
}

#[test]
fn ten_etp_at_most_in_one_prison() {
    let more: &[(&str, &str)] = &[("activites.prison_posts.etp#b", "4,01")];
    let other: &[(&str, &str)] = &[("activites.prison_posts.establishment#b", "Varennes")];
    let outside: &[(&str, &str)] = &[("demande.perimeter", "DC")];
    let too_many = ["activites.prison_too_many @activites.prison_posts.etp#b"];
    assert!(said(rules, &answers(&[READY, PRISON].concat())).is_empty());
    assert_eq!(said(rules, &answers(&[READY, PRISON, more].concat())), too_many);
    assert!(said(rules, &answers(&[READY, PRISON, more, other].concat())).is_empty());
    assert!(said(rules, &answers(&[READY, PRISON, more, outside].concat())).is_empty());
}

#[test]
fn open_ended_contracts_of_an_ei_stay_within_a_share() {
    let two_posts: &[(&str, &str)] = &[
        ("demande.siae_kind", "EI"),
        ("moyens.etp_requested", "10"),
        ("activites.posts.etp#a", "8"),
        ("activites.posts#b", "oui"),
        ("activites.posts.etp#b", "2"),
        ("activites.posts.contract#b", "cdi_inclusion"),
        ("activites.contract_types", "cddi,cdi_inclusion"),
    ];
    let more: &[(&str, &str)] =
        &[("activites.posts.etp#a", "7,9"), ("activites.posts.etp#b", "2,1")];
    assert!(said(rules, &answers(&[READY, two_posts].concat())).is_empty());
    assert_eq!(
        said(rules, &answers(&[READY, two_posts, more].concat())),
        ["? activites.open_ended_above_share @activites.contract_types"]
    );
    let decided: &[(&str, &str)] = &[("pieces.ei_cdi_agreement", "joined")];
    assert!(said(rules, &answers(&[READY, two_posts, more, decided].concat())).is_empty());
}
