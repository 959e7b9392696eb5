//! What a simulation does to structures and territories, and how two of them differ.

use std::collections::BTreeMap;

use super::{Line, Standing};
use crate::{envelope::Dotation, id::DossierId};

/// What a simulation does to a structure or a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Its name, or the code of the territory.
    pub name: String,
    /// Requests.
    pub requests: u32,
    /// Of them, those to be looked at.
    pub undecided: u32,
    /// What they ask for.
    pub asked: Dotation,
    /// What the annexes of the year before took; `None` when there were none.
    pub last_year: Option<Dotation>,
    /// What they would take.
    pub provisional: Dotation,
}

/// By structure, by name.
pub fn by_structure(lines: &[Line]) -> Vec<Effect> {
    let key = |line: &Line| {
        (form::bare(&line.request.structure_name), line.request.structure.as_str().to_owned())
    };
    grouped(lines, key, |line| line.request.structure_name.clone())
}

/// By département.
pub fn by_department(lines: &[Line]) -> Vec<Effect> {
    grouped(lines, |line| line.request.department.clone(), |line| line.request.department.clone())
}

fn grouped<K: Ord>(
    lines: &[Line],
    key: impl Fn(&Line) -> K,
    name: impl Fn(&Line) -> String,
) -> Vec<Effect> {
    let mut groups: BTreeMap<K, Effect> = BTreeMap::new();
    for line in lines {
        let effect = groups.entry(key(line)).or_insert_with(|| Effect {
            name: name(line),
            requests: 0,
            undecided: 0,
            asked: Dotation::default(),
            last_year: None,
            provisional: Dotation::default(),
        });
        effect.requests += 1;
        effect.undecided += u32::from(line.standing() == Standing::Undecided);
        effect.asked += line.asks();
        effect.provisional += line.costs();
        if let Some(before) = line.last_year {
            effect.last_year = Some(effect.last_year.unwrap_or_default() + before);
        }
    }
    groups.into_values().collect()
}

/// A request on which two simulations say something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The one, and the other; `None` when it is not of that simulation.
    pub sides: (Option<Line>, Option<Line>),
}

impl Difference {
    /// The line, of whichever side.
    pub fn line(&self) -> Option<&Line> {
        self.sides.0.as_ref().or(self.sides.1.as_ref())
    }
}

/// What two simulations say otherwise, in the order of the first; what they say alike is left out.
pub fn differences(one: &[Line], other: &[Line]) -> Vec<Difference> {
    let of = |lines: &[Line], id: &DossierId| {
        lines.iter().find(|line| line.request.dossier == *id).cloned()
    };
    let others: BTreeMap<&DossierId, &Line> =
        other.iter().map(|line| (&line.request.dossier, line)).collect();
    let same =
        |a: &Line, b: &Line| a.standing() == b.standing() && a.choice.opinion == b.choice.opinion;
    let mut found: Vec<Difference> = one
        .iter()
        .filter_map(|line| {
            let there = others.get(&line.request.dossier).copied();
            let differs = there.is_none_or(|there| !same(line, there));
            differs.then(|| Difference { sides: (Some(line.clone()), there.cloned()) })
        })
        .collect();
    let known: std::collections::BTreeSet<&DossierId> =
        one.iter().map(|line| &line.request.dossier).collect();
    let only = other.iter().filter(|line| !known.contains(&line.request.dossier));
    found.extend(only.map(|line| Difference { sides: (None, of(other, &line.request.dossier)) }));
    found
}
