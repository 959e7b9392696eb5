//! Who is welcomed, and what becomes of them.

use super::sheet::{Sheet, day, hundredths, part};
use crate::seed::Seed;

/// Counts of people of one year; each is at most the whole, and ages and origins make it.
pub struct Crowd {
    /// Everybody.
    pub whole: i64,
    /// Counts by the last word of the questions' ids.
    pub counts: Vec<(&'static str, i64)>,
}

/// Shares of the whole, in percent, between two bounds.
const SHARES: [(&str, i64, i64); 17] = [
    ("women", 28, 58),
    ("brsa_increased", 3, 8),
    ("brsa_plain", 32, 46),
    ("ass", 4, 10),
    ("aah", 2, 5),
    ("rqth", 8, 15),
    ("deld", 22, 32),
    ("detld", 28, 42),
    ("qpv", 6, 34),
    ("zfrr", 8, 58),
    ("refugee", 2, 9),
    ("ase", 1, 5),
    ("detention", 2, 7),
    ("housing", 5, 12),
    ("single_parent", 12, 24),
    ("mobility", 32, 52),
    ("level_below_cap", 32, 44),
];

impl Crowd {
    /// A crowd of this size.
    pub fn of(whole: i64, mut seed: Seed) -> Self {
        let mut counts: Vec<(&str, i64)> = SHARES
            .iter()
            .map(|(name, least, most)| (*name, part(whole, seed.between(*least, *most))))
            .collect();
        let (young, old) = (part(whole, seed.between(12, 22)), part(whole, seed.between(18, 30)));
        counts.extend([("under26", young), ("over50", old), ("26_49", whole - young - old)]);
        counts.extend([("level_cap", part(whole, 36)), ("level_bac", part(whole, 18))]);
        let mission = if young > 0 { part(young, 80) } else { 0 };
        let (agency, council) = (part(whole, seed.between(42, 54)), part(whole, 16));
        counts.extend([
            ("from_france_travail", agency),
            ("from_mission_locale", mission),
            ("from_department", council),
            ("from_others", whole - agency - mission - council),
        ]);
        Self { whole, counts }
    }

    /// A count by its name.
    pub fn count(&self, name: &str) -> i64 {
        self.counts.iter().find(|(known, _)| *known == name).map_or(0, |(_, n)| *n)
    }
}

/// Forecast rates of exits: sustainable, transition, positive, in percent.
pub fn rates(kind: &str, mut seed: Seed) -> [i64; 3] {
    let [sustainable, transition, positive] = match kind {
        "ACI" => [15, 19, 26],
        "EI" => [24, 20, 16],
        "ETTI" => [32, 22, 11],
        "AI" => [20, 22, 18],
        _ => [25, 20, 15],
    };
    [
        sustainable + seed.between(0, 4),
        transition + seed.between(0, 3),
        positive + seed.between(0, 3),
    ]
}

/// Publics and objectives.
pub fn fill(sheet: &mut Sheet) {
    let crowd = Crowd::of(sheet.before.welcomed, sheet.seed("crowd"));
    sheet.put("publics.target_publics", "deld,detld,brsa,rqth,over50,qpv_zfrr,below_cap");
    sheet.put("publics.n_beneficiaries", crowd.whole);
    for (name, count) in &crowd.counts {
        sheet.put(&format!("publics.n_{name}"), count);
    }
    let mut seed = sheet.seed("path");
    let own = seed.between(8, 24);
    sheet.put("publics.self_prescription_rate", own);
    sheet.put("projet.a1_self_prescription", own);
    sheet.put("publics.avg_path_months", hundredths(seed.between(780, 1_340)));
    sheet.tell(&["publics.public_comment"]);
    objectives(sheet);
}

fn objectives(sheet: &mut Sheet) {
    let (kind, year) = (sheet.request.kind, sheet.request.year);
    let exits = part(sheet.before.people, 55).max(1);
    sheet.put("objectifs.exits_forecast", exits);
    let forecast = rates(kind, sheet.seed("rates"));
    for (id, rate) in ["sustainable", "transition", "positive"].into_iter().zip(forecast) {
        sheet.put(&format!("objectifs.rate_{id}"), rate);
    }
    sheet.put("objectifs.rate_dynamic", forecast.iter().sum::<i64>());
    let before: i64 = rates(kind, sheet.profile.seed(&format!("rates {}", year - 1))).iter().sum();
    sheet.put("objectifs.rate_dynamic_forecast_prev", before);
    let gap = sheet.seed("gap").between(-13, 5);
    sheet.put("objectifs.rate_dynamic_realized_prev", before + gap);
    if gap < -10 {
        sheet.tell(&["objectifs.rate_gap_explanation"]);
    }
    for (rank, axis) in (0_u32..).zip(["1", "2", "3", "4"]) {
        let (objective, indicator, target) = goal(axis, sheet.seed(&format!("goal {axis}")));
        let columns = [
            ("axis", axis.to_owned()),
            ("objective", objective.to_owned()),
            ("indicator", indicator.to_owned()),
            ("target", target.to_owned()),
            ("due", day(31, 12, year)),
        ];
        sheet.row("objectifs.qualitative_objectives", rank, &columns);
    }
}

/// An objective of an axis: what, how it is measured, what is aimed at.
pub fn goal(axis: &str, mut seed: Seed) -> (&'static str, &'static str, &'static str) {
    type Goals = [(&'static str, &'static str, &'static str); 3];
    let goals: &Goals = match axis {
        "1" => &[
            (
                "Recevoir chaque personne orientée dans les quinze jours",
                "Délai moyen entre orientation et entretien",
                "15 jours",
            ),
            (
                "Proposer une immersion avant chaque embauche",
                "Part des embauches précédées d'une immersion",
                "60 %",
            ),
            (
                "Réduire les départs pendant la période d'essai",
                "Ruptures pendant le premier mois",
                "5 % au plus",
            ),
        ],
        "2" => &[
            (
                "Tenir un entretien par mois avec chaque salarié",
                "Entretiens par salarié et par an",
                "10",
            ),
            (
                "Résoudre les difficultés de mobilité",
                "Part des difficultés résolues à la sortie",
                "50 %",
            ),
            ("Ouvrir les droits à la santé de chacun", "Salariés à jour de leurs droits", "100 %"),
        ],
        "3" => &[
            (
                "Former chaque salarié dans ses six premiers mois",
                "Part des salariés formés",
                "80 %",
            ),
            (
                "Présenter un groupe à un titre professionnel",
                "Salariés reçus à un titre ou à un bloc",
                "6",
            ),
            ("Développer la formation au poste", "Salariés formés en situation de travail", "40 %"),
        ],
        _ => &[
            ("Trouver deux clients nouveaux", "Contrats signés", "2"),
            (
                "Rapprocher les salariés des employeurs du territoire",
                "Immersions en entreprise",
                "12",
            ),
            (
                "Équilibrer les ventes entre public et privé",
                "Part du premier client",
                "30 % au plus",
            ),
        ],
    };
    seed.pick(goals).copied().unwrap_or(goals[0])
}
