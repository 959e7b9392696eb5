//! The questions that a request has to answer, each with the parts of the form that tell.

/// A question to settle.
#[derive(Debug, PartialEq, Eq)]
pub struct Lens {
    /// Stable code, in addresses.
    pub code: &'static str,
    /// The question.
    pub question: &'static str,
    /// Cards and steps of the form that answer it, in their order.
    pub shows: &'static [&'static str],
}

/// The lenses, in the order that a request is discussed.
pub static LENSES: &[Lens] = &[
    Lens {
        code: "postes",
        question: "Les postes demandés sont-ils réalistes ?",
        shows: &[
            "activites.posts_card",
            "activites.hiring",
            "activites.workshops_card",
            "activites.prison_card",
            "moyens.request",
            "moyens.exception",
        ],
    },
    Lens {
        code: "accompagnement",
        question: "L'accompagnement est-il financé ?",
        shows: &[
            "projet.a1",
            "projet.a2_team",
            "projet.a2",
            "projet.a2_difficulties",
            "projet.a2_network",
            "projet.a3",
            "projet.a3_kinds",
            "projet.a3_money",
            "moyens.people",
            "moyens.functions",
        ],
    },
    Lens {
        code: "resultats",
        question: "Les résultats sont-ils au rendez-vous ?",
        shows: &["publics.path", "objectifs"],
    },
    Lens {
        code: "territoire",
        question: "Le territoire en a-t-il besoin ?",
        shows: &[
            "territoire",
            "activites.activities_card",
            "publics.aim",
            "publics.people",
            "publics.allowances",
            "publics.distance",
            "projet.a4",
            "projet.a4_network",
        ],
    },
    Lens {
        code: "budget",
        question: "Le budget tient-il ?",
        shows: &["moyens.departement", "locaux.investments", "budget"],
    },
];

impl Lens {
    /// The lens of a code.
    pub fn of(code: &str) -> Option<&'static Self> {
        LENSES.iter().find(|lens| lens.code == code)
    }

    /// Whether a card of a step is looked at.
    pub fn holds(&self, section: &str, group: &str) -> bool {
        self.shows.iter().any(|id| *id == section || *id == group)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::form::CONVENTIONNEMENT;

    #[test]
    fn what_a_lens_shows_is_in_the_form() {
        let groups = CONVENTIONNEMENT.sections.iter().flat_map(|section| {
            let groups = section.groups.iter().map(|group| group.id.to_string());
            groups.chain([section.id.to_string()]).collect::<Vec<_>>()
        });
        let known: BTreeSet<String> = groups.collect();
        let mut codes = BTreeSet::new();
        for lens in LENSES {
            assert!(codes.insert(lens.code) && Lens::of(lens.code) == Some(lens));
            for id in lens.shows {
                assert!(known.contains(*id), "{}: {id}", lens.code);
            }
        }
    }
}
