//! Who the structure is, in the registers.

use form::{Carry, Choice, Cond, Date, Field, choices, one_of, sources};

use super::naf::NAF_SECTIONS;
use crate::form::asked::{IN_1R, IN_1RA, IN_1RAM, IN_RAM};

/// Id of the catégorie juridique, read by conditions.
pub const LEGAL_CATEGORY_ID: &str = "identification.legal_category";
/// Id of the question on VAT, read by conditions.
pub const VAT_STATUS_ID: &str = "identification.vat_status";

/// For associations: the catégories juridiques 92 of INSEE.
pub const FOR_ASSOCIATION: Cond = one_of!(
    LEGAL_CATEGORY_ID;
    "9210", "9220", "9221", "9222", "9223", "9224", "9230", "9240", "9260"
);

/// Associations of the RNA: all but those that were never declared (9210), which have no number, and
/// those of the local law of Alsace and Moselle (9260), kept by the courts.
pub const FOR_RNA: Cond = one_of!(
    LEGAL_CATEGORY_ID;
    "9220", "9221", "9222", "9223", "9224", "9230", "9240"
);

/// Bands of workforce of INSEE.
const WORKFORCE_BANDS: &[Choice] = choices![
    "NN" "Non renseigné ou sans salarié",
    "00" "0 salarié en fin d'année",
    "01" "1 ou 2 salariés",
    "02" "3 à 5 salariés",
    "03" "6 à 9 salariés",
    "11" "10 à 19 salariés",
    "12" "20 à 49 salariés",
    "21" "50 à 99 salariés",
    "22" "100 à 199 salariés",
    "31" "200 à 249 salariés",
    "32" "250 à 499 salariés",
    "41" "500 à 999 salariés",
    "42" "1\u{202f}000 à 1\u{202f}999 salariés",
    "51" "2\u{202f}000 à 4\u{202f}999 salariés",
    "52" "5\u{202f}000 à 9\u{202f}999 salariés",
    "53" "10\u{202f}000 salariés et plus"
];

/// Establishment that carries the convention.
pub static SIRET: Field<String> = Field::siret("identification.siret", "SIRET de l'établissement porteur")
    .hint("Quatorze chiffres\u{a0}: celui de l'établissement qui signe la convention, pas celui d'une antenne.")
    .why("Il désigne la structure dans l'extranet IAE de l'ASP, qui verse l'aide.")
    .asked(IN_1RAM)
    .carry(Carry::Fixed)
    .sources(sources![AspStructure "structure_siret_actualise", Emplois "siret"]);

/// Establishment that signed the convention.
pub static SIRET_SIGNATURE: Field<String> = Field::siret(
    "identification.siret_signature",
    "SIRET à la signature de la convention",
)
.hint("Il reste le même si vous avez déménagé depuis. Les neuf premiers chiffres ne changent pas.")
.why("L'ASP garde les deux numéros et vérifie qu'ils appartiennent à la même structure.")
.asked(IN_RAM)
.carry(Carry::Fixed)
.sources(sources![AspStructure "structure_siret_signature"]);

/// Number given by the ASP.
pub static ASP_ID: Field<String> =
    Field::text("identification.asp_id", "Numéro de structure à l'ASP", 10)
        .hint("Des chiffres seulement, sans espace. Il est affiché en haut de votre espace dans l'extranet IAE 2.0.")
        .why("Il relie votre dossier à vos annexes financières dans l'extranet IAE de l'ASP.")
        .asked(IN_RAM)
        .carry(Carry::Fixed)
        .sources(sources![AspStructure "structure_id_siae"]);

/// Registered name.
pub static LEGAL_NAME: Field<String> =
    Field::text("identification.legal_name", "Dénomination", 250)
        .hint("Le nom officiel, comme sur l'avis de situation de l'Insee ou le Kbis.")
        .why("Il figure sur la convention et dans l'extranet IAE de l'ASP.")
        .asked(IN_1RAM)
        .carry(Carry::Confirm)
        .sources(
            sources![CompanyRegister "nom_raison_sociale", AspStructure "structure_denomination"],
        );

/// Name in use.
pub static TRADE_NAME: Field<String> =
    Field::text("identification.trade_name", "Enseigne ou nom d'usage", 250)
        .hint("Le nom sous lequel le public vous connaît, s'il est différent.")
        .why("C'est le nom que les candidats voient sur Les emplois de l'inclusion.")
        .asked(IN_1R)
        .optional()
        .carry(Carry::Confirm)
        .sources(sources![Emplois "enseigne", Emplois "brand"]);

/// Acronym.
pub static ACRONYM: Field<String> = Field::text("identification.acronym", "Sigle", 30)
    .asked(IN_1R)
    .optional()
    .carry(Carry::Confirm)
    .sources(sources![CompanyRegister "sigle"]);

/// Catégorie juridique of INSEE.
pub static LEGAL_CATEGORY: Field<String> =
    Field::legal_category(LEGAL_CATEGORY_ID, "Catégorie juridique")
        .hint("Quatre chiffres de l'Insee\u{a0}: 9220 pour une association déclarée, 5499 pour une SARL, 7210 pour une commune.")
        .why("La forme juridique décide de qui peut porter la structure. Code du travail, article R. 5132-28 pour les ateliers et chantiers.")
        .asked(IN_1RAM)
        .carry(Carry::Fixed)
        .sources(sources![
            CompanyRegister "nature_juridique",
            AspStructure "structure_categorie_juridique_code"
        ]);

/// Number of the association.
pub static RNA: Field<String> = Field::rna("identification.rna", "Numéro RNA de l'association")
    .hint("La lettre W suivie de neuf caractères. Il figure sur le récépissé de la préfecture.")
    .why("Il permet de vérifier l'existence de l'association sans vous redemander le récépissé.")
    .asked(IN_1RA)
    .visible_when(FOR_ASSOCIATION)
    .required_when(FOR_RNA)
    .carry(Carry::Confirm)
    .sources(sources![CompanyRegister "complements.identifiant_association"]);

/// APE code.
pub static NAF: Field<String> = Field::naf("identification.naf", "Code APE (NAF)")
    .hint("Quatre chiffres et une lettre, par exemple 88.99B. Il figure sur l'avis de situation de l'Insee.")
    .why("L'extranet IAE de l'ASP classe les structures par activité avec ce code.")
    .asked(IN_1RAM)
    .carry(Carry::Fixed)
    .sources(sources![CompanyRegister "activite_principale", AspStructure "structure_code_naf"]);

/// Section of the NAF.
pub static NAF_SECTION: Field<String> =
    Field::one_of("identification.naf_section", "Secteur d'activité", NAF_SECTIONS)
        .hint("Nous le déduisons de votre code APE. S'il n'est plus le bon, faites-le corriger à l'Insee.")
        .why("La convention précise le secteur d'activité de la structure. Code du travail, article R. 5132-2, 1° f).")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![Computed ""]);

/// Convention collective.
pub static IDCC: Field<String> = Field::idcc("identification.idcc", "Convention collective (IDCC)")
    .hint("Quatre chiffres, visibles sur les fiches de paie\u{a0}: 3016 pour les ateliers et chantiers d'insertion. Écrivez 9999 si aucune ne s'applique.")
    .why("Elle fixe les salaires et le temps de travail de vos salariés. L'extranet IAE de l'ASP la demande.")
    .asked(IN_1RAM)
    .carry(Carry::Confirm)
    .sources(sources![CompanyRegister "siege.liste_idcc", AspStructure "structure_idcc_code"]);

/// Day the structure was created.
pub static CREATION_DATE: Field<Date> =
    Field::date("identification.creation_date", "Date de création de la structure")
        .hint("Celle du répertoire de l'Insee, même si la structure a démarré plus tard.")
        .why("Elle montre si le projet vient de démarrer.")
        .asked(IN_1R)
        .carry(Carry::Fixed)
        .sources(sources![CompanyRegister "date_creation"]);

/// Band of workforce.
pub static WORKFORCE_BAND: Field<String> =
    Field::one_of("identification.workforce_band", "Tranche d'effectif", WORKFORCE_BANDS)
        .hint("Tous les salariés comptent, permanents et en parcours.")
        .why("Elle situe votre taille\u{a0}; elle vient du répertoire de l'Insee.")
        .asked(IN_1RA)
        .optional()
        .carry(Carry::Fixed)
        .sources(sources![CompanyRegister "tranche_effectif_salarie"]);

/// Whether the structure pays VAT.
pub static VAT_STATUS: Field<bool> =
    Field::yes_no(VAT_STATUS_ID, "Êtes-vous assujettis à la TVA\u{a0}?")
        .hint("Votre comptable le sait. Beaucoup d'associations ne le sont pas.")
        .why("Le budget se lit hors taxes si vous récupérez la TVA, toutes taxes sinon.")
        .asked(IN_1R)
        .optional()
        .carry(Carry::Confirm);

/// VAT number.
pub static VAT_NUMBER: Field<String> = Field::vat("identification.vat_number", "Numéro de TVA")
    .hint("FR, deux chiffres de contrôle, puis votre numéro SIREN.")
    .asked(IN_1R)
    .visible_when(one_of!(VAT_STATUS_ID; "oui"))
    .carry(Carry::Confirm)
    .sources(sources![Computed ""]);
