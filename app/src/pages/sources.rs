//! What other systems say beside the answers: at a step, and on a page of its own.

mod beside;

use form::{Answers, At, Date, Origin, Revision};
use leptos::prelude::*;
use service::{
    DossierHead, Millis,
    findings::{Beside, Candidate, Fault, Finding, Kept, Notice},
};

pub use self::beside::{StepSources, Stepping};
use super::{Crumbs, coverage::source};
use crate::{draft::name_of, format, routes, text};

/// A source at the beginning of a sentence.
fn named(origin: Origin) -> &'static str {
    match origin {
        Origin::CompanyRegister => "Le registre des entreprises",
        Origin::AddressBase => "La base adresse nationale",
        Origin::Emplois => "Le service Les emplois de l'inclusion",
        other => source(other),
    }
}

/// The name of a question among those of all steps: one part of an address needs to be told whose.
fn question(form: &Revision, answers: &Answers, at: &At) -> String {
    let name = name_of(form, answers, at);
    match form.place(&at.field) {
        Some(place) if place.table.is_none() && at.field.matches('.').count() > 1 => {
            format!("{name} ({})", place.group.title)
        }
        _ => name,
    }
}

/// What keeps a source from saying something, in one sentence; nothing when it said it all.
pub fn missing(origin: Origin, finding: Option<&Finding>, siret: &str) -> Option<String> {
    let name = named(origin);
    let Some(finding) = finding else {
        return Some(format!(
            "{name} n'a pas encore répondu. Ses valeurs arriveront ici ; vous pouvez remplir sans attendre."
        ));
    };
    if let Some((fault, at)) = finding.failed {
        let why = why(fault);
        return Some(match &finding.told {
            Some(_) => format!(
                "{name} {why} le {}. Ce qu'il avait dit le {} reste affiché.",
                format::moment(at),
                format::day(finding.fetched_at)
            ),
            None => format!(
                "{name} {why} le {} : ses réponses manquent. Vous pouvez les écrire, ou réessayer.",
                format::moment(at)
            ),
        });
    }
    let siret = form::Kind::Siret.display(siret);
    Some(match finding.told.as_ref()?.notice.as_ref()? {
        Notice::Unknown if origin == Origin::AddressBase => {
            format!("{name} ne reconnaît pas l'adresse de l'établissement : relisez-la.")
        }
        Notice::Unknown => format!(
            "{name} ne connaît pas le SIRET {siret} : vérifiez-le, ou écrivez vos réponses."
        ),
        Notice::Closed { since } => {
            let since = Date::parse_iso(since).map(format::date);
            let since = since.map(|day| format!(" depuis le {day}")).unwrap_or_default();
            format!(
                "{name} dit que l'établissement {siret} est fermé{since} : rien n'en est repris. Vérifiez le SIRET avant de déposer."
            )
        }
        Notice::Withheld => format!(
            "Une partie des données de l'établissement {siret} n'est pas diffusée, à sa demande : écrivez ce qui manque."
        ),
    })
}

/// What a source did instead of answering.
fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Unreachable => "ne répondait pas",
        Fault::Slow => "a mis trop de temps à répondre",
        Fault::Busy => "recevait trop de demandes",
        Fault::Broken => "était en panne",
        Fault::Refused => "a refusé de répondre",
        Fault::Garbled => "a envoyé une réponse illisible",
        Fault::Elsewhere => "a répondu au sujet d'un autre établissement ou d'une autre adresse",
        Fault::Asked => "n'avait pas fini de répondre",
    }
}

/// "Registre des entreprises : « … », au 2 novembre 2026".
fn said(form: &Revision, Candidate { at, from }: &Candidate) -> String {
    let kind = form.place(&at.field).map(|place| &place.field.kind);
    let value = kind.map_or_else(|| from.value.clone(), |kind| kind.display(&from.value));
    let day = Date::parse_iso(&from.as_of).map(|day| format!(", au {}", format::date(day)));
    format!("{} : « {value} »{}", source(from.origin), day.unwrap_or_default())
}

/// A page of what sources say of a dossier.
pub struct Sources {
    /// The dossier.
    pub head: DossierHead,
    /// Its form.
    pub form: &'static Revision,
    /// Its answers.
    pub answers: Answers,
    /// What the sources say.
    pub beside: Beside,
    /// Now.
    pub now: Millis,
}

/// The page.
#[component]
pub fn SourcesPage(
    /// What it shows.
    sources: Sources,
) -> impl IntoView {
    let Sources { head, form, answers, beside, now } = sources;
    let id = head.id.to_string();
    let states = beside.sources.iter().map(|origin| {
        let finding = beside.findings.iter().find(|finding| finding.source == *origin);
        let said = missing(*origin, finding, &beside.siret);
        let read = finding.filter(|finding| finding.told.is_some()).map(|finding| {
            let days = (now.0 - finding.fetched_at.0) / (24 * 3_600_000);
            let age = match days {
                ..=0 => String::new(),
                1 => ", hier".to_owned(),
                _ => format!(", il y a {days} jours"),
            };
            format!("Lu le {}{age}.", format::moment(finding.fetched_at))
        });
        let count = beside.candidates.values().flatten();
        let count = count.filter(|one| one.from.origin == *origin).count();
        let count = text::count(u32::try_from(count).unwrap_or(u32::MAX), "valeur", "valeurs");
        view! {
            <tr>
                <th scope="row">{source(*origin)}</th>
                <td data-l="Ce qu'il sait">{count}</td>
                <td data-l="État">{text::french(&[read, said].into_iter().flatten().collect::<Vec<_>>().join(" "))}</td>
            </tr>
        }
    });
    let states = states.collect_view();
    let mut places: Vec<&At> =
        beside.candidates.keys().chain(beside.kept.iter().map(|kept| &kept.at)).collect();
    places.sort_by_key(|at| (form.order(&at.field), &at.row));
    places.dedup();
    let lines = places.into_iter().filter(|at| form.puts(&answers, at)).filter_map(|at| {
        let place = form.place(&at.field)?;
        let raw = answers.raw(&at.field, &at.row);
        let mine =
            if raw.trim().is_empty() { "—".to_owned() } else { place.field.kind.display_raw(raw) };
        let theirs = beside.candidates.get(at).into_iter().flatten();
        let theirs = theirs.map(|one| view! { <li>{text::french(&said(form, one))}</li> });
        let kept = beside.kept.iter().filter(|kept| kept.at == *at);
        let kept = kept.map(|kept| view! { <li class="soft">{text::french(&set_aside(form, kept))}</li> });
        let href = format!("{}#champ-{at}", routes::step(&id, &place.section.id));
        Some(view! {
            <tr>
                <th scope="row"><a href=href>{question(form, &answers, at)}</a></th>
                <td data-l="Votre réponse">{mine}</td>
                <td data-l="Ce que disent les sources"><ul class="said-by">{theirs.collect_view()}{kept.collect_view()}</ul></td>
            </tr>
        })
    });
    let lines = lines.collect_view();
    let empty = beside.candidates.is_empty();
    let off = beside.sources.is_empty();
    let waiting = beside.cards.len();
    let cards = (waiting > 0).then(|| {
        let count = text::count(u32::try_from(waiting).unwrap_or(u32::MAX), "valeur attend", "valeurs attendent");
        let steps = beside.cards.iter().filter_map(|card| {
            let at = card.key();
            let place = form.place(&at.field)?;
            let href = format!("{}#champ-{at}", routes::step(&id, &place.section.id));
            Some(view! { <li><a href=href>{question(form, &answers, at)}</a></li> })
        });
        view! {
            <div class="note note-gaude">
                <p><strong>{format!("{count} votre choix.")}</strong>" Rien n'a été changé dans vos réponses."</p>
                <ul>{steps.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <div class="wrap page stack">
            <header>
                <Crumbs head />
                <h1>"Ce que l'État sait déjà de vous"</h1>
                <p class="lead">"Ces services sont interrogés à l'ouverture du dossier, puis une fois par jour. Aucun n'écrit à votre place."</p>
            </header>
            {cards}
            <div class="card" hidden=off>
                <table class="tbl cards">
                    <caption class="sr-only">"Services interrogés"</caption>
                    <thead><tr><th scope="col">"Service"</th><th scope="col">"Ce qu'il sait"</th><th scope="col">"État"</th></tr></thead>
                    <tbody>{states}</tbody>
                </table>
            </div>
            <p class="soft" hidden=!off>"Ce serveur n'interroge aucun autre service."</p>
            <form method="post" action=routes::sources(&id) hidden=off>
                <button type="submit" class="btn" name="_source" value="actualiser">"Actualiser"</button>
            </form>
            <h2 hidden=empty>"Question par question"</h2>
            <div class="card" hidden=empty>
                <table class="tbl cards">
                    <caption class="sr-only">"Valeurs connues, question par question"</caption>
                    <thead><tr><th scope="col">"Question"</th><th scope="col">"Votre réponse"</th><th scope="col">"Ce que disent les sources"</th></tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </div>
    }
}

/// "Vous avez gardé la vôtre plutôt que « … » (Anne, 3 mars 2027) : raison".
fn set_aside(form: &Revision, kept: &Kept) -> String {
    let kind = form.place(&kept.at.field).map(|place| &place.field.kind);
    let value = kind.map_or_else(|| kept.value.clone(), |kind| kind.display(&kept.value));
    let reason = if kept.reason.is_empty() { String::new() } else { format!(" : {}", kept.reason) };
    format!(
        "{} a gardé votre réponse plutôt que « {value} », le {}{reason}",
        kept.by_name,
        format::day(kept.when)
    )
}
