use super::*;

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

#[test]
fn codes_read_back() {
    for about in About::ALL {
        assert_eq!(About::from_code(about.code()), Some(about));
    }
    for topic in Topic::ALL {
        assert_eq!(Topic::from_code(topic.code()), Some(topic));
    }
    for pace in Pace::ALL {
        assert_eq!(Pace::from_code(pace.code()), Some(pace));
    }
}

#[test]
fn every_act_towards_the_structure_is_told_and_no_proposal() {
    let told: Vec<Action> =
        Action::ALL.into_iter().filter(|a| About::of_action(*a).is_some()).collect();
    let untold: Vec<Action> =
        Action::ALL.into_iter().filter(|action| !told.contains(action)).collect();
    // What the structure does itself has events of its own; an opinion, a proposal, and taking it
    // back, are for those who decide.
    let own = [
        Action::Deposit,
        Action::Abandon,
        Action::Withdraw,
        Action::RecordOpinion,
        Action::PrepareDecision,
        Action::TakeBackProposal,
    ];
    assert_eq!(untold, own);
    for action in Action::ALL.into_iter().filter(|action| action.is_return()) {
        assert_eq!(About::of_action(action), Some(About::Asked));
    }
}

#[test]
fn what_is_prepared_of_a_convention_tells_nobody_and_the_rest_always_does() {
    for deed in DeedKind::ALL {
        let about = About::of(&EventKind::ConventionActed { deed, said: String::new() });
        assert_eq!(about.is_none(), deed.is_inner(), "{deed:?}");
        let to_agent = about == Some(About::LetterAnswered);
        assert_eq!(to_agent, deed == DeedKind::Answer);
        for (_, topic) in about.map_or(&[][..], About::readers) {
            assert!(to_agent || !topic.may_be_off(), "a decision is notified");
        }
    }
}

#[test]
fn answers_that_are_saved_and_notes_that_are_written_tell_nobody() {
    assert_eq!(About::of(&EventKind::AnswersSaved { count: 3 }), None);
    assert_eq!(About::of(&EventKind::NoteWritten { note: "N".into() }), None);
    assert_eq!(About::of(&EventKind::Assigned { to: String::new() }), None);
    assert_eq!(About::of(&EventKind::Assigned { to: "A".into() }), Some(About::Entrusted));
}

#[test]
fn a_decision_cannot_be_turned_off() {
    assert!(!Topic::Decision.may_be_off());
    assert_eq!(Topic::Decision.pace(Some(Pace::Never)), Pace::AtOnce);
    assert_eq!(Topic::Morning.pace(None), Pace::Daily);
    assert_eq!(Topic::Morning.pace(Some(Pace::AtOnce)), Pace::Daily);
    assert_eq!(Topic::Asked.pace(Some(Pace::Never)), Pace::Never);
    let others = Topic::ALL.into_iter().filter(|topic| *topic != Topic::Decision);
    assert!(others.into_iter().all(Topic::may_be_off));
}

#[test]
fn everybody_chooses_among_what_concerns_them() {
    let of = |role| Topic::ALL.into_iter().filter(|topic| topic.concerns(role)).count();
    assert_eq!((of(Role::SiaeMember), of(Role::DdetsAgent), of(Role::Dgefp)), (5, 2, 0));
}

#[test]
fn a_piece_of_work_is_told_once_it_is_quiet_or_goes_on_for_too_long() {
    assert!(!is_due((0, 0), QUIET - 1, QUIET));
    assert!(is_due((0, 0), QUIET, QUIET));
    assert!(!is_due((0, QUIET), LONGEST - 1, LONGEST));
    assert!(is_due((0, LONGEST - 1), LONGEST, QUIET), "it went on for an hour");
    assert!(is_due((5, 5), 5, 0), "a window of nothing waits for nothing");
}

#[test]
fn a_last_day_is_told_seven_days_and_one_day_before() {
    let (due, sent) = (day("2027-03-20"), day("2027-03-01"));
    let told = |today: &str| reminder(due, sent, day(today));
    assert_eq!(told("2027-03-12"), None);
    assert_eq!(told("2027-03-13"), Some(7));
    assert_eq!(told("2027-03-16"), Some(7), "missed, it comes late");
    assert_eq!(told("2027-03-19"), Some(1));
    assert_eq!(told("2027-03-20"), Some(1));
    assert_eq!(told("2027-03-21"), None, "what is past is not told");
    // Asked five days before: only the last one is worth a message.
    assert_eq!(reminder(due, day("2027-03-15"), day("2027-03-16")), None);
    assert_eq!(reminder(due, day("2027-03-15"), day("2027-03-19")), Some(1));
    assert_eq!(reminder(due, day("2027-03-19"), day("2027-03-19")), None);
}

#[test]
fn agents_do_not_work_on_sundays() {
    let week = ["2026-11-23", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"];
    assert_eq!(week.map(|one| is_working_day(day(one))), [true, true, false, false, true]);
}
