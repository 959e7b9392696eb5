//! A step as people will see it. The frame is rendered by what renders the real step; nothing that is
//! typed in it is saved.

use std::sync::Arc;

use leptos::prelude::*;
use service::studio::Opened;
use ui::{Icon, IconName};

use super::{Faults, Head, Tab};
use crate::{routes, text};

/// How a preview is filled, for which request, on what: `vide-annual-telephone`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Whether the fictitious structure has answered.
    pub filled: bool,
    /// "first", "renewal", "annual".
    pub request: &'static str,
    /// On a phone.
    pub phone: bool,
}

/// The requests, with their names.
pub const REQUESTS: [(&str, &str); 3] =
    [("annual", "Demande annuelle"), ("renewal", "Renouvellement"), ("first", "Première demande")];

impl Mode {
    /// Reads what [`std::fmt::Display`] writes; anything else is an empty annual request on a desk.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split('-');
        let filled = parts.next() == Some("remplie");
        let asked = parts.next().unwrap_or_default();
        let request =
            REQUESTS.iter().find(|(code, _)| *code == asked).map_or("annual", |(code, _)| code);
        Self { filled, request, phone: parts.next() == Some("telephone") }
    }
}

impl std::fmt::Display for Mode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let filled = if self.filled { "remplie" } else { "vide" };
        let on = if self.phone { "telephone" } else { "bureau" };
        write!(f, "{filled}-{}-{on}", self.request)
    }
}

/// The page.
#[component]
pub fn PreviewPage(
    /// The sketch.
    opened: Arc<Opened>,
    /// The step.
    section: String,
    /// How.
    mode: Mode,
    /// Whether the agent reads it.
    agent: bool,
) -> impl IntoView {
    let id = opened.sketch.id.to_string();
    let valid = opened.faults.is_empty();
    let steps = opened.laid.sections.iter().map(|step| {
        let chosen = step.id == section;
        view! { <option value=step.id.to_string() selected=chosen>{text::french(&step.title)}</option> }
    });
    let steps: Vec<_> = steps.collect();
    let select = |name: &'static str,
                  label: &'static str,
                  options: Vec<(&'static str, &'static str)>,
                  chosen: &'static str| {
        let options: Vec<_> = options
            .into_iter()
            .map(|(value, says)| view! { <option value=value selected={value == chosen}>{says}</option> })
            .collect();
        view! {
            <div class="field">
                <label for=name>{label}</label>
                <select class="input" id=name name=name>{options}</select>
            </div>
        }
    };
    let as_code = mode.to_string();
    let (src, title) = if agent {
        (routes::preview_agent(&id, &as_code), "Ce que lit l'agent")
    } else {
        (routes::preview_frame(&id, &section, &as_code), "Ce que voit la structure")
    };
    let (width, height) = if mode.phone { ("390", "780") } else { ("1240", "800") };
    let says = if agent {
        "L'agent lit le dossier d'une structure inventée, tel qu'il serait déposé."
    } else {
        "Vous pouvez écrire et enregistrer pour voir les questions apparaître : rien n'est gardé."
    };
    let frame = valid.then(|| {
        view! {
            <p class="soft">{text::french(says)}" "<a href=src.clone()>"Ouvrir seul"</a></p>
            <div class="studio-frame scroll-x" tabindex="0" role="region" aria-label="Aperçu">
                <iframe src=src title=title width=width height=height></iframe>
            </div>
        }
    });
    view! {
        <div class="wrap page stack">
            <Head sketch=opened.sketch.clone() tab=Tab::Preview title="Aperçu" />
            <Faults opened=Arc::clone(&opened) />
            <form method="get" action=routes::sketch_page(&id, "apercu") class="card pad studio-choices">
                <div class="field">
                    <label for="etape">"Étape"</label>
                    <select class="input" id="etape" name="etape">{steps}</select>
                </div>
                {select("cote", "Vue par", vec![("structure", "La structure"), ("agent", "L'agent")], if agent { "agent" } else { "structure" })}
                {select("remplie", "Dossier", vec![("vide", "Vide"), ("remplie", "Rempli, inventé")], if mode.filled { "remplie" } else { "vide" })}
                {select("demande", "Demande", REQUESTS.to_vec(), mode.request)}
                {select("sur", "Sur", vec![("telephone", "Un téléphone"), ("bureau", "Un ordinateur")], if mode.phone { "telephone" } else { "bureau" })}
                <p><button class="btn" type="submit"><Icon name=IconName::Eye />"Voir"</button></p>
            </form>
            {frame}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_written_and_read() {
        for text in ["vide-annual-telephone", "remplie-first-bureau", "vide-renewal-bureau"] {
            assert_eq!(Mode::parse(text).to_string(), text);
        }
        assert_eq!(Mode::parse("../x").to_string(), "vide-annual-bureau");
    }
}
