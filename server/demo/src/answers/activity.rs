//! What is done, by whom, for whom.

use super::sheet::{Sheet, day, hundredths, part};
use crate::profile::split;

/// Activities, posts, and what is asked of one kind of structure only.
pub fn fill(sheet: &mut Sheet) {
    lines(sheet);
    posts(sheet);
    hiring(sheet);
    of_kind(sheet);
    premises(sheet);
}

fn lines(sheet: &mut Sheet) {
    for (rank, activity) in (0_u32..).zip(sheet.profile.trade.activities) {
        let columns = [
            ("label", activity.label.to_owned()),
            ("naf_section", activity.section.to_owned()),
            ("description", activity.description.to_owned()),
            ("share", activity.share.to_string()),
        ];
        sheet.row("activites.activities", rank, &columns);
    }
}

/// The contract that a kind of structure signs first.
fn contract(sheet: &Sheet) -> &'static str {
    match (sheet.request.kind, sheet.request.perimeter) {
        ("ETTI", _) => "mission",
        ("AI", _) => "cddu",
        (_, "MP") => "cep",
        _ => "cddi",
    }
}

fn posts(sheet: &mut Sheet) {
    let posts = sheet.profile.trade.posts;
    let weights: Vec<i64> = [5, 3, 2].into_iter().take(posts.len()).collect();
    let etp = split(sheet.now.etp, &weights);
    let people = split(sheet.now.people, &weights);
    let shares = posts.iter().zip(etp.into_iter().zip(people));
    for (rank, (post, (etp, people))) in (0_u32..).zip(shares) {
        let columns = [
            ("label", post.label.to_owned()),
            ("rome", post.rome.to_owned()),
            ("count", people.max(1).to_string()),
            ("etp", hundredths(etp)),
            ("commune", sheet.profile.place.insee.to_owned()),
            ("contract", contract(sheet).to_owned()),
        ];
        sheet.row("activites.posts", rank, &columns);
    }
    sheet.put("activites.contract_types", contract(sheet));
}

fn hiring(sheet: &mut Sheet) {
    let mut seed = sheet.seed("hiring");
    let entries = (sheet.now.welcomed - sheet.now.people).max(1);
    sheet.put("activites.hiring_forecast", entries);
    sheet.put("activites.vacancies_ft", "oui");
    let ways = [
        "Sur Les emplois de l'inclusion, reprises par France Travail chaque semaine.",
        "Par l'espace recruteur de France Travail, et un point mensuel avec notre conseillère.",
        "À l'agence de proximité, qui organise avec nous une information collective.",
    ];
    sheet.put("activites.vacancies_how", seed.pick(&ways).copied().unwrap_or(ways[0]));
    let clauses = sheet.now.etp / 100 * seed.between(900, 3_200);
    sheet.put("activites.procurement_income", clauses);
    sheet.put("activites.on_marketplace", if seed.between(0, 2) > 0 { "oui" } else { "non" });
    sheet.put("activites.immersion_welcome", seed.between(2, 14));
    sheet.put("activites.immersion_listed", if seed.between(0, 1) > 0 { "oui" } else { "non" });
    sheet.put("activites.immersion_outgoing", part(sheet.now.people, 30));
    sheet.put("projet.a4_social_clauses_n", seed.between(1, 9));
    sheet.put("projet.a4_social_clauses_amount", clauses);
}

fn of_kind(sheet: &mut Sheet) {
    let carrier = if sheet.profile.is_association() { "association" } else { "syndicat_mixte" };
    sheet.put("activites.carrier_kind", carrier);
    workshops(sheet);
    let insee = sheet.profile.place.insee.to_owned();
    let turnover = sheet.now.etp * 340;
    let agency = [
        ("commune", insee),
        ("permanent_etp", hundredths(sheet.now.technical.1 + sheet.now.support.1)),
        ("mission_turnover", turnover.to_string()),
    ];
    sheet.row("activites.agencies", 0, &agency);
    let hours = sheet.before.etp * sheet.before.hours / 100;
    sheet.put("activites.etp_mission_hours", hours);
    sheet.put("activites.permanence_days", 5);
    sheet.put("activites.disposal_hours", hours);
    sheet.put("activites.private_hours", part(hours, 55));
    sheet.put("activites.over_480_hours", 0);
    sheet.put("activites.platform", "Suivi et facturation Passerelle, outil de la structure");
    sheet.put("activites.ti_hours", hours);
    sheet.tell(&["activites.price_policy"]);
    if let Some(prison) = sheet.profile.prison {
        let columns = [("establishment", prison.to_owned()), ("etp", hundredths(sheet.now.etp))];
        sheet.row("activites.prison_posts", 0, &columns);
    }
}

/// Small structures have one workshop; their ETP make what is requested.
fn workshops(sheet: &mut Sheet) {
    let activities = sheet.profile.trade.activities;
    let count = if sheet.now.etp < 600 { 1 } else { activities.len() };
    let weights: Vec<i64> = activities.iter().take(count).map(|a| a.share).collect();
    let etp = split(sheet.now.etp, &weights);
    let supervisors = split(sheet.now.technical.1, &weights);
    let shares = activities.iter().zip(etp.into_iter().zip(supervisors));
    for (rank, (activity, (etp, supervisors))) in (0_u32..).zip(shares) {
        let columns = [
            ("name", format!("Atelier {}", rank + 1)),
            ("object", activity.description.to_owned()),
            ("activity", activity.label.to_owned()),
            ("commune", sheet.profile.place.insee.to_owned()),
            ("start", day(1, 1, sheet.profile.convention_start(sheet.request.year))),
            ("months", "36".to_owned()),
            ("etp", hundredths(etp)),
            ("supervisors", hundredths(supervisors)),
        ];
        sheet.row("activites.workshops", rank, &columns);
    }
}

fn premises(sheet: &mut Sheet) {
    let year = sheet.request.year;
    sheet.tell(&["locaux.equipment", "locaux.rental_pooled"]);
    sheet.put(
        "locaux.digital_tools",
        "Suite bureautique, logiciel de paie et logiciel de suivi des parcours",
    );
    sheet.put("locaux.security", "oui");
    sheet.put("locaux.security_date", day(14, 3, year - 1));
    let mut seed = sheet.seed("investment");
    let natures = [
        "Véhicule utilitaire électrique",
        "Machine de remplacement pour l'atelier",
        "Réaménagement des vestiaires",
        "Équipements de protection et outillage",
    ];
    if let Some(nature) = seed.pick(&natures) {
        let columns = [
            ("nature", (*nature).to_owned()),
            ("amount", (seed.between(8, 64) * 500).to_string()),
            ("year", year.to_string()),
        ];
        sheet.row("locaux.investment_plan", 0, &columns);
    }
}
