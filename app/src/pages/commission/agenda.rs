//! The agenda of a sitting, as it is prepared: order, presentations, deposits.

use dossier::commission::{LONGEST_WORDS, Purpose, Standing};
use form::Date;
use leptos::prelude::*;
use service::commission::{Item, Outcome, Sitting};
use ui::TextArea;

use super::{OutcomeTag, delay, posts, request};
use crate::{format, routes, text};

/// A presentation that was not kept.
#[derive(Clone, Debug)]
pub struct Unkept {
    /// Of which dossier.
    pub dossier: String,
    /// What was written.
    pub words: String,
    /// Why it was not kept.
    pub why: &'static str,
}

/// The agenda.
#[component]
pub fn Agenda(
    /// The sitting.
    sitting: Sitting,
    /// What is on it.
    items: Vec<Item>,
    /// A presentation that was not kept.
    unkept: Option<Unkept>,
    /// Today.
    today: Date,
) -> impl IntoView {
    let empty = items.is_empty().then(|| {
        view! { <p class="soft">{text::french("L'ordre du jour est vide. Les dossiers qui attendent sont proposés ci-dessous.")}</p> }
    });
    let parts = Purpose::ALL.map(|purpose| {
        let of: Vec<&Item> = items.iter().filter(|item| item.purpose == purpose).collect();
        let last = of.len();
        let lines = of.into_iter().enumerate().map(|(place, item)| {
            let unkept = unkept.clone().filter(|one| one.dossier == item.dossier.as_str());
            let ends = (place == 0, place + 1 == last);
            line(&sitting, item, ends, unkept, today)
        });
        let lines: Vec<_> = lines.collect();
        (!lines.is_empty()).then(|| {
            view! { <h3>{purpose.label()}</h3> <ol class="agenda">{lines}</ol> }
        })
    });
    view! {
        <section class="card pad stack" aria-labelledby="ordre">
            <h2 id="ordre" class="h3">"Ordre du jour"</h2>
            {empty}
            {parts.into_iter().collect_view()}
        </section>
    }
}

fn line(
    sitting: &Sitting,
    item: &Item,
    (first, last): (bool, bool),
    unkept: Option<Unkept>,
    today: Date,
) -> AnyView {
    let outcome = item.outcome(today);
    let open = sitting.stage().is_open() && item.standing == Standing::Open;
    let dossier = item.dossier.to_string();
    let id = sitting.id.to_string();
    let referred = item.referred_at.filter(|_| item.purpose == Purpose::Opinion);
    let referred = referred.map(|at| format!("Commission saisie le {}. ", format::day(at)));
    let delay = delay(&outcome);
    let times = (referred.is_some() || delay.is_some()).then(|| {
        let says = format!("{}{}", referred.unwrap_or_default(), delay.unwrap_or_default());
        view! { <p class="soft">{text::french(&says)}</p> }
    });
    let opinion = match &outcome {
        Outcome::Noted(opinion) if !opinion.words.is_empty() => {
            Some(view! { <p class="words">{opinion.words.clone()}</p> })
        }
        _ => None,
    };
    let moved = item.has_moved().then(|| moved(&id, item, open));
    let late = sitting.sent_at().filter(|sent| item.put_at > *sent && open).map(|_| {
        view! { <p class="soft">{text::french("Ajouté depuis l'envoi du dossier de séance : envoyez-le de nouveau.")}</p> }
    });
    let words = words(&id, item, open, unkept);
    let gestures = open.then(|| {
        let button = |geste: &'static str, says: &'static str, off: bool| {
            let label = format!("{says} : {}", item.structure_name);
            view! { <button class="btn btn-s" type="submit" name="geste" value=geste disabled=off aria-label=label>{says}</button> }
        };
        view! {
            <form method="post" action=routes::sitting_agenda(&id) class="actions no-print">
                <input type="hidden" name="dossier" value=dossier.clone() />
                {button("monter", "Monter", first)}
                {button("descendre", "Descendre", last)}
                {button("retirer", "Retirer", false)}
            </form>
        }
    });
    view! {
        <li id=format!("point-{dossier}")>
            <p>
                <a href=routes::instruction(&dossier)><strong>{item.structure_name.clone()}</strong></a>
                " "<span class="kind">{item.kind.clone()}</span>" "
                <OutcomeTag outcome />
            </p>
            <p>{text::french(&format!("{}, {}.", request(&item.nature, item.year), posts(item.etp)))}</p>
            <p class="soft">{text::french(item.circuit().why)}</p>
            {times}
            {opinion}
            {moved}
            {late}
            {words}
            {gestures}
        </li>
    }
    .into_any()
}

/// That the structure deposited again.
fn moved(id: &str, item: &Item, open: bool) -> AnyView {
    let says = format!(
        "La structure a déposé de nouveau le {}. Le dossier de séance montre le dépôt n°\u{a0}{}.",
        format::day(item.deposited_at),
        item.deposit
    );
    let take = open.then(|| {
        view! {
            <form method="post" action=routes::sitting_agenda(id) class="no-print">
                <input type="hidden" name="dossier" value=item.dossier.to_string() />
                <button class="btn btn-s" type="submit" name="geste" value="reprendre">"Montrer le dernier dépôt"</button>
            </form>
        }
    });
    view! { <div class="note note-gaude"><p>{text::french(&says)}</p>{take}</div> }.into_any()
}

/// The presentation, and writing it.
fn words(id: &str, item: &Item, open: bool, unkept: Option<Unkept>) -> AnyView {
    let shown = (!item.words.is_empty()).then(|| {
        view! { <p class="words">{item.words.clone()}</p> }
    });
    if !open {
        return shown.into_any();
    }
    let dossier = item.dossier.to_string();
    let field = format!("presentation-{dossier}");
    let is_open = unkept.is_some();
    let (why, typed) = unkept.map_or((None, item.words.clone()), |one| (Some(one.why), one.words));
    let summary = if item.words.is_empty() {
        "Présenter ce dossier aux membres"
    } else {
        "Modifier la présentation"
    };
    let most = u32::try_from(LONGEST_WORDS).unwrap_or(u32::MAX);
    view! {
        {shown}
        <details class="no-print" open=is_open>
            <summary>{summary}<span class="sr-only">{format!(" : {}", item.structure_name)}</span></summary>
            <form method="post" action=routes::sitting_agenda(id) class="stack" autocomplete="off">
                <input type="hidden" name="dossier" value=dossier />
                <input type="hidden" name="vu" value=item.words_version.to_string() />
                {why.map(|why| view! { <p class="error" role="alert">{text::french(why)}</p> })}
                <div class="field">
                    <label for=field.clone()>"Points à présenter"</label>
                    <p class="hint">{text::french("Les membres de la commission liront ce texte. Vos annotations n'y figurent jamais.")}</p>
                    <TextArea id=field name="mots" initial=typed maxlength=most />
                </div>
                <p><button class="btn" type="submit" name="geste" value="presenter">"Enregistrer la présentation"</button></p>
            </form>
        </details>
    }
    .into_any()
}
