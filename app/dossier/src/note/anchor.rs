//! What a note points at, and how that stands in a later deposit.

use form::{Answers, At, Kind, Revision};

use super::quote::{Passage, Quote, QuoteRefused};

/// What a note was written on, as it stood then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// A question, in its row; a whole row, by its table and its id; a step, by its id; the whole
    /// dossier, by nothing.
    pub at: At,
    /// Ordinal of the deposit.
    pub deposit: u32,
    /// What was said there, in canonical texts; empty for a step or the dossier.
    pub said: String,
    /// The passage of it that is meant; nothing for all of it.
    pub quote: Option<Quote>,
}

/// How what a note was written on stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it was.
    Same,
    /// Something else is said there.
    Changed,
    /// Its row is not there any more.
    RowRemoved,
    /// The form does not put the question any more.
    QuestionRemoved,
}

impl Standing {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Same => "La valeur n'a pas changé",
            Self::Changed => "La valeur a changé depuis",
            Self::RowRemoved => "La ligne a été retirée depuis",
            Self::QuestionRemoved => "La question n'est plus posée",
        }
    }
}

impl Anchor {
    /// An anchor on what a deposit says; `None` when there is nothing of that name in it.
    pub fn on(form: &Revision, answers: &Answers, at: At, deposit: u32) -> Option<Self> {
        let said = said(form, answers, &at).ok()?;
        Some(Self { at, deposit, said, quote: None })
    }

    /// The same on a passage of the text: see [`Quote::of`].
    ///
    /// # Errors
    /// When there is no such passage, or no text.
    pub fn quoting(
        mut self,
        form: &Revision,
        passage: &str,
        rank: Option<usize>,
    ) -> Result<Self, QuoteRefused> {
        if !is_text(form, &self.at) {
            return Err(QuoteRefused::NotAText);
        }
        self.quote = Some(Quote::of(&self.said, passage, rank)?);
        Ok(self)
    }

    /// The words that are meant, as they were; nothing when all of the answer is.
    pub fn words(&self) -> Option<&str> {
        self.quote.map(|quote| quote.words(&self.said))
    }

    /// How the passage stands in these answers; nothing without one.
    pub fn passage(&self, form: &Revision, answers: &Answers) -> Option<Passage> {
        let quote = self.quote?;
        Some(match said(form, answers, &self.at) {
            Ok(now) => quote.standing(&self.said, &now),
            Err(_) => Passage::Gone,
        })
    }

    /// How it stands in these answers to this form.
    pub fn standing(&self, form: &Revision, answers: &Answers) -> Standing {
        match said(form, answers, &self.at) {
            Ok(now) if now == self.said => Standing::Same,
            Ok(_) => Standing::Changed,
            Err(gone) => gone,
        }
    }
}

/// What answers say at a place, in canonical texts: of a row, the texts of its questions one after the
/// other.
///
/// # Errors
/// When the place is not there, and why.
pub fn said(form: &Revision, answers: &Answers, at: &At) -> Result<String, Standing> {
    if at.field.is_empty() || (at.row.is_empty() && form.section(&at.field).is_some()) {
        return Ok(String::new());
    }
    if let Some(place) = form.place(&at.field) {
        let there = match place.table {
            Some(table) => answers.rows(table).contains(&at.row.as_str()),
            None => at.row.is_empty(),
        };
        if !there {
            return Err(Standing::RowRemoved);
        }
        if !place.field.is_put(answers, &at.row) {
            return Err(Standing::QuestionRemoved);
        }
        return Ok(canonical(form, answers, &at.field, &at.row));
    }
    let table = form.table(&at.field).ok_or(Standing::QuestionRemoved)?;
    if !answers.rows(table).contains(&at.row.as_str()) {
        return Err(Standing::RowRemoved);
    }
    let put = table.columns.iter().filter(|def| def.is_put(answers, &at.row));
    // Told apart by what no canonical text holds, and empty ones too: they are not one another.
    let texts = put.map(|def| format!("{}\u{1f}", canonical(form, answers, &def.id, &at.row)));
    Ok(texts.collect())
}

fn canonical(form: &Revision, answers: &Answers, field: &str, row: &str) -> String {
    let raw = answers.raw(field, row);
    let kind = form.place(field).map(|place| &place.field.kind);
    kind.and_then(|kind| kind.canonical(raw).ok()).unwrap_or_else(|| raw.to_owned())
}

/// Whether words are answered here, of which a passage may be quoted.
pub fn is_text(form: &Revision, at: &At) -> bool {
    form.place(&at.field).is_some_and(|place| {
        !place.field.sensitive
            && matches!(place.field.kind, Kind::Text { .. } | Kind::LongText { .. })
    })
}

/// What people call what a note points at.
pub fn name(form: &Revision, answers: &Answers, at: &At) -> String {
    if at.field.is_empty() {
        return "Tout le dossier".to_owned();
    }
    if let Some(section) = form.section(&at.field) {
        return format!("Étape {}", section.title);
    }
    let place = form.place(&at.field);
    let table = place.as_ref().map_or_else(|| form.table(&at.field), |place| place.table);
    let label = place.as_ref().map(|place| place.field.label.as_ref());
    let row = table.map(|table| {
        let gone = || format!("{} (ligne retirée)", table.row_name);
        answers.name_of_row(table, &at.row).unwrap_or_else(gone)
    });
    match (label, row) {
        (Some(label), Some(row)) => format!("{label} ({row})"),
        (Some(label), None) => label.to_owned(),
        (None, Some(row)) => row,
        (None, None) => "Question retirée du formulaire".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use form::ROW_HERE;
    use proptest::prelude::*;

    use super::*;
    use crate::form::CONVENTIONNEMENT;

    const TABLE: &str = "activites.activities";
    const CELL: &str = "activites.activities.label";
    const TEXT: &str = "identification.phone";

    fn answers(all: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (at, raw) in [("demande.request_kind", "first"), ("demande.siae_kind", "ACI")] {
            answers.set(At::once(at), raw.to_owned());
        }
        for (at, raw) in all {
            answers.set(At::parse(at), (*raw).to_owned());
        }
        answers
    }

    fn rows(first: &str, second: &str) -> Answers {
        answers(&[
            (&format!("{TABLE}#A"), first),
            (&format!("{CELL}#A"), "Bois"),
            (&format!("{TABLE}#B"), second),
            (&format!("{CELL}#B"), "Linge"),
            (TEXT, "0386000000"),
        ])
    }

    fn on(at: &str, answers: &Answers) -> Anchor {
        Anchor::on(&CONVENTIONNEMENT, answers, At::parse(at), 1).expect(at)
    }

    fn standing(anchor: &Anchor, answers: &Answers) -> Standing {
        anchor.standing(&CONVENTIONNEMENT, answers)
    }

    #[test]
    fn spelling_is_not_a_change_and_another_row_is_not_this_one() {
        let before = rows(ROW_HERE, ROW_HERE);
        let (text, cell, row) = (
            on(TEXT, &before),
            on(&format!("{CELL}#B"), &before),
            on(&format!("{TABLE}#B"), &before),
        );
        let mut after = rows("", ROW_HERE);
        after.set(At::once(TEXT), "03 86 00 00 00".to_owned());
        for anchor in [&text, &cell, &row] {
            assert_eq!(standing(anchor, &after), Standing::Same, "{anchor:?}");
        }
        after.set(At::parse(&format!("{CELL}#B")), "Draps".to_owned());
        for anchor in [&cell, &row] {
            assert_eq!(standing(anchor, &after), Standing::Changed, "{anchor:?}");
        }
        for anchor in [&cell, &row] {
            assert_eq!(standing(anchor, &rows(ROW_HERE, "")), Standing::RowRemoved, "{anchor:?}");
        }
        assert_eq!(standing(&text, &rows("", "")), Standing::Same);
    }

    #[test]
    fn steps_and_the_dossier_always_stand_and_what_no_form_has_is_nothing() {
        let here = rows(ROW_HERE, ROW_HERE);
        for at in ["", "budget"] {
            assert_eq!(standing(&on(at, &here), &Answers::default()), Standing::Same, "{at}");
        }
        for at in ["nothing", "nothing#A", &format!("{TABLE}#C"), &format!("{TEXT}#A"), "budget#A"]
        {
            let anchor = Anchor::on(&CONVENTIONNEMENT, &here, At::parse(at), 1);
            assert_eq!(anchor, None, "{at}");
        }
        let gone =
            Anchor { at: At::once("gone.question"), deposit: 1, said: "x".to_owned(), quote: None };
        assert_eq!(standing(&gone, &here), Standing::QuestionRemoved);
    }

    #[test]
    fn everything_has_a_name() {
        let here = rows(ROW_HERE, ROW_HERE);
        let name = |at: &str| name(&CONVENTIONNEMENT, &here, &At::parse(at));
        assert_eq!(name(""), "Tout le dossier");
        assert_eq!(name("budget"), "Étape Budget prévisionnel");
        assert_eq!(name(&format!("{TABLE}#B")), "activité 2");
        assert_eq!(name(&format!("{TABLE}#C")), "activité (ligne retirée)");
        assert!(name("budget.charges.forecast#60").ends_with("(60 Achats)"));
        assert_eq!(name("gone.question"), "Question retirée du formulaire");
    }

    proptest! {
        /// An anchor says "same" exactly when what it was written on says the same: never for another
        /// row, never for another text, whatever was edited, removed or moved meanwhile.
        #[test]
        fn an_anchor_is_never_on_something_else(
            texts in prop::collection::vec("[ab]{0,2}", 4),
            edits in prop::collection::vec((0..4_usize, prop::option::of("[ab]{0,2}"), any::<bool>()), 0..20),
        ) {
            let ids = ["01A", "01B", "01C", "01D"];
            let mut before = answers(&[]);
            for (id, text) in ids.iter().zip(&texts) {
                before.set(At::in_row(TABLE, id), ROW_HERE.to_owned());
                before.set(At::in_row(CELL, id), text.clone());
            }
            let anchors: Vec<Anchor> =
                ids.iter().map(|id| on(&format!("{CELL}#{id}"), &before)).collect();
            let mut after = before.clone();
            for (row, edit, up) in edits {
                match edit {
                    Some(text) => after.set(At::in_row(CELL, ids[row]), text),
                    None if up => after.set(At::in_row(TABLE, ids[row]), String::new()),
                    None => for (at, raw) in after.moved_row(&At::in_row(TABLE, ids[row]), up) {
                        after.set(at, raw);
                    },
                }
            }
            for (anchor, (id, text)) in anchors.iter().zip(ids.iter().zip(&texts)) {
                let here = after.added_rows(TABLE).contains(id);
                let expected = match (here, after.raw(CELL, id) == text) {
                    (false, _) => Standing::RowRemoved,
                    (true, true) => Standing::Same,
                    (true, false) => Standing::Changed,
                };
                prop_assert_eq!(standing(anchor, &after), expected);
            }
        }
    }
}
