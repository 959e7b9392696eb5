//! Step "Conventions et agréments": what else the structure is agreed or declared for.

use form::{
    Answers, Carry, Choice, Cond, Field, Group, Problem, Section, Table, all, choices, fields,
    one_of, sources,
};

use super::{
    asked::{FOR_AI, IN_1RA, IN_RA, SIAE_KIND_ID},
    read::{broken, broken_in, put, put_in},
};
use crate::sentence::Sentence;

/// Kinds of structure.
const IAE_KINDS: &[Choice] = choices![
    "EI" "Entreprise d'insertion (EI)",
    "ETTI" "Entreprise de travail temporaire d'insertion (ETTI)",
    "ACI" "Atelier et chantier d'insertion (ACI)",
    "AI" "Association intermédiaire (AI)",
    "EITI" "Entreprise d'insertion par le travail indépendant (EITI)"
];

/// Id of the question on other conventions of the IAE, read by conditions.
const OTHER_IAE_ID: &str = "agrements.other_iae";
/// Id of the question on other conventions, read by conditions.
const OUTSIDE_ID: &str = "agrements.other_outside_iae";
/// Id of the question on training, read by conditions.
const TRAINING_ID: &str = "agrements.training_body";
/// Id of the question on services to persons, read by conditions.
const SAP_ID: &str = "agrements.sap";
/// Id of the question on the DLA, read by conditions.
const DLA_ID: &str = "agrements.dla";

/// Kinds of structure that may serve persons at home.
const MAY_SERVE_PERSONS: Cond = one_of!(SIAE_KIND_ID; "AI", "ACI", "EI");
/// The structure serves persons at home.
const SERVES_PERSONS: Cond = all![MAY_SERVE_PERSONS, one_of!(SAP_ID; "oui")];

/// Whether there is another convention of the IAE.
pub static OTHER_IAE: Field<bool> =
    Field::yes_no(OTHER_IAE_ID, "Avez-vous une autre convention d'insertion\u{a0}?")
        .hint("Pour un autre type de structure, ou dans un autre département.")
        .why("La convention rappelle les autres conventionnements de la structure. Code du travail, article R. 5132-2, 1° d).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_autre_conventionnement"]);

/// Kind of another convention.
pub static OTHER_IAE_KIND: Field<String> =
    Field::one_of("agrements.other_iae_list.kind", "Type de structure", IAE_KINDS)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_num_annexe"]);

/// Annexe of another convention.
pub static OTHER_IAE_ANNEX: Field<String> =
    Field::annex_number("agrements.other_iae_list.annex_number", "Numéro de l'annexe financière")
        .hint("Par exemple ACI029190009A2M1. Il figure en haut de l'annexe.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_num_annexe"]);

/// The other conventions of the IAE.
pub const OTHER_IAE_LIST: Table = Table::new("agrements.other_iae_list", "convention")
    .columns(fields![OTHER_IAE_KIND, OTHER_IAE_ANNEX])
    .rows(1, 20);

/// Whether there is another convention outside the IAE.
pub static OUTSIDE: Field<bool> =
    Field::yes_no(OUTSIDE_ID, "Avez-vous un conventionnement hors insertion\u{a0}?")
        .hint("Par exemple\u{a0}: entreprise adaptée, ESAT, régie de quartier, centre social.")
        .why(
            "L'extranet IAE de l'ASP le demande, pour éviter qu'un même poste soit aidé deux fois.",
        )
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_indic_autre_conv_hors_iae"]);

/// Which one.
pub static OUTSIDE_WHICH: Field<String> =
    Field::text("agrements.other_outside_iae_which", "Lequel\u{a0}?", 120)
        .asked(IN_1RA)
        .visible_when(one_of!(OUTSIDE_ID; "oui"))
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_autre_conv_hors_iae"]);

/// Centre d'hébergement et de réinsertion sociale.
pub static CHRS: Field<bool> = Field::yes_no(
    "agrements.chrs",
    "Gérez-vous un centre d'hébergement et de réinsertion sociale (CHRS)\u{a0}?",
)
.why("L'extranet IAE de l'ASP le demande.")
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![AspAnnex "af_indic_chrs"]);

/// Whether the structure is a training body.
pub static TRAINING_BODY: Field<bool> = Field::yes_no(
    TRAINING_ID,
    "Êtes-vous déclarés organisme de formation\u{a0}?",
)
.why("L'extranet IAE de l'ASP le demande\u{a0}: vous pouvez alors former vos salariés vous-mêmes.")
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![
    AspAnnex "af_indic_organisme_formation",
    CompanyRegister "complements.est_organisme_formation"
]);

/// Number of the training body.
pub static TRAINING_NUMBER: Field<String> =
    Field::training_body("agrements.training_body_number", "Numéro de déclaration d'activité")
        .hint("Onze chiffres, donnés par la préfecture de région.")
        .asked(IN_1RA)
        .visible_when(one_of!(TRAINING_ID; "oui"))
        .carry(Carry::Confirm);

/// Whether the structure serves persons at home.
pub static SAP: Field<bool> = Field::yes_no(SAP_ID, "Proposez-vous des services à la personne\u{a0}?")
    .hint("Ménage, jardinage, petit bricolage, garde d'enfants… chez des particuliers.")
    .why("L'extranet IAE de l'ASP le demande\u{a0}: ces activités se déclarent, et certaines demandent un agrément.")
    .asked(IN_1RA)
    .visible_when(MAY_SERVE_PERSONS)
    .required_when(FOR_AI)
    .carry(Carry::Confirm)
    .sources(sources![AspAnnex "af_indic_service_personnes"]);

/// Declaration of services to persons.
pub static SAP_DECLARATION: Field<bool> =
    Field::yes_no("agrements.sap_declaration", "Sont-ils déclarés\u{a0}?")
        .asked(IN_1RA)
        .visible_when(SERVES_PERSONS)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_indic_declaration"]);

/// Agrément of services to persons.
pub static SAP_AGREEMENT: Field<bool> =
    Field::yes_no("agrements.sap_agreement", "Avez-vous un agrément\u{a0}?")
        .hint(
            "Il est nécessaire pour les publics fragiles, par exemple la garde de jeunes enfants.",
        )
        .asked(IN_1RA)
        .visible_when(SERVES_PERSONS)
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_indic_agrement_qualite"]);

/// Whether a dispositif local d'accompagnement helped.
pub static DLA: Field<bool> = Field::yes_no(
    DLA_ID,
    "Un dispositif local d'accompagnement (DLA) vous a-t-il aidés dans l'année\u{a0}?",
)
.why("L'extranet IAE de l'ASP le demande.")
.asked(IN_RA)
.optional()
.carry(Carry::Beside)
.sources(sources![AspAnnex "af_indic_interv_dla"]);

/// Who carried the DLA.
pub static DLA_NAME: Field<String> = Field::text("agrements.dla_name", "Nom du DLA", 120)
    .asked(IN_RA)
    .visible_when(one_of!(DLA_ID; "oui"))
    .optional()
    .carry(Carry::Beside)
    .sources(sources![AspAnnex "af_nom_dla"]);

/// What the DLA did.
pub static DLA_ACTION: Field<String> = Field::text("agrements.dla_action", "Nature de l'aide", 120)
    .hint("En quelques mots\u{a0}: diagnostic, plan d'action, appui sur le modèle économique.")
    .asked(IN_RA)
    .visible_when(one_of!(DLA_ID; "oui"))
    .carry(Carry::Beside)
    .sources(sources![AspAnnex "af_nature_action_dla"]);

/// The step.
pub static SECTION: Section = Section::new("agrements", "Conventions et agréments")
    .intro("Ce pour quoi vous êtes déjà reconnus, en plus de cette convention.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                Group::new("agrements.iae", "Autres conventions").holding(fields![
                    OTHER_IAE,
                    OUTSIDE,
                    OUTSIDE_WHICH
                ]),
                Group::new("agrements.iae_list", "Vos autres conventions d'insertion")
                    .when(one_of!(OTHER_IAE_ID; "oui"))
                    .table(OTHER_IAE_LIST),
                Group::new("agrements.bodies", "Hébergement et formation").holding(fields![
                    CHRS,
                    TRAINING_BODY,
                    TRAINING_NUMBER
                ]),
                Group::new("agrements.persons", "Services à la personne")
                    .when(MAY_SERVE_PERSONS)
                    .holding(fields![SAP, SAP_DECLARATION, SAP_AGREEMENT]),
                Group::new("agrements.dla_card", "Dispositif local d'accompagnement")
                    .when(IN_RA)
                    .holding(fields![DLA, DLA_NAME, DLA_ACTION]),
            ]
        },
    );

const ANNEX_OF_OTHER_KIND: Sentence = Sentence {
    code: "agrements.annex_of_other_kind",
    text: "Le numéro {0} n'est pas celui d'une annexe {1}\u{a0}: il devrait commencer par ces lettres. Corrigez le numéro ou le type de structure.",
};
const AGREED_NOT_DECLARED: Sentence = Sentence {
    code: "agrements.agreed_not_declared",
    text: "Un agrément va toujours avec une déclaration. Répondez oui à la déclaration, ou non à l'agrément.",
};

/// Every sentence of this step's rules.
pub const SENTENCES: &[Sentence] = &[ANNEX_OF_OTHER_KIND, AGREED_NOT_DECLARED];

/// The number of an annexe begins with its kind; an agrément goes with a declaration.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if put(answers, &OTHER_IAE) == Some(true) {
        for row in answers.rows(&OTHER_IAE_LIST) {
            let kind = put_in(answers, &OTHER_IAE_KIND, row);
            let annex = put_in(answers, &OTHER_IAE_ANNEX, row);
            if let Some((kind, annex)) = kind.zip(annex)
                && !is_annex_of(&annex, &kind)
            {
                let values = vec![annex, kind];
                problems.push(broken_in(&OTHER_IAE_ANNEX, row, &ANNEX_OF_OTHER_KIND, values));
            }
        }
    }
    if put(answers, &SAP_AGREEMENT) == Some(true) && put(answers, &SAP_DECLARATION) == Some(false) {
        problems.push(broken(&SAP_DECLARATION, &AGREED_NOT_DECLARED, vec![]));
    }
}

/// The letters of the kind come first, then the digits of the département: EI is not EITI.
fn is_annex_of(annex: &str, kind: &str) -> bool {
    annex.strip_prefix(kind).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::{Case, answers, table};

    const READY: &[(&str, &str)] = &[
        ("demande.request_kind", "annual"),
        ("demande.siae_kind", "AI"),
        ("agrements.other_iae", "oui"),
        ("agrements.other_iae_list#a", "oui"),
        ("agrements.other_iae_list.kind#a", "EI"),
        ("agrements.other_iae_list.annex_number#a", "EI 029 19 0009 A2 M1"),
        ("agrements.sap", "oui"),
        ("agrements.sap_declaration", "oui"),
        ("agrements.sap_agreement", "oui"),
    ];

    #[test]
    fn each_rule_speaks_of_its_own_mistake() {
        let cases: &[Case] = &[
            (&[], &[]),
            (
                &[("agrements.other_iae_list.annex_number#a", "EITI029190009")],
                &["agrements.annex_of_other_kind @agrements.other_iae_list.annex_number#a"],
            ),
            (
                &[("agrements.sap_declaration", "non")],
                &["agrements.agreed_not_declared @agrements.sap_declaration"],
            ),
            (&[("agrements.sap_declaration", "non"), ("agrements.sap_agreement", "non")], &[]),
            (&[("agrements.sap_declaration", "non"), ("agrements.sap", "non")], &[]),
            (&[("agrements.other_iae_list.kind#a", "ACI"), ("agrements.other_iae", "non")], &[]),
        ];
        table(rules, READY, cases);
    }

    #[test]
    fn services_to_persons_are_required_of_ai_only() {
        let state = |kind: &'static str| {
            let answers = answers(&[READY, &[("demande.siae_kind", kind)]].concat());
            (SAP.def.is_put(&answers, ""), SAP.def.required.holds(&answers, ""))
        };
        assert_eq!(state("AI"), (true, true));
        assert_eq!(state("ACI"), (true, false));
        assert_eq!(state("ETTI"), (false, false));
    }
}
