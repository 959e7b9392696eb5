//! Who works there, how many ETP are asked for, and the documents that go with it.

use dossier::form::{moyens::request::needs_reason, pieces};
use form::Hundredths;

use super::sheet::{Sheet, hundredths};
use crate::{profile::slug, texts};

/// People, ETP, the département's part, documents.
pub fn fill(sheet: &mut Sheet) {
    staff(sheet);
    asked(sheet);
    documents(sheet);
}

fn staff(sheet: &mut Sheet) {
    let figures = sheet.before;
    let independent = sheet.request.kind == "EITI";
    let supervision =
        (figures.technical.0 + figures.support.0, figures.technical.1 + figures.support.1);
    let outside = if figures.etp > 900 { (1, 20) } else { (0, 0) };
    let lines = [
        ("technical", figures.technical),
        ("support", figures.support),
        ("supervision_total", supervision),
        ("total", figures.total()),
        ("insertion", (figures.people, figures.etp)),
        ("non_salaried", (0, 0)),
        ("external", outside),
        ("independent", if independent { (figures.people, figures.etp) } else { (0, 0) }),
    ];
    for (line, (people, etp)) in lines {
        sheet.cell("moyens.staff.n", line, people);
        sheet.cell("moyens.staff.etp", line, hundredths(etp));
    }
    let direction = figures.office.min(100);
    let functions =
        [("Direction", direction), ("Gestion et comptabilité", figures.office - direction)];
    for (rank, (role, etp)) in (0_u32..).zip(functions) {
        sheet.row(
            "moyens.support_staff",
            rank,
            &[("role", role.to_owned()), ("etp", hundredths(etp))],
        );
    }
    let hours = if sheet.request.kind == "ACI" { "26:00" } else { "35:00" };
    sheet.put("moyens.collective_hours", hours);
    sheet.tell(&["moyens.staff_training"]);
    sheet.put("moyens.staff_training_cost", figures.total().1 / 100 * 90);
    sheet.put("moyens.recruit_forecast", i64::from(sheet.now.etp > sheet.before.etp + 100));
}

fn asked(sheet: &mut Sheet) {
    let (now, before) = (sheet.now.etp, sheet.before.etp);
    sheet.put("moyens.etp_requested", hundredths(now));
    sheet.put("moyens.etp_current", hundredths(before));
    let realized = before * sheet.seed("realized").between(91, 101) / 100;
    sheet.put("moyens.etp_realized_prev", hundredths(realized));
    if needs_reason(Hundredths(before), Hundredths(now)) {
        let reason = texts::reason_of_change(sheet.profile, sheet.request.year, now < before);
        sheet.put("moyens.etp_change_reason", reason);
    }
    let financed = sheet.now.financed > 0;
    sheet.put("moyens.cofinancing", if financed { "oui" } else { "non" });
    if financed {
        sheet.put("moyens.cofinancing_amount", hundredths(sheet.now.departmental()));
        sheet.put("moyens.cofinancing_funder", sheet.profile.department.council);
        sheet.put("moyens.cofinanced_brsa_count", sheet.now.financed);
    }
    sheet.put("moyens.derogation", "non");
}

/// What is new each year is joined, what does not concern the structure is set aside, the rest was
/// sent already unless this is a first request.
fn documents(sheet: &mut Sheet) {
    let first = sheet.request.nature == "first";
    let fields = || pieces::SECTION.groups.iter().flat_map(form::Group::fields);
    for field in fields() {
        let Some(name) = field.id.strip_prefix("pieces.") else { continue };
        if let Some(name) = name.strip_suffix("_file") {
            let year = sheet.request.year - 1;
            let piece = fields().find(|other| other.id.strip_prefix("pieces.") == Some(name));
            let called = piece.map_or_else(|| name.to_owned(), |piece| slug(&piece.label));
            sheet.put(&field.id, format!("{called}-{year}.pdf"));
            continue;
        }
        let may_be_left = field.kind.choices().iter().any(|c| c.value == "not_concerned");
        let status = match name {
            "accounts" if first => "not_concerned",
            "urssaf" | "tax" | "accounts" | "activity_report" => "joined",
            "aci_caom" if sheet.now.financed > 0 => "joined",
            _ if may_be_left => "not_concerned",
            _ if first => "joined",
            _ => "unchanged",
        };
        sheet.put(&field.id, status);
    }
}
