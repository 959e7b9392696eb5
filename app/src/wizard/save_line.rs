//! The line that says where what was typed is: two honest states, always at the same place.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    draft::{
        Draft,
        outbox::{Failure, Status},
    },
    routes, text,
};

/// The line of state.
#[component]
pub fn SaveLine(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let state = move || if draft.status.get() == Status::Saved { "server" } else { "device" };
    let sentence = move || match draft.status.get() {
        Status::Saved => EitherOf3::A(view! {
            <strong>"Enregistré"</strong>
            <span>{move || draft.saved_at.with(|at| if at.is_empty() { String::new() } else { format!(" à {at}") })}</span>
        }),
        Status::Sending => EitherOf3::B(view! {
            <strong>"Gardé sur cet appareil"</strong>
            <span>", envoi en cours"</span>
        }),
        Status::Waiting { count, why } => EitherOf3::C(view! {
            <strong>"Gardé sur cet appareil"</strong>
            <span>{waiting(count, why)}</span>
            {(why == Failure::SignedOut).then(|| view! {
                <a href=routes::SIGN_IN target="_blank" rel="noopener">"Reconnectez-vous"</a>
            })}
        }),
    };
    let refused = move || {
        draft.parked.with(|parked| {
            (!parked.is_empty()).then(|| {
                let items = parked
                    .iter()
                    .map(|(at, raw)| view! { <li><a href=format!("#{at}")>{raw.clone()}</a></li> })
                    .collect_view();
                view! {
                    <details class="refused">
                        <summary>{text::count(u32::try_from(parked.len()).unwrap_or(u32::MAX), "réponse refusée", "réponses refusées")}</summary>
                        <p>"Ces textes n'ont pas pu être enregistrés. Copiez-les avant de quitter la page."</p>
                        <ul>{items}</ul>
                    </details>
                }
            })
        })
    };
    view! {
        <div class="card status" data-state=state>
            <span class="dot" aria-hidden="true"></span>
            <p role="status">{sentence}</p>
            {refused}
        </div>
    }
}

fn waiting(count: usize, why: Failure) -> String {
    let answers = text::count(u32::try_from(count).unwrap_or(u32::MAX), "réponse", "réponses");
    match why {
        Failure::Unreachable => {
            format!(", {answers} à envoyer dès le retour du réseau. Continuez sans crainte.")
        }
        Failure::SignedOut => format!(", {answers} à envoyer. "),
        Failure::Closed => {
            format!(", {answers} en attente : ce dossier a été déposé ou fermé entre-temps.")
        }
    }
}
