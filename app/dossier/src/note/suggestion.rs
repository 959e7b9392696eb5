//! A value that an agent suggests for an answer, and how it stands before what is said there now.

use form::{Answers, At, Code, Kind, Revision};

use super::{Audience, Standing, said};

/// Why a value is not suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestRefused {
    /// A value is suggested for a question, one that takes a value from people.
    NotAQuestion,
    /// It is for the structure, which answers for what it deposits.
    NotForStructure,
    /// Nothing is suggested.
    Empty,
    /// The answer says so already.
    Same,
    /// The question does not take it.
    Bad(Code),
}

/// How a suggested value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The answer is what it was when the value was suggested.
    Open,
    /// Something else is said since.
    Moved,
    /// The answer says what was suggested.
    Said,
    /// The question or its row is not there any more.
    Gone,
}

/// The canonical text of a value that is suggested for an answer.
///
/// # Errors
/// See [`SuggestRefused`].
pub fn suggested(
    (form, answers): (&Revision, &Answers),
    at: &At,
    audience: Audience,
    raw: &str,
) -> Result<String, SuggestRefused> {
    let place = form.place(&at.field).ok_or(SuggestRefused::NotAQuestion)?;
    let def = place.field;
    // Sensitive answers are masked for who suggests: they do not know what they would change.
    if def.fixed || def.sensitive || matches!(def.kind, Kind::File | Kind::Pledge) {
        return Err(SuggestRefused::NotAQuestion);
    }
    let before = said(form, answers, at).map_err(|_| SuggestRefused::NotAQuestion)?;
    if audience != Audience::Structure {
        return Err(SuggestRefused::NotForStructure);
    }
    let value = def.kind.canonical(raw).map_err(SuggestRefused::Bad)?;
    if value.is_empty() {
        return Err(SuggestRefused::Empty);
    }
    if value == before {
        return Err(SuggestRefused::Same);
    }
    Ok(value)
}

/// How a value that was suggested where this was said stands in these answers.
pub fn offer(form: &Revision, answers: &Answers, at: &At, (was, value): (&str, &str)) -> Offer {
    match said(form, answers, at) {
        Err(
            Standing::Same | Standing::Changed | Standing::RowRemoved | Standing::QuestionRemoved,
        ) => Offer::Gone,
        Ok(now) if now == value => Offer::Said,
        Ok(now) if now == was => Offer::Open,
        Ok(_) => Offer::Moved,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::CONVENTIONNEMENT;

    const ETP: &str = "moyens.etp_requested";

    fn answers(etp: &str) -> Answers {
        let mut answers = Answers::default();
        for (at, raw) in
            [("demande.request_kind", "first"), ("demande.siae_kind", "ACI"), (ETP, etp)]
        {
            answers.set(At::once(at), raw.to_owned());
        }
        answers
    }

    fn suggest(at: &str, raw: &str) -> Result<String, SuggestRefused> {
        let answers = answers("14,20");
        suggested((&CONVENTIONNEMENT, &answers), &At::parse(at), Audience::Structure, raw)
    }

    #[test]
    fn a_value_is_what_the_question_takes() {
        assert_eq!(suggest(ETP, " 12,5 ").as_deref(), Ok("12.50"));
        assert_eq!(suggest(ETP, "14.2"), Err(SuggestRefused::Same), "spelled otherwise");
        assert_eq!(suggest(ETP, " "), Err(SuggestRefused::Empty));
        assert!(matches!(suggest(ETP, "douze"), Err(SuggestRefused::Bad(_))));
        for nowhere in ["", "moyens", "nothing", "activites.activities#A", "moyens.etp_requested#A"]
        {
            assert_eq!(suggest(nowhere, "1"), Err(SuggestRefused::NotAQuestion), "{nowhere}");
        }
        for def in CONVENTIONNEMENT.places().map(|place| place.field) {
            if def.sensitive || def.fixed || def.kind == Kind::File {
                assert_eq!(suggest(&def.id, "x"), Err(SuggestRefused::NotAQuestion), "{}", def.id);
            }
        }
        for audience in [Audience::Own, Audience::Service, Audience::State] {
            let here = (&*CONVENTIONNEMENT, &answers("14,20"));
            let other = suggested(here, &At::once(ETP), audience, "12");
            assert_eq!(other, Err(SuggestRefused::NotForStructure), "{audience:?}");
        }
    }

    #[test]
    fn how_it_stands_is_what_the_answer_says_now() {
        let offer =
            |etp: &str| offer(&CONVENTIONNEMENT, &answers(etp), &At::once(ETP), ("14.20", "12.50"));
        assert_eq!(offer("14,2"), Offer::Open);
        assert_eq!(offer("12,50"), Offer::Said);
        assert_eq!(offer("13"), Offer::Moved);
        assert_eq!(offer(""), Offer::Moved);
        let gone = At::once("gone.question");
        let here = (&*CONVENTIONNEMENT, &answers(""));
        assert_eq!(super::offer(here.0, here.1, &gone, ("a", "b")), Offer::Gone);
    }
}
