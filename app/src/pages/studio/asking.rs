//! Asking a question.

use std::sync::Arc;

use form::{Cond, Kind, Revision};
use leptos::prelude::*;
use service::studio::Opened;
use ui::{Icon, IconName};

pub use super::typed::{CONDITIONS, Typed, cond_of};
use super::{Head, Tab, words};
use crate::{routes, text};

/// An input with its label, its help and what is wrong with it.
fn line(
    typed: &Typed,
    (name, label, hint): (&'static str, &'static str, &'static str),
    value: &str,
    class: &'static str,
) -> AnyView {
    let error = typed.errors.get(name).cloned();
    let described = format!("aide-{name} faute-{name}");
    let invalid = error.is_some().then_some("true");
    let hint = (!hint.is_empty())
        .then(|| view! { <p class="hint" id=format!("aide-{name}")>{text::french(hint)}</p> });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {hint}
            <input class=class id=name name=name type="text" value=value.to_owned() aria-describedby=described aria-invalid=invalid />
            {wrong(name, error)}
        </div>
    }
    .into_any()
}

fn wrong(name: &'static str, error: Option<String>) -> Option<AnyView> {
    error.map(|error| {
        view! { <p class="error" id=format!("faute-{name}")><Icon name=IconName::Warning />{text::french(&error)}</p> }
            .into_any()
    })
}

/// Options of a condition: the questions asked once of this step and of the request, and those of the
/// sketch, with what may be answered.
fn options(
    form: &Revision,
    section: &str,
    sketch: &str,
    but: &str,
) -> Vec<(String, Vec<(String, String)>)> {
    let prefix = format!("{sketch}.");
    let mut groups = Vec::new();
    for place in form.places() {
        let field = place.field;
        let here = *place.section.id == *section
            || field.id.starts_with("demande.")
            || field.id.starts_with(&prefix);
        if !here || place.table.is_some() || field.id == but || field.visible == Cond::Never {
            continue;
        }
        let id = &field.id;
        let mut of: Vec<(String, String)> = match &field.kind {
            Kind::YesNo => ["oui", "non"]
                .map(|value| (format!("est|{id}|{value}"), format!("répond {value}")))
                .to_vec(),
            Kind::OneOf(choices) => choices
                .iter()
                .map(|one| (format!("est|{id}|{}", one.value), format!("répond « {} »", one.label)))
                .collect(),
            Kind::ManyOf(choices) => choices
                .iter()
                .map(|one| (format!("a|{id}|{}", one.value), format!("coche « {} »", one.label)))
                .collect(),
            _ => Vec::new(),
        };
        of.push((format!("rempli|{id}"), "est remplie".to_owned()));
        groups.push((field.label.to_string(), of));
    }
    groups
}

/// The page.
#[component]
pub fn QuestionPage(
    /// The sketch.
    opened: Arc<Opened>,
    /// What was typed.
    typed: Typed,
    /// Version of the small scripts.
    version: String,
) -> impl IntoView {
    let id = opened.sketch.id.to_string();
    let overlay = &opened.sketch.last.overlay;
    let is_new = typed.id.is_empty();
    let title = if is_new { "Ajouter une question" } else { "Modifier la question" };
    let section = words::section_holding(&opened.laid, &typed.card).unwrap_or_default().to_owned();
    let step = opened.laid.section(&section);
    let step_name = step.map(|step| step.title.to_string()).unwrap_or_default();
    let back = routes::sketch_step(&id, &section);
    let card = step.and_then(|step| step.groups.iter().find(|group| *group.id == *typed.card));
    let places = is_new.then(|| places(card.map(form::Group::fields).unwrap_or_default(), &typed));
    let known = words::KINDS.iter().any(|(code, _)| *code == typed.kind);
    let kinds = words::KINDS.iter().map(|(code, label)| {
        view! { <option value=*code selected={*code == typed.kind}>{*label}</option> }
    });
    let kinds: Vec<_> = kinds.collect();
    let kept = (!known && !is_new)
        .then(|| view! { <option value="garder" selected=true>"Comme dans le fichier"</option> });
    let required = required(&typed);
    let conditions = conditions(&opened, &typed, &section, &overlay.name);
    let carries = [
        ("never", "Redemandée"),
        ("confirm", "Reprise, à confirmer"),
        ("beside", "Redemandée, l'ancienne réponse à côté"),
    ];
    let carries = carries.map(|(value, label)| {
        view! { <option value=value selected={value == typed.carry}>{label}</option> }
    });
    let whole = typed
        .errors
        .get("")
        .map(|error| view! { <p class="error" role="alert">{text::french(error)}</p> });
    let summary = (!typed.errors.is_empty()).then(|| {
        let items: Vec<(String, String)> = typed
            .errors
            .iter()
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, says)| (format!("#{name}"), text::french(says)))
            .collect();
        (!items.is_empty()).then(|| view! { <ui::ErrorSummary items /> })
    });
    let choices_error = typed.errors.get("choix").cloned();
    let choices_invalid = choices_error.is_some();
    let action = routes::sketch_page(&id, "question");
    view! {
        <div class="wrap page narrow stack">
            <Head sketch=opened.sketch.clone() tab=Tab::Steps title=title under=(back.clone(), step_name) />
            {summary}
            <form method="post" action=action class="card pad stack" id="question" autocomplete="off">
                {whole}
                <input type="hidden" name="question" value=typed.id.clone() />
                <input type="hidden" name="carte" value=typed.card.clone() />
                {line(&typed, ("libelle", "Question", "Comme les structures la liront, courte et sans jargon."), &typed.label, "input")}
                {line(&typed, ("aide", "Aide, sous la question", "Facultative."), &typed.hint, "input")}
                {places}
                <div class="field">
                    <label for="nature">"Réponse attendue"</label>
                    <select class="input" id="nature" name="nature">{kept}{kinds}</select>
                    {wrong("nature", typed.errors.get("nature").cloned())}
                </div>
                <div class="field" data-pour="one_of many_of">
                    <label for="choix">"Choix proposés"</label>
                    <p class="hint" id="aide-choix">{text::french("Pour une liste : un choix par ligne, deux au moins. Après enregistrement, chacun porte un code (« Soin = soin ») qui le suit si vous le reformulez.")}</p>
                    <ui::TextArea id="choix" name="choix" initial=typed.choices.clone() rows=5 described_by="aide-choix faute-choix" invalid=Signal::stored(choices_invalid) />
                    {wrong("choix", choices_error)}
                </div>
                <div class="two" data-pour="text long_text integer decimal">
                    {line(&typed, ("min", "Au moins", "Valeur d'un nombre, ou caractères d'un texte long."), &typed.min, "input input-num")}
                    {line(&typed, ("max", "Au plus", "Valeur d'un nombre, ou caractères d'un texte."), &typed.max, "input input-num")}
                </div>
                <fieldset class="field">
                    <legend class="label">"Pour déposer, la réponse est"</legend>
                    <div class="choices">{required}</div>
                </fieldset>
                {conditions}
                <details class="stack" open={!typed.why.is_empty() || !typed.unit.is_empty()}>
                    <summary>"Plus de détails"</summary>
                    {line(&typed, ("pourquoi", "Pourquoi cette question ?", "La structure peut le lire : le texte ou le besoin derrière."), &typed.why, "input")}
                    {line(&typed, ("unite", "Unité", "Écrite après la réponse : « personnes », « km »."), &typed.unit, "input input-mid")}
                    <div class="field">
                        <label for="reprise">"L'an prochain"</label>
                        <select class="input" id="reprise" name="reprise">{carries.to_vec()}</select>
                    </div>
                </details>
                <p class="actions">
                    <button class="btn btn-main" type="submit">{if is_new { "Ajouter la question" } else { "Enregistrer" }}</button>
                    <a class="btn btn-quiet" href=back>"Abandonner"</a>
                </p>
            </form>
            <script type="module" src=format!("/studio.js?v={version}")></script>
        </div>
    }
}

/// Where the question goes in its card.
fn places(fields: &[std::borrow::Cow<'static, form::FieldDef>], typed: &Typed) -> AnyView {
    let first = typed.after.is_empty();
    let places = fields.iter().map(|field| {
        let chosen = *field.id == *typed.after;
        let says = text::french(&format!("Après « {} »", field.label));
        view! { <option value=field.id.to_string() selected=chosen>{says}</option> }
    });
    let places: Vec<_> = places.collect();
    view! {
        <div class="field">
            <label for="apres">"Place dans la carte"</label>
            <select class="input" id="apres" name="apres">
                <option value="" selected=first>"En premier"</option>
                {places}
            </select>
        </div>
    }
    .into_any()
}

/// Whether an answer is expected.
fn required(typed: &Typed) -> Vec<AnyView> {
    let required = [("oui", "Obligatoire"), ("non", "Facultative")];
    let kept_required = (typed.required == "garder")
        .then_some(("garder", "Obligatoire sous condition, comme dans le fichier"));
    let required = required.into_iter().chain(kept_required).map(|(value, label)| {
        let chosen = value == typed.required || (value == "oui" && typed.required.is_empty());
        view! { <label class="choice"><input type="radio" name="obligatoire" value=value checked=chosen /><span>{label}</span></label> }
    });
    required.map(IntoAny::into_any).collect()
}

fn conditions(opened: &Opened, typed: &Typed, section: &str, name: &str) -> AnyView {
    let form = &opened.laid;
    let groups = options(form, section, name, &typed.id);
    let joins = [
        ("toujours", "Toujours"),
        ("toutes", "Si tout ceci est vrai"),
        ("une", "Si l'un de ceci est vrai"),
    ];
    let kept = form.place(&typed.id).filter(|_| typed.join == "garder").map(|place| {
        let says = format!("Comme dans le fichier : si {}", words::cond(form, &place.field.visible));
        let says = text::french(&says);
        view! { <label class="choice"><input type="radio" name="posee" value="garder" checked=true /><span>{says}</span></label> }
    });
    let joins = joins.map(|(value, label)| {
        let chosen = value == typed.join || (value == "toujours" && typed.join.is_empty());
        view! { <label class="choice"><input type="radio" name="posee" value=value checked=chosen /><span>{label}</span></label> }
    });
    let lines = typed.conditions.iter().enumerate().map(|(rank, (sense, value))| {
        let n = rank + 1;
        let known = groups.iter().any(|(_, of)| of.iter().any(|(one, _)| one == value));
        let other = cond_of(value).filter(|_| !known).map(|cond| {
            view! { <option value=value.clone() selected=true>{text::french(&words::cond(form, &cond))}</option> }
        });
        let groups: Vec<_> = groups
            .iter()
            .map(|(label, of)| {
                let of: Vec<_> = of
                    .iter()
                    .map(|(one, says)| {
                        view! { <option value=one.clone() selected={one == value}>{text::french(&format!("{label} : {says}"))}</option> }
                    })
                    .collect();
                view! { <optgroup label=label.clone()>{of}</optgroup> }
            })
            .collect();
        view! {
            <div class="studio-condition">
                <label class="sr-only" for=format!("sens{n}")>{format!("Sens de la condition {n}")}</label>
                <select class="input input-short" id=format!("sens{n}") name=format!("sens{n}")>
                    <option value="si">"Si"</option>
                    <option value="sauf" selected={sense == "sauf"}>"Sauf si"</option>
                </select>
                <label class="sr-only" for=format!("cond{n}")>{format!("Condition {n}")}</label>
                <select class="input" id=format!("cond{n}") name=format!("cond{n}")>
                    <option value="">"Choisir"</option>
                    {other}
                    {groups}
                </select>
            </div>
        }
    });
    let lines: Vec<_> = lines.collect();
    view! {
        <fieldset class="field" id="condition">
            <legend class="label">"Quand la poser"</legend>
            <p class="hint">{text::french("Une condition lit les autres questions de l'étape, celles de la demande et celles que vous ajoutez.")}</p>
            <div class="choices">{kept}{joins.to_vec()}</div>
            {lines}
            {wrong("condition", typed.errors.get("condition").cloned())}
        </fieldset>
    }
    .into_any()
}
