//! A line of the list: what it says of a dossier, and how it is made from what is kept.

use std::collections::BTreeSet;

use dossier::{
    act,
    annex::{Grant, Terms},
    form::moyens::request::{ETP_CURRENT, ETP_REQUESTED},
    id::{AccountId, DossierId},
    state::{Action, State},
};
use form::{Date, Hundredths, bare};

use super::{Colleague, Cursor, Sort};
use crate::{DossierHead, Millis, forms::BILAN, head::Snapshot};

/// Stands for no deadline: after every other.
const NO_DAY: i64 = 1_000_000;
/// Stands for no ETP: below every other.
const NO_ETP: i64 = -1;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The dossier.
    pub id: DossierId,
    /// Département of deposit.
    pub department: String,
    /// Where it stands.
    pub state: State,
    /// Kind of structure.
    pub kind: String,
    /// Nature of the request: "first", "renewal", "annual", "amendment", or "bilan".
    pub nature: String,
    /// Year that is asked for.
    pub year: i32,
    /// Name of the structure.
    pub structure_name: String,
    /// Its SIRET.
    pub siret: String,
    /// Number of the last receipt.
    pub number: String,
    /// When it was last deposited.
    pub deposited_at: Millis,
    /// When what is expected next is due.
    pub due: Option<Date>,
    /// ETP that are asked for.
    pub etp: Option<Hundredths>,
    /// ETP of the annexe in force.
    pub etp_before: Option<Hundredths>,
    /// Its notes that are open, and which more than their author reads; nothing for who does not
    /// instruct.
    pub notes: u32,
    /// How many of them stand in the way of the decision.
    pub blocking: u32,
    /// Who follows it.
    pub followed_by: Option<AccountId>,
    /// Name of who does; empty for nobody.
    pub follower_name: String,
    /// Who looks after it today, when who follows it is away.
    pub cover: Option<Colleague>,
}

/// What a line is made from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The dossier.
    pub head: DossierHead,
    /// SIRET and commune of its structure.
    pub structure: (String, String),
    /// Number and moment of its last deposit.
    pub deposit: (String, Millis),
    /// Bytes of it.
    pub bytes: Vec<u8>,
    /// What the State did with it last, when, and until when it asked for an answer.
    pub last_act: Option<(Action, Millis, Option<Date>)>,
    /// Its open notes that more than their author reads, and how many of them stand in the way of the
    /// decision.
    pub notes: (u32, u32),
    /// Who follows it.
    pub followed_by: Option<AccountId>,
}

/// A line with what it is sorted and found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projected {
    /// The line, without the name of who follows it.
    pub line: Line,
    /// The words that it is found by.
    pub words: BTreeSet<String>,
    /// What it asks of an envelope; `None` for a bilan.
    pub asks: Option<Asks>,
}

/// What a request asks of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asks {
    /// The terms, if all that is asked for were granted; `None` when it says no period or no ETP.
    pub terms: Option<Terms>,
    /// Whether the commission must give an opinion.
    pub needs_opinion: bool,
}

impl Projected {
    /// The line of a dossier; `None` when its deposit does not read.
    pub fn of(facts: Facts) -> Option<Self> {
        let Facts { head, structure, deposit, bytes, last_act, notes, followed_by } = facts;
        let (siret, commune) = structure;
        let (number, deposited_at) = deposit;
        let snapshot: Snapshot = serde_json::from_slice(&bytes).ok()?;
        let answers = snapshot.answers();
        let asks = head.form != BILAN;
        let due = match last_act {
            // What was asked of the structure, and until when.
            Some((_, _, due)) if head.state.is_returned() => due,
            _ => {
                let since = last_act.map_or(deposited_at, |(_, at, _)| at.max(deposited_at));
                let last = last_act.filter(|(_, at, _)| *at >= deposited_at);
                since
                    .day_in_paris()
                    .and_then(|since| act::due(head.state, last.map(|(act, ..)| act), since))
                    .map(|(day, _)| day)
            }
        };
        let nature = if asks { head.request_kind } else { BILAN.to_owned() };
        let said = format!(
            "{} {} {commune} {siret} {number} {}",
            head.structure_name, head.kind, head.year
        );
        let line = Line {
            id: head.id,
            department: head.department,
            state: head.state,
            kind: head.kind,
            nature,
            year: head.year,
            structure_name: head.structure_name,
            siret,
            number,
            deposited_at,
            due,
            etp: answers.get(&ETP_REQUESTED).filter(|_| asks),
            etp_before: answers.get(&ETP_CURRENT).filter(|_| asks),
            notes: notes.0,
            blocking: notes.1,
            followed_by,
            follower_name: String::new(),
            cover: None,
        };
        let asks = asks.then(|| Asks {
            terms: Grant::asked(&answers).and_then(|grant| Terms::of(&answers, grant)),
            needs_opinion: act::circuit(&answers).needs_opinion,
        });
        Some(Self { line, words: words_of(&said).into_iter().collect(), asks })
    }
}

impl Line {
    /// Its deadline as a number of days, far away when there is none.
    pub fn due_key(&self) -> i64 {
        self.due.map_or(NO_DAY, Date::days_since_epoch)
    }

    /// Its ETP as a number, below zero when there are none.
    pub fn etp_key(etp: Option<Hundredths>) -> i64 {
        etp.map_or(NO_ETP, |etp| etp.0)
    }

    /// Reads back a key of [`Line::due_key`].
    pub fn due_of(key: i64) -> Option<Date> {
        (key != NO_DAY).then(|| Date::from_days_since_epoch(key)).flatten()
    }

    /// Reads back a key of [`Line::etp_key`].
    pub fn etp_of(key: i64) -> Option<Hundredths> {
        (key != NO_ETP).then_some(Hundredths(key))
    }

    /// What it is sorted by among names.
    pub fn name_key(&self) -> String {
        spaced(&self.structure_name)
    }

    /// Where it stands in an order.
    pub fn cursor(&self, sort: Sort) -> Cursor {
        let key = match sort {
            Sort::Due => self.due_key().to_string(),
            Sort::Deposited => self.deposited_at.0.to_string(),
            Sort::Name => self.name_key(),
            Sort::Etp => Self::etp_key(self.etp).to_string(),
        };
        Cursor { key, id: self.id.clone() }
    }
}

/// Small letters without accents; an apostrophe, a dash or a stop is a space.
fn spaced(text: &str) -> String {
    let letters = bare(text);
    let words: Vec<&str> =
        letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The words of a text as lines are found by them: without accents, and a number (of a receipt, a SIRET
/// that is written in groups) in one piece.
pub fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut digits_before = false;
    for piece in text.split_whitespace() {
        let is_number = piece.bytes().all(|b| b.is_ascii_digit() || b == b'-')
            && piece.bytes().any(|b| b.is_ascii_digit());
        let is_group = piece.len() == 3 || piece.len() == 5;
        if is_number && digits_before && is_group && !piece.contains('-') {
            // "732 829 320 00074" is one number.
            if let Some(last) = words.last_mut() {
                last.push_str(piece);
            }
            continue;
        }
        digits_before = is_number && piece.len() == 3;
        if is_number {
            words.push(piece.to_owned());
        } else {
            words.extend(spaced(piece).split(' ').filter(|w| !w.is_empty()).map(str::to_owned));
        }
    }
    let mut known = BTreeSet::new();
    words.retain(|word| known.insert(word.clone()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_people_type() {
        let words = |text: &str| words_of(text).join("|");
        assert_eq!(words("L'Étape Nivernaise"), "l|etape|nivernaise");
        assert_eq!(words("Là-bas  là-bas"), "la|bas");
        assert_eq!(words("732 829 320 00074"), "73282932000074");
        assert_eq!(words("73282932000074 2027-058-000123"), "73282932000074|2027-058-000123");
        assert_eq!(words("ateliers valbrune 2026"), "ateliers|valbrune|2026");
        assert_eq!(words("— ' -"), "");
        assert_eq!(words("S.O.S. Cœur"), "s|o|coeur", "each once");
    }
}
