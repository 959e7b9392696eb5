//! The long answers: for each question a few texts, told in the words of each trade. With eleven
//! trades, a question has some thirty different answers.

mod economy;
mod identity;
mod insertion;
mod report;

use crate::{profile::Profile, seed::Seed};

/// The texts of a question, by its id.
type Bank = &'static [(&'static str, &'static [&'static str])];

const BANKS: [Bank; 4] = [identity::BANK, insertion::BANK, economy::BANK, report::BANK];

/// An answer to this question for this structure; `None` for a question without texts of its own.
pub fn text(question: &str, profile: &Profile, year: i32) -> Option<String> {
    let texts = BANKS.iter().copied().flatten().find(|(id, _)| *id == question)?.1;
    // One turn further each year: last year's text is not repeated.
    let first = Seed::of(&format!("{question} {}", profile.key)).draw() % texts.len() as u64;
    let turn = first + u64::try_from(year).unwrap_or(0);
    let chosen = texts.get(usize::try_from(turn % texts.len() as u64).unwrap_or(0))?;
    Some(told(chosen, profile, year))
}

/// Why the number of ETP changes.
pub fn reason_of_change(profile: &Profile, year: i32, fewer: bool) -> String {
    let more = || text("moyens.etp_change_reason", profile, year).unwrap_or_default();
    if fewer { told(insertion::FEWER, profile, year) } else { more() }
}

/// A text in the words of a structure.
pub fn told(text: &str, profile: &Profile, year: i32) -> String {
    let trade = profile.trade;
    let words: [(&str, &str); 17] = [
        ("{nom}", &profile.name),
        ("{ville}", profile.place.at),
        ("{departement}", profile.department.inside),
        ("{activite}", trade.what),
        ("{dactivite}", trade.of_what),
        ("{gestes}", trade.gestures),
        ("{clients}", trade.clients),
        ("{materiel}", trade.equipment),
        ("{titre}", trade.title),
        ("{metiers}", trade.outlets),
        ("{vert}", trade.green),
        ("{dur}", trade.hard),
        ("{personnes}", profile.people_word()),
        ("{an}", &year.to_string()),
        ("{avant}", &(year - 1).to_string()),
        ("{jadis}", &(year - 2).to_string()),
        ("{debut}", &profile.created.to_string()),
    ];
    words.iter().fold(text.to_owned(), |text, (mark, word)| text.replace(mark, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures;

    #[test]
    fn every_text_is_wholly_told_and_of_a_question() {
        for (id, texts) in BANKS.iter().copied().flatten() {
            let known =
                [dossier::form::CONVENTIONNEMENT.place(id), dossier::form::bilan::BILAN.place(id)];
            assert!(known.iter().any(Option::is_some), "{id}");
            for profile in structures::all() {
                for text in *texts {
                    let told = told(text, &profile, 2027);
                    assert!(!told.contains('{'), "{id}: {told}");
                    let max = known.iter().flatten().map(|p| p.field.kind.canonical(&told));
                    assert!(max.into_iter().all(|r| r.is_ok()), "{id}: {told}");
                }
            }
        }
    }
}
