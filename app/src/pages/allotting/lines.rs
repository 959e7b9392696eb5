//! The lines of a simulation: one small form each, saved as one goes on.

use dossier::{
    act::{LONGEST, Sense},
    allotting::{Line, Standing, Verdict},
    annex::{Grant, Terms},
    envelope::Dotation,
};
use form::number;
use leptos::prelude::*;
use service::allotting::Opened;
use ui::{IconName, Tag, TextArea};

use super::{Unkept, address::Sifting, percent, signed};
use crate::{
    format,
    pages::{StateTag, envelopes::both, nature},
    routes, text,
};

/// The table.
#[component]
pub(super) fn Lines(
    /// The simulation.
    opened: Opened,
    /// The lines that are looked at.
    shown: Vec<Line>,
    /// Where the page is.
    sifting: Sifting,
    /// What was not kept.
    unkept: Option<Unkept>,
) -> impl IntoView {
    let all = u32::try_from(opened.lines.len()).unwrap_or(u32::MAX);
    let count = u32::try_from(shown.len()).unwrap_or(u32::MAX);
    let says = if count == all {
        text::count(all, "demande", "demandes")
    } else {
        format!("{count} sur {}", text::count(all, "demande", "demandes"))
    };
    if shown.is_empty() {
        let clear = routes::simulation(opened.allotment.id.as_str());
        return view! { <p class="card pad">"Aucune demande ne correspond. "<a href=clear>"Tout voir"</a></p> }.into_any();
    }
    let several = opened.allotment.place.departments().len() > 1;
    let rows = shown.iter().map(|line| {
        let typed = unkept.as_ref().filter(|one| one.dossier == line.request.dossier);
        row(&opened, line, &sifting, several, typed)
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <section class="card pad" aria-label="Demandes">
            <p class="soft">{text::french(&format!("{says}. Demandé, montant et an dernier : la part de l'État, sans celle du département."))}</p>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Demandes de la simulation">
            <table class="tbl cards allotment">
                <caption class="sr-only">"Demandes, avec ce que chacune recevrait"</caption>
                <thead><tr>
                    <th scope="col">"Structure et demande"</th>
                    <th scope="col" class="r">"Demandé"</th>
                    <th scope="col" class="r">"L'an dernier"</th>
                    <th scope="col">"Choix"</th>
                    <th scope="col" class="r">"ETP accordés"</th>
                    <th scope="col" class="r">{text::french("Modulée, en %")}</th>
                    <th scope="col" class="r">"Montant et écart"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(
    opened: &Opened,
    line: &Line,
    sifting: &Sifting,
    several: bool,
    typed: Option<&Unkept>,
) -> AnyView {
    let request = &line.request;
    let id = request.dossier.to_string();
    let form = format!("f-{id}");
    let name = request.structure_name.clone();
    let title = format!("{} {}", nature(&request.nature), request.year);
    let department = several.then(|| format!(" · {}", request.department));
    let label = |what: &str| format!("{name}, {what}");
    let choices = if line.is_open() {
        let now = typed.map_or(line.choice.verdict.code(), |one| one.verdict.as_str()).to_owned();
        let options = Verdict::ALL.map(|one| {
            view! { <option value=one.code() selected={one.code() == now}>{one.label()}</option> }
        });
        // What was noted in a sitting is not chosen again.
        let is_chosen = request.needs_opinion && !request.opinion_is_noted;
        let opinion = is_chosen.then(|| {
            let chosen = line.choice.opinion;
            let options = Sense::ALL.map(|one| {
                view! { <option value=one.code() selected={Some(one) == chosen}>{format!("Avis {}", one.label().to_lowercase())}</option> }
            });
            view! {
                <select class="input input-s" name="avis" aria-label=label("avis de la commission")>
                    <option value="">"Avis non noté"</option>{options.to_vec()}
                </select>
            }
        });
        let action = routes::simulation_page(opened.allotment.id.as_str(), "choix");
        view! {
            <form method="post" id=form.clone() action=action class="choosing" autocomplete="off">
                <input type="hidden" name="dossier" value=id.clone() />
                <input type="hidden" name="retour" value=sifting.query() />
                <select class="input input-s" name="choix" aria-label=label("choix")>{options.to_vec()}</select>
                {opinion}
                {reason(line, sifting, typed)}
            </form>
        }
        .into_any()
    } else {
        view! { <Tag tone="t-gaude" icon=IconName::Eye text="Proposé" /> }.into_any()
    };
    let figure = |of: fn(Grant) -> i64, typed: Option<&String>| {
        let grant = line.grant().map(of).map(|value| number::display_scaled(value, 2));
        typed.cloned().or(grant).unwrap_or_default()
    };
    let etp = figure(|grant| grant.etp.0, typed.map(|one| &one.etp));
    let modulated = figure(|grant| grant.modulated.0, typed.map(|one| &one.modulated));
    let input = |name: &'static str, value: String, what: &str| {
        if line.is_open() {
            let invalid = typed.map(|_| "true");
            view! { <input class="input input-num input-s" name=name form=form.clone() inputmode="decimal" value=value aria-label=label(what) aria-invalid=invalid /> }.into_any()
        } else {
            let value = match line.standing() {
                Standing::Proposed(Some(grant)) if name == "etp" => number::etp(grant.etp.0),
                Standing::Proposed(Some(grant)) => number::display_scaled(grant.modulated.0, 2),
                _ => "—".to_owned(),
            };
            value.into_any()
        }
    };
    let save = line.is_open().then(|| {
        view! { <button class="btn btn-s keep" type="submit" form=form.clone() aria-label=label("enregistrer")>"Enregistrer"</button> }
    });
    let problem = typed.map(|one| one.why);
    view! {
        <tr id=format!("l-{id}")>
            <th scope="row">
                <a href=routes::instruction(&id)>{request.structure_name.clone()}</a>
                <span class="under"><span class="kind">{request.kind.clone()}</span>" "{title}{department}</span>
                <StateTag state=request.state agent=true />
            </th>
            <td class="r" data-l="Demandé">{both(line.request.terms.map(|_| line.asks()))}</td>
            <td class="r" data-l="L'an dernier">{both(line.last_year)}</td>
            <td data-l="Choix">{choices}</td>
            <td class="r" data-l="ETP accordés">{input("etp", etp, "ETP accordés")}</td>
            <td class="r" data-l="Modulée, en %">{input("modulee", modulated, "part modulée en pour cent")}</td>
            <td class="r" data-l="Montant et écart">{changing(opened, line, problem, false)}{save}</td>
        </tr>
    }
    .into_any()
}

/// Why, in words: written on one line at a time.
fn reason(line: &Line, sifting: &Sifting, typed: Option<&Unkept>) -> AnyView {
    let id = line.request.dossier.as_str();
    let words = line.choice.reason.clone();
    let typed = typed.and_then(|one| one.reason.clone());
    if sifting.ligne == id || typed.is_some() {
        let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
        let field = format!("motif-{id}");
        return view! {
            <label for=field.clone() class="small">"Motif, pour la personne qui signe"</label>
            <TextArea id=field name="motif" initial=typed.unwrap_or(words) maxlength=most />
        }
        .into_any();
    }
    let query = sifting.query();
    let and = if query.is_empty() { "" } else { "&" };
    let href = format!("?{query}{and}ligne={id}#l-{id}");
    let says = if words.is_empty() { "Écrire un motif" } else { "Modifier le motif" };
    let name = line.request.structure_name.clone();
    view! {
        {(!words.is_empty()).then(|| view! { <span class="under words">{words}</span> })}
        <a class="small no-print" href=href>{says}<span class="sr-only">{format!(", {name}")}</span></a>
    }
    .into_any()
}

/// What changes with a choice: the calculation, the differences, what is to be known, the number of the
/// choice.
pub(super) fn changing(
    opened: &Opened,
    line: &Line,
    problem: Option<&'static str>,
    saved: bool,
) -> AnyView {
    let request = &line.request;
    let id = request.dossier.to_string();
    let touch = opened.touches.get(&request.dossier);
    let number = touch.map_or(0, |touch| touch.number);
    let form = format!("f-{id}");
    let cost = match line.standing() {
        Standing::Granted(grant) | Standing::Proposed(Some(grant)) => {
            let words = line.terms_with(grant).map(|terms| calculation(&terms, line));
            let now = line.costs();
            let asked = differing("demandé", line.asks(), now);
            let last = line.last_year.and_then(|before| differing("an dernier", before, now));
            view! {
                <strong class="num">{number::euros(now.cents.0)}</strong>
                <span class="under">{words}</span>
                {[asked, last].into_iter().flatten().map(|says| view! { <span class="under">{says}</span> }).collect_view()}
            }
            .into_any()
        }
        Standing::Refused | Standing::Proposed(None) => {
            view! { <span class="soft">"Rien"</span> }.into_any()
        }
        Standing::Undecided => view! { <span class="soft">"À voir"</span> }.into_any(),
    };
    let new = opened
        .is_new(line)
        .then(|| view! { <Tag tone="t-guede" icon=IconName::Plus text="Nouvelle" /> });
    let moved = (line.has_moved() && line.is_open()).then(|| {
        view! { <Tag tone="t-gaude" icon=IconName::Warning text="Redéposée depuis le choix" /> }
    });
    let state = match (problem, saved, touch) {
        (Some(why), ..) => {
            view! { <span class="error" role="alert">{text::french(why)}</span> }.into_any()
        }
        (None, true, _) => {
            view! { <span class="under" role="status">"Enregistré"</span> }.into_any()
        }
        (None, false, Some(touch)) => {
            let says = format!("{}, {}", touch.by_name, format::moment(touch.at));
            view! { <span class="under">{says}</span> }.into_any()
        }
        (None, false, None) => ().into_any(),
    };
    let vu = line.is_open().then(|| {
        view! { <input type="hidden" name="vu" form=form value=number.to_string() /> }
    });
    view! {
        <div id=format!("calcul-{id}")>
            {vu}
            {cost}
            <span class="tags">{new}{moved}</span>
            {state}
        </div>
    }
    .into_any()
}

fn differing(than: &str, before: Dotation, now: Dotation) -> Option<String> {
    let change = now - before;
    (change != Dotation::default()).then(|| {
        let euros = signed(change.cents.0, number::euros);
        let share = percent(before.cents.0, now.cents.0);
        let share = if share.is_empty() { share } else { format!(" ({share})") };
        text::french(&format!("{than} : {euros}{share}"))
    })
}

/// How an amount comes about, by the rules of the annexe.
fn calculation(terms: &Terms, line: &Line) -> String {
    let etp = number::etp(terms.grant.etp.0);
    let Some((unit, total)) = terms.unit.zip(terms.total()) else {
        return format!("{etp} ETP, aide au forfait");
    };
    let months = if terms.months < dossier::money::YEAR {
        format!(" × {}/12", terms.months)
    } else {
        String::new()
    };
    let mut parts =
        vec![format!("{etp} × {}{months} = {}", number::euros(unit.0), number::euros(total.0))];
    if let Some(part) = terms.departmental.filter(|part| part.0 > 0) {
        parts.push(format!(" − {} du département", number::euros(part.0)));
    }
    if let Some(part) = terms.modulated().filter(|part| part.0 > 0) {
        let rate = number::display_scaled(terms.grant.modulated.0, 2);
        parts.push(format!(" + {} modulés ({rate} %)", number::euros(part.0)));
    }
    if !line.before.is_empty() {
        parts.push(", moins l'annexe en cours".to_owned());
    }
    text::french(&parts.concat())
}
