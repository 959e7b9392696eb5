//! Where the structure is, how to reach it, how to pay it, and its story.

use form::{Carry, Cond, Field, any, filled, sources};

use crate::{
    address,
    form::asked::{IN_1, IN_1R, IN_1RA, IN_1RAM},
};

/// Id of the IBAN, read by conditions.
pub const IBAN_ID: &str = "identification.iban";

/// Bank details are required in a first request, and as a whole once one of them changes.
const BANK_REQUIRED: Cond = any![IN_1, filled!(IBAN_ID)];

address! {
    "identification.head_address", IN_1RAM, Confirm, insee Cond::Never,
    sources![
        CompanyRegister "siege.adresse",
        AspStructure "structure_adresse_admin",
        AddressBase ""
    ];
    HEAD_STREET, HEAD_COMPLEMENT, HEAD_POSTCODE, HEAD_TOWN, HEAD_INSEE
}

/// Address of the site: number and street.
pub static SITE_STREET: Field<String> = Field::text(
    "identification.site_address.street",
    "Numéro et voie",
    200,
)
.why("L'ASP et la DDETS vous écrivent à cette adresse. Elle figure dans l'extranet IAE de l'ASP.")
.asked(IN_1RAM)
.carry(Carry::Confirm)
.sources(sources![AspStructure "structure_adresse_gestion", AddressBase "name"]);

/// Address of the site: complement.
pub static SITE_COMPLEMENT: Field<String> =
    Field::text("identification.site_address.complement", "Complément d'adresse", 200)
        .asked(IN_1RAM)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![AspStructure "structure_adresse_gestion_cplt_adresse"]);

/// Address of the site: postcode.
pub static SITE_POSTCODE: Field<String> =
    Field::postcode("identification.site_address.postcode", "Code postal")
        .asked(IN_1RAM)
        .carry(Carry::Confirm)
        .sources(sources![AspStructure "structure_adresse_gestion_cp", AddressBase "postcode"]);

/// Address of the site: town.
pub static SITE_TOWN: Field<String> =
    Field::text("identification.site_address.town", "Commune", 120)
        .asked(IN_1RAM)
        .carry(Carry::Confirm)
        .sources(sources![AspStructure "structure_adresse_gestion_commune", AddressBase "city"]);

/// Address of the site: INSEE code of the commune, required since everything local is counted by it.
pub static SITE_INSEE: Field<String> =
    Field::commune("identification.site_address.insee", "Code Insee de la commune")
        .hint("Cinq caractères, par exemple 58194 pour Nevers. Ce n'est pas le code postal.")
        .why("Le code postal peut couvrir plusieurs communes\u{a0}; celui-ci n'en désigne qu'une. L'extranet IAE de l'ASP le demande.")
        .asked(IN_1RAM)
        .carry(Carry::Fixed)
        .sources(sources![
            AspStructure "structure_adresse_gestion_code_insee",
            CompanyRegister "siege.commune",
            AddressBase "citycode"
        ]);

/// Telephone.
pub static PHONE: Field<String> = Field::phone("identification.phone", "Téléphone")
    .hint("Dix chiffres. Le standard convient.")
    .why("Pour vous appeler si une pièce manque. L'extranet IAE de l'ASP le demande.")
    .asked(IN_1RAM)
    .carry(Carry::Confirm)
    .sources(sources![Emplois "telephone", AspStructure "structure_adresse_gestion_telephone"]);

/// E-mail address.
pub static EMAIL: Field<String> = Field::email("identification.email", "Courriel")
    .hint("Une adresse lue toute l'année, plutôt que celle d'une seule personne.")
    .why("Les avis sur votre dossier y sont envoyés. Le service Les emplois de l'inclusion la connaît déjà.")
    .asked(IN_1RAM)
    .carry(Carry::Confirm)
    .sources(sources![Emplois "courriel"]);

/// Web site.
pub static WEBSITE: Field<String> = Field::url("identification.website", "Site web")
    .hint("L'adresse complète, qui commence par https://.")
    .asked(IN_1RA)
    .optional()
    .carry(Carry::Confirm)
    .sources(sources![Emplois "site_web"]);

/// Bank account.
pub static IBAN: Field<String> = Field::iban(IBAN_ID, "IBAN")
    .hint("Vingt-sept caractères, en haut de votre relevé d'identité bancaire. Il est masqué dès qu'il est enregistré.")
    .why("L'ASP verse l'aide sur ce compte. Hors première demande, ne l'écrivez que si le compte change.")
    .asked(IN_1RAM)
    .required_when(IN_1)
    .carry(Carry::Confirm)
    .sensitive();

/// Bank.
pub static BIC: Field<String> = Field::bic("identification.bic", "BIC")
    .hint("Huit ou onze caractères, à côté de l'IBAN sur le même relevé.")
    .asked(IN_1RAM)
    .required_when(BANK_REQUIRED)
    .carry(Carry::Confirm)
    .sensitive();

/// Holder of the account.
pub static HOLDER: Field<String> = Field::text("identification.holder", "Titulaire du compte", 120)
    .hint("Le nom écrit sur le relevé d'identité bancaire.")
    .why("L'ASP rejette le relevé si le titulaire n'est pas la structure.")
    .asked(IN_1RAM)
    .required_when(BANK_REQUIRED)
    .carry(Carry::Confirm)
    .sensitive();

/// What the structure is.
pub static PRESENTATION: Field<String> = Field::long_text_from(
    "identification.presentation",
    "Présentation de la structure",
    200,
    3_000,
)
.hint("Qui vous êtes, ce que vous faites, pour qui. Une quinzaine de lignes suffisent.")
.why("La convention présente la structure. Code du travail, article R. 5132-2, 1° a).")
.asked(IN_1RA)
.required_when(IN_1R)
.carry(Carry::Confirm)
.sources(sources![Emplois "description", LastYear ""]);

/// What happened to it.
pub static HISTORY: Field<String> =
    Field::long_text("identification.history", "Historique et faits marquants", 3_000)
        .hint("Les grandes dates, et ce qui a compté ces trois dernières années.")
        .why("La DDETS comprend mieux une demande quand elle en connaît l'histoire.")
        .asked(IN_1R)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);
