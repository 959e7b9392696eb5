//! What people choose in a simulation, gesture by gesture.

use std::collections::BTreeMap;

use dossier::{
    allotting::Choice,
    id::{AccountId, AllotmentId, DossierId},
};

use crate::{Actor, Millis, Services};

/// What was chosen at once: one request, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gesture {
    /// The simulation.
    pub allotment: AllotmentId,
    /// Its number, from 1.
    pub number: u32,
    /// The gesture that it undoes.
    pub undoes: Option<u32>,
    /// The choices.
    pub choices: Vec<(DossierId, Choice)>,
    /// When.
    pub at: Millis,
    /// Who.
    pub by: AccountId,
    /// Name of who.
    pub by_name: String,
}

impl Gesture {
    /// One that this person makes now.
    pub(super) fn by(
        services: &Services,
        actor: &Actor,
        (allotment, number): (&AllotmentId, u32),
        (undoes, choices): (Option<u32>, Vec<(DossierId, Choice)>),
    ) -> Self {
        Self {
            allotment: allotment.clone(),
            number,
            undoes,
            choices,
            at: services.now(),
            by: actor.account_id.clone(),
            by_name: actor.name.clone(),
        }
    }
}

/// What is known of the last choice on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Number of its gesture.
    pub number: u32,
    /// When.
    pub at: Millis,
    /// Name of who.
    pub by_name: String,
}

/// The last choice on each request, with what is known of it.
pub(super) fn latest(gestures: &[Gesture]) -> BTreeMap<DossierId, (Choice, Touch)> {
    let mut chosen = BTreeMap::new();
    for gesture in gestures {
        for (dossier, choice) in &gesture.choices {
            let Gesture { number, at, by_name, .. } = gesture;
            let touch = Touch { number: *number, at: *at, by_name: by_name.clone() };
            chosen.insert(dossier.clone(), (choice.clone(), touch));
        }
    }
    chosen
}
