//! The fiches de suivi of the story: what the dialogues of this autumn came to.

use dossier::{follow_up::Sheet, id::DossierId, role::Role};
use form::Date;
use service::{
    Actor, Services,
    follow_up::{self, FollowUpError, Left},
};

use super::instruction;

const WITH: &str = "DDETS, service insertion\nDirection de la structure\nFrance Travail, agence locale\nConseil départemental, service insertion";
const AXES: [&str; 4] = [
    "L'accueil en deux temps est en place : une semaine de découverte, puis un poste fixe. Le livret d'accueil se relit avec chaque nouveau salarié.",
    "Les entretiens sont mensuels. La structure recrute une accompagnatrice à mi-temps à partir de mars ; le logement reste le premier frein.",
    "Deux formations certifiantes sont prévues avec l'opérateur de compétences, dont une en français professionnel.",
    "Le carnet de commandes couvre l'année. Un marché avec clause d'insertion s'achève en juin et n'est pas encore renouvelé.",
];
const COUNCIL: &str = "Le département maintient son cofinancement pour les allocataires du RSA, à hauteur de l'an dernier. Nous demandons un point sur les sorties avant l'été.";
const NEXT: &str = "Structure : le plan de financement du mi-temps, avant la fin de janvier.\nDDETS : point d'étape en juin, sur les sorties et sur le marché à renouveler.";

/// What the agent leaves of the dialogue held that day; `services` are those of the moment it is left.
/// What the request does not say keeps it from being shared: it is left unfinished then.
pub(super) async fn leave(
    services: &Services,
    agent: &Actor,
    id: &DossierId,
    (held, share): (Date, bool),
) -> Result<(), FollowUpError> {
    let begun = follow_up::read(services, agent, id).await?;
    let sheet = Sheet {
        day: held.to_string(),
        participants: WITH.to_owned(),
        axes: AXES.map(str::to_owned),
        next: NEXT.to_owned(),
        ..begun.sheet()
    };
    let share = share && sheet.missing(held).is_empty();
    let left = Left { sheet, over: begun.number(), deposit: begun.deposit, share };
    follow_up::leave(services, agent, id, left).await
}

/// What the council of a département says of a sheet, when one is shared.
pub(super) async fn said_by_council(
    services: &Services,
    department: &str,
    id: &DossierId,
) -> Result<(), FollowUpError> {
    let council =
        instruction::actor(crate::places::department(department), Role::DepartmentalCouncil);
    let shared = follow_up::read(services, &council, id).await.map(|read| read.number());
    match shared {
        Ok(number) => follow_up::comment(services, &council, id, (COUNCIL, number)).await,
        // It was left unfinished.
        Err(_) => Ok(()),
    }
}
