//! The life of two conventions of the Nièvre: one is suspended, of the other the termination is under way.

use dossier::{
    convention::{DeedKind, Motive, Said},
    id::DossierId,
};
use form::Date;
use service::{
    Actor, Millis, Services,
    annexes::{self, Pile},
    conventions::{self, DeedError},
};

use super::{DemoError, admin, at, instruction::Desk};
use crate::{profile::Profile, seed::moment};

const DEPARTMENT: &str = "58";
const YEAR: i32 = 2_026;
/// Suspended.
const SUSPENDED: &str = "La Table de Sermoise";
const WHY_SUSPENDED: &str = "Les pièces demandées le 5 octobre sur l'encadrement des salariés en insertion ne sont pas arrivées, malgré deux rappels. La suspension sera levée dès leur réception.";
/// Being terminated.
const CHALLENGED: &str = "Fil et Fabrique";
const LETTER: &str = "Lors du contrôle du 14 octobre, nous avons constaté que l'accompagnement prévu par la convention n'est plus assuré depuis mai : aucun entretien de suivi n'est tracé, et le poste d'accompagnement n'est pas pourvu. Nous envisageons de résilier la convention. Vous avez un mois au moins, à compter de la réception de cette lettre, pour nous répondre.";
const ANSWER: &str = "Notre accompagnatrice est partie en mai et nous avons mis du temps à la remplacer. Une personne est recrutée depuis le 2 novembre ; les entretiens ont repris. Le planning de suivi vous est transmis ce jour.";

/// One thing of the story: when, by whom, what.
type Scene<'a> = (Millis, &'a Actor, DeedKind, Said);

fn words(words: &str) -> Said {
    Said { words: words.to_owned(), ..Said::default() }
}

/// Does what the story says, unless it was done.
pub(super) async fn load(services: &Services, profiles: &[Profile]) -> Result<(), DemoError> {
    let Desk { agent, signatory } = Desk::of(DEPARTMENT);
    if services.now() < moment(2026, 11, 13, 0, 0) {
        return Ok(());
    }
    let day = |month, day| Date::new(YEAR, month, day);
    let suspended: [Scene<'_>; 2] = [
        (
            moment(2026, 11, 9, 10, 20),
            &agent,
            DeedKind::PrepareSuspension,
            Said { day: day(11, 16), ..words(WHY_SUSPENDED) },
        ),
        (moment(2026, 11, 12, 9, 5), &signatory, DeedKind::Suspend, Said::default()),
    ];
    play(services, &agent, SUSPENDED, &suspended).await?;
    let Some(profile) = profiles.iter().find(|profile| profile.name == CHALLENGED) else {
        return Ok(());
    };
    let director = admin(profile);
    let letter = Said { motive: Some(Motive::NotKept), ..words(LETTER) };
    let challenged: [Scene<'_>; 4] = [
        (moment(2026, 10, 26, 15, 30), &agent, DeedKind::PrepareLetter, letter),
        (moment(2026, 10, 27, 9, 10), &signatory, DeedKind::SignLetter, Said::default()),
        (
            moment(2026, 11, 2, 11, 0),
            &agent,
            DeedKind::Receive,
            Said { day: day(10, 30), ..Said::default() },
        ),
        (moment(2026, 11, 10, 17, 40), &director, DeedKind::Answer, words(ANSWER)),
    ];
    play(services, &agent, CHALLENGED, &challenged).await
}

async fn play(
    services: &Services,
    agent: &Actor,
    name: &str,
    scenes: &[Scene<'_>],
) -> Result<(), DemoError> {
    let Some(id) = signed(services, agent, name).await? else { return Ok(()) };
    let refused = |error: DeedError| DemoError::Convention(name.to_owned(), error);
    let read = conventions::read(services, agent, &id).await;
    if read.map_err(|error| refused(error.into()))?.seen > 0 {
        return Ok(());
    }
    for ((when, who, kind, said), seen) in scenes.iter().zip(0_u32..) {
        let then = at(services, *when, &format!("{name} {}", kind.code()));
        let done = conventions::act(&then, who, &id, (*kind, said.clone()), seen).await;
        done.map_err(refused)?;
    }
    Ok(())
}

/// The dossier of the valid annexe of a structure.
async fn signed(
    services: &Services,
    agent: &Actor,
    name: &str,
) -> Result<Option<DossierId>, DemoError> {
    let asked = (YEAR, Pile::Valid, Some(DEPARTMENT));
    let page = annexes::register(services, agent, asked, (0, annexes::WHOLE)).await?;
    let line = page.lines.into_iter().find(|line| line.structure_name == name);
    Ok(line.map(|line| line.dossier))
}
