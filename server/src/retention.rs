//! Keeping things for a time, on the command line.

use dossier::retention::Kind;
use form::Date;
use service::{
    Services,
    retention::{self, forgetting},
};

fn said(error: impl ToString) -> String {
    error.to_string()
}

/// Says what would go today and what will go when. Nothing changes.
///
/// # Errors
/// A sentence for who typed it.
pub async fn plan(services: &Services) -> Result<(), String> {
    let plan = retention::plan(services).await.map_err(said)?;
    println!("Vu du {}. Rien n'est supprimé par cette commande.", plan.today.french());
    for (kind, count) in &plan.due {
        println!("aujourd'hui  {}", line(services, *kind, *count));
    }
    for ((year, month), counts) in &plan.coming {
        for (kind, count) in counts {
            println!("{month:02}/{year}      {}", line(services, *kind, *count));
        }
    }
    for (kind, count) in &plan.held {
        println!("sans date    {} ; un dossier est en instruction", line(services, *kind, *count));
    }
    if plan.due.is_empty() {
        println!("Rien n'est à supprimer aujourd'hui.");
    }
    Ok(())
}

fn line(services: &Services, kind: Kind, count: u64) -> String {
    let rule = kind.rule();
    let term = services.retention.term(kind).french();
    let planned = if rule.is_done { "" } else { " (planifié, pas encore exécuté par Trame)" };
    format!("{count:>7}  {} — {term} après {}{planned}", rule.what, rule.since)
}

/// Forgets what is due, by one rule or by all.
///
/// # Errors
/// A sentence for who typed it; what went by then is noted.
pub async fn apply(services: &Services, only: Option<&str>) -> Result<(), String> {
    let kinds =
        match only {
            None => Kind::ALL.to_vec(),
            Some(code) => {
                let known = Kind::ALL.map(Kind::code).join(", ");
                let kind = Kind::from_code(code);
                vec![kind.ok_or(format!(
                    "la règle « {code} » est inconnue ; les règles sont : {known}"
                ))?]
            }
        };
    for kind in kinds.iter().filter(|kind| !kind.rule().is_done) {
        println!("{} : planifié, pas encore exécuté par Trame", kind.rule().what);
    }
    if kinds.iter().all(|kind| !kind.rule().is_done) {
        return Ok(());
    }
    let today = services.clock.today().map(Date::french).unwrap_or_default();
    println!("Conservation au {today} :");
    let gone = forgetting::apply(services, &kinds, |kind, count| {
        tracing::info!(rule = kind.code(), count, "forgotten");
    });
    let gone = gone.await.map_err(said)?;
    for (kind, count) in &gone {
        println!("{count:>7}  {}", kind.rule().what);
    }
    if gone.is_empty() {
        println!("Rien n'était à supprimer.");
    }
    Ok(())
}
