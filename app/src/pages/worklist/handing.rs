//! Who follows what: what is done to chosen lines, looked at first, said afterwards, undone.

use dossier::{id::AccountId, state::State};
use leptos::prelude::*;
use service::worklist::{Colleague, Handed, Line};

use super::address::Address;
use crate::{pages::nature, routes, text};

/// What is done with chosen dossiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The agent takes them.
    Take,
    /// They go to a colleague.
    Hand,
    /// Nobody follows them any more.
    Release,
}

impl Gesture {
    /// Every gesture.
    pub const ALL: [Self; 3] = [Self::Take, Self::Hand, Self::Release];

    /// As forms say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Take => "prendre",
            Self::Hand => "confier",
            Self::Release => "rendre",
        }
    }

    /// Reads back a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gesture| gesture.code() == code)
    }
}

/// What a gesture did, and what it left.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What changed hands; none when nothing did.
    pub handed: Option<(String, Handed)>,
    /// Whether this undid another gesture.
    pub undid: bool,
    /// Why nothing was done at all.
    pub refused: Option<&'static str>,
    /// What stayed where it is.
    pub kept: Vec<Line>,
}

/// A dossier and who follows it, as a form says it.
pub fn mark_of(line: &Line) -> String {
    let seen = line.followed_by.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{}:{seen}", line.id)
}

/// To whom: the options of a choice of colleagues.
pub fn options(colleagues: &[Colleague], me: &AccountId) -> AnyView {
    let others = colleagues.iter().filter(|one| one.id != *me);
    let options = others.map(|one| {
        view! { <option value=one.id.to_string()>{one.name.clone()}</option> }
    });
    options.collect_view().into_any()
}

/// What may be done with the lines that are ticked.
#[component]
pub fn Bar(
    /// Those who instruct there.
    colleagues: Vec<Colleague>,
    /// Who reads.
    me: AccountId,
) -> impl IntoView {
    let hand = colleagues.iter().any(|one| one.id != me).then(|| {
        view! {
            <label class="sr-only" for="confier-a">"Collègue à qui confier"</label>
            <select class="input" id="confier-a" name="a">{options(&colleagues, &me)}</select>
            <button class="btn" type="submit" name="geste" value="confier">"Confier"</button>
        }
    });
    view! {
        <fieldset class="hand-bar">
            <legend>"Avec les dossiers cochés"</legend>
            <button class="btn" type="submit" name="geste" value="prendre">"Je m'en occupe"</button>
            {hand}
            <button class="btn btn-quiet" type="submit" name="geste" value="rendre">"Ne plus suivre"</button>
        </fieldset>
    }
}

fn dossiers(count: usize) -> String {
    text::count(u32::try_from(count).unwrap_or(u32::MAX), "dossier", "dossiers")
}

/// What a gesture did, in one sentence.
fn told(handed: &Handed, undid: bool, me: &AccountId, colleagues: &[Colleague]) -> String {
    let count = handed.changes.len();
    let mut to: Vec<_> = handed.changes.iter().map(|change| &change.to).collect();
    to.dedup();
    let many = |one: &'static str, more: &'static str| if count < 2 { one } else { more };
    let what = match to.as_slice() {
        [Some(account)] if account == me => "à votre nom".to_owned(),
        [Some(account)] => {
            let name = colleagues.iter().find(|one| one.id == *account);
            let name = name.map_or("un collègue", |one| one.name.as_str());
            format!("{} à {name}", many("confié", "confiés"))
        }
        [None] => many("n'est plus suivi", "ne sont plus suivis").to_owned(),
        _ => many("rendu à qui le suivait", "rendus à qui les suivait").to_owned(),
    };
    let undone = if undid { "C'est annulé : " } else { "" };
    text::french(&format!("{undone}{} {what}.", dossiers(count)))
}

/// What a gesture did, with a way back.
#[component]
pub fn OutcomeNote(
    /// What it did.
    outcome: Outcome,
    /// Who did it.
    me: AccountId,
    /// Those who instruct there.
    colleagues: Vec<Colleague>,
    /// Where one comes back to: the query of a list, or a dossier.
    back: String,
) -> impl IntoView {
    let Outcome { handed, undid, refused, kept } = outcome;
    let refused = refused.map(|says| view! { <p class="note note-gaude" role="alert">{says}</p> });
    let done = handed.map(|(batch, handed)| {
        let undo = (!undid).then(|| {
            view! {
                <form method="post" action=routes::UNDO_FOLLOWING>
                    <input type="hidden" name="geste" value=batch />
                    <input type="hidden" name="retour" value=back />
                    <button class="btn btn-s" type="submit">"Annuler"</button>
                </form>
            }
        });
        view! {
            <div class="note note-sauge outcome" role="status">
                <p>{told(&handed, undid, &me, &colleagues)}</p>
                {undo}
            </div>
        }
    });
    let stayed = kept.into_iter().map(|line| {
        let why = if line.state.is_final() {
            "le dossier est terminé, il n'y a plus à le suivre".to_owned()
        } else {
            match line.followed_by {
                Some(account) if account == me => "vous le suivez".to_owned(),
                Some(_) => format!("{} s'en occupe déjà", line.follower_name),
                None => "il n'est plus suivi par la personne que vous aviez vue".to_owned(),
            }
        };
        let says =
            format!("{}, {} {} : {why}.", line.structure_name, nature(&line.nature), line.year);
        view! { <li>{text::french(&says)}</li> }
    });
    let stayed: Vec<_> = stayed.collect();
    let stayed = (!stayed.is_empty()).then(|| {
        view! {
            <div class="note note-gaude" role="alert">
                <p><strong>"Rien n'a changé pour :"</strong></p>
                <ul>{stayed}</ul>
            </div>
        }
    });
    view! { {refused} {done} {stayed} }
}

/// What is about to be done.
pub struct Previewed {
    /// What.
    pub gesture: Gesture,
    /// To whom; nobody when they are released.
    pub to: Option<Colleague>,
    /// Who does it.
    pub me: AccountId,
    /// The dossiers, as they are.
    pub lines: Vec<Line>,
    /// The list one comes from.
    pub back: Address,
}

/// What is about to be done with several dossiers, before it is.
#[component]
pub fn PreviewPage(
    /// What it shows.
    preview: Previewed,
) -> impl IntoView {
    let Previewed { gesture, to, me, lines, back } = preview;
    let named = |account: Option<&AccountId>, name: &str| match account {
        None => "Personne".to_owned(),
        Some(account) if *account == me => "Vous".to_owned(),
        Some(_) => name.to_owned(),
    };
    let next = to.as_ref().map(|one| &one.id);
    let then = named(next, to.as_ref().map_or("", |one| one.name.as_str()));
    let stays =
        |line: &Line| line.followed_by.as_ref() == next || (to.is_some() && closed(line.state));
    let moving = lines.iter().filter(|line| !stays(line)).count();
    let rows = lines.iter().map(|line| {
        let now = named(line.followed_by.as_ref(), &line.follower_name);
        let becomes = if line.followed_by.as_ref() == next {
            "Ne change pas".to_owned()
        } else if to.is_some() && closed(line.state) {
            "Ne change pas : le dossier est terminé".to_owned()
        } else {
            then.clone()
        };
        let kept = (!stays(line)).then(|| {
            view! { <input type="hidden" name="dossier" value=mark_of(line) /> }
        });
        view! {
            <tr>
                <th scope="row">{line.structure_name.clone()}<span class="under"><span class="kind">{line.kind.clone()}</span>" "{nature(&line.nature)}" "{line.year}</span>{kept}</th>
                <td data-l="Suivi par">{now}</td>
                <td data-l="Sera suivi par">{text::french(&becomes)}</td>
            </tr>
        }
    });
    let title = match gesture {
        Gesture::Take => "Suivre ces dossiers",
        Gesture::Hand => "Confier ces dossiers",
        Gesture::Release => "Ne plus suivre ces dossiers",
    };
    let go = (moving > 0).then(|| {
        let button = match gesture {
            Gesture::Take => format!("Suivre {}", dossiers(moving)),
            Gesture::Hand => format!("Confier {} à {then}", dossiers(moving)),
            Gesture::Release => format!("Ne plus suivre {}", dossiers(moving)),
        };
        view! { <button class="btn btn-main" type="submit">{button}</button> }
    });
    let lead = match moving {
        0 => "Rien ne changerait : choisissez d'autres dossiers.",
        _ => "Voici ce qui va changer. Vous pourrez l'annuler pendant un quart d'heure.",
    };
    let account = next.map(ToString::to_string).unwrap_or_default();
    view! {
        <div class="wrap page stack">
            <header>
                <p class="crumbs"><a href=back.href()>"Dossiers reçus"</a></p>
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </header>
            <form method="post" action=routes::FOLLOWING class="stack">
                <input type="hidden" name="geste" value=gesture.code() />
                <input type="hidden" name="a" value=account />
                <input type="hidden" name="confirme" value="oui" />
                <input type="hidden" name="retour" value=back.query() />
                <div class="card pad">
                    <table class="tbl cards">
                        <thead><tr><th scope="col">"Dossier"</th><th scope="col">"Suivi par"</th><th scope="col">"Sera suivi par"</th></tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
                <p class="actions">
                    {go}
                    <a class="btn btn-quiet" href=back.href()>"Revenir à la liste"</a>
                </p>
            </form>
        </div>
    }
}

const fn closed(state: State) -> bool {
    state.is_final()
}
