//! The demonstration on the command line.

use std::{fs, path::Path};

use service::{Services, mail::telling};

use crate::{config::Config, serve};

/// Adds the demonstration; what is there already is left alone.
///
/// # Errors
/// A sentence for who typed it.
pub async fn load(services: &Services) -> Result<(), String> {
    let report = demo::load(services).await.map_err(|error| error.to_string())?;
    // What people would have been told of it, to be read on /courriels.
    telling::tell(services, 0).await.map_err(|error| error.to_string())?;
    println!(
        "{} structures, {} personnes, {} dossiers ouverts, {} dépôts ; {} dossiers étaient déjà là",
        report.structures, report.accounts, report.dossiers, report.deposits, report.kept
    );
    Ok(())
}

/// Forgets a demonstration database, and loads it again. Only a file is ever removed: a `PostgreSQL`
/// database may hold something else.
///
/// # Errors
/// A sentence for who typed it.
pub async fn reset(config: &Config) -> Result<(), String> {
    let Some(path) = config.database.strip_prefix("sqlite:") else {
        return Err("seule une base SQLite de démonstration se recommence ; videz vous-même une base PostgreSQL".into());
    };
    for suffix in ["", "-wal", "-shm"] {
        let file = format!("{path}{suffix}");
        if Path::new(&file).exists() {
            fs::remove_file(&file).map_err(|error| format!("{file} : {error}"))?;
        }
    }
    let store = store::open(&config.database).await.map_err(|error| error.to_string())?;
    let done = match serve::services(config, store.clone()) {
        Ok(services) => load(&services).await,
        Err(error) => Err(error.to_string()),
    };
    store.close().await;
    done
}
