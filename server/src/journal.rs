//! The journals on the command line.

use service::{
    Services,
    audit::{self, Wrong},
};

/// Most faults that are listed.
const LISTED: usize = 100;

/// Says whether every journal is whole, and where it is not.
///
/// # Errors
/// How many rows are wrong.
pub async fn verify(services: &Services, dossier: Option<String>) -> Result<(), String> {
    let dossier = dossier.map(Into::into);
    let seen = audit::verify(services, dossier.as_ref()).await.map_err(|e| e.to_string())?;
    for breach in seen.breaches.iter().take(LISTED) {
        let what = match breach.wrong {
            Wrong::Missing => "une ligne manque avant celle-ci, ou a été déplacée",
            Wrong::Altered => "cette ligne a été modifiée",
            Wrong::Unchained => "cette ligne ne suit pas la précédente",
            Wrong::CutShort => "la fin du journal manque : le dossier en annonce jusqu'ici",
        };
        println!("dossier {}, événement {} : {what}", breach.dossier, breach.seq);
    }
    println!("{} événements de {} dossiers vérifiés", seen.events, seen.dossiers);
    match seen.breaches.len() {
        0 if dossier.is_some() && seen.dossiers == 0 => Err("ce dossier n'existe pas".to_owned()),
        0 => Ok(()),
        wrong => Err(format!("{wrong} anomalie(s) : le journal n'est pas intact")),
    }
}
