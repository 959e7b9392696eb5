//! Axis 4: economic activity and the territory.

use form::{
    Answers, At, Carry, Cents, Field, Group, Hundredths, Problem, Table, choices, fields, number,
    sources, texts,
};

use crate::{
    form::{
        asked::{IN_1R, IN_1RA, IN_RA},
        read::sum,
    },
    sentence::Sentence,
};

/// Clients and competition.
pub static MARKET: Field<String> =
    Field::long_text("projet.a4_market", "Vos clients et vos marchés", 2_000)
        .hint("Qui achète, comment vous trouvez de nouveaux clients, et pourquoi vous ne faites pas de concurrence déloyale aux entreprises voisines.")
        .why("Le dossier présente la place de la structure sur son marché. Code du travail, article R. 5132-2 (1°, e).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Contribution to jobs.
pub static JOB_CREATION: Field<String> =
    Field::long_text("projet.a4_job_creation", "Ce que vous apportez à l'emploi local", 1_500)
        .hint("Par exemple : des métiers en tension que vous préparez, des entreprises qui embauchent vos salariés.")
        .why("Code du travail, article R. 5132-2 (1°, e).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Contracts with a social clause.
pub static CLAUSES_N: Field<i64> =
    Field::integer("projet.a4_social_clauses_n", "Marchés avec clause sociale", 9_999)
        .hint("Le nombre de contrats de l'année passée. Une clause sociale réserve des heures de travail à des personnes en insertion.")
        .asked(IN_1RA)
        .carry(Carry::Beside)
        .sources(sources![AspProcurement "mpu_af_id"]);

/// What they brought; in an annual request, the step on activities asks it.
pub static CLAUSES_AMOUNT: Field<Cents> =
    Field::money("projet.a4_social_clauses_amount", "Montant de ces marchés")
        .hint("Le chiffre d'affaires de l'année passée ; 0 si vous n'en avez pas.")
        .asked(IN_1R)
        .carry(Carry::Beside)
        .sources(sources![
            AspProcurement "mpu_sct_mt_recet_nettoyage",
            AspProcurement "mpu_sct_mt_recet_serv_pers",
            AspProcurement "mpu_sct_mt_recet_btp",
            AspProcurement "mpu_sct_mt_recet_agri",
            AspProcurement "mpu_sct_mt_recet_recycl",
            AspProcurement "mpu_sct_mt_recet_transp",
            AspProcurement "mpu_sct_mt_recet_autres"
        ]);

/// Environment.
pub static ENVIRONMENT: Field<String> =
    Field::long_text("projet.a4_environment", "Transition écologique", 1_500)
        .hint("Ce que vous faites pour l'environnement, si c'est une part de votre projet. Sinon, laissez vide.")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What was done last year.
pub static DONE: Field<String> =
    Field::long_text("projet.a4_done", "Ce qui a changé cette année sur votre territoire", 1_500)
        .hint("Un nouveau client, un partenaire, un marché perdu… Si rien n'a changé, écrivez « rien de nouveau ».")
        .why("Le dialogue de gestion a lieu chaque année. Circulaire DGEFP 2008-21 du 10 décembre 2008.")
        .asked(IN_RA);

/// What kind of client.
pub static CLIENT_KIND: Field<String> = Field::one_of(
    "projet.a4_top_clients.kind",
    "Type de client",
    choices!["public" "Public", "private" "Entreprise ou association", "household" "Particulier"],
)
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Share of the revenue.
pub static CLIENT_SHARE: Field<Hundredths> =
    Field::percent("projet.a4_top_clients.revenue_share", "Part du chiffre d'affaires")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Which company.
pub static PARTNER_NAME: Field<String> =
    Field::text("projet.a4_partners.name", "Nom de l'entreprise", 120)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// What for.
pub static PARTNER_PURPOSE: Field<String> =
    Field::text("projet.a4_partners.purpose", "Ce que vous faites ensemble", 200)
        .hint("Par exemple : immersions, embauches, visites, marchés partagés.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Texts and figures of the axis.
pub const PRACTICE: Group =
    Group::new("projet.a4", "Axe 4 : activité économique et développement du territoire")
        .when(IN_1RA)
        .holding(fields![MARKET, JOB_CREATION, CLAUSES_N, CLAUSES_AMOUNT, ENVIRONMENT, DONE]);

/// The main clients.
pub const TOP_CLIENTS: Group = Group::new("projet.a4_clients", "Axe 4 : vos principaux clients")
    .intro("Une ligne par client important, sans son nom.")
    .when(IN_1RA)
    .table(
        Table::new("projet.a4_top_clients", "client")
            .columns(fields![CLIENT_KIND, CLIENT_SHARE])
            .rows(0, 20)
            .totals(texts!["projet.a4_top_clients.revenue_share"]),
    );

/// The partner companies.
pub const PARTNERS: Group =
    Group::new("projet.a4_network", "Axe 4 : entreprises partenaires").when(IN_1RA).table(
        Table::new("projet.a4_partners", "entreprise")
            .columns(fields![PARTNER_NAME, PARTNER_PURPOSE])
            .rows(0, 60),
    );

const SHARES_OVER: Sentence = Sentence {
    code: "projet.client_shares",
    text: "Les parts de vos clients font {0} % du chiffre d'affaires : le total ne peut pas dépasser 100 %. Corrigez les parts.",
};

/// Every sentence of this axis.
pub const SENTENCES: &[Sentence] = &[SHARES_OVER];

/// Shares of the revenue make 100 % at most.
pub fn rules(answers: &Answers, problems: &mut Vec<Problem>) {
    if !CLIENT_SHARE.def.is_put(answers, "") {
        return;
    }
    let shares = sum(answers, &CLIENT_SHARE, answers.added_rows("projet.a4_top_clients"));
    if let Some(total) = shares.filter(|total| *total > 10_000) {
        let at = At::once("projet.a4_top_clients");
        let values = vec![number::display_scaled(total, 2)];
        problems.push(Problem::rule(at, SHARES_OVER.code, values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read::tests::table;

    #[test]
    fn shares_of_clients_make_a_hundred_at_most() {
        let two = [
            ("demande.request_kind", "annual"),
            ("projet.a4_top_clients+a", ""),
            ("projet.a4_top_clients+b", ""),
            ("projet.a4_top_clients.revenue_share#a", "60"),
        ];
        table(
            rules,
            &two,
            &[
                (&[("projet.a4_top_clients.revenue_share#b", "40")], &[]),
                (
                    &[("projet.a4_top_clients.revenue_share#b", "40,01")],
                    &["projet.client_shares @projet.a4_top_clients"],
                ),
                (&[("projet.a4_top_clients.revenue_share#gone", "90")], &[]),
            ],
        );
    }
}
