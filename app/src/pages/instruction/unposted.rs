//! What the person who reads typed in this dossier and did not post: filled in again where it was typed,
//! and listed, to be gone on with or put away.

use dossier::{
    note::name,
    unposted::{Fields, Place},
};
use form::{Answers, Revision};
use leptos::prelude::*;
use service::unposted::Unposted;
use ui::{Icon, IconName};

use crate::{format, routes, text};

/// Longest that the list shows of a text, in characters.
const SHOWN: usize = 140;

/// All of it, and what was just posted and refused, which counts first.
#[derive(Clone, Debug, Default)]
pub struct Pens {
    /// The dossier.
    pub dossier: String,
    /// What is kept, latest last.
    pub kept: Vec<Unposted>,
    /// The one that this person goes on with.
    pub resumed: Option<String>,
    /// What came back refused.
    pub refused: Option<(Place, Fields)>,
    /// One that was just put away.
    pub cleared: Option<Unposted>,
}

/// What a form is filled with.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The place, as pages write it.
    pub place: String,
    /// What stands in it; nothing when nothing was typed.
    pub fields: Fields,
    /// The text that this is, and its version.
    pub copy: Option<(String, u32)>,
    /// What is said of it.
    pub says: Option<String>,
    /// Whether it is open, and stays as it is when the page is brought up to date.
    pub is_there: bool,
    /// Whether it is shown at once.
    pub is_open: bool,
    /// Where it is put away (post).
    pub away: String,
}

impl Pens {
    /// What the form at a place is filled with: what came back, the text that was asked for, or the
    /// latest one.
    pub fn at(&self, place: &Place) -> Filled {
        let resumed = |one: &&Unposted| self.resumed.as_deref() == Some(one.id.as_str());
        let there = || self.kept.iter().filter(|one| one.place == *place);
        let kept = there().find(resumed).or_else(|| there().next_back());
        let code = place.code();
        let away = routes::unposted(&self.dossier);
        let copy = kept.map(|one| (one.id.clone(), one.version));
        if let Some((_, fields)) = self.refused.as_ref().filter(|(at, _)| at == place) {
            let fields = fields.clone();
            let (is_there, is_open) = (true, true);
            return Filled { place: code, fields, copy, says: None, is_there, is_open, away };
        }
        let Some(kept) = kept else { return Filled { place: code, ..Filled::default() } };
        Filled {
            place: code,
            fields: kept.fields.clone(),
            copy,
            says: Some(format!(
                "Votre brouillon, gardé {}. Rien n'est envoyé.",
                format::moment(kept.at)
            )),
            is_there: true,
            is_open: resumed(&kept),
            away,
        }
    }
}

impl Filled {
    /// What a field holds.
    pub fn get(&self, name: &str) -> Option<String> {
        self.fields.get(name)
    }

    /// What a field holds, or this.
    pub fn or(&self, name: &str, otherwise: String) -> String {
        self.get(name).unwrap_or(otherwise)
    }

    /// The version that the page has seen.
    pub fn version(&self) -> u32 {
        self.copy.as_ref().map_or(0, |(_, version)| *version)
    }

    /// The text that this is.
    pub fn copy(&self) -> Option<String> {
        self.copy.as_ref().map(|(id, _)| id.clone())
    }

    /// For a form that the script of the page leaves as it is.
    pub fn fixed(&self) -> Option<&'static str> {
        self.is_there.then_some("")
    }

    /// The foot of the form: which text it is, and that it is kept.
    pub fn foot(&self) -> AnyView {
        let copy = self.copy();
        let says = self.says.clone();
        view! {
            {copy.map(|copy| view! { <input type="hidden" name="brouillon" value=copy /> })}
            {says.map(|says| {
                let away = self.away.clone();
                view! {
                    <p class="soft" role="status">{text::french(&says)}</p>
                    <p><button class="btn btn-s btn-quiet" type="submit" name="geste" value="effacer" formaction=away formnovalidate=true>"Effacer ce brouillon"</button></p>
                }
            })}
        }
        .into_any()
    }
}

/// The list, and what was just put away; nothing when there is neither.
pub fn list(
    id: &str,
    (form, answers): (&'static Revision, &Answers),
    pens: &Pens,
) -> Option<AnyView> {
    let Pens { kept, cleared, .. } = pens.clone();
    let button = |copy: String, what: &'static str, says: &'static str, of: String| {
        view! {
            <form method="post" action=routes::unposted(id)>
                <input type="hidden" name="copie" value=copy />
                <button class="btn btn-s btn-quiet" type="submit" name="geste" value=what>
                    {says}<span class="sr-only">{text::french(&format!(" : {of}"))}</span>
                </button>
            </form>
        }
    };
    let undo = cleared.map(|one| {
        let place = called((form, answers), &one.place);
        view! {
            <div class="note" role="status">
                <p>{text::french(&format!("Brouillon effacé : {place}."))}</p>
                {button(one.id, "remettre", "Le remettre", place)}
            </div>
        }
    });
    if kept.is_empty() {
        return undo.map(|undo| view! { <section class="card pad stack" id="brouillons" aria-label="Vos brouillons">{undo}</section> }.into_any());
    }
    let items = kept.into_iter().rev().map(|one| {
        let place = called((form, answers), &one.place);
        let href = match &one.place {
            Place::Note(at) => routes::resume_note(id, at, &one.id),
            Place::Reply(note) => routes::resume(id, &one.id, &format!("note-{note}")),
            Place::Act(action) => routes::resume(id, &one.id, &format!("acte-{}", action.code())),
            Place::Signal(code) => routes::resume(id, &one.id, &format!("signal-{code}")),
        };
        let words = shortened(&one.fields.words());
        view! {
            <li class="stack">
                <p><b>{text::french(&place)}</b>" "<span class="soft">{format::moment(one.at)}</span></p>
                <p class="words">{words}</p>
                <div class="actions">
                    <a class="btn btn-s" href=href>"Reprendre"<span class="sr-only">{text::french(&format!(" : {place}"))}</span></a>
                    {button(one.id, "effacer", "Effacer", place)}
                </div>
            </li>
        }
    });
    Some(view! {
        <section class="card pad stack" id="brouillons" aria-labelledby="brouillons-titre">
            <h2 id="brouillons-titre" class="h3"><Icon name=IconName::Pencil />"Vos brouillons"</h2>
            {undo}
            <p class="soft">"Vous seul les voyez. Ils vous attendent sur tous vos appareils jusqu'à ce que vous les envoyiez ou les effaciez."</p>
            <ul class="unposted">{items.collect_view()}</ul>
        </section>
    }
    .into_any())
}

/// What a place is called.
fn called((form, answers): (&'static Revision, &Answers), place: &Place) -> String {
    match place {
        Place::Note(at) if at.field.is_empty() => "Annotation sur tout le dossier".to_owned(),
        Place::Note(at) => format!("Annotation sur « {} »", name(form, answers, at)),
        Place::Reply(_) => "Réponse à une annotation".to_owned(),
        Place::Act(action) => action.label().to_owned(),
        Place::Signal(_) => "Raison d'écarter un signal".to_owned(),
    }
}

/// The beginning of a text.
fn shortened(words: &str) -> String {
    if words.chars().count() <= SHOWN {
        return words.to_owned();
    }
    let head: String = words.chars().take(SHOWN).collect();
    format!("{}…", head.trim_end())
}
