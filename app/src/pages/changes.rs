//! What a dossier says otherwise than the deposit before.

use form::{Answers, At, Change, FieldDef, Place, Revision};
use leptos::prelude::*;

use crate::draft::name_of;

/// A text of a change as a reader may see it: an agent sees of a sensitive answer only that it changed.
pub fn shown(def: &FieldDef, text: &str, masked: bool) -> String {
    match text {
        "" => "—".to_owned(),
        _ if masked && def.sensitive => "••••".to_owned(),
        text => def.kind.display(text),
    }
}

/// Where an agent reads an answer: a row is read whole.
fn read_at(place: &Place, at: &At) -> At {
    place.table.map_or_else(|| at.clone(), |table| At::in_row(&table.id, &at.row))
}

/// The answers that changed, before and now.
#[component]
pub fn Changes(
    /// The form.
    form: &'static Revision,
    /// What is said now.
    answers: Answers,
    /// What changed.
    changes: Vec<Change>,
    /// Whether an agent reads: each change then leads to where it stands.
    #[prop(optional)]
    agent: bool,
) -> impl IntoView {
    let rows = changes
        .into_iter()
        .filter_map(|change| {
            let place = form.place(&change.at.field)?;
            let name = name_of(form, &answers, &change.at);
            let name = if agent {
                let href = format!("#rep-{}", read_at(&place, &change.at));
                view! { <a href=href>{name}</a> }.into_any()
            } else {
                name.into_any()
            };
            Some(view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td data-l="Avant"><del>{shown(place.field, &change.before, agent)}</del></td>
                    <td data-l="Maintenant"><ins>{shown(place.field, &change.after, agent)}</ins></td>
                </tr>
            })
        })
        .collect_view();
    let since = if agent { "le dépôt précédent" } else { "le dernier dépôt" };
    view! {
        <section class="card pad">
            <h2>{format!("Ce qui a changé depuis {since}")}</h2>
            <table class="tbl cards">
                <thead><tr><th scope="col">"Question"</th><th scope="col">"Avant"</th><th scope="col">"Maintenant"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use dossier::form::CONVENTIONNEMENT;

    use super::*;

    #[test]
    fn an_agent_sees_of_a_sensitive_answer_only_that_it_changed() {
        let places: Vec<_> = CONVENTIONNEMENT.places().collect();
        let sensitive = places.iter().find(|place| place.field.sensitive).unwrap().field;
        assert_eq!(shown(sensitive, "FR7630006000011234567890189", true), "••••");
        assert!(shown(sensitive, "FR7630006000011234567890189", false).contains("FR76"));
        assert_eq!(shown(sensitive, "", true), "—");
        let open = places.iter().find(|place| !place.field.sensitive).unwrap().field;
        assert_eq!(shown(open, "x", true), shown(open, "x", false));
    }

    #[test]
    fn a_cell_is_read_in_its_row() {
        let at = At::in_row("activites.activities.label", "A");
        let place = CONVENTIONNEMENT.place(&at.field).unwrap();
        assert_eq!(read_at(&place, &at), At::in_row("activites.activities", "A"));
        let once = At::once("identification.phone");
        let place = CONVENTIONNEMENT.place(&once.field).unwrap();
        assert_eq!(read_at(&place, &once), once);
    }
}
