//! Writing the fiche de suivi: what was said, what was agreed, what comes next.

use dossier::{
    follow_up::{EXITS, LONGEST, Missing, Sheet},
    form::objectifs::AXES,
};
use form::{Date, number};
use leptos::prelude::*;
use service::follow_up::{FollowUp, Version};
use ui::TextArea;

use super::{modulation::Modulation, paper};
use crate::{format, routes, text};

/// The form.
#[component]
pub fn Writing(
    /// What is known beside.
    follow_up: FollowUp,
    /// What is written.
    sheet: Sheet,
    /// The version that it is written over.
    over: u32,
    /// What it does not say yet.
    missing: Vec<Missing>,
    /// What somebody else left meanwhile.
    theirs: Option<Version>,
    /// Today.
    today: Date,
) -> impl IntoView {
    let id = follow_up.head.id.to_string();
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let says = |part: &str| missing.iter().find(|(of, _)| *of == part).map(|(_, says)| *says);
    let error = |part: &str| {
        says(part).map(
            |says| view! { <p class="error" id=format!("erreur-{part}")>{text::french(says)}</p> },
        )
    };
    let objectives = dossier::follow_up::objectives(&follow_up.answers);
    let axes = AXES.iter().zip(sheet.axes.clone()).zip(objectives).map(|((axis, said), objectives)| {
        let field = format!("axe-{}", axis.value);
        let aims: Vec<_> = objectives.into_iter().map(|one| view! { <li>{text::french(&one)}</li> }).collect();
        let aims = (!aims.is_empty()).then(|| {
            view! { <div class="hint"><p>"Ce que la structure vise :"</p><ul class="bare-list">{aims}</ul></div> }
        });
        view! {
            <div class="field">
                <label for=field.clone()>{axis.label.to_string()}</label>
                {aims}
                <TextArea id=field.clone() name=field initial=said maxlength=most rows=4 />
            </div>
        }
    });
    let exits = EXITS.iter().zip(sheet.exits.clone()).map(|((code, label), rate)| {
        let wrong = (*code == EXITS[0].0).then(|| says(EXITS[0].0)).flatten();
        view! {
            <div class="field">
                <label for=*code>{format!("{label}, en\u{a0}%")}</label>
                <input class="input input-short" id=*code name=*code type="text" inputmode="decimal" value=rate aria-invalid=wrong.map(|_| "true") aria-describedby=wrong.map(|_| "erreur-durable") />
            </div>
        }
    });
    let dynamic = sheet.dynamic().map(|rate| {
        view! { <p class="soft">{text::french(&format!("Sorties dynamiques : {} %.", number::display_scaled(rate.0, 2)))}</p> }
    });
    let shared = follow_up.shared.is_some();
    let readable = follow_up.last.is_some().then(|| {
        view! { <a class="btn" href=format!("{}?lire=oui", routes::follow_up(&id))>"Lire et imprimer"</a> }
    });
    let share = if shared { "Communiquer de nouveau" } else { "Communiquer la fiche" };
    let theirs = theirs.map(|version| theirs_view(&version));
    view! {
        {theirs}
        <form method="post" action=routes::follow_up(&id) class="stack" autocomplete="off">
            <input type="hidden" name="version" value=over.to_string() />
            <input type="hidden" name="depot" value=follow_up.deposit.to_string() />
            <section class="card pad stack" aria-labelledby="dialogue">
                <h2 id="dialogue" class="h3">"Le dialogue"</h2>
                <div class="field">
                    <label for="jour">"Tenu le"</label>
                    {error("jour")}
                    <input class="input input-mid" id="jour" name="jour" type="date" value=sheet.day.clone() max=today.to_string() aria-invalid=says("jour").map(|_| "true") aria-describedby=says("jour").map(|_| "erreur-jour") />
                </div>
                <div class="field">
                    <label for="participants">"Avec qui"</label>
                    <p class="hint">{text::french("Des fonctions et des maisons, une par ligne : « DDETS, service insertion », « direction de la structure », « France Travail ». Pas de nom de salarié.")}</p>
                    {error("participants")}
                    <TextArea id="participants" name="participants" initial=sheet.participants.clone() maxlength=most rows=3 />
                </div>
            </section>
            <section class="card pad stack" aria-labelledby="axes">
                <h2 id="axes" class="h3">"Ce qui s'est dit, axe par axe"</h2>
                {axes.collect_view()}
            </section>
            <section class="card pad stack" aria-labelledby="retenu">
                <h2 id="retenu" class="h3">"Ce qui est retenu"</h2>
                <p class="soft">{text::french(&paper::asked(&follow_up))}</p>
                <div class="field">
                    <label for="etp">"ETP d'insertion"</label>
                    {error("etp")}
                    <input class="input input-short" id="etp" name="etp" type="text" inputmode="decimal" value=sheet.etp.clone() aria-invalid=says("etp").map(|_| "true") aria-describedby=says("etp").map(|_| "erreur-etp") />
                </div>
                <fieldset class="field">
                    <legend class="label">"Objectifs de sortie"</legend>
                    {error("durable")}
                    <div class="inline-form">{exits.collect_view()}</div>
                    {dynamic}
                </fieldset>
                <Modulation follow_up=follow_up.clone() sheet=sheet.clone() />
            </section>
            <section class="card pad stack" aria-labelledby="apres">
                <h2 id="apres" class="h3">"Et après"</h2>
                <div class="field">
                    <label for="attention">"Points de vigilance"</label>
                    <TextArea id="attention" name="attention" initial=sheet.attention.clone() maxlength=most rows=4 />
                </div>
                <div class="field">
                    <label for="suites">"Suites : qui fait quoi, et quand"</label>
                    <TextArea id="suites" name="suites" initial=sheet.next.clone() maxlength=most rows=3 />
                </div>
            </section>
            <p class="soft">{text::french("Communiquée, la fiche se lit par la structure, le conseil départemental, France Travail et la DREETS. Les ETP et la part modulée qu'elle retient préparent la décision.")}</p>
            <p class="actions">
                <button class="btn btn-main" type="submit" name="communiquer" value="oui">{share}</button>
                <button class="btn" type="submit">"Enregistrer"</button>
                {readable}
            </p>
        </form>
    }
}

/// What somebody else left, to be taken up by hand: nothing of either is lost.
fn theirs_view(version: &Version) -> impl IntoView + use<> {
    let left =
        format!("La version de {}, enregistrée le {}", version.by_name, format::moment(version.at));
    view! {
        <section class="card pad stack" aria-labelledby="autre-version">
            <h2 id="autre-version" class="h3">{text::french(&left)}</h2>
            {paper::texts(&version.sheet, "h3")}
        </section>
    }
}
