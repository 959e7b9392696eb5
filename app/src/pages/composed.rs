//! Questions that an agent composes to read by: those there are, and the form of one.

use dossier::reading::composed::{LONGEST, missing};
use form::Revision;
use leptos::prelude::*;
use service::{
    AccountId, LensId,
    lenses::{Bench, Composition, Typed},
};
use ui::{Icon, IconName};

use super::title;
use crate::{format, routes, text};

/// What the page shows.
pub struct Composer {
    /// Who composes.
    pub me: AccountId,
    /// The dossier, its form, the lenses.
    pub bench: Bench,
    /// The one that is changed; none for a new one.
    pub changed: Option<LensId>,
    /// What the form of it says.
    pub typed: Typed,
    /// What stands against it.
    pub refused: Option<String>,
    /// One that was just taken away; empty for none.
    pub removed: String,
}

/// The page.
#[component]
pub fn ComposedPage(
    /// What it shows.
    composer: Composer,
) -> impl IntoView {
    let Composer { me, bench, changed, typed, refused, removed } = composer;
    let id = bench.head.id.to_string();
    let refused = refused.map(|says| {
        view! { <p class="error" role="alert" id="refus">{text::french(&says)}</p> }
    });
    let gone = bench.lenses.iter().find(|one| one.id.as_str() == removed && one.removed.is_some());
    let gone = gone.map(|one| put_back(&id, one));
    let list = listed(&id, &me, &bench.lenses, changed.as_ref());
    let named = title(&bench.head);
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs"><a href=routes::RECEIVED>"Dossiers reçus"</a>" "<a href=routes::instruction(&id)>{bench.head.structure_name.clone()}</a></p>
                <h1>"Vos questions de lecture"</h1>
                <p class="lead">{text::french(&format!("Une question, et ce qui y répond dans le formulaire. Elle vaut pour tous les dossiers comme celui-ci ({named}), d'année en année."))}</p>
            </header>
            {refused}
            {gone}
            {list}
            <Compose id=id bench=bench changed typed />
        </div>
    }
}

/// One that was just taken away, to be put back.
fn put_back(id: &str, one: &Composition) -> AnyView {
    let says = format!("« {} » n'est plus dans vos questions.", one.composed.question);
    view! {
        <div class="note stack" role="status">
            <p>{text::french(&says)}</p>
            <form method="post" action=routes::lens(id, one.id.as_str())>
                <button class="btn btn-s" type="submit" name="geste" value="remettre"><Icon name=IconName::Undo />"La remettre"</button>
            </form>
        </div>
    }
    .into_any()
}

/// Those there are: one's own, and those of colleagues.
fn listed(
    id: &str,
    me: &AccountId,
    lenses: &[Composition],
    changed: Option<&LensId>,
) -> Option<AnyView> {
    let there: Vec<_> = lenses.iter().filter(|one| one.removed.is_none()).collect();
    if there.is_empty() {
        return None;
    }
    let items = there.into_iter().map(|one| {
        let key = one.id.as_str();
        let own = one.by == *me;
        let whose = match (own, one.department.as_str()) {
            (true, "") => "pour vous".to_owned(),
            (true, place) => format!("pour vous et le service du {place}"),
            (false, place) => format!("de {}, pour le service du {place}, le {}", one.by_name, format::day(one.at)),
        };
        let name = || view! { <span class="sr-only">{format!(" : {}", one.composed.question)}</span> };
        let acts = if own {
            let here = (changed == Some(&one.id)).then_some("true");
            view! {
                <a class="btn btn-s btn-quiet" href=routes::lens(id, key) aria-current=here><Icon name=IconName::Pencil />"Modifier"{name()}</a>
                <form method="post" action=routes::lens(id, key)>
                    <button class="btn btn-s btn-quiet" type="submit" name="geste" value="retirer"><Icon name=IconName::Trash />"Retirer"{name()}</button>
                </form>
            }
            .into_any()
        } else {
            view! { <a class="btn btn-s btn-quiet" href=routes::lens_from(id, key)><Icon name=IconName::Plus />"S'en inspirer"{name()}</a> }
                .into_any()
        };
        view! {
            <li>
                <p><a href=routes::reading(id, key)>{text::french(&one.composed.question)}</a>" "<span class="soft">{text::french(&whose)}</span></p>
                <div class="actions">{acts}</div>
            </li>
        }
    });
    Some(
        view! {
            <section class="card pad stack" aria-labelledby="composees">
                <h2 id="composees" class="h3">"Composées jusqu'ici"</h2>
                <ul class="composed">{items.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// The form of one.
#[component]
fn Compose(id: String, bench: Bench, changed: Option<LensId>, typed: Typed) -> impl IntoView {
    let action = changed
        .as_ref()
        .map_or_else(|| routes::lenses(&id), |lens| routes::lens(&id, lens.as_str()));
    let heading = if changed.is_some() { "Modifier la question" } else { "Une nouvelle question" };
    let button = if changed.is_some() { "Enregistrer" } else { "Ajouter la question" };
    let missing = gone(bench.form, &typed.chosen);
    let whom = bench.departments.iter().map(|place| {
        let checked = *place == typed.department;
        view! {
            <label class="choice">
                <input type="radio" name="pour" value=place.clone() checked=checked />
                <span><b>{text::french(&format!("Le service du {place}"))}</b><small>{text::french("Vos collègues qui instruisent dans ce département la lisent aussi. Personne d'autre que vous ne la modifie.")}</small></span>
            </label>
        }
    });
    let steps = bench.form.sections.iter().map(|section| {
        let chosen = |one: &str| typed.chosen.iter().any(|id| id == one);
        let card = |key: String, label: String, whole: bool| {
            let checked = chosen(&key);
            let class = if whole { "choice compose-step" } else { "choice" };
            view! {
                <label class=class><input type="checkbox" name="carte" value=key checked=checked /><span>{label}</span></label>
            }
        };
        // A step of one card is that card.
        let cards = (section.groups.len() > 1).then(|| {
            let cards = section.groups.iter().map(|group| card(group.id.to_string(), group.title.to_string(), false));
            cards.collect_view()
        });
        let opens = chosen(&section.id) || section.groups.iter().any(|group| chosen(&group.id));
        let whole = card(section.id.to_string(), "Toute l'étape".to_owned(), true);
        let count = section.groups.iter().filter(|group| chosen(&group.id)).count();
        let told = match (chosen(&section.id), count) {
            (true, _) => "toute l'étape".to_owned(),
            (false, 0) => String::new(),
            (false, 1) => "1 carte".to_owned(),
            (false, n) => format!("{n} cartes"),
        };
        view! {
            <details class="compose" open=opens>
                <summary>{section.title.to_string()}" "<span class="soft">{told}</span></summary>
                <fieldset>
                    <legend class="sr-only">{section.title.to_string()}</legend>
                    <div class="choices">{whole}{cards}</div>
                </fieldset>
            </details>
        }
    });
    let steps = steps.collect_view();
    let back = routes::reading(&id, changed.as_ref().map_or("", LensId::as_str));
    view! {
        <form class="card pad stack compose-form" method="post" action=action autocomplete="off">
            <h2>{heading}</h2>
            <div class="field">
                <label for="question">"Votre question"</label>
                <p class="hint" id="aide-question">{text::french("Par exemple : « Les salariés viennent-ils du territoire ? » 120 caractères au plus.")}</p>
                <input class="input" id="question" name="question" type="text" maxlength=LONGEST required value=typed.question.clone() aria-describedby="aide-question" />
            </div>
            <div class="field" role="group" aria-labelledby="reponses-titre">
                <p class="label" id="reponses-titre">"Ce qui y répond"</p>
                <p class="hint">{text::french("Dépliez une étape, puis choisissez-la entière ou carte par carte.")}</p>
                {missing}
                <div class="composes">{steps}</div>
            </div>
            <fieldset class="field">
                <legend class="label">"Qui la lit"</legend>
                <div class="choices">
                    <label class="choice">
                        <input type="radio" name="pour" value="" checked=typed.department.is_empty() />
                        <span><b>"Vous uniquement"</b><small>"Personne d'autre ne la voit."</small></span>
                    </label>
                    {whom.collect_view()}
                </div>
            </fieldset>
            <p class="actions">
                <button class="btn btn-main" type="submit">{button}</button>
                <a class="btn btn-quiet" href=back>"Abandonner"</a>
            </p>
        </form>
    }
}

/// What was chosen once and is not in this form.
fn gone(form: &Revision, chosen: &[String]) -> Option<AnyView> {
    let says = match missing(form, chosen).len() {
        0 => return None,
        1 => "Une carte choisie n'est pas dans le formulaire de ce dossier : elle reste choisie pour les dossiers qui l'ont.".to_owned(),
        n => format!("{n} cartes choisies ne sont pas dans le formulaire de ce dossier : elles restent choisies pour les dossiers qui les ont."),
    };
    Some(view! { <p class="note">{text::french(&says)}</p> }.into_any())
}
