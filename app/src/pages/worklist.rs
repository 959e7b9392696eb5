//! What was deposited in an agent's territory, as a list to work by: what waits for the State first.

pub mod address;
mod handing;
mod lines;
mod sorting;
pub mod views;

use dossier::state::State;
use form::Date;
use leptos::prelude::*;
use service::{
    Actor,
    worklist::{Colleague, Counts, Page},
};

pub use self::handing::{Gesture, Outcome, OutcomeNote, PreviewPage, Previewed, options};
use self::{
    address::{Address, Pile},
    handing::Bar,
    lines::Lines,
    sorting::Sorting,
    views::{Named, RemovedNote},
};
use crate::{routes, text};

/// What the page shows.
pub struct WorkList {
    /// Who reads.
    pub actor: Actor,
    /// What the address asks.
    pub address: Address,
    /// A page of it.
    pub page: Page,
    /// How many lines the territory has.
    pub counts: Counts,
    /// Those who instruct there.
    pub colleagues: Vec<Colleague>,
    /// What a gesture just did.
    pub outcome: Option<Outcome>,
    /// The views by name.
    pub views: Named,
    /// Today.
    pub today: Date,
    /// Version of the small scripts.
    pub version: String,
}

/// The page.
#[component]
pub fn WorkListPage(
    /// What it shows.
    list: WorkList,
) -> impl IntoView {
    let WorkList { actor, address, page, counts, colleagues, outcome, views, today, version } =
        list;
    let none = page.lines.is_empty().then(|| nothing(&address, &counts));
    let next = page.next.as_ref().map(|cursor| {
        let href = address.after(cursor).href();
        view! { <a class="btn" rel="next" href=href>"Suivants"</a> }
    });
    let first = (!address.apres.is_empty()).then(|| {
        let href = address.first().href();
        view! { <a class="btn btn-quiet" href=href>"Revenir au début"</a> }
    });
    let shown = u32::try_from(page.lines.len()).unwrap_or(u32::MAX);
    let shown = text::count(shown, "dossier affiché", "dossiers affichés");
    let foot = (!page.lines.is_empty()).then(|| {
        view! {
            <nav class="list-foot" aria-label="Pages de la liste">
                <span class="soft">{shown}</span>
                {first}
                {next}
            </nav>
        }
    });
    let bar = actor
        .role
        .instructs()
        .then(|| view! { <Bar colleagues=colleagues.clone() me=actor.account_id.clone() /> });
    let table = (!page.lines.is_empty()).then(|| {
        let lines =
            view! { <Lines actor=actor.clone() address=address.clone() lines=page.lines today /> };
        if actor.role.instructs() {
            view! {
                <form method="post" action=routes::FOLLOWING id="liste" class="stack">
                    <input type="hidden" name="retour" value=address.query() />
                    {lines}
                    {bar}
                </form>
            }
            .into_any()
        } else {
            lines.into_any()
        }
    });
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Dossiers reçus"</h1>
                {lead(&actor, &address, &counts)}
                {actor.role.instructs().then(|| view! { <p><a href=routes::LEAVE>"Absences et remplacements"</a></p> })}
            </header>
            {outcome.map(|outcome| view! { <OutcomeNote outcome me=actor.account_id.clone() colleagues=colleagues.clone() back=address.query() /> })}
            <RemovedNote named=views.clone() back=address.query() />
            <Sorting views actor=actor.clone() address=address.clone() counts colleagues />
            {none}
            {table}
            {foot}
        </div>
        <script type="module" src=format!("/liste.js?v={version}")></script>
    }
}

/// How many there are, and how they stand.
fn lead(actor: &Actor, address: &Address, counts: &Counts) -> AnyView {
    let all = text::count(counts.of(|_| true), "dossier déposé", "dossiers déposés");
    let link = |code: &str, says: String| view! { <a href=address.due(code).href()>{says}</a> };
    let late = (counts.late > 0).then(|| {
        let says = text::count(counts.late, "échéance passée", "échéances passées");
        view! { ", " {link("retard", says)} }
    });
    let soon = (counts.soon > 0).then(|| {
        let says = text::count(counts.soon, "échéance", "échéances");
        view! { ", " {link("quinze", format!("{says} sous 15\u{a0}jours"))} }
    });
    let blocked = (counts.blocked > 0).then(|| {
        let says = text::count(counts.blocked, "dossier bloqué", "dossiers bloqués");
        view! { ", " <a href=address.noted("bloquantes").href()>{says}</a> }
    });
    let says = format!("{}. {all} sur votre territoire", actor.role.label());
    view! { <p class="lead">{says}{late}{soon}{blocked}"."</p> }.into_any()
}

/// That nothing is there, and what to do.
fn nothing(address: &Address, counts: &Counts) -> AnyView {
    let all = counts.of(|_| true);
    if all == 0 {
        let says = "Aucun dossier n'est déposé sur votre territoire pour l'instant. Le premier apparaîtra ici dès son dépôt.";
        return view! { <p class="card pad">{says}</p> }.into_any();
    }
    let says = if address.cherche.trim().is_empty() {
        "Rien ici pour l'instant."
    } else {
        "Aucun dossier ne correspond à cette recherche."
    };
    let whole = (address.is_narrow() || address.pile() != Pile::All).then(|| {
        let href = Address { cherche: address.cherche.clone(), ..Address::of(Pile::All) }.href();
        view! { " " <a href=href>"Chercher dans tous les dossiers"</a> }
    });
    let clear = address.is_narrow().then(|| {
        view! { " " <a href=Address::of(address.pile()).href()>"Effacer les filtres"</a> }
    });
    view! { <div class="card pad"><p>{says}{whole}{clear}</p></div> }.into_any()
}

/// Dossiers of a state, as chips and options count them.
fn in_pile(counts: &Counts, pile: Pile) -> u32 {
    counts.of(|state: State| pile.holds(state))
}
