//! What an extract gives to a dossier.

use form::Cents;
use sources::flux_iae::{FluxIae, answers_for, chosen_annex, recomputed_total};

use crate::made::{A, ANNEX, Annex, FORGE, Folder, S, annexes, read, structures};

/// A structure with the story of its annexes.
fn story() -> FluxIae {
    let rows = annexes(&[
        Annex { id: "1", state: "HISTORISE", ..ANNEX },
        Annex { id: "2", modification: "1", etp: "13.00", total: "310960.00", ..ANNEX },
        Annex { id: "3", modification: "2", etp: "14.00", state: "REJETE", ..ANNEX },
        Annex {
            id: "4",
            renewal: "1",
            state: "PROVISOIRE",
            start: "01/01/2027",
            end: "31/12/2027",
            etp: "15.00",
            total: "358800.00",
            ..ANNEX
        },
        Annex { id: "5", measure: "ACI_MP", modification: "3", ..ANNEX },
    ]);
    Folder::with(&[(S, structures(&[FORGE]).as_bytes()), (A, rows.as_bytes())]).read()
}

#[test]
fn the_annex_in_force_is_chosen() {
    let flux = story();
    let chosen = |perimeter, year| {
        chosen_annex(&flux.structures[0], &flux.annexes, "ACI", perimeter, year)
            .map(|a| a.amendment_id)
    };
    assert_eq!(chosen("DC", 2026), Some(2));
    assert_eq!(chosen("DC", 2027), Some(4));
    assert_eq!(chosen("MP", 2026), Some(5));
    assert_eq!(chosen("DC", 2025), None);
    let rejected: Vec<_> =
        flux.annexes.iter().filter(|a| [1, 3].contains(&a.amendment_id)).cloned().collect();
    let kept = chosen_annex(&flux.structures[0], &rejected, "ACI", "DC", 2026);
    assert_eq!(kept.map(|a| a.amendment_id), Some(1));
}

#[test]
fn answers_say_where_they_come_from() {
    let flux = story();
    let answers = answers_for(&flux.structures[0], &flux.annexes, "ACI", "DC", 2026);
    let (_, convention) =
        answers.iter().find(|(at, _)| at.field == "demande.previous_convention_number").unwrap();
    assert_eq!(convention.raw, "058 010126 ACI 00003");
    let provenance = convention.provenance.as_ref().unwrap();
    assert_eq!(provenance.reference, "annexe ACI058260003A0M1");
    assert_eq!(provenance.as_of, "2026-02-15");
    assert_eq!(provenance.value, convention.raw);
}

#[test]
fn amounts_follow_the_formula() {
    let rows = annexes(&[Annex { end: "31/08/2026", etp: "7.95", total: "126776.00", ..ANNEX }]);
    let flux = read(A, rows.as_bytes());
    // 7.95 × 23 920 / 12 = 15 847.00 a month, eight months.
    assert_eq!(recomputed_total(&flux.annexes[0]), Some(Cents(12_677_600)));
}
