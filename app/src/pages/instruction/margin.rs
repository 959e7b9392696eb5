//! What stands beside an answer that an agent reads: the value before, the notes, the way to write one.

use std::collections::BTreeMap;

use dossier::unposted::Place;
use form::{Answers, At, FieldDef, Revision};
use leptos::prelude::*;
use service::{
    Actor,
    instruction::{Carried, Thread},
    seen::Seen,
};

use super::{
    composing::{Composing, composer},
    thread::{Before, ThreadView},
    unposted::Pens,
};
use crate::{routes, text};

/// What is known of the answers beyond themselves.
pub struct Margin {
    /// The dossier.
    pub id: String,
    /// The lens it is read through: its code, or nothing.
    pub lens: String,
    /// What they have seen.
    pub seen: Seen,
    /// How much of each step they have seen, of how much.
    pub steps: BTreeMap<String, (usize, usize)>,
    /// Who reads.
    pub reader: Actor,
    /// The notes.
    pub threads: Vec<Thread>,
    /// Those of the dossiers before.
    pub before: Vec<Carried>,
    /// What the deposit before said, displayed, where it said something else.
    pub earlier: BTreeMap<At, String>,
    /// What this person typed and did not post.
    pub pens: Pens,
    /// Where a note is being written.
    pub composing: Option<Composing>,
    /// The form of the deposit.
    pub form: &'static Revision,
    /// What it says.
    pub answers: Answers,
}

impl Margin {
    /// What stands at the head of a step, or of the dossier.
    pub fn above(&self, at: &At, name: &str) -> AnyView {
        view! { <div class="above">{self.beside(at, name)} {self.all_seen(&at.field)}</div> }
            .into_any()
    }

    /// What stands beside an answer, or a row, of this name: with a way to write a note on it.
    pub fn beside(&self, at: &At, name: &str) -> AnyView {
        let here = self.composing.as_ref().filter(|composing| composing.at == *at);
        let write = if let Some(composing) = here {
            Some(self.composer(composing, name))
        } else {
            self.reader.role.instructs().then(|| {
                let href = routes::annotate(&self.id, at, &self.lens);
                view! { <a class="annotate" href=href>"Annoter"<span class="name">{format!(" : {name}")}</span></a> }
                    .into_any()
            })
        };
        view! { {self.notes_on(at)} {write} {self.mark(at, name)} }.into_any()
    }

    fn composer(&self, composing: &Composing, name: &str) -> AnyView {
        let kept = self.pens.at(&Place::Note(composing.at.clone()));
        composer((&self.id, &self.lens, &kept), (self.form, &self.answers), composing, name)
    }

    /// What stands beside a row: on the whole of it, or on one of its answers.
    pub fn beside_row(&self, at: &At, name: &str, columns: &[&FieldDef]) -> AnyView {
        let cell = |def: &&FieldDef| At::in_row(&def.id, &at.row);
        let here = self.composing.as_ref().filter(|composing| {
            composing.at == *at || columns.iter().any(|def| cell(def) == composing.at)
        });
        let Some(composing) = here else { return self.beside(at, name) };
        let called = |def: &FieldDef| format!("{} ({name})", def.label);
        let others = columns.iter().filter(|def| cell(def) != composing.at).map(|def| {
            let href = routes::annotate(&self.id, &cell(def), &self.lens);
            view! { <li><a href=href>{called(def)}</a></li> }
        });
        let others = others.collect_view();
        let one = columns.iter().find(|def| cell(def) == composing.at);
        let form =
            self.composer(composing, &one.map_or_else(|| name.to_owned(), |def| called(def)));
        view! {
            {self.notes_on(at)}
            {form}
            <p class="soft">"Annoter plutôt une seule réponse de la ligne :"</p>
            <ul>{others}</ul>
        }
        .into_any()
    }

    /// What the deposit before said at a place, and the notes on it.
    pub fn notes_on(&self, at: &At) -> AnyView {
        let earlier = self.earlier.get(at).map(|before| {
            view! { <p class="was">{text::french(&format!("Au dépôt précédent : {before}"))}</p> }
        });
        let threads = self.threads.iter().filter(|thread| thread.note.anchor.at == *at);
        let threads = threads.cloned().map(|thread| {
            let writes = self.reader.role.instructs();
            view! { <ThreadView id=self.id.clone() pens=self.pens.clone() form=self.form thread writes lens=self.lens.clone() /> }
        });
        let before = self
            .before
            .iter()
            .filter(|carried| carried.is_open() && carried.thread.note.anchor.at == *at);
        let before = before.cloned().map(|carried| {
            view! { <Before form=self.form carried /> }
        });
        view! { {earlier} {before.collect_view()} {threads.collect_view()} }.into_any()
    }

    /// Whether an answer was seen: a button that says so, and changes it.
    fn mark(&self, at: &At, name: &str) -> Option<AnyView> {
        if !self.seen.places.contains(at) {
            return None;
        }
        let holds = self.seen.holds.contains(at);
        let field = if holds { "non-vu" } else { "vu" };
        let pressed = if holds { "true" } else { "false" };
        let fallen = self.seen.fallen.contains(at).then(|| {
            view! { <span class="fallen">"Changé depuis que vous l'avez vu"</span> }
        });
        Some(
            view! {
                {fallen}
                <button class="vu" type="submit" form="vu" name=field value=at.to_string() aria-pressed=pressed>"Vu"<span class="sr-only">{format!(" : {name}")}</span></button>
            }
            .into_any(),
        )
    }

    /// A step of which all is seen, or is to be.
    fn all_seen(&self, step: &str) -> Option<AnyView> {
        let (seen, all) = self.steps.get(step)?;
        let whole = seen == all;
        let field = if whole { "etape-non-vue" } else { "etape" };
        let pressed = if whole { "true" } else { "false" };
        Some(
            view! {
                <span class="step-seen">
                    <span class="soft" data-vus=step.to_owned()>{format!("{seen} sur {all} vus")}</span>
                    <button class="vu" type="submit" form="vu" name=field value=step.to_owned() aria-pressed=pressed>"Tout vu"</button>
                </span>
            }
            .into_any(),
        )
    }

    /// A text with the passages that notes quote from it, as far as they are there.
    pub fn quoted(&self, at: &At, words: String) -> AnyView {
        let mut places: Vec<_> = self
            .threads
            .iter()
            .filter(|thread| thread.note.anchor.at == *at && thread.note.settled.is_none())
            .filter_map(|thread| Some((thread.passage.as_ref()?.place()?, &thread.note)))
            .collect();
        places.sort_by_key(|(place, _)| (place.start, place.end));
        let (mut parts, mut done) = (Vec::new(), 0);
        for (place, note) in places {
            // Passages that overlap: the first one shows, the note of the other says it in words.
            let (Some(before), Some(quote)) =
                (words.get(done..place.start), words.get(place.clone()))
            else {
                continue;
            };
            parts.push(before.to_owned().into_any());
            let class = format!("quoted a-{}", note.audience.code());
            let of = format!("note-{}", note.id);
            let quote = quote.to_owned();
            parts.push(view! { <mark class=class aria-details=of>{quote}</mark> }.into_any());
            done = place.end;
        }
        parts.push(words.get(done..).unwrap_or_default().to_owned().into_any());
        let place = at.to_string();
        view! { <span class="words" data-texte=place>{parts}</span> }.into_any()
    }

    /// Ids of the notes on a place, for readers who do not see that they stand beside it.
    pub fn details(&self, at: &At) -> Option<String> {
        let on = self.threads.iter().filter(|thread| thread.note.anchor.at == *at);
        let ids: Vec<_> = on.map(|thread| format!("note-{}", thread.note.id)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
