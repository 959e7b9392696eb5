//! Importing files of other administrations.

use std::{collections::BTreeSet, path::PathBuf};

use dossier::role::{Role, Scope};
use form::number::euros;
use service::{
    Account, Actor, Membership, Services, Structure, accounts,
    drafts::{self, NewDossier},
};
use sources::flux_iae::{
    AspAnnex, AspStructure, FluxIae, answers_for, read_files, recomputed_total,
};

/// Reads the weekly files of the ASP: keeps the structures, and prepares their dossiers of a year
/// for one person when asked to.
///
/// # Errors
/// When nothing could be read or kept.
pub async fn flux_iae(
    services: &Services,
    paths: Vec<PathBuf>,
    prepare: Option<(String, i32)>,
) -> Result<(), String> {
    let read = tokio::task::spawn_blocking(move || read_files(&paths)).await;
    let flux = read.map_err(|_| "la lecture s'est arrêtée avant la fin".to_owned())?;
    tell(&flux);
    if flux.structures.is_empty() {
        return Err("aucune structure n'a été lue".into());
    }
    let year_and_account = match prepare {
        Some((email, year)) => Some((account(services, &email).await?, year)),
        None => None,
    };
    for found in &flux.structures {
        let Some(structure) = structure(found, &flux.annexes) else {
            println!("{} : ni SIRET ni département, laissée de côté", found.name);
            continue;
        };
        accounts::add_structure(services, &structure).await.map_err(|e| e.to_string())?;
        if let Some((account, year)) = &year_and_account {
            prepare_dossiers(services, account, *year, &structure, found, &flux.annexes).await?;
        }
    }
    Ok(())
}

/// What was read, and whether each stored amount is the one that the rules compute.
fn tell(flux: &FluxIae) {
    for file in &flux.report.files {
        println!("{} : {} lignes lues, {} refusées", file.file, file.rows_read, file.rows_refused);
    }
    for note in &flux.report.notes {
        println!("à regarder : {note}");
    }
    let computed: Vec<_> =
        flux.annexes.iter().filter_map(|a| Some((a, recomputed_total(a)?))).collect();
    let equal = computed.iter().filter(|(annex, total)| annex.total == Some(*total)).count();
    println!("{equal} montants d'annexe sur {} retrouvés au centime", computed.len());
    for (annex, total) in computed.iter().filter(|(annex, total)| annex.total != Some(*total)) {
        let stored = annex.total.map_or_else(|| "rien".to_owned(), |cents| euros(cents.0));
        println!("{} : {stored} dans le fichier, {} calculés", annex.number, euros(total.0));
    }
}

async fn account(services: &Services, email: &str) -> Result<Account, String> {
    let found =
        services.store.account_by_email(&email.to_lowercase()).await.map_err(|e| e.to_string())?;
    found.ok_or(format!("aucun compte n'a l'adresse {email} : créez-le d'abord (user add)"))
}

/// The kinds and perimeters a structure is agreed for: droit commun and milieu pénitentiaire are
/// conventions of their own.
fn measures_of<'a>(
    structure: &AspStructure,
    annexes: &'a [AspAnnex],
) -> BTreeSet<(&'a str, &'a str)> {
    annexes
        .iter()
        .filter(|annex| annex.asp_id == structure.asp_id)
        .map(|annex| &annex.measure)
        .filter(|measure| measure.is_known() && !measure.is_development())
        .map(|measure| (measure.kind.as_str(), measure.perimeter.as_str()))
        .collect()
}

fn structure(found: &AspStructure, annexes: &[AspAnnex]) -> Option<Structure> {
    let kinds: BTreeSet<&str> =
        measures_of(found, annexes).into_iter().map(|(kind, _)| kind).collect();
    let department = form::identifier::department_of_postcode(&found.management.postcode)
        .or_else(|| form::identifier::department_of_postcode(&found.admin.postcode))?;
    let region =
        dossier::role::region_of_department(&department).map_or("", |territory| territory.region);
    Some(Structure {
        // The number at the ASP names a structure for ever.
        id: format!("asp-{}", found.asp_id).into(),
        asp_id: found.asp_id.to_string(),
        siret: found.siret_current.clone(),
        name: found.name.clone(),
        kinds: kinds.into_iter().map(str::to_owned).collect(),
        region: region.to_owned(),
        department,
        commune: found.management.town.clone(),
    })
}

async fn prepare_dossiers(
    services: &Services,
    account: &Account,
    year: i32,
    structure: &Structure,
    found: &AspStructure,
    annexes: &[AspAnnex],
) -> Result<(), String> {
    let membership =
        Membership { account: account.id.clone(), structure: structure.id.clone(), is_admin: true };
    accounts::add_membership(services, &membership).await.map_err(|e| e.to_string())?;
    let actor = Actor {
        account_id: account.id.clone(),
        name: account.name.clone(),
        title: account.title.clone(),
        role: Role::SiaeAdmin,
        scope: Scope::Structures(vec![structure.id.clone()]),
        admin_of: vec![structure.id.clone()],
    };
    for (kind, perimeter) in measures_of(found, annexes) {
        let prefill = answers_for(found, annexes, kind, perimeter, year);
        let count = prefill.len();
        let new = NewDossier {
            structure_id: structure.id.clone(),
            form: "conventionnement".to_owned(),
            kind: kind.to_owned(),
            request_kind: "renewal".to_owned(),
            year,
            perimeter: perimeter.to_owned(),
            department: None,
        };
        drafts::open(services, &actor, new, prefill).await.map_err(|e| e.to_string())?;
        println!(
            "{}, {kind} ({perimeter}) : renouvellement {year} ouvert, {count} réponses à confirmer",
            structure.name
        );
    }
    Ok(())
}
