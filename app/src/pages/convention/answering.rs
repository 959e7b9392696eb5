//! The structure's answer to the letter that opens a termination.

use dossier::convention::{DeedKind, LONGEST};
use leptos::prelude::*;
use ui::TextArea;

use super::Typed;
use crate::{routes, text};

/// The form, or who answers.
#[component]
pub fn Answering(
    /// A dossier of the convention.
    id: String,
    /// Whether this person answers.
    may: bool,
    /// What was typed and is not kept.
    typed: Option<Typed>,
    /// How many deeds the page shows.
    seen: u32,
) -> impl IntoView {
    if !may {
        return view! { <p class="note">{text::french("La personne responsable de la structure répond ici, dans Trame. Montrez-lui cette page.")}</p> }.into_any();
    }
    let error = typed.as_ref().map(|typed| {
        view! { <p class="error" id="reponse-erreur" role="alert">{text::french(&typed.why)}</p> }
    });
    let described = if typed.is_some() { "reponse-aide reponse-erreur" } else { "reponse-aide" };
    let wrong = typed.is_some();
    let words = typed.map(|typed| typed.words).unwrap_or_default();
    let most = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    view! {
        <section class="card pad stack no-print" id="repondre" aria-labelledby="repondre-titre">
            <h2 id="repondre-titre" class="h3">"Répondre"</h2>
            <p class="hint" id="reponse-aide">{text::french("Dites ce qui s'est passé, ce que vous avez fait, ce que vous proposez. Votre texte arrive tel quel à la DDETS, qui le lit avant toute décision. Vous pourrez le compléter par un autre.")}</p>
            <form method="post" action=routes::convention(&id) class="stack" autocomplete="off">
                <input type="hidden" name="acte" value=DeedKind::Answer.code() />
                <input type="hidden" name="vu" value=seen.to_string() />
                {error}
                <div class="field">
                    <label for="texte-answer">"Votre réponse"</label>
                    <TextArea id="texte-answer" name="texte" initial=words rows=8 maxlength=most described_by=described invalid=wrong />
                </div>
                <p><button class="btn btn-main" type="submit">{DeedKind::Answer.label()}</button></p>
            </form>
        </section>
    }
    .into_any()
}
