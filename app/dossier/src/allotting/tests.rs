use form::{Cents, Date};
use proptest::prelude::*;

use super::*;
use crate::{act::ActRefused, role::Role};

fn today() -> Date {
    Date::new(2026, 11, 26).unwrap()
}

fn terms(etp: i64, cents: i64) -> Terms {
    Terms {
        start: Date::new(2027, 1, 1).unwrap(),
        end: Date::new(2027, 12, 31).unwrap(),
        grant: Grant { etp: Hundredths(etp), modulated: Hundredths(0) },
        months: 12,
        unit: Some(Cents(cents)),
        departmental: None,
    }
}

/// A line that asks for these ETP at 20 000 € each.
pub(crate) fn line(id: &str, etp: i64) -> Line {
    Line {
        request: Request {
            dossier: id.into(),
            structure: format!("S{id}").into(),
            structure_name: format!("Structure {id}"),
            siret: String::new(),
            department: "58".to_owned(),
            kind: "ACI".to_owned(),
            nature: "annual".to_owned(),
            perimeter: "DC".to_owned(),
            year: 2027,
            state: State::Dialogue,
            deposit: 1,
            deposited_at: 0,
            changed_at: 0,
            terms: Some(terms(etp, 2_000_000)),
            needs_opinion: false,
            referred_on: None,
            opinion_is_noted: false,
            proposal: None,
            was_proposed: false,
            blocking: 0,
        },
        choice: Choice::default(),
        last_year: None,
        before: vec![],
    }
}

fn chosen(line: Line, verdict: Verdict, etp: Option<i64>) -> Line {
    let grant = etp.map(|etp| Grant { etp: Hundredths(etp), modulated: Hundredths(0) });
    let choice = Choice { verdict, grant, deposit: 1, ..Choice::default() };
    Line { choice, ..line }
}

#[test]
fn a_line_takes_what_is_chosen_or_what_is_asked() {
    let asked = line("A", 1_000);
    assert_eq!(asked.asks(), Dotation::new(1_000, 20_000_000));
    assert_eq!(asked.costs(), Dotation::default(), "nothing is said yet");
    assert!(!asked.has_moved(), "no choice was made on another deposit");
    let granted = chosen(line("A", 1_000), Verdict::Grant, None);
    assert_eq!(granted.costs(), asked.asks());
    let less = chosen(line("A", 1_000), Verdict::Grant, Some(800));
    assert_eq!(less.costs(), Dotation::new(800, 16_000_000));
    assert_eq!(chosen(line("A", 1_000), Verdict::Refuse, Some(800)).costs(), Dotation::default());
    let amends = Line { before: vec![terms(600, 2_000_000)], ..less };
    assert_eq!(amends.costs(), Dotation::new(200, 4_000_000), "an amendment takes the difference");
}

#[test]
fn what_is_proposed_counts_whatever_is_chosen() {
    let mut proposed = chosen(line("A", 1_000), Verdict::Refuse, None);
    proposed.request.state = State::DecisionPending;
    let grant = Grant { etp: Hundredths(700), modulated: Hundredths(0) };
    proposed.request.proposal = Some((Sense::Favourable, Some(grant)));
    assert_eq!(proposed.standing(), Standing::Proposed(Some(grant)));
    assert_eq!(proposed.costs().etp, Hundredths(700));
    proposed.request.proposal = Some((Sense::Unfavourable, None));
    assert_eq!(proposed.costs(), Dotation::default());
    // A proposal that was taken back is nothing any more.
    proposed.request.state = State::Dialogue;
    assert_eq!(proposed.standing(), Standing::Refused);
}

#[test]
fn totals_and_rest() {
    let lines = [
        chosen(line("A", 1_000), Verdict::Grant, None),
        chosen(line("B", 500), Verdict::Refuse, None),
        line("C", 300),
    ];
    let totals = Totals::of(&lines);
    assert_eq!((totals.granted, totals.refused, totals.undecided), (1, 1, 1));
    assert_eq!(totals.asked, Dotation::new(1_800, 36_000_000));
    assert_eq!(totals.waiting, Dotation::new(300, 6_000_000));
    let rest = totals.rest(Some(Dotation::new(900, 30_000_000))).unwrap();
    assert_eq!(rest, Dotation::new(-100, 10_000_000));
    assert_eq!(totals.rest(None), None);
}

#[test]
fn changes_are_in_percent() {
    assert_eq!(evolution(1_000, 1_180), Some(Hundredths(18_00)));
    assert_eq!(evolution(1_000, 820), Some(Hundredths(-18_00)));
    assert_eq!(evolution(0, 820), None);
}

#[test]
fn two_simulations_differ_where_they_say_something_else() {
    let one = [
        chosen(line("A", 1_000), Verdict::Grant, None),
        chosen(line("B", 500), Verdict::Refuse, None),
        line("C", 300),
    ];
    let mut other = one.clone();
    assert_eq!(differences(&one, &other), vec![]);
    // The same in other words is the same.
    other[0].choice.grant = other[0].asked();
    assert_eq!(differences(&one, &other), vec![]);
    other[1] = chosen(line("B", 500), Verdict::Grant, Some(400));
    let found = differences(&one, &other[..2]);
    let ids: Vec<_> = found.iter().map(|d| d.line().unwrap().request.dossier.as_str()).collect();
    assert_eq!(ids, ["B", "C"]);
    assert_eq!(found[1].sides.1, None, "not of the other");
    assert_eq!(differences(&[], &other).len(), 3);
}

#[test]
fn effects_are_told_by_structure_and_by_territory() {
    let mut lines = vec![
        chosen(line("B", 1_000), Verdict::Grant, None),
        line("A", 500),
        chosen(line("A2", 200), Verdict::Grant, None),
    ];
    lines[2].request.structure = lines[1].request.structure.clone();
    lines[2].request.structure_name = lines[1].request.structure_name.clone();
    lines[2].last_year = Some(Dotation::new(100, 10));
    lines[0].request.department = "21".to_owned();
    let effects = by_structure(&lines);
    let names: Vec<_> = effects.iter().map(|one| (one.name.as_str(), one.requests)).collect();
    assert_eq!(names, [("Structure A", 2), ("Structure B", 1)]);
    assert_eq!(effects[0].last_year, Some(Dotation::new(100, 10)));
    assert_eq!(effects[0].provisional.etp, Hundredths(200));
    assert_eq!(effects[1].last_year, None);
    let places: Vec<_> = by_department(&lines).into_iter().map(|one| one.name).collect();
    assert_eq!(places, ["21", "58"]);
}

fn refused(line: &Line) -> Vec<Blocked> {
    let flight = preflight(std::slice::from_ref(line), Role::DdetsAgent, None, today());
    assert_eq!(flight.ready.len() + flight.blocked.len(), 1, "{flight:?}");
    flight.blocked.into_iter().map(|(_, why)| why).collect()
}

#[test]
fn a_preflight_names_what_is_blocked_and_why() {
    let good = chosen(line("A", 1_000), Verdict::Grant, None);
    assert_eq!(refused(&good), vec![]);
    let with = |change: &dyn Fn(&mut Line)| {
        let mut line = good.clone();
        change(&mut line);
        refused(&line)
    };
    assert_eq!(with(&|line| line.request.deposit = 2), [Blocked::Moved]);
    assert_eq!(with(&|line| line.request.state = State::SentBack), [Blocked::Returned]);
    assert_eq!(with(&|line| line.request.state = State::Incomplete), [Blocked::Returned]);
    for state in [State::Submitted, State::Complete] {
        assert_eq!(with(&|line| line.request.state = state), [Blocked::State(state)]);
    }
    let proposed = |line: &mut Line| {
        line.request.state = State::DecisionPending;
        line.request.proposal = Some((Sense::Favourable, line.asked()));
    };
    assert_eq!(with(&proposed), [Blocked::Proposed]);
    assert_eq!(with(&|line| line.request.terms = None), [Blocked::NoGrant]);
    let too_much = Grant { etp: Hundredths(100), modulated: Hundredths(11_00) };
    let unfair = [Blocked::Act(ActRefused::BadGrant)];
    assert_eq!(with(&|line| line.choice.grant = Some(too_much)), unfair);
    let blocked = [Blocked::Act(ActRefused::Blocked)];
    assert_eq!(with(&|line| line.request.blocking = 1), blocked);
    let needed = [Blocked::Act(ActRefused::OpinionNeeded)];
    assert_eq!(with(&|line| line.request.needs_opinion = true), needed);
    let asked = |line: &mut Line| {
        line.request.needs_opinion = true;
        line.request.state = State::Commission;
    };
    assert_eq!(with(&asked), [Blocked::Act(ActRefused::OpinionAwaited)]);
    let long_ago = |line: &mut Line| {
        asked(line);
        line.request.referred_on = Date::new(2026, 10, 25);
    };
    assert_eq!(with(&long_ago), vec![], "deemed given");
    let noted = |line: &mut Line| {
        asked(line);
        line.request.opinion_is_noted = true;
    };
    assert_eq!(with(&noted), vec![]);
    let said = |line: &mut Line| {
        asked(line);
        line.choice.opinion = Some(Sense::Unfavourable);
    };
    assert_eq!(with(&said), vec![]);
    for why in [Blocked::Moved, Blocked::State(State::Submitted), Blocked::NoGrant] {
        assert!(!why.sentence().is_empty() && !why.title().is_empty());
    }
}

#[test]
fn only_who_instructs_proposes_and_what_is_over_is_a_warning() {
    let lines = [chosen(line("A", 1_000), Verdict::Grant, None), line("B", 200)];
    let rest = Some(Dotation::new(900, 99_000_000));
    let flight = preflight(&lines, Role::DdetsAgent, rest, today());
    assert_eq!(flight.over, Some(Dotation::new(100, 0)));
    assert_eq!((flight.ready.len(), flight.undecided), (1, 1));
    let theirs = preflight(&lines, Role::Dreets, rest, today());
    assert!(theirs.ready.is_empty(), "a DREETS proposes nothing");
}

fn any_line() -> impl Strategy<Value = Line> {
    let verdict = prop::sample::select(Verdict::ALL.to_vec());
    let state = prop::sample::select(State::ALL.to_vec());
    (0..50_u32, 1..9_999_i64, verdict, prop::option::of(1..9_999_i64), state).prop_map(
        |(id, etp, verdict, other, state)| {
            let mut line = chosen(line(&id.to_string(), etp), verdict, other);
            line.request.state = state;
            line.request.department = if id % 2 == 0 { "58" } else { "21" }.to_owned();
            line
        },
    )
}

proptest! {
    #[test]
    fn every_sum_says_the_same(lines in prop::collection::vec(any_line(), 0..40)) {
        let totals = Totals::of(&lines);
        let counted = totals.granted + totals.refused + totals.undecided;
        prop_assert_eq!(counted, totals.requests);
        for effects in [by_structure(&lines), by_department(&lines)] {
            let sum = |of: fn(&Effect) -> Dotation| effects.iter().map(of).sum::<Dotation>();
            prop_assert_eq!(sum(|one| one.asked), totals.asked);
            prop_assert_eq!(sum(|one| one.provisional), totals.costs);
        }
        let rest = Dotation::new(10_000, 200_000_000);
        let left = totals.rest(Some(rest)).unwrap();
        prop_assert_eq!(left + totals.costs, rest, "nothing is lost");
    }

    #[test]
    fn a_preflight_forgets_nobody(lines in prop::collection::vec(any_line(), 0..40)) {
        let flight = preflight(&lines, Role::DdetsAgent, None, today());
        let told = flight.ready.len() + flight.blocked.len() + flight.undecided as usize;
        prop_assert_eq!(told, lines.len());
        for ready in &flight.ready {
            let line = lines.iter().find(|line| line.request.dossier == ready.dossier
                && line.request.deposit == ready.deposit
                && crate::state::apply(line.request.state, crate::state::Action::PrepareDecision, Role::DdetsAgent).is_ok());
            prop_assert!(line.is_some());
        }
    }

    #[test]
    fn a_simulation_differs_from_itself_in_nothing(lines in prop::collection::vec(any_line(), 0..40)) {
        let mut once: Vec<Line> = Vec::new();
        for line in lines {
            if once.iter().all(|one| one.request.dossier != line.request.dossier) {
                once.push(line);
            }
        }
        prop_assert_eq!(differences(&once, &once), vec![]);
    }
}
