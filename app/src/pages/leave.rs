//! Who is away, and who looks after their dossiers: one's own leaves, and those of colleagues one covers.

use form::Date;
use leptos::prelude::*;
use service::leave::{Cover, Leaves};

use crate::{format, routes, text};

/// What the page shows.
pub struct LeavePageOf {
    /// The leaves.
    pub leaves: Leaves,
    /// What was typed and refused: first day, last day, colleague.
    pub typed: [String; 3],
    /// Why.
    pub refused: Option<String>,
    /// Today.
    pub today: Date,
}

/// From when to when.
fn days(cover: &Cover) -> String {
    let (first, last) = (format::date(cover.leave.first()), format::date(cover.leave.last()));
    if first == last { format!("le {first}") } else { format!("du {first} au {last}") }
}

/// The page.
#[component]
pub fn LeavePage(
    /// What it shows.
    page: LeavePageOf,
) -> impl IntoView {
    let LeavePageOf { leaves, typed, refused, today } = page;
    let Leaves { mine, covered, colleagues } = leaves;
    let when =
        |cover: &Cover| if cover.leave.is_on(today) { "En ce moment : " } else { "À venir : " };
    let own = mine.iter().map(|one| {
        let says = format!("{}{}, remplacé par {}.", when(one), days(one), one.by.name);
        let label = if one.leave.is_on(today) { "Mettre fin" } else { "Annuler" };
        view! {
            <li>
                <form method="post" action=routes::LEAVE class="actions">
                    <span>{text::french(&says)}</span>
                    <input type="hidden" name="absence" value=one.id.clone() />
                    <button class="btn btn-s btn-quiet" type="submit" name="geste" value="finir">{label}<span class="sr-only">{format!(" : absence {}", days(one))}</span></button>
                </form>
            </li>
        }
    });
    let own = (!mine.is_empty()).then(|| view! { <ul class="leaves">{own.collect_view()}</ul> });
    let theirs = covered.iter().map(|one| {
        let says = format!("{}{}, {}.", when(one), one.absent.name, days(one));
        view! { <li>{text::french(&says)}</li> }
    });
    let theirs = theirs.collect_view();
    let theirs = (!covered.is_empty()).then(|| view! {
        <section class="card pad stack" aria-labelledby="remplaces">
            <h2 id="remplaces" class="h3">"Vous remplacez"</h2>
            <ul class="leaves">{theirs}</ul>
            <p class="soft">{text::french("Ces jours-là, leurs dossiers sont aussi dans « Mes dossiers », et ce qui leur serait écrit vous l'est aussi. Ils restent à leur nom.")}</p>
        </section>
    });
    let error = refused.map(|why| view! { <p class="error" role="alert">{text::french(&why)}</p> });
    let [first, last, by] = typed;
    let form = if colleagues.is_empty() {
        let says = "Personne d'autre de votre service ne peut vous remplacer : il y faut quelqu'un qui instruit dans tous vos départements, et un signataire pour un signataire. Demandez à votre responsable d'inviter un collègue.";
        view! { <p class="note">{text::french(says)}</p> }.into_any()
    } else {
        let options = colleagues.into_iter().map(|one| {
            let id = one.id.to_string();
            let selected = id == by;
            view! { <option value=id selected=selected>{one.name}</option> }
        });
        view! {
            <form method="post" action=routes::LEAVE class="stack">
                {error}
                <div class="field">
                    <label for="absent-du">"Absent du"</label>
                    <input class="input input-mid" id="absent-du" type="date" name="du" value=first required=true />
                </div>
                <div class="field">
                    <label for="absent-au">"au (compris)"</label>
                    <input class="input input-mid" id="absent-au" type="date" name="au" value=last required=true min=today.to_string() />
                </div>
                <div class="field">
                    <label for="absent-par">"Remplacé par"</label>
                    <select class="input" id="absent-par" name="par">{options.collect_view()}</select>
                </div>
                <p><button class="btn btn-main" type="submit" name="geste" value="dire">"Enregistrer"</button></p>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="wrap page narrow stack">
            <header>
                <p class="crumbs"><a href=routes::RECEIVED>"Dossiers reçus"</a></p>
                <h1>"Absences et remplacements"</h1>
                <p class="lead">{text::french("Pendant votre absence, un collègue voit vos dossiers comme les siens et reçoit vos courriels. Rien ne change de main, et cela s'arrête tout seul.")}</p>
            </header>
            <section class="card pad stack" aria-labelledby="mes-absences">
                <h2 id="mes-absences" class="h3">"Vos absences"</h2>
                {own}
                {form}
            </section>
            {theirs}
        </div>
    }
}
