//! One thing that a message says: in its subject, in sentences, and where to go.

use dossier::state::State;
use service::mail::{Item, Piece, Turn};

use super::conventions;
use crate::{format, pages::asked::MINUTES, routes, text};

/// One thing, said.
pub(super) struct Said {
    /// As a subject.
    pub subject: String,
    /// In sentences.
    pub sentences: String,
    /// What there is to do.
    pub action: String,
    /// Where.
    pub path: String,
}

/// Whether it is told to an agent.
pub(super) const fn is_for_agent(item: &Item) -> bool {
    matches!(
        item,
        Item::Received { .. }
            | Item::Answered { .. }
            | Item::Commented
            | Item::Withdrawn
            | Item::Entrusted
            | Item::Convention { turn: Turn::Answered, .. }
    )
}

/// Whether it is announced to everybody, whatever they chose.
pub(super) const fn is_decision(item: &Item) -> bool {
    match item {
        Item::Decided { .. } => true,
        Item::Convention { turn, .. } => conventions::is_decision(turn),
        _ => false,
    }
}

/// Says one thing of a piece of work.
pub(super) fn said(piece: &Piece, item: &Item) -> Said {
    let name = piece.structure.as_str();
    let id = piece.dossier.as_ref().map(|dossier| dossier.id.as_str()).unwrap_or_default();
    let of_report = piece.dossier.as_ref().is_some_and(|dossier| dossier.form == "bilan");
    match item {
        Item::Asked { points, due } => asked(name, id, *points, *due),
        Item::Reminded { points, due, left } => reminded(name, id, *points, (*due, *left)),
        Item::Decided { state, annex } => decided(name, id, *state, (annex.as_deref(), of_report)),
        Item::Acknowledged { number, ordinal, at } => Said {
            subject: format!("{name} : dépôt reçu, n° {number}"),
            sentences: format!(
                "Nous accusons réception du dépôt du {}, sous le numéro {number}. Rien d'autre n'est à faire : vous serez prévenu de la suite.",
                format::moment(*at)
            ),
            action: "Voir l'accusé de réception".into(),
            path: routes::receipt(id, *ordinal),
        },
        Item::Received { ordinal } => {
            let again = if *ordinal > 1 { "de nouveau déposé" } else { "déposé" };
            Said {
                subject: format!("{name} a {again} son dossier"),
                sentences: if *ordinal > 1 {
                    "Le dossier renvoyé est revenu. Trame montre ce qui a changé depuis le dépôt précédent.".into()
                } else {
                    "Le dossier est arrivé et attend sa vérification.".into()
                },
                action: "Lire le dossier".into(),
                path: routes::instruction(id),
            }
        }
        Item::Complete => of_progress(
            format!("{name} : votre dossier est complet"),
            "La DDETS a vérifié votre dossier : il est complet, et son instruction commence.",
            id,
        ),
        Item::Dialogue => of_progress(
            format!("{name} : le dialogue de gestion s'ouvre"),
            "La DDETS ouvre le dialogue de gestion sur votre demande. Elle vous contactera pour convenir d'un échange.",
            id,
        ),
        Item::FollowUp | Item::Commented => of_follow_up(name, id, *item == Item::Commented),
        Item::Referred => of_progress(
            format!("{name} : votre demande passe en commission"),
            "La commission est saisie. Elle a un mois pour rendre son avis.",
            id,
        ),
        Item::Signed { number } => Said {
            subject: format!("{name} : votre annexe financière est signée"),
            sentences: format!("L'annexe financière {number} est signée par les deux parties."),
            action: "Voir l'annexe".into(),
            path: routes::annex(id),
        },
        Item::Convention { turn, number } => conventions::said(name, id, (turn, number)),
        Item::Answered { count } => Said {
            subject: format!(
                "{name} a répondu à {}",
                text::count(*count, "de vos questions", "de vos questions")
            ),
            sentences:
                "La structure a répondu en quelques mots. Elle n'a pas encore déposé de nouveau."
                    .into(),
            action: "Lire les réponses".into(),
            path: routes::instruction(id),
        },
        Item::Withdrawn => Said {
            subject: format!("{name} a retiré sa demande"),
            sentences: "La demande est retirée : il n'y a plus rien à instruire.".into(),
            action: "Voir le dossier".into(),
            path: routes::instruction(id),
        },
        Item::Entrusted => Said {
            subject: format!("{name} : ce dossier vous est confié"),
            sentences: "Une personne de votre service vous a confié ce dossier.".into(),
            action: "Ouvrir le dossier".into(),
            path: routes::instruction(id),
        },
        Item::AccessAsked => Said {
            subject: format!("Une personne demande à rejoindre {name}"),
            sentences: format!(
                "Son employeur a le SIRET de la structure {name}. Acceptez-la seulement si vous la connaissez : elle lira et remplira tous les dossiers."
            ),
            action: "Répondre à sa demande".into(),
            path: routes::TEAM.into(),
        },
        Item::AccessAnswered { accepted: true } => Said {
            subject: format!("Vous avez rejoint {name}"),
            sentences: format!(
                "Une personne de la structure {name} a accepté votre demande. Vous pouvez lire et remplir ses dossiers."
            ),
            action: "Ouvrir les dossiers".into(),
            path: routes::HOME.into(),
        },
        Item::AccessAnswered { accepted: false } => Said {
            subject: format!("Votre demande pour rejoindre {name} n'est pas acceptée"),
            sentences: format!(
                "Une personne de la structure {name} a répondu non. Si c'est une erreur, demandez-lui une invitation."
            ),
            action: "Voir mes demandes".into(),
            path: routes::TEAM.into(),
        },
    }
}

/// That the fiche de suivi is to be read, or was commented.
fn of_follow_up(name: &str, id: &str, is_commented: bool) -> Said {
    let (subject, sentences, action) = if is_commented {
        (
            format!("{name} : un commentaire sur la fiche de suivi"),
            "La structure ou un financeur a commenté la fiche de suivi du dialogue de gestion.",
            "Lire le commentaire",
        )
    } else {
        (
            format!("{name} : la fiche de suivi du dialogue de gestion est à lire"),
            "La DDETS a mis par écrit ce que le dialogue de gestion a retenu. Vous pouvez la commenter jusqu'à la décision.",
            "Lire la fiche de suivi",
        )
    };
    let (sentences, action) = (sentences.into(), action.into());
    Said { subject, sentences, action, path: routes::follow_up(id) }
}

/// "3 points, environ 12 minutes".
fn work_of(points: u32) -> String {
    let minutes = points.saturating_mul(MINUTES);
    format!("{}, environ {minutes}\u{a0}minutes", text::count(points, "point", "points"))
}

fn asked(name: &str, id: &str, points: u32, due: Option<i64>) -> Said {
    let until = due
        .and_then(form::Date::from_days_since_epoch)
        .map(|due| format!(" Votre réponse est attendue le {} au plus tard.", format::date(due)));
    let (subject, what) = if points == 0 {
        (
            format!("{name} : la DDETS vous renvoie votre dossier"),
            "La DDETS vous renvoie votre dossier avec un message.".to_owned(),
        )
    } else {
        (
            format!("{name} : la DDETS demande {}", work_of(points)),
            format!("La DDETS demande {}.", work_of(points)),
        )
    };
    Said {
        subject,
        sentences: format!(
            "{what}{} Seul ce qui est demandé se rouvre : le reste demeure comme vous l'avez déposé.",
            until.unwrap_or_default()
        ),
        action: "Voir ce qui est demandé".into(),
        path: routes::asked(id),
    }
}

fn reminded(name: &str, id: &str, points: u32, (due, left): (i64, i64)) -> Said {
    let due = form::Date::from_days_since_epoch(due).map(format::date).unwrap_or_default();
    let when = match left {
        0 => "dernier jour pour répondre à la DDETS, aujourd'hui".to_owned(),
        1 => "dernier jour pour répondre à la DDETS, demain".to_owned(),
        left => format!("encore {left}\u{a0}jours pour répondre à la DDETS"),
    };
    let rest = if points == 0 {
        "Il reste à relire votre dossier et à le déposer de nouveau.".to_owned()
    } else {
        format!("Il reste {}, puis à déposer de nouveau.", work_of(points))
    };
    Said {
        subject: format!("{name} : {when}"),
        sentences: format!("Votre réponse est attendue le {due} au plus tard. {rest}"),
        action: "Finir de répondre".into(),
        path: routes::asked(id),
    }
}

fn decided(name: &str, id: &str, state: State, (annex, report): (Option<&str>, bool)) -> Said {
    let (short, long) = match (state, report) {
        (State::Accepted, true) => ("votre bilan est validé", "Votre bilan annuel est validé."),
        (State::Accepted, false) => ("votre demande est acceptée", "Votre demande est acceptée."),
        (State::RejectedIncomplete, _) => (
            "votre demande est rejetée, faute de pièces",
            "Votre demande est rejetée car elle est restée incomplète. Les motifs sont dans Trame.",
        ),
        _ => (
            "une décision est prise",
            "Votre demande n'est pas acceptée. Les motifs de la décision sont dans Trame.",
        ),
    };
    let (more, action, path) = match annex {
        Some(number) => (
            format!(" L'annexe financière {number} est établie : il reste à la signer."),
            "Voir l'annexe financière",
            routes::annex(id),
        ),
        None => (String::new(), "Lire la décision", routes::asked(id)),
    };
    Said {
        subject: format!("{name} : {short}"),
        sentences: format!("{long}{more}"),
        action: action.into(),
        path,
    }
}

fn of_progress(subject: String, sentences: &str, id: &str) -> Said {
    Said {
        subject,
        sentences: sentences.to_owned(),
        action: "Voir où en est le dossier".into(),
        path: routes::dossier(id),
    }
}
