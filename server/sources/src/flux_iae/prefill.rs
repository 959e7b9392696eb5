//! Answers that an extract gives to a dossier: driven by the form, whose questions name the columns
//! they can be read from.

mod columns;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use columns::{OF_THE_YEAR, OTHER_NUMBERS, OTHERS, column_of, true_on};
use dossier::form::CONVENTIONNEMENT;
use form::{Answer, At, Code, FieldDef, Kind, Origin, Provenance, ROW_HERE, Revision, Standing};

use super::{
    annex::AspAnnex,
    structure::{Address, AspStructure},
    value,
};

/// What an extract gives to a dossier.
#[derive(Debug, Default)]
pub struct Prefill {
    /// Answers to confirm, in the order of the form.
    pub answers: Vec<(At, Answer)>,
    /// What the extract holds and the question does not take.
    pub skipped: Vec<Skipped>,
    /// Number of the annexe that was read.
    pub annex: Option<String>,
}

/// A text that the question does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The question.
    pub at: At,
    /// The column.
    pub column: String,
    /// What the column holds.
    pub text: String,
    /// Why it does not fit.
    pub why: Code,
}

/// Answers to confirm for a dossier of this kind, perimeter and year: see [`prefill`].
pub fn answers_for(
    structure: &AspStructure,
    annexes: &[AspAnnex],
    kind: &str,
    perimeter: &str,
    year: i32,
) -> Vec<(At, Answer)> {
    prefill(&CONVENTIONNEMENT, structure, annexes, kind, perimeter, year).answers
}

/// The annexe that says most about a structure for a dossier of this kind, perimeter and year: the
/// latest that binds, or else the latest that once did, or else the latest. Annexes that start after
/// the year of the dossier do not count.
pub fn chosen_annex<'a>(
    structure: &AspStructure,
    annexes: &'a [AspAnnex],
    kind: &str,
    perimeter: &str,
    year: i32,
) -> Option<&'a AspAnnex> {
    use super::AnnexState::{Archived, Closed};
    annexes
        .iter()
        .filter(|annex| annex.asp_id == structure.asp_id && annex.start.year() <= year)
        .filter(|annex| annex.measure.kind == kind && annex.measure.perimeter == perimeter)
        .max_by_key(|annex| {
            let rank = match annex.state {
                state if state.is_active() => 2,
                Closed | Archived => 1,
                _ => 0,
            };
            (rank, annex.start, annex.end, annex.renewal, annex.modification, annex.amendment_id)
        })
}

/// Fills every question of a form that names a column of the structure or of its annexe.
pub fn prefill(
    form: &Revision,
    structure: &AspStructure,
    annexes: &[AspAnnex],
    kind: &str,
    perimeter: &str,
    year: i32,
) -> Prefill {
    let annex = chosen_annex(structure, annexes, kind, perimeter, year);
    let mut filler = Filler { structure, annex, year, prefill: Prefill::default() };
    filler.prefill.annex = annex.map(AspAnnex::full_number);
    for place in form.places() {
        let field = place.field;
        match place.table {
            None => filler.once(field),
            Some(table) if table.is_grid() => {
                for line in table.lines.iter().filter(|line| !line.is_computed()) {
                    filler.line(field, &line.id);
                }
            }
            // Rows that people add: those of other conventions can be told.
            Some(table) => filler.other_convention(field, &table.id),
        }
    }
    filler.prefill
}

struct Filler<'a> {
    structure: &'a AspStructure,
    annex: Option<&'a AspAnnex>,
    year: i32,
    prefill: Prefill,
}

impl Filler<'_> {
    /// The first source that knows, in the order the question gives.
    fn once(&mut self, field: &FieldDef) {
        for source in field.sources.iter() {
            let known = match source.origin {
                Origin::AspStructure => self.of_structure(field, &source.key),
                Origin::AspAnnex => self.of_annex(&field.kind, &source.key),
                _ => None,
            };
            let at = At::once(&field.id);
            if known.is_some_and(|text| self.put(at, field, source.origin, &source.key, &text)) {
                return;
            }
        }
    }

    fn line(&mut self, field: &FieldDef, line: &str) {
        let Some(column) = column_of(&field.id, line) else {
            return;
        };
        if let Some(text) = self.of_annex(&field.kind, column) {
            self.put(At::in_row(&field.id, line), field, Origin::AspAnnex, column, &text);
        }
    }

    /// A row for each other convention that the annexe names.
    fn other_convention(&mut self, field: &FieldDef, table: &str) {
        let mut sources = field.sources.iter();
        let Some(annex) = self
            .annex
            .filter(|_| sources.any(|s| s.origin == Origin::AspAnnex && s.key == OTHER_NUMBERS))
        else {
            return;
        };
        for (kind, column) in OTHERS {
            let number = annex_without_modification(annex.row.get(column));
            if number.is_empty() || number == annex.number {
                continue;
            }
            let text = match field.kind {
                Kind::OneOf(_) => *kind,
                _ => &number,
            };
            // The row of a kind is always the same, so that reading twice adds nothing.
            let row = format!("asp-{}", kind.to_ascii_lowercase());
            let mark = At::in_row(table, &row);
            let at = At::in_row(&field.id, &row);
            if self.put(at, field, Origin::AspAnnex, column, text)
                && !self.prefill.answers.iter().any(|(at, _)| *at == mark)
            {
                let raw = ROW_HERE.to_owned();
                self.prefill.answers.push((mark, Answer { raw, version: 0, provenance: None }));
            }
        }
    }

    /// Keeps a text if the question takes it.
    fn put(&mut self, at: At, field: &FieldDef, origin: Origin, column: &str, text: &str) -> bool {
        match field.kind.canonical(text) {
            Ok(raw) if raw.is_empty() => false,
            Ok(raw) => {
                let provenance = Some(self.provenance(field, origin, column, raw.clone()));
                self.prefill.answers.push((at, Answer { raw, version: 0, provenance }));
                true
            }
            Err(why) => {
                let (column, text) = (column.to_owned(), text.to_owned());
                self.prefill.skipped.push(Skipped { at, column, text, why });
                false
            }
        }
    }

    fn provenance(
        &self,
        field: &FieldDef,
        origin: Origin,
        column: &str,
        value: String,
    ) -> Provenance {
        let (reference, as_of) = match self.annex.filter(|_| origin == Origin::AspAnnex) {
            Some(annex) => (format!("annexe {}", annex.full_number()), true_on(annex, column)),
            None => match self.structure.extracted {
                Some(day) => (format!("fichier ASP du {}", day.french()), Some(day)),
                None => ("fichier ASP".to_owned(), None),
            },
        };
        let as_of = as_of.map(|day| day.to_string()).unwrap_or_default();
        // People cannot confirm what the system sets.
        let standing = if field.fixed { Standing::Confirmed } else { Standing::ToConfirm };
        Provenance {
            origin,
            reference,
            as_of,
            key: column.to_owned(),
            fetched_at: 0,
            value,
            standing,
        }
    }

    fn of_structure(&self, field: &FieldDef, column: &str) -> Option<String> {
        let structure = self.structure;
        let text = match column {
            // A whole address: the question is one part of it.
            "structure_adresse_admin" => part(&structure.admin, &field.id)?,
            "structure_adresse_gestion" => part(&structure.management, &field.id)?,
            "structure_adresse_gestion_cplt_adresse" => structure.management.details(),
            "structure_adresse_admin_cplt_adresse" => structure.admin.details(),
            "structure_adresse_gestion_telephone" => structure.phone().to_owned(),
            // Digits, even where the file writes a float.
            "structure_id_siae" => structure.asp_id.to_string(),
            "structure_siret_actualise" => structure.siret_current.clone(),
            _ => converted(&field.kind, structure.row.get(column)).into_owned(),
        };
        (!text.is_empty()).then_some(text)
    }

    fn of_annex(&self, kind: &Kind, column: &str) -> Option<String> {
        let annex = self.annex?;
        if OF_THE_YEAR.contains(&column) && annex.end.year() < self.year {
            return None;
        }
        let text = match (column, kind) {
            ("af_mesure_dispositif_code", Kind::OneOf(choices)) => {
                let measure = [&annex.measure.kind, &annex.measure.perimeter];
                let chosen = measure
                    .into_iter()
                    .find(|part| choices.iter().any(|choice| choice.value == part.as_str()));
                chosen?.clone()
            }
            ("af_nature_action_dla", _) => annex.row.get("af_nature_action_dla_code").to_owned(),
            ("af_numero_annexe_financiere", Kind::Department) => department(&annex.number)?,
            ("af_numero_annexe_financiere", _) => annex.full_number(),
            _ => converted(kind, annex.row.get(column)).into_owned(),
        };
        (!text.is_empty()).then_some(text)
    }
}

/// The text of a column, as this kind of question takes it.
fn converted<'a>(kind: &Kind, text: &'a str) -> Cow<'a, str> {
    match kind {
        Kind::YesNo => match value::boolean(text) {
            Some(true) => "oui".into(),
            Some(false) => "non".into(),
            None => text.into(),
        },
        Kind::Date => value::date(text).map_or(text.into(), |date| date.to_string().into()),
        Kind::Commune | Kind::Postcode => value::five(text).into(),
        Kind::Phone => value::phone(text).into(),
        Kind::AnnexNumber => annex_without_modification(text).into(),
        Kind::Siret | Kind::Siren | Kind::Naf | Kind::Idcc | Kind::LegalCategory => {
            value::code(text).into()
        }
        _ => text.into(),
    }
}

/// The part of an address that a question asks for, by the end of its id.
fn part(address: &Address, field: &str) -> Option<String> {
    Some(match field.rsplit('.').next()? {
        "street" => address.street(),
        "complement" => address.details(),
        "postcode" => address.postcode.clone(),
        "town" => address.town.clone(),
        "insee" => address.insee.clone(),
        _ => return None,
    })
}

/// `029` of `ACI058260003`.
fn department(number: &str) -> Option<String> {
    let digits = number.find(|c: char| c.is_ascii_digit())?;
    number.get(digits..digits + 3).map(str::to_owned)
}

/// `ACI058240001A2` names an annexe without saying which modification: only its number is sure.
fn annex_without_modification(text: &str) -> String {
    match text.rsplit_once('A') {
        Some((number, renewal))
            if number.len() > 9 && renewal.len() == 1 && renewal.as_bytes()[0].is_ascii_digit() =>
        {
            number.to_owned()
        }
        _ => text.to_owned(),
    }
}
