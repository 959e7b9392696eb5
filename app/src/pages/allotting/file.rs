//! A simulation as a file for spreadsheets.

use dossier::{
    act::Sense,
    allotting::{Line, Standing},
    envelope::Dotation,
};
use service::allotting::Opened;

use crate::pages::{
    csv::{MARK, cell, hundredths},
    nature,
};

const COLUMNS: &str = "structure;SIRET;département;type;demande;année;état;ETP demandés;montant demandé;ETP an dernier;montant an dernier;choix;ETP accordés;part modulée %;montant simulé;écart au demandé;avis de la commission;motif";

/// The file.
pub fn file(opened: &Opened, lines: &[Line]) -> String {
    let mut file = format!("{MARK}{COLUMNS}\r\n");
    for line in lines {
        file.push_str(&row(line).join(";"));
        file.push_str("\r\n");
    }
    let totals = dossier::allotting::Totals::of(&opened.lines);
    let rest = totals.rest(opened.balance.rest());
    for (says, amount) in [
        ("Enveloppe", opened.balance.given),
        ("Déjà accordé", Some(opened.balance.granted)),
        ("Simulé", Some(totals.costs)),
        ("Reste à allouer", rest),
    ] {
        let [etp, cents] = amount.map_or_else(Default::default, figures);
        let mut cells = vec![String::new(); COLUMNS.split(';').count()];
        says.clone_into(&mut cells[0]);
        cells[12] = etp;
        cells[14] = cents;
        file.push_str(&cells.join(";"));
        file.push_str("\r\n");
    }
    file
}

fn figures(amount: Dotation) -> [String; 2] {
    [hundredths(amount.etp.0), hundredths(amount.cents.0)]
}

fn row(line: &Line) -> Vec<String> {
    let request = &line.request;
    let [asked, asked_cents] = figures(line.asks());
    let [last, last_cents] = line.last_year.map_or_else(Default::default, figures);
    let grant = match line.standing() {
        Standing::Granted(grant) | Standing::Proposed(Some(grant)) => Some(grant),
        _ => None,
    };
    let word = match line.standing() {
        Standing::Proposed(_) => "Proposé",
        _ => line.choice.verdict.label(),
    };
    let costs = line.costs();
    vec![
        cell(&request.structure_name),
        cell(&request.siret),
        request.department.clone(),
        request.kind.clone(),
        nature(&request.nature).to_owned(),
        request.year.to_string(),
        request.state.agent_label().to_owned(),
        asked,
        asked_cents,
        last,
        last_cents,
        word.to_owned(),
        grant.map(|grant| hundredths(grant.etp.0)).unwrap_or_default(),
        grant.map(|grant| hundredths(grant.modulated.0)).unwrap_or_default(),
        hundredths(costs.cents.0),
        hundredths((costs - line.asks()).cents.0),
        line.choice.opinion.map_or("", Sense::label).to_owned(),
        cell(&line.choice.reason),
    ]
}
