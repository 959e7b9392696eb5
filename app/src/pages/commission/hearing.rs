//! Noting what the commission says, dossier by dossier, on one screen.

use dossier::{act::Sense, commission::LONGEST_WORDS};
use form::Date;
use leptos::prelude::*;
use service::commission::{Item, Outcome, Sitting};
use ui::TextArea;

use super::{OutcomeTag, delay, posts, request, title, where_and_when};
use crate::{format, routes, text};

/// What was typed of one dossier.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The dossier.
    pub dossier: String,
    /// What was chosen: the code of a sense, "reporter", or nothing.
    pub verdict: String,
    /// Why.
    pub words: String,
    /// What is wrong with it.
    pub why: Option<&'static str>,
}

/// The code of a postponement.
pub const POSTPONE: &str = "reporter";

/// What the page shows.
pub struct Hearings {
    /// The sitting.
    pub sitting: Sitting,
    /// Its agenda.
    pub items: Vec<Item>,
    /// Sittings to which a dossier may go.
    pub others: Vec<Sitting>,
    /// What was typed and is not kept.
    pub typed: Vec<Typed>,
    /// What was just done.
    pub done: Option<String>,
    /// Today.
    pub today: Date,
}

/// The page.
#[component]
pub fn HearingPage(
    /// What it shows.
    hearings: Hearings,
) -> impl IntoView {
    let Hearings { sitting, items, others, typed, done, today } = hearings;
    let id = sitting.id.to_string();
    let wrong = u32::try_from(typed.iter().filter(|one| one.why.is_some()).count()).unwrap_or(0);
    let wrong = (wrong > 0).then(|| {
        let says = text::count(wrong, "avis n'est pas noté", "avis ne sont pas notés");
        view! { <p class="error" role="alert">{text::french(&format!("{says} : voyez pourquoi ci-dessous. Les autres le sont."))}</p> }
    });
    let lines: Vec<_> = items
        .iter()
        .filter(|item| item.is_noted_here())
        .map(|item| {
            let typed = typed.iter().find(|one| one.dossier == item.dossier.as_str()).cloned();
            line(item, typed, today)
        })
        .collect();
    let body = if lines.is_empty() {
        view! {
            <p class="card pad">{text::french("Aucun avis n'est à noter : aucun dossier de l'ordre du jour n'attend d'avis.")}</p>
        }
        .into_any()
    } else {
        let options = others.iter().map(|one| {
            view! { <option value=one.id.to_string()>{format!("{}, {}", title(one), where_and_when(one))}</option> }
        });
        view! {
            <form method="post" action=routes::opinions(&id) class="stack" autocomplete="off">
                {lines}
                <div class="field">
                    <label for="vers">"Les dossiers reportés vont"</label>
                    <select class="input" id="vers" name="vers">
                        {options.collect_view()}
                        <option value="">"À une séance qui sera fixée plus tard"</option>
                    </select>
                </div>
                <p class="actions"><button class="btn btn-main" type="submit">"Enregistrer les avis"</button></p>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=routes::COMMISSION>"Commission"</a>" › "<a href=routes::sitting(&id)>{title(&sitting)}</a></p>
                <h1>"Avis de la commission"</h1>
                <p class="lead">{text::french("Chaque avis est noté dans son dossier. Il éclaire la décision, sans la lier. Ce que vous laissez vide reste à noter.")}</p>
            </header>
            {done.map(|says| view! { <p class="note note-sauge" role="status">{text::french(&says)}</p> })}
            {wrong}
            {body}
        </div>
    }
}

fn line(item: &Item, typed: Option<Typed>, today: Date) -> AnyView {
    let dossier = item.dossier.to_string();
    let outcome = item.outcome(today);
    let known = item.opinion.as_ref();
    let now = Typed {
        dossier: dossier.clone(),
        verdict: known.map_or("", |known| known.sense.code()).to_owned(),
        words: known.map(|known| known.words.clone()).unwrap_or_default(),
        why: None,
    };
    let Typed { verdict, words, why, .. } = typed.unwrap_or(now);
    let mut choices: Vec<(&str, &str)> =
        Sense::ALL.iter().map(|sense| (sense.code(), sense.label())).collect();
    if known.is_none() {
        choices.push((POSTPONE, "Reporter à une autre séance"));
        choices.push(("", "Rien pour l'instant"));
    }
    let choices = choices.into_iter().map(|(code, says)| {
        view! {
            <label class="choice">
                <input type="radio" name=format!("avis-{dossier}") value=code checked=code == verdict />
                <span>{says}</span>
            </label>
        }
    });
    let field = format!("motif-{dossier}");
    let noted = known.map(|known| {
        view! { <p class="soft">{text::french(&format!("Noté le {} par {}. Le changer note un nouvel avis, à la place de celui-ci.", format::moment(known.at), known.by_name))}</p> }
    });
    let delay = match &outcome {
        Outcome::Noted(_) => None,
        other => delay(other),
    };
    let most = u32::try_from(LONGEST_WORDS).unwrap_or(u32::MAX);
    view! {
        <section class="card pad stack" aria-labelledby=format!("avis-{dossier}")>
            <h2 class="h3" id=format!("avis-{dossier}")>{item.structure_name.clone()}" "<span class="kind">{item.kind.clone()}</span></h2>
            <p class="tags"><OutcomeTag outcome /><span class="soft">{text::french(&format!("{}, {}", request(&item.nature, item.year), posts(item.etp)))}</span></p>
            {delay.map(|says| view! { <p class="soft">{text::french(&says)}</p> })}
            {noted}
            {why.map(|why| view! { <p class="error">{text::french(why)}</p> })}
            <input type="hidden" name="dossier" value=dossier.clone() />
            <fieldset class="field">
                <legend class="label">"Avis"<span class="sr-only">{format!(" : {}", item.structure_name)}</span></legend>
                <div class="choices choices-row">{choices.collect_view()}</div>
            </fieldset>
            <div class="field">
                <label for=field.clone()>"Motif"<span class="optional">" (attendu pour un avis défavorable)"</span></label>
                <TextArea id=field.clone() name=field initial=words maxlength=most rows=3 />
            </div>
        </section>
    }
    .into_any()
}
