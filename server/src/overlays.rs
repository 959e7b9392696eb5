//! What is laid over the national forms, on the command line: examined, published, listed.

use std::{fs, path::Path};

use app::text;
use form::overlay::{Overlay, Reach};
use service::{
    Services,
    forms::{self, PublishError},
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

/// Publishes an overlay: new dossiers follow it, open ones are offered it.
///
/// # Errors
/// As [`check`], or when the store cannot answer.
pub async fn publish(services: &Services, path: &Path) -> Result<(), String> {
    let key = forms::publish(services, read(path)?).await.map_err(said)?;
    println!("publié : {key}");
    Ok(())
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
