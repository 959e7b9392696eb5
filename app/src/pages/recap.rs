//! Before the deposit: what is left, what changed, what one engages to; then the button.

use dossier::reading::Signal;
use form::{Answers, At, Change, Gravity, Problem, Revision};
use leptos::prelude::*;
use service::{DossierHead, attachments::piece_of, following::Behind};
use ui::{Icon, IconName};

use super::{Crumbs, changes::Changes, draft_file::DraftFiles, instruction::Signals};
use crate::{
    draft::{Checked, minutes, name_of},
    routes, text,
};

/// What the page shows.
pub struct Recap {
    /// The dossier.
    pub head: DossierHead,
    /// Its form.
    pub form: &'static Revision,
    /// Its answers.
    pub answers: Answers,
    /// What the rules say.
    pub checked: Checked,
    /// What differs from the last deposit, when there is one.
    pub changes: Vec<Change>,
    /// What does not fit together: whoever instructs reads the same.
    pub signals: Vec<Signal>,
    /// Questions whose answer names a document that was never sent.
    pub unsent: Vec<At>,
    /// Whether a newer form is there.
    pub behind: Behind,
    /// Whether this person may deposit.
    pub may_deposit: bool,
    /// Names of the steps of this dossier.
    pub steps: Vec<(String, String)>,
    /// Who reads it.
    pub account: String,
}

/// The page.
#[component]
pub fn RecapPage(
    /// What it shows.
    recap: Recap,
) -> impl IntoView {
    let Recap {
        head,
        form,
        answers,
        checked,
        changes,
        signals,
        unsent,
        behind,
        may_deposit,
        steps,
        account,
    } = recap;
    let left = checked.total();
    let id = head.id.to_string();
    let blocking = checked.problems.iter().filter(|p| p.gravity == Gravity::Blocking).count();
    let (heading, lead) = if behind == Behind::Required {
        (
            "Le formulaire a changé",
            "Passez d'abord au nouveau formulaire : vos réponses vous suivent.".to_owned(),
        )
    } else if blocking == 0 {
        (
            "Votre dossier est prêt à être déposé",
            "Relisez ce qui suit, puis déposez. Vous recevrez aussitôt un récépissé.".to_owned(),
        )
    } else {
        (
            "Il reste quelques réponses",
            format!("Environ {}\u{a0}min. Chaque ligne mène à la question.", minutes(left)),
        )
    };
    let by_step = steps
        .iter()
        .map(|(section, name)| view! { <StepProblems id=id.clone() section=section.clone() name=name.clone() form answers=answers.clone() problems=checked.problems.clone() /> })
        .collect_view();
    let unconfirmed = (left.to_confirm > 0).then(|| {
        view! {
            <p class="note note-gaude">
                <strong>{text::count(left.to_confirm, "valeur reprise n'est", "valeurs reprises ne sont")}</strong>
                {text::french(" pas encore confirmées. Vous pouvez déposer ainsi : elles seront marquées comme reprises telles quelles.")}
            </p>
        }
    });
    let named = unsent.iter().filter_map(|at| {
        let name = piece_of(&form.place(&at.field)?);
        Some(view! { <li><a href=routes::document(&id, at)>{name}</a></li> })
    });
    let named = named.collect_view();
    let unsent = (!unsent.is_empty()).then(|| {
        view! {
            <section class="card pad stack">
                <h2 class="h3">"Documents nommés, pas encore envoyés"</h2>
                <p class="soft">{text::french("Vous pouvez déposer ainsi : le service de l'État lira le nom, sans le document.")}</p>
                <ul class="plain">{named}</ul>
            </section>
        }
    });
    let changed =
        (!changes.is_empty()).then(|| view! { <Changes form answers=answers.clone() changes /> });
    let noticed = noticed(&id, form, signals);
    let newer = (behind != Behind::No).then(|| {
        view! { <NewerForm id=id.clone() required={behind == Behind::Required} /> }
    });
    let deposit = (blocking == 0 && behind != Behind::Required).then(|| {
        if may_deposit {
            view! {
                <form method="post" action=routes::deposit(&id) class="card pad stack">
                    <h2>"Déposer"</h2>
                    <p>"Le contenu est figé au moment du dépôt. Vous pourrez encore le retirer tant que l'instruction n'est pas terminée."</p>
                    <p><button class="btn btn-main" type="submit">"Déposer le dossier"</button></p>
                </form>
            }
            .into_any()
        } else {
            view! { <p class="note">"Le dépôt revient à une personne responsable de la structure. Prévenez-la : tout est prêt."</p> }.into_any()
        }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head=head.clone() />
                <h1>{heading}</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            {newer}
            {by_step}
            {unsent}
            {unconfirmed}
            {changed}
            {noticed}
            {deposit}
            <DraftFiles id=id.clone() account />
            <p><a class="btn" href=routes::dossier(&id)><Icon name=IconName::ArrowLeft />"Revenir au dossier"</a></p>
        </div>
    }
}

/// What does not fit together, as whoever instructs will read it.
fn noticed(id: &str, form: &'static Revision, signals: Vec<Signal>) -> Option<AnyView> {
    let dossier = id.to_owned();
    let to = move |signal: &Signal| {
        let step = form.section_of(&signal.at.field).map(|section| section.id.to_string());
        format!("{}#{}", routes::step(&dossier, &step.unwrap_or_default()), signal.at)
    };
    (!signals.is_empty()).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="signaux">
                <h2 id="signaux" class="h3">"Ce que la DDETS remarquera"</h2>
                <p class="soft">{text::french("Rien ne vous empêche de déposer. Si un chiffre est juste, une phrase d'explication dans le dossier vous évitera une question.")}</p>
                <Signals signals to />
            </section>
        }
        .into_any()
    })
}

/// A newer form is there.
#[component]
fn NewerForm(id: String, required: bool) -> impl IntoView {
    let said = if required {
        "Le formulaire national a une nouvelle version depuis que ce dossier est ouvert. Le dépôt se fait avec elle."
    } else {
        "Votre département a une nouvelle version de son complément. Vous pouvez la suivre, ou déposer sans elle."
    };
    view! {
        <section class="note note-gaude stack" aria-label="Le formulaire a changé">
            <p>{said}</p>
            <p><a class="btn" href=routes::form(&id)>"Voir ce qui change"</a></p>
        </section>
    }
}

/// The problems of one step, each a link to its question.
#[component]
fn StepProblems(
    id: String,
    section: String,
    name: String,
    form: &'static Revision,
    answers: Answers,
    problems: Vec<Problem>,
) -> impl IntoView {
    let items: Vec<_> = problems
        .iter()
        .filter(|p| form.section_of(&p.at.field).is_some_and(|step| step.id == section))
        .map(|problem| {
            let label = name_of(form, &answers, &problem.at);
            let warning = (problem.gravity == Gravity::Warning)
                .then(|| view! { <span class="tag t-gaude">"À relire"</span> });
            let said = if problem.is_missing() { String::new() } else { text::problem(problem) };
            view! {
                <li>
                    <a href=routes::step_at(&id, &section, &problem.at)>{label}</a>
                    " " {warning} <span class="soft">{said}</span>
                </li>
            }
        })
        .collect();
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card pad">
            <h2 class="h3">{name}</h2>
            <ul class="problems">{items}</ul>
        </section>
    }
    .into_any()
}
