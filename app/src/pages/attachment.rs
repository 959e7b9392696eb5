//! The document that answers a question: sent, replaced, taken away, taken again.

use service::attachments::{Attachment, Desk, Earlier, piece_of};

use form::At;
use leptos::prelude::*;
use ui::{Icon, IconName};

use super::{Crumbs, title};
use crate::{format, routes, text};

/// What the page shows.
pub struct Document {
    /// The question, and what is attached there.
    pub desk: Desk,
    /// The question.
    pub at: At,
    /// What just happened, if anything.
    pub done: Option<Done>,
    /// What stands against what was sent.
    pub refused: Option<String>,
    /// Most bytes of a document.
    pub largest: u64,
}

/// What just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A document was attached.
    Joined,
    /// It was there already.
    Again,
    /// It is kept; another person had answered meanwhile.
    Aside,
    /// The document was taken away.
    Removed,
}

impl Done {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Joined, Self::Again, Self::Aside, Self::Removed];

    /// Its word in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Joined => "joint",
            Self::Again => "deja",
            Self::Aside => "cote",
            Self::Removed => "retire",
        }
    }

    fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Joined => ("note note-sauge", "Votre document est joint."),
            Self::Again => (
                "note note-sauge",
                "Ce document était déjà joint : rien n'a changé, il n'est là qu'une fois.",
            ),
            Self::Aside => (
                "note note-orseille",
                "Une autre personne a répondu entre-temps. Votre document est gardé dans la liste ci-dessous : reprenez-le si c'est le bon.",
            ),
            Self::Removed => (
                "note note-sauge",
                "Le document est retiré. Il reste gardé ci-dessous : vous pouvez le reprendre.",
            ),
        }
    }
}

/// A size as people read it.
pub fn size(bytes: u64) -> String {
    let shown = |tenths: u64, unit: &str| {
        let scaled = form::number::display_scaled(i64::try_from(tenths * 10).unwrap_or(0), 2);
        format!("{}\u{a0}{unit}", scaled.trim_end_matches('0').trim_end_matches(','))
    };
    match bytes {
        0..1_024 => format!("{bytes}\u{a0}octets"),
        1_024..1_048_576 => shown((bytes / 1_024) * 10, "Ko"),
        _ => shown(bytes * 10 / 1_048_576, "Mo"),
    }
}

/// The page.
#[component]
pub fn DocumentPage(
    /// What it shows.
    document: Document,
) -> impl IntoView {
    let Document { desk, at, done, refused, largest } = document;
    let id = desk.head.id.to_string();
    let section = desk.place.section;
    let step = routes::step(&id, &section.id);
    let back = routes::step_at(&id, &section.id, &at);
    let name = piece_of(&desk.place);
    let present = desk.present().cloned();
    let replaces = present.is_some();
    let notice = done.map(|done| {
        let (class, said) = done.said();
        view! { <p class=class role="status" id="fait">{text::french(said)}</p> }
    });
    let current = match &present {
        Some(one) => view! { <Present id=id.clone() at=at.clone() version=desk.version one=one.clone() /> }.into_any(),
        None if desk.raw.trim().is_empty() => {
            view! { <p class="soft">"Aucun document n'est joint pour l'instant."</p> }.into_any()
        }
        None => view! {
            <p class="note note-gaude">{text::french(&format!("La réponse est « {} », et aucun document n'a été envoyé sous ce nom.", desk.raw.trim()))}</p>
        }
        .into_any(),
    };
    let earlier: Vec<_> = desk
        .attached
        .iter()
        .filter(|one| present.as_ref().is_none_or(|present| present.id != one.id))
        .map(|one| {
            let said = format!("Envoyé par {} le {}", one.by_name, format::moment(one.added_at));
            view! { <Choice id=id.clone() at=at.clone() version=desk.version one=one.clone() said label="Reprendre" /> }
        })
        .collect();
    let earlier = (!earlier.is_empty()).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="avant">
                <h2 class="h3" id="avant">"Documents envoyés avant"</h2>
                <p class="soft">"Rien n'est perdu : un document remplacé ou retiré se reprend ici."</p>
                <ul class="plain stack">{earlier}</ul>
            </section>
        }
    });
    let vault: Vec<_> = unknown(&desk)
        .map(|Earlier { attachment, year }| {
            let said = format!("Dossier {year}, envoyé le {}", format::day(attachment.added_at));
            view! { <Choice id=id.clone() at=at.clone() version=desk.version one=attachment.clone() said label="Utiliser ce document" /> }
        })
        .collect();
    let vault = (!vault.is_empty()).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="coffre">
                <h2 class="h3" id="coffre">"Déjà donné par votre structure"</h2>
                <p class="soft">{text::french("Le coffre de votre structure garde ce qui a été joint à la même question d'un autre dossier. Vérifiez que le document est toujours à jour.")}</p>
                <ul class="plain stack">{vault}</ul>
            </section>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head=desk.head.clone() step=(step, section.title.to_string()) />
                <h1>{text::french(&name)}</h1>
                <p class="lead">{title(&desk.head)} ", " {desk.head.structure_name.clone()}</p>
            </header>
            {notice}
            <section class="card pad stack" aria-labelledby="actuel">
                <h2 class="h3" id="actuel">"Document joint"</h2>
                {current}
            </section>
            {vault}
            <Sending action=routes::attach(&id, &at, desk.version) replaces=replaces refused largest />
            {earlier}
            <p><a class="btn" href=back><Icon name=IconName::ArrowLeft />"Revenir à la question"</a></p>
        </div>
    }
}

/// The form that sends a document, with what stands against the last one.
#[component]
fn Sending(action: String, replaces: bool, refused: Option<String>, largest: u64) -> impl IntoView {
    let heading = if replaces { "Remplacer par un autre document" } else { "Joindre un document" };
    let limits = text::french(&format!(
        "PDF, image (PNG, JPEG) ou document bureautique (Word, Excel, PowerPoint, OpenDocument), {} au plus.",
        size(largest)
    ));
    let refused = refused.map(|said| view! { <p class="error" role="alert" id="probleme-document"><Icon name=IconName::Warning /><span>{text::french(&said)}</span></p> });
    view! {
        <form
            class="card pad stack drop"
            id="envoi"
            method="post"
            action=action
            enctype="multipart/form-data"
            data-envoi="/envoi.js"
            data-limite=largest.to_string()
        >
            <h2 class="h3">{heading}</h2>
            <div class="field">
                <label for="fichier">"Choisir le document"</label>
                <p class="hint" id="aide-fichier">{limits}</p>
                {refused}
                <div class="field-body">
                    <input
                        type="file"
                        class="input"
                        id="fichier"
                        name="fichier"
                        required=true
                        accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods,.odp"
                        aria-describedby="aide-fichier"
                    />
                </div>
                <p class="soft" id="deposer" hidden=true>"Vous pouvez aussi faire glisser le document ici."</p>
            </div>
            <div id="avancement" class="stack" hidden=true>
                <progress class="sending" max="100" value="0" aria-label="Envoi du document"></progress>
                <p class="actions">
                    <span class="soft" role="status" data-dit=""></span>
                    <button type="button" class="btn btn-s" data-annuler="">"Annuler l'envoi"</button>
                </p>
            </div>
            <p><button type="submit" class="btn btn-main">"Envoyer"</button></p>
        </form>
    }
}

/// What the vault has that was never attached here, each document once.
fn unknown(desk: &Desk) -> impl Iterator<Item = &Earlier> {
    let known = |sha256: &str| desk.attached.iter().any(|one| one.sha256 == sha256);
    let once = desk.vault.iter().enumerate().filter(|(place, earlier)| {
        let sha256 = &earlier.attachment.sha256;
        desk.vault[..*place].iter().all(|other| other.attachment.sha256 != *sha256)
    });
    once.map(|(_, earlier)| earlier).filter(move |earlier| !known(&earlier.attachment.sha256))
}

/// The document that the answer names.
#[component]
fn Present(id: String, at: At, version: u32, one: Attachment) -> impl IntoView {
    let said = format!(
        "{}, envoyé par {} le {}",
        size(one.size),
        one.by_name,
        format::moment(one.added_at)
    );
    view! {
        <p class="words">
            <a href=routes::file(one.id.as_str()) target="_blank" rel="noopener">{one.name.clone()}</a>
            <br/>
            <span class="soft">{said}</span>
        </p>
        <form method="post" action=routes::remove_document(&id)>
            <input type="hidden" name="reponse" value=at.to_string() />
            <input type="hidden" name="vu" value=version.to_string() />
            <button type="submit" class="btn btn-s"><Icon name=IconName::Trash />"Retirer ce document"</button>
        </form>
    }
}

/// A document that may become the answer in one gesture.
#[component]
fn Choice(
    id: String,
    at: At,
    version: u32,
    one: Attachment,
    said: String,
    label: &'static str,
) -> impl IntoView {
    view! {
        <li class="words">
            <p>
                <a href=routes::file(one.id.as_str()) target="_blank" rel="noopener">{one.name.clone()}</a>
                <br/>
                <span class="soft">{said} ", " {size(one.size)}</span>
            </p>
            <form method="post" action=routes::choose_document(&id)>
                <input type="hidden" name="reponse" value=at.to_string() />
                <input type="hidden" name="vu" value=version.to_string() />
                <input type="hidden" name="document" value=one.id.to_string() />
                <button type="submit" class="btn btn-s">
                    <Icon name=IconName::Undo />
                    {label}
                    <span class="sr-only">{format!(" : {}", one.name)}</span>
                </button>
            </form>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_read_well() {
        assert_eq!(size(12), "12\u{a0}octets");
        assert_eq!(size(34_000), "33\u{a0}Ko");
        assert_eq!(size(20 * 1024 * 1024), "20\u{a0}Mo");
        assert_eq!(size(1_600_000), "1,5\u{a0}Mo");
    }
}
