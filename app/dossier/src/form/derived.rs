//! What is computed from answers and shown beside them, with its calculation. Never stored.

use form::{
    Answers, Hundredths,
    number::{display_scaled, etp, euros},
};

use super::{bilan::resultats, budget, moyens, projet::accompagnement};

/// A computed figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// What it is.
    pub label: &'static str,
    /// The figure, displayed.
    pub value: String,
    /// The calculation, or what the figure means.
    pub how: String,
}

/// The figures of a card, as far as its answers allow.
pub fn of(group: &str, answers: &Answers) -> Vec<Derived> {
    match group {
        "moyens.request" => aid(answers).into_iter().collect(),
        "moyens.people" => supervision(answers).into_iter().collect(),
        "budget.income" => result(answers).into_iter().chain(self_financing(answers)).collect(),
        "projet.a2_team" => per_referent(answers).into_iter().collect(),
        "resultats.fte" => realisation(answers).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Amount of the annexe financière: see [`crate::money::annex_total`].
fn aid(answers: &Answers) -> Option<Derived> {
    let total = moyens::total_amount(answers)?;
    let monthly = moyens::monthly_amount(answers)?;
    let unit = moyens::unit_amount(answers)?;
    let months = moyens::months(answers)?;
    let requested = answers.get(&moyens::ETP_REQUESTED)?;
    Some(Derived {
        label: "Aide au poste calculée",
        value: euros(total.0),
        how: format!(
            "{} ETP × {}, sur {months} mois, soit {} par mois",
            etp(requested.0),
            euros(unit.0),
            euros(monthly.0)
        ),
    })
}

fn supervision(answers: &Answers) -> Option<Derived> {
    let ratio = moyens::supervision_ratio(answers)?;
    Some(Derived {
        label: "Taux d'encadrement et d'accompagnement",
        value: display_scaled(ratio, 3),
        how: "ETP d'encadrement et d'accompagnement pour un ETP d'insertion".to_owned(),
    })
}

fn result(answers: &Answers) -> Option<Derived> {
    let charges = budget::total_charges(answers, &budget::CHARGES_FORECAST)?;
    let produits = budget::total_produits(answers, &budget::PRODUITS_FORECAST)?;
    let gap = produits.0 - charges.0;
    Some(Derived {
        label: "Écart entre produits et charges",
        value: euros(gap),
        how: format!(
            "{} de produits moins {} de charges. Un budget est équilibré à zéro",
            euros(produits.0),
            euros(charges.0)
        ),
    })
}

fn self_financing(answers: &Answers) -> Option<Derived> {
    let rate = budget::self_financing_rate(answers, &budget::PRODUITS_FORECAST)?;
    Some(Derived {
        label: "Part des ventes dans les ressources",
        value: percent(rate),
        how: "ventes, rapportées aux ventes et aux subventions".to_owned(),
    })
}

fn per_referent(answers: &Answers) -> Option<Derived> {
    let people = accompagnement::people_per_referent(answers)?;
    Some(Derived {
        label: "Salariés par référent à temps plein",
        value: display_scaled(people.0, 2),
        how: "salariés en parcours, rapportés aux ETP des référents".to_owned(),
    })
}

fn realisation(answers: &Answers) -> Option<Derived> {
    let rate = resultats::realisation_rate(answers)?;
    Some(Derived {
        label: "Taux de réalisation",
        value: percent(rate),
        how: "ETP réalisés, rapportés aux ETP conventionnés".to_owned(),
    })
}

fn percent(rate: Hundredths) -> String {
    format!("{}\u{a0}%", display_scaled(rate.0, 2))
}

#[cfg(test)]
mod tests {
    use form::At;

    use super::*;

    #[test]
    fn the_aid_is_that_of_the_published_example() {
        let mut answers = Answers::default();
        for (field, raw) in [
            ("demande.siae_kind", "EI"),
            ("demande.perimeter", "DC"),
            ("demande.department", "58"),
            ("demande.request_kind", "annual"),
            ("demande.period_start", "01/01/2025"),
            ("demande.period_end", "31/12/2025"),
            ("moyens.etp_requested", "12,5"),
        ] {
            answers.set(At::once(field), raw.to_owned());
        }
        let shown = of("moyens.request", &answers);
        assert_eq!(shown.first().map(|d| d.value.as_str()), Some("166\u{202f}300,00\u{a0}€"));
    }
}
