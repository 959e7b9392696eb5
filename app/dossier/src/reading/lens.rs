//! The questions that a dossier has to answer, each with the parts of the form that tell.

use std::borrow::Cow;

use form::{Revision, texts};

use super::Signal;
use crate::form::{NAME as REQUEST, bilan::NAME as REPORT};

/// A question to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Stable code, in addresses.
    pub code: Cow<'static, str>,
    /// The question.
    pub question: Cow<'static, str>,
    /// Cards and steps of the form that answer it, in their order.
    pub shows: Cow<'static, [Cow<'static, str>]>,
    /// Whether an agent composed it: see [`super::composed`].
    pub is_composed: bool,
}

const fn lens(
    code: &'static str,
    question: &'static str,
    shows: &'static [Cow<'static, str>],
) -> Lens {
    Lens {
        code: Cow::Borrowed(code),
        question: Cow::Borrowed(question),
        shows: Cow::Borrowed(shows),
        is_composed: false,
    }
}

/// Those of a request, in the order that it is discussed.
static OF_REQUEST: &[Lens] = &[
    lens(
        "postes",
        "Les postes demandés sont-ils réalistes ?",
        texts![
            "activites.posts_card",
            "activites.hiring",
            "activites.workshops_card",
            "activites.prison_card",
            "moyens.request",
            "moyens.exception"
        ],
    ),
    lens(
        "accompagnement",
        "L'accompagnement est-il financé ?",
        texts![
            "projet.a1",
            "projet.a2_team",
            "projet.a2",
            "projet.a2_difficulties",
            "projet.a2_network",
            "projet.a3",
            "projet.a3_kinds",
            "projet.a3_money",
            "moyens.people",
            "moyens.functions"
        ],
    ),
    lens(
        "resultats",
        "Les résultats sont-ils au rendez-vous ?",
        texts!["publics.path", "objectifs"],
    ),
    lens(
        "territoire",
        "Le territoire en a-t-il besoin ?",
        texts![
            "territoire",
            "activites.activities_card",
            "publics.aim",
            "publics.people",
            "publics.allowances",
            "publics.distance",
            "projet.a4",
            "projet.a4_network"
        ],
    ),
    lens(
        "budget",
        "Le budget tient-il ?",
        texts!["moyens.departement", "locaux.investments", "budget"],
    ),
];

/// Those of a yearly report: the six matters of article R. 5132-3 of the Code du travail, its accounts and
/// what follows.
static OF_REPORT: &[Lens] = &[
    lens("objectifs", "Les objectifs sont-ils atteints ?", texts!["sorties", "resultats"]),
    lens("accueil", "Qui a été accueilli ?", texts!["publics_realises"]),
    lens(
        "suivi",
        "L'accompagnement a-t-il eu lieu ?",
        texts!["moyens_realises", "accompagnement_realise", "formation_realisee"],
    ),
    lens("comptes", "Les comptes tiennent-ils ?", texts!["finances"]),
    lens("suite", "De quoi l'année qui vient a-t-elle besoin ?", texts!["perspectives"]),
];

/// The lenses of a form, by its name.
pub fn lenses(form: &str) -> &'static [Lens] {
    match form {
        REQUEST => OF_REQUEST,
        REPORT => OF_REPORT,
        _ => &[],
    }
}

impl Lens {
    /// The lens of a code, of whichever form.
    pub fn of(code: &str) -> Option<&'static Self> {
        OF_REQUEST.iter().chain(OF_REPORT).find(|lens| lens.code == code)
    }

    /// Whether a card of a step is looked at.
    pub fn holds(&self, section: &str, group: &str) -> bool {
        self.shows.iter().any(|id| *id == section || *id == group)
    }

    /// Whether something that does not fit together belongs to the question: of those that are composed,
    /// when the answer that it is about is looked at.
    pub fn tells(&self, form: &Revision, signal: &Signal) -> bool {
        if !self.is_composed {
            return self.code == signal.lens;
        }
        let place = form.place(&signal.at.field);
        place.is_some_and(|place| self.holds(&place.section.id, &place.group.id))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::form::{CONVENTIONNEMENT, bilan::BILAN};

    #[test]
    fn what_a_lens_shows_is_in_its_form() {
        let mut codes = BTreeSet::new();
        for form in [&*CONVENTIONNEMENT, &*BILAN] {
            let groups = form.sections.iter().flat_map(|section| {
                let groups = section.groups.iter().map(|group| group.id.to_string());
                groups.chain([section.id.to_string()]).collect::<Vec<_>>()
            });
            let known: BTreeSet<String> = groups.collect();
            assert_eq!(lenses(&form.form).len(), 5);
            for lens in lenses(&form.form) {
                assert!(codes.insert(&lens.code) && Lens::of(&lens.code) == Some(lens));
                for id in lens.shows.iter() {
                    assert!(known.contains(id.as_ref()), "{}: {id}", lens.code);
                }
            }
        }
        assert!(lenses("something").is_empty());
    }

    #[test]
    fn every_step_of_a_report_answers_a_question() {
        for section in &BILAN.sections {
            // What it is about, and the signature, answer none.
            let asks = !matches!(section.id.as_ref(), "bilan" | "certification");
            let shown = lenses(&BILAN.form).iter().any(|lens| lens.holds(&section.id, ""));
            assert_eq!(shown, asks, "{}", section.id);
        }
    }
}
