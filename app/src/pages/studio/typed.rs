//! A question as it is typed, and its condition as select boxes.

use std::collections::BTreeMap;

use form::{Cond, FieldDef, Kind};

use super::words;

/// Conditions that the studio joins.
pub const CONDITIONS: usize = 3;

/// A question as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Its id, when it is there already.
    pub id: String,
    /// Its card.
    pub card: String,
    /// What comes just before; empty for the first place.
    pub after: String,
    /// What is asked.
    pub label: String,
    /// Help.
    pub hint: String,
    /// Why it is asked.
    pub why: String,
    /// Unit after the input.
    pub unit: String,
    /// Code of the kind.
    pub kind: String,
    /// Fewest characters, smallest number.
    pub min: String,
    /// Most characters, largest number.
    pub max: String,
    /// Choices, one a line.
    pub choices: String,
    /// `oui`, `non`, `garder`.
    pub required: String,
    /// `toujours`, `toutes`, `une`, `garder`.
    pub join: String,
    /// Each condition: `si` or `sauf`, and what.
    pub conditions: [(String, String); CONDITIONS],
    /// What next year does with the answer.
    pub carry: String,
    /// What is wrong, by the name of the input; the empty name is the whole.
    pub errors: BTreeMap<&'static str, String>,
}

/// One simple condition as the value of an option.
fn option_of(cond: &Cond) -> Option<String> {
    match cond {
        Cond::OneOf { field, values } if values.len() == 1 => {
            Some(format!("est|{field}|{}", values[0]))
        }
        Cond::Has { field, value } => Some(format!("a|{field}|{value}")),
        Cond::Filled { field } => Some(format!("rempli|{field}")),
        _ => None,
    }
}

/// Reads an option back.
pub fn cond_of(option: &str) -> Option<Cond> {
    let mut parts = option.splitn(3, '|');
    let (what, field) = (parts.next()?, parts.next()?.to_owned().into());
    let value = parts.next().map(|value| value.to_owned().into());
    match (what, value) {
        ("est", Some(value)) => Some(Cond::OneOf { field, values: vec![value].into() }),
        ("a", Some(value)) => Some(Cond::Has { field, value }),
        ("rempli", None) => Some(Cond::Filled { field }),
        _ => None,
    }
}

/// A condition as the studio shows it: how its parts are joined, and the parts. `None` when it is more
/// than the studio joins.
fn parts(cond: &Cond) -> Option<(&'static str, Vec<(String, String)>)> {
    let one = |cond: &Cond| match cond {
        Cond::NoneOf(conds) if conds.len() == 1 => Some(("sauf".to_owned(), option_of(&conds[0])?)),
        cond => Some(("si".to_owned(), option_of(cond)?)),
    };
    let (join, conds) = match cond {
        Cond::Always => return Some(("toujours", Vec::new())),
        Cond::All(conds) => ("toutes", conds.to_vec()),
        Cond::Any(conds) => ("une", conds.to_vec()),
        cond => ("toutes", vec![cond.clone()]),
    };
    let parts: Option<Vec<_>> = conds.iter().map(one).collect();
    parts.filter(|parts| (1..=CONDITIONS).contains(&parts.len())).map(|parts| (join, parts))
}

impl Typed {
    /// A question that is there.
    pub fn of(field: &FieldDef, card: &str) -> Self {
        let mut typed = Self {
            id: field.id.to_string(),
            card: card.to_owned(),
            label: field.label.to_string(),
            hint: field.hint.to_string(),
            why: field.why.to_string(),
            unit: field.unit.to_string(),
            kind: words::kind_code(&field.kind),
            required: match field.required {
                Cond::Always => "oui",
                Cond::Never => "non",
                _ => "garder",
            }
            .to_owned(),
            carry: match serde_json::to_value(field.carry) {
                Ok(serde_json::Value::String(code)) => code,
                _ => String::new(),
            },
            join: "garder".to_owned(),
            ..Self::default()
        };
        match &field.kind {
            Kind::Text { max } => typed.max = max.to_string(),
            Kind::LongText { min, max } => {
                (typed.min, typed.max) = (min.to_string(), max.to_string());
            }
            Kind::Integer { min, max } => {
                (typed.min, typed.max) = (min.to_string(), max.to_string());
            }
            Kind::Decimal { max } => typed.max = (max / 100).to_string(),
            Kind::OneOf(choices) | Kind::ManyOf(choices) => {
                let lines = choices.iter().map(|one| format!("{} = {}", one.label, one.value));
                typed.choices = lines.collect::<Vec<_>>().join("\n");
            }
            _ => {}
        }
        if let Some((join, parts)) = parts(&field.visible) {
            join.clone_into(&mut typed.join);
            for (slot, part) in typed.conditions.iter_mut().zip(parts) {
                *slot = part;
            }
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_conditions_are_chosen_and_read_back() {
        for option in ["est|a.b|oui", "a|a.c|x y", "rempli|a.d"] {
            let cond = cond_of(option).unwrap();
            assert_eq!(option_of(&cond).as_deref(), Some(option));
            let (join, of) = parts(&cond).unwrap();
            assert_eq!((join, of), ("toutes", vec![("si".to_owned(), option.to_owned())]));
            let not = Cond::NoneOf(vec![cond].into());
            assert_eq!(parts(&not).unwrap().1[0].0, "sauf");
        }
        assert_eq!(cond_of("est|a"), None);
        assert_eq!(cond_of("autre|a|b"), None);
        let deep = Cond::All(vec![Cond::Any(Vec::new().into())].into());
        assert_eq!(parts(&deep), None, "kept as it is");
        assert_eq!(parts(&Cond::Always), Some(("toujours", Vec::new())));
    }
}
