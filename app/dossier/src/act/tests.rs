use form::At;

use super::*;

fn today() -> Date {
    Date::new(2026, 11, 26).unwrap()
}

fn here(state: State) -> Circumstances {
    Circumstances {
        state,
        asked: 0,
        needs_opinion: true,
        opinion_is_deemed: false,
        opinion_is_known: false,
        opinion_is_noted: false,
        grants: true,
        blocking: 0,
        proposed_it: false,
        today: today(),
    }
}

fn said(message: &str) -> Said {
    Said { message: message.to_owned(), ..Said::default() }
}

fn in_days(days: i64) -> Option<Date> {
    Date::from_days_since_epoch(today().days_since_epoch() + days)
}

#[test]
fn a_return_asks_something_and_says_until_when() {
    let state = here(State::Complete);
    let send = |said: &Said, here| may(Action::SendBack, said, here);
    assert_eq!(
        send(&Said { due: in_days(15), ..said("  ") }, &state),
        Err(ActRefused::NothingAsked)
    );
    let one = Circumstances { asked: 1, ..state };
    assert_eq!(send(&Said { due: in_days(15), ..said("") }, &one), Ok(()));
    assert_eq!(send(&Said { due: in_days(0), ..said("Bonjour") }, &state), Ok(()));
    for due in [None, in_days(-1), in_days(MOST_DAYS + 1)] {
        assert_eq!(send(&Said { due, ..said("Bonjour") }, &one), Err(ActRefused::BadDay));
    }
    assert_eq!(send(&said(&"é".repeat(LONGEST + 1)), &one), Err(ActRefused::TooLong));
}

#[test]
fn a_decision_is_proposed_after_the_opinion_or_its_month() {
    let grant = Grant::read("12", "");
    let proposes = Said { proposal: Some(Sense::Favourable), grant, ..said("Postes réalistes.") };
    let prepare = |said: &Said, here| may(Action::PrepareDecision, said, here);
    let dialogue = here(State::Dialogue);
    assert_eq!(prepare(&proposes, &dialogue), Err(ActRefused::OpinionNeeded));
    let informed = Circumstances { needs_opinion: false, ..here(State::Dialogue) };
    assert_eq!(prepare(&proposes, &informed), Ok(()));
    assert_eq!(prepare(&said("x"), &informed), Err(ActRefused::NoProposal));
    for grant in [None, Grant::read("0", ""), Grant::read("12", "10,5")] {
        let unfair = Said { grant, ..proposes.clone() };
        assert_eq!(prepare(&unfair, &informed), Err(ActRefused::BadGrant));
        let against = Said { proposal: Some(Sense::Unfavourable), ..unfair };
        assert_eq!(prepare(&against, &informed), Ok(()), "nothing is granted");
    }
    let known = Circumstances { opinion_is_known: true, ..dialogue };
    assert_eq!(prepare(&proposes, &known), Ok(()), "proposed before, and taken back");
    let mute = Said { message: String::new(), ..proposes.clone() };
    assert_eq!(prepare(&mute, &informed), Err(ActRefused::NoReason));
    let asked = here(State::Commission);
    assert_eq!(prepare(&proposes, &asked), Err(ActRefused::OpinionAwaited));
    let with = Said { opinion: Some(Sense::Unfavourable), ..proposes.clone() };
    assert_eq!(prepare(&with, &asked), Ok(()));
    let deemed = Circumstances { opinion_is_deemed: true, ..asked };
    let noted = Circumstances { opinion_is_noted: true, ..asked };
    assert_eq!((prepare(&proposes, &deemed), prepare(&proposes, &noted)), (Ok(()), Ok(())));
}

#[test]
fn an_opinion_has_its_sense_and_one_against_its_reason() {
    let asked = here(State::Commission);
    let note =
        |opinion, words: &str| may(Action::RecordOpinion, &Said { opinion, ..said(words) }, &asked);
    assert_eq!(note(None, "Projet solide."), Err(ActRefused::NoOpinion));
    assert_eq!(note(Some(Sense::Favourable), ""), Ok(()));
    assert_eq!(note(Some(Sense::Unfavourable), " "), Err(ActRefused::NoOpinionReason));
    assert_eq!(note(Some(Sense::Unfavourable), "Postes non financés."), Ok(()));
}

#[test]
fn the_commission_has_a_month_from_date_to_date() {
    let last = |day: &str| opinion_due(Date::parse_iso(day).unwrap()).unwrap().to_string();
    assert_eq!(last("2026-11-03"), "2026-12-03");
    assert_eq!(last("2026-12-31"), "2027-01-31");
    assert_eq!(last("2027-01-31"), "2027-02-28");
    assert_eq!(last("2028-01-30"), "2028-02-29");
    assert_eq!(last("2027-03-31"), "2027-04-30");
    let day = |text: &str| Date::parse_iso(text).unwrap();
    assert!(!opinion_is_deemed(day("2026-11-03"), day("2026-12-03")), "it has the whole day");
    assert!(opinion_is_deemed(day("2026-11-03"), day("2026-12-04")));
}

#[test]
fn nothing_is_decided_while_a_blocking_note_is_open() {
    let long = said(&"a".repeat(SHORTEST_REASON));
    let grant = Grant::read("12", "");
    let for_it = Some(Sense::Favourable);
    let long = Said { proposal: for_it, opinion: for_it, grant, due: in_days(1), ..long };
    for action in Action::ALL {
        let open = Circumstances { needs_opinion: false, ..here(State::Dialogue) };
        assert_eq!(may(action, &long, &open), Ok(()), "{action:?}");
        let blocked = may(action, &long, &Circumstances { blocking: 1, ..open });
        let decides = matches!(
            action,
            Action::PrepareDecision | Action::Accept | Action::Refuse | Action::ApproveReport
        );
        let expected = if decides { Err(ActRefused::Blocked) } else { Ok(()) };
        assert_eq!(blocked, expected, "{action:?}");
    }
    assert!(ActRefused::Blocked.sentence().contains("bloquante"));
}

#[test]
fn who_proposed_does_not_sign_and_a_refusal_says_why() {
    let state = here(State::DecisionPending);
    let own = Circumstances { proposed_it: true, ..state };
    let (short, long) = (said("Non."), said(&"a".repeat(SHORTEST_REASON)));
    assert_eq!(may(Action::Accept, &long, &own), Err(ActRefused::SamePerson));
    assert_eq!(may(Action::Accept, &short, &state), Ok(()));
    assert_eq!(may(Action::Accept, &said(" "), &state), Err(ActRefused::NoReason));
    assert_eq!(may(Action::Refuse, &short, &state), Err(ActRefused::NoReason));
    assert_eq!(may(Action::Refuse, &long, &state), Ok(()));
    assert_eq!(may(Action::ApproveReport, &said(""), &state), Ok(()));
}

#[test]
fn the_commission_is_asked_unless_a_yearly_request_leaves_the_posts_as_they_are() {
    let needs = |kind: &str, asked: &str, current: &str| {
        let mut answers = Answers::default();
        let all = [
            ("demande.request_kind", kind),
            ("moyens.etp_requested", asked),
            ("moyens.etp_current", current),
        ];
        for (at, raw) in all {
            answers.set(At::once(at), raw.to_owned());
        }
        circuit(&answers).needs_opinion
    };
    assert!(needs("first", "12", "12") && needs("renewal", "12", "12"));
    for kind in ["annual", "amendment"] {
        assert!(!needs(kind, "12,00", "12"), "{kind}");
        assert!(needs(kind, "12,10", "12"), "{kind}");
        assert!(needs(kind, "", ""), "{kind}: nobody knows");
    }
}

#[test]
fn delays_are_days() {
    let date = |state| due(state, None, today()).map(|(day, _)| day.to_string());
    assert_eq!(date(State::Submitted).as_deref(), Some("2026-12-11"));
    assert_eq!(date(State::Commission).as_deref(), Some("2026-12-26"));
    assert_eq!(date(State::Accepted), None);
    let noted = due(State::Commission, Some(Action::RecordOpinion), today()).unwrap();
    assert_eq!(noted.0.to_string(), "2026-12-11", "the decision follows the opinion");
    assert!(noted.1.starts_with("décision"));
}
