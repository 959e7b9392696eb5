//! What the budget does not say by itself: the year, comments, financial health.

use form::{Carry, Cents, Cond, Date, Field, Group, any, choices, fields, one_of, sources};

use crate::form::asked::{IN_1, IN_1R, IN_1RA, IN_RA};

/// Whether there are accounts to speak of.
pub static YEAR_CLOSED: Field<bool> =
    Field::yes_no(YEAR_CLOSED_ID, "Avez-vous déjà clôturé un exercice comptable ?")
        .hint("Une structure qui vient de naître répond non : ses comptes seront demandés plus tard.")
        .why("Une première demande peut venir avant les premiers comptes. Code du travail, article R. 5132-3.")
        .asked(IN_1);

const YEAR_CLOSED_ID: &str = "budget.year_closed";

/// Holds where a financial year was closed.
const CLOSED: Cond = any![IN_RA, one_of!(YEAR_CLOSED_ID; "oui")];

/// Last day of the financial year.
pub static FISCAL_YEAR_END: Field<Date> =
    Field::date("budget.fiscal_year_end", "Date de clôture du dernier exercice")
        .hint("Le dernier jour de vos derniers comptes terminés.")
        .why("L'ASP demande cette date : les comptes connus ont parfois plusieurs années.")
        .asked(IN_1RA)
        .visible_when(CLOSED)
        .carry(Carry::Beside)
        .sources(sources![AspAnnex "af_date_cloture_exercice"]);

/// Why lines move.
pub static VARIATION_COMMENT: Field<String> =
    Field::long_text("budget.variation_comment", "Commentaire sur le budget", 2_000)
        .hint("Expliquez les lignes qui changent de plus de 20 % d'une année à l'autre.")
        .asked(IN_1RA)
        .optional();

/// Where the other aid comes from.
pub static OTHER_AID_ORIGIN: Field<String> =
    Field::text("budget.other_aid_origin", "Origine de l'autre aide publique", 200)
        .hint("Si vous avez rempli la ligne « Autre aide publique » : qui la verse.")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![AspAnnex "af_origine_autre_aide_publique"]);

/// Own funds.
pub static EQUITY: Field<Cents> = Field::balance("budget.equity", "Fonds propres")
    .hint("Le total des fonds propres à la dernière clôture. Un montant négatif est possible.")
    .why("Les fonds propres, la trésorerie et les dettes montrent si le projet est solide.")
    .asked(IN_1R)
    .visible_when(CLOSED)
    .carry(Carry::Beside);

/// Cash.
pub static CASH: Field<Cents> = Field::balance("budget.cash", "Trésorerie")
    .hint("L'argent disponible à la dernière clôture, découvert compris.")
    .asked(IN_1R)
    .visible_when(CLOSED)
    .carry(Carry::Beside);

/// Debts.
pub static DEBT: Field<Cents> = Field::money("budget.debt", "Dettes")
    .hint("Le total des dettes à la dernière clôture.")
    .asked(IN_1R)
    .visible_when(CLOSED)
    .carry(Carry::Beside);

/// Financing over three years.
pub static FINANCING_PLAN: Field<String> =
    Field::file("budget.financing_plan", "Plan de financement sur trois ans")
        .hint("Écrivez le nom du document que vous tenez prêt, par exemple plan-financement.pdf.")
        .asked(IN_1);

/// Whether the structure is in trouble.
pub static DIFFICULTY: Field<bool> =
    Field::yes_no("budget.financial_difficulty", "Rencontrez-vous des difficultés financières ?")
        .hint("Votre réponse aide l'État à vous proposer un appui. Elle n'arrête pas la demande.")
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// Which trouble.
pub static DIFFICULTY_DETAIL: Field<String> = Field::long_text(
    "budget.financial_difficulty_detail",
    "Lesquelles, et ce que vous faites",
    1_500,
)
.asked(IN_1RA)
.visible_when(one_of!("budget.financial_difficulty"; "oui"))
.carry(Carry::Beside);

/// Whether accounts are audited.
pub static AUDITOR: Field<bool> =
    Field::yes_no("budget.auditor", "Avez-vous un commissaire aux comptes ?")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// By whom.
pub static AUDITOR_NAME: Field<String> = Field::text("budget.auditor_name", "Nom du cabinet", 120)
    .asked(IN_1RA)
    .visible_when(one_of!("budget.auditor"; "oui"))
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// Whether the fund is asked for.
pub static FDI: Field<bool> =
    Field::yes_no("budget.fdi_request", "Pensez-vous demander une aide du fonds départemental d'insertion (FDI) ?")
        .hint("Une aide ponctuelle pour démarrer, se développer ou se consolider. La demande elle-même se fait à part.")
        .why("Code du travail, articles R. 5132-44 à R. 5132-47.")
        .asked(IN_1RA);

/// For what.
pub static FDI_KINDS: Field<Vec<String>> = Field::many_of(
    "budget.fdi_kinds",
    "Pour quoi faire",
    choices![
        "demarrage" "Démarrage",
        "developpement" "Développement",
        "consolidation" "Consolidation financière",
        "conseil" "Conseil",
        "professionnalisation" "Professionnalisation"
    ],
)
.asked(IN_1RA)
.visible_when(one_of!("budget.fdi_request"; "oui"));

/// The year.
pub const YEAR: Group = Group::new("budget.year", "Exercice")
    .when(IN_1RA)
    .holding(fields![YEAR_CLOSED, FISCAL_YEAR_END]);

/// Comments.
pub const COMMENTS: Group = Group::new("budget.comments", "Vos explications")
    .when(IN_1RA)
    .holding(fields![VARIATION_COMMENT, OTHER_AID_ORIGIN]);

/// Financial health.
pub const HEALTH: Group =
    Group::new("budget.health", "Situation financière").when(IN_1RA).holding(fields![
        EQUITY,
        CASH,
        DEBT,
        FINANCING_PLAN,
        DIFFICULTY,
        DIFFICULTY_DETAIL,
        AUDITOR,
        AUDITOR_NAME
    ]);

/// The departmental fund.
pub const INVESTMENT_FUND: Group = Group::new("budget.fdi", "Fonds départemental d'insertion")
    .when(IN_1RA)
    .holding(fields![FDI, FDI_KINDS]);
