//! What the structure deposited before, for the same request: nobody types it twice.

use std::collections::{BTreeMap, BTreeSet};

use dossier::form::revisions::moves;
use form::{
    Answer, Answers, At, Carry, FieldDef, Kind, Origin, Provenance, Revision, Standing, Table,
    migrate,
};

use super::{Prefill, laid};
use crate::{DossierHead, Services, StoreError, findings::Candidate, forms};

/// How many years back: a convention lasts three years at most (Code du travail, article R. 5132-3),
/// and a yearly request asks less than a renewal.
const YEARS_BACK: i32 = 3;

/// What earlier deposits say to the questions that are copied from year to year ([`Carry::Confirm`],
/// [`Carry::Fixed`]).
#[derive(Default)]
pub(super) struct Earlier {
    /// To questions asked once and to the cells of grids.
    pub once: Vec<Candidate>,
    /// Rows that were added, by table, with their marks and the ids they had, so that what changed is
    /// told row by row.
    pub tables: BTreeMap<String, Prefill>,
}

/// What earlier deposits say: each answer, and each table whole, from the latest that says it. An
/// amendment begins with what was deposited for its own year.
pub(super) async fn answers(
    services: &Services,
    head: &DossierHead,
    form: &Revision,
) -> Result<Earlier, StoreError> {
    let mut known = Earlier::default();
    for year in (head.year - YEARS_BACK..=head.year).rev() {
        let Some((id, ordinal)) = services.store.last_deposit(head, year).await? else { continue };
        let deposit = services.store.deposit_of(&id, ordinal).await?;
        let Some(snapshot) = deposit.and_then(|deposit| deposit.snapshot()) else { continue };
        let theirs = forms::of(services, &snapshot.form_key()).await?.revision;
        let answers = followed(theirs, form, snapshot.answers());
        known.add(form, shifted(form, &answers, head.year - year), year);
    }
    Ok(known)
}

/// The answers under the questions of this form.
fn followed(from: &Revision, to: &Revision, mut answers: Answers) -> Answers {
    let moves = moves(&to.form, from.number, to.number);
    for (at, raw) in migrate::plan(from, to, &moves, &answers).writes {
        answers.set(at, raw);
    }
    answers
}

/// These answers at the places that they fill so many years later: the question that names another
/// one of last year takes that one's answer (`objectifs.rate_dynamic` is a forecast, then last year's
/// forecast), and nothing older.
fn shifted<'a>(form: &'a Revision, answers: &'a Answers, years: i32) -> Vec<(At, &'a Answer)> {
    let mut all: Vec<(At, &Answer)> = answers.iter().collect();
    if years == 0 {
        return all;
    }
    let from = |def: &FieldDef| {
        let named = def.sources.iter().find(|from| from.origin == Origin::LastYear);
        named.map(|from| from.key.to_string()).filter(|key| !key.is_empty())
    };
    let moved = form.places().filter_map(|place| Some((place.field, from(place.field)?)));
    let moved: Vec<_> = moved.collect();
    all.retain(|(at, _)| moved.iter().all(|(def, _)| *def.id != *at.field));
    for (def, key) in moved.into_iter().filter(|_| years == 1) {
        let theirs = answers.iter().filter(|(at, _)| *at.field == *key);
        all.extend(theirs.map(|(at, answer)| (At::in_row(&def.id, &at.row), answer)));
    }
    all
}

impl Earlier {
    /// Takes what is known better in the place of what was said of it.
    pub(super) fn correct(&mut self, known: Vec<Candidate>) {
        self.once.retain(|said| known.iter().all(|one| one.at != said.at));
        self.once.extend(known);
    }

    /// Adds what a later deposit did not say.
    fn add(&mut self, form: &Revision, answers: Vec<(At, &Answer)>, year: i32) {
        let said: BTreeSet<At> = self.once.iter().map(|one| one.at.clone()).collect();
        let mut tables: BTreeMap<String, Prefill> = BTreeMap::new();
        for (at, answer) in &answers {
            let Some(place) = form.place(&at.field) else { continue };
            let copied = matches!(place.field.carry, Carry::Confirm | Carry::Fixed);
            // Documents are offered by the vault of the structure, which knows their bytes.
            if !copied || place.field.fixed || matches!(place.field.kind, Kind::File) {
                continue;
            }
            // A question may take less than it did.
            let Ok(value) = place.field.kind.canonical(&answer.raw) else { continue };
            if value.is_empty() {
                continue;
            }
            let from = deposited(value, year);
            let Some(table) = place.table.filter(|table| !table.is_grid()) else {
                if !said.contains(at) {
                    self.once.push(Candidate { at: at.clone(), from });
                }
                continue;
            };
            let rows = tables.entry(table.id.to_string()).or_default();
            let mark = At::in_row(&table.id, &at.row);
            if let Some((_, there)) = answers.iter().find(|(at, _)| *at == mark)
                && !rows.iter().any(|(at, _)| *at == mark)
            {
                rows.push((mark, (*there).clone()));
            }
            rows.push(laid(Candidate { at: at.clone(), from }));
        }
        for (table, rows) in tables {
            self.tables.entry(table).or_insert(rows);
        }
    }

    /// The rows of the tables that nobody filled since; where `fresher` knows rows of a table whose
    /// questions do not name the dossier of last year, those.
    pub(super) fn rows(
        self,
        form: &Revision,
        known: &Prefill,
        fresher: impl Fn(&Table) -> bool,
    ) -> Prefill {
        let filled = |id: &str| known.iter().any(|(at, _)| at.field == id);
        let wanted = self.tables.into_iter().filter(|(id, _)| {
            let Some(table) = form.table(id) else { return false };
            let mut named = table.columns.iter().flat_map(|def| def.sources.iter());
            !filled(id) && (named.any(|from| from.origin == Origin::LastYear) || !fresher(table))
        });
        wanted.flat_map(|(_, rows)| rows).collect()
    }
}

fn deposited(value: String, year: i32) -> Provenance {
    Provenance {
        origin: Origin::LastYear,
        reference: format!("déposé pour {year}"),
        as_of: String::new(),
        key: String::new(),
        fetched_at: 0,
        value,
        standing: Standing::ToConfirm,
    }
}
