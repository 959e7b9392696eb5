//! Overlays as files.

use std::collections::BTreeMap;

use app::routes;
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use form::overlay::Overlay;
use serde_json::error::Category;
use service::studio::{
    self,
    composing::{Gesture, make},
};

use crate::web::{Web, access::Signed, answer::Refusal};

/// A posted form with a file.
pub struct Posted {
    /// Texts by name.
    pub texts: BTreeMap<String, String>,
    /// The file `fichier`; empty when none was chosen.
    pub file: Vec<u8>,
}

/// Reads it; the limit of a body holds.
pub async fn read(mut form: Multipart) -> Result<Posted, Refusal> {
    let mut posted = Posted { texts: BTreeMap::new(), file: Vec::new() };
    while let Some(field) = form.next_field().await.map_err(|_| Refusal::BadRequest)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| Refusal::BadRequest)?;
        if name == "fichier" {
            posted.file = bytes.to_vec();
        } else {
            posted.texts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(posted)
}

/// The overlay of a file, or why it is none, with the place.
pub fn overlay(file: &[u8]) -> Result<Overlay, String> {
    if file.is_empty() {
        return Err("Choisissez le fichier JSON à reprendre.".to_owned());
    }
    let text = std::str::from_utf8(file).map_err(|_| {
        "Ce fichier n'est pas un texte : choisissez un fichier JSON exporté d'ici.".to_owned()
    })?;
    // Editors of texts on Windows open files with a mark.
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let place = format!("Ligne {}, colonne {}", error.line(), error.column());
        let why = match error.classify() {
            Category::Eof => "le fichier s'arrête avant la fin".to_owned(),
            Category::Syntax | Category::Io => "ce n'est pas du JSON à partir d'ici".to_owned(),
            Category::Data => unexpected(&error.to_string()),
        };
        format!("{place} : {why}. Rien n'a changé.")
    })
}

/// What does not fit in a file that is JSON, by its name where there is one.
fn unexpected(error: &str) -> String {
    let name = error.split('`').nth(1).unwrap_or_default();
    match error {
        _ if name.is_empty() => "cette valeur ne convient pas".to_owned(),
        error if error.starts_with("missing field") => format!("il manque « {name} »"),
        error if error.starts_with("unknown") => format!("« {name} » n'est pas attendu ici"),
        _ => format!("« {name} » ne convient pas ici"),
    }
}

/// A sketch as a file.
pub async fn export(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let sketch = studio::one(&web.services, &actor, &id.as_str().into()).await?;
    let overlay = &sketch.last.overlay;
    let json = serde_json::to_string_pretty(overlay).map_err(|_| Refusal::Unavailable)?;
    // Of an imported name, only what a file system and a header take.
    let name: String =
        overlay.name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let disposition =
        format!("attachment; filename=\"{name}-version-{}.json\"", sketch.last.number);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, json + "\n").into_response())
}

/// Everything as in a file.
pub async fn import(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    let posted = read(form.map_err(|_| Refusal::BadRequest)?).await?;
    match overlay(&posted.file) {
        Ok(overlay) => {
            let gesture = Gesture::Import(Box::new(overlay));
            make(&web.services, &actor, &id.as_str().into(), &gesture).await?;
            Ok(Redirect::to(&routes::sketch(&id)).into_response())
        }
        Err(why) => super::show_board(&web, actor, &id, Some(why)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        overlay(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_file_that_is_none_is_told_with_its_place() {
        assert!(refused("").starts_with("Choisissez"));
        assert!(refused("{\n  x").starts_with("Ligne 2, colonne 3 : ce n'est pas du JSON"));
        assert!(refused("{").contains("s'arrête avant la fin"));
        assert!(refused("{\"form\":\"x\",\"why\":1}").contains("« why » n'est pas attendu ici"));
        assert!(refused("{\"form\":\"x\"}").contains("il manque « revision »"));
        assert!(overlay(&[0xff, 0xfe]).unwrap_err().contains("n'est pas un texte"));
    }
}
