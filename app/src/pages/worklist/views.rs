//! Views by name: chips above the list, what is kept under a new name, what is changed of one.

use dossier::id::AccountId;
use leptos::prelude::*;
use service::views::{LONGEST_NAME, View};

use super::address::{Address, Pile};
use crate::{routes, text};

/// The views that a person sees, and what is being done with them.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The views, with how many lines each has and whether there are more.
    pub all: Vec<(View, Option<(u32, bool)>)>,
    /// The one that opens first.
    pub first: Option<String>,
    /// A name that was refused, and why.
    pub refused: Option<(String, &'static str)>,
    /// One that was just removed.
    pub removed: Option<View>,
}

/// A button of one gesture on a view, which comes back to the list.
fn button((id, back): (&str, &str), gesture: &'static str, says: &'static str) -> AnyView {
    view! {
        <form method="post" action=routes::VIEWS>
            <input type="hidden" name="vue" value=id.to_owned() />
            <input type="hidden" name="retour" value=back.to_owned() />
            <button class="btn btn-s btn-quiet" type="submit" name="geste" value=gesture>{says}</button>
        </form>
    }
    .into_any()
}

/// That a view was removed, with a way back.
#[component]
pub fn RemovedNote(
    /// The views.
    named: Named,
    /// The list.
    back: String,
) -> impl IntoView {
    named.removed.map(|view| {
        let says = text::french(&format!("Vue « {} » retirée.", view.name));
        view! {
            <div class="note note-sauge outcome" role="status">
                <p>{says}</p>
                {button((&view.id, &back), "remettre", "Annuler")}
            </div>
        }
    })
}

/// The chips, and what is done with them.
#[component]
pub fn Views(
    /// The views.
    named: Named,
    /// What is asked.
    address: Address,
    /// Who reads.
    me: AccountId,
) -> impl IntoView {
    let now = address.kept();
    let chip = |says: String, to: Address, count: Option<(u32, bool)>, of: Option<String>| {
        let here =
            (to.kept() == now && (to.vue.is_empty() || to.vue == address.vue)).then_some("true");
        let count = count.map(|(count, more)| {
            let more = if more { "+" } else { "" };
            view! { " " <b>{format!("{count}{more}")}</b> }
        });
        let of = of.map(|name| view! { <span class="soft">{format!(", de {name}")}</span> });
        view! { <a href=to.href() aria-current=here>{says}{of}{count}</a> }
    };
    let given = [
        ("Mes dossiers", Address { suivi: "moi".into(), ..Address::of(Pile::Ours) }),
        (
            "Mes échéances proches",
            Address { suivi: "moi".into(), ..Address::default().due("quinze") },
        ),
        ("Suivis par personne", Address { suivi: "personne".into(), ..Address::of(Pile::Ours) }),
    ];
    let given = given.map(|(says, to)| chip(says.to_owned(), to, None, None));
    let chips = named.all.iter().map(|(view, count)| {
        let of = (view.by != me).then(|| view.by_name.clone());
        chip(view.name.clone(), Address::of_view(&view.id, &view.query), *count, of)
    });
    let chips = chips.collect_view();
    let current =
        named.all.iter().map(|(view, _)| view).find(|view| view.id == address.vue).cloned();
    let is_known = named.all.iter().any(|(view, _)| view.query == now);
    let changing = current.map(|view| changing(&view, &named, (&address, &now), &me));
    let making = (!is_known).then(|| making(&named, &address));
    view! {
        <nav class="views" aria-label="Vues">
            <span class="soft" aria-hidden="true">"Vues :"</span>
            {given.to_vec()}
            {chips}
        </nav>
        {changing}
        {making}
    }
}

/// Name, sharing, and whether it opens first.
fn fields(key: &'static str, name: String, is_shared: bool, is_first: bool) -> impl IntoView {
    let field = format!("nom-{key}");
    view! {
        <div class="field">
            <label for=field.clone()>"Nom de la vue"</label>
            <input class="input input-mid" id=field name="nom" value=name maxlength=LONGEST_NAME required=true autocomplete="off" />
        </div>
        <label class="choice"><input type="checkbox" name="partagee" value="oui" checked=is_shared /><span>"La partager avec mon service"</span></label>
        <label class="choice"><input type="checkbox" name="premiere" value="oui" checked=is_first /><span>"L'ouvrir d'abord"</span></label>
    }
}

/// Keeping what is asked under a name.
fn making(named: &Named, address: &Address) -> AnyView {
    let refused = named.refused.clone();
    let is_open = refused.is_some() && address.vue.is_empty();
    let (name, why) = refused.filter(|_| is_open).unzip();
    let why = why.map(|why| view! { <p class="error" role="alert">{text::french(why)}</p> });
    view! {
        <details class="act" open=is_open>
            <summary>"Garder cette vue"</summary>
            <form method="post" action=routes::VIEWS class="stack">
                <p class="soft">{text::french("Ce qui est filtré, cherché et trié ici se retrouve d'un clic. « Moi » est toujours la personne qui lit.")}</p>
                {why}
                <input type="hidden" name="retour" value=Address { vue: String::new(), ..address.first() }.query() />
                {fields("nouvelle", name.unwrap_or_default(), false, false)}
                <p><button class="btn" type="submit" name="geste" value="garder">"Garder"</button></p>
            </form>
        </details>
    }
    .into_any()
}

/// What is changed of the view that is open.
fn changing(
    view: &View,
    named: &Named,
    (address, now): (&Address, &str),
    me: &AccountId,
) -> AnyView {
    let is_first = named.first.as_deref() == Some(view.id.as_str());
    let back = address.first().query();
    if view.by != *me {
        let (gesture, says) = if is_first {
            ("plus-premiere", "Ne plus l'ouvrir d'abord")
        } else {
            ("premiere", "L'ouvrir d'abord")
        };
        let shared = text::french(&format!("« {} » est une vue de {}.", view.name, view.by_name));
        return view! { <div class="actions"><span class="soft">{shared}</span>{button((&view.id, &back), gesture, says)}</div> }
            .into_any();
    }
    let refused = named.refused.clone();
    let is_open = refused.is_some();
    let (name, why) = refused.unzip();
    let why = why.map(|why| view! { <p class="error" role="alert">{text::french(why)}</p> });
    let is_moved = view.query != now;
    let moved = is_moved.then(|| {
        view! { <label class="choice"><input type="checkbox" name="suivre" value="oui" checked=true /><span>"Y mettre ce qui est filtré maintenant"</span></label> }
    });
    let summary = text::french(&format!(
        "Vue « {} »{}",
        view.name,
        if is_moved { ", filtres modifiés" } else { "" }
    ));
    let (id, name) = (view.id.clone(), name.unwrap_or_else(|| view.name.clone()));
    let shared = view.is_shared;
    view! {
        <details class="act" open=is_open>
            <summary>{summary}</summary>
            <form method="post" action=routes::VIEWS class="stack">
                {why}
                <input type="hidden" name="vue" value=id.clone() />
                <input type="hidden" name="retour" value=back.clone() />
                {fields("courante", name, shared, is_first)}
                {moved}
                <p><button class="btn" type="submit" name="geste" value="changer">"Enregistrer"</button></p>
            </form>
            {button((&id, &back), "retirer", "Retirer cette vue")}
        </details>
    }
    .into_any()
}
