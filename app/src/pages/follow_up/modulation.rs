//! Help to propose the part modulée, with its terms, to be weighed otherwise at will.

use dossier::follow_up::{
    Sheet,
    modulation::{Criterion, Line, Proposal, Weigh},
};
use form::{Hundredths, number};
use leptos::prelude::*;
use service::follow_up::FollowUp;

use crate::text;

/// The rate that is proposed, the calculation beside it.
#[component]
pub fn Modulation(
    /// What is known beside.
    follow_up: FollowUp,
    /// What is written.
    sheet: Sheet,
) -> impl IntoView {
    let proposal = follow_up.proposal(&sheet);
    let says = told(&proposal);
    let weighs = !matches!(proposal, Proposal::Fixed(_));
    let lines = match proposal {
        Proposal::Weighed(lines, _) => lines,
        Proposal::Fixed(_) | Proposal::Unread(_) => Vec::new(),
    };
    let rows = Criterion::ALL.into_iter().zip(sheet.weighing.criteria.clone()).map(
        |(criterion, weigh)| {
            let line = lines.iter().find(|line| line.criterion == criterion);
            row(criterion, weigh, line)
        },
    );
    let table = weighs.then(|| {
        view! {
            <details open=says.is_wrong>
                <summary>"Le calcul, ses poids et ses bornes"</summary>
                <div class="stack">
                    <p class="soft">{text::french("Une aide à la décision, jamais un classement. Les poids sont ceux de l'instruction DGEFP 2014-2 ; les bornes sont une proposition, à régler selon le type de structure et la région. Sous la borne basse un critère ne donne rien, à la borne haute il donne tout son poids.")}</p>
                    <table class="tbl cards">
                        <caption class="sr-only">"Calcul de la part modulée"</caption>
                        <thead><tr><th scope="col">"Critère"</th><th scope="col" class="r">"Chiffre"</th><th scope="col" class="r">"Poids"</th><th scope="col" class="r">"De"</th><th scope="col" class="r">"À"</th><th scope="col" class="r">"Donne"</th></tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                    <p><button class="btn" type="submit" name="calculer" value="oui">"Enregistrer et recalculer"</button></p>
                </div>
            </details>
        }
    });
    let class = if says.is_wrong { "error" } else { "hint" };
    view! {
        <div class="field" id="part-modulee">
            <label for="modulee">{text::french("Part modulée, en %")}<span class="optional">" (facultatif)"</span></label>
            <p class=class id="aide-modulee">{text::french(&says.text)}</p>
            <input class="input input-short" id="modulee" name="modulee" type="text" inputmode="decimal" value=sheet.modulated.clone() aria-describedby="aide-modulee" />
        </div>
        {table}
    }
}

/// What the calculation says, in a sentence.
struct Told {
    is_wrong: bool,
    text: String,
}

fn told(proposal: &Proposal) -> Told {
    let (is_wrong, text) = match proposal {
        Proposal::Fixed(rate) => {
            (false, format!("En milieu pénitentiaire, elle est toujours de {}.", percent(*rate)))
        }
        Proposal::Unread(says) => (true, (*says).to_owned()),
        Proposal::Weighed(_, Some(rate)) => (
            false,
            format!(
                "De 0 à 10 % du montant socle. Le calcul donne {} : à discuter.",
                percent(*rate)
            ),
        ),
        Proposal::Weighed(lines, None) => {
            let without: Vec<_> = lines
                .iter()
                .filter(|line| line.figure.is_none())
                .map(|line| line.criterion.label().to_lowercase())
                .collect();
            let text = format!(
                "De 0 à 10 % du montant socle. Pas de calcul : ce dossier ne dit rien sur « {} ».",
                without.join(" », « ")
            );
            (false, text)
        }
    };
    Told { is_wrong, text }
}

fn row(criterion: Criterion, weigh: Weigh, line: Option<&Line>) -> impl IntoView + use<> {
    let known = |value: Option<Hundredths>| value.map_or_else(|| "–".to_owned(), percent);
    let figure = known(line.and_then(|line| line.figure));
    let gives = known(line.and_then(|line| line.gives));
    let code = criterion.code();
    let input = |what: &'static str, label: &'static str, value: String| {
        let name = format!("{what}-{code}");
        let label = format!("{label}, {}", criterion.label().to_lowercase());
        view! { <input class="input input-short" name=name type="text" inputmode="decimal" value=value aria-label=label /> }
    };
    view! {
        <tr>
            <th scope="row">{criterion.label()}<span class="under">{criterion.measures()}</span></th>
            <td class="r" data-l="Chiffre">{figure}</td>
            <td class="r" data-l="Poids">{input("poids", "Poids en %", weigh.weight)}</td>
            <td class="r" data-l="De">{input("bas", "Borne basse en %", weigh.low)}</td>
            <td class="r" data-l="À">{input("haut", "Borne haute en %", weigh.high)}</td>
            <td class="r" data-l="Donne">{gives}</td>
        </tr>
    }
}

pub(super) fn percent(rate: Hundredths) -> String {
    format!("{}\u{a0}%", number::display_scaled(rate.0, 2))
}
