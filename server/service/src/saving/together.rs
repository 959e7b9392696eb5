//! Two people in one long text: passages that do not touch are put together, and the history has what
//! each of them wrote.

use std::collections::BTreeSet;

use dossier::operation::{Gesture, Operation, Outcome, Verdict};
use form::{Answer, At, FieldDef, Kind, passage};

use super::{
    Batch, Desk, Save,
    slot::{Slot, judged, slot},
};

impl Desk {
    /// Earlier versions of long texts that must be loaded too, once the rest is: texts that are typed
    /// over them may be put together with what stands.
    pub fn bases(&self, operations: &[Operation]) -> BTreeSet<(At, u32)> {
        let mut bases = BTreeSet::new();
        for operation in operations {
            let Some(Slot::Answer(field, _)) =
                self.form.and_then(|form| slot(form, operation).ok())
            else {
                continue;
            };
            let here = self.answers.get(&operation.at).map_or(0, |w| w.answer.version);
            if !matches!(field.kind, Kind::LongText { .. }) {
                continue;
            }
            let own = self.outcomes.get(&operation.id).and_then(own_version);
            let seen = [Some(operation.seen), own].into_iter().flatten();
            let earlier = seen.filter(|seen| (1..here).contains(seen));
            bases.extend(earlier.map(|seen| (operation.at.clone(), seen)));
        }
        bases
    }

    /// A text that was typed over an earlier version, unless that is how it still reads, and what it
    /// makes with what stands now.
    pub(super) fn merged<'o>(
        &self,
        slot: &Slot,
        operation: &'o Operation,
        seen: u32,
    ) -> Option<(Option<&'o str>, String)> {
        let Slot::Answer(FieldDef { kind: kind @ Kind::LongText { .. }, .. }, _) = slot else {
            return None;
        };
        let Gesture::Write(raw) = &operation.gesture else { return None };
        let at = &operation.at;
        let stands = &self.answers.get(at)?.answer.raw;
        let mut past = self.effects.past.iter();
        let base = match past.find(|(place, past)| place == at && past.answer.version == seen) {
            Some((_, past)) => &past.answer.raw,
            None => self.bases.get(&(at.clone(), seen))?,
        };
        let merged = passage::merge(base, raw, stands)?;
        let typed = (raw != base).then_some(raw.as_str());
        (merged.len() <= kind.raw_limit()).then_some((typed, merged))
    }

    /// Writes a text as it was typed, then with what somebody else wrote: the history has both.
    pub(super) fn put_together(
        &mut self,
        slot: &Slot,
        at: &At,
        (typed, merged): (Option<&str>, String),
        seen: u32,
        (save, batch): (&Save, &mut Batch),
    ) -> Verdict {
        let Answer { version, provenance, .. } =
            self.answers.get(at).map(|written| written.answer.clone()).unwrap_or_default();
        let Some(typed) = typed else {
            batch.typed(at, seen, seen);
            return Verdict::Merged { raw: merged, version, own: seen };
        };
        let answer = |raw: &str, version| Answer {
            raw: raw.to_owned(),
            version,
            provenance: provenance.clone().map(|from| judged(from, raw, slot)),
        };
        let own = version + 1;
        self.put(at, answer(typed, own), save);
        batch.typed(at, seen, own);
        batch.changes += 1;
        // It holds all that the other wrote.
        if merged == typed {
            return Verdict::Saved { version: own };
        }
        self.put(at, answer(&merged, own + 1), save);
        Verdict::Merged { raw: merged, version: own + 1, own }
    }
}

/// The version of the text that an operation typed, where it was written.
pub(super) fn own_version(outcome: &Outcome) -> Option<u32> {
    match outcome.verdict {
        Verdict::Saved { version } => Some(version),
        Verdict::Merged { own, .. } => Some(own),
        Verdict::Conflict { .. } | Verdict::Refused(_) => None,
    }
}
