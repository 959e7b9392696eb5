//! Whatever comes in is answered.

use std::{fs::File, io::Write};

use proptest::prelude::*;
use sources::flux_iae::{answers_for, read_files_within};
use tempfile::TempDir;

use crate::made::{A, ANNEX_HEADER, FORGE, S, gzip, structures, zipped};

fn read_bytes(name: &str, bytes: &[u8]) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    File::create(&path).unwrap().write_all(bytes).unwrap();
    let flux = read_files_within(&[path], 10_000_000);
    if let Some(structure) = flux.structures.first() {
        let _ = answers_for(structure, &flux.annexes, "ACI", "DC", 2026);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400), magic in 0_usize..4) {
        let magic: &[u8] = [&b""[..], b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"DEBStructure0"][magic];
        read_bytes(S, &[magic, &bytes].concat());
    }

    #[test]
    fn any_text_in_the_columns_is_answered(values in proptest::collection::vec("[^|\n]{0,20}", 22)) {
        let text = format!("{ANNEX_HEADER}\n{}\n", values.join("|"));
        read_bytes(A, text.as_bytes());
    }

    #[test]
    fn a_damaged_container_is_answered(at in 0_usize..300, byte in any::<u8>(), zip in any::<bool>()) {
        let text = structures(&[FORGE]);
        let mut bytes = if zip { zipped(&[("a.csv", text.as_bytes())]) } else { gzip(text.as_bytes()) };
        let at = at % bytes.len();
        bytes[at] = byte;
        read_bytes(S, &bytes);
    }
}
