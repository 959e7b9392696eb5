//! Pages that the server renders whole. None of them needs the browser programme.

pub mod allotting;
pub mod annex;
pub mod annexes;
pub mod asked;
pub mod attachment;
pub mod changes;
pub mod commission;
pub mod compared;
pub mod composed;
pub mod connections;
pub mod convention;
pub mod coverage;
pub mod csv;
pub mod draft_file;
pub mod envelopes;
pub mod follow_up;
pub mod form_change;
pub mod history;
pub mod home;
pub mod instruction;
pub mod invitation;
pub mod joining;
pub mod labs;
pub mod leading;
pub mod leave;
pub mod message;
pub mod not_kept;
pub mod opening;
pub mod outbox;
pub mod personal;
pub mod preferences;
pub mod qr;
pub mod readings;
pub mod recap;
pub mod receipt;
pub mod reopening;
pub mod retention;
pub mod second_factor;
pub mod sharing;
pub mod sign_in;
pub mod snapshot;
pub mod sources;
pub mod step;
pub mod stranger;
pub mod studio;
pub mod team;
pub mod worklist;

use dossier::state::State;
use leptos::prelude::*;
use service::DossierHead;
use ui::{IconName, Tag};

use crate::routes;

/// What a dossier is called.
pub fn title(head: &DossierHead) -> String {
    let of = if head.form == "bilan" { "bilan" } else { head.request_kind.as_str() };
    format!("{} {}", nature(of), head.year)
}

/// What a nature of request is called, a yearly report among them.
pub fn nature(code: &str) -> &'static str {
    match code {
        "bilan" => "Bilan annuel",
        "first" => "Première demande",
        "renewal" => "Renouvellement",
        "amendment" => "Modification",
        _ => "Demande annuelle",
    }
}

/// The way back to a dossier of the person, with what comes after it.
#[component]
pub fn Crumbs(
    /// The dossier.
    head: DossierHead,
    /// A step of it.
    #[prop(optional, into)]
    step: Option<(String, String)>,
) -> impl IntoView {
    let step = step.map(|(href, name)| view! { " › " <a href=href>{name}</a> });
    view! {
        <p class="crumbs">
            <a href=routes::HOME>"Dossiers"</a>
            " › "
            <a href=routes::dossier(head.id.as_str())>{title(&head)}</a>
            {step}
        </p>
    }
}

/// The state of a dossier, as a tag.
#[component]
pub fn StateTag(
    /// The state.
    state: State,
    /// Whether an agent reads it.
    agent: bool,
) -> impl IntoView {
    let (tone, icon) = match state {
        State::Draft => ("t-guede", IconName::Pencil),
        State::Submitted => ("t-guede", IconName::Check),
        State::Complete | State::Dialogue | State::Commission => ("t-orseille", IconName::Eye),
        State::DecisionPending => ("t-gaude", IconName::Eye),
        State::Incomplete | State::SentBack => ("t-terre", IconName::ArrowLeft),
        State::Accepted => ("t-sauge", IconName::Check),
        State::Refused | State::RejectedIncomplete | State::Withdrawn | State::Abandoned => {
            ("", IconName::Info)
        }
    };
    let label = if agent { state.agent_label() } else { state.siae_label() };
    view! { <Tag tone=tone icon=icon text=label /> }
}
