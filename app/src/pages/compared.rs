//! Two deposits side by side, question by question.

use std::collections::BTreeMap;

use dossier::note::is_text;
use form::{Answers, Change, Revision, beside, passage};
use leptos::prelude::*;
use service::{DossierHead, compared::Choice};
use ui::{Icon, IconName};

use super::{StateTag, changes::shown, title};
use crate::{draft::name_of, format, routes, text};

/// A deposit on its side.
pub struct Sided {
    /// Which.
    pub choice: Choice,
    /// The form that it follows.
    pub form: &'static Revision,
    /// What it says.
    pub answers: Answers,
}

/// What the page shows.
pub struct Compared {
    /// The dossier.
    pub head: DossierHead,
    /// What can be put on a side, oldest first.
    pub choices: Vec<Choice>,
    /// The two sides; none when there is only one deposit.
    pub sides: Option<(Sided, Sided)>,
    /// Whether what is the same shows too.
    pub whole: bool,
}

/// The page.
#[component]
pub fn ComparedPage(
    /// What it shows.
    compared: Compared,
) -> impl IntoView {
    let Compared { head, choices, sides, whole } = compared;
    let id = head.id.to_string();
    let body = match sides {
        None => view! {
            <p class="card pad">"Il n'y a qu'un seul dépôt : rien à mettre à côté."</p>
        }
        .into_any(),
        Some((left, right)) => {
            let chosen = choose(&id, &choices, (&left.choice, &right.choice), whole);
            let tables = tables(&head, &left, &right, whole);
            view! { {chosen} {tables} }.into_any()
        }
    };
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs no-print"><a href=routes::RECEIVED>"Dossiers reçus"</a>" "<a href=routes::instruction(&id)>"Instruction"</a></p>
                <h1>{format!("{}, dépôts côte à côte", head.structure_name)}</h1>
                <p class="tags">
                    <span class="kind">{head.kind.clone()}</span>
                    <StateTag state=head.state agent=true />
                    <span class="soft">{text::french(&title(&head))}</span>
                </p>
            </header>
            {body}
        </div>
    }
}

/// What a deposit is called, of this dossier or of the year before.
fn called(choice: &Choice, of: i32) -> String {
    let Choice { year, deposit, .. } = choice;
    let what = format!("dépôt n° {} du {}", deposit.ordinal, format::day(deposit.at));
    if *year == of { what } else { format!("demande {year}, {what}") }
}

/// Which two, and how much of them.
fn choose(id: &str, all: &[Choice], chosen: (&Choice, &Choice), whole: bool) -> AnyView {
    let of = all.last().map_or(0, |last| last.year);
    let options = |chosen: &Choice| {
        let option = |one: &Choice| {
            let selected = one.side == chosen.side;
            view! { <option value=one.side.code() selected=selected>{text::french(&called(one, of))}</option> }
        };
        all.iter().map(option).collect_view()
    };
    view! {
        <form class="card pad compared-choice no-print" method="get" action=routes::compared(id)>
            <div class="field">
                <label for="gauche">"À gauche"</label>
                <select class="input" id="gauche" name="gauche">{options(chosen.0)}</select>
            </div>
            <div class="field">
                <label for="droite">"À droite"</label>
                <select class="input" id="droite" name="droite">{options(chosen.1)}</select>
            </div>
            <label class="choice"><input type="checkbox" name="tout" value="oui" checked=whole /><span>"Montrer aussi ce qui est pareil"</span></label>
            <p class="actions"><button class="btn btn-main" type="submit"><Icon name=IconName::Eye />"Comparer"</button></p>
        </form>
    }
    .into_any()
}

/// Question by question, step by step.
fn tables(head: &DossierHead, left: &Sided, right: &Sided, whole: bool) -> AnyView {
    let form = right.form;
    let all = beside(form, &left.answers, &right.answers);
    // Where a row stands is told by its answers.
    let asked = |one: &&Change| form.place(&one.at.field).is_some();
    let says = |one: &&Change| !one.before.is_empty() || !one.after.is_empty();
    let count = all.iter().filter(asked).filter(says).count();
    let differ = |one: &Change| one.before != one.after;
    let other = all.iter().filter(asked).filter(|one| differ(one)).count();
    let told = match other {
        0 => "Ces deux dépôts répondent la même chose à toutes les questions.".to_owned(),
        1 => format!("Une réponse diffère, sur {count}."),
        n => format!("{n} réponses diffèrent, sur {count}."),
    };
    let heads = (called(&left.choice, head.year), called(&right.choice, head.year));
    let heads = (text::french(&heads.0), text::french(&heads.1));
    let mut steps = BTreeMap::<usize, Vec<AnyView>>::new();
    for change in all.iter().filter(asked).filter(says).filter(|one| whole || differ(one)) {
        let section = form.section_of(&change.at.field).map(|section| &section.id);
        let at = form.sections.iter().position(|one| Some(&one.id) == section).unwrap_or_default();
        steps.entry(at).or_default().push(row(form, (left, right), change, &heads));
    }
    let steps = steps.into_iter().filter_map(|(at, rows)| {
        let section = form.sections.get(at)?;
        let id = format!("cote-{}", section.id);
        Some(table(id, section.title.to_string(), rows, &heads))
    });
    let steps = steps.collect_view();
    let gone = gone(left, right, &heads);
    view! { <p class="lead">{text::french(&told)}</p> {steps} {gone} }.into_any()
}

fn table(id: String, called: String, rows: Vec<AnyView>, heads: &(String, String)) -> AnyView {
    let labelled = id.clone();
    view! {
        <section class="card pad" aria-labelledby=labelled>
            <h2 class="h3" id=id>{called}</h2>
            <table class="tbl cards compared">
                <thead><tr><th scope="col">"Question"</th><th scope="col">{heads.0.clone()}</th><th scope="col">{heads.1.clone()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(
    form: &'static Revision,
    (left, right): (&Sided, &Sided),
    change: &Change,
    heads: &(String, String),
) -> AnyView {
    let Change { at, before, after } = change;
    // A row that is gone is called by who had it.
    let names = if after.is_empty() { &left.answers } else { &right.answers };
    let differs = before != after;
    let said = |text: &str| form.place(&at.field).map(|place| shown(place.field, text, true));
    let (said, says) = (said(before).unwrap_or_default(), said(after).unwrap_or_default());
    let (was, is) = if differs && is_text(form, at) && !before.is_empty() && !after.is_empty() {
        let (was, is) = passage::compared(&said, &says);
        (marked(&was, false), marked(&is, true))
    } else if differs {
        (view! { <del>{said}</del> }.into_any(), view! { <ins>{says}</ins> }.into_any())
    } else {
        (said.into_any(), says.into_any())
    };
    let class = if differs { "" } else { "same" };
    view! {
        <tr class=class>
            <th scope="row">{name_of(form, names, at)}</th>
            <td class="words" data-l=heads.0.clone()>{was}</td>
            <td class="words" data-l=heads.1.clone()>{is}</td>
        </tr>
    }
    .into_any()
}

/// A text in which the words show that the other does not say.
fn marked(parts: &[passage::Words<'_>], added: bool) -> AnyView {
    let part = |one: &passage::Words<'_>| {
        let words = one.text.trim_end();
        let space = one.text.get(words.len()..).unwrap_or_default().to_owned();
        let words = words.to_owned();
        match (one.alone, added) {
            (false, _) => view! { {words} {space} }.into_any(),
            (true, true) => view! { <ins>{words}</ins> {space} }.into_any(),
            (true, false) => view! { <del>{words}</del> {space} }.into_any(),
        }
    };
    parts.iter().map(part).collect_view().into_any()
}

/// What the left one answers to questions that the form of the right one does not have.
fn gone(left: &Sided, right: &Sided, heads: &(String, String)) -> Option<AnyView> {
    let row = |at: form::At| {
        let place = left.form.place(&at.field).filter(|_| right.form.place(&at.field).is_none())?;
        let raw = left.answers.raw(&at.field, &at.row);
        let said = (!raw.is_empty()).then(|| shown(place.field, raw, true))?;
        let name = name_of(left.form, &left.answers, &at);
        Some(
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="words" data-l=heads.0.clone()>{said}</td>
                    <td class="soft" data-l=heads.1.clone()>"n'est pas demandé"</td>
                </tr>
            }
            .into_any(),
        )
    };
    let rows: Vec<_> = left.answers.relevant(left.form).into_iter().filter_map(row).collect();
    let called = "Questions que le formulaire de droite n'a pas".to_owned();
    (!rows.is_empty()).then(|| table("cote-".to_owned(), called, rows, heads))
}
