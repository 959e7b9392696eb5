//! What the rules of all steps share: reading the answers that count, and saying what is wrong.

use form::{Answers, At, Cents, Field, Hundredths, Problem, Value};

use crate::sentence::Sentence;

/// The answer to a question asked once; `None` when the question is not put, unanswered or
/// malformed.
pub(crate) fn put<T: Value>(answers: &Answers, field: &Field<T>) -> Option<T> {
    put_in(answers, field, "")
}

/// The answer to a question of a row, under the same conditions.
pub(crate) fn put_in<T: Value>(answers: &Answers, field: &Field<T>, row: &str) -> Option<T> {
    field.def.is_put(answers, row).then(|| answers.get_in(field, row)).flatten()
}

/// A blocking problem at a question asked once.
pub(crate) fn broken<T>(field: &Field<T>, sentence: &Sentence, values: Vec<String>) -> Problem {
    broken_in(field, "", sentence, values)
}

/// A blocking problem in a row.
pub(crate) fn broken_in<T>(
    field: &Field<T>,
    row: &str,
    sentence: &Sentence,
    values: Vec<String>,
) -> Problem {
    Problem::rule(At::in_row(&field.def.id, row), sentence.code, values)
}

/// An amount or a count that adds up.
pub(crate) trait Quantity: Value + Copy {
    /// Its smallest units.
    fn units(self) -> i64;
}

impl Quantity for i64 {
    fn units(self) -> i64 {
        self
    }
}

impl Quantity for Cents {
    fn units(self) -> i64 {
        self.0
    }
}

impl Quantity for Hundredths {
    fn units(self) -> i64 {
        self.0
    }
}

/// The answer in a row, in its smallest units.
pub(crate) fn units<T: Quantity>(answers: &Answers, field: &Field<T>, row: &str) -> Option<i64> {
    answers.get_in(field, row).map(Quantity::units)
}

/// Sum of a column over these rows; `None` when no row has an answer.
pub(crate) fn sum<'a, T: Quantity>(
    answers: &Answers,
    field: &Field<T>,
    rows: impl IntoIterator<Item = &'a str>,
) -> Option<i64> {
    rows.into_iter().filter_map(|row| units(answers, field, row)).reduce(|a, b| a + b)
}

/// Says that an answer is missing, when the question is put and has none.
pub(crate) fn want<T>(answers: &Answers, field: &Field<T>, row: &str, problems: &mut Vec<Problem>) {
    let empty = answers.raw(&field.def.id, row).trim().is_empty();
    if empty && field.def.is_put(answers, row) {
        problems.push(Problem::missing(At::in_row(&field.def.id, row)));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use form::{Gravity, ROW_HERE, Rule, What};

    use super::*;

    /// Answers written `field` or `field#row`; `table+row` adds a row.
    pub fn answers(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (place, raw) in pairs {
            match place.split_once('+') {
                Some((table, row)) => answers.set(At::in_row(table, row), ROW_HERE.to_owned()),
                None => answers.set(At::parse(place), (*raw).to_owned()),
            }
        }
        answers
    }

    /// What a rule says: `code @place`, `? code @place` for a warning, `missing @place`.
    pub fn said(rule: Rule, answers: &Answers) -> Vec<String> {
        let mut problems = Vec::new();
        rule(answers, &mut problems);
        let line = |problem: &Problem| match &problem.what {
            What::Kind(_) => format!("missing @{}", problem.at),
            What::Rule { code, .. } => {
                let mark = if problem.gravity == Gravity::Warning { "? " } else { "" };
                format!("{mark}{code} @{}", problem.at)
            }
        };
        problems.iter().map(line).collect()
    }

    /// What is answered beside the common answers, and what is said.
    pub type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

    /// Checks one rule against cases.
    pub fn table(rule: Rule, common: &[(&str, &str)], cases: &[Case]) {
        for (more, expected) in cases {
            let pairs: Vec<(&str, &str)> = common.iter().chain(*more).copied().collect();
            assert_eq!(said(rule, &answers(&pairs)), *expected, "{more:?}");
        }
    }

    #[test]
    fn a_sum_without_any_answer_is_unknown() {
        static N: Field<i64> = Field::integer("a.n", "Nombre", 99);
        let filled = answers(&[("a.n#x", "2"), ("a.n#y", "3"), ("a.n#z", "bad")]);
        assert_eq!(sum(&filled, &N, ["x", "y", "z"]), Some(5));
        assert_eq!(sum(&filled, &N, ["z", "w"]), None);
    }

    #[test]
    fn forms_are_sound() {
        for form in [&*crate::form::CONVENTIONNEMENT, &*crate::form::bilan::BILAN] {
            let mut ids: Vec<&str> = Vec::new();
            for place in form.places() {
                let field = place.field;
                assert!(!ids.contains(&field.id.as_ref()), "{} is twice", field.id);
                ids.push(&field.id);
                let conds = [&field.asked, &field.visible, &field.required, &place.group.visible];
                for read in conds.into_iter().flat_map(form::Cond::reads) {
                    let known = form.place(read).is_some() || read.starts_with("demande.");
                    assert!(known, "{} reads {read}", field.id);
                }
                if let Some(table) = place.table {
                    assert!(field.id.starts_with(&format!("{}.", table.id)), "{}", field.id);
                    assert!(table.totals.iter().all(|id| form.place(id).is_some()), "{}", table.id);
                }
            }
        }
    }

    #[test]
    fn sentences_are_of_one_code_and_well_set() {
        let lists = crate::form::SENTENCES.iter().chain(crate::form::bilan::BILAN_SENTENCES);
        let mut codes = Vec::new();
        for sentence in lists.flat_map(|list| list.iter()) {
            assert!(!codes.contains(&sentence.code), "{} is twice", sentence.code);
            codes.push(sentence.code);
            assert_well_set(sentence.code, sentence.text);
        }
    }

    #[test]
    fn questions_are_well_set() {
        for form in [&*crate::form::CONVENTIONNEMENT, &*crate::form::bilan::BILAN] {
            for section in &form.sections {
                assert_well_set(&section.id, &section.title);
                assert_well_set(&section.id, &section.intro);
                for group in section.groups.iter() {
                    assert_well_set(&group.id, &group.title);
                    assert_well_set(&group.id, &group.intro);
                }
            }
            for place in form.places() {
                let field = place.field;
                for text in [&field.label, &field.hint, &field.why] {
                    assert_well_set(&field.id, text);
                }
                for choice in field.kind.choices() {
                    assert_well_set(&field.id, &choice.label);
                }
                for line in place.table.iter().flat_map(|table| table.lines.iter()) {
                    assert_well_set(&line.id, &line.label);
                }
            }
        }
    }

    fn assert_well_set(id: &str, text: &str) {
        for bad in [" :", " ;", " !", " ?", " %", " €", "« ", " »", "’"] {
            assert!(!text.contains(bad), "{id}: {bad}");
        }
    }
}
