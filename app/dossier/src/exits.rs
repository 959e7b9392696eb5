//! Exits: the official categories, and the rates made of them.

use form::Hundredths;

use crate::money::percentage;

/// Category of an exit, that of the motive code declared to the ASP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Lasting job.
    Sustainable,
    /// Job of transition.
    Transition,
    /// Positive exit.
    Positive,
    /// Any other exit.
    Other,
    /// Withdrawn from what is observed: long illness, death, move.
    Withdrawn,
}

impl Category {
    /// Every category, in the order of tables.
    pub const ALL: [Self; 5] =
        [Self::Sustainable, Self::Transition, Self::Positive, Self::Other, Self::Withdrawn];

    /// Stable code, also the line of the grid of exits.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sustainable => "sustainable",
            Self::Transition => "transition",
            Self::Positive => "positive",
            Self::Other => "other",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Sustainable => "Emploi durable",
            Self::Transition => "Emploi de transition",
            Self::Positive => "Sortie positive",
            Self::Other => "Autre sortie",
            Self::Withdrawn => "Sortie retirée du calcul",
        }
    }

    /// Whether it counts as a dynamic exit.
    pub fn is_dynamic(self) -> bool {
        matches!(self, Self::Sustainable | Self::Transition | Self::Positive)
    }

    /// Whether it counts among the exits examined.
    pub fn is_examined(self) -> bool {
        self != Self::Withdrawn
    }
}

/// Exits of one year, by category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exits {
    /// Lasting jobs.
    pub sustainable: i64,
    /// Jobs of transition.
    pub transition: i64,
    /// Positive exits.
    pub positive: i64,
    /// Other exits.
    pub other: i64,
    /// Exits withdrawn.
    pub withdrawn: i64,
}

/// Below this number of exits examined, rates say little.
pub const FEW: i64 = 5;

impl Exits {
    /// The exits of a category.
    pub fn of(&self, category: Category) -> i64 {
        match category {
            Category::Sustainable => self.sustainable,
            Category::Transition => self.transition,
            Category::Positive => self.positive,
            Category::Other => self.other,
            Category::Withdrawn => self.withdrawn,
        }
    }

    /// Exits examined, the denominator of every rate.
    pub fn examined(&self) -> i64 {
        self.sustainable + self.transition + self.positive + self.other
    }

    /// Whether the rates rest on too few people.
    pub fn are_few(&self) -> bool {
        self.examined() < FEW
    }

    /// Rate of a category among the exits examined; `None` without any, or for those withdrawn.
    pub fn rate(&self, category: Category) -> Option<Hundredths> {
        let counts = category.is_examined();
        counts.then(|| percentage(self.of(category), self.examined())).flatten()
    }

    /// Rate of dynamic exits: from the counts, so that rounding never adds up.
    pub fn rate_dynamic(&self) -> Option<Hundredths> {
        percentage(self.sustainable + self.transition + self.positive, self.examined())
    }
}

/// Dynamic rate of negotiated rates: their sum.
pub fn rate_dynamic(
    sustainable: Hundredths,
    transition: Hundredths,
    positive: Hundredths,
) -> Hundredths {
    Hundredths(sustainable.0 + transition.0 + positive.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exits(sustainable: i64, transition: i64, positive: i64, other: i64) -> Exits {
        Exits { sustainable, transition, positive, other, withdrawn: 7 }
    }

    #[test]
    fn rates_are_counted_over_the_exits_examined() {
        for (counts, rates, dynamic) in [
            (exits(3, 2, 1, 4), [Some(3_000), Some(2_000), Some(1_000)], Some(6_000)),
            (exits(1, 1, 1, 0), [Some(3_333), Some(3_333), Some(3_333)], Some(10_000)),
            (exits(0, 0, 2, 1), [Some(0), Some(0), Some(6_667)], Some(6_667)),
            (exits(0, 0, 0, 0), [None, None, None], None),
        ] {
            let [a, b, c] = [Category::Sustainable, Category::Transition, Category::Positive]
                .map(|category| counts.rate(category).map(|rate| rate.0));
            assert_eq!([a, b, c], rates, "{counts:?}");
            assert_eq!(counts.rate_dynamic().map(|rate| rate.0), dynamic, "{counts:?}");
            assert_eq!(counts.rate(Category::Withdrawn), None);
        }
        assert!(exits(2, 1, 1, 0).are_few() && !exits(2, 1, 1, 1).are_few());
    }

    #[test]
    fn every_category_is_counted_once() {
        let counts = exits(1, 2, 3, 4);
        let of = |keep: fn(Category) -> bool| -> i64 {
            Category::ALL.into_iter().filter(|c| keep(*c)).map(|c| counts.of(c)).sum()
        };
        assert_eq!(of(Category::is_examined), counts.examined());
        assert_eq!(of(Category::is_dynamic), 6);
        assert_eq!(rate_dynamic(Hundredths(2_500), Hundredths(2_000), Hundredths(1_550)).0, 6_050);
    }
}
