//! How people are welcomed, supported and trained, and with whom.

use super::sheet::{Sheet, day, hundredths, part};

/// The four axes.
pub fn fill(sheet: &mut Sheet) {
    sheet.tell(&[
        "projet.a1_recruitment",
        "projet.a1_welcome",
        "projet.a1_tutoring",
        "projet.a1_done",
        "projet.a2_method",
        "projet.a2_exit_prep",
        "projet.a2_done",
        "projet.a3_plan",
        "projet.a3_done",
        "projet.a4_market",
        "projet.a4_job_creation",
        "projet.a4_environment",
        "projet.a4_done",
    ]);
    let mut seed = sheet.seed("welcome");
    sheet.put("projet.a1_welcome_booklet", "oui");
    sheet.put("projet.a1_welcome_booklet_file", "livret-accueil.pdf");
    sheet.put("projet.a1_time_to_hire", seed.between(12, 48));
    let action = [
        ("objective", "Revoir le livret d'accueil avec les salariés".to_owned()),
        ("due", day(30, 6, sheet.request.year)),
        ("indicator", "Livret remis à chaque arrivée".to_owned()),
    ];
    sheet.row("projet.a1_objectives", 0, &action);
    support(sheet);
    training(sheet);
    clients(sheet);
}

/// Difficulties, the part of people who meet them, and the part of those that is resolved.
pub const BRAKES: [(&str, i64, i64); 9] = [
    ("literacy", 22, 40),
    ("paperwork", 64, 82),
    ("housing", 18, 45),
    ("mobility", 41, 48),
    ("health", 35, 52),
    ("justice", 5, 50),
    ("debt", 14, 55),
    ("availability", 12, 60),
    ("career", 70, 66),
];

fn support(sheet: &mut Sheet) {
    let mut seed = sheet.profile.seed("referent");
    let columns = [
        ("role", "Conseil en insertion professionnelle".to_owned()),
        ("etp", hundredths(sheet.now.support.1)),
        ("qualification", "Titre de conseiller en insertion professionnelle".to_owned()),
        ("seniority", seed.between(1, 14).to_string()),
    ];
    sheet.row("projet.a2_referents", 0, &columns);
    sheet.put("projet.a2_individual_hours", seed.between(11, 24));
    for (brake, met, resolved) in BRAKES {
        let engaged = part(sheet.before.welcomed, met);
        sheet.cell("projet.a2_brakes.engaged", brake, engaged);
        sheet.cell("projet.a2_brakes.resolved", brake, part(engaged, resolved));
    }
    let partners = [
        ("employment", "France Travail", "Orientation des candidats et points d'étape"),
        ("employment", "Mission locale", "Accompagnement des moins de vingt-six ans"),
        ("social", "Service social du département", "Accès aux droits et aides au quotidien"),
        ("housing", "Association Toit et Repères", "Hébergement et accès au logement"),
        ("mobility", "Garage solidaire Les Quatre Vents", "Location de voitures et de scooters"),
        ("health", "Centre de santé des Tilleuls", "Bilan de santé et permanence mensuelle"),
        ("language", "Atelier Mots et Chiffres", "Français et calcul, deux heures par semaine"),
    ];
    for (rank, (nature, name, purpose)) in (0_u32..).zip(partners) {
        let columns = [
            ("nature", nature.to_owned()),
            ("name", name.to_owned()),
            ("purpose", purpose.to_owned()),
        ];
        sheet.row("projet.a2_partners", rank, &columns);
    }
}

fn training(sheet: &mut Sheet) {
    let people = part(sheet.before.welcomed, 56).max(1);
    let hours = people * sheet.seed("training").between(28, 46);
    sheet.put("projet.a3_people", people);
    sheet.put("projet.a3_hours", hours);
    sheet.put("projet.a3_certifications", part(people, 24));
    sheet.put("projet.a3_afest", "oui");
    sheet.put("projet.a3_afest_people", part(people, 30));
    let kinds =
        [("language", 18, 22), ("basics", 14, 12), ("trade", 72, 34), ("certificate", 20, 26)];
    for (kind, who, share) in kinds {
        sheet.cell("projet.a3_types.people", kind, part(people, who));
        sheet.cell("projet.a3_types.hours", kind, part(hours, share));
    }
    for (funder, euros) in [("opco", 9), ("pic_iae", 6), ("region", 3), ("own", 2)] {
        sheet.cell("projet.a3_funders.amount", funder, hours * euros / 10 * 10);
    }
}

fn clients(sheet: &mut Sheet) {
    let mut seed = sheet.seed("clients");
    for (rank, kind) in (0_u32..).zip(["public", "private", "household"]) {
        let share = match rank {
            0 => seed.between(18, 34),
            1 => seed.between(10, 24),
            _ => seed.between(5, 18),
        };
        let columns = [("kind", kind.to_owned()), ("revenue_share", share.to_string())];
        sheet.row("projet.a4_top_clients", rank, &columns);
    }
    let purposes = [
        "Immersions, visites et embauches en sortie de parcours",
        "Commandes régulières et prêt de matériel",
        "Réponse commune à des marchés avec clause",
    ];
    for (rank, (name, purpose)) in (0_u32..).zip(sheet.profile.trade.partners.iter().zip(purposes))
    {
        let columns = [("name", (*name).to_owned()), ("purpose", purpose.to_owned())];
        sheet.row("projet.a4_partners", rank, &columns);
    }
}
