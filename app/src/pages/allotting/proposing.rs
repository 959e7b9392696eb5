//! Turning a simulation into proposals: what is ready and what is blocked, then what came of each.

use dossier::{
    act::{LONGEST, Sense},
    allotting::{Blocked, Line, Preflight},
    id::DossierId,
};
use form::number;
use leptos::prelude::*;
use service::allotting::{Opened, ProposeError, Run, RunLine, Words};
use ui::{Icon, IconName, Tag, TextArea};

use super::{Head, amount};
use crate::{format, routes, text};

/// Why nothing was proposed, and what to do.
pub const fn sentence(error: ProposeError) -> &'static str {
    match error {
        ProposeError::Nothing => {
            "Rien n'est prêt : choisissez d'abord dans la simulation ce que vous accordez ou refusez, ou levez ce qui bloque ci-dessous."
        }
        ProposeError::NoWords(Sense::Favourable) => {
            "Écrivez le motif des propositions favorables, en 4 000 caractères au plus : la personne qui signe le lira."
        }
        ProposeError::NoWords(Sense::Unfavourable) => {
            "Écrivez le motif des propositions défavorables, en 4 000 caractères au plus : la personne qui signe le lira."
        }
        ProposeError::NoReason => {
            "La simulation dépasse l'enveloppe : dites pourquoi vous proposez quand même, ou baissez ce qui est accordé."
        }
        ProposeError::Changed => {
            "La simulation ou un dossier a changé entre-temps : relisez ce qui est prêt, puis recommencez."
        }
        ProposeError::NotFound | ProposeError::Store(_) => "Réessayez dans une minute.",
    }
}

/// What the page before shows.
pub struct Before {
    /// The simulation.
    pub opened: Opened,
    /// What is ready and what is not.
    pub flight: Preflight,
    /// What was typed, and why nothing was proposed.
    pub refused: Option<(&'static str, Words)>,
    /// Each time that it was done before, latest first.
    pub runs: Vec<Run>,
}

/// The page before.
#[component]
pub fn BeforePage(
    /// What it shows.
    before: Before,
) -> impl IntoView {
    let Before { opened, flight, refused, runs } = before;
    let id = opened.allotment.id.to_string();
    let lines = opened.lines.clone();
    let line =
        |dossier: &DossierId| lines.iter().find(|line| line.request.dossier == *dossier).cloned();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (problem, words) = refused.unzip();
    let words = words.unwrap_or_default();
    let problem = problem
        .map(|says| view! { <p class="note note-garance" role="alert">{text::french(says)}</p> });
    let lead = [
        text::count(count(flight.ready.len()), "demande prête", "demandes prêtes"),
        text::count(count(flight.blocked.len()), "bloquée", "bloquées"),
        format!("{} encore à voir", flight.undecided),
    ]
    .join(", ");
    let rows = flight.ready.iter().map(|ready| {
        let known = line(&ready.dossier);
        let name = known.as_ref().map(|line| line.request.structure_name.clone());
        let costs = known.as_ref().map(Line::costs).filter(|_| ready.said.grant.is_some());
        let favourable = ready.said.proposal == Some(Sense::Favourable);
        let etp = ready.said.grant.map(|grant| format!("{} ETP", number::etp(grant.etp.0)));
        let own = ready.said.message.clone();
        view! {
            <tr>
                <th scope="row"><a href=routes::instruction(ready.dossier.as_str())>{name}</a></th>
                <td data-l="Proposition">{if favourable { "Accorder" } else { "Refuser" }}</td>
                <td class="r" data-l="ETP">{etp}</td>
                <td class="r" data-l="Montant">{costs.map(|one| number::euros(one.cents.0))}</td>
                <td data-l="Motif">{if own.is_empty() { view! { <span class="soft">"Le motif commun"</span> }.into_any() } else { own.into_any() }}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let lacks = |sense: Sense| {
        flight
            .ready
            .iter()
            .any(|one| one.said.proposal == Some(sense) && one.said.message.is_empty())
    };
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let common = |name: &'static str, says: &'static str, typed: String| {
        view! { <div class="field"><label for=name>{says}</label><TextArea id=name name=name initial=typed maxlength=most /></div> }
    };
    let over = flight.over.map(|over| {
        let says = format!("Cette simulation dépasse l'enveloppe de {}.", amount(over));
        view! {
            <div class="note note-garance stack">
                <p><strong>{text::french(&says)}</strong></p>
                <div class="field"><label for="depassement">"Pourquoi proposer quand même"</label>
                    <TextArea id="depassement" name="depassement" initial=words.over.clone() rows=2 maxlength=500_u32 /></div>
            </div>
        }
    });
    let ready = flight.ready.len();
    let button = text::count(count(ready), "décision", "décisions");
    let form = (ready > 0).then(|| {
        view! {
            <form method="post" action=routes::simulation_page(&id, "propositions") class="stack" autocomplete="off">
                <input type="hidden" name="prets" value=ready.to_string() />
                <section class="card pad stack" aria-label="Demandes prêtes">
                    <h2 class="h3">"Prêtes"</h2>
                    <table class="tbl cards">
                        <caption class="sr-only">"Ce qui sera proposé"</caption>
                        <thead><tr><th scope="col">"Structure"</th><th scope="col">"Proposition"</th><th scope="col" class="r">"ETP"</th><th scope="col" class="r">"Montant"</th><th scope="col">"Motif"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
                {over}
                {lacks(Sense::Favourable).then(|| common("favorable", "Motif commun des propositions favorables", words.favourable.clone()))}
                {lacks(Sense::Unfavourable).then(|| common("defavorable", "Motif commun des propositions défavorables", words.unfavourable.clone()))}
                <p class="soft">{text::french("Une autre personne, qui a délégation de signature, prendra chaque décision. Tant qu'elle n'a pas signé, vous pouvez reprendre les propositions.")}</p>
                <p class="actions"><button class="btn btn-main" type="submit">{format!("Proposer {button}")}</button><a class="btn btn-quiet" href=routes::simulation(&id)>"Revenir à la simulation"</a></p>
            </form>
        }
    });
    let none = (ready == 0).then(|| {
        view! {
            <div class="card pad stack"><p>{text::french(sentence(ProposeError::Nothing))}</p>
            <p><a class="btn" href=routes::simulation(&id)>"Revenir à la simulation"</a></p></div>
        }
    });
    let blocked = blocked(&flight, line);
    let runs = earlier(&id, runs);
    view! {
        <div class="wrap page stack">
            <Head allotment=opened.allotment.clone() below="Propositions" />
            <p class="lead">{format!("{lead}.")}</p>
            {problem}
            {form}
            {none}
            {blocked}
            {runs}
        </div>
    }
}

/// Each time that it was done before.
fn earlier(id: &str, runs: Vec<Run>) -> Option<AnyView> {
    (!runs.is_empty()).then(|| {
        let items = runs.into_iter().map(|run| {
            let done = run.lines.iter().filter(|one| one.proposed.is_some()).count();
            let done = u32::try_from(done).unwrap_or(u32::MAX);
            let says = format!(
                "{}, {} : {}",
                format::moment(run.at),
                run.by_name,
                text::count(done, "proposition", "propositions")
            );
            view! { <li><a href=routes::simulation_run(id, &run.id)>{text::french(&says)}</a></li> }
        });
        let items: Vec<_> = items.collect();
        view! { <section class="card pad stack" aria-label="Déjà proposé"><h2 class="h3">"Déjà proposé d'après cette simulation"</h2><ul>{items}</ul></section> }
        .into_any()
    })
}

/// What is blocked, by reason.
fn blocked(flight: &Preflight, line: impl Fn(&DossierId) -> Option<Line>) -> Option<AnyView> {
    let mut groups: Vec<(&'static str, Blocked, Vec<DossierId>)> = Vec::new();
    for (dossier, why) in &flight.blocked {
        match groups.iter_mut().find(|(title, ..)| *title == why.title()) {
            Some((_, _, dossiers)) => dossiers.push(dossier.clone()),
            None => groups.push((why.title(), *why, vec![dossier.clone()])),
        }
    }
    groups.sort_by_key(|(_, _, dossiers)| std::cmp::Reverse(dossiers.len()));
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(title, why, dossiers)| {
            let items = dossiers.iter().filter_map(&line).map(|line| {
                let request = line.request;
                view! { <li><a href=routes::instruction(request.dossier.as_str())>{request.structure_name}</a>" "<span class="kind">{request.kind}</span></li> }
            });
            let items: Vec<_> = items.collect();
            view! {
                <h3>{format!("{title} ({})", dossiers.len())}</h3>
                <p class="soft">{text::french(why.sentence())}</p>
                <ul class="gone">{items}</ul>
            }
        })
        .collect();
    (!groups.is_empty()).then(|| {
        view! {
            <section class="card pad stack" aria-label="Demandes bloquées">
                <h2 class="h3">"Bloquées"</h2>
                <p class="soft">{text::french("Elles restent comme elles sont ; le reste peut être proposé sans elles.")}</p>
                {groups}
            </section>
        }
        .into_any()
    })
}

/// What came of it.
#[component]
pub fn RunPage(
    /// The simulation.
    opened: Opened,
    /// What was done.
    run: Run,
) -> impl IntoView {
    let id = opened.allotment.id.to_string();
    let count = |holds: fn(&RunLine) -> bool| {
        u32::try_from(run.lines.iter().filter(|one| holds(one)).count()).unwrap_or(u32::MAX)
    };
    let done = count(|one| one.proposed.is_some());
    let kept = count(|one| one.proposed.is_none());
    let back = count(|one| one.is_taken_back);
    let mut says = vec![text::count(done, "décision proposée", "décisions proposées")];
    if kept > 0 {
        says.push(text::count(kept, "n'a pas pu l'être", "n'ont pas pu l'être"));
    }
    if back > 0 {
        says.push(text::count(back, "reprise depuis", "reprises depuis"));
    }
    let lead = format!("{}, le {}. {}.", run.by_name, format::moment(run.at), says.join(", "));
    let over = (!run.over.is_empty()).then(|| {
        view! { <p class="note note-gaude">{text::french(&format!("L'enveloppe était dépassée. Raison : {}", run.over))}</p> }
    });
    let rows = run.lines.iter().map(|line| {
        let what = match (line.proposed, line.is_taken_back) {
            (Some(_), true) => view! { <Tag icon=IconName::Undo text="Reprise" /> }.into_any(),
            (Some(Sense::Favourable), _) => view! { <Tag tone="t-sauge" icon=IconName::Check text="Accord proposé" /> }.into_any(),
            (Some(Sense::Unfavourable), _) => view! { <Tag tone="t-gaude" icon=IconName::Check text="Refus proposé" /> }.into_any(),
            (None, _) => view! { <Tag tone="t-garance" icon=IconName::Warning text="Non proposée" /> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row"><a href=routes::instruction(line.dossier.as_str())>{line.name.clone()}</a></th>
                <td data-l="Résultat">{what}</td>
                <td data-l="Détail">{text::french(&line.told)}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let undo = (done > back).then(|| {
        let path = format!("{}/reprise", routes::simulation_run(&id, &run.id));
        view! {
            <form method="post" action=path><button class="btn" type="submit"><Icon name=IconName::Undo />"Reprendre ces propositions"</button></form>
        }
    });
    view! {
        <div class="wrap page stack">
            <Head allotment=opened.allotment.clone() below="Propositions" />
            <p class="note note-sauge" role="status">{text::french(&lead)}</p>
            {over}
            <section class="card pad" aria-label="Résultat">
                <table class="tbl cards">
                    <caption class="sr-only">"Résultat, demande par demande"</caption>
                    <thead><tr><th scope="col">"Structure"</th><th scope="col">"Résultat"</th><th scope="col">"Détail"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
            <p class="soft">{text::french("Une décision signée ne se reprend plus ici.")}</p>
            <div class="actions no-print">{undo}<a class="btn btn-quiet" href=routes::simulation(&id)>"Revenir à la simulation"</a></div>
        </div>
    }
}
