//! The draft as a file, and such a file opened again by a browser without script.

use std::collections::BTreeMap;

use app::{
    draft::{Conflict, file},
    pages::{
        self,
        draft_file::{Opened, OpenedPage},
        message::{Message, MessagePage},
    },
    routes,
};
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    draft_file::{DraftFile, Foreign, KIND, LONGEST, Merge},
    operation::{Gesture, Operation, Outcome, Verdict},
};
use form::{Answer, Answers, At};
use leptos::prelude::*;
use service::{
    Actor, DossierHead,
    drafts::{self, MOST_OPERATIONS},
    forms,
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page},
};

/// Longest post, in bytes: a file and what a form puts around it.
pub const BODY_LIMIT: usize = LONGEST + 64 * 1024;

/// The draft as a file.
pub async fn download(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let draft = drafts::read(&web.services, &actor, &id.as_str().into()).await?;
    let head = draft.head;
    if !head.state.is_editable() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let name = format!("brouillon-{}-{}.json", plain(&head.structure_name), head.year);
    // Where values come from stays with the dossier.
    let mut answers = Answers::default();
    for (at, answer) in draft.answers.iter() {
        answers.put(at, Answer { provenance: None, ..answer.clone() });
    }
    let file = DraftFile {
        kind: KIND.to_owned(),
        dossier: head.id.to_string(),
        title: pages::title(&head),
        form: head.form,
        revision: head.revision,
        structure: head.structure_name,
        answers,
        unsent: Vec::new(),
    };
    let json = serde_json::to_string(&file).map_err(|_| Refusal::Unavailable)?;
    let about = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((about, json).into_response())
}

/// A name that every file system takes: small letters without accents, digits, dashes.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in form::bare(name).chars() {
        match letter {
            'a'..='z' | '0'..='9' => plain.push(letter),
            _ if plain.ends_with('-') || plain.is_empty() => {}
            _ => plain.push('-'),
        }
    }
    plain.trim_end_matches('-').to_owned()
}

/// Opens a file: what is missing is added, what differs is shown.
pub async fn open(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refusal> {
    let draft = drafts::read(&web.services, &actor, &id.as_str().into()).await?;
    let head = draft.head;
    if !head.state.is_editable() {
        return Err(Refusal::Closed { id });
    }
    let revision = forms::of(&web.services, &head.form_key()).await?.revision;
    let sent = match form {
        Ok(form) => read(form).await,
        Err(_) => Some(Vec::new()),
    };
    let file = match sent {
        Some(text) => serde_json::from_slice::<DraftFile>(&text).map_err(|_| Foreign::Unreadable),
        None => return Ok(refused(&web, actor, &id, TOO_LONG)),
    };
    let file = match file.and_then(|file| file.check(&id, revision).map(|()| file)) {
        Ok(file) => file,
        Err(why) => return Ok(refused(&web, actor, &id, file::refused(why))),
    };
    let merge = file.merge(revision, &draft.answers, || web.services.ulid());
    let outcomes = save(&web, &actor, &head, &merge.operations).await?;
    let Undecided { choices, refused } = undecided(&merge, outcomes);
    let after = drafts::read(&web.services, &actor, &head.id).await?;
    let (head, answers) = (after.head, after.answers);
    let opened = Opened { head, form: revision, answers, merge, choices, refused };
    let html =
        page(&web, Some(actor), "Copie reprise", None, move || view! { <OpenedPage opened /> });
    Ok(html.into_response())
}

const TOO_LONG: &str =
    "Ce fichier est trop lourd pour être une copie de brouillon. Rien n'a changé dans le dossier.";

/// The bytes of the file; `None` when there are too many.
async fn read(mut form: Multipart) -> Option<Vec<u8>> {
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some("fichier") {
            let bytes = field.bytes().await.ok()?;
            return (bytes.len() <= LONGEST).then(|| bytes.to_vec());
        }
    }
    Some(Vec::new())
}

/// Saves as many at once as a save takes.
async fn save(
    web: &Web,
    actor: &Actor,
    head: &DossierHead,
    operations: &[Operation],
) -> Result<Vec<Outcome>, Refusal> {
    let mut outcomes = Vec::new();
    for batch in operations.chunks(MOST_OPERATIONS) {
        let saved = drafts::save(&web.services, actor, &head.id, batch.to_vec()).await;
        outcomes.extend(saved.map_err(|error| Refusal::of_save(error, head.id.as_str()))?);
    }
    Ok(outcomes)
}

/// Texts that were not written.
struct Undecided {
    /// Because another one stands there.
    choices: Vec<(At, String, Conflict)>,
    /// Because they cannot be.
    refused: Vec<(At, String)>,
}

/// The last text of each place, where it was not written.
fn undecided(merge: &Merge, outcomes: Vec<Outcome>) -> Undecided {
    let (mut choices, mut refused) = (BTreeMap::new(), BTreeMap::new());
    for (operation, outcome) in merge.operations.iter().zip(outcomes) {
        let Gesture::Write(raw) = &operation.gesture else { continue };
        let (at, raw) = (operation.at.clone(), raw.clone());
        choices.remove(&at);
        match outcome.verdict {
            Verdict::Saved { .. } | Verdict::Merged { .. } => {}
            Verdict::Conflict { raw: theirs, version, by } => {
                choices.insert(at, (raw, Conflict { theirs, version, by }));
            }
            Verdict::Refused(_) => {
                refused.insert(at, raw);
            }
        }
    }
    let choices = choices.into_iter().map(|(at, (raw, theirs))| (at, raw, theirs));
    Undecided { choices: choices.collect(), refused: refused.into_iter().collect() }
}

/// A file that was not opened: what it is, and what to do.
fn refused(web: &Web, actor: Actor, id: &str, text: &str) -> Response {
    let message = Message {
        title: "Cette copie n'a pas été reprise",
        text: app::text::french(text),
        href: format!("{}#copie", routes::recap(id)),
        link: "Choisir un autre fichier",
    };
    let title = message.title;
    let html = page(web, Some(actor), title, None, move || view! { <MessagePage message /> });
    (StatusCode::UNPROCESSABLE_ENTITY, html).into_response()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(plain("L'Échappée d'Œuvre & Cie (58)"), "l-echappee-d-oeuvre-cie-58");
    }
}
