//! The register of annexes financières of a territory: what is to sign, what is valid, what goes on
//! provisionally; several are signed at once.

use std::fmt::Write;

use dossier::{
    annex::{AnnexState, provisional::Standing},
    role::Scope,
};
use form::{Date, Kind, number};
use leptos::prelude::*;
use service::{
    Actor,
    annexes::{Line, PAGE, Page, Pile, Stands},
};
use ui::Tag;

use super::csv::{MARK, cell, hundredths};
use crate::{format, routes, text};

/// What the page shows.
pub struct Register {
    /// Who reads.
    pub actor: Actor,
    /// The page.
    pub page: Page,
    /// Its number, from 1.
    pub number: u32,
    /// The year.
    pub year: i32,
    /// Years that one may look at.
    pub years: Vec<i32>,
    /// Which annexes.
    pub pile: Pile,
    /// Only this département; empty for all.
    pub department: String,
    /// Whether this person notes signatures.
    pub may_sign: bool,
    /// What was done, or what stands against it.
    pub said: Option<Said>,
    /// Dossiers whose box is ticked.
    pub ticked: Vec<String>,
    /// The day that is offered.
    pub day: String,
    /// Today.
    pub today: Date,
}

/// What the page says of the signatures that were sent.
pub struct Said {
    /// Whether something stands against it.
    pub is_refusal: bool,
    /// What people read.
    pub text: String,
}

fn label(pile: Pile) -> &'static str {
    match pile {
        Pile::InForce => "En cours",
        Pile::ToSign => "À signer",
        Pile::Valid => "Valides",
        Pile::Provisional => "Provisoires",
        Pile::Suspended => "Suspendues",
        Pile::Past => "Remplacées ou terminées",
    }
}

fn tone(stands: Stands) -> &'static str {
    match stands {
        Stands::Granted(AnnexState::ToSign) => "t-gaude",
        Stands::Granted(AnnexState::Valid) => "t-sauge",
        Stands::Provisional(Standing::Runs) => "t-guede",
        Stands::Terminated => "t-garance",
        Stands::Granted(AnnexState::Replaced)
        | Stands::Provisional(Standing::Replaced | Standing::Over) => "",
    }
}

/// The page.
#[component]
pub fn RegisterPage(
    /// What it shows.
    register: Register,
) -> impl IntoView {
    let Register { actor, page, number, year, years, pile, department, said, .. } = &register;
    let (number, year, pile) = (*number, *year, *pile);
    let tabs = years.iter().map(|one| {
        let current = (*one == year).then_some("true");
        let href = routes::annexes(*one, pile.code(), department, 1);
        view! { <a href=href aria-current=current>{one.to_string()}</a> }
    });
    let tabs = tabs.collect_view();
    let piles = Pile::ALL.map(|one| {
        let current = (one == pile).then_some("true");
        let href = routes::annexes(year, one.code(), department, 1);
        view! { <a href=href aria-current=current>{label(one)}" "<b>{page.count(one)}</b></a> }
    });
    let said = said.as_ref().map(|said| {
        let (role, class) =
            if said.is_refusal { ("alert", "note note-gaude") } else { ("status", "note") };
        view! { <p class=class role=role>{text::french(&said.text)}</p> }
    });
    let file = (page.count(pile) > 0).then(|| {
        let href = routes::annexes_csv(year, pile.code(), department);
        view! { <p class="no-print"><a href=href download="">"Télécharger cette liste pour un tableur"</a></p> }
    });
    let turn =
        turning(page.count(pile), number, |to| routes::annexes(year, pile.code(), department, to));
    let choice = departments(actor, year, pile, department);
    view! {
        <div class="wrap page stack">
            <header>
                <h1>{format!("Annexes financières {year}")}</h1>
                <p class="lead">{text::french("Les annexes de votre territoire dont la période touche cette année : à signer, valides, ou provisoires en attendant la décision.")}</p>
            </header>
            {said}
            <nav class="piles no-print" aria-label="Années">{tabs}</nav>
            <nav class="piles no-print" aria-label="États">{piles.to_vec()}</nav>
            {choice}
            <Lines register />
            {turn}
            {file}
            <p class="soft small">{text::french("Le lendemain de la fin d'une annexe valide, si sa convention continue et qu'aucune décision n'est prise pour la suite, une annexe provisoire reprend les mêmes ETP au montant de la nouvelle période. La part modulée et la part du département se décident ensuite. L'annexe signée la remplace.")}</p>
        </div>
    }
}

/// The choice of a département, by who sees several.
fn departments(actor: &Actor, year: i32, pile: Pile, department: &str) -> Option<AnyView> {
    let known = match &actor.scope {
        Scope::Departments(all) if all.len() > 1 => all.clone(),
        Scope::National => Vec::new(),
        _ => return None,
    };
    let field = if known.is_empty() {
        view! { <input class="input" id="departement" name="departement" value=department.to_owned() maxlength="3" placeholder="Tous" autocomplete="off" /> }.into_any()
    } else {
        let options = known.into_iter().map(|one| {
            let chosen = one == department;
            view! { <option value=one.clone() selected=chosen>{one.clone()}</option> }
        });
        let options: Vec<_> = options.collect();
        view! { <select class="input" id="departement" name="departement"><option value="">"Tous"</option>{options}</select> }.into_any()
    };
    Some(
        view! {
            <form method="get" action=routes::ANNEXES class="filters no-print">
                <input type="hidden" name="annee" value=year.to_string() />
                <input type="hidden" name="etat" value=pile.code() />
                <div class="filter"><label for="departement">"Département"</label>{field}</div>
                <div class="filter-go"><button class="btn" type="submit">"Afficher"</button></div>
            </form>
        }
        .into_any(),
    )
}

/// The way to the other pages.
fn turning(count: u32, number: u32, to: impl Fn(u32) -> String) -> Option<AnyView> {
    let last = count.div_ceil(PAGE).max(1);
    (last > 1).then(|| {
        let before = (number > 1).then(|| view! { <a href=to(number - 1)>"Page précédente"</a> });
        let after = (number < last).then(|| view! { <a href=to(number + 1)>"Page suivante"</a> });
        view! {
            <nav class="list-foot no-print" aria-label="Pages">
                {before}<span class="soft">{format!("Page {number} sur {last}")}</span>{after}
            </nav>
        }
        .into_any()
    })
}

/// The annexes; those to sign in a form, where this person notes signatures.
#[component]
fn Lines(register: Register) -> impl IntoView {
    let Register { page, year, pile, may_sign, ticked, day, today, department, .. } = register;
    if page.lines.is_empty() {
        let says = match pile {
            Pile::ToSign => "Rien à signer : toutes les annexes décidées le sont.",
            Pile::Provisional => "Aucune annexe provisoire pour cette année.",
            Pile::InForce => {
                "Aucune annexe pour cette année. Elles apparaissent ici dès qu'une demande est acceptée."
            }
            Pile::Suspended => "Aucune convention suspendue pour cette année.",
            Pile::Valid | Pile::Past => "Aucune annexe dans cet état pour cette année.",
        };
        return view! { <p class="card pad">{text::french(says)}</p> }.into_any();
    }
    let waits = |line: &Line| line.stands == Stands::Granted(AnnexState::ToSign);
    let picks = may_sign && page.lines.iter().any(waits);
    let several = page.lines.windows(2).any(|pair| match pair {
        [one, other] => one.department != other.department,
        _ => false,
    });
    let rows = page.lines.iter().map(|line| {
        let pick = picks.then(|| {
            let id = line.dossier.to_string();
            let box_ = waits(line).then(|| {
                let label = format!("Signée : {}, {}", line.structure_name, line.numbers.display());
                let checked = ticked.contains(&id);
                view! { <input type="checkbox" name="dossier" value=id checked=checked aria-label=label /> }
            });
            view! { <td class="pick">{box_}</td> }
        });
        row(line, pick.into_any(), several, today)
    });
    let rows: Vec<_> = rows.collect();
    let table = view! {
        <div class="card pad">
            <div class="scroll-x" tabindex="0" role="region" aria-label="Annexes financières">
                <table class="tbl cards worklist">
                    <caption class="sr-only">"Annexes financières, par structure"</caption>
                    <thead><tr>
                        {picks.then(|| view! { <th scope="col" class="pick"><span class="sr-only">"Choisir"</span></th> })}
                        <th scope="col">"Structure"</th>
                        {several.then(|| view! { <th scope="col">"Dép."</th> })}
                        <th scope="col">"Annexe"</th>
                        <th scope="col">"Période"</th>
                        <th scope="col" class="r">"ETP"</th>
                        <th scope="col" class="r">"Montant socle"</th>
                        <th scope="col">"État"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    };
    if !picks {
        return table.into_any();
    }
    let all = format!("{}&cocher=oui", routes::annexes(year, Pile::ToSign.code(), &department, 1));
    view! {
        <form method="post" action=routes::SIGN_ANNEXES class="stack" autocomplete="off">
            <input type="hidden" name="annee" value=year.to_string() />
            <input type="hidden" name="etat" value=pile.code() />
            <input type="hidden" name="departement" value=department />
            {table}
            <fieldset class="hand-bar no-print">
                <legend class="sr-only">"Noter les signatures"</legend>
                <div class="filter">
                    <label for="jour">"Signées des deux côtés le"</label>
                    <input class="input" id="jour" name="jour" type="date" required=true value=day max=today.to_string() />
                </div>
                <button class="btn btn-main" type="submit">"Noter la signature des annexes cochées"</button>
                <a href=all>"Cocher toutes celles à signer"</a>
            </fieldset>
        </form>
    }
    .into_any()
}

fn row(line: &Line, pick: AnyView, several: bool, today: Date) -> AnyView {
    let href = routes::annex(line.dossier.as_str());
    let department =
        several.then(|| view! { <td data-l="Département">{line.department.clone()}</td> });
    let amount =
        line.terms.total().map_or_else(|| "forfait".to_owned(), |all| number::euros(all.0));
    let period = format!("{} – {}", format::date(line.terms.start), format::date(line.end()));
    let convention = flags(line, today);
    let ends = line.convention_end.filter(|end| ends_soon(*end, today)).map(|end| {
        view! { <span class="under late">{format!("Convention jusqu'au {}", format::date(end))}</span> }
    });
    let signed = line.signed.map(|day| {
        view! { <span class="under">{format!("le {}", format::date(day))}</span> }
    });
    view! {
        <tr>
            {pick}
            <th scope="row">
                <a href=href>{line.structure_name.clone()}</a>
                <span class="under"><span class="kind">{line.kind.clone()}</span></span>
            </th>
            {department}
            <td data-l="Annexe"><span class="nowrap">{line.numbers.display()}</span>{ends}<span class="under"><a href=routes::convention(line.dossier.as_str()) aria-label=format!("Convention n° {}", line.numbers.convention)>"Convention"</a></span></td>
            <td data-l="Période"><span class="num">{period}</span></td>
            <td class="r" data-l="ETP">{number::etp(line.terms.grant.etp.0)}</td>
            <td class="r" data-l="Montant socle">{amount}</td>
            <td data-l="État"><Tag tone=tone(line.stands) text=line.stands.label() />{signed}{convention}</td>
        </tr>
    }
    .into_any()
}

/// What is to know of the convention of a line.
fn flags(line: &Line, today: Date) -> AnyView {
    let held = &line.convention;
    let suspended = held.suspended_since(today);
    let suspended = suspended.map(|since| format!("Suspendue depuis le {}", format::date(since)));
    let challenged = held.is_challenged.then(|| match held.answer_until {
        Some(until) if until >= today => {
            format!("Résiliation envisagée : réponse possible jusqu'au {}", format::date(until))
        }
        Some(_) => "Résiliation envisagée : le mois est passé".to_owned(),
        None => "Résiliation envisagée : réception à noter".to_owned(),
    });
    let ended = held.ended.map(|last| format!("Convention résiliée au {}", format::date(last)));
    let says = suspended.into_iter().chain(challenged).chain(ended);
    says.map(|says| view! { <span class="under late">{text::french(&says)}</span> })
        .collect_view()
        .into_any()
}

/// Whether a convention ends within six months, or has: its renewal is asked for before.
fn ends_soon(end: Date, today: Date) -> bool {
    (-180..=180).contains(&(end.days_since_epoch() - today.days_since_epoch()))
}

const COLUMNS: &str = "structure;siret;département;type;convention;annexe;début;fin;mois;ETP;montant socle d'un ETP;montant socle;part modulée au plus;part du département;état;signée le;fin de la convention;suspendue depuis;suspendue jusqu'au;convention résiliée au";

/// The register as a file.
pub fn file(lines: &[Line], today: Date) -> String {
    let mut file = format!("{MARK}{COLUMNS}\r\n");
    for line in lines {
        let (terms, suspended) = (&line.terms, line.convention.suspended_since(today));
        let cents = |amount: Option<form::Cents>| {
            amount.map(|cents| hundredths(cents.0)).unwrap_or_default()
        };
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [
            cell(&line.structure_name),
            Kind::Siret.display(&line.siret).replace(['\u{a0}', '\u{202f}'], " "),
            line.department.clone(),
            line.kind.clone(),
            line.numbers.convention.clone(),
            line.numbers.compact(),
            terms.start.to_string(),
            line.end().to_string(),
            terms.months.to_string(),
            hundredths(terms.grant.etp.0),
            cents(terms.unit),
            cents(terms.total()),
            cents(terms.modulated()),
            cents(terms.departmental),
            line.stands.label().to_owned(),
            day(line.signed),
            day(line.convention_end),
            day(suspended),
            day(suspended.and(line.convention.suspended_until)),
            day(line.convention.ended),
        ];
        // Writing into a text cannot fail.
        let _ = write!(file, "{}\r\n", cells.join(";"));
    }
    file
}
