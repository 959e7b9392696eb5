//! What structures do: for each activity, its register codes, its posts, and the words that the
//! texts are made of.

mod outdoors;
mod services;
mod workshops;

/// A post that people on a path take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its name.
    pub label: &'static str,
    /// Its ROME code.
    pub rome: &'static str,
}

/// One line of what a structure does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its name.
    pub label: &'static str,
    /// Section of the NAF.
    pub section: &'static str,
    /// In a few words.
    pub description: &'static str,
    /// Share of the sales, in percent.
    pub share: i64,
}

/// What a structure lives from.
#[derive(Debug, PartialEq, Eq)]
pub struct Trade {
    /// Stable name.
    pub code: &'static str,
    /// APE code.
    pub naf: &'static str,
    /// Its lines of activity; the shares make 100.
    pub activities: &'static [Activity],
    /// Its posts.
    pub posts: &'static [Post],
    /// "le maraîchage biologique".
    pub what: &'static str,
    /// "du maraîchage biologique".
    pub of_what: &'static str,
    /// What hands do: "semer, récolter et préparer les paniers".
    pub gestures: &'static str,
    /// Who pays.
    pub clients: &'static str,
    /// What is used, one sentence without subject.
    pub equipment: &'static str,
    /// Title or certificate prepared.
    pub title: &'static str,
    /// Trades people leave for.
    pub outlets: &'static str,
    /// Companies that hire afterwards, invented.
    pub partners: &'static [&'static str],
    /// What is good for the environment, one sentence.
    pub green: &'static str,
    /// What makes the year hard, one sentence.
    pub hard: &'static str,
}

/// Every trade.
pub const TRADES: [&Trade; 11] = [
    &outdoors::GREEN_SPACES,
    &outdoors::MARKET_GARDEN,
    &outdoors::BUILDING,
    &workshops::RECYCLING,
    &workshops::SEWING,
    &workshops::LOGISTICS,
    &workshops::DIGITAL,
    &services::CLEANING,
    &services::HOME_HELP,
    &services::CATERING,
    &services::STAFFING,
];

/// A trade by its code; the first when there is none.
pub fn trade(code: &str) -> &'static Trade {
    TRADES.into_iter().find(|trade| trade.code == code).unwrap_or(TRADES[0])
}

#[cfg(test)]
mod tests {
    use dossier::form::identification::section_of;
    use form::identifier;

    use super::*;

    #[test]
    fn codes_exist_and_shares_make_the_whole() {
        for trade in TRADES {
            assert!(section_of(trade.naf).is_some(), "{}", trade.code);
            assert_eq!(trade.activities.iter().map(|a| a.share).sum::<i64>(), 100);
            assert!(trade.posts.iter().all(|post| identifier::rome(post.rome).is_some()));
            assert!(trade.posts.len() >= 2 && trade.partners.len() >= 2, "{}", trade.code);
        }
    }
}
