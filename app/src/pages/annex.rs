//! The convention and its annexe financière, as a paper to read, print and sign.

use dossier::{
    annex::{AnnexState, Numbers, Terms, provisional::Standing},
    form::{
        moyens,
        objectifs::{RATE_DYNAMIC, RATE_POSITIVE, RATE_SUSTAINABLE, RATE_TRANSITION},
    },
};
use form::{Date, Field, Hundredths, number};
use leptos::prelude::*;
use service::{
    annexes::Provisional,
    instruction::{Annex, Paper},
};
use ui::Tag;

use super::Crumbs;
use crate::{format, routes, text};

/// The page.
#[component]
pub fn AnnexPage(
    /// What it says.
    paper: Paper,
    /// Whether an agent reads it.
    agent: bool,
    /// Whether this person notes that both have signed.
    may_sign: bool,
    /// What stands against the day that was sent.
    refused: Option<&'static str>,
    /// Today.
    today: Date,
) -> impl IntoView {
    let Paper { head, annex, structure, answers, annexes, provisional } = paper;
    let id = head.id.to_string();
    let crumbs = if agent {
        view! { <p class="crumbs"><a href=routes::RECEIVED>"Dossiers reçus"</a>" › "<a href=routes::instruction(&id)>{structure.name.clone()}</a></p> }.into_any()
    } else {
        view! { <Crumbs head=head.clone() /> }.into_any()
    };
    let tone = match annex.state {
        AnnexState::ToSign => "t-gaude",
        AnnexState::Valid => "t-sauge",
        AnnexState::Replaced => "",
    };
    let signing = (may_sign && annex.state == AnnexState::ToSign)
        .then(|| view! { <Signing id=id.clone() refused today /> });
    let to_check = !annex.is_ours && annex.state == AnnexState::ToSign;
    let check = to_check.then(|| {
        view! { <p class="note no-print">{text::french("La convention a été conclue avant Trame : le numéro de l'annexe est déduit du sien. Vérifiez-le dans l'extranet de l'ASP avant de signer.")}</p> }
    });
    let begins = annex.convention_end.map(|end| {
        let said = format!(
            "La convention n° {} est conclue du {} au {}, en application de l'article L. 5132-2 du code du travail{}.",
            annex.numbers.convention,
            format::date(annex.terms.start),
            format::date(end),
            article(&head.kind),
        );
        view! { <p>{text::french(&said)}</p> }
    });
    let goes_on = provisional.iter().filter(|one| one.dossier == head.id);
    let goes_on = goes_on.filter(|one| one.standing(today) == Standing::Runs).map(goes_on_with);
    let goes_on = goes_on.collect_view();
    let rates = [
        ("Emploi durable", &RATE_SUSTAINABLE),
        ("Emploi de transition", &RATE_TRANSITION),
        ("Sorties positives", &RATE_POSITIVE),
        ("Sorties dynamiques", &RATE_DYNAMIC),
    ];
    let rate = |(label, field): (&'static str, &Field<Hundredths>)| {
        let rate = answers.get(field)?;
        let said = format!("{}\u{a0}%", number::display_scaled(rate.0, 2));
        Some(view! { <div><dt>{label}</dt><dd>{said}</dd></div> })
    };
    let rates: Vec<_> = rates.into_iter().filter_map(rate).collect();
    let text_of_amount = moyens::published_amount(&answers).map(dossier::reference::Amount::text);
    let parties = [
        ("L'État", format!("Préfecture, DDETS, département {}", head.department)),
        ("La structure", format!("{}, {}", structure.name, structure.commune)),
        ("SIRET", form::Kind::Siret.display(&structure.siret)),
        ("Convention", annex.numbers.convention.clone()),
        (
            "Période",
            format!("du {} au {}", format::date(annex.terms.start), format::date(annex.terms.end)),
        ),
        ("Décision", format!("{}, {}", annex.by_name, format::day(annex.at))),
    ];
    let parties = parties.map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> });
    let objectives = (!rates.is_empty()).then(|| {
        view! {
            <h2>"Objectifs de sortie"</h2>
            <dl class="facts">{rates}</dl>
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                {crumbs}
                <h1>"Annexe financière "<span class="nowrap">{annex.numbers.display()}</span></h1>
                <p class="tags"><span class="kind">{head.kind.clone()}</span><Tag tone=tone text=annex.state.label() /></p>
            </header>
            {check}
            {signing}
            {goes_on}
            <article class="card pad stack paper">
                {begins}
                <dl class="facts">{parties.to_vec()}</dl>
                <h2>"Aide au poste"</h2>
                <Amounts annex=annex.clone() text_of_amount />
                {objectives}
                <Signatures annex=annex.clone() />
            </article>
            <p class="no-print"><a href=routes::convention(&id)>"La convention : où elle en est, son histoire"</a></p>
            <Story here=annex annexes provisional today />
            <p class="soft no-print">"Cette page s'imprime : elle tient sur une feuille, à signer des deux côtés."</p>
        </div>
    }
}

/// The article that governs the conventions of a kind (domain reference 2.1).
fn article(kind: &str) -> &'static str {
    match kind {
        "EI" => " et des articles R. 5132-1 et suivants",
        "ETTI" => " et des articles R. 5132-10-6 et suivants",
        "AI" => " et des articles R. 5132-11 et suivants",
        "ACI" => " et des articles R. 5132-27 et suivants",
        _ => "",
    }
}

/// What is paid, and how it is computed.
#[component]
fn Amounts(annex: Annex, text_of_amount: Option<String>) -> impl IntoView {
    let terms = annex.terms;
    let etp = number::etp(terms.grant.etp.0);
    let mut lines = vec![("ETP d'insertion", etp.clone(), String::new())];
    if let (Some(unit), Some(total), Some(monthly)) = (terms.unit, terms.total(), terms.monthly()) {
        let how = text_of_amount.unwrap_or_else(|| "montant de l'annexe en cours".to_owned());
        lines.push(("Montant socle pour un ETP", number::euros(unit.0), how));
        let how = if terms.months == 12 {
            format!("{etp} × {}", number::euros(unit.0))
        } else {
            format!("{} × {} mois", number::euros(monthly.0), terms.months)
        };
        lines.push(("Aide au poste, montant socle", number::euros(total.0), how));
        lines.push((
            "Versement mensuel",
            number::euros(monthly.0),
            format!("{etp} × {} ÷ 12", number::euros(unit.0)),
        ));
    } else {
        lines.push((
            "Aide",
            "forfait".to_owned(),
            "par travailleur indépendant, depuis le 1er janvier 2025".to_owned(),
        ));
    }
    if let (1.., Some(amount)) = (terms.grant.modulated.0, terms.modulated()) {
        let how = format!(
            "{} % du montant socle, au plus : elle se verse sur les ETP réalisés",
            number::display_scaled(terms.grant.modulated.0, 2)
        );
        lines.push(("Part modulée", number::euros(amount.0), how));
    }
    if let Some(departmental) = terms.departmental {
        lines.push((
            "Dont conseil départemental",
            number::euros(departmental.0),
            "convention annuelle d'objectifs et de moyens (code du travail, L. 5132-3-1)"
                .to_owned(),
        ));
    }
    let rows = lines.into_iter().map(|(label, value, how)| {
        view! { <tr><th scope="row">{label}</th><td class="r">{value}</td><td class="soft">{text::french(&how)}</td></tr> }
    });
    view! {
        <table class="tbl">
            <caption class="sr-only">"Montants de l'annexe financière"</caption>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// Where both sign.
#[component]
fn Signatures(annex: Annex) -> impl IntoView {
    let when = annex.signed.map_or_else(
        || "Fait en deux exemplaires, le".to_owned(),
        |day| format!("Signée par les deux parties le {}.", format::date(day)),
    );
    view! {
        <p>{when}</p>
        <div class="signatures">
            <p>"Pour l'État"</p>
            <p>"Pour la structure"</p>
        </div>
    }
}

/// Noting the day that both had signed.
#[component]
fn Signing(id: String, refused: Option<&'static str>, today: Date) -> impl IntoView {
    let error = refused.map(|error| view! { <p class="error" role="alert">{error}</p> });
    view! {
        <form method="post" action=routes::annex(&id) class="card pad stack no-print" autocomplete="off">
            {error}
            <div class="field">
                <label for="jour">"Signée des deux côtés le"</label>
                <input class="input input-mid" id="jour" name="jour" type="date" required=true value=today.to_string() max=today.to_string() />
            </div>
            <p><button class="btn btn-main" type="submit">"Noter la signature"</button></p>
        </form>
    }
}

/// What the provisional annexe of the year after says, while it runs.
fn goes_on_with(one: &Provisional) -> impl IntoView + use<> {
    let (terms, etp) = (&one.terms, number::etp(one.terms.grant.etp.0));
    let amount = terms.total().zip(terms.unit).map_or_else(
        || "au forfait".to_owned(),
        |(total, unit)| format!("× {} = {}", number::euros(unit.0), number::euros(total.0)),
    );
    let whole = terms.months == 12;
    let amount = if whole { amount } else { format!("{amount}, sur {} mois", terms.months) };
    let says = format!(
        "En attendant la décision de l'année, l'annexe provisoire {} continue celle-ci du {} au {} : {etp} ETP {amount}. Aucun droit ne s'arrête.",
        one.numbers.display(),
        format::date(terms.start),
        format::date(terms.end),
    );
    view! { <p class="note" role="note">{text::french(&says)}</p> }
}

/// The annexes of the convention, one after the other.
#[component]
fn Story(
    here: Annex,
    annexes: Vec<Annex>,
    provisional: Vec<Provisional>,
    today: Date,
) -> impl IntoView {
    let says = |numbers: &Numbers, terms: &Terms| {
        format!(
            "{}, du {} au {}, {} ETP",
            numbers.display(),
            format::date(terms.start),
            format::date(terms.end),
            number::etp(terms.grant.etp.0),
        )
    };
    let granted = annexes.into_iter().map(|annex| {
        let says = says(&annex.numbers, &annex.terms);
        let href = routes::annex(annex.dossier.as_str());
        let line = if annex.dossier == here.dossier {
            view! { <b>{says}</b> }.into_any()
        } else {
            view! { <a href=href>{says}</a> }.into_any()
        };
        ((annex.numbers.renewal, annex.numbers.modification), line, annex.state.label())
    });
    let provisional = provisional.into_iter().map(|one| {
        let line = says(&one.numbers, &one.terms).into_any();
        ((one.numbers.renewal, one.numbers.modification), line, one.standing(today).label())
    });
    let mut lines: Vec<_> = granted.chain(provisional).collect();
    lines.sort_by_key(|(numbers, ..)| *numbers);
    let items = lines.into_iter().map(|(_, line, state)| {
        view! { <li>{line}" "<span class="soft">{state}</span></li> }
    });
    let items: Vec<_> = items.collect();
    (items.len() > 1).then(|| {
        view! {
            <section class="card pad stack no-print" aria-labelledby="histoire">
                <h2 id="histoire" class="h3">"Les annexes de cette convention"</h2>
                <ol class="note-list">{items}</ol>
            </section>
        }
    })
}
