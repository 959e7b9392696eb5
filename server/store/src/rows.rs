//! Rows as both databases give them, and what they mean.

pub(crate) mod allotments;
pub(crate) mod annex;
pub(crate) mod attachments;
pub(crate) mod audits;
pub(crate) mod commissions;
pub(crate) mod conventions;
pub(crate) mod envelopes;
pub(crate) mod findings;
pub(crate) mod follow_ups;
pub(crate) mod instruction;
pub(crate) mod labs;
pub(crate) mod lenses;
pub(crate) mod mails;
pub(crate) mod register;
pub(crate) mod retention;
pub(crate) mod studio;
pub(crate) mod teams;
pub(crate) mod worklist;

use dossier::{
    event::Event,
    id::{AccountId, DossierId, ShareId, StructureId},
    operation::Outcome,
    role::Role,
    state::State,
};
use form::{Answer, Answers, At, Provenance};
use serde::Deserialize;
use service::{
    Account, Deposit, DossierHead, Membership, Millis, Structure,
    account::{GuestShare, Person, WebSession},
    audit::Row,
    drafts::Draft,
    forms::Edition,
    saving::Written,
    sharing::Share,
};
use sqlx::FromRow;

use crate::error::corrupt;

/// A number that counts.
pub(crate) fn count(number: i64) -> sqlx::Result<u32> {
    number.try_into().map_err(|_| corrupt("a count"))
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> sqlx::Result<T> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A comma-separated list.
fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

#[derive(FromRow)]
pub(crate) struct AccountRow {
    id: String,
    email: String,
    name: String,
    title: String,
    role: String,
    is_persona: bool,
    password_hash: Option<String>,
}

impl AccountRow {
    pub(crate) fn read(self) -> sqlx::Result<Account> {
        Ok(Account {
            id: self.id.into(),
            email: self.email,
            name: self.name,
            title: self.title,
            role: Role::from_code(&self.role).ok_or_else(|| corrupt("a role"))?,
            is_persona: self.is_persona,
            password_hash: self.password_hash,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct StructureRow {
    id: String,
    asp_id: String,
    siret: String,
    name: String,
    kinds: String,
    department: String,
    region: String,
    commune: String,
}

impl StructureRow {
    pub(crate) fn read(self) -> Structure {
        Structure {
            id: self.id.into(),
            asp_id: self.asp_id,
            siret: self.siret,
            name: self.name,
            kinds: list(&self.kinds),
            department: self.department,
            region: self.region,
            commune: self.commune,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct SessionRow {
    token_hash: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    #[sqlx(flatten)]
    account: AccountRow,
    memberships: String,
    departments: String,
    shares: String,
}

impl SessionRow {
    pub(crate) fn read(self) -> sqlx::Result<(WebSession, Person)> {
        let account = self.account.read()?;
        let memberships: Vec<(StructureId, u8)> = parse(&self.memberships)?;
        let memberships = memberships.into_iter().map(|(structure, is_admin)| Membership {
            account: account.id.clone(),
            structure,
            is_admin: is_admin != 0,
        });
        let departments: Vec<(String,)> = parse(&self.departments)?;
        let shares: Vec<(ShareId, DossierId, String, i64, Option<i64>)> = parse(&self.shares)?;
        let share = |(id, dossier, sections, until, taken_back): (_, _, String, _, Option<i64>)| {
            let (sections, until) = (list(&sections), Millis(until));
            GuestShare { id, dossier, sections, until, is_taken_back: taken_back.is_some() }
        };
        let session = WebSession {
            token_hash: self.token_hash,
            account: account.id.clone(),
            created_at: Millis(self.created_at),
            seen_at: Millis(self.seen_at),
            expires_at: Millis(self.expires_at),
        };
        let person = Person {
            memberships: memberships.collect(),
            departments: departments.into_iter().map(|(department,)| department).collect(),
            share: shares.into_iter().next().map(share),
            account,
        };
        Ok((session, person))
    }
}

/// Where it is read from a list, the columns come in this order.
#[derive(FromRow, Deserialize)]
pub(crate) struct HeadRow {
    id: String,
    structure_id: String,
    structure_name: String,
    form: String,
    revision: i64,
    kind: String,
    request_kind: String,
    perimeter: String,
    year: i64,
    department: String,
    state: String,
    created_at: i64,
    updated_at: i64,
    updated_by: String,
    updated_by_name: String,
    deposits: i64,
    journal_seq: i64,
    journal_hash: String,
    overlay: String,
}

impl HeadRow {
    pub(crate) fn read(self) -> sqlx::Result<DossierHead> {
        Ok(DossierHead {
            id: self.id.into(),
            structure_id: self.structure_id.into(),
            structure_name: self.structure_name,
            form: self.form,
            revision: count(self.revision)?,
            kind: self.kind,
            request_kind: self.request_kind,
            perimeter: self.perimeter,
            year: self.year.try_into().map_err(|_| corrupt("a year"))?,
            department: self.department,
            state: State::from_code(&self.state).ok_or_else(|| corrupt("a state"))?,
            created_at: Millis(self.created_at),
            updated_at: Millis(self.updated_at),
            updated_by: self.updated_by.into(),
            updated_by_name: self.updated_by_name,
            deposits: count(self.deposits)?,
            journal_seq: count(self.journal_seq)?,
            journal_hash: self.journal_hash,
            overlay: self.overlay,
        })
    }
}

/// An overlay as it was published.
#[derive(FromRow)]
pub(crate) struct EditionRow {
    overlay: String,
    number: i64,
    published_at: i64,
}

impl EditionRow {
    pub(crate) fn read(self) -> sqlx::Result<Edition> {
        let (number, at) = (count(self.number)?, Millis(self.published_at));
        Ok(Edition { overlay: parse(&self.overlay)?, number, at })
    }
}

/// A dossier with its answers, as a list of `[field, row, raw, version, provenance]`.
#[derive(FromRow)]
pub(crate) struct DraftRow {
    #[sqlx(flatten)]
    head: HeadRow,
    answers: String,
}

impl DraftRow {
    pub(crate) fn read(self) -> sqlx::Result<Draft> {
        let lines: Vec<(String, String, String, u32, Option<Provenance>)> = parse(&self.answers)?;
        let mut answers = Answers::default();
        for (field, row, raw, version, provenance) in lines {
            answers.put(At { field, row }, Answer { raw, version, provenance });
        }
        Ok(Draft { head: self.head.read()?, answers })
    }
}

/// An answer with who wrote it, in a list.
#[derive(Deserialize)]
struct WrittenLine {
    dossier: DossierId,
    field: String,
    row: String,
    raw: String,
    version: u32,
    provenance: Option<Provenance>,
    at: i64,
    by: AccountId,
    by_name: String,
}

/// Answers with who wrote them, by dossier, of a list of lists.
pub(crate) fn written(list: &str) -> sqlx::Result<Vec<(DossierId, At, Written)>> {
    let lines: Vec<WrittenLine> = parse(list)?;
    let read = |line: WrittenLine| {
        let WrittenLine { dossier, field, row, raw, version, provenance, at, by, by_name } = line;
        let answer = Answer { raw, version, provenance };
        (dossier, At { field, row }, Written { answer, at: Millis(at), by, by_name })
    };
    Ok(lines.into_iter().map(read).collect())
}

/// A version of an answer.
type Base = (At, u32);

/// Earlier texts by dossier, place and version, of a list of lists.
pub(crate) fn bases(list: &str) -> sqlx::Result<Vec<(DossierId, Base, String)>> {
    let lines: Vec<(DossierId, String, String, u32, String)> = parse(list)?;
    let read = |(dossier, field, row, version, raw)| (dossier, (At { field, row }, version), raw);
    Ok(lines.into_iter().map(read).collect())
}

/// Outcomes by dossier, of a list of lists.
pub(crate) fn outcomes(list: &str) -> sqlx::Result<Vec<(DossierId, Outcome)>> {
    parse(list)
}

/// Heads, of a list of lists in the order of [`HeadRow`].
pub(crate) fn heads(list: &str) -> sqlx::Result<Vec<DossierHead>> {
    let rows: Vec<HeadRow> = parse(list)?;
    rows.into_iter().map(HeadRow::read).collect()
}

#[derive(FromRow)]
pub(crate) struct DepositRow {
    dossier_id: String,
    ordinal: i64,
    number: String,
    form_revision: i64,
    bytes: Vec<u8>,
    sha256: String,
    at: i64,
    by: String,
    by_name: String,
    journal_hash: String,
}

impl DepositRow {
    pub(crate) fn read(self) -> sqlx::Result<Deposit> {
        Ok(Deposit {
            dossier: self.dossier_id.into(),
            ordinal: count(self.ordinal)?,
            number: self.number,
            form_revision: count(self.form_revision)?,
            bytes: self.bytes,
            sha256: self.sha256,
            at: Millis(self.at),
            by: self.by.into(),
            by_name: self.by_name,
            journal_hash: self.journal_hash,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct EventRow {
    dossier_id: String,
    seq: i64,
    at: i64,
    actor: String,
    what: String,
    previous_hash: String,
    hash: String,
}

impl EventRow {
    /// A row as it is, whatever it says.
    pub(crate) fn row(self) -> sqlx::Result<Row> {
        let (dossier, seq) = (self.dossier_id.clone().into(), count(self.seq)?);
        Ok(Row { dossier, seq, event: self.read().ok() })
    }

    pub(crate) fn read(self) -> sqlx::Result<Event> {
        Ok(Event {
            dossier: self.dossier_id.into(),
            seq: count(self.seq)?,
            at: self.at,
            actor: self.actor.into(),
            what: parse(&self.what)?,
            previous_hash: self.previous_hash,
            hash: self.hash,
        })
    }
}

#[derive(FromRow)]
pub(crate) struct ShareRow {
    id: String,
    dossier_id: String,
    given_to: String,
    sections: String,
    given_at: i64,
    given_by: String,
    given_by_name: String,
    ends_at: i64,
    guest_id: Option<String>,
    guest_name: String,
    seen_at: Option<i64>,
    taken_back_at: Option<i64>,
}

impl ShareRow {
    pub(crate) fn read(self) -> Share {
        Share {
            id: self.id.into(),
            dossier: self.dossier_id.into(),
            to: self.given_to,
            sections: list(&self.sections),
            given_at: Millis(self.given_at),
            given_by: self.given_by.into(),
            given_by_name: self.given_by_name,
            until: Millis(self.ends_at),
            guest: self.guest_id.map(Into::into),
            guest_name: self.guest_name,
            seen_at: self.seen_at.map(Millis),
            taken_back_at: self.taken_back_at.map(Millis),
        }
    }
}
