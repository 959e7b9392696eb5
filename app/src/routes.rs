//! Addresses, in one place. French nouns, as people read them.

mod accounts;
mod allotting;
mod annexes;
mod commission;
mod desk;
mod reading;

pub use self::{accounts::*, allotting::*, annexes::*, commission::*, desk::*, reading::*};

/// Home of a signed-in person.
pub const HOME: &str = "/dossiers";
/// Who is signed in (JSON): where a sign-in in place leads.
pub const WHO: &str = "/api/moi";
/// Opening a dossier.
pub const OPEN: &str = "/dossiers/ouvrir";
/// Where a link that gives steps leads, before its secret.
pub const INVITATION: &str = "/invitation";
/// Deposited dossiers of an agent's territory.
pub const RECEIVED: &str = "/territoire";
/// Says who follows dossiers (post).
pub const FOLLOWING: &str = "/territoire/suivi";
/// Undoes it (post).
pub const UNDO_FOLLOWING: &str = "/territoire/suivi/annuler";
/// What sources do for the dossiers.
pub const COVERAGE: &str = "/couverture";
/// The same as a file.
pub const COVERAGE_FILE: &str = "/couverture.csv";

/// A message of a demonstration, as it would have been received.
pub fn shown_mail(id: &str) -> String {
    format!("{OUTBOX}/{id}")
}

/// What an invitation into a team gives; coming in by it (post).
pub fn join_team(token: &str) -> String {
    format!("/rejoindre/{token}")
}

/// A dossier: leads to the step where something is left.
pub fn dossier(id: &str) -> String {
    format!("/dossiers/{id}")
}

/// A place of the form in the question part of an address.
fn in_query(at: &form::At) -> String {
    at.to_string().replace('#', "%23")
}

/// A step of the wizard.
pub fn step(id: &str, section: &str) -> String {
    format!("/dossiers/{id}/etapes/{section}")
}

/// A step, with its problems shown, at one answer.
pub fn step_at(id: &str, section: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/etapes/{section}?montrer=problemes#{at}")
}

/// The texts that one answer had; taking one of them again (post).
pub fn history(id: &str) -> String {
    format!("/dossiers/{id}/historique")
}

/// The texts of this answer.
pub fn history_of(id: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/historique?reponse={}", in_query(at))
}

/// The document that answers a question.
pub fn document(id: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/document?reponse={}", at.to_string().replace('#', "%23"))
}

/// Sends one (post, multipart), over the answer of this version.
pub fn attach(id: &str, at: &form::At, seen: u32) -> String {
    format!("{}&vu={seen}", document(id, at))
}

/// Makes a document the answer that was there before (post).
pub fn choose_document(id: &str) -> String {
    format!("/dossiers/{id}/document/choix")
}

/// Takes it away (post).
pub fn remove_document(id: &str) -> String {
    format!("/dossiers/{id}/document/retrait")
}

/// The bytes of a document.
pub fn file(id: &str) -> String {
    format!("/documents/{id}")
}

/// What a form that changed does to the dossier; following it (post).
pub fn form(id: &str) -> String {
    format!("/dossiers/{id}/formulaire")
}

/// What other systems say of the dossier; choosing (post).
pub fn sources(id: &str) -> String {
    format!("/dossiers/{id}/sources")
}

/// The same beside one step, once a source has answered.
pub fn sources_of_step(id: &str, section: &str) -> String {
    format!("/dossiers/{id}/sources/etape?etape={section}")
}

/// What is left, and the deposit.
pub fn recap(id: &str) -> String {
    format!("/dossiers/{id}/recapitulatif")
}

/// Deposits the dossier (post).
pub fn deposit(id: &str) -> String {
    format!("/dossiers/{id}/depots")
}

/// The fiche de suivi of the dialogue de gestion; leaving a version of it (post).
pub fn follow_up(id: &str) -> String {
    format!("/dossiers/{id}/fiche-de-suivi")
}

/// Says something of it (post).
pub fn comment_follow_up(id: &str) -> String {
    format!("/dossiers/{id}/fiche-de-suivi/commentaires")
}

/// Where an agent reads the last deposit, annotates it and acts on it.
pub fn instruction(id: &str) -> String {
    format!("/dossiers/{id}/instruction")
}

/// The same, read through a lens; empty for the whole dossier.
pub fn reading(id: &str, lens: &str) -> String {
    match lens {
        "" => format!("/dossiers/{id}/instruction#lecture"),
        lens => format!("/dossiers/{id}/instruction?regard={lens}#lecture"),
    }
}

/// The same, about to write a note on this answer, read through a lens or not.
pub fn annotate(id: &str, at: &form::At, lens: &str) -> String {
    format!("/dossiers/{id}/instruction?regard={lens}&annoter={}#rep-{at}", in_query(at))
}

/// A note, in the dossier read through a lens or not.
pub fn note(id: &str, note: &str, lens: &str) -> String {
    format!("/dossiers/{id}/instruction?regard={lens}#note-{note}")
}

/// Marks of what was seen (post).
pub fn seen(id: &str) -> String {
    format!("/dossiers/{id}/vu")
}

/// Where one comes back to after marking a place or a step.
pub fn seen_at(id: &str, lens: &str, place: &str) -> String {
    let dossier = instruction(id);
    match lens {
        "" => format!("{dossier}#rep-{place}"),
        lens => format!("{dossier}?regard={lens}#rep-{place}"),
    }
}

/// Acts of the State (post).
pub fn acts(id: &str) -> String {
    format!("/dossiers/{id}/actes")
}

/// Notes on the last deposit (post).
pub fn notes(id: &str) -> String {
    format!("/dossiers/{id}/notes")
}

/// Answering to a note (post).
pub fn answer_note(id: &str, note: &str) -> String {
    format!("/dossiers/{id}/notes/{note}/reponses")
}

/// Settling a note, or opening it again (post).
pub fn settle_note(id: &str, note: &str) -> String {
    format!("/dossiers/{id}/notes/{note}/reglee")
}

/// Saying that a note stands in the way of the decision, or not any more (post).
pub fn block_note(id: &str, note: &str) -> String {
    format!("/dossiers/{id}/notes/{note}/bloquante")
}

/// Taking or refusing the value that a note suggests (post).
pub fn suggestion(id: &str, note: &str) -> String {
    format!("/dossiers/{id}/notes/{note}/proposition")
}

/// What is asked of the structure.
pub fn asked(id: &str) -> String {
    format!("/dossiers/{id}/questions")
}

/// Who read the dossier on the State's side.
pub fn readings(id: &str) -> String {
    format!("/dossiers/{id}/lectures")
}

/// Opening an answer that nothing was asked about (post).
pub fn reopen(id: &str) -> String {
    format!("/dossiers/{id}/reouverture")
}

/// The same, of this answer, row or table.
pub fn reopen_at(id: &str, at: &form::At) -> String {
    format!("/dossiers/{id}/reouverture?reponse={}", in_query(at))
}

/// A receipt.
pub fn receipt(id: &str, ordinal: u32) -> String {
    format!("/dossiers/{id}/depots/{ordinal}")
}

/// Withdraws a deposited dossier (post).
pub fn withdraw(id: &str) -> String {
    format!("/dossiers/{id}/retrait")
}

/// The draft as a file.
pub fn draft_file(id: &str) -> String {
    format!("/dossiers/{id}/brouillon.json")
}

/// Opens such a file again (post, multipart).
pub fn open_draft_file(id: &str) -> String {
    format!("/dossiers/{id}/brouillon")
}

/// Giving steps of a dossier to a colleague, and what was given.
pub fn shares(id: &str) -> String {
    format!("/dossiers/{id}/partage")
}

/// The same, with this step ticked.
pub fn share_step(id: &str, section: &str) -> String {
    format!("/dossiers/{id}/partage?etape={section}")
}

/// Takes steps back (post).
pub fn take_back(id: &str, share: &str) -> String {
    format!("/dossiers/{id}/partage/{share}/reprise")
}

/// A link that gives steps.
pub fn invitation(token: &str) -> String {
    format!("{INVITATION}/{token}")
}

/// Says that a page of a dossier is there (post, JSON).
pub fn presence(id: &str) -> String {
    format!("/api/dossiers/{id}/presence")
}

/// What is new in a deposited dossier, for a page that reads it through a lens (events).
pub fn news(id: &str, lens: &str) -> String {
    format!("/api/dossiers/{id}/nouvelles?regard={lens}")
}

/// Takes gestures on answers (post, JSON).
pub fn operations(id: &str) -> String {
    format!("/api/dossiers/{id}/operations")
}

/// The same, refused when somebody else than this account is signed in.
pub fn operations_of(id: &str, account: &str) -> String {
    // A guest's is a name.
    let account = account.replace('%', "%25").replace('&', "%26").replace('+', "%2B");
    format!("/api/dossiers/{id}/operations?compte={}", account.replace('#', "%23"))
}

/// Sessions of the open lab.
pub const LABS: &str = "/ateliers";
/// Preparing one.
pub const NEW_LAB: &str = "/ateliers/nouveau";
/// The place of a participant; typing a code.
pub const SEAT: &str = "/atelier";
/// Leaving it (post).
pub const LEAVE_LAB: &str = "/atelier/depart";
/// Taking a place again after a reset (post).
pub const SEAT_AGAIN: &str = "/atelier/reprendre";
/// Pinning a remark (post).
pub const REMARKS: &str = "/atelier/remarques";
/// The closing questionnaire.
pub const SURVEY: &str = "/atelier/questionnaire";

/// Where one comes in by a code.
pub fn join(code: &str) -> String {
    format!("/a/{code}")
}

/// The cockpit of a session; what is done to it (post).
pub fn lab(id: &str) -> String {
    format!("{LABS}/{id}")
}

/// What is projected for people to come in.
pub fn projected(id: &str) -> String {
    format!("{LABS}/{id}/projeter")
}

/// What came out of a session; deciding of it (post).
pub fn synthesis(id: &str) -> String {
    format!("{LABS}/{id}/synthese")
}

/// Agreeing with a remark (post).
pub fn vote(id: &str) -> String {
    format!("{REMARKS}/{id}/voix")
}

/// Saying that a task is done (post).
pub fn task(rank: usize) -> String {
    format!("/atelier/taches/{rank}")
}

/// The form studio; beginning a sketch (post).
pub const STUDIO: &str = "/studio";

/// A sketch; its title (post).
pub fn sketch(id: &str) -> String {
    format!("{STUDIO}/{id}")
}

/// A page of a sketch, by its name.
pub fn sketch_page(id: &str, page: &str) -> String {
    format!("{STUDIO}/{id}/{page}")
}

/// A step in the studio.
pub fn sketch_step(id: &str, section: &str) -> String {
    format!("{STUDIO}/{id}/etapes/{section}")
}

/// Small changes to what stands in a sketch (post).
pub fn sketch_gesture(id: &str) -> String {
    format!("{STUDIO}/{id}/gestes")
}

/// A question more in a card, after another.
pub fn ask(id: &str, card: &str) -> String {
    format!("{STUDIO}/{id}/question?carte={card}")
}

/// A question of the sketch.
pub fn asked_question(id: &str, question: &str) -> String {
    format!("{STUDIO}/{id}/question?question={question}")
}

/// The words of a step, a card, a question.
pub fn sketch_words(id: &str, of: &str) -> String {
    format!("{STUDIO}/{id}/mots?de={of}")
}

/// The preview of a step, as the structure or the agent sees it. `mode`: how it is filled, for which
/// request, on what.
pub fn preview(id: &str, section: &str, mode: &str) -> String {
    format!("{STUDIO}/{id}/apercu?etape={section}&mode={mode}")
}

/// What addresses of a dossier are made of inside a preview: the dots lead them to the studio, where
/// nothing is saved.
pub fn previewed(id: &str, mode: &str) -> String {
    format!("..{STUDIO}/{id}/cadre/{mode}")
}

/// The frame of a previewed step.
pub fn preview_frame(id: &str, section: &str, mode: &str) -> String {
    format!("{STUDIO}/{id}/cadre/{mode}/etapes/{section}")
}

/// The frame of what the agent reads.
pub fn preview_agent(id: &str, mode: &str) -> String {
    format!("{STUDIO}/{id}/cadre/{mode}/instruction")
}
