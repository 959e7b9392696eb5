//! Reading: what is kept, refused and doubtful, in every container.

use form::{Date, Hundredths, Minutes};
use sources::flux_iae::{
    AnnexState, Note, Outcome, Reason, View, read_files, read_files_within, recomputed_total,
};

use crate::made::{
    A, ANNEX, ANNEX_HEADER, Annex, FORGE, Folder, S, annexes, failed, gzip, read, structures,
    zipped,
};

#[test]
fn the_container_is_told_by_its_bytes() {
    let text = structures(&[FORGE]);
    let plain = text.as_bytes();
    let deep =
        zipped(&[("dossier/f.csv.gz", &gzip(plain)), ("dossier/g.zip", &zipped(&[(S, plain)]))]);
    for (what, bytes, documents) in [
        ("plain", plain.to_vec(), 1),
        ("gzip", gzip(plain), 1),
        ("zip", zipped(&[("a.csv", plain)]), 1),
        ("gzip in gzip", gzip(&gzip(plain)), 1),
        ("zip in gzip", gzip(&zipped(&[("a.csv", plain)])), 1),
        ("several in a zip", deep, 2),
    ] {
        let flux = read(S, &bytes);
        assert_eq!(flux.structures.len(), 1, "{what}");
        assert_eq!(flux.report.files.len(), documents, "{what}");
        assert_eq!(flux.report.files[0].view, Some(View::Structure), "{what}");
    }
}

#[test]
fn a_structure_gets_its_zeros_back_and_loses_its_correspondent() {
    let flux = read(S, &gzip(structures(&[FORGE]).as_bytes()));
    let forge = &flux.structures[0];
    assert_eq!(forge.asp_id, 101);
    assert_eq!(forge.name, "ATELIERS \"LA FORGE");
    assert_eq!((forge.legal_category.as_str(), forge.idcc.as_str()), ("9220", "3016"));
    assert_eq!(forge.management.street(), "12 RUE DES TISSERANDS");
    assert_eq!(
        (forge.management.postcode.as_str(), forge.management.insee.as_str()),
        ("01004", "01004")
    );
    assert_eq!(forge.phone(), "0386710000");
    assert_eq!(forge.extracted, Date::new(2026, 6, 2));
    assert!(!format!("{flux:?}").to_lowercase().contains("secret"));
    let file = &flux.report.files[0];
    assert_eq!((file.rows_read, file.rows_refused, file.announced), (1, 0, Some(1)));
    assert!(file.unknown_columns.is_empty());
    assert!(flux.report.notes.is_empty(), "{:?}", flux.report.notes);
}

#[test]
fn control_characters_are_dropped() {
    let flux = read(S, structures(&[&FORGE.replace("LA FORGE", "LA\0 FO\tRGE\u{1b}")]).as_bytes());
    assert_eq!(flux.structures[0].name, "ATELIERS \"LA FORGE");
}

#[test]
fn an_annex_is_read_with_or_without_its_marks() {
    let text = annexes(&[ANNEX]);
    let without_marks = text.split_once('\n').unwrap().1.to_owned();
    let with_end = format!("{text}FIN1|||\n");
    let carriage = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    for text in [&text, &without_marks, &with_end, &carriage] {
        let flux = read(A, text.as_bytes());
        let [annex] = flux.annexes.as_slice() else { panic!("{:?}", flux.report) };
        assert_eq!(annex.full_number(), "ACI058260003A0M0");
        assert_eq!((annex.measure.kind.as_str(), annex.measure.perimeter.as_str()), ("ACI", "DC"));
        assert_eq!(annex.state, AnnexState::Valid);
        assert_eq!(annex.as_of(), Date::new(2026, 2, 15));
        assert_eq!(annex.months(), 12);
        assert_eq!(annex.etp, Some(Hundredths(1_240)));
        assert_eq!(annex.staff.total.people, Some(26));
        assert_eq!(annex.collective_hours, Some(Minutes(2_100)));
        assert_eq!(annex.row.get("af_nb_banques numeric"), "2");
        assert_eq!(annex.total, recomputed_total(annex));
        assert_eq!(flux.report.files[0].unknown_columns, ["af_inconnue"]);
    }
}

#[test]
fn the_view_is_told_by_the_name_the_first_line_or_the_columns() {
    let text = annexes(&[ANNEX]);
    let without_mark = text.split_once('\n').unwrap().1;
    assert_eq!(read("a.txt", text.as_bytes()).annexes.len(), 1);
    assert_eq!(read("a.txt", without_mark.as_bytes()).annexes.len(), 1);
    for (name, text) in [
        ("fluxIAE_Salarie_02062026_090000.csv", "salarie_id|hash_nir\n1|2\n"),
        ("fluxIAE_AnnexeFinanciereACI_02062026_090000.csv", text.as_str()),
        ("a.txt", "DEBSalarie01062026_080000|\nsalarie_id|hash_nir\n1|2\n"),
        ("a.txt", "bonjour\n"),
    ] {
        let flux = read(name, text.as_bytes());
        assert!(matches!(flux.report.files[0].outcome, Outcome::Skipped(_)), "{name}");
        assert!(flux.annexes.is_empty());
    }
}

#[test]
fn a_missing_column_is_named() {
    let text = annexes(&[ANNEX]).replace("af_date_fin_effet", "af_fin");
    assert_eq!(failed(&read(A, text.as_bytes())), "il manque des colonnes : af_date_fin_effet");
    assert!(failed(&read(A, b"")).contains("vide"));
    assert!(failed(&read(A, b"DEBAnnexeFinanciere01062026_080000||\n")).contains("vide"));
}

#[test]
fn a_bad_line_stops_nothing() {
    let mut bytes = annexes(&[ANNEX]).into_bytes();
    let bad_date = Annex { id: "8", start: "31/02/2026", ..ANNEX }.line();
    let no_id = Annex { id: "", ..ANNEX }.line();
    let unreadable = Annex { id: "9", etp: "douze", ..ANNEX }.line();
    let lines: [&[u8]; 7] = [
        b"trop|peu",
        &[b"|".repeat(1_000_000), b"\n".to_vec()].concat(),
        b"\xe9\xe8|",
        bad_date.as_bytes(),
        no_id.as_bytes(),
        unreadable.as_bytes(),
        b"FIN7||",
    ];
    for line in lines {
        bytes.extend_from_slice(line);
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(&vec![b'x'; 5_000_000]);
    bytes.extend_from_slice(b"\napres|la|fin\n");
    let flux = read(A, &bytes);
    let file = &flux.report.files[0];
    let reasons: Vec<_> = file.refused.iter().map(|r| (r.line, r.reason.clone())).collect();
    let expected = [
        (4, Reason::Columns { found: 2, wanted: 22 }),
        (5, Reason::Columns { found: 1_000_001, wanted: 22 }),
        (7, Reason::Encoding),
        (8, Reason::Value { column: "af_date_debut_effet" }),
        (9, Reason::Value { column: "af_id_avenant_modification" }),
        (12, Reason::TooLong),
        (13, Reason::AfterEnd),
    ];
    assert_eq!(reasons, expected);
    assert_eq!((file.rows_read, file.rows_refused), (2, 7));
    assert_eq!(file.unreadable.get("af_etp_postes_insertion"), Some(&1));
    assert!(matches!(flux.report.notes[0], Note::RowCount { announced: 7, found: 9, .. }));
}

#[test]
fn a_header_of_a_million_columns_is_reported_in_short() {
    let header = format!("{}|{}", ANNEX_HEADER, "x|".repeat(1_000_000));
    let flux = read(A, format!("{header}\na|b\n").as_bytes());
    assert!(flux.report.files[0].unknown_columns.len() <= 50);
    assert_eq!(flux.report.files[0].rows_refused, 1);
}

#[test]
fn a_cut_or_altered_file_gives_nothing() {
    let rows: Vec<String> = (1..500).map(|id| FORGE.replacen("101", &id.to_string(), 1)).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let text = structures(&rows);
    let mut cut = gzip(text.as_bytes());
    cut.truncate(cut.len() / 2);
    let mut altered = gzip(text.as_bytes());
    let checksum = altered.len() - 6;
    altered[checksum] ^= 1;
    let mut cut_zip = zipped(&[("a.csv", text.as_bytes())]);
    cut_zip.truncate(cut_zip.len() / 2);
    for bytes in [cut, altered, cut_zip] {
        let flux = read(S, &bytes);
        assert!(flux.structures.is_empty());
        assert!(failed(&flux).contains("abîmé ou tronqué"));
    }
    assert!(failed(&read(S, b"7z\xbc\xaf\x27\x1c\0\0")).contains("7z"));
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let folder = Folder::with(&[
        ("a.gz", &gzip(&vec![b'0'; 20_000_000])),
        ("b.zip", &zipped(&[("b.csv", &vec![b'0'; 20_000_000])])),
        ("c.zip", &zipped(&[("c.zip", &zipped(&[("c.csv", &vec![b'0'; 20_000_000])]))])),
        ("d.gz", &(0..5).fold(gzip(b"a"), |bytes, _| gzip(&bytes))),
    ]);
    let flux = read_files_within(&[folder.0.path()], 1_000_000);
    let reasons: Vec<_> =
        flux.report.files.iter().map(|file| format!("{:?}", file.outcome)).collect();
    assert_eq!(reasons.len(), 4);
    for reason in &reasons[..3] {
        assert!(reason.contains("dépasse 1000000 octets"), "{reason}");
    }
    assert!(reasons[3].contains("trop d'archives"), "{}", reasons[3]);
}

#[test]
fn what_is_doubtful_is_noted() {
    let moved = FORGE.replacen("73282932000074|73282932000074", "73282932000074|41816609600051", 1);
    let wrong = FORGE.replacen("101|73282932000074|73282932000074", "102|73282932000075|", 1);
    let rows = annexes(&[
        Annex { structure: "999", id: "1", ..ANNEX },
        Annex { id: "2", total: "1.00", ..ANNEX },
        Annex { id: "3", measure: "ACIPA_DC", ..ANNEX },
        Annex { id: "4", state: "PERDU", ..ANNEX },
        Annex { id: "5", end: "31/12/2025", total: "", ..ANNEX },
        Annex { id: "5", end: "31/12/2025", total: "", ..ANNEX },
        Annex { id: "6", measure: "FDI_DC", etp: "", total: "", ..ANNEX },
    ]);
    let folder =
        Folder::with(&[(S, structures(&[&moved, &wrong]).as_bytes()), (A, rows.as_bytes())]);
    let flux = folder.read();
    let notes: Vec<String> = flux.report.notes.iter().map(ToString::to_string).collect();
    for expected in [
        "l'annexe ACI058260003A0M0 est là plusieurs fois ; l'extraction la plus récente est gardée",
        "la structure 101 a changé de SIREN : 73282932000074 a signé, 41816609600051 aujourd'hui",
        "le SIRET 73282932000075 de la structure 102 n'est pas valide",
        "l'annexe ACI058260003A0M0 est d'une structure inconnue (999)",
        "l'annexe ACI058260003A0M0 est d'une mesure inconnue (ACIPA_DC)",
        "l'annexe ACI058260003A0M0 est dans un état inconnu",
        "l'annexe ACI058260003A0M0 finit avant de commencer",
        "l'annexe ACI058260003A0M0 porte 1,00\u{a0}€, le calcul donne 296\u{202f}608,00\u{a0}€",
    ] {
        assert!(notes.iter().any(|note| note == expected), "{expected} in {notes:#?}");
    }
    assert_eq!(notes.len(), 8, "{notes:#?}");
    assert_eq!((flux.structures.len(), flux.annexes.len(), flux.development.len()), (2, 5, 1));
}

#[test]
fn the_most_recent_extract_wins() {
    let old = structures(&[&FORGE.replace("LA FORGE", "ANCIEN NOM")]);
    let new = structures(&[FORGE]);
    let folder = Folder::with(&[
        ("fluxIAE_Structure_30052026_090000.csv", old.as_bytes()),
        ("fluxIAE_Structure_06062026_090000.csv", new.as_bytes()),
    ]);
    let flux = folder.read();
    assert_eq!(flux.structures.len(), 1);
    assert_eq!(flux.structures[0].name, "ATELIERS \"LA FORGE");
}

#[test]
fn what_cannot_be_opened_is_said() {
    let flux = read_files(&["/nowhere/flux"]);
    assert!(failed(&flux).contains("ne peut pas être ouvert"));
}
