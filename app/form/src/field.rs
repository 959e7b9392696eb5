//! One question: a definition that is data, and a typed handle on it.

mod kinds;

use std::{borrow::Cow, marker::PhantomData, mem};

use serde::{Deserialize, Serialize};

use crate::{Answers, Choice, Cond, Kind, Text};

/// A source that may know the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// API Recherche d'entreprises.
    CompanyRegister,
    /// Base adresse nationale.
    AddressBase,
    /// Code officiel géographique.
    Geography,
    /// `FluxIAE`: Structure.
    AspStructure,
    /// `FluxIAE`: `AnnexeFinanciere`.
    AspAnnex,
    /// `FluxIAE`: `ContratMission`.
    AspContracts,
    /// `FluxIAE`: `EtatMensuelIndiv`.
    AspMonthly,
    /// `FluxIAE`: Salarie.
    AspPeople,
    /// `FluxIAE`: Accompagnement.
    AspSupport,
    /// `FluxIAE`: Encadrement.
    AspSupervision,
    /// `FluxIAE`: Formations.
    AspTraining,
    /// `FluxIAE`: `MarchesPublics`.
    AspProcurement,
    /// Les emplois de l'inclusion.
    Emplois,
    /// Immersion facilitée.
    Immersion,
    /// The dossier of last year.
    LastYear,
    /// The dossier of the same year in another département.
    OtherDepartment,
    /// Computed from other answers or reference tables.
    Computed,
}

/// Where in a source the answer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Who may know.
    pub origin: Origin,
    /// Column or member of the source (`af_etp_postes_insertion`).
    pub key: Text,
}

/// What next year's dossier does with an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carry {
    /// Copied, to be confirmed in one gesture.
    Confirm,
    /// Left empty; last year's value is shown beside.
    Beside,
    /// Copied and read-only.
    Fixed,
    /// Asked anew.
    #[default]
    Never,
}

impl Carry {
    /// Whether nothing is carried; not written in JSON then.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn is_never(&self) -> bool {
        *self == Self::Never
    }
}

/// The definition of a question. Immutable data: see [`Field`] for the typed handle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDef {
    /// Stable id, `section.name`, never reused.
    pub id: Text,
    /// What is asked, as people read it.
    pub label: Text,
    /// What kind of answer.
    pub kind: Kind,
    /// Help under the label; may be empty.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub hint: Text,
    /// "Pourquoi cette question ?": the article or circular behind it and what it serves.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub why: Text,
    /// Unit written after the input.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub unit: Text,
    /// The requests in which the question is put.
    #[serde(default, skip_serializing_if = "Cond::is_always")]
    pub asked: Cond,
    /// Further condition for the question to be put.
    #[serde(default, skip_serializing_if = "Cond::is_always")]
    pub visible: Cond,
    /// When an answer is required, if the question is put.
    #[serde(default, skip_serializing_if = "Cond::is_always")]
    pub required: Cond,
    /// What next year does with it.
    #[serde(default, skip_serializing_if = "Carry::is_never")]
    pub carry: Carry,
    /// Sources that may know, best first.
    #[serde(default, skip_serializing_if = "<[Source]>::is_empty")]
    pub sources: Cow<'static, [Source]>,
    /// Bank details and the like: masked when shown to others, reads logged.
    #[serde(default, skip_serializing_if = "is_not")]
    pub sensitive: bool,
    /// Set by the system, never typed.
    #[serde(default, skip_serializing_if = "is_not")]
    pub fixed: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_not(flag: &bool) -> bool {
    !flag
}

impl FieldDef {
    /// Whether the question is put in this dossier, in this row.
    pub fn is_put(&self, answers: &Answers, row: &str) -> bool {
        self.asked.holds(answers, row) && self.visible.holds(answers, row)
    }
}

/// A typed handle: rules read `answers.get(&ETP)` and get hundredths, not text.
#[derive(Debug)]
pub struct Field<T> {
    /// The definition.
    pub def: FieldDef,
    typed: PhantomData<fn() -> T>,
}

/// What is compiled for the browser are handles for rules to read answers by: what people read of a
/// question comes with the form, as data.
const IN_BROWSER: bool = cfg!(target_arch = "wasm32");

/// A text for people.
const fn told(text: &'static str) -> &'static str {
    if IN_BROWSER { "" } else { text }
}

impl Choice {
    /// A value, and what people read.
    pub const fn new(value: &'static str, label: &'static str) -> Self {
        Self { value: Cow::Borrowed(value), label: Cow::Borrowed(told(label)) }
    }
}

impl<T> Field<T> {
    const fn new(id: &'static str, label: &'static str, kind: Kind) -> Self {
        let def = FieldDef {
            id: Cow::Borrowed(id),
            label: Cow::Borrowed(told(label)),
            kind,
            hint: Cow::Borrowed(""),
            why: Cow::Borrowed(""),
            unit: Cow::Borrowed(""),
            asked: Cond::Always,
            visible: Cond::Always,
            required: Cond::Always,
            carry: Carry::Never,
            sources: Cow::Borrowed(&[]),
            sensitive: false,
            fixed: false,
        };
        Self { def, typed: PhantomData }
    }

    /// Help under the label.
    #[must_use]
    pub const fn hint(mut self, text: &'static str) -> Self {
        mem::forget(mem::replace(&mut self.def.hint, Cow::Borrowed(told(text))));
        self
    }

    /// The reason of the question, with its source.
    #[must_use]
    pub const fn why(mut self, text: &'static str) -> Self {
        mem::forget(mem::replace(&mut self.def.why, Cow::Borrowed(told(text))));
        self
    }

    /// Unit written after the input.
    #[must_use]
    pub const fn unit(mut self, text: &'static str) -> Self {
        mem::forget(mem::replace(&mut self.def.unit, Cow::Borrowed(told(text))));
        self
    }

    /// Put, and required, in these requests only.
    #[must_use]
    pub const fn asked(mut self, requests: Cond) -> Self {
        mem::forget(mem::replace(&mut self.def.asked, requests));
        self
    }

    /// Put only when this holds too.
    #[must_use]
    pub const fn visible_when(mut self, cond: Cond) -> Self {
        mem::forget(mem::replace(&mut self.def.visible, cond));
        self
    }

    /// Required only when this holds.
    #[must_use]
    pub const fn required_when(mut self, cond: Cond) -> Self {
        mem::forget(mem::replace(&mut self.def.required, cond));
        self
    }

    /// Never required.
    #[must_use]
    pub const fn optional(self) -> Self {
        self.required_when(Cond::Never)
    }

    /// What next year does with it.
    #[must_use]
    pub const fn carry(mut self, carry: Carry) -> Self {
        self.def.carry = carry;
        self
    }

    /// Sources that may know, best first. See the macro [`crate::sources!`].
    #[must_use]
    pub const fn sources(mut self, sources: &'static [Source]) -> Self {
        let sources: &'static [Source] = if IN_BROWSER { &[] } else { sources };
        mem::forget(mem::replace(&mut self.def.sources, Cow::Borrowed(sources)));
        self
    }

    /// Masked when shown to others.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.def.sensitive = true;
        self
    }

    /// Set by the system, never typed.
    #[must_use]
    pub const fn fixed(mut self) -> Self {
        self.def.fixed = true;
        self
    }
}

/// `sources![AspAnnex "af_etp_postes_insertion", LastYear ""]`.
#[macro_export]
macro_rules! sources {
    ($($origin:ident $key:literal),+ $(,)?) => {
        const { &[$($crate::Source {
            origin: $crate::Origin::$origin,
            key: ::std::borrow::Cow::Borrowed($key),
        }),+] }
    };
}

/// `choices!["first" "Première demande", "renewal" "Renouvellement"]`.
#[macro_export]
macro_rules! choices {
    ($($value:literal $label:literal),+ $(,)?) => {
        const { &[$($crate::Choice::new($value, $label)),+] }
    };
}
