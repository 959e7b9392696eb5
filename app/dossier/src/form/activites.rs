//! Step "Activités et postes": what people do, in which posts, and what one kind of structure adds.

mod kinds;
mod rules;
mod supports;

use form::{Group, Section, all, fields};

pub use kinds::{
    AGENCIES, AGENCY_COMMUNE, AGENCY_STAFF, AGENCY_TURNOVER, CARRIER_KIND, DISPOSAL_HOURS,
    INDEPENDENT_HOURS, MISSION_HOURS, OVER_480_HOURS, PERMANENCE_DAYS, PLATFORM, PRICE_POLICY,
    PRISON_ETP, PRISON_NAME, PRISON_POSTS, PRIVATE_HOURS, WORKSHOP_ACTIVITY, WORKSHOP_COMMUNE,
    WORKSHOP_ETP, WORKSHOP_MONTHS, WORKSHOP_NAME, WORKSHOP_OBJECT, WORKSHOP_START,
    WORKSHOP_SUPERVISORS, WORKSHOPS,
};
pub use rules::{SENTENCES, open_ended_above, rules};
pub use supports::{
    ACTIVITIES, ACTIVITY_DESCRIPTION, ACTIVITY_LABEL, ACTIVITY_SECTOR, ACTIVITY_SHARE,
    CONTRACT_TYPES, HIRING_FORECAST, IMMERSION_LISTED, IMMERSION_OUTGOING, IMMERSION_WELCOME,
    ON_MARKETPLACE, POST_COMMUNE, POST_CONTRACT, POST_COUNT, POST_ETP, POST_LABEL, POST_ROME,
    POSTS, PROCUREMENT_INCOME, VACANCIES_FT, VACANCIES_HOW,
};

use super::asked::{
    FOR_ACI, FOR_AI, FOR_EI, FOR_EITI, FOR_ETTI, IN_1RA, IN_A, IN_PRISON, IN_RA, WITH_CONTRACTS,
};

/// The step.
pub static SECTION: Section = Section::new("activites", "Activités et postes")
    .intro("Ce que font vos salariés, et les postes que vous proposez.")
    .when(IN_1RA)
    .groups(
        const {
            &[
                Group::new("activites.activities_card", "Activités")
                    .intro("Une ligne par activité. Leurs parts font 100\u{a0}% au total.")
                    .table(ACTIVITIES),
                Group::new("activites.posts_card", "Postes proposés")
                    .intro("Une ligne par métier et par commune.")
                    .table(POSTS),
                Group::new("activites.hiring", "Embauches").holding(fields![
                    CONTRACT_TYPES,
                    HIRING_FORECAST,
                    VACANCIES_FT,
                    VACANCIES_HOW
                ]),
                Group::new("activites.markets", "Marchés publics")
                    .when(all![IN_A, WITH_CONTRACTS])
                    .holding(fields![PROCUREMENT_INCOME, ON_MARKETPLACE]),
                Group::new("activites.immersions", "Immersions").when(IN_A).holding(fields![
                    IMMERSION_WELCOME,
                    IMMERSION_LISTED,
                    IMMERSION_OUTGOING
                ]),
                Group::new("activites.aci", "Porteur de l'atelier et chantier")
                    .when(FOR_ACI)
                    .holding(fields![CARRIER_KIND]),
                Group::new("activites.workshops_card", "Ateliers et chantiers")
                    .intro("Une ligne par atelier ou chantier. Le total des ETP d'insertion est celui que vous demandez.")
                    .when(FOR_ACI)
                    .table(WORKSHOPS),
                Group::new("activites.agencies_card", "Agences")
                    .intro("Une ligne par agence, y compris si vous n'en avez qu'une.")
                    .when(FOR_ETTI)
                    .table(AGENCIES),
                Group::new("activites.etti", "Missions de travail temporaire")
                    .when(all![FOR_ETTI, IN_RA])
                    .holding(fields![MISSION_HOURS]),
                Group::new("activites.ai", "Permanence et mises à disposition")
                    .when(FOR_AI)
                    .holding(fields![
                        PERMANENCE_DAYS,
                        DISPOSAL_HOURS,
                        PRIVATE_HOURS,
                        OVER_480_HOURS
                    ]),
                Group::new("activites.eiti", "Travail indépendant")
                    .when(FOR_EITI)
                    .holding(fields![PLATFORM, INDEPENDENT_HOURS]),
                Group::new("activites.ei", "Positionnement de prix")
                    .when(FOR_EI)
                    .holding(fields![PRICE_POLICY]),
                Group::new("activites.prison_card", "Postes en établissement pénitentiaire")
                    .intro("Une ligne par établissement, dix ETP au plus dans chacun.")
                    .when(IN_PRISON)
                    .table(PRISON_POSTS),
            ]
        },
    );
