//! The command line, as whoever administers the place types it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::{path::Path, process::Command};

use sqlx::{Connection, SqliteConnection};

/// Runs the programme on the base of this folder; gives whether it went well and all that it said.
fn run(folder: &Path, words: &[&str], key: Option<&Path>) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("TRAME_LOG", "error")
        .env("TRAME_DATABASE", format!("sqlite:{}", folder.join("trame.db").display()));
    if let Some(key) = key {
        command.env("TRAME_JOURNAL_KEY_FILE", key);
    }
    let done = command.output().unwrap();
    let said = [done.stdout, done.stderr].map(|text| String::from_utf8(text).unwrap());
    (done.status.success(), said.concat())
}

#[tokio::test]
async fn a_key_is_made_once_signs_and_tells_what_was_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let (folder, key) = (folder.path(), folder.path().join("cle"));
    let (went, said) = run(folder, &["journal", "sign"], None);
    assert!(!went && said.contains("server journal key"), "{said}");
    let (went, said) = run(folder, &["journal", "key", "cle"], None);
    assert!(went && said.contains("clé publique"), "{said}");
    let kept = std::fs::read_to_string(&key).unwrap();
    assert!(!said.contains(kept.trim()), "the secret is in its file alone");
    assert!(!run(folder, &["journal", "key", "cle"], None).0, "never over another one");
    assert_eq!(std::fs::read_to_string(&key).unwrap(), kept);

    let key = Some(key.as_path());
    let (went, said) = run(folder, &["journal", "sign"], key);
    assert!(went && said.contains("sceau du"), "{said}");
    let (went, said) = run(folder, &["journal", "sign"], key);
    assert!(went && said.contains("déjà scellé"), "{said}");
    assert!(run(folder, &["journal", "verify"], key).0);
    let (went, said) = run(folder, &["journal", "verify"], None);
    assert!(went && said.contains("comparez-la"), "{said}");
    std::fs::write(folder.join("autre"), "00".repeat(32)).unwrap();
    let (went, said) = run(folder, &["journal", "verify"], Some(&folder.join("autre")));
    assert!(!went && said.contains("clé inconnue"), "{said}");
    std::fs::write(folder.join("autre"), "rien").unwrap();
    let (went, said) = run(folder, &["journal", "verify"], Some(&folder.join("autre")));
    assert!(!went && !said.contains("rien\n"), "{said}");

    let url = format!("sqlite:{}", folder.join("trame.db").display());
    let mut base = SqliteConnection::connect(&url).await.unwrap();
    let rewrite = "DROP TRIGGER journal_seal_never_changes; UPDATE journal_seal SET events = 7";
    sqlx::raw_sql(rewrite).execute(&mut base).await.unwrap();
    let (went, said) = run(folder, &["journal", "verify"], key);
    assert!(!went && said.contains("premier jour en défaut"), "{said}");
}

#[test]
fn a_plan_changes_nothing_and_an_unknown_rule_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (went, said) = run(folder.path(), &["retention", "plan"], None);
    assert!(went && said.contains("Rien n'est supprimé par cette commande"), "{said}");
    let (went, said) = run(folder.path(), &["retention", "apply", "--only", "tout"], None);
    assert!(!went && said.contains("« tout »") && said.contains("lectures"), "{said}");
    let (went, said) = run(folder.path(), &["retention", "apply", "--only", "depots"], None);
    assert!(went && said.contains("planifié, pas encore exécuté"), "{said}");
    let (went, said) = run(folder.path(), &["retention", "apply"], None);
    assert!(went && said.contains("Rien n'était à supprimer"), "{said}");
}
