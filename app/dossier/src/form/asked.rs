//! When questions are put. The letters are those of the reference: 1 first request, R renewal,
//! A annual annexe, M amendment. And the composite questions made of several plain ones.

use form::{Cond, all, one_of};

/// Id of the question that says what is requested.
pub const REQUEST_KIND_ID: &str = "demande.request_kind";
/// Id of the question that says which kind of structure asks.
pub const SIAE_KIND_ID: &str = "demande.siae_kind";
/// Id of the question that says droit commun or milieu pénitentiaire.
pub const PERIMETER_ID: &str = "demande.perimeter";

/// Put in every request.
pub const IN_1RAM: Cond = Cond::Always;
/// Put in first, renewal and annual requests.
pub const IN_1RA: Cond = one_of!(REQUEST_KIND_ID; "first", "renewal", "annual");
/// Put in first and renewal requests.
pub const IN_1R: Cond = one_of!(REQUEST_KIND_ID; "first", "renewal");
/// Put in first requests.
pub const IN_1: Cond = one_of!(REQUEST_KIND_ID; "first");
/// Put in first, renewal and amendment requests.
pub const IN_1RM: Cond = one_of!(REQUEST_KIND_ID; "first", "renewal", "amendment");
/// Put in renewal, annual and amendment requests.
pub const IN_RAM: Cond = one_of!(REQUEST_KIND_ID; "renewal", "annual", "amendment");
/// Put in renewal and annual requests.
pub const IN_RA: Cond = one_of!(REQUEST_KIND_ID; "renewal", "annual");
/// Put in annual requests.
pub const IN_A: Cond = one_of!(REQUEST_KIND_ID; "annual");
/// Put in amendments.
pub const IN_M: Cond = one_of!(REQUEST_KIND_ID; "amendment");

/// For ateliers et chantiers d'insertion.
pub const FOR_ACI: Cond = one_of!(SIAE_KIND_ID; "ACI");
/// For entreprises d'insertion.
pub const FOR_EI: Cond = one_of!(SIAE_KIND_ID; "EI");
/// For entreprises de travail temporaire d'insertion.
pub const FOR_ETTI: Cond = one_of!(SIAE_KIND_ID; "ETTI");
/// For associations intermédiaires.
pub const FOR_AI: Cond = one_of!(SIAE_KIND_ID; "AI");
/// For entreprises d'insertion par le travail indépendant.
pub const FOR_EITI: Cond = one_of!(SIAE_KIND_ID; "EITI");
/// For every kind but ACI.
pub const NOT_FOR_ACI: Cond = one_of!(SIAE_KIND_ID; "EI", "ETTI", "AI", "EITI");
/// For structures in prison: the perimeter is only asked of these two kinds.
pub const IN_PRISON: Cond = all![one_of!(PERIMETER_ID; "MP"), one_of!(SIAE_KIND_ID; "EI", "ACI")];
/// Kinds of structure whose people have a work contract: in EITI they are independent.
pub const WITH_CONTRACTS: Cond = one_of!(SIAE_KIND_ID; "EI", "ETTI", "ACI", "AI");
/// Kinds of structure that may sign CDD d'insertion: people of ETTI have contrats de mission.
pub const WITH_CDDI: Cond = one_of!(SIAE_KIND_ID; "EI", "ACI", "AI");
/// Kinds of structure that may sign contrats passerelle.
pub const WITH_BRIDGE: Cond = one_of!(SIAE_KIND_ID; "EI", "ACI");

/// Declares the questions of one person: name, role, e-mail address, telephone. They have one
/// reason; the name and the e-mail address have sources of their own.
#[macro_export]
macro_rules! person {
    ($id:literal, $asked:expr, $carry:ident, why $why:literal,
     name $name_sources:expr, email $email_sources:expr;
     $name:ident, $role:ident, $email:ident, $phone:ident) => {
        #[doc = "Nom et prénom."]
        pub static $name: ::form::Field<String> =
            ::form::Field::text(concat!($id, ".name"), "Nom et prénom", 120)
                .why($why)
                .asked($asked)
                .carry(::form::Carry::$carry)
                .sources($name_sources);
        #[doc = "Fonction."]
        pub static $role: ::form::Field<String> =
            ::form::Field::text(concat!($id, ".role"), "Fonction", 120)
                .why($why)
                .asked($asked)
                .carry(::form::Carry::$carry);
        #[doc = "Courriel."]
        pub static $email: ::form::Field<String> =
            ::form::Field::email(concat!($id, ".email"), "Courriel")
                .why($why)
                .asked($asked)
                .carry(::form::Carry::$carry)
                .sources($email_sources);
        #[doc = "Téléphone."]
        pub static $phone: ::form::Field<String> =
            ::form::Field::phone(concat!($id, ".phone"), "Téléphone")
                .why($why)
                .asked($asked)
                .optional()
                .carry(::form::Carry::$carry);
    };
}

/// Declares the questions of one postal address: street, complement, postcode, town, INSEE code;
/// and when the INSEE code is required.
#[macro_export]
macro_rules! address {
    ($id:literal, $asked:expr, $carry:ident, insee $insee_required:expr, $sources:expr;
     $street:ident, $complement:ident, $postcode:ident, $town:ident, $insee:ident) => {
        #[doc = "Numéro et voie."]
        pub static $street: ::form::Field<String> =
            ::form::Field::text(concat!($id, ".street"), "Numéro et voie", 200)
                .asked($asked)
                .carry(::form::Carry::$carry)
                .sources($sources);
        #[doc = "Complément."]
        pub static $complement: ::form::Field<String> =
            ::form::Field::text(concat!($id, ".complement"), "Complément d'adresse", 200)
                .asked($asked)
                .optional()
                .carry(::form::Carry::$carry);
        #[doc = "Code postal."]
        pub static $postcode: ::form::Field<String> =
            ::form::Field::postcode(concat!($id, ".postcode"), "Code postal")
                .asked($asked)
                .carry(::form::Carry::$carry)
                .sources($sources);
        #[doc = "Commune."]
        pub static $town: ::form::Field<String> =
            ::form::Field::text(concat!($id, ".town"), "Commune", 120)
                .asked($asked)
                .carry(::form::Carry::$carry)
                .sources($sources);
        #[doc = "Code Insee de la commune."]
        pub static $insee: ::form::Field<String> =
            ::form::Field::commune(concat!($id, ".insee"), "Code Insee de la commune")
                .hint(
                    "Cinq caractères, par exemple 58194 pour Nevers. Ce n'est pas le code postal.",
                )
                .asked($asked)
                .required_when($insee_required)
                .carry(::form::Carry::$carry)
                .sources($sources);
    };
}
