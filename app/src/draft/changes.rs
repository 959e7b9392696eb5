//! One's own last changes, to undo and to do again. Plain data: whoever holds it writes the texts.

use form::At;

/// Most gestures that can be undone.
const MOST: usize = 200;

/// A text that took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub at: At,
    /// What stood there.
    pub before: String,
    /// What stands there since.
    pub after: String,
}

/// Gestures, each of one change or more.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
    /// Whether the last gesture is a text still being typed.
    typing: bool,
}

impl Changes {
    /// A key changed a text: keys in the same answer are one gesture until it is left.
    pub fn typed(&mut self, change: Change) {
        if self.typing
            && let Some([last]) = self.done.last_mut().map(Vec::as_mut_slice)
            && last.at == change.at
        {
            last.after = change.after;
            self.undone.clear();
            return;
        }
        self.made(vec![change]);
        self.typing = true;
    }

    /// A gesture made these changes at once.
    pub fn made(&mut self, changes: Vec<Change>) {
        self.typing = false;
        if changes.is_empty() {
            return;
        }
        self.undone.clear();
        self.done.push(changes);
        if self.done.len() > MOST {
            self.done.remove(0);
        }
    }

    /// The answer was left: what is typed next is another gesture.
    pub fn settle(&mut self) {
        self.typing = false;
    }

    /// Takes the last gesture back: the texts to write. What somebody changed since is left alone.
    pub fn undo(&mut self, stands: impl Fn(&At) -> String) -> Vec<(At, String)> {
        self.typing = false;
        let Some(gesture) = self.done.pop() else { return Vec::new() };
        let back = gesture.iter().rev();
        let texts = back.filter(|change| stands(&change.at) == change.after);
        let texts = texts.map(|change| (change.at.clone(), change.before.clone())).collect();
        self.undone.push(gesture);
        texts
    }

    /// Does the gesture taken back last again: the texts to write.
    pub fn redo(&mut self, stands: impl Fn(&At) -> String) -> Vec<(At, String)> {
        let Some(gesture) = self.undone.pop() else { return Vec::new() };
        let again = gesture.iter();
        let texts = again.filter(|change| stands(&change.at) == change.before);
        let texts = texts.map(|change| (change.at.clone(), change.after.clone())).collect();
        self.done.push(gesture);
        texts
    }

    /// Whether something can be undone.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether something can be done again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeMap};

    use super::*;

    /// Texts as they stand, and the gestures on them.
    #[derive(Default)]
    struct Page {
        texts: RefCell<BTreeMap<At, String>>,
        changes: Changes,
    }

    impl Page {
        fn change(&self, field: &str, after: &str) -> Change {
            let at = At::once(field);
            let before = self.texts.borrow_mut().insert(at.clone(), after.to_owned());
            Change { at, before: before.unwrap_or_default(), after: after.to_owned() }
        }

        fn types(&mut self, field: &str, after: &str) {
            let change = self.change(field, after);
            self.changes.typed(change);
        }

        fn undo(&mut self) {
            let texts = self.changes.undo(|at| stands(&self.texts, at));
            self.texts.borrow_mut().extend(texts);
        }

        fn redo(&mut self) {
            let texts = self.changes.redo(|at| stands(&self.texts, at));
            self.texts.borrow_mut().extend(texts);
        }

        fn says(&self, field: &str) -> String {
            stands(&self.texts, &At::once(field))
        }
    }

    fn stands(texts: &RefCell<BTreeMap<At, String>>, at: &At) -> String {
        texts.borrow().get(at).cloned().unwrap_or_default()
    }

    #[test]
    fn keys_in_one_answer_are_one_gesture_until_it_is_left() {
        let mut page = Page::default();
        page.types("a", "1");
        page.types("a", "12");
        page.changes.settle();
        page.types("a", "123");
        page.undo();
        assert_eq!(page.says("a"), "12");
        page.undo();
        assert_eq!((page.says("a").as_str(), page.changes.can_undo()), ("", false));
        page.redo();
        page.redo();
        assert_eq!((page.says("a").as_str(), page.changes.can_redo()), ("123", false));
    }

    #[test]
    fn a_gesture_of_many_changes_comes_back_at_once() {
        let mut page = Page::default();
        page.types("b", "x");
        let changes = vec![page.change("a", "1"), page.change("b", "2")];
        page.changes.made(changes);
        page.undo();
        assert_eq!((page.says("a").as_str(), page.says("b").as_str()), ("", "x"));
    }

    #[test]
    fn what_somebody_changed_since_is_left_alone() {
        let mut page = Page::default();
        page.types("a", "mine");
        page.change("a", "theirs");
        page.undo();
        assert_eq!(page.says("a"), "theirs");
        page.redo();
        assert_eq!(page.says("a"), "theirs");
    }

    #[test]
    fn a_new_change_forgets_what_was_undone() {
        let mut page = Page::default();
        page.types("a", "1");
        page.undo();
        page.types("b", "2");
        assert!(!page.changes.can_redo());
        page.undo();
        assert!(!page.changes.can_undo());
    }
}
