use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

fn facts(state: State, year: i32) -> Facts {
    Facts { is_report: false, year, state, changed: day("2026-03-01"), convention_end: None }
}

#[test]
fn every_kind_has_its_rule_and_its_code() {
    for (kind, rule) in Kind::ALL.into_iter().zip(&RULES) {
        assert_eq!((rule.kind, kind.rule().kind), (kind, kind));
        assert_eq!(Kind::from_code(kind.code()), Some(kind));
        assert!(!rule.what.is_empty() && !rule.since.is_empty() && !rule.basis.is_empty());
    }
}

#[test]
fn months_end_where_they_end_and_lengths_read() {
    assert_eq!(Term::Months(1).after(day("2027-01-31")), Some(day("2027-02-28")));
    assert_eq!(Term::Months(12).after(day("2028-02-29")), Some(day("2029-02-28")));
    assert_eq!(Term::Days(90).after(day("2026-11-27")), Some(day("2027-02-25")));
    assert_eq!(Term::read("90j"), Some(Term::Days(90)));
    assert_eq!(
        (Term::read("24m"), Term::read("10a")),
        (Some(Term::Months(24)), Some(Term::Months(120)))
    );
    for wrong in ["", "j", "0j", "-1m", "12", "12x", "601j", "51a", "é"] {
        assert_eq!(Term::read(wrong), None, "{wrong}");
    }
    let said = [Term::Days(0), Term::Days(1), Term::Months(24), Term::Months(120)];
    assert_eq!(said.map(Term::french), ["aussitôt", "1\u{a0}jour", "24\u{a0}mois", "10\u{a0}ans"]);
}

#[test]
fn the_configuration_replaces_durations_and_names_what_does_not_read() {
    let policy = Policy::read(" lectures=24m  courriels=30j ").unwrap();
    assert_eq!(policy.term(Kind::Readings), Term::Months(24));
    assert_eq!(policy.term(Kind::Mails), Term::Days(30));
    assert_eq!(policy.term(Kind::Accounts), Term::Months(24), "as the table says");
    assert!(policy.is_chosen(Kind::Mails) && !policy.is_chosen(Kind::Accounts));
    for wrong in ["lectures", "lectures=", "lectures=24", "autre=24m", "connexions=3j"] {
        assert_eq!(Policy::read(wrong), Err(BadTerm(wrong.to_owned())));
    }
}

#[test]
fn a_dossier_is_kept_as_long_as_its_convention_and_then_some() {
    let policy = Policy::default();
    let refused = facts(State::Refused, 2026);
    assert_eq!(policy.due_of(Kind::Deposits, None, &refused), Some(day("2036-12-31")));
    let accepted = facts(State::Accepted, 2026);
    assert_eq!(policy.due_of(Kind::Deposits, None, &accepted), Some(day("2038-12-31")));
    let known = Facts { convention_end: Some(day("2027-06-30")), ..accepted };
    assert_eq!(policy.due_of(Kind::Deposits, None, &known), Some(day("2037-06-30")));
    let report = Facts { is_report: true, ..accepted };
    assert_eq!(report.closing(), Some(day("2027-12-31")));
    let read = Some(day("2026-02-01"));
    assert_eq!(policy.due_of(Kind::Readings, read, &refused), Some(day("2027-02-01")));
    assert_eq!(
        policy.due_of(Kind::Readings, read, &accepted),
        Some(day("2029-01-01")),
        "the day after the last one of the convention"
    );
    assert_eq!(policy.due_of(Kind::Readings, read, &facts(State::Dialogue, 2020)), None);
}

prop_compose! {
    fn any_day()(days in 17_000_i64..26_000) -> Date {
        Date::from_days_since_epoch(days).unwrap()
    }
}

prop_compose! {
    fn any_facts()(
        is_report: bool,
        year in 2018_i32..2042,
        state in prop::sample::select(State::ALL.to_vec()),
        changed in any_day(),
        convention_end in prop::option::of(any_day()),
    ) -> Facts {
        Facts { is_report, year, state, changed, convention_end }
    }
}

prop_compose! {
    fn any_policy()(
        terms in prop::collection::btree_map(
            prop::sample::select(Kind::ALL.to_vec()),
            prop_oneof![(1_u16..600).prop_map(Term::Days), (1_u16..600).prop_map(Term::Months)],
            0..6,
        ),
    ) -> Policy {
        Policy(terms)
    }
}

proptest! {
    /// The promise: whatever the configuration says, nothing of a dossier that is held is ever due.
    #[test]
    fn nothing_that_is_held_is_ever_due(
        policy in any_policy(),
        facts in any_facts(),
        kind in prop::sample::select(Kind::ALL.to_vec()),
        since in prop::option::of(any_day()),
        seen in any_day(),
        today in any_day(),
    ) {
        if facts.hold(today).is_some() {
            let days = [policy.due_of(kind, since, &facts), policy.due_of_account(seen, [&facts])];
            for due in days.into_iter().flatten() {
                prop_assert!(due > today, "{facts:?} is held, and due on {due}");
            }
        }
    }

    #[test]
    fn what_is_closed_goes_some_day(policy in any_policy(), facts in any_facts()) {
        let due = policy.due_of(Kind::Deposits, None, &facts);
        prop_assert_eq!(due.is_some(), facts.closing().is_some());
    }

    #[test]
    fn the_limit_is_the_last_day_that_is_over(
        term in prop_oneof![(0_u16..600).prop_map(Term::Days), (0_u16..600).prop_map(Term::Months)],
        today in any_day(),
    ) {
        let limit = term.limit(today).unwrap();
        let next = Date::from_days_since_epoch(limit.days_since_epoch() + 1).unwrap();
        prop_assert!(term.after(limit).unwrap() <= today);
        prop_assert!(term.after(next).unwrap() > today);
    }
}
