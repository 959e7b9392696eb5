//! Backups on the command line.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use service::{Millis, Services, audit};
use store::backup::{self, BackupError, Told};

use crate::config::Config;

/// The standard output, or input.
const STANDARD: &str = "-";

/// Writes an archive of the database and its documents. People go on working meanwhile.
///
/// # Errors
/// A sentence for who typed it.
pub async fn save(config: &Config, now: Millis, to: &Path) -> Result<(), String> {
    let files = store::files::open(&config.files).map_err(|error| error.to_string())?;
    let moment = (now, config.demo);
    let told = if to.as_os_str() == STANDARD {
        let saved = backup::save(&config.database, &*files, moment, io::stdout()).await;
        saved.map_err(|error| sentence(&error))?.0
    } else {
        // Half an archive never bears the name of one.
        let mut begun = to.as_os_str().to_owned();
        begun.push(".begun");
        let begun = Path::new(&begun);
        let told = save_file(config, &*files, moment, begun, to).await;
        if told.is_err() {
            drop(fs::remove_file(begun));
        }
        told?
    };
    eprintln!("sauvegardé : {}", said(&told));
    if told.lost.is_empty() {
        return Ok(());
    }
    for key in &told.lost {
        eprintln!("pièce perdue ou altérée : {key}");
    }
    Err("la sauvegarde est faite, mais des pièces manquent dans le dossier des pièces jointes : reprenez-les d'une sauvegarde plus ancienne".to_owned())
}

async fn save_file(
    config: &Config,
    files: &dyn service::Files,
    moment: (Millis, bool),
    begun: &Path,
    to: &Path,
) -> Result<Told, String> {
    if to.exists() {
        return Err(format!("{} existe déjà : choisissez un autre nom", to.display()));
    }
    let told = |error: io::Error| format!("{} : {error}", to.display());
    let file = private(begun).map_err(told)?;
    let saved = backup::save(&config.database, files, moment, io::BufWriter::new(file)).await;
    let (what, mut out) = saved.map_err(|error| sentence(&error))?;
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(told)?;
    fs::rename(begun, to).map_err(told)?;
    Ok(what)
}

/// A new file that only its owner reads: it holds what everybody said.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Fills an empty database and its folder of documents with an archive.
///
/// # Errors
/// A sentence for who typed it.
pub async fn restore(config: &Config, from: &Path) -> Result<Told, String> {
    let files = store::files::open(&config.files).map_err(|error| error.to_string())?;
    let restored = if from.as_os_str() == STANDARD {
        backup::restore(&config.database, &*files, config.demo, io::stdin().lock()).await
    } else {
        let file = File::open(from).map_err(|error| format!("{} : {error}", from.display()))?;
        let file = io::BufReader::new(file);
        backup::restore(&config.database, &*files, config.demo, file).await
    };
    restored.map_err(|error| sentence(&error))
}

/// Says what was restored, once its journals are seen to be whole.
///
/// # Errors
/// When they are not.
pub async fn look_over(services: &Services, told: &Told) -> Result<(), String> {
    let seen = audit::verify(services, None).await.map_err(|error| error.to_string())?;
    println!("rétabli : {}", said(told));
    println!("{} événements de {} dossiers vérifiés", seen.events, seen.dossiers);
    match seen.breaches.len() {
        0 => Ok(()),
        wrong => Err(format!(
            "{wrong} anomalie(s) dans les journaux, comme dans la base sauvegardée : « server journal verify » les liste"
        )),
    }
}

fn said(told: &Told) -> String {
    format!("{} lignes, {} pièces", told.rows, told.files)
}

fn sentence(error: &BackupError) -> String {
    match error {
        BackupError::Damaged(why) => {
            format!("cette sauvegarde est abîmée ou incomplète, rien n'a été rétabli ({why})")
        }
        BackupError::Later { .. } => {
            "cette sauvegarde vient d'une version plus récente : installez celle-ci d'abord".to_owned()
        }
        BackupError::NotEmpty(_) => {
            "cette base n'est pas vide, ou ses tables sont plus récentes que la sauvegarde : indiquez une base nouvelle".to_owned()
        }
        BackupError::OtherWorld => {
            "cette sauvegarde et ce serveur ne vont pas ensemble : l'un est une démonstration, l'autre non".to_owned()
        }
        other => other.to_string(),
    }
}
