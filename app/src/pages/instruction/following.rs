//! Who follows a dossier, as its page says it.

use dossier::id::DossierId;
use leptos::prelude::*;
use service::{Actor, leave::Cover, worklist::Colleague};

use crate::{format, pages::worklist::options, routes, text};

/// Who does, and the ways to change it.
#[component]
pub fn Following(
    /// The dossier.
    id: DossierId,
    /// Whether nothing follows.
    is_final: bool,
    /// Who follows it.
    follower: Option<Colleague>,
    /// Who looks after it meanwhile, when that person is away today.
    cover: Option<Cover>,
    /// Those who instruct there.
    colleagues: Vec<Colleague>,
    /// Who reads.
    me: Actor,
) -> impl IntoView {
    let mine = follower.as_ref().is_some_and(|one| one.id == me.account_id);
    let says = match &follower {
        Some(_) if mine => "Vous suivez ce dossier.".to_owned(),
        Some(one) => format!("{} suit ce dossier.", one.name),
        None => "Personne ne suit ce dossier.".to_owned(),
    };
    let away = cover.map(|cover| {
        let until = format::date(cover.leave.last());
        let says = if mine {
            format!("Vous êtes absent jusqu'au {until} : {} vous remplace.", cover.by.name)
        } else if cover.by.id == me.account_id {
            format!(
                "{}, que vous remplacez jusqu'au {until}, le retrouvera à son retour.",
                cover.absent.name
            )
        } else {
            format!("Absent jusqu'au {until}, remplacé par {}.", cover.by.name)
        };
        view! { <p class="note">{text::french(&says)}</p> }
    });
    let seen = follower.as_ref().map(|one| one.id.to_string()).unwrap_or_default();
    let act = me.role.instructs().then(|| {
        let take = (!mine && !is_final).then(|| {
            let says = if follower.is_some() { "Reprendre ce dossier" } else { "Je m'en occupe" };
            view! { <button class="btn" type="submit" name="geste" value="prendre">{says}</button> }
        });
        let release = follower.is_some().then(|| {
            view! { <button class="btn btn-quiet" type="submit" name="geste" value="rendre">"Ne plus suivre"</button> }
        });
        let others = colleagues.iter().any(|one| one.id != me.account_id) && !is_final;
        let hand = others.then(|| {
            view! {
                <details class="act">
                    <summary>"Confier à un collègue"</summary>
                    <div class="field">
                        <label for="confier-a">"Collègue"</label>
                        <select class="input" id="confier-a" name="a">{options(&colleagues, &me.account_id)}</select>
                    </div>
                    <p class="actions"><button class="btn" type="submit" name="geste" value="confier">"Confier"</button></p>
                </details>
            }
        });
        view! {
            <form method="post" action=routes::FOLLOWING class="stack">
                <input type="hidden" name="dossier" value=format!("{id}:{seen}") />
                <input type="hidden" name="confirme" value="oui" />
                <input type="hidden" name="retour" value=format!("dossier={id}") />
                <p class="actions">{take}{release}</p>
                {hand}
            </form>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby="qui-suit">
            <h2 id="qui-suit" class="h3">"Qui suit ce dossier"</h2>
            <p>{says}</p>
            {away}
            {act}
        </section>
    }
}
