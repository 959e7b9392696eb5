//! Giving steps of a dossier to a colleague: the form, the link once it is made, and what was given.

use dossier::share::MOST_DAYS;
use form::{Date, Revision};
use leptos::prelude::*;
use service::{DossierHead, Millis, sharing::Share};
use ui::{Icon, IconName, Tag};

use super::{Crumbs, team::EmailField};
use crate::{format, routes, text};

/// What the page shows.
pub struct Sharing {
    /// The dossier.
    pub head: DossierHead,
    /// Its form.
    pub form: &'static Revision,
    /// Ids and names of its steps.
    pub steps: Vec<(String, String)>,
    /// What was given, latest first.
    pub shares: Vec<Share>,
    /// A link that was just made: its address, until when, and where it was sent.
    pub made: Option<(String, Share, Option<String>)>,
    /// Whether links can be sent.
    pub mails: bool,
    /// What is typed already, or was before a refusal.
    pub typed: Typed,
    /// Why nothing was given.
    pub error: Option<&'static str>,
    /// Today in Paris.
    pub today: Date,
    /// Now.
    pub now: Millis,
}

/// What stands in the form.
#[derive(Clone, Debug)]
pub struct Typed {
    /// For whom.
    pub to: String,
    /// Where the link is sent; empty for nowhere.
    pub email: String,
    /// The ticked steps.
    pub sections: Vec<String>,
    /// The last day, as browsers write days.
    pub end: String,
}

/// The names of steps, in one line.
pub fn names(form: &Revision, sections: &[String]) -> String {
    let names = sections.iter().filter_map(|id| form.section(id)).map(|s| s.title.as_ref());
    names.collect::<Vec<_>>().join(", ")
}

/// The day a link ends, as people read it: the last one on which it works.
pub fn last_day(share: &Share) -> String {
    format::day(share.until.plus(-1))
}

/// The page.
#[component]
pub fn SharingPage(
    /// What it shows.
    sharing: Sharing,
) -> impl IntoView {
    let Sharing { head, form, steps, shares, made, mails, typed, error, today, now } = sharing;
    let id = head.id.to_string();
    let made = made.map(|(link, share, sent)| view! { <Made link share form sent /> });
    let new = (made.is_none() && head.state.is_editable())
        .then(|| view! { <New id=id.clone() steps typed error today mails /> });
    let again = made.is_some().then(|| {
        view! { <p><a class="btn" href=routes::shares(&id)><Icon name=IconName::Plus />"Confier d'autres étapes"</a></p> }
    });
    view! {
        <div class="wrap page narrow stack">
            <header>
                <Crumbs head=head.clone() />
                <h1>"Confier une étape"</h1>
                <p class="lead">"Une personne de votre choix, votre comptable par exemple, remplit une partie du dossier par un lien, sans compte ni mot de passe. Elle ne voit rien d'autre et ne peut ni déposer, ni retirer, ni confier à son tour."</p>
            </header>
            {made}
            {new}
            {again}
            <GivenList id form shares now />
        </div>
    }
}

/// The link, shown once.
#[component]
fn Made(
    link: String,
    share: Share,
    form: &'static Revision,
    sent: Option<String>,
) -> impl IntoView {
    let whom = if share.to.is_empty() { "la personne".to_owned() } else { share.to.clone() };
    let how = match sent {
        Some(address) => {
            format!("Il part à {address}. S'il n'arrive pas, transmettez-le vous-même.")
        }
        None => format!(
            "Envoyez-le vous-même à {whom}, par courriel ou par message : Trame n'envoie rien."
        ),
    };
    view! {
        <section class="card pad stack" aria-labelledby="lien">
            <h2 id="lien">"Le lien est prêt"</h2>
            <p>{text::french(&format!(
                "{how} Il donne accès à « {} » jusqu'au {} inclus.",
                names(form, &share.sections),
                last_day(&share),
            ))}</p>
            <div class="field">
                <label for="adresse">"Lien à transmettre"</label>
                <div class="field-body">
                    <input class="input" id="adresse" type="text" readonly=true value=link.clone() />
                    <button type="button" class="btn" data-copier="adresse" data-fait="Lien copié" hidden=true>"Copier le lien"</button>
                </div>
            </div>
            <p class="note note-gaude">
                <strong>"Copiez-le maintenant. "</strong>
                {text::french("Il ne s'affiche qu'une fois : il vaut une clé, et n'est pas gardé ici. Perdu, il se remplace par un autre ; reprenez alors celui-ci dans la liste.")}
            </p>
        </section>
    }
}

/// The form.
#[component]
fn New(
    id: String,
    steps: Vec<(String, String)>,
    typed: Typed,
    error: Option<&'static str>,
    today: Date,
    mails: bool,
) -> impl IntoView {
    let latest = Date::from_days_since_epoch(today.days_since_epoch() + MOST_DAYS);
    let boxes = steps
        .into_iter()
        .map(|(section, name)| {
            let checked = typed.sections.contains(&section);
            view! {
                <label class="choice">
                    <input type="checkbox" name="etape" value=section checked=checked />
                    <span>{name}</span>
                </label>
            }
        })
        .collect_view();
    let error =
        error.map(|error| view! { <p class="error" role="alert">{text::french(error)}</p> });
    view! {
        <form method="post" action=routes::shares(&id) class="card pad stack" autocomplete="off">
            {error}
            <fieldset class="field">
                <legend class="label">"Les étapes"</legend>
                <div class="field-body"><div class="choices">{boxes}</div></div>
            </fieldset>
            <div class="field">
                <label for="pour">"Pour qui" <span class="optional">" (facultatif)"</span></label>
                <p class="hint" id="aide-pour">"Un nom, pour vous y retrouver dans la liste."</p>
                <div class="field-body">
                    <input class="input" id="pour" name="pour" type="text" value=typed.to aria-describedby="aide-pour" />
                </div>
            </div>
            {mails.then(|| view! { <EmailField id="courriel".to_owned() value=typed.email /> })}
            <div class="field">
                <label for="fin">"Jusqu'au"</label>
                <p class="hint" id="aide-fin">{format!("Le lien cesse de fonctionner après ce jour. {MOST_DAYS}\u{a0}jours au plus ; vous pouvez le reprendre avant.")}</p>
                <div class="field-body">
                    <input class="input input-mid" id="fin" name="fin" type="date" required=true value=typed.end
                        min=today.to_string() max=latest.map(|day| day.to_string()) aria-describedby="aide-fin" />
                </div>
            </div>
            <p><button class="btn btn-main" type="submit">"Créer le lien"</button></p>
        </form>
    }
}

/// What was given.
#[component]
fn GivenList(
    id: String,
    form: &'static Revision,
    shares: Vec<Share>,
    now: Millis,
) -> impl IntoView {
    if shares.is_empty() {
        return view! { <p class="soft">"Aucune étape de ce dossier n'est confiée pour l'instant."</p> }
            .into_any();
    }
    let rows = shares
        .into_iter()
        .map(|share| {
            let open = share.is_open(now);
            let whom = [&share.guest_name, &share.to].into_iter().find(|name| !name.is_empty());
            let whom = whom.cloned().unwrap_or_else(|| "Sans nom".to_owned());
            let also = (!share.guest_name.is_empty() && !share.to.is_empty())
                .then(|| view! { <br /><span class="soft">{share.to.clone()}</span> });
            let seen = match share.seen_at {
                Some(at) => format!("Vu le {}", format::moment(at)),
                None if open => "Pas encore ouvert".to_owned(),
                None => "Jamais ouvert".to_owned(),
            };
            let until = match share.taken_back_at {
                Some(at) => format!("Repris le {}", format::day(at)),
                None if open => format!("Jusqu'au {}", last_day(&share)),
                None => format!("Terminé le {}", last_day(&share)),
            };
            let end = if open {
                let named = format!(" : {}, {whom}", names(form, &share.sections));
                view! {
                    <form method="post" action=routes::take_back(&id, share.id.as_str())>
                        <button type="submit" class="btn btn-s">
                            <Icon name=IconName::Undo />
                            "Reprendre"
                            <span class="sr-only">{named}</span>
                        </button>
                    </form>
                }
                .into_any()
            } else {
                view! { <Tag tone="" icon=IconName::Lock text="Fermé" /> }.into_any()
            };
            view! {
                <tr>
                    <td data-l="À qui">{whom.clone()} {also}</td>
                    <td data-l="Étapes">{names(form, &share.sections)}</td>
                    <td data-l="Jusqu'à quand">{until}<br /><span class="soft">{format!("par {}", share.given_by_name)}</span></td>
                    <td data-l="Dernière visite">{seen}</td>
                    <td>{end}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="confie">
            <h2 id="confie">"Ce qui est confié"</h2>
            <div class="card pad">
                <table class="tbl cards">
                    <caption class="sr-only">"Étapes confiées, la plus récente d'abord"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"À qui"</th>
                            <th scope="col">"Étapes"</th>
                            <th scope="col">"Jusqu'à quand"</th>
                            <th scope="col">"Dernière visite"</th>
                            <th scope="col"><span class="sr-only">"Reprendre"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="soft">"Reprendre ferme le lien aussitôt, sur tous les appareils. Ce qui a été enregistré reste dans le dossier."</p>
        </section>
    }
    .into_any()
}
