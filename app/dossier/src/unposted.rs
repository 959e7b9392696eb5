//! What an agent typed and has not posted yet: kept for them alone, until it is posted or put away. Two
//! devices may write at the same place: no text ever replaces one that it does not continue.

use form::At;
use serde::{Deserialize, Serialize};

use crate::{
    id::{NoteId, is_ulid},
    state::Action,
};

/// Longest that is typed in one form, in characters of all its fields: several times what a note or a
/// message may hold, for what is too long to be posted is kept too.
pub const LONGEST: usize = 20_000;
/// Most fields of one form.
pub const MOST_FIELDS: usize = 60;
/// Most texts of one person in one dossier.
pub const MOST_OF_DOSSIER: usize = 60;
/// Most texts of one person.
pub const MOST_OF_PERSON: u32 = 600;
/// Longest name that a page gives itself, in characters.
const LONGEST_PEN: usize = 40;

/// Where it is typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A new note, on an answer, a row, a step or the whole dossier.
    Note(At),
    /// An answer to this note.
    Reply(NoteId),
    /// What goes with an act: message, reason, figures.
    Act(Action),
    /// Why this signal is set aside: code of a [`crate::reading::Signal`].
    Signal(String),
}

impl Place {
    /// Stable code: stored, and written in pages.
    pub fn code(&self) -> String {
        match self {
            Self::Note(at) => format!("note.{at}"),
            Self::Reply(note) => format!("reponse.{note}"),
            Self::Act(action) => format!("acte.{}", action.code()),
            Self::Signal(code) => format!("signal.{code}"),
        }
    }

    /// Reads back a code. Whether the deposit has the place is not known here.
    pub fn from_code(code: &str) -> Option<Self> {
        let (what, where_) = code.split_once('.')?;
        match what {
            "note" if where_.chars().count() <= 200 => Some(Self::Note(At::parse(where_))),
            "reponse" if is_ulid(where_) => Some(Self::Reply(where_.into())),
            "acte" => Action::from_code(where_).map(Self::Act),
            "signal" if is_code(where_) => Some(Self::Signal(where_.to_owned())),
            _ => None,
        }
    }
}

/// Whether it may be the code of a signal.
fn is_code(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && text.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_')
}

/// Names of the fields that are kept, as forms post them: those with words first.
const NAMES: [&str; 12] = [
    "texte",
    "message",
    "valeur",
    "passage",
    "rang",
    "nature",
    "pour",
    "bloquante",
    "jour",
    "avis",
    "proposition",
    "etp",
];
/// Another one, of an act.
const MODULATED: &str = "modulee";
/// Those that a person fills with words of their own.
const WORDS: [&str; 4] = ["texte", "message", "valeur", "passage"];

/// What stands in the fields of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of these fields, in order; `None` for a name that no form has, too many or too long.
    pub fn new(fields: Vec<(String, String)>) -> Option<Self> {
        let known = |name: &str| NAMES.contains(&name) || name == MODULATED;
        let long: usize = fields.iter().map(|(_, value)| value.chars().count()).sum();
        let fits = fields.len() <= MOST_FIELDS && long <= LONGEST;
        (fits && fields.iter().all(|(name, _)| known(name))).then_some(Self(fields))
    }

    /// What a field holds; several ticked values joined by commas.
    pub fn get(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// The words of it: what one recognises it by.
    pub fn words(&self) -> String {
        let held = WORDS.iter().filter_map(|name| self.get(name));
        held.map(|text| text.trim().to_owned()).find(|text| !text.is_empty()).unwrap_or_default()
    }
}

/// Whether two texts say the same, whatever is between their words.
pub fn says_the_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// Whether a page may give itself this name.
pub fn is_pen(pen: &str) -> bool {
    (1..=LONGEST_PEN).contains(&pen.chars().count())
        && pen.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// What comes of a text that is sent, given the one that it says it continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there already.
    Same,
    /// It continues what is there, and takes its place.
    Over,
    /// What is there is another text, or nothing: it is kept beside.
    Beside,
}

/// A text that is there: its version, what it holds, and the page that typed it last.
pub type Held<'a> = (u32, &'a Fields, &'a str);

/// Whether a text takes the place of the one that it continues. It does when its page saw that one as it
/// is, or wrote it itself: an answer that was lost on the way made it not know. Anything else is another
/// text, and neither is lost.
pub fn fate(held: Option<Held<'_>>, fields: &Fields, (seen, pen): (u32, &str)) -> Fate {
    match held {
        Some((_, there, _)) if there == fields => Fate::Same,
        Some((version, _, by)) if version == seen || by == pen => Fate::Over,
        None | Some(_) => Fate::Beside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Fields {
        Fields::new(vec![("texte".into(), text.into())]).unwrap_or_default()
    }

    #[test]
    fn places_read_back() {
        let note = "01J00000000000000000000001";
        let places = [
            Place::Note(At::once("siae_nom")),
            Place::Note(At::in_row("postes", "r1")),
            Place::Note(At::once("")),
            Place::Reply(note.into()),
            Place::Act(Action::Refuse),
            Place::Signal("same_supervision".into()),
        ];
        for place in places {
            assert_eq!(Place::from_code(&place.code()), Some(place));
        }
        for code in ["", "note", "reponse.x", "acte.rien", "autre.siae_nom", "signal.A b"] {
            assert_eq!(Place::from_code(code), None, "{code}");
        }
        assert_eq!(Place::from_code(&format!("note.{}", "a".repeat(201))), None);
    }

    #[test]
    fn only_what_forms_have_is_kept_and_not_for_ever_more() {
        let one = |name: &str, value: String| Fields::new(vec![(name.into(), value)]);
        assert!(one("message", "Bonjour".into()).is_some());
        assert!(one("modulee", "5".into()).is_some());
        assert_eq!(one("mot_de_passe", "x".into()), None);
        assert!(one("texte", "é".repeat(LONGEST)).is_some());
        assert_eq!(one("texte", "é".repeat(LONGEST + 1)), None);
        let many = |n| Fields::new(vec![("valeur".into(), "a".into()); n]);
        assert!(many(MOST_FIELDS).is_some() && many(MOST_FIELDS + 1).is_none());
    }

    #[test]
    fn words_are_those_of_the_person() {
        let of = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
            Fields::new(pairs.collect()).map(|fields| fields.words())
        };
        assert_eq!(of(&[("nature", "question"), ("texte", " ")]), Some(String::new()));
        assert_eq!(of(&[("passage", "p"), ("texte", " oui ")]), Some("oui".into()));
        let ticked =
            Fields::new(vec![("valeur".into(), "a".into()), ("valeur".into(), "b".into())]);
        assert_eq!(ticked.and_then(|fields| fields.get("valeur")), Some("a,b".into()));
        assert!(says_the_same("Un  mot\r\nde plus", "Un mot\nde plus"));
        assert!(!says_the_same("Un mot", "Un mot de plus"));
    }

    #[test]
    fn no_text_takes_the_place_of_one_that_its_page_did_not_see() {
        let (old, new) = (fields("Le budget"), fields("Le budget est à revoir"));
        let held = |by| Some((3, &old, by));
        assert_eq!(fate(None, &new, (0, "ici")), Fate::Beside);
        assert_eq!(fate(held("ailleurs"), &new, (3, "ici")), Fate::Over, "it saw it");
        assert_eq!(fate(held("ailleurs"), &new, (2, "ici")), Fate::Beside, "it moved since");
        assert_eq!(fate(held("ailleurs"), &new, (4, "ici")), Fate::Beside);
        assert_eq!(fate(held("ici"), &new, (2, "ici")), Fate::Over, "an answer was lost");
        assert_eq!(fate(held("ailleurs"), &old, (0, "ici")), Fate::Same);
    }

    #[test]
    fn pages_have_short_plain_names() {
        assert!(is_pen("3f2a-9") && is_pen(&"a".repeat(40)));
        assert!(!is_pen("") && !is_pen(&"a".repeat(41)) && !is_pen("a b"));
    }
}
