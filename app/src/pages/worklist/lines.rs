//! The lines: a table on a desk, cards on a phone.

use dossier::act;
use form::{Date, number};
use leptos::prelude::*;
use service::{
    Actor,
    worklist::{Line, Sort},
};

use super::{address::Address, handing::mark_of};
use crate::{
    format,
    pages::{StateTag, nature},
    routes, text,
};

/// The table.
#[component]
pub fn Lines(
    /// Who reads.
    actor: Actor,
    /// What is asked.
    address: Address,
    /// The lines.
    lines: Vec<Line>,
    /// Today.
    today: Date,
) -> impl IntoView {
    let picks = actor.role.instructs();
    let several = lines.iter().any(|line| line.department != lines[0].department);
    let head = |sort: Sort, says: &'static str, class: &'static str| {
        let here = address.sort() == sort;
        let up = sort.is_descending() == address.is_reversed();
        let order = here.then_some(if up { "ascending" } else { "descending" });
        let arrow = here.then_some(if up { " ↑" } else { " ↓" });
        let href = address.sorted(sort).href();
        view! {
            <th scope="col" class=class aria-sort=order>
                <a class="sort" href=href>{says}<span aria-hidden="true">{arrow}</span></a>
            </th>
        }
    };
    let heads = view! {
        {picks.then(|| view! { <th scope="col" class="pick"><span class="sr-only">"Choisir"</span></th> })}
        {head(Sort::Name, "Structure et demande", "")}
        {several.then(|| view! { <th scope="col">"Dép."</th> })}
        <th scope="col">"État"</th>
        {head(Sort::Due, "Échéance", "")}
        {head(Sort::Deposited, "Déposé le", "")}
        {head(Sort::Etp, "ETP demandés", "r")}
        {picks.then(|| view! { <th scope="col">"Notes"</th> })}
        <th scope="col">"Suivi par"</th>
    };
    let rows = lines.into_iter().map(|line| row(&line, &actor, (picks, several), today));
    view! {
        <div class="card pad">
            <table class="tbl cards worklist">
                <caption class="sr-only">"Dossiers déposés sur le territoire"</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(line: &Line, actor: &Actor, (picks, several): (bool, bool), today: Date) -> AnyView {
    let href = routes::instruction(line.id.as_str());
    let title = format!("{} {}", nature(&line.nature), line.year);
    let pick = picks.then(|| {
        let label = format!("Choisir {}, {title}", line.structure_name);
        view! {
            <td class="pick"><input type="checkbox" name="dossier" value=mark_of(line) aria-label=label /></td>
        }
    });
    let department =
        several.then(|| view! { <td data-l="Département">{line.department.clone()}</td> });
    view! {
        <tr>
            {pick}
            <th scope="row">
                <a href=href>{line.structure_name.clone()}</a>
                <span class="under"><span class="kind">{line.kind.clone()}</span>" "{title}</span>
            </th>
            {department}
            <td data-l="État"><StateTag state=line.state agent=true /></td>
            <td data-l="Échéance">{due(line, today)}</td>
            <td data-l="Déposé le"><span class="num">{format::day(line.deposited_at)}</span></td>
            <td class="r" data-l="ETP demandés">{posts(line)}</td>
            {picks.then(|| view! { <td data-l="Notes">{notes(line)}</td> })}
            <td data-l="Suivi par">{follower(line, actor)}</td>
        </tr>
    }
    .into_any()
}

/// When what is expected next is due, and how far that is.
fn due(line: &Line, today: Date) -> AnyView {
    let Some(day) = line.due else { return view! { <span class="soft">"—"</span> }.into_any() };
    let left = day.days_since_epoch() - today.days_since_epoch();
    let (class, far) = match left {
        -1 => ("late", "passée d'un jour".to_owned()),
        ..=-2 => ("late", format!("passée de {}\u{a0}jours", -left)),
        0 => ("near", "aujourd'hui".to_owned()),
        1 => ("near", "demain".to_owned()),
        2..=7 => ("near", format!("dans {left}\u{a0}jours")),
        _ => ("", format!("dans {left}\u{a0}jours")),
    };
    let what = if line.state.is_returned() {
        "réponse de la structure"
    } else if line.state == dossier::state::State::Commission {
        // The line does not know whether the opinion was noted.
        "avis de la commission, puis décision"
    } else {
        act::due_what(line.state, None).unwrap_or_default()
    };
    view! {
        <span class=format!("due {class}") title=what>{format::date(day)}</span>
        <span class="under">{far}</span>
    }
    .into_any()
}

/// ETP that are asked for, and how far they are from the present ones.
fn posts(line: &Line) -> AnyView {
    let Some(asked) = line.etp else { return view! { <span class="soft">"—"</span> }.into_any() };
    let beside = match line.etp_before {
        Some(now) if now == asked => Some("autant".to_owned()),
        Some(now) => dossier::reading::change(now.0, asked.0),
        None => None,
    };
    view! {
        {number::etp(asked.0)}
        {beside.map(|change| view! { <span class="under">{change}</span> })}
    }
    .into_any()
}

/// Its open notes, and how many of them stand in the way of the decision.
fn notes(line: &Line) -> AnyView {
    if line.notes == 0 {
        return view! { <span class="soft">"—"</span> }.into_any();
    }
    let blocking = (line.blocking > 0).then(|| {
        let says = text::count(line.blocking, "bloquante", "bloquantes");
        view! { <span class="under due late">{format!("dont {says}")}</span> }
    });
    view! { {line.notes.to_string()} {blocking} }.into_any()
}

/// Who follows it: a dossier that nobody follows is taken by a button.
fn follower(line: &Line, actor: &Actor) -> AnyView {
    match &line.followed_by {
        Some(account) if *account == actor.account_id => {
            let cover = line.cover.as_ref().map(|one| {
                view! { <span class="under">{format!("remplacé par {}", one.name)}</span> }
            });
            view! { "Vous" {cover} }.into_any()
        }
        Some(_) => {
            let cover = line.cover.as_ref().map(|one| {
                let mine = one.id == actor.account_id;
                let says = if mine {
                    "que vous remplacez".to_owned()
                } else {
                    format!("remplacé par {}", one.name)
                };
                view! { <span class="under">{says}</span> }
            });
            view! { {line.follower_name.clone()} {cover} }.into_any()
        }
        None if actor.role.instructs() && !line.state.is_final() => {
            let label = format!("Je m'occupe de {}, {}", line.structure_name, nature(&line.nature));
            view! {
                <button class="btn btn-s" type="submit" name="prendre" value=mark_of(line) aria-label=label>"Je m'en occupe"</button>
            }
            .into_any()
        }
        None if line.state.is_final() => view! { <span class="soft">"—"</span> }.into_any(),
        None => view! { <span class="soft">"Personne"</span> }.into_any(),
    }
}
