//! The receipt of a deposit, and what comes next.

use dossier::state::State;
use form::Date;
use leptos::prelude::*;
use service::{Deposit, DossierHead, instruction::Act};
use ui::{Icon, IconName};

use super::{StateTag, instruction::Timeline, title};
use crate::{format, routes, text};

/// The page: number, date, fingerprint, what happens next; then what was deposited.
#[component]
pub fn ReceiptPage(
    /// The dossier.
    head: DossierHead,
    /// The deposit.
    deposit: Deposit,
    /// Whether an agent reads it.
    agent: bool,
    /// What the State did so far.
    acts: Vec<Act>,
    /// Whether this person may take it back.
    may_withdraw: bool,
    /// Whether a fiche de suivi is there to be read.
    has_follow_up: bool,
    /// Until when nothing of it is forgotten, as far as that can be said.
    kept_until: Option<Date>,
    /// The deposited answers.
    children: Children,
) -> impl IntoView {
    let id = head.id.to_string();
    let opening = if agent {
        format!("{}, {}", title(&head), head.structure_name)
    } else {
        "Votre dossier est déposé".to_owned()
    };
    let next = next_in_words(head.state);
    let kept = kept_until.map_or_else(
        || "Rien de ce dossier n'est supprimé tant qu'il est en instruction.".to_owned(),
        |day| format!("Rien de ce dossier ne sera supprimé avant le {}.", format::date(day)),
    );
    let withdraw = (may_withdraw && !agent).then(|| {
        view! {
            <details class="card pad">
                <summary>"Retirer ce dossier"</summary>
                <p>"L'instruction s'arrête. Le contenu déposé reste consultable, et vous pourrez ouvrir une nouvelle demande."</p>
                <form method="post" action=routes::withdraw(&id)>
                    <button class="btn" type="submit">"Retirer le dossier"</button>
                </form>
            </details>
        }
    });
    let follow = (!acts.is_empty()).then(|| {
        let href = if agent { routes::instruction(&id) } else { routes::asked(&id) };
        let label = if agent { "Lire et annoter" } else { "Ce que la DDETS a demandé" };
        view! {
            <Timeline id=id.clone() acts agent />
            <p class="actions"><a class="btn" href=href>{label}</a>{has_follow_up.then(|| view! { <a class="btn" href=routes::follow_up(&id)>"Lire la fiche de suivi"</a> })}</p>
        }
    });
    let facts = [
        ("Récépissé", deposit.number.clone()),
        ("Déposé le", format::moment(deposit.at)),
        ("Par", deposit.by_name.clone()),
        ("Structure", format!("{} ({})", head.structure_name, head.kind)),
        ("Département", head.department.clone()),
    ]
    .into_iter()
    .map(|(term, value)| view! { <div><dt>{term}</dt><dd>{value}</dd></div> })
    .collect_view();
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=if agent { routes::RECEIVED } else { routes::HOME }>{if agent { "Dossiers reçus" } else { "Dossiers" }}</a></p>
                <h1>{opening}</h1>
                <p class="tags"><span class="kind">{head.kind.clone()}</span><StateTag state=head.state agent /></p>
                <p class="lead">{text::french(next)}</p>
            </header>
            <section class="card pad receipt" aria-labelledby="recepisse">
                <h2 id="recepisse">{format!("Récépissé {}", deposit.number)}</h2>
                <dl class="facts">{facts}</dl>
                <p class="soft print-note">
                    {text::french("Empreinte du contenu déposé (SHA-256) : ")}
                    <code>{deposit.sha256.clone()}</code>
                </p>
                <p class="soft no-print">{text::french("Cette page s'imprime : elle vaut accusé de réception.")}</p>
            </section>
            {follow}
            {withdraw}
            <section class="stack" aria-labelledby="contenu-depose">
                <h2 id="contenu-depose">"Ce qui a été déposé"</h2>
                {children()}
            </section>
            {(!agent).then(|| view! {
                <p class="soft">{text::french(&kept)}" "<a href=routes::PERSONAL>"Combien de temps Trame garde vos données"</a></p>
                <p><a href=routes::readings(&id)>"Qui a lu votre dossier"</a></p>
                <p><a class="btn" href=routes::HOME><Icon name=IconName::ArrowLeft />"Revenir aux dossiers"</a></p>
            })}
        </div>
    }
}

/// What comes next, in plain words. Delays: circulaire DGEFP 2008-21 (domain reference 2.1).
fn next_in_words(state: State) -> &'static str {
    match state {
        State::Draft => "Ce dossier est de nouveau un brouillon.",
        State::Submitted => {
            "La DDETS vérifie que le dossier est complet. Elle vous répond en général sous quinze jours."
        }
        State::Incomplete => {
            "La DDETS vous demande des pièces. Complétez le dossier, puis déposez-le de nouveau."
        }
        State::Complete => "Le dossier est complet. La DDETS l'instruit.",
        State::SentBack => "La DDETS vous pose des questions. Répondez-y, puis déposez de nouveau.",
        State::Dialogue => "Le dialogue de gestion est ouvert avec la DDETS.",
        State::Commission => "La commission donne son avis, en général sous un mois.",
        State::DecisionPending => {
            "La décision se prépare. Elle vous est notifiée en général sous quinze jours."
        }
        State::Accepted => "Votre demande est acceptée.",
        State::Refused => {
            "Votre demande est refusée. La décision qui vous a été notifiée dit pourquoi et comment la contester."
        }
        State::Withdrawn => "Vous avez retiré ce dossier.",
        State::Abandoned => "Ce brouillon a été abandonné.",
        State::RejectedIncomplete => "Le dossier a été rejeté : des pièces demandées manquaient.",
    }
}
