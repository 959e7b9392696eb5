//! Where an agent writes a note: what it is, for whom, on which passage, with which value.

use dossier::note::{Audience, LONGEST, NoteKind, is_text, suggested};
use form::{Answers, At, Kind, Revision};
use leptos::prelude::*;
use ui::TextArea;

use super::unposted::Filled;
use crate::{routes, text, wizard::line_of};

/// A note as it is typed: what was not kept is gone on from.
#[derive(Clone, Debug)]
pub struct Typed {
    /// What it wants.
    pub kind: NoteKind,
    /// For whom.
    pub audience: Audience,
    /// What it says.
    pub text: String,
    /// Whether it stands in the way of the decision.
    pub blocking: bool,
    /// The value that it suggests.
    pub value: String,
    /// The passage that it is on.
    pub passage: String,
    /// Which one, from 0, when there are several.
    pub rank: Option<usize>,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            kind: NoteKind::Question,
            audience: Audience::Service,
            text: String::new(),
            blocking: false,
            value: String::new(),
            passage: String::new(),
            rank: None,
        }
    }
}

impl Typed {
    /// What was kept of it, quoting the passage that was just selected, if one was.
    pub fn of(filled: &Filled, selected: &Self) -> Self {
        let text = |name: &str| filled.get(name).unwrap_or_default();
        let (passage, rank) = match selected.passage.as_str() {
            "" => (text("passage"), text("rang").parse().ok()),
            words => (words.to_owned(), selected.rank),
        };
        Self {
            kind: NoteKind::from_code(&text("nature")).unwrap_or(selected.kind),
            audience: Audience::from_code(&text("pour")).unwrap_or(selected.audience),
            text: text("texte"),
            blocking: text("bloquante") == "oui",
            value: text("valeur"),
            passage,
            rank,
        }
    }
}

/// Where it is being written, and what is typed so far.
#[derive(Clone, Debug)]
pub struct Composing {
    /// The place.
    pub at: At,
    /// The note.
    pub typed: Typed,
}

/// Name of the field of a suggested value.
const VALUE: &str = "valeur";

/// The form of a note.
pub fn composer(
    (id, lens, kept): (&str, &str, &Filled),
    (form, answers): (&Revision, &Answers),
    Composing { at, typed }: &Composing,
    name: &str,
) -> AnyView {
    let is_new = typed.text.is_empty() && typed.value.is_empty();
    let resumed = (is_new && kept.is_there).then(|| Typed::of(kept, typed));
    let typed = resumed.as_ref().unwrap_or(typed);
    // Anything but what the answer says already would do to ask.
    let probe = suggested((form, answers), at, Audience::Structure, "");
    let takes_value = !matches!(probe, Err(dossier::note::SuggestRefused::NotAQuestion));
    let kinds = NoteKind::ALL
        .into_iter()
        .filter(|kind| takes_value || *kind != NoteKind::Suggestion)
        .map(|kind| {
            view! {
                <label class="choice">
                    <input type="radio" name="nature" value=kind.code() checked=kind == typed.kind />
                    <span>{kind.label()}</span>
                </label>
            }
        })
        .collect_view();
    let audiences = Audience::ALL.map(|audience| {
        let class = format!("choice a-{}", audience.code());
        let checked = audience == typed.audience;
        view! {
            <label class=class>
                <input type="radio" name="pour" value=audience.code() checked=checked />
                <span><b>{audience.label()}</b><small>{audience.hint()}</small></span>
            </label>
        }
    });
    let value = takes_value.then(|| value_field((form, answers), at, &typed.value)).flatten();
    let passage = is_text(form, at).then(|| passage_field(&typed.passage, typed.rank));
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    // What came back with what was typed stays as it is when the page is brought up to date.
    let typed_before = !typed.text.is_empty() || !typed.value.is_empty();
    let fixed = typed_before.then_some("");
    let back = format!("{}?regard={lens}#rep-{at}", routes::instruction(id));
    view! {
        <form class="composer stack" id="annoter" method="post" action=routes::notes(id) autocomplete="off" data-brouillon=kept.place.clone() data-version=kept.version() data-fixe=fixed>
            <p class="h3">{text::french(&format!("Annoter : {name}"))}</p>
            <input type="hidden" name="reponse" value=at.to_string() />
            <input type="hidden" name="regard" value=lens.to_owned() />
            <fieldset class="field">
                <legend class="label">"Ce que c'est"</legend>
                <div class="choices choices-row">{kinds}</div>
            </fieldset>
            {value}
            {passage}
            <fieldset class="field">
                <legend class="label">"Qui le lira"</legend>
                <div class="choices audiences">{audiences.to_vec()}</div>
            </fieldset>
            <div class="field">
                <label for="texte">"Votre texte"</label>
                <TextArea id="texte" name="texte" initial=typed.text.clone() maxlength=most />
            </div>
            <label class="choice blocking">
                <input type="checkbox" name="bloquante" value="oui" checked=typed.blocking />
                <span><b>"Bloquante"</b><small>{text::french("Ni proposition ni décision tant qu'elle n'est pas réglée. Pour une question, une correction ou une valeur proposée, que d'autres que vous lisent.")}</small></span>
            </label>
            <p class="actions">
                <button class="btn btn-main" type="submit">"Écrire"</button>
                <a class="btn btn-quiet" href=back>"Fermer"</a>
            </p>
            {kept.foot()}
        </form>
    }
    .into_any()
}

/// The passage of a text: what was selected, or what one copies there.
fn passage_field(passage: &str, rank: Option<usize>) -> AnyView {
    let rank = rank.map(|rank| rank.to_string()).unwrap_or_default();
    view! {
        <div class="field">
            <label for="passage">"Passage cité"<span class="optional">" (facultatif)"</span></label>
            <p class="hint" id="aide-passage">{text::french("Sélectionnez des mots dans la réponse, ou copiez-les ici. Sans passage, l'annotation porte sur toute la réponse.")}</p>
            <TextArea id="passage" name="passage" initial=passage rows=2 described_by="aide-passage" />
            <input type="hidden" name="rang" value=rank />
        </div>
    }
    .into_any()
}

/// The suggested value, typed as the structure would.
fn value_field((form, answers): (&Revision, &Answers), at: &At, typed: &str) -> Option<AnyView> {
    let def = form.place(&at.field)?.field;
    let now = def.kind.display_raw(answers.raw(&at.field, &at.row));
    let now = if now.is_empty() {
        "La structure n'a rien répondu.".to_owned()
    } else {
        format!("La structure a répondu : {now}")
    };
    let unit =
        (!def.unit.is_empty()).then(|| view! { <span class="unit">{def.unit.to_string()}</span> });
    let hint = view! { <p class="hint" id="aide-valeur">{text::french(&now)}</p> };
    let chosen = |value: &str| typed.split(',').any(|part| part.trim() == value);
    let boxes = |kind: &'static str, choices: Vec<(String, String)>| {
        let choices = choices.into_iter().map(|(value, label)| {
            let checked = chosen(&value);
            view! {
                <label class="choice"><input type=kind name=VALUE value=value checked=checked /><span>{label}</span></label>
            }
        });
        view! {
            <fieldset class="field suggested">
                <legend class="label">"Valeur proposée"</legend>
                {hint.clone()}
                <div class="choices">{choices.collect_view()}</div>
            </fieldset>
        }
        .into_any()
    };
    let listed = || {
        let choices = def.kind.choices().iter();
        choices.map(|one| (one.value.to_string(), one.label.to_string())).collect::<Vec<_>>()
    };
    Some(match &def.kind {
        Kind::YesNo => {
            boxes("radio", vec![("oui".into(), "Oui".into()), ("non".into(), "Non".into())])
        }
        Kind::OneOf(_) => boxes("radio", listed()),
        Kind::ManyOf(_) => boxes("checkbox", listed()),
        Kind::LongText { .. } => view! {
            <div class="field suggested">
                <label for="valeur">"Texte proposé"</label>
                {hint}
                <TextArea id="valeur" name=VALUE initial=typed described_by="aide-valeur" />
            </div>
        }
        .into_any(),
        kind => {
            let (class, mode) = line_of(kind);
            view! {
                <div class="field suggested">
                    <label for="valeur">"Valeur proposée"</label>
                    {hint}
                    <div class="field-body">
                        <input class=class id="valeur" name=VALUE type="text" inputmode=mode value=typed.to_owned() aria-describedby="aide-valeur" />
                        {unit}
                    </div>
                </div>
            }
            .into_any()
        }
    })
}
