//! What an annexe is made of.

use std::fmt;

use form::{Cents, Date, Hundredths};
use serde::Serialize;

/// What is financed (`ACI_DC`), split into the kind of structure and the perimeter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// `ACI`, `EI`, `ETTI`, `AI`, `EITI`, `FDI`, or what the ASP wrote.
    pub kind: String,
    /// `DC` (droit commun) or `MP` (milieu pénitentiaire).
    pub perimeter: String,
}

impl Measure {
    pub(super) fn of(code: &str) -> Self {
        let (kind, perimeter) = code.rsplit_once('_').unwrap_or((code, "DC"));
        Self { kind: kind.to_owned(), perimeter: perimeter.to_owned() }
    }

    /// Whether it is help to start or grow, and not help for jobs.
    pub fn is_development(&self) -> bool {
        self.kind == "FDI"
    }

    /// Whether the kind and perimeter are among those in use.
    pub fn is_known(&self) -> bool {
        ["ACI", "EI", "ETTI", "AI", "EITI", "FDI"].contains(&self.kind.as_str())
            && ["DC", "MP"].contains(&self.perimeter.as_str())
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.kind, self.perimeter)
    }
}

/// Where an annexe is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnexState {
    /// `BROUILLON`.
    Draft,
    /// `SAISI`.
    Entered,
    /// `REJETE`.
    Rejected,
    /// `PROVISOIRE`: made by the ASP in January with the ETP of the year before.
    Provisional,
    /// `VALIDE`.
    Valid,
    /// `HISTORISE`: replaced by an avenant.
    Archived,
    /// `ANNULE`.
    Cancelled,
    /// `CLOTURE`.
    Closed,
    /// A code that is not known.
    Unknown,
}

impl AnnexState {
    pub(super) fn of(code: &str) -> Self {
        match code {
            "BROUILLON" => Self::Draft,
            "SAISI" => Self::Entered,
            "REJETE" => Self::Rejected,
            "PROVISOIRE" => Self::Provisional,
            "VALIDE" => Self::Valid,
            "HISTORISE" => Self::Archived,
            "ANNULE" => Self::Cancelled,
            "CLOTURE" => Self::Closed,
            _ => Self::Unknown,
        }
    }

    /// Whether the annexe binds: valid or provisional.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Valid | Self::Provisional)
    }
}

/// When each state was entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the day of the state of this name")]
pub struct StateDates {
    pub draft: Option<Date>,
    pub entered: Option<Date>,
    pub rejected: Option<Date>,
    pub provisional: Option<Date>,
    pub valid: Option<Date>,
    pub archived: Option<Date>,
    pub cancellation_asked: Option<Date>,
    pub cancelled: Option<Date>,
    pub closed: Option<Date>,
}

/// People, and the full-time jobs they make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadCount {
    /// How many people.
    pub people: Option<i64>,
    /// How many ETP.
    pub etp: Option<Hundredths>,
}

/// Staff of the year before the annexe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Everybody.
    pub total: HeadCount,
    /// Employees in insertion.
    pub insertion: HeadCount,
    /// Other people helped; always empty in the extracts seen.
    pub helped: HeadCount,
    /// Those who supervise or support.
    pub supervision: HeadCount,
    /// Among them, permanent technical supervisors.
    pub technical: HeadCount,
    /// Among them, permanent social and professional counsellors.
    pub social: HeadCount,
    /// Self-employed.
    pub unsalaried: HeadCount,
    /// Providers from outside.
    pub external: HeadCount,
    /// EITI: accredited self-employed.
    pub eiti_accredited: HeadCount,
    /// EITI: self-employed out of the IAE.
    pub eiti_other: HeadCount,
}

/// What somebody else than the State pays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cofinancing {
    /// Whether there is some.
    pub present: Option<bool>,
    /// How much.
    pub amount: Option<Cents>,
    /// Who (`CD NIEVRE`).
    pub funder: String,
}

/// The accounts that were declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "a funder of this name")]
pub struct Finance {
    /// Masse salariale.
    pub payroll: Option<Cents>,
    /// Part of the employees in insertion.
    pub insertion_payroll: Option<Cents>,
    /// Produits d'exploitation.
    pub income: Option<Cents>,
    /// Part of sales.
    pub sales: Option<Cents>,
    /// Aides et subventions.
    pub grants: Option<Cents>,
    /// End of the year of these accounts.
    pub year_end: Option<Date>,
    pub commune: Option<Cents>,
    pub intercommunal: Option<Cents>,
    pub department: Option<Cents>,
    pub region: Option<Cents>,
    pub state: Option<Cents>,
    pub fse: Option<Cents>,
    pub plie: Option<Cents>,
    pub agefiph: Option<Cents>,
    pub other_public: Option<Cents>,
    /// Who gives `other_public`.
    pub other_public_from: String,
    pub foundation: Option<Cents>,
}

/// What was negotiated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Objectives {
    /// People expected to leave.
    pub exits: Option<i64>,
    /// Sorties dynamiques, percent.
    pub dynamic: Option<Hundredths>,
    /// Emploi durable, percent.
    pub lasting: Option<Hundredths>,
    /// Emploi de transition, percent.
    pub transition: Option<Hundredths>,
    /// Sorties positives, percent.
    pub positive: Option<Hundredths>,
}

/// Other conventions and agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherConventions {
    /// The convention before this one.
    pub previous: String,
    /// Whether there are others.
    pub any: Option<bool>,
    /// Annexe as EI.
    pub ei: String,
    /// Annexe as ACI.
    pub aci: String,
    /// Annexe as AI.
    pub ai: String,
    /// Annexe as ETTI.
    pub etti: String,
    /// Centre d'hébergement et de réinsertion sociale.
    pub chrs: Option<bool>,
    /// Organisme de formation.
    pub training_body: Option<bool>,
    /// Conventions out of the IAE.
    pub outside: Option<bool>,
    /// Which ones.
    pub outside_text: String,
    /// Services à la personne.
    pub personal_services: Option<bool>,
    /// With a déclaration.
    pub declared: Option<bool>,
    /// With an agrément.
    pub quality: Option<bool>,
    /// Of regional reach.
    pub regional: Option<bool>,
}

/// What only a row of the Fonds départemental d'insertion holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Development {
    /// Whole help.
    pub total: Option<Cents>,
    /// Paid in advance.
    pub advance: Option<Cents>,
    /// Part paid in advance, percent.
    pub advance_percent: Option<Hundredths>,
    /// `CONSOFI`, `DIVERSACT`…
    pub action: String,
    /// The action in words.
    pub description: String,
}
