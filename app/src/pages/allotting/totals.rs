//! Where the simulation leads: what was given, what is granted, what is simulated, what would be left.

use dossier::{
    allotting::Totals as Sums,
    envelope::{Balance, Dotation},
};
use leptos::prelude::*;
use service::allotting::Opened;

use super::amount;
use crate::{
    pages::envelopes::{both, left},
    text,
};

/// The running totals.
#[component]
pub(super) fn Totals(opened: Opened) -> impl IntoView {
    let Opened { lines, balance, .. } = opened;
    let totals = Sums::of(&lines);
    let rest = totals.rest(balance.rest());
    let figure = |label: &'static str, value: AnyView, says: String| {
        view! {
            <div class="figure"><dt>{label}</dt><dd class="fig two">{value}</dd><dd class="prov"><span>{says}</span></dd></div>
        }
    };
    let proposed = match totals.proposed {
        0 => String::new(),
        n => format!(", dont {n} déjà en proposition"),
    };
    let simulated =
        format!("{} à accorder, {} à refuser{proposed}", totals.granted, totals.refused);
    let waiting = match totals.undecided {
        0 => "Tout est vu".to_owned(),
        n => text::count(n, "demande à voir", "demandes à voir"),
    };
    let given = match balance.given {
        Some(_) => "Notifiée ou déléguée".to_owned(),
        None => "Pas encore notifiée".to_owned(),
    };
    let over = rest.and_then(Dotation::over).map(|over| {
        let says = format!("L'enveloppe serait dépassée de {}.", amount(over));
        view! { <p class="note note-garance"><strong>{text::french(&says)}</strong></p> }
    });
    let flat = (totals.without_amount > 0).then(|| {
        let count = text::count(totals.without_amount, "demande n'a", "demandes n'ont");
        let says = format!("{count} pas de montant calculé (forfait, ou dépôt sans période) : les euros ne sont pas comptés.");
        view! { <p class="soft">{text::french(&says)}</p> }
    });
    let bar = Balance { granted: balance.granted, asked: totals.costs, ..balance };
    view! {
        <section id="totaux" class="stack" aria-label="Totaux de la simulation" aria-live="polite">
            <dl class="figures">
                {figure("Enveloppe", both(balance.given), given)}
                {figure("Déjà accordé", both(Some(balance.granted)), "Par des annexes de l'année".to_owned())}
                {figure("Simulé", both(Some(totals.costs)), simulated)}
                {figure("Reste à allouer", left(rest), if rest.is_some() { "Après la simulation".to_owned() } else { "Sans enveloppe, pas de reste".to_owned() })}
                {figure("Demandé, à voir", both(Some(totals.waiting)), waiting)}
            </dl>
            <crate::pages::envelopes::Consumed balance=bar />
            {over}
            {flat}
        </section>
    }
}
