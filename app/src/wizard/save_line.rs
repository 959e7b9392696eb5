//! The line that says where what was typed is: two honest states, always at the same place.

use dossier::operation::{Gesture, Operation};
use leptos::{either::EitherOf3, prelude::*};
use ui::{Icon, IconName};

use crate::{
    draft::{
        Draft,
        changes::Changes,
        name_of,
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
    // Where the device keeps nothing, nothing is said to be kept.
    let kept = move || {
        if draft.keeps.get() { "Gardé sur cet appareil" } else { "Pas encore enregistré" }
    };
    let sentence = move || match draft.status.get() {
        Status::Saved => EitherOf3::A(view! {
            <strong>"Enregistré"</strong>
            <span>{draft.saved_at.with(|at| if at.is_empty() { String::new() } else { format!(" à {at}") })}</span>
        }),
        Status::Sending => EitherOf3::B(view! {
            <strong>{kept}</strong>
            <span>", envoi en cours"</span>
        }),
        Status::Waiting { count: 0, .. } => EitherOf3::A(view! {
            <strong>"Accès terminé"</strong>
            <span>{", l'étape a été reprise ou le lien a pris fin. Tout ce que vous aviez écrit est enregistré ; la suite ne peut plus l'être.".to_owned()}</span>
        }),
        Status::Waiting { count, why } => EitherOf3::C(view! {
            <strong>{kept}</strong>
            <span>{waiting(count, why, draft.is_guest())}</span>
            {(matches!(why, Failure::SignedOut | Failure::OtherPerson) && !draft.is_guest()).then(|| view! {
                // Opened in place by a script of its own; in another tab where that does not come.
                <a href=routes::SIGN_IN target="_blank" rel="noopener" data-reconnexion="">"Reconnectez-vous"</a>
            })}
        }),
    };
    let refused = move || {
        draft.parked.with(|parked| {
            (!parked.is_empty()).then(|| {
                let items = parked.iter().map(|operation| waiting_text(draft, operation));
                let items = items.collect_view();
                view! {
                    <details class="refused">
                        <summary>{text::count(u32::try_from(parked.len()).unwrap_or(u32::MAX), "réponse refusée", "réponses refusées")}</summary>
                        <p>"Ces textes n'ont pas pu être enregistrés. Ils restent sur cet appareil jusqu'à ce que vous les oubliiez."</p>
                        <ul>{items}</ul>
                    </details>
                }
            })
        })
    };
    let undo = view! {
        <p class="undo" hidden=move || draft.changes.with(|changes| !changes.can_undo() && !changes.can_redo())>
            <button type="button" class="btn btn-s btn-quiet" name="_defaire" disabled=move || !draft.changes.with(Changes::can_undo)>
                <Icon name=IconName::Undo />
                "Défaire"
            </button>
            <button type="button" class="btn btn-s btn-quiet" name="_refaire" hidden=move || !draft.changes.with(Changes::can_redo)>"Refaire"</button>
        </p>
    };
    view! {
        <div class="card status" id="etat" data-state=state>
            <span class="dot" aria-hidden="true"></span>
            <p role="status">{sentence}</p>
            {undo}
            {refused}
        </div>
    }
}

fn waiting(count: usize, why: Failure, guest: bool) -> String {
    let answers = text::count(u32::try_from(count).unwrap_or(u32::MAX), "réponse", "réponses");
    match why {
        Failure::Unreachable => {
            format!(", {answers} à envoyer dès le retour du réseau. Continuez sans crainte.")
        }
        Failure::SignedOut if guest => {
            format!(", {answers} à envoyer : rouvrez le lien reçu, elles partiront d'ici.")
        }
        Failure::SignedOut => format!(", {answers} à envoyer. "),
        Failure::OtherPerson => {
            format!(
                ", {answers} à envoyer : une autre personne est connectée, rien ne part sous son nom. "
            )
        }
        Failure::Ended => {
            format!(
                ", {answers} non enregistrées : l'étape a été reprise ou le lien a pris fin. Demandez un nouveau lien : ouvert ici sous le même nom, il les enverra. Ou copiez vos textes."
            )
        }
        Failure::Closed => {
            format!(", {answers} en attente : ce dossier a été déposé ou fermé entre-temps.")
        }
    }
}

/// A text that waits for the person, by the name of its question.
fn waiting_text(draft: Draft, operation: &Operation) -> impl IntoView + use<> {
    let Operation { id, at, gesture, .. } = operation;
    let name = draft.answers.with_untracked(|answers| name_of(draft.revision(), answers, at));
    let raw = match gesture {
        Gesture::Write(raw) => raw.clone(),
        Gesture::Confirm => "c'est juste".to_owned(),
    };
    view! {
        <li>
            <a href=format!("#{at}")>{text::french(&format!("{name} : {raw}"))}</a>
            <button type="button" class="btn btn-s btn-quiet" name="_oublier" value=id.clone()>"Oublier"</button>
        </li>
    }
}
