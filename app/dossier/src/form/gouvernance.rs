//! Step "Gouvernance et contacts": who decides, who signs, who answers the phone.

mod rules;

use form::{
    Carry, Choice, Date, Field, Group, Section, Table, all, choices, fields, filled, one_of,
    sources,
};

pub use rules::{SENTENCES, rules};

use super::{
    asked::{IN_1R, IN_1RA, IN_1RAM},
    identification::FOR_ASSOCIATION,
};
use crate::person;

/// Networks of the IAE.
const NETWORKS: &[Choice] = choices![
    "federation_ei" "Fédération des entreprises d'insertion",
    "coorace" "Coorace",
    "chantier_ecole" "Chantier école",
    "fas" "Fédération des acteurs de la solidarité (FAS)",
    "emmaus" "Emmaüs",
    "cocagne" "Réseau Cocagne",
    "unai" "Unai",
    "other" "Un autre réseau"
];

/// Id of the question on delegation, read by conditions.
const DELEGATION_ID: &str = "gouvernance.signatory_delegation";
/// Id of the name of the group, read by conditions.
const GROUP_NAME_ID: &str = "gouvernance.group_membership.name";

person! {
    "gouvernance.legal_rep", IN_1RAM, Confirm,
    why "L'État conclut la convention avec la structure, que cette personne engage. Code du travail, article L. 5132-2.",
    name sources![CompanyRegister "dirigeants"], email &[];
    LEGAL_REP_NAME, LEGAL_REP_ROLE, LEGAL_REP_EMAIL, LEGAL_REP_PHONE
}
person! {
    "gouvernance.director", IN_1RAM, Confirm, why "",
    name sources![Emplois "admin_name"], email sources![Emplois "admin_email"];
    DIRECTOR_NAME, DIRECTOR_ROLE, DIRECTOR_EMAIL, DIRECTOR_PHONE
}
person! {
    "gouvernance.technical_contact", IN_1RA, Confirm, why "",
    name sources![AspStructure "structure_adresse_nom_corresp_technique"],
    email sources![AspStructure "structure_adresse_mail_corresp_technique"];
    TECHNICAL_NAME, TECHNICAL_ROLE, TECHNICAL_EMAIL, TECHNICAL_PHONE
}

/// Whether somebody else signs.
pub static DELEGATION: Field<bool> = Field::yes_no(
    DELEGATION_ID,
    "Une autre personne signe-t-elle à la place du représentant légal\u{a0}?",
)
.hint("Répondez oui si le représentant légal a délégué sa signature, par exemple à la direction.")
.why("La convention n'est valable que si la personne qui signe en a le pouvoir.")
.asked(IN_1RA)
.required_when(IN_1R)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// The delegation itself.
pub static DELEGATION_FILE: Field<String> =
    Field::file("gouvernance.signatory_delegation_file", "Délégation de signature")
        .hint("Écrivez le nom du document que vous tenez prêt, par exemple delegation.pdf.")
        .asked(IN_1RA)
        .visible_when(one_of!(DELEGATION_ID; "oui"))
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Name of a member of a governing body.
pub static BOARD_NAME: Field<String> = Field::text("gouvernance.board.name", "Nom et prénom", 120)
    .why("La liste des dirigeants montre qui décide. Elle vient du répertoire des entreprises quand il la connaît.")
    .asked(IN_1R)
    .carry(Carry::Confirm)
    .sources(sources![CompanyRegister "dirigeants"]);

/// Role of a member of a governing body.
pub static BOARD_ROLE: Field<String> = Field::text("gouvernance.board.role", "Fonction", 120)
    .hint("Par exemple\u{a0}: présidente, trésorier, administratrice, maire.")
    .asked(IN_1R)
    .carry(Carry::Confirm)
    .sources(sources![CompanyRegister "dirigeants"]);

/// End of the mandate of a member.
pub static BOARD_MANDATE_END: Field<Date> =
    Field::date("gouvernance.board.mandate_end", "Fin du mandat")
        .hint("Laissez vide si le mandat n'a pas de terme.")
        .asked(IN_1R)
        .optional()
        .carry(Carry::Confirm);

/// The governing bodies.
pub const BOARD: Table = Table::new("gouvernance.board", "personne")
    .columns(fields![BOARD_NAME, BOARD_ROLE, BOARD_MANDATE_END])
    .rows(0, 60);

/// Members of the association.
pub static MEMBERS: Field<i64> = Field::integer("gouvernance.members_count", "Adhérents", 999_999)
    .hint("À jour de leur cotisation à la fin de l'année.")
    .why("La vie de l'association montre son ancrage.")
    .asked(IN_1RA)
    .visible_when(FOR_ASSOCIATION)
    .optional()
    .carry(Carry::Beside)
    .sources(sources![LastYear ""]);

/// Volunteers of the association.
pub static VOLUNTEERS: Field<i64> =
    Field::integer("gouvernance.volunteers_count", "Bénévoles actifs", 999_999)
        .hint("Ceux qui ont donné du temps au moins une fois dans l'année.")
        .asked(IN_1RA)
        .visible_when(FOR_ASSOCIATION)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![LastYear ""]);

/// General meetings in the year.
pub static GENERAL_MEETINGS: Field<i64> =
    Field::integer("gouvernance.general_meetings", "Assemblées générales dans l'année", 99)
        .asked(IN_1RA)
        .visible_when(FOR_ASSOCIATION)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![LastYear ""]);

/// Board meetings in the year.
pub static BOARD_MEETINGS: Field<i64> =
    Field::integer("gouvernance.board_meetings", "Conseils d'administration dans l'année", 99)
        .asked(IN_1RA)
        .visible_when(FOR_ASSOCIATION)
        .optional()
        .carry(Carry::Beside)
        .sources(sources![LastYear ""]);

/// Group the structure belongs to.
pub static GROUP_NAME: Field<String> =
    Field::text(GROUP_NAME_ID, "Groupe ou structure porteuse", 120)
        .hint("Si vous faites partie d'un ensemble. Laissez vide sinon.")
        .why("Plusieurs structures d'un même groupe peuvent partager des moyens\u{a0}: la DDETS en tient compte.")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// SIREN of the group.
pub static GROUP_SIREN: Field<String> =
    Field::siren("gouvernance.group_membership.siren", "SIREN du groupe")
        .hint("Les neuf premiers chiffres de son SIRET.")
        .asked(IN_1RA)
        .visible_when(filled!(GROUP_NAME_ID))
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Networks joined.
pub static NETWORK_LIST: Field<Vec<String>> = Field::many_of(
    "gouvernance.networks",
    "Réseaux de l'insertion dont vous êtes membre",
    NETWORKS,
)
.why("Le réseau peut vous appuyer pendant l'instruction, et les bilans sont aussi lus par réseau.")
.asked(IN_1RA)
.optional()
.carry(Carry::Confirm)
.sources(sources![Emplois "networks"]);

/// Name of a label.
pub static LABEL_NAME: Field<String> =
    Field::text("gouvernance.labels.label", "Label ou certification", 120)
        .hint("Par exemple\u{a0}: Qualirei-EI, CEDRE, RSEi, ISO 9001, Qualiopi.")
        .why("La convention dit comment la structure garantit la qualité de son action. Code du travail, article R. 5132-2, 1° c).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![CompanyRegister "complements.est_qualiopi"]);

/// Who gave a label.
pub static LABEL_BODY: Field<String> =
    Field::text("gouvernance.labels.body", "Organisme qui l'a délivré", 120)
        .asked(IN_1RA)
        .carry(Carry::Confirm);

/// Until when a label holds.
pub static LABEL_END: Field<Date> = Field::date("gouvernance.labels.expiry", "Valable jusqu'au")
    .asked(IN_1RA)
    .carry(Carry::Confirm);

/// Labels and certifications.
pub const LABELS: Table = Table::new("gouvernance.labels", "label")
    .columns(fields![LABEL_NAME, LABEL_BODY, LABEL_END])
    .rows(0, 20);

/// Économie sociale et solidaire.
pub static ESS: Field<bool> =
    Field::yes_no("gouvernance.ess", "Économie sociale et solidaire (ESS)\u{a0}?")
        .hint("Les associations en font partie d'office.")
        .why("Le répertoire des entreprises le dit déjà\u{a0}; certaines aides en dépendent.")
        .asked(IN_1R)
        .optional()
        .carry(Carry::Fixed)
        .sources(sources![CompanyRegister "complements.est_ess"]);

/// Agrément ESUS.
pub static ESUS: Field<bool> = Field::yes_no(
    "gouvernance.esus",
    "Entreprise solidaire d'utilité sociale (agrément ESUS)\u{a0}?",
)
.asked(IN_1R)
.optional()
.carry(Carry::Fixed);

/// Société à mission.
pub static MISSION_COMPANY: Field<bool> =
    Field::yes_no("gouvernance.mission_company", "Société à mission\u{a0}?")
        .asked(IN_1R)
        .optional()
        .carry(Carry::Fixed)
        .sources(sources![CompanyRegister "complements.est_societe_mission"]);

/// The step.
pub static SECTION: Section = Section::new("gouvernance", "Gouvernance et contacts")
    .intro("Qui décide, qui signe, et qui appeler.")
    .groups(
        const {
            &[
                Group::new("gouvernance.legal_rep_card", "Représentant légal")
                    .intro("La personne qui engage la structure\u{a0}: présidence, gérance, maire.")
                    .holding(fields![
                        LEGAL_REP_NAME,
                        LEGAL_REP_ROLE,
                        LEGAL_REP_EMAIL,
                        LEGAL_REP_PHONE
                    ]),
                Group::new("gouvernance.director_card", "Direction")
                    .intro("La personne qui conduit la structure au quotidien. Elle peut être la même.")
                    .holding(fields![
                        DIRECTOR_NAME,
                        DIRECTOR_ROLE,
                        DIRECTOR_EMAIL,
                        DIRECTOR_PHONE
                    ]),
                Group::new("gouvernance.technical_card", "Correspondant technique ASP")
                    .intro("La personne qui saisit les suivis mensuels dans l'extranet de l'ASP.")
                    .when(IN_1RA)
                    .holding(fields![
                        TECHNICAL_NAME,
                        TECHNICAL_ROLE,
                        TECHNICAL_EMAIL,
                        TECHNICAL_PHONE
                    ]),
                Group::new("gouvernance.signature", "Signature de la convention")
                    .when(IN_1RA)
                    .holding(fields![DELEGATION, DELEGATION_FILE]),
                Group::new("gouvernance.board_card", "Instances")
                    .intro("Conseil d'administration, bureau, conseil municipal… Une association cite au moins trois personnes. Un organisme public peut laisser cette liste vide.")
                    .when(IN_1R)
                    .table(BOARD),
                Group::new("gouvernance.association", "Vie de l'association")
                    .when(all![IN_1RA, FOR_ASSOCIATION])
                    .holding(fields![MEMBERS, VOLUNTEERS, GENERAL_MEETINGS, BOARD_MEETINGS]),
                Group::new("gouvernance.belonging", "Groupe et réseaux")
                    .when(IN_1RA)
                    .holding(fields![GROUP_NAME, GROUP_SIREN, NETWORK_LIST]),
                Group::new("gouvernance.labels_card", "Labels et certifications")
                    .when(IN_1RA)
                    .table(LABELS),
                Group::new("gouvernance.status", "Statuts particuliers")
                    .when(IN_1R)
                    .holding(fields![ESS, ESUS, MISSION_COMPANY]),
            ]
        },
    );
