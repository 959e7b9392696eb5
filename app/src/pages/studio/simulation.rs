//! What a sketch would do to the dossiers, accepting what is lost, publishing.

use std::sync::Arc;

use dossier::simulation::{Accepted, Loss, LossKind, Report, Time, unaccepted};
use form::number::display_scaled;
use leptos::prelude::*;
use service::{
    Millis,
    studio::{Opened, Simulation},
};
use ui::{Icon, IconName, Tag};

use super::{Faults, Head, Tab, review::ReviewLink};
use crate::{format, routes, text};

/// What the page shows.
pub struct Shown {
    /// The sketch.
    pub opened: Arc<Opened>,
    /// What was found out last of it as it stands.
    pub simulation: Option<Simulation>,
    /// What was accepted of it.
    pub accepted: Vec<Accepted>,
    /// What stands against what was just posted.
    pub refused: Option<String>,
}

/// The page.
#[component]
pub fn SimulationPage(
    /// What it shows.
    shown: Shown,
) -> impl IntoView {
    let Shown { opened, simulation, accepted, refused } = shown;
    let sketch = opened.sketch.clone();
    let id = sketch.id.to_string();
    let valid = opened.faults.is_empty();
    let error = refused
        .map(|error| view! { <p class="note note-terre" role="alert" id="refus">{text::french(&error)}</p> });
    let lead = if sketch.is_variant() {
        "La variante est rejouée sur tous les brouillons ouverts et sur les dépôts de l'année : ce que de vrais dossiers y gagneraient et y perdraient. Elle n'en touche aucun. Vous lisez des nombres, jamais une réponse."
    } else {
        "Le complément est rejoué sur les brouillons ouverts et les dépôts de l'année du département. Les dossiers déposés ne changent jamais ; les brouillons se voient proposer le nouveau formulaire. Aucune réponse n'est montrée."
    };
    let run = valid.then(|| {
        let (label, class) = match simulation {
            None => ("Lancer la simulation", "btn btn-main"),
            Some(_) => ("Relancer la simulation", "btn"),
        };
        view! {
            <form method="post" action=routes::sketch_page(&id, "simulation")>
                <button class=class type="submit">{label}</button>
            </form>
        }
    });
    let missing = simulation.as_ref().map(|said| unaccepted(&said.report, &accepted).len());
    let publish = publishing(&opened, &id, missing);
    let said = simulation.map(|simulation| {
        let Simulation { report, at, by_name, version, .. } = simulation;
        let when = format!("Version {version}, simulée le {} par {by_name}.", format::moment(at));
        view! {
            <p class="soft">{text::french(&when)}</p>
            {figures(&report)}
            {losses(&opened, &id, &report, &accepted)}
            {gains(&report)}
            {time(&report.time, sketch.is_variant())}
        }
    });
    let none = (said.is_none() && valid).then(|| {
        view! { <p class="soft">"Cette version n'a pas encore été simulée."</p> }
    });
    view! {
        <div class="wrap page stack">
            <Head sketch=opened.sketch.clone() tab=Tab::Simulation title="Simuler et publier" />
            <p class="lead">{text::french(lead)}</p>
            {error}
            <Faults opened=Arc::clone(&opened) />
            <div class="actions">{run}<ReviewLink id=id.clone() /></div>
            {none}
            {said}
            {publish}
        </div>
    }
}

fn number(count: u32) -> String {
    display_scaled(i64::from(count), 0)
}

fn figures(report: &Report) -> AnyView {
    let figure = |count: u32, says: &'static str| {
        view! { <div class="figure"><dt>{says}</dt><dd class="num">{number(count)}</dd></div> }
    };
    let gains = report.gains.iter().map(|gain| gain.drafts).max().unwrap_or_default();
    view! {
        <dl class="figures studio-figures">
            {figure(report.drafts, "brouillons rejoués")}
            {figure(report.deposits, "dépôts de l'année rejoués")}
            {figure(report.untouched, "brouillons que rien ne touche")}
            {figure(gains, "brouillons avec une question obligatoire de plus")}
        </dl>
    }
    .into_any()
}

/// "12 brouillons et 3 dépôts".
fn dossiers(drafts: u32, deposits: u32) -> String {
    let drafts = (drafts > 0).then(|| text::count(drafts, "brouillon", "brouillons"));
    let deposits = (deposits > 0).then(|| text::count(deposits, "dépôt", "dépôts"));
    [drafts, deposits].into_iter().flatten().collect::<Vec<_>>().join(" et ")
}

fn says(loss: &Loss) -> String {
    let (label, count) = (&loss.label, loss.answers);
    let what = match loss.kind {
        LossKind::NotAsked => {
            let answers = text::count(
                count,
                "réponse n'est plus demandée",
                "réponses ne sont plus demandées",
            );
            format!("« {label} » : {answers}")
        }
        LossKind::Unfit => {
            let answers =
                text::count(count, "réponse ne convient plus", "réponses ne conviennent plus");
            format!("« {label} » : {answers}")
        }
        LossKind::Note => {
            let notes = text::count(count, "note perd sa question", "notes perdent leur question");
            format!("« {label} » : {notes}")
        }
    };
    text::french(&format!("{what}, dans {}.", dossiers(loss.drafts, loss.deposits)))
}

fn losses(opened: &Opened, id: &str, report: &Report, accepted: &[Accepted]) -> AnyView {
    if report.losses.is_empty() {
        return view! {
            <p class="note note-sauge">{text::french("Aucune réponse, aucune note n'est perdue.")}</p>
        }
        .into_any();
    }
    let variant = opened.sketch.is_variant();
    let missing: Vec<String> = unaccepted(report, accepted).iter().map(|loss| loss.key()).collect();
    let decides = opened.publishes && !missing.is_empty();
    let items = report.losses.iter().map(|loss| {
        let key = loss.key();
        let waits = missing.contains(&key);
        let by = accepted.iter().rev().find(|one| one.loss == key);
        let state = if waits {
            let label = format!("J'accepte cette perte : {}", loss.label);
            let tick = decides.then(|| {
                view! { <label class="choice"><input type="checkbox" name="perte" value=key.clone() /><span>{text::french(&label)}</span></label> }
            });
            let more = by.map(|one| {
                let says = format!("{} l'avait acceptée quand elle touchait {}.", one.by_name, text::count(one.dossiers, "dossier", "dossiers"));
                view! { <p class="soft">{text::french(&says)}</p> }
            });
            view! { <p><Tag tone="t-terre" icon=IconName::Warning text="À accepter" /></p>{more}{tick} }.into_any()
        } else {
            // Long names and dates wrap; a tag does not.
            let by = by.map(|one| {
                let says = format!("Acceptée par {}, {}.", one.by_name, format::moment(Millis(one.at)));
                view! { <p class="soft">{text::french(&says)}</p> }
            });
            view! { <p><Tag tone="t-sauge" icon=IconName::Check text="Acceptée" /></p>{by} }.into_any()
        };
        view! {
            <li class="studio-loss">
                <p><strong>{says(loss)}</strong></p>
                {named(loss, variant)}
                {state}
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    let button = decides.then(|| {
        view! { <p><button class="btn btn-main" type="submit">"Accepter les pertes cochées"</button></p> }
    });
    let other = (!opened.publishes && !missing.is_empty()).then(|| {
        view! { <p class="soft">"Le signataire de la DDETS accepte les pertes, puis publie."</p> }
    });
    view! {
        <section class="card pad stack" aria-labelledby="pertes">
            <h2 id="pertes">"Ce qui serait perdu"</h2>
            <p class="soft">{text::french("Rien n'est effacé : ces textes restent gardés dans les brouillons, mais ne seraient pas déposés tels quels. Chaque perte s'accepte par son nom avant de publier.")}</p>
            <form method="post" action=routes::sketch_page(id, "acceptation") class="stack">
                <ul class="plain stack">{items}</ul>
                {button}
            </form>
            {other}
        </section>
    }
    .into_any()
}

/// The dossiers of a loss. Who leads sessions reads no real dossier: départements, and nothing nearer.
fn named(loss: &Loss, variant: bool) -> AnyView {
    let more = loss.dossiers().saturating_sub(u32::try_from(loss.named.len()).unwrap_or(u32::MAX));
    if variant {
        let mut of: Vec<(&str, u32)> = Vec::new();
        for one in &loss.named {
            match of.iter_mut().find(|(code, _)| *code == one.department) {
                Some((_, count)) => *count += 1,
                None => of.push((&one.department, 1)),
            }
        }
        let says: Vec<String> =
            of.iter().map(|(code, count)| format!("{code} ({count})")).collect();
        let rest =
            if more > 0 { format!(", et {} autres dossiers", number(more)) } else { String::new() };
        let says = format!("Par département : {}{rest}.", says.join(", "));
        return view! { <p class="soft">{text::french(&says)}</p> }.into_any();
    }
    let lines = loss.named.iter().map(|one| {
        let state = if one.is_deposited { "déposé" } else { "brouillon" };
        let line = format!("{}, {state}", one.structure);
        view! { <li>{text::french(&line)}</li> }
    });
    let lines: Vec<_> = lines.collect();
    let rest = (more > 0)
        .then(|| view! { <li>{text::french(&format!("et {} autres", number(more)))}</li> });
    view! {
        <details>
            <summary>"Les dossiers concernés"</summary>
            <ul>{lines}{rest}</ul>
        </details>
    }
    .into_any()
}

fn gains(report: &Report) -> Option<AnyView> {
    (!report.gains.is_empty()).then(|| {
        let lines = report.gains.iter().map(|gain| {
            let says = format!(
                "« {} », à laquelle il faudra répondre dans {}.",
                gain.label,
                dossiers(gain.drafts, 0)
            );
            let says = if gain.drafts == 0 {
                format!(
                    "« {} » : sans réponse dans {}, qui ne changent pas.",
                    gain.label,
                    dossiers(0, gain.deposits)
                )
            } else {
                says
            };
            view! { <li>{text::french(&says)}</li> }
        });
        let lines: Vec<_> = lines.collect();
        view! {
            <section class="card pad stack" aria-labelledby="gains">
                <h2 class="h3" id="gains">"Questions obligatoires en plus"</h2>
                <ul>{lines}</ul>
            </section>
        }
        .into_any()
    })
}

/// A time in minutes, with its sign.
fn minutes(seconds: i64) -> String {
    let sign = if seconds < 0 { "−" } else { "+" };
    let seconds = seconds.unsigned_abs();
    match (seconds / 60, seconds % 60) {
        (minutes, 0) => format!("{sign}{minutes}\u{a0}min"),
        (0, seconds) => format!("{sign}{seconds}\u{a0}s"),
        (minutes, seconds) => format!("{sign}{minutes}\u{a0}min\u{a0}{seconds:02}"),
    }
}

fn time(time: &Time, variant: bool) -> AnyView {
    let says = if time.structures == 0 {
        "Aucune structure n'a de brouillon ouvert.".to_owned()
    } else if time.touched == 0 {
        "Le temps de remplissage ne change pour aucune structure.".to_owned()
    } else {
        let mean = time.seconds / i64::from(time.structures);
        format!(
            "{} par structure en moyenne, d'après l'estimation que montre le formulaire ; {} sur {} voient leur temps changer.",
            minutes(mean),
            number(time.touched),
            text::count(time.structures, "structure", "structures")
        )
    };
    let longest = (!variant && !time.longest.is_empty()).then(|| {
        let lines = time.longest.iter().map(|one| {
            view! { <li>{text::french(&format!("{} : {}", one.structure, minutes(one.seconds)))}</li> }
        });
        let lines: Vec<_> = lines.collect();
        view! { <details><summary>"Celles à qui cela demande le plus"</summary><ul>{lines}</ul></details> }
    });
    view! {
        <section class="card pad stack" aria-labelledby="temps">
            <h2 class="h3" id="temps">"Temps"</h2>
            <p>{text::french(&says)}</p>
            {longest}
        </section>
    }
    .into_any()
}

fn publishing(opened: &Opened, id: &str, missing: Option<usize>) -> AnyView {
    let sketch = &opened.sketch;
    let variant = sketch.is_variant();
    if sketch.is_published() {
        let key = sketch.published.last().map(|(_, key)| key.to_string()).unwrap_or_default();
        let lab = variant.then(|| {
            let href = format!("{}?formulaire={key}", routes::NEW_LAB);
            view! { <p><a class="btn btn-main" href=href><Icon name=IconName::ArrowRight />"Préparer un atelier avec cette variante"</a></p> }
        });
        let says = if variant {
            "Cette version est publiée : elle se choisit quand on prépare un atelier."
        } else {
            "Cette version est publiée : les nouveaux dossiers du département la suivent, les brouillons se la voient proposer."
        };
        return view! {
            <section class="note note-sauge stack" aria-labelledby="publie">
                <h2 class="h3" id="publie">"Publié"</h2>
                <p>{text::french(says)}</p>
                {lab}
            </section>
        }
        .into_any();
    }
    if !opened.faults.is_empty() {
        return ().into_any();
    }
    if !opened.publishes {
        return view! { <p class="soft">"Le signataire de la DDETS publie."</p> }.into_any();
    }
    let says = match missing {
        Some(0) | None if variant => {
            "Une édition publiée ne change plus jamais : elle pourra être essayée en atelier."
        }
        Some(0) | None => {
            "Une édition publiée ne change plus jamais. Les nouveaux dossiers du département la suivront, les brouillons pourront la prendre, et revenir."
        }
        Some(_) => "Acceptez d'abord chaque perte, ci-dessus.",
    };
    view! {
        <section class="card pad stack" aria-labelledby="publier">
            <h2 class="h3" id="publier">"Publier"</h2>
            <p>{text::french(says)}</p>
            <p class="soft">{text::french("La simulation est refaite à cet instant : si elle trouve une perte que personne n'a acceptée, rien n'est publié.")}</p>
            <form method="post" action=routes::sketch_page(id, "publication")>
                <button class="btn btn-main" type="submit"><Icon name=IconName::Check />"Publier cette version"</button>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_reads_with_its_sign() {
        assert_eq!(minutes(90), "+1\u{a0}min\u{a0}30");
        assert_eq!(minutes(-60), "−1\u{a0}min");
        assert_eq!(minutes(20), "+20\u{a0}s");
    }
}
