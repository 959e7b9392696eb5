//! What messages say of a convention. Never why: reasons are read in Trame.

use form::Date;
use service::mail::Turn;

use super::items::Said;
use crate::{format, routes};

/// Says what became of a convention.
pub(super) fn said(name: &str, id: &str, (turn, number): (&Turn, &str)) -> Said {
    let day = |days: i64| Date::from_days_since_epoch(days).map(format::date).unwrap_or_default();
    let (short, sentences, action) = match turn {
        Turn::Suspended { from, until } => (
            "votre convention est suspendue".to_owned(),
            format!(
                "La convention n° {number} est suspendue à partir du {}{}. Elle n'est pas terminée. Le motif est dans Trame, avec ce que vous pouvez faire.",
                day(*from),
                until.map(|last| format!(" et jusqu'au {} inclus", day(last))).unwrap_or_default()
            ),
            "Lire le motif",
        ),
        Turn::Lifted => (
            "la suspension de votre convention est levée".to_owned(),
            format!(
                "La convention n° {number} n'est plus suspendue : elle reprend tous ses effets."
            ),
            "Voir la convention",
        ),
        Turn::Challenged => (
            "l'État envisage de résilier votre convention".to_owned(),
            format!(
                "Une lettre recommandée vous est adressée à propos de la convention n° {number}. Rien n'est décidé. Vous aurez un mois au moins, après l'avoir reçue, pour répondre. Vous pouvez déjà la lire et répondre dans Trame."
            ),
            "Lire la lettre et répondre",
        ),
        Turn::Received { until } => (
            format!("vous pouvez répondre jusqu'au {}", day(*until)),
            format!(
                "La lettre à propos de la convention n° {number} est notée comme reçue. Vous avez jusqu'au {} inclus pour répondre : aucune résiliation n'est décidée avant.",
                day(*until)
            ),
            "Lire la lettre et répondre",
        ),
        Turn::Closed => (
            "votre convention continue".to_owned(),
            format!(
                "La procédure à propos de la convention n° {number} est close sans suite : la convention continue."
            ),
            "Voir la convention",
        ),
        Turn::Terminated { on } => (
            "votre convention est résiliée".to_owned(),
            format!(
                "La convention n° {number} est résiliée. Son dernier jour est le {}. La décision et ses motifs sont dans Trame.",
                day(*on)
            ),
            "Lire la décision",
        ),
        Turn::GoesOn { until } => (
            "une annexe provisoire prolonge votre convention".to_owned(),
            format!(
                "En attendant la décision de l'année, une annexe provisoire prolonge votre convention n° {number} jusqu'au {} : vos droits continuent. Rien n'est à faire.",
                day(*until)
            ),
            "Voir la convention",
        ),
        Turn::Answered => (
            "réponse à la lettre de résiliation".to_owned(),
            format!("La structure a répondu à la lettre à propos de la convention n° {number}."),
            "Lire la réponse",
        ),
    };
    Said {
        subject: format!("{name} : {short}"),
        sentences,
        action: action.into(),
        path: routes::convention(id),
    }
}

/// Whether it is a decision, which is announced to everybody.
pub(super) const fn is_decision(turn: &Turn) -> bool {
    !matches!(turn, Turn::GoesOn { .. } | Turn::Answered)
}
