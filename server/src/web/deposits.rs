//! The recap, the deposit, its receipt, and taking a request back.

use app::{
    draft::checked,
    pages::{
        message::{Message, MessagePage},
        recap::{Recap, RecapPage},
        receipt::ReceiptPage,
        snapshot::SnapshotView,
    },
    routes,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use dossier::{
    reading::signals,
    state::{Action, apply},
};
use form::{Answers, diff};
use leptos::prelude::*;
use service::{
    attachments,
    deposits::{self, DepositError},
    drafts, follow_up, following, forms, instruction,
    journal::StepError,
    retention,
};

use super::{
    Web,
    access::Signed,
    answer::{Refusal, page},
    dossiers::steps_of,
    prepared,
};

/// What is left, and the deposit.
pub async fn recap(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let draft = drafts::read(&web.services, &actor, &id.as_str().into()).await?;
    if !draft.head.state.is_editable() {
        return Ok(Redirect::to(&routes::dossier(&id)).into_response());
    }
    let form = forms::of(&web.services, &draft.head.form_key()).await?;
    let last = match draft.head.deposits {
        0 => None,
        ordinal => deposits::read(&web.services, &actor, &draft.head.id, ordinal).await?.answers(),
    };
    let changes =
        last.map(|last: Answers| diff(form.revision, &last, &draft.answers)).unwrap_or_default();
    let role = actor.role_in(&draft.head.structure_id);
    let before = prepared::last_year(&web, &actor, &draft.head).await?;
    let before = before.map(|snapshot| snapshot.answers());
    let signals = signals(&draft.head.form, &draft.answers, before.as_ref());
    let recap = Recap {
        form: form.revision,
        checked: checked(&form, &draft.answers),
        changes,
        signals,
        unsent: attachments::unsent(&web.services, &draft).await?,
        behind: following::behind(&web.services, &draft.head).await?,
        may_deposit: apply(draft.head.state, Action::Deposit, role).is_ok(),
        steps: steps_of(form.revision, &draft.answers),
        head: draft.head,
        answers: draft.answers,
        account: actor.account_id.to_string(),
    };
    let html =
        page(&web, Some(actor), "Récapitulatif", None, move || view! { <RecapPage recap /> });
    Ok(html.into_response())
}

/// Deposits. Whatever is missing leads back to the recap, which says it.
pub async fn deposit(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    match deposits::deposit(&web.services, &actor, &id.as_str().into()).await {
        Ok(receipt) => Ok(Redirect::to(&routes::receipt(&id, receipt.ordinal)).into_response()),
        Err(DepositError::Incomplete(_) | DepositError::Changed | DepositError::FormChanged) => {
            Ok(Redirect::to(&routes::recap(&id)).into_response())
        }
        Err(DepositError::NotFound) => Err(Refusal::NotFound),
        Err(DepositError::NotEditable) => Err(Refusal::Closed { id }),
        Err(DepositError::NotForRole) => {
            let message = Message {
                title: "Le dépôt revient à une personne responsable",
                text: "Votre compte permet de remplir le dossier, pas de le déposer. Prévenez une personne responsable de la structure : tout est enregistré.".into(),
                href: routes::recap(&id),
                link: "Revenir au récapitulatif",
            };
            let title = message.title;
            let html =
                page(&web, Some(actor), title, None, move || view! { <MessagePage message /> });
            Ok((StatusCode::FORBIDDEN, html).into_response())
        }
        Err(DepositError::Store(error)) => Err(error.into()),
    }
}

/// The receipt of a deposit, with what was deposited.
pub async fn receipt(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path((id, ordinal)): Path<(String, u32)>,
) -> Result<Response, Refusal> {
    let dossier = id.as_str().into();
    let head = deposits::head(&web.services, &actor, &dossier).await?;
    let deposit = deposits::read(&web.services, &actor, &dossier, ordinal).await?;
    let snapshot = deposit.snapshot().ok_or(Refusal::Unavailable)?;
    let (key, files) = (snapshot.form_key(), snapshot.files);
    let form = forms::of(&web.services, &key).await?.revision;
    let answers = deposit.answers().ok_or(Refusal::Unavailable)?;
    let agent = !actor.role.is_siae();
    let acts = instruction::acts(&web.services, &actor, &dossier).await?;
    let may_withdraw =
        apply(head.state, Action::Withdraw, actor.role_in(&head.structure_id)).is_ok();
    let has_follow_up = follow_up::summary(&web.services, &actor, &head).await?.is_written;
    let kept_until = retention::until(&web.services, &head).await?;
    let title = format!("Récépissé {}", deposit.number);
    let html = page(&web, Some(actor), &title, None, move || {
        view! {
            <ReceiptPage head deposit agent acts may_withdraw has_follow_up kept_until>
                <SnapshotView form answers=answers.clone() masked=agent files=files.clone() />
            </ReceiptPage>
        }
    });
    Ok(html.into_response())
}

/// Takes a request back.
pub async fn withdraw(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Redirect, Refusal> {
    match deposits::withdraw(&web.services, &actor, &id.as_str().into()).await {
        Ok(()) | Err(StepError::Changed) => Ok(Redirect::to(&routes::dossier(&id))),
        Err(StepError::NotFound) => Err(Refusal::NotFound),
        Err(StepError::Refused(_)) => Err(Refusal::Closed { id }),
        Err(StepError::Store(error)) => Err(error.into()),
    }
}
