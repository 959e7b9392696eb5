//! Step "Demande": what is asked, by which kind of structure, for which period.

use form::{
    Answers, Carry, Date, Field, Group, Problem, Section, choices, fields, identifier, one_of,
    sources,
};

use super::{
    asked::{IN_1R, IN_1RAM, IN_M, IN_RAM, PERIMETER_ID, REQUEST_KIND_ID, SIAE_KIND_ID},
    read::{broken, put},
};
use crate::sentence::Sentence;

/// Nature of the request.
pub static REQUEST_KIND: Field<String> = Field::one_of(
    REQUEST_KIND_ID,
    "Nature de la demande",
    choices![
        "first" "Première demande de convention",
        "renewal" "Renouvellement de la convention",
        "annual" "Demande annuelle (annexe financière)",
        "amendment" "Modification en cours d'année"
    ],
)
.why("La nature de la demande décide des questions posées et du circuit d'instruction. Circulaire DGEFP 2008-21 du 10 décembre 2008.")
.fixed()
.carry(Carry::Never);

/// Kind of structure.
pub static SIAE_KIND: Field<String> = Field::one_of(
    SIAE_KIND_ID,
    "Type de structure",
    choices![
        "EI" "Entreprise d'insertion (EI)",
        "ETTI" "Entreprise de travail temporaire d'insertion (ETTI)",
        "ACI" "Atelier et chantier d'insertion (ACI)",
        "AI" "Association intermédiaire (AI)",
        "EITI" "Entreprise d'insertion par le travail indépendant (EITI)"
    ],
)
.why("Chaque type de structure a sa convention, son montant d'aide et ses obligations. Code du travail, article L. 5132-4.")
.fixed()
.carry(Carry::Fixed)
.sources(sources![AspAnnex "af_mesure_dispositif_code", Emplois "type"]);

/// Droit commun or milieu pénitentiaire.
pub static PERIMETER: Field<String> = Field::one_of(
    PERIMETER_ID,
    "Périmètre",
    choices!["DC" "Droit commun", "MP" "Milieu pénitentiaire"],
)
.visible_when(one_of!(SIAE_KIND_ID; "EI", "ACI"))
.why("Les postes en établissement pénitentiaire relèvent d'une convention distincte et d'un plafond de dix postes par établissement.")
.fixed()
.carry(Carry::Fixed)
.sources(sources![AspAnnex "af_mesure_dispositif_code"]);

/// Département of deposit.
pub static DEPARTMENT: Field<String> =
    Field::department("demande.department", "Département de dépôt")
        .hint("Celui du siège de la structure, ou celui de l'annexe financière en cours.")
        .why("Le dossier est instruit par la DDETS de ce département. Circulaire DGEFP 2008-21.")
        .fixed()
        .carry(Carry::Fixed)
        .sources(
            sources![AspAnnex "af_numero_annexe_financiere", CompanyRegister "siege.departement"],
        );

/// Number of the convention that this request follows.
pub static PREVIOUS_CONVENTION: Field<String> = Field::convention_number(
    "demande.previous_convention_number",
    "Numéro de la convention en cours",
)
.hint("Par exemple 029 010119 ACI 00009. Il figure en haut de votre convention.")
.why("Il relie la demande à votre convention dans l'extranet de l'ASP.")
.asked(IN_RAM)
.carry(Carry::Fixed)
.sources(sources![AspAnnex "af_numero_convention"]);

/// First day of the requested period.
pub static PERIOD_START: Field<Date> = Field::date("demande.period_start", "Début de la période demandée")
    .hint("Le premier jour d'un mois, en général le 1er janvier.")
    .why("La convention dure trois ans au plus et ses conditions financières sont fixées chaque année. Code du travail, article R. 5132-3.")
    .asked(IN_1RAM)
    .sources(sources![Computed ""]);

/// Last day of the requested period.
pub static PERIOD_END: Field<Date> =
    Field::date("demande.period_end", "Fin de la période demandée")
        .hint("Le dernier jour d'un mois, en général le 31 décembre.")
        .why("La convention dure trois ans au plus et ses conditions financières sont fixées chaque année. Code du travail, article R. 5132-3.")
        .asked(IN_1RAM)
        .sources(sources![Computed ""]);

/// Years asked for in a first or renewed convention.
pub static YEARS: Field<String> = Field::one_of(
    "demande.multi_year",
    "Durée de la convention demandée",
    choices!["1" "Un an", "2" "Deux ans", "3" "Trois ans"],
)
.hint("La durée habituelle est de trois ans\u{a0}; un an reste possible pour un premier projet.")
.why(
    "La convention pluriannuelle est la règle depuis l'instruction DGEFP 2014-2 du 5 février 2014.",
)
.asked(IN_1R);

/// What an amendment changes.
pub static AMENDMENT_SUBJECTS: Field<Vec<String>> = Field::many_of(
    "demande.amendment_subjects",
    "Ce que vous souhaitez modifier",
    choices![
        "etp" "Le nombre d'ETP",
        "activity" "L'activité",
        "territory" "Le territoire",
        "seat" "Le siège",
        "merger" "Une fusion ou une reprise"
    ],
)
.asked(IN_M);

/// Why an amendment is asked.
pub static REQUEST_REASON: Field<String> =
    Field::long_text_from("demande.request_reason", "Motif de la modification", 30, 1_500)
        .hint("Deux ou trois phrases\u{a0}: ce qui a changé depuis la signature, et depuis quand.")
        .asked(IN_M);

/// The step.
pub static SECTION: Section = Section::new("demande", "Demande")
    .intro("Ce que vous demandez, et pour quelle période.")
    .groups(
        const {
            &[
                Group::new("demande.kind", "Votre demande").holding(fields![
                    REQUEST_KIND,
                    SIAE_KIND,
                    PERIMETER,
                    DEPARTMENT,
                    PREVIOUS_CONVENTION
                ]),
                Group::new("demande.period", "Période").holding(fields![
                    PERIOD_START,
                    PERIOD_END,
                    YEARS
                ]),
                Group::new("demande.change", "Modification demandée")
                    .when(one_of!(REQUEST_KIND_ID; "amendment"))
                    .holding(fields![AMENDMENT_SUBJECTS, REQUEST_REASON]),
            ]
        },
    );

const ENDS_BEFORE_START: Sentence = Sentence {
    code: "demande.ends_before_start",
    text: "La période se termine avant de commencer. Vérifiez les deux dates.",
};
const NOT_WHOLE_MONTHS: Sentence = Sentence {
    code: "demande.not_whole_months",
    text: "L'aide est versée par mois entiers\u{a0}: la période commence le premier jour d'un mois et se termine le dernier jour d'un mois.",
};
const TOO_MANY_MONTHS: Sentence = Sentence {
    code: "demande.too_many_months",
    text: "La période couvre {0} mois, et {1} au plus sont possibles pour cette demande. Avancez la date de fin.",
};
const LONGER_THAN_YEARS: Sentence = Sentence {
    code: "demande.longer_than_years",
    text: "Vous avez choisi «\u{202f}{0}\u{202f}», et la période couvre {1} mois. Allongez la durée, ou avancez la date de fin.",
};
const SHORTER_THAN_YEARS: Sentence = Sentence {
    code: "demande.shorter_than_years",
    text: "Vous avez choisi «\u{202f}{0}\u{202f}», et la période ne couvre que {1} mois. Reculez la date de fin, ou réduisez la durée.",
};
const BEFORE_CONVENTION: Sentence = Sentence {
    code: "demande.before_convention",
    text: "La période commence avant la convention {0}, qui débute le {1} d'après son numéro. Vérifiez la date, ou le numéro.",
};
const AFTER_CONVENTION: Sentence = Sentence {
    code: "demande.after_convention",
    text: "La période se termine plus de trois ans après le début de la convention {0}, le {1} d'après son numéro. Vérifiez la date et le numéro, ou demandez un renouvellement.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[
    ENDS_BEFORE_START,
    NOT_WHOLE_MONTHS,
    TOO_MANY_MONTHS,
    LONGER_THAN_YEARS,
    SHORTER_THAN_YEARS,
    BEFORE_CONVENTION,
    AFTER_CONVENTION,
];

/// Longest convention, in months (article R. 5132-3).
const CONVENTION_MONTHS: i32 = 36;
/// Longest annexe, in months.
const ANNEX_MONTHS: i32 = 12;

/// The period is made of whole months, 36 at most for a convention and 12 for an annexe
/// (article R. 5132-3). It is as long as the convention asked for, or lies inside the one in force.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let (Some(start), Some(end)) = (put(answers, &PERIOD_START), put(answers, &PERIOD_END)) else {
        return;
    };
    if end <= start {
        problems.push(broken(&PERIOD_END, &ENDS_BEFORE_START, vec![]));
        return;
    }
    if start.day() != 1 {
        problems.push(broken(&PERIOD_START, &NOT_WHOLE_MONTHS, vec![]));
    }
    if !end.is_last_of_month() {
        problems.push(broken(&PERIOD_END, &NOT_WHOLE_MONTHS, vec![]));
    }
    let most = if IN_1R.holds(answers, "") { CONVENTION_MONTHS } else { ANNEX_MONTHS };
    let months = start.months_through(end);
    if months > most {
        let values = vec![months.to_string(), most.to_string()];
        problems.push(broken(&PERIOD_END, &TOO_MANY_MONTHS, values));
    } else {
        length(answers, months, problems);
    }
    inside(answers, start, end, problems);
}

/// A convention of two years covers from thirteen to twenty-four months.
fn length(answers: &Answers, months: i32, problems: &mut Vec<Problem>) {
    let Some(years) = put(answers, &YEARS) else { return };
    let Ok(most) = years.parse::<i32>().map(|years| years * ANNEX_MONTHS) else { return };
    let shown = YEARS.def.kind.display(&years);
    if months > most {
        let values = vec![shown, months.to_string()];
        problems.push(broken(&YEARS, &LONGER_THAN_YEARS, values));
    } else if months <= most - ANNEX_MONTHS {
        let values = vec![shown, months.to_string()];
        problems.push(broken(&YEARS, &SHORTER_THAN_YEARS, values).as_warning());
    }
}

/// An annexe or an amendment lies inside the convention in force, whose number may tell its first
/// day. A renewal follows it.
fn inside(answers: &Answers, start: Date, end: Date, problems: &mut Vec<Problem>) {
    let Some(number) = put(answers, &PREVIOUS_CONVENTION).filter(|_| !IN_1R.holds(answers, ""))
    else {
        return;
    };
    let Some(first) = identifier::start_of_convention(&number) else { return };
    let values = vec![number, first.french()];
    if start < first {
        problems.push(broken(&PERIOD_START, &BEFORE_CONVENTION, values).as_warning());
    } else if first.months_through(end) > CONVENTION_MONTHS {
        problems.push(broken(&PERIOD_END, &AFTER_CONVENTION, values).as_warning());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{answers, said, table};

    #[test]
    fn a_period_is_made_of_whole_months_within_the_limit() {
        let start_whole = "demande.not_whole_months @demande.period_start";
        let end_whole = "demande.not_whole_months @demande.period_end";
        let too_many = "demande.too_many_months @demande.period_end";
        for (kind, start, end, expected) in [
            ("annual", "01/01/2027", "31/12/2027", &[][..]),
            ("renewal", "01/01/2027", "31/12/2029", &[]),
            ("annual", "01/01/2027", "31/01/2028", &[too_many]),
            ("first", "01/01/2027", "31/01/2030", &[too_many]),
            ("annual", "02/01/2027", "31/12/2027", &[start_whole]),
            ("annual", "01/01/2027", "30/12/2027", &[end_whole]),
            (
                "annual",
                "01/01/2027",
                "01/01/2026",
                &["demande.ends_before_start @demande.period_end"],
            ),
        ] {
            let filled = answers(&[
                (REQUEST_KIND_ID, kind),
                ("demande.period_start", start),
                ("demande.period_end", end),
            ]);
            assert_eq!(said(rules, &filled), expected, "{kind} {start} {end}");
        }
    }

    #[test]
    fn the_period_is_as_long_as_the_convention_asked_for() {
        let longer: &[&str] = &["demande.longer_than_years @demande.multi_year"];
        let shorter: &[&str] = &["? demande.shorter_than_years @demande.multi_year"];
        table(
            rules,
            &[
                (REQUEST_KIND_ID, "first"),
                ("demande.period_start", "01/04/2027"),
                ("demande.period_end", "31/12/2029"),
            ],
            &[
                (&[("demande.multi_year", "3")], &[]),
                (&[("demande.multi_year", "2")], longer),
                (&[("demande.multi_year", "1")], longer),
                (&[("demande.multi_year", "1"), ("demande.period_end", "31/03/2028")], &[]),
                (&[("demande.multi_year", "3"), ("demande.period_end", "31/03/2029")], shorter),
                (&[("demande.multi_year", "3"), ("demande.period_end", "30/04/2029")], &[]),
                (&[("demande.multi_year", "3"), ("demande.period_end", "31/12/2027")], shorter),
                (
                    &[
                        (REQUEST_KIND_ID, "annual"),
                        ("demande.multi_year", "3"),
                        ("demande.period_end", "31/12/2027"),
                    ],
                    &[],
                ),
            ],
        );
    }

    #[test]
    fn an_annexe_lies_inside_its_convention() {
        let before: &[&str] = &["? demande.before_convention @demande.period_start"];
        let after: &[&str] = &["? demande.after_convention @demande.period_end"];
        table(
            rules,
            &[
                (REQUEST_KIND_ID, "annual"),
                ("demande.period_start", "01/01/2027"),
                ("demande.period_end", "31/12/2027"),
            ],
            &[
                (&[("demande.previous_convention_number", "058 010127 ACI 00003")], &[]),
                (&[("demande.previous_convention_number", "058 010125 ACI 00003")], &[]),
                (&[("demande.previous_convention_number", "058 010227 ACI 00003")], before),
                (&[("demande.previous_convention_number", "058 011224 ACI 00003")], after),
                (&[("demande.previous_convention_number", "ACI 058 21 0003")], &[]),
                (
                    &[
                        (REQUEST_KIND_ID, "renewal"),
                        ("demande.previous_convention_number", "058 010124 ACI 00003"),
                    ],
                    &[],
                ),
            ],
        );
    }
}
