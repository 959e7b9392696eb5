//! What a browser without script posts of a step, and what it asks for.

use std::collections::BTreeMap;

use app::{routes, unchanged};
use dossier::{
    form::Form,
    operation::{Gesture, Operation},
    share::Part,
};
use form::{Answers, At, ROW_HERE, Section};
use service::findings::Choice;

use crate::web::Web;

/// What a browser posted.
pub struct Posted {
    /// Texts by question; several ticked boxes are joined by commas.
    texts: BTreeMap<At, String>,
    /// The button: its name and value.
    button: (String, String),
    /// The step it was pressed at, where the post does not say so by its address.
    step: String,
    /// What the page showed.
    seen: BTreeMap<At, unchanged::Seen>,
    /// Why answers are kept beside those of a source.
    reasons: BTreeMap<At, String>,
}

/// What was made of what sources say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfSource {
    /// Asks them all again, and lays what they know where nobody answered.
    Refresh,
    /// Lays what is known already.
    Fill,
    /// Decides one card: its place, the value that was read, and what is made of it.
    Decide(At, String, Choice),
}

impl Posted {
    /// Reads the body of the request.
    pub fn read(body: &[u8]) -> Self {
        let mut posted = Self {
            texts: BTreeMap::new(),
            button: Default::default(),
            step: String::new(),
            seen: BTreeMap::new(),
            reasons: BTreeMap::new(),
        };
        for (name, value) in pairs(body) {
            if name == "_vu" {
                posted.seen = unchanged::read_stamp(&value);
            } else if name == "_etape" {
                // It becomes part of an address.
                let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                posted.step = if plain { value } else { String::new() };
            } else if let Some(at) = name.strip_prefix("_raison#") {
                posted.reasons.insert(At::parse(at), value);
            } else if name.starts_with('_') {
                posted.button = (name, value);
            } else {
                let text = posted.texts.entry(At::parse(&name)).or_default();
                if !text.is_empty() && !value.is_empty() {
                    text.push(',');
                }
                text.push_str(&value);
            }
        }
        posted
    }

    /// What changed, as operations.
    pub fn operations(
        &self,
        web: &Web,
        form: &Form,
        step: &Section,
        answers: &Answers,
    ) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut add = |at: At, gesture: Gesture, seen: u32| {
            operations.push(Operation { id: web.services.ulid(), at, gesture, seen });
        };
        let version = |at: &At| answers.at(at).map_or(0, |answer| answer.version);
        for (at, text) in &self.texts {
            let known = form.revision.place(&at.field).filter(|place| place.section.id == step.id);
            let Some(place) = known else { continue };
            let seen = self.seen.get(at);
            let untouched = match seen {
                Some(seen) => seen.print == unchanged::fingerprint(text),
                None => text.is_empty(),
            };
            let stands = place.field.kind.same(answers.raw(&at.field, &at.row), text);
            if !untouched && !stands && !place.field.fixed {
                add(at.clone(), Gesture::Write(text.clone()), seen.map_or(0, |seen| seen.version));
            }
        }
        let (name, value) = (self.button.0.as_str(), self.button.1.as_str());
        match (name, value) {
            ("_confirmer", "_etape") => {
                for at in step.to_confirm(answers) {
                    let seen = version(&at);
                    add(at, Gesture::Confirm, seen);
                }
            }
            ("_confirmer", at) => {
                let at = At::parse(at);
                let seen = version(&at);
                add(at, Gesture::Confirm, seen);
            }
            ("_ajouter", table) if form.revision.table(table).is_some() => {
                add(At::in_row(table, &web.services.ulid()), Gesture::Write(ROW_HERE.into()), 0);
            }
            ("_retirer", mark) => {
                let at = At::parse(mark);
                let seen = version(&at);
                add(at, Gesture::Write(String::new()), seen);
            }
            (way @ ("_monter" | "_descendre"), mark) => {
                for (at, raw) in answers.moved_row(&At::parse(mark), way == "_monter") {
                    let seen = version(&at);
                    add(at, Gesture::Write(raw), seen);
                }
            }
            ("_prendre", key) => {
                // Their value stands already: ours is not written.
                let at = At::parse(key);
                operations.retain(|operation| operation.at != at);
            }
            _ => {}
        }
        operations
    }

    /// The step it was pressed at; empty when nothing says so.
    pub fn step(&self) -> &str {
        &self.step
    }

    /// What was made of what sources say, if that is what was pressed.
    pub fn of_source(&self) -> Option<OfSource> {
        if self.button.0 != "_source" {
            return None;
        }
        let mut words = self.button.1.splitn(3, ' ');
        let what = words.next()?;
        match (what, words.next(), words.next()) {
            ("actualiser", None, None) => Some(OfSource::Refresh),
            ("remplir", None, None) => Some(OfSource::Fill),
            ("prendre", Some(at), Some(read)) => {
                Some(OfSource::Decide(At::parse(at), read.to_owned(), Choice::Take))
            }
            ("garder", Some(at), Some(read)) => {
                let at = At::parse(at);
                let reason = self.reasons.get(&at).cloned().unwrap_or_default();
                Some(OfSource::Decide(at, read.to_owned(), Choice::Keep { reason }))
            }
            _ => None,
        }
    }

    /// Where to go next.
    pub fn next(
        &self,
        form: &Form,
        (step, part): (&Section, &Part),
        id: &str,
        answers: &Answers,
    ) -> String {
        let here = routes::step(id, &step.id);
        match (self.button.0.as_str(), self.button.1.as_str()) {
            ("_enregistrer", "continuer") => {
                let malformed = self.texts.iter().any(|(at, text)| {
                    form.revision
                        .place(&at.field)
                        .is_some_and(|p| p.field.kind.canonical(text).is_err())
                });
                if malformed {
                    return format!("{here}?montrer=problemes");
                }
                let after = form.revision.sections.iter().skip_while(|s| s.id != step.id).skip(1);
                let mine = |s: &&Section| part.holds(&s.id) && s.visible.holds(answers, "");
                let last = || match part {
                    Part::Whole => routes::recap(id),
                    Part::Steps(_) => routes::dossier(id),
                };
                after
                    .map(AsRef::as_ref)
                    .find(mine)
                    .map_or_else(last, |section| routes::step(id, &section.id))
            }
            ("_ajouter", table) => format!("{here}#{table}"),
            ("_retirer", mark) => format!("{here}#{}", At::parse(mark).field),
            ("_monter" | "_descendre", mark) => format!("{here}#rang-{mark}"),
            ("_joindre", at) => routes::document(id, &At::parse(at)),
            ("_confirmer", "_etape") => here,
            ("_confirmer" | "_garder" | "_prendre", at) => format!("{here}#champ-{at}"),
            _ => here,
        }
    }
}

/// Names and values of a posted form, in order.
fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned()))
}
