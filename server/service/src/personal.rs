//! What Trame holds about a person, for that person: rights of access and of portability (RGPD, articles
//! 15 and 20). Everything that is theirs, nothing that is somebody else's.

mod parts;

use std::collections::BTreeMap;

use dossier::{convention::DeedKind, event::EventKind, id::DossierId, role::Role, state::Action};
use form::At;
use serde_json::{Map, Value, json};

pub use self::parts::PARTS;
use crate::{Actor, DossierHead, Services, StoreError, forms, forms::Form};

/// Something that is held about people, with what its lines say.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Stable name: what the store is asked for.
    pub key: &'static str,
    /// What people read.
    pub title: &'static str,
    /// Its columns: what each is called, and what it holds.
    pub columns: &'static [(&'static str, Cell)],
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text or a number, as it is.
    Plain,
    /// A moment, in milliseconds.
    Moment,
    /// Whether something is so.
    Yes,
    /// The code of a role.
    Role,
    /// The code of an action.
    Action,
    /// Code of something done with a convention.
    Deed,
    /// What happened, as the journal says it.
    Event,
    /// A dossier. What stands in a line with one is read by its form.
    Dossier,
    /// A place of its form.
    Place,
    /// Words that the person wrote in a dossier: they go with it. Who sees it no more is told where and
    /// when they wrote, not what.
    Words,
}

/// One part, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which.
    pub part: Part,
    /// Its lines, by the names of its columns.
    pub lines: Vec<Map<String, Value>>,
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Everything that is held about this person, part by part, those without lines too; `None` for a guest,
/// who has a link and no account: whoever gave it answers for them.
///
/// # Errors
/// When the store cannot answer.
pub async fn told(services: &Services, actor: &Actor) -> Result<Option<Vec<Told>>, StoreError> {
    if actor.role == Role::Guest {
        return Ok(None);
    }
    let mut dossiers = Dossiers::default();
    let mut told = Vec::new();
    for part in PARTS {
        let mut lines = Vec::new();
        for row in services.store.personal_lines(&actor.account_id, part.key).await? {
            lines.push(dossiers.line(services, actor, part, &row).await?);
        }
        told.push(Told { part: *part, lines });
    }
    Ok(Some(told))
}

/// The same as one file: JSON, in the words of the page.
///
/// # Errors
/// When the store cannot answer.
pub async fn file(services: &Services, actor: &Actor) -> Result<Option<String>, StoreError> {
    let Some(told) = told(services, actor).await? else { return Ok(None) };
    let parts: Vec<Value> = told
        .into_iter()
        .filter(|told| !told.lines.is_empty())
        .map(|Told { part, lines }| json!({ "partie": part.title, "lignes": lines }))
        .collect();
    let file = json!({
        "objet": "Ce que Trame tient sur vous",
        "personne": actor.name,
        "écrit le": services.now().iso_in_paris(),
        "parties": parts,
    });
    serde_json::to_string_pretty(&file).map(Some).map_err(|_| StoreError::Corrupt)
}

/// The dossiers that lines speak of, each read once.
#[derive(Default)]
struct Dossiers(BTreeMap<String, Option<(DossierHead, Option<Form>)>>);

impl Dossiers {
    async fn line(
        &mut self,
        services: &Services,
        actor: &Actor,
        part: &Part,
        row: &[Value],
    ) -> Result<Map<String, Value>, StoreError> {
        if row.len() != part.columns.len() {
            return Err(StoreError::Corrupt);
        }
        let cells = || part.columns.iter().zip(row);
        let dossier = cells().find(|((_, cell), _)| *cell == Cell::Dossier);
        let dossier = dossier.and_then(|(_, value)| value.as_str());
        let seen = match dossier {
            Some(id) => self.seen(services, actor, id).await?,
            None => None,
        };
        let mut line = Map::new();
        for ((name, cell), value) in cells() {
            let said = match (cell, value) {
                // Nothing is said of what is not there.
                (_, Value::Null) => continue,
                (Cell::Words, _) if dossier.is_some() && seen.is_none() => {
                    json!("texte d'un dossier auquel vous n'avez plus accès")
                }
                (Cell::Dossier, _) => of_dossier(value, seen.map(|(head, _)| head)),
                (Cell::Place, _) => of_place(value, seen.and_then(|(_, form)| form.as_ref())),
                (cell, _) => said(*cell, value),
            };
            line.insert((*name).to_owned(), said);
        }
        Ok(line)
    }

    /// A dossier with its form, when this person may still see it.
    async fn seen(
        &mut self,
        services: &Services,
        actor: &Actor,
        id: &str,
    ) -> Result<Option<&(DossierHead, Option<Form>)>, StoreError> {
        if !self.0.contains_key(id) {
            let head = services.store.head(&DossierId::from(id)).await?;
            let found = match head.filter(|head| head.is_seen_by(actor)) {
                Some(head) => {
                    let form = forms::of(services, &head.form_key()).await.ok();
                    Some((head, form))
                }
                None => None,
            };
            self.0.insert(id.to_owned(), found);
        }
        Ok(self.0.get(id).and_then(Option::as_ref))
    }
}

/// What a dossier is called.
fn of_dossier(id: &Value, head: Option<&DossierHead>) -> Value {
    match head {
        Some(head) => {
            let DossierHead { structure_name, kind, form, year, .. } = head;
            json!({ "numéro interne": id, "structure": structure_name, "type": kind, "formulaire": form, "année": year })
        }
        None => json!({ "numéro interne": id }),
    }
}

/// The question of a place, in the words of its form, with its row.
fn of_place(place: &Value, form: Option<&Form>) -> Value {
    let at = At::parse(place.as_str().unwrap_or_default());
    let revision = form.map(|form| form.revision);
    let question = revision.and_then(|revision| revision.place(&at.field));
    let label = question.map(|place| place.field.label.to_string());
    let table = || Some(revision?.table(&at.field)?.row_name.to_string());
    match label.or_else(table) {
        Some(label) => json!({ "question": label, "code": at.to_string() }),
        None => json!({ "code": at.to_string() }),
    }
}

/// What a value means by itself.
fn said(cell: Cell, value: &Value) -> Value {
    let code = value.as_str().unwrap_or_default();
    let label = match cell {
        Cell::Moment => value.as_i64().map(|at| crate::Millis(at).iso_in_paris()),
        Cell::Yes => Some(if value.as_i64() == Some(0) { "non" } else { "oui" }.to_owned()),
        Cell::Role => Role::from_code(code).map(|role| role.label().to_owned()),
        Cell::Action => Action::from_code(code).map(|action| action.label().to_owned()),
        Cell::Deed => DeedKind::from_code(code).map(|deed| deed.label().to_owned()),
        Cell::Event => {
            serde_json::from_str::<EventKind>(code).ok().map(|kind| of_event(&kind).to_owned())
        }
        Cell::Plain | Cell::Dossier | Cell::Place | Cell::Words => None,
    };
    label.map_or_else(|| value.clone(), Value::String)
}

/// What happened, in a few words.
const fn of_event(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Opened => "dossier ouvert",
        EventKind::AnswersSaved { .. } => "réponses enregistrées",
        EventKind::Deposited { .. } => "dossier déposé",
        EventKind::Withdrawn => "demande retirée",
        EventKind::Abandoned => "brouillon abandonné",
        EventKind::FormChanged { .. } => "formulaire mis à jour",
        EventKind::StepsGiven { .. } => "étapes confiées",
        EventKind::StepsOpened { .. } => "étapes confiées ouvertes",
        EventKind::StepsTakenBack { .. } => "étapes confiées reprises",
        EventKind::Acted { .. } => "acte de l'instruction",
        EventKind::AnswerReopened { .. } => "réponse rouverte",
        EventKind::AnnexSigned { .. } => "signature de l'annexe notée",
        EventKind::ConventionActed { .. } => "geste sur une convention signée",
        EventKind::NoteWritten { .. } => "note écrite",
        EventKind::NoteAnswered { .. } => "réponse à une note",
        EventKind::NoteSettled { .. } => "note réglée ou rouverte",
        EventKind::NoteBlocking { .. } => "note bloquante ou non",
        EventKind::NoteWatched { .. } => "note à suivre",
        EventKind::SuggestionChosen { .. } => "valeur proposée acceptée ou refusée",
        EventKind::SignalSetAside { .. } => "signal écarté ou repris",
        EventKind::Assigned { .. } => "suivi du dossier",
        EventKind::SourceSetAside { .. } => "réponse gardée plutôt qu'une source",
        EventKind::FollowUpShared { .. } => "fiche de suivi communiquée",
        EventKind::FollowUpCommented { .. } => "fiche de suivi commentée",
        EventKind::Forgotten { .. } => "brouillon effacé",
    }
}
