//! What the outbox promises, one rule at a time.

use super::*;

fn write(outbox: &mut Outbox, field: &str, text: &str, now: u64) -> Operation {
    let id = format!("op-{field}-{text}");
    outbox.record(At::once(field), Gesture::Write(text.into()), 0, (now, REST), || id)
}

fn saved(operation: &Operation, version: u32) -> Outcome {
    let (id, at) = (operation.id.clone(), operation.at.clone());
    Outcome { id, at, verdict: Verdict::Saved { version } }
}

#[test]
fn keys_are_gathered_until_a_rest() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    write(&mut outbox, "a", "12", 100);
    assert_eq!(outbox.take(650), None);
    let sent = outbox.take(700).unwrap();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].gesture, Gesture::Write("12".into()));
    assert_eq!(outbox.take(9_999), None, "one request at a time");
}

#[test]
fn what_is_typed_during_a_request_waits_and_builds_on_it() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    let first = outbox.take(600).unwrap();
    write(&mut outbox, "a", "12", 700);
    assert_eq!(outbox.answered(&[saved(&first[0], 1)]).len(), 1);
    let second = outbox.take(1_300).unwrap();
    assert_eq!((second[0].seen, second[0].id == first[0].id), (1, false));
    outbox.answered(&[saved(&second[0], 2)]);
    assert_eq!(outbox.status(), Status::Saved);
}

#[test]
fn what_is_typed_over_a_merged_text_was_typed_over_ones_own() {
    let merged = |operation: &Operation| {
        let (id, at) = (operation.id.clone(), operation.at.clone());
        let verdict = Verdict::Merged { raw: "both".into(), version: 4, own: 3 };
        [Outcome { id, at, verdict }]
    };
    let at = At::once("a");
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    let first = outbox.take(600).unwrap();
    write(&mut outbox, "a", "12", 700);
    let news = outbox.answered(&merged(&first[0]));
    assert_eq!(
        news,
        [News::Saved { at: at.clone(), version: 3 }],
        "never over what was typed since"
    );
    let second = outbox.take(1_300).unwrap();
    assert_eq!(second[0].seen, 3);
    let news = outbox.answered(&merged(&second[0]));
    assert_eq!(news, [News::Merged { at, raw: "both".into(), version: 4, own: 3 }]);
    let releases = [first, second].concat().into_iter().map(|op| ToDevice::Release(op.id));
    assert_eq!(outbox.to_device(), releases.collect::<Vec<_>>());
}

#[test]
fn a_lost_reply_sends_the_same_operation_again() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    let first = outbox.take(600).unwrap();
    outbox.failed(Failure::Unreachable, 600);
    write(&mut outbox, "a", "12", 700);
    assert_eq!(outbox.take(1_400), None, "backs off");
    let again = outbox.take(1_600).unwrap();
    assert_eq!(again, first);
    assert!(matches!(outbox.status(), Status::Waiting { count: 2, why: Failure::Unreachable }));
    outbox.answered(&[saved(&again[0], 1)]);
    assert_eq!(outbox.take(1_700).unwrap()[0].gesture, Gesture::Write("12".into()));
}

#[test]
fn a_refused_operation_is_parked_and_stops_nothing() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    write(&mut outbox, "b", "2", 0);
    let sent = outbox.take(600).unwrap();
    let (id, at) = (sent[0].id.clone(), sent[0].at.clone());
    let refused = Outcome { id, at, verdict: Verdict::Refused(Refusal::TooLong) };
    outbox.answered(&[refused, saved(&sent[1], 1)]);
    assert_eq!(outbox.parked().len(), 1);
    assert_eq!(outbox.status(), Status::Saved);
}

#[test]
fn a_choice_made_over_a_newer_version_is_sent_over_it() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    let write = Gesture::Write("mine".into());
    outbox.record(At::once("a"), write, 7, (10, 0), || "unused".into());
    assert_eq!(outbox.take(10).unwrap()[0].seen, 7);
}

#[test]
fn an_earlier_visit_is_taken_back_once() {
    let mut outbox = Outbox::default();
    let operation = write(&mut Outbox::default(), "a", "1", 0);
    outbox.restore([operation.clone(), operation.clone()]);
    assert_eq!(outbox.take(0), Some(vec![operation]));
}

#[test]
fn waits_grow_to_half_a_minute() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    for _ in 0..10 {
        outbox.failed(Failure::Unreachable, 0);
    }
    assert_eq!(outbox.wake_at(), Some(LONGEST_WAIT));
    outbox.retry_now();
    assert!(outbox.take(0).is_some());
}

fn conflict(operation: &Operation, version: u32) -> Outcome {
    let (id, at) = (operation.id.clone(), operation.at.clone());
    let verdict = Verdict::Conflict { raw: "theirs".into(), version, by: "Paul".into() };
    Outcome { id, at, verdict }
}

/// An outbox that was told of a conflict on a text at "a", and what its device keeps of it.
fn torn() -> (Outbox, Left) {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "mine", 0);
    let sent = outbox.take(600).unwrap();
    outbox.answered(&[conflict(&sent[0], 3)]);
    let Some(ToDevice::Keep(left)) = outbox.to_device().pop() else { panic!("not kept") };
    (outbox, left)
}

#[test]
fn last_words_may_have_arrived_and_are_never_replaced() {
    let mut outbox = Outbox::default();
    let first = write(&mut outbox, "a", "1", 0);
    assert_eq!(outbox.last_words(), std::slice::from_ref(&first));
    let second = write(&mut outbox, "a", "12", 10);
    assert_ne!(first.id, second.id);
    outbox.hurry();
    assert_eq!(outbox.take(10).unwrap(), [first], "oldest first");
}

#[test]
fn a_later_text_that_is_due_makes_the_earlier_one_due() {
    let mut outbox = Outbox::default();
    let first = write(&mut outbox, "a", "1", 0);
    outbox.last_words();
    let text = Gesture::Write("12".into());
    outbox.record(At::once("a"), text, 0, (1, 0), || "later".into());
    assert_eq!(outbox.take(1).unwrap(), [first]);
}

#[test]
fn to_confirm_does_not_take_the_place_of_a_text() {
    let mut outbox = Outbox::default();
    let text = write(&mut outbox, "a", "1", 0);
    outbox.record(At::once("a"), Gesture::Confirm, 0, (1, 0), || "confirm".into());
    assert_eq!(outbox.unacknowledged()[0], text);
    assert_eq!(outbox.unacknowledged().len(), 2);
}

#[test]
fn an_earlier_visit_goes_before_what_was_typed_meanwhile() {
    let mut outbox = Outbox::default();
    let early = write(&mut outbox, "a", "new", 0);
    outbox.restore([Operation { id: "left".into(), ..early.clone() }]);
    let first = outbox.take(600).unwrap();
    assert_eq!(first[0].id, "left");
    outbox.answered(&[saved(&first[0], 4)]);
    let second = outbox.take(600).unwrap();
    assert_eq!((&second[0].id, second[0].seen), (&early.id, 4));
}

#[test]
fn a_text_in_conflict_stays_on_the_device_until_the_person_wrote_over_it() {
    let (mut outbox, left) = torn();
    assert_eq!(outbox.conflicts().count(), 1);
    write(&mut outbox, "a", "both", 700);
    assert_eq!(outbox.to_device(), [], "nothing is let go of before the server has its word");
    let sent = outbox.take(1_300).unwrap();
    outbox.answered(&[saved(&sent[0], 4)]);
    let released = [left.operation.id, sent[0].id.clone()].map(ToDevice::Release);
    assert_eq!(outbox.to_device(), released);
    assert_eq!(outbox.conflicts().count(), 0);
}

#[test]
fn what_was_parked_is_shown_again_and_not_sent() {
    let (_, left) = torn();
    let text = serde_json::to_string(&left).unwrap();
    let again: Left = serde_json::from_str(&text).unwrap();
    assert_eq!(again, left);
    let plain = serde_json::to_string(&left.operation).unwrap();
    let plain: Left = serde_json::from_str(&plain).unwrap();
    assert_eq!(plain, left.operation.clone().into());

    let mut next = Outbox::default();
    next.restore([again]);
    assert_eq!(next.take(0), None);
    assert_eq!(next.conflicts().collect::<Vec<_>>(), [(&left, true)]);
    next.let_go(&left.operation.id);
    assert_eq!(next.to_device(), [ToDevice::Release(left.operation.id.clone())]);
    assert_eq!(next.conflicts().count(), 0);
}

#[test]
fn a_conflict_that_no_field_shows_is_not_settled_by_another_text() {
    let (_, left) = torn();
    let mut next = Outbox::default();
    write(&mut next, "a", "typed before the store was open", 0);
    next.restore([left]);
    let sent = next.take(600).unwrap();
    next.answered(&[saved(&sent[0], 4)]);
    assert_eq!(next.conflicts().map(|(_, shown)| shown).collect::<Vec<_>>(), [false]);
}

#[test]
fn a_text_that_no_field_shows_settles_nothing() {
    let (_, left) = torn();
    let mut next = Outbox::default();
    let earlier = Operation { id: "earlier".into(), ..left.operation.clone() };
    next.restore([earlier.clone().into(), left]);
    next.answered(&[saved(&earlier, 1)]);
    assert_eq!(next.conflicts().count(), 1);
}

#[test]
fn a_request_holds_so_much_text_and_no_more() {
    let mut outbox = Outbox::default();
    for field in ["a", "b", "c"] {
        let text = Gesture::Write("x".repeat(MOST_TEXT / 2));
        outbox.record(At::once(field), text, 0, (0, 0), || field.into());
    }
    let first = outbox.take(0).unwrap();
    assert_eq!(first.len(), 2);
    outbox.answered(&[saved(&first[0], 1), saved(&first[1], 1)]);
    assert_eq!(outbox.take(0).unwrap()[0].id, "c");
}

#[test]
fn what_another_tab_left_goes_in_the_order_it_was_typed() {
    let mut outbox = Outbox::default();
    let at = At::once("a");
    let text = |text: &str| Gesture::Write(text.into());
    let record = |outbox: &mut Outbox, raw: &str, id: &str| {
        outbox.record(at.clone(), text(raw), 0, (0, 0), || id.into())
    };
    let first = record(&mut outbox, "here", "1");
    outbox.typed_elsewhere(&at);
    let third = record(&mut outbox, "here again", "3");
    assert_eq!((first.id.as_str(), third.id.as_str()), ("1", "3"), "a text of its own");
    let second = Operation { id: "2".into(), gesture: text("there"), ..first.clone() };
    outbox.take_over(vec![second.clone().into(), first.clone().into()]);
    assert_eq!(outbox.unacknowledged(), [first, second, third]);
    assert!(outbox.knows("2") && !outbox.knows("4"));
}

#[test]
fn what_nobody_sent_is_taken_again() {
    let mut outbox = Outbox::default();
    write(&mut outbox, "a", "1", 0);
    let asked = outbox.take(600).unwrap();
    assert_eq!(outbox.take(600), None);
    outbox.ask_again();
    assert_eq!(outbox.take(600), Some(asked));
}
