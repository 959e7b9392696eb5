//! Where a structure comes home: what is left, then what exists.

use form::Progress;
use leptos::prelude::*;
use service::{Actor, DossierHead, Structure, conventions::Held};
use ui::{Counters, Icon, IconName, ProgressBar};

use super::{StateTag, convention::warm, title};
use crate::{
    draft::{Checked, minutes},
    format, routes, text,
};

/// A draft with what is left in it.
#[derive(Clone, Debug)]
pub struct Underway {
    /// The dossier.
    pub head: DossierHead,
    /// What is left.
    pub checked: Checked,
    /// Steps with their names, in order.
    pub steps: Vec<(String, String)>,
    /// What the State asks: how many points wait, and until when.
    pub asked: Option<(u32, Option<form::Date>)>,
    /// Whether a newer form is there.
    pub form_changed: bool,
    /// Who else is in it now, with the step they are at.
    pub others: Vec<(String, String)>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Home {
    /// Who.
    pub actor: Actor,
    /// Their structures.
    pub structures: Vec<Structure>,
    /// Drafts to finish, latest first.
    pub underway: Vec<Underway>,
    /// Every dossier, latest year first.
    pub dossiers: Vec<DossierHead>,
    /// Their conventions, those of one structure after the other.
    pub conventions: Vec<Held>,
    /// Today.
    pub today: form::Date,
    /// Next deadline, when there is one: the day, and what is due.
    pub deadline: Option<(String, String)>,
}

/// The page.
#[component]
pub fn HomePage(
    /// What it shows.
    home: Home,
) -> impl IntoView {
    let first_name = home.actor.name.split(' ').next().unwrap_or_default().to_owned();
    let several = home.structures.len() > 1;
    let account = home.actor.account_id.to_string();
    let (greeting, lead) = match home.underway.first() {
        Some(draft) if draft.checked.total().is_done() => (
            format!("Bonjour {first_name}, votre dossier {} est prêt", draft.head.year),
            "Il ne reste qu'à le relire et à le déposer.".to_owned(),
        ),
        Some(draft) => (
            format!("Bonjour {first_name}, votre dossier {} vous attend", draft.head.year),
            "Ce que l'État sait déjà est repris. Il vous reste à le confirmer, et à écrire ce qu'il ne sait pas.".to_owned(),
        ),
        None => (
            format!("Bonjour {first_name}"),
            "Aucun dossier n'est en cours. Vous pouvez en ouvrir un dès maintenant.".to_owned(),
        ),
    };
    let elsewhere = |head: &DossierHead| {
        let seat = home.structures.iter().find(|s| s.id == head.structure_id);
        let away = seat.is_some_and(|seat| seat.department != head.department);
        away.then(|| format!("Département {}", head.department))
    };
    let drafts = home
        .underway
        .into_iter()
        .map(|draft| {
            let elsewhere = elsewhere(&draft.head);
            view! { <DraftCard draft several elsewhere account=account.clone() /> }
        })
        .collect_view();
    let dossiers = home.dossiers.into_iter().map(|head| (elsewhere(&head), head)).collect();
    let deadline = home.deadline.map(|(day, what)| {
        view! {
            <section class="card pad" aria-labelledby="echeance">
                <h2 id="echeance" class="h3">"Prochaine échéance"</h2>
                <p class="fig">{day}</p>
                <p class="soft">{what}</p>
            </section>
        }
    });
    let conventions = home.conventions;
    let first = conventions.iter().any(|one| {
        warm(&one.standing, one.provisional, home.today).iter().any(|(matters, _)| *matters)
    });
    let conventions = (!conventions.is_empty())
        .then(|| view! { <Conventions conventions several today=home.today /> }.into_any());
    // What matters is said before anything else; the rest beside.
    let (above, beside) = if first { (conventions, None) } else { (None, conventions) };
    let places = home
        .structures
        .iter()
        .map(|s| view! { <li><strong>{s.name.clone()}</strong>" "<span class="soft">{format!("{}, {}", s.commune, s.kinds.join(", "))}</span></li> })
        .collect_view();
    view! {
        <div class="wrap page stack">
            <header>
                <h1>{greeting}</h1>
                <p class="lead">{text::french(&lead)}</p>
            </header>
            {above}
            <div class="home-columns">
                <div class="stack">{drafts}</div>
                <div class="stack">
                    {deadline}
                    {beside}
                    <section class="card pad" aria-labelledby="structures">
                        <h2 id="structures" class="h3">{if several { "Vos structures" } else { "Votre structure" }}</h2>
                        <ul class="plain">{places}</ul>
                        <p><a class="btn" href=routes::OPEN><Icon name=IconName::Plus />"Ouvrir un dossier"</a></p>
                    </section>
                </div>
            </div>
            <Dossiers dossiers several />
        </div>
    }
}

/// The conventions of the person's structures, with what is to know of each.
#[component]
fn Conventions(conventions: Vec<Held>, several: bool, today: form::Date) -> impl IntoView {
    let many = conventions.len() > 1;
    let items = conventions.into_iter().map(|one| {
        let href = routes::convention(one.dossier.as_str());
        let says = warm(&one.standing, one.provisional, today);
        let until = match one.ends.filter(|_| says.is_empty()) {
            Some(last) if last < today => format!("Terminée le {}.", format::date(last)),
            Some(last) if one.is_signed => format!("En cours, jusqu'au {}.", format::date(last)),
            _ if !says.is_empty() => String::new(),
            _ if !one.is_signed => "Son annexe est à signer.".to_owned(),
            _ => format!("Dernière annexe jusqu'au {}.", format::date(one.annex_ends)),
        };
        let says = says.into_iter().map(|(matters, says)| {
            let class = if matters { "note note-gaude" } else { "note note-sauge" };
            view! { <p class=class>{text::french(&says)}</p> }
        });
        let prison = (one.perimeter == "MP").then_some(" milieu pénitentiaire");
        view! {
            <li class="stack">
                <p>
                    <span class="kind">{one.kind}</span>{prison}" "
                    <a href=href><span class="nowrap">{format!("n° {}", one.number)}</span></a>
                    {several.then(|| view! { " "<span class="soft">{one.structure_name}</span> })}
                    {(!until.is_empty()).then(|| view! { " "<span class="soft">{until}</span> })}
                </p>
                {says.collect_view()}
            </li>
        }
    });
    view! {
        <section class="card pad stack" aria-labelledby="conventions">
            <h2 id="conventions" class="h3">{if many { "Vos conventions" } else { "Votre convention" }}</h2>
            <ul class="plain stack">{items.collect_view()}</ul>
        </section>
    }
}

/// A draft: time left, counts, and the steps that wait.
#[component]
fn DraftCard(
    draft: Underway,
    several: bool,
    elsewhere: Option<String>,
    account: String,
) -> impl IntoView {
    let Underway { head, checked, steps, asked, form_changed, others } = draft;
    let others = others
        .into_iter()
        .map(|(name, step)| {
            view! { <p class="presence"><Icon name=IconName::User />{format!("{name} est dans ce dossier en ce moment, à l'étape {step}")}</p> }
        })
        .collect_view();
    let left = checked.total();
    let all = left.ready + left.to_confirm + left.to_write;
    let time = if left.is_done() {
        "Tout est prêt".to_owned()
    } else {
        format!("Environ {}\u{a0}min", minutes(left))
    };
    let waiting = steps
        .into_iter()
        .map(|(id, name)| (checked.of(&id), id, name))
        .filter(|(left, ..)| !left.is_done())
        .map(|(left, id, name)| {
            view! {
                <li>
                    <a href=routes::step(head.id.as_str(), &id)>{name}</a>
                    <Counters to_write=left.to_write to_confirm=left.to_confirm problems=left.problems />
                    <span class="num soft">{format!("{}\u{a0}min", minutes(left))}</span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = (!waiting.is_empty()).then(|| {
        view! { <h3>"Ce qui vous attend"</h3><ul class="waiting">{waiting}</ul> }
    });
    let asked = asked.map(|(count, due)| {
        let points = text::count(count, "point à traiter", "points à traiter");
        let until = due.map(|due| format!(", réponse attendue le {}", format::date(due)));
        view! {
            <p class="note note-gaude">
                <strong>"La DDETS vous a renvoyé ce dossier. "</strong>
                {text::french(&format!("{points}{}. ", until.unwrap_or_default()))}
                <a href=routes::asked(head.id.as_str())>"Voir et répondre"</a>
            </p>
        }
    });
    let newer = form_changed.then(|| {
        view! {
            <p class="note note-gaude">
                "Le formulaire a changé depuis que ce dossier est ouvert. "
                <a href=routes::form(head.id.as_str())>"Voir ce qui change"</a>
            </p>
        }
    });
    // Two dossiers of one name are told apart by their structure and place.
    let named = [title(&head), head.structure_name.clone(), head.kind.clone()];
    let named = named.into_iter().chain(elsewhere.clone()).collect::<Vec<_>>().join(", ");
    view! {
        <section class="card pad stack" aria-label=named>
            <div>
                <p class="tags">
                    <span class="kind">{head.kind.clone()}</span>
                    <StateTag state=head.state agent=false />
                    {several.then(|| view! { <span class="soft">{head.structure_name.clone()}</span> })}
                    {elsewhere.map(|place| view! { <span class="soft">{place}</span> })}
                </p>
                <h2>{title(&head)}</h2>
            </div>
            {asked}
            {newer}
            <div class="left-figure">
                <p class="fig">{time}</p>
                <p class="soft">{format!("Dernière modification le {} par {}", format::moment(head.updated_at), head.updated_by_name)}</p>
            </div>
            {others}
            <ProgressBar ready=left.ready to_confirm=left.to_confirm to_write=left.to_write />
            <Counts left all />
            <p class="actions" data-dossier=head.id.to_string() data-compte=account>
                <a class="btn btn-main" href=routes::dossier(head.id.as_str())>"Continuer le dossier"</a>
                <a class="btn" href=routes::recap(head.id.as_str())>"Voir le récapitulatif"</a>
                <a class="btn btn-quiet" href=routes::draft_file(head.id.as_str()) download="" data-copie="/copie.js">"Enregistrer une copie"</a>
                <a class="btn btn-quiet" href=routes::shares(head.id.as_str())>"Confier une étape"</a>
            </p>
            {list}
        </section>
    }
}

/// Ready, to confirm, to write, in words.
#[component]
fn Counts(left: Progress, all: u32) -> impl IntoView {
    view! {
        <ul class="left-counts">
            <li class="c-sauge"><Icon name=IconName::Check />" Prêtes "<b>{left.ready}</b>{format!(" sur {all}")}</li>
            <li class="c-gaude"><Icon name=IconName::Eye />" À confirmer "<b>{left.to_confirm}</b></li>
            <li><Icon name=IconName::Pencil />" À écrire "<b>{left.to_write}</b></li>
            {(left.problems > 0).then(|| view! {
                <li class="c-garance"><Icon name=IconName::Warning />" À corriger "<b>{left.problems}</b></li>
            })}
        </ul>
    }
}

/// Every dossier, in a table, with the département of those that are not of the seat.
#[component]
fn Dossiers(dossiers: Vec<(Option<String>, DossierHead)>, several: bool) -> impl IntoView {
    if dossiers.is_empty() {
        return ().into_any();
    }
    let rows = dossiers
        .into_iter()
        .map(|(elsewhere, head)| {
            let place = elsewhere.map(|place| view! { <small class="soft">" "{place}</small> });
            let href = routes::dossier(head.id.as_str());
            view! {
                <tr>
                    <td data-l="Année">{head.year}</td>
                    <td data-l="Dossier"><a href=href>{title(&head)}</a>{place}</td>
                    {several.then(|| view! { <td data-l="Structure">{head.structure_name.clone()}</td> })}
                    <td data-l="Type">{head.kind.clone()}</td>
                    <td data-l="État"><StateTag state=head.state agent=false /></td>
                    <td data-l="Dernier changement">{format::day(head.updated_at)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="tous">
            <h2 id="tous">"Tous vos dossiers"</h2>
            <div class="card pad">
                <table class="tbl cards">
                    <caption class="sr-only">"Tous vos dossiers, du plus récent au plus ancien"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Année"</th>
                            <th scope="col">"Dossier"</th>
                            {several.then(|| view! { <th scope="col">"Structure"</th> })}
                            <th scope="col">"Type"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Dernier changement"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
