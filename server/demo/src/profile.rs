//! A structure as the story knows it, and the figures that follow from its size.

use dossier::{
    id::StructureId,
    money,
    reference::{AidKind, HOURS, PUBLISHED, Perimeter, Territory, hours_per_etp, unit_amount},
};
use form::{Cents, Date, Hundredths};
use service::Structure;

use crate::{
    places::{Department, Place},
    seed::Seed,
    trades::Trade,
};

/// A structure of the story. Invented: see [`crate::numbers`].
#[derive(Clone, Debug)]
pub struct Profile {
    /// What draws are made from: stable, one per structure.
    pub key: String,
    /// Its id.
    pub id: StructureId,
    /// Its name.
    pub name: String,
    /// Its kinds, the main one first.
    pub kinds: Vec<&'static str>,
    /// What it lives from.
    pub trade: &'static Trade,
    /// Département of deposit.
    pub department: &'static Department,
    /// Where it is.
    pub place: &'static Place,
    /// Catégorie juridique.
    pub legal: &'static str,
    /// Number at the ASP.
    pub asp_id: u32,
    /// Order among the structures of its département.
    pub order: u32,
    /// SIREN.
    pub siren: String,
    /// SIRET.
    pub siret: String,
    /// Year it was created.
    pub created: i32,
    /// Year of its first convention.
    pub first: i32,
    /// A year in which a convention begins; others begin every third year.
    pub start: i32,
    /// ETP of 2025, 2026 and 2027, in hundredths, for its main kind.
    pub etp: [i64; 3],
    /// Prison where it has posts.
    pub prison: Option<&'static str>,
    /// Who runs it.
    pub director: String,
    /// Who presides it.
    pub president: String,
}

/// A request that a structure makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// As which kind: "ACI".
    pub kind: &'static str,
    /// "first", "renewal", "annual", "amendment".
    pub nature: &'static str,
    /// For which year.
    pub year: i32,
    /// "DC" or "MP".
    pub perimeter: &'static str,
}

/// Figures of a structure for one year and one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// ETP, in hundredths.
    pub etp: i64,
    /// People on a path at one time.
    pub people: i64,
    /// People on a path over the year.
    pub welcomed: i64,
    /// Technical supervision: people and hundredths of ETP.
    pub technical: (i64, i64),
    /// Social and professional support: people and hundredths of ETP.
    pub support: (i64, i64),
    /// Direction and administration: hundredths of ETP, two people.
    pub office: i64,
    /// Hours of one ETP.
    pub hours: i64,
    /// Aid, base amount.
    pub aid: i64,
    /// People on RSA whom the département pays for each month.
    pub financed: i64,
}

impl Profile {
    /// The structure as the application keeps it.
    pub fn structure(&self) -> Structure {
        Structure {
            id: self.id.clone(),
            asp_id: self.asp_id.to_string(),
            siret: self.siret.clone(),
            name: self.name.clone(),
            kinds: self.kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            department: self.department.code.to_owned(),
            region: self.department.region.to_owned(),
            commune: self.place.name.to_owned(),
        }
    }

    /// A draw of this structure.
    pub fn seed(&self, about: &str) -> Seed {
        Seed::of(&format!("{} {about}", self.key))
    }

    /// What its people are called.
    pub fn people_word(&self) -> &'static str {
        match self.kinds.first() {
            Some(&"ETTI") => "intérimaires en insertion",
            Some(&"EITI") => "travailleurs indépendants accompagnés",
            _ => "salariés en insertion",
        }
    }

    /// Whether it is an association.
    pub fn is_association(&self) -> bool {
        self.legal.starts_with("92")
    }

    /// The domain of its addresses, of those nobody can own.
    pub fn domain(&self) -> String {
        format!("{}.example", slug(&self.name))
    }

    /// The year in which the convention of a year began.
    pub fn convention_start(&self, year: i32) -> i32 {
        (year - (year - self.start).rem_euclid(3)).max(self.first)
    }

    /// What is asked for a year: nothing before the first convention.
    pub fn nature(&self, year: i32) -> Option<&'static str> {
        match year {
            year if year < self.first => None,
            year if year == self.first => Some("first"),
            year if self.convention_start(year) == year => Some("renewal"),
            _ => Some("annual"),
        }
    }

    /// ETP of a year in hundredths: a second kind and a prison are smaller than the main one.
    pub fn etp_of(&self, kind: &str, perimeter: &str, year: i32) -> i64 {
        let index = usize::try_from(year - 2_025).unwrap_or(0).min(2);
        let main = self.etp.get(index).copied().unwrap_or(1_000);
        let part = if self.kinds.first() == Some(&kind) { main } else { main * 2 / 5 };
        if perimeter == "MP" { part.min(800) } else { part }
    }

    /// Its figures for a year.
    pub fn figures(&self, request: &Request, year: i32) -> Figures {
        let etp = self.etp_of(request.kind, request.perimeter, year);
        let (crowd, turnover, technical, support) = match request.kind {
            "ACI" => (175, 150, 25, 7),
            "EI" => (135, 140, 16, 5),
            "ETTI" => (520, 130, 6, 8),
            "AI" => (480, 125, 5, 8),
            _ => (240, 120, 8, 8),
        };
        let people = (etp * crowd + 9_999) / 10_000;
        let team = |percent: i64| {
            let part = (etp * percent / 1_000 * 10).max(50);
            ((part + 99) / 100, part)
        };
        let aid_kind = AidKind::of(request.kind).unwrap_or(AidKind::Ei);
        let day = Date::new(year, 1, 1);
        let unit = day.and_then(|day| {
            let territory = Territory::of(self.department.code);
            let perimeter = Perimeter::of(request.perimeter);
            unit_amount(PUBLISHED, aid_kind, territory, perimeter, day).map(|row| row.cents)
        });
        // EITI have a flat rate since 2025: their last amount per ETP stands for it.
        let unit = unit.unwrap_or(Cents(657_000));
        Figures {
            etp,
            people,
            welcomed: people * turnover / 100,
            technical: team(technical),
            support: team(support),
            office: 150 + etp / 4_000 * 50,
            hours: day.and_then(|day| hours_per_etp(HOURS, aid_kind, day)).map_or(1_607, i64::from),
            aid: money::annex_total(Hundredths(etp), unit, money::YEAR).0,
            financed: if request.kind == "ACI" { etp / 400 } else { 0 },
        }
    }
}

impl Figures {
    /// Everybody: people, and hundredths of ETP.
    pub fn total(&self) -> (i64, i64) {
        let etp = self.etp + self.technical.1 + self.support.1 + self.office;
        (self.people + self.technical.0 + self.support.0 + 2, etp)
    }

    /// What the département pays in a year: 88 % of the RSA for each month and person.
    pub fn departmental(&self) -> i64 {
        self.financed * 12 * 56_894
    }
}

/// Splits a total by weights; the first part takes what does not divide.
pub fn split(total: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i64 = weights.iter().sum::<i64>().max(1);
    let mut parts: Vec<i64> = weights.iter().map(|weight| total * weight / whole).collect();
    let rest = total - parts.iter().sum::<i64>();
    if let Some(first) = parts.first_mut() {
        *first += rest;
    }
    parts
}
/// Words of more than a letter, small and without accents, joined by dashes.
pub fn slug(text: &str) -> String {
    let plain = form::bare(text).replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    let words: Vec<&str> = plain.split_whitespace().filter(|word| word.len() > 1).collect();
    words.join("-")
}
