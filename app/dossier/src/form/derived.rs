//! What is computed from answers and shown beside them, with its calculation. Never stored.

use form::{
    Answers, Cents, Field, Hundredths,
    number::{display_scaled, etp, euros},
};

use super::{
    bilan::{finances, resultats, sorties},
    budget, moyens,
    projet::accompagnement,
};
use crate::exits::Category;

/// Shown where there is no figure.
const NONE: &str = "—";

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
        "moyens.departement" => departmental_share(answers).into_iter().collect(),
        "moyens.people" => supervision(answers).into_iter().collect(),
        "budget.income" => {
            let columns = (&budget::CHARGES_FORECAST, &budget::PRODUITS_FORECAST);
            let result = net_result(answers, columns, "Résultat prévu");
            gap(answers).into_iter().chain(result).chain(self_financing(answers)).collect()
        }
        "finances.income" => {
            let columns = (&finances::CHARGES_REALIZED, &finances::PRODUITS_REALIZED);
            net_result(answers, columns, "Résultat de l'année").into_iter().collect()
        }
        "sorties.categories" => exit_rates(answers),
        "projet.a2_team" => per_referent(answers).into_iter().collect(),
        "resultats.fte" => realisation(answers).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Amount of the annexe financière: see [`crate::money::annex_total`].
fn aid(answers: &Answers) -> Option<Derived> {
    let of_annex = answers.get(&moyens::UNIT_AMOUNT).is_some();
    if !of_annex && moyens::is_flat_rate(answers) {
        return Some(Derived {
            label: "Aide au poste calculée",
            value: NONE.to_owned(),
            how: "Depuis le 01/01/2025, l'aide aux EITI est un forfait par travailleur indépendant : aucun montant par ETP ne s'applique".to_owned(),
        });
    }
    let total = moyens::total_amount(answers)?;
    let monthly = moyens::monthly_amount(answers)?;
    let unit = moyens::unit_amount(answers)?;
    let months = moyens::months(answers)?;
    let requested = answers.get(&moyens::ETP_REQUESTED)?;
    let text = match moyens::published_amount(answers) {
        Some(published) if !of_annex => published.text(),
        _ => "montant de votre annexe".to_owned(),
    };
    let period = if moyens::is_first_year_only(answers) {
        "pour la première année".to_owned()
    } else {
        format!("sur {months} mois")
    };
    Some(Derived {
        label: "Aide au poste calculée",
        value: euros(total.0),
        how: format!(
            "{} ETP × {} ({text}), {period}, soit {} par mois",
            etp(requested.0),
            euros(unit.0),
            euros(monthly.0)
        ),
    })
}

/// What the conseil départemental carries of the aid.
fn departmental_share(answers: &Answers) -> Option<Derived> {
    let (share, theirs, state) = moyens::departmental_share(answers)?;
    Some(Derived {
        label: "Part du département dans l'aide au poste",
        value: percent(share),
        how: format!(
            "{} ETP financés par le département et {} par l'État",
            etp(theirs.0),
            etp(state.0)
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

fn gap(answers: &Answers) -> Option<Derived> {
    let charges = budget::total_charges(answers, &budget::CHARGES_FORECAST)?;
    let produits = budget::total_produits(answers, &budget::PRODUITS_FORECAST)?;
    let gap = produits.0 - charges.0;
    Some(Derived {
        label: "Écart entre produits et charges",
        value: euros(gap),
        how: format!(
            "{} de produits moins {} de charges. Le budget est équilibré quand l'écart est nul",
            euros(produits.0),
            euros(charges.0)
        ),
    })
}

/// The result that the balance of a budget says.
fn net_result(
    answers: &Answers,
    (charges, produits): (&Field<Cents>, &Field<Cents>),
    label: &'static str,
) -> Option<Derived> {
    budget::total_charges(answers, charges)?;
    budget::total_produits(answers, produits)?;
    Some(Derived {
        label,
        value: euros(budget::net_result(answers, charges, produits).0),
        how: "la ligne « Excédent » moins la ligne « Déficit »".to_owned(),
    })
}

/// Rates of exits, over those examined.
fn exit_rates(answers: &Answers) -> Vec<Derived> {
    let Some(exits) = sorties::exits(answers) else { return Vec::new() };
    let few = if exits.are_few() { ", effectif faible" } else { "" };
    let line = |label, count: i64, rate: Option<Hundredths>| Derived {
        label,
        value: rate.map_or_else(|| NONE.to_owned(), percent),
        how: format!("{count} sur {} sorties examinées{few}", exits.examined()),
    };
    let dynamic = DYNAMIC.iter().map(|(category, _)| exits.of(*category)).sum();
    DYNAMIC
        .iter()
        .map(|(category, label)| line(label, exits.of(*category), exits.rate(*category)))
        .chain([line("Taux de sorties dynamiques", dynamic, exits.rate_dynamic())])
        .collect()
}

/// Categories that count as dynamic, with the name of their rate.
const DYNAMIC: [(Category, &str); 3] = [
    (Category::Sustainable, "Taux d'emploi durable"),
    (Category::Transition, "Taux d'emploi de transition"),
    (Category::Positive, "Taux de sorties positives"),
];

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
    use super::*;
    use crate::form::read::tests::answers;

    const EI_2025: &[(&str, &str)] = &[
        ("demande.siae_kind", "EI"),
        ("demande.perimeter", "DC"),
        ("demande.department", "58"),
        ("demande.request_kind", "annual"),
        ("demande.period_start", "01/01/2025"),
        ("demande.period_end", "31/12/2025"),
        ("moyens.etp_requested", "12,5"),
    ];

    /// Values and calculations, with plain spaces.
    fn shown(group: &str, common: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<(String, String)> {
        let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
        of(group, &answers(&[common, more].concat()))
            .into_iter()
            .map(|figure| (plain(&figure.value), plain(&figure.how)))
            .collect()
    }

    fn pair(value: &str, how: &str) -> (String, String) {
        (value.to_owned(), how.to_owned())
    }

    #[test]
    fn the_aid_names_its_amount_and_the_text_behind_it() {
        let how = "12,50 ETP × 13 304,00 € (arrêté du 04/12/2024, depuis le 01/01/2025), sur 12 mois, soit 13 858,33 € par mois";
        assert_eq!(shown("moyens.request", EI_2025, &[]), [pair("166 300,00 €", how)]);
        let three_years = [("demande.period_end", "31/12/2027")];
        let how = how.replace("sur 12 mois", "pour la première année");
        assert_eq!(shown("moyens.request", EI_2025, &three_years), [pair("166 300,00 €", &how)]);
        let annexed = [("moyens.unit_amount", "10000")];
        let how = "12,50 ETP × 10 000,00 € (montant de votre annexe), sur 12 mois, soit 10 416,67 € par mois";
        assert_eq!(shown("moyens.request", EI_2025, &annexed), [pair("125 000,00 €", how)]);
    }

    #[test]
    fn no_amount_applies_to_an_etp_of_eiti_since_the_flat_rate() {
        let now = shown("moyens.request", EI_2025, &[("demande.siae_kind", "EITI")]);
        assert_eq!(now.len(), 1);
        assert_eq!(now[0].0, "—");
        assert!(now[0].1.contains("forfait"), "{now:?}");
        let before = [
            ("demande.siae_kind", "EITI"),
            ("demande.period_start", "01/01/2024"),
            ("demande.period_end", "31/12/2024"),
        ];
        assert_eq!(shown("moyens.request", EI_2025, &before)[0].0, "80 537,50 €");
    }

    #[test]
    fn the_departement_carries_its_share_of_the_etp() {
        // The published example: a unit amount of 19 897 €, hence 310 393,20 € in all.
        let aci = [
            ("demande.siae_kind", "ACI"),
            ("demande.period_start", "01/01/2018"),
            ("demande.period_end", "31/12/2018"),
            ("moyens.etp_requested", "15,60"),
            ("moyens.cofinancing", "oui"),
            ("moyens.cofinancing_amount", "72150,90"),
        ];
        let how = "3,63 ETP financés par le département et 11,97 par l'État";
        assert_eq!(shown("moyens.departement", EI_2025, &aci), [pair("23,25 %", how)]);
        let alone = [("moyens.cofinancing", "non"), ("moyens.cofinancing_amount", "72150,90")];
        assert!(shown("moyens.departement", EI_2025, &alone).is_empty());
    }

    #[test]
    fn the_result_is_what_balances_the_budget() {
        let budget = [
            ("budget.charges.forecast#64", "900"),
            ("budget.charges.forecast#surplus", "100"),
            ("budget.produits.forecast#70", "1000"),
        ];
        let figures = shown("budget.income", &budget, &[]);
        let values: Vec<&str> = figures.iter().map(|(value, _)| value.as_str()).collect();
        assert_eq!(values, ["0,00 €", "100,00 €", "100,00 %"]);
        let loss = [
            ("finances.charges.realized#64", "900"),
            ("finances.produits.realized#70", "800"),
            ("finances.produits.realized#deficit", "100"),
        ];
        assert_eq!(shown("finances.income", &loss, &[])[0].0, "−100,00 €");
        assert!(shown("budget.income", &[], &[]).is_empty());
    }

    #[test]
    fn the_dynamic_categories_all_have_a_rate() {
        let named: Vec<Category> = DYNAMIC.iter().map(|(category, _)| *category).collect();
        let dynamic: Vec<Category> =
            Category::ALL.into_iter().filter(|category| category.is_dynamic()).collect();
        assert_eq!(named, dynamic);
    }

    #[test]
    fn exits_make_rates_and_few_exits_are_said_to_be_few() {
        let ten = [
            ("sorties.exits.realized#sustainable", "3"),
            ("sorties.exits.realized#transition", "2"),
            ("sorties.exits.realized#positive", "1"),
            ("sorties.exits.realized#other", "4"),
            ("sorties.exits.realized#withdrawn", "2"),
        ];
        let over = |count: u8| format!("{count} sur 10 sorties examinées");
        assert_eq!(
            shown("sorties.categories", &ten, &[]),
            [
                ("30,00 %".to_owned(), over(3)),
                ("20,00 %".to_owned(), over(2)),
                ("10,00 %".to_owned(), over(1)),
                ("60,00 %".to_owned(), over(6)),
            ]
        );
        let four = [
            ("sorties.exits.realized#transition", "1"),
            ("sorties.exits.realized#positive", "0"),
            ("sorties.exits.realized#other", "0"),
        ];
        let few = shown("sorties.categories", &ten, &four);
        assert_eq!(few[0], pair("75,00 %", "3 sur 4 sorties examinées, effectif faible"));
        let nobody = [
            ("sorties.exits.realized#sustainable", "0"),
            ("sorties.exits.realized#transition", "0"),
        ];
        let none = shown("sorties.categories", &ten, &[&four[..], &nobody].concat());
        assert!(none.iter().all(|(value, _)| value == "—"), "{none:?}");
        let unfinished = [("sorties.exits.realized#other", "")];
        assert!(shown("sorties.categories", &ten, &unfinished).is_empty());
    }
}
