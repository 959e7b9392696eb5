//! Step "Engagements": what the structure promises, and who signs.

use form::{Carry, Field, Group, Section, choices, fields, sources};

use super::asked::{FOR_AI, FOR_ETTI, IN_1RA};

/// Answers are true.
pub static ACCURACY: Field<bool> =
    Field::pledge("engagements.accuracy", "Les informations de ce dossier sont exactes.")
        .why("Une fausse déclaration peut entraîner la résiliation de la convention. Code du travail, article R. 5132-6.")
        .asked(IN_1RA);

/// People are accompanied.
pub static SUPPORT: Field<bool> = Field::pledge(
    "engagements.support",
    "Chaque salarié en insertion est accueilli, encadré et suivi individuellement.",
)
.why("Code du travail, article R. 5132-3 : le bilan annuel décrit ce suivi.")
.asked(IN_1RA);

/// Offers are given to France Travail.
pub static FT_OFFERS: Field<bool> = Field::pledge(
    "engagements.ft_offers",
    "Nous déposons nos offres d'emploi auprès de France Travail.",
)
.why("Code du travail, article R. 5132-2 (5°).")
.asked(IN_1RA);

/// The report and the accounts are sent each year.
pub static YEARLY_REPORT: Field<bool> = Field::pledge(
    "engagements.yearly_report",
    "Nous envoyons chaque année le bilan d'activité et les comptes.",
)
.why("Code du travail, article R. 5132-3.")
.asked(IN_1RA);

/// Controls are accepted.
pub static CONTROL: Field<bool> = Field::pledge(
    "engagements.control",
    "Nous acceptons les contrôles de l'État, sur pièces ou sur place.",
)
.why("Le préfet contrôle l'exécution de la convention. Code du travail, article R. 5132-5.")
.asked(IN_1RA);

/// No other State aid for the same post.
pub static NO_DOUBLE_AID: Field<bool> = Field::pledge(
    "engagements.no_double_aid",
    "Aucun poste ne reçoit une autre aide de l'État en plus de l'aide au poste.",
)
.why("Les arrêtés qui fixent l'aide au poste interdisent ce cumul.")
.asked(IN_1RA);

/// Equal treatment.
pub static EQUALITY: Field<bool> = Field::pledge(
    "engagements.equality",
    "Nous respectons la laïcité et ne pratiquons aucune discrimination.",
)
.asked(IN_1RA);

/// Personal data.
pub static DATA_PROTECTION: Field<bool> = Field::pledge(
    "engagements.data_protection",
    "Nous protégeons les données personnelles des salariés.",
)
.asked(IN_1RA);

/// Hours with companies.
pub static HOURS_CAP: Field<bool> = Field::pledge(
    "engagements.ai_hours_cap",
    "Nous respectons le plafond de 480 heures de mise à disposition et les règles au-delà de 16 heures.",
)
.why("Code du travail, articles L. 5132-9 et R. 5132-18.")
.asked(IN_1RA)
.visible_when(FOR_AI);

/// Presence.
pub static PERMANENCE: Field<bool> = Field::pledge(
    "engagements.ai_permanence",
    "Nous tenons une permanence au moins trois jours par semaine.",
)
.why("Code du travail, article R. 5132-12.")
.asked(IN_1RA)
.visible_when(FOR_AI);

/// Exclusive activity.
pub static EXCLUSIVE: Field<bool> =
    Field::pledge("engagements.etti_exclusive", "L'insertion est notre seule activité.")
        .why("Code du travail, article R. 5132-10-7.")
        .asked(IN_1RA)
        .visible_when(FOR_ETTI);

/// Who signs.
pub static SIGNATORY_NAME: Field<String> =
    Field::text("engagements.signatory_name", "Nom et prénom de la personne qui signe", 120)
        .hint("Le représentant légal, ou la personne à qui il a délégué sa signature.")
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// In which capacity.
pub static SIGNATORY_ROLE: Field<String> =
    Field::text("engagements.signatory_role", "Fonction", 120)
        .asked(IN_1RA)
        .carry(Carry::Confirm)
        .sources(sources![LastYear ""]);

/// By hand or electronically.
pub static SIGNATURE_KIND: Field<String> = Field::one_of(
    "engagements.signature_kind",
    "Comment la convention sera-t-elle signée ?",
    choices!["handwritten" "À la main, sur papier", "electronic" "Par signature électronique"],
)
.asked(IN_1RA)
.carry(Carry::Confirm)
.sources(sources![LastYear ""]);

/// Where.
pub static PLACE: Field<String> = Field::text("engagements.place", "Fait à", 120)
    .hint("La date s'ajoute toute seule au moment du dépôt.")
    .asked(IN_1RA)
    .carry(Carry::Confirm)
    .sources(sources![LastYear ""]);

/// The step.
pub static SECTION: Section = Section::new("engagements", "Engagements")
    .intro("Lisez chaque phrase et cochez-la : ces engagements accompagnent votre demande.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                Group::new("engagements.all", "Ce à quoi vous vous engagez").when(IN_1RA).holding(
                    fields![
                        ACCURACY,
                        SUPPORT,
                        FT_OFFERS,
                        YEARLY_REPORT,
                        CONTROL,
                        NO_DOUBLE_AID,
                        EQUALITY,
                        DATA_PROTECTION
                    ],
                ),
                Group::new("engagements.ai", "Association intermédiaire")
                    .when(FOR_AI)
                    .holding(fields![HOURS_CAP, PERMANENCE]),
                Group::new("engagements.etti", "Entreprise de travail temporaire d'insertion")
                    .when(FOR_ETTI)
                    .holding(fields![EXCLUSIVE]),
                Group::new("engagements.signature", "Qui signe").when(IN_1RA).holding(fields![
                    SIGNATORY_NAME,
                    SIGNATORY_ROLE,
                    SIGNATURE_KIND,
                    PLACE
                ]),
            ]
        },
    );

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use form::{Kind, Moment, Revision, check};

    use super::*;
    use crate::form::read::tests::answers;

    #[test]
    fn each_kind_ticks_its_own_pledges() {
        let form = Revision::new("test", 1, vec![Cow::Borrowed(&SECTION)]);
        for (kind, request, pledges) in [
            ("EI", "annual", 8),
            ("AI", "first", 10),
            ("ETTI", "renewal", 9),
            ("ACI", "annual", 8),
            ("AI", "amendment", 0),
        ] {
            let filled = answers(&[("demande.request_kind", request), ("demande.siae_kind", kind)]);
            let missing = check(&form, &filled, &[], Moment::Deposit);
            let is_pledge =
                |id: &str| form.place(id).is_some_and(|place| place.field.kind == Kind::Pledge);
            let found = missing.iter().filter(|p| is_pledge(&p.at.field)).count();
            assert_eq!(found, pledges, "{kind} {request}");
        }
    }
}
