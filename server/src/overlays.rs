//! What is laid over the national forms, on the command line: examined, replayed, published, listed.

use std::{fs, path::Path};

use app::text;
use dossier::simulation::Report;
use form::overlay::{Overlay, Reach};
use service::{
    Services, StoreError,
    forms::{self, PublishError},
    studio::{StudioError, simulating},
};

/// Reads an overlay and says everything that is wrong in it.
///
/// # Errors
/// A sentence for each fault, with its place in the file or among the changes.
pub fn check(path: &Path) -> Result<(), String> {
    let overlay = read(path)?;
    forms::examine(&overlay).map_err(said)?;
    println!("« {} » convient au formulaire {}-{}.", overlay.title, overlay.form, overlay.revision);
    Ok(())
}

/// Replays an overlay on the dossiers, and says what it would do to them.
///
/// # Errors
/// As [`check`], or when the store cannot answer.
pub async fn simulate(services: &Services, path: &Path) -> Result<(), String> {
    let overlay = read(path)?;
    let replay =
        simulating::replay(services, &overlay, |seen| eprint!("\r{seen} dossiers rejoués"));
    let report = replay.await.map_err(refused)?;
    eprintln!();
    print!("{}", told(&report));
    Ok(())
}

/// Publishes an overlay: new dossiers follow it, open ones are offered it. What it loses is accepted by
/// name, or nothing is published.
///
/// # Errors
/// As [`check`]; the losses that are not accepted; or when the store cannot answer.
pub async fn publish(services: &Services, path: &Path, accepts: &[String]) -> Result<(), String> {
    const BY: &str = "ligne de commande";
    let done = simulating::publish_file(services, read(path)?, accepts, BY).await;
    match done.map_err(refused)? {
        Ok(key) => {
            println!("publié : {key}");
            Ok(())
        }
        Err(report) => {
            let head = "rien n'est publié : chaque perte s'accepte par son nom (--accept NOM)";
            Err(format!("{head}\n{}", told(&report)))
        }
    }
}

/// A report, as lines.
fn told(report: &Report) -> String {
    let mut lines = vec![format!(
        "{} brouillons et {} dépôts rejoués ; {} brouillons que rien ne touche.",
        report.drafts, report.deposits, report.untouched
    )];
    for loss in &report.losses {
        lines.push(format!(
            "perte {} : « {} », {} réponses ou notes dans {} brouillons et {} dépôts",
            loss.key(),
            loss.label,
            loss.answers,
            loss.drafts,
            loss.deposits
        ));
        let names = loss.named.iter().map(|one| format!("  {} {}", one.dossier, one.structure));
        lines.extend(names);
    }
    for gain in &report.gains {
        let (id, label) = (&gain.field, &gain.label);
        lines.push(format!("obligatoire en plus {id} : « {label} », {} brouillons", gain.drafts));
    }
    let time = &report.time;
    lines.push(format!(
        "temps : {} s en tout, sur {} structures dont {} changent",
        time.seconds, time.structures, time.touched
    ));
    lines.join("\n") + "\n"
}

fn refused(error: StudioError) -> String {
    match error {
        StudioError::Faults(faults) => said(PublishError::Faults(faults)),
        StudioError::BadRequest => said(PublishError::UnknownForm),
        StudioError::Store(StoreError::Conflict) => said(PublishError::Meanwhile),
        other => other.to_string(),
    }
}

/// Lists what was published.
///
/// # Errors
/// When the store cannot answer.
pub async fn list(services: &Services) -> Result<(), String> {
    let editions = services.store.editions().await.map_err(|error| error.to_string())?;
    if editions.is_empty() {
        println!("Rien n'est publié.");
    }
    for edition in editions {
        let reach = match &edition.overlay.reach {
            Reach::Supplement { department } => format!("complément du département {department}"),
            Reach::Variant => "variante".to_owned(),
        };
        println!("{}\t{reach}\t{}", edition.key(), edition.overlay.title);
    }
    Ok(())
}

fn read(path: &Path) -> Result<Overlay, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{shown} : {error}"))?;
    serde_json::from_str(&text).map_err(|error| {
        format!("{shown}, ligne {}, colonne {} : {error}", error.line(), error.column())
    })
}

fn said(error: PublishError) -> String {
    match error {
        PublishError::UnknownForm => {
            "ce formulaire n'existe pas, ou pas dans cette révision".into()
        }
        PublishError::Faults(faults) => {
            faults.iter().map(text::overlay::fault).collect::<Vec<_>>().join("\n")
        }
        PublishError::Meanwhile => {
            "une autre personne vient de publier sous ce nom : recommencez".into()
        }
        PublishError::Store(error) => error.to_string(),
    }
}
