//! What an agent has seen, and what is new to them: two more ways to read a dossier.

use std::collections::{BTreeMap, BTreeSet};

use form::{Answers, At, Revision};
use leptos::prelude::*;
use service::seen::{Seen, places};

use crate::{format, routes, text};

/// What is read alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glance {
    /// What changed since this person was last here.
    Changed,
    /// What this person did not mark yet.
    Unseen,
}

impl Glance {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Changed, Self::Unseen];

    /// Stable code, in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Changed => "passage",
            Self::Unseen => "non-vu",
        }
    }

    /// Reads back a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|glance| glance.code() == code)
    }

    /// What people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Changed => "Ce qui a changé depuis mon dernier passage",
            Self::Unseen => "Ce que je n'ai pas encore vu",
        }
    }

    /// What it shows.
    pub fn places(self, seen: &Seen) -> BTreeSet<At> {
        match self {
            Self::Changed => seen.changed.clone(),
            Self::Unseen => {
                seen.places.iter().filter(|at| !seen.holds.contains(at)).cloned().collect()
            }
        }
    }
}

/// How much of each step was seen, of how much.
pub fn by_step(
    (form, answers): (&Revision, &Answers),
    seen: &Seen,
) -> BTreeMap<String, (usize, usize)> {
    let mut steps = BTreeMap::<String, (usize, usize)>::new();
    for (step, at) in places(form, answers) {
        let (marked, all) = steps.entry(step.to_owned()).or_default();
        *all += 1;
        *marked += usize::from(seen.holds.contains(&at));
    }
    steps
}

/// The two ways, with how much each shows.
#[component]
pub fn Glances(
    /// The dossier.
    id: String,
    /// What was seen.
    seen: Seen,
    /// The one that is taken.
    glance: Option<Glance>,
) -> impl IntoView {
    let link = |of: Glance| {
        let here = (glance == Some(of)).then_some("true");
        let count = of.places(&seen).len();
        view! {
            <li><a class="lens" href=routes::reading(&id, of.code()) aria-current=here>{of.title()}" "<b class="count">{count}</b></a></li>
        }
    };
    // Who never came before has nothing that changed since.
    let came = seen.passage.is_some() || !seen.fallen.is_empty();
    let changed = (came || glance == Some(Glance::Changed)).then(|| link(Glance::Changed));
    let whole = glance.map(|_| {
        view! { <li><a class="lens" href=routes::reading(&id, "")>"Tout le dossier"</a></li> }
    });
    let when = seen.passage.filter(|_| glance == Some(Glance::Changed)).map(|when| {
        let says = format!(
            "Depuis votre lecture du {}. Ce que vous marquez « Vu » quitte cette liste.",
            format::moment(when)
        );
        view! { <p class="soft">{text::french(&says)}</p> }
    });
    let keys = view! {
        <p class="soft keys" hidden=true data-touches="">
            <kbd>"n"</kbd>" et "<kbd>"p"</kbd>" : réponse ou annotation suivante, précédente ; "<kbd>"v"</kbd>" : vu"
        </p>
    };
    view! {
        <nav aria-label="Ce que j'ai vu">
            <ul class="lenses">{whole}{changed}{link(Glance::Unseen)}</ul>
        </nav>
        {when}
        {keys}
    }
}

/// What the buttons of the marks post, and the script that makes them light.
#[component]
pub fn Marking(
    /// The dossier.
    id: String,
    /// Which deposit is read.
    deposit: u32,
    /// The lens or the glance that it is read through.
    code: String,
    /// Version of the small scripts.
    version: String,
) -> impl IntoView {
    view! {
        <form id="vu" method="post" action=routes::seen(&id)>
            <input type="hidden" name="depot" value=deposit />
            <input type="hidden" name="regard" value=code />
        </form>
        <script type="module" src=format!("/lecture.js?v={version}")></script>
        <script type="module" src=format!("/annoter.js?v={version}")></script>
        <script type="module" src=format!("/brouillon.js?v={version}")></script>
    }
}
