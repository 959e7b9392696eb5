//! What surrounds every page of a space: that all is fictitious, the way out, and remarks.

use dossier::lab::{LONGEST, RemarkKind};
use leptos::prelude::*;
use service::{ParticipantId, labs::Remark};
use ui::{Icon, IconName, Tag, TextArea};

use super::{Visit, look, side, voices};
use crate::{format, routes, text};

/// Says on every page of a space that all is fictitious.
#[component]
pub fn SpaceRibbon(
    /// The visit.
    visit: Visit,
) -> impl IntoView {
    let timer = visit.timer.map(|end| {
        view! { <span>{format!("Fin de l'exercice à {}.", format::hour(end))}</span> }
    });
    view! {
        <aside class="ribbon lab-ribbon" aria-label="Atelier">
            <Icon name=IconName::Info />
            <span><strong>{format!("Atelier {}", visit.code)}</strong>{text::french(" : données fictives, rien ne part à l'extérieur.")}</span>
            {timer}
            <span class="lab-ways">
                <a href="#remarques">"Faire une remarque"</a>
                <a href=routes::SEAT>"Mes tâches"</a>
            </span>
        </aside>
        // A small script shows it, when the space was reset or closed under this page.
        <div id="atelier-fin" class="banner lab-over" role="alert" hidden=true>
            <div class="wrap">
                <strong>"L'atelier a été remis à zéro ou s'est terminé."</strong>
                <span>{text::french("Vos remarques sont gardées ; ce dossier fictif ne s'enregistre plus.")}</span>
                <a href=routes::SEAT>"Revenir à l'atelier"</a>
            </div>
        </div>
    }
}

/// Remarks on this page, and a place to write one: a plain form, that a small script brings beside the
/// question.
#[component]
pub fn RemarkBox(
    /// The visit.
    visit: Visit,
) -> impl IntoView {
    let Visit { me, path, spots, remarks, votes, key, version, .. } = visit;
    if key.is_empty() {
        return None;
    }
    let lines = remarks.into_iter().map(|remark| {
        view! { <RemarkLine remark me=me.clone() votes back=path.clone() /> }
    });
    let lines: Vec<_> = lines.collect();
    let list = if lines.is_empty() {
        view! { <p class="soft">"Aucune remarque de vous sur cette page pour l'instant."</p> }
            .into_any()
    } else {
        view! { <ul class="lab-remarks">{lines}</ul> }.into_any()
    };
    let kinds = kinds(RemarkKind::Unclear);
    let groups = spots.into_iter().map(|(step, spots)| {
        let options = spots.into_iter().map(|spot| {
            view! { <option value=spot.at>{spot.name}</option> }
        });
        view! { <optgroup label=step>{options.collect_view()}</optgroup> }
    });
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let src = format!("/atelier.js?v={version}");
    Some(view! {
        <section class="wrap lab-box" id="remarques" aria-labelledby="remarques-titre">
            <div class="card pad stack">
                <h2 id="remarques-titre" class="h3">"Vos remarques sur cette page"</h2>
                <div id="remarques-liste">{list}</div>
                <form method="post" action=routes::REMARKS class="stack" autocomplete="off" id="remarque">
                    <input type="hidden" name="cle" value=key />
                    <input type="hidden" name="chemin" value=path />
                    <div class="field">
                        <label for="remarque-sur">"Sur quoi ?"</label>
                        <select class="input" id="remarque-sur" name="sur">
                            <option value="">"La page entière"</option>
                            {groups.collect_view()}
                        </select>
                    </div>
                    {kinds}
                    <div class="field">
                        <label for="remarque-texte">"En vos mots"</label>
                        <TextArea id="remarque-texte" name="texte" initial="" rows=3 maxlength=most />
                    </div>
                    <p class="error" id="remarque-etat" role="status" hidden=true></p>
                    <p><button class="btn" type="submit"><Icon name=IconName::Plus />"Épingler la remarque"</button></p>
                </form>
            </div>
            <script src=src defer></script>
        </section>
    })
}

/// The kinds of a remark, to choose one.
pub fn kinds(chosen: RemarkKind) -> impl IntoView {
    let kinds = RemarkKind::ALL.map(|kind| {
        view! {
            <label class="choice">
                <input type="radio" name="nature" value=kind.code() checked=kind == chosen />
                <span>{kind.label()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">"C'est…"</legend>
            <div class="choices choices-row">{kinds.to_vec()}</div>
        </fieldset>
    }
}

/// A remark as participants read it.
#[component]
pub fn RemarkLine(
    /// The remark.
    remark: Remark,
    /// Who reads.
    me: ParticipantId,
    /// Whether participants vote.
    votes: bool,
    /// The page to come back to after a vote.
    back: String,
) -> impl IntoView {
    let mine = remark.by == me;
    let (tone, icon) = look(remark.kind);
    let agreed = remark.votes.contains(&me);
    let count = remark.votes.len();
    let vote = votes.then(|| {
        if mine {
            return view! { <span class="soft">{voices(count)}</span> }.into_any();
        }
        let (value, says) = if agreed { ("non", "Retirer ma voix") } else { ("oui", "D'accord") };
        view! {
            <form method="post" action=routes::vote(remark.id.as_str())>
                <input type="hidden" name="chemin" value=back />
                <button class="btn btn-s" type="submit" name="voix" value=value>
                    {says}<span class="soft">{voices(count)}</span>
                </button>
            </form>
        }
        .into_any()
    });
    let who =
        if mine { "vous".to_owned() } else { format!("{}, {}", remark.by_name, side(remark.seat)) };
    let words = (!remark.text.is_empty())
        .then(|| view! { <p class="words">{format!("«\u{a0}{}\u{a0}»", remark.text)}</p> });
    view! {
        <li class="lab-remark">
            <p class="tags"><Tag tone=tone icon=icon text=remark.kind.label() /><b>{remark.pin.called}</b><span class="soft">{who}</span></p>
            {words}
            {vote}
        </li>
    }
}
