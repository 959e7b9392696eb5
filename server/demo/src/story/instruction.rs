//! The State's side of the story: past requests are decided, those of this autumn stand where they
//! would at the end of November; nothing is done before its day has come.

use dossier::{
    act::{Said, Sense},
    annex::Grant,
    id::{AccountId, DossierId},
    note::{Audience, NoteKind},
    role::Role,
    state::Action,
};
use form::At;
use service::{
    Actor, Millis, Services,
    accounts::NewAccount,
    instruction::{self, ActError},
};

use super::{DemoError, Plan, at, follow_up};
use crate::{
    people::{self, PERSONAS},
    places::{DEPARTMENTS, Department},
    seed::{Seed, moment, ulid},
};

const DAY: i64 = 24 * 3_600_000;
const FOR: &str = "Le projet répond aux besoins du territoire, l'accompagnement est à la hauteur et le budget tient.";
const AGAINST: &str = "Les postes demandés ne sont pas financés : l'enveloppe du département est consommée, et les heures réalisées restent sous la moitié.";

/// How far the State went with a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum HowFar {
    Nowhere,
    Documents,
    Complete,
    SentBack,
    Dialogue,
    Commission,
    Decided,
}

/// Where the requests of this autumn stand, drawn one by one.
const THIS_AUTUMN: [HowFar; 7] = [
    HowFar::Nowhere,
    HowFar::Nowhere,
    HowFar::Complete,
    HowFar::SentBack,
    HowFar::Dialogue,
    HowFar::Commission,
    HowFar::Documents,
];

/// Who instructs and who signs in a département.
pub(super) struct Desk {
    pub(super) agent: Actor,
    pub(super) signatory: Actor,
}

/// Agents that no persona plays, to be added.
pub(super) fn others() -> Vec<NewAccount> {
    let mut all = Vec::new();
    for department in &DEPARTMENTS {
        for role in [Role::DdetsAgent, Role::DdetsSignatory] {
            if played(department.code, role).is_none() {
                let actor = actor(department, role);
                let post = if role == Role::DdetsAgent { "instruction" } else { "signature" };
                all.push(NewAccount {
                    id: actor.account_id,
                    email: format!("{post}@ddets-{}.example", department.code),
                    name: actor.name,
                    title: actor.title,
                    role,
                    is_persona: false,
                    password: None,
                    departments: vec![department.code.to_owned()],
                });
            }
        }
    }
    all
}

fn played(department: &str, role: Role) -> Option<usize> {
    PERSONAS.iter().position(|p| p.role == role && p.departments.contains(&department))
}

pub(super) fn actor(department: &Department, role: Role) -> Actor {
    let departments = vec![department.code.to_owned()];
    let (account_id, name, title) = if let Some(rank) = played(department.code, role) {
        let persona = &PERSONAS[rank];
        (people::persona_id(rank), persona.name.to_owned(), persona.title.to_owned())
    } else {
        let about = format!("{} {}", role.code(), department.code);
        let id: AccountId = ulid(moment(2024, 9, 1, 12, 0), &about).into();
        (id, people::name(&mut Seed::of(&about)), role.label().to_owned())
    };
    let scope = role.scope(Vec::new(), departments);
    Actor { account_id, name, title, role, scope, admin_of: Vec::new() }
}

impl Desk {
    /// The desk of a département of the story.
    pub(super) fn of(department: &str) -> Self {
        let department = crate::places::department(department);
        Self {
            agent: actor(department, Role::DdetsAgent),
            signatory: actor(department, Role::DdetsSignatory),
        }
    }
}

/// What the State does with a request that was deposited.
pub(super) async fn instruct(
    services: &Services,
    plan: &Plan<'_>,
    id: &DossierId,
) -> Result<(), DemoError> {
    let desk = Desk::of(plan.department());
    let hand = Hand { services, plan, id };
    let mut seed = plan.profile.seed(&format!("instruction {}", plan.key()));
    if plan.form == service::forms::BILAN {
        // Some are still to be read.
        if people::director_of(&plan.profile.name).is_none() && seed.between(0, 3) > 0 {
            hand.act(&desk.signatory, 40, Action::ApproveReport, Said::default()).await?;
        }
        return Ok(());
    }
    let how_far = if plan.request.year < 2_027 {
        HowFar::Decided
    } else {
        THIS_AUTUMN[usize::try_from(seed.between(0, 6)).unwrap_or(0)]
    };
    if how_far == HowFar::Documents {
        let asked = said(
            "Il manque le bilan financier de l'an dernier. Pouvez-vous l'ajouter aux pièces ?",
        );
        return hand.act(&desk.agent, 5, Action::AskForDocuments, hand.until(asked, 20)).await;
    }
    if how_far >= HowFar::Complete {
        hand.act(&desk.agent, 6, Action::DeclareComplete, Said::default()).await?;
    }
    if how_far == HowFar::SentBack {
        return hand.send_back(&desk.agent).await;
    }
    if how_far >= HowFar::Dialogue {
        hand.act(&desk.agent, 10, Action::OpenDialogue, Said::default()).await?;
    }
    if (HowFar::Dialogue..HowFar::Decided).contains(&how_far) {
        hand.follow_up(&desk.agent, 11, how_far == HowFar::Commission).await?;
    }
    if how_far >= HowFar::Commission {
        hand.act(&desk.agent, 12, Action::ReferToCommission, Said::default()).await?;
    }
    if how_far < HowFar::Decided {
        return Ok(());
    }
    let refused = seed.between(0, 19) == 0;
    let sense = if refused { Sense::Unfavourable } else { Sense::Favourable };
    let reason = if refused { AGAINST } else { FOR };
    let reading = instruction::open(services, &desk.agent, id).await;
    let reading =
        reading.map_err(|error| DemoError::Act(plan.profile.name.clone(), error.into()))?;
    let grant = Grant::asked(&reading.answers);
    let proposal = Said { opinion: Some(sense), proposal: Some(sense), grant, ..said(reason) };
    hand.act(&desk.agent, 38, Action::PrepareDecision, proposal).await?;
    let decision = if refused { Action::Refuse } else { Action::Accept };
    hand.act(&desk.signatory, 45, decision, said(reason)).await?;
    // Some papers of the last year are still on somebody's desk.
    let still_waits = plan.request.year == 2_026
        && people::director_of(&plan.profile.name).is_none()
        && seed.between(0, 5) == 0;
    if refused || still_waits { Ok(()) } else { hand.sign(&desk.agent, 60).await }
}

fn said(message: &str) -> Said {
    Said { message: message.to_owned(), ..Said::default() }
}

/// Who does things with one dossier, some days after its deposit.
struct Hand<'a> {
    services: &'a Services,
    plan: &'a Plan<'a>,
    id: &'a DossierId,
}

impl Hand<'_> {
    /// That many days after the deposit, at ten in the morning and some minutes; `None` when that day
    /// has not come.
    fn day(&self, days: i64) -> Option<Millis> {
        let morning = (self.plan.moved.0 / DAY + days) * DAY + 9 * 3_600_000;
        let when = Millis(morning + self.plan.profile.seed("morning").between(0, 3_600) * 1_000);
        (when <= self.services.now()).then_some(when)
    }

    fn until(&self, said: Said, days: i64) -> Said {
        Said { due: self.plan.moved.plus(days * DAY).day_in_paris(), ..said }
    }

    /// Both have signed the annexe.
    async fn sign(&self, actor: &Actor, days: i64) -> Result<(), DemoError> {
        let Some((when, day)) =
            self.day(days).and_then(|when| when.day_in_paris().map(|day| (when, day)))
        else {
            return Ok(());
        };
        let then = at(self.services, when, &format!("{} annexe", self.plan.key()));
        let signed = instruction::sign(&then, actor, self.id, day).await;
        signed.map_err(|error| DemoError::Sign(self.plan.profile.name.clone(), error))
    }

    async fn act(
        &self,
        actor: &Actor,
        days: i64,
        action: Action,
        said: Said,
    ) -> Result<(), DemoError> {
        let Some(when) = self.day(days) else { return Ok(()) };
        let then = at(self.services, when, &self.plan.key());
        match instruction::act(&then, actor, self.id, (action, said), 1).await {
            // What came before has not happened yet.
            Ok(()) | Err(ActError::Refused(_)) => Ok(()),
            Err(error) => Err(DemoError::Act(self.plan.profile.name.clone(), error)),
        }
    }

    /// The agent writes down what the dialogue of that day came to.
    async fn follow_up(&self, agent: &Actor, days: i64, share: bool) -> Result<(), DemoError> {
        let day = self.day(days).and_then(|when| Some((when, when.day_in_paris()?)));
        let Some((when, held)) = day else { return Ok(()) };
        let then = at(self.services, when, &format!("{} fiche", self.plan.key()));
        let left = follow_up::leave(&then, agent, self.id, (held, share)).await;
        left.map_err(|error| DemoError::FollowUp(self.plan.profile.name.clone(), error))
    }

    async fn send_back(&self, agent: &Actor) -> Result<(), DemoError> {
        let Some(when) = self.day(8) else { return Ok(()) };
        let notes = [
            (
                "moyens",
                NoteKind::Question,
                Audience::Structure,
                "Qui remplacera l'encadrante absente au printemps, et avec quelle quotité ?",
            ),
            (
                "budget",
                NoteKind::Correction,
                Audience::Structure,
                "Le cofinancement du département est de 18 400 € dans la convention signée. Pouvez-vous vérifier ?",
            ),
            (
                "",
                NoteKind::Remark,
                Audience::Service,
                "Appeler la directrice avant le dialogue de gestion.",
            ),
        ];
        for (rank, (place, kind, audience, text)) in (0..).zip(notes) {
            let then = at(self.services, when.plus(rank * 60_000), &self.plan.key());
            let draft = instruction::Draft::new((kind, audience), At::once(place), text);
            let written = instruction::write(&then, agent, self.id, &draft).await;
            written.map_err(|error| DemoError::Note(self.plan.profile.name.clone(), error))?;
        }
        let thanks = self
            .until(said("Merci pour ce dossier. Deux points avant le dialogue de gestion."), 25);
        self.act(agent, 9, Action::SendBack, thanks).await
    }
}
