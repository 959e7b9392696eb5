//! A sketch: its steps, its title, its file.

use std::sync::Arc;

use form::overlay::{MOST_QUESTIONS, review};
use leptos::prelude::*;
use service::studio::{LONGEST_TITLE, Opened};
use ui::{Icon, IconName};

use super::{Faults, Head, Tab};
use crate::{routes, text};

/// The page.
#[component]
pub fn BoardPage(
    /// The sketch.
    opened: Arc<Opened>,
    /// What stands against what was just posted.
    #[prop(optional_no_strip)]
    refused: Option<String>,
) -> impl IntoView {
    let sketch = opened.sketch.clone();
    let id = sketch.id.to_string();
    let differences = review(opened.national, &opened.laid);
    let steps = opened.laid.sections.iter().map(|section| {
        let count = differences.iter().filter(|one| one.section().id == section.id).count();
        let says = match count {
            0 => String::new(),
            _ => text::count(u32::try_from(count).unwrap_or(u32::MAX), "différence", "différences"),
        };
        let own = sketch.last.overlay.adds(&section.id).then_some(" (étape ajoutée)");
        view! {
            <tr>
                <th scope="row"><a href=routes::sketch_step(&id, &section.id)>{text::french(&section.title)}</a>{own}</th>
                <td data-l="Différences">{says}</td>
            </tr>
        }
    });
    let steps: Vec<_> = steps.collect();
    let left = (!sketch.is_variant()).then(|| {
        let added = opened.laid.places().filter(|place| sketch.last.overlay.adds(&place.field.id));
        let left = MOST_QUESTIONS.saturating_sub(added.count());
        let says = match left {
            0 => {
                "Les huit questions sont là : retirez-en une pour en ajouter une autre.".to_owned()
            }
            1 => "Il reste une question à ajouter, sur huit.".to_owned(),
            left => format!("Il reste {left} questions à ajouter, sur {MOST_QUESTIONS}."),
        };
        view! { <p class="soft">{text::french(&says)}</p> }
    });
    let error = refused
        .map(|error| view! { <p class="error" role="alert" id="refus">{text::french(&error)}</p> });
    let away = sketch.aside_at.is_some();
    let put_away = if away { ("reprendre", "Reprendre") } else { ("ranger", "Ranger") };
    let undo = (sketch.last.number > 1).then(|| {
        let before = (sketch.last.number - 1).to_string();
        view! {
            <form method="post" action=routes::sketch_page(&id, "versions")>
                <input type="hidden" name="version" value=before />
                <button class="btn" type="submit"><Icon name=IconName::Undo />"Annuler la dernière modification"</button>
            </form>
        }
    });
    view! {
        <div class="wrap page stack">
            <Head sketch=sketch.clone() tab=Tab::Steps />
            {error}
            <Faults opened=Arc::clone(&opened) />
            <div class="home-columns">
                <section class="stack" aria-labelledby="etapes">
                    <h2 id="etapes">"Étapes"</h2>
                    {left}
                    <div class="card pad scroll-x" tabindex="0" role="region" aria-label="Étapes du formulaire">
                        <table class="tbl cards">
                            <caption class="sr-only">"Étapes, et ce qu'elles ont de différent du formulaire national"</caption>
                            <thead><tr><th scope="col">"Étape"</th><th scope="col">"Différences"</th></tr></thead>
                            <tbody>{steps}</tbody>
                        </table>
                    </div>
                    <div class="actions">
                        <a class="btn" href=routes::sketch_page(&id, "etape")><Icon name=IconName::Plus />"Ajouter une étape"</a>
                        {undo}
                    </div>
                </section>
                <div class="stack">
                    <section class="card pad stack" aria-labelledby="titre-de">
                        <h2 class="h3" id="titre-de">"Titre"</h2>
                        <form method="post" action=routes::sketch(&id) class="stack" autocomplete="off">
                            <div class="field">
                                <label for="titre">"Ce que les gens lisent"</label>
                                <input class="input" id="titre" name="titre" type="text" required=true maxlength=LONGEST_TITLE.to_string() value=sketch.last.overlay.title.clone() />
                            </div>
                            <p><button class="btn" type="submit">"Renommer"</button></p>
                        </form>
                    </section>
                    <section class="card pad stack" aria-labelledby="fichier-de">
                        <h2 class="h3" id="fichier-de">"Fichier"</h2>
                        <p><a class="btn" href=routes::sketch_page(&id, "export.json") download=true><Icon name=IconName::Download />"Exporter en JSON"</a></p>
                        <form method="post" action=routes::sketch_page(&id, "import") enctype="multipart/form-data" class="stack">
                            <div class="field">
                                <label for="fichier">"Remplacer par un fichier JSON"</label>
                                <p class="hint" id="aide-fichier">"Ce qui est là reste dans les versions."</p>
                                <input class="input" id="fichier" name="fichier" type="file" required=true accept="application/json,.json" aria-describedby="aide-fichier" />
                            </div>
                            <p><button class="btn" type="submit">"Importer"</button></p>
                        </form>
                    </section>
                    <form method="post" action=routes::sketch_gesture(&id)>
                        <input type="hidden" name="geste" value=put_away.0 />
                        <button class="btn btn-quiet" type="submit">{put_away.1}</button>
                    </form>
                </div>
            </div>
        </div>
    }
}
