//! Which requests are made, when, and how far each goes.

use service::{Millis, forms};

use crate::{
    people,
    profile::{Profile, Request},
    seed::moment,
    structures,
};

/// How far a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Opened, nothing written.
    Empty,
    /// The first steps are filled.
    Half,
    /// Everything is filled, nothing is deposited.
    Ready,
    /// The one of the first persona: almost ready.
    Ines,
    /// Deposited.
    Deposited,
    /// Deposited, then taken back.
    Withdrawn,
    /// Given up before the deposit.
    Abandoned,
}

/// A request of the story.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// Who asks.
    pub profile: &'a Profile,
    /// For what.
    pub request: Request,
    /// With which form.
    pub form: &'static str,
    /// How far it goes.
    pub stage: Stage,
    /// When it is opened.
    pub opened: Millis,
    /// When it is deposited or given up.
    pub moved: Millis,
    /// Another département than that of the structure.
    pub elsewhere: Option<&'static str>,
}

impl<'a> Plan<'a> {
    /// Département of deposit: that of the structure, but for the one that works in two.
    pub fn department(&self) -> &'a str {
        self.elsewhere.unwrap_or(self.profile.department.code)
    }

    /// Stable name.
    pub fn key(&self) -> String {
        let Request { kind, nature, year, perimeter } = self.request;
        format!(
            "{} {} {kind} {nature} {year} {perimeter} {:?}{}",
            self.form,
            self.profile.key,
            self.stage,
            self.elsewhere.unwrap_or_default()
        )
    }
}

/// Every request, in the order of the deposits, so that receipts are numbered by date.
pub fn plans(profiles: &[Profile]) -> Vec<Plan<'_>> {
    let mut all = Vec::new();
    for (rank, profile) in profiles.iter().enumerate() {
        past(rank, profile, &mut all);
        present(rank, profile, &mut all);
    }
    all.sort_by_key(|plan| (plan.moved, plan.key()));
    all
}

/// Kinds and perimeters that a structure asks for.
fn subjects(profile: &Profile) -> Vec<(&'static str, &'static str)> {
    let mut subjects: Vec<_> = profile.kinds.iter().map(|kind| (*kind, "DC")).collect();
    if profile.prison.is_some() {
        subjects.push((profile.kinds.first().copied().unwrap_or("ACI"), "MP"));
    }
    subjects
}

/// Within office hours, in the autumn before the year.
fn autumn(profile: &Profile, year: i32, kind: &str, least: i64, most: i64) -> Millis {
    let mut seed = profile.seed(&format!("{kind} {year} {least}"));
    let day = seed.between(least, most);
    let start = moment(year - 1, 10, 1, 0, 0);
    // 1 October plus some days; Saturdays and Sundays go to the Monday.
    let days = start.0 / 86_400_000 + day;
    let days = match (days + 3).rem_euclid(7) {
        5 => days + 2,
        6 => days + 1,
        _ => days,
    };
    Millis(days * 86_400_000 + seed.between(8 * 60, 16 * 60) * 60_000 + seed.between(0, 59_999))
}

fn past<'a>(rank: usize, profile: &'a Profile, all: &mut Vec<Plan<'a>>) {
    for year in [2_025, 2_026] {
        let Some(nature) = profile.nature(year) else { continue };
        let skipped = (year == 2_025 && rank % 7 == 3) || (year == 2_026 && rank % 11 == 5);
        if skipped {
            continue;
        }
        for (kind, perimeter) in subjects(profile) {
            let request = Request { kind, nature, year, perimeter };
            let about = format!("{kind} {perimeter}");
            let opened = autumn(profile, year, &about, 2, 30);
            let moved = autumn(profile, year, &about, 35, 74);
            let form = forms::CONVENTIONNEMENT;
            all.push(Plan {
                profile,
                request,
                form,
                stage: Stage::Deposited,
                opened,
                moved,
                elsewhere: None,
            });
            if year == 2_026 && rank % 20 == 6 {
                let (opened, moved) = (Millis(opened.0 - 3_600_000), Millis(opened.0 - 600_000));
                all.push(Plan {
                    profile,
                    request,
                    form,
                    stage: Stage::Abandoned,
                    opened,
                    moved,
                    elsewhere: None,
                });
            }
            if year == 2_025 && rank.is_multiple_of(4) && perimeter == "DC" {
                let opened = moment(2026, 2, 16, 9, i64::try_from(rank).unwrap_or(0));
                let moved = moment(2026, 3, 24, 10, i64::try_from(rank).unwrap_or(0));
                let (form, stage) = (forms::BILAN, Stage::Deposited);
                let request = Request { nature: "annual", ..request };
                all.push(Plan { profile, request, form, stage, opened, moved, elsewhere: None });
            }
        }
    }
}

fn present<'a>(rank: usize, profile: &'a Profile, all: &mut Vec<Plan<'a>>) {
    let Some(nature) = profile.nature(2_027) else { return };
    for (kind, perimeter) in subjects(profile) {
        let Some(stage) = stage(rank, profile, perimeter) else { continue };
        let request = Request { kind, nature, year: 2_027, perimeter };
        let about = format!("{kind} {perimeter}");
        let opened = match stage {
            Stage::Ines => moment(2026, 11, 9, 8, 12),
            // Since the national form changed.
            Stage::Ready if people::persona_of(&profile.name).is_some() => {
                moment(2026, 11, 5, 9, 30)
            }
            _ => autumn(profile, 2_027, &about, 2, 18),
        };
        let moved = autumn(profile, 2_027, &about, 20, 48);
        let form = forms::CONVENTIONNEMENT;
        all.push(Plan { profile, request, form, stage, opened, moved, elsewhere: None });
        if profile.name == structures::IN_TWO {
            // It types once what is the same in both: nothing is laid here.
            let opened = moment(2026, 11, 20, 9, 40);
            let (stage, moved) = (Stage::Empty, opened);
            let elsewhere = Some("58");
            all.push(Plan { profile, request, form, stage, opened, moved, elsewhere });
        }
    }
}

/// Each persona meets a dossier at another stage; others follow their rank.
fn stage(rank: usize, profile: &Profile, perimeter: &str) -> Option<Stage> {
    match (people::director_of(&profile.name), perimeter) {
        (Some("Inès Barbier"), _) => return Some(Stage::Ines),
        (Some("Marc-Antoine Desroses"), _) => return Some(Stage::Ready),
        (Some("Sonia Petit"), _) if profile.department.code == "21" => {
            return Some(Stage::Deposited);
        }
        (Some("Jules Moreau"), _) => return Some(Stage::Empty),
        (Some("Hélène Le Goff" | "Sonia Petit"), _) | (_, "MP") => return Some(Stage::Half),
        _ => {}
    }
    match rank % 10 {
        0 => None,
        1 => Some(Stage::Empty),
        2 | 3 => Some(Stage::Half),
        4 => Some(Stage::Ready),
        8 if rank % 20 == 8 => Some(Stage::Withdrawn),
        _ => Some(Stage::Deposited),
    }
}
