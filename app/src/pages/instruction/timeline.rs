//! What the State did with a dossier so far.

use dossier::state::Action;
use leptos::prelude::*;
use service::instruction::Act;

use crate::{format, routes, text};

/// What was done so far, latest first.
#[component]
pub fn Timeline(
    /// The dossier.
    id: String,
    /// The acts.
    acts: Vec<Act>,
    /// Whether an agent reads.
    agent: bool,
) -> impl IntoView {
    if acts.is_empty() {
        return ().into_any();
    }
    let items = acts.into_iter().rev().map(|act| {
        let done = done(act.action);
        let who = if agent { format!(", {}", act.by_name) } else { String::new() };
        let sense = act.said.opinion.map(|opinion| format!("Avis de la commission : {}. ", opinion.label().to_lowercase()));
        let due = act.said.due.map(|due| format!("Réponse attendue le {}. ", format::date(due)));
        let annex = (act.action == Action::Accept && act.said.grant.is_some()).then(|| {
            view! { <p><a href=routes::annex(&id)>"Voir l'annexe financière"</a></p> }
        });
        let words = (!act.said.message.is_empty())
            .then(|| view! { <p class="words">{act.said.message.clone()}</p> });
        view! {
            <li>
                <p><b>{done}</b>" "<span class="soft">{format!("{}{who}", format::moment(act.at))}</span></p>
                {(sense.is_some() || due.is_some()).then(|| view! { <p>{text::french(&format!("{}{}", sense.unwrap_or_default(), due.unwrap_or_default()))}</p> })}
                {words}
                {annex}
            </li>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby="suivi">
            <h2 id="suivi" class="h3">"Suivi"</h2>
            <ol class="timeline">{items.collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// An action as something done.
pub const fn done(action: Action) -> &'static str {
    match action {
        Action::Deposit => "Déposé",
        Action::Abandon => "Abandonné",
        Action::Withdraw => "Retiré",
        Action::AskForDocuments => "Pièces demandées",
        Action::RejectIncomplete => "Rejeté, incomplet",
        Action::DeclareComplete => "Déclaré complet",
        Action::SendBack | Action::SendReportBack => "Renvoyé avec des questions",
        Action::OpenDialogue => "Dialogue de gestion ouvert",
        Action::ReferToCommission => "Commission saisie",
        Action::RecordOpinion => "Avis de la commission rendu",
        Action::PrepareDecision => "Décision proposée",
        Action::TakeBackProposal => "Proposition reprise",
        Action::Accept => "Accepté",
        Action::Refuse => "Refusé",
        Action::ApproveReport => "Bilan approuvé",
    }
}
