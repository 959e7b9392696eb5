//! Step "Demande": what is asked, by which kind of structure, for which period.

use form::{
    Answers, At, Carry, Date, Field, Group, Problem, Section, choices, fields, one_of, sources,
};

use super::asked::{IN_1R, IN_1RAM, IN_M, IN_RAM, PERIMETER_ID, REQUEST_KIND_ID, SIAE_KIND_ID};
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
        .asked(IN_1RAM)
        .sources(sources![Computed ""]);

/// Years asked for in a first or renewed convention.
pub static YEARS: Field<String> = Field::one_of(
    "demande.multi_year",
    "Durée de la convention demandée",
    choices!["1" "Un an", "2" "Deux ans", "3" "Trois ans"],
)
.hint("Trois ans est l'usage\u{a0}; un an reste possible pour un premier projet.")
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

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[ENDS_BEFORE_START, NOT_WHOLE_MONTHS, TOO_MANY_MONTHS];

/// The period is made of whole months, 36 at most for a convention and 12 for an annexe
/// (article R. 5132-3).
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    let (Some(start), Some(end)) = (answers.get(&PERIOD_START), answers.get(&PERIOD_END)) else {
        return;
    };
    let mut add = |field: &str, sentence: &Sentence, values| {
        problems.push(Problem::rule(At::once(field), sentence.code, values));
    };
    if end <= start {
        return add(&PERIOD_END.def.id, &ENDS_BEFORE_START, vec![]);
    }
    if start.day() != 1 {
        add(&PERIOD_START.def.id, &NOT_WHOLE_MONTHS, vec![]);
    }
    if !end.is_last_of_month() {
        add(&PERIOD_END.def.id, &NOT_WHOLE_MONTHS, vec![]);
    }
    let convention = IN_1R.holds(answers, "");
    let most = if convention { 36 } else { 12 };
    let months = start.months_through(end);
    if months > most {
        let values = vec![months.to_string(), most.to_string()];
        add(&PERIOD_END.def.id, &TOO_MANY_MONTHS, values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(kind: &str, start: &str, end: &str) -> Vec<String> {
        let mut answers = Answers::default();
        answers.set(At::once(REQUEST_KIND_ID), kind.to_owned());
        answers.set(At::once("demande.period_start"), start.to_owned());
        answers.set(At::once("demande.period_end"), end.to_owned());
        let mut problems = Vec::new();
        rules(&answers, &mut problems);
        problems.iter().map(|p| format!("{:?}", p.what)).collect()
    }

    #[test]
    fn a_period_is_made_of_whole_months_within_the_limit() {
        assert!(broken("annual", "01/01/2027", "31/12/2027").is_empty());
        assert!(broken("renewal", "01/01/2027", "31/12/2029").is_empty());
        assert!(broken("annual", "01/01/2027", "31/01/2028")[0].contains("too_many_months"));
        assert!(broken("first", "01/01/2027", "31/01/2030")[0].contains("too_many_months"));
        assert!(broken("annual", "02/01/2027", "31/12/2027")[0].contains("whole_months"));
        assert!(broken("annual", "01/01/2027", "01/01/2026")[0].contains("ends_before"));
    }
}
