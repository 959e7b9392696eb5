//! Sentences for problems: what is wrong and how to mend it. One place, one voice.

#[cfg(feature = "ssr")]
pub mod overlay;

use dossier::form::sentence;
#[cfg(feature = "ssr")]
use dossier::operation::Refusal;
use form::{Code, Problem, What, number::display_scaled};

/// The sentence of a problem.
pub fn problem(problem: &Problem) -> String {
    match &problem.what {
        What::Kind(code) => of_code(*code),
        What::Rule { code, values } => sentence(code, values),
    }
}

/// The sentence of a code that a kind of question gives.
pub fn of_code(code: Code) -> String {
    let text = match code {
        Code::Required => "Cette réponse est attendue pour déposer le dossier.",
        Code::RowRequired { min: 1 } => "Ajoutez au moins une ligne.",
        Code::RowRequired { min } => return format!("Ajoutez au moins {min} lignes."),
        Code::TooLong { max } => {
            let max = display_scaled(i64::from(max), 0);
            return format!(
                "Ce texte dépasse {max} caractères. Raccourcissez-le : rien n'est coupé sans vous."
            );
        }
        Code::TooShort { min } => {
            return format!("Ce texte est un peu court : {min} caractères au moins sont attendus.");
        }
        Code::NotANumber => "Écrivez un nombre en chiffres, par exemple 1\u{202f}250,50.",
        Code::NotAWholeNumber => "Écrivez un nombre entier, sans virgule.",
        Code::TooManyDecimals => "Deux chiffres après la virgule suffisent, par exemple 12,40.",
        Code::TooSmall { min, decimals } => {
            return format!(
                "Ce nombre est trop petit : {} au moins.",
                display_scaled(min, decimals)
            );
        }
        Code::TooLarge { max, decimals } => {
            return format!(
                "Ce nombre est trop grand : {} au plus.",
                display_scaled(max, decimals)
            );
        }
        Code::NotHours => "Écrivez une durée en heures et minutes, par exemple 26:00 ou 35 h 30.",
        Code::NotADate => "Écrivez une date comme 31/12/2027 ; ce jour doit exister.",
        Code::NotAMonth => "Écrivez un mois et une année, par exemple 03/2027.",
        Code::NotYesNo => "Répondez par oui ou par non.",
        Code::NotAChoice => "Choisissez dans la liste proposée.",
        Code::BadEmail => "Cette adresse n'est pas complète : il faut la forme nom@domaine.fr.",
        Code::BadPhone => "Écrivez les dix chiffres du numéro, ou +33 et la suite.",
        Code::BadUrl => "Écrivez l'adresse du site, par exemple www.exemple.fr.",
        Code::SirenLength => "Un numéro SIREN a neuf chiffres.",
        Code::SirenKey => "Ce SIREN n'existe pas : vérifiez les chiffres, l'un d'eux est faux.",
        Code::SiretLength => "Un numéro SIRET a quatorze chiffres.",
        Code::SiretKey => "Ce SIRET n'existe pas : vérifiez les chiffres, l'un d'eux est faux.",
        Code::BadRna => "Un numéro RNA commence par W et compte neuf caractères ensuite.",
        Code::BadNaf => "Un code APE compte quatre chiffres et une lettre, par exemple 88.99B.",
        Code::BadIdcc => {
            "Le numéro d'une convention collective a quatre chiffres ; 9999 si vous n'en avez pas."
        }
        Code::BadLegalCategory => {
            "Une catégorie juridique a quatre chiffres, par exemple 9220 pour une association déclarée."
        }
        Code::BadTrainingBody => "Un numéro de déclaration d'activité a onze chiffres.",
        Code::BadVat => {
            "Ce numéro de TVA n'existe pas : FR, deux chiffres de clé, puis votre SIREN."
        }
        Code::BadIban => {
            "Cet IBAN n'est pas valide : recopiez-le depuis votre RIB, il commence par FR et compte 27 caractères."
        }
        Code::BadBic => "Un BIC compte 8 ou 11 caractères, par exemple CCOPFRPPXXX.",
        Code::BadCommune => {
            "Un code Insee de commune compte cinq caractères, par exemple 58194 ou 2A004."
        }
        Code::BadDepartment => "Ce numéro de département n'existe pas, par exemple 58, 2A ou 972.",
        Code::BadPostcode => "Un code postal a cinq chiffres.",
        Code::BadRome => {
            "Un code ROME commence par une lettre de A à N, suivie de quatre chiffres."
        }
        Code::BadConventionNumber => {
            "Ce numéro n'a pas la forme attendue, par exemple 029 010119 ACI 00009."
        }
        Code::BadAnnexNumber => {
            "Ce numéro n'a pas la forme attendue, par exemple ACI029190009 A2 M1."
        }
        Code::BadFile => "Écrivez seulement le nom du document, par exemple statuts-2026.pdf.",
    };
    french(text)
}

/// Why a text cannot be kept, and what to do.
#[cfg(feature = "ssr")]
pub fn refused(why: Refusal) -> &'static str {
    match why {
        Refusal::NotReopened => {
            "La DDETS n'a rien demandé ici, ou elle a refermé la question entre-temps. Rouvrez cette réponse pour la changer."
        }
        Refusal::TooLong => "Ce texte est trop long pour cette question. Raccourcissez-le.",
        Refusal::UnknownRow => "Cette ligne a été retirée entre-temps.",
        Refusal::UnknownField | Refusal::FixedField | Refusal::BadOperation => {
            "Cette question ne se remplit pas ici. Revenez à l'étape pour voir ce qu'elle attend."
        }
    }
}

/// Puts the spaces of French typography: narrow and unbreakable before `;`, `!` and `?` and inside
/// `« »`, unbreakable before `:` and units.
pub fn french(text: &str) -> String {
    text.replace(" :", "\u{a0}:")
        .replace(" ;", "\u{202f};")
        .replace(" ?", "\u{202f}?")
        .replace(" !", "\u{202f}!")
        .replace("« ", "«\u{202f}")
        .replace(" »", "\u{202f}»")
        .replace(" %", "\u{a0}%")
        .replace(" €", "\u{a0}€")
}

/// `1 question`, `3 questions`.
pub fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number}\u{a0}{}", if number < 2 { one } else { many })
}
