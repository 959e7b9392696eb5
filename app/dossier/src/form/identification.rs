//! Step "Identification": who the structure is, where it is, how to reach and pay it.

mod company;
mod contact;
mod naf;
mod rules;

use form::{Group, Section, fields};

pub use company::{
    ACRONYM, ASP_ID, CREATION_DATE, FOR_ASSOCIATION, FOR_RNA, IDCC, LEGAL_CATEGORY,
    LEGAL_CATEGORY_ID, LEGAL_NAME, NAF, NAF_SECTION, RNA, SIRET, SIRET_SIGNATURE, TRADE_NAME,
    VAT_NUMBER, VAT_STATUS, VAT_STATUS_ID, WORKFORCE_BAND,
};
pub use contact::{
    BIC, EMAIL, HEAD_COMPLEMENT, HEAD_INSEE, HEAD_POSTCODE, HEAD_STREET, HEAD_TOWN, HISTORY,
    HOLDER, IBAN, IBAN_ID, PHONE, PRESENTATION, SITE_COMPLEMENT, SITE_INSEE, SITE_POSTCODE,
    SITE_STREET, SITE_TOWN, WEBSITE,
};
pub use naf::{NAF_SECTIONS, section_of};
pub use rules::{SENTENCES, is_branch_number, rules};

use super::asked::{IN_1R, IN_1RA};

/// The step.
pub static SECTION: Section = Section::new("identification", "Identification")
    .intro(
        "Qui vous êtes. Presque tout est déjà connu\u{a0}: relisez, et corrigez ce qui a changé.",
    )
    .groups(
        const {
            &[
                Group::new("identification.company", "Votre structure").holding(fields![
                    SIRET,
                    SIRET_SIGNATURE,
                    ASP_ID,
                    LEGAL_NAME,
                    TRADE_NAME,
                    ACRONYM,
                    LEGAL_CATEGORY,
                    RNA
                ]),
                Group::new("identification.sector", "Secteur et taille").holding(fields![
                    NAF,
                    NAF_SECTION,
                    IDCC,
                    CREATION_DATE,
                    WORKFORCE_BAND
                ]),
                Group::new("identification.head_office", "Adresse du siège").holding(fields![
                    HEAD_STREET,
                    HEAD_COMPLEMENT,
                    HEAD_POSTCODE,
                    HEAD_TOWN,
                    HEAD_INSEE
                ]),
                Group::new("identification.site", "Adresse de gestion")
                    .intro("Là où le courrier sur votre convention doit arriver.")
                    .holding(fields![
                        SITE_STREET,
                        SITE_COMPLEMENT,
                        SITE_POSTCODE,
                        SITE_TOWN,
                        SITE_INSEE
                    ]),
                Group::new("identification.reach", "Pour vous joindre")
                    .holding(fields![PHONE, EMAIL, WEBSITE]),
                Group::new("identification.vat", "TVA")
                    .when(IN_1R)
                    .holding(fields![VAT_STATUS, VAT_NUMBER]),
                Group::new("identification.bank", "Coordonnées bancaires")
                    .intro("Elles sont masquées, et chaque lecture par un agent est enregistrée.")
                    .holding(fields![IBAN, BIC, HOLDER]),
                Group::new("identification.story", "Votre histoire")
                    .when(IN_1RA)
                    .holding(fields![PRESENTATION, HISTORY]),
            ]
        },
    );
