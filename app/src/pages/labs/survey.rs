//! The closing questionnaire.

use dossier::lab::{LONGEST, STATEMENTS};
use leptos::prelude::*;
use service::labs::remarks::NewSurvey;
use ui::TextArea;

use crate::{routes, text};

/// The page.
#[component]
pub fn SurveyPage(
    /// What was answered so far.
    survey: NewSurvey,
    /// What stands against it.
    refused: Option<&'static str>,
) -> impl IntoView {
    let error = refused
        .map(|error| view! { <p class="error" id="refus" role="alert">{text::french(error)}</p> });
    let NewSurvey { sus, would_use, saves_time, minutes, words } = survey;
    let statements = STATEMENTS.iter().zip(sus).enumerate().map(|(rank, (statement, said))| {
        let name = format!("s{rank}");
        let choices = (1..=5u8).map(|value| {
            let label = match value {
                1 => "1, pas du tout d'accord".to_owned(),
                5 => "5, tout à fait d'accord".to_owned(),
                value => value.to_string(),
            };
            view! {
                <label class="lab-degree">
                    <input type="radio" name=name.clone() value=value.to_string() checked=said == value required=true aria-label=label />
                    <span aria-hidden="true">{value}</span>
                </label>
            }
        });
        view! {
            <fieldset class="field lab-statement">
                <legend class="label">{text::french(statement)}</legend>
                <div class="lab-scale"><span class="soft" aria-hidden="true">"Pas d'accord"</span>{choices.collect_view()}<span class="soft" aria-hidden="true">"D'accord"</span></div>
            </fieldset>
        }
    });
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=routes::SEAT>"L'atelier"</a></p>
                <h1>"Votre avis, pour finir"</h1>
                <p class="lead">"De 1, pas du tout d'accord, à 5, tout à fait d'accord. Répondez sans trop réfléchir."</p>
            </header>
            <form method="post" action=routes::SURVEY class="card pad stack" autocomplete="off">
                {error}
                {statements.collect_view()}
                <YesNo name="utiliser" label="Accepteriez-vous d'utiliser cet outil ?" said=would_use />
                <YesNo name="gagner" label="Gagneriez-vous du temps ?" said=saves_time />
                <div class="field">
                    <label for="minutes">"Combien, pour un dossier ?"</label>
                    <p class="hint" id="aide-minutes">"En minutes, si vous le savez : une heure, écrivez 60."</p>
                    <div class="field-body">
                        <input class="input input-num" id="minutes" name="minutes" type="text" inputmode="numeric" aria-describedby="aide-minutes" value=minutes />
                        <span class="unit">"min"</span>
                    </div>
                </div>
                <div class="field">
                    <label for="mots">"Autre chose à dire ?"</label>
                    <TextArea id="mots" name="mots" initial=words rows=3 maxlength=most />
                </div>
                <p><button class="btn btn-main" type="submit">"Envoyer mes réponses"</button></p>
            </form>
        </div>
    }
}

/// A question answered by yes or no.
#[component]
fn YesNo(name: &'static str, label: &'static str, said: Option<bool>) -> impl IntoView {
    let choice = |value: &'static str, word: &'static str, checked: bool| {
        view! {
            <label class="choice">
                <input type="radio" name=name value=value checked=checked required=true />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend class="label">{text::french(label)}</legend>
            <div class="choices choices-row">
                {choice("oui", "Oui", said == Some(true))}
                {choice("non", "Non", said == Some(false))}
            </div>
        </fieldset>
    }
}
