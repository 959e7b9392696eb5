//! Questions, as they are posted.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    pages::studio::{
        asking::{CONDITIONS, QuestionPage, Typed, cond_of},
        sentence,
        words::section_holding,
    },
    routes,
};
use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use form::{
    Carry, Choice, Cond, FieldDef, Kind,
    overlay::{Fault, Wrong, slug},
};
use leptos::prelude::*;
use serde::Deserialize;
use service::{
    Actor,
    studio::{
        Opened, StudioError,
        composing::{Gesture, make},
    },
};

use super::{answered, opened};
use crate::web::{
    Web,
    access::Signed,
    answer::{Refusal, page as dressed},
};

/// Which question, or where.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    question: String,
    #[serde(default)]
    carte: String,
}

/// Asking one, or changing one.
pub async fn question(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Query(Which { question, carte }): Query<Which>,
) -> Result<Response, Refusal> {
    let opened = opened(&web, &actor, &id).await?;
    let typed = if question.is_empty() {
        let mut groups = opened.laid.sections.iter().flat_map(|section| section.groups.iter());
        let group = groups.find(|group| *group.id == *carte).ok_or(Refusal::NotFound)?;
        let after = group.fields().last().map(|field| field.id.to_string()).unwrap_or_default();
        let (max, kind) = ("200".to_owned(), "yes_no".to_owned());
        Typed { card: carte, after, max, kind, ..Typed::default() }
    } else {
        let own = opened.sketch.last.overlay.question(&question).ok_or(Refusal::NotFound)?;
        let place = opened.laid.place(&question);
        Typed::of(own, place.map(|place| place.group.id.as_ref()).unwrap_or_default())
    };
    Ok(show(&web, actor, opened, typed))
}

fn show(web: &Web, actor: Actor, opened: Arc<Opened>, typed: Typed) -> Response {
    let is_refused = !typed.errors.is_empty();
    let version = web.assets.version.clone();
    let html = dressed(web, Some(actor), "Question", None, move || {
        view! { <QuestionPage opened typed version /> }
    });
    answered(html, is_refused)
}

/// Reads what was posted; other names are nobody's.
fn typed(posted: &BTreeMap<String, String>) -> Typed {
    let text = |name: &str| posted.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut conditions: [(String, String); CONDITIONS] = Default::default();
    for (rank, slot) in conditions.iter_mut().enumerate() {
        *slot = (text(&format!("sens{}", rank + 1)), text(&format!("cond{}", rank + 1)));
    }
    Typed {
        id: text("question"),
        card: text("carte"),
        after: text("apres"),
        label: text("libelle"),
        hint: text("aide"),
        why: text("pourquoi"),
        unit: text("unite"),
        kind: text("nature"),
        min: text("min"),
        max: text("max"),
        choices: text("choix").replace("\r\n", "\n"),
        required: text("obligatoire"),
        join: text("posee"),
        conditions,
        carry: text("reprise"),
        errors: BTreeMap::new(),
    }
}

/// Asks it.
pub async fn ask(
    State(web): State<Web>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Form(posted): Form<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let mut typed = typed(&posted);
    let opened = opened(&web, &actor, &id).await?;
    let was = opened.sketch.last.overlay.question(&typed.id).cloned();
    if was.is_none() && !typed.id.is_empty() {
        return Err(Refusal::NotFound);
    }
    let Some(question) = definition(&mut typed, was.as_ref()) else {
        return Ok(show(&web, actor, opened, typed));
    };
    let question = Box::new(question);
    let gesture = if was.is_some() {
        Gesture::Change(question)
    } else {
        let after = Some(typed.after.clone()).filter(|after| !after.is_empty());
        Gesture::Ask { group: typed.card.clone(), after, question }
    };
    match make(&web.services, &actor, &id.as_str().into(), &gesture).await {
        Ok(at) => {
            let at = if at.is_empty() { typed.id.clone() } else { at };
            let section = section_holding(&opened.laid, &typed.card).ok_or(Refusal::NotFound)?;
            let to = format!("{}#{at}", routes::sketch_step(&id, section));
            Ok(Redirect::to(&to).into_response())
        }
        Err(StudioError::Faults(faults)) => {
            for fault in &faults {
                let input = input_of(&typed, fault);
                typed.errors.entry(input).or_insert_with(|| sentence(fault));
            }
            Ok(show(&web, actor, opened, typed))
        }
        Err(error) => Err(error.into()),
    }
}

/// Where a fault of a question is mended.
fn input_of(typed: &Typed, fault: &Fault) -> &'static str {
    match &fault.wrong {
        Wrong::NoWords => "libelle",
        Wrong::TooLong { most } if typed.label.chars().count() > *most => "libelle",
        Wrong::TooLong { .. } => "aide",
        Wrong::BadChoices => "choix",
        Wrong::ReadsUnknown { .. } => "condition",
        _ => "",
    }
}

/// The question that was typed; what is wrong is noted beside its input.
fn definition(typed: &mut Typed, was: Option<&FieldDef>) -> Option<FieldDef> {
    let kind = match kind(typed, was) {
        Ok(kind) => Some(kind),
        Err((input, says)) => {
            typed.errors.insert(input, says.to_owned());
            None
        }
    };
    if typed.label.is_empty() {
        typed.errors.insert("libelle", "Écrivez la question.".to_owned());
    }
    let visible = match visible(typed, was) {
        Ok(cond) => Some(cond),
        Err(says) => {
            typed.errors.insert("condition", says.to_owned());
            None
        }
    };
    let (kind, visible) = (kind?, visible?);
    if !typed.errors.is_empty() {
        return None;
    }
    let mut question = if let Some(was) = was {
        was.clone()
    } else {
        let bare = serde_json::json!({ "id": "", "label": "", "kind": "yes_no" });
        serde_json::from_value(bare).ok()?
    };
    question.label = typed.label.clone().into();
    question.hint = typed.hint.clone().into();
    question.why = typed.why.clone().into();
    question.unit = typed.unit.clone().into();
    question.kind = kind;
    question.visible = visible;
    question.required = match (typed.required.as_str(), was) {
        ("non", _) => Cond::Never,
        ("garder", Some(was)) => was.required.clone(),
        _ => Cond::Always,
    };
    question.carry = match typed.carry.as_str() {
        "confirm" => Carry::Confirm,
        "beside" => Carry::Beside,
        _ => Carry::Never,
    };
    Some(question)
}

type Wanting = (&'static str, &'static str);

fn whole(text: &str, otherwise: i64, input: &'static str) -> Result<i64, Wanting> {
    if text.is_empty() {
        return Ok(otherwise);
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    bare.parse().map_err(|_| (input, "Écrivez un nombre entier, sans virgule."))
}

fn characters(text: &str, otherwise: i64, input: &'static str) -> Result<u32, Wanting> {
    let count = whole(text, otherwise, input)?;
    u32::try_from(count)
        .ok()
        .filter(|count| *count <= 20_000)
        .ok_or((input, "Écrivez un nombre de caractères, 20 000 au plus."))
}

fn kind(typed: &Typed, was: Option<&FieldDef>) -> Result<Kind, Wanting> {
    const ORDER: Wanting = ("max", "Le plus grand doit dépasser le plus petit.");
    let in_order = |fits: bool, kind: Kind| if fits { Ok(kind) } else { Err(ORDER) };
    Ok(match typed.kind.as_str() {
        "garder" => was.ok_or(("nature", "Choisissez la réponse attendue."))?.kind.clone(),
        "text" => {
            let max = characters(&typed.max, 200, "max")?;
            in_order(max > 0, Kind::Text { max })?
        }
        "long_text" => {
            let (min, max) =
                (characters(&typed.min, 0, "min")?, characters(&typed.max, 2_000, "max")?);
            in_order(max > min, Kind::LongText { min, max })?
        }
        "integer" => {
            let (min, max) = (whole(&typed.min, 0, "min")?, whole(&typed.max, 9_999, "max")?);
            in_order(max > min, Kind::Integer { min, max })?
        }
        "decimal" => {
            let max = whole(&typed.max, 999_999, "max")?;
            let fits = (1..=999_999_999).contains(&max);
            in_order(fits, Kind::Decimal { max: max.saturating_mul(100) })?
        }
        "money" => Kind::Money { negative: false },
        "balance" => Kind::Money { negative: true },
        "hours" => match was.map(|was| &was.kind) {
            Some(same @ Kind::Hours { .. }) => same.clone(),
            _ => Kind::Hours { min: 0, max: 48 * 60 },
        },
        "one_of" => Kind::OneOf(choices(&typed.choices)?.into()),
        "many_of" => Kind::ManyOf(choices(&typed.choices)?.into()),
        code => serde_json::from_value(serde_json::Value::String(code.to_owned()))
            .map_err(|_| ("nature", "Choisissez la réponse attendue."))?,
    })
}

/// Choices, one a line: "Libellé", or "Libellé = code".
fn choices(text: &str) -> Result<Vec<Choice>, Wanting> {
    let mut choices: Vec<Choice> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (label, code) = match line.rsplit_once(" = ") {
            Some((label, code)) => (label.trim(), code.trim().to_owned()),
            None => (line, slug(line, 30).replace('-', "_")),
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        if code.is_empty() || !code.chars().all(fits) {
            return Err((
                "choix",
                "Un code s'écrit en lettres sans accent, chiffres, points et tirets.",
            ));
        }
        let (value, label) = (code.into(), label.to_owned().into());
        choices.push(Choice { value, label });
    }
    if choices.len() < 2 {
        return Err(("choix", "Écrivez deux choix au moins, un par ligne."));
    }
    Ok(choices)
}

fn visible(typed: &Typed, was: Option<&FieldDef>) -> Result<Cond, &'static str> {
    let join = match (typed.join.as_str(), was) {
        ("garder", Some(was)) => return Ok(was.visible.clone()),
        ("toutes" | "une", _) => typed.join.as_str(),
        _ => return Ok(Cond::Always),
    };
    let mut conds = Vec::new();
    for (sense, option) in typed.conditions.iter().filter(|(_, option)| !option.is_empty()) {
        let cond = cond_of(option).ok_or("Choisissez chaque condition dans la liste.")?;
        conds.push(if sense == "sauf" { Cond::NoneOf(vec![cond].into()) } else { cond });
    }
    match (conds.len(), join) {
        (0, _) => Err("Choisissez au moins une condition, ou « Toujours »."),
        (1, _) => Ok(conds.remove(0)),
        (_, "une") => Ok(Cond::Any(conds.into())),
        _ => Ok(Cond::All(conds.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_keep_their_codes_when_they_are_reworded() {
        let of = |text| {
            choices(text).map(|all| {
                all.iter().map(|one| format!("{}:{}", one.label, one.value)).collect::<Vec<_>>()
            })
        };
        assert_eq!(of("Été\n\n Soin et aide = soin ").unwrap(), ["Été:ete", "Soin et aide:soin"]);
        assert_eq!(of("Seul").unwrap_err().0, "choix");
        assert_eq!(of("A = à\nB").unwrap_err().0, "choix");
        assert_eq!(of("???\nB").unwrap_err().0, "choix");
    }

    #[test]
    fn what_is_wrong_is_told_beside_its_input() {
        let wrong = |typed: Typed| {
            let mut typed = typed;
            assert!(definition(&mut typed, None).is_none());
            typed.errors.into_keys().collect::<Vec<_>>()
        };
        let good = Typed { label: "Combien ?".into(), kind: "integer".into(), ..Typed::default() };
        let made = definition(&mut good.clone(), None).unwrap();
        assert_eq!(
            (made.kind, made.required),
            (Kind::Integer { min: 0, max: 9_999 }, Cond::Always)
        );
        assert_eq!(wrong(Typed { label: String::new(), ..good.clone() }), ["libelle"]);
        assert_eq!(wrong(Typed { max: "douze".into(), ..good.clone() }), ["max"]);
        assert_eq!(wrong(Typed { min: "9".into(), max: "3".into(), ..good.clone() }), ["max"]);
        assert_eq!(wrong(Typed { kind: "xyz".into(), ..good.clone() }), ["nature"]);
        assert_eq!(wrong(Typed { kind: "one_of".into(), ..good.clone() }), ["choix"]);
        assert_eq!(wrong(Typed { join: "toutes".into(), ..good }), ["condition"]);
    }
}
