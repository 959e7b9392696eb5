//! Walking over the questions that are put. The whole dossier is checked at each answer, in the
//! browser too: what conditions read is searched once.

use std::{cell::RefCell, ptr};

use crate::{Answer, Answers, Body, Cond, FieldDef, Group, Revision, answers::Rows, cond::Reads};

/// A form with answers to it.
pub(crate) struct Walk<'a> {
    form: &'a Revision,
    answers: &'a Answers,
    /// Answers to the questions that conditions read, by the address of the name in the condition:
    /// few names, read hundreds of times each.
    read: RefCell<Vec<(*const str, Option<&'a Rows>)>>,
}

/// A question that is put.
pub(crate) struct Put<'a> {
    /// Rank of its step.
    pub section: usize,
    /// The question.
    pub field: &'a FieldDef,
    /// The row; empty for a question asked once.
    pub row: &'a str,
    /// What was answered.
    pub answer: Option<&'a Answer>,
}

impl<'a> Reads<'a> for Walk<'a> {
    fn rows_of(&self, field: &str) -> Option<&'a Rows> {
        let mut read = self.read.borrow_mut();
        if let Some((_, rows)) = read.iter().find(|(name, _)| ptr::eq(*name, field)) {
            return *rows;
        }
        let rows = self.answers.rows_of(field);
        read.push((field, rows));
        rows
    }
}

impl<'a> Walk<'a> {
    /// Over this form, with these answers.
    pub fn over(form: &'a Revision, answers: &'a Answers) -> Self {
        Self { form, answers, read: RefCell::default() }
    }

    /// Whether a condition of the form holds in a row.
    pub fn holds(&self, cond: &Cond, row: &str) -> bool {
        cond.holds_in(self, row)
    }

    /// Calls `visit(rank of the step, card)` for every card that is there.
    pub fn each_group(&self, mut visit: impl FnMut(usize, &'a Group)) {
        for (rank, section) in self.form.sections.iter().enumerate() {
            if !self.holds(&section.visible, "") {
                continue;
            }
            for group in section.groups.iter().filter(|group| self.holds(&group.visible, "")) {
                visit(rank, group);
            }
        }
    }

    /// Calls `visit` for every question put.
    pub fn each_put(&self, mut visit: impl FnMut(Put<'a>)) {
        self.each_group(|section, group| {
            let rows = match &group.body {
                Body::Fields(_) => vec![""],
                Body::Table(table) => self.answers.rows(table),
            };
            for row in rows {
                for field in group.fields() {
                    if self.holds(&field.asked, row) && self.holds(&field.visible, row) {
                        let answer = self.answers.of(&field.id, row);
                        visit(Put { section, field, row, answer });
                    }
                }
            }
        });
    }
}
