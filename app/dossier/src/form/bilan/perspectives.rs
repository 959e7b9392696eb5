//! Prospects, and the certification of the report.

use form::{Field, Group, Hundredths, Section, fields};

/// What went well.
pub static HIGHLIGHTS: Field<String> =
    Field::long_text("perspectives.highlights", "Ce qui a marqué l'année", 2_000)
        .hint("Les réussites, les nouveautés, ce dont l'équipe est fière.");

/// What went less well.
pub static DIFFICULTIES: Field<String> =
    Field::long_text("perspectives.difficulties", "Ce qui a été difficile", 2_000)
        .hint("Dites-le simplement : cela aide à trouver un appui.");

/// What comes next.
pub static PROSPECTS: Field<String> =
    Field::long_text("perspectives.prospects", "Vos projets pour l'année qui vient", 2_000)
        .hint("Activités, recrutements, partenaires, locaux.");

/// ETP wished next year.
pub static FTE_WISH: Field<Hundredths> =
    Field::decimal("perspectives.fte_wish", "ETP souhaités l'année prochaine", 999_999)
        .unit("ETP")
        .hint("Une première idée : vous la confirmerez dans le prochain dossier.");

/// The report is true.
pub static CERTIFIED: Field<bool> = Field::pledge(
    "certification.certified",
    "Les informations de ce bilan sont exactes et conformes à nos comptes.",
)
.why("Une fausse déclaration peut entraîner la résiliation de la convention. Code du travail, article R. 5132-6.");

/// Who says so: written anew each year, as a signature is.
pub static CERTIFIED_BY: Field<String> =
    Field::text("certification.certified_by", "Nom et prénom", 120)
        .hint("Le représentant légal, ou la personne à qui il a délégué sa signature.");

/// In which capacity.
pub static CERTIFIED_ROLE: Field<String> =
    Field::text("certification.certified_role", "Fonction", 120);

/// The step of prospects.
pub static SECTION: Section = Section::new("perspectives", "Perspectives")
    .intro("L'année en quelques phrases, et la suite.")
    .groups(
        const {
            &[Group::new("perspectives.texts", "L'année et la suite").holding(fields![
                HIGHLIGHTS,
                DIFFICULTIES,
                PROSPECTS,
                FTE_WISH
            ])]
        },
    );

/// The step of certification.
pub static CERTIFICATION: Section = Section::new("certification", "Certification")
    .intro(
        "Relisez le bilan, puis certifiez-le. La date s'ajoute toute seule au moment de l'envoi.",
    )
    .groups(
        const {
            &[Group::new("certification.signature", "Vous certifiez ce bilan").holding(fields![
                CERTIFIED,
                CERTIFIED_BY,
                CERTIFIED_ROLE
            ])]
        },
    );
