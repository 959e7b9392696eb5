//! Axis 1: welcome and integration at work.

use form::{Carry, Date, Field, Group, Hundredths, Table, fields, one_of, sources};

use crate::form::asked::{IN_1R, IN_1RA, IN_RA, REQUEST_KIND_ID};

/// How people are recruited.
pub static RECRUITMENT: Field<String> =
    Field::long_text("projet.a1_recruitment", "Comment vous recrutez les salariés en insertion", 2_000)
        .hint("Qui vous adresse les candidats, comment vous les rencontrez, ce qui décide de l'embauche.")
        .why("L'accueil est le premier des quatre axes du projet d'insertion. Circulaire DGEFP 2008-21 du 10 décembre 2008.")
        .asked(IN_1R)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// How people are welcomed.
pub static WELCOME: Field<String> = Field::long_text(
    "projet.a1_welcome",
    "Comment vous accueillez une personne à son arrivée",
    2_000,
)
.hint("Le premier jour, la visite, la période d'essai, ce que vous expliquez et à quel moment.")
.why("Circulaire DGEFP 2008-21 du 10 décembre 2008, axe « accueil ».")
.asked(IN_1R)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Who supervises and tutors.
pub static TUTORING: Field<String> = Field::long_text(
    "projet.a1_tutoring",
    "Encadrement et tutorat au travail",
    2_000,
)
.hint("Qui montre le métier, à combien de personnes à la fois, et comment vous suivez les progrès.")
.why("Circulaire DGEFP 2008-21 du 10 décembre 2008, axe « accueil ».")
.asked(IN_1R)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Whether there is a welcome booklet.
pub static BOOKLET: Field<bool> =
    Field::yes_no("projet.a1_welcome_booklet", "Avez-vous un livret d'accueil ?")
        .hint("Un document remis à chaque personne à son arrivée.")
        .why("Circulaire DGEFP 2008-21 du 10 décembre 2008, axe « accueil ».")
        .asked(IN_1R)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Name of the booklet.
pub static BOOKLET_FILE: Field<String> =
    Field::file("projet.a1_welcome_booklet_file", "Nom du document du livret d'accueil")
        .hint("Écrivez le nom du document que vous tenez prêt, par exemple livret-accueil.pdf.")
        .asked(IN_1R)
        .visible_when(one_of!("projet.a1_welcome_booklet"; "oui"))
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Days between an application and a hire.
pub static TIME_TO_HIRE: Field<i64> =
    Field::integer("projet.a1_time_to_hire", "Délai moyen entre la candidature et l'embauche", 730)
        .unit("jours")
        .hint("En jours, en moyenne sur l'année passée. Une estimation suffit.")
        .why("Des recrutements plus rapides sont un objectif de la plateforme de l'inclusion, suivi au niveau national.")
        .asked(IN_1RA)
        .required_when(IN_RA)
        .carry(Carry::Beside)
        .sources(sources![Emplois "", LastYear ""]);

/// Share of hires without a referrer; in an annual request, the step on people asks it.
pub static SELF_PRESCRIPTION: Field<Hundredths> =
    Field::percent("projet.a1_self_prescription", "Part des embauches en auto-prescription")
        .hint("Sur 100 personnes embauchées, combien sont venues sans prescripteur ? L'auto-prescription, c'est lorsque vous vérifiez vous-mêmes que la personne peut entrer en insertion.")
        .why("Le taux d'auto-prescription est suivi au niveau national.")
        .asked(IN_1R)
        .required_when(one_of!(REQUEST_KIND_ID; "renewal"))
        .carry(Carry::Beside)
        .sources(sources![Emplois "", LastYear ""]);

/// What was done last year.
pub static DONE: Field<String> = Field::long_text(
    "projet.a1_done",
    "Ce qui a changé cette année dans l'accueil",
    1_500,
)
.hint("Deux ou trois phrases. Si rien n'a changé, écrivez « rien de nouveau ».")
.why("Le dialogue de gestion a lieu chaque année. Circulaire DGEFP 2008-21 du 10 décembre 2008.")
.asked(IN_RA);

/// An objective of the axis.
pub static OBJECTIVE: Field<String> =
    Field::text("projet.a1_objectives.objective", "Objectif", 200)
        .hint("Une action, en une phrase : par exemple « réunir les candidats une fois par mois ».")
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// When it should be reached.
pub static OBJECTIVE_DUE: Field<Date> =
    Field::date("projet.a1_objectives.due", "Échéance").asked(IN_1RA).carry(Carry::Beside);

/// How one will know.
pub static OBJECTIVE_INDICATOR: Field<String> =
    Field::text("projet.a1_objectives.indicator", "Comment vous saurez qu'il est atteint", 120)
        .asked(IN_1RA)
        .carry(Carry::Beside);

/// Texts of the axis.
pub const PRACTICE: Group = Group::new("projet.a1", "Axe 1 : accueil et intégration au travail")
    .when(IN_1RA)
    .holding(fields![RECRUITMENT, WELCOME, TUTORING, BOOKLET, BOOKLET_FILE, DONE]);

/// Figures of the axis.
pub const FIGURES: Group = Group::new("projet.a1_figures", "Axe 1 : vos chiffres")
    .intro("Pour une première demande, laissez vide ce que vous ne connaissez pas encore.")
    .when(IN_1RA)
    .holding(fields![TIME_TO_HIRE, SELF_PRESCRIPTION]);

/// Objectives of the axis.
pub const OBJECTIVES: Group = Group::new("projet.a1_goals", "Axe 1 : actions d'accueil prévues")
    .intro("Si vous en avez. Les objectifs négociés avec l'État ont leur propre étape, plus loin.")
    .when(IN_1RA)
    .table(
        Table::new("projet.a1_objectives", "action")
            .columns(fields![OBJECTIVE, OBJECTIVE_DUE, OBJECTIVE_INDICATOR])
            .rows(0, 20),
    );
