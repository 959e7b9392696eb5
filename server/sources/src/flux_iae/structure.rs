//! The view `Structure`: who signs with the ASP, and where.

use form::Date;

use super::{
    value::Values,
    view::{Reason, Row},
};

/// Columns kept, sorted.
pub(super) const KEPT: &[&str] = &[
    "structure_adresse_admin_code_insee",
    "structure_adresse_admin_commune",
    "structure_adresse_admin_cp",
    "structure_adresse_admin_cplt_adresse",
    "structure_adresse_admin_cplt_num_voie",
    "structure_adresse_admin_entree",
    "structure_adresse_admin_nom_voie",
    "structure_adresse_admin_numero",
    "structure_adresse_admin_numero_apt",
    "structure_adresse_admin_telephone",
    "structure_adresse_admin_type_voie",
    "structure_adresse_gestion_code_insee",
    "structure_adresse_gestion_commune",
    "structure_adresse_gestion_cp",
    "structure_adresse_gestion_cplt_adresse",
    "structure_adresse_gestion_cplt_num_voie",
    "structure_adresse_gestion_entree",
    "structure_adresse_gestion_nom_voie",
    "structure_adresse_gestion_numero",
    "structure_adresse_gestion_numero_apt",
    "structure_adresse_gestion_telephone",
    "structure_adresse_gestion_type_voie",
    "structure_categorie_juridique_code",
    "structure_categorie_juridique_id",
    "structure_code_naf",
    "structure_date_creation",
    "structure_date_modification",
    "structure_denomination",
    "structure_id_siae",
    "structure_idcc_code",
    "structure_idcc_id",
    "structure_siret_actualise",
    "structure_siret_signature",
];

/// The person who answers for the account: not for us.
pub(super) const DROPPED: &[&str] = &[
    "structure_adresse_mail_corresp_technique",
    "structure_adresse_nom_corresp_technique",
    "structure_adresse_prenom_corresp_technique",
    "structure_identifiant_corresp_technique",
];

/// Columns without which a row says nothing.
pub(super) const NEEDED: &[&str] =
    &["structure_id_siae", "structure_siret_signature", "structure_denomination"];

/// A postal address, in the parts the ASP keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Apartment, or the name of the place.
    pub unit: String,
    /// Entrance or building.
    pub entrance: String,
    /// Number in the street.
    pub number: String,
    /// What follows the number (`BIS`).
    pub suffix: String,
    /// Kind of street (`AV`).
    pub street_type: String,
    /// Name of the street.
    pub street_name: String,
    /// Complement (`BP 4`).
    pub complement: String,
    /// Postcode, five digits.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// INSEE code of the town.
    pub insee: String,
    /// Phone of the structure there.
    pub phone: String,
}

impl Address {
    /// `12 RUE DES TISSERANDS`.
    pub fn street(&self) -> String {
        joined(&[&self.number, &self.suffix, &self.street_type, &self.street_name])
    }

    /// Everything else before the postcode.
    pub fn details(&self) -> String {
        joined(&[&self.unit, &self.entrance, &self.complement])
    }
}

fn joined(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
    filled.join(" ")
}

/// A structure as the ASP knows it.
#[derive(Clone, Debug)]
pub struct AspStructure {
    /// Its number at the ASP.
    pub asp_id: u64,
    /// The SIRET that signed.
    pub siret_signature: String,
    /// The SIRET of today.
    pub siret_current: String,
    /// Its name.
    pub name: String,
    /// Catégorie juridique, four digits.
    pub legal_category: String,
    /// APE code, without a dot.
    pub naf: String,
    /// Convention collective; `9999` is none.
    pub idcc: String,
    /// Where it is.
    pub admin: Address,
    /// Where its files are managed, the address the ASP recommends.
    pub management: Address,
    /// The day of the extract.
    pub extracted: Option<Date>,
    /// Its columns, by name.
    pub row: Row,
}

impl AspStructure {
    pub(super) fn of_row(
        row: &Row,
        extracted: Option<Date>,
    ) -> (Result<Self, Reason>, Vec<&'static str>) {
        let mut values = Values::of(row);
        let id = values.id("structure_id_siae").filter(|id| *id > 0);
        let siret_signature = values.code("structure_siret_signature");
        let mut structure = Self {
            asp_id: id.unwrap_or_default(),
            siret_current: values.code("structure_siret_actualise"),
            name: values.text("structure_denomination"),
            legal_category: values.code("structure_categorie_juridique_code"),
            naf: values.code("structure_code_naf"),
            idcc: values.code("structure_idcc_code"),
            admin: admin(&values),
            management: management(&values),
            siret_signature,
            extracted,
            row: row.clone(),
        };
        if structure.siret_current.is_empty() {
            structure.siret_current.clone_from(&structure.siret_signature);
        }
        let unreadable = values.unreadable;
        let missing = |column| (Err(Reason::Value { column }), Vec::new());
        if id.is_none() {
            return missing("structure_id_siae");
        }
        if structure.siret_signature.is_empty() {
            return missing("structure_siret_signature");
        }
        (Ok(structure), unreadable)
    }

    /// First nine digits of a SIRET.
    pub fn siren(siret: &str) -> &str {
        siret.get(..9).unwrap_or(siret)
    }

    /// A phone of the structure: where it is managed, or else where it is.
    pub fn phone(&self) -> &str {
        if self.management.phone.is_empty() { &self.admin.phone } else { &self.management.phone }
    }
}

macro_rules! address {
    ($name:ident, $which:literal) => {
        fn $name(values: &Values) -> Address {
            Address {
                unit: values.text(concat!("structure_adresse_", $which, "_numero_apt")),
                entrance: values.text(concat!("structure_adresse_", $which, "_entree")),
                number: values.code(concat!("structure_adresse_", $which, "_numero")),
                suffix: values.text(concat!("structure_adresse_", $which, "_cplt_num_voie")),
                street_type: values.text(concat!("structure_adresse_", $which, "_type_voie")),
                street_name: values.text(concat!("structure_adresse_", $which, "_nom_voie")),
                complement: values.text(concat!("structure_adresse_", $which, "_cplt_adresse")),
                postcode: values.five(concat!("structure_adresse_", $which, "_cp")),
                town: values.text(concat!("structure_adresse_", $which, "_commune")),
                insee: values.five(concat!("structure_adresse_", $which, "_code_insee")),
                phone: values.phone(concat!("structure_adresse_", $which, "_telephone")),
            }
        }
    };
}

address!(admin, "admin");
address!(management, "gestion");
