//! The bilan of a year.

use super::{
    budget::Budget,
    people::{Crowd, goal, rates},
    project::BRAKES,
    sheet::{Sheet, hundredths, part},
};
use crate::{numbers, profile::split};

/// The whole bilan.
pub fn fill(sheet: &mut Sheet) {
    let (profile, request) = (sheet.profile, sheet.request);
    let start = profile.convention_start(request.year);
    let code = profile.department.code;
    let annex = numbers::annex(code, request.kind, start, profile.order, request.year);
    sheet.put("bilan.year", request.year);
    sheet.put("bilan.annex_number", annex);
    sheet.put("bilan.siret", &profile.siret);
    sheet.put("bilan.legal_name", &profile.name);
    staff(sheet);
    welcomed(sheet);
    supported(sheet);
    trained(sheet);
    left(sheet);
    results(sheet);
    accounts(sheet);
    sheet.tell(&[
        "moyens_realises.equipment_changes",
        "perspectives.highlights",
        "perspectives.difficulties",
        "perspectives.prospects",
    ]);
    sheet.put("perspectives.fte_wish", hundredths(sheet.now.etp));
    sheet.put("certification.certified_by", &profile.president);
    sheet.put("certification.certified_role", "Présidence");
}

/// ETP really occupied.
fn realised(sheet: &Sheet) -> i64 {
    sheet.now.etp * sheet.seed("realised").between(88, 102) / 100
}

fn staff(sheet: &mut Sheet) {
    let figures = sheet.now;
    let lines = [
        ("technical", figures.technical, 1_607),
        ("support", figures.support, 1_607),
        ("non_salaried", (0, 0), 0),
        ("external", (1, 20), 1_607),
        ("insertion", (figures.people, realised(sheet)), figures.hours),
    ];
    for (line, (people, etp), hours) in lines {
        sheet.cell("moyens_realises.staff.n", line, people);
        sheet.cell("moyens_realises.staff.etp", line, hundredths(etp));
        sheet.cell("moyens_realises.staff.hours", line, hundredths(etp * hours));
    }
}

fn welcomed(sheet: &mut Sheet) {
    let whole = sheet.now.welcomed;
    let crowd = Crowd::of(whole, sheet.seed("crowd"));
    sheet.put("publics_realises.people_n", whole);
    sheet.put("publics_realises.entries_n", whole - sheet.now.people);
    sheet.put("publics_realises.exits_n", exits(sheet));
    let hours = if sheet.request.kind == "ACI" { "26" } else { "31,50" };
    sheet.put("publics_realises.avg_weekly_hours", hours);
    sheet.put(
        "publics_realises.avg_path_months",
        hundredths(sheet.seed("path").between(780, 1_340)),
    );
    let mut lines = crowd.counts.clone();
    lines.extend([
        ("below_cap", crowd.count("level_below_cap")),
        ("cap_bep", crowd.count("level_cap")),
        ("bac", crowd.count("level_bac")),
    ]);
    for (line, count) in lines {
        sheet.cell("publics_realises.public_table.realized", line, count);
    }
    let contract = match (sheet.request.kind, sheet.request.perimeter) {
        ("ETTI", _) => "mission",
        ("AI", _) => "disposal",
        (_, "MP") => "cep",
        _ => "cddi",
    };
    sheet.cell("publics_realises.contracts.n", contract, whole);
}

fn exits(sheet: &Sheet) -> i64 {
    part(sheet.now.people, 55).max(1)
}

fn supported(sheet: &mut Sheet) {
    let whole = sheet.now.welcomed;
    sheet.put("accompagnement_realise.followed_n", whole);
    sheet.put("accompagnement_realise.interviews_n", whole * 8);
    sheet.put("accompagnement_realise.interview_hours", whole * 9);
    let actions = [("Budget et consommation", "12"), ("Recherche d'emploi sur internet", "24")];
    for (rank, (purpose, hours)) in (0_u32..).zip(actions) {
        let columns = [
            ("purpose", purpose.to_owned()),
            ("hours", hours.to_owned()),
            ("people", part(whole, 30).to_string()),
        ];
        sheet.row("accompagnement_realise.collective_actions", rank, &columns);
    }
    for (brake, met, resolved) in BRAKES {
        let concerned = part(whole, met);
        let helped = part(concerned, resolved);
        let inside = helped / 2;
        for (column, count) in [
            ("concerned", concerned),
            ("internal", inside),
            ("external", helped - inside),
            ("both", 0),
        ] {
            sheet.cell(&format!("accompagnement_realise.barriers.{column}"), brake, count);
        }
    }
    let social = [
        ("domain", "rights".to_owned()),
        ("partner", "Service social du département".to_owned()),
        ("people", part(whole, 40).to_string()),
        ("outcome", "Droits ouverts ou remis à jour pour la plupart".to_owned()),
    ];
    sheet.row("accompagnement_realise.social_actions", 0, &social);
}

fn trained(sheet: &mut Sheet) {
    let people = part(sheet.now.welcomed, 30).max(1);
    let trainings = [
        ("trade", "Gestes et sécurité au travail".to_owned(), "non"),
        ("certificate", format!("Préparer {}", sheet.profile.trade.title), "oui"),
    ];
    for (rank, (kind, objective, certifying)) in (0_u32..).zip(trainings) {
        let columns = [
            ("type", kind.to_owned()),
            ("objective", objective),
            ("people", people.to_string()),
            ("hours", (people * 28).to_string()),
            ("certifying", certifying.to_owned()),
            ("obtained", part(people, 70).to_string()),
        ];
        sheet.row("formation_realisee.trainings", rank, &columns);
    }
    sheet.put("formation_realisee.pmsmp_n", part(sheet.now.people, 30));
    sheet.put("formation_realisee.job_offers_n", part(sheet.now.people, 40));
    sheet.put("formation_realisee.orientation_n", part(sheet.now.people, 25));
    sheet.put("formation_realisee.ft_offers_n", sheet.seed("offers").between(4, 16));
}

/// Exits by category: about what was forecast.
fn left(sheet: &mut Sheet) {
    let forecast = rates(sheet.request.kind, sheet.seed("rates"));
    let all = exits(sheet);
    let withdrawn = all / 10;
    let examined = all - withdrawn;
    let other = 100 - forecast.iter().sum::<i64>();
    let [sustainable, transition, positive] = forecast;
    let counts = split(examined, &[other, sustainable, transition, positive]);
    sheet.put("sorties.observed_n", examined);
    for (line, count) in ["other", "sustainable", "transition", "positive"].into_iter().zip(counts)
    {
        sheet.cell("sorties.exits.realized", line, count);
    }
    sheet.cell("sorties.exits.realized", "withdrawn", withdrawn);
    for (line, rate) in ["sustainable", "transition", "positive"].into_iter().zip(forecast) {
        sheet.cell("sorties.exits.forecast", line, rate);
    }
    sheet.tell(&["sorties.exit_comment"]);
}

fn results(sheet: &mut Sheet) {
    let done = realised(sheet);
    sheet.put("resultats.fte_agreed", hundredths(sheet.now.etp));
    sheet.put("resultats.fte_realised", hundredths(done));
    if done * 100 < sheet.now.etp * 95 {
        sheet.put("resultats.gap_reason", "recruitment,absences");
        sheet.tell(&["resultats.gap_reason_detail"]);
    }
    for (rank, axis) in (0_u32..).zip(["1", "2", "3", "4"]) {
        let mut seed = sheet.seed(&format!("goal {axis}"));
        let (objective, _, _) = goal(axis, seed.clone());
        let reached = seed.pick(&["yes", "yes", "partly", "no"]).copied().unwrap_or("yes");
        let question = "resultats.axis_review.realized";
        let year = sheet.request.year + i32::try_from(rank).unwrap_or(0);
        let said = crate::texts::text(question, sheet.profile, year).unwrap_or_default();
        let columns = [
            ("axis", axis.to_owned()),
            ("objective", objective.to_owned()),
            ("realized", said),
            ("reached", reached.to_owned()),
        ];
        sheet.row("resultats.axis_review", rank, &columns);
    }
}

fn accounts(sheet: &mut Sheet) {
    let (request, year) = (sheet.request, sheet.request.year);
    let columns = [
        ("forecast", Budget::of(&request, &sheet.now, year, 100)),
        ("realized", Budget::of(&request, &sheet.now, year, 99)),
    ];
    for (column, budget) in &columns {
        for (line, cents) in &budget.expenses {
            sheet.cell(&format!("finances.charges.{column}"), line, hundredths(*cents));
        }
        for (line, cents) in &budget.income {
            sheet.cell(&format!("finances.produits.{column}"), line, hundredths(*cents));
        }
    }
    let amount = |line| hundredths(columns[1].1.line(line));
    sheet.put("finances.aid_received_base", amount("74_state_base"));
    sheet.put("finances.aid_received_modulated", amount("74_state_modulated"));
    sheet.put("finances.aid_received_departement", amount("74_departement"));
    sheet.put("finances.accounts_file", format!("comptes-annuels-{year}.pdf"));
    sheet.tell(&["finances.finance_comment"]);
}
