//! What colleagues do in the dossier while one reads it: who is there, and what they just did, in words.

use dossier::{
    event::EventKind,
    note::{NoteKind, name},
    reading::Lens,
};
use form::{Answers, At, Revision};
use leptos::prelude::*;
use serde::Serialize;
use service::{instruction::Thread, news::News, presence::Present};
use ui::{Icon, IconName};

use super::{composing::Composing, timeline::done};
use crate::{routes, text};

/// What an open page is told, as JSON: nothing of what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// How long the journal is.
    pub rang: u32,
    /// Who else is there, and what they read: a sentence, empty for nobody.
    pub presents: String,
    /// Their names, to be read out when somebody comes.
    pub noms: String,
}

/// Who else is there, as a sentence and as a list of names; empty for nobody. Whoever reads through the
/// same question as this person is simply there.
pub fn met(others: &[Present], lens: &str) -> (String, String) {
    let reads = |one: &Present| {
        let theirs = one.lens().filter(|theirs| *theirs != lens).and_then(Lens::of);
        theirs.map(|lens| format!(", à la question « {} »", lens.question)).unwrap_or_default()
    };
    let names: Vec<&str> = others.iter().map(|one| one.name.as_str()).collect();
    let line = match others {
        [] => String::new(),
        [one] => format!("{} est aussi dans ce dossier{}.", one.name, reads(one)),
        several => {
            let each = several.iter().map(|one| format!("{}{}", one.name, reads(one)));
            format!("Aussi dans ce dossier : {}.", each.collect::<Vec<_>>().join(" ; "))
        }
    };
    (text::french(&line), names.join(", "))
}

/// Where it is said who else is there, in a page that is open. What the script writes here stays when the
/// rest of the page is brought up to date.
#[component]
pub fn Beside() -> impl IntoView {
    view! {
        <div data-fixe="">
            <p class="presence" id="presents" hidden=true><Icon name=IconName::User /><span></span></p>
            <p class="sr-only" id="presents-dit" role="status"></p>
        </div>
    }
}

/// What others just did, latest last, which the script keeps in sight for a while; nothing in a page that
/// is opened. Nothing at all where pages are not told what is new.
pub fn just_done(
    (is_told, news, version): (bool, Vec<News>, &str),
    (id, deposit): (&str, u32),
    (form, answers): (&Revision, &Answers),
    (lens, threads): (Option<&Lens>, &[Thread]),
) -> Option<AnyView> {
    let items = news.into_iter().map(|News { by, what }| {
        let about = what.note().and_then(|note| threads.iter().find(|one| one.note.id == *note));
        let link = about.map(|thread| {
            let (note, at) = (&thread.note, &thread.note.anchor.at);
            let href = if is_shown(form, lens, at) {
                format!("#note-{}", note.id)
            } else {
                routes::note(id, note.id.as_str(), "")
            };
            view! { " " <a href=href>{text::french(&name(form, answers, at))}</a> }
        });
        let kind = about.map(|thread| thread.note.kind);
        let says = text::french(&format!("{by} {}", did(&what, kind, deposit)));
        view! { <p>{says}{link}"."</p> }
    });
    is_told.then(|| {
        view! {
            <div class="news" id="nouvelles" role="status">{items.collect_view()}</div>
            <script type="module" src=format!("/nouvelles.js?v={version}")></script>
        }
        .into_any()
    })
}

/// Where the page is read, a note being written or not.
pub fn address(id: &str, composing: Option<&Composing>, code: &str) -> String {
    match composing {
        Some(composing) => routes::annotate(id, &composing.at, code),
        None => routes::reading(id, code),
    }
}

/// Whether a place is on the page that is read through a lens.
pub fn is_shown(form: &Revision, lens: Option<&Lens>, at: &At) -> bool {
    let place = form.place(&at.field).map(|place| (&place.section.id, &place.group.id));
    lens.is_none_or(|lens| place.is_some_and(|(section, group)| lens.holds(section, group)))
}

/// What somebody just did, after their name; about a note, before the name of its place.
fn did(what: &EventKind, note: Option<NoteKind>, deposit: u32) -> String {
    let says = match what {
        EventKind::NoteWritten { .. } => match note {
            Some(NoteKind::Question) => "vient d'écrire une question sur",
            Some(NoteKind::Correction) => "vient de demander une correction sur",
            Some(NoteKind::Suggestion) => "vient de proposer une valeur pour",
            Some(NoteKind::Remark) | None => "vient d'écrire une remarque sur",
        },
        EventKind::NoteAnswered { .. } => "vient de répondre sur",
        EventKind::NoteSettled { settled: true, .. } => "vient de régler l'annotation sur",
        EventKind::NoteSettled { settled: false, .. } => "vient de rouvrir l'annotation sur",
        EventKind::NoteBlocking { blocking: true, .. } => {
            "vient de rendre bloquante l'annotation sur"
        }
        EventKind::NoteBlocking { blocking: false, .. } => "ne bloque plus par l'annotation sur",
        EventKind::NoteWatched { .. } => "vient de mettre à surveiller l'annotation sur",
        EventKind::SuggestionChosen { accepted: true, .. } => {
            "vient d'accepter la valeur proposée pour"
        }
        EventKind::SuggestionChosen { accepted: false, .. } => {
            "vient de refuser la valeur proposée pour"
        }
        EventKind::Deposited { .. } => {
            return format!(
                "vient de déposer de nouveau : vous lisez maintenant le dépôt n° {deposit}"
            );
        }
        EventKind::Acted { action, .. } => {
            return format!("vient d'agir : {}", done(*action).to_lowercase());
        }
        EventKind::SignalSetAside { aside: true, .. } => {
            "vient d'écarter un signal avec une raison"
        }
        EventKind::SignalSetAside { aside: false, .. } => "vient de reprendre un signal écarté",
        EventKind::Assigned { .. } => "vient de changer qui suit le dossier",
        EventKind::ConventionActed { deed, .. } => {
            return format!("vient d'agir sur la convention : {}", deed.done().to_lowercase());
        }
        EventKind::AnnexSigned { .. } => "vient de noter la signature de l'annexe financière",
        EventKind::FollowUpShared { .. } => "vient de communiquer la fiche de suivi",
        EventKind::FollowUpCommented { .. } => "vient de commenter la fiche de suivi",
        _ => "vient de changer le dossier",
    };
    says.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(name: &str, lens: &str) -> Present {
        Present {
            dossier: "D".into(),
            account: name.into(),
            name: name.to_owned(),
            section: format!("instruction:{lens}"),
        }
    }

    #[test]
    fn people_are_met_where_they_read() {
        assert_eq!(met(&[], ""), (String::new(), String::new()));
        let (line, names) = met(&[reader("Paul", "")], "postes");
        assert_eq!((line.as_str(), names.as_str()), ("Paul est aussi dans ce dossier.", "Paul"));
        let (line, _) = met(&[reader("Paul", "postes")], "");
        assert!(line.contains("Les postes demandés sont-ils réalistes"), "{line}");
        let (line, _) = met(&[reader("Paul", "postes")], "postes");
        assert_eq!(line, "Paul est aussi dans ce dossier.");
        let (line, names) = met(&[reader("Paul", "non-vu"), reader("Zoé", "resultats")], "");
        assert!(line.starts_with("Aussi dans ce dossier") && line.contains("Zoé, à la question"));
        assert_eq!(names, "Paul, Zoé");
    }
}
