//! Step "Territoire": where the structure acts, and how that answers local needs.

mod rules;

use form::{Carry, Cond, Field, Group, Hundredths, Section, Table, fields, sources};

pub use rules::{SENTENCES, rules};

use super::asked::{IN_1R, IN_1RA, IN_1RAM, IN_A};
use crate::address;

/// SIRET of a site. Les emplois makes up numbers for branches, without a key: plain text here, and
/// a rule.
pub static SITE_SIRET: Field<String> = Field::text(
    "territoire.sites.siret",
    "SIRET, ou numéro d'antenne",
    20,
)
.hint("Quatorze chiffres. Laissez vide si ce lieu n'en a pas.")
.why("Une antenne créée dans le service Les emplois de l'inclusion porte un numéro provisoire\u{a0}: il est accepté ici.")
.asked(IN_1RAM)
.optional()
.carry(Carry::Confirm)
.sources(sources![Emplois "siret"]);

/// Name of a site.
pub static SITE_NAME: Field<String> =
    Field::text("territoire.sites.name", "Nom de l'implantation", 120)
        .hint("Par exemple\u{a0}: atelier couture de Nevers.")
        .asked(IN_1RAM)
        .carry(Carry::Confirm)
        .sources(sources![Emplois "enseigne"]);

address! {
    "territoire.sites", IN_1RAM, Confirm, insee Cond::Always,
    sources![Emplois "addresse_ligne_1", AddressBase ""];
    SITE_STREET, SITE_COMPLEMENT, SITE_POSTCODE, SITE_TOWN, SITE_INSEE
}

/// The sites other than the address of the structure.
pub const SITES: Table = Table::new("territoire.sites", "implantation")
    .columns(fields![
        SITE_NAME,
        SITE_SIRET,
        SITE_STREET,
        SITE_COMPLEMENT,
        SITE_POSTCODE,
        SITE_TOWN,
        SITE_INSEE
    ])
    .rows(0, 60);

/// Communes where the structure acts.
pub static COMMUNES: Field<Vec<String>> =
    Field::communes("territoire.territory_communes", "Communes d'intervention")
        .hint("Les codes Insee, séparés par des virgules. Vous pouvez coller une liste.")
        .why("La convention fixe le territoire d'intervention. Code du travail, articles R. 5132-12 et R. 5132-28.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear "", Geography ""]);

/// Départements where the structure acts.
pub static DEPARTMENTS: Field<Vec<String>> =
    Field::departments("territoire.territory_departments", "Départements d'intervention")
        .hint("Les numéros, séparés par des virgules\u{a0}: 58, 71. Le plus souvent, un seul.")
        .why("La convention précise si la structure agit dans plusieurs départements. Code du travail, article R. 5132-2, 1° g).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// Why several départements.
pub static SEVERAL_REASON: Field<String> = Field::long_text(
    "territoire.multi_dept_justification",
    "Pourquoi plusieurs départements\u{a0}?",
    1_500,
)
.hint("À remplir si vous intervenez hors de votre département\u{a0}: un marché, un bassin d'emploi à cheval, un chantier itinérant.")
.why("La convention est signée pour un département\u{a0}; en sortir demande une explication. Code du travail, article R. 5132-2, 1° g).")
.asked(IN_1RA)
.optional()
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Share of employees living in a quartier prioritaire.
pub static QPV_SHARE: Field<Hundredths> =
    Field::percent("territoire.qpv_share", "Salariés habitant un quartier prioritaire (QPV)")
        .hint("Sur l'ensemble des salariés en parcours de l'année.")
        .why("Le pilotage de l'insertion suit ces deux parts\u{a0}; nous les calculons depuis vos déclarations à l'ASP.")
        .asked(IN_A)
        .sources(sources![AspPeople "salarie_adr_qpv_type", Computed ""]);

/// Share of employees living in a rural zone.
pub static ZFRR_SHARE: Field<Hundredths> = Field::percent(
    "territoire.zfrr_share",
    "Salariés habitant une zone France ruralités revitalisation (ZFRR)",
)
.hint("Elles remplacent les zones de revitalisation rurale (ZRR).")
.asked(IN_A)
.sources(sources![AspPeople "salarie_adr_is_zrr", Computed ""]);

/// Quartiers prioritaires covered.
pub static QPV_LIST: Field<String> =
    Field::text("territoire.qpv_list", "Quartiers prioritaires couverts", 1_000)
        .hint("Leurs codes, séparés par des virgules\u{a0}: QN suivi de six caractères. Nous les proposons d'après vos communes.")
        .why("Ils montrent où votre action rejoint la politique de la ville.")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![Geography "", Computed ""]);

/// How the project answers local needs.
pub static LOCAL_DIAGNOSIS: Field<String> = Field::long_text_from(
    "territoire.local_diagnosis",
    "Ce que votre projet apporte au territoire",
    300,
    3_000,
)
.hint("Les besoins des habitants et des employeurs, ce qui existe déjà, et ce que vous faites en plus. Une vingtaine de lignes.")
.why("La convention décrit l'adéquation du projet avec les besoins du territoire et l'offre existante. Code du travail, article R. 5132-2, 1° e).")
.asked(IN_1RA)
.required_when(IN_1R)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// What the structure says of its neighbours.
pub static NEARBY_COMMENT: Field<String> = Field::long_text(
    "territoire.other_siae_nearby_comment",
    "Les autres structures du même secteur, et vous",
    1_500,
)
.hint("Ce que vous partagez avec elles, et ce qui vous distingue. La liste est proposée d'après Les emplois de l'inclusion.")
.why("Elle évite que deux structures proches se fassent concurrence sans le savoir.")
.asked(IN_1R)
.optional();

/// The step.
pub static SECTION: Section = Section::new("territoire", "Territoire")
    .intro("Où vous agissez, et ce que vous y apportez.")
    .groups(
        const {
            &[
                Group::new("territoire.sites_card", "Implantations")
                    .intro("Antennes, ateliers, boutiques. N'ajoutez rien si tout se passe à votre adresse de gestion.")
                    .table(SITES),
                Group::new("territoire.area", "Zone d'intervention")
                    .when(IN_1RA)
                    .holding(fields![COMMUNES, DEPARTMENTS, SEVERAL_REASON]),
                Group::new("territoire.priority", "Quartiers et zones prioritaires")
                    .when(IN_1RA)
                    .holding(fields![QPV_SHARE, ZFRR_SHARE, QPV_LIST]),
                Group::new("territoire.needs", "Besoins du territoire")
                    .when(IN_1RA)
                    .holding(fields![LOCAL_DIAGNOSIS, NEARBY_COMMENT]),
            ]
        },
    );
