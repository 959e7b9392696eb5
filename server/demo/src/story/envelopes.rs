//! Envelopes of the story, and two simulations in the Nièvre: a cautious one, and one that grants all.

use dossier::{
    allotting::{Choice, Verdict},
    annex::Grant,
    envelope::{Dotation, KINDS},
    place::Place,
    role::Role,
};
use form::Hundredths;
use service::{
    Actor, Millis, Services,
    allotting::{self, New, Wanted},
    envelopes,
};

use super::{DemoError, at, instruction::Desk};
use crate::{
    people::{self, PERSONAS},
    seed::moment,
};

/// The region of the story whose départements have their envelopes.
const REGION: &str = "27";
/// Its département that simulates.
const DEPARTMENT: &str = "58";

/// A persona, as the use cases want it.
fn persona(role: Role) -> Option<Actor> {
    let rank = PERSONAS.iter().position(|one| one.role == role)?;
    let persona = PERSONAS.get(rank)?;
    let departments = persona.departments.iter().map(|one| (*one).to_owned()).collect();
    Some(Actor {
        account_id: people::persona_id(rank),
        name: persona.name.to_owned(),
        title: persona.title.to_owned(),
        role,
        scope: role.scope(Vec::new(), departments),
        admin_of: Vec::new(),
    })
}

/// So much of an amount, in hundredths, in halves of an ETP and hundreds of euros.
fn part(amount: Dotation, percent: i64) -> Dotation {
    let round = |value: i64, step: i64| value * percent / 100 / step * step;
    Dotation::new(round(amount.etp.0, 50), round(amount.cents.0, 10_000))
}

/// Notifies and delegates, unless it was done.
pub(super) async fn load(services: &Services) -> Result<(), DemoError> {
    let (Some(dgefp), Some(dreets)) = (persona(Role::Dgefp), persona(Role::Dreets)) else {
        return Ok(());
    };
    for (year, notified, percent) in
        [(2_026, moment(2026, 1, 14, 9, 20), 106), (2_027, moment(2026, 11, 12, 9, 20), 96)]
    {
        let book = envelopes::book(services, &dgefp, year).await.map_err(DemoError::Envelope)?;
        if !book.changes.is_empty() {
            continue;
        }
        let region = Place::Region(REGION.to_owned());
        for (rank, kind) in (0..).zip(KINDS) {
            let needs = |place: &Place| {
                let balance = book.of(place, kind).map(|one| one.balance).unwrap_or_default();
                part(balance.granted + balance.asked, percent)
            };
            let departments: Vec<Place> =
                region.departments().into_iter().map(Place::Department).collect();
            let all: Dotation = departments.iter().map(&needs).sum();
            if all == Dotation::default() {
                continue;
            }
            let whole = part(all, 104) + Dotation::new(100, 1_000_000);
            let then = at(services, notified.plus(rank * 60_000), "notification");
            let what = (year, kind, &region);
            let said = (whole, "Notification de la DGEFP.");
            envelopes::set(&then, &dgefp, what, said, 0).await.map_err(DemoError::Envelope)?;
            for (next, place) in (1..).zip(&departments) {
                let to = needs(place);
                if to == Dotation::default() {
                    continue;
                }
                let later = notified.plus((24 * 60 + rank * 20 + next) * 60_000);
                let then = at(services, later, "délégation");
                let (what, said) =
                    ((year, kind, place), (to, "Répartition entre les départements."));
                envelopes::set(&then, &dreets, what, said, 0).await.map_err(DemoError::Envelope)?;
            }
        }
    }
    simulate(services).await
}

async fn simulate(services: &Services) -> Result<(), DemoError> {
    let Desk { agent, .. } = Desk::of(DEPARTMENT);
    if !allotting::list(services, &agent, 2_027).await?.is_empty() {
        return Ok(());
    }
    let morning: Millis = moment(2026, 11, 24, 8, 40);
    let then = |minute: i64, about: &str| at(services, morning.plus(minute * 60_000), about);
    let kinds = KINDS.map(str::to_owned).to_vec();
    let place = Place::Department(DEPARTMENT.to_owned());
    let new = New { name: "Au niveau de l'an dernier".to_owned(), year: 2_027, kinds, place };
    let id = allotting::create(&then(0, "prudente"), &agent, new).await;
    let id = id.map_err(DemoError::Allot)?;
    let opened = allotting::open(services, &agent, &id).await.map_err(DemoError::Allot)?;
    for (rank, line) in (1..).zip(opened.lines.iter().filter(|line| line.is_open())) {
        let (Some(asked), Some(terms)) = (line.asked(), line.request.terms) else { continue };
        // Some are still to be looked at.
        if rank % 5 == 0 {
            continue;
        }
        let before = line.last_year.map(|last| last.etp.0 * 12 / i64::from(terms.months.max(1)));
        let etp = before.map_or(asked.etp, |etp| asked.etp.min(Hundredths(etp)));
        let grant = (etp.0 > 0).then_some(Grant { etp, ..asked });
        let choice = Choice { verdict: Verdict::Grant, grant, ..Choice::default() };
        let wanted = Wanted { dossier: line.request.dossier.clone(), seen: 0, choice };
        let chosen = allotting::choose(&then(rank * 3, "choix"), &agent, &id, &wanted).await;
        chosen.map_err(DemoError::Choose)?;
    }
    let all = "Tout ce qui est demandé";
    let copy = allotting::copy(&then(90, "ambitieuse"), &agent, &id, all).await;
    let copy = copy.map_err(DemoError::Allot)?;
    let opened = allotting::open(services, &agent, &copy).await.map_err(DemoError::Allot)?;
    for (rank, line) in (1..).zip(opened.lines.iter().filter(|line| line.is_open())) {
        let seen = opened.touches.get(&line.request.dossier).map_or(0, |touch| touch.number);
        let choice = Choice { verdict: Verdict::Grant, ..Choice::default() };
        let wanted = Wanted { dossier: line.request.dossier.clone(), seen, choice };
        let chosen = allotting::choose(&then(90 + rank, "choix"), &agent, &copy, &wanted).await;
        chosen.map_err(DemoError::Choose)?;
    }
    Ok(())
}
