//! The journals on the command line: whether they are whole, and their signed head.

use std::{fs, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use service::{
    Ids as _, Services, SystemIds,
    audit::{self, Verified, Wrong},
    sealing::{self, Key, Seal, SealWrong, Sealed, Signed},
};

use crate::config::Config;

/// Most faults that are listed.
const LISTED: usize = 100;

fn said(error: impl ToString) -> String {
    error.to_string()
}

/// The key of the configuration, if it names one.
///
/// # Errors
/// A sentence that names the file.
pub fn key(config: &Config) -> Result<Option<Key>, String> {
    let Some(path) = &config.journal_key else { return Ok(None) };
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| format!("la clé des journaux « {shown} » ne se lit pas : {error}"))?;
    let key = Key::read(&text);
    key.map(Some)
        .ok_or(format!("« {shown} » ne tient pas une clé faite par « server journal key »"))
}

/// Makes a key, for its owner's eyes only, and says its public half.
///
/// # Errors
/// When there is such a file already, or it cannot be written.
pub fn make_key(path: &Path) -> Result<(), String> {
    let key = Key::new(SystemIds.secret());
    let wrong = |error: std::io::Error| format!("« {} » ne s'écrit pas : {error}", path.display());
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(wrong)?;
    writeln!(file, "{}", key.secret()).and_then(|()| file.sync_all()).map_err(wrong)?;
    println!("clé publique : {}", key.public());
    println!("Gardez-la ailleurs que sur ce serveur : c'est elle qui prouve les sceaux.");
    println!("Donnez le fichier au serveur par TRAME_JOURNAL_KEY_FILE.");
    Ok(())
}

/// Seals the last day that is over.
///
/// # Errors
/// A sentence for who typed it.
pub async fn sign(config: &Config, services: &Services) -> Result<(), String> {
    let key = key(config)?;
    let key = key.ok_or("aucune clé ne signe les journaux : faites-en une par « server journal key FICHIER », puis donnez-la par TRAME_JOURNAL_KEY_FILE")?;
    match sealing::sign(services, &key).await.map_err(said)? {
        Signed::Sealed(seal) => show(&seal),
        Signed::Already(day) => println!("déjà scellé jusqu'au {}", day.french()),
    }
    Ok(())
}

fn show(seal: &Seal) {
    println!(
        "sceau du {} : {} événements de {} dossiers\n{}",
        seal.day.french(),
        seal.events,
        seal.dossiers,
        seal.seal
    );
}

/// Says whether the journal of a dossier is whole, and where it is not.
///
/// # Errors
/// How many rows are wrong.
pub async fn verify_one(services: &Services, dossier: &str) -> Result<(), String> {
    let seen = audit::verify(services, Some(&dossier.into())).await.map_err(said)?;
    if seen.dossiers == 0 {
        return Err("ce dossier n'existe pas".to_owned());
    }
    say(&seen)
}

/// Says whether every journal is whole, and agrees with what was sealed day by day.
///
/// # Errors
/// What is wrong.
pub async fn verify(
    config: &Config,
    services: &Services,
    mut trusted: Vec<String>,
) -> Result<(), String> {
    trusted.extend(key(config)?.map(|key| key.public()));
    let (seen, sealed) = sealing::verify(services, &trusted).await.map_err(said)?;
    let journals = say(&seen);
    let seals = say_seals(&sealed, trusted.is_empty());
    journals.and(seals)
}

fn say(seen: &Verified) -> Result<(), String> {
    for breach in seen.breaches.iter().take(LISTED) {
        let what = match breach.wrong {
            Wrong::Missing => "une ligne manque avant celle-ci, ou a été déplacée",
            Wrong::Altered => "cette ligne a été modifiée",
            Wrong::Unchained => "cette ligne ne suit pas la précédente",
            Wrong::CutShort => "la fin du journal manque : le dossier en annonce jusqu'ici",
        };
        println!("dossier {}, événement {} : {what}", breach.dossier, breach.seq);
    }
    println!("{} événements de {} dossiers vérifiés", seen.events, seen.dossiers);
    match seen.breaches.len() {
        0 => Ok(()),
        wrong => Err(format!("{wrong} anomalie(s) : le journal n'est pas intact")),
    }
}

fn say_seals(sealed: &Sealed, any_key: bool) -> Result<(), String> {
    let Some(last) = &sealed.last else {
        println!("aucun jour n'est scellé");
        return Ok(());
    };
    println!("{} jour(s) scellé(s), le dernier le {} :", sealed.seals, last.day.french());
    println!("{}", last.seal);
    if any_key {
        println!(
            "signé par la clé {} : comparez-la à celle que vous gardez ailleurs",
            last.public_key
        );
    }
    let Some((day, wrong)) = sealed.wrong else { return Ok(()) };
    let what = match wrong {
        SealWrong::Journals => "les journaux ne disent plus ce qui a été scellé",
        SealWrong::Unchained => {
            "ce sceau ne suit pas celui d'avant : l'un d'eux a été retiré ou modifié"
        }
        SealWrong::Signature => "la signature n'est pas celle de ce sceau",
        SealWrong::UnknownKey => {
            "ce sceau est signé par une clé inconnue (« --trust » en nomme une d'avant)"
        }
    };
    Err(format!("premier jour en défaut, le {} : {what}", day.french()))
}
