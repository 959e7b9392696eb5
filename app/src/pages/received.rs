//! What was deposited in an agent's territory: what waits for the State first.

use dossier::{act, state::State};
use form::Date;
use leptos::prelude::*;
use service::{Actor, DossierHead};

use super::{StateTag, title};
use crate::{format, routes, text};

/// Dossiers by whom they wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pile {
    /// For the State.
    #[default]
    Ours,
    /// For the structure, which was asked something.
    Theirs,
    /// For nobody: decided, taken back, rejected.
    Done,
    /// All of them.
    All,
}

impl Pile {
    /// Every pile.
    pub const ALL: [Self; 4] = [Self::Ours, Self::Theirs, Self::Done, Self::All];

    /// As the address says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ours => "a-traiter",
            Self::Theirs => "chez-la-structure",
            Self::Done => "termines",
            Self::All => "tous",
        }
    }

    /// Reads back a code; what waits for the State for anything else.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|pile| pile.code() == code).unwrap_or_default()
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Ours => "À traiter",
            Self::Theirs => "Chez la structure",
            Self::Done => "Terminés",
            Self::All => "Tous",
        }
    }

    /// Whether a dossier in this state is in it.
    pub const fn holds(self, state: State) -> bool {
        match self {
            Self::Ours => !state.is_final() && !state.is_editable(),
            Self::Theirs => state.is_editable(),
            Self::Done => state.is_final(),
            Self::All => true,
        }
    }
}

/// What the page shows.
pub struct Received {
    /// Who reads.
    pub actor: Actor,
    /// The deposited dossiers of the territory, latest change first.
    pub dossiers: Vec<DossierHead>,
    /// Which of them.
    pub pile: Pile,
    /// What is looked for; empty for nothing.
    pub search: String,
    /// Today.
    pub today: Date,
}

/// Whether the name, kind, year or département of a dossier says each word that is looked for.
fn is_found(head: &DossierHead, search: &str) -> bool {
    let said = plain(&format!(
        "{} {} {} {}",
        head.structure_name,
        head.kind,
        title(head),
        head.department
    ));
    plain(search).split_whitespace().all(|word| said.contains(word))
}

/// As people look for names: an apostrophe or a dash is a space.
fn plain(text: &str) -> String {
    text::bare(text).replace(['\'', '’', '-'], " ")
}

/// The page.
#[component]
pub fn ReceivedPage(
    /// What it shows.
    received: Received,
) -> impl IntoView {
    let Received { actor, mut dossiers, pile, search, today } = received;
    let all = dossiers.len();
    dossiers.retain(|head| is_found(head, &search));
    let piles = Pile::ALL.map(|one| {
        let count = dossiers.iter().filter(|head| one.holds(head.state)).count();
        let pressed = if one == pile { "true" } else { "false" };
        view! {
            <button type="submit" name="pile" value=one.code() aria-pressed=pressed>{one.label()}" "<b>{count}</b></button>
        }
    });
    dossiers.retain(|head| pile.holds(head.state));
    let due = |head: &DossierHead| {
        let since = head.updated_at.day_in_paris()?;
        act::due(head.state, since)
    };
    if pile == Pile::Ours {
        // What is due first comes first; what has no day comes after.
        dossiers.sort_by_key(|head| {
            due(head).map_or((true, 0), |(day, _)| (false, day.days_since_epoch()))
        });
    }
    let none = dossiers.is_empty().then(|| {
        let says = if all == 0 {
            "Aucun dossier n'est déposé sur votre territoire pour l'instant."
        } else if search.is_empty() {
            "Rien ici pour l'instant."
        } else {
            "Aucun dossier ne correspond à cette recherche."
        };
        view! { <p class="soft">{says}</p> }
    });
    let rows: Vec<_> = dossiers
        .into_iter()
        .map(|head| {
            let href = routes::instruction(head.id.as_str());
            let day = due(&head).map(|(day, what)| {
                let late = day < today;
                let class = if late { "c-garance" } else { "" };
                let says = if late { "Passé : " } else { "" };
                view! { <span class=class title=what>{says}{format::date(day)}</span> }
            });
            view! {
                <tr>
                    <td data-l="Structure"><a href=href>{head.structure_name.clone()}</a></td>
                    <td data-l="Type">{head.kind.clone()}</td>
                    <td data-l="Dossier">{title(&head)}</td>
                    <td data-l="Département">{head.department.clone()}</td>
                    <td data-l="État"><StateTag state=head.state agent=true /></td>
                    <td data-l="Attendu le">{day}</td>
                    <td data-l="Dernier changement">{format::day(head.updated_at)}</td>
                </tr>
            }
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="card pad">
                <table class="tbl cards">
                    <caption class="sr-only">"Dossiers déposés sur le territoire"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Structure"</th>
                            <th scope="col">"Type"</th>
                            <th scope="col">"Dossier"</th>
                            <th scope="col">"Département"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Attendu le"</th>
                            <th scope="col">"Dernier changement"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let count = u32::try_from(all).unwrap_or(u32::MAX);
    let lead = text::count(count, "dossier déposé", "dossiers déposés");
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Dossiers reçus"</h1>
                <p class="lead">{format!("{}. {lead} sur votre territoire.", actor.role.label())}</p>
            </header>
            <form class="sorting" method="get" action=routes::RECEIVED role="search" aria-label="Dossiers reçus">
                // The first button is what Enter does.
                <button type="submit" class="sr-only" name="pile" value=pile.code() tabindex="-1" aria-hidden="true">"Chercher"</button>
                <div class="piles">{piles.to_vec()}</div>
                <div class="search">
                    <label for="cherche" class="sr-only">"Chercher une structure, un type, une année"</label>
                    <input class="input" type="search" id="cherche" name="cherche" value=search placeholder="Structure, type, année" />
                    <button class="btn" type="submit" name="pile" value=pile.code()>"Chercher"</button>
                </div>
            </form>
            {none}
            {table}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deposited_dossier_waits_for_somebody_or_nobody() {
        for state in State::ALL {
            let piles = [Pile::Ours, Pile::Theirs, Pile::Done];
            let holds = piles.iter().filter(|pile| pile.holds(state)).count();
            assert_eq!(holds, 1, "{state:?}");
            assert!(Pile::All.holds(state));
        }
        for pile in Pile::ALL {
            assert_eq!(Pile::from_code(pile.code()), pile);
        }
        assert_eq!(Pile::from_code("?"), Pile::Ours);
    }

    #[test]
    fn names_are_found_without_their_accents() {
        assert!(plain("L'Étape Nivernaise").contains(&plain("etape niv")));
        assert_eq!(plain("Là-bas"), plain("la bas"));
    }
}
