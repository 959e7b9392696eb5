//! A simulation within an envelope: who would be granted what, and what would be left.

pub mod address;
pub mod comparing;
mod effects;
pub mod file;
mod lines;
pub mod proposing;
mod totals;

use dossier::{allotting::LONGEST_NAME, envelope::Dotation, id::DossierId};
use form::number;
use leptos::prelude::*;
use service::{
    Actor,
    allotting::{Allotment, Gone, Opened},
};
use ui::{Icon, IconName};

use self::{address::Sifting, effects::Effects, lines::Lines, totals::Totals};
use crate::{
    pages::{StateTag, nature},
    routes, text,
};

/// What somebody typed on a line that was not kept, and why.
#[derive(Clone, Debug)]
pub struct Unkept {
    /// The dossier.
    pub dossier: DossierId,
    /// Why.
    pub why: &'static str,
    /// ETP, as typed.
    pub etp: String,
    /// Rate of the part modulée, as typed.
    pub modulated: String,
    /// Code of the choice.
    pub verdict: String,
    /// Reason, as typed, when it was.
    pub reason: Option<String>,
}

/// What the page shows.
pub struct Simulation {
    /// Who reads.
    pub actor: Actor,
    /// The simulation.
    pub opened: Opened,
    /// What is looked at.
    pub sifting: Sifting,
    /// The other simulations of the same place and year, to compare with.
    pub others: Vec<Allotment>,
    /// Whether this person proposes decisions.
    pub proposes: bool,
    /// What was not kept.
    pub unkept: Option<Unkept>,
    /// What was just done, or not.
    pub told: Option<&'static str>,
    /// Version of the small scripts.
    pub version: String,
}

/// The head of every page of a simulation.
#[component]
fn Head(allotment: Allotment, #[prop(optional)] below: Option<&'static str>) -> impl IntoView {
    let Allotment { id, name, year, kinds, place, made_by_name, aside_at, .. } = allotment;
    let lead = format!(
        "{}, {}, {year}. Provisoire : rien de cette page n'est visible des structures. Créée par {made_by_name}.",
        place.name(),
        kinds.join(", "),
    );
    let aside = aside_at.map(|_| view! { <p class="note">"Cette simulation est rangée."</p> });
    let crumb = below.map(|_| {
        view! { " › " <a href=routes::simulation(id.as_str())>{name.clone()}</a> }
    });
    let title = below.map_or_else(|| name.clone(), |page| format!("{page} : {name}"));
    view! {
        <header>
            <p class="crumbs"><a href=routes::envelopes(year)>{format!("Enveloppes {year}")}</a>{crumb}</p>
            <h1>{text::french(&title)}</h1>
            <p class="lead">{text::french(&lead)}</p>
            {aside}
        </header>
    }
}

/// The page.
#[component]
pub fn SimulationPage(
    /// What it shows.
    simulation: Simulation,
) -> impl IntoView {
    let Simulation { actor, opened, sifting, others, proposes, unkept, told, version } = simulation;
    let id = opened.allotment.id.to_string();
    let told = told
        .map(|says| view! { <p class="note note-sauge" role="status">{text::french(says)}</p> });
    let propose = proposes.then(|| {
        view! { <a class="btn btn-main" href=routes::simulation_page(&id, "propositions")>"Préparer les propositions"</a> }
    });
    let none = opened.lines.is_empty().then(|| {
        view! { <p class="card pad">{text::french("Aucune demande de ce périmètre n'attend de décision. Dès qu'une structure dépose, sa demande apparaît ici.")}</p> }
    });
    let shown = sifting.sift(&opened);
    let filled = (!opened.lines.is_empty()).then(|| {
        view! {
            <Sieve sifting=sifting.clone() opened=opened.clone() />
            <Lines opened=opened.clone() shown sifting=sifting.clone() unkept />
            <Effects lines=opened.lines.clone() />
        }
    });
    view! {
        <div class="wrap page stack allotting">
            <Head allotment=opened.allotment.clone() />
            {told}
            <Totals opened=opened.clone() />
            <Undo opened=opened.clone() actor=actor.clone() back=sifting.query() />
            <p class="actions no-print">
                {propose}
                <a class="btn" href=routes::simulation_page(&id, "csv") download=""><Icon name=IconName::Download />"Pour tableur (CSV)"</a>
            </p>
            {none}
            {filled}
            <Left gone=opened.gone.clone() />
            <Managing allotment=opened.allotment.clone() others />
        </div>
        <script type="module" src=format!("/simulation.js?v={version}")></script>
    }
}

/// What a small post changes on the page: everything else stays as it is.
#[component]
pub fn Changed(
    /// Who reads.
    actor: Actor,
    /// The simulation.
    opened: Opened,
    /// The dossier.
    dossier: DossierId,
    /// Why it was not kept.
    problem: Option<&'static str>,
    /// Where the page is.
    back: String,
) -> impl IntoView {
    let line = opened.lines.iter().find(|line| line.request.dossier == dossier).cloned();
    let line = line.map(|line| lines::changing(&opened, &line, problem, true));
    view! {
        <Totals opened=opened.clone() />
        <Undo opened=opened.clone() actor back />
        <Effects lines=opened.lines.clone() />
        {line}
    }
}

/// The last gesture, and the way back.
#[component]
fn Undo(opened: Opened, actor: Actor, back: String) -> impl IntoView {
    let id = opened.allotment.id.to_string();
    let undoable = opened.undoable(&actor).map(|gesture| {
        let count = u32::try_from(gesture.choices.len()).unwrap_or(u32::MAX);
        let name = |dossier: &DossierId| {
            let line = opened.lines.iter().find(|line| line.request.dossier == *dossier);
            line.map(|line| line.request.structure_name.clone())
        };
        let what = match gesture.choices.as_slice() {
            [(dossier, _)] => name(dossier).unwrap_or_else(|| "une demande".to_owned()),
            _ => text::count(count, "demande", "demandes"),
        };
        let says = format!("Votre dernière modification : {what}, à {}.", crate::format::hour(gesture.at));
        view! {
            <form method="post" action=routes::simulation_page(&id, "annuler") class="outcome note">
                <input type="hidden" name="retour" value=back />
                <span>{text::french(&says)}</span>
                <button class="btn btn-s" type="submit"><Icon name=IconName::Undo />"Annuler"</button>
            </form>
        }
    });
    view! { <div id="annulation" class="no-print">{undoable}</div> }
}

/// Which lines, in which order.
#[component]
fn Sieve(sifting: Sifting, opened: Opened) -> impl IntoView {
    let id = opened.allotment.id.to_string();
    let option = |value: &'static str, says: &'static str, now: &str| {
        view! { <option value=value selected={value == now}>{says}</option> }
    };
    let verdicts =
        address::VERDICTS.map(|(code, says)| option(code, says, &sifting.choix)).to_vec();
    let orders = address::ORDERS.map(|(code, says)| option(code, says, &sifting.tri)).to_vec();
    let kinds = opened.allotment.kinds.clone();
    let kinds = (kinds.len() > 1).then(|| {
        let options = kinds.into_iter().map(|kind| {
            let selected = kind == sifting.kind;
            view! { <option value=kind.clone() selected=selected>{kind.clone()}</option> }
        });
        view! { <div class="filter"><label for="f-type">"Type"</label><select class="input" id="f-type" name="type"><option value="">"Tous"</option>{options.collect_view()}</select></div> }
    });
    let clear = sifting.is_narrow().then(|| {
        view! { <a class="btn btn-quiet" href=routes::simulation(&id)>"Effacer"</a> }
    });
    let rest = (dossier::allotting::Totals::of(&opened.lines).undecided > 0).then(|| {
        view! {
            <form method="post" action=routes::simulation_page(&id, "reste") class="no-print">
                <input type="hidden" name="retour" value=sifting.query() />
                <button class="btn btn-s" type="submit">{text::french("Accorder le demandé à tout ce qui reste à voir")}</button>
            </form>
        }
    });
    view! {
        <form method="get" action=routes::simulation(&id) class="filters card pad" role="search" aria-label="Filtrer la simulation">
            <div class="filter filter-wide"><label for="f-cherche">"Chercher une structure"</label><input class="input" id="f-cherche" name="cherche" value=sifting.cherche.clone() /></div>
            <div class="filter"><label for="f-choix">"Choix"</label><select class="input" id="f-choix" name="choix">{verdicts}</select></div>
            {kinds}
            <div class="filter"><label for="f-tri">"Trier par"</label><select class="input" id="f-tri" name="tri">{orders}</select></div>
            <div class="filter-go"><button class="btn" type="submit">"Filtrer"</button>{clear}</div>
        </form>
        {rest}
    }
}

/// Requests that left, and why.
#[component]
fn Left(gone: Vec<Gone>) -> impl IntoView {
    (!gone.is_empty()).then(|| {
        let rows = gone.into_iter().map(|one| {
            let chosen = one.choice.verdict.label();
            match one.request {
                Some(request) => view! {
                    <li>
                        <a href=routes::instruction(request.dossier.as_str())>{request.structure_name.clone()}</a>
                        " " <span class="kind">{request.kind.clone()}</span> " " {nature(&request.nature)} " "
                        <StateTag state=request.state agent=true />
                        <span class="soft">{text::french(&format!(" Vous aviez choisi : {}.", chosen.to_lowercase()))}</span>
                    </li>
                }
                .into_any(),
                None => view! { <li class="soft">{text::french("Une demande n'est plus de ce périmètre.")}</li> }.into_any(),
            }
        });
        view! {
            <section class="card pad stack" aria-label="Sorties de la simulation">
                <h2 class="h3">"Sorties de la simulation"</h2>
                <p class="soft">{text::french("Décidées, retirées ou parties depuis : elles ne comptent plus ici. Ce qui est accordé compte dans l'enveloppe.")}</p>
                <ul class="gone">{rows.collect_view()}</ul>
            </section>
        }
    })
}

/// Comparing, copying, naming, putting away.
#[component]
fn Managing(allotment: Allotment, others: Vec<Allotment>) -> impl IntoView {
    let id = allotment.id.to_string();
    let most = LONGEST_NAME.to_string();
    let compare = (!others.is_empty()).then(|| {
        let options = others.into_iter().map(|one| view! { <option value=one.id.to_string()>{one.name}</option> });
        view! {
            <form method="get" action=routes::simulation_page(&id, "comparaison") class="inline-form">
                <label for="avec">"Comparer avec"</label>
                <select class="input input-mid" id="avec" name="avec">{options.collect_view()}</select>
                <button class="btn" type="submit">"Comparer"</button>
            </form>
        }
    });
    let gesture = routes::simulation_page(&id, "gestes");
    let copy_name = format!("{} (copie)", allotment.name);
    let (geste, says) = match allotment.aside_at {
        None => ("ranger", "Ranger cette simulation"),
        Some(_) => ("sortir", "Ressortir cette simulation"),
    };
    view! {
        <section class="card pad stack no-print" aria-label="Gérer la simulation">
            <h2 class="h3">"Comparer, copier, renommer"</h2>
            {compare}
            <form method="post" action=gesture.clone() class="inline-form" autocomplete="off">
                <input type="hidden" name="geste" value="copier" />
                <label for="copie">"Nom de la copie"</label>
                <input class="input input-mid" id="copie" name="nom" required=true maxlength=most.clone() value=copy_name />
                <button class="btn" type="submit">"Copier"</button>
            </form>
            <form method="post" action=gesture.clone() class="inline-form" autocomplete="off">
                <input type="hidden" name="geste" value="renommer" />
                <label for="nom">"Nom"</label>
                <input class="input input-mid" id="nom" name="nom" required=true maxlength=most value=allotment.name.clone() />
                <button class="btn" type="submit">"Renommer"</button>
            </form>
            <form method="post" action=gesture>
                <input type="hidden" name="geste" value=geste />
                <button class="btn btn-quiet" type="submit">{says}</button>
            </form>
        </section>
    }
}

/// An amount on one line: "12,00 ETP, 287 052,00 €".
pub(crate) fn amount(one: Dotation) -> String {
    format!("{}\u{a0}ETP, {}", number::etp(one.etp.0), number::euros(one.cents.0))
}

/// A change with its sign: "+1,20", "−3,00", "0,00".
pub(crate) fn signed(value: i64, display: impl Fn(i64) -> String) -> String {
    if value > 0 { format!("+{}", display(value)) } else { display(value) }
}

/// A change in percent: "+18,0 %"; empty when there was nothing before.
pub(crate) fn percent(before: i64, now: i64) -> String {
    dossier::allotting::evolution(before, now)
        .map(|change| {
            let tenths = dossier::money::divide(change.0.into(), 10);
            text::french(&format!("{} %", signed(tenths, |n| number::display_scaled(n, 1))))
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_their_sign() {
        assert_eq!(signed(120, number::etp), "+1,20");
        assert_eq!(signed(0, number::etp), "0,00");
        assert_eq!(signed(-300, number::etp), "−3,00");
        assert_eq!(percent(1_000, 1_180), "+18,0\u{a0}%");
        assert_eq!(percent(3, 2), "−33,3\u{a0}%");
        assert_eq!(percent(0, 2), "");
    }
}
