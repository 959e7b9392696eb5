//! The commission of the Nièvre: a sitting that was held, one that is convened, one that is planned.

use dossier::{
    act::{Said, Sense},
    commission::{Deed, Wait},
    id::{DossierId, SittingId},
    state::{Action, State},
};
use service::{
    Actor, Millis, Services,
    commission::{self, AgendaError, Hearing, PlanError, Typed, Verdict, Waiting, Wanted},
    deposits, instruction,
};

use super::{DemoError, at, follow_up, instruction::Desk};
use crate::seed::moment;

const DEPARTMENT: &str = "58";
const PLACE: &str = "DDETS de la Nièvre, salle Loire";
/// What is said of the dossiers of the sitting that was held.
const SAID: [(Sense, &str); 1] = [(
    Sense::Favourable,
    "Projet solide, bien ancré sur le territoire. La commission demande un point d'étape à six mois.",
)];
/// A day of the story: month, day, hour.
type Day = (u8, u8, i64);
/// Requests of this autumn that go before it: when they are complete, in dialogue, and referred.
const GO_ON: [(&str, [Day; 3]); 2] = [
    ("Halte aux Objets", [(10, 30, 10), (11, 2, 14), (11, 4, 9)]),
    ("Loire Services Emploi", [(11, 20, 10), (11, 23, 14), (11, 24, 9)]),
];
const PRESENTED: &str = "Points à débattre : le rythme des recrutements, la place du conseil départemental dans le financement, les partenariats avec France Travail. Le dialogue de gestion du 23 novembre a levé les questions sur le budget.";

/// When the sitting that is convened had its pack.
fn sent() -> Millis {
    moment(2026, 11, 25, 9, 10)
}

fn appointment(day: &str, pack_day: &str) -> Typed {
    Typed {
        day: day.to_owned(),
        hour: "14:00".to_owned(),
        place: PLACE.to_owned(),
        pack_day: pack_day.to_owned(),
    }
}

fn wanted(waiting: &[&Waiting]) -> Vec<Wanted> {
    let wanted = |one: &&Waiting| Wanted { dossier: one.dossier.clone(), deposit: one.deposit };
    waiting.iter().map(wanted).collect()
}

/// Plans, sends and holds, unless it was done.
pub(super) async fn load(services: &Services) -> Result<(), DemoError> {
    let Desk { agent, .. } = Desk::of(DEPARTMENT);
    if services.now() < sent() || !commission::list(services, &agent).await?.is_empty() {
        return Ok(());
    }
    go_on(services, &agent).await?;
    let all = commission::waiting(services, &agent, Some(DEPARTMENT)).await?;
    let early = moment(2026, 11, 5, 18, 0);
    let asked: Vec<&Waiting> = all.iter().filter(|one| one.wait == Wait::Opinion).collect();
    let is_early = |one: &&&Waiting| one.referred_at.is_some_and(|at| at < early);
    let heard: Vec<&Waiting> = asked.iter().filter(is_early).take(SAID.len()).copied().collect();
    if !heard.is_empty() {
        hold(services, &agent, &heard).await?;
    }
    let planned = at(services, moment(2026, 11, 24, 10, 0), "séance de décembre");
    let id = plan(&planned, &agent, &appointment("2026-12-10", "2026-11-30")).await?;
    let rest = asked.into_iter().filter(|one| heard.iter().all(|h| h.dossier != one.dossier));
    let known = all.iter().filter(|one| one.wait == Wait::Information).take(2);
    let items: Vec<&Waiting> = rest.take(3).chain(known).collect();
    if let Some(first) = items.first() {
        put(&planned, &agent, &id, &wanted(&items)).await?;
        let words = (PRESENTED, 1);
        let presented = commission::present(&planned, &agent, &id, &first.dossier, words).await;
        presented.map_err(DemoError::Agenda)?;
        let then = at(services, sent(), "envoi");
        deed(&then, &agent, &id, Deed::Send).await?;
    }
    let planned = at(services, moment(2026, 11, 24, 10, 5), "séance de janvier");
    plan(&planned, &agent, &appointment("2027-01-14", "")).await?;
    Ok(())
}

/// Brings some requests before the commission.
async fn go_on(services: &Services, agent: &Actor) -> Result<(), DemoError> {
    let heads = deposits::deposited(services, agent).await?;
    for (name, [complete, dialogue, refer]) in GO_ON {
        let acts = [
            (complete, Action::DeclareComplete),
            (dialogue, Action::OpenDialogue),
            (refer, Action::ReferToCommission),
        ];
        let of = heads.iter().find(|head| head.structure_name == name && head.year == 2_027);
        let Some(head) = of.filter(|head| head.state == State::Submitted) else { continue };
        for ((month, day, hour), action) in acts {
            let then = at(services, moment(2026, month, day, hour, 20), name);
            let what = (action, Said::default());
            let done = instruction::act(&then, agent, &head.id, what, head.deposits).await;
            done.map_err(|error| DemoError::Act(name.to_owned(), error))?;
            if action == Action::OpenDialogue {
                let of = (&head.id, moment(2026, month, day, hour, 50));
                discussed(services, agent, of, name).await?;
            }
        }
    }
    Ok(())
}

/// The dialogue of that day is written down and shared; the council says what it thinks.
async fn discussed(
    services: &Services,
    agent: &Actor,
    (id, when): (&DossierId, Millis),
    name: &str,
) -> Result<(), DemoError> {
    let refused = |error| DemoError::FollowUp(name.to_owned(), error);
    let Some(held) = when.day_in_paris() else { return Ok(()) };
    let then = at(services, when, &format!("{name} fiche"));
    follow_up::leave(&then, agent, id, (held, true)).await.map_err(refused)?;
    let then = at(services, when.plus(18 * 3_600_000), &format!("{name} conseil"));
    follow_up::said_by_council(&then, DEPARTMENT, id).await.map_err(refused)
}

async fn hold(services: &Services, agent: &Actor, heard: &[&Waiting]) -> Result<(), DemoError> {
    let then =
        |day: u8, hour: i64, about: &str| at(services, moment(2026, 11, day, hour, 20), about);
    let early = then(6, 9, "séance de novembre");
    let id = plan(&early, agent, &appointment("2026-11-17", "2026-11-06")).await?;
    put(&early, agent, &id, &wanted(heard)).await?;
    deed(&early, agent, &id, Deed::Send).await?;
    let hearings: Vec<Hearing> = heard
        .iter()
        .zip(SAID)
        .map(|(one, (sense, words))| Hearing {
            dossier: one.dossier.clone(),
            verdict: Some(Verdict::Says(sense)),
            words: words.to_owned(),
        })
        .collect();
    let noted = commission::hear(&then(17, 15, "avis"), agent, &id, &hearings, None).await;
    noted.map_err(DemoError::Sitting)?;
    deed(&then(17, 16, "clôture"), agent, &id, Deed::Hold).await
}

async fn plan(services: &Services, agent: &Actor, typed: &Typed) -> Result<SittingId, DemoError> {
    let planned: Result<_, PlanError> = commission::plan(services, agent, DEPARTMENT, typed).await;
    planned.map_err(DemoError::Sitting)
}

async fn put(
    services: &Services,
    agent: &Actor,
    id: &SittingId,
    wanted: &[Wanted],
) -> Result<(), DemoError> {
    let put: Result<usize, AgendaError> = commission::put(services, agent, id, wanted).await;
    put.map(|_| ()).map_err(DemoError::Agenda)
}

async fn deed(
    services: &Services,
    agent: &Actor,
    id: &SittingId,
    deed: Deed,
) -> Result<(), DemoError> {
    commission::do_deed(services, agent, id, deed).await.map_err(DemoError::Sitting)
}
