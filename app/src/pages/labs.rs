//! Pages of the open lab: those of who leads a session, those of who takes part, and what surrounds
//! every page of a space.

pub mod around;
pub mod cockpit;
pub mod following;
pub mod joining;
pub mod list;
pub mod survey;
pub mod synthesis;

use dossier::lab::{RemarkKind, Seat};
use service::{
    Millis, ParticipantId,
    labs::{Lab, Participant, Remark},
};
use ui::IconName;

/// A place on a page where a remark may be pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// A question, a step.
    pub at: String,
    /// What people call it.
    pub name: String,
}

/// Who visits which space, and what the pages of that space show of it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Code of the session.
    pub code: String,
    /// What it is about.
    pub title: String,
    /// Who visits.
    pub me: ParticipantId,
    /// Address of the page.
    pub path: String,
    /// What the page is called: the id of a step, or a name.
    pub page: String,
    /// Where a remark may be pinned, by step.
    pub spots: Vec<(String, Vec<Spot>)>,
    /// Remarks pinned on this page, as far as this person reads them.
    pub remarks: Vec<Remark>,
    /// Whether participants vote.
    pub votes: bool,
    /// When the time of the exercise is over.
    pub timer: Option<Millis>,
    /// The id that the next remark will have.
    pub key: String,
    /// Version of the small scripts.
    pub version: String,
}

impl Visit {
    /// A visit of which nothing was looked up.
    pub fn bare(lab: &Lab, who: &Participant, path: &str) -> Self {
        Self {
            code: lab.code.clone(),
            title: lab.title.clone(),
            me: who.id.clone(),
            path: path.to_owned(),
            page: String::new(),
            spots: Vec::new(),
            remarks: Vec::new(),
            votes: lab.votes,
            timer: lab.timer,
            key: String::new(),
            version: String::new(),
        }
    }
}

/// The shape and the dye of a kind of remark.
pub fn look(kind: RemarkKind) -> (&'static str, IconName) {
    match kind {
        RemarkKind::Unclear => ("t-gaude", IconName::Eye),
        RemarkKind::Missing => ("t-orseille", IconName::Plus),
        RemarkKind::WrongWord => ("t-terre", IconName::Pencil),
        RemarkKind::Useless => ("", IconName::Trash),
        RemarkKind::Like => ("t-sauge", IconName::Check),
    }
}

/// The side of somebody, after their pseudonym.
pub fn side(seat: Seat) -> &'static str {
    match seat {
        Seat::Structure => "structure",
        Seat::Agent => "agent",
    }
}

/// "1 voix", "6 voix".
pub fn voices(count: usize) -> String {
    format!("{count}\u{a0}voix")
}

/// What people call a page that is not a step.
pub fn page_name(page: &str) -> &str {
    match page {
        "" => "Vient d'arriver",
        "dossiers" => "Accueil",
        "recapitulatif" => "Récapitulatif",
        "depots" => "Récépissé",
        "instruction" => "Lecture du dossier",
        "territoire" => "Dossiers reçus",
        "questions" => "Questions de la DDETS",
        "historique" => "Historique d'une réponse",
        "partage" => "Confier une étape",
        "formulaire" => "Changement de formulaire",
        "atelier" => "Page de l'atelier",
        "questionnaire" => "Questionnaire",
        _ => "Autre page",
    }
}
