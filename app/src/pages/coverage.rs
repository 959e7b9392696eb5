//! What each source can fill, question by question, and what it did fill: on a page, and as a file for
//! spreadsheets.

use form::{FieldDef, Group, Origin, Revision};
use leptos::prelude::*;
use service::coverage::{Coverage, Tally};
use ui::{Icon, IconName};

use crate::{pages::csv, routes, text};

/// A source by its whole name.
pub const fn source(origin: Origin) -> &'static str {
    match origin {
        Origin::CompanyRegister => "Recherche d'entreprises",
        Origin::AddressBase => "Base adresse nationale",
        Origin::Geography => "Code géographique (Insee)",
        Origin::AspStructure => "ASP, structures",
        Origin::AspAnnex => "ASP, annexes financières",
        Origin::AspContracts => "ASP, contrats",
        Origin::AspMonthly => "ASP, états mensuels",
        Origin::AspPeople => "ASP, salariés",
        Origin::AspSupport => "ASP, accompagnement",
        Origin::AspSupervision => "ASP, encadrement",
        Origin::AspTraining => "ASP, formations",
        Origin::AspProcurement => "ASP, marchés publics",
        Origin::Emplois => "Les emplois de l'inclusion",
        Origin::Immersion => "Immersion facilitée",
        Origin::LastYear => "Dossier précédent",
        Origin::OtherDepartment => "Dossier de l'autre département",
        Origin::Computed => "Calcul",
    }
}

/// Sources that may fill a question, by name, each once.
fn sources_of(def: &FieldDef) -> String {
    let mut names: Vec<&str> = def.sources.iter().map(|one| source(one.origin)).collect();
    names.dedup();
    names.join(", ")
}

/// Dossiers in which the answer was given, kept, corrected, typed.
fn counts(tally: &Tally) -> [u32; 4] {
    let sum = |of: fn(&service::coverage::Given) -> u32| tally.given.values().map(of).sum();
    [sum(|given| given.all()), sum(|given| given.kept), sum(|given| given.corrected), tally.typed]
}

fn questions(form: &Revision) -> impl Iterator<Item = &FieldDef> {
    let asked = |def: &&FieldDef| !def.fixed;
    form.places().map(|place| place.field).filter(asked)
}

/// The page.
#[component]
pub fn CoveragePage(
    /// The national form.
    form: &'static Revision,
    /// The counts.
    coverage: Coverage,
) -> impl IntoView {
    let all = questions(form).count();
    let known = questions(form).filter(|def| !def.sources.is_empty()).count();
    let none = Tally::default();
    let steps = form.sections.iter().map(|section| {
        let fields = section.groups.iter().flat_map(Group::fields);
        let rows = fields.filter(|def| !def.fixed).map(|def| {
            let tally = coverage.questions.get(def.id.as_ref()).unwrap_or(&none);
            let [given, kept, corrected, typed] = counts(tally);
            // Told apart where there are several.
            let several = tally.given.len() > 1;
            let by = tally.given.iter().filter(|_| several).map(|(origin, given)| {
                let count = text::count(given.all(), "dossier", "dossiers");
                view! { <small class="by">{text::french(&format!("{} : {count}", source(*origin)))}</small> }
            });
            let could = sources_of(def);
            view! {
                <tr>
                    <th scope="row">{def.label.as_ref()}</th>
                    <td data-l="Sources possibles">{if could.is_empty() { "—".to_owned() } else { could }}</td>
                    <td data-l="Pré-remplie" class="r">{given} " " {by.collect_view()}</td>
                    <td data-l="Gardée" class="r">{kept}</td>
                    <td data-l="Corrigée" class="r">{corrected}</td>
                    <td data-l="Tapée" class="r">{typed}</td>
                </tr>
            }
        });
        let rows: Vec<_> = rows.collect();
        view! {
            <section class="card pad stack" aria-label=section.title.to_string()>
                <h2 class="h3">{section.title.to_string()}</h2>
                <div class="scroll-x" tabindex="0" role="region" aria-label=format!("Couverture : {}", section.title)>
                    <table class="tbl cards">
                        <thead><tr>
                            <th scope="col">"Question"</th>
                            <th scope="col">"Sources possibles"</th>
                            <th scope="col" class="r">"Pré-remplie"</th>
                            <th scope="col" class="r">"Gardée"</th>
                            <th scope="col" class="r">"Corrigée"</th>
                            <th scope="col" class="r">"Tapée"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    });
    view! {
        <div class="wrap page stack">
            <header>
                <h1>"Ce que l'État sait déjà"</h1>
                <p class="lead">{text::french(&format!(
                    "{known} questions sur {all} ont au moins une source. Comptes sur {} : ce qu'une source a rempli, ce que les structures ont gardé, corrigé ou tapé elles-mêmes.",
                    text::count(coverage.dossiers, "demande", "demandes"),
                ))}</p>
                <p><a class="btn" href=routes::COVERAGE_FILE download=""><Icon name=IconName::Download />"Pour tableur (CSV)"</a></p>
            </header>
            {steps.collect_view()}
        </div>
    }
}

/// The same as a file: semicolons, as French spreadsheets open it, and the mark that says UTF-8.
pub fn file(form: &Revision, coverage: &Coverage) -> String {
    let none = Tally::default();
    let mut file = String::from(csv::MARK);
    file.push_str("étape;question;identifiant;sources possibles;dossiers pré-remplis;gardés;corrigés;tapés;dossiers comptés\r\n");
    for place in form.places().filter(|place| !place.field.fixed) {
        let def = place.field;
        let [given, kept, corrected, typed] =
            counts(coverage.questions.get(def.id.as_ref()).unwrap_or(&none));
        let words = [place.section.title.as_ref(), def.label.as_ref(), def.id.as_ref()];
        let words = words.map(csv::cell).join(";");
        let sources = csv::cell(&sources_of(def));
        let all = coverage.dossiers;
        file.push_str(
            &[
                words,
                sources,
                given.to_string(),
                kept.to_string(),
                corrected.to_string(),
                typed.to_string(),
                all.to_string(),
            ]
            .join(";"),
        );
        file.push_str("\r\n");
    }
    file
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use dossier::form::CONVENTIONNEMENT;
    use service::coverage::Given;

    use super::*;

    #[test]
    fn the_file_has_a_line_for_each_question_and_counts_in_their_columns() {
        let given = Given { waits: 1, kept: 2, corrected: 3 };
        let given = BTreeMap::from([(Origin::AspAnnex, given), (Origin::LastYear, given)]);
        let tally = Tally { given, typed: 4 };
        let questions = BTreeMap::from([("moyens.etp_requested".to_owned(), tally)]);
        let file = file(&CONVENTIONNEMENT, &Coverage { dossiers: 20, questions });
        assert_eq!(file.lines().count(), 1 + questions_of());
        let line = file.lines().find(|line| line.contains("moyens.etp_requested")).unwrap();
        assert!(line.ends_with(";12;4;6;4;20"), "{line}");
        assert!(line.contains("ASP, annexes financières"), "{line}");
        assert!(file.lines().all(|line| line.split(';').count() >= 9));
    }

    fn questions_of() -> usize {
        questions(&CONVENTIONNEMENT).count()
    }
}
