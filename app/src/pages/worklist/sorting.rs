//! What is listed: piles, filters, search.

use dossier::{role::Scope, state::State};
use leptos::prelude::*;
use service::{
    Actor,
    worklist::{Colleague, Counts},
};

use super::{
    address::{Address, Pile},
    in_pile,
    views::{Named, Views},
};
use crate::{pages::nature, routes};

/// Kinds of structures.
const KINDS: [&str; 5] = ["EI", "ETTI", "ACI", "AI", "EITI"];
/// Natures of requests.
const NATURES: [&str; 5] = ["first", "renewal", "annual", "amendment", "bilan"];

/// A choice of a filter: its name, its label, and the options with what they say.
fn select(
    (name, label): (&'static str, &'static str),
    chosen: &str,
    options: Vec<(String, String)>,
) -> AnyView {
    let options = options.into_iter().map(|(value, says)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{says}</option> }
    });
    let id = format!("filtre-{name}");
    view! {
        <div class="filter">
            <label for=id.clone()>{label}</label>
            <select class="input" id=id name=name>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

fn counted(label: &str, count: u32) -> String {
    if count == 0 { label.to_owned() } else { format!("{label} ({count})") }
}

/// The choice of a département, where there are several.
fn departments(actor: &Actor, address: &Address) -> Option<AnyView> {
    match &actor.scope {
        Scope::Departments(all) if all.len() > 1 => {
            let mut options = vec![(String::new(), "Tous".to_owned())];
            options.extend(all.iter().map(|one| (one.clone(), one.clone())));
            Some(select(("departement", "Département"), &address.departement, options))
        }
        Scope::National => {
            let value = address.departement.clone();
            Some(view! {
                <div class="filter">
                    <label for="filtre-departement">"Département"</label>
                    <input class="input" id="filtre-departement" name="departement" value=value maxlength="3" placeholder="Tous" autocomplete="off" />
                </div>
            }.into_any())
        }
        _ => None,
    }
}

/// The form.
#[component]
pub fn Sorting(
    /// Who reads.
    actor: Actor,
    /// What is asked.
    address: Address,
    /// How many lines the territory has.
    counts: Counts,
    /// Those who instruct there.
    colleagues: Vec<Colleague>,
    /// The views by name.
    views: Named,
) -> impl IntoView {
    let pile = address.pile();
    let piles = Pile::ALL.map(|one| {
        let here = (one == pile).then_some("true");
        let href = address.with_pile(one).href();
        view! { <a href=href aria-current=here>{one.label()}" "<b>{in_pile(&counts, one)}</b></a> }
    });
    let none = |says: &str| vec![(String::new(), says.to_owned())];
    let mut states = none("Tous");
    let listed =
        State::ALL.into_iter().filter(|state| *state != State::Draft && pile.holds(*state));
    states.extend(listed.map(|state| {
        let count = counts.of(|one| one == state);
        (state.code().to_owned(), counted(state.agent_label(), count))
    }));
    let mut kinds = none("Tous");
    kinds.extend(KINDS.map(|kind| (kind.to_owned(), kind.to_owned())));
    let mut natures = none("Toutes");
    natures.extend(NATURES.map(|one| (one.to_owned(), nature(one).to_owned())));
    let mut deadlines = none("Toutes");
    deadlines.push(("retard".to_owned(), counted("Passées", counts.late)));
    deadlines.push(("quinze".to_owned(), counted("Sous 15 jours", counts.soon)));
    let notes = actor.role.instructs().then(|| {
        let mut options = none("Toutes");
        options.push(("ouvertes".to_owned(), counted("Ouvertes", counts.noted)));
        // How many are blocked is said above the list.
        options.push(("bloquantes".to_owned(), "Bloquantes".to_owned()));
        select(("notes", "Notes"), &address.notes, options)
    });
    let mut followers = none("Tous");
    if actor.role.instructs() {
        followers.push(("moi".to_owned(), "Moi".to_owned()));
    }
    followers.push(("personne".to_owned(), "Personne".to_owned()));
    let others = colleagues.into_iter().filter(|one| one.id != actor.account_id);
    followers.extend(others.map(|one| (one.id.to_string(), one.name)));
    let department = departments(&actor, &address);
    let named = [("pile", &address.pile), ("tri", &address.tri), ("sens", &address.sens)];
    let hidden = named
        .into_iter()
        .chain([("vue", &address.vue)])
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
        .collect_view();
    let clear = address.is_narrow().then(|| {
        view! { <a class="btn btn-quiet" href=Address::of(pile).href()>"Effacer"</a> }
    });
    let views = actor.role.instructs().then(
        || view! { <Views named=views address=address.clone() me=actor.account_id.clone() /> },
    );
    view! {
        <nav class="piles" aria-label="Par état">{piles.to_vec()}</nav>
        <form class="filters" method="get" action=routes::RECEIVED role="search" aria-label="Dossiers reçus">
            {hidden}
            <div class="filter filter-wide">
                <label for="cherche">"Chercher"</label>
                <input class="input" type="search" id="cherche" name="cherche" value=address.cherche.clone() placeholder="Nom, SIRET ou numéro" />
            </div>
            <details class="filters-more" open=address.is_filtered()>
                <summary>"Filtres"</summary>
                <div class="filters-in">
                    {select(("etat", "État"), &address.etat, states)}
                    {select(("type", "Type"), &address.kind, kinds)}
                    {select(("nature", "Demande"), &address.nature, natures)}
                    {select(("delai", "Échéance"), &address.delai, deadlines)}
                    {select(("suivi", "Suivi par"), &address.suivi, followers)}
                    {notes}
                    {department}
                </div>
            </details>
            <div class="filter-go">
                <button class="btn" type="submit">"Filtrer"</button>
                {clear}
            </div>
        </form>
        {views}
    }
}
