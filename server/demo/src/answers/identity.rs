//! What is asked, who asks, who decides, where.

use dossier::form::identification::section_of;
use form::bare;

use super::{
    people::Crowd,
    sheet::{Sheet, day},
};
use crate::{numbers, texts::told};

/// What is asked, and for which period.
pub fn request(sheet: &mut Sheet) {
    let (profile, request) = (sheet.profile, sheet.request);
    let code = profile.department.code;
    sheet.put("demande.request_kind", request.nature);
    sheet.put("demande.siae_kind", request.kind);
    sheet.put("demande.perimeter", request.perimeter);
    sheet.put("demande.department", code);
    // A renewal follows the convention that ends.
    let running = match request.nature {
        "renewal" => profile.convention_start(request.year - 1),
        _ => profile.convention_start(request.year),
    };
    let number = numbers::convention(code, request.kind, running, profile.order);
    sheet.put("demande.previous_convention_number", number);
    let (month, years) = match request.nature {
        "amendment" => (8, 1),
        "first" | "renewal" => (1, 3),
        _ => (1, 1),
    };
    sheet.put("demande.period_start", day(1, month, request.year));
    sheet.put("demande.period_end", day(31, 12, request.year + years - 1));
    sheet.put("demande.multi_year", years);
    sheet.put("demande.amendment_subjects", "etp");
    sheet.tell(&["demande.request_reason"]);
}

/// Identity, governance, other recognitions, territory.
pub fn fill(sheet: &mut Sheet) {
    company(sheet);
    reach(sheet);
    governance(sheet);
    recognitions(sheet);
    territory(sheet);
    supplements(sheet);
}

const COMMUTING: &str = "La moitié de nos {personnes} habitent à plus de quinze kilomètres et peu ont une voiture. Nous prêtons des véhicules les trois premiers mois et organisons le covoiturage par équipe.";

/// What two départements ask beside the national questions.
fn supplements(sheet: &mut Sheet) {
    sheet.put("nievre.mobilite", told(COMMUTING, sheet.profile, sheet.request.year));
    let mut seed = sheet.seed("supplement");
    sheet.put("nievre.vehicules", seed.between(2, 9));
    sheet.put("nievre.permis", seed.between(0, 4));
    sheet.put("cote-d-or.referent", "oui");
    sheet.put("cote-d-or.rencontres", seed.between(2, 6));
    sheet.put("cote-d-or.metiers", "logistique,soin");
}

fn company(sheet: &mut Sheet) {
    let profile = sheet.profile;
    sheet.put("identification.siret", &profile.siret);
    sheet.put("identification.siret_signature", &profile.siret);
    sheet.put("identification.asp_id", profile.asp_id);
    sheet.put("identification.legal_name", &profile.name);
    sheet.put("identification.legal_category", profile.legal);
    if profile.is_association() {
        sheet.put("identification.rna", numbers::rna(&profile.siren));
    }
    sheet.put("identification.naf", profile.trade.naf);
    sheet.put("identification.naf_section", section_of(profile.trade.naf).unwrap_or("S"));
    let agreement = match sheet.request.kind {
        "ACI" => "3016",
        "ETTI" => "1413",
        _ if profile.trade.code == "nettoyage" => "3043",
        _ => "9999",
    };
    sheet.put("identification.idcc", agreement);
    sheet.put("identification.creation_date", day(12, 3, profile.created));
    let band = match sheet.now.total().0 {
        ..=9 => "03",
        10..=19 => "11",
        20..=49 => "12",
        50..=99 => "21",
        100..=199 => "22",
        _ => "31",
    };
    sheet.put("identification.workforce_band", band);
    let taxed = !profile.is_association() && profile.legal != "7354";
    sheet.put("identification.vat_status", if taxed { "oui" } else { "non" });
    sheet.put("identification.vat_number", numbers::vat(&profile.siren));
    if sheet.request.nature == "first" {
        sheet.put("identification.iban", numbers::iban(&profile.siren));
        sheet.put("identification.bic", "DEMOFRP0");
        sheet.put("identification.holder", &profile.name);
    }
    sheet.tell(&["identification.presentation", "identification.history"]);
}

fn reach(sheet: &mut Sheet) {
    let profile = sheet.profile;
    let number = profile.seed("street").between(2, 90);
    let streets = [
        "rue des Filatures",
        "rue du Moulin Neuf",
        "avenue des Tilleuls",
        "rue de l'Écluse",
        "chemin des Vignes Blanches",
    ];
    let street = profile.seed("name of street").pick(&streets).copied().unwrap_or(streets[0]);
    for address in ["identification.head_address", "identification.site_address"] {
        sheet.put(&format!("{address}.street"), format!("{number} {street}"));
        sheet.put(&format!("{address}.postcode"), profile.place.postcode);
        sheet.put(&format!("{address}.town"), profile.place.name);
        sheet.put(&format!("{address}.insee"), profile.place.insee);
    }
    let phone = numbers::phone(profile.department.code, profile.order);
    sheet.put("identification.phone", phone);
    sheet.put("identification.email", format!("contact@{}", profile.domain()));
    sheet.put("identification.website", format!("https://{}", profile.domain()));
    sheet.row(
        "locaux.premises",
        0,
        &[
            ("street", format!("{number} {street}")),
            ("postcode", profile.place.postcode.to_owned()),
            ("town", profile.place.name.to_owned()),
            ("insee", profile.place.insee.to_owned()),
            ("surface", (sheet.now.etp / 100 * 18 + 160).to_string()),
            ("tenure", "rented".to_owned()),
            ("accessible", "oui".to_owned()),
        ],
    );
}

fn governance(sheet: &mut Sheet) {
    let profile = sheet.profile;
    let role = match profile.legal {
        "9220" => "Présidence",
        "7354" => "Présidence du syndicat",
        "5499" => "Gérance",
        _ => "Présidence de la société",
    };
    let mail = |name: &str| format!("{}@{}", bare(name).replace(' ', "."), profile.domain());
    let technical = crate::people::name(&mut profile.seed("technical"));
    let people = [
        ("legal_rep", &profile.president, role, 1),
        ("director", &profile.director, "Direction", 2),
        ("technical_contact", &technical, "Gestion administrative", 3),
    ];
    for (id, name, role, line) in people {
        sheet.put(&format!("gouvernance.{id}.name"), name);
        sheet.put(&format!("gouvernance.{id}.role"), role);
        sheet.put(&format!("gouvernance.{id}.email"), mail(name));
        let phone = numbers::phone(profile.department.code, profile.order * 5 + line);
        sheet.put(&format!("gouvernance.{id}.phone"), phone);
    }
    sheet.put("gouvernance.signatory_delegation", "non");
    let roles = ["Présidence", "Trésorerie", "Secrétariat", "Administration"];
    for (rank, role) in (0_u32..).zip(roles) {
        let name = match rank {
            0 => profile.president.clone(),
            _ => crate::people::name(&mut profile.seed(&format!("board {rank}"))),
        };
        let end = day(30, 6, sheet.request.year + 2);
        let columns = [("name", name), ("role", role.to_owned()), ("mandate_end", end)];
        sheet.row("gouvernance.board", rank, &columns);
    }
    let mut seed = profile.seed("members");
    sheet.put("gouvernance.members_count", seed.between(18, 120));
    sheet.put("gouvernance.volunteers_count", seed.between(4, 30));
    sheet.put("gouvernance.general_meetings", 1);
    sheet.put("gouvernance.board_meetings", seed.between(4, 8));
    let networks = match sheet.request.kind {
        "EI" | "ETTI" => "federation_ei",
        "AI" => "coorace",
        _ if profile.trade.code == "maraichage" => "chantier_ecole,cocagne",
        _ => "chantier_ecole",
    };
    sheet.put("gouvernance.networks", networks);
    sheet.put("gouvernance.ess", "oui");
    sheet.put("gouvernance.esus", if profile.is_association() { "non" } else { "oui" });
    sheet.put("gouvernance.mission_company", "non");
    sheet.put("engagements.signatory_name", &profile.president);
    sheet.put("engagements.signatory_role", role);
    sheet.put("engagements.place", profile.place.name);
}

fn recognitions(sheet: &mut Sheet) {
    let profile = sheet.profile;
    let other = profile.kinds.iter().find(|kind| **kind != sheet.request.kind);
    sheet.put("agrements.other_iae", if other.is_some() { "oui" } else { "non" });
    if let Some(kind) = other {
        let start = profile.convention_start(sheet.request.year);
        let order = profile.order + 100;
        let code = profile.department.code;
        let annex = numbers::annex(code, kind, start, order, sheet.request.year);
        let columns = [("kind", (*kind).to_owned()), ("annex_number", annex)];
        sheet.row("agrements.other_iae_list", 0, &columns);
    }
    sheet.put("agrements.other_outside_iae", "non");
    sheet.put("agrements.chrs", "non");
    sheet.put("agrements.training_body", "non");
    let serves = profile.trade.code == "aide_domicile";
    let yes = if serves { "oui" } else { "non" };
    sheet.put("agrements.sap", yes);
    sheet.put("agrements.sap_declaration", yes);
    sheet.put("agrements.sap_agreement", "non");
    sheet.put("agrements.dla", "non");
}

fn territory(sheet: &mut Sheet) {
    let (profile, places) = (sheet.profile, sheet.profile.department.places);
    let mut communes = vec![profile.place.insee];
    communes.extend(
        places.iter().map(|place| place.insee).filter(|i| *i != profile.place.insee).take(3),
    );
    sheet.put("territoire.territory_communes", communes.join(","));
    sheet.put("territoire.territory_departments", profile.department.code);
    let crowd = Crowd::of(sheet.before.welcomed, sheet.seed("crowd"));
    for area in ["qpv", "zfrr"] {
        let share = crowd.count(area) * 100 / crowd.whole.max(1);
        sheet.put(&format!("territoire.{area}_share"), share);
    }
    sheet.tell(&["territoire.local_diagnosis", "territoire.other_siae_nearby_comment"]);
}
