//! Depositing: the answers that count are frozen, numbered and hashed; agents read only that.

use std::collections::BTreeMap;

use dossier::{
    event::EventKind,
    form::revisions::FormKey,
    id::DossierId,
    state::{Action, TransitionRefused, apply},
};
use form::{Answers, Gravity, Problem, Revision};

use crate::{
    Actor, Deposit, DossierHead, Millis, Receipt, Services, StoreError,
    attachments::{Attachment, Frozen},
    drafts::{Draft, ReadError},
    following::{self, Behind},
    forms,
    head::Snapshot,
    journal::{self, Step, StepError, sha256_hex},
};

/// Why a dossier cannot be deposited.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DepositError {
    /// No such dossier for this actor.
    #[error("no such dossier")]
    NotFound,
    /// Only an admin of the structure deposits.
    #[error("not for this role")]
    NotForRole,
    /// It is not open to writing: deposited already, or closed.
    #[error("the dossier is not open to writing")]
    NotEditable,
    /// The national form changed since the dossier was opened: it must follow the new one first.
    #[error("the national form changed")]
    FormChanged,
    /// Something is missing or wrong.
    #[error("{} problems stop the deposit", .0.len())]
    Incomplete(Vec<Problem>),
    /// The dossier changed meanwhile: read it again.
    #[error("the dossier changed meanwhile")]
    Changed,
    /// The store cannot answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A deposit ready to be numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The dossier, in its new state, before the journal goes on.
    pub head: DossierHead,
    /// Who deposits.
    pub actor: Actor,
    /// When.
    pub at: Millis,
    /// The frozen answers.
    pub bytes: Vec<u8>,
}

impl Filing {
    /// The series that its number belongs to, "2027-058".
    pub fn series(&self) -> String {
        format!("{}-{:0>3}", self.head.year, self.head.department)
    }

    /// The deposit under its number in the series, with the step that records it.
    pub fn seal(&self, sequence: i64) -> (Deposit, Step) {
        let mut head = self.head.clone();
        let seen = head.journal_seq;
        head.deposits += 1;
        let number = format!("{}-{sequence:06}", self.series());
        let sha256 = sha256_hex(&self.bytes);
        let what = EventKind::Deposited { number: number.clone(), hash: sha256.clone() };
        let event = journal::record(&mut head, &self.actor, self.at, what);
        let deposit = Deposit {
            dossier: head.id.clone(),
            ordinal: head.deposits,
            number,
            form_revision: head.revision,
            bytes: self.bytes.clone(),
            sha256,
            at: self.at,
            by: self.actor.account_id.clone(),
            by_name: self.actor.name.clone(),
            journal_hash: event.hash.clone(),
        };
        (deposit, Step { seen, head, event })
    }
}

/// Deposits a dossier.
///
/// # Errors
/// See [`DepositError`]; nothing is written then.
pub async fn deposit(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Receipt, DepositError> {
    let draft = services.store.draft(id).await?.filter(|draft| draft.head.is_of(actor));
    let Draft { mut head, answers } = draft.ok_or(DepositError::NotFound)?;
    let behind = following::behind(services, &head).await?;
    let role = actor.role_in(&head.structure_id);
    head.state = apply(head.state, Action::Deposit, role).map_err(|refused| match refused {
        TransitionRefused::NotForRole => DepositError::NotForRole,
        TransitionRefused::NotFromState => DepositError::NotEditable,
    })?;
    if behind == Behind::Required {
        return Err(DepositError::FormChanged);
    }
    let form = forms::of(services, &head.form_key()).await?;
    let mut problems = form.check(&answers);
    problems.retain(|problem| problem.gravity == Gravity::Blocking);
    if !problems.is_empty() {
        return Err(DepositError::Incomplete(problems));
    }
    let attached = services.store.attachments_of(id).await?;
    let bytes = snapshot(form.revision, &answers, &attached).ok_or(StoreError::Corrupt)?;
    let filing = Filing { head, actor: actor.clone(), at: services.now(), bytes };
    let deposit = services.store.deposit(&filing).await?.ok_or(DepositError::Changed)?;
    Ok(deposit.receipt())
}

/// The answers that count, as bytes: canonical texts by place, keys sorted, with the documents that
/// they name.
fn snapshot(form: &Revision, answers: &Answers, attached: &[Attachment]) -> Option<Vec<u8>> {
    let canonical: BTreeMap<String, String> = answers
        .relevant(form)
        .into_iter()
        .filter_map(|at| {
            let raw = answers.raw(&at.field, &at.row);
            let text = match form.place(&at.field) {
                Some(place) => place.field.kind.canonical(raw).ok()?,
                None => raw.to_owned(),
            };
            (!text.is_empty()).then(|| (at.to_string(), text))
        })
        .collect();
    let named = |one: &&Attachment| canonical.get(&one.at.to_string()) == Some(&one.name);
    let files = attached.iter().filter(named).map(|one| {
        let frozen = Frozen { id: one.id.clone(), sha256: one.sha256.clone(), size: one.size };
        (one.at.to_string(), frozen)
    });
    let files = files.collect();
    let FormKey { form, revision, overlay } = FormKey::of(form);
    serde_json::to_vec(&Snapshot { answers: canonical, files, form, overlay, revision }).ok()
}

/// Takes a request back.
///
/// # Errors
/// When there is no such dossier for this actor, or it is too late.
pub async fn withdraw(services: &Services, actor: &Actor, id: &DossierId) -> Result<(), StepError> {
    journal::take(services, actor, id, Action::Withdraw, EventKind::Withdrawn).await
}

/// One deposit of a dossier, by its ordinal.
///
/// # Errors
/// When there is no such deposit for this actor.
pub async fn read(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
    ordinal: u32,
) -> Result<Deposit, ReadError> {
    head(services, actor, id).await?;
    services.store.deposit_of(id, ordinal).await?.ok_or(ReadError::NotFound)
}

/// Every deposit of a dossier, in order.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn of(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<Vec<Deposit>, ReadError> {
    head(services, actor, id).await?;
    Ok(services.store.deposits_of(id).await?)
}

/// The head of a dossier, for anybody who may know that it exists.
///
/// # Errors
/// When there is no such dossier for this actor.
pub async fn head(
    services: &Services,
    actor: &Actor,
    id: &DossierId,
) -> Result<DossierHead, ReadError> {
    let head = services.store.head(id).await?;
    head.filter(|head| head.is_seen_by(actor)).ok_or(ReadError::NotFound)
}

/// What was deposited within the actor's scope, latest change first.
///
/// # Errors
/// When the store cannot answer.
pub async fn deposited(services: &Services, actor: &Actor) -> Result<Vec<DossierHead>, StoreError> {
    let mut heads = services.store.heads(&actor.scope).await?;
    heads.retain(|head| head.deposits > 0);
    Ok(heads)
}

/// Which deposit says what the same request said the year before; `None` when there was none. Who fills
/// a part of a dossier learns which one it is, and reads of it what [`last_year`] says.
///
/// # Errors
/// When the store cannot answer.
pub async fn of_last_year(
    services: &Services,
    actor: &Actor,
    head: &DossierHead,
) -> Result<Option<(DossierId, u32)>, StoreError> {
    if head.part_of(actor).is_none() {
        return Ok(None);
    }
    services.store.last_deposit(head, head.year - 1).await
}

/// What that deposit said, whole: for whoever fills a part of this year's dossier to be shown the same
/// questions beside, and nothing else.
///
/// # Errors
/// When no part of the dossier is the actor's, or there is no such deposit.
pub async fn last_year(
    services: &Services,
    actor: &Actor,
    head: &DossierHead,
    (id, ordinal): &(DossierId, u32),
) -> Result<Deposit, ReadError> {
    head.part_of(actor).ok_or(ReadError::NotFound)?;
    services.store.deposit_of(id, *ordinal).await?.ok_or(ReadError::NotFound)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use form::{At, Field, Group, ROW_HERE, Section, Table, fields, one_of};

    use super::*;

    static NAME: Field<String> = Field::text("s.name", "Nom", 80);
    static HIDDEN: Field<String> =
        Field::text("s.hidden", "Caché", 80).visible_when(one_of!("s.name"; "x"));
    static PART: Field<form::Cents> = Field::money("s.part", "Part");
    static SECTION: Section = Section::new("s", "Essai").groups(
        const {
            &[
                Group::new("s.one", "Une fois").holding(fields![NAME, HIDDEN]),
                Group::new("s.many", "Lignes")
                    .table(Table::new("s.rows", "Ligne").columns(fields![PART])),
            ]
        },
    );

    #[test]
    fn a_snapshot_holds_what_counts_in_one_spelling() {
        let form = Revision::new("essai", 1, vec![Cow::Borrowed(&SECTION)]);
        let mut answers = Answers::default();
        for (at, raw) in [
            (At::once("s.name"), " Les  Jardins "),
            (At::once("s.hidden"), "ne compte pas"),
            (At::in_row("s.rows", "R1"), ROW_HERE),
            (At::in_row("s.part", "R1"), "1 234,5 €"),
            (At::in_row("s.rows", "R2"), ""),
            (At::in_row("s.part", "R2"), "7"),
        ] {
            answers.set(at, raw.to_owned());
        }
        let bytes = snapshot(&form, &answers, &[]).unwrap();
        let expected = r#"{"answers":{"s.name":"Les Jardins","s.part#R1":"1234.50","s.rows#R1":"oui"},"form":"essai","revision":1}"#;
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }
}
