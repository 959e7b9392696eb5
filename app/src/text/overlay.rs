//! Sentences for what is wrong in an overlay, and where: for who writes one.

use form::overlay::{Fault, Wrong};

use super::french;

/// The sentence of a fault, with its place.
pub fn fault(Fault { edit, id, wrong }: &Fault) -> String {
    let place = edit.map_or_else(String::new, |rank| format!("modification {}", rank + 1));
    let place = match (place.as_str(), id.as_str()) {
        ("", "") => "l'ensemble".to_owned(),
        (place, "") => place.to_owned(),
        ("", id) => format!("« {id} »"),
        (place, id) => format!("{place}, « {id} »"),
    };
    french(&format!("{place} : {}", said(wrong)))
}

/// What is wrong, in small letters.
pub fn said(wrong: &Wrong) -> String {
    let text = match wrong {
        Wrong::OtherForm => "il est fait pour un autre formulaire, ou une autre révision.",
        Wrong::BadName => {
            "son nom compte de 2 à 40 lettres minuscules, chiffres ou tirets, par exemple nievre."
        }
        Wrong::NotInSupplement => {
            "le complément d'un département ajoute des questions et ne change pas les nationales."
        }
        Wrong::TooManyQuestions { most } => {
            return format!("un complément ajoute {most} questions au plus.");
        }
        Wrong::Unknown => "rien ne porte ce nom dans le formulaire.",
        Wrong::NotSuch => "une question ne se place pas après elle-même.",
        Wrong::NotThere { after } => {
            return format!("« {after} » n'est pas à cet endroit : rien ne peut le suivre.");
        }
        Wrong::Taken => "ce nom est déjà pris, ou l'a été.",
        Wrong::Outside { prefix } => {
            return format!("ce nom doit commencer par « {prefix} ».");
        }
        Wrong::BadId => {
            "un nom s'écrit en lettres minuscules, chiffres, points, tirets et soulignés, sans accent."
        }
        Wrong::NoWords => "il manque les mots que les gens liront.",
        Wrong::TooLong { most } => {
            return format!("ce texte est trop long : {most} caractères au plus.");
        }
        Wrong::BadChoices => "il faut deux choix au moins, tous différents.",
        Wrong::ReadsUnknown { read } => {
            return format!("une condition lit « {read} », qui n'existe pas.");
        }
        Wrong::Required => {
            "la réponse est obligatoire : rendez-la d'abord facultative, ou laissez la question."
        }
        Wrong::OfTheSystem => "cette question est remplie par le système et ne se change pas.",
        Wrong::BadTable => "un tableau a une colonne au moins, et autant de lignes qu'il en veut.",
    };
    text.to_owned()
}
