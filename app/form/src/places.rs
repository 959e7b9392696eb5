//! The places of a step: each of its questions, in each of its lines and rows.

use crate::{Answers, At, Body, FieldDef, Section, Standing};

impl Section {
    /// Every place, in the order of the form: the question, and the line or the row (empty for a
    /// question asked once).
    pub fn places<'a>(&'a self, answers: &'a Answers) -> Vec<(&'a FieldDef, &'a str)> {
        let mut places = Vec::new();
        for group in self.groups.iter() {
            let rows = match &group.body {
                Body::Fields(_) => vec![""],
                Body::Table(table) => answers.rows(table),
            };
            for row in rows {
                places.extend(group.fields().iter().map(|def| (def.as_ref(), row)));
            }
        }
        places
    }

    /// The pre-filled answers that wait to be confirmed.
    pub fn to_confirm(&self, answers: &Answers) -> Vec<At> {
        let waits = |(def, row): &(&FieldDef, &str)| {
            let from = answers.of(&def.id, row).and_then(|answer| answer.provenance.as_ref());
            from.is_some_and(|from| from.standing == Standing::ToConfirm)
                && def.is_put(answers, row)
        };
        let waiting = self.places(answers).into_iter().filter(waits);
        waiting.map(|(def, row)| At::in_row(&def.id, row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Origin, Provenance,
        fixture::{form, ready_but},
    };

    #[test]
    fn a_step_waits_for_what_is_put_and_not_confirmed() {
        let form = form();
        let step = form.section("s").unwrap();
        let mut filled = ready_but(&[("s.reason", "x")]);
        let said = |standing| Provenance {
            origin: Origin::AspAnnex,
            reference: String::new(),
            as_of: String::new(),
            key: String::new(),
            fetched_at: 0,
            value: String::new(),
            standing,
        };
        for at in ["s.name", "s.reason", "s.lines.cell#60"] {
            filled.set_provenance(&At::parse(at), said(Standing::ToConfirm));
        }
        filled.set_provenance(&At::parse("s.amount"), said(Standing::Confirmed));
        let waiting = step.to_confirm(&filled).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(waiting, ["s.name", "s.lines.cell#60"], "s.reason is not put");
    }
}
