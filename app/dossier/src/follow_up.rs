//! The fiche de suivi: what the dialogue de gestion between the State, the structure, France Travail and
//! the other funders came to. It is led before every decision on a request (circulaire DGEFP 2008-21 of
//! 10 December 2008) and settles ETP, exits and the part modulée (instruction DGEFP 2014-2).

pub mod modulation;

use form::{Answers, Date, Hundredths, number};
use serde::{Deserialize, Serialize};

use self::modulation::Weighing;
use crate::{
    annex::Grant,
    form::{
        demande::REQUEST_KIND,
        objectifs::{
            AXES, OBJECTIVE, OBJECTIVE_AXIS, OBJECTIVE_INDICATOR, OBJECTIVE_TARGET, RATE_POSITIVE,
            RATE_SUSTAINABLE, RATE_TRANSITION,
        },
    },
};

/// Longest text of a part, in characters.
pub const LONGEST: usize = 4_000;
/// Longest comment of a funder or of the structure, in characters.
pub const LONGEST_COMMENT: usize = 2_000;
/// Longest figure, as it is typed.
const LONGEST_FIGURE: usize = 20;

/// The table of the objectives of a request.
const OBJECTIVES: &str = "objectifs.qualitative_objectives";

/// How deep the dialogue goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManagementDialogue {
    /// « Complet et approfondi ».
    Full,
    /// « Allégé », in a year of a convention that runs.
    Light,
}

impl ManagementDialogue {
    /// Which one a request asks for: circulaire DGEFP 2008-21.
    pub fn of(answers: &Answers) -> Self {
        match answers.get(&REQUEST_KIND).as_deref() {
            Some("annual" | "amendment") => Self::Light,
            _ => Self::Full,
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Full => "Dialogue complet",
            Self::Light => "Dialogue allégé",
        }
    }

    /// Why.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Full => {
                "Première demande ou renouvellement : le projet entier se discute (circulaire DGEFP 2008-21)."
            }
            Self::Light => {
                "La convention court : on discute de l'année. Il est complet chaque année quand la convention n'est conclue que pour un an (circulaire DGEFP 2008-21)."
            }
        }
    }
}

/// The exits that are negotiated, in the order of the form: lasting jobs, jobs of transition, positive
/// exits. Their sum is the rate of dynamic exits.
pub const EXITS: [(&str, &str); 3] = [
    ("durable", "Emploi durable"),
    ("transition", "Emploi de transition"),
    ("positive", "Sorties positives"),
];

/// What the structure aims at on each axis, in the order of [`AXES`]: each objective with what is measured
/// and the result aimed at.
pub fn objectives(answers: &Answers) -> [Vec<String>; AXES.len()] {
    let mut all: [Vec<String>; AXES.len()] = Default::default();
    for row in answers.added_rows(OBJECTIVES) {
        let text = |field| answers.get_in::<String>(field, row);
        let axis = text(&OBJECTIVE_AXIS);
        let rank = AXES.iter().position(|known| Some(&*known.value) == axis.as_deref());
        let Some((aims, objective)) = rank.and_then(|rank| all.get_mut(rank)).zip(text(&OBJECTIVE))
        else {
            continue;
        };
        let measured = [text(&OBJECTIVE_INDICATOR), text(&OBJECTIVE_TARGET)];
        let measured: Vec<_> = measured.into_iter().flatten().collect();
        aims.push(match measured.as_slice() {
            [] => objective,
            _ => format!("{objective} ({})", measured.join("\u{a0}: ")),
        });
    }
    all
}

/// What a sheet says, as it is typed: it is kept while it is written, and checked when it is shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// The day of the dialogue.
    pub day: String,
    /// Who took part, by their functions and houses.
    pub participants: String,
    /// What is said of each axis of the project, in the order of [`AXES`].
    pub axes: [String; AXES.len()],
    /// ETP that were agreed on.
    pub etp: String,
    /// Rates of exits that were agreed on: see [`EXITS`].
    pub exits: [String; EXITS.len()],
    /// Part modulée that is proposed, in percent.
    pub modulated: String,
    /// How the part modulée was weighed.
    pub weighing: Weighing,
    /// What needs attention.
    pub attention: String,
    /// What comes next, and who does it.
    pub next: String,
}

/// Why a sheet is not shared: the part that is wrong, and what to do.
pub type Missing = (&'static str, &'static str);

impl Sheet {
    /// The sheet that a request begins with: what it asks for, and what does not fit together in it.
    pub fn begin(answers: &Answers, attention: String) -> Self {
        let figure = |value: Option<Hundredths>| {
            value.map(|value| number::display_scaled(value.0, 2)).unwrap_or_default()
        };
        let asked = Grant::asked(answers);
        let modulated = asked.map(|asked| asked.modulated).filter(|rate| rate.0 > 0);
        Self {
            etp: figure(asked.map(|asked| asked.etp)),
            exits: [&RATE_SUSTAINABLE, &RATE_TRANSITION, &RATE_POSITIVE]
                .map(|rate| figure(answers.get(rate))),
            modulated: figure(modulated),
            attention,
            ..Self::default()
        }
    }

    /// The same without what nobody types: other ends of lines, spaces around, texts beyond measure.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for text in self.texts() {
            *text = cut(text, LONGEST);
        }
        for figure in self.figures() {
            *figure = cut(figure, LONGEST_FIGURE);
        }
        self
    }

    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Self { participants, axes, attention, next, .. } = self;
        axes.iter_mut().chain([participants, attention, next])
    }

    fn figures(&mut self) -> impl Iterator<Item = &mut String> {
        let Self { day, etp, exits, modulated, weighing, .. } = self;
        exits.iter_mut().chain([day, etp, modulated]).chain(weighing.texts())
    }

    /// What was agreed to grant, when it reads and may be granted.
    pub fn grant(&self) -> Option<Grant> {
        Grant::read(&self.etp, &self.modulated).filter(|grant| grant.is_fair())
    }

    /// The rate of dynamic exits: the sum of those that were agreed on, when they all read.
    pub fn dynamic(&self) -> Option<Hundredths> {
        let rates = self.exits.iter().map(|rate| number::parse_scaled(rate, 2).ok());
        let sum = rates.sum::<Option<i64>>()?;
        let fair = (0..=10_000).contains(&sum)
            && self.exits.iter().all(|rate| !rate.trim_start().starts_with('-'));
        fair.then_some(Hundredths(sum))
    }

    /// What stands against showing it to the structure and to the funders, part by part.
    pub fn missing(&self, today: Date) -> Vec<Missing> {
        let mut missing = Vec::new();
        match Date::parse_iso(&self.day) {
            None => missing.push(("jour", "Indiquez le jour du dialogue.")),
            Some(day) if day > today => {
                missing.push((
                    "jour",
                    "Ce jour est à venir : la fiche se communique une fois le dialogue tenu.",
                ));
            }
            Some(_) => {}
        }
        if self.participants.trim().is_empty() {
            missing.push(("participants", "Dites qui a pris part au dialogue, par fonctions."));
        }
        if self.grant().is_none() {
            missing.push((
                "etp",
                "Écrivez les ETP retenus en chiffres, par exemple 12,50, et une part modulée de 0 à 10 %.",
            ));
        }
        if self.dynamic().is_none() {
            missing.push((
                "durable",
                "Écrivez les trois taux en chiffres, 0 quand il n'y en a pas ; leur somme ne passe pas 100 %.",
            ));
        }
        missing
    }

    /// What the journal holds the hash of: each part led by its length.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut all = self.clone();
        let mut parts: Vec<String> = all.texts().map(|text| text.clone()).collect();
        parts.extend(all.figures().map(|text| text.clone()));
        parts.iter().flat_map(|part| format!("{}:{part},", part.len()).into_bytes()).collect()
    }
}

/// A text as it is kept.
pub fn cut(text: &str, most: usize) -> String {
    text.trim().replace("\r\n", "\n").chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::answers;

    const ASKED: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("moyens.etp_requested", "14,20"),
        ("objectifs.rate_sustainable", "20"),
        ("objectifs.rate_transition", "22,50"),
        ("objectifs.rate_positive", "10"),
    ];

    fn today() -> Date {
        Date::parse_iso("2026-11-27").unwrap()
    }

    fn held() -> Sheet {
        Sheet {
            day: "2026-11-20".into(),
            participants: "DDETS, structure".into(),
            ..Sheet::begin(&answers(ASKED), String::new())
        }
    }

    #[test]
    fn a_sheet_begins_with_what_is_asked() {
        let sheet = Sheet::begin(&answers(ASKED), "Déficit".into());
        assert_eq!((sheet.etp.as_str(), sheet.modulated.as_str()), ("14,20", ""));
        assert_eq!(sheet.exits, ["20,00", "22,50", "10,00"]);
        assert_eq!(sheet.dynamic(), Some(Hundredths(52_50)));
        assert_eq!(sheet.attention, "Déficit");
        let missing: Vec<_> = sheet.missing(today()).into_iter().map(|(part, _)| part).collect();
        assert_eq!(missing, ["jour", "participants"]);
    }

    #[test]
    fn the_objectives_of_the_structure_stand_by_their_axis() {
        let said = answers(&[
            ("objectifs.qualitative_objectives+r1", ""),
            ("objectifs.qualitative_objectives.axis#r1", "3"),
            ("objectifs.qualitative_objectives.objective#r1", "Former à la sécurité"),
            ("objectifs.qualitative_objectives.indicator#r1", "Salariés formés"),
            ("objectifs.qualitative_objectives.target#r1", "Tous"),
            ("objectifs.qualitative_objectives+r2", ""),
            ("objectifs.qualitative_objectives.axis#r2", "1"),
            ("objectifs.qualitative_objectives.objective#r2", "Un livret d'accueil"),
            ("objectifs.qualitative_objectives+r3", ""),
            ("objectifs.qualitative_objectives.objective#r3", "Sans axe"),
        ]);
        let [first, second, third, fourth] = objectives(&said);
        assert_eq!(first, ["Un livret d'accueil"]);
        assert_eq!(third, ["Former à la sécurité (Salariés formés\u{a0}: Tous)"]);
        assert!(second.is_empty() && fourth.is_empty());
    }

    #[test]
    fn in_prison_the_part_modulee_is_known() {
        let more = [("demande.siae_kind", "ACI"), ("demande.perimeter", "MP")];
        let all: Vec<_> = ASKED.iter().chain(&more).copied().collect();
        assert_eq!(Sheet::begin(&answers(&all), String::new()).modulated, "5,00");
    }

    #[test]
    fn it_is_shared_once_it_says_what_was_agreed() {
        assert!(held().missing(today()).is_empty());
        let with = |change: fn(&mut Sheet)| {
            let mut sheet = held();
            change(&mut sheet);
            sheet.missing(today()).into_iter().map(|(part, _)| part).collect::<Vec<_>>()
        };
        assert_eq!(with(|sheet| sheet.day = "2026-11-28".into()), ["jour"], "not held yet");
        assert_eq!(with(|sheet| sheet.day = "2026-11-27".into()), [""; 0], "held today");
        assert_eq!(with(|sheet| sheet.etp = "douze".into()), ["etp"]);
        assert_eq!(with(|sheet| sheet.modulated = "10,01".into()), ["etp"]);
        assert_eq!(with(|sheet| sheet.exits[0] = "67,51".into()), ["durable"], "over 100 %");
        assert_eq!(with(|sheet| sheet.exits[0] = "-1".into()), ["durable"]);
        assert_eq!(with(|sheet| sheet.exits[2] = String::new()), ["durable"]);
        assert_eq!(with(|sheet| sheet.exits[0] = "67,50".into()), [""; 0], "100 %");
    }

    #[test]
    fn the_dialogue_is_light_while_a_convention_runs() {
        for (kind, expected) in [
            ("first", ManagementDialogue::Full),
            ("renewal", ManagementDialogue::Full),
            ("annual", ManagementDialogue::Light),
            ("amendment", ManagementDialogue::Light),
        ] {
            assert_eq!(
                ManagementDialogue::of(&answers(&[("demande.request_kind", kind)])),
                expected
            );
        }
    }

    #[test]
    fn every_part_counts_in_the_hash_and_none_runs_into_the_next() {
        let bytes = |change: fn(&mut Sheet)| {
            let mut sheet = held();
            change(&mut sheet);
            sheet.canonical_bytes()
        };
        let changes: [fn(&mut Sheet); 9] = [
            |_| {},
            |sheet| sheet.day.push('1'),
            |sheet| sheet.participants.push('1'),
            |sheet| sheet.axes[3].push('1'),
            |sheet| sheet.etp.push('1'),
            |sheet| sheet.exits[1].push('1'),
            |sheet| sheet.modulated.push('1'),
            |sheet| sheet.attention.push('1'),
            |sheet| sheet.weighing.criteria[2].high.push('1'),
        ];
        let all: std::collections::BTreeSet<_> = changes.map(bytes).into();
        assert_eq!(all.len(), changes.len());
    }

    #[test]
    fn what_is_kept_is_tidy() {
        let long = "é".repeat(LONGEST + 1);
        let sheet = Sheet { next: long, participants: " a\r\nb ".into(), ..held() }.tidy();
        assert_eq!(sheet.next.chars().count(), LONGEST);
        assert_eq!(sheet.participants, "a\nb");
    }
}
