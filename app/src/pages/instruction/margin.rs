//! What stands beside an answer that an agent reads: the value before, the notes, the way to write one.

use std::collections::BTreeMap;

use dossier::note::{Audience, LONGEST, NoteKind};
use form::At;
use leptos::prelude::*;
use service::{Actor, instruction::Thread, seen::Seen};
use ui::TextArea;

use super::thread::ThreadView;
use crate::{routes, text};

/// What is known of the answers beyond themselves.
pub struct Margin {
    /// The dossier.
    pub id: String,
    /// The lens it is read through: its code, or nothing.
    pub lens: &'static str,
    /// What they have seen.
    pub seen: Seen,
    /// How much of each step they have seen, of how much.
    pub steps: BTreeMap<String, (usize, usize)>,
    /// Who reads.
    pub reader: Actor,
    /// The notes.
    pub threads: Vec<Thread>,
    /// What the deposit before said, displayed, where it said something else.
    pub earlier: BTreeMap<At, String>,
    /// Where a note is being written.
    pub composing: Option<At>,
    /// A text that was not kept, to go on from.
    pub draft: String,
}

impl Margin {
    /// What stands at the head of a step, or of the dossier.
    pub fn above(&self, at: &At, name: &str) -> AnyView {
        view! { <div class="above">{self.beside(at, name)} {self.all_seen(&at.field)}</div> }
            .into_any()
    }

    /// What stands beside an answer, or a row, of this name: with a way to write a note on it.
    pub fn beside(&self, at: &At, name: &str) -> AnyView {
        let write = if self.composing.as_ref() == Some(at) {
            Some(self.composer(at, name))
        } else {
            self.reader.role.instructs().then(|| {
                let href = routes::annotate(&self.id, at, self.lens);
                view! { <a class="annotate" href=href>"Annoter"<span class="name">{format!(" : {name}")}</span></a> }
                    .into_any()
            })
        };
        view! { {self.notes_on(at)} {write} {self.mark(at, name)} }.into_any()
    }

    /// What the deposit before said at a place, and the notes on it.
    pub fn notes_on(&self, at: &At) -> AnyView {
        let earlier = self.earlier.get(at).map(|before| {
            view! { <p class="was">{text::french(&format!("Au dépôt précédent : {before}"))}</p> }
        });
        let threads = self.threads.iter().filter(|thread| thread.note.anchor.at == *at);
        let threads = threads.cloned().map(|thread| {
            let writes = self.reader.role.instructs();
            view! { <ThreadView id=self.id.clone() thread writes lens=self.lens /> }
        });
        view! { {earlier} {threads.collect_view()} }.into_any()
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

    fn composer(&self, at: &At, name: &str) -> AnyView {
        let kinds = NoteKind::ALL.map(|kind| {
            let checked = kind == NoteKind::Question;
            view! {
                <label class="choice">
                    <input type="radio" name="nature" value=kind.code() checked=checked />
                    <span>{kind.label()}</span>
                </label>
            }
        });
        let audiences = Audience::ALL.map(|audience| {
            let class = format!("choice a-{}", audience.code());
            let checked = audience == Audience::Service;
            view! {
                <label class=class>
                    <input type="radio" name="pour" value=audience.code() checked=checked />
                    <span><b>{audience.label()}</b><small>{audience.hint()}</small></span>
                </label>
            }
        });
        let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
        let back = format!("{}?regard={}#rep-{at}", routes::instruction(&self.id), self.lens);
        view! {
            <form class="composer stack" id="annoter" method="post" action=routes::notes(&self.id) autocomplete="off">
                <p class="h3">{text::french(&format!("Annoter : {name}"))}</p>
                <input type="hidden" name="reponse" value=at.to_string() />
                <input type="hidden" name="regard" value=self.lens />
                <fieldset class="field">
                    <legend class="label">"Ce que c'est"</legend>
                    <div class="choices choices-row">{kinds.to_vec()}</div>
                </fieldset>
                <fieldset class="field">
                    <legend class="label">"Qui le lira"</legend>
                    <div class="choices audiences">{audiences.to_vec()}</div>
                </fieldset>
                <div class="field">
                    <label for="texte">"Votre texte"</label>
                    <TextArea id="texte" name="texte" initial=self.draft.clone() maxlength=most />
                </div>
                <p class="actions">
                    <button class="btn btn-main" type="submit">"Écrire"</button>
                    <a class="btn btn-quiet" href=back>"Abandonner"</a>
                </p>
            </form>
        }
        .into_any()
    }
}
