//! A lens that an agent composes: a question, and the steps and cards of the form that answer it. A form
//! that changed may not have them all any more: those are passed over, and said.

use std::{borrow::Cow, collections::BTreeSet};

use form::Revision;

use super::Lens;

/// Longest question, in characters.
pub const LONGEST: usize = 120;

/// What was composed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The question.
    pub question: String,
    /// Ids of steps and cards, in the order of the form that it was composed on.
    pub shows: Vec<String>,
}

/// Why nothing is composed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It asks nothing.
    NoQuestion,
    /// The question is longer than [`LONGEST`].
    TooLong,
    /// Nothing of the form was chosen.
    NothingChosen,
}

impl Refused {
    /// What to do about it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoQuestion => "Écrivez la question que vous vous posez.",
            Self::TooLong => "La question tient en 120 caractères au plus. Raccourcissez-la.",
            Self::NothingChosen => "Choisissez au moins une étape ou une carte du formulaire.",
        }
    }
}

/// Composes a lens of what was chosen in a form. Of what it showed before, the parts that this form does not
/// have stay: another year, another département may have them.
///
/// # Errors
/// See [`Refused`].
pub fn compose(
    form: &Revision,
    question: &str,
    chosen: &[String],
    before: &[String],
) -> Result<Composed, Refused> {
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "");
    match question.chars().count() {
        0 => return Err(Refused::NoQuestion),
        length if length > LONGEST => return Err(Refused::TooLong),
        _ => {}
    }
    let chosen: BTreeSet<&str> = chosen.iter().map(String::as_str).collect();
    let mut shows = Vec::new();
    for section in &form.sections {
        if chosen.contains(section.id.as_ref()) {
            shows.push(section.id.to_string());
            continue;
        }
        let cards = section.groups.iter().filter(|group| chosen.contains(group.id.as_ref()));
        shows.extend(cards.map(|group| group.id.to_string()));
    }
    if shows.is_empty() {
        return Err(Refused::NothingChosen);
    }
    shows.extend(missing(form, before).into_iter().map(str::to_owned));
    Ok(Composed { question, shows })
}

/// What a lens shows that a form does not have.
pub fn missing<'a>(form: &Revision, shows: &'a [String]) -> Vec<&'a str> {
    let known: BTreeSet<&str> = form
        .sections
        .iter()
        .flat_map(|section| {
            section.groups.iter().map(|group| group.id.as_ref()).chain([section.id.as_ref()])
        })
        .collect();
    shows.iter().map(String::as_str).filter(|id| !known.contains(id)).collect()
}

/// The lens, of this code.
pub fn lens(code: &str, composed: &Composed) -> Lens {
    Lens {
        code: Cow::Owned(code.to_owned()),
        question: Cow::Owned(composed.question.clone()),
        shows: composed.shows.iter().map(|id| Cow::Owned(id.clone())).collect(),
        is_composed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        form::CONVENTIONNEMENT,
        reading::{REQUEST, signals, tells_years, tests::with},
    };

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn what_is_chosen_comes_in_the_order_of_the_form_and_once() {
        let form = &CONVENTIONNEMENT;
        let chosen = ids(&["budget", "moyens.request", "moyens.people", "nothing", "budget"]);
        let composed = compose(form, "  Le  personnel ? ", &chosen, &[]).unwrap();
        assert_eq!(composed.question, "Le personnel ?");
        let section = form.sections.iter().find(|section| section.id == "moyens").unwrap();
        let order: Vec<_> = section.groups.iter().map(|group| group.id.as_ref()).collect();
        let at = |id: &str| order.iter().position(|one| *one == id).unwrap();
        assert_eq!(
            at("moyens.people") < at("moyens.request"),
            composed.shows[0] == "moyens.people"
        );
        assert_eq!(composed.shows.len(), 3);
        assert_eq!(composed.shows[2], "budget");
        let whole = compose(form, "?", &ids(&["moyens", "moyens.request"]), &[]).unwrap();
        assert_eq!(whole.shows, ["moyens"], "a step holds its cards");
    }

    #[test]
    fn it_asks_something_of_something() {
        let form = &CONVENTIONNEMENT;
        let refused =
            |question: &str, chosen: &[&str]| compose(form, question, &ids(chosen), &[]).err();
        assert_eq!(refused(" \n", &["budget"]), Some(Refused::NoQuestion));
        assert_eq!(refused(&"é".repeat(121), &["budget"]), Some(Refused::TooLong));
        assert_eq!(refused(&"é".repeat(120), &["budget"]), None);
        assert_eq!(refused("?", &[]), Some(Refused::NothingChosen));
        assert_eq!(refused("?", &["gone.card"]), Some(Refused::NothingChosen));
    }

    #[test]
    fn a_form_that_changed_is_said_and_loses_nothing() {
        let form = &CONVENTIONNEMENT;
        let before = ids(&["moyens.request", "nievre.mobilite"]);
        assert_eq!(missing(form, &before), ["nievre.mobilite"]);
        let composed = compose(form, "?", &ids(&["budget"]), &before).unwrap();
        assert_eq!(
            composed.shows,
            ["budget", "nievre.mobilite"],
            "what is not chosen any more goes"
        );
    }

    #[test]
    fn its_signals_are_those_of_what_it_shows() {
        let form = &CONVENTIONNEMENT;
        let signal = signals(REQUEST, &with(&[]), None).remove(0);
        let of = |chosen: &[&str]| lens("L", &compose(form, "?", &ids(chosen), &[]).unwrap());
        assert!(
            of(&["moyens.request"]).tells(form, &signal) && of(&["moyens"]).tells(form, &signal)
        );
        assert!(!of(&["budget"]).tells(form, &signal));
        assert!(tells_years(&of(&["moyens.request"])) && !tells_years(&of(&["budget"])));
        assert!(
            tells_years(Lens::of("postes").unwrap()) && !tells_years(Lens::of("budget").unwrap())
        );
        assert!(tells_years(Lens::of("objectifs").unwrap()));
    }
}
