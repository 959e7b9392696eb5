//! The answers of some steps alone, with no more of the others than their conditions test.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{Answer, Answers, At, Body, Cond, Revision, Section, cond::is_same};

/// Stands for an answer of which a condition only asks whether it is there.
const THERE: &str = "…";

impl Answers {
    /// The answers of these steps and to the questions `also` named, and of every other step only
    /// what conditions of these steps test: for a choice, the value if it is one of those tested; for
    /// "has an answer", that there is one. Whoever reads the steps with these answers is asked the
    /// same questions as with all of them.
    #[must_use]
    pub fn part(&self, form: &Revision, steps: &[String], also: &[&str]) -> Self {
        let given =
            |id: &str| form.section_of(id).is_some_and(|s| steps.iter().any(|g| *g == s.id));
        let mut part = Self::default();
        for (at, answer) in self.iter() {
            if given(&at.field) {
                part.put(at, answer.clone());
            } else if also.contains(&at.field.as_str()) {
                // Where the value comes from is part of its own step.
                let answer = Answer { provenance: None, ..answer.clone() };
                part.put(at, answer);
            }
        }
        let mut told: BTreeMap<String, Vec<Cow<'static, str>>> = BTreeMap::new();
        for step in form.sections.iter().filter(|step| steps.iter().any(|given| *given == step.id))
        {
            for cond in conditions(step) {
                self.tested(cond, &mut told);
            }
        }
        for (field, values) in told {
            if !given(&field) && !also.contains(&field.as_str()) {
                part.set(At::once(&field), values.join(","));
            }
        }
        part
    }

    /// What a condition finds of the answers it reads.
    fn tested(&self, cond: &Cond, told: &mut BTreeMap<String, Vec<Cow<'static, str>>>) {
        let mut tell = |field: &str, value: &Cow<'static, str>| {
            let values = told.entry(field.to_owned()).or_default();
            // A value says also that there is one.
            values.retain(|said| said != THERE);
            if !values.contains(value) && (*value != THERE || values.is_empty()) {
                values.push(value.clone());
            }
        };
        match cond {
            Cond::Always | Cond::Never => {}
            Cond::OneOf { field, values } => {
                let raw = self.raw(field, "");
                if let Some(value) = values.iter().find(|value| is_same(raw, value)) {
                    tell(field, value);
                }
            }
            Cond::Has { field, value } => {
                if self.raw(field, "").split(',').any(|part| part.trim() == value) {
                    tell(field, value);
                }
            }
            Cond::Filled { field } => {
                if !self.raw(field, "").trim().is_empty() {
                    tell(field, &Cow::Borrowed(THERE));
                }
            }
            Cond::All(conds) | Cond::Any(conds) | Cond::NoneOf(conds) => {
                for cond in conds.iter() {
                    self.tested(cond, told);
                }
            }
        }
    }
}

/// Every condition of a step.
fn conditions(step: &Section) -> Vec<&Cond> {
    let mut all = vec![&step.visible];
    for group in step.groups.iter() {
        all.push(&group.visible);
        for def in group.fields() {
            all.extend([&def.asked, &def.visible, &def.required]);
        }
        if let Body::Table(table) = &group.body {
            all.extend(table.lines.iter().map(|line| &line.visible));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Field, Group, fields,
        fixture::{answers, form, ready_but},
        one_of,
    };

    fn told(part: &Answers) -> Vec<(String, String)> {
        part.iter().map(|(at, answer)| (at.to_string(), answer.raw.clone())).collect()
    }

    #[test]
    fn a_step_is_whole_and_asks_the_same_questions() {
        let form = form();
        for others in [&[][..], &[("s.asks", "oui"), ("t.late", "un secret")]] {
            let all = ready_but(others);
            for step in ["s", "t"] {
                let part = all.part(&form, &[step.to_owned()], &[]);
                let of_step = |answers: &Answers| -> Vec<_> {
                    let here = |at: &At| form.section_of(&at.field).is_some_and(|s| s.id == step);
                    answers.relevant(&form).into_iter().filter(here).collect()
                };
                assert_eq!(of_step(&part), of_step(&all), "{step} {others:?}");
                for at in of_step(&all) {
                    assert_eq!(part.at(&at), all.at(&at));
                }
            }
        }
        let part = ready_but(&[("t.late", "un secret")]).part(&form, &["s".to_owned()], &[]);
        assert!(told(&part).iter().all(|(at, _)| !at.starts_with("t.")), "{part:?}");
        assert!(told(&ready_but(&[]).part(&form, &[], &[])).is_empty());
    }

    static NATURE: Field<String> = Field::text("a.nature", "Nature", 80);
    static NAME: Field<String> = Field::text("a.name", "Nom", 80);
    static A: Section = Section::new("a", "Un")
        .groups(const { &[Group::new("a.one", "Un").holding(fields![NATURE, NAME])] });
    static SEEN: Field<String> = Field::text("b.seen", "Vu", 80)
        .visible_when(crate::all![one_of!("a.nature"; "x", "y"), crate::filled!("a.name")]);
    static PICKED: Field<String> =
        Field::text("b.picked", "Pris", 80).visible_when(crate::has!("a.nature"; "z"));
    static B: Section = Section::new("b", "Deux")
        .groups(const { &[Group::new("b.one", "Deux").holding(fields![SEEN, PICKED])] });

    #[test]
    fn of_the_others_only_what_is_tested_is_told() {
        let form = Revision::new("essai", 1, vec![Cow::Borrowed(&A), Cow::Borrowed(&B)]);
        let part = |all: &[(&str, &str)], also: &[&str]| {
            told(&answers(all).part(&form, &["b".to_owned()], also))
        };
        let pair = |at: &str, raw: &str| (at.to_owned(), raw.to_owned());
        let named = [("a.nature", "x"), ("a.name", "Les Jardins"), ("b.seen", "oui")];
        let masked = [pair("a.name", THERE), pair("a.nature", "x"), pair("b.seen", "oui")];
        assert_eq!(part(&named, &[]), masked);
        assert_eq!(part(&[("a.nature", "w"), ("a.name", " ")], &[]), []);
        assert_eq!(part(&[("a.nature", "w, z")], &[]), [pair("a.nature", "z")]);
        assert_eq!(part(&[("a.nature", "w")], &["a.nature"]), [pair("a.nature", "w")]);
        assert_eq!(part(&[("zzz", "x")], &[]), [], "what the form does not know is nobody's");
    }
}
