//! The fiche de suivi of the dialogue de gestion: the page where it is written, and the paper that the
//! structure and the funders read and comment.

mod comments;
mod modulation;
mod paper;
mod writing;

use dossier::follow_up::{Missing, Sheet};
use form::Date;
use leptos::prelude::*;
use service::follow_up::{FollowUp, Version};

pub use self::paper::texts;
use self::{comments::Comments, paper::Paper, writing::Writing};
use super::{Crumbs, title};
use crate::{format, routes, text};

/// What the page shows.
pub struct Page {
    /// The sheet, and what is known beside.
    pub follow_up: FollowUp,
    /// What comes with it.
    pub beside: Beside,
    /// Whether somebody of the State or a funder reads it.
    pub agent: bool,
    /// Today.
    pub today: Date,
}

/// What was asked, and what was sent and is not kept.
#[derive(Default)]
pub struct Beside {
    /// Whether it is shown as the paper, though this person may write it.
    pub as_paper: bool,
    /// What was just done.
    pub done: Option<&'static str>,
    /// What stands against what was sent.
    pub refused: Option<&'static str>,
    /// A sheet that is not kept, and the version that it was written over.
    pub typed: Option<(Sheet, u32)>,
    /// What it does not say yet, part by part.
    pub missing: Vec<Missing>,
    /// Whether somebody else left a version meanwhile.
    pub changed: bool,
    /// A comment that is not kept.
    pub comment: String,
}

/// The page.
#[component]
pub fn FollowUpPage(
    /// What it shows.
    page: Page,
) -> impl IntoView {
    let Page { follow_up, beside, agent, today } = page;
    let Beside { as_paper, done, refused, typed, missing, changed, comment } = beside;
    // What is written over another version is so once that one was on the page.
    let number = follow_up.number();
    let theirs = follow_up.last.clone().filter(|_| changed);
    let is_typed = typed.is_some();
    let (sheet, over) = typed.unwrap_or_else(|| (follow_up.sheet(), number));
    let over = if changed { number } else { over };
    let head = follow_up.head.clone();
    let id = head.id.to_string();
    let crumbs = if agent {
        view! { <p class="crumbs"><a href=routes::RECEIVED>"Dossiers reçus"</a>" › "<a href=routes::instruction(&id)>{head.structure_name.clone()}</a></p> }.into_any()
    } else {
        view! { <Crumbs head=head.clone() /> }.into_any()
    };
    let writes = follow_up.may_write && !as_paper;
    let dialogue = follow_up.dialogue;
    let stands = text::french(&stands(&follow_up, writes));
    let refused =
        refused.map(|says| view! { <p class="error" role="alert">{text::french(says)}</p> });
    let done = done
        .map(|says| view! { <p class="note note-sauge" role="status">{text::french(says)}</p> });
    // Nobody writes it any more: what was typed is there to be copied.
    let lost = (is_typed && !writes).then(|| {
        view! {
            <section class="card pad stack" aria-labelledby="tape">
                <h2 id="tape" class="h3">{text::french("Ce que vous aviez écrit, qui n'est pas enregistré")}</h2>
                {texts(&sheet, "h3")}
            </section>
        }
    });
    let body = if writes {
        view! { <Writing follow_up=follow_up.clone() sheet over missing theirs today /> }.into_any()
    } else {
        view! { <Paper follow_up=follow_up.clone() /> }.into_any()
    };
    view! {
        <div class="wrap page narrow stack">
            <header>
                {crumbs}
                <h1>"Fiche de suivi"</h1>
                <p class="tags"><span class="kind">{head.kind.clone()}</span><span>{title(&head)}</span><span class="soft">{dialogue.label()}</span></p>
                <p class="soft no-print">{text::french(dialogue.why())}</p>
                <p class="soft">{stands}</p>
            </header>
            {done}
            {refused}
            {lost}
            {body}
            <Comments follow_up typed=comment />
        </div>
    }
}

/// Where the sheet stands: who reads what of it.
fn stands(follow_up: &FollowUp, writes: bool) -> String {
    let left =
        |version: &Version| format!("le {} par {}", format::moment(version.at), version.by_name);
    let Some(last) = &follow_up.last else {
        return "Pas encore écrite. Elle commence par ce que la structure demande ; personne d'autre que votre service ne la lit avant que vous la communiquiez."
            .to_owned();
    };
    if !writes {
        let other = (last.deposit != follow_up.deposit).then(|| {
            format!(
                " Elle porte sur le dépôt n° {} : la structure a déposé de nouveau depuis.",
                last.deposit
            )
        });
        let how =
            if last.is_shared { "Communiquée" } else { "Pas encore communiquée, enregistrée" };
        return format!("{how} {}.{}", left(last), other.unwrap_or_default());
    }
    match &follow_up.shared {
        None => format!(
            "Enregistrée {}. Votre service seul la lit tant qu'elle n'est pas communiquée.",
            left(last)
        ),
        Some(shared) if shared.number == last.number => format!(
            "Communiquée {} à la structure et aux financeurs. Ce que vous y changez se lira une fois communiqué de nouveau.",
            left(shared)
        ),
        Some(shared) => format!(
            "Communiquée {}, changée depuis : la structure et les financeurs lisent encore la version du {}.",
            left(shared),
            format::day(shared.at)
        ),
    }
}
