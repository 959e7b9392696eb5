//! What the studio says of questions, conditions, changes and faults.

use form::{
    Cond, FieldDef, Kind, Revision,
    overlay::{Edit, Fault},
};
use service::studio::{Change, Opened};

use crate::text;

/// Kinds that the studio offers: code, and what people read.
pub const KINDS: [(&str, &str); 30] = [
    ("yes_no", "Oui ou non"),
    ("one_of", "Un choix dans une liste"),
    ("many_of", "Plusieurs choix dans une liste"),
    ("text", "Texte court, sur une ligne"),
    ("long_text", "Texte long"),
    ("integer", "Nombre entier"),
    ("decimal", "Nombre avec décimales"),
    ("money", "Montant en euros"),
    ("balance", "Montant en euros, négatif possible"),
    ("percent", "Pourcentage"),
    ("hours", "Durée par semaine"),
    ("date", "Date"),
    ("month", "Mois et année"),
    ("pledge", "Case à cocher pour s'engager"),
    ("file", "Document à joindre"),
    ("email", "Adresse électronique"),
    ("phone", "Numéro de téléphone"),
    ("url", "Adresse d'un site"),
    ("siret", "SIRET"),
    ("siren", "SIREN"),
    ("rna", "Numéro RNA"),
    ("naf", "Code APE"),
    ("idcc", "Convention collective (IDCC)"),
    ("commune", "Commune (code Insee)"),
    ("communes", "Plusieurs communes"),
    ("department", "Département"),
    ("departments", "Plusieurs départements"),
    ("postcode", "Code postal"),
    ("rome", "Métier (code ROME)"),
    ("iban", "IBAN"),
];

/// The code of a kind.
pub fn kind_code(kind: &Kind) -> String {
    if matches!(kind, Kind::Money { negative: true }) {
        return "balance".to_owned();
    }
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => code,
        Ok(serde_json::Value::Object(of)) => of.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// What people read of a kind.
pub fn kind(kind: &Kind) -> String {
    let code = kind_code(kind);
    let name = KINDS.iter().find(|(of, _)| *of == code).map_or(code.as_str(), |(_, name)| name);
    match kind {
        Kind::OneOf(choices) | Kind::ManyOf(choices) => {
            let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_ref()).collect();
            format!("{name} : {}", labels.join(", "))
        }
        Kind::Text { max } | Kind::LongText { max, .. } => {
            format!("{name}, {max} caractères au plus")
        }
        Kind::Integer { min, max } => format!("{name}, de {min} à {max}"),
        _ => name.to_owned(),
    }
}

/// The label of a question, or its id.
fn label(form: &Revision, id: &str) -> String {
    form.place(id).map_or_else(|| id.to_owned(), |place| place.field.label.to_string())
}

fn value(form: &Revision, id: &str, value: &str) -> String {
    form.place(id).map_or_else(|| value.to_owned(), |place| place.field.kind.display(value))
}

/// A condition, as one reads it after "si".
pub fn cond(form: &Revision, of: &Cond) -> String {
    let list = |conds: &[Cond], word: &str| {
        conds.iter().map(|one| cond(form, one)).collect::<Vec<_>>().join(word)
    };
    match of {
        Cond::Always => "toujours".to_owned(),
        Cond::Never => "jamais".to_owned(),
        Cond::OneOf { field, values } => {
            let values: Vec<String> = values.iter().map(|one| value(form, field, one)).collect();
            format!("« {} » est {}", label(form, field), values.join(" ou "))
        }
        Cond::Has { field, value: one } => {
            format!("« {} » comprend {}", label(form, field), value(form, field, one))
        }
        Cond::Filled { field } => format!("« {} » est remplie", label(form, field)),
        Cond::All(conds) => list(conds, ", et "),
        Cond::Any(conds) => list(conds, ", ou "),
        Cond::NoneOf(conds) => format!("ce n'est pas le cas que {}", list(conds, ", ou que ")),
    }
}

/// When a question is put, and whether an answer is expected.
pub fn put(form: &Revision, field: &FieldDef) -> String {
    let shown = match (&field.asked, &field.visible) {
        (Cond::Always, Cond::Always) => String::new(),
        (_, Cond::Never) => "Masquée. ".to_owned(),
        (Cond::Always, one) | (one, Cond::Always) => format!("Posée si {}. ", cond(form, one)),
        (one, other) => format!("Posée si {}, et {}. ", cond(form, one), cond(form, other)),
    };
    let required = match &field.required {
        Cond::Always => "Obligatoire.".to_owned(),
        Cond::Never => "Facultative.".to_owned(),
        other => format!("Obligatoire si {}.", cond(form, other)),
    };
    text::french(&format!("{shown}{required}"))
}

/// What was done to make a version.
pub fn change(change: Change, what: &str) -> String {
    let said = match change {
        Change::Begun if what.is_empty() => "Commencé depuis le formulaire national".to_owned(),
        Change::Begun => format!("Commencé depuis « {what} »"),
        Change::Imported => format!("Repris d'un fichier, « {what} »"),
        Change::Titled => format!("Renommé « {what} »"),
        Change::Added => format!("« {what} » ajoutée"),
        Change::Changed => format!("« {what} » modifiée"),
        Change::Removed => format!("« {what} » retirée"),
        Change::Reworded => format!("« {what} » dite autrement"),
        Change::Moved => format!("« {what} » déplacée"),
        Change::Relaxed => format!("« {what} » rendue facultative"),
        Change::Required => format!("« {what} » de nouveau obligatoire"),
        Change::Hidden => format!("« {what} » masquée"),
        Change::Shown => format!("« {what} » de nouveau posée"),
        Change::Restored => format!("Retour à la version {what}"),
    };
    text::french(&said)
}

/// What an edit is about: what it adds, or changes.
fn target(edit: &Edit) -> &str {
    match edit {
        Edit::AddSection { section, .. } => &section.id,
        Edit::AddGroup { group, .. } => &group.id,
        Edit::AddQuestion { question, .. } => &question.id,
        Edit::Reword { id, .. }
        | Edit::Move { id, .. }
        | Edit::Relax { id }
        | Edit::Hide { id } => id,
    }
}

/// The step in which a fault is to be mended.
pub fn section_of<'a>(opened: &'a Opened, fault: &'a Fault) -> Option<&'a str> {
    let edit = fault.edit.and_then(|rank| opened.sketch.last.overlay.edits.get(rank));
    let around = edit.and_then(|edit| match edit {
        Edit::AddGroup { section, .. } => Some(section.as_str()),
        Edit::AddQuestion { group, .. } => Some(group.as_str()),
        _ => None,
    });
    let ids = [Some(fault.id.as_str()), edit.map(target), around];
    ids.into_iter().flatten().find_map(|id| section_holding(&opened.laid, id))
}

/// The step that is, or holds, what bears an id.
pub fn section_holding<'a>(form: &'a Revision, id: &str) -> Option<&'a str> {
    let holds = |section: &&form::Section| {
        section.id == id
            || section
                .groups
                .iter()
                .any(|group| group.id == id || group.fields().iter().any(|field| field.id == id))
    };
    let mut sections = form.sections.iter().map(AsRef::as_ref);
    sections.find(holds).map(|section| section.id.as_ref())
}

/// What people call what bears an id.
pub fn called(form: &Revision, id: &str) -> String {
    if let Some(section) = form.section(id) {
        return format!("Étape « {} »", section.title);
    }
    let mut groups = form.sections.iter().flat_map(|section| section.groups.iter());
    if let Some(group) = groups.find(|group| group.id == id) {
        return format!("Carte « {} »", group.title);
    }
    form.place(id).map_or_else(|| format!("« {id} »"), |place| format!("« {} »", place.field.label))
}

/// A fault with its place.
pub fn fault(opened: &Opened, fault: &Fault) -> String {
    let edit = fault.edit.and_then(|rank| opened.sketch.last.overlay.edits.get(rank));
    let id = if fault.id.is_empty() { edit.map(target).unwrap_or_default() } else { &fault.id };
    let said = text::overlay::said(&fault.wrong);
    if id.is_empty() {
        super::sentence(fault)
    } else {
        format!("{} : {said}", called(&opened.laid, id))
    }
}
