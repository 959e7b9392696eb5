//! The words of messages: what a [`Letter`] says, as a subject, plain text and HTML. Never what somebody
//! answered: what is to do, names of structures, dates, and where to go.

mod conventions;
mod dressing;
mod invitations;
mod items;
#[cfg(test)]
mod tests;

use dossier::notice::Topic;
use service::{
    Millis,
    mail::{Letter, Listed, Piece, Territory},
};

use self::items::{Said, said};
use crate::{format, pages::nature, routes, text};

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Subject, one line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML: a whole document.
    pub html: String,
}

/// Where the links of a message lead.
#[derive(Clone, Copy, Debug)]
pub struct Links<'a> {
    /// Address of the site, as people reach it.
    pub site: &'a str,
    /// Where such messages are turned off, when they can be.
    pub unsubscribe: Option<&'a str>,
}

/// What a message is made of, before it is dressed as text or HTML.
enum Block {
    /// The name of a piece of work.
    Heading(String),
    /// A sentence or some.
    Text(String),
    /// Something to do: what it is called, and its path.
    Action(String, String),
    /// Places to go: what each is called, its path, what is said after it.
    Places(Vec<(String, String, String)>),
}

/// A message before it is dressed.
struct Draft {
    subject: String,
    blocks: Vec<Block>,
    /// Why the reader gets it.
    why: String,
    /// Whether the reader has a page of choices.
    chooses: bool,
}

/// Says a letter.
pub fn say(letter: &Letter, at: Millis, links: Links<'_>) -> Words {
    let mut draft = match letter {
        Letter::Work { piece } => work(piece),
        Letter::Daily { pieces, territory } => daily(pieces, territory.as_ref(), at),
        Letter::TeamInvitation { .. } | Letter::StepsInvitation { .. } => {
            invitations::invitation(letter)
        }
        Letter::Trial => Draft {
            subject: "Trame : essai d'envoi".into(),
            blocks: vec![Block::Text(
                "Ce message prouve que Trame envoie des courriels. Il n'y a rien à faire.".into(),
            )],
            why: "Ce message a été demandé par la personne qui administre Trame.".into(),
            chooses: false,
        },
    };
    // One line, whatever a structure is called.
    draft.subject = draft.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    Words {
        text: dressing::plain(&draft, links),
        html: dressing::html(&draft, links),
        subject: draft.subject,
    }
}

/// What a topic is called where people choose, and what it holds.
pub const fn topic(topic: Topic) -> (&'static str, &'static str) {
    match topic {
        Topic::Asked => (
            "Ce que la DDETS vous demande",
            "Les questions d'un dossier renvoyé, avec le dernier jour pour répondre.",
        ),
        Topic::Progress => (
            "Où en sont vos dossiers",
            "Accusé de réception d'un dépôt, dossier complet, dialogue de gestion, commission, annexe signée, annexe provisoire.",
        ),
        Topic::Deadlines => {
            ("Rappels d'échéance", "Sept jours, puis la veille du dernier jour pour répondre.")
        }
        Topic::Decision => (
            "Décisions",
            "Acceptation ou refus d'une demande, validation d'un bilan, suspension ou résiliation d'une convention.",
        ),
        Topic::Team => ("Votre équipe", "Les personnes qui demandent à rejoindre la structure."),
        Topic::Followed => (
            "Les dossiers que vous suivez",
            "Un nouveau dépôt, une réponse, un retrait, un dossier qui vous est confié.",
        ),
        Topic::Morning => (
            "Le point du matin",
            "Les dossiers arrivés et ceux en retard dans votre territoire, les jours ouvrés, s'il y en a.",
        ),
    }
}

/// What happened to one piece of work.
fn work(piece: &Piece) -> Draft {
    let said: Vec<Said> = piece.items.iter().map(|item| said(piece, item)).collect();
    let subject = match said.as_slice() {
        [] => piece.structure.clone(),
        [one] => one.subject.clone(),
        [first, others @ ..] => {
            let more = u32::try_from(others.len()).unwrap_or(u32::MAX);
            format!(
                "{}, et {}",
                first.subject,
                text::count(more, "autre nouvelle", "autres nouvelles")
            )
        }
    };
    let mut blocks: Vec<Block> = called(piece).map(Block::Heading).into_iter().collect();
    blocks.extend(said.into_iter().flat_map(blocks_of));
    let decided = piece.items.iter().any(items::is_decision);
    let of_agent = piece.items.iter().any(items::is_for_agent);
    let why = if decided {
        "Une décision est toujours annoncée à toute l'équipe : ce message ne se désactive pas."
            .into()
    } else if of_agent {
        "Vous recevez ce message car vous suivez ce dossier dans Trame.".into()
    } else {
        format!(
            "Vous recevez ce message car vous êtes de l'équipe de la structure {}.",
            piece.structure
        )
    };
    Draft { subject, blocks, why, chooses: true }
}

/// What happened since the day before.
fn daily(pieces: &[Piece], territory: Option<&Territory>, at: Millis) -> Draft {
    let mut counts = Vec::new();
    let number = |list: usize| u32::try_from(list).unwrap_or(u32::MAX);
    if let Some(territory) = territory {
        let (fresh, late) = (territory.fresh_count, territory.late_count);
        counts
            .extend((fresh > 0).then(|| text::count(fresh, "dossier arrivé", "dossiers arrivés")));
        counts.extend((late > 0).then(|| format!("{late}\u{a0}en retard")));
    }
    if !pieces.is_empty() {
        counts.push(text::count(number(pieces.len()), "dossier a bougé", "dossiers ont bougé"));
    }
    let subject = format!("Trame, {} : {}", format::day(at), counts.join(", "));
    let mut blocks = Vec::new();
    if let Some(territory) = territory {
        blocks.extend(arrived(territory));
    }
    for piece in pieces {
        blocks.extend(called(piece).map(Block::Heading));
        blocks.extend(piece.items.iter().flat_map(|item| blocks_of(said(piece, item))));
    }
    let why =
        "Vous recevez ce message une fois par jour au plus, et seulement s'il y a du nouveau.";
    Draft { subject, blocks, why: why.into(), chooses: true }
}

/// What is new in a territory.
fn arrived(territory: &Territory) -> Vec<Block> {
    let Territory { fresh, fresh_count, late, late_count } = territory;
    let mut blocks = Vec::new();
    if !fresh.is_empty() {
        blocks.push(Block::Heading(text::count(
            *fresh_count,
            "dossier arrivé",
            "dossiers arrivés",
        )));
        blocks.push(Block::Places(
            fresh.iter().map(|line| place(line, "à traiter avant le")).collect(),
        ));
    }
    if !late.is_empty() {
        blocks.push(Block::Heading(text::count(
            *late_count,
            "dossier en retard",
            "dossiers en retard",
        )));
        blocks.push(Block::Text("Ceux dont l'échéance vient de passer :".into()));
        blocks.push(Block::Places(late.iter().map(|line| place(line, "attendu le")).collect()));
    }
    blocks.push(Block::Action("Ouvrir la liste de travail".into(), routes::RECEIVED.into()));
    blocks
}

fn place(line: &Listed, before: &str) -> (String, String, String) {
    let due = line.due.and_then(form::Date::from_days_since_epoch);
    let due = due.map(|due| format!(", {before} {}", format::date(due))).unwrap_or_default();
    (line.structure.clone(), routes::instruction(line.id.as_str()), due)
}

fn blocks_of(said: Said) -> [Block; 2] {
    [Block::Text(said.sentences), Block::Action(said.action, said.path)]
}

/// What a piece of work is called; the structure alone where no dossier is concerned.
fn called(piece: &Piece) -> Option<String> {
    let dossier = piece.dossier.as_ref()?;
    Some(format!("{}, {}", piece.structure, title(dossier)))
}

/// What a dossier is called.
fn title(dossier: &service::mail::Called) -> String {
    let of = if dossier.form == "bilan" { "bilan" } else { dossier.request_kind.as_str() };
    format!("{} {}", nature(of).to_lowercase(), dossier.year)
}
