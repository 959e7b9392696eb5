//! An answer for a question that nothing else knows: plausible and valid for its kind.

use form::{FieldDef, Kind};

use crate::{
    numbers,
    profile::{Profile, Request},
};

const SENTENCE: &str = "Nous suivons ce point chaque trimestre en équipe, avec nos partenaires du territoire, et le bilan annuel en rendra compte. ";

/// A valid answer by the kind of the question.
pub fn answer(field: &FieldDef, profile: &Profile, request: &Request) -> String {
    let cut = |text: &str, most: u32| text.chars().take(most as usize).collect::<String>();
    match &field.kind {
        Kind::Text { max } => cut("Voir notre projet d'insertion", *max),
        Kind::LongText { min, max } => {
            let times = *min as usize / SENTENCE.len() + 1;
            cut(SENTENCE.repeat(times).trim_end(), *max)
        }
        Kind::Integer { min, .. } => (*min).max(0).to_string(),
        Kind::Decimal { .. } => "1".to_owned(),
        Kind::Money { .. } => "0".to_owned(),
        Kind::Percent => "10".to_owned(),
        Kind::Hours { min, max } => {
            let minutes = (35 * 60).clamp(*min, *max);
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        }
        Kind::Date => format!("31/12/{}", request.year),
        Kind::Month => format!("{}-12", request.year),
        Kind::YesNo => "non".to_owned(),
        Kind::Pledge => "oui".to_owned(),
        Kind::OneOf(choices) | Kind::ManyOf(choices) => {
            choices.first().map(|choice| choice.value.to_string()).unwrap_or_default()
        }
        Kind::Email => format!("contact@{}", profile.domain()),
        Kind::Phone => numbers::phone(profile.department.code, profile.order),
        Kind::Url => format!("https://{}", profile.domain()),
        Kind::Siret => profile.siret.clone(),
        Kind::Siren => profile.siren.clone(),
        Kind::Rna => numbers::rna(&profile.siren),
        Kind::Naf => profile.trade.naf.to_owned(),
        Kind::Idcc => "9999".to_owned(),
        Kind::LegalCategory => profile.legal.to_owned(),
        Kind::TrainingBody => "00000000000".to_owned(),
        Kind::Vat => numbers::vat(&profile.siren),
        Kind::Iban => numbers::iban(&profile.siren),
        Kind::Bic => "DEMOFRP0".to_owned(),
        Kind::Commune | Kind::Communes => profile.place.insee.to_owned(),
        Kind::Department | Kind::Departments => profile.department.code.to_owned(),
        Kind::Postcode => profile.place.postcode.to_owned(),
        Kind::Rome => profile.trade.posts.first().map_or("K2204", |post| post.rome).to_owned(),
        Kind::ConventionNumber => numbers::convention(
            profile.department.code,
            request.kind,
            profile.convention_start(request.year - 1),
            profile.order,
        ),
        Kind::AnnexNumber => numbers::annex(
            profile.department.code,
            request.kind,
            profile.convention_start(request.year),
            profile.order,
            request.year,
        ),
        Kind::File => "document.pdf".to_owned(),
    }
}
