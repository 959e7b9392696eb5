//! The structures of the story: sixty, in four départements.

use service::Millis;

use crate::{
    numbers, people,
    places::{self, Place},
    profile::Profile,
    seed::{Seed, moment, ulid},
    trades,
};

mod list;

pub(crate) use list::IN_TWO;

/// A structure in one line of the list.
pub(crate) struct Row {
    department: &'static str,
    name: &'static str,
    /// "ACI" or "ACI+EI".
    kinds: &'static str,
    trade: &'static str,
    /// Rank of its commune in the département.
    place: usize,
    /// "asso", "sarl", "sas", "public".
    legal: &'static str,
    /// ETP of 2026, in whole numbers.
    etp: i64,
    created: i32,
    /// Year of its first convention.
    first: i32,
}

/// Every structure, in a fixed order. The first is [`valbrune`].
pub fn all() -> Vec<Profile> {
    let mut orders = std::collections::BTreeMap::new();
    list::ROWS
        .iter()
        .map(|row| {
            let order = orders.entry(row.department).or_insert(0);
            *order += 1;
            profile(row, *order)
        })
        .collect()
}

/// Les Ateliers de Valbrune, around which the story turns.
pub fn valbrune() -> Profile {
    profile(&list::ROWS[0], 1)
}

fn profile(row: &Row, order: u32) -> Profile {
    let department = places::department(row.department);
    let place: &'static Place = department.places.get(row.place).unwrap_or(&department.places[0]);
    let key = format!("{:0>3}-{order:02}", row.department);
    let mut seed = Seed::of(&key);
    // One company in two départements: a structure each, two establishments of one SIREN.
    let (company, site) = match row.name {
        list::TWIN => (numbers::siren("21", list::TWIN_ORDER), 2),
        _ => (numbers::siren(row.department, order), 1),
    };
    let created_at: Millis = moment(2024, 9, 2, 8, i64::from(order));
    let whole = row.etp * 100;
    let growth = seed.between(-3, 8);
    let etp = match row.name {
        list::VALBRUNE => [1_200, 1_200, 1_420],
        // A quarter of an ETP is the grain of a convention.
        _ => [whole - whole / 2_000 * 50, whole, whole + whole * growth / 2_500 * 25],
    };
    let cycle = i32::try_from(seed.between(0, 2)).unwrap_or(0);
    let start = if row.name == list::VALBRUNE { 2_025 } else { row.first + cycle };
    Profile {
        id: ulid(created_at, &key).into(),
        name: row.name.to_owned(),
        kinds: row.kinds.split('+').collect(),
        trade: trades::trade(row.trade),
        department,
        place,
        legal: match row.legal {
            "sarl" => "5499",
            "sas" => "5710",
            "public" => "7354",
            _ => "9220",
        },
        asp_id: 900_000 + department.code.parse::<u32>().unwrap_or(0) * 100 + order,
        order: order + 10,
        siret: numbers::siret(&company, site),
        siren: company,
        created: row.created,
        first: row.first,
        start: if row.first > 2_024 { row.first } else { start },
        etp,
        prison: (row.name == list::PRISON).then_some("Centre de détention des Bruyères"),
        director: people::director_of(row.name)
            .map_or_else(|| people::name(&mut seed), str::to_owned),
        president: people::name(&mut seed),
        key,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_sixty_and_each_is_itself() {
        let all = all();
        assert_eq!(all.len(), 60);
        let distinct =
            |of: fn(&Profile) -> String| all.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|p| p.id.to_string()), 60);
        assert_eq!(distinct(|p| p.siret.clone()), 60);
        assert_eq!(distinct(|p| p.siren.clone()), 59, "one company has two structures");
        assert_eq!(distinct(|p| p.asp_id.to_string()), 60);
        for kind in ["EI", "ETTI", "ACI", "AI", "EITI"] {
            assert!(all.iter().filter(|p| p.kinds.contains(&kind)).count() >= 3, "{kind}");
        }
        assert!(all.iter().filter(|p| p.kinds.len() == 2).count() >= 3);
        assert_eq!(all.iter().filter(|p| p.prison.is_some()).count(), 1);
        assert_eq!(all[0].name, valbrune().name);
    }
}
