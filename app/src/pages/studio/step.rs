//! A step in the studio: its cards and questions, each with what may be done to it.

use std::sync::Arc;

use form::{Body, Cond, FieldDef, Group, Section};
use leptos::prelude::*;
use service::studio::Opened;
use ui::{Icon, IconName, Tag};

use super::{Head, Tab, faults_at, words};
use crate::{routes, text};

/// The page.
#[component]
pub fn StepPage(
    /// The sketch.
    opened: Arc<Opened>,
    /// The step.
    section: Section,
    /// What stands against what was just pressed, and where.
    #[prop(optional_no_strip)]
    refused: Option<(String, String)>,
) -> impl IntoView {
    let id = opened.sketch.id.to_string();
    let variant = opened.sketch.is_variant();
    let own = opened.sketch.last.overlay.adds(&section.id);
    let cards = section.groups.iter().enumerate().map(|(rank, group)| {
        let at = (rank, section.groups.len());
        card(&opened, &section, group, at, refused.as_ref())
    });
    let cards: Vec<_> = cards.collect();
    let empty = cards.is_empty().then(|| {
        view! { <p class="soft">{text::french("Cette étape est vide : ajoutez une carte, puis des questions.")}</p> }
    });
    let reword = (variant || own).then(|| {
        view! { <a class="btn btn-s" href=routes::sketch_words(&id, &section.id)><Icon name=IconName::Pencil />"Reformuler l'étape"</a> }
    });
    let remove =
        own.then(|| gesture(&id, "retirer", &section.id, "Retirer l'étape", "", IconName::Trash));
    let here = refused.filter(|(at, _)| *at == *section.id);
    let error =
        here.map(|(_, says)| view! { <p class="error" role="alert">{text::french(&says)}</p> });
    let intro = text::french(&section.intro);
    let hint = (!intro.is_empty()).then(|| view! { <p class="soft">{intro}</p> });
    let when = (section.visible != Cond::Always).then(|| {
        let when = format!("Présente si {}.", words::cond(&opened.laid, &section.visible));
        view! { <p class="soft">{text::french(&when)}</p> }
    });
    let preview = routes::preview(&id, &section.id, "vide-annual-telephone");
    let add_card = format!("{}?etape={}", routes::sketch_page(&id, "carte"), section.id);
    view! {
        <div class="wrap page stack">
            <Head sketch=opened.sketch.clone() tab=Tab::Steps title=section.title.to_string() />
            {error}
            {faults_at(&opened, &section.id)}
            {hint}
            {when}
            <div class="actions">
                <a class="btn btn-s" href=preview><Icon name=IconName::Eye />"Aperçu de l'étape"</a>
                {reword}
                {remove}
            </div>
            {empty}
            {cards}
            <p><a class="btn" href=add_card><Icon name=IconName::Plus />"Ajouter une carte"</a></p>
        </div>
    }
}

/// A button that posts a small change.
fn gesture(
    id: &str,
    what: &'static str,
    on: &str,
    label: &'static str,
    of: &str,
    icon: IconName,
) -> AnyView {
    let of = (!of.is_empty()).then(|| view! { <span class="sr-only">{format!(" : {of}")}</span> });
    view! {
        <form method="post" action=routes::sketch_gesture(id)>
            <input type="hidden" name="geste" value=what />
            <input type="hidden" name="sur" value=on.to_owned() />
            <button class="btn btn-s" type="submit" id=format!("{what}-{on}")><Icon name=icon />{label}{of}</button>
        </form>
    }
    .into_any()
}

/// Up and down.
fn orders(id: &str, on: &str, (rank, of): (usize, usize), name: &str) -> AnyView {
    let up = (rank > 0).then(|| gesture(id, "monter", on, "Monter", name, IconName::ArrowUp));
    let down = (rank + 1 < of)
        .then(|| gesture(id, "descendre", on, "Descendre", name, IconName::ArrowDown));
    view! { {up}{down} }.into_any()
}

fn card(
    opened: &Opened,
    section: &Section,
    group: &Group,
    at: (usize, usize),
    refused: Option<&(String, String)>,
) -> AnyView {
    let id = opened.sketch.id.to_string();
    let variant = opened.sketch.is_variant();
    let own = opened.sketch.last.overlay.adds(&group.id);
    let in_table = matches!(group.body, Body::Table(_));
    let fields = group.fields();
    let questions = fields.iter().enumerate().map(|(rank, field)| {
        let error = refused.filter(|(at, _)| *at == *field.id).map(|(_, says)| says.clone());
        question(opened, field, (rank, fields.len()), error)
    });
    let questions: Vec<_> = questions.collect();
    let tools = (variant || own).then(|| {
        let name = text::french(&group.title);
        let words = routes::sketch_words(&id, &group.id);
        let remove = own
            .then(|| gesture(&id, "retirer", &group.id, "Retirer la carte", &name, IconName::Trash));
        view! {
            <div class="actions">
                {orders(&id, &group.id, at, &name)}
                <a class="btn btn-s" href=words><Icon name=IconName::Pencil />"Reformuler la carte"<span class="sr-only">{format!(" : {name}")}</span></a>
                {remove}
            </div>
        }
    });
    let table = in_table
        .then(|| view! { <p class="soft">"Un tableau : chaque question est une colonne."</p> });
    // The columns of a national table are answered row by row, and its totals computed: it keeps them.
    let add = (!in_table || own).then(|| {
        view! { <p><a class="btn btn-s" href=routes::ask(&id, &group.id)><Icon name=IconName::Plus />"Ajouter une question"<span class="sr-only">{format!(" dans {}", group.title)}</span></a></p> }
    });
    let error = refused
        .filter(|(at, _)| *at == *group.id)
        .map(|(_, says)| view! { <p class="error" role="alert">{text::french(says)}</p> });
    let added =
        own.then(|| view! { <Tag tone="t-sauge" icon=IconName::Plus text="Carte ajoutée" /> });
    let _ = section;
    view! {
        <section class="card pad stack studio-card" id=group.id.to_string() aria-labelledby=format!("carte-{}", group.id)>
            <div class="studio-head">
                <h2 class="h3" id=format!("carte-{}", group.id)>{text::french(&group.title)}</h2>
                {added}
                {tools}
            </div>
            {error}
            {faults_at(opened, &group.id)}
            <p class="soft">{text::french(&group.intro)}</p>
            {table}
            <ol class="studio-questions">{questions}</ol>
            {add}
        </section>
    }
    .into_any()
}

fn question(
    opened: &Opened,
    field: &FieldDef,
    at: (usize, usize),
    error: Option<String>,
) -> AnyView {
    let id = opened.sketch.id.to_string();
    let variant = opened.sketch.is_variant();
    let own = opened.sketch.last.overlay.adds(&field.id);
    let was = opened.national.place(&field.id).map(|place| place.field);
    let name = text::french(&field.label);
    let hidden = field.visible == Cond::Never;
    let mut tags = Vec::new();
    if own {
        tags.push(view! { <Tag tone="t-sauge" icon=IconName::Plus text="Ajoutée" /> }.into_any());
    }
    if hidden {
        tags.push(view! { <Tag tone="t-terre" icon=IconName::Lock text="Masquée" /> }.into_any());
    }
    if was.is_some_and(|was| (&was.label, &was.hint) != (&field.label, &field.hint)) {
        tags.push(
            view! { <Tag tone="t-gaude" icon=IconName::Pencil text="Dite autrement" /> }.into_any(),
        );
    }
    let relaxed = was.is_some_and(|was| was.required != field.required);
    if relaxed {
        tags.push(
            view! { <Tag tone="t-gaude" icon=IconName::Check text="Rendue facultative" /> }
                .into_any(),
        );
    }
    let mut tools: Vec<AnyView> = Vec::new();
    if own || variant {
        tools.push(orders(&id, &field.id, at, &name));
    }
    let link = |href: String, label: &'static str| {
        let of = format!(" : {name}");
        view! { <a class="btn btn-s" href=href><Icon name=IconName::Pencil />{label}<span class="sr-only">{of}</span></a> }.into_any()
    };
    if own {
        tools.push(link(routes::asked_question(&id, &field.id), "Modifier"));
        tools.push(gesture(&id, "retirer", &field.id, "Retirer", &name, IconName::Trash));
    } else if variant && !field.fixed {
        tools.push(link(routes::sketch_words(&id, &field.id), "Reformuler"));
        let may_hide = field.required == Cond::Never;
        if hidden {
            tools.push(gesture(
                &id,
                "montrer",
                &field.id,
                "Poser de nouveau",
                &name,
                IconName::Eye,
            ));
        } else if may_hide {
            tools.push(gesture(&id, "masquer", &field.id, "Masquer", &name, IconName::Lock));
        }
        if relaxed && !hidden {
            tools.push(gesture(
                &id,
                "exiger",
                &field.id,
                "Rendre obligatoire",
                &name,
                IconName::Undo,
            ));
        } else if !may_hide {
            tools.push(gesture(
                &id,
                "assouplir",
                &field.id,
                "Rendre facultative",
                &name,
                IconName::Check,
            ));
        }
    }
    let error = error.map(|says| view! { <p class="error" role="alert">{text::french(&says)}</p> });
    let hint =
        (!field.hint.is_empty()).then(|| view! { <p class="hint">{text::french(&field.hint)}</p> });
    let fixed = field
        .fixed
        .then(|| view! { <p class="soft">"Remplie par le système : elle ne se change pas."</p> });
    view! {
        <li class="studio-question" id=field.id.to_string()>
            <p class="label">{name.clone()}</p>
            {hint}
            <p class="soft">{text::french(&words::kind(&field.kind))}". "{words::put(&opened.laid, field)}</p>
            {fixed}
            {(!tags.is_empty()).then(|| view! { <p class="tags">{tags}</p> })}
            {error}
            {faults_at(opened, &field.id)}
            {(!tools.is_empty()).then(|| view! { <div class="actions">{tools}</div> })}
        </li>
    }
    .into_any()
}
