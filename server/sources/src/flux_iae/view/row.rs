//! The columns of a document, and the kept values of one line.

use std::sync::Arc;

use super::Reason;

/// Columns that the ASP spells in several ways; the first is the one used here.
const SPELLINGS: &[(&str, &str)] = &[
    (
        "af_etp_presta_ext_enca_tech_accomp_sociopa_annee_prec",
        "af_etp_presta_ext_enca_tech_accomp_sociop_annee_prec",
    ),
    (
        "af_nb_sal_encadrement_tech_accomp_sociop",
        "af_nb_sal_encadrement_tech_accomp_sociop_annee_prec",
    ),
    (
        "af_nb_sal_perm_encadrement_tech_sal_insertion",
        "af_nb_sal_perm_encadrement_tech_sal_insertion_annee_prec",
    ),
    ("af_nb_sal_perm_acc_sociop", "af_nb_sal_perm_acc_sociop_annee_prec"),
    ("af_nb_trava_non_salaries", "af_nb_trava_non_salaries_annee_prec"),
    ("af_etp_trava_non_salaries", "af_etp_trava_non_salaries_annee_prec"),
];

/// The name under which a column is known: without a type after it (`af_nb_banques numeric`), in
/// small letters, in the spelling used here.
pub(super) fn canonical(name: &str) -> String {
    let name = name.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let usual = SPELLINGS.iter().find(|(_, other)| *other == name);
    usual.map_or(name, |(usual, _)| (*usual).to_owned())
}

/// Where the kept columns stand in the lines of one document.
#[derive(Debug)]
pub(super) struct Columns {
    pub kept: &'static [&'static str],
    /// For each value of a line, the rank in `kept` of its column.
    pub ranks: Vec<Option<u16>>,
    /// For each kept column, the place of its value among those kept of a line.
    pub places: Vec<Option<u16>>,
}

/// The kept values of one line, by the name of their column.
#[derive(Clone, Debug)]
pub struct Row {
    columns: Arc<Columns>,
    text: Box<str>,
    /// Where each kept value ends in `text`.
    ends: Box<[u32]>,
}

impl Row {
    /// The text in a column, without spaces around; empty when it is missing or not kept.
    pub fn get(&self, column: &str) -> &str {
        self.find(column).unwrap_or_default()
    }

    fn find(&self, column: &str) -> Option<&str> {
        let kept = self.columns.kept;
        let rank = kept
            .binary_search(&column)
            .or_else(|_| kept.binary_search(&canonical(column).as_str()))
            .ok()?;
        self.text_of(rank)
    }

    fn text_of(&self, rank: usize) -> Option<&str> {
        let place = usize::from((*self.columns.places.get(rank)?)?);
        let start = match place.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start as usize..*self.ends.get(place)? as usize)
    }

    /// Names and texts of the columns that are not empty.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.columns.kept.iter().enumerate().filter_map(|(rank, name)| {
            let text = self.text_of(rank).filter(|text| !text.is_empty())?;
            Some((*name, text))
        })
    }
}

/// The row that a line is.
pub(super) fn row(columns: &Arc<Columns>, bytes: &[u8]) -> Result<Row, Reason> {
    let text = str::from_utf8(bytes).map_err(|_| Reason::Encoding)?;
    let (found, wanted) = (text.bytes().filter(|b| *b == b'|').count() + 1, columns.ranks.len());
    if found != wanted {
        return Err(Reason::Columns { found, wanted });
    }
    let mut kept = String::with_capacity(text.len());
    let mut ends = Vec::with_capacity(columns.kept.len());
    for (value, rank) in text.split('|').zip(&columns.ranks) {
        if rank.is_some() {
            // Control characters mean nothing and some databases refuse them.
            kept.extend(value.trim().split(char::is_control));
            ends.push(u32::try_from(kept.len()).map_err(|_| Reason::TooLong)?);
        }
    }
    Ok(Row { columns: Arc::clone(columns), text: kept.into(), ends: ends.into() })
}
