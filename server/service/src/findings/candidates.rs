//! What findings say for the questions of a form, and where that differs from the answers. Pure.

use std::collections::BTreeMap;

use form::{Answers, At, FieldDef, Origin, Provenance, Revision, Standing, Table};

use super::{Candidate, Finding, Kept, Told};

/// Ends of the ids of the questions on one address.
const PARTS: [&str; 5] = ["street", "complement", "postcode", "town", "insee"];

/// A value that a source offers for one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The question.
    pub at: At,
    /// What stands there, raw.
    pub mine: String,
    /// What the source says.
    pub theirs: Provenance,
}

/// What a source says otherwise, to be looked at together: one question, or one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its values.
    pub offers: Vec<Offer>,
}

impl Card {
    /// What names it: the place of its first value.
    pub fn key(&self) -> &At {
        // A card is never without a value.
        &self.offers[0].at
    }
}

/// Where this source stands in the order that the question gives; last when it is not named.
fn rank(field: &FieldDef, origin: Origin) -> usize {
    field.sources.iter().position(|source| source.origin == origin).unwrap_or(usize::MAX)
}

/// Candidates of one place, best first.
pub(crate) fn by_priority(form: &Revision, candidates: &mut [Candidate]) {
    candidates.sort_by_key(|candidate| {
        form.place(&candidate.at.field)
            .map_or(usize::MAX, |place| rank(place.field, candidate.from.origin))
    });
}

/// What the findings say for each question that names them, asked once: every source, in the order
/// of the form.
pub(crate) fn of_form(form: &Revision, findings: &[Finding]) -> Vec<Candidate> {
    let mut known = Vec::new();
    for place in form.places().filter(|place| place.table.is_none() && !place.field.fixed) {
        let field = place.field;
        for (rank, source) in field.sources.iter().enumerate() {
            let named_before = field.sources[..rank].iter().any(|s| s.origin == source.origin);
            let finding = findings.iter().find(|finding| finding.source == source.origin);
            let Some((finding, told)) = finding.and_then(|f| Some((f, f.told.as_ref()?))) else {
                continue;
            };
            if named_before && known.last().is_some_and(|c: &Candidate| c.at.field == field.id) {
                continue;
            }
            let Some((key, value)) = fact(told, &source.key, field) else { continue };
            known.push(Candidate {
                at: At::once(&field.id),
                from: Provenance { key, value, ..from(finding, told) },
            });
        }
    }
    known
}

fn from(finding: &Finding, told: &Told) -> Provenance {
    Provenance {
        origin: finding.source,
        reference: told.reference.clone(),
        as_of: told.as_of.clone(),
        key: String::new(),
        fetched_at: finding.fetched_at.0,
        value: String::new(),
        standing: Standing::ToConfirm,
    }
}

/// The fact that a question names: by its key, or as the part of an address that the question asks
/// for. Nothing when the question does not take it.
fn fact(told: &Told, key: &str, field: &FieldDef) -> Option<(String, String)> {
    let part = field.id.rsplit('.').next().filter(|part| PARTS.contains(part));
    let whole = told.facts.get(key).map(|text| (key.to_owned(), text));
    let (key, text) = whole.or_else(|| {
        let key = format!("{key}.{}", part?);
        let text = told.facts.get(&key)?;
        Some((key, text))
    })?;
    let value = field.kind.canonical(text).ok().filter(|value| !value.is_empty())?;
    Some((key, value))
}

/// The rows that a source knows for a table, each as its columns with their values. The first source
/// that knows any, as the first column that names one has it.
pub(crate) fn rows<'f>(
    table: &'f Table,
    findings: &[Finding],
) -> Vec<Vec<(&'f FieldDef, Provenance)>> {
    let columns = || table.columns.iter().map(AsRef::as_ref);
    let named = columns().flat_map(|def| def.sources.iter());
    let mut known = named.filter_map(|source| {
        let finding = findings.iter().find(|finding| finding.source == source.origin)?;
        let told = finding.told.as_ref()?;
        let list = source.key.split('.').next()?;
        Some((finding, told, list, told.lists.get(list)?))
    });
    let Some((finding, told, list, rows)) = known.next() else { return Vec::new() };
    let cell = |def: &'f FieldDef, row: &BTreeMap<String, String>| {
        let mut sources = def.sources.iter().filter(|source| source.origin == finding.source);
        let key = &sources.find(|source| source.key.split('.').next() == Some(list))?.key;
        let name = match key.split_once('.') {
            Some((_, rest)) => rest,
            None => def.id.rsplit('.').next()?,
        };
        let value = def.kind.canonical(row.get(name)?).ok().filter(|value| !value.is_empty())?;
        Some((def, Provenance { key: key.to_string(), value, ..from(finding, told) }))
    };
    let rows =
        rows.iter().map(|row| columns().filter_map(|def| cell(def, row)).collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).take(table.max_rows as usize).collect()
}

/// Where the best source says otherwise than the answer, and nobody decided yet.
pub fn cards(form: &Revision, answers: &Answers, findings: &[Finding], kept: &[Kept]) -> Vec<Card> {
    let mut cards: Vec<(String, Card)> = Vec::new();
    for (at, theirs) in best(form, findings) {
        let Some(place) = form.place(&at.field) else { continue };
        let Some(answer) = answers.at(&at).filter(|_| form.puts(answers, &at)) else { continue };
        let decided = kept
            .iter()
            .any(|one| one.at == at && one.source == theirs.origin && one.value == theirs.value);
        let seen = answer.provenance.as_ref().is_some_and(|from| {
            from.origin == theirs.origin && from.value == theirs.value
                || rank(place.field, from.origin) < rank(place.field, theirs.origin)
        });
        let same =
            place.field.kind.same(&answer.raw, &theirs.value) || alike(&answer.raw, &theirs.value);
        if decided || seen || same {
            continue;
        }
        let name = card_of(&at);
        let offer = Offer { mine: answer.raw.clone(), at, theirs };
        match cards.iter_mut().find(|(other, _)| *other == name) {
            Some((_, card)) => card.offers.push(offer),
            None => cards.push((name, Card { offers: vec![offer] })),
        }
    }
    cards.into_iter().map(|(_, card)| card).collect()
}

/// What the best source says for questions that nobody ever answered.
pub fn fillable(form: &Revision, answers: &Answers, findings: &[Finding]) -> Vec<Candidate> {
    let best = best(form, findings).into_iter();
    let empty = best.filter(|(at, _)| answers.at(at).is_none() && form.puts(answers, at));
    empty.map(|(at, from)| Candidate { at, from }).collect()
}

/// The best candidate of each place, in the order of the form.
fn best(form: &Revision, findings: &[Finding]) -> Vec<(At, Provenance)> {
    let mut candidates = of_form(form, findings);
    // Stable: within a place, in the order that the question gives already.
    candidates.dedup_by(|after, before| after.at == before.at);
    candidates.into_iter().map(|candidate| (candidate.at, candidate.from)).collect()
}

/// The parts of one address are one card.
fn card_of(at: &At) -> String {
    match at.field.rsplit_once('.') {
        Some((address, part)) if PARTS.contains(&part) => address.to_owned(),
        _ => at.to_string(),
    }
}

/// Whether two texts say the same but for capitals, accents and marks: registers shout.
fn alike(one: &str, other: &str) -> bool {
    fn plain(text: &str) -> String {
        form::bare(text).chars().filter(|c| c.is_alphanumeric()).collect()
    }
    let one = plain(one);
    !one.is_empty() && one == plain(other)
}

/// Every candidate of a dossier by place, best first: what findings say now, and what was given when
/// it was opened by sources that are not asked again.
pub(super) fn all(
    form: &Revision,
    findings: &[Finding],
    given: Vec<Candidate>,
) -> BTreeMap<At, Vec<Candidate>> {
    let mut all: BTreeMap<At, Vec<Candidate>> = BTreeMap::new();
    for candidate in of_form(form, findings).into_iter().chain(given) {
        let here = all.entry(candidate.at.clone()).or_default();
        if here.iter().all(|other| other.from.origin != candidate.from.origin) {
            here.push(candidate);
        }
    }
    for here in all.values_mut() {
        by_priority(form, here);
    }
    all
}
