//! One envelope: its figures, what it was set to and by whom, and setting it.

use dossier::{
    envelope::{LONGEST_REASON, SetRefused},
    place::Place,
};
use form::number;
use leptos::prelude::*;
use service::envelopes::{Change, Envelope};

use super::{Consumed, both, kind_name, left};
use crate::{format, routes, text};

/// What somebody typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// ETP.
    pub etp: String,
    /// Euros.
    pub euros: String,
    /// Why.
    pub reason: String,
}

/// What the page shows.
pub struct OneEnvelope {
    /// Year.
    pub year: i32,
    /// The envelope.
    pub envelope: Envelope,
    /// What it was set to, latest first.
    pub changes: Vec<Change>,
    /// Whether this person sets it.
    pub editable: bool,
    /// What was typed, and why it was not kept.
    pub refused: Option<(String, Typed)>,
    /// Whether it was just set.
    pub done: bool,
}

/// Why an envelope was not set, and what to do.
pub fn sentence(why: SetRefused) -> String {
    let amount = |over: dossier::envelope::Dotation| {
        let etp = (over.etp.0 > 0).then(|| format!("{} ETP", number::etp(over.etp.0)));
        let euros = (over.cents.0 > 0).then(|| number::euros(over.cents.0));
        [etp, euros].into_iter().flatten().collect::<Vec<_>>().join(" et ")
    };
    match why {
        SetRefused::BadAmount => "Écrivez des ETP et des euros en chiffres, par exemple 310,50 et 6 200 000.".to_owned(),
        SetRefused::NoReason => format!("Dites pourquoi, en {LONGEST_REASON} caractères au plus : vos collègues le liront dans l'historique."),
        SetRefused::Same => "Ce sont les chiffres actuels : rien ne change.".to_owned(),
        SetRefused::NothingToDelegate => "La région n'a pas encore d'enveloppe pour ce type de structure : la DGEFP la notifie d'abord.".to_owned(),
        SetRefused::OverRegion(over) => format!(
            "Les départements auraient ensemble {} de plus que la région. Baissez ce montant, ou celui d'un autre département.", amount(over)
        ),
        SetRefused::BelowDelegated(over) => format!(
            "Les départements ont déjà {} de plus que ce montant. La DREETS réduit d'abord ce qu'elle leur a délégué.", amount(over)
        ),
    }
}

/// The page.
#[component]
pub fn OneEnvelopePage(
    /// What it shows.
    one: OneEnvelope,
) -> impl IntoView {
    let OneEnvelope { year, envelope, changes, editable, refused, done } = one;
    let Envelope { place, kind, balance, seen } = envelope;
    let is_region = matches!(place, Place::Region(_));
    let figure = |label: &'static str, value: AnyView, source: &'static str| {
        view! { <div class="figure"><dt>{label}</dt><dd class="fig two">{value}</dd><dd class="prov"><span class="badge">{source}</span></dd></div> }
    };
    let given = if is_region { "DGEFP" } else { "DREETS" };
    let figures = view! {
        {figure("Enveloppe", both(balance.given), given)}
        {is_region.then(|| figure("Délégué aux départements", both(Some(balance.delegated)), "DREETS"))}
        {is_region.then(|| figure("Reste à déléguer", left(balance.to_delegate()), "Calcul"))}
        {figure("Accordé par des annexes", both(Some(balance.granted)), "Annexes")}
        {figure("Demandé, en cours", both(Some(balance.asked)), "Dépôts")}
        {figure("Reste à allouer", left(balance.rest()), "Calcul")}
    };
    let form = editable.then(|| {
        let (problem, typed) = refused.clone().unzip();
        let now = balance.given.map(|given| Typed {
            etp: number::display_scaled(given.etp.0, 2),
            euros: number::display_scaled(given.cents.0, 2),
            reason: String::new(),
        });
        let Typed { etp, euros, reason } = typed.or(now).unwrap_or_default();
        let verb = if is_region { "Notifier" } else { "Déléguer" };
        view! {
            <section class="card pad stack no-print" aria-label="Modifier l'enveloppe">
                <h2 class="h3">{if seen == 0 { format!("{verb} l'enveloppe") } else { "Modifier l'enveloppe".to_owned() }}</h2>
                {problem.map(|says| view! { <p class="note note-garance" role="alert">{text::french(&says)}</p> })}
                <form method="post" action=routes::envelope(&place.code(), &kind, year) class="stack" autocomplete="off">
                    <input type="hidden" name="vu" value=seen.to_string() />
                    <div class="field"><label for="etp">"ETP sur l'année"</label>
                        <input class="input input-num" id="etp" name="etp" inputmode="decimal" required=true value=etp /></div>
                    <div class="field"><label for="euros">"Euros"</label>
                        <input class="input input-mid" id="euros" name="euros" inputmode="decimal" required=true value=euros /></div>
                    <div class="field"><label for="raison">"Raison"</label>
                        <p class="hint" id="raison-aide">{text::french("Par exemple « Notification du 12 janvier » : elle reste dans l'historique.")}</p>
                        <input class="input" id="raison" name="raison" required=true maxlength=LONGEST_REASON.to_string() value=reason aria-describedby="raison-aide" /></div>
                    <p class="actions"><button class="btn btn-main" type="submit">"Enregistrer"</button></p>
                </form>
            </section>
        }
    });
    let rows = changes.iter().enumerate().map(|(rank, change)| {
        let before = changes.get(rank + 1).map(|one| one.to);
        view! {
            <tr>
                <th scope="row">{format::moment(change.at)}</th>
                <td data-l="Par">{change.by_name.clone()}</td>
                <td class="r" data-l="De">{both(before)}</td>
                <td class="r" data-l="À">{both(Some(change.to))}</td>
                <td data-l="Raison">{change.reason.clone()}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let history = if rows.is_empty() {
        view! { <p>{text::french("Rien n'a encore été notifié ici.")}</p> }.into_any()
    } else {
        view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label="Changements de l'enveloppe">
                <table class="tbl cards">
                    <caption class="sr-only">"Historique, du plus récent au plus ancien"</caption>
                    <thead><tr><th scope="col">"Quand"</th><th scope="col">"Par"</th><th scope="col" class="r">"De"</th><th scope="col" class="r">"À"</th><th scope="col">"Raison"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs"><a href=routes::envelopes(year)>{format!("Enveloppes {year}")}</a></p>
                <h1>{format!("{} · {}", kind, place.name())}</h1>
                <p class="lead">{format!("{}, {year}.", kind_name(&kind))}</p>
            </header>
            {done.then(|| view! { <p class="note note-sauge" role="status">"L'enveloppe est enregistrée."</p> })}
            <dl class="figures">{figures}</dl>
            <Consumed balance />
            {form}
            <section class="card pad stack" aria-label="Historique"><h2 class="h3">"Historique"</h2>{history}</section>
        </div>
    }
}
