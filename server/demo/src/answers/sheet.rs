//! A sheet being filled.

use form::{Answers, At, ROW_HERE};

use crate::{
    profile::{Figures, Profile, Request},
    seed::{Seed, moment, ulid},
    texts,
};

/// What a structure writes down for one request.
pub struct Sheet<'a> {
    /// Who writes.
    pub profile: &'a Profile,
    /// For what.
    pub request: Request,
    /// Figures of the year asked for.
    pub now: Figures,
    /// Figures of the year before.
    pub before: Figures,
    answers: Answers,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub fn new(profile: &'a Profile, request: Request) -> Self {
        Self {
            profile,
            request,
            now: profile.figures(&request, request.year),
            before: profile.figures(&request, request.year - 1),
            answers: Answers::default(),
        }
    }

    /// What was written.
    pub fn into_answers(self) -> Answers {
        self.answers
    }

    /// Draws for this request.
    pub fn seed(&self, about: &str) -> Seed {
        self.profile.seed(&format!("{about} {}", self.request.year))
    }

    /// Answers a question asked once.
    pub fn put(&mut self, field: &str, raw: impl std::fmt::Display) {
        self.answers.set(At::once(field), raw.to_string());
    }

    /// Answers a question of a row.
    pub fn cell(&mut self, field: &str, row: &str, raw: impl std::fmt::Display) {
        self.answers.set(At::in_row(field, row), raw.to_string());
    }

    /// Answers these questions with their own texts.
    pub fn tell(&mut self, fields: &[&str]) {
        for field in fields {
            if let Some(text) = texts::text(field, self.profile, self.request.year) {
                self.put(field, text);
            }
        }
    }

    /// Adds a row to a table: `columns` are the last words of its questions.
    pub fn row(&mut self, table: &str, rank: u32, columns: &[(&str, String)]) {
        let row = row_id(self.profile, table, rank);
        self.answers.set(At::in_row(table, &row), ROW_HERE.to_owned());
        for (column, raw) in columns {
            self.cell(&format!("{table}.{column}"), &row, raw);
        }
    }
}

/// The id of a row: rows sort in the order they were made.
pub fn row_id(profile: &Profile, table: &str, rank: u32) -> String {
    let at = moment(2024, 10, 1, 8, i64::from(rank));
    ulid(at, &format!("{} {table} {rank}", profile.key))
}

/// Hundredths as people type them: "12,40".
pub fn hundredths(n: i64) -> String {
    format!("{},{:02}", n / 100, n % 100)
}

/// A day as people type it: "31/12/2026".
pub fn day(day: u8, month: u8, year: i32) -> String {
    format!("{day:02}/{month:02}/{year}")
}

/// A part of a whole, in percent.
pub fn part(whole: i64, percent: i64) -> i64 {
    whole * percent / 100
}
