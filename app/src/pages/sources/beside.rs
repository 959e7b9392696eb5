//! At a step: what changed in the sources, what they could fill, what is missing and why. Rendered by
//! the server, outside the part of the page that lives in the browser; `public/sources.js` puts each
//! card beside its question. Its buttons belong to the form of the step, so that without script nothing
//! typed is lost.

use form::{Answers, At, Origin, Revision, Section};
use leptos::prelude::*;
use service::findings::{Beside, Card};
use ui::{Icon, IconName};

use super::{missing, named, question, said};
use crate::{routes, text};

/// The form of the step, which every button here belongs to.
const FORM: &str = "etape";

/// What is shown beside one step.
pub struct Stepping {
    /// The dossier.
    pub id: String,
    /// The form.
    pub form: &'static Revision,
    /// The step.
    pub step: &'static Section,
    /// The answers of the dossier.
    pub answers: Answers,
    /// What the sources say.
    pub beside: Beside,
    /// Whether what was chosen was not there any more.
    pub gone: bool,
}

impl Stepping {
    fn is_here(&self, at: &At) -> bool {
        self.form.section_of(&at.field).is_some_and(|section| section.id == self.step.id)
    }

    /// The sources that questions of this step name.
    fn sources(&self) -> Vec<Origin> {
        let fields = || self.step.groups.iter().flat_map(form::Group::fields);
        let names = |origin: &Origin| {
            fields().any(|def| def.sources.iter().any(|source| source.origin == *origin))
        };
        self.beside.sources.iter().copied().filter(names).collect()
    }

    /// Sentences about sources that did not say everything, and whether one may still speak by itself.
    fn notices(&self) -> (Vec<String>, bool) {
        let (mut notices, mut waits) = (Vec::new(), false);
        let found = |origin| self.beside.findings.iter().find(|one| one.source == origin);
        let has_place = found(Origin::CompanyRegister).is_some_and(|register| {
            let facts = register.told.as_ref().map(|told| &told.facts);
            facts.is_some_and(|facts| facts.contains_key("etablissement.street"))
        });
        for origin in self.sources() {
            let finding = found(origin);
            // The others are asked about what the register says: nothing, if it says nothing.
            if origin != Origin::CompanyRegister && !has_place {
                continue;
            }
            waits |= finding.is_none();
            notices.extend(missing(origin, finding, &self.beside.siret));
        }
        (notices, waits)
    }
}

/// What is shown beside one step; nothing when every source said what it knows and nothing differs.
#[component]
pub fn StepSources(
    /// What to show.
    stepping: Stepping,
) -> impl IntoView {
    let (notices, waits) = stepping.notices();
    let cards: Vec<&Card> =
        stepping.beside.cards.iter().filter(|card| stepping.is_here(card.key())).collect();
    let fillable = stepping.beside.fillable.iter();
    let fillable: Vec<_> = fillable.filter(|one| stepping.is_here(&one.at)).collect();
    let others = others(&stepping);
    let again = !notices.is_empty();
    let notices = notices.into_iter().map(|said| view! { <p>{text::french(&said)}</p> });
    let notices = again.then(|| {
        view! {
            <div class="note source-notice" role="status">
                {notices.collect_view()}
                <p class="actions">
                    <button type="submit" form=FORM class="btn btn-s" name="_source" value="actualiser">"Actualiser"</button>
                    <a href=routes::sources(&stepping.id)>"Voir ce que disent les sources"</a>
                </p>
            </div>
        }
    });
    let gone = stepping.gone.then(|| {
        view! { <p class="note note-gaude" role="status">"Ce choix n'est plus d'actualité : la source ou la réponse a changé entre-temps. Rien n'a été modifié."</p> }
    });
    let fill = fillable.first().map(|first| {
        let count = u32::try_from(fillable.len()).unwrap_or(u32::MAX);
        let says = text::count(
            count,
            "réponse vide de cette étape peut être reprise",
            "réponses vides de cette étape peuvent être reprises",
        );
        let name = named(first.from.origin);
        view! {
            <div class="note note-sauge">
                <p>{text::french(&format!("{name} a répondu depuis l'ouverture : {says} de ce qui est connu, à confirmer."))}</p>
                <p class="actions">
                    <button type="submit" form=FORM class="btn btn-s" name="_source" value="remplir"><Icon name=IconName::Check />"Reprendre ces valeurs"</button>
                </p>
            </div>
        }
    });
    let count = cards.len();
    let title = (count > 0).then(|| {
        let says = text::count(u32::try_from(count).unwrap_or(u32::MAX), "valeur a changé", "valeurs ont changé");
        view! { <p class="source-title"><strong>{format!("{says} dans les sources.")}</strong>" Vos réponses n'ont pas bougé : choisissez."</p> }
    });
    let cards = cards.into_iter().map(|card| view! { <SourceCard card=card.clone() form=stepping.form answers=stepping.answers.clone() /> });
    let cards = cards.collect_view();
    let wait = waits.then_some("");
    view! {
        <section id="sources" class="wrap source-block" aria-label="Ce que disent les sources" data-attend=wait>
            {gone} {notices} {fill} {title} {cards} {others}
        </section>
    }
}

/// Values of other sources for the questions of this step that are no answer.
fn others(stepping: &Stepping) -> impl IntoView + use<> {
    let Stepping { form, answers, beside, .. } = stepping;
    let offered =
        |at: &At| beside.cards.iter().flat_map(|card| &card.offers).any(|offer| offer.at == *at);
    let here = beside.candidates.iter();
    let here = here.filter(|(at, _)| stepping.is_here(at) && !offered(at));
    let lines: Vec<_> = here
        .filter(|(at, _)| form.puts(answers, at) && answers.at(at).is_some())
        .filter_map(|(at, all)| {
            let kind = &form.place(&at.field)?.field.kind;
            let raw = answers.raw(&at.field, &at.row);
            let other = all.iter().filter(|one| !kind.same(raw, &one.from.value));
            let said: Vec<String> = other.map(|one| said(form, one)).collect();
            (!said.is_empty()).then(|| (at.clone(), said.join(" · ")))
        })
        .collect();
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|(at, said)| {
            let name = question(form, answers, &at);
            view! {
                <li><span>{text::french(&format!("{name} : "))}</span>
                    <span class="prov" data-aussi=format!("champ-{at}")>{text::french(&said)}</span>
                </li>
            }
        });
        view! {
            <details class="why source-others">
                <summary>"Autres valeurs connues à cette étape"</summary>
                <ul>{lines.collect_view()}</ul>
            </details>
        }
    })
}

/// What a source says otherwise: take it, keep one's own, say why.
#[component]
fn SourceCard(card: Card, form: &'static Revision, answers: Answers) -> impl IntoView {
    let key = card.key().clone();
    let from = &card.offers[0].theirs;
    let read = from.value.clone();
    let day = form::Date::parse_iso(&from.as_of).map(crate::format::date);
    let day = day.map(|day| format!(", au {day},")).unwrap_or_default();
    let head = format!("{}{day} dit autre chose.", named(from.origin));
    let many = card.offers.len() > 1;
    let shown = |at: &At, raw: &str| match form.place(&at.field) {
        _ if raw.trim().is_empty() => "rien".to_owned(),
        Some(place) => place.field.kind.display_raw(raw),
        None => raw.to_owned(),
    };
    let lines = card.offers.iter().map(|offer| {
        let (mine, theirs) = (shown(&offer.at, &offer.mine), shown(&offer.at, &offer.theirs.value));
        let name = question(form, &answers, &offer.at);
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-l="Votre réponse">{mine}</td>
                <td data-l="La source">{theirs}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let reason = format!("_raison#{key}");
    let (take, keep) = if many {
        ("Prendre les nouvelles valeurs", "Garder les miennes")
    } else {
        ("Prendre la nouvelle valeur", "Garder la mienne")
    };
    let label = question(form, &answers, &key);
    view! {
        <article class="note note-gaude source-card" data-pour=format!("champ-{key}")>
            <p><strong>{text::french(&head)}</strong>" "
                <a class="source-link" href=format!("#champ-{key}")>"Voir la question"</a></p>
            <table class="tbl cards">
                <caption class="sr-only">{format!("Deux valeurs pour : {label}")}</caption>
                <thead><tr><th scope="col">"Question"</th><th scope="col">"Votre réponse"</th><th scope="col">"La source"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
            <details class="why">
                <summary>"Expliquer l'écart"</summary>
                <div class="field">
                    <label for=reason.clone()>"Pourquoi votre réponse est la bonne"<span class="optional">" (facultatif)"</span></label>
                    <input class="input" type="text" id=reason.clone() name=reason form=FORM maxlength="500" autocomplete="off" />
                    <p class="hint">"Gardé avec votre choix."</p>
                </div>
            </details>
            <p class="actions">
                <button type="submit" form=FORM class="btn btn-s" name="_source" value=format!("garder {key} {read}")>{keep}<span class="sr-only">{format!(" : {label}")}</span></button>
                <button type="submit" form=FORM class="btn btn-s" name="_source" value=format!("prendre {key} {read}")>{take}<span class="sr-only">{format!(" : {label}")}</span></button>
            </p>
        </article>
    }
}
